#include "repl_private.h"

#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

/* What stands at the cursor, told from the text alone: quick, and good for lines that do not parse yet. */
struct place {
    struct text word;            /* from its start to the cursor */
    struct text command;         /* the command it belongs to; empty: the word is the command */
    struct text parameter;       /* the -Name right before the word; empty: none */
    int position;                /* how many positional arguments stand before */
};

static bool separates(char c) {
    return c == '|' || c == ';' || c == '(' || c == '{' || c == '&' || c == '=' || c == '\n' || c == ')' || c == '}';
}

static bool next_word(struct text line, size_t *at, size_t end, struct text *word) {
    while (*at < end && (line.start[*at] == ' ' || line.start[*at] == '\t')) (*at)++;
    size_t start = *at;
    char quote = 0;
    while (*at < end) {
        char c = line.start[*at];
        if (quote ? c == quote : c == '"' || c == '\'') quote = quote ? 0 : c;
        else if (!quote && (c == ' ' || c == '\t' || c == ',')) break;
        (*at)++;
    }
    *word = text_make(line.start + start, *at - start);
    if (*at < end && line.start[*at] == ',') (*at)++;
    return word->length > 0;
}

static struct place find_place(struct text line, size_t cursor, size_t *start) {
    struct place place = {.word = TEXT_NONE, .command = TEXT_NONE, .parameter = TEXT_NONE};
    size_t from = cursor;
    while (from > 0 && !separates(line.start[from - 1])) from--;
    size_t at = from, word_start = cursor;
    while (word_start > from && !strchr(" \t,\"'", line.start[word_start - 1])) word_start--;
    struct text word;
    while (at < word_start && next_word(line, &at, word_start, &word)) {
        if (!place.command.length) place.command = word;
        else if (word.start[0] == '-') place.parameter = word;
        else if (place.parameter.length) place.parameter = TEXT_NONE;
        else place.position++;
    }
    place.word = text_make(line.start + word_start, cursor - word_start);
    *start = word_start;
    return place;
}

struct walk {
    struct session *session;
    struct text word;
    struct completion_sink sink;
};

static void offer(const struct walk *walk, struct text candidate) {
    if (text_starts_fold(candidate, walk->word)) walk->sink.add(walk->sink.context, candidate);
}

static bool offer_cmdlet(void *context, const struct cmdlet_row *row) {
    struct walk *walk = context;
    offer(walk, text_of(row->name));
    struct text rest = text_of(row->aliases), alias;
    while (walk->word.length && text_split_next(&rest, '|', &alias)) {
        if (text_find_byte(alias, '-', 0) != TEXT_NOT_FOUND) offer(walk, alias);
    }
    return true;
}

static bool offer_function(void *context, struct command *command) {
    offer(context, command->spelling);
    return true;
}

static bool offer_variable(void *context, const struct variable_info *info) {
    struct walk *walk = context;
    if (!text_starts_fold(info->name, text_slice(walk->word, 1, walk->word.length))) return true;
    struct bytes name = {0};
    bytes_add_format(&name, "$%.*s", TEXT_ARGUMENT(info->name));
    walk->sink.add(walk->sink.context, bytes_text(&name));
    bytes_free(&name);
    return true;
}

static void offer_parameters(struct walk *walk, const struct signature *signature) {
    struct text start = text_slice(walk->word, 1, walk->word.length);
    for (uint32_t i = 0; signature && i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        /* The common ones are offered once a letter says that they are meant. */
        if (i >= signature->common_start && !start.length) continue;
        if ((parameter->flags & PARAMETER_HIDDEN) || !text_starts_fold(parameter->spelling, start)) continue;
        struct bytes name = {0};
        bytes_add_format(&name, "-%.*s", TEXT_ARGUMENT(parameter->spelling));
        walk->sink.add(walk->sink.context, bytes_text(&name));
        bytes_free(&name);
    }
}

/* The row of the parameter that the word is a value of: named right before, or by position. */
static const struct parameter *parameter_at(struct session *session, const struct signature *signature, const struct place *place) {
    if (!signature) return NULL;
    if (place->parameter.length) {
        int index = signature_find(signature, session_realm(session), text_slice(place->parameter, 1, place->parameter.length));
        if (index >= 0 && !signature->parameters[index].is_switch) return &signature->parameters[index];
    }
    const struct parameter *last = NULL;
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        if (parameter->parts[0].position == place->position) return parameter;
        if (parameter->parts[0].position >= 0 && parameter->parts[0].position < place->position) last = parameter;
    }
    return last;
}

bool complete_line(struct session *session, struct text line, size_t cursor, size_t *start, struct completion_sink sink) {
    struct place place = find_place(line, cursor, start);
    struct host *host = session_host(session);
    struct walk walk = {session, place.word, sink};
    if (place.word.length && place.word.start[0] == '$') {
        if (host->variable_walk) host->variable_walk(host, SCOPE_CURRENT, offer_variable, &walk);
        return true;
    }
    if (!place.command.length) {
        if (text_find_byte(place.word, '/', 0) != TEXT_NOT_FOUND || (place.word.length && place.word.start[0] == '.')) return false;
        command_table_walk(host->commands, offer_cmdlet, &walk);
        if (host->function_walk) host->function_walk(host, offer_function, &walk);
        return true;
    }
    struct command *command = host->command_find ? host->command_find(host, place.command) : NULL;
    if (!command) return false;
    const struct signature *signature = command_signature(session_realm(session), command);
    bool ours = true;
    if (place.word.length && place.word.start[0] == '-') {
        offer_parameters(&walk, signature);
    } else {
        const struct parameter *parameter = parameter_at(session, signature, &place);
        if (parameter && parameter->row) complete_value(session, parameter->row, place.word, sink);
        ours = parameter && parameter->row && (parameter->row->choices || (parameter->row->complete && strcmp(parameter->row->complete, "path") != 0));
    }
    command_release(command);
    return ours;
}
