#include "../cmdlet_private.h"

enum { INPUT, TITLE, PASS_THRU, OUTPUT_MODE, WAIT };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects."},
    {"Title", "string", -1, PARAMETER_NOT_EMPTY, NULL, NULL, NULL, NULL, "A title."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives back what was chosen."},
    {"OutputMode", "string", -1, 0, NULL, NULL, "None|Single|Multiple", NULL, "How many may be chosen."},
    {"Wait", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted."},
};

static enum status begin(struct invocation *call) {
    return invocation_throw(call, "System.NotSupportedException", "NoWindow,OutGridView", ERROR_NOT_IMPLEMENTED, value_null(),
                            "There are no windows here. Format-Table shows a table; Export-Csv and ConvertTo-Html make one for other programs.");
}

static const struct example_row example_rows[] = {
    {"Get-ChildItem | Format-Table Name, Length", "The way to see a table."},
    {"Get-ChildItem | Export-Csv files.csv", "A table for a spreadsheet."},
};

CMDLET(out_grid_view) = {
    .name = "Out-GridView", .aliases = "ogv", .synopsis = "Stands in for PowerShell's window of rows.", .description = "Says what to use instead.",
    PARAMETERS, .begin = begin, EXAMPLES,
};
