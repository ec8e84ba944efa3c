#include "content_writer_private.h"

static const struct parameter_row parameter_rows[] = {CONTENT_ROWS("What the file will hold.")};

static enum status begin(struct invocation *call) { return content_begin(call, false); }

static const struct example_row example_rows[] = {
    {"Set-Content names.txt 'ann', 'bob'", "Two lines."},
    {"Get-ChildItem | ForEach-Object Name | Set-Content list.txt", "The names of the files."},
};

CMDLET(set_content) = {
    .name = "Set-Content", .aliases = "sc", .synopsis = "Writes a file, over what was there.",
    .description = "Each value is a line, as \"$value\" would show it. Objects as tables: Out-File; as data: Export-Csv, ConvertTo-Json.",
    PARAMETERS, .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS, .state_size = sizeof(struct content_state),
    .begin = begin, .process = content_process, .end = content_end, .clean = content_clean, EXAMPLES,
};
