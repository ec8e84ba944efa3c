#include "../cmdlet_private.h"

static enum status process(struct invocation *call) {
    if (call->host && call->host->clear_screen) call->host->clear_screen(call->host);
    return STATUS_OK;
}

static const struct example_row example_rows[] = {{"Clear-Host", "An empty screen."}, {"cls", "The same."}};

CMDLET(clear_host) = {
    .name = "Clear-Host", .aliases = "cls|clear", .synopsis = "Empties the screen.", .description = "Only at a terminal.", .process = process, EXAMPLES,
};
