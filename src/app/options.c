#include "app_private.h"

#include <stdio.h>
#include <stdlib.h>
#include "m365sh/version.h"

struct option_row {
    const char *long_name, *short_name, *argument, *help;
    size_t offset;
};
static const struct option_row option_rows[] = {
#define OPTION(field, long_name, short_name, argument, help) {long_name, short_name, argument, help, offsetof(struct app_options, field)},
#include "options.def"
#undef OPTION
};
#define OPTION_COUNT (sizeof option_rows / sizeof *option_rows)

/* -c, -f and -i are fixed; other short names may be abbreviated as long as one row fits. */
static const struct option_row *find(struct text word) {
    if (text_equal(word, TEXT("-c"))) return &option_rows[0];
    if (text_equal(word, TEXT("-h")) || text_equal(word, TEXT("-?"))) word = TEXT("--help");
    if (text_equal(word, TEXT("-v"))) word = TEXT("--version");
    const struct option_row *found = NULL;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (text_equal_fold(word, text_of(row->long_name))) return row;
        if (!row->short_name) continue;
        if (text_equal_fold(word, text_of(row->short_name))) return row;
        if (word.length > 1 && word.start[1] != '-' && text_starts_fold(text_of(row->short_name), word)) {
            if (found) return NULL;
            found = row;
        }
    }
    return found;
}

static bool refuse(const char *format, const char *word) {
    fprintf(stderr, "m365sh: ");
    fprintf(stderr, format, word);
    fprintf(stderr, "; m365sh --help lists the options\n");
    return false;
}

static void set(struct app_options *out, const struct option_row *row, const char *value) {
    *(const char **)((char *)out + row->offset) = value;
}

bool options_read(int count, char **arguments, struct app_options *out) {
    *out = (struct app_options){0};
    for (int i = 1; i < count; i++) {
        char *word = arguments[i];
        if (word[0] != '-' || !word[1]) {
            out->file = word;
            out->rest = (const char *const *)arguments + i + 1;
            out->rest_count = (size_t)(count - i - 1);
            return true;
        }
        char *equals = word[1] == '-' ? strchr(word, '=') : NULL;
        const struct option_row *row = find(equals ? text_make(word, (size_t)(equals - word)) : text_of(word));
        if (!row) return refuse("there is no option %s", word);
        if (!row->argument && equals) return refuse("%s takes no value", row->long_name);
        if (row->argument && !equals && i + 1 >= count) return refuse("%s needs a value", word);
        set(out, row, !row->argument ? "" : equals ? equals + 1 : arguments[++i]);
        if (row->offset == offsetof(struct app_options, command) || row->offset == offsetof(struct app_options, file)) {
            out->rest = (const char *const *)arguments + i + 1;
            out->rest_count = (size_t)(count - i - 1);
            return true;
        }
    }
    return true;
}

static bool read_format(const char *name, enum session_format *out) {
    static const struct { const char *name; enum session_format format; } formats[] = {
        {"table", SESSION_TABLE}, {"list", SESSION_LIST}, {"json", SESSION_JSON}, {"jsonl", SESSION_JSON_LINES}, {"csv", SESSION_CSV},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) return *out = formats[i].format, true;
    }
    return refuse("--format knows table, list, json, jsonl and csv, not %s", name);
}

bool options_to_session(const struct app_options *options, struct session_options *out) {
    *out = (struct session_options){
        .plain = options->plain, .no_profile = options->no_profile, .non_interactive = options->non_interactive,
        .strict = options->strict, .trace = options->trace, .max_changes = -1, .tenant = options->tenant,
        .log_path = options->log, .ca_file = options->ca_file,
    };
    if (options->max_changes) {
        char *end;
        out->max_changes = strtoll(options->max_changes, &end, 10);
        if (*end || end == options->max_changes || out->max_changes < 0) return refuse("--max-changes needs a number, not %s", options->max_changes);
    }
    return !options->format || read_format(options->format, &out->format);
}

void options_print_help(void) {
    printf("m365sh %s: a shell for Microsoft 365\n\n"
           "  m365sh [options] [FILE [ARG...]]      run a script; with no FILE at a terminal, the prompt\n"
           "  m365sh [options] -c TEXT [ARG...]     run text\n"
           "  m365sh check FILE...                  parse scripts and say what they need; runs nothing\n"
           "  m365sh serve [options]                the practice tenant for other programs\n\n"
           "Options:\n", M365SH_VERSION);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", option_rows[i].long_name, option_rows[i].argument ? " " : "", option_rows[i].argument ? option_rows[i].argument : "");
        printf("  %-26s %s\n", left, option_rows[i].help);
    }
    printf("\nExit codes: 0 done, 1 an error ended the run, 2 wrong use, 3 sign-in failed, 4 some changes failed or were\n"
           "refused, 5 stopped by the guard or a question nobody could answer, 130 interrupted; or the script's own.\n");
}
