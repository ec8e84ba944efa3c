#include "../cmdlet_private.h"

enum { TYPE_NAME, MEMBER_TYPE, MEMBER_NAME, VALUE, SECOND, DEFAULT_SET, DEFAULT_PROPERTY, KEY_SET, SERIAL_DEPTH, FORCE, APPEND, PREPEND };

static const struct parameter_row parameter_rows[] = {
    {"TypeName", "string", -1, PARAMETER_BY_NAME | PARAMETER_NOT_EMPTY, NULL, "DynamicTypeSet", NULL, NULL, "The type whose values get the member."},
    {"MemberType", "string", -1, 0, NULL, "DynamicTypeSet", "NoteProperty|ScriptProperty|AliasProperty|ScriptMethod|CodeProperty|CodeMethod", NULL, "NoteProperty, ScriptProperty, ScriptMethod or AliasProperty."},
    {"MemberName", "string", -1, PARAMETER_NOT_EMPTY, NULL, "DynamicTypeSet", NULL, NULL, "Its name."},
    {"Value", "object", -1, 0, NULL, "DynamicTypeSet", NULL, NULL, "The value, block, or other property's name."},
    {"SecondValue", "object", -1, 0, NULL, "DynamicTypeSet", NULL, NULL, "ScriptProperty: the block that sets it."},
    {"DefaultDisplayPropertySet", "string[]", -1, PARAMETER_NOT_EMPTY, NULL, "DynamicTypeSet", NULL, NULL, "The properties shown when nobody asks for others."},
    {"DefaultDisplayProperty", "string", -1, PARAMETER_NOT_EMPTY, NULL, "DynamicTypeSet", NULL, NULL, "The property that Format-Wide shows."},
    {"DefaultKeyPropertySet", "string[]", -1, PARAMETER_NOT_EMPTY, NULL, "DynamicTypeSet", NULL, NULL, "Accepted."},
    {"SerializationDepth", "int", -1, 0, NULL, "DynamicTypeSet", NULL, NULL, "Accepted."},
    {"Force", "switch", -1, 0, NULL, "DynamicTypeSet", NULL, NULL, "Replaces a member of that name."},
    {"AppendPath", "string[]", 0, 0, "PSPath|Path", "FileSet", NULL, "path", "Not offered: files of types are XML of PowerShell's."},
    {"PrependPath", "string[]", -1, 0, NULL, "FileSet", NULL, "path", "Not offered."},
};


static bool read_kind(struct text type, enum member_kind *out) {
    if (text_equal_fold(type, TEXT("ScriptProperty"))) *out = MEMBER_SCRIPT;
    else if (text_equal_fold(type, TEXT("AliasProperty"))) *out = MEMBER_ALIAS;
    else if (text_equal_fold(type, TEXT("ScriptMethod"))) *out = MEMBER_SCRIPT_METHOD;
    else if (text_equal_fold(type, TEXT("NoteProperty"))) *out = MEMBER_NOTE;
    else return false;
    return true;
}

/* A type by the name it was added under: accelerators ("hashtable") mean the .NET type. */
static struct text full_type_name(struct invocation *call) {
    struct text name = invocation_text(call, TYPE_NAME);
    const struct type *type = type_find(call->realm, name);
    return type ? text_of(type->full_name) : name;
}

static bool is_there(struct invocation *call, struct text type_name, struct text name) {
    struct realm *realm = call->realm;
    struct value probe = object_new(realm, NULL, 0), names = array_new(realm, NULL, 1), v = VALUE_UNSET_INIT;
    bool found = false;
    array_push_take(names, string_new(type_name));
    value_set_take(&object_block(probe)->type_names, names);
    if (member_get(realm, probe, intern_name(realm->names, name), &found, &v) == STATUS_ERROR) {
        value_release(realm_take_raised(realm));
        found = true;
    }
    value_release(v);
    value_release(probe);
    return found;
}

static enum status add(struct invocation *call) {
    enum member_kind kind;
    struct text type = full_type_name(call), name = invocation_text(call, MEMBER_NAME);
    struct value given = invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null(), item = value_keep(given);
    if (!read_kind(invocation_text(call, MEMBER_TYPE), &kind))
        return invocation_throw(call, "System.InvalidOperationException", "CannotUpdateMemberType", ERROR_INVALID_OPERATION, value_null(), "Members of this kind cannot be added.");
    if (!invocation_switch(call, FORCE) && is_there(call, type, name)) {
        value_release(item);
        return invocation_error(call, "System.Management.Automation.RuntimeException", "TypesDynamicUpdateException", ERROR_INVALID_OPERATION, value_null(),
                                "The type '%.*s' has a member '%.*s' already. -Force replaces it.", TEXT_ARGUMENT(type), TEXT_ARGUMENT(name));
    }
    if (kind == MEMBER_SCRIPT) {
        struct value pair[2] = {value_base(given), invocation_has(call, SECOND) ? value_base(invocation_argument(call, SECOND)) : value_null()};
        value_set_take(&item, array_of(call->realm, pair, 2));
    } else if (kind == MEMBER_ALIAS) value_set_take(&item, convert_text(call->realm, given));
    member_add_type_data(call->realm, type, name, kind, item);
    value_release(item);
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    if (invocation_has(call, APPEND) || invocation_has(call, PREPEND))
        return invocation_throw(call, "System.NotSupportedException", "TypesFileNotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                "Files of types are not read here. Give -TypeName, -MemberName and -Value.");
    if (!invocation_has(call, TYPE_NAME))
        return invocation_throw(call, "System.InvalidOperationException", "TargetTypeNameEmpty", ERROR_INVALID_OPERATION, value_null(), "Update-TypeData needs -TypeName.");
    enum status status = STATUS_OK;
    if (invocation_has(call, MEMBER_NAME)) status = add(call);
    struct value shown = value_base(invocation_argument(call, invocation_has(call, DEFAULT_SET) ? DEFAULT_SET : DEFAULT_PROPERTY));
    if (status != STATUS_OK || shown.kind == VALUE_UNSET) return status;
    struct value names = value_is_array_like(shown) ? value_keep(shown) : array_of(call->realm, &shown, 1);
    member_set_default_properties(call->realm, full_type_name(call), names);
    value_release(names);
    return STATUS_OK;
}

static const struct example_row example_rows[] = {
    {"Update-TypeData -TypeName Seat -MemberType ScriptProperty -MemberName Free -Value { $this.All - $this.Used } -Force", "A property of every Seat."},
    {"Update-TypeData -TypeName Seat -DefaultDisplayPropertySet All, Used -Force", "What is shown of one."},
};

CMDLET(update_type_data) = {
    .name = "Update-TypeData", .synopsis = "Adds members to all values of a type.", .description = "They hold for this session.",
    PARAMETERS, .default_set = "DynamicTypeSet", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
