/* What the files of this room share: the items of a queue and the steps of their life. */
#ifndef M365SH_CHANGE_PRIVATE_H
#define M365SH_CHANGE_PRIVATE_H

#include "m365sh/change/change.h"
#include "m365sh/graph/batch.h"

struct sku_id { char text[37]; };
struct sku_list { struct sku_id *items; uint32_t count, capacity; };
void sku_list_add(struct sku_list *list, struct text id); /* lower case; once */
bool sku_list_has(const struct sku_list *list, struct text id);
void sku_list_free(struct sku_list *list);

struct sku_add { struct sku_id id; struct sku_list disabled; bool sets_plans; };

enum item_state {
    ITEM_WANTED,     /* must be read first */
    ITEM_READING,
    ITEM_READ,       /* the user is known, nothing planned */
    ITEM_PLANNED,    /* something will be sent */
    ITEM_SENT,
    ITEM_FINAL,      /* status says how it went */
    ITEM_EMITTED,
};
enum item_kind { ITEM_LICENSE, ITEM_PROPERTIES, ITEM_ERROR };
struct change_item {
    enum item_kind kind;
    enum item_state state;
    enum change_status status;
    struct value target;             /* as it came */
    struct bytes key;                /* id or name as it came */
    struct bytes id, name;           /* of the user, once read */
    struct value user;               /* decoded; VALUE_UNSET until read */
    /* licences: what is wanted … */
    struct sku_add *add; uint32_t add_count;
    struct sku_list remove;
    bool remove_all;
    /* … and what is sent */
    struct sku_list sent_add, sent_remove;
    struct sku_list inherited;       /* could not be removed: they come from a group */
    struct value properties;         /* ITEM_PROPERTIES: wire names to values */
    struct value error;              /* comes with the result; VALUE_UNSET none */
    struct bytes request_id;
    int rounds;                      /* how often it was sent */
    struct change_item *twin;        /* an earlier item of the same user that this one waits for */
};

struct change_queue {
    struct changes *changes;
    struct invocation *call;
    struct change_options options;
    bool what_if, stopped, guarded, finished, downstream_gone;
    bool decided;                    /* no outcome will be looked up any more */
    struct change_item **items;
    size_t count, capacity;
    size_t emitted;                  /* items before this one have been given out */
    size_t planned;                  /* items before this one were planned and, with -Force, sent */
    struct map *by_id;               /* user id → last item that plans to change it */
    struct batch_stream *reads, *writes;
    size_t reading, to_send, sent, settled, failures;
    int64_t begun, shown;            /* steady time of the first write, and of the last progress line */
    enum status failed;              /* what ended it */
    struct value raised;             /* with STATUS_ERROR */
    struct graph_watch watch;
};

/* before.c */
bool before_is_trusted(struct change_queue *queue, const struct change_item *item);
enum status before_read(struct change_queue *queue, struct change_item *item);    /* begins */
enum status before_read_rest(struct change_queue *queue);                        /* waits for all */
void before_accept(struct change_queue *queue, struct change_item *item, struct value user);
void before_add_state(struct realm *realm, struct bytes *out, const struct change_item *item); /* JSON for the journal */
/* Reads the state of these items again (unknown outcomes, -Verify): user replaced; VALUE_UNSET where it could not be read. */
enum status before_read_again(struct change_queue *queue, struct change_item **items, size_t count);

/* plan.c: from what is wanted and what is there to what is sent */
void plan_item(struct change_queue *queue, struct change_item *item);
bool plan_holds(struct realm *realm, struct change_item *item); /* is what was wanted so now? */
/* How the user holds a product. */
struct holding { bool direct, by_group; struct text group_id; };
struct holding plan_holding(struct realm *realm, struct value user, struct text sku_id);
void plan_walk_assignments(struct realm *realm, struct value user, void (*visit)(void *context, struct text sku, struct text group, struct value state), void *context);

/* guard.c */
enum status guard_ask(struct change_queue *queue);
int64_t guard_maximum(struct change_queue *queue);

/* apply.c */
enum status apply_send(struct change_queue *queue, struct change_item *item);
enum status apply_finish(struct change_queue *queue);
void apply_abandon(struct change_queue *queue);
void apply_add_body(struct bytes *out, struct realm *realm, const struct change_item *item);

/* report.c */
void report_error_take(struct change_item *item, enum change_status status, struct value record);
struct value report_failure(struct change_queue *queue, struct change_item *item, const char *id, enum error_category category, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
enum status report_emit(struct change_queue *queue);   /* every final item that is next in order */
void report_progress(struct change_queue *queue, bool done);
void report_add_product(struct change_queue *queue, struct bytes *out, struct text sku_id);
void report_add_group(struct change_queue *queue, struct bytes *out, struct text group_id);
void report_count(struct change_totals *totals, enum change_status status);
/* After an interruption or a lost connection: an error of the call, or (when its pipeline has gone) a line on standard error. */
void report_summary(struct change_queue *queue, bool at_terminal);

#endif
