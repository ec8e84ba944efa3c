#include "../cmdlet_private.h"

enum { INPUT, TYPE, NAME, VALUE, SECOND, TYPE_NAME, FORCE, PASS_THRU, NOTE_MEMBERS, NOTE_NAME, NOTE_VALUE };

static const struct parameter_row parameter_rows[] = {
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The object; usually it comes from the pipeline."},
    {"MemberType", "string", 0, PARAMETER_MANDATORY, "Type", "MemberSet",
     "NoteProperty|ScriptProperty|AliasProperty|ScriptMethod|PropertySet|CodeProperty|CodeMethod|Property|Method|MemberSet|Event|ParameterizedProperty|Properties|Methods|Dynamic|InferredProperty|All", NULL,
     "NoteProperty, ScriptProperty, ScriptMethod, AliasProperty or PropertySet."},
    {"Name", "string", 1, PARAMETER_MANDATORY, NULL, "MemberSet", NULL, NULL, "Its name."},
    {"Value", "object", 2, 0, NULL, "MemberSet", NULL, NULL, "The value, block, or other property's name."},
    {"SecondValue", "object", 3, 0, NULL, "MemberSet", NULL, NULL, "ScriptProperty: the block that sets it."},
    {"TypeName", "string", -1, PARAMETER_NOT_EMPTY, NULL, "MemberSet|NotePropertySingleMemberSet|NotePropertyMultiMemberSet|TypeNameSet", NULL, NULL, "A type name put before those that it has."},
    {"Force", "switch", -1, 0, NULL, "MemberSet|NotePropertySingleMemberSet|NotePropertyMultiMemberSet", NULL, NULL, "Replaces a member of that name."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the object back."},
    {"NotePropertyMembers", "System.Collections.IDictionary", 0, PARAMETER_MANDATORY, NULL, "NotePropertyMultiMemberSet", NULL, NULL, "A hashtable of properties to add."},
    {"NotePropertyName", "string", 0, PARAMETER_MANDATORY, NULL, "NotePropertySingleMemberSet", NULL, NULL, "The name of a property to add."},
    {"NotePropertyValue", "object", 1, PARAMETER_MANDATORY | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, "NotePropertySingleMemberSet", NULL, NULL, "Its value."},
};

/* The object that holds added members: the value itself, or the one beside a text, number or table. */
static struct value holder_of(struct value v) {
    return v.kind == VALUE_OBJECT ? v : v.kind == VALUE_EXTENDED ? extended_members(v) : VALUE_UNSET_INIT;
}

static enum status exists(struct invocation *call, struct value v, struct text name) {
    return invocation_error(call, "System.InvalidOperationException", "MemberAlreadyExists", ERROR_INVALID_OPERATION, v,
                            "There is a member '%.*s' already. -Force replaces it.", TEXT_ARGUMENT(name));
}

static enum status add(struct invocation *call, struct value v, struct value holder, struct text name, enum member_kind kind, struct value item) {
    struct realm *realm = call->realm;
    name_id id = intern_name(realm->names, name);
    bool there = object_find(holder, id) != NULL;
    if (!there && v.kind == VALUE_OBJECT) {
        struct value seen = VALUE_UNSET_INIT;
        if (member_get(realm, v, id, &there, &seen) == STATUS_ERROR) value_release(realm_take_raised(realm));
        value_release(seen);
    }
    if (there && !invocation_switch(call, FORCE)) return exists(call, v, name);
    if (object_find(holder, id)) object_remove(realm, holder, name);
    object_add(realm, holder, name, kind, item);
    return STATUS_OK;
}

static bool read_kind(struct invocation *call, enum member_kind *out) {
    struct value given = convert_text(call->realm, invocation_argument(call, TYPE));
    struct text type = string_text(given);
    bool found = false;
    static const struct { const char *name; enum member_kind kind; } kinds[] = {
        {"NoteProperty", MEMBER_NOTE}, {"ScriptProperty", MEMBER_SCRIPT}, {"AliasProperty", MEMBER_ALIAS}, {"ScriptMethod", MEMBER_SCRIPT_METHOD}, {"PropertySet", MEMBER_PROPERTY_SET},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!text_equal_fold(type, text_of(kinds[i].name))) continue;
        *out = kinds[i].kind;
        found = true;
    }
    value_release(given);
    return found;
}

