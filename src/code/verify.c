#include "m365sh/code/chunk.h"

static bool fail(struct bytes *problem, uint32_t at, const char *what, int64_t operand) {
    if (problem) bytes_add_format(problem, "instruction %u: %s %lld", at, what, (long long)operand);
    return false;
}

static uint32_t site_count(const struct chunk *chunk, uint16_t op) {
    switch (op) {
    case OP_BLOCK: return chunk->nested_count;
    case OP_CALL: case OP_PIPELINE: return chunk->pipeline_count;
    case OP_FUNCTION: return chunk->function_count;
    case OP_CLASS: return chunk->class_count;
    case OP_USING: return chunk->using_count;
    case OP_SET_TYPED: return chunk->attribute_set_count;
    default: return UINT32_MAX;
    }
}

static bool verify_operand(const struct chunk *chunk, uint32_t at, char kind, int64_t operand, struct bytes *problem) {
    uint32_t registers = chunk->register_count;
    switch (kind) {
    case 'w': case 'r':
        if (operand != REGISTER_NONE && operand >= registers && operand != 0) return fail(problem, at, "no register", operand);
        return true;
    case 'p': return operand + 1 < registers || fail(problem, at, "no register pair", operand);
    case 'j': return (operand >= 0 && operand < chunk->code_count) || fail(problem, at, "jump out of the code to", operand);
    case 'k': return (operand >= 0 && operand < chunk->constant_count) || fail(problem, at, "no constant", operand);
    case 't': return (operand >= 0 && operand < chunk->type_count) || fail(problem, at, "no type", operand);
    case 'c': return operand <= chunk->cache_count || fail(problem, at, "no cache", operand);
    case 's': return (uint32_t)operand < site_count(chunk, chunk->code[at].op) || fail(problem, at, "no site", operand);
    default: return true;
    }
}

static bool verify_regions(const struct chunk *chunk, struct bytes *problem) {
    for (uint32_t i = 0; i < chunk->region_count; i++) {
        const struct region *region = &chunk->regions[i];
        if (region->start > region->end || region->end > chunk->code_count) return fail(problem, region->start, "region ends at", region->end);
        if (region->kind != REGION_STATEMENT && region->handler >= chunk->code_count) return fail(problem, region->start, "region has no handler", region->handler);
        if (region->first_catch + region->catch_count > chunk->catch_count) return fail(problem, region->start, "no catch", region->first_catch);
    }
    return true;
}

bool verify_chunk(const struct chunk *chunk, struct bytes *problem) {
    for (uint32_t at = 0; at < chunk->code_count; at++) {
        const struct instruction *instruction = &chunk->code[at];
        if (instruction->op >= OP_COUNT) return fail(problem, at, "no opcode", instruction->op);
        const char *operands = opcode_row((enum opcode)instruction->op)->operands;
        const int64_t fields[5] = {instruction->a, instruction->b, instruction->c, instruction->d, instruction->e};
        for (int i = 0; i < 5; i++) {
            if (!verify_operand(chunk, at, operands[i], fields[i], problem)) return false;
        }
    }
    for (int i = 0; i < ENTRY_COUNT; i++) {
        if (chunk->entries[i] >= (int32_t)chunk->code_count) return fail(problem, 0, "entry beyond the code", chunk->entries[i]);
    }
    if (chunk->code_count && chunk->code[chunk->code_count - 1].op != OP_RETURN) return fail(problem, chunk->code_count - 1, "code ends with", 0);
    if (!verify_regions(chunk, problem)) return false;
    for (uint32_t i = 0; i < chunk->nested_count; i++) {
        if (!verify_chunk(chunk->nested[i], problem)) return false;
    }
    return true;
}
