/* --request-log: a JSON line per request and per part of a batch. Neither tokens nor bodies are in it. */
#ifndef M365SH_TENANT_REQUEST_LOG_PRIVATE_H
#define M365SH_TENANT_REQUEST_LOG_PRIVATE_H
#include <stdint.h>
#include "exchange_private.h"

void request_log_write(struct exchange *exchange, int64_t milliseconds);
#endif
