#include "content_writer_private.h"

static const struct parameter_row parameter_rows[] = {CONTENT_ROWS("What is put at the end.")};

static enum status begin(struct invocation *call) { return content_begin(call, true); }

static const struct example_row example_rows[] = {
    {"Add-Content log.txt \"$(Get-Date -Format s) started\"", "A line in a log."},
    {"'one', 'two' | Add-Content list.txt", "Two lines at the end."},
};

CMDLET(add_content) = {
    .name = "Add-Content", .aliases = "ac", .synopsis = "Adds lines to the end of a file.",
    .description = "Makes the file if it is not there.", PARAMETERS, .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct content_state), .begin = begin, .process = content_process, .end = content_end, .clean = content_clean, EXAMPLES,
};
