/* Properties that are no plain column: licences, plans, sign-in activity, password, extension attributes. */
#ifndef M365SH_TENANT_ENTITY_SPECIAL_PRIVATE_H
#define M365SH_TENANT_ENTITY_SPECIAL_PRIVATE_H

#include "entity_private.h"

void entity_special_write(struct exchange *exchange, const struct property *property, int64_t number, struct text value, struct bytes *out);
/* Adds what $expand asks for to an open object. False: the error is the reply. */
bool entity_special_expand(struct exchange *exchange, const struct entity *entity, int64_t number, struct bytes *out);
/* Characters and domain of a principal name. False: the error is the reply. */
bool entity_special_check_name(struct exchange *exchange, struct text name);
bool entity_special_password(struct exchange *exchange, int64_t number, const cJSON *profile);
bool entity_special_extensions(struct exchange *exchange, int64_t number, const cJSON *attributes);
#endif
