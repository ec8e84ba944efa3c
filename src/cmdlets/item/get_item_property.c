#include "item_rows_private.h"

#include "m365sh/pattern/wildcard.h"

enum { PATH, LITERAL, NAME, FILTER, INCLUDE, EXCLUDE };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("The item; wildcards are allowed."), ROW_LITERAL,
    {"Name", "string[]", 1, PARAMETER_WILDCARDS, "PSProperty", NULL, NULL, NULL, "Which properties; all unless said."},
    ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
};

struct choice { struct invocation *call; struct value to; };

static enum status choose(void *context, struct text name, struct value item) {
    struct choice *choice = context;
    struct value names = invocation_argument(choice->call, NAME);
    bool wanted = text_starts_fold(name, TEXT("PS")) && !text_equal_fold(name, TEXT("PSIsContainer"));
    for (uint32_t i = 0; !wanted && i < item_count(names); i++) wanted = wildcard_match(item_at(names, i), name, true);
    if (wanted) object_put(choice->call->realm, choice->to, name, item);
    return STATUS_OK;
}

static enum status emit_properties(struct invocation *call, enum item_drive drive, struct text path) {
    struct value names = invocation_argument(call, NAME);
    if (!item_count(names)) return item_emit(call, drive, path);
    struct value item = item_object(call, drive, path);
    struct choice choice = {call, object_new(call->realm, NULL, 8)};
    struct realm *realm = call->realm;
    bool found = true;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(names); i++) {
        struct value v = VALUE_UNSET_INIT;
        if (wildcard_has(item_at(names, i))) continue;
        status = member_get(realm, item, intern_name(realm->names, item_at(names, i)), &found, &v);
        if (status == STATUS_OK && !found) {
            status = invocation_error(call, "System.Management.Automation.PSArgumentException", "System.Management.Automation.PSArgumentException", ERROR_INVALID_ARGUMENT,
                                      value_null(), "'%.*s' has no property '%.*s'.", TEXT_ARGUMENT(path), TEXT_ARGUMENT(item_at(names, i)));
            found = false;
            break;
        }
        value_release(v);
    }
    if (status == STATUS_OK && found) {
        status = member_walk_values(realm, item, false, choose, &choice);
        if (status == STATUS_OK) status = invocation_emit(call, choice.to);
    }
    value_release(item);
    value_release(choice.to);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, NO_PARAMETER, false};
    return item_each(call, &which, emit_properties);
}

static const struct example_row example_rows[] = {
    {"Get-ItemProperty . LastWriteTime", "One property, and where the item is."},
    {"Set-Content a.txt x; (Get-ItemProperty a.txt).Length", "The file itself."},
};

CMDLET(get_item_property) = {
    .name = "Get-ItemProperty", .aliases = "gp", .synopsis = "Gives properties of an item.", .description = "There is no registry here: files and folders answer.",
    PARAMETERS, .default_set = "Path", .process = process, EXAMPLES,
};
