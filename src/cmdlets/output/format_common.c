#include "format_private.h"

/* $FormatEnumerationLimit as the script sees it now. */
static void read_limit(struct invocation *call) {
    if (!call->host || !call->host->variable_get) return;
    struct value limit = call->host->variable_get(call->host, TEXT("FormatEnumerationLimit"), SCOPE_CURRENT);
    if (value_is_integer(limit)) call->realm->enumeration_limit = limit.integer;
    value_release(limit);
}

enum status format_start(struct invocation *call) {
    struct format_state *state = call->state;
    read_limit(call);
    state->items.realm = call->realm;
    return STATUS_OK;
}

enum status format_take(struct invocation *call, uint32_t input) {
    struct format_state *state = call->state;
    struct value item = invocation_argument(call, input);
    if (item.kind == VALUE_UNSET) return STATUS_OK;
    struct emitter kept = collector_emitter(&state->items);
    return kept.emit(kept.context, item);
}

enum status format_finish(struct invocation *call, const struct format_request *request) {
    struct format_state *state = call->state;
    if (!state->items.count) return STATUS_OK;
    struct value items = collector_take_array(&state->items);
    struct value wrapped = format_wrap(call->realm, request, items);
    value_release(items);
    return invocation_emit_take(call, wrapped);
}

void format_clean(struct invocation *call) {
    struct format_state *state = call->state;
    collector_free(&state->items);
}

static int expand_mode(struct text name) {
    if (text_equal_fold(name, TEXT("EnumOnly"))) return 1;
    if (text_equal_fold(name, TEXT("CoreOnly"))) return 2;
    return text_equal_fold(name, TEXT("Both")) ? 3 : 0;
}

struct format_request format_request_read(struct invocation *call, enum format_layout layout) {
    return (struct format_request){
        .layout = layout,
        .properties = invocation_argument(call, FORMAT_PROPERTY),
        .group_by = invocation_argument(call, FORMAT_GROUP_BY),
        .view = invocation_text(call, FORMAT_VIEW),
        .show_error = invocation_switch(call, FORMAT_SHOW_ERROR),
        .display_error = invocation_switch(call, FORMAT_DISPLAY_ERROR),
        .force = invocation_switch(call, FORMAT_FORCE),
        .expand = expand_mode(invocation_text(call, FORMAT_EXPAND)),
    };
}
