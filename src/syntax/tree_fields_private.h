/* The fields of every node as a table, from grammar/nodes.def: what walking and dumping need. */
#ifndef M365SH_SYNTAX_TREE_FIELDS_PRIVATE_H
#define M365SH_SYNTAX_TREE_FIELDS_PRIVATE_H

#include <stddef.h>
#include "m365sh/syntax/tree.h"

enum field_kind { FIELD_END, FIELD_CHILD, FIELD_LIST, FIELD_VIEW, FIELD_FLAG, FIELD_MARK, FIELD_NUMBER };
struct field {
    enum field_kind kind;
    size_t offset;
    const char *name;
};
/* The fields of a kind of node, in source order, ended by FIELD_END. */
const struct field *tree_fields(enum node_kind kind);

static inline void *tree_field(const struct node *node, const struct field *field) {
    return (char *)node + field->offset;
}

#endif
