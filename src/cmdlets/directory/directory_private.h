/* What the cmdlets of this family share. */
#ifndef M365SH_CMDLETS_DIRECTORY_PRIVATE_H
#define M365SH_CMDLETS_DIRECTORY_PRIVATE_H

#include "cmdlet_private.h"
#include "m365sh/cmdlets/lookup.h"
#include "m365sh/cmdlets/services.h"
#include "m365sh/graph/page.h"

static inline const struct services *directory_services(const struct invocation *call) { return call->host->services; }
static inline struct graph_client *directory_client(const struct invocation *call) { return call->host->services->client; }
/* Request lines for -Verbose. */
struct graph_watch directory_watch(struct invocation *call);

/* Which user an item of input means: text, an object or row with Id, UserId, UserPrincipalName, UPN, User or Mail. False: none of
 * these. *key is owned text (bytes cleared first). */
bool directory_user_key(struct invocation *call, struct value item, struct bytes *key);
bool directory_is_guid(struct text text);
/* The record for an item that names no user. Owned. */
struct value directory_no_key(struct invocation *call, struct value item);

/* user_query.c: what Get-User asks for */
struct user_query {
    struct invocation *call;
    enum graph_resource resource;
    const char *type_name;
    struct bytes filter, select, search, order_by;
    bool advanced, is_leavers, is_admins, uses_sign_in;
    struct value block;                   /* -Filter { … }: applied again here */
    const struct condition *condition;    /* of a block whose properties stand without $_: evaluated instead */
    bool (*predicate)(struct realm *realm, struct value user, int64_t now);
    struct bytes products;                /* ids wanted, a comma between, when they must be looked at here */
    int64_t limit, *total;
    int page_size;
    struct graph_watch watch;
};
/* Fills the filter from -Filter (name, OData, script block) and -License. */
enum status user_query_filter(struct user_query *query, struct value filter);
enum status user_query_license(struct user_query *query, struct value products);
void user_query_select(struct user_query *query, struct value properties); /* more than what is always read */
enum status user_query_run(struct user_query *query, struct emitter out);
void user_query_free(struct user_query *query);

/* condition_test.c: does it hold for the object? By the operators' own rules. */
struct condition;
enum status condition_holds(struct invocation *call, const struct condition *condition, struct value object, bool *holds);

/* named_filter.c */
struct named_filter {
    const char *name, *sentence;
    /* Adds the OData part; false: it is not asked of the service this way. */
    bool (*add)(struct bytes *out, int64_t now, bool *advanced);
    bool (*predicate)(struct realm *realm, struct value user, int64_t now); /* NULL: the service's answer is enough */
    const char *select;                   /* properties needed beside the usual ones */
};
const struct named_filter *named_filter_find(struct text name);
void named_filter_add_names(struct bytes *out);

/* read_users.c: users by id or name, by batch, given out in the order asked */
struct user_reader;
struct user_reader *user_reader_new(struct invocation *call, enum graph_resource resource, const char *type_name, struct text select);
enum status user_reader_add(struct user_reader *reader, struct text key);
enum status user_reader_finish(struct user_reader *reader, struct emitter out);
enum status user_reader_emit(struct user_reader *reader, struct emitter out); /* what is ready */
void user_reader_free(struct user_reader *reader);

/* Calls visit with each text of a string[] parameter; a comma list in one text is split. */
enum status directory_each_text(struct value list, enum status (*visit)(void *context, struct text text), void *context);
void directory_set_type(struct realm *realm, struct value object, const char *name);

#endif
