#include "m365sh/value/callable.h"

#include "m365sh/value/array.h"

enum status callable_call(struct realm *realm, const struct block_call *call) {
    const struct callable_host *host = realm->callables;
    if (!host)
        return realm_raise(realm, "InvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION,
                           "A script block cannot be run here.");
    return host->call(host->context, realm, call);
}

struct collection { struct realm *realm; struct value first, all; };

static enum status collect(void *context, struct value v) {
    struct collection *collection = context;
    if (v.kind == VALUE_VOID) return STATUS_OK;
    if (collection->first.kind == VALUE_UNSET) {
        collection->first = value_keep(v);
        return STATUS_OK;
    }
    if (collection->all.kind == VALUE_UNSET) {
        collection->all = array_new(collection->realm, NULL, 8);
        array_push(collection->all, collection->first);
    }
    array_push(collection->all, v);
    return STATUS_OK;
}

enum status callable_call_collect(struct realm *realm, const struct block_call *call, struct value *out) {
    struct collection collection = {.realm = realm};
    struct block_call collecting = *call;
    collecting.output = (struct emitter){collect, &collection};
    enum status status = callable_call(realm, &collecting);
    if (status != STATUS_OK || collection.all.kind != VALUE_UNSET) {
        value_release(collection.first);
        collection.first = VALUE_UNSET_INIT;
    }
    if (status != STATUS_OK) {
        value_release(collection.all);
        return status;
    }
    *out = collection.all.kind != VALUE_UNSET     ? collection.all
           : collection.first.kind != VALUE_UNSET ? collection.first
                                                  : value_void();
    return STATUS_OK;
}
