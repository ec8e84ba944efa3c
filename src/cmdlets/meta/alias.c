#include "alias_private.h"

#include "variable_private.h"

struct value alias_object(struct invocation *call, struct text name, struct text target) {
    struct realm *realm = call->realm;
    struct value info = object_new(realm, type_find(realm, TEXT("System.Management.Automation.AliasInfo")), 8);
    const struct type *kinds = type_find(realm, TEXT("System.Management.Automation.CommandTypes"));
    struct value kind = string_of("Alias"), converted;
    if (kinds && convert_try(realm, kind, kinds, &converted)) value_set_take(&kind, converted);
    struct host *host = call->host;
    struct command *command = host->command_find ? host->command_find(host, target) : NULL;
    struct value resolved = command ? command_info_new(call, command) : value_null();
    object_put_take(realm, info, "CommandType", kind);
    object_put_take(realm, info, "Name", string_new(name));
    object_put_take(realm, info, "Version", value_null());
    object_put_take(realm, info, "Source", string_empty());
    object_put_take(realm, info, "Definition", string_new(target));
    object_put_take(realm, info, "ReferencedCommand", value_keep(resolved));
    object_put_take(realm, info, "ResolvedCommand", resolved);
    object_put_take(realm, info, "ResolvedCommandName", command ? string_new(command->spelling) : value_null());
    object_put_take(realm, info, "DisplayName", string_format("%.*s -> %.*s", TEXT_ARGUMENT(name), command ? (int)command->spelling.length : (int)target.length,
                                                              command ? command->spelling.start : target.start));
    command_release(command);
    return info;
}

struct search { struct text name; bool found; };

static bool is_there(void *context, struct text alias, struct text target) {
    struct search *search = context;
    (void)target;
    search->found |= text_equal_fold(alias, search->name);
    return !search->found;
}

enum status alias_assign(struct invocation *call, bool must_be_new) {
    struct host *host = call->host;
    int scope;
    enum status status = variable_scope_read(call, ALIAS_SCOPE, &scope);
    if (status != STATUS_OK) return status;
    struct text name = invocation_text(call, ALIAS_NAME), target = invocation_text(call, ALIAS_VALUE);
    struct search search = {name, false};
    if (must_be_new && !invocation_switch(call, ALIAS_FORCE) && host->alias_walk) host->alias_walk(host, is_there, &search);
    if (search.found) {
        struct value v = string_new(name);
        status = invocation_error(call, "System.Management.Automation.SessionStateException", "AliasAlreadyExists", ERROR_RESOURCE_EXISTS, v,
                                  "There is an alias %.*s already.", TEXT_ARGUMENT(name));
        value_release(v);
        return status;
    }
    status = host->alias_set(host, name, target, scope, invocation_switch(call, ALIAS_FORCE));
    if (status == STATUS_ERROR) return invocation_error_raised(call);
    return status == STATUS_OK && invocation_switch(call, ALIAS_PASS) ? invocation_emit_take(call, alias_object(call, name, target)) : status;
}
