#include "class_private.h"

struct script_class *class_of_type(const struct type *type) {
    for (; type; type = type->base) {
        if (type->class_of_script) return type->class_of_script;
    }
    return NULL;
}

static bool is_static(const struct script_member *member) { return member->site->flags & MEMBER_FLAG_STATIC; }

struct script_member *class_property(struct script_class *class, name_id name, bool statics) {
    for (; class; class = class->base) {
        for (uint32_t i = 0; i < class->member_count; i++) {
            struct script_member *member = &class->members[i];
            if (!member->site->is_method && member->name == name && is_static(member) == statics) return member;
        }
    }
    return NULL;
}

/* Types are looked up when first needed: classes of a file may name each other. */
const struct type *class_member_type(struct script_class *class, struct script_member *member) {
    if (member->type_known) return member->type;
    struct text name = member->site->type_name;
    member->type_known = true;
    if (!name.length || text_equal_fold(name, TEXT("object"))) return NULL;
    return member->type = type_resolve(class->engine, name);
}

static enum status raise_setting(struct script_class *class, name_id name, const char *why) {
    struct realm *realm = class->engine->realm;
    return realm_raise(realm, "System.Management.Automation.SetValueInvocationException", "ExceptionWhenSetting", ERROR_NOT_SPECIFIED,
                       "The property '%.*s' cannot take this value: %s", TEXT_ARGUMENT(intern_text(realm->names, name)), why);
}

/* Converted and validated for a property; owned. */
static enum status check_value(struct script_class *class, struct script_member *member, struct value v, struct value *out) {
    struct realm *realm = class->engine->realm;
    const struct type *type = class_member_type(class, member);
    *out = value_is_nothing(v) ? value_null() : value_keep(v);
    if (type) {
        struct value converted;
        value_release(*out);
        if (value_is_nothing(v) && !(type->flags & TYPE_VALUE) && type->value_kind != VALUE_STRING) converted = value_null();
        else if (convert_to(realm, v, type, &converted) != STATUS_OK) {
            struct value cause = realm_take_raised(realm);
            struct value why = string_new(error_record_message(cause));
            enum status status = raise_setting(class, member->name, string_chars(why));
            value_release(why);
            value_release(cause);
            return status;
        }
        *out = converted;
    }
    if (!member->validator_count || bind_validate(realm, member->validators, member->validator_count, *out)) return STATUS_OK;
    value_release(realm_take_raised(realm));
    value_release(*out);
    return raise_setting(class, member->name, "it is not among those allowed.");
}

static enum status get_hook(struct realm *realm, const struct type *type, struct value object, name_id name, bool *found, struct value *out) {
    (void)realm;
    *found = false;
    if (object.kind != VALUE_UNSET) return STATUS_OK;
    struct script_member *member = class_property(class_of_type(type), name, true);
    if (!member) return STATUS_OK;
    *found = true;
    *out = value_keep(member->value);
    return STATUS_OK;
}

static enum status set_hook(struct realm *realm, const struct type *type, struct value object, name_id name, struct value item, bool *found) {
    struct script_class *class = class_of_type(type);
    struct script_member *member = class_property(class, name, object.kind == VALUE_UNSET);
    *found = member != NULL;
    if (!member) return STATUS_OK;
    struct value checked;
    enum status status = check_value(class, member, item, &checked);
    if (status != STATUS_OK) return status;
    if (object.kind == VALUE_UNSET) {
        value_set_take(&member->value, checked);
        return STATUS_OK;
    }
    struct value *slot = object.kind == VALUE_OBJECT ? object_find(object, name) : NULL;
    if (slot) value_set_take(slot, checked);
    else {
        value_release(checked);
        *found = false;
    }
    (void)realm;
    return STATUS_OK;
}

