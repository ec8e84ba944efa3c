/* Which of its names a certificate is for: the ready line must give the one that a client can verify. */
#ifndef M365SH_TENANT_CERTIFICATE_PRIVATE_H
#define M365SH_TENANT_CERTIFICATE_PRIVATE_H
#include "m365sh/base/text.h"

/* "127.0.0.1" when the PEM certificate names that address or neither, "localhost" when only that. */
const char *certificate_host(struct text pem);
#endif
