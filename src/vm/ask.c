/* What cmdlets ask of the engine by name (command/host.h, ask_engine), and `using`. */
#include "engine_private.h"

#include "m365sh/pattern/wildcard.h"

struct request {
    struct engine *engine;
    const struct value *arguments;
    uint32_t count;
};

static struct value argument(const struct request *request, uint32_t index) {
    return index < request->count ? request->arguments[index] : value_null();
}

/* "3.0" → 3 */
static int major_of(struct text text) {
    int number = 0;
    for (size_t i = 0; i < text.length && text.start[i] >= '0' && text.start[i] <= '9' && number < 100; i++) number = number * 10 + (text.start[i] - '0');
    return number;
}

static enum status set_strict(struct request *request, struct value *out) {
    struct value text = convert_text(request->engine->realm, argument(request, 0));
    int version = text_equal_fold(string_text(text), TEXT("Off")) ? -1 : text_equal_fold(string_text(text), TEXT("Latest")) ? 7 : major_of(string_text(text));
    value_release(text);
    request->engine->strict_used = true;
    scope_current(request->engine)->strict = (int8_t)(version == 0 ? -1 : version);
    *out = value_void();
    return STATUS_OK;
}

static enum status caller_name(struct request *request, struct value *out) {
    struct frame *frame = request->engine->frame ? frame_function(request->engine, request->engine->frame) : NULL;
    *out = frame && frame->chunk->name_text.length ? string_new(frame->chunk->name_text) : string_empty();
    return STATUS_OK;
}

static enum status import_module(struct request *request, struct value *out) { return module_import(request->engine, argument(request, 0), argument(request, 1), out); }

static enum status make_module(struct request *request, struct value *out) {
    return module_from_block(request->engine, argument(request, 0), argument(request, 1), argument(request, 2), argument(request, 3), out);
}

static enum status list_modules(struct request *request, struct value *out) {
    struct engine *engine = request->engine;
    *out = array_new(engine->realm, NULL, engine->module_count);
    for (uint32_t i = 0; i < engine->module_count; i++) {
        if (!engine->modules[i]->is_dynamic && (!engine->modules[i]->is_nested || scope_current(engine)->module)) array_push_take(*out, module_object(engine, engine->modules[i]));
    }
    return STATUS_OK;
}

static enum status remove_module(struct request *request, struct value *out) {
    struct engine *engine = request->engine;
    struct module *module = module_of(argument(request, 0));
    struct value name = module ? string_new(module->name) : convert_text(engine->realm, argument(request, 0));
    bool any = false;
    enum status status = STATUS_OK;
    for (uint32_t i = engine->module_count; i-- > 0;) {
        if (i >= engine->module_count || !wildcard_match(string_text(name), engine->modules[i]->name, true)) continue;
        any = true;
        module = engine->modules[i];
        if (module->object.kind == VALUE_OBJECT) {
            struct value *hook = object_find_text(engine->realm, module->object, TEXT("OnRemove"));
            struct value block = hook ? value_keep(*hook) : value_null(), ignored;
            struct block_call call = {.block = block, .scope = BLOCK_NEW_SCOPE};
            if (block.kind == VALUE_SCRIPT_BLOCK && (status = callable_call_collect(engine->realm, &call, &ignored)) == STATUS_OK) value_release(ignored);
            value_release(block);
        }
        module_unload(engine, module);
    }
    if (!any && !wildcard_has(string_text(name)))
        status = realm_raise(engine->realm, "System.InvalidOperationException", "Modules_NoModulesRemoved", ERROR_RESOURCE_UNAVAILABLE, "The module '%s' is not in use.", string_chars(name));
    value_release(name);
    *out = value_void();
    return status;
}

static enum status export_member(struct request *request, struct value *out) {
    struct engine *engine = request->engine;
    struct module *module = scope_current(engine)->module;
    *out = value_void();
    if (!module || module->is_closure)
        return realm_raise(engine->realm, "System.InvalidOperationException", "Modules_CanOnlyExecuteExportModuleMemberInsideAModule", ERROR_PERMISSION_DENIED,
                           "Export-ModuleMember can only be called inside a module.");
    module_export(engine, module, argument(request, 0), argument(request, 1), argument(request, 2));
    return STATUS_OK;
}

static enum status call_stack(struct request *request, struct value *out) {
    struct engine *engine = request->engine;
    struct realm *realm = engine->realm;
    *out = array_new(realm, NULL, 4);
    for (struct frame *frame = engine->frame; frame; frame = frame->caller) {
        struct value object = object_new(realm, type_find(realm, TEXT("System.Management.Automation.CallStackFrame")), 6);
        bool named = frame->chunk->kind == CHUNK_FUNCTION || frame->chunk->kind == CHUNK_FILTER || frame->chunk->kind == CHUNK_METHOD;
        uint32_t line, column;
        struct text file = source_name(frame->chunk->source);
        bool has_file = file.length && file.start[0] == '/';
        source_position(frame->chunk->source, frame->chunk->spans[frame->pc - frame->chunk->code].start, &line, &column);
        struct text shown = named ? frame->chunk->name_text : frame->chunk->kind == CHUNK_SCRIPT && has_file ? path_leaf(file) : TEXT("<ScriptBlock>");
        object_put_take(realm, object, "Command", string_new(shown));
        object_put_take(realm, object, "FunctionName", string_new(named ? shown : TEXT("<ScriptBlock>")));
        object_put_take(realm, object, "ScriptName", has_file ? string_new(file) : value_null());
        object_put_take(realm, object, "ScriptLineNumber", value_int32((int32_t)line));
        object_put_take(realm, object, "Arguments", string_of("{}"));
        object_put_take(realm, object, "Location", has_file ? string_format("%.*s: line %u", TEXT_ARGUMENT(path_leaf(file)), line) : string_of("<No file>"));
        object_put_take(realm, object, "InvocationInfo", invocation_info(engine, frame));
        array_push_take(*out, object);
    }
    return STATUS_OK;
}