static enum status call_hook(struct realm *realm, const struct type *type, struct value object, name_id name, const struct value *arguments,
                             uint32_t count, bool *found, struct value *out) {
    struct script_class *class = class_of_type(type), *owner;
    bool any = false;
    struct script_member *member = class_overload(class, name, object.kind == VALUE_UNSET, false, arguments, count, &owner, &any);
    *found = any;
    if (!any) return STATUS_OK;
    if (!member) return class_no_overload(class->engine, intern_text(realm->names, name), count);
    return class_invoke(owner, member, object, arguments, count, out);
}

static void add_type_name(struct bytes *out, struct text name) {
    if (name.length) bytes_add_text(out, name);
    else bytes_add_string(out, "System.Object");
}

static void add_definition(struct bytes *out, const struct script_member *member) {
    const struct member_site *site = member->site;
    bool constructor = site->is_constructor;
    if (is_static(member)) bytes_add_string(out, "static ");
    if (constructor) bytes_add_text(out, site->name);
    else if (site->is_method && !site->type_name.length) bytes_add_string(out, "void");
    else add_type_name(out, site->type_name);
    bytes_add_format(out, " %.*s", TEXT_ARGUMENT(constructor ? TEXT("new") : site->name));
    if (!site->is_method && !constructor) {
        bytes_add_string(out, " {get;set;}");
        return;
    }
    bytes_add_byte(out, '(');
    for (uint32_t i = 0; member->body && i < member->body->parameter_count; i++) {
        const struct parameter_site *parameter = &member->body->parameters[i];
        if (i) bytes_add_string(out, ", ");
        add_type_name(out, parameter->attribute_count ? parameter->attributes[parameter->attribute_count - 1].type_name : TEXT_NONE);
        bytes_add_format(out, " %.*s", TEXT_ARGUMENT(parameter->spelling));
    }
    bytes_add_byte(out, ')');
}

/* Constructors stand among the statics, as "new". */
static bool is_walked(const struct script_member *member, bool statics, bool hidden) {
    const struct member_site *site = member->site;
    bool found_static = site->is_constructor ? !is_static(member) : is_static(member);
    return found_static == statics && !(site->flags & MEMBER_FLAG_IS_HIDDEN) == !hidden && !(site->is_constructor && is_static(member));
}

static void walk_members(const struct type *type, bool statics, bool hidden, bool (*visit)(void *context, const struct member_info *info), void *context) {
    struct script_class *own = class_of_type(type);
    for (struct script_class *class = own; class; class = class->base) {
        for (uint32_t i = 0; i < class->member_count; i++) {
            const struct script_member *member = &class->members[i];
            bool constructor = member->site->is_constructor, method = member->site->is_method || constructor;
            if (!is_walked(member, statics, hidden) || (constructor && class != own)) continue;
            struct bytes definition = {0};
            add_definition(&definition, member);
            struct member_info info = {.name = constructor ? TEXT("new") : member->site->name, .kind = method ? "Method" : "Property",
                                       .definition = definition.data, .is_property = !method, .is_static = statics};
            bool more = visit(context, &info);
            bytes_free(&definition);
            if (!more) return;
        }
    }
}

static void walk_hook(struct realm *realm, const struct type *type, bool statics, bool (*visit)(void *context, const struct member_info *info), void *context) {
    (void)realm;
    walk_members(type, statics, false, visit, context);
}

static void walk_hidden_hook(struct realm *realm, const struct type *type, bool (*visit)(void *context, const struct member_info *info), void *context) {
    (void)realm;
    walk_members(type, false, true, visit, context);
}

static const struct class_hooks hooks = {get_hook, set_hook, call_hook, class_construct, walk_hook, walk_hidden_hook};

void class_start(struct engine *engine) { member_set_class_hooks(engine->realm, &hooks); }

