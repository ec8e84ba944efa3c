#include "../cmdlet_private.h"

#include "../item/item_private.h"
#include "../text_reader_private.h"
#include "m365sh/types/regex_value.h"

enum { CULTURE, INPUT, PATTERN, PATH, LITERAL, RAW, SIMPLE, CASE, QUIET, LIST, NO_EMPHASIS, INCLUDE, EXCLUDE, NOT_MATCH, ALL, ENCODING, CONTEXT };

static const struct parameter_row parameter_rows[] = {
    {"Culture", "string", -1, 0, NULL, NULL, NULL, NULL, "The culture that -SimpleMatch compares by."},
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, "Object", NULL, NULL, "Texts, or files to look into; usually they come from the pipeline."},
    {"Pattern", "string[]", 0, PARAMETER_MANDATORY, NULL, NULL, NULL, NULL, "Regular expressions, or plain texts with -SimpleMatch."},
    {"Path", "string[]", 1, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "File", NULL, "path", "Files; wildcards are allowed."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralFile", NULL, "path", "The same, without wildcards."},
    {"Raw", "switch", -1, 0, NULL, NULL, NULL, NULL, "The lines as text."},
    {"SimpleMatch", "switch", -1, 0, NULL, NULL, NULL, NULL, "The pattern is plain text."},
    {"CaseSensitive", "switch", -1, 0, NULL, NULL, NULL, NULL, "Upper and lower case differ."},
    {"Quiet", "switch", -1, 0, NULL, NULL, NULL, NULL, "True if anything is found."},
    {"List", "switch", -1, 0, NULL, NULL, NULL, NULL, "Only the first line of each file."},
    {"NoEmphasis", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted; what was found is not coloured."},
    {"Include", "string[]", -1, 0, NULL, NULL, NULL, NULL, "Only files whose name fits."},
    {"Exclude", "string[]", -1, 0, NULL, NULL, NULL, NULL, "No files whose name fits."},
    {"NotMatch", "switch", -1, 0, NULL, NULL, NULL, NULL, "Lines without it."},
    {"AllMatches", "switch", -1, 0, NULL, NULL, NULL, NULL, "Every place in a line, not only the first."},
    {"Encoding", "object", -1, 0, NULL, NULL, NULL, NULL, "utf8, unicode, latin1, ansi …; a byte order mark tells it too."},
    {"Context", "int[]", -1, 0, NULL, NULL, NULL, NULL, "How many lines before and after are kept with it."},
};

/* A match that waits for the lines behind it. */
struct waiting { struct value info, after, shown_after; int64_t line; bool open; /* its shown lines still grow */ };
struct source { struct text path, name; int64_t line, shown_to; bool matched; };
struct state {
    struct value *patterns;
    struct regex **regexes;
    uint32_t count;
    enum file_encoding encoding;
    int64_t before, after;
    struct value earlier;             /* lines kept for PreContext */
    struct waiting *waiting;
    size_t waiting_count, waiting_capacity;
    struct source stream;             /* what comes along the pipeline */
    bool found, done;
};

static enum status bad_pattern(struct invocation *call, struct text pattern, struct fault *fault) {
    enum status status = invocation_throw(call, "System.ArgumentException", "InvalidRegex", ERROR_INVALID_ARGUMENT, value_null(),
                                          "'%.*s' is no regular expression: %s -SimpleMatch looks for plain text.", TEXT_ARGUMENT(pattern), fault->message ? fault->message : "");
    fault_clear(fault);
    return status;
}

static enum status read_patterns(struct invocation *call) {
    struct state *state = call->state;
    struct value given = value_base(invocation_argument(call, PATTERN));
    state->count = item_count(given);
    state->patterns = ALLOC_ARRAY(struct value, state->count + 1u);
    state->regexes = ALLOC_ARRAY(struct regex *, state->count + 1u);
    for (uint32_t i = 0; i < state->count; i++) {
        struct fault fault = {0};
        state->patterns[i] = string_new(item_at(given, i));
        if (invocation_switch(call, SIMPLE)) continue;
        if (regex_compile(string_text(state->patterns[i]), invocation_switch(call, CASE) ? 0 : REGEX_IGNORE_CASE, &state->regexes[i], &fault) != STATUS_OK)
            return bad_pattern(call, string_text(state->patterns[i]), &fault);
    }
    return STATUS_OK;
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    if (invocation_has(call, CULTURE) && !invocation_switch(call, SIMPLE))
        return invocation_throw(call, "System.InvalidOperationException", "CannotSpecifyCultureWithoutSimpleMatch", ERROR_INVALID_DATA, value_null(), "-Culture goes with -SimpleMatch only.");
    struct value context = value_base(invocation_argument(call, CONTEXT));
    if (value_is_array_like(context) && array_count(context)) {
        state->before = array_at(context, 0).integer;
        state->after = array_at(context, array_count(context) > 1 ? 1 : 0).integer;
    }
    state->earlier = list_new(call->realm, NULL, 0);
    state->stream = (struct source){TEXT("InputStream"), TEXT("InputStream"), 0, 0, false};
    enum status status = encoding_argument(call, ENCODING, &state->encoding);
    return status == STATUS_OK ? read_patterns(call) : status;
}

/* --- one line ------------------------------------------------------------------------------------------------------ */
static enum status find_regex(struct invocation *call, struct regex *regex, struct value line, struct value matches, bool *found) {
    struct regex_match match = {0};
    struct fault fault = {0};
    size_t from = 0;
    bool more = true;
    enum status status = STATUS_OK;
    *found = false;
    while (more && (status = regex_find(regex, string_text(line), from, &match, &more, &fault)) == STATUS_OK && more) {
        *found = true;
        if (invocation_switch(call, NOT_MATCH) || invocation_switch(call, QUIET) || invocation_switch(call, RAW)) break;
        array_push_take(matches, regex_value_match(call->realm, regex, line, &match));
        if (!invocation_switch(call, ALL)) break;
        from = match.groups[0].end > match.groups[0].start ? match.groups[0].end : match.groups[0].end + 1;
        if (from > string_text(line).length) break;
    }
    regex_match_free(&match);
    return status == STATUS_OK ? status : realm_raise_fault(call->realm, &fault, "RegexMatchTimeout");
}

static enum status test_line(struct invocation *call, struct value line, struct value matches, uint32_t *pattern, bool *found) {
    struct state *state = call->state;
    enum status status = STATUS_OK;
    *found = false;
    for (*pattern = 0; *pattern < state->count; (*pattern)++) {
        struct text wanted = string_text(state->patterns[*pattern]);
        if (state->regexes[*pattern]) status = find_regex(call, state->regexes[*pattern], line, matches, found);
        else *found = (invocation_switch(call, CASE) ? text_find(string_text(line), wanted, 0) : text_find_fold(string_text(line), wanted, 0)) != TEXT_NOT_FOUND;
        if (status != STATUS_OK || *found) break;
    }
    if (!invocation_switch(call, NOT_MATCH)) return status;
    *found = !*found;
    array_clear(matches);
    *pattern = 0;
    return status;
}

static void add(struct invocation *call, struct value object, const char *name, struct value item) {
    object_add(call->realm, object, text_of(name), MEMBER_PROPERTY, item);
    value_release(item);
}

static struct value text_array(struct invocation *call) {
    return array_new(call->realm, type_array_of(call->realm, type_of_kind(call->realm, VALUE_STRING)), 0);
}

/* The lines before: all for PreContext, those that no other match has shown for the display. */
static struct value make_context(struct invocation *call, struct source *source, struct waiting *waiting) {
    struct state *state = call->state;
    struct value context = object_new(call->realm, type_known(call->realm, "Microsoft.PowerShell.Commands.MatchInfoContext"), 4);
    struct value before = text_array(call), shown = text_array(call);
    uint32_t count = array_count(state->earlier);
    for (uint32_t i = 0; i < count; i++) {
        array_push(before, array_at(state->earlier, i));
        if (source->line - (int64_t)(count - i) > source->shown_to) array_push(shown, array_at(state->earlier, i));
    }
    waiting->after = text_array(call);
    waiting->shown_after = text_array(call);
    add(call, context, "PreContext", before);
    add(call, context, "PostContext", value_keep(waiting->after));
    add(call, context, "DisplayPreContext", shown);
    add(call, context, "DisplayPostContext", value_keep(waiting->shown_after));
    return context;
}

static struct value make_info(struct invocation *call, struct source *source, struct value line, struct value matches, uint32_t pattern, struct waiting *waiting) {
    struct state *state = call->state;
    struct value info = object_new(call->realm, type_known(call->realm, "Microsoft.PowerShell.Commands.MatchInfo"), 8);
    struct value all = array_new(call->realm, type_array_of(call->realm, type_known(call->realm, "System.Text.RegularExpressions.Match")), array_count(matches));
    for (uint32_t i = 0; i < array_count(matches); i++) array_push(all, array_at(matches, i));
    add(call, info, "IgnoreCase", value_bool(!invocation_switch(call, CASE)));
    add(call, info, "LineNumber", value_int32((int32_t)source->line));
    add(call, info, "Line", value_keep(line));
    add(call, info, "Filename", string_new(source->name));
    add(call, info, "Path", string_new(source->path));
    add(call, info, "Pattern", value_keep(state->patterns[pattern < state->count ? pattern : 0]));
    add(call, info, "Context", invocation_has(call, CONTEXT) ? make_context(call, source, waiting) : value_null());
    add(call, info, "Matches", all);
    return info;
}

/* Matches whose lines are complete go on, in order. */
static enum status release_waiting(struct invocation *call, int64_t line, bool all) {
    struct state *state = call->state;
    size_t ready = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && ready < state->waiting_count && (all || line - state->waiting[ready].line >= state->after)) {
        struct waiting *waiting = &state->waiting[ready++];
        status = invocation_emit_take(call, waiting->info);
        value_release(waiting->after);
        value_release(waiting->shown_after);
    }
    state->waiting_count -= ready;
    if (ready) memmove(state->waiting, state->waiting + ready, state->waiting_count * sizeof *state->waiting);
    return status;
}

