#include "../cmdlet_private.h"

#include "m365sh/pattern/regex.h"

enum { DATA, DELIMITER };

static const struct parameter_row parameter_rows[] = {
    {"StringData", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "Lines of name=value; # starts a comment."},
    {"Delimiter", "char", 1, 0, NULL, NULL, NULL, NULL, "What stands between; = unless said."},
};

static enum status refuse(struct invocation *call, struct text line, const char *why) {
    return invocation_throw(call, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION, value_null(),
                            "The line '%.*s' %s.", TEXT_ARGUMENT(line), why);
}

static enum status add_line(struct invocation *call, struct value table, struct text line, char delimiter) {
    line = text_trim(line);
    if (!line.length || line.start[0] == '#') return STATUS_OK;
    size_t at = text_find_byte(line, delimiter, 0);
    if (at == TEXT_NOT_FOUND || at == 0) return refuse(call, line, "is not name=value");
    struct bytes value = {0};
    regex_unescape(&value, text_trim(text_slice(line, at + 1, line.length)));
    struct value key = string_new(text_trim(text_slice(line, 0, at))), item = string_from_bytes(&value);
    enum status status = table_find(table, key) ? refuse(call, line, "gives a name a second time") : STATUS_OK;
    if (status == STATUS_OK) table_put(table, key, item);
    value_release(key);
    value_release(item);
    bytes_free(&value);
    return status;
}

static enum status process(struct invocation *call) {
    struct value table = table_new(call->realm, TABLE_HASH, true, NULL), delimiter = value_base(invocation_argument(call, DELIMITER));
    struct text rest = invocation_text(call, DATA), line;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && text_split_next(&rest, '\n', &line)) status = add_line(call, table, line, delimiter.kind == VALUE_CHAR ? (char)delimiter.integer : '=');
    if (status == STATUS_OK) status = invocation_emit(call, table);
    value_release(table);
    return status;
}

static const struct example_row example_rows[] = {
    {"ConvertFrom-StringData \"Tenant = contoso`nRegion = EU\"", "A hashtable of two."},
    {"(ConvertFrom-StringData 'a:1' -Delimiter ':').a", "Another separator."},
};

CMDLET(convert_from_string_data) = {
    .name = "ConvertFrom-StringData", .synopsis = "Turns lines of name=value into a hashtable.", .description = "Values are text; \\n, \\t and \\\\ are read as in a regular expression.",
    PARAMETERS, .process = process, EXAMPLES,
};
