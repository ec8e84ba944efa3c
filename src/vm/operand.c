#include "engine_private.h"

#define OPERATOR(ID, spelling, arity, precedence, operation, case_form) [OPERATOR_##ID] = {OPERATION_##operation, (#case_form)[0] == 'C'},
static const struct { enum operation operation; bool keep_case; } operations[] = {
#include "../../grammar/operators.def"
};
#undef OPERATOR

struct value *operand_resolve(struct engine *engine, struct frame *frame, uint16_t reg) {
    struct value *v = &frame->registers[reg];
    if (v->spare == SLOT_BOXED) return reference_place(*v);
    if (reg >= frame->chunk->slot_count) return &engine->null;
    name_id name = frame->chunk->slot_names[reg];
    struct value *found = scope_lookup(engine, frame->scope, name);
    if (found) return found;
    struct value special;
    if (automatic_by_name(engine, name, &special)) {
        value_set_take(v, special);
        return v;
    }
    if (scope_strict(engine, frame->scope) >= 1 && variable_undefined(engine, name) != STATUS_OK) return NULL;
    return &engine->null;
}

enum status operand_store_marked(struct engine *engine, struct frame *frame, uint16_t reg, struct value v) {
    if (reg >= frame->chunk->slot_count) {
        v.spare = 0;
        value_set_take(&frame->registers[reg], v);
        return STATUS_OK;
    }
    return variable_store_take(engine, frame->scope, frame->chunk->slot_names[reg], &frame->registers[reg], v);
}

enum status operand_matches(struct engine *engine, struct frame *frame) {
    struct value matches = engine->realm->set_matches;
    engine->realm->set_matches = VALUE_UNSET_INIT;
    return scope_assign_take(engine, frame->scope, intern_name(engine->realm->names, TEXT("Matches")), matches);
}

/* Text that only this place holds grows in it; so does an array that $a += adds to. */
static bool append_in_place(struct engine *engine, struct value *place, struct value more) {
    if (place->kind == VALUE_STRING && place->counted->count == 1) {
        if (more.kind == VALUE_STRING) return more.counted != place->counted && string_append(place, string_text(more));
        if (value_has_container(more) && more.kind != VALUE_OBJECT) return false;
        struct bytes text = {0};
        convert_add_text(engine->realm, &text, more);
        bool done = string_append(place, bytes_text(&text));
        bytes_free(&text);
        return done;
    }
    if (place->kind == VALUE_ARRAY && place->counted->count == 1 && !array_block(*place)->container.type && !array_block(*place)->rank_lengths[0]) {
        if (more.kind == VALUE_VOID) return true;
        if (more.kind == VALUE_ARRAY && more.counted != place->counted && !array_block(more)->rank_lengths[0]) {
            for (uint32_t i = 0; i < array_count(more); i++) array_push(*place, array_at(more, i));
            return true;
        }
        if (!value_is_container(more) || more.kind == VALUE_OBJECT || more.kind == VALUE_TABLE) {
            if (more.kind == VALUE_OBJECT && convert_is_enumerable(engine->realm, more)) return false;
            array_push(*place, more);
            return true;
        }
    }
    return false;
}

enum status operand_binary(struct engine *engine, struct frame *frame, const struct instruction *i, enum operator_id id) {
    bool is_compound = id >= OPERATOR_ASSIGN_PLUS && id <= OPERATOR_ASSIGN_MODULO;
    struct value *left = is_compound && frame->registers[i->b].kind == VALUE_UNSET ? &engine->null : operand(engine, frame, i->b);
    struct value *right = left ? operand(engine, frame, i->c) : NULL;
    if (!right) return STATUS_ERROR;
    if ((id == OPERATOR_PLUS || id == OPERATOR_ASSIGN_PLUS) && i->a == i->b && left == &frame->registers[i->a] && (left->spare == 0) &&
        append_in_place(engine, left, *right)) {
        operand_done(frame, i->c);
        return STATUS_OK;
    }
    struct value out = value_null(), a = *left, b = *right;
    a.spare = b.spare = 0;
    enum status status = ops_binary(engine->realm, operations[id].operation, operations[id].keep_case, a, b, &out);
    operand_done(frame, i->c);
    if (i->a != i->b) operand_done(frame, i->b);
    if (status != STATUS_OK) return status;
    status = operand_store(engine, frame, i->a, out);
    if (status == STATUS_OK && engine->realm->set_matches.kind != VALUE_UNSET) status = operand_matches(engine, frame);
    return status;
}

enum status operand_binary_int(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *left = operand(engine, frame, i->b);
    if (!left) return STATUS_ERROR;
    struct value out = value_null(), a = *left;
    a.spare = 0;
    enum status status = ops_binary(engine->realm, operations[i->e].operation, operations[i->e].keep_case, a, value_int32(i->d), &out);
    if (i->a != i->b) operand_done(frame, i->b);
    return status == STATUS_OK ? operand_store(engine, frame, i->a, out) : status;
}

/* Compares for a jump: right is a register's place or a constant. */
enum status operand_compare(struct engine *engine, struct frame *frame, uint16_t b, struct value *right, uint16_t c, enum operator_id id, bool *out) {
    struct value *left = operand(engine, frame, b);
    if (!right) right = operand(engine, frame, c);
    if (!left || !right) return STATUS_ERROR;
    struct value result = value_null(), l = *left, r = *right;
    l.spare = r.spare = 0;
    enum status status = ops_binary(engine->realm, operations[id].operation, operations[id].keep_case, l, r, &result);
    operand_done(frame, b);
    if (c != REGISTER_NONE) operand_done(frame, c);
    if (status != STATUS_OK) return status;
    *out = value_truth(result);
    value_release(result);
    return STATUS_OK;
}

enum status operand_add_named(struct engine *engine, struct frame *frame, const struct instruction *i) {
    name_id name = (name_id)i->d;
    struct value *right = operand(engine, frame, i->b);
    struct value *place = scope_find(frame->scope, name);
    if (place && place->spare == 0 && append_in_place(engine, place, *right)) {
        operand_done(frame, i->b);
        return STATUS_OK;
    }
    struct value out = value_null(), a = place ? *place : value_null();
    a.spare = 0;
    enum status status = ops_binary(engine->realm, OPERATION_ADD, false, a, *right, &out);
    operand_done(frame, i->b);
    return status == STATUS_OK ? scope_assign_take(engine, frame->scope, name, out) : status;
}
