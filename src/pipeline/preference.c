#include "pipeline_private.h"

#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

static enum action_preference action_of(const struct invocation *call, enum common_parameter which) {
    struct value v = call->binding.values[call->binding.signature->common_start + which];
    enum action_preference action;
    return v.kind != VALUE_UNSET && action_preference_read(call->realm, v, &action) ? action : ACTION_UNSET;
}

static int switch_of(const struct invocation *call, enum common_parameter which) {
    uint32_t index = call->binding.signature->common_start + which;
    if (index >= call->binding.signature->count) return -1;
    struct value v = call->binding.values[index];
    return v.kind == VALUE_UNSET ? -1 : value_truth(v);
}

static struct text name_of(const struct invocation *call, enum common_parameter which) {
    struct value v = call->binding.values[call->binding.signature->common_start + which];
    return v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE;
}

/* A list that collects for a variable; "+name" starts with what the variable holds. */
static struct value list_for(struct running_stage *stage, enum common_parameter which) {
    struct text name = name_of(&stage->call, which);
    if (!name.length) return VALUE_UNSET_INIT;
    struct realm *realm = stage->call.realm;
    struct value list = list_new(realm, type_find(realm, TEXT("System.Collections.ArrayList")), 4);
    struct host *host = stage->call.host;
    if (name.start[0] == '+' && host && host->variable_get) {
        struct value old = host->variable_get(host, text_slice(name, 1, name.length), SCOPE_CURRENT);
        if (value_is_array_like(old)) {
            for (uint32_t i = 0; i < array_count(old); i++) array_push(list, array_at(old, i));
        } else if (!value_is_nothing(old)) {
            array_push(list, old);
        }
        value_release(old);
    }
    return list;
}

/* A list that a script can see while the command runs: set when it starts, as PowerShell does. */
static enum status set_variable(struct running_stage *stage, enum common_parameter which, struct value list) {
    struct host *host = stage->call.host;
    if (list.kind == VALUE_UNSET || !host || !host->variable_set) return STATUS_OK;
    struct text name = name_of(&stage->call, which);
    if (name.start[0] == '+') name = text_slice(name, 1, name.length);
    return host->variable_set(host, name, SCOPE_CURRENT, list);
}

enum status preference_read(struct running_stage *stage) {
    struct invocation *call = &stage->call;
    call->error_action = call->warning_action = call->information_action = ACTION_UNSET;
    call->progress_action = call->verbose_action = call->debug_action = ACTION_UNSET;
    call->what_if = call->confirm = -1;
    const struct signature *signature = call->binding.signature;
    if (!signature || !signature->is_advanced) return STATUS_OK;
    call->error_action = action_of(call, COMMON_ERROR_ACTION);
    call->warning_action = action_of(call, COMMON_WARNING_ACTION);
    call->information_action = action_of(call, COMMON_INFORMATION_ACTION);
    call->progress_action = action_of(call, COMMON_PROGRESS_ACTION);
    int verbose = switch_of(call, COMMON_VERBOSE), debug = switch_of(call, COMMON_DEBUG);
    if (verbose >= 0) call->verbose_action = verbose ? ACTION_CONTINUE : ACTION_SILENT;
    if (debug >= 0) call->debug_action = debug ? ACTION_CONTINUE : ACTION_SILENT;
    call->what_if = switch_of(call, COMMON_WHAT_IF);
    call->confirm = switch_of(call, COMMON_CONFIRM);
    call->error_variable = list_for(stage, COMMON_ERROR_VARIABLE);
    call->warning_variable = list_for(stage, COMMON_WARNING_VARIABLE);
    call->information_variable = list_for(stage, COMMON_INFORMATION_VARIABLE);
    call->out_variable = list_for(stage, COMMON_OUT_VARIABLE);
    stage->pipeline_variable_name = name_of(call, COMMON_PIPELINE_VARIABLE);
    if (stage->pipeline_variable_name.length) call->pipeline_variable = &stage->pipeline_variable_value;
    enum status status = set_variable(stage, COMMON_ERROR_VARIABLE, call->error_variable);
    if (status == STATUS_OK) status = set_variable(stage, COMMON_WARNING_VARIABLE, call->warning_variable);
    if (status == STATUS_OK) status = set_variable(stage, COMMON_INFORMATION_VARIABLE, call->information_variable);
    if (status == STATUS_OK) status = set_variable(stage, COMMON_OUT_VARIABLE, call->out_variable);
    return status;
}

enum status preference_write(struct running_stage *stage) {
    struct invocation *call = &stage->call;
    value_set_take(&call->error_variable, VALUE_UNSET_INIT);
    value_set_take(&call->warning_variable, VALUE_UNSET_INIT);
    value_set_take(&call->information_variable, VALUE_UNSET_INIT);
    value_set_take(&call->out_variable, VALUE_UNSET_INIT);
    value_set_take(&stage->pipeline_variable_value, VALUE_UNSET_INIT);
    return STATUS_OK;
}

enum status preference_publish(struct running_stage *stage, struct value v) {
    struct host *host = stage->call.host;
    if (!stage->pipeline_variable_name.length || !host || !host->variable_set) return STATUS_OK;
    return host->variable_set(host, stage->pipeline_variable_name, SCOPE_CURRENT, v);
}
