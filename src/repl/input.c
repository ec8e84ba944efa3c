#include "repl_private.h"

#include <stdlib.h>
#include "m365sh/base/interrupt.h"
#include "m365sh/syntax/parse.h"
#include "m365sh/value/string.h"

/* Is the text only unfinished? Then another line is asked for. */
static bool is_unfinished(struct text text) {
    struct source *source;
    struct fault fault = {0};
    if (source_new(TEXT_NONE, text, &source, &fault) != STATUS_OK) {
        fault_clear(&fault);
        return false;
    }
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    parse_program(source, &tree, &diagnostics);
    bool unfinished = diagnostic_all_incomplete(&diagnostics);
    diagnostic_list_free(&diagnostics);
    tree_free(&tree);
    source_release(source);
    return unfinished;
}

bool input_read(struct session *session, struct bytes *text) {
    struct value prompt = session_prompt(session);
    char *line = line_read(string_chars(prompt));
    value_release(prompt);
    if (!line) return false;
    bytes_add_string(text, line);
    free(line);
    while (!line_interrupted() && is_unfinished(bytes_text(text))) {
        if (!(line = line_read(">> "))) break;
        if (line_interrupted()) {
            bytes_clear(text);
        } else {
            bytes_add_byte(text, '\n');
            bytes_add_string(text, line);
            /* An empty line ends the input as it is, so that nobody is caught in it. */
            if (!line[0]) {
                free(line);
                break;
            }
        }
        free(line);
    }
    if (line_interrupted()) bytes_clear(text);
    interrupt_clear();
    return true;
}
