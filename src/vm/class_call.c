/* Methods and constructors of script classes: which overload, then running it. */
#include "class_private.h"

enum status class_no_overload(struct engine *engine, struct text name, uint32_t count) {
    return realm_raise(engine->realm, "System.Management.Automation.MethodException", "MethodCountCouldNotFindBest", ERROR_NOT_SPECIFIED,
                       "No form of '%.*s' takes %u arguments.", TEXT_ARGUMENT(name), count);
}

static const struct type *parameter_type(struct engine *engine, const struct chunk *body, uint32_t index) {
    bool is_switch;
    const struct parameter_site *site = &body->parameters[index];
    return attribute_type(engine, site->attributes, site->attribute_count, &is_switch);
}

/* What a number type can hold, for comparison: .NET widens numbers, and gives text the preference where it would narrow. */
static int reach(const struct type *type) {
    switch (type->value_kind) {
    case VALUE_SBYTE: case VALUE_BYTE: return 1;
    case VALUE_INT16: case VALUE_UINT16: return 2;
    case VALUE_INT32: case VALUE_UINT32: return 4;
    case VALUE_INT64: case VALUE_UINT64: return 8;
    case VALUE_SINGLE: return 15;
    case VALUE_DOUBLE: case VALUE_DECIMAL: return 16;
    default: return 32;
    }
}

/* How well an argument fits: less is better, -1 not at all. */
static int fit(struct engine *engine, const struct type *type, struct value v) {
    struct realm *realm = engine->realm;
    if (!type) return 3;
    if (value_is_nothing(v)) return type->element || !type->base ? 1 : type->flags & TYPE_VALUE ? 9 : 2; /* object has no base */
    const struct type *own = type_of(realm, v);
    if (own == type) return 0;
    if (own && type_is(own, type)) return 1;
    if (type->element && !type->element->base && !(type->element->flags & TYPE_INTERFACE)) return 3; /* object[] takes anything */
    if (value_is_number(value_base(v)) && type->value_kind == VALUE_STRING) return 6;
    if (value_base(v).kind == VALUE_STRING && (type->flags & TYPE_NUMERIC)) return 6;
    bool numbers = (type->flags & TYPE_NUMERIC) && own && (own->flags & TYPE_NUMERIC);
    struct value converted;
    if (!convert_try(realm, v, type, &converted)) return -1;
    value_release(converted);
    return numbers ? (reach(own) > reach(type) ? 8 : 5) : type->value_kind == VALUE_STRING ? 7 : 6;
}

static int score(struct engine *engine, const struct chunk *body, const struct value *arguments, uint32_t count) {
    int total = 0;
    for (uint32_t i = 0; i < count; i++) {
        int one = fit(engine, parameter_type(engine, body, i), arguments[i]);
        if (one < 0) return -1;
        total += one;
    }
    return total;
}

struct script_member *class_overload(struct script_class *class, name_id name, bool statics, bool constructors, const struct value *arguments,
                                     uint32_t count, struct script_class **owner, bool *any) {
    struct script_member *best = NULL, *fallback = NULL;
    int best_score = INT32_MAX;
    struct script_class *fallback_owner = class;
    for (; class; class = constructors ? NULL : class->base) {
        for (uint32_t i = 0; i < class->member_count; i++) {
            struct script_member *member = &class->members[i];
            if (!member->site->is_method || member->site->is_constructor != constructors) continue;
            if (!constructors && member->name != name) continue;
            if (((member->site->flags & MEMBER_FLAG_STATIC) != 0) != statics) continue;
            *any = true;
            if (member->body->parameter_count != count) continue;
            if (!fallback) fallback = member, fallback_owner = class;
            int points = score(class->engine, member->body, arguments, count);
            if (points < 0 || points >= best_score) continue;
            best = member;
            best_score = points;
            *owner = class;
        }
    }
    if (!best && fallback) *owner = fallback_owner;
    return best ? best : fallback;
}

static enum status refuse_argument(struct engine *engine, struct value v) {
    struct value cause = realm_take_raised(engine->realm);
    struct value inner = value_keep(error_record_get(cause, ERROR_EXCEPTION)), shown = convert_text(engine->realm, v);
    struct value sentence = string_format("'%.60s' cannot be an argument here: %.*s", string_chars(shown), TEXT_ARGUMENT(error_record_message(cause)));
    struct value exception = exception_new(engine->realm, "System.Management.Automation.MethodException", string_text(sentence), inner);
    struct value record = error_record_new(engine->realm, exception, TEXT("MethodArgumentConversionInvalidCastArgument"), ERROR_NOT_SPECIFIED, value_null());
    value_release(cause);
    value_release(inner);
    value_release(shown);
    value_release(sentence);
    value_release(exception);
    return realm_raise_record_take(engine->realm, record);
}