static enum status emit_match(struct invocation *call, struct source *source, struct value line, struct value matches, uint32_t pattern) {
    struct state *state = call->state;
    state->found = true;
    source->matched = true;
    if (invocation_switch(call, QUIET)) {
        state->done = true;
        return invocation_emit(call, value_bool(true));
    }
    if (invocation_switch(call, RAW)) return invocation_emit(call, line);
    struct waiting waiting = {.line = source->line, .open = true};
    waiting.info = make_info(call, source, line, matches, pattern, &waiting);
    for (size_t i = 0; i < state->waiting_count; i++) state->waiting[i].open = false;
    source->shown_to = source->line;
    ALLOC_GROW(state->waiting, state->waiting_capacity, state->waiting_count + 1);
    state->waiting[state->waiting_count++] = waiting;
    return STATUS_OK;
}

static enum status take_line(struct invocation *call, struct source *source, struct value line) {
    struct state *state = call->state;
    struct value matches = array_new(call->realm, NULL, 0);
    uint32_t pattern;
    bool found;
    source->line++;
    for (size_t i = 0; i < state->waiting_count; i++) {
        if (source->line - state->waiting[i].line > state->after) continue;
        array_push(state->waiting[i].after, line);
    }
    enum status status = test_line(call, line, matches, &pattern, &found);
    for (size_t i = 0; status == STATUS_OK && !found && i < state->waiting_count; i++) {
        if (!state->waiting[i].open || source->line - state->waiting[i].line > state->after) continue;
        array_push(state->waiting[i].shown_after, line);
        source->shown_to = source->line;
    }
    if (status == STATUS_OK && found) status = emit_match(call, source, line, matches, pattern);
    value_release(matches);
    if (state->before > 0) {
        array_push(state->earlier, line);
        if (array_count(state->earlier) > state->before) array_remove(state->earlier, 0, 1);
    }
    return status == STATUS_OK ? release_waiting(call, source->line, false) : status;
}

