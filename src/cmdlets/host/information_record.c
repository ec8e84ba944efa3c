#include "stream_writer_private.h"

#include "m365sh/base/calendar.h"

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

struct value information_record_new(struct invocation *call, struct value data, struct value tags) {
    struct realm *realm = call->realm;
    struct value record = object_new(realm, type_find(realm, TEXT("System.Management.Automation.InformationRecord")), 8);
    struct value list = list_new(realm, type_find(realm, TEXT("System.Collections.Generic.List[string]")), 2);
    if (value_is_array_like(tags)) {
        for (uint32_t i = 0; i < array_count(tags); i++) array_push(list, array_at(tags, i));
    } else if (!value_is_nothing(tags)) {
        array_push(list, tags);
    }
    put(realm, record, "MessageData", value_keep(data));
    put(realm, record, "Source", string_new(call->command->spelling));
    int64_t now = clock_now(&realm->clock);
    put(realm, record, "TimeGenerated", value_datetime(now + calendar_offset_at(now, NULL) * CALENDAR_TICKS_PER_SECOND, 2));
    put(realm, record, "Tags", list);
    return record;
}

struct value information_host_message(struct invocation *call, struct text text, bool no_newline, struct value foreground, struct value background) {
    struct realm *realm = call->realm;
    struct value message = object_new(realm, type_find(realm, TEXT("System.Management.Automation.HostInformationMessage")), 4);
    put(realm, message, "Message", string_new(text));
    put(realm, message, "NoNewLine", value_bool(no_newline));
    put(realm, message, "ForegroundColor", foreground.kind == VALUE_UNSET ? value_null() : value_keep(foreground));
    put(realm, message, "BackgroundColor", background.kind == VALUE_UNSET ? value_null() : value_keep(background));
    return message;
}
