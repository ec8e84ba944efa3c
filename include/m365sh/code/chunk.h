/* The bytecode of one script block, function, class method or script: a register machine. Registers are the block's
 * variables (slots), then temporaries. Chunks are counted; a chunk keeps its source, its constants and its nested chunks.
 * What the VM learns while it runs (caches, resolved types) hangs on the chunk, so a chunk belongs to one realm.
 *
 * Modes. A function or script runs in a scope of its own and names its variables by slot. A script block may run in its
 * caller's scope (ForEach-Object) or in one of its own (&), so it reaches variables by name through a cache that is keyed
 * by the scope's layout, that is, by the chunk whose slots the scope has. */
#ifndef M365SH_CODE_CHUNK_H
#define M365SH_CODE_CHUNK_H

#include "m365sh/source/source.h"
#include "m365sh/syntax/tree.h"
#include "m365sh/value/realm.h"

enum opcode {
#define OPCODE(name, operands, sentence) OP_##name,
#include "m365sh/code/opcodes.def"
#undef OPCODE
    OP_COUNT
};
struct opcode_row { const char *name, *operands, *sentence; };
const struct opcode_row *opcode_row(enum opcode opcode);

/* Variables that the engine makes when they are read (GET_AUTOMATIC). */
enum automatic {
    AUTOMATIC_NONE, AUTOMATIC_ARGS, AUTOMATIC_INPUT, AUTOMATIC_THIS, AUTOMATIC_BOUND, AUTOMATIC_MY_INVOCATION, AUTOMATIC_CMDLET,
    AUTOMATIC_SCRIPT_ROOT, AUTOMATIC_COMMAND_PATH, AUTOMATIC_SUCCEEDED, AUTOMATIC_FOLDER, AUTOMATIC_TRUE, AUTOMATIC_FALSE, AUTOMATIC_NULL,
    AUTOMATIC_UNDERSCORE, AUTOMATIC_STACK, AUTOMATIC_FOREACH, AUTOMATIC_SWITCH, AUTOMATIC_CONTEXT,
};

#define REGISTER_NONE 0xffff
struct instruction {
    uint16_t op, a, b, c;
    int32_t d;
    uint32_t e;
};

/* Filled by the VM; zeroed at first. What the fields mean is each instruction's own matter. */
struct inline_cache {
    const void *key, *value;
    uint32_t slot, epoch;
};

enum region_kind {
    REGION_STATEMENT,   /* an error that ends only its statement goes on at `end`; `other` - 1: the slot that it assigns */
    REGION_CATCH,       /* body of a try with catches first_catch .. */
    REGION_FINALLY,     /* body and catches of a try with finally: handler; its pending pair is `pending` */
    REGION_LOOP,        /* break: `handler`, continue: `other` */
    REGION_SWITCH,      /* break: `handler`, continue: `other`; as a loop */
    REGION_TRAP,        /* statements of a block with traps first_catch ..; goes on behind the statement */
};
/* Inner regions stand before outer ones. */
struct region {
    uint32_t start, end;
    uint8_t kind;
    uint16_t temporaries;   /* first temporary that is not in use around the region */
    uint16_t pending;
    uint32_t handler, other;
    name_id label;
    uint32_t first_catch, catch_count;
    struct span span;       /* REGION_STATEMENT: what InvocationInfo shows */
};
struct catch_clause {
    const struct text *types;
    uint32_t type_count;    /* 0: all */
    uint32_t handler;       /* catch: pc; trap: nested chunk */
};

/* Constants that attributes carry. */
struct attribute_argument {
    struct text name;       /* empty: positional */
    struct value value;     /* owned */
    int32_t block;          /* nested chunk when the argument is a script block, else -1 */
    struct text type_name;  /* the argument is a type literal */
};
struct attribute_site {
    struct text type_name;
    bool is_type;           /* [int], not [Parameter()] */
    struct attribute_argument *arguments;
    uint32_t argument_count;
};
struct parameter_site {
    name_id name;
    struct text spelling;
    uint16_t slot;
    bool has_default;
    struct attribute_site *attributes;
    uint32_t attribute_count;
    int32_t attribute_set;  /* of the slot, -1 none */
    struct text default_text;
};
/* Type and validations that stay with a variable: [ValidateRange(1,5)][int]$x = … */
struct attribute_set_site {
    struct attribute_site *attributes;
    uint32_t attribute_count;
    void *resolved;         /* vm's */
};