static enum status bind_arguments_of(struct engine *engine, struct frame *frame, const struct value *arguments, uint32_t count) {
    for (uint32_t i = 0; i < frame->chunk->parameter_count; i++) {
        if (i < count) frame_set_parameter(engine, frame, i, value_keep(arguments[i]));
        else frame_set_parameter(engine, frame, i, value_null());
        if (engine->realm->raised.kind != VALUE_UNSET) return refuse_argument(engine, i < count ? arguments[i] : value_null());
    }
    return STATUS_OK;
}

enum status class_run(struct script_class *class, struct chunk *body, struct value this_object, const struct value *arguments, uint32_t count,
                      struct value *out) {
    struct engine *engine = class->engine;
    struct scope *parent = class->module ? &class->module->scope : scope_script(engine, scope_current(engine));
    struct frame *frame = frame_push(engine, body);
    if (!frame) return STATUS_ERROR;
    frame_own_scope(engine, frame, parent);
    frame->propagates = true;
    if (frame->caller) frame->streams = frame->caller->streams;
    if (this_object.kind != VALUE_UNSET) frame->this_object = value_keep(this_object);
    enum status status = bind_arguments_of(engine, frame, arguments, count);
    if (status == STATUS_OK) status = frame_run(engine, frame, body->entries[ENTRY_PROLOGUE]);
    *out = frame->result.kind == VALUE_UNSET ? value_null() : value_keep(frame->result);
    if (out->kind == VALUE_VOID) *out = value_null();
    frame_pop(engine, frame);
    if (status == STATUS_RETURN) status = STATUS_OK;
    if (status != STATUS_OK) value_release(*out);
    return status;
}

enum status class_invoke(struct script_class *owner, struct script_member *member, struct value this_object, const struct value *arguments,
                         uint32_t count, struct value *out) {
    struct value raw;
    enum status status = class_run(owner, member->body, this_object, arguments, count, &raw);
    if (status != STATUS_OK) return status;
    if (member->is_void) {
        value_release(raw);
        *out = value_void();
        return STATUS_OK;
    }
    const struct type *type = class_member_type(owner, member);
    if (!type || (value_is_nothing(raw) && !(type->flags & TYPE_VALUE) && type->value_kind != VALUE_STRING)) {
        *out = raw;
        return STATUS_OK;
    }
    status = convert_to(owner->engine->realm, raw, type, out);
    value_release(raw);
    return status;
}

/* --- construction ---------------------------------------------------------------------------------------------------- */

/* What a property holds before anything is assigned: zero for value types. */
static struct value initial_value(struct script_class *class, const struct type *type) {
    struct value v = parameter_initial(class->engine, type, false);
    if (v.kind == VALUE_STRING) {
        value_release(v);
        return value_null();
    }
    if (v.kind != VALUE_NULL || !type || !(type->flags & TYPE_VALUE) || type->element) return v;
    if (type->flags & TYPE_ENUM) return value_enum(type->index, 0);
    if (type->value_kind == VALUE_DATETIME) return value_datetime(0, 0);
    if (type->value_kind == VALUE_TIMESPAN) return value_timespan(0);
    if (type->value_kind == VALUE_CHAR) return value_char(0);
    return v;
}

static void add_properties(struct script_class *class, struct value object) {
    struct realm *realm = class->engine->realm;
    for (uint32_t i = 0; i < class->member_count; i++) {
        struct script_member *member = &class->members[i];
        if (member->site->is_method || (member->site->flags & MEMBER_FLAG_STATIC) || object_find(object, member->name)) continue;
        struct value v = initial_value(class, class_member_type(class, member));
        object_add(realm, object, member->site->name, member->site->flags & MEMBER_FLAG_IS_HIDDEN ? MEMBER_HIDDEN : MEMBER_PROPERTY, v);
        value_release(v);
    }
    if (class->base) add_properties(class->base, object);
}

