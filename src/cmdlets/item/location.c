#include "location_private.h"

#define PLACE TEXT("__locations")

struct value location_list(struct invocation *call, enum location_list which) {
    struct host *host = call->host;
    struct value lists = host->variable_get(host, PLACE, SCOPE_GLOBAL);
    if (!value_is_array_like(lists)) {
        lists = array_new(call->realm, NULL, 3);
        for (int i = 0; i < 3; i++) array_push_take(lists, list_new(call->realm, NULL, 0));
        host->variable_set(host, PLACE, SCOPE_GLOBAL, lists);
    }
    struct value list = value_keep(array_at(lists, which));
    value_release(lists);
    return list;
}

enum status location_go(struct invocation *call, struct text folder, bool remember) {
    struct host *host = call->host;
    struct value before = string_new(host->folder(host)), target = string_new(folder);
    enum status status = host->set_folder(host, string_text(target));
    if (status == STATUS_OK && remember) {
        struct value back = location_list(call, LOCATION_BACK), forward = location_list(call, LOCATION_FORWARD);
        array_push(back, before);
        array_clear(forward);
        value_release(back);
        value_release(forward);
    }
    value_release(before);
    value_release(target);
    return status;
}

static enum status nowhere(struct invocation *call, struct text path) {
    struct value target = string_new(path);
    enum status status = invocation_error(call, "System.Management.Automation.ItemNotFoundException", "PathNotFound", ERROR_OBJECT_NOT_FOUND, target,
                                          "There is no folder '%s'.", string_chars(target));
    value_release(target);
    return status;
}

enum status location_resolve(struct invocation *call, struct text path, bool literal, struct bytes *out, bool *found) {
    struct item_list list;
    *found = false;
    enum status status = item_expand(call, path, literal, true, &list);
    if (status == STATUS_OK && list.drive != DRIVE_FILES)
        status = invocation_throw(call, "System.Management.Automation.PSNotSupportedException", "NotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                  "Only folders can be the current location.");
    if (status == STATUS_OK && array_count(list.paths) > 1)
        status = invocation_throw(call, "System.Management.Automation.PSArgumentException", "Argument", ERROR_INVALID_ARGUMENT, value_null(),
                                  "'%.*s' means several folders.", TEXT_ARGUMENT(path));
    if (status == STATUS_OK) {
        struct text one = array_count(list.paths) ? string_text(array_at(list.paths, 0)) : TEXT_NONE;
        *found = one.length && item_is_folder(DRIVE_FILES, one);
        if (*found) bytes_add_text(out, one);
        else status = nowhere(call, !list.wild && one.length && !item_exists(call, DRIVE_FILES, one) ? one : path);
    }
    value_release(list.paths);
    return status;
}
