/* $ExecutionContext and what hangs on it: SessionState, InvokeCommand, Path, PSVariable; and the methods of a module. */
#include "engine_private.h"

enum context_part { CONTEXT_ALL, CONTEXT_SESSION, CONTEXT_INVOKE, CONTEXT_PATH, CONTEXT_VARIABLES };
struct context_handle { enum context_part part; struct module *module; };

static void release_handle(void *payload) { module_release(((struct context_handle *)payload)->module); }

static const struct native_class classes[] = {
    [CONTEXT_ALL] = {"System.Management.Automation.EngineIntrinsics", release_handle, NULL},
    [CONTEXT_SESSION] = {"System.Management.Automation.SessionState", release_handle, NULL},
    [CONTEXT_INVOKE] = {"System.Management.Automation.CommandInvocationIntrinsics", release_handle, NULL},
    [CONTEXT_PATH] = {"System.Management.Automation.PathIntrinsics", release_handle, NULL},
    [CONTEXT_VARIABLES] = {"System.Management.Automation.PSVariableIntrinsics", release_handle, NULL},
};

static struct value part_new(struct engine *engine, enum context_part part, struct module *module) {
    struct value v = native_new(engine->realm, &classes[part], NULL, sizeof(struct context_handle));
    *(struct context_handle *)native_payload(v, &classes[part]) = (struct context_handle){part, module_keep(module)};
    return v;
}

static struct context_handle *handle_of(struct value v) {
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        struct context_handle *handle = native_payload(v, &classes[i]);
        if (handle) return handle;
    }
    return NULL;
}

struct value intrinsics_object(struct engine *engine) {
    struct module *module = scope_current(engine)->module;
    return part_new(engine, CONTEXT_ALL, module && !module->is_closure ? module : NULL);
}

struct value intrinsics_session(struct engine *engine, struct module *module) { return part_new(engine, CONTEXT_SESSION, module); }
struct value intrinsics_invoke(struct engine *engine, struct module *module) { return part_new(engine, CONTEXT_INVOKE, module); }

static struct value variable_named(struct engine *engine, const char *name) {
    struct value *place = scope_lookup(engine, scope_current(engine), intern_name(engine->realm->names, text_of(name)));
    return place ? value_keep(*place) : value_null();
}

bool intrinsics_property(struct engine *engine, struct value v, name_id name, struct value *out) {
    struct context_handle *handle = handle_of(v);
    if (!handle) return host_ui_property(engine, v, name, out);
    struct text text = intern_text(engine->realm->names, name);
    enum context_part part = handle->part;
    bool holds_session = part == CONTEXT_ALL || part == CONTEXT_SESSION;
    if (holds_session && text_equal_fold(text, TEXT("InvokeCommand"))) *out = part_new(engine, CONTEXT_INVOKE, handle->module);
    else if (part == CONTEXT_ALL && text_equal_fold(text, TEXT("SessionState"))) *out = part_new(engine, CONTEXT_SESSION, handle->module);
    else if (part == CONTEXT_ALL && text_equal_fold(text, TEXT("Host"))) *out = variable_named(engine, "Host");
    else if (part == CONTEXT_SESSION && text_equal_fold(text, TEXT("Path"))) *out = part_new(engine, CONTEXT_PATH, handle->module);
    else if (part == CONTEXT_SESSION && text_equal_fold(text, TEXT("PSVariable"))) *out = part_new(engine, CONTEXT_VARIABLES, handle->module);
    else if (part == CONTEXT_SESSION && text_equal_fold(text, TEXT("Module"))) *out = handle->module ? module_object(engine, handle->module) : value_null();
    else if (part == CONTEXT_SESSION && text_equal_fold(text, TEXT("LanguageMode"))) *out = string_of("FullLanguage");
    else if (part == CONTEXT_PATH && text_starts_fold(text, TEXT("Current"))) return automatic_by_name(engine, intern_name(engine->realm->names, TEXT("PWD")), out);
    else return false;
    return true;
}

/* Text with $variables and $(…) as a double-quoted string holds it. */
static enum status expand(struct engine *engine, struct text text, struct value *out) {
    struct bytes code = {0};
    bytes_add_byte(&code, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == '"') bytes_add_byte(&code, '"');
        bytes_add_byte(&code, text.start[i]);
    }
    bytes_add_byte(&code, '"');
    struct chunk *chunk = block_compile_text(engine, bytes_text(&code), TEXT_NONE, COMPILE_IN_SCOPE);
    bytes_free(&code);
    if (!chunk) return STATUS_ERROR;
    struct value block = block_new(engine, chunk, scope_current(engine)->module);
    chunk_release(chunk);
    struct block_call call = {.block = block, .scope = BLOCK_CALLER_SCOPE};
    enum status status = callable_call_collect(engine->realm, &call, out);
    value_release(block);
    return status;
}

struct collected { struct value list; };
static enum status collect(void *context, struct value v) {
    array_push(((struct collected *)context)->list, v);
    return STATUS_OK;
}