/* --- sources ------------------------------------------------------------------------------------------------------- */
static enum status search_file(struct invocation *call, struct text path) {
    static const struct item_parameters filters = {PATH, LITERAL, NO_PARAMETER, INCLUDE, EXCLUDE, NO_PARAMETER, false};
    struct state *state = call->state;
    struct fault fault = {0};
    struct source source = {path, path_leaf(path), 0, 0, false};
    if (state->done || item_is_folder(DRIVE_FILES, path) || !item_passes(call, &filters, source.name)) return STATUS_OK;
    struct value name = string_new(path);
    struct text_reader *reader = text_reader_open(string_chars(name), state->encoding, &fault);
    enum status status = STATUS_OK;
    struct text line;
    if (!reader) {
        status = invocation_error(call, "System.ArgumentException", "ProcessingFile", ERROR_NOT_SPECIFIED, name, "'%s' cannot be read: %s", string_chars(name), fault.message ? fault.message : "");
        fault_clear(&fault);
    }
    array_clear(state->earlier);
    while (reader && status == STATUS_OK && !state->done && !(source.matched && invocation_switch(call, LIST)) && text_reader_line(reader, &line)) {
        struct value v = string_new(line);
        status = take_line(call, &source, v);
        value_release(v);
    }
    if (status == STATUS_OK) status = release_waiting(call, 0, true);
    text_reader_free(reader);
    value_release(name);
    return status;
}

