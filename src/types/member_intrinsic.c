/* .ForEach() and .Where(), which every value has. */
#include <string.h>
#include "member_private.h"

static struct value new_collection(struct realm *realm) {
    return list_new(realm, type_find(realm, TEXT("System.Collections.ObjectModel.Collection[psobject]")), 0);
}

/* A pipeline's way of adding: collections are opened, nothing adds nothing. */
static void add_results(struct realm *realm, struct value list, struct value item) {
    struct enumeration it;
    struct value part;
    bool more;
    enumeration_start(realm, &it, item);
    while (enumeration_next(realm, &it, &more, &part) == STATUS_OK && more) array_push(list, part);
    enumeration_end(&it);
}

static enum status run(struct realm *realm, struct value block, struct value item, const struct value *arguments, uint32_t count,
                       struct value *out) {
    struct block_call call = {.block = block, .dollar_underscore = item, .arguments = arguments, .argument_count = count,
                              .scope = BLOCK_CALLER_SCOPE, .this_object = item};
    return callable_call_collect(realm, &call, out);
}

/* 'Name': a method if there is one, a property to be read, or to be set when arguments follow. */
static enum status each_name(struct realm *realm, struct value item, struct value name, const struct value *rest, uint32_t count,
                             struct value *out) {
    name_id id = intern_name(realm->names, string_text(name));
    bool found;
    *out = value_void();
    if (value_is_nothing(item)) return STATUS_OK;
    const struct member_entry *entry = member_find(realm, type_of(realm, item), id, false);
    if (entry && entry->method && !entry->value) return member_call(realm, item, id, rest, count, out);
    if (count == 1 && !(entry && entry->method)) return member_set(realm, item, id, rest[0]);
    enum status status = member_get(realm, item, id, &found, out);
    if (status == STATUS_OK && !found) *out = value_void();
    return status;
}

static enum status for_each(struct realm *realm, struct value v, const struct value *arguments, uint32_t count, struct value *out) {
    struct value list = new_collection(realm), item, result;
    struct enumeration it;
    bool more;
    enum status status;
    enumeration_start(realm, &it, v);
    while ((status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        struct value kept = value_keep(item);
        if (arguments[0].kind == VALUE_SCRIPT_BLOCK) status = run(realm, arguments[0], kept, arguments + 1, count - 1, &result);
        else if (arguments[0].kind == VALUE_TYPE) status = convert_to(realm, kept, arguments[0].type, &result);
        else {
            struct value name = convert_text(realm, arguments[0]);
            status = each_name(realm, kept, name, arguments + 1, count - 1, &result);
            value_release(name);
        }
        value_release(kept);
        if (status != STATUS_OK) break;
        add_results(realm, list, result);
        value_release(result);
    }
    enumeration_end(&it);
    if (status == STATUS_OK) *out = list;
    else value_release(list);
    return status;
}

enum where_mode { WHERE_DEFAULT, WHERE_FIRST, WHERE_LAST, WHERE_SKIP_UNTIL, WHERE_UNTIL, WHERE_SPLIT };
struct where { enum where_mode mode; int32_t limit; struct value yes, no; bool on; };

static void keep_last(struct where *where) {
    uint32_t count = array_count(where->yes), limit = where->limit > 0 ? (uint32_t)where->limit : 1;
    if (count > limit) array_remove(where->yes, 0, count - limit);
}

/* One element and whether the block agreed. False: nothing more is wanted. */
static bool where_add(struct where *where, struct value item, bool agreed) {
    bool full = where->limit > 0 && array_count(where->yes) >= (uint32_t)where->limit;
    switch (where->mode) {
    case WHERE_FIRST:
        if (agreed) array_push(where->yes, item);
        return array_count(where->yes) < (where->limit > 0 ? (uint32_t)where->limit : 1u);
    case WHERE_LAST:
        if (agreed) array_push(where->yes, item);
        keep_last(where);
        return true;
    case WHERE_SKIP_UNTIL:
        where->on = where->on || agreed;
        if (where->on && !full) array_push(where->yes, item);
        return !(where->limit > 0 && array_count(where->yes) >= (uint32_t)where->limit);
    case WHERE_UNTIL:
        if (agreed) return false;
        array_push(where->yes, item);
        return !(where->limit > 0 && array_count(where->yes) >= (uint32_t)where->limit);
    case WHERE_SPLIT:
        array_push(agreed && !full ? where->yes : where->no, item);
        return true;
    default:
        if (agreed) array_push(where->yes, item);
        return !(where->limit > 0 && array_count(where->yes) >= (uint32_t)where->limit);
    }
}

static enum status where_run(struct realm *realm, struct value v, struct value block, struct where *where) {
    struct enumeration it;
    struct value item, result;
    bool more, wanted = true;
    enum status status;
    enumeration_start(realm, &it, v);
    while (wanted && (status = enumeration_next(realm, &it, &more, &item)) == STATUS_OK && more) {
        struct value kept = value_keep(item);
        bool decided = where->mode == WHERE_SKIP_UNTIL && where->on; /* the block is not asked any more */
        result = value_bool(true);
        status = decided ? STATUS_OK : run(realm, block, kept, NULL, 0, &result);
        if (status == STATUS_OK) wanted = where_add(where, kept, value_truth(result));
        if (status == STATUS_OK) value_release(result);
        value_release(kept);
        if (status != STATUS_OK) break;
    }
    enumeration_end(&it);
    return wanted ? status : STATUS_OK;
}

static enum status where(struct realm *realm, struct value v, const struct value *arguments, uint32_t count, struct value *out) {
    struct where where = {.mode = WHERE_DEFAULT};
    struct value mode, block;
    enum status status;
    if (count > 1) {
        status = convert_to(realm, arguments[1], type_known(realm, "System.Management.Automation.WhereOperatorSelectionMode"), &mode);
        if (status != STATUS_OK) return status;
        where.mode = (enum where_mode)mode.integer;
    }
    if (count > 2 && (status = member_argument_int32(realm, "Where", arguments[2], &where.limit)) != STATUS_OK) return status;
    status = convert_to(realm, arguments[0], type_of_kind(realm, VALUE_SCRIPT_BLOCK), &block);
    if (status != STATUS_OK) return status;
    where.yes = new_collection(realm);
    where.no = new_collection(realm);
    status = where_run(realm, v, block, &where);
    value_release(block);
    if (status == STATUS_OK && where.mode == WHERE_SPLIT) *out = array_of(realm, (struct value[]){where.yes, where.no}, 2);
    else if (status == STATUS_OK) *out = value_keep(where.yes);
    value_release(where.yes);
    value_release(where.no);
    return status;
}

enum status member_intrinsic(struct realm *realm, struct value v, struct text name, const struct value *arguments, uint32_t count,
                             bool *taken, struct value *out) {
    bool is_where = text_equal_fold(name, TEXT("Where"));
    *taken = is_where || text_equal_fold(name, TEXT("ForEach"));
    if (!*taken) return STATUS_OK;
    if (!count || (is_where && count > 3)) return member_raise_no_overload(realm, is_where ? "Where" : "ForEach", count);
    return is_where ? where(realm, v, arguments, count, out) : for_each(realm, v, arguments, count, out);
}
