#include "variable_private.h"

#include "m365sh/pattern/wildcard.h"

enum status variable_scope_read(struct invocation *call, uint32_t which, int *out) {
    struct text name = invocation_text(call, which);
    int64_t levels;
    *out = SCOPE_CURRENT;
    if (!name.length) return STATUS_OK;
    if (text_equal_fold(name, TEXT("Global"))) *out = SCOPE_GLOBAL;
    else if (text_equal_fold(name, TEXT("Script"))) *out = SCOPE_SCRIPT;
    else if (text_equal_fold(name, TEXT("Local")) || text_equal_fold(name, TEXT("Private"))) *out = SCOPE_LOCAL;
    else if (decimal_read_int64(name, &levels) && levels >= 0 && levels < 1000) *out = SCOPE_PARENT + (int)levels;
    else
        return invocation_throw(call, "System.Management.Automation.PSArgumentException", "Argument", ERROR_INVALID_ARGUMENT, value_null(),
                                "-Scope takes Global, Script, Local or a number, not %.*s.", TEXT_ARGUMENT(name));
    return STATUS_OK;
}

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value options_of(struct invocation *call, const struct variable_info *info) {
    struct value text = string_of(info->constant ? "Constant" : info->read_only ? "ReadOnly" : info->private_to_scope ? "Private" : "None"), v;
    const struct type *type = type_find(call->realm, TEXT("System.Management.Automation.ScopedItemOptions"));
    if (type && convert_try(call->realm, text, type, &v)) value_set_take(&text, v);
    return text;
}

struct value variable_object(struct invocation *call, const struct variable_info *info) {
    struct realm *realm = call->realm;
    struct value object = object_new(realm, type_find(realm, TEXT("System.Management.Automation.PSVariable")), 8);
    put(realm, object, "Name", string_new(info->name));
    put(realm, object, "Description", string_new(info->description));
    put(realm, object, "Value", value_keep(info->value));
    put(realm, object, "Visibility", string_of("Public"));
    put(realm, object, "Module", value_null());
    put(realm, object, "ModuleName", string_empty());
    put(realm, object, "Options", options_of(call, info));
    put(realm, object, "Attributes", array_new(realm, NULL, 0));
    return object;
}

static bool take_matching(void *context, const struct variable_info *info) {
    struct variable_match *match = context;
    if (!wildcard_match(match->pattern, info->name, true)) return true;
    match->count++;
    return match->take(match->context, info);
}

size_t variable_each(struct invocation *call, int scope, struct text pattern, bool (*take)(void *context, const struct variable_info *info), void *context) {
    struct variable_match match = {call, pattern, take, context, 0};
    if (call->host->variable_walk) call->host->variable_walk(call->host, scope, take_matching, &match);
    return match.count;
}

enum status variable_not_found(struct invocation *call, struct text name) {
    struct value target = string_new(name);
    enum status status = invocation_error(call, "System.Management.Automation.ItemNotFoundException", "VariableNotFound", ERROR_OBJECT_NOT_FOUND,
                                          target, "There is no variable %.*s.", TEXT_ARGUMENT(name));
    value_release(target);
    return status;
}
