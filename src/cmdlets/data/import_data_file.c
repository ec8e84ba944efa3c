#include "../cmdlet_private.h"

#include "m365sh/base/file.h"
#include "m365sh/limits.h"
#include "m365sh/pipeline/pipeline.h"
#include "../item/item_private.h"

enum { PATH, LITERAL, SKIP_LIMIT };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "ByPath", NULL, "path", "The .psd1 file."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "ByLiteralPath", NULL, "path", "The same, without wildcards."},
    {"SkipLimitCheck", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted; there is no limit."},
};

/* A data file holds one hashtable of constants. Whatever could run something is refused before the engine sees it: a call
 * (a bare word where a value is due), a method, a variable other than the constants. */
struct scan { struct text text; size_t at; int depth; const char *why; };

static const char *find_forbidden(struct text text, bool value_due);

/* "$(…)" inside a text may hold constants. */
static void skip_inner(struct scan *scan) {
    size_t start = scan->at + 2;
    int depth = 1;
    for (scan->at = start; scan->at < scan->text.length; scan->at++) {
        char byte = scan->text.start[scan->at];
        if (byte == '(') depth++;
        if (byte == ')' && --depth == 0) break;
    }
    scan->why = find_forbidden(text_slice(scan->text, start, scan->at - start), true);
}

static void skip_quoted(struct scan *scan, char quote) {
    for (scan->at++; scan->at < scan->text.length; scan->at++) {
        char byte = scan->text.start[scan->at];
        if (byte == '`' && quote == '"') scan->at++;
        else if (quote == '"' && byte == '$' && scan->at + 1 < scan->text.length && scan->text.start[scan->at + 1] == '(') skip_inner(scan);
        else if (byte == quote) return;
    }
}

static bool is_constant(struct text name) {
    static const char *const names[] = {"true", "false", "null", "PSCulture", "PSUICulture", "PSScriptRoot", "PSEdition", "EnabledExperimentalFeatures"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_fold(name, text_of(names[i]))) return true;
    return false;
}

static bool is_word(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || (byte >= '0' && byte <= '9'); }

static struct text take_word(struct scan *scan) {
    size_t start = scan->at;
    while (scan->at < scan->text.length && (is_word(scan->text.start[scan->at]) || scan->text.start[scan->at] == '-')) scan->at++;
    return text_slice(scan->text, start, scan->at - start);
}

/* Comments and here-strings: true when one stood there and was skipped. */
static bool skip_long(struct scan *scan) {
    struct text rest = text_slice(scan->text, scan->at, scan->text.length), close;
    if (text_starts(rest, TEXT("<#"))) close = TEXT("#>");
    else if (text_starts(rest, TEXT("#"))) close = TEXT("\n");
    else if (text_starts(rest, TEXT("@'"))) close = TEXT("\n'@");
    else if (text_starts(rest, TEXT("@\""))) close = TEXT("\n\"@");
    else return false;
    size_t end = text_find(scan->text, close, scan->at);
    end = end == TEXT_NOT_FOUND ? scan->text.length : end + close.length;
    struct text inside = text_slice(scan->text, scan->at, end - scan->at);
    if (close.length == 3 && close.start[1] == '"' && text_find(inside, TEXT("$("), 0) != TEXT_NOT_FOUND) scan->why = "runs something inside a text";
    scan->at = end;
    return true;
}

static void look_at_word(struct scan *scan, bool value_due) {
    struct text word = take_word(scan);
    bool number = word.start[0] >= '0' && word.start[0] <= '9';
    if (!number && (value_due || scan->depth == 0)) scan->why = "runs a command";
}

