/* Rows of members by type and name. Built from member_tables.def's tables when the first member of a type is asked for. */
#ifndef M365SH_TYPES_MEMBER_TABLE_PRIVATE_H
#define M365SH_TYPES_MEMBER_TABLE_PRIVATE_H

#include "member_row_private.h"

/* One name of one type. Either part may be missing; members of ancestors stand in the ancestors' sets. */
struct member_entry {
    name_id name;
    bool is_static;
    const struct member_row *value;     /* ROW_GET, ROW_STATIC_GET */
    const struct member_row *method;    /* first of the methods of this name; the rest follow in `next` order */
    uint32_t method_count;
};
struct member_set {
    uint32_t count;
    const struct member_row *const *rows;   /* of this very type, in order of writing */
    uint32_t row_count;
    struct member_entry *entries;           /* sorted by name, instance before static */
};

struct member_index;
void member_index_free(struct member_index *index);
/* The rows of the type itself (open generics for closed ones), never NULL. */
const struct member_set *member_set_of(struct realm *realm, const struct type *type);
/* Looks through the type, its ancestors and their interfaces' stand-ins; NULL if there is none. */
const struct member_entry *member_find(struct realm *realm, const struct type *type, name_id name, bool is_static);
const struct member_entry *member_find_for(struct realm *realm, const struct type *type, name_id name, bool is_static, int count);
/* Sets that many types share: "~list", "~table", "~exception" … Returns how many. */
uint32_t member_shared_sets(struct realm *realm, const struct type *type, const struct member_set *sets[3]);
/* Calls the overload that fits. Raises MethodCountCouldNotFindBest. */
enum status member_call_rows(struct realm *realm, const struct type *type, const struct member_entry *entry, struct value self,
                             const struct value *arguments, uint32_t count, struct value *out);

#endif
