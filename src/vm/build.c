/* Values put together from registers: arrays, tables, texts, blocks, references; and types. */
#include "engine_private.h"

static void add_items(struct frame *frame, const struct instruction *i, struct value array) {
    for (int32_t k = 0; k < i->d; k++) {
        struct value item = operand_take(frame, (uint16_t)(i->b + k));
        array_push_take(array, item.kind == VALUE_VOID || item.kind == VALUE_UNSET ? value_null() : item);
    }
}

static enum status make_array(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value array = array_new(engine->realm, NULL, (uint32_t)i->d);
    add_items(frame, i, array);
    return operand_store(engine, frame, i->a, array);
}

/* @(expression): what it gives as a pipeline would; an object[] of its own already is the answer. */
static enum status make_array_of(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value v = operand_take(frame, i->b);
    v.spare = 0;
    if (v.kind == VALUE_ARRAY && !array_block(v)->container.type && !array_block(v)->rank_lengths[0]) {
        if (v.counted->count == 1) return operand_store(engine, frame, i->a, v);
        struct value copy = array_of(engine->realm, array_items(v), array_count(v)); /* $b = @($a) shares nothing */
        value_release(v);
        return operand_store(engine, frame, i->a, copy);
    }
    struct value pair[2] = {value_void(), value_int32(0)};
    enum status status = output_each(engine, frame, pair, v);
    value_release(v);
    struct value array = capture_take(engine, pair, true);
    if (status == STATUS_OK) return operand_store(engine, frame, i->a, array);
    value_release(array);
    return status;
}

static enum status spread(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value *v = operand(engine, frame, i->b);
    if (!v) return STATUS_ERROR;
    struct value list = value_keep(value_base(*v));
    operand_done(frame, i->b);
    bool is_list = value_is_array_like(list);
    uint32_t count = is_list ? array_count(list) : 1, targets = (uint32_t)i->d;
    for (uint32_t k = 0; k < targets; k++) {
        struct value part = value_null();
        if (k + 1 == targets && count > targets) part = array_of(engine->realm, array_items(list) + k, count - k);
        else if (k < count) part = value_keep(is_list ? array_at(list, k) : list);
        value_set_take(&frame->registers[i->a + k], part);
    }
    value_release(list);
    return STATUS_OK;
}

static enum status add_pair(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct value table = frame->registers[i->a], key = frame->registers[i->b], item = frame->registers[i->c];
    if (item.kind == VALUE_VOID || item.kind == VALUE_UNSET) item = value_null();
    key.spare = item.spare = 0;
    if (value_is_nothing(key))
        return realm_raise(engine->realm, "RuntimeException", "InvalidNullKey", ERROR_INVALID_ARGUMENT, "A key of a hashtable cannot be null.");
    if (table_find(table, key)) {
        struct value text = convert_text(engine->realm, key);
        enum status status = realm_raise(engine->realm, "RuntimeException", "DuplicateKeyInHashLiteral", ERROR_INVALID_ARGUMENT,
                                         "The key '%s' stands twice in this hashtable.", string_chars(text));
        value_release(text);
        return status;
    }
    table_put(table, key, item);
    operand_done(frame, i->b);
    operand_done(frame, i->c);
    return STATUS_OK;
}

static enum status join_text(struct engine *engine, struct frame *frame, const struct instruction *i) {
    struct bytes text = {0};
    bytes_reserve(&text, 32);
    for (int32_t k = 0; k < i->d; k++) {
        struct value *part = &frame->registers[i->b + k];
        if (part->kind == VALUE_STRING) bytes_add_text(&text, string_text(*part));
        else if (!value_is_nothing(*part)) convert_add_text(engine->realm, &text, *part);
        operand_done(frame, (uint16_t)(i->b + k));
    }
    struct value v = string_from_bytes(&text);
    bytes_free(&text);
    return operand_store(engine, frame, i->a, v);
}

/* [ref]$x: the variable moves into a box that both hold. */
static enum status make_reference(struct engine *engine, struct frame *frame, const struct instruction *i) {
    name_id name = (name_id)i->d;
    struct scope *scope = frame->scope;
    struct value *place = NULL;
    for (; scope && !place; scope = scope->parent) {
        if (!scope_find(scope, name)) continue;
        place = scope->layout && chunk_slot(scope->layout, name) >= 0 ? &scope->slots[chunk_slot(scope->layout, name)]
                                                                       : &((struct variable *)name_table_get(&scope->extra, name))->value;
    }
    if (!place) place = scope_place(engine, frame->scope, name);
    if (place->spare != SLOT_BOXED) {
        struct value inner = *place;
        inner.spare = 0;
        struct value box = reference_new(engine->realm, inner);
        value_release(inner);
        box.spare = SLOT_BOXED;
        *place = box;
    }
    struct value v = value_keep(*place);
    v.spare = 0;
    return operand_store(engine, frame, i->a, v);
}

static enum status define_function(struct engine *engine, struct frame *frame, const struct instruction *i) {
    const struct function_site *site = &frame->chunk->functions[i->d];
    struct chunk *chunk = frame->chunk->nested[site->chunk];
    struct scope *scope = frame->scope;
    if (text_equal_fold(site->scope, TEXT("global"))) scope = &engine->global;
    else if (text_equal_fold(site->scope, TEXT("script"))) scope = scope_script(engine, scope);
    struct value block = block_new(engine, chunk, frame->scope->module);
    struct command *command = command_of_block(engine, block, site->spelling, site->is_filter ? COMMAND_FILTER : COMMAND_FUNCTION);
    if (frame->scope->module) command->module = intern_name(engine->realm->names, frame->scope->module->name);
    value_release(block);
    function_define(engine, scope, site->name, command);
    return engine->realm->raised.kind == VALUE_UNSET ? STATUS_OK : STATUS_ERROR;
}

enum status build_run(struct engine *engine, struct frame *frame, const struct instruction *i) {
    switch (i->op) {
    case OP_ARRAY: return make_array(engine, frame, i);
    case OP_ARRAY_MORE: add_items(frame, i, frame->registers[i->a]); return STATUS_OK;
    case OP_ARRAY_OF: return make_array_of(engine, frame, i);
    case OP_SPREAD: return spread(engine, frame, i);
    case OP_TABLE: {
        struct value table = table_new(engine->realm, i->d ? TABLE_ORDERED : TABLE_HASH, true, NULL);
        table_expect(table, i->e);
        return operand_store(engine, frame, i->a, table);
    }
    case OP_TABLE_ADD: return add_pair(engine, frame, i);
    case OP_JOIN_TEXT: return join_text(engine, frame, i);
    case OP_BLOCK: return operand_store(engine, frame, i->a, block_new(engine, frame->chunk->nested[i->d], frame->scope->module));
    case OP_REFERENCE: return make_reference(engine, frame, i);
    default: return define_function(engine, frame, i);
    }
}
