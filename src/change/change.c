#include "change_private.h"

#include "m365sh/base/alloc.h"

const char *change_status_name(enum change_status status) {
    static const char *const names[CHANGE_STATUS_COUNT] = {
        [CHANGE_OPEN] = "Open", [CHANGE_DONE] = "Done", [CHANGE_ALREADY_ABSENT] = "AlreadyAbsent", [CHANGE_ALREADY_PRESENT] = "AlreadyPresent",
        [CHANGE_FAILED] = "Failed", [CHANGE_REFUSED] = "Refused", [CHANGE_SKIPPED] = "Skipped", [CHANGE_UNKNOWN] = "Unknown",
        [CHANGE_NOT_BEGUN] = "NotBegun"};
    return names[status];
}

struct changes *changes_new(struct realm *realm, struct graph_client *client) {
    struct changes *changes = ALLOC_NEW(struct changes);
    changes->realm = realm;
    changes->client = client;
    changes->written = map_new(MAP_FOLD);
    changes->group_names = map_new(MAP_FOLD);
    return changes;
}

void changes_free(struct changes *changes) {
    if (!changes) return;
    map_free(changes->written, alloc_free);
    map_free(changes->group_names, alloc_free);
    alloc_free(changes);
}

void changes_forget(struct changes *changes) {
    map_free(changes->written, alloc_free);
    map_free(changes->group_names, alloc_free);
    changes->written = map_new(MAP_FOLD);
    changes->group_names = map_new(MAP_FOLD);
}

bool changes_all_well(const struct change_totals *totals) {
    return totals->failed + totals->refused + totals->unknown + totals->not_begun == 0;
}

void sku_list_add(struct sku_list *list, struct text id) {
    if (id.length > 36 || sku_list_has(list, id)) return;
    ALLOC_GROW(list->items, list->capacity, list->count + 1);
    struct sku_id *place = &list->items[list->count++];
    for (size_t i = 0; i < id.length; i++) place->text[i] = id.start[i] >= 'A' && id.start[i] <= 'Z' ? (char)(id.start[i] + 32) : id.start[i];
    place->text[id.length] = '\0';
}

bool sku_list_has(const struct sku_list *list, struct text id) {
    for (uint32_t i = 0; i < list->count; i++)
        if (text_equal_fold(text_of(list->items[i].text), id)) return true;
    return false;
}

void sku_list_free(struct sku_list *list) {
    alloc_free(list->items);
    *list = (struct sku_list){0};
}