void class_stop(struct engine *engine) {
    for (uint32_t i = 0; i < engine->class_count; i++) {
        struct script_class *class = engine->class_list[i];
        for (uint32_t k = 0; k < class->member_count; k++) {
            struct script_member *member = &class->members[k];
            value_release(member->value);
            for (uint32_t j = 0; j < member->validator_count; j++) {
                value_release(member->validators[j].argument);
                value_release(member->validators[j].message);
            }
            alloc_free(member->validators);
        }
        alloc_free(class->members);
        chunk_release(class->chunk);
        module_release(class->module);
        class->type->class_of_script = NULL;
        alloc_free(class);
    }
    alloc_free(engine->class_list);
}

static struct script_class *new_class(struct engine *engine, struct frame *frame, const struct class_site *site, struct type *type) {
    struct script_class *class = ALLOC_NEW(struct script_class);
    class->engine = engine;
    class->chunk = chunk_keep(frame->chunk);
    class->site = site;
    class->type = type;
    class->base = type->base ? class_of_type(type->base) : NULL;
    class->module = module_keep(frame->scope->module);
    class->member_count = site->member_count;
    class->members = ALLOC_ARRAY(struct script_member, site->member_count + 1);
    for (uint32_t i = 0; i < site->member_count; i++) {
        struct script_member *member = &class->members[i];
        const struct member_site *from = &site->members[i];
        member->site = from;
        member->name = intern_name(engine->realm->names, from->name);
        member->body = from->chunk >= 0 ? frame->chunk->nested[from->chunk] : NULL;
        member->base_arguments = from->base_chunk >= 0 ? frame->chunk->nested[from->base_chunk] : NULL;
        member->is_void = from->is_method && (!from->type_name.length || text_equal_fold(from->type_name, TEXT("void")));
        attribute_validators(engine, frame->chunk, from->attributes, from->attribute_count, &member->validators, &member->validator_count);
    }
    type->class_of_script = class;
    engine->class_list = alloc_resize(engine->class_list, engine->class_count + 1, sizeof *engine->class_list);
    engine->class_list[engine->class_count++] = class;
    return class;
}

static enum status set_statics(struct script_class *class) {
    for (uint32_t i = 0; i < class->member_count; i++) {
        struct script_member *member = &class->members[i];
        if (member->site->is_method || !is_static(member)) continue;
        const struct type *type = class_member_type(class, member);
        struct value v = parameter_initial(class->engine, type, false);
        if (v.kind == VALUE_STRING) value_release(v), v = value_null();
        if (member->body) {
            value_release(v);
            enum status status = class_run(class, member->body, VALUE_UNSET_INIT, NULL, 0, &v);
            if (status != STATUS_OK) return status;
            struct value raw = v;
            status = check_value(class, member, raw, &v);
            value_release(raw);
            if (status != STATUS_OK) return status;
        }
        value_set_take(&member->value, v);
    }
    for (uint32_t i = 0; i < class->member_count; i++) {
        struct script_member *member = &class->members[i];
        if (!member->site->is_constructor || !is_static(member)) continue;
        struct value none;
        enum status status = class_run(class, member->body, VALUE_UNSET_INIT, NULL, 0, &none);
        if (status != STATUS_OK) return status;
        value_release(none);
    }
    return STATUS_OK;
}

static const struct type *base_type(struct engine *engine, const struct class_site *site, enum status *status) {
    const struct type *base = NULL;
    *status = STATUS_OK;
    for (uint32_t i = 0; i < site->base_count; i++) {
        const struct type *type = type_resolve(engine, site->bases[i]);
        if (!type) {
            *status = realm_raise(engine->realm, "System.Management.Automation.ParseException", "TypeNotFound", ERROR_PARSER_ERROR, "The type [%.*s] is not known here.", TEXT_ARGUMENT(site->bases[i]));
            return NULL;
        }
        if (!(type->flags & TYPE_INTERFACE) && !base) base = type;
    }
    return base;
}

static const struct type **interfaces_of(struct engine *engine, const struct class_site *site) {
    const struct type **list = ALLOC_ARRAY(const struct type *, site->base_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < site->base_count; i++) {
        const struct type *type = type_resolve(engine, site->bases[i]);
        if (type && (type->flags & TYPE_INTERFACE)) list[count++] = type;
    }
    if (count) return list;
    alloc_free(list);
    return NULL;
}

