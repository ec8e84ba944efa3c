#include "fast_private.h"

#define POLL_EVERY 4096

/* Looked at on back-edges and calls, now and then. */
static enum status poll_engine(struct engine *engine) {
    if (heap_wants_collection(engine->realm->heap)) heap_collect(engine->realm->heap);
    return interrupt_pending() ? realm_poll(engine->realm) : STATUS_OK;
}

static enum status run_step(struct engine *engine, struct frame *frame, const struct instruction *i, bool store) {
    struct value *v = operand(engine, frame, store ? i->b : i->a);
    struct value out;
    if (!v) return STATUS_ERROR;
    struct value old = *v;
    old.spare = 0;
    enum status status = ops_step(engine->realm, old, i->d, &out);
    if (status != STATUS_OK) return status;
    if (store) operand_done(frame, i->b);
    return operand_store(engine, frame, i->a, out);
}

static enum status run_unary(struct engine *engine, struct frame *frame, const struct instruction *i) {
    static const enum operation operations[] = {
        [OPERATOR_UNARY_MINUS] = OPERATION_NEGATE, [OPERATOR_UNARY_PLUS] = OPERATION_PLUS, [OPERATOR_UNARY_BNOT] = OPERATION_BIT_NOT,
        [OPERATOR_UNARY_SPLIT] = OPERATION_SPLIT_UNARY, [OPERATOR_UNARY_ISPLIT] = OPERATION_SPLIT_UNARY,
        [OPERATOR_UNARY_CSPLIT] = OPERATION_SPLIT_UNARY, [OPERATOR_UNARY_JOIN] = OPERATION_JOIN_UNARY,
    };
    struct value *v = operand(engine, frame, i->b), out;
    if (!v) return STATUS_ERROR;
    struct value held = *v;
    held.spare = 0;
    enum status status = ops_unary(engine->realm, operations[i->e], held, &out);
    if (i->a != i->b) operand_done(frame, i->b);
    return status == STATUS_OK ? operand_store(engine, frame, i->a, out) : status;
}

static enum status run_scoped(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct scope *scope = scope_numbered(engine, frame->scope, i->b);
    name_id name = (name_id)i->d;
    if (i->op == OP_SET_SCOPED) {
        enum status status = scope_assign_take(engine, scope, name, operand_take(frame, i->a));
        if (status == STATUS_OK && i->b == 4) {
            struct value *place = scope_place(engine, scope, name);
            variable_own_attributes(engine, scope, name, place)->flags |= VARIABLE_PRIVATE;
        }
        return status;
    }
    struct value *place = scope_find(scope, name), special;
    if (!place && i->b == 2 && scope == &engine->global) place = scope_lookup(engine, scope, name);
    if (place) return operand_store(engine, frame, i->a, value_keep(*place));
    if (automatic_by_name(engine, name, &special)) return operand_store(engine, frame, i->a, special);
    if (scope_strict(engine, frame->scope) >= 1) return variable_undefined(engine, name);
    return operand_store(engine, frame, i->a, value_null());
}

static enum status run_get_named(struct engine *engine, struct frame *frame, const struct instruction *i) {
    name_id name = (name_id)i->d;
    struct value *place = scope_lookup_cached(engine, frame->scope, name, &frame->chunk->caches[i->e]), special;
    if (place) return operand_store(engine, frame, i->a, value_keep(*place));
    if (automatic_by_name(engine, name, &special)) return operand_store(engine, frame, i->a, special);
    if (scope_strict(engine, frame->scope) >= 1) return variable_undefined(engine, name);
    return operand_store(engine, frame, i->a, value_null());
}

static enum status run_copy(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b);
    return v ? operand_store(engine, frame, i->a, value_keep(*v)) : STATUS_ERROR;
}

static enum status run_jump_out(struct engine *engine, struct frame *frame, const struct instruction *i) {
    engine->realm->jump_label = (name_id)i->d;
    if (i->a != REGISTER_NONE) {
        struct value text = convert_text(engine->realm, frame->registers[i->a]);
        engine->realm->jump_label = intern_name(engine->realm->names, string_text(text));
        value_release(text);
    }
    return i->op == OP_BREAK ? STATUS_BREAK : STATUS_CONTINUE;
}

