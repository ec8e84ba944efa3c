#include "../cmdlet_private.h"

enum { APPEND, PREPEND };

static const struct parameter_row parameter_rows[] = {
    {"AppendPath", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, "PSPath|Path", NULL, NULL, "path", "Files of views."},
    {"PrependPath", "string[]", -1, 0, NULL, NULL, NULL, "path", "The same, before those that are known."},
};

static enum status process(struct invocation *call) {
    if (!invocation_has(call, APPEND) && !invocation_has(call, PREPEND)) return STATUS_OK;
    return invocation_throw(call, "System.NotSupportedException", "FormatFileNotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                            "PowerShell's .ps1xml views are not read here. Update-TypeData -DefaultDisplayPropertySet says what is shown of a type.");
}

static const struct example_row example_rows[] = {
    {"Update-FormatData", "Nothing to do: views do not change."},
    {"Update-TypeData -TypeName Seat -DefaultDisplayPropertySet All, Used -Force", "The way to say what is shown."},
};

CMDLET(update_format_data) = {
    .name = "Update-FormatData", .synopsis = "Stands in for PowerShell's cmdlet of views.", .description = "Without files it does nothing; with files it says what to use instead.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
