#include "item_rows_private.h"

enum { PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("The item; wildcards are allowed."), ROW_LITERAL, ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE, ROW_FORCE("Hidden items too."),
};

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    return item_each(call, &which, item_emit);
}

static const struct example_row example_rows[] = {
    {"(Get-Item .).LastWriteTime", "When something in the folder changed last."},
    {"Get-Item Env:HOME", "A variable of the environment."},
};

CMDLET(get_item) = {
    .name = "Get-Item", .aliases = "gi", .synopsis = "Gets an item itself.",
    .description = "A folder gives the folder, not what lies in it: see Get-ChildItem.", PARAMETERS, .default_set = "Path",
    .process = process, EXAMPLES, .emits = "System.IO.FileInfo",
};