static enum status search_item(struct invocation *call, enum item_drive drive, struct text path) {
    return drive == DRIVE_FILES ? search_file(call, path) : STATUS_OK;
}

static enum status search_paths(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, false};
    struct state *state = call->state;
    enum status status = item_each(call, &which, search_item);
    return status == STATUS_OK && invocation_switch(call, QUIET) && !state->found ? invocation_emit(call, value_bool(false)) : status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (state->done) return STATUS_OK;
    if (invocation_has(call, PATH) || invocation_has(call, LITERAL)) return search_paths(call);
    struct value item = invocation_argument(call, INPUT), base = value_base(item);
    if (value_is_nothing(item)) return STATUS_OK;
    if (file_info_is(call->realm, base)) return search_file(call, file_info_path(base));
    if (!value_is_array_like(base) || call->has_input) {
        struct value line = convert_text(call->realm, item);
        enum status status = take_line(call, &state->stream, line);
        value_release(line);
        return status;
    }
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && !state->done && i < array_count(base); i++) {
        struct value line = convert_text(call->realm, array_at(base, i));
        status = take_line(call, &state->stream, line);
        value_release(line);
    }
    return status;
}

static enum status end(struct invocation *call) { return release_waiting(call, 0, true); }

static void clean(struct invocation *call) {
    struct state *state = call->state;
    for (size_t i = 0; i < state->waiting_count; i++) {
        value_release(state->waiting[i].info);
        value_release(state->waiting[i].after);
        value_release(state->waiting[i].shown_after);
    }
    alloc_free(state->waiting);
    for (uint32_t i = 0; i < state->count && state->patterns; i++) {
        value_release(state->patterns[i]);
        if (state->regexes[i]) regex_release(state->regexes[i]);
    }
    alloc_free(state->patterns);
    alloc_free(state->regexes);
    value_release(state->earlier);
}

static const struct example_row example_rows[] = {
    {"'error: disk', 'ok', 'error: net' | Select-String '^error: (\\w+)' | ForEach-Object { $_.Matches[0].Groups[1].Value }", "What a group caught."},
    {"Set-Content a.log 'start', 'ERROR disk'; Select-String error *.log", "Lines of files."},
};

CMDLET(select_string) = {
    .name = "Select-String", .aliases = "sls", .synopsis = "Finds lines in texts and files.",
    .description = "Gives an object for each line: Line, LineNumber, Path, Matches. Case does not matter unless -CaseSensitive says so.",
    PARAMETERS, .default_set = "Object", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
    .emits = "Microsoft.PowerShell.Commands.MatchInfo",
};
