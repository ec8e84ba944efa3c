/* Members, elements and method calls. */
#include "engine_private.h"

#include "m365sh/value/shape.h"

static enum status no_member(struct engine *engine, struct text name) {
    return realm_raise(engine->realm, "System.Management.Automation.PropertyNotFoundException", "PropertyNotFoundStrict", ERROR_NOT_SPECIFIED,
                       "There is no property '%.*s' here. Strict mode makes this an error.", TEXT_ARGUMENT(name));
}

static bool is_note(const struct shape *shape, int32_t slot) {
    uint8_t kind = shape->entries[slot].kind;
    return kind == MEMBER_NOTE || kind == MEMBER_PROPERTY || kind == MEMBER_HIDDEN;
}

/* Objects of one shape find their slot at once. */
static struct value *cached_slot(struct value v, name_id name, struct inline_cache *cache) {
    if (v.kind != VALUE_OBJECT) return NULL;
    struct object *object = object_block(v);
    if (cache->key == object->shape) return &object->slots[cache->slot];
    int32_t slot = shape_find(object->shape, name);
    if (slot < 0 || !is_note(object->shape, slot)) return NULL;
    cache->key = object->shape;
    cache->slot = (uint32_t)slot;
    return &object->slots[slot];
}

static enum status get_member(struct engine *engine, struct frame *frame, struct value v, name_id name, struct value *out) {
    bool found = false;
    if (v.kind == VALUE_SCRIPT_BLOCK && block_property(engine, v, name, out)) return STATUS_OK;
    if (v.kind == VALUE_NATIVE && (cmdlet_property(engine, v, name, out) || intrinsics_property(engine, v, name, out))) return STATUS_OK;
    *out = value_null();
    /* Count and Length that every value has are not there in strict mode. */
    if (engine->strict_used && (v.kind < VALUE_STRING || v.kind == VALUE_STRING) && scope_strict(engine, frame->scope) >= 2) {
        struct text text = intern_text(engine->realm->names, name);
        if (text_equal_fold(text, TEXT("Count")) || (text_equal_fold(text, TEXT("Length")) && v.kind != VALUE_STRING)) return no_member(engine, text);
    }
    enum status status = member_get(engine->realm, v, name, &found, out);
    if (status != STATUS_OK || found) return status;
    *out = value_null();
    if (scope_strict(engine, frame->scope) >= 2) return no_member(engine, intern_text(engine->realm->names, name));
    return STATUS_OK;
}

/* In a table with case the name counts as it is spelled in the script. */
static struct value *spelled_key(struct frame *frame, struct value object, uint16_t spelling) {
    struct value base = value_base(object);
    if (!value_is_table(base) || table_block(base)->keys_fold) return NULL;
    return table_find_text(base, string_text(frame->chunk->constants[spelling - 1]));
}

static enum status run_member_get(struct engine *engine, struct frame *frame, const struct instruction *i, name_id name) {
    struct value *v = operand(engine, frame, i->b), out;
    if (!v) return STATUS_ERROR;
    struct value *slot = i->op == OP_MEMBER_GET ? cached_slot(*v, name, &frame->chunk->caches[i->e]) : NULL;
    enum status status = STATUS_OK;
    struct value object = *v;
    object.spare = 0;
    struct value *key = slot || i->op != OP_MEMBER_GET || !i->c ? NULL : spelled_key(frame, object, i->c);
    if (slot) out = value_keep(*slot);
    else if (key) out = value_keep(*key);
    else if ((status = get_member(engine, frame, object, name, &out)) != STATUS_OK) return status;
    operand_done(frame, i->b);
    return operand_store(engine, frame, i->a, out);
}

static name_id name_of(struct engine *engine, struct value v) {
    struct value text = convert_text(engine->realm, v);
    name_id name = intern_name(engine->realm->names, string_text(text));
    value_release(text);
    return name;
}

/* $o.$name and $o.(expression); a script block as the name gets $o. */
static enum status run_member_by(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *by = operand(engine, frame, i->c);
    if (!by) return STATUS_ERROR;
    struct value *v = operand(engine, frame, i->b);
    if (!v) return STATUS_ERROR;
    bool table = value_is_table(value_base(*v));
    if (table && i->op == OP_MEMBER_GET_BY && table_find(value_base(*v), *by)) { /* $h.5: the key is a number */
        struct value item = value_keep(*table_find(value_base(*v), *by));
        operand_done(frame, i->c);
        operand_done(frame, i->b);
        return operand_store(engine, frame, i->a, item);
    }
    if (table && i->op == OP_MEMBER_SET_BY && by->kind == VALUE_STRING) { /* in the spelling that stands there */
        enum status set = ops_index_set(engine->realm, *v, *by, frame->registers[i->a]);
        operand_done(frame, i->c);
        operand_done(frame, i->a);
        operand_done(frame, i->b);
        return set;
    }
    name_id name = name_of(engine, *by);
    operand_done(frame, i->c);
    if (i->op == OP_MEMBER_GET_BY) return run_member_get(engine, frame, i, name);
    enum status status = member_set(engine->realm, *v, name, frame->registers[i->a]);
    operand_done(frame, i->a);
    operand_done(frame, i->b);
    return status;
}

