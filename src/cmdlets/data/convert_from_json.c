#include "json_glue_private.h"

#include "m365sh/base/calendar.h"

enum { INPUT, AS_TABLE, DEPTH, NO_ENUMERATE, DATE_KIND };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "The JSON; lines from the pipeline are put together."},
    {"AsHashtable", "switch", -1, 0, NULL, NULL, NULL, NULL, "Hashtables that keep the order and the case of their keys."},
    {"Depth", "int", -1, 0, NULL, NULL, NULL, NULL, "The deepest nesting taken; 1024 unless said."},
    {"NoEnumerate", "switch", -1, 0, NULL, NULL, NULL, NULL, "An array goes on as one value."},
    {"DateKind", "string", -1, 0, NULL, NULL, "Default|Local|Utc|Offset|String", NULL, "What ISO dates become."},
};

struct state { struct value lines; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->lines = array_new(call->realm, NULL, 1);
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (invocation_has(call, INPUT)) array_push(state->lines, invocation_argument(call, INPUT));
    return STATUS_OK;
}

/* --- dates as asked ------------------------------------------------------------------------------------------------ */
static struct value date_as(struct value date, struct text kind) {
    int64_t utc = date.small == 1 ? date.integer : date.integer - (int64_t)calendar_offset_local(date.integer, NULL) * CALENDAR_TICKS_PER_SECOND;
    if (text_equal_fold(kind, TEXT("Utc"))) return value_datetime(utc, 1);
    int offset = calendar_offset_at(utc, NULL);
    if (text_equal_fold(kind, TEXT("Offset"))) return value_datetimeoffset(utc, offset / 60);
    return value_datetime(utc + (int64_t)offset * CALENDAR_TICKS_PER_SECOND, 2);
}

static void convert_dates(struct realm *realm, struct value *place, struct text kind, int depth) {
    struct value v = *place;
    if (v.kind == VALUE_DATETIME) value_set_take(place, date_as(v, kind));
    else if (depth == 0) return;
    else if (v.kind == VALUE_ARRAY) {
        for (uint32_t i = 0; i < array_count(v); i++) convert_dates(realm, &array_items(v)[i], kind, depth - 1);
    } else if (v.kind == VALUE_OBJECT) {
        for (uint32_t i = 0; i < object_block(v)->shape->count; i++) convert_dates(realm, &object_block(v)->slots[i], kind, depth - 1);
    } else if (value_is_table(v)) {
        uint32_t position = 0;
        for (struct table_entry *entry; (entry = table_next(v, &position));) convert_dates(realm, &entry->value, kind, depth - 1);
    }
}

/* The items of a large array go on as they are read, so that they need not all be held. What is wrong behind them is told after them. */
#define LARGE (1u << 20)
static enum status emit_item(void *context, struct value item) { return invocation_emit(context, item); }

static enum status emit_text(struct invocation *call, struct text json) {
    struct text kind = invocation_text(call, DATE_KIND);
    struct json_read_options options = {
        .as_table = invocation_switch(call, AS_TABLE), .depth = (uint32_t)invocation_integer(call, DEPTH, 0), .keep_dates_text = text_equal_fold(kind, TEXT("String")),
    };
    struct value v = VALUE_UNSET_INIT;
    bool as_read = !kind.length || options.keep_dates_text || text_equal_fold(kind, TEXT("Default"));
    if (text_is_blank(json)) return invocation_emit(call, value_null());
    if (json.length > LARGE && as_read && !invocation_switch(call, NO_ENUMERATE) && text_starts(text_trim(text_slice(json, 0, 64)), TEXT("[")))
        return json_scan(call->realm, json, TEXT_NONE, &options, (struct emitter){emit_item, call}, NULL);
    enum status status = json_read(call->realm, json, &options, &v);
    if (status != STATUS_OK) return status;
    if (!as_read) convert_dates(call->realm, &v, kind, 100);
    status = invocation_switch(call, NO_ENUMERATE) ? invocation_emit(call, v) : invocation_emit_each(call, v);
    value_release(v);
    return status;
}

/* PowerShell's way: if the first line is JSON by itself, each line is; else all lines together are one text. */
static bool lines_stand_alone(struct invocation *call) {
    struct state *state = call->state;
    struct value v = VALUE_UNSET_INIT;
    struct json_read_options options = {.as_table = true};
    struct text first = string_text(array_at(state->lines, 0));
    if (array_count(state->lines) == 1) return true;
    if (text_equal(text_trim(first), TEXT("["))) return false; /* the reader closes what is open at the end */
    bool alone = json_read(call->realm, first, &options, &v) == STATUS_OK;
    value_release(v);
    value_release(realm_take_raised(call->realm));
    return alone;
}

static enum status name_error(struct invocation *call) {
    struct value record = realm_take_raised(call->realm);
    struct value id = error_record_get(record, ERROR_ID);
    if (id.kind == VALUE_STRING && text_find_byte(string_text(id), ',', 0) == TEXT_NOT_FOUND) {
        struct bytes full = {0};
        bytes_add_format(&full, "%s,", string_chars(id));
        command_add_error_name(&full, call->command);
        struct value text = string_from_bytes(&full);
        error_record_set(record, ERROR_ID, text);
        value_release(text);
        bytes_free(&full);
    }
    return realm_raise_record_take(call->realm, record);
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    uint32_t count = array_count(state->lines);
    enum status status = STATUS_OK;
    if (!count) return STATUS_OK;
    if (lines_stand_alone(call)) {
        for (uint32_t i = 0; status == STATUS_OK && i < count; i++) status = emit_text(call, string_text(array_at(state->lines, i)));
    } else {
        struct bytes whole = {0};
        for (uint32_t i = 0; i < count; i++) {
            bytes_add_text(&whole, string_text(array_at(state->lines, i)));
            bytes_add_byte(&whole, '\n');
        }
        status = emit_text(call, bytes_text(&whole));
        bytes_free(&whole);
    }
    return status == STATUS_ERROR ? name_error(call) : status;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    value_release(state->lines);
}

static const struct example_row example_rows[] = {
    {"'{\"name\":\"ann\",\"tags\":[1,2]}' | ConvertFrom-Json", "An object with name and tags."},
    {"('{\"a\":1}' | ConvertFrom-Json -AsHashtable)['a']", "A hashtable instead."},
};

CMDLET(convert_from_json) = {
    .name = "ConvertFrom-Json", .synopsis = "Turns JSON into objects.",
    .description = "Whole numbers become 64-bit ones, ISO dates become dates. An array is sent on item by item.", PARAMETERS,
    .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
