#include "stream_writer_private.h"

static const struct parameter_row parameter_rows[] = {STREAM_WRITER_ROWS};

static enum status process(struct invocation *call) {
    return stream_writer_write(call, STREAM_WARNING);
}

static const struct example_row example_rows[] = {
    {"Write-Warning 'Nobody holds this product.'", "A message."},
    {"'one', 'two' | Write-Warning", "A message for each text."},
};

CMDLET(write_warning) = {
    .name = "Write-Warning", .synopsis = "Warns, on the warning stream.",
    .description = "Shown as \"WARNING: …\" unless $WarningPreference says otherwise.", PARAMETERS, .process = process, EXAMPLES,
};
