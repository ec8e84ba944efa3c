/* $filter: text to a tree in an arena, and the tree to an SQL condition with parameters. What Graph's directory cannot
 * filter is refused with its words. */
#ifndef M365SH_TENANT_FILTER_PRIVATE_H
#define M365SH_TENANT_FILTER_PRIVATE_H

#include "entity_private.h"

enum filter_kind {
    FILTER_AND, FILTER_OR, FILTER_NOT,        /* left, right */
    FILTER_COMPARE,                           /* path operator value */
    FILTER_IN,                                /* path, values */
    FILTER_STARTS, FILTER_ENDS, FILTER_CONTAINS, /* path, value */
    FILTER_ANY,                               /* path, variable, left (NULL: any()) */
    FILTER_ALL,
    FILTER_COUNT,                             /* path/$count operator number */
};
enum filter_operator { FILTER_EQ, FILTER_NE, FILTER_GT, FILTER_GE, FILTER_LT, FILTER_LE };
enum filter_literal { LITERAL_TEXT, LITERAL_BARE /* guid, date, number */, LITERAL_TRUE, LITERAL_FALSE, LITERAL_NULL };

struct filter_value {
    enum filter_literal kind;
    struct text text;
    struct filter_value *next;
};
struct filter {
    enum filter_kind kind;
    enum filter_operator operator;
    struct text path;             /* as written, slashes inside */
    struct text variable;
    struct filter_value *values;
    struct filter *left, *right;
};

enum { FILTER_DEPTH = 64, FILTER_CLAUSES = 1000, FILTER_PARAMETERS = 400 };

/* NULL: *error says what is wrong, in the arena. */
struct filter *filter_parse(struct arena *arena, struct text text, struct text *error);

struct filter_sql {
    struct bytes text;
    struct text parameters[FILTER_PARAMETERS];
    int count;
    bool advanced;                /* needs the advanced engine */
};
void filter_sql_free(struct filter_sql *sql);
/* Adds the condition over table `t`. False: the error is the reply. `advanced`: the request has header and $count. */
bool filter_compile(struct exchange *exchange, const struct entity *entity, const struct filter *filter, bool advanced, struct filter_sql *out);
#endif
