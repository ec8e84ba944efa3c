#include "../cmdlet_private.h"

#include "m365sh/base/guid.h"

enum { EMPTY, INPUT };

static const struct parameter_row parameter_rows[] = {
    {"Empty", "switch", -1, 0, NULL, "Empty", NULL, NULL, "All zeros."},
    {"InputObject", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, "InputObject", NULL, NULL, "A text to read as one."},
};

static enum status process(struct invocation *call) {
    struct guid guid = {{0}};
    if (invocation_has(call, INPUT)) {
        if (!guid_read(invocation_text(call, INPUT), &guid))
            return invocation_error(call, "System.FormatException", "StringNotRecognizedAsGuid", ERROR_INVALID_ARGUMENT, value_null(), "'%.*s' is no GUID.", TEXT_ARGUMENT(invocation_text(call, INPUT)));
    } else if (!invocation_switch(call, EMPTY)) random_guid(NULL, guid.bytes);
    return invocation_emit_take(call, value_guid(&guid));
}

static const struct example_row example_rows[] = {
    {"New-Guid", "A new one each time."},
    {"(New-Guid).ToString('N')", "Without dashes."},
};

CMDLET(new_guid) = {
    .name = "New-Guid", .synopsis = "Makes a GUID.", .description = "Random, from the system's generator.", PARAMETERS, .default_set = "Default", .process = process, EXAMPLES, .emits = "System.Guid",
};