static enum status define_enum(struct engine *engine, struct frame *frame, const struct class_site *site) {
    struct realm *realm = engine->realm;
    struct type *type = type_define(realm, site->name, TYPE_ENUM | TYPE_VALUE | (site->is_flags ? TYPE_FLAGS_ENUM : 0), NULL);
    struct enum_member *members = ALLOC_ARRAY(struct enum_member, site->member_count + 1);
    int64_t next = 0;
    enum status status = STATUS_OK;
    struct script_class scratch = {.engine = engine, .chunk = frame->chunk};
    for (uint32_t i = 0; i < site->member_count && status == STATUS_OK; i++) {
        const struct member_site *member = &site->members[i];
        if (member->chunk >= 0) {
            struct value v;
            status = class_run(&scratch, frame->chunk->nested[member->chunk], VALUE_UNSET_INIT, NULL, 0, &v);
            if (status == STATUS_OK) status = convert_to_int64(realm, v, &next);
            if (status == STATUS_OK) value_release(v);
        }
        members[i] = (struct enum_member){member->name.start, next++};
    }
    const struct type *underlying = site->underlying.length ? type_resolve(engine, site->underlying) : NULL;
    if (status == STATUS_OK) type_define_enum(realm, type, underlying ? underlying : type_of_kind(realm, VALUE_INT32), members, site->member_count);
    alloc_free(members);
    return status;
}

enum status class_define(struct engine *engine, struct frame *frame, const struct class_site *site) {
    engine->epoch++;
    if (site->is_enum) return define_enum(engine, frame, site);
    enum status status;
    const struct type *base = base_type(engine, site, &status);
    if (status != STATUS_OK) return status;
    struct type *type = type_define(engine->realm, site->name, TYPE_CLASS_OF_SCRIPT, base);
    if (base && base->value_kind != VALUE_UNSET && base->value_kind != VALUE_OBJECT && base != type_of_kind(engine->realm, VALUE_OBJECT)) type->value_kind = base->value_kind;
    if (base && base->element) type->element = base->element, type->element2 = base->element2; /* a List[int] stays one */
    const struct type **interfaces = interfaces_of(engine, site);
    if (interfaces) type->interfaces = interfaces;
    struct script_class *class = new_class(engine, frame, site, type);
    return set_statics(class);
}

/* ([Type]object).Method(…): c holds the type, c+1 the object, then the arguments. A script's base class is asked for its own
 * method; any other cast is a cast. */
enum status class_call_base(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct realm *realm = engine->realm;
    const struct type *type = frame->registers[i->c].type;
    struct value self = frame->registers[i->c + 1], out = value_void();
    const struct value *arguments = &frame->registers[i->c + 2];
    const struct type *own = type_of(realm, self);
    struct script_class *class = own && type_is(own, type) ? class_of_type(type) : NULL, *owner;
    bool any = false;
    struct script_member *member = class ? class_overload(class, (name_id)i->d, false, false, arguments, i->e, &owner, &any) : NULL;
    enum status status;
    if (member) {
        status = class_invoke(owner, member, self, arguments, i->e, &out);
    } else {
        struct value converted;
        status = convert_to(realm, self, type, &converted);
        if (status != STATUS_OK) return status;
        status = value_is_nothing(converted) ? realm_raise(realm, "RuntimeException", "InvokeMethodOnNull", ERROR_INVALID_OPERATION, "A method of null cannot be called.")
                                             : member_call(realm, converted, (name_id)i->d, arguments, i->e, &out);
        value_release(converted);
    }
    if (status != STATUS_OK) return status;
    for (uint32_t k = 0; k < i->e + 2; k++) operand_done(frame, (uint16_t)(i->c + k));
    return operand_store(engine, frame, i->a, out);
}
