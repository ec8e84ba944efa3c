/* Text that a running program makes a script block of: what the parser says about it, and [scriptblock]::Create. */
#include "engine_private.h"

static void put(struct realm *realm, struct value object, const char *name, struct value v) {
    object_put_take(realm, object, name, v);
}

static struct value extent(struct realm *realm, struct source *source, struct span span) {
    uint32_t line, column, end_line, end_column;
    source_position(source, span.start, &line, &column);
    source_position(source, span.end, &end_line, &end_column);
    struct text name = source_name(source);
    struct value object = object_new(realm, type_find(realm, TEXT("System.Management.Automation.Language.IScriptExtent")), 8);
    put(realm, object, "File", name.length != 0 ? string_new(name) : value_null());
    put(realm, object, "StartLineNumber", value_int32((int32_t)line));
    put(realm, object, "StartColumnNumber", value_int32((int32_t)column));
    put(realm, object, "EndLineNumber", value_int32((int32_t)end_line));
    put(realm, object, "EndColumnNumber", value_int32((int32_t)end_column));
    put(realm, object, "StartOffset", value_int32((int32_t)span.start));
    put(realm, object, "EndOffset", value_int32((int32_t)span.end));
    put(realm, object, "Text", string_new(source_slice(source, span)));
    return object;
}

/* The elements of ParseException.Errors. */
static struct value error_objects(struct realm *realm, struct source *source, const struct diagnostic_list *list) {
    struct value errors = array_new(realm, NULL, (uint32_t)list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct diagnostic *diagnostic = &list->items[i];
        if (diagnostic->warning) continue;
        struct value object = object_new(realm, type_find(realm, TEXT("System.Management.Automation.Language.ParseError")), 4);
        put(realm, object, "Extent", extent(realm, source, diagnostic->span));
        put(realm, object, "ErrorId", string_of(diagnostic->id));
        put(realm, object, "Message", string_of(diagnostic->message));
        put(realm, object, "IncompleteInput", value_bool(diagnostic->incomplete));
        array_push_take(errors, object);
    }
    return errors;
}

void block_create_raise(struct engine *engine, struct source *source, const struct diagnostic_list *list) {
    struct realm *realm = engine->realm;
    struct bytes text = {0};
    const char *id = "ParseError";
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].warning) continue;
        if (text.length == 0) id = list->items[i].id;
        if (text.length != 0) bytes_add_byte(&text, '\n');
        diagnostic_add_line(&text, source, &list->items[i]);
    }
    struct value exception = exception_new(realm, "System.Management.Automation.ParseException", bytes_text(&text), VALUE_UNSET_INIT);
    struct value errors = error_objects(realm, source, list);
    exception_set(realm, exception, "Errors", errors);
    struct value record = error_record_new(realm, exception, text_of(id), ERROR_PARSER_ERROR, VALUE_UNSET_INIT);
    value_release(errors);
    value_release(exception);
    bytes_free(&text);
    realm_raise_record_take(realm, record);
}

/* An error of Create is that of any .NET method: the parser's inside a MethodInvocationException. */
static enum status wrap(struct realm *realm) {
    struct value record = realm_take_raised(realm), inner = error_record_get(record, ERROR_EXCEPTION);
    struct value message = string_format("Create (1 argument): %.*s", TEXT_ARGUMENT(error_record_message(record)));
    struct value outer = exception_new(realm, "System.Management.Automation.MethodInvocationException", string_text(message), inner);
    struct value wrapped = error_record_new(realm, outer, TEXT("ParseException"), ERROR_NOT_SPECIFIED, VALUE_UNSET_INIT);
    value_release(message);
    value_release(outer);
    value_release(record);
    return realm_raise_record_take(realm, wrapped);
}

bool block_create_static(struct engine *engine, const struct type *type, name_id name, const struct value *arguments, uint32_t count,
                         enum status *status, struct value *out) {
    if (strcmp(type->full_name, "System.Management.Automation.ScriptBlock") != 0 || count != 1 ||
        !text_equal_fold(intern_text(engine->realm->names, name), TEXT("Create")))
        return false;
    struct value text = convert_text(engine->realm, arguments[0]);
    struct chunk *chunk = block_compile_text(engine, string_text(text), TEXT_NONE, COMPILE_IN_SCOPE);
    value_release(text);
    *status = STATUS_OK;
    if (chunk == NULL) {
        *status = wrap(engine->realm);
        return true;
    }
    *out = block_new(engine, chunk, scope_current(engine)->module);
    chunk_release(chunk);
    return true;
}
