#include "directory_private.h"

static const struct example_row example_rows[] = {
    {"Disconnect-Tenant", "Back to the practice tenant; the profile's tokens are forgotten."},
    {"Disconnect-Tenant; Get-Context", "Shows that it is the practice tenant again."},
};

static enum status end(struct invocation *call) {
    const struct services *services = directory_services(call);
    return services->tenant.leave(services->tenant.context);
}

CMDLET(disconnect_tenant) = {
    .name = "Disconnect-Tenant", .synopsis = "Signs out.", .description = "Forgets the tokens of the current profile. What follows works in the practice tenant.", EXAMPLES, .end = end,
};
