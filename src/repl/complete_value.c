#include "repl_private.h"

#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

/* What each kind of value is completed from: a line of the language, run quietly; its results are the candidates. */
static const struct { const char *kind; const char *program; } sources[] = {
    {"product", "Get-Sku | ForEach-Object { $_.Alias; $_.SkuPartNumber } | Where-Object { $_ } | Select-Object -Unique"},
    {"user", "Get-User -Top 200 | ForEach-Object UserPrincipalName"},
    {"group", "Get-Group | ForEach-Object DisplayName"},
    {"filter", "'leavers', 'joiners', 'guests', 'disabled', 'unlicensed', 'inactive', 'synced', 'admins'"},
    {"command", "Get-Command | ForEach-Object Name"},
};

struct offering {
    struct text word;
    struct completion_sink sink;
};

static enum status offer(void *context, struct value v) {
    struct offering *offering = context;
    v = value_base(v);
    if (v.kind != VALUE_STRING || !text_starts_fold(string_text(v), offering->word)) return STATUS_OK;
    struct text candidate = string_text(v);
    if (text_find_byte(candidate, ' ', 0) == TEXT_NOT_FOUND) {
        offering->sink.add(offering->sink.context, candidate);
    } else {
        struct bytes quoted = {0};
        bytes_add_format(&quoted, "'%.*s'", TEXT_ARGUMENT(candidate));
        offering->sink.add(offering->sink.context, bytes_text(&quoted));
        bytes_free(&quoted);
    }
    return STATUS_OK;
}

void complete_value(struct session *session, const struct parameter_row *row, struct text word, struct completion_sink sink) {
    struct offering offering = {word, sink};
    struct text rest = text_of(row->choices), choice;
    while (text_split_next(&rest, '|', &choice)) {
        if (text_starts_fold(choice, word)) sink.add(sink.context, choice);
    }
    struct host *host = session_host(session);
    for (size_t i = 0; row->complete && host->run_text && i < sizeof sources / sizeof *sources; i++) {
        if (strcmp(sources[i].kind, row->complete) != 0) continue;
        if (host->run_text(host, text_of(sources[i].program), TEXT("completion"), true, (struct emitter){offer, &offering}) == STATUS_ERROR)
            value_release(realm_take_raised(session_realm(session)));
    }
}
