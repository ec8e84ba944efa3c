/* Who is in which group. The writing functions want a transaction and the object's reference or id; false: the error is
 * the reply. */
#ifndef M365SH_TENANT_MEMBERSHIP_PRIVATE_H
#define M365SH_TENANT_MEMBERSHIP_PRIVATE_H

#include "exchange_private.h"

bool membership_join(struct exchange *exchange, int64_t group, struct text reference);
bool membership_own(struct exchange *exchange, int64_t group, struct text reference);
/* Mail-enabled groups that are not Microsoft 365 groups belong to Exchange. */
bool membership_writable(struct exchange *exchange, int64_t group);
/* The id at the end of a reference such as https://…/directoryObjects/{id}. */
struct text membership_id_of(struct text reference);
#endif
