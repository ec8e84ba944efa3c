/* The tree of one program, from grammar/nodes.def. Nodes live in the arena of their struct tree and die with it; texts
 * are views into the source or live in the arena. Every node has its full span. */
#ifndef M365SH_SYNTAX_TREE_H
#define M365SH_SYNTAX_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/arena.h"
#include "m365sh/base/bytes.h"
#include "m365sh/source/diagnostic.h"
#include "m365sh/source/source.h"

enum node_kind {
#define NODE(KIND, name, fields, production) NODE_##KIND,
#include "../../../grammar/nodes.def"
#undef NODE
    NODE_KIND_COUNT
};

enum operator_id {
    OPERATOR_NONE,
#define OPERATOR(ID, spelling, arity, precedence, operation, case_form) OPERATOR_##ID,
#include "../../../grammar/operators.def"
#undef OPERATOR
    OPERATOR_ID_COUNT
};

enum literal_kind {     /* kind of a number by its spelling and suffix */
    LITERAL_INT32, LITERAL_INT64, LITERAL_DOUBLE, LITERAL_DECIMAL, LITERAL_BIGINT,
    LITERAL_SBYTE, LITERAL_BYTE, LITERAL_INT16, LITERAL_UINT16, LITERAL_UINT32, LITERAL_UINT64,
};
struct number_literal {
    uint8_t kind;       /* enum literal_kind */
    int64_t integer;    /* integer kinds (uint64 by its bits) */
    double real;        /* double */
    struct text digits; /* decimal and bigint: the decimal digits, sign and point, multiplier already applied */
};

enum quote { QUOTE_BARE, QUOTE_SINGLE, QUOTE_DOUBLE, QUOTE_HERE_SINGLE, QUOTE_HERE_DOUBLE };
enum invocation_mark { INVOKE_PLAIN, INVOKE_CALL /* & */, INVOKE_DOT /* . */ };
enum switch_flags { SWITCH_REGEX = 1, SWITCH_WILDCARD = 2, SWITCH_EXACT = 4, SWITCH_CASE = 8, SWITCH_FILE = 16, SWITCH_PARALLEL = 32 };
enum member_flags { MEMBER_FLAG_STATIC = 1, MEMBER_FLAG_IS_HIDDEN = 2 };
enum using_kind { USING_NAMESPACE, USING_MODULE, USING_ASSEMBLY, USING_TYPE, USING_COMMAND };
#define STREAM_ALL 7    /* from_stream of *> ; others are 1..6 as PowerShell numbers them */

struct node {
    uint16_t kind;      /* enum node_kind */
    struct span span;
};
struct node_list {
    struct node **items;
    uint32_t count;
};
#define CHILD(f) struct node *f;
#define LIST(f) struct node_list f;
#define VIEW(f) struct text f;
#define FLAG(f) bool f;
#define MARK(f) int f;
#define NUMBER(f) struct number_literal f;
#define NODE(KIND, name, fields, production) struct node_##name { struct node head; fields };
#include "../../../grammar/nodes.def"
#undef NODE
#undef CHILD
#undef LIST
#undef VIEW
#undef FLAG
#undef MARK
#undef NUMBER
/* struct node_if *clause = NODE_AS(if, node); */
#define NODE_AS(name, node) ((struct node_##name *)(node))

struct tree {
    struct arena *arena;
    struct source *source;  /* kept */
    struct node_script_block *root;
};
void tree_free(struct tree *tree);

const char *node_kind_name(enum node_kind kind);        /* "BINARY" */
/* Indented text of the tree with names, marks and spans; for --dump ast and golden tests. */
void tree_dump(struct bytes *out, const struct tree *tree);
/* Calls enter for each node, parents first, in source order; children are skipped when it returns false. Iterative or
 * bounded by LIMIT_PARSE_DEPTH. */
void tree_walk(struct node *node, bool (*enter)(void *context, struct node *node), void *context);

struct operator_row {
    const char *spelling;
    uint8_t arity, precedence;
    char case_form;         /* 'I', 'C', 'N' */
    const char *operation;  /* name within enum operation of ops/ops.h, "NONE" */
};
const struct operator_row *operator_row(enum operator_id id);

#endif
