#include "item_rows_private.h"

enum { PATH, LITERAL, NAME, FILTER, INCLUDE, EXCLUDE };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The item."}, ROW_LITERAL,
    {"Name", "string[]", 1, PARAMETER_MANDATORY, "PSProperty", NULL, NULL, NULL, "Which properties."}, ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
};

static enum status emit_values(struct invocation *call, enum item_drive drive, struct text path) {
    struct value item = item_object(call, drive, path), names = invocation_argument(call, NAME);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(names); i++) {
        bool found;
        struct value v = value_null();
        status = member_get(call->realm, item, intern_name(call->realm->names, item_at(names, i)), &found, &v);
        if (status == STATUS_OK && found) status = invocation_emit(call, v);
        else if (status == STATUS_OK)
            status = invocation_error(call, "System.Management.Automation.PSArgumentException", "System.Management.Automation.PSArgumentException", ERROR_INVALID_ARGUMENT,
                                      value_null(), "'%.*s' has no property '%.*s'.", TEXT_ARGUMENT(path), TEXT_ARGUMENT(item_at(names, i)));
        value_release(v);
    }
    value_release(item);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, NO_PARAMETER, false};
    return item_each(call, &which, emit_values);
}

static const struct example_row example_rows[] = {
    {"Get-ItemPropertyValue . LastWriteTime", "The value alone."},
    {"Get-ItemPropertyValue . -Name Name, FullName", "Two of them."},
};

CMDLET(get_item_property_value) = {
    .name = "Get-ItemPropertyValue", .aliases = "gpv", .synopsis = "Gives the values of an item's properties.", .description = "As (Get-Item …).Name does.",
    PARAMETERS, .default_set = "Path", .process = process, EXAMPLES,
};
