#include "directory_private.h"

/* Parameters that are properties, in one row: the SDK's name is the parameter, the wire name follows from it. */
enum { USER, FORCE, PROPERTY_TABLE, FIRST_PROPERTY };
#define WORDS(name, help) {name, "string", -1, PARAMETER_ALLOW_EMPTY | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, help}
static const struct parameter_row parameter_rows[] = {
    {"User", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE, "UserId|Id|Identity", NULL, NULL, "user", "Users: from Get-User, as id or user principal name, or rows of Import-Csv."},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "No question, however many."},
    {"Property", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "Other properties by the service's names."},
    WORDS("DisplayName", "Name shown to people."),
    WORDS("GivenName", "First name."),
    WORDS("Surname", "Last name."),
    WORDS("JobTitle", "What the person does."),
    WORDS("Department", "Where the person works."),
    WORDS("CompanyName", "The firm."),
    WORDS("OfficeLocation", "Room or building."),
    WORDS("City", "City."),
    WORDS("State", "State or province."),
    WORDS("Country", "Country."),
    WORDS("PostalCode", "Postal code."),
    WORDS("StreetAddress", "Street."),
    WORDS("MobilePhone", "Mobile phone."),
    WORDS("UsageLocation", "Two letters of the country where the licences are used; nothing can be licensed without it."),
    WORDS("EmployeeId", "Personnel number."),
    WORDS("EmployeeType", "Employee, contractor …"),
    WORDS("PreferredLanguage", "Language, such as de-DE."),
    WORDS("UserPrincipalName", "The name to sign in with; the domain must be one of the tenant's."),
    {"AccountEnabled", "bool", -1, 0, NULL, NULL, NULL, NULL, "False blocks the sign-in."},
};
static const struct example_row example_rows[] = {
    {"Get-User -Filter { Department -eq 'Sales' } -Top 2 | Set-User -OfficeLocation 'Building 4' -WhatIf", "What would change."},
    {"Get-User -Top 1 | Set-User -UsageLocation DE -Force", "Sets where the licences are used. Who has it already is left alone."},
};

struct state { struct change_queue *queue; struct value properties; };

static void put(struct invocation *call, struct state *state, struct text name, struct value v) {
    struct bytes wire = {0};
    struct value base = value_base(v);
    resource_add_wire_name(&wire, name);
    bool empty = base.kind == VALUE_STRING && string_text(base).length == 0; /* '' clears; the service wants null for that */
    object_put(call->realm, state->properties, bytes_text(&wire), empty ? value_null() : v);
    bytes_free(&wire);
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    const struct change_options options = {.force = invocation_switch(call, FORCE)};
    state->queue = change_queue_new(directory_services(call)->changes, call, &options);
    state->properties = object_new(call->realm, NULL, 4);
    for (uint32_t i = FIRST_PROPERTY; i < sizeof parameter_rows / sizeof *parameter_rows; i++)
        if (invocation_has(call, i)) put(call, state, text_of(parameter_rows[i].name), invocation_argument(call, i));
    struct value table = value_base(invocation_argument(call, PROPERTY_TABLE));
    uint32_t position = 0;
    for (struct table_entry *entry; table.kind == VALUE_TABLE && (entry = table_next(table, &position));)
        if (entry->key.kind == VALUE_STRING) put(call, state, string_text(entry->key), entry->value);
    if (object_block(state->properties)->shape->count) return STATUS_OK;
    return invocation_throw(call, "System.ArgumentException", "NothingToSet", ERROR_INVALID_ARGUMENT, value_null(), "Nothing is to be set: give a property such as -Department.");
}

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
    if (!invocation_has(call, USER)) return STATUS_OK;
    struct value users = invocation_argument(call, USER), base = value_base(users);
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

CMDLET(set_user) = {
    .name = "Set-User", .aliases = "Set-Users", .synopsis = "Changes properties of users.",
    .description = "Only what differs is sent. An empty text clears a property.",
    PARAMETERS, EXAMPLES, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .state_size = sizeof(struct state),
    .begin = begin, .process = process, .end = end, .clean = clean, .emits = "M365.ChangeResult", .permissions = "User.ReadWrite.All",
};
