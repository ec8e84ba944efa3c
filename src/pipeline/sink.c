#include "m365sh/pipeline/pipeline.h"

#include "m365sh/base/alloc.h"
#include "m365sh/value/array.h"

static enum status collect(void *context, struct value v) {
    struct collector *collector = context;
    ALLOC_GROW(collector->items, collector->capacity, (size_t)collector->count + 1);
    collector->items[collector->count++] = value_keep(v);
    return STATUS_OK;
}

struct emitter collector_emitter(struct collector *collector) {
    return (struct emitter){collect, collector};
}

struct value collector_take_array(struct collector *collector) {
    struct value list = array_of_take(collector->realm, collector->items, collector->count);
    alloc_free(collector->items);
    collector->items = NULL;
    collector->count = collector->capacity = 0;
    return list;
}

struct value collector_take(struct collector *collector) {
    if (collector->count == 0) {
        collector_free(collector);
        return value_void();
    }
    if (collector->count > 1) return collector_take_array(collector);
    struct value only = collector->items[0];
    collector->count = 0;
    collector_free(collector);
    return only;
}

void collector_free(struct collector *collector) {
    for (uint32_t i = 0; i < collector->count; i++) value_release(collector->items[i]);
    alloc_free(collector->items);
    collector->items = NULL;
    collector->count = collector->capacity = 0;
}

static enum status discard(void *context, struct value v) {
    (void)context;
    (void)v;
    return STATUS_OK;
}

struct emitter pipeline_discard(void) {
    return (struct emitter){discard, NULL};
}
