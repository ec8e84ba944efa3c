#include "engine_private.h"

static enum status process(struct invocation *call) {
    return engine_ask(call, "call-stack", NULL, 0, true);
}

static const struct example_row example_rows[] = {{"Get-PSCallStack", "Where the program is."}, {"function f { Get-PSCallStack }; f", "Inside a function."}};

CMDLET(get_callstack) = {
    .name = "Get-PSCallStack", .aliases = "gcs", .synopsis = "Shows the calls that led here.", .description = "The innermost first.", .process = process, EXAMPLES,
};
