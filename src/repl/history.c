#include "repl_private.h"

/* A line that names a secret is not kept: parameters whose row says so, and the words that PowerShell's own history
 * leaves out. */
bool history_keeps(struct session *session, struct text line) {
    static const char *const words[] = {"password", "secret", "apikey", "asplaintext", "connectionstring", "accesstoken"};
    (void)session;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_find_fold(line, text_of(words[i]), 0) != TEXT_NOT_FOUND) return false;
    }
    return true;
}
