/* What the Format-* cmdlets share: they gather their input and hand on one wrapped object, which Out-* render. */
#ifndef M365SH_CMDLETS_FORMAT_PRIVATE_H
#define M365SH_CMDLETS_FORMAT_PRIVATE_H

#include "../cmdlet_private.h"

#include "m365sh/format/format.h"
#include "m365sh/pipeline/pipeline.h"

struct format_state { struct collector items; };

enum status format_start(struct invocation *call);
enum status format_take(struct invocation *call, uint32_t input);
enum status format_finish(struct invocation *call, const struct format_request *request);
void format_clean(struct invocation *call);
bool format_wants_color(const struct invocation *call);

#define FORMAT_COMMON_ROWS                                                                                                        \
    {"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The objects; usually they come from the pipeline."}, \
    {"Property", "object[]", 0, 0, NULL, NULL, NULL, "property", "What to show: properties, wildcards, or tables with Label, Expression, Width, Alignment, FormatString."}, \
    {"GroupBy", "object", -1, 0, NULL, NULL, NULL, "property", "Starts anew, with a heading, where this changes."},                \
    {"View", "string", -1, 0, NULL, NULL, NULL, NULL, "The view to use, by name."},                                               \
    {"ShowError", "switch", -1, 0, NULL, NULL, NULL, NULL, "Shows errors of calculated properties."},                             \
    {"DisplayError", "switch", -1, 0, NULL, NULL, NULL, NULL, "Marks calculated properties that failed."},                        \
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Shows hidden properties as well."},                                       \
    {"Expand", "string", -1, 0, NULL, NULL, "EnumOnly|CoreOnly|Both", NULL, "What of a collection is shown."}
enum { FORMAT_INPUT, FORMAT_PROPERTY, FORMAT_GROUP_BY, FORMAT_VIEW, FORMAT_SHOW_ERROR, FORMAT_DISPLAY_ERROR, FORMAT_FORCE, FORMAT_EXPAND, FORMAT_OWN };

/* The request that the common parameters make. */
struct format_request format_request_read(struct invocation *call, enum format_layout layout);

#endif
