#include "../cmdlet_private.h"


static const struct parameter_row parameter_rows[] = {
    {"TypeName", "string", 0, PARAMETER_MANDATORY, NULL, "Net", NULL, "type", "The type to make an object of."},
    {"ArgumentList", "object[]", 1, 0, "Args", "Net", NULL, NULL, "Arguments of its constructor."},
    {"Property", "System.Collections.IDictionary", -1, 0, NULL, NULL, NULL, NULL, "Properties to set, as a table."},
};

/* -ComObject does not exist here, as in PowerShell on Linux: the name is then NamedParameterNotFound. */
enum { NET_TYPE, NET_ARGUMENTS, NET_PROPERTY };

static bool is_plain_object(struct text name) {
    return text_equal_fold(name, TEXT("PSObject")) || text_equal_fold(name, TEXT("PSCustomObject")) ||
           text_equal_fold(name, TEXT("System.Management.Automation.PSObject")) || text_equal_fold(name, TEXT("Object")) ||
           text_equal_fold(name, TEXT("System.Management.Automation.PSCustomObject")) || text_equal_fold(name, TEXT("System.Object"));
}

static enum status set_properties(struct invocation *call, struct value target, bool plain) {
    struct value table = value_base(invocation_argument(call, NET_PROPERTY));
    uint32_t position = 0;
    struct table_entry *entry;
    while (value_is_table(table) && (entry = table_next(table, &position))) {
        struct value name = convert_text(call->realm, entry->key);
        enum status status = STATUS_OK;
        if (plain) object_put(call->realm, target, string_text(name), entry->value);
        else status = member_set(call->realm, target, intern_name(call->realm->names, string_text(name)), entry->value);
        value_release(name);
        if (status == STATUS_ERROR) status = invocation_error_raised(call);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

static enum status process(struct invocation *call) {
    struct text name = invocation_text(call, NET_TYPE);
    struct value out, arguments = value_base(invocation_argument(call, NET_ARGUMENTS));
    bool has = arguments.kind == VALUE_ARRAY, plain = is_plain_object(name) && !has;
    enum status status = STATUS_OK;
    if (plain) {
        out = object_new(call->realm, NULL, 4);
    } else {
        const struct type *type = type_find(call->realm, name);
        if (!type)
            return invocation_throw(call, "System.Management.Automation.PSArgumentException", "TypeNotFound", ERROR_INVALID_TYPE, value_null(),
                                    "There is no type [%.*s] here.", TEXT_ARGUMENT(name));
        status = member_construct(call->realm, type, has ? array_items(arguments) : NULL, has ? array_count(arguments) : 0, &out);
        if (status != STATUS_OK) return status;
    }
    status = set_properties(call, out, plain);
    if (status == STATUS_OK) status = invocation_emit(call, out);
    value_release(out);
    return status;
}

static const struct example_row example_rows[] = {
    {"New-Object System.Text.StringBuilder", "An object of a known type."},
    {"New-Object PSObject -Property @{ Name = 'Ann'; Age = 30 }", "An object with these properties."},
};

CMDLET(new_object) = {
    .name = "New-Object", .synopsis = "Makes an object of a type.",
    .description = "[pscustomobject]@{ … } is the shorter way to an object with properties of your own.",
    PARAMETERS, .default_set = "Net", .process = process, EXAMPLES,
};
