/* Exceptions and error records: constructors and methods. Their properties are slots (value/error_record.h). */
#include <string.h>
#include "member_private.h"

static struct value part_of(struct realm *realm, struct value object, const char *name) {
    struct value *place = object_find_text(realm, object, text_of(name));
    return place ? *place : value_null();
}

/* "System.Exception: outer\n ---> System.Exception: inner\n   --- End of inner exception stack trace ---" */
static void add_text(struct realm *realm, struct value exception, struct bytes *out, int depth) {
    bytes_add_text(out, exception_type_name(exception));
    struct value message = part_of(realm, exception, "Message"), inner = part_of(realm, exception, "InnerException");
    if (message.kind == VALUE_STRING && string_text(message).length) {
        bytes_add_string(out, ": ");
        bytes_add_text(out, string_text(message));
    }
    if (inner.kind != VALUE_OBJECT || depth > 20) return;
    bytes_add_string(out, "\n ---> ");
    add_text(realm, inner, out, depth + 1);
    bytes_add_string(out, "\n   --- End of inner exception stack trace ---");
}
MEMBER_FUNCTION(to_string) {
    struct bytes text = {0};
    add_text(realm, self, &text, 0);
    *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return STATUS_OK;
}
MEMBER_FUNCTION(base_exception) {
    struct value at = self;
    for (int i = 0; i < 100; i++) {
        struct value inner = part_of(realm, at, "InnerException");
        if (inner.kind != VALUE_OBJECT) break;
        at = inner;
    }
    *out = value_keep(at);
    return STATUS_OK;
}

static bool named(const struct type *type, const char *name) {
    for (; type; type = type->base)
        if (!strcmp(type->full_name, name)) return true;
    return false;
}

/* Where .NET's classes put a name before or behind the message: new(name), new(message, name), new(name, message). */
static uint32_t message_position(const struct type *type, uint32_t count, bool two_texts) {
    bool name_first = named(type, "System.ArgumentNullException") || named(type, "System.ArgumentOutOfRangeException") ||
                      named(type, "System.ObjectDisposedException");
    if (!name_first) return 0;
    return count == 1 ? UINT32_MAX : two_texts ? count - 1 : 0;
}

MEMBER_FUNCTION(construct) {
    struct value text = value_null(), name = value_null(), inner = VALUE_UNSET_INIT;
    bool two_texts = count > 1 && !value_is_exception(value_base(arguments[1])) && !value_is_nothing(arguments[1]);
    uint32_t message_at = message_position(type, count, two_texts);
    bool argument = named(type, "System.ArgumentException"), file = named(type, "System.IO.FileNotFoundException");
    for (uint32_t i = 0; i < count; i++) {
        struct value given = value_base(arguments[i]);
        if (value_is_exception(given)) inner = given;
        else if (value_is_error_record(given)) inner = error_record_get(given, ERROR_EXCEPTION);
        else if (value_is_nothing(given) || (value_is_array_like(given) && i)) continue;
        else if (i == message_at) value_set_take(&text, convert_text(realm, given));
        else if (argument || file || i == 0) value_set_take(&name, convert_text(realm, given));
    }
    struct bytes message = {0};
    if (text.kind == VALUE_STRING) bytes_add_text(&message, string_text(text));
    else if (named(type, "System.ArgumentNullException")) bytes_add_string(&message, "A value is needed here, not null.");
    else if (named(type, "System.ArgumentOutOfRangeException")) bytes_add_string(&message, "The argument is outside the valid range.");
    else if (count == 0 || value_is_nothing(arguments[0])) bytes_add_format(&message, "An exception of type %s was raised.", type->full_name);
    if (argument && name.kind == VALUE_STRING) bytes_add_format(&message, " (Parameter '%s')", string_chars(name));
    *out = exception_new(realm, type->full_name, bytes_text(&message), inner);
    object_block(*out)->container.type = type;
    if (argument) exception_set(realm, *out, "ParamName", name);
    if (file) exception_set(realm, *out, "FileName", name);
    if (named(type, "System.AggregateException")) {
        struct value inners = count > 1 && value_is_array_like(value_base(arguments[1])) ? value_keep(value_base(arguments[1]))
                              : array_of(realm, &inner, inner.kind == VALUE_OBJECT);
        exception_set(realm, *out, "InnerExceptions", inners);
        value_release(inners);
    }
    bytes_free(&message);
    value_release(text);
    value_release(name);
    return STATUS_OK;
}

/* --- error records --------------------------------------------------------------------------------------------------- */

