#include "tree_fields_private.h"

/* offsetof needs the structure's name, which the field macros do not carry: each row gets a function in which SHAPE is it. */
#define CHILD(f) {FIELD_CHILD, offsetof(SHAPE, f), #f},
#define LIST(f) {FIELD_LIST, offsetof(SHAPE, f), #f},
#define VIEW(f) {FIELD_VIEW, offsetof(SHAPE, f), #f},
#define FLAG(f) {FIELD_FLAG, offsetof(SHAPE, f), #f},
#define MARK(f) {FIELD_MARK, offsetof(SHAPE, f), #f},
#define NUMBER(f) {FIELD_NUMBER, offsetof(SHAPE, f), #f},
#define NODE(KIND, name, fields, production)                                       \
    static const struct field *fields_of_##name(void) {                           \
        typedef struct node_##name SHAPE;                                          \
        static const struct field rows[] = {fields {FIELD_END, sizeof(SHAPE), ""}}; \
        return rows;                                                               \
    }
#include "../../grammar/nodes.def"
#undef NODE

static const struct field *(*const tables[])(void) = {
#define NODE(KIND, name, fields, production) fields_of_##name,
#include "../../grammar/nodes.def"
#undef NODE
};

const struct field *tree_fields(enum node_kind kind) {
    return tables[kind]();
}
