#include "m365sh/types/convert.h"
#include "ops_private.h"

static enum status keep_if(struct realm *realm, filter_test *test, void *context, struct value item, struct value kept) {
    bool holds;
    enum status status = test(realm, context, item, &holds);
    if (status == STATUS_OK && holds) array_push(kept, item);
    return status;
}

enum status filter_collection(struct realm *realm, struct value collection, filter_test *test, void *context, struct value *out) {
    struct enumeration it;
    struct value item;
    bool more = false;
    *out = array_new(realm, NULL, 0);
    enumeration_start(realm, &it, collection);
    enum status status;
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more)
        if ((status = keep_if(realm, test, context, item, *out)) != STATUS_OK) break;
    enumeration_end(&it);
    if (status != STATUS_OK) value_release(*out);
    return status;
}
