#include "license_change_private.h"

enum { PRODUCT, USER, ALL, VERIFY, FORCE };
static const struct parameter_row parameter_rows[] = {
    {"Product", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_NOT_EMPTY, "License|Sku|SkuId|SkuPartNumber", "Product", NULL, "product", "Products by alias (E3), part number, display name or id; several with commas."},
    {"User", "object", 1, PARAMETER_MANDATORY | PARAMETER_PIPELINE, "UserId|UserPrincipalName|Id|Identity", NULL, NULL, "user", "Users: from Get-User, as id or user principal name, or rows of Import-Csv with such a column."},
    {"All", "switch", -1, PARAMETER_MANDATORY, NULL, "All", NULL, NULL, "Every licence that was assigned directly."},
    {"Verify", "switch", -1, 0, NULL, NULL, NULL, NULL, "Reads back afterwards and says where the old state still shows."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "No question, however many; changes leave while the users are still being read."},
};
static const struct example_row example_rows[] = {
    {"Get-User -Filter leavers | Remove-License E3 -WhatIf", "What would change, as objects: by which way each holds the licence, and why some are left alone."},
    {"Get-User -Filter leavers | Remove-License E3 -Force", "Takes the licence off all of them in batches of twenty."},
    {"Get-User -Top 1 | Remove-License -All -WhatIf", "Every licence of one user."},
};

struct state { struct license_change change; bool ready; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    const struct change_options options = {.force = invocation_switch(call, FORCE), .verify = invocation_switch(call, VERIFY)};
    const struct product *products;
    uint32_t count;
    state->change.watch = directory_watch(call);
    state->change.queue = change_queue_new(directory_services(call)->changes, call, &options);
    /* Names of products are shown whatever is removed; unknown products end the run before anything is read. */
    enum status status = lookup_products(directory_services(call)->lookup, 300, &state->change.watch, &products, &count);
    if (status == STATUS_OK && invocation_has(call, PRODUCT)) {
        status = license_change_products(call, &state->change, invocation_argument(call, PRODUCT), VALUE_UNSET_INIT);
        state->ready = status == STATUS_OK;
    }
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (!state->ready && invocation_has(call, PRODUCT)) { /* bound by property name: each item its own */
        enum status status = license_change_products(call, &state->change, invocation_argument(call, PRODUCT), VALUE_UNSET_INIT);
        if (status == STATUS_ERROR) return invocation_error_raised(call);
        if (status != STATUS_OK) return status;
    }
    if (!invocation_has(call, USER)) return STATUS_OK;
    return license_change_users(call, &state->change, invocation_argument(call, USER), false, invocation_switch(call, ALL), false);
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    return change_queue_finish(state->change.queue);
}

static void clean(struct invocation *call) {
    license_change_free(&((struct state *)call->state)->change);
}

CMDLET(remove_license) = {
    .name = "Remove-License", .aliases = "Remove-Licenses", .synopsis = "Takes licences off users.",
    .description = "Only what was assigned directly can be taken off a user; a licence that comes from a group is refused with the group's name. What is not there is no error (AlreadyAbsent). "
                   "Above $MaximumChange users one question is asked. A later Select-Object -First does not limit the changes. After a removal the data of the services goes in 30 days.",
    PARAMETERS, EXAMPLES, .default_set = "Product", .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state),
    .begin = begin, .process = process, .end = end, .clean = clean, .emits = "M365.ChangeResult", .permissions = "LicenseAssignment.ReadWrite.All, User.Read.All",
};
