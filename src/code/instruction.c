#include "m365sh/code/chunk.h"

static const struct opcode_row rows[OP_COUNT] = {
#define OPCODE(name, operands, sentence) {#name, operands, sentence},
#include "m365sh/code/opcodes.def"
#undef OPCODE
};

const struct opcode_row *opcode_row(enum opcode opcode) { return &rows[opcode < OP_COUNT ? opcode : OP_NOP]; }