static enum status run_member_set(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b);
    if (!v) return STATUS_ERROR;
    struct value item = frame->registers[i->a];
    if (item.kind == VALUE_VOID) item = value_null();
    if (value_is_nothing(*v))
        return realm_raise(engine->realm, "RuntimeException", "PropertyNotFound", ERROR_INVALID_OPERATION,
                           "A property of null cannot be set: '%.*s'.", TEXT_ARGUMENT(intern_text(engine->realm->names, (name_id)i->d)));
    struct value object = *v;
    object.spare = 0;
    enum status status = member_set(engine->realm, object, (name_id)i->d, item);
    operand_done(frame, i->a);
    operand_done(frame, i->b);
    return status;
}

static enum status not_a_type(struct engine *engine) {
    return realm_raise(engine->realm, "RuntimeException", "MethodNotFound", ERROR_INVALID_OPERATION, "'::' needs a [type] before it.");
}

static const struct type *type_operand(struct engine *engine, struct frame *frame, uint16_t reg) {
    struct value *v = operand(engine, frame, reg);
    if (!v) return NULL;
    struct value base = value_base(*v);
    if (base.kind == VALUE_TYPE) return base.type;
    const struct type *type = base.kind == VALUE_STRING ? type_resolve(engine, string_text(base)) : type_of(engine->realm, base);
    if (!type) not_a_type(engine);
    return type;
}

static enum status run_static(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct realm *realm = engine->realm;
    name_id name = (name_id)i->d;
    if (i->op == OP_STATIC_GET_BY) {
        struct value *by = operand(engine, frame, i->c);
        if (!by) return STATUS_ERROR;
        name = name_of(engine, *by);
        operand_done(frame, i->c);
    }
    const struct type *type = type_operand(engine, frame, i->b);
    if (!type) return STATUS_ERROR;
    bool found = false;
    if (i->op == OP_STATIC_SET) {
        enum status status = member_static_set(realm, type, name, frame->registers[i->a], &found);
        operand_done(frame, i->a);
        if (status == STATUS_OK && !found)
            return realm_raise(realm, "RuntimeException", "PropertyNotFound", ERROR_INVALID_OPERATION, "[%.*s] has no static property '%.*s' that can be set.",
                               TEXT_ARGUMENT(type_display_name(type)), TEXT_ARGUMENT(intern_text(realm->names, name)));
        return status;
    }
    struct value out = value_null();
    enum status status = member_static_get(realm, type, name, &found, &out);
    if (status != STATUS_OK) return status;
    operand_done(frame, i->b);
    if (!found && scope_strict(engine, frame->scope) >= 2) return no_member(engine, intern_text(realm->names, name));
    return operand_store(engine, frame, i->a, found ? out : value_null());
}

static void release_arguments(struct frame *frame, uint16_t first, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) operand_done(frame, (uint16_t)(first + k));
}

static enum status call_on_null(struct engine *engine) {
    return realm_raise(engine->realm, "RuntimeException", "InvokeMethodOnNull", ERROR_INVALID_OPERATION, "A method of null cannot be called.");
}

static enum status run_call(struct engine *engine, struct frame *frame, const struct instruction *i) {
    bool is_by = i->op == OP_CALL_METHOD_BY || i->op == OP_CALL_STATIC_BY;
    bool is_static = i->op == OP_CALL_STATIC || i->op == OP_CALL_STATIC_BY;
    uint16_t first = (uint16_t)(i->c + is_by);
    name_id name = (name_id)i->d;
    struct value *arguments = &frame->registers[first], out = value_void();
    for (uint32_t k = 0; k < i->e; k++) {
        if (arguments[k].kind == VALUE_VOID) arguments[k] = value_null();
        arguments[k].spare = 0;
    }
    enum status status = STATUS_OK;
    if (is_by) {
        struct value block = value_base(frame->registers[i->c]);
        if (block.kind == VALUE_SCRIPT_BLOCK) return realm_raise(engine->realm, "RuntimeException", "MethodNotFound", ERROR_INVALID_OPERATION, "A script block is no method name.");
        name = name_of(engine, block);
        operand_done(frame, i->c);
    }
    struct value *v = operand(engine, frame, i->b);
    if (!v) return STATUS_ERROR;
    if (is_static) {
        const struct type *type = type_operand(engine, frame, i->b);
        if (!type) return STATUS_ERROR;
        if (!block_create_static(engine, type, name, arguments, i->e, &status, &out))
            status = member_static_call(engine->realm, type, name, arguments, i->e, &out);
    } else if (value_is_nothing(*v)) {
        return call_on_null(engine);
    } else if (!(v->kind == VALUE_SCRIPT_BLOCK && block_member(engine, *v, name, arguments, i->e, &status, &out)) &&
               !(v->kind == VALUE_NATIVE && cmdlet_method(engine, *v, name, arguments, i->e, &status, &out)) &&
               !(v->kind == VALUE_NATIVE && intrinsics_method(engine, *v, name, arguments, i->e, &status, &out)) &&
               !(v->kind == VALUE_OBJECT && module_method(engine, *v, name, arguments, i->e, &status, &out))) {
        status = member_call(engine->realm, *v, name, arguments, i->e, &out);
    }
    if (status != STATUS_OK) return status;
    release_arguments(frame, first, i->e);
    operand_done(frame, i->b);
    return operand_store(engine, frame, i->a, out);
}

