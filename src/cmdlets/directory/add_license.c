#include "license_change_private.h"

enum { PRODUCT, USER, DISABLED_PLAN, VERIFY, FORCE };
static const struct parameter_row parameter_rows[] = {
    {"Product", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_NOT_EMPTY, "License|Sku|SkuId|SkuPartNumber", NULL, NULL, "product", "Products by alias (E3), part number, display name or id; several with commas."},
    {"User", "object", 1, PARAMETER_MANDATORY | PARAMETER_PIPELINE, "UserId|UserPrincipalName|Id|Identity", NULL, NULL, "user", "Users: from Get-User, as id or user principal name, or rows of Import-Csv with such a column."},
    {"DisabledPlan", "string[]", -1, 0, "DisabledPlans", NULL, NULL, NULL, "Service plans of the products that are left off, by name or id."},
    {"Verify", "switch", -1, 0, NULL, NULL, NULL, NULL, "Reads back afterwards and says where it does not show."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "No question, however many."},
};
static const struct example_row example_rows[] = {
    {"Get-User -Filter unlicensed -Top 3 | Add-License E3 -WhatIf", "What would change."},
    {"Get-User -Filter { Department -eq 'Sales' } -Top 2 | Add-License SPE_E3 -DisabledPlan YAMMER_ENTERPRISE -WhatIf", "With a service plan left off."},
};

struct state { struct license_change change; bool ready; };

static enum status read_products(struct invocation *call, struct state *state) {
    return license_change_products(call, &state->change, invocation_argument(call, PRODUCT), invocation_argument(call, DISABLED_PLAN));
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    const struct change_options options = {.force = invocation_switch(call, FORCE), .verify = invocation_switch(call, VERIFY)};
    state->change.watch = directory_watch(call);
    state->change.queue = change_queue_new(directory_services(call)->changes, call, &options);
    if (!invocation_has(call, PRODUCT)) return STATUS_OK;
    enum status status = read_products(call, state);
    state->ready = status == STATUS_OK;
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    if (!state->ready && invocation_has(call, PRODUCT)) {
        enum status status = read_products(call, state);
        if (status == STATUS_ERROR) return invocation_error_raised(call);
        if (status != STATUS_OK) return status;
    }
    if (!invocation_has(call, USER)) return STATUS_OK;
    return license_change_users(call, &state->change, invocation_argument(call, USER), true, false, invocation_has(call, DISABLED_PLAN));
}

static enum status end(struct invocation *call) {
    return change_queue_finish(((struct state *)call->state)->change.queue);
}

static void clean(struct invocation *call) {
    license_change_free(&((struct state *)call->state)->change);
}

CMDLET(add_license) = {
    .name = "Add-License", .aliases = "Add-Licenses", .synopsis = "Gives licences to users.",
    .description = "A user needs a usage location and the product a free seat. Who holds the product directly already is left alone (AlreadyPresent), unless -DisabledPlan says which service plans are to be off.",
    PARAMETERS, EXAMPLES, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state),
    .begin = begin, .process = process, .end = end, .clean = clean, .emits = "M365.ChangeResult", .permissions = "LicenseAssignment.ReadWrite.All, User.Read.All",
};
