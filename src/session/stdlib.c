/* The library that is written in the language itself (stdlib/), carried by the program and read when one of its functions
 * is first asked for: a start costs nothing for it. */
#include "session_private.h"

struct embedded_file {
    const char *path;
    const char *text;
    unsigned long length;
};
static const struct embedded_file embedded_files[] = {
#include "embedded_stdlib.inc"
};

static struct session *session_of(struct host *host) {
    return (struct session *)((char *)host - offsetof(struct session, host));
}

/* Does the file define the function? Definitions stand at the start of a line. */
static bool defines(const struct embedded_file *file, struct text name) {
    struct text rest = {file->text, file->length}, line;
    while (text_split_next(&rest, '\n', &line)) {
        if (!text_starts(line, TEXT("function global:"))) continue;
        struct text defined = text_trim(text_slice(line, 16, line.length));
        size_t end = text_find_byte(defined, ' ', 0);
        if (text_equal_fold(end == TEXT_NOT_FOUND ? defined : text_slice(defined, 0, end), name)) return true;
    }
    return false;
}

static void load(struct session *session, const struct embedded_file *file) {
    struct emitter nowhere = pipeline_discard();
    if (session->host.run_text(&session->host, (struct text){file->text, file->length}, text_of(file->path), false, nowhere) == STATUS_ERROR)
        value_release(realm_take_raised(session->realm));
}

/* Functions of the library are defined as global:, since the one who asks may stand in a scope of its own. */
static bool load_defining(struct host *host, struct text name) {
    for (const struct embedded_file *file = embedded_files; file->path; file++) {
        if (!defines(file, name)) continue;
        load(session_of(host), file);
        return true;
    }
    return false;
}

void stdlib_start(struct session *session) {
    session->host.command_load = load_defining;
}
