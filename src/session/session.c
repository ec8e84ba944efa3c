#include "session_private.h"

#include <stdlib.h>
#include <unistd.h>
#include "m365sh/base/alloc.h"
#include "m365sh/cmdlets/families.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"
#include "m365sh/version.h"

static bool wants_colors(const struct session_options *options) {
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    if (options->plain || (no_color && *no_color) || (term && strcmp(term, "dumb") == 0)) return false;
    return isatty(STDOUT_FILENO);
}

static void set_globals(struct session *session) {
    int64_t most = session->options.max_changes >= 0 ? session->options.max_changes : 100;
    engine_set_global(session->engine, "MaximumChange", value_int32((int32_t)most));
    struct value version = string_of(M365SH_VERSION);
    engine_set_global(session->engine, "M365ShellVersion", version);
    value_release(version);
    session->history = list_new(session->realm, NULL, 16);
    engine_set_global(session->engine, "M365ShellHistory", session->history);
}

void session_remember(struct session *session, struct text line) {
    array_push_take(session->history, string_new(line));
}

/* --strict: as if Set-StrictMode -Version Latest stood before everything. */
static void be_strict(struct session *session) {
    struct value version = string_of("Latest"), nothing = value_void();
    if (session->host.ask_engine(&session->host, TEXT("strict-mode"), &version, 1, &nothing) == STATUS_ERROR)
        value_release(realm_take_raised(session->realm));
    value_release(nothing);
    value_release(version);
}

struct session *session_new(const struct session_options *options) {
    struct session *session = ALLOC_NEW(struct session);
    session->options = *options;
    session->colors = wants_colors(options);
    session->realm = realm_new();
    realm_set_stack(session->realm);
    types_start(session->realm);
    session->realm->patterns = pattern_cache_new();
    session->commands = command_table_new(session->realm, &pipeline_cmdlet_class);
    families_add(session->commands);
    session->host.realm = session->realm;
    session->host.commands = session->commands;
    output_start(session);
    console_fill(session);
    session->engine = engine_new(session->realm, &session->host);
    stdlib_start(session);
    set_globals(session);
    if (options->strict) be_strict(session);
    connect_start(session);
    return session;
}

void session_free(struct session *session) {
    if (!session) return;
    connect_stop(session);
    output_stop(session);
    value_release(session->history);
    engine_free(session->engine);
    command_table_free(session->commands);
    pattern_cache_free(session->realm->patterns);
    session->realm->patterns = NULL;
    types_stop(session->realm);
    realm_free(session->realm);
    bytes_free(&session->folder);
    alloc_free(session);
}

struct realm *session_realm(struct session *session) {
    return session->realm;
}

struct host *session_host(struct session *session) {
    return &session->host;
}

struct engine *session_engine(struct session *session) {
    return session->engine;
}

bool session_colors(const struct session *session) {
    return session->colors;
}
