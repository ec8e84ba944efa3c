/* Users, groups and roles as their properties: one row each in entities.def drives reading, writing, filtering and
 * validation. */
#ifndef M365SH_TENANT_ENTITY_PRIVATE_H
#define M365SH_TENANT_ENTITY_PRIVATE_H

#include "exchange_private.h"

enum property_kind {
    KIND_WORDS, KIND_FLAG, KIND_MOMENT, KIND_LIST, KIND_NOTHING, KIND_NO_ITEMS, KIND_ASSIGNED_LICENSES, KIND_ASSIGNED_PLANS,
    KIND_PROVISIONED_PLANS, KIND_LICENSE_STATES, KIND_GROUP_LICENSES, KIND_LICENSE_STATE, KIND_PASSWORD, KIND_EXTENSIONS,
    KIND_IDENTITIES, KIND_SIGN_IN, KIND_TRUTH, KIND_NOT_APPLIED, KIND_SIGN_IN_STATUS, KIND_SIGN_IN_PLACE,
};
enum { PROPERTY_DEFAULT = 1, PROPERTY_WRITABLE = 2, PROPERTY_CREATE = 4, PROPERTY_SINGLE = 8 };
enum property_operator { OPERATOR_EQ, OPERATOR_NE, OPERATOR_GE, OPERATOR_LE, OPERATOR_IN, OPERATOR_STARTS, OPERATOR_ENDS, OPERATOR_NULL };

struct property {
    const char *name, *column;
    enum property_kind kind;
    unsigned flags;
    const char *filter; /* a letter per enum property_operator */
    int longest;
};
struct entity {
    const char *name, *set, *type, *resource; /* user, users, #microsoft.graph.user, User */
    const char *table;
    bool deletable;                           /* has a `deleted` column */
    const struct property *properties;
    int count;
};
const struct entity *entity_user(void);
const struct entity *entity_group(void);
const struct entity *entity_role(void);
const struct entity *entity_sign_in(void);
const struct entity *entity_role_assignment(void);
const struct entity *entity_role_definition(void);

enum { SELECTION_LIMIT = 80 };
struct selection {
    const struct property *list[SELECTION_LIMIT];
    int count;
    bool chosen; /* by $select */
};

const struct property *entity_property(const struct entity *entity, struct text name); /* without case; NULL */
void entity_select_default(const struct entity *entity, struct selection *selection, bool single);
/* Reads $select. False: the error is the reply. `collection`: some properties cannot be had there. */
bool entity_select(struct exchange *exchange, const struct entity *entity, struct text select, bool collection, struct selection *selection);
/* `t.number` and a column for each property that has one. */
void entity_add_columns(const struct selection *selection, struct bytes *sql);
/* Writes the members of one row, after what stands in the open object. The row's columns start with `number`. */
void entity_write(struct exchange *exchange, const struct selection *selection, sqlite3_stmt *row, struct bytes *out);
/* The number of the row with this id (or principal name), -1 when there is none or it is deleted. */
int64_t entity_find(struct exchange *exchange, const struct entity *entity, struct text key);
/* As entity_find, but answers 404 itself. */
int64_t entity_require(struct exchange *exchange, const struct entity *entity, struct text key);
/* The row's id, in the arena; empty when it is gone. */
struct text entity_id(struct exchange *exchange, const struct entity *entity, int64_t number);
/* One object as the reply, with context. */
void entity_reply(struct exchange *exchange, const struct entity *entity, int64_t number, int status);
/* The object alone; false when there is no such row. `typed` adds @odata.type. */
bool entity_add(struct exchange *exchange, const struct entity *entity, const struct selection *selection, int64_t number,
                bool typed, struct bytes *out);

/* Writes the members of a body into a row (which exists). False: the error is the reply, and the caller rolls back. */
bool entity_assign(struct exchange *exchange, const struct entity *entity, int64_t number, const cJSON *body, bool creating);
/* Notes a change for delta queries. */
void entity_note(struct exchange *exchange, const struct entity *entity, struct text id, const char *kind, struct text property, struct text related);
struct text entity_now(struct exchange *exchange); /* ISO, whole seconds */
#endif
