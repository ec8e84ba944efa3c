#include "directory_private.h"

#include "m365sh/base/guid.h"

static void show_line(void *context, struct text line) {
    struct invocation *call = context;
    if (invocation_verbose_on(call) && invocation_verbose(call, "%.*s", TEXT_ARGUMENT(line)) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
}

struct graph_watch directory_watch(struct invocation *call) {
    return (struct graph_watch){show_line, call};
}

bool directory_is_guid(struct text text) {
    struct guid guid;
    return text.length == 36 && guid_read(text, &guid);
}

static bool take_text(struct value v, struct bytes *key) {
    v = value_base(v);
    if (v.kind == VALUE_GUID) {
        guid_add(key, value_guid_of(v), 'D');
        return true;
    }
    if (v.kind != VALUE_STRING) return false;
    bytes_add_text(key, text_trim(string_text(v)));
    return key->length > 0;
}

bool directory_user_key(struct invocation *call, struct value item, struct bytes *key) {
    static const char *const names[] = {"Id", "UserId", "UserPrincipalName", "UPN", "User", "Mail", "EmailAddress", "Email"};
    bytes_clear(key);
    struct value base = value_base(item);
    if (base.kind == VALUE_STRING || base.kind == VALUE_GUID) return take_text(base, key);
    if (base.kind != VALUE_OBJECT && base.kind != VALUE_TABLE) return false;
    /* A row's own "Id" may be a personnel number: a principal name beside it is surer. */
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            bool found = false;
            struct value v = value_null();
            if (member_get(call->realm, item, intern_name(call->realm->names, text_of(names[i])), &found, &v) != STATUS_OK) {
                value_release(realm_take_raised(call->realm));
                continue;
            }
            bool taken = found && take_text(v, key);
            value_release(v);
            bool sure = taken && (directory_is_guid(bytes_text(key)) || text_find_byte(bytes_text(key), '@', 0) != TEXT_NOT_FOUND);
            if (taken && (sure || round == 1)) return true;
            bytes_clear(key);
        }
    }
    return false;
}

struct value directory_no_key(struct invocation *call, struct value item) {
    struct value exception = exception_new(call->realm, "System.ArgumentException",
                                           TEXT("This names no user: it is no text, and has neither Id nor UserPrincipalName nor User nor Mail."), VALUE_UNSET_INIT);
    struct value record = error_record_new(call->realm, exception, TEXT("NoUser"), ERROR_INVALID_ARGUMENT, item);
    value_release(exception);
    return record;
}

enum status directory_each_text(struct value list, enum status (*visit)(void *context, struct text text), void *context) {
    list = value_base(list);
    uint32_t count = value_is_array_like(list) ? array_count(list) : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct value v = value_base(value_is_array_like(list) ? array_at(list, i) : list);
        struct text rest = v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE, part;
        while (text_split_next(&rest, ',', &part)) {
            part = text_trim(part);
            enum status status = part.length ? visit(context, part) : STATUS_OK;
            if (status != STATUS_OK) return status;
        }
    }
    return STATUS_OK;
}

void directory_set_type(struct realm *realm, struct value object, const char *name) {
    struct value names = array_new(realm, NULL, 1);
    array_push_take(names, string_of(name));
    value_set_take(&object_block(object)->type_names, names);
}
