#include "../cmdlet_private.h"

#include "m365sh/pattern/wildcard.h"

enum { NAME, ID, LIST };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Name", NULL, NULL, "A name of the zone; wildcards are allowed."},
    {"Id", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, "Id", NULL, NULL, "Its identifier: Europe/Oslo, or W. Europe Standard Time."},
    {"ListAvailable", "switch", -1, PARAMETER_MANDATORY, NULL, "ListAvailable", NULL, NULL, "All zones."},
};

static enum status ask(struct invocation *call, const char *member, const struct value *argument, struct value *out) {
    struct realm *realm = call->realm;
    const struct type *type = type_known(realm, "System.TimeZoneInfo");
    name_id name = intern_name(realm->names, text_of(member));
    bool found = false;
    if (argument) return member_static_call(realm, type, name, argument, 1, out);
    enum status status = member_static_get(realm, type, name, &found, out);
    return status == STATUS_OK && !found ? member_static_call(realm, type, name, NULL, 0, out) : status;
}

static bool has_name(struct invocation *call, struct value zone, struct text pattern) {
    static const char *const names[] = {"StandardName", "DaylightName", "Id"};
    bool fits = false;
    for (int i = 0; i < 3 && !fits; i++) {
        struct value v = VALUE_UNSET_INIT;
        bool found = false;
        if (member_get(call->realm, zone, intern_name(call->realm->names, text_of(names[i])), &found, &v) == STATUS_OK && v.kind == VALUE_STRING)
            fits = wildcard_match(pattern, string_text(v), true);
        else value_release(realm_take_raised(call->realm));
        value_release(v);
    }
    return fits;
}

static enum status missing(struct invocation *call, struct text name) {
    struct value target = string_of("Name");
    enum status status = invocation_error(call, "System.TimeZoneNotFoundException", "TimeZoneNotFound", ERROR_INVALID_ARGUMENT, target, "There is no time zone '%.*s'.", TEXT_ARGUMENT(name));
    value_release(target);
    return status;
}

static enum status by_name(struct invocation *call, struct text name) {
    struct value all = VALUE_UNSET_INIT;
    bool any = false;
    enum status status = ask(call, "GetSystemTimeZones", NULL, &all);
    for (uint32_t i = 0; status == STATUS_OK && value_is_array_like(all) && i < array_count(all); i++) {
        if (!has_name(call, array_at(all, i), name)) continue;
        any = true;
        status = invocation_emit(call, array_at(all, i));
    }
    value_release(all);
    if (any || status != STATUS_OK) return status;
    return missing(call, name);
}

static enum status by_id(struct invocation *call, struct value id) {
    struct value zone = VALUE_UNSET_INIT;
    enum status status = ask(call, "FindSystemTimeZoneById", &id, &zone);
    if (status == STATUS_OK) status = invocation_emit(call, zone);
    else if (status == STATUS_ERROR) {
        value_release(realm_take_raised(call->realm));
        status = missing(call, string_text(id));
    }
    value_release(zone);
    return status;
}

static enum status process(struct invocation *call) {
    struct value given = value_base(invocation_argument(call, invocation_has(call, ID) ? ID : NAME)), found = VALUE_UNSET_INIT;
    enum status status = STATUS_OK;
    if (invocation_switch(call, LIST) || !value_is_array_like(given)) {
        status = ask(call, invocation_switch(call, LIST) ? "GetSystemTimeZones" : "Local", NULL, &found);
        if (status == STATUS_OK) status = invocation_emit_each(call, found);
        value_release(found);
        return status;
    }
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(given); i++)
        status = invocation_has(call, ID) ? by_id(call, array_at(given, i)) : by_name(call, string_text(array_at(given, i)));
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-TimeZone", "The zone of this machine."},
    {"(Get-TimeZone -Id 'Europe/Oslo').BaseUtcOffset", "Another one."},
};

CMDLET(get_time_zone) = {
    .name = "Get-TimeZone", .aliases = "gtz", .synopsis = "Tells about time zones.", .description = "This machine's, or those that are asked for.", PARAMETERS, .default_set = "Name", .process = process, EXAMPLES,
};
