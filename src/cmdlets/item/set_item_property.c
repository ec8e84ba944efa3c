#include "item_rows_private.h"

enum { PATH, LITERAL, NAME, VALUE, INPUT, PASS_THRU, FORCE, FILTER, INCLUDE, EXCLUDE };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "propertyValuePathSet|propertyPSObjectPathSet", NULL, "path", "The item."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "propertyValueLiteralPathSet|propertyPSObjectLiteralPathSet", NULL, "path", "The same, without wildcards."},
    {"Name", "string", 1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSProperty", "propertyValuePathSet|propertyValueLiteralPathSet", NULL, NULL, "Which property."},
    {"Value", "object", 2, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_ALLOW_NULL, NULL, "propertyValuePathSet|propertyValueLiteralPathSet", NULL, NULL, "Its new value."},
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, "propertyPSObjectPathSet|propertyPSObjectLiteralPathSet", NULL, NULL, "An object whose properties are taken."},
    ROW_PASS_THRU, ROW_FORCE("Hidden items too."), ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
};

struct target { struct invocation *call; struct value item; };

static enum status set_one(void *context, struct text name, struct value v) {
    struct target *target = context;
    struct realm *realm = target->call->realm;
    return member_set(realm, target->item, intern_name(realm->names, name), v);
}

static enum status set(struct invocation *call, enum item_drive drive, struct text path) {
    bool go_on;
    enum status status = invocation_should_process(call, path, TEXT("Set Property"), &go_on);
    if (status != STATUS_OK || !go_on || drive != DRIVE_FILES) return status;
    struct target target = {call, item_object(call, drive, path)};
    if (invocation_has(call, INPUT)) status = member_walk_values(call->realm, invocation_argument(call, INPUT), true, set_one, &target);
    else status = set_one(&target, invocation_text(call, NAME), invocation_argument(call, VALUE));
    if (status == STATUS_OK && invocation_switch(call, PASS_THRU)) status = invocation_emit(call, target.item);
    value_release(target.item);
    return status == STATUS_ERROR ? invocation_error_raised(call) : status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};
    return item_each(call, &which, set);
}

static const struct example_row example_rows[] = {
    {"Set-Content a.txt x; Set-ItemProperty a.txt IsReadOnly $true", "Nobody writes it by mistake."},
    {"Set-ItemProperty a.txt LastWriteTime '2026-01-31'", "Another time."},
};

CMDLET(set_item_property) = {
    .name = "Set-ItemProperty", .aliases = "sp", .synopsis = "Sets a property of a file or folder.", .description = "IsReadOnly and the times can be set.",
    PARAMETERS, .default_set = "propertyValuePathSet", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
