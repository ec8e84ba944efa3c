#include "../cmdlet_private.h"

static enum status process(struct invocation *call) {
    struct realm *realm = call->realm;
    struct value culture = VALUE_UNSET_INIT;
    bool found = false;
    enum status status = member_static_get(realm, type_known(realm, "System.Globalization.CultureInfo"), intern_name(realm->names, TEXT("CurrentUICulture")), &found, &culture);
    if (status == STATUS_OK && found) status = invocation_emit(call, culture);
    value_release(culture);
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-UICulture", "The language of messages."},
    {"(Get-UICulture).Name", "Its name."},
};

CMDLET(get_ui_culture) = {
    .name = "Get-UICulture", .synopsis = "Tells the language of messages.", .description = "As [cultureinfo]::CurrentUICulture.", .process = process, EXAMPLES,
};
