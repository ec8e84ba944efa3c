/* Types named in programs: found once, then cached; casts and -is. */
#include "engine_private.h"

const struct type *type_resolve(struct engine *engine, struct text name) {
    name_id id = intern_find(engine->realm->names, name);
    const struct type *type = id ? name_table_get(&engine->classes, id) : NULL;
    if (type) return type;
    if ((type = type_find(engine->realm, name))) return type;
    for (uint32_t i = 0; i < engine->namespace_count && !type; i++) {
        struct bytes full = {0};
        bytes_add_format(&full, "%.*s.%.*s", TEXT_ARGUMENT(engine->namespaces[i]), TEXT_ARGUMENT(name));
        type = type_find(engine->realm, bytes_text(&full));
        bytes_free(&full);
    }
    if (!type && !text_ends_fold(name, TEXT("Attribute"))) {
        struct bytes full = {0};
        bytes_add_format(&full, "%.*sAttribute", TEXT_ARGUMENT(name));
        type = type_find(engine->realm, bytes_text(&full));
        bytes_free(&full);
    }
    return type;
}

enum status type_resolve_cached(struct engine *engine, struct frame *frame, const struct instruction *i, const struct type **out) {
    struct inline_cache *cache = &frame->chunk->caches[i->e];
    if (!cache->key || cache->epoch != engine->epoch) {
        struct text name = frame->chunk->types[i->d];
        cache->key = type_resolve(engine, name);
        cache->epoch = engine->epoch;
        if (!cache->key) {
            struct value target = string_new(name);
            enum status status = realm_raise_target(engine->realm, "RuntimeException", "TypeNotFound", ERROR_INVALID_OPERATION, target,
                                                    "The type [%.*s] is not known here.", TEXT_ARGUMENT(name));
            value_release(target);
            return status;
        }
    }
    *out = cache->key;
    return STATUS_OK;
}

static enum status run_is(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b), *wanted = v ? operand(engine, frame, i->c) : NULL;
    if (!wanted) return STATUS_ERROR;
    struct value base = value_base(*wanted);
    const struct type *type = base.kind == VALUE_TYPE ? base.type : NULL;
    if (!type) {
        struct value name = convert_text(engine->realm, base);
        type = type_resolve(engine, string_text(name));
        value_release(name);
        if (!type)
            return realm_raise(engine->realm, "RuntimeException", "IsOperatorRequiresType", ERROR_INVALID_OPERATION, "What stands behind -is must be a type.");
    }
    struct value subject = *v;
    subject.spare = 0;
    bool matches = type_matches(engine->realm, subject, type) != (bool)i->d;
    operand_done(frame, i->b);
    operand_done(frame, i->c);
    return operand_store(engine, frame, i->a, value_bool(matches));
}

enum status convert_run(struct engine *engine, struct frame *frame, const struct instruction *i) {
    if (i->op == OP_IS_TYPE) return run_is(engine, frame, i);
    const struct type *type;
    enum status status = type_resolve_cached(engine, frame, i, &type);
    if (status != STATUS_OK) return status;
    if (i->op == OP_LOAD_TYPE) return operand_store(engine, frame, i->a, value_type(type));
    struct value *v = operand(engine, frame, i->b), out;
    if (!v) return STATUS_ERROR;
    struct value from = *v;
    from.spare = 0;
    if (from.kind == VALUE_VOID) from = value_null();
    if (!strcmp(type->full_name, "System.Void")) {
        operand_done(frame, i->b);
        return operand_store(engine, frame, i->a, value_void());
    }
    if ((from.kind == VALUE_INT32 || from.kind == VALUE_STRING) && type->value_kind == from.kind && !(type->flags & TYPE_ENUM) && !type->element) out = value_keep(from);
    else status = convert_to(engine->realm, from, type, &out);
    if (status != STATUS_OK) return status;
    operand_done(frame, i->b);
    return operand_store(engine, frame, i->a, out);
}
