/* Write-Warning, Write-Verbose and Write-Debug differ in their stream alone. */
#ifndef M365SH_CMDLETS_STREAM_WRITER_PRIVATE_H
#define M365SH_CMDLETS_STREAM_WRITER_PRIVATE_H

#include "../cmdlet_private.h"

#define STREAM_WRITER_ROWS                                                                                                       \
    {"Message", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_EMPTY, "Msg", NULL, NULL, NULL, "The message."}
static inline enum status stream_writer_write(struct invocation *call, int stream) {
    return invocation_write(call, stream, invocation_argument(call, 0));
}

/* An InformationRecord (stream 6). `data` is what MessageData holds. Owned. */
struct value information_record_new(struct invocation *call, struct value data, struct value tags);
/* The data that Write-Host puts in: text, and how it is to be shown. */
struct value information_host_message(struct invocation *call, struct text text, bool no_newline, struct value foreground, struct value background);

#endif