static enum status run_exit(struct engine *engine, struct frame *frame, const struct instruction *i) {
    value_set_take(&engine->realm->exit_value, i->a == REGISTER_NONE ? value_null() : operand_take(frame, i->a));
    return STATUS_EXIT;
}

static void run_sync_ofs(struct engine *engine, struct frame *frame) {
    struct value *separator = scope_lookup(engine, frame->scope, intern_name(engine->realm->names, TEXT("OFS")));
    value_set(&engine->realm->output_separator, separator ? *separator : VALUE_UNSET_INIT);
}

/* What was pending when the finally block began: pair[0] the error, pair[1] the status. */
static enum status run_end_finally(struct engine *engine, struct value *pair) {
    enum status status = pair[1].kind == VALUE_INT32 ? (enum status)pair[1].integer : STATUS_OK;
    pair[1] = VALUE_UNSET_INIT;
    if (status == STATUS_ERROR) {
        engine->fatal = pair[0].small;
        pair[0].small = 0;
        value_set_take(&engine->realm->raised, pair[0]);
        pair[0] = VALUE_UNSET_INIT;
    } else if (status == STATUS_BREAK || status == STATUS_CONTINUE) {
        engine->realm->jump_label = (name_id)pair[0].integer;
        pair[0] = VALUE_UNSET_INIT;
    }
    return status;
}

static void save_underscore(struct engine *engine, struct frame *frame, uint16_t reg) {
    value_release(frame->registers[reg]);
    frame->registers[reg] = value_keep(engine->underscore);
}

static void restore_underscore(struct engine *engine, struct frame *frame, uint16_t reg) {
    struct value v = frame->registers[reg];
    frame->registers[reg].kind = VALUE_UNSET;
    value_set_take(&engine->underscore, v);
}

/* The loop. One label an instruction; `failed` looks for who handles a status, here and in the frames that this run
 * has pushed. */
