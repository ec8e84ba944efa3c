#include "m365sh/value/error_record.h"

#include "m365sh/value/object.h"
#include "m365sh/value/realm.h"
#include "m365sh/value/string.h"
#include "value_private.h"

static const char *const category_names[] = {
    "NotSpecified", "OpenError", "CloseError", "DeviceError", "DeadlockDetected", "InvalidArgument", "InvalidData",
    "InvalidOperation", "InvalidResult", "InvalidType", "MetadataError", "NotImplemented", "NotInstalled",
    "ObjectNotFound", "OperationStopped", "OperationTimeout", "SyntaxError", "ParserError", "PermissionDenied",
    "ResourceBusy", "ResourceExists", "ResourceUnavailable", "ReadError", "WriteError", "FromStdErr", "SecurityError",
    "ProtocolError", "ConnectionError", "AuthenticationError", "LimitsExceeded", "QuotaExceeded", "NotEnabled"};

const char *error_category_name(enum error_category category) {
    size_t count = sizeof category_names / sizeof *category_names;
    return (size_t)category < count ? category_names[category] : "NotSpecified";
}

/* The three kinds of record that are made here; realm->record_shapes has their shapes. */
enum record_kind { RECORD_EXCEPTION, RECORD_ERROR, RECORD_CATEGORY };
struct record_row { const char *name; enum member_kind kind; };
static const struct record_row exception_rows[] = {
    {"TargetSite", MEMBER_PROPERTY}, {"Message", MEMBER_PROPERTY}, {"Data", MEMBER_PROPERTY},
    {"InnerException", MEMBER_PROPERTY}, {"HelpLink", MEMBER_PROPERTY}, {"Source", MEMBER_PROPERTY},
    {"HResult", MEMBER_PROPERTY}, {"StackTrace", MEMBER_PROPERTY}, {NULL, 0}};
static const struct record_row error_rows[] = {
    {"Exception", MEMBER_PROPERTY}, {"TargetObject", MEMBER_PROPERTY}, {"FullyQualifiedErrorId", MEMBER_PROPERTY},
    {"CategoryInfo", MEMBER_PROPERTY}, {"ErrorDetails", MEMBER_PROPERTY}, {"InvocationInfo", MEMBER_PROPERTY},
    {"ScriptStackTrace", MEMBER_PROPERTY}, {"PipelineIterationInfo", MEMBER_PROPERTY},
    {"PositionText", MEMBER_HIDDEN}, {NULL, 0}};
static const struct record_row category_rows[] = {
    {"Category", MEMBER_PROPERTY}, {"Activity", MEMBER_PROPERTY}, {"Reason", MEMBER_PROPERTY},
    {"TargetName", MEMBER_PROPERTY}, {"TargetType", MEMBER_PROPERTY}, {NULL, 0}};
enum exception_slot { EXCEPTION_MESSAGE = 1, EXCEPTION_DATA = 2, EXCEPTION_INNER = 3, EXCEPTION_HRESULT = 6 };
enum category_slot { CATEGORY_CATEGORY, CATEGORY_ACTIVITY, CATEGORY_REASON, CATEGORY_TARGET_NAME, CATEGORY_TARGET_TYPE };

static const struct record_row *rows_of(enum record_kind kind) {
    return kind == RECORD_EXCEPTION ? exception_rows : kind == RECORD_ERROR ? error_rows : category_rows;
}

static const struct type *find_type(struct realm *realm, const char *name) {
    return realm->lookup && realm->lookup->find ? realm->lookup->find(realm, name) : NULL;
}

static struct value record_new(struct realm *realm, enum record_kind kind, const char *type_name) {
    const struct shape *shape = realm->record_shapes[kind];
    if (!shape) {
        shape = shape_empty(realm->shapes);
        for (const struct record_row *row = rows_of(kind); row->name; row++)
            shape = shape_with(realm->shapes, shape, text_of(row->name), row->kind);
        realm->record_shapes[kind] = shape;
    }
    return object_with_shape(realm, find_type(realm, type_name), shape);
}

static void set_slot(struct value record, uint32_t slot, struct value owned) {
    value_set_take(&object_block(record)->slots[slot], owned);
}

static struct value get_slot(struct value record, uint32_t slot) { return object_block(record)->slots[slot]; }

struct value exception_new(struct realm *realm, const char *name, struct text message, struct value inner) {
    struct value full = strchr(name, '.') ? string_of(name) : string_format("System.Management.Automation.%s", name);
    struct value exception = record_new(realm, RECORD_EXCEPTION, string_chars(full));
    object_block(exception)->container.head.flags |= FLAG_EXCEPTION;
    object_block(exception)->hidden = full;
    set_slot(exception, EXCEPTION_MESSAGE, string_new(message));
    set_slot(exception, EXCEPTION_DATA, table_new(realm, TABLE_HASH, false, NULL));
    set_slot(exception, EXCEPTION_HRESULT, value_int32(-2146233088)); /* COR_E_EXCEPTION */
    if (inner.kind != VALUE_UNSET) set_slot(exception, EXCEPTION_INNER, value_keep(inner));
    return exception;
}

void exception_set(struct realm *realm, struct value exception, const char *property, struct value part) {
    struct value *place = object_find_text(realm, exception, text_of(property));
    if (place) value_set(place, part);
    else object_add(realm, exception, text_of(property), MEMBER_PROPERTY, part);
}