MEMBER_FUNCTION(record_text) {
    *out = string_new(error_record_message(self));
    return STATUS_OK;
}
MEMBER_FUNCTION(new_record) {
    struct value exception, category;
    enum status status = convert_to(realm, arguments[0], type_known(realm, "System.Exception"), &exception);
    if (status != STATUS_OK) return status;
    if (!value_is_exception(exception)) {
        value_release(exception);
        return member_raise(realm, ".ctor", count, "System.Management.Automation.PSArgumentNullException", "An error record needs an exception.");
    }
    if (count == 2) { /* from another record: the exception is replaced */
        *out = error_record_new(realm, exception, TEXT(""), ERROR_NOT_SPECIFIED, value_null());
        value_release(exception);
        return STATUS_OK;
    }
    status = convert_to(realm, arguments[2], type_known(realm, "System.Management.Automation.ErrorCategory"), &category);
    if (status == STATUS_OK) {
        struct value id = convert_text(realm, arguments[1]);
        *out = error_record_new(realm, exception, string_text(id), (enum error_category)category.integer,
                                value_is_nothing(arguments[3]) ? value_null() : arguments[3]);
        value_release(id);
    }
    value_release(exception);
    return status;
}

static void add_shortened(struct bytes *out, struct value part) {
    if (part.kind == VALUE_STRING) bytes_add_text(out, string_text(part));
}
/* "InvalidData: (target:String) [Get-Item], ItemNotFoundException" */
MEMBER_FUNCTION(category_text) {
    struct bytes text = {0};
    struct value category = part_of(realm, self, "Category");
    convert_add_text(realm, &text, category);
    bytes_add_string(&text, ": (");
    add_shortened(&text, part_of(realm, self, "TargetName"));
    bytes_add_byte(&text, ':');
    add_shortened(&text, part_of(realm, self, "TargetType"));
    bytes_add_string(&text, ") [");
    add_shortened(&text, part_of(realm, self, "Activity"));
    bytes_add_string(&text, "], ");
    add_shortened(&text, part_of(realm, self, "Reason"));
    *out = string_new(bytes_text(&text));
    bytes_free(&text);
    return STATUS_OK;
}
MEMBER_FUNCTION(category_message) { return category_text(realm, type, self, arguments, count, out); }

MEMBER_FUNCTION(new_details) {
    struct value text = convert_text(realm, arguments[0]);
    *out = object_new(realm, type, 2);
    object_add(realm, *out, TEXT("Message"), MEMBER_PROPERTY, text);
    object_add(realm, *out, TEXT("RecommendedAction"), MEMBER_PROPERTY, value_null());
    value_release(text);
    return STATUS_OK;
}
MEMBER_FUNCTION(details_text) {
    *out = convert_text(realm, part_of(realm, self, "Message"));
    return STATUS_OK;
}
MEMBER_FUNCTION(data_text) {
    (void)type, (void)arguments, (void)count;
    struct value *data = object_find_text(realm, self, TEXT("MessageData"));
    *out = data ? convert_text(realm, *data) : string_empty();
    return STATUS_OK;
}

MEMBER_FUNCTION(message_text) { return details_text(realm, type, self, arguments, count, out); }

#define X "~exception"
#define R "System.Management.Automation.ErrorRecord"
#define A "System.Management.Automation.ErrorCategoryInfo"
#define D "System.Management.Automation.ErrorDetails"
static const struct member_row rows[] = {
    {X, "ToString", ROW_METHOD, 0, 0, to_string, NULL, "string ToString()"},
    {X, "GetBaseException", ROW_METHOD, 0, 0, base_exception, NULL, "System.Exception GetBaseException()"},
    {X, "new", ROW_CONSTRUCTOR, 0, 3, construct, NULL, NULL},
    {R, "ToString", ROW_METHOD, 0, 0, record_text, NULL, "string ToString()"},
    {R, "new", ROW_CONSTRUCTOR, 2, 2, new_record, NULL, NULL},
    {R, "new", ROW_CONSTRUCTOR, 4, 4, new_record, NULL, NULL},
    {A, "ToString", ROW_METHOD, 0, 0, category_text, NULL, "string ToString()"},
    {A, "GetMessage", ROW_METHOD, 0, 1, category_message, NULL, "string GetMessage()"},
    {D, "ToString", ROW_METHOD, 0, 0, details_text, NULL, "string ToString()"},
    {D, "new", ROW_CONSTRUCTOR, 1, 1, new_details, NULL, NULL},
    {"System.Management.Automation.HostInformationMessage", "ToString", ROW_METHOD, 0, 0, message_text, NULL, "string ToString()"},
    {"System.Management.Automation.InformationRecord", "ToString", ROW_METHOD, 0, 0, data_text, NULL, "string ToString()"},
    {"System.Management.Automation.InformationalRecord", "ToString", ROW_METHOD, 0, 0, message_text, NULL, "string ToString()"},
};
const struct member_table exception_member_table = {rows, MEMBER_COUNT(rows)};
