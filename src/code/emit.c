#include "compiler_private.h"

#include "m365sh/value/string.h"

uint32_t emit(struct compiler *compiler, enum opcode op, uint16_t a, uint16_t b, uint16_t c, int32_t d, uint32_t e) {
    struct chunk *chunk = compiler->chunk;
    ALLOC_GROW(chunk->code, compiler->code_capacity, chunk->code_count + 1);
    ALLOC_GROW(chunk->spans, compiler->span_capacity, chunk->code_count + 1);
    chunk->code[chunk->code_count] = (struct instruction){(uint16_t)op, a, b, c, d, e};
    chunk->spans[chunk->code_count] = compiler->span;
    return chunk->code_count++;
}

uint32_t emit_here(const struct compiler *compiler) { return compiler->chunk->code_count; }

uint16_t emit_temporaries(struct compiler *compiler, uint32_t count) {
    uint16_t first = compiler->top;
    compiler->top = (uint16_t)(compiler->top + count);
    if (compiler->top > compiler->chunk->register_count) compiler->chunk->register_count = compiler->top;
    return first;
}

uint16_t emit_temporary(struct compiler *compiler) { return emit_temporaries(compiler, 1); }

int32_t emit_constant_take(struct compiler *compiler, struct value v) {
    struct chunk *chunk = compiler->chunk;
    ALLOC_GROW(chunk->constants, compiler->constant_capacity, chunk->constant_count + 1);
    chunk->constants[chunk->constant_count] = v;
    return (int32_t)chunk->constant_count++;
}

/* 0 is no cache; the block of them is allocated when the chunk is done. */
uint32_t emit_cache(struct compiler *compiler) { return ++compiler->chunk->cache_count; }

int32_t emit_type(struct compiler *compiler, struct text name) {
    struct chunk *chunk = compiler->chunk;
    for (uint32_t i = 0; i < chunk->type_count; i++) {
        if (text_equal(chunk->types[i], name)) return (int32_t)i;
    }
    ALLOC_GROW(chunk->types, compiler->type_capacity, chunk->type_count + 1);
    chunk->types[chunk->type_count] = emit_keep_text(compiler, name);
    return (int32_t)chunk->type_count++;
}

int32_t emit_nested_take(struct compiler *compiler, struct chunk *nested) {
    struct chunk *chunk = compiler->chunk;
    ALLOC_GROW(chunk->nested, compiler->nested_capacity, chunk->nested_count + 1);
    chunk->nested[chunk->nested_count] = nested;
    return (int32_t)chunk->nested_count++;
}

void emit_region(struct compiler *compiler, struct region region) {
    struct chunk *chunk = compiler->chunk;
    if (region.start == region.end) return;
    ALLOC_GROW(chunk->regions, compiler->region_capacity, chunk->region_count + 1);
    chunk->regions[chunk->region_count++] = region;
}

void emit_jump(struct compiler *compiler, enum opcode op, uint16_t a, uint16_t b, uint16_t c, uint32_t e, struct label *label) {
    if (label->place >= 0) {
        emit(compiler, op == OP_JUMP ? OP_JUMP_BACK : op, a, b, c, label->place, e);
        return;
    }
    label->chain = (int32_t)emit(compiler, op, a, b, c, label->chain, e);
}

void emit_label(struct compiler *compiler, struct label *label) {
    label->place = (int32_t)emit_here(compiler);
    for (int32_t at = label->chain; at >= 0;) {
        int32_t next = compiler->chunk->code[at].d;
        compiler->chunk->code[at].d = label->place;
        at = next;
    }
    label->chain = -1;
}

struct text emit_keep_text(struct compiler *compiler, struct text text) {
    return text_make(arena_text(compiler->chunk->arena, text.start, text.length), text.length);
}

void emit_text_constant(struct compiler *compiler, uint16_t target, struct text text) {
    emit(compiler, OP_LOAD_CONSTANT, target, 0, 0, emit_constant_take(compiler, string_new(text)), 0);
}

name_id emit_name(struct compiler *compiler, struct text name) { return intern_name(compiler->realm->names, name); }

bool emit_spells_name(struct compiler *compiler, struct text name) {
    return text_equal(intern_text(compiler->realm->names, emit_name(compiler, name)), name);
}