static enum status index_null(struct engine *engine) {
    return realm_raise(engine->realm, "RuntimeException", "NullArray", ERROR_INVALID_OPERATION, "An element of null cannot be had.");
}

/* An element that is not there is an error in strict mode. */
static enum status check_range(struct engine *engine, struct frame *frame, struct value object, struct value index) {
    if (scope_strict(engine, frame->scope) < 3 || !value_is_integer(index)) return STATUS_OK;
    int64_t count;
    if (value_is_array_like(object)) count = array_count(object);
    else if (object.kind == VALUE_STRING) count = string_units(object);
    else return STATUS_OK;
    if (index.integer < count && index.integer >= -count) return STATUS_OK;
    return realm_raise(engine->realm, "System.IndexOutOfRangeException", "System.IndexOutOfRangeException", ERROR_OPERATION_STOPPED,
                       "There is no element %lld: there are %lld.", (long long)index.integer, (long long)count);
}

static enum status run_index(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b), out;
    if (!v) return STATUS_ERROR;
    enum status status;
    struct value object = *v;
    object.spare = 0;
    if (value_is_nothing(object)) return index_null(engine);
    if (i->op == OP_INDEX_MANY) {
        bool is_grid = object.kind == VALUE_ARRAY && array_block(object)->rank_lengths[0];
        if (is_grid) {
            status = ops_index_many(engine->realm, object, &frame->registers[i->c], (uint32_t)i->d, &out);
        } else {
            struct value indexes = array_of(engine->realm, &frame->registers[i->c], (uint32_t)i->d);
            status = ops_index(engine->realm, object, indexes, &out);
            value_release(indexes);
        }
        release_arguments(frame, i->c, (uint32_t)i->d);
    } else {
        struct value *index = operand(engine, frame, i->c);
        if (!index) return STATUS_ERROR;
        if (object.kind == VALUE_ARRAY && index->kind == VALUE_INT32 && !array_block(object)->rank_lengths[0] && index->integer >= 0 && index->integer < array_count(object)) {
            out = value_keep(array_at(object, (uint32_t)index->integer));
            status = STATUS_OK;
        } else {
            struct value by = *index;
            by.spare = 0;
            if (engine->strict_used && check_range(engine, frame, object, by) != STATUS_OK) return STATUS_ERROR;
            status = ops_index(engine->realm, object, by, &out);
        }
        operand_done(frame, i->c);
    }
    if (status != STATUS_OK) return status;
    operand_done(frame, i->b);
    return operand_store(engine, frame, i->a, out);
}

static enum status run_index_set(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b);
    if (!v) return STATUS_ERROR;
    struct value object = *v, item = frame->registers[i->a];
    object.spare = 0;
    if (item.kind == VALUE_VOID) item = value_null();
    if (value_is_nothing(object)) return index_null(engine);
    enum status status;
    if (i->op == OP_INDEX_SET_MANY) {
        struct value indexes = array_of(engine->realm, &frame->registers[i->c], (uint32_t)i->d);
        status = ops_index_set(engine->realm, object, indexes, item);
        value_release(indexes);
        release_arguments(frame, i->c, (uint32_t)i->d);
    } else {
        struct value *index = operand(engine, frame, i->c);
        if (!index) return STATUS_ERROR;
        struct value by = *index;
        by.spare = 0;
        status = ops_index_set(engine->realm, object, by, item);
        operand_done(frame, i->c);
    }
    operand_done(frame, i->a);
    operand_done(frame, i->b);
    return status;
}

enum status access_run(struct engine *engine, struct frame *frame, const struct instruction *i) {
    switch (i->op) {
    case OP_INDEX: case OP_INDEX_MANY: return run_index(engine, frame, i);
    case OP_INDEX_SET: case OP_INDEX_SET_MANY: return run_index_set(engine, frame, i);
    case OP_MEMBER_GET: return run_member_get(engine, frame, i, (name_id)i->d);
    case OP_MEMBER_SET: return run_member_set(engine, frame, i);
    case OP_MEMBER_GET_BY: case OP_MEMBER_SET_BY: return run_member_by(engine, frame, i);
    case OP_STATIC_GET: case OP_STATIC_SET: case OP_STATIC_GET_BY: return run_static(engine, frame, i);
    default: return run_call(engine, frame, i);
    }
}