void exception_adopt(struct realm *realm, struct value object, struct text type_name) {
    for (const struct record_row *row = exception_rows; row->name; row++)
        if (!object_find_text(realm, object, text_of(row->name)))
            object_add(realm, object, text_of(row->name), row->kind, value_null());
    struct value *message = object_find_text(realm, object, TEXT("Message"));
    if (message->kind == VALUE_NULL) value_set_take(message, string_empty());
    object_block(object)->container.head.flags |= FLAG_EXCEPTION;
    value_set_take(&object_block(object)->hidden, string_new(type_name));
}

bool value_is_exception(struct value v) {
    return v.kind == VALUE_OBJECT && (v.counted->flags & FLAG_EXCEPTION);
}

bool value_is_error_record(struct value v) {
    return v.kind == VALUE_OBJECT && (v.counted->flags & FLAG_ERROR_RECORD);
}

/* By name, not by slot: a script's class derived from Exception has slots of its own first. */
static struct value find_by_spelling(struct value object, const char *name) {
    const struct shape *shape = object_block(object)->shape;
    for (uint32_t i = 0; i < shape->count; i++)
        if (!strcmp(shape->entries[i].spelling, name)) return object_block(object)->slots[i];
    return value_null();
}

struct value exception_message(struct value exception) { return find_by_spelling(exception, "Message"); }

struct text exception_type_name(struct value exception) {
    struct value name = object_block(exception)->hidden;
    return name.kind == VALUE_STRING ? string_text(name) : TEXT("System.Exception");
}

static struct value short_name(struct text full_name) {
    size_t dot = text_find_last(full_name, TEXT("."));
    return string_new(dot == TEXT_NOT_FOUND ? full_name : text_slice(full_name, dot + 1, full_name.length));
}

static void name_target(struct realm *realm, struct value info, struct value target) {
    const struct type_lookup *lookup = realm->lookup;
    bool has_target = !value_is_nothing(target);
    struct bytes type_name = {0};
    if (has_target && lookup && lookup->name_of) lookup->name_of(realm, target, &type_name);
    set_slot(info, CATEGORY_TARGET_TYPE, string_from_bytes(&type_name));
    bytes_free(&type_name);
    struct value name = VALUE_UNSET_INIT;
    if (has_target && target.kind == VALUE_STRING) name = value_keep(target);
    else if (has_target && lookup && lookup->text_of) name = lookup->text_of(realm, target);
    set_slot(info, CATEGORY_TARGET_NAME, name.kind == VALUE_STRING ? name : string_empty());
}

static struct value category_new(struct realm *realm, struct value exception, enum error_category category,
                                 struct value target) {
    struct value info = record_new(realm, RECORD_CATEGORY, "System.Management.Automation.ErrorCategoryInfo");
    const struct type *enum_type = find_type(realm, "System.Management.Automation.ErrorCategory");
    const struct type_lookup *lookup = realm->lookup;
    set_slot(info, CATEGORY_CATEGORY, enum_type && lookup->index_of ? value_enum(lookup->index_of(enum_type), category)
                                                                    : value_int32((int32_t)category));
    set_slot(info, CATEGORY_ACTIVITY, string_empty());
    set_slot(info, CATEGORY_REASON, short_name(exception_type_name(exception)));
    name_target(realm, info, target);
    return info;
}

struct value error_record_new(struct realm *realm, struct value exception, struct text id, enum error_category category,
                              struct value target) {
    struct value record = record_new(realm, RECORD_ERROR, "System.Management.Automation.ErrorRecord");
    object_block(record)->container.head.flags |= FLAG_ERROR_RECORD;
    set_slot(record, ERROR_EXCEPTION, value_keep(exception));
    set_slot(record, ERROR_TARGET, value_is_nothing(target) ? value_null() : value_keep(target));
    set_slot(record, ERROR_ID, string_new(id));
    set_slot(record, ERROR_CATEGORY_INFO, category_new(realm, exception, category, target));
    return record;
}

struct value error_record_get(struct value record, enum error_slot slot) { return get_slot(record, slot); }

void error_record_set_target(struct realm *realm, struct value record, struct value target) {
    set_slot(record, ERROR_TARGET, value_is_nothing(target) ? value_null() : value_keep(target));
    struct value info = get_slot(record, ERROR_CATEGORY_INFO);
    if (info.kind == VALUE_OBJECT) name_target(realm, info, target);
}

void error_record_set(struct value record, enum error_slot slot, struct value part) {
    set_slot(record, slot, value_keep(part));
}

struct text error_record_message(struct value record) {
    struct value details = get_slot(record, ERROR_DETAILS);
    struct value message = details;
    if (details.kind == VALUE_OBJECT) message = find_by_spelling(details, "Message");
    if (message.kind != VALUE_STRING || !string_block(message)->length) {
        struct value exception = get_slot(record, ERROR_EXCEPTION);
        message = exception.kind == VALUE_OBJECT ? exception_message(exception) : value_null();
    }
    return message.kind == VALUE_STRING ? string_text(message) : TEXT_NONE;
}

enum error_category error_record_category(struct value record) {
    struct value info = get_slot(record, ERROR_CATEGORY_INFO);
    return info.kind == VALUE_OBJECT ? (enum error_category)get_slot(info, CATEGORY_CATEGORY).integer
                                     : ERROR_NOT_SPECIFIED;
}

void error_record_set_activity(struct realm *realm, struct value record, struct text activity) {
    (void)realm;
    set_slot(get_slot(record, ERROR_CATEGORY_INFO), CATEGORY_ACTIVITY, string_new(activity));
}
