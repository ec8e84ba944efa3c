/* The signed-in account as an object; the token is never in it. */
#ifndef M365SH_CMDLETS_CONTEXT_PRIVATE_H
#define M365SH_CMDLETS_CONTEXT_PRIVATE_H

#include "directory_private.h"

struct value context_object(struct invocation *call, const struct account *account);
/* Keeps the current account's profile for later sessions. */
enum status context_store(struct invocation *call);

#endif