enum status dispatch_run(struct engine *engine, struct frame *base) {
    static const void *const labels[OP_COUNT] = {
#define OPCODE(name, operands, sentence) &&label_##name,
#include "m365sh/code/opcodes.def"
#undef OPCODE
    };
    struct frame *frame = base;
    struct value *R = frame->registers;
    const struct instruction *ip = frame->pc;
    enum status status = STATUS_OK;
    int budget = POLL_EVERY;
    struct value result;

#define DISPATCH() goto *labels[ip->op]
#define NEXT() do { ip++; DISPATCH(); } while (0)
#define CASE(name) label_##name:
#define JUMP_TO(target) do { ip = frame->chunk->code + (target); DISPATCH(); } while (0)
/* Backwards: looks for interruption now and then. */
#define JUMP_LOOP(target)                                                                                   \
    do {                                                                                                    \
        const struct instruction *jump_to = frame->chunk->code + (target);                                  \
        if (jump_to <= ip && __builtin_expect(--budget <= 0, 0)) {                                          \
            budget = POLL_EVERY;                                                                            \
            if ((status = poll_engine(engine)) != STATUS_OK) goto failed;                                   \
        }                                                                                                   \
        ip = jump_to;                                                                                       \
        DISPATCH();                                                                                         \
    } while (0)
#define CHECK(call) do { if (__builtin_expect((status = (call)) != STATUS_OK, 0)) goto failed; } while (0)
#define STORE(reg, v)                                                                                       \
    do {                                                                                                    \
        struct value *store_place = &R[reg];                                                                \
        if (__builtin_expect(store_place->kind < VALUE_STRING && !store_place->spare, 1)) *store_place = (v); \
        else CHECK(operand_store(engine, frame, reg, (v)));                                                 \
    } while (0)
/* Ints in place: the fields are written one by one, so that what reads them next does not wait for a copy of the whole. */
#define INT_IN_PLACE(left, right, sign)                                                                     \
    do {                                                                                                    \
        struct value *in_place = &R[ip->a];                                                                 \
        if (__builtin_expect((left)->kind == VALUE_INT32 && (right)->kind == VALUE_INT32 &&                 \
                             in_place->kind < VALUE_STRING && !in_place->spare, 1)) {                       \
            int64_t in_place_n = (left)->integer sign (right)->integer;                                     \
            if (__builtin_expect(in_place_n == (int32_t)in_place_n, 1)) {                                   \
                in_place->kind = VALUE_INT32;                                                               \
                in_place->small = 0;                                                                        \
                in_place->spare = 0;                                                                        \
                in_place->type_index = 0;                                                                   \
                in_place->integer = in_place_n;                                                             \
                NEXT();                                                                                     \
            }                                                                                               \
        }                                                                                                   \
    } while (0)
#define SIGNED_ARITHMETIC(name, fast, sign)                                                                 \
    CASE(name) {                                                                                            \
        INT_IN_PLACE(&R[ip->b], &R[ip->c], sign);                                                           \
        if (fast(&R[ip->b], &R[ip->c], &result)) STORE(ip->a, result);                                      \
        else { frame->pc = ip; CHECK(operand_binary(engine, frame, ip, (enum operator_id)ip->e)); }         \
        NEXT();                                                                                             \
    }
#define SIGNED_ARITHMETIC_INT(name, fast, sign)                                                             \
    CASE(name) {                                                                                            \
        struct value small = value_int32(ip->d);                                                            \
        INT_IN_PLACE(&R[ip->b], &small, sign);                                                              \
        if (fast(&R[ip->b], &small, &result)) STORE(ip->a, result);                                         \
        else { frame->pc = ip; CHECK(operand_binary_int(engine, frame, ip)); }                              \
        NEXT();                                                                                             \
    }
#define ARITHMETIC(name, fast)                                                                              \
    CASE(name) {                                                                                            \
        if (__builtin_expect(fast(&R[ip->b], &R[ip->c], &result), 1)) STORE(ip->a, result);                 \
        else { frame->pc = ip; CHECK(operand_binary(engine, frame, ip, (enum operator_id)ip->e)); }         \
        NEXT();                                                                                             \
    }
#define COMPARISON(name, test)                                                                              \
    CASE(name) {                                                                                            \
        int order = fast_order(&R[ip->b], &R[ip->c]);                                                       \
        if (__builtin_expect(order != -2, 1)) STORE(ip->a, value_bool(test));                               \
        else { frame->pc = ip; CHECK(operand_binary(engine, frame, ip, (enum operator_id)ip->e)); }         \
        NEXT();                                                                                             \
    }
#define JUMP_COMPARISON(name, test, integer_test)                                                           \
    CASE(JUMP_##name) {                                                                                     \
        int order = fast_order(&R[ip->b], &R[ip->c]);                                                       \
        bool truth;                                                                                         \
        if (__builtin_expect(order != -2, 1)) truth = (test);                                               \
        else { frame->pc = ip; CHECK(operand_compare(engine, frame, ip->b, NULL, ip->c, (enum operator_id)ip->a, &truth)); } \
        if (truth == (bool)ip->e) JUMP_LOOP(ip->d);                                                         \
        NEXT();                                                                                             \
    }                                                                                                       \
    CASE(JUMP_##name##_INT) {                                                                               \
        const struct value *left = &R[ip->b];                                                               \
        bool truth;                                                                                         \
        if (__builtin_expect(left->kind == VALUE_INT32, 1)) {                                               \
            truth = left->integer integer_test (int32_t)ip->e;                                              \
        } else {                                                                                            \
            struct value small = value_int32((int32_t)ip->e);                                               \
            int order = fast_order(left, &small);                                                           \
            if (order != -2) truth = (test);                                                                \
            else { frame->pc = ip; CHECK(operand_compare(engine, frame, ip->b, &small, REGISTER_NONE, (enum operator_id)ip->a, &truth)); } \
        }                                                                                                   \
        if (truth == (bool)ip->c) JUMP_LOOP(ip->d);                                                         \
        NEXT();                                                                                             \
    }
/* Instructions whose work is a function of (engine, frame, instruction). */
#define BY_FUNCTION(name, function) CASE(name) { frame->pc = ip; CHECK(function(engine, frame, ip)); NEXT(); }

