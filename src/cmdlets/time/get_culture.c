#include "../cmdlet_private.h"

enum { NAME, NO_USER_OVERRIDES, LIST };

static const struct parameter_row parameter_rows[] = {
    {"Name", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_NOT_EMPTY, NULL, "Name", NULL, NULL, "Another culture: de-DE."},
    {"NoUserOverrides", "switch", -1, 0, NULL, NULL, NULL, NULL, "Accepted."},
    {"ListAvailable", "switch", -1, 0, NULL, "ListAvailable", NULL, NULL, "All that are known."},
};

static enum status by_name(struct invocation *call, struct value name) {
    struct realm *realm = call->realm;
    struct value culture = VALUE_UNSET_INIT;
    enum status status = member_static_call(realm, type_known(realm, "System.Globalization.CultureInfo"), intern_name(realm->names, TEXT("GetCultureInfo")), &name, 1, &culture);
    if (status == STATUS_OK) status = invocation_emit(call, culture);
    else if (status == STATUS_ERROR) {
        value_release(realm_take_raised(realm));
        status = invocation_error(call, "System.Globalization.CultureNotFoundException", "ItemNotFoundException", ERROR_OBJECT_NOT_FOUND, name, "There is no culture '%s'.", string_chars(name));
    }
    value_release(culture);
    return status;
}

static enum status process(struct invocation *call) {
    struct value names = value_base(invocation_argument(call, NAME)), culture = VALUE_UNSET_INIT;
    struct realm *realm = call->realm;
    bool found;
    enum status status = STATUS_OK;
    if (value_is_array_like(names)) {
        for (uint32_t i = 0; status == STATUS_OK && i < array_count(names); i++) status = by_name(call, array_at(names, i));
        return status;
    }
    status = member_static_get(realm, type_known(realm, "System.Globalization.CultureInfo"), intern_name(realm->names, TEXT("CurrentCulture")), &found, &culture);
    if (status == STATUS_OK && found) status = invocation_emit(call, culture);
    value_release(culture);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-Culture", "How numbers and dates are written here."},
    {"(Get-Culture de-DE).NumberFormat.NumberDecimalSeparator", "A comma."},
};

CMDLET(get_culture) = {
    .name = "Get-Culture", .synopsis = "Tells about the culture.", .description = "It says how numbers and dates are written.", PARAMETERS, .default_set = "CurrentCulture", .process = process, EXAMPLES,
};