enum argument_site_kind { SITE_VALUE, SITE_NAME, SITE_NAME_VALUE, SITE_SPLAT };
struct argument_site {
    uint8_t kind;
    bool is_bare;
    struct text name;
    uint16_t reg;
    struct span span;
};
struct redirection_site { uint8_t from, to; bool append; uint16_t reg; };
struct command_site {
    uint8_t invocation;         /* enum invocation_mark */
    bool like_method;           /* name(1, 2): strict mode refuses it */
    name_id name;               /* static name; 0: in `reg` */
    struct text name_text;
    uint16_t reg;
    struct argument_site *arguments; uint32_t argument_count;
    struct redirection_site *redirections; uint32_t redirection_count;
    struct span span;
    uint32_t cache;             /* resolved command */
    void *binding;              /* vm's: how arguments go to slots in a direct call */
};
struct pipeline_site {
    struct command_site *commands; uint32_t count;
    uint16_t input;             /* register of the first expression, REGISTER_NONE */
    bool input_is_range;        /* input and input + 1 are the ends */
    bool background;
    struct span span;
};
struct function_site { name_id name; struct text spelling; struct text scope; bool is_filter; uint32_t chunk; };
struct member_site {
    struct text name;
    uint8_t flags;              /* enum member_flags */
    bool is_method, is_constructor, calls_base;
    struct text type_name;      /* property type, return type; empty: none */
    int32_t chunk;              /* method body, default value; -1 none */
    int32_t base_chunk;         /* arguments of the base constructor, -1 none */
    struct attribute_site *attributes; uint32_t attribute_count;
    struct span span;
};
struct class_site {
    struct text name;
    bool is_enum, is_flags;
    struct text *bases; uint32_t base_count;
    struct member_site *members; uint32_t member_count;
    struct text underlying;
};
struct using_site { int kind; struct text name, alias; };

enum chunk_kind { CHUNK_SCRIPT, CHUNK_FUNCTION, CHUNK_FILTER, CHUNK_BLOCK, CHUNK_METHOD, CHUNK_TRAP };
enum entry_point { ENTRY_PROLOGUE, ENTRY_DYNAMIC, ENTRY_BEGIN, ENTRY_PROCESS, ENTRY_END, ENTRY_CLEAN, ENTRY_COUNT };
enum chunk_flags {
    CHUNK_NAMED_BLOCKS = 1,     /* begin, process or end stand there by name */
    CHUNK_BY_NAME = 2,          /* variables are reached by name */
    CHUNK_USES_BOUND = 4,       /* $PSBoundParameters, $MyInvocation or $PSCmdlet occur */
    CHUNK_CMDLET_BINDING = 8,   /* [CmdletBinding()] or [Parameter()] */
    CHUNK_SETS_UNDERSCORE = 16, /* $_ is changed and must be put back */
    CHUNK_USES_ARGS = 32,
    CHUNK_USES_OFS = 64,
    CHUNK_HAS_PARAMETERS = 128,
};

struct chunk {
    uint32_t references;
    uint8_t kind;
    uint32_t flags;
    struct realm *realm;
    struct source *source;
    struct span span;           /* of the block with its braces; a whole script: all */
    name_id name;               /* function's; 0 */
    struct text name_text;
    struct chunk *outer;        /* borrowed while compiling; NULL afterwards */
    struct instruction *code; uint32_t code_count;
    struct span *spans;         /* per instruction */
    struct value *constants; uint32_t constant_count;
    struct inline_cache *caches; uint32_t cache_count;
    struct text *types; uint32_t type_count;        /* names of [types] */
    struct chunk **nested; uint32_t nested_count;
    struct pipeline_site *pipelines; uint32_t pipeline_count;
    struct function_site *functions; uint32_t function_count;
    struct class_site *classes; uint32_t class_count;
    struct using_site *usings; uint32_t using_count;
    struct region *regions; uint32_t region_count;
    struct catch_clause *catches; uint32_t catch_count;
    struct attribute_set_site *attribute_sets; uint32_t attribute_set_count;
    struct parameter_site *parameters; uint32_t parameter_count;
    struct attribute_site *attributes; uint32_t attribute_count; /* of the param block */
    name_id *slot_names; uint32_t slot_count;
    uint32_t *slot_index; uint32_t slot_index_size;  /* open addressing: slot + 1 */
    uint32_t register_count;
    int32_t entries[ENTRY_COUNT];                    /* pc, -1 none */
    struct text help;
    struct arena *arena;        /* texts and sites of this chunk */
    void *vm_part;              /* vm's, released by vm_part_release */
    void (*vm_part_release)(void *part);
};
struct chunk *chunk_new(struct realm *realm, struct source *source);
struct chunk *chunk_keep(struct chunk *chunk);
void chunk_release(struct chunk *chunk);
/* Slot of a variable, -1 if the chunk has none of that name. */
int32_t chunk_slot(const struct chunk *chunk, name_id name);

/* Text of a chunk and of those nested in it, for --dump bytecode and golden tests. */
void disassemble(struct bytes *out, const struct chunk *chunk);
/* Jumps land, registers and tables exist, entries are instructions. False with a sentence in `problem`. */
bool verify_chunk(const struct chunk *chunk, struct bytes *problem);

#endif