/* InvokeScript: a block or its text, always as a collection. */
static enum status invoke_script(struct engine *engine, const struct value *arguments, uint32_t count, struct value *out) {
    struct value block = VALUE_UNSET_INIT;
    for (uint32_t i = 0; i < count && block.kind == VALUE_UNSET; i++) {
        if (value_base(arguments[i]).kind == VALUE_SCRIPT_BLOCK) block = value_keep(value_base(arguments[i]));
    }
    enum status status = STATUS_OK;
    if (block.kind == VALUE_UNSET) {
        struct value text = convert_text(engine->realm, arguments[0]);
        status = block_from_text(engine->host, string_text(text), &block);
        value_release(text);
    }
    if (status != STATUS_OK) return status;
    struct collected collected = {array_new(engine->realm, NULL, 2)};
    struct block_call call = {.block = block, .scope = BLOCK_CALLER_SCOPE, .output = {collect, &collected}};
    status = callable_call(engine->realm, &call);
    value_release(block);
    if (status == STATUS_OK) *out = collected.list;
    else value_release(collected.list);
    return status;
}

static enum status get_command(struct engine *engine, struct text name, struct value *out) {
    struct command *command = command_for_host(engine, name);
    *out = value_null();
    if (!command) {
        value_release(realm_take_raised(engine->realm));
        return STATUS_OK;
    }
    struct block *block = block_of(command->block);
    *out = command_object(engine, command, block ? block->chunk : NULL);
    command_release(command);
    return STATUS_OK;
}

static struct value resolved(struct engine *engine, struct text path) {
    struct bytes full = {0};
    struct host *host = engine->host;
    path_resolve(path, host->folder ? host->folder(host) : TEXT("/"), &full);
    struct value v = string_from_bytes(&full);
    bytes_free(&full);
    return v;
}

static enum status variable_method(struct engine *engine, struct text method, struct text name, const struct value *arguments, uint32_t count, bool *found, struct value *out) {
    struct host *host = engine->host;
    *found = true;
    if (text_equal_fold(method, TEXT("Set"))) return host->variable_set(host, name, SCOPE_CURRENT, count > 1 ? arguments[1] : value_null());
    if (text_equal_fold(method, TEXT("Remove"))) return host->variable_remove(host, name, SCOPE_CURRENT, true);
    bool get = text_equal_fold(method, TEXT("Get"));
    if (!get && !text_equal_fold(method, TEXT("GetValue"))) {
        *found = false;
        return STATUS_OK;
    }
    struct value v = host->variable_get(host, name, SCOPE_CURRENT);
    if (!get) {
        *out = v.kind != VALUE_UNSET ? v : count > 1 ? value_keep(arguments[1]) : value_null();
        return STATUS_OK;
    }
    *out = value_null();
    if (v.kind == VALUE_UNSET) return STATUS_OK;
    *out = object_new(engine->realm, type_find(engine->realm, TEXT("System.Management.Automation.PSVariable")), 2);
    object_put_take(engine->realm, *out, "Name", string_new(name));
    object_put_take(engine->realm, *out, "Value", v);
    return STATUS_OK;
}

bool intrinsics_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out) {
    struct context_handle *handle = handle_of(v);
    struct text method = intern_text(engine->realm->names, name);
    if (!handle) return host_ui_method(engine, v, name, arguments, count, status, out);
    if (!count) return false;
    enum context_part part = handle->part;
    struct value first = convert_text(engine->realm, arguments[0]);
    struct text text = string_text(first);
    bool found = true;
    *status = STATUS_OK;
    *out = value_void();
    if (part == CONTEXT_INVOKE && text_equal_fold(method, TEXT("ExpandString"))) *status = expand(engine, text, out);
    else if (part == CONTEXT_INVOKE && text_equal_fold(method, TEXT("InvokeScript"))) *status = invoke_script(engine, arguments, count, out);
    else if (part == CONTEXT_INVOKE && text_equal_fold(method, TEXT("NewScriptBlock"))) *status = block_from_text(engine->host, text, out);
    else if (part == CONTEXT_INVOKE && text_equal_fold(method, TEXT("GetCommand"))) *status = get_command(engine, text, out);
    else if (part == CONTEXT_PATH && text_equal_fold(method, TEXT("GetUnresolvedProviderPathFromPSPath"))) *out = resolved(engine, text);
    else if (part == CONTEXT_VARIABLES) *status = variable_method(engine, method, text, arguments, count, &found, out);
    else found = false;
    value_release(first);
    return found;
}

/* --- modules --------------------------------------------------------------------------------------------------------- */
static enum status call_in_module(struct engine *engine, struct module *module, const struct value *arguments, uint32_t count, struct value *out) {
    struct block *block = block_of(arguments[0]);
    if (!block) return realm_raise(engine->realm, "System.Management.Automation.MethodException", "MethodArgumentConversionInvalidCastArgument", ERROR_INVALID_ARGUMENT, "Invoke needs a script block.");
    struct value bound = block_new(engine, block->chunk, module);
    struct block_call call = {.block = bound, .arguments = arguments + 1, .argument_count = count - 1, .scope = BLOCK_NEW_SCOPE};
    enum status status = callable_call_collect(engine->realm, &call, out);
    value_release(bound);
    return status;
}

bool module_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out) {
    struct module *module = v.kind == VALUE_OBJECT ? module_of(v) : NULL;
    if (!module || !count) return false;
    struct text method = intern_text(engine->realm->names, name);
    *status = STATUS_OK;
    if (text_equal_fold(method, TEXT("Invoke"))) *status = call_in_module(engine, module, arguments, count, out);
    else if (text_equal_fold(method, TEXT("NewBoundScriptBlock")) && block_of(arguments[0])) *out = block_new(engine, block_of(arguments[0])->chunk, module);
    else return false;
    return true;
}
