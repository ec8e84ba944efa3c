/* What is wrong with a program text, found before it runs. The parser adds as many as it finds, up to
 * LIMIT_DIAGNOSTICS. `incomplete` tells unfinished input (the prompt asks for another line) from wrong input. */
#ifndef M365SH_SOURCE_DIAGNOSTIC_H
#define M365SH_SOURCE_DIAGNOSTIC_H

#include <stdbool.h>
#include "m365sh/base/bytes.h"
#include "m365sh/source/source.h"

struct diagnostic {
    const char *id;        /* PowerShell's ErrorId, static: "MissingEndCurlyBrace" */
    struct span span;
    char *message;         /* our sentence; owned by the list */
    bool incomplete;
    bool warning;
};
struct diagnostic_list {
    struct diagnostic *items;
    size_t count, capacity;
    size_t dropped;        /* beyond the limit */
};
void diagnostic_add(struct diagnostic_list *list, const char *id, struct span span, bool incomplete,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));
void diagnostic_list_free(struct diagnostic_list *list);
bool diagnostic_any_error(const struct diagnostic_list *list);
bool diagnostic_all_incomplete(const struct diagnostic_list *list); /* true only if there is one */
/* "FILE:LINE:COLUMN: error Id: sentence" without line end. */
void diagnostic_add_line(struct bytes *out, const struct source *source, const struct diagnostic *diagnostic);

#endif
