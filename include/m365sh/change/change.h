/* The only road to a write. A cmdlet queues what it intends; when its input has ended (with -Force: as batches fill) the
 * queue reads what must be read, leaves out what would do nothing, lets the guard ask once, sends in batches and emits one
 * result an item in the order in which the items came.
 *
 *   wanted → read → planned (or: nothing to do, refused) → recorded → sent → known (or: unknown → looked up)
 *
 * Belongs to one interpreter. Failing items are non-terminating errors of the call. */
#ifndef M365SH_CHANGE_CHANGE_H
#define M365SH_CHANGE_CHANGE_H

#include "m365sh/base/map.h"
#include "m365sh/command/invocation.h"
#include "m365sh/graph/client.h"
#include "m365sh/journal/journal.h"

#define CHANGE_MAXIMUM 100           /* $MaximumChange where nobody set another */
#define CHANGE_TRUST_SECONDS 60      /* objects read longer ago are read again before a write */

enum change_status {
    CHANGE_OPEN,           /* not decided yet */
    CHANGE_DONE,
    CHANGE_ALREADY_ABSENT, /* what should go is not there */
    CHANGE_ALREADY_PRESENT,/* what should be is there */
    CHANGE_FAILED,         /* the service refused */
    CHANGE_REFUSED,        /* we refuse: inherited from a group, unknown user */
    CHANGE_SKIPPED,        /* the answer to -Confirm was no */
    CHANGE_UNKNOWN,        /* sent, and no answer came */
    CHANGE_NOT_BEGUN,      /* never sent */
    CHANGE_STATUS_COUNT
};
const char *change_status_name(enum change_status status); /* "Done", "AlreadyAbsent" … */

/* What a whole run did: session turns it into the exit code. 4 when failed, refused, unknown or not_begun is not 0;
 * 5 when the run ended at the guard or at a question nobody could answer. */
struct change_totals {
    int64_t done, nothing_to_do, failed, refused, unknown, not_begun;
    bool guard_stopped;
};

/* One per session. */
struct changes {
    struct realm *realm;
    struct graph_client *client;
    struct journal_sink journal;
    struct change_totals totals;
    int64_t maximum;             /* --max-changes; 0: $MaximumChange or CHANGE_MAXIMUM */
    int64_t number;              /* of the last intent */
    struct map *written;         /* object id → steady time of the last write (int64_t, owned) */
    /* Names of products for people: by id, owned text or the id itself. */
    void (*product_name)(void *context, struct text sku_id, struct bytes *out);
    bool (*plan_name)(void *context, struct text plan_id, struct bytes *out); /* false: not known */
    void *names_context;
    struct map *group_names;     /* id → owned char */
};
struct changes *changes_new(struct realm *realm, struct graph_client *client);
void changes_free(struct changes *changes);
void changes_forget(struct changes *changes); /* another tenant: what was read of the old one is not trusted */
bool changes_all_well(const struct change_totals *totals); /* exit code 0 as far as changes go */

struct change_options {
    bool force, verify;
    bool keep_quiet;             /* emit no results (the SDK's commands emit objects of their own) */
    const struct graph_watch *watch;
};
/* Licences wanted of one user. Ids are lower-case GUID texts; the arrays are copied. */
struct sku_wish { struct text sku_id; const struct text *disabled_plans; uint32_t disabled_count; bool sets_plans; };
struct license_wish {
    const struct sku_wish *add; uint32_t add_count;
    const struct text *remove; uint32_t remove_count;
    bool remove_all;             /* every licence held directly */
};

struct change_queue;
struct change_queue *change_queue_new(struct changes *changes, struct invocation *call, const struct change_options *options);
/* `target` is what came down the pipeline (TargetObject of errors); `key` the user's id or principal name. An object read from
 * the tenant within CHANGE_TRUST_SECONDS is trusted, anything else is read first, by batch. */
enum status change_queue_license(struct change_queue *queue, struct value target, struct text key, const struct license_wish *wish);
/* PATCH users/{key}; `properties` an object with names as the service spells them. */
enum status change_queue_properties(struct change_queue *queue, struct value target, struct text key, struct value properties);
/* An item that is wrong before anything is asked: its error (taken) comes in its turn. */
enum status change_queue_refuse_take(struct change_queue *queue, struct value target, struct text key, struct value record);
/* The end of the input: reads, guard, question, writes, results. */
enum status change_queue_finish(struct change_queue *queue);
/* Always, also after errors and stops: nothing new is sent, what is in flight is awaited and reported. NULL is fine. */
void change_queue_free(struct change_queue *queue);

/* One raw request that changes something (Invoke-Graph). *answer is the undecoded JSON; *done false: preview, or refused. */
enum status change_raw(struct changes *changes, struct invocation *call, const struct graph_request *request, struct value *answer, bool *done);
/* The practice tenant's own controls: not a change of a tenant's data that a guard looks at. */
enum status change_control(struct changes *changes, const struct graph_request *request, struct value *answer);

#endif
