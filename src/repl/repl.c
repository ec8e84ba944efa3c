#include "repl_private.h"

#include <stdio.h>
#include "m365sh/base/file.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/value/string.h"

static void history_path(struct bytes *out) {
    path_of_place(PATH_STATE, out);
    struct fault fault = {0};
    if (file_make_folders(out->data, 0700, &fault) != STATUS_OK) fault_clear(&fault);
    bytes_add_string(out, "/history");
}

/* One input: read, remembered, run. False when the prompt is to end. */
static bool turn(struct session *session, int *code) {
    struct bytes text = {0};
    if (!input_read(session, &text)) {
        bytes_free(&text);
        return false;
    }
    bool go_on = true;
    if (!text_is_blank(bytes_text(&text))) {
        if (history_keeps(session, bytes_text(&text))) {
            line_remember(text.data);
            session_remember(session, bytes_text(&text));
        }
        struct source *source = NULL;
        struct fault fault = {0};
        if (source_new(TEXT_NONE, bytes_text(&text), &source, &fault) == STATUS_OK) {
            interrupt_clear();
            go_on = session_run_line(session, source, code);
            source_release(source);
        } else {
            fprintf(stderr, "%s\n", fault.message ? fault.message : "the line cannot be read");
            fault_clear(&fault);
        }
    }
    bytes_free(&text);
    return go_on;
}

int repl_run(struct session *session, bool banner) {
    struct bytes path = {0};
    history_path(&path);
    line_start(session, path.data);
    session_run_profile(session);
    if (banner) banner_print(session);
    int code = 0;
    while (turn(session, &code)) {}
    line_stop(path.data);
    bytes_free(&path);
    return code;
}
