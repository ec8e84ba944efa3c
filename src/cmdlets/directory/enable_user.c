/* Enable-User and Disable-User: one property, two names that people look for. */
#include "directory_private.h"

enum { USER, FORCE };
static const struct parameter_row parameter_rows[] = {
    {"User", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, "UserId|UserPrincipalName|Id|Identity", NULL, NULL, "user", "Users: from Get-User, as id or user principal name, or rows of Import-Csv."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "No question, however many."},
};
static const struct example_row disable_examples[] = {
    {"Get-User -Filter { Department -eq 'Sales' } -Top 2 | Disable-User -WhatIf", "Who would no longer be let in."},
    {"Get-User -Filter guests -Top 1 | Disable-User", "Blocks the sign-in of a guest."},
};
static const struct example_row enable_examples[] = {
    {"Get-User -Filter disabled -Top 2 | Enable-User -WhatIf", "Who would be let in again."},
    {"Get-User -Filter guests -Top 1 | Enable-User", "Lets a guest sign in again."},
};

struct state { struct change_queue *queue; struct value properties; };

static enum status begin(struct invocation *call, bool enabled) {
    struct state *state = call->state;
    const struct change_options options = {.force = invocation_switch(call, FORCE)};
    state->queue = change_queue_new(directory_services(call)->changes, call, &options);
    state->properties = object_new(call->realm, NULL, 1);
    object_put_take(call->realm, state->properties, "accountEnabled", value_bool(enabled));
    return STATUS_OK;
}

static enum status begin_enable(struct invocation *call) { return begin(call, true); }
static enum status begin_disable(struct invocation *call) { return begin(call, false); }

static enum status queue_one(struct invocation *call, struct state *state, struct value item) {
    struct bytes key = {0};
    enum status status;
    if (directory_user_key(call, item, &key)) status = change_queue_properties(state->queue, item, bytes_text(&key), state->properties);
    else status = change_queue_refuse_take(state->queue, item, TEXT_NONE, directory_no_key(call, item));
    bytes_free(&key);
    return status;
}

static enum status process(struct invocation *call) {
    struct state *state = call->state;
    struct value users = invocation_argument(call, USER), base = value_base(users);
    if (!invocation_has(call, USER)) return STATUS_OK;
    if (!value_is_array_like(base)) return queue_one(call, state, users);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < array_count(base) && status == STATUS_OK; i++) status = queue_one(call, state, array_at(base, i));
    return status;
}

static enum status end(struct invocation *call) {
    return change_queue_finish(((struct state *)call->state)->queue);
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    change_queue_free(state->queue);
    value_release(state->properties);
}

#define SHARED PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state), \
    .process = process, .end = end, .clean = clean, .emits = "M365.ChangeResult", .permissions = "User.EnableDisableAccount.All, User.Read.All"

CMDLET(enable_user) = {.name = "Enable-User", .aliases = "Enable-Users", .synopsis = "Lets users sign in again.", .description = "Who is not blocked is left alone.",
    .examples = enable_examples, .example_count = sizeof enable_examples / sizeof *enable_examples, .begin = begin_enable, SHARED};
CMDLET(disable_user) = {.name = "Disable-User", .aliases = "Disable-Users", .synopsis = "Blocks the sign-in of users.", .description = "A sign-in that exists lives on until its token ends. Licences stay, and cost on.",
    .examples = disable_examples, .example_count = sizeof disable_examples / sizeof *disable_examples, .begin = begin_disable, SHARED};
