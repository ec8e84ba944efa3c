#include "m365sh/syntax/tree.h"

static const char *const names[] = {
#define NODE(KIND, name, fields, production) #KIND,
#include "../../grammar/nodes.def"
#undef NODE
};

const char *node_kind_name(enum node_kind kind) {
    return kind < NODE_KIND_COUNT ? names[kind] : "?";
}

void tree_free(struct tree *tree) {
    if (tree->arena != NULL) arena_free(tree->arena);
    if (tree->source != NULL) source_release(tree->source);
    *tree = (struct tree){0};
}
