#include "json_glue_private.h"

#include "json_schema_private.h"
#include "m365sh/base/file.h"
#include "m365sh/limits.h"

enum { JSON, PATH, LITERAL, SCHEMA, SCHEMA_FILE, OPTIONS };

static const struct parameter_row parameter_rows[] = {
    {"Json", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, "JsonString|JsonStringWithSchemaString|JsonStringWithSchemaFile", NULL, NULL, "The text."},
    {"Path", "string", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, "JsonPath|JsonPathWithSchemaString|JsonPathWithSchemaFile", NULL, "path", "A file that holds it."},
    {"LiteralPath", "string", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "JsonLiteralPath|JsonLiteralPathWithSchemaString|JsonLiteralPathWithSchemaFile", NULL, "path", "The same, without wildcards."},
    {"Schema", "string", 1, PARAMETER_MANDATORY, NULL, "JsonStringWithSchemaString|JsonPathWithSchemaString|JsonLiteralPathWithSchemaString", NULL, NULL, "The schema as text."},
    {"SchemaFile", "string", 1, PARAMETER_MANDATORY, NULL, "JsonStringWithSchemaFile|JsonPathWithSchemaFile|JsonLiteralPathWithSchemaFile", NULL, "path", "A file that holds the schema."},
    {"Options", "string[]", -1, 0, NULL, NULL, "IgnoreComments|AllowTrailingCommas", NULL, "What may stand in it beside the standard."},
};

static bool allows(struct invocation *call, const char *option) {
    struct value given = value_base(invocation_argument(call, OPTIONS));
    for (uint32_t i = 0; value_is_array_like(given) && i < array_count(given); i++)
        if (text_equal_fold(string_text(array_at(given, i)), text_of(option))) return true;
    return given.kind == VALUE_STRING && text_equal_fold(string_text(given), text_of(option));
}

/* The reader of ConvertFrom-Json forgives more than the standard does: comments, single quotes, bare names, a comma at the
 * end, what is left open. This scan refuses those. */
static bool is_strict(struct invocation *call, struct text json) {
    int depth = 0;
    char before = 0;
    for (size_t i = 0; i < json.length; i++) {
        char byte = json.start[i];
        if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') continue;
        if (byte == '"') {
            for (i++; i < json.length && json.start[i] != '"'; i++)
                if (json.start[i] == '\\') i++;
            if (i >= json.length) return false;
        } else if (byte == '/' && i + 1 < json.length) {
            if (!allows(call, "IgnoreComments")) return false;
            struct text end = json.start[i + 1] == '*' ? TEXT("*/") : TEXT("\n");
            size_t at = text_find(json, end, i + 2);
            if (at == TEXT_NOT_FOUND) break;
            i = at + end.length - 1;
            continue;
        } else if (byte == '\'') return false;
        else if ((before == '{' || before == ',') && byte == ':') return false;
        else if ((byte == '}' || byte == ']') && before == ',' && !allows(call, "AllowTrailingCommas")) return false;
        else if (byte == ':' && before != '"') return false;
        else if (byte >= 'a' && byte <= 'z' && strchr("{[,:0", before ? before : '0')) {
            static const char *const words[] = {"true", "false", "null"};
            bool known = false;
            for (int w = 0; w < 3 && !known; w++)
                if ((known = text_starts(text_slice(json, i, json.length), text_of(words[w])))) i += strlen(words[w]) - 1;
            if (!known) return false;
            byte = 'w';
        }
        if (byte == '{' || byte == '[') depth++;
        if (byte == '}' || byte == ']') depth--;
        before = byte;
    }
    return depth == 0 && before;
}

static bool read(struct invocation *call, struct text json, bool strict, struct value *out) {
    struct json_read_options options = {.as_table = true, .keep_dates_text = true};
    if (strict && !is_strict(call, json)) return false;
    if (json_read(call->realm, json, &options, out) == STATUS_OK) return true;
    value_release(realm_take_raised(call->realm));
    return false;
}

static enum status file_text(struct invocation *call, struct text path, const char *id, struct bytes *out) {
    struct bytes full = {0};
    struct fault fault = {0};
    struct value target = string_new(path);
    invocation_path(call, path, &full);
    enum status status = file_read(full.data, LIMIT_TEXT_BYTES, out, &fault);
    if (status != STATUS_OK)
        status = invocation_throw(call, "System.Management.Automation.ItemNotFoundException", id, ERROR_OBJECT_NOT_FOUND, target, "'%s' cannot be read.", full.data);
    fault_clear(&fault);
    bytes_free(&full);
    value_release(target);
    return status;
}

static enum status refuse(struct invocation *call, const char *id, struct text target, const char *why) {
    struct value shown = target.length ? string_new(target) : value_null();
    enum status status = invocation_error(call, "System.Exception", id, ERROR_INVALID_DATA, shown, "%s", why);
    value_release(shown);
    return status == STATUS_OK ? invocation_emit(call, value_bool(false)) : status;
}

static enum status check_schema(struct invocation *call, struct text schema, struct value instance) {
    struct value rules = VALUE_UNSET_INIT;
    struct bytes reason = {0}, sentence = {0};
    enum status status;
    if (!read(call, schema, false, &rules)) {
        struct value target = string_new(schema);
        status = invocation_throw(call, "System.Exception", "InvalidJsonSchema", ERROR_INVALID_DATA, target, "The schema itself is not valid JSON.");
        value_release(target);
    } else if (json_schema_accepts(call->realm, rules, instance, &reason)) {
        status = invocation_emit(call, value_bool(true));
    } else {
        bytes_add_format(&sentence, "The JSON does not fit the schema: at '%s'.", reason.length ? reason.data : "");
        status = refuse(call, "InvalidJsonAgainstSchemaDetailed", TEXT_NONE, sentence.data);
    }
    value_release(rules);
    bytes_free(&reason);
    bytes_free(&sentence);
    return status;
}

static enum status process(struct invocation *call) {
    struct bytes json = {0}, schema = {0};
    struct value instance = VALUE_UNSET_INIT;
    enum status status = STATUS_OK;
    if (invocation_has(call, JSON)) bytes_add_text(&json, invocation_text(call, JSON));
    else status = file_text(call, invocation_text(call, invocation_has(call, PATH) ? PATH : LITERAL), "PathNotFound", &json);
    if (status == STATUS_OK && invocation_has(call, SCHEMA_FILE)) status = file_text(call, invocation_text(call, SCHEMA_FILE), "SchemaFileNotFound", &schema);
    else bytes_add_text(&schema, invocation_text(call, SCHEMA));
    if (status == STATUS_OK) {
        if (!read(call, bytes_text(&json), true, &instance)) status = refuse(call, "InvalidJson", bytes_text(&json), "The text is not valid JSON.");
        else if (!schema.length) status = invocation_emit(call, value_bool(true));
        else status = check_schema(call, bytes_text(&schema), instance);
    }
    value_release(instance);
    bytes_free(&json);
    bytes_free(&schema);
    return status;
}

static const struct example_row example_rows[] = {
    {"'{\"a\":1}' | Test-Json", "True."},
    {"'{\"a\":1}' | Test-Json -Schema '{\"type\":\"object\",\"required\":[\"a\"]}'", "Against a schema."},
};

CMDLET(test_json) = {
    .name = "Test-Json", .synopsis = "Tells whether a text is valid JSON, and fits a schema.",
    .description = "False comes with an error that says why. The usual rules of JSON Schema are known; references only within the schema.", PARAMETERS,
    .default_set = "JsonString", .process = process, EXAMPLES,
};