static enum status list_errors(struct request *request, struct value *out) {
    *out = value_keep(request->engine->errors);
    return STATUS_OK;
}

static enum status dot_source(struct request *request, struct value *out) {
    struct engine *engine = request->engine;
    struct value path = convert_text(engine->realm, argument(request, 0));
    struct source *source;
    struct fault fault = {0};
    enum status status = source_read(string_chars(path), &source, &fault);
    value_release(path);
    *out = value_void();
    if (status != STATUS_OK) return realm_raise_fault(engine->realm, &fault, NULL);
    struct chunk *chunk = block_compile_source(engine, source, COMPILE_IN_SCOPE);
    source_release(source);
    if (!chunk) return STATUS_ERROR;
    struct value block = block_new(engine, chunk, scope_current(engine)->module);
    chunk_release(chunk);
    struct block_call call = {.block = block, .scope = BLOCK_CALLER_SCOPE};
    status = callable_call_collect(engine->realm, &call, out);
    value_release(block);
    return status;
}

static enum status block_parameters(struct request *request, struct value *out) {
    struct block *block = block_of(argument(request, 0));
    *out = array_new(request->engine->realm, NULL, 4);
    for (uint32_t i = 0; block && i < block->chunk->parameter_count; i++) array_push_take(*out, string_new(block->chunk->parameters[i].spelling));
    return STATUS_OK;
}

static enum status block_module(struct request *request, struct value *out) {
    struct block *block = block_of(argument(request, 0));
    struct module *module = block && block->module && !block->module->is_closure ? block->module : NULL;
    *out = module ? module_object(request->engine, module) : value_null();
    return STATUS_OK;
}

static enum status list_available(struct request *request, struct value *out) {
    *out = module_available(request->engine, value_base(argument(request, 0)));
    return STATUS_OK;
}

static enum status describe_module(struct request *request, struct value *out) {
    struct value path = convert_text(request->engine->realm, argument(request, 0));
    struct module *module = module_peek(request->engine, string_chars(path));
    value_release(path);
    if (!module) return STATUS_ERROR;
    *out = module_object(request->engine, module);
    module_release(module);
    return STATUS_OK;
}

static enum status describe_absence(struct request *request, struct value *out) {
    struct value name = convert_text(request->engine->realm, argument(request, 0));
    struct bytes sentence = {0};
    if (service_of_module(string_text(name), &sentence)) *out = string_from_bytes(&sentence);
    bytes_free(&sentence);
    value_release(name);
    return STATUS_OK;
}

static const struct { const char *what; enum status (*answer)(struct request *request, struct value *out); } requests[] = {
    {"strict-mode", set_strict}, {"caller-name", caller_name}, {"import-module", import_module}, {"new-module", make_module},
    {"modules", list_modules}, {"remove-module", remove_module}, {"export-member", export_member}, {"call-stack", call_stack},
    {"errors", list_errors}, {"dot-source", dot_source}, {"block-parameters", block_parameters}, {"block-module", block_module}, {"available-modules", list_available}, {"describe-module", describe_module},
    {"describe-absence", describe_absence},
};

enum status host_ask(struct host *host, struct text what, const struct value *arguments, uint32_t count, struct value *out) {
    struct request request = {host->context, arguments, count};
    *out = value_void();
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        if (text_equal(what, text_of(requests[i].what))) return requests[i].answer(&request, out);
    }
    return STATUS_OK;
}

enum status using_run(struct engine *engine, struct frame *frame, const struct using_site *site) {
    if (site->kind == USING_NAMESPACE) {
        engine->namespaces = alloc_resize(engine->namespaces, engine->namespace_count + 1, sizeof *engine->namespaces);
        engine->namespaces[engine->namespace_count++] = text_make(alloc_text(site->name.start, site->name.length), site->name.length);
        engine->epoch++;
        return STATUS_OK;
    }
    if (site->kind != USING_MODULE) return STATUS_OK;
    struct bytes path = {0};
    struct text file = source_name(frame->chunk->source);
    if (site->name.length && site->name.start[0] == '.' && file.length) path_resolve(site->name, path_parent(file), &path);
    else bytes_add_text(&path, site->name);
    struct value name = string_from_bytes(&path), out;
    enum status status = module_import(engine, name, value_null(), &out);
    if (status == STATUS_OK) value_release(out);
    value_release(name);
    bytes_free(&path);
    return status;
}
