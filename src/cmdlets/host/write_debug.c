#include "stream_writer_private.h"

static const struct parameter_row parameter_rows[] = {STREAM_WRITER_ROWS};

static enum status process(struct invocation *call) {
    return stream_writer_write(call, STREAM_DEBUG);
}

static const struct example_row example_rows[] = {
    {"Write-Debug 'Nobody holds this product.'", "A message."},
    {"'one', 'two' | Write-Debug", "A message for each text."},
};

CMDLET(write_debug) = {
    .name = "Write-Debug", .synopsis = "Writes a message for those who look for a mistake.",
    .description = "Shown with -Debug or when $DebugPreference is Continue.", PARAMETERS, .process = process, EXAMPLES,
};
