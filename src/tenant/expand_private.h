/* $expand: one relation per request, at most 20 items of it. */
#ifndef M365SH_TENANT_EXPAND_PRIVATE_H
#define M365SH_TENANT_EXPAND_PRIVATE_H
#include "entity_private.h"

enum expansion_kind { EXPAND_NONE, EXPAND_MANAGER, EXPAND_REPORTS, EXPAND_MEMBER_OF, EXPAND_MEMBERS, EXPAND_OWNERS };
struct expansion {
    enum expansion_kind kind;
    struct selection selection, group_selection; /* of users, of groups */
};
bool expand_read(struct exchange *exchange, const struct entity *entity, struct expansion *expansion);
void expand_write(struct exchange *exchange, const struct expansion *expansion, int64_t number, struct bytes *out);
#endif
