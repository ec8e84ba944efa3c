#include "m365sh/code/chunk.h"

static void add_register(struct bytes *out, const struct chunk *chunk, uint16_t reg) {
    if (reg == REGISTER_NONE) bytes_add_string(out, " -");
    else if (reg < chunk->slot_count) {
        struct text name = intern_text(chunk->realm->names, chunk->slot_names[reg]);
        bytes_add_format(out, " $%.*s", TEXT_ARGUMENT(name));
    } else bytes_add_format(out, " t%u", reg - chunk->slot_count);
}

static void add_operand(struct bytes *out, const struct chunk *chunk, char kind, int64_t operand) {
    switch (kind) {
    case 'w': case 'r': case 'p': add_register(out, chunk, (uint16_t)operand); break;
    case 'i': case 'x': bytes_add_format(out, " %lld", (long long)(int32_t)operand); break;
    case 'j': bytes_add_format(out, " ->%lld", (long long)operand); break;
    case 's': bytes_add_format(out, " #%lld", (long long)operand); break;
    case 'o': bytes_add_format(out, " %s", operator_row((enum operator_id)operand)->spelling); break;
    case 't': bytes_add_format(out, " [%.*s]", TEXT_ARGUMENT(chunk->types[operand])); break;
    case 'n':
        if (operand) bytes_add_format(out, " %.*s", TEXT_ARGUMENT(intern_text(chunk->realm->names, (name_id)operand)));
        break;
    case 'k':
        bytes_add_byte(out, ' ');
        value_inspect(out, chunk->constants[operand], 2);
        break;
    default: break;
    }
}

static void add_instruction(struct bytes *out, const struct chunk *chunk, uint32_t at) {
    const struct instruction *instruction = &chunk->code[at];
    const struct opcode_row *row = opcode_row((enum opcode)instruction->op);
    const int64_t operands[5] = {instruction->a, instruction->b, instruction->c, instruction->d, instruction->e};
    bytes_add_format(out, "  %4u %-16s", at, row->name);
    for (int i = 0; i < 5; i++) add_operand(out, chunk, row->operands[i], operands[i]);
    bytes_add_byte(out, '\n');
}

static void add_regions(struct bytes *out, const struct chunk *chunk) {
    static const char *const names[] = {"statement", "catch", "finally", "loop", "switch", "trap"};
    for (uint32_t i = 0; i < chunk->region_count; i++) {
        const struct region *region = &chunk->regions[i];
        if (region->kind == REGION_STATEMENT) continue;
        bytes_add_format(out, "  %s %u..%u", names[region->kind], region->start, region->end);
        if (region->kind == REGION_LOOP || region->kind == REGION_SWITCH) bytes_add_format(out, " break %u continue %u", region->handler, region->other);
        bytes_add_byte(out, '\n');
    }
}

/* Nesting is bounded by LIMIT_PARSE_DEPTH. */
void disassemble(struct bytes *out, const struct chunk *chunk) {
    static const char *const kinds[] = {"script", "function", "filter", "block", "method", "trap"};
    bytes_add_format(out, "%s %.*s slots %u registers %u\n", kinds[chunk->kind], TEXT_ARGUMENT(chunk->name_text), chunk->slot_count,
                     chunk->register_count);
    for (uint32_t i = 0; i < chunk->code_count; i++) add_instruction(out, chunk, i);
    add_regions(out, chunk);
    for (uint32_t i = 0; i < chunk->nested_count; i++) disassemble(out, chunk->nested[i]);
}