static enum status set_defaults(struct script_class *class, struct value object) {
    if (class->base) {
        enum status status = set_defaults(class->base, object);
        if (status != STATUS_OK) return status;
    }
    for (uint32_t i = 0; i < class->member_count; i++) {
        struct script_member *member = &class->members[i];
        if (member->site->is_method || (member->site->flags & MEMBER_FLAG_STATIC) || !member->body) continue;
        struct value v;
        enum status status = class_run(class, member->body, object, NULL, 0, &v);
        const struct type *type = class_member_type(class, member);
        if (status == STATUS_OK && type && !value_is_nothing(v)) {
            struct value converted;
            status = convert_to(class->engine->realm, v, type, &converted);
            if (status == STATUS_OK) value_set_take(&v, converted);
            else value_release(v);
        }
        if (status != STATUS_OK) return status;
        struct value *slot = object.kind == VALUE_OBJECT ? object_find(object, member->name) : NULL;
        if (slot) value_set_take(slot, v);
        else value_release(v);
    }
    return STATUS_OK;
}

static enum status new_instance(struct script_class *class, struct value *out) {
    struct realm *realm = class->engine->realm;
    const struct type *type = class->type;
    if (type->value_kind == VALUE_LIST) *out = list_new(realm, type, 0);
    else if (type->value_kind == VALUE_TABLE) *out = table_new(realm, TABLE_HASH, true, type);
    else {
        *out = object_new(realm, type, class->member_count);
        if (type->flags & TYPE_EXCEPTION) exception_adopt(realm, *out, text_of(type->full_name));
        add_properties(class, *out);
    }
    return set_defaults(class, *out);
}

static enum status construct_base(struct script_class *class, struct value object, const struct value *arguments, uint32_t count);

static enum status run_constructor(struct script_class *class, struct script_member *constructor, struct value object, const struct value *arguments,
                                   uint32_t count) {
    enum status status = STATUS_OK;
    struct value list = VALUE_UNSET_INIT, none;
    if (constructor->base_arguments) status = class_run(class, constructor->base_arguments, object, arguments, count, &list);
    if (status != STATUS_OK) return status;
    bool has = list.kind == VALUE_ARRAY;
    status = construct_base(class, object, has ? array_items(list) : NULL, has ? array_count(list) : 0);
    value_release(list);
    if (status != STATUS_OK) return status;
    status = class_run(class, constructor->body, object, arguments, count, &none);
    if (status == STATUS_OK) value_release(none);
    return status;
}

static bool has_constructor(const struct script_class *class) {
    for (uint32_t i = 0; i < class->member_count; i++) {
        if (class->members[i].site->is_constructor && !(class->members[i].site->flags & MEMBER_FLAG_STATIC)) return true;
    }
    return false;
}

static enum status construct_in(struct script_class *class, struct value object, const struct value *arguments, uint32_t count) {
    struct script_class *owner = class;
    bool any = false;
    struct script_member *constructor = class_overload(class, 0, false, true, arguments, count, &owner, &any);
    if (constructor) return run_constructor(class, constructor, object, arguments, count);
    if (any || (count && !(class->type->flags & TYPE_EXCEPTION))) return class_no_overload(class->engine, text_of(class->type->name), count);
    return construct_base(class, object, NULL, 0);
}

static void construct_exception(struct script_class *class, struct value object, const struct value *arguments, uint32_t count) {
    struct realm *realm = class->engine->realm;
    if (count > 0) {
        struct value message = convert_text(realm, arguments[0]);
        exception_set(realm, object, "Message", message);
        value_release(message);
    }
    if (count > 1) exception_set(realm, object, "InnerException", arguments[1]);
}

static enum status construct_base(struct script_class *class, struct value object, const struct value *arguments, uint32_t count) {
    if (class->base) return has_constructor(class->base) || count ? construct_in(class->base, object, arguments, count) : construct_base(class->base, object, NULL, 0);
    if (class->type->flags & TYPE_EXCEPTION) construct_exception(class, object, arguments, count);
    return STATUS_OK;
}

enum status class_construct(struct realm *realm, const struct type *type, const struct value *arguments, uint32_t count, struct value *out) {
    struct script_class *class = class_of_type(type), *owner;
    (void)realm;
    bool any = false;
    if (!class_overload(class, 0, false, true, arguments, count, &owner, &any) && (any || count))
        return class_no_overload(class->engine, text_of(type->name), count);
    enum status status = new_instance(class, out);
    if (status == STATUS_OK) status = construct_in(class, *out, arguments, count);
    if (status != STATUS_OK) value_release(*out);
    return status;
}