static enum status add_member(struct invocation *call, struct value v, struct value holder) {
    enum member_kind kind = MEMBER_NOTE;
    struct value given = invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null(), item = value_keep(given);
    if (!read_kind(call, &kind)) {
        value_release(item);
        return invocation_throw(call, "System.InvalidOperationException", "CannotAddMemberType", ERROR_INVALID_OPERATION, value_null(),
                                "Members of this type cannot be added: NoteProperty, ScriptProperty, AliasProperty, ScriptMethod and PropertySet can.");
    }
    if (kind == MEMBER_SCRIPT) {
        struct value pair[2] = {value_base(given), invocation_has(call, SECOND) ? value_base(invocation_argument(call, SECOND)) : value_null()};
        value_set_take(&item, array_of(call->realm, pair, 2));
    } else if (kind == MEMBER_ALIAS) {
        value_set_take(&item, convert_text(call->realm, given));
    } else if (kind == MEMBER_PROPERTY_SET && !value_is_array_like(value_base(given))) {
        value_set_take(&item, array_of(call->realm, &given, 1));
    }
    enum status status = add(call, v, holder, invocation_text(call, NAME), kind, item);
    value_release(item);
    return status;
}

static enum status add_table(struct invocation *call, struct value v, struct value holder) {
    struct value table = value_base(invocation_argument(call, NOTE_MEMBERS));
    uint32_t position = 0;
    enum status status = STATUS_OK;
    for (struct table_entry *entry; status == STATUS_OK && value_is_table(table) && (entry = table_next(table, &position));) {
        struct value name = convert_text(call->realm, entry->key);
        status = add(call, v, holder, string_text(name), MEMBER_NOTE, entry->value);
        value_release(name);
    }
    return status;
}

static bool take_type(void *context, struct text name) {
    array_push_take(*(struct value *)context, string_new(name));
    return true;
}

static void add_type_name(struct invocation *call, struct value v, struct value holder) {
    struct value names = array_new(call->realm, type_array_of(call->realm, type_of_kind(call->realm, VALUE_STRING)), 4);
    array_push(names, invocation_argument(call, TYPE_NAME));
    type_names_walk(call->realm, v, take_type, &names);
    value_set_take(&object_block(holder)->type_names, names);
}

static enum status process(struct invocation *call) {
    struct value v = value_keep(invocation_argument(call, INPUT));
    if (value_is_nothing(v)) return STATUS_OK;
    if (v.kind != VALUE_OBJECT && v.kind != VALUE_EXTENDED) value_set_take(&v, extended_new(call->realm, v));
    struct value holder = holder_of(v);
    enum status status = STATUS_OK;
    if (invocation_has(call, NOTE_MEMBERS)) status = add_table(call, v, holder);
    else if (invocation_has(call, NOTE_NAME)) status = add(call, v, holder, invocation_text(call, NOTE_NAME), MEMBER_NOTE, invocation_argument(call, NOTE_VALUE));
    else if (invocation_has(call, TYPE)) status = add_member(call, v, holder);
    if (status == STATUS_OK && invocation_has(call, TYPE_NAME)) add_type_name(call, v, holder);
    if (status == STATUS_OK && invocation_switch(call, PASS_THRU)) status = invocation_emit(call, v);
    value_release(v);
    return status;
}

static const struct example_row example_rows[] = {
    {"$u = [pscustomobject]@{ Name = 'ann' }; $u | Add-Member Department IT; $u", "A property more."},
    {"[pscustomobject]@{ W = 3; H = 4 } | Add-Member ScriptProperty Area { $this.W * $this.H } -PassThru", "One that is computed when it is read."},
};

CMDLET(add_member) = {
    .name = "Add-Member", .synopsis = "Adds properties and methods to an object.",
    .description = "The object itself changes. Texts and numbers get members only with -PassThru, on the value that is given back.", PARAMETERS,
    .default_set = "TypeNameSet", .process = process, EXAMPLES,
};
