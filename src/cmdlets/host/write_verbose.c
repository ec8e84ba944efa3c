#include "stream_writer_private.h"

static const struct parameter_row parameter_rows[] = {STREAM_WRITER_ROWS};

static enum status process(struct invocation *call) {
    return stream_writer_write(call, STREAM_VERBOSE);
}

static const struct example_row example_rows[] = {
    {"Write-Verbose 'Nobody holds this product.'", "A message."},
    {"'one', 'two' | Write-Verbose", "A message for each text."},
};

CMDLET(write_verbose) = {
    .name = "Write-Verbose", .synopsis = "Says what is being done, on the verbose stream.",
    .description = "Shown with -Verbose or when $VerbosePreference is Continue.", PARAMETERS, .process = process, EXAMPLES,
};
