#include "m365sh/types/convert.h"
#include "ops_private.h"

enum status containment_find(struct realm *realm, struct value collection, struct value item, bool keep_case, bool *found) {
    *found = false;
    if (!value_is_array_like(collection) && (value_is_nothing(collection) || !convert_is_enumerable(realm, collection)))
        return ops_equal(realm, collection, item, keep_case, found);
    struct enumeration it;
    struct value member;
    bool more;
    enumeration_start(realm, &it, collection);
    enum status status;
    while ((status = enumeration_next(realm, &it, &more, &member)) == STATUS_OK && more && !*found)
        status = ops_equal(realm, member, item, keep_case, found);
    enumeration_end(&it);
    return status;
}