    DISPATCH();
    CASE(NOP) NEXT();
    CASE(COPY) {
        struct value *from = &R[ip->b];
        if (from->kind != VALUE_UNSET && from->spare != SLOT_BOXED) {
            result = value_keep(*from);
            result.spare = 0;
            STORE(ip->a, result);
        } else {
            frame->pc = ip;
            CHECK(run_copy(engine, frame, ip));
        }
        NEXT();
    }
    CASE(TAKE) {
        result = R[ip->b];
        R[ip->b].kind = VALUE_UNSET;
        result.spare = 0;
        frame->pc = ip;
        STORE(ip->a, result);
        NEXT();
    }
    CASE(KEEP) { result = value_keep(R[ip->b]); STORE(ip->a, result); NEXT(); }
    CASE(DROP) { result = R[ip->a]; R[ip->a].kind = VALUE_UNSET; value_release(result); NEXT(); }
    CASE(LOAD_CONSTANT) { result = value_keep(frame->chunk->constants[ip->d]); frame->pc = ip; STORE(ip->a, result); NEXT(); }
    CASE(LOAD_INT) { frame->pc = ip; STORE(ip->a, value_int32(ip->d)); NEXT(); }
    CASE(LOAD_BOOL) { STORE(ip->a, value_bool(ip->d)); NEXT(); }
    CASE(LOAD_NULL) { STORE(ip->a, value_null()); NEXT(); }
    CASE(LOAD_VOID) { STORE(ip->a, value_void()); NEXT(); }
    BY_FUNCTION(LOAD_TYPE, convert_run)
    BY_FUNCTION(GET_NAMED, run_get_named)
    CASE(SET_NAMED) { frame->pc = ip; CHECK(scope_assign_take(engine, frame->scope, (name_id)ip->d, operand_take(frame, ip->a))); NEXT(); }
    BY_FUNCTION(GET_SCOPED, run_scoped)
    BY_FUNCTION(SET_SCOPED, run_scoped)
    CASE(GET_DRIVE) {
        frame->pc = ip;
        CHECK(drive_get(engine, frame, ip->b, (name_id)ip->d, &result));
        CHECK(operand_store(engine, frame, ip->a, result));
        NEXT();
    }
    CASE(SET_DRIVE) {
        frame->pc = ip;
        status = drive_set(engine, frame, ip->b, (name_id)ip->d, R[ip->a]);
        operand_done(frame, ip->a);
        if (status != STATUS_OK) goto failed;
        NEXT();
    }
    CASE(GET_AUTOMATIC) {
        frame->pc = ip;
        CHECK(automatic_get(engine, frame, ip->b, &result));
        CHECK(operand_store(engine, frame, ip->a, result));
        NEXT();
    }
    CASE(GET_UNDERSCORE) {
        result = engine->underscore.kind == VALUE_UNSET ? value_null() : value_keep(engine->underscore);
        STORE(ip->a, result);
        NEXT();
    }
    CASE(SET_UNDERSCORE) { value_set_take(&engine->underscore, operand_take(frame, ip->a)); NEXT(); }
    BY_FUNCTION(SET_TYPED, variable_set_typed)
    BY_FUNCTION(ADD_NAMED, operand_add_named)
    SIGNED_ARITHMETIC(ADD, fast_add, +)
    SIGNED_ARITHMETIC(SUBTRACT, fast_subtract, -)
    SIGNED_ARITHMETIC(MULTIPLY, fast_multiply, *)
    ARITHMETIC(DIVIDE, fast_divide)
    ARITHMETIC(REMAINDER, fast_remainder)
    SIGNED_ARITHMETIC_INT(ADD_INT, fast_add, +)
    SIGNED_ARITHMETIC_INT(SUBTRACT_INT, fast_subtract, -)
    SIGNED_ARITHMETIC_INT(MULTIPLY_INT, fast_multiply, *)
    CASE(REMAINDER_INT) {
        struct value small = value_int32(ip->d);
        if (__builtin_expect(ip->d > 0, 1)) INT_IN_PLACE(&R[ip->b], &small, %);
        if (fast_remainder(&R[ip->b], &small, &result)) STORE(ip->a, result);
        else { frame->pc = ip; CHECK(operand_binary_int(engine, frame, ip)); }
        NEXT();
    }
    COMPARISON(EQUAL, order == 0)
    COMPARISON(NOT_EQUAL, order != 0)
    COMPARISON(LESS, order == -1)
    COMPARISON(LESS_EQUAL, order == -1 || order == 0)
    COMPARISON(GREATER, order == 1)
    COMPARISON(GREATER_EQUAL, order == 1 || order == 0)
    CASE(BINARY) { frame->pc = ip; CHECK(operand_binary(engine, frame, ip, (enum operator_id)ip->e)); NEXT(); }
    BY_FUNCTION(UNARY, run_unary)
    CASE(NOT) CASE(TRUTH) {
        frame->pc = ip;
        struct value *v = operand(engine, frame, ip->b);
        if (!v) { status = STATUS_ERROR; goto failed; }
        bool truth = value_truth(*v) == (ip->op == OP_TRUTH);
        operand_done(frame, ip->b);
        CHECK(operand_store(engine, frame, ip->a, value_bool(truth)));
        NEXT();
    }
    CASE(XOR) {
        frame->pc = ip;
        struct value *a = operand(engine, frame, ip->b), *b = a ? operand(engine, frame, ip->c) : NULL;
        if (!b) { status = STATUS_ERROR; goto failed; }
        bool truth = value_truth(*a) != value_truth(*b);
        operand_done(frame, ip->b);
        operand_done(frame, ip->c);
        CHECK(operand_store(engine, frame, ip->a, value_bool(truth)));
        NEXT();
    }
    CASE(STEP) {
        struct value *slot = &R[ip->a];
        int64_t next = slot->integer + ip->d;
        if (__builtin_expect(slot->kind == VALUE_INT32 && !slot->spare && next == (int32_t)next, 1)) slot->integer = next;
        else { frame->pc = ip; CHECK(run_step(engine, frame, ip, false)); }
        NEXT();
    }
    CASE(STEP_VALUE) { frame->pc = ip; CHECK(run_step(engine, frame, ip, true)); NEXT(); }
    CASE(JUMP) JUMP_TO(ip->d);
    CASE(JUMP_BACK) JUMP_LOOP(ip->d);
    CASE(JUMP_TRUE) CASE(JUMP_FALSE) {
        frame->pc = ip;
        struct value *v = operand(engine, frame, ip->b);
        if (!v) { status = STATUS_ERROR; goto failed; }
        bool truth = v->kind == VALUE_BOOL ? v->boolean : value_truth(*v);
        operand_done(frame, ip->b);
        if (truth == (ip->op == OP_JUMP_TRUE)) JUMP_LOOP(ip->d);
        NEXT();
    }
    CASE(JUMP_NULL) CASE(JUMP_NOT_NULL) {
        frame->pc = ip;
        struct value *v = &R[ip->b];
        if (v->kind == VALUE_UNSET || v->spare == SLOT_BOXED) v = operand_resolve(engine, frame, ip->b);
        if (!v) { status = STATUS_ERROR; goto failed; }
        if (value_is_nothing(*v) == (ip->op == OP_JUMP_NULL)) JUMP_TO(ip->d);
        NEXT();
    }
    CASE(JUMP_SET) {
        if (R[frame->chunk->parameters[ip->a].slot].kind != VALUE_UNSET) JUMP_TO(ip->d);
        NEXT();
    }
    CASE(SET_DEFAULT) {
        frame->pc = ip;
        frame_set_parameter(engine, frame, (uint32_t)ip->d, operand_take(frame, ip->a));
        if (engine->realm->raised.kind != VALUE_UNSET) { status = STATUS_ERROR; goto failed; }
        NEXT();
    }
    JUMP_COMPARISON(EQUAL, order == 0, ==)
    JUMP_COMPARISON(NOT_EQUAL, order != 0, !=)
    JUMP_COMPARISON(LESS, order == -1, <)
    JUMP_COMPARISON(LESS_EQUAL, order == -1 || order == 0, <=)
    JUMP_COMPARISON(GREATER, order == 1, >)
    JUMP_COMPARISON(GREATER_EQUAL, order == 1 || order == 0, >=)
    CASE(JUMP_SUCCEEDED) { if (engine->succeeded) JUMP_TO(ip->d); NEXT(); }
    CASE(JUMP_FAILED) { if (!engine->succeeded) JUMP_TO(ip->d); NEXT(); }
    BY_FUNCTION(INDEX, access_run) BY_FUNCTION(INDEX_MANY, access_run) BY_FUNCTION(INDEX_SET, access_run) BY_FUNCTION(INDEX_SET_MANY, access_run)
    BY_FUNCTION(MEMBER_GET, access_run) BY_FUNCTION(MEMBER_SET, access_run) BY_FUNCTION(MEMBER_GET_BY, access_run)
    BY_FUNCTION(MEMBER_SET_BY, access_run) BY_FUNCTION(STATIC_GET, access_run) BY_FUNCTION(STATIC_SET, access_run)
    BY_FUNCTION(STATIC_GET_BY, access_run) BY_FUNCTION(CALL_METHOD, access_run) BY_FUNCTION(CALL_METHOD_BY, access_run)
    BY_FUNCTION(CALL_STATIC, access_run) BY_FUNCTION(CALL_STATIC_BY, access_run) BY_FUNCTION(CALL_BASE, class_call_base)
    BY_FUNCTION(REFERENCE, build_run) BY_FUNCTION(CONVERT, convert_run) BY_FUNCTION(IS_TYPE, convert_run)
    BY_FUNCTION(ARRAY, build_run) BY_FUNCTION(ARRAY_MORE, build_run) BY_FUNCTION(ARRAY_OF, build_run) BY_FUNCTION(SPREAD, build_run) BY_FUNCTION(TABLE, build_run)
    BY_FUNCTION(TABLE_ADD, build_run) BY_FUNCTION(JOIN_TEXT, build_run) BY_FUNCTION(BLOCK, build_run)
    CASE(CAPTURE) { capture_start(&R[ip->a]); NEXT(); }
    CASE(CAPTURED) CASE(CAPTURED_ARRAY) {
        result = capture_take(engine, &R[ip->a], ip->op == OP_CAPTURED_ARRAY);
        frame->pc = ip;
        STORE(ip->b, result);
        NEXT();
    }
    CASE(EMIT) CASE(EMIT_CAPTURE) {
        frame->pc = ip;
        struct value *v = operand(engine, frame, ip->a);
        if (!v) { status = STATUS_ERROR; goto failed; }
        result = value_keep(*v);
        result.spare = 0;
        operand_done(frame, ip->a);
        status = output_each(engine, frame, ip->op == OP_EMIT ? frame->capture : &R[ip->b], result);
        value_release(result);
        if (status != STATUS_OK) goto failed;
        NEXT();
    }
    CASE(CALL) {
        frame->pc = ip;
        if (__builtin_expect(--budget <= 0, 0)) {
            budget = POLL_EVERY;
            CHECK(poll_engine(engine));
        }
        struct frame *callee = call_direct(engine, frame, ip, &status);
        if (callee) {
            frame = callee;
            R = frame->registers;
            ip = frame->pc;
            DISPATCH();
        }
        if (status != STATUS_OK) goto failed;
        CHECK(call_pipeline(engine, frame, ip));
        NEXT();
    }
    BY_FUNCTION(PIPELINE, call_pipeline)
    CASE(RETURN_VALUE) {
        frame->pc = ip;
        struct value *v = operand(engine, frame, ip->a);
        if (!v) { status = STATUS_ERROR; goto failed; }
        if (frame->capture && frame->capture[1].integer == 0 && v->kind < VALUE_STRING && v->kind != VALUE_VOID) {
            frame->capture[0] = *v;
            frame->capture[0].spare = 0;
            frame->capture[1].integer = 1;
        } else {
            result = value_keep(*v);
            result.spare = 0;
            operand_done(frame, ip->a);
            status = output_each(engine, frame, frame->capture, result);
            value_release(result);
            if (status != STATUS_OK) goto failed;
        }
    }
    CASE(RETURN) {
        if (frame == base) return STATUS_OK;
        struct frame *caller = frame->caller;
        call_direct_done(engine, frame);
        frame = caller;
        R = frame->registers;
        ip = frame->pc;
        NEXT();
    }
    CASE(METHOD_RESULT) { value_set_take(&frame->result, operand_take(frame, ip->a)); NEXT(); }
    CASE(RETURN_FINALLY) { status = STATUS_RETURN; goto failed; }
    CASE(EXIT) { frame->pc = ip; status = run_exit(engine, frame, ip); goto failed; }
    CASE(THROW) {
        frame->pc = ip;
        result = ip->a == REGISTER_NONE ? VALUE_UNSET_INIT : operand_take(frame, ip->a);
        status = error_throw(engine, frame, result);
        value_release(result);
        goto failed;
    }
    CASE(BREAK) CASE(CONTINUE) { status = run_jump_out(engine, frame, ip); goto failed; }
    BY_FUNCTION(FOREACH, iterate_start)
    CASE(FOREACH_NEXT) {
        struct value *pair = &R[ip->a];
        if (pair[0].kind == VALUE_INT64 && !pair[0].small) {    /* a range: at, last */
            if (pair[0].integer == pair[1].integer) pair[0].small = 1;
            result = value_int32((int32_t)pair[0].integer);
            pair[0].integer += pair[0].integer < pair[1].integer ? 1 : -1;
        } else {
            bool more;
            frame->pc = ip;
            CHECK(iterate_next(engine, frame, ip, &more));
            if (!more) JUMP_TO(ip->d);
            NEXT();
        }
        frame->pc = ip;
        STORE(ip->b, result);
        NEXT();
    }
    BY_FUNCTION(SWITCH_TEST, switch_test)
    BY_FUNCTION(SWITCH_FILE, switch_file)
    CASE(SAVE_UNDERSCORE) { save_underscore(engine, frame, ip->a); NEXT(); }
    CASE(RESTORE_UNDERSCORE) { restore_underscore(engine, frame, ip->a); NEXT(); }
    CASE(ENTER_FINALLY) { R[ip->a + 1] = VALUE_UNSET_INIT; NEXT(); }
    CASE(END_FINALLY) {
        if ((status = run_end_finally(engine, &R[ip->a])) != STATUS_OK) goto failed;
        NEXT();
    }
    BY_FUNCTION(FUNCTION, build_run)
    CASE(CLASS) { frame->pc = ip; CHECK(class_define(engine, frame, &frame->chunk->classes[ip->d])); NEXT(); }
    CASE(USING) { frame->pc = ip; CHECK(using_run(engine, frame, &frame->chunk->usings[ip->d])); NEXT(); }
    CASE(REFUSE) { frame->pc = ip; CHECK(variable_refuse(engine, (name_id)ip->d)); NEXT(); }
    CASE(UNSET) { value_set_take(&R[ip->a], VALUE_UNSET_INIT); NEXT(); }
    CASE(SUCCEED) { engine->succeeded = true; NEXT(); }
    CASE(SYNC_OFS) { run_sync_ofs(engine, frame); NEXT(); }

failed:
    frame->pc = ip;
    for (;;) {
        if (unwind_frame(engine, frame, &status)) {
            R = frame->registers;
            ip = frame->pc;
            DISPATCH();
        }
        if (frame == base) return status == STATUS_RETURN && frame->chunk->kind != CHUNK_TRAP ? STATUS_OK : status;
        struct frame *caller = frame->caller;
        if (status == STATUS_RETURN) {
            call_direct_done(engine, frame);
            frame = caller;
            R = frame->registers;
            ip = frame->pc;
            NEXT();
        }
        frame_pop(engine, frame);
        frame = caller;
    }
}
