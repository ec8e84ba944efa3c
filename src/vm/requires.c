/* #requires lines of a script: checked before it runs (PowerShell's about_Requires). */
#include "engine_private.h"

#include "m365sh/value/number.h"

struct requirements { struct engine *engine; struct text script; enum status status; };

static bool next_word(struct text *rest, struct text *word) {
    while (rest->length && strchr(" \t,", rest->start[0])) *rest = text_slice(*rest, 1, rest->length);
    if (!rest->length) return false;
    size_t end = 0;
    char quote = rest->start[0] == '\'' || rest->start[0] == '"' ? rest->start[0] : 0;
    bool table = text_starts(*rest, TEXT("@{"));
    if (quote) {
        end = 1;
        while (end < rest->length && rest->start[end] != quote) end++;
        *word = text_slice(*rest, 1, end - 1);
        if (end < rest->length) end++;
    } else {
        while (end < rest->length && (table ? rest->start[end] != '}' : !strchr(" \t,", rest->start[end]))) end++;
        if (table && end < rest->length) end++;
        *word = text_slice(*rest, 0, end);
    }
    *rest = text_slice(*rest, end, rest->length);
    return true;
}

static enum status refuse(struct requirements *requirements, const char *id, const char *what, struct text name) {
    struct value target = string_new(path_leaf(requirements->script));
    enum status status = realm_raise_target(requirements->engine->realm, "System.Management.Automation.ScriptRequiresException", id, ERROR_RESOURCE_UNAVAILABLE,
                                            target, "The script '%s' asks for %s '%.*s', which is not here.", string_chars(target), what, TEXT_ARGUMENT(name));
    value_release(target);
    return status;
}

static enum status bad_line(struct requirements *requirements, const char *id, struct text what) {
    return realm_raise(requirements->engine->realm, "System.Management.Automation.ParseException", id, ERROR_PARSER_ERROR,
                       "The #requires line cannot be read at '%.*s'.", TEXT_ARGUMENT(what));
}

static enum status check_version(struct requirements *requirements, struct text word) {
    int parts[2] = {0, 0}, part = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.start[i];
        if (c == '.' && part < 1) part++;
        else if (c == '.') break;
        else if (c < '0' || c > '9' || parts[part] > 100000) return bad_line(requirements, "RequiresVersionInvalid", word);
        else parts[part] = parts[part] * 10 + (c - '0');
    }
    bool fits = parts[0] < 7 || (parts[0] == 7 && parts[1] <= 6);
    return fits ? STATUS_OK : refuse(requirements, "ScriptRequiresUnmatchedPSVersion", "version", word);
}

/* A name, or @{ ModuleName = 'X'; … }. */
static struct text module_name(struct text word) {
    size_t at = text_starts(word, TEXT("@{")) ? text_find_fold(word, TEXT("ModuleName"), 0) : TEXT_NOT_FOUND;
    if (at == TEXT_NOT_FOUND) return word;
    struct text rest = text_slice(word, at + 10, word.length);
    while (rest.length && strchr(" \t='\"", rest.start[0])) rest = text_slice(rest, 1, rest.length);
    size_t end = 0;
    while (end < rest.length && !strchr("'\";} \t", rest.start[end])) end++;
    return text_slice(rest, 0, end);
}

static enum status check_module(struct requirements *requirements, struct text word) {
    struct text name = module_name(word);
    struct value what = string_new(name), ignored = VALUE_UNSET_INIT;
    enum status status = module_import(requirements->engine, what, value_null(), &ignored);
    value_release(ignored);
    value_release(what);
    if (status != STATUS_ERROR) return status;
    struct value record = requirements->engine->realm->raised, id = error_record_get(record, ERROR_ID);
    if (id.kind != VALUE_STRING || !text_starts(string_text(id), TEXT("Modules_Module"))) return status;
    value_release(realm_take_raised(requirements->engine->realm));
    return refuse(requirements, "ScriptRequiresMissingModules", "the module", name);
}

static enum status check_option(struct requirements *requirements, struct text option, struct text *rest) {
    struct text word;
    if (text_equal_fold(option, TEXT("-RunAsAdministrator"))) return STATUS_OK;
    bool modules = text_equal_fold(option, TEXT("-Modules")) || text_equal_fold(option, TEXT("-Module"));
    if (!next_word(rest, &word)) return bad_line(requirements, "ScriptRequiresInvalidFormat", option);
    if (text_equal_fold(option, TEXT("-Version"))) return check_version(requirements, word);
    if (text_equal_fold(option, TEXT("-PSEdition")))
        return text_equal_fold(word, TEXT("Core")) ? STATUS_OK : refuse(requirements, "ScriptRequiresUnmatchedPSEdition", "the edition", word);
    if (text_equal_fold(option, TEXT("-PSSnapin")) || text_equal_fold(option, TEXT("-Assembly"))) return STATUS_OK;
    if (text_equal_fold(option, TEXT("-ShellId")))
        return text_equal_fold(word, TEXT("Microsoft.PowerShell")) ? STATUS_OK : refuse(requirements, "RequiresShellIDInvalidForSingleShell", "the shell", word);
    if (!modules) return bad_line(requirements, "ScriptRequiresInvalidFormat", option);
    enum status status = check_module(requirements, word);
    while (status == STATUS_OK && rest->length && text_trim(*rest).length && text_trim(*rest).start[0] == ',' && next_word(rest, &word))
        status = check_module(requirements, word);
    return status;
}

static void check_line(void *context, struct text line) {
    struct requirements *requirements = context;
    struct text option;
    while (requirements->status == STATUS_OK && next_word(&line, &option)) requirements->status = check_option(requirements, option, &line);
}

enum status requires_check(struct engine *engine, struct source *source) {
    struct requirements requirements = {engine, source_name(source), STATUS_OK};
    parse_requires(source, check_line, &requirements);
    return requirements.status;
}