static const char *find_forbidden(struct text text, bool value_due) {
    struct scan scan = {.text = text};
    while (scan.at < text.length && !scan.why) {
        char byte = text.start[scan.at], next = scan.at + 1 < text.length ? text.start[scan.at + 1] : 0;
        if (skip_long(&scan)) {
            if (byte == '@') value_due = false;
        } else if (byte == '\'' || byte == '"') {
            skip_quoted(&scan, byte);
            scan.at++;
            value_due = false;
        } else if (byte == '$') {
            scan.at++;
            if (!is_constant(take_word(&scan))) scan.why = "uses a variable";
            value_due = false;
        } else if (is_word(byte)) {
            look_at_word(&scan, value_due);
            value_due = false;
        } else {
            if (byte == '&' || byte == '|' || (byte == ':' && next == ':') || (byte == '.' && !(next >= '0' && next <= '9'))) scan.why = "runs something";
            if (byte == ')' || byte == '}') value_due = false;
            if (byte == '{' && (scan.at == 0 || text.start[scan.at - 1] != '@')) scan.why = "holds a block";
            scan.depth += byte == '{' ? 1 : byte == '}' ? -1 : 0;
            if (byte == '=' || byte == ',' || byte == '(') value_due = true;
            if (byte == '{' || byte == ';') value_due = false;
            scan.at++;
        }
    }
    return scan.why;
}

static enum status run(struct invocation *call, struct text path, struct text text) {
    struct value target = string_new(path), found;
    const char *why = find_forbidden(text, false);
    enum status status;
    struct collector collector = {.realm = call->realm};
    if (why) {
        status = invocation_throw(call, "System.InvalidOperationException", "System.InvalidOperationException", ERROR_NOT_SPECIFIED, value_null(),
                                  "'%s' is no data file: it %s. Only constants may stand there.", string_chars(target), why);
        value_release(target);
        return status;
    }
    status = call->host->run_text(call->host, text, path, true, collector_emitter(&collector));
    found = collector_take(&collector);
    if (status == STATUS_OK && !value_is_table(value_base(found)))
        status = invocation_throw(call, "System.InvalidOperationException", "CouldNotParseAsPowerShellDataFileNoHashtableRoot", ERROR_INVALID_DATA, target,
                                  "'%s' holds no hashtable.", string_chars(target));
    else if (status == STATUS_OK) status = invocation_emit(call, found);
    else if (status == STATUS_ERROR) {
        value_release(realm_take_raised(call->realm));
        status = invocation_throw(call, "System.InvalidOperationException", "CouldNotParseAsPowerShellDataFile", ERROR_INVALID_DATA, target,
                                  "'%s' cannot be read as a data file.", string_chars(target));
    }
    value_release(found);
    value_release(target);
    return status;
}

static enum status import(struct invocation *call, struct text path) {
    struct bytes content = {0};
    struct fault fault = {0};
    struct value name = string_new(path);
    enum status status = file_read(string_chars(name), LIMIT_SOURCE_BYTES, &content, &fault);
    value_release(name);
    struct text text = bytes_text(&content);
    if (text_starts(text, TEXT("\xEF\xBB\xBF"))) text = text_slice(text, 3, text.length);
    if (status == STATUS_OK) status = run(call, path, text);
    else status = realm_raise_fault(call->realm, &fault, "PathNotFound");
    bytes_free(&content);
    return status;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL);
    struct value paths = invocation_argument(call, literal ? LITERAL : PATH);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) {
        struct item_list list;
        status = item_expand(call, item_at(paths, i), literal, false, &list);
        for (uint32_t f = 0; status == STATUS_OK && f < array_count(list.paths); f++) {
            struct text path = string_text(array_at(list.paths, f));
            if (item_exists(call, DRIVE_FILES, path)) status = import(call, path);
            else
                status = invocation_throw(call, "System.ArgumentException", "PathNotFound", ERROR_INVALID_ARGUMENT, value_is_array_like(paths) ? array_at(paths, i) : paths,
                                          "There is no file '%.*s'.", TEXT_ARGUMENT(path));
        }
        value_release(list.paths);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Set-Content s.psd1 \"@{ Tenant = 'contoso'; Retries = 3 }\"; (Import-PowerShellDataFile s.psd1).Tenant", "Settings in a file that runs nothing."},
    {"Import-PowerShellDataFile s.psd1", "A hashtable."},
};

CMDLET(import_data_file) = {
    .name = "Import-PowerShellDataFile", .aliases = "ipdf|Import-DataFile", .synopsis = "Reads a hashtable of constants from a .psd1 file.",
    .description = "Commands, method calls and variables in the file are refused, so that reading settings never runs anything.", PARAMETERS,
    .default_set = "ByPath", .process = process, EXAMPLES,
};
