/* The compiler's state and what its files offer each other. One struct compiler a chunk; nested blocks get their own.
 *
 * Temporaries are a stack: a function that needs some takes them with emit_temporary and gives them back by setting
 * compiler->top to what it was. compile_operand gives a register to read from, which may be a variable's own slot;
 * compile_value always gives a temporary; compile_into puts the result where the caller says. */
#ifndef M365SH_CODE_COMPILER_PRIVATE_H
#define M365SH_CODE_COMPILER_PRIVATE_H

#include "m365sh/base/alloc.h"
#include "m365sh/base/arena.h"
#include "m365sh/code/compile.h"

/* Jumps to a place not known yet: a chain through their d fields. */
struct label { int32_t chain; int32_t place; };
#define LABEL_NEW ((struct label){-1, -1})

struct loop {
    struct loop *outer;
    name_id label;
    struct label go_on, leave;
    struct guard *guards;       /* those that stood around the loop */
};
/* What a jump out of its block must put back: $_ saved in a register, or a finally block. */
struct guard {
    struct guard *outer;
    bool is_finally;
    uint16_t saved;
};
struct compiler {
    struct realm *realm;
    struct source *source;
    struct chunk *chunk;
    struct compiler *outer;
    uint16_t top;               /* first free temporary */
    uint16_t capture;           /* where output goes: REGISTER_NONE is the frame's output */
    uint16_t caught;            /* register of the error in a catch block, REGISTER_NONE outside */
    struct loop *loops;
    struct guard *guards;
    struct span span;           /* of what is being compiled: instructions get it */
    bool watches_success;       /* the source speaks of $? */
    bool in_class;
    struct span *too_deep;      /* of the whole compilation: where it gave up; start 0, end 0 while it has not */
    size_t code_capacity, span_capacity, constant_capacity, type_capacity, nested_capacity, pipeline_capacity, function_capacity,
        class_capacity, using_capacity, region_capacity, catch_capacity, set_capacity;
};

#define COMPILER_PARTS 1000     /* list items and text parts that stand in registers at once */
/* Has the compilation given up, or must it here: too little C stack or too many registers? */
bool compiler_gives_up(struct compiler *compiler, const struct node *node);

/* --- emit.c --------------------------------------------------------------------------------------------------------- */
uint32_t emit(struct compiler *compiler, enum opcode op, uint16_t a, uint16_t b, uint16_t c, int32_t d, uint32_t e);
uint32_t emit_here(const struct compiler *compiler);
uint16_t emit_temporary(struct compiler *compiler);
uint16_t emit_temporaries(struct compiler *compiler, uint32_t count);
int32_t emit_constant_take(struct compiler *compiler, struct value v);
uint32_t emit_cache(struct compiler *compiler);
int32_t emit_type(struct compiler *compiler, struct text name);
int32_t emit_nested_take(struct compiler *compiler, struct chunk *chunk);
void emit_region(struct compiler *compiler, struct region region);
void emit_jump(struct compiler *compiler, enum opcode op, uint16_t a, uint16_t b, uint16_t c, uint32_t e, struct label *label);
void emit_label(struct compiler *compiler, struct label *label);       /* the label is here */
void emit_text_constant(struct compiler *compiler, uint16_t target, struct text text);
struct text emit_keep_text(struct compiler *compiler, struct text text); /* a copy in the chunk's arena */
name_id emit_name(struct compiler *compiler, struct text name);
/* Is the name kept in this very spelling? Else a key of a hashtable that it sets must come as text ($h.Name after $h.name). */
bool emit_spells_name(struct compiler *compiler, struct text name);

/* --- scope_plan.c --------------------------------------------------------------------------------------------------- */
enum automatic scope_plan_automatic(struct text name);
/* Gives the variables of the body slots; parameters first. */
void scope_plan(struct compiler *compiler, const struct node_list *parameters, struct node *body);
void scope_plan_add(struct compiler *compiler, name_id name);
void scope_plan_finish(struct compiler *compiler);

/* --- compile.c ------------------------------------------------------------------------------------------------------ */
struct chunk *compile_body(struct compiler *outer, struct node *body, const struct node_list *parameters, enum chunk_kind kind,
                           struct text name, struct span span);
struct text compile_type_text(struct node *node);      /* of TYPE_NAME or what wraps one */

/* --- statements ----------------------------------------------------------------------------------------------------- */
void compile_statement(struct compiler *compiler, struct node *node);
void compile_block(struct compiler *compiler, struct node *block);
/* The value of a statement in a value's place: nothing, one, or an array. */
void compile_captured(struct compiler *compiler, struct node *node, uint16_t target, bool as_array);
void compile_emit(struct compiler *compiler, uint16_t reg);
/* The expression that a statement merely wraps, else NULL. */
struct node *compile_pure(struct node *node);
void compile_flow(struct compiler *compiler, struct node *node);
void compile_foreach(struct compiler *compiler, struct node_foreach *node);
void compile_switch(struct compiler *compiler, struct node_switch *node);
void compile_try(struct compiler *compiler, struct node_try *node);
void compile_jump_out(struct compiler *compiler, struct node *node);
void compile_traps(struct compiler *compiler, struct node_block *block, uint32_t start, uint32_t end);
/* Jumps to the label if the truth of the condition is `sense`; else goes on. */
void compile_jump_if(struct compiler *compiler, struct node *condition, bool sense, struct label *label);

/* --- expressions ---------------------------------------------------------------------------------------------------- */
uint16_t compile_operand(struct compiler *compiler, struct node *node);
/* As compile_operand, safe against what `later` does to variables. */
uint16_t compile_operand_before(struct compiler *compiler, struct node *node, struct node *later);
uint16_t compile_value(struct compiler *compiler, struct node *node);
void compile_into(struct compiler *compiler, struct node *node, uint16_t target);
void compile_operator(struct compiler *compiler, struct node_binary *node, uint16_t target);
void compile_unary(struct compiler *compiler, struct node *node, uint16_t target);
bool compile_small_integer(const struct node *node, int32_t *out);
enum opcode compile_comparison(enum operator_id id);
void compile_step(struct compiler *compiler, struct node *operand, int step, bool before, uint16_t target); /* REGISTER_NONE: value unused */
void compile_member(struct compiler *compiler, struct node *node, uint16_t target);
void compile_text(struct compiler *compiler, struct node_expandable *node, uint16_t target);
void compile_hashtable(struct compiler *compiler, struct node_hashtable *node, uint16_t target, bool ordered);
void compile_variable(struct compiler *compiler, struct node_variable *node, uint16_t target);
/* The slot that a variable node names, or -1. */
int32_t compile_slot(struct compiler *compiler, struct node *node);
bool compile_is_variable(struct node *node, const char *name);

/* --- assignment, commands, declarations ----------------------------------------------------------------------------- */
void compile_assignment(struct compiler *compiler, struct node_assignment *node, uint16_t target);
void compile_store(struct compiler *compiler, struct node *target, uint16_t value); /* empties the temporary */
void compile_pipeline(struct compiler *compiler, struct node_pipeline *node);
void compile_chain(struct compiler *compiler, struct node_chain *node);
void compile_function(struct compiler *compiler, struct node_function *node);
void compile_parameters(struct compiler *compiler, const struct node_list *parameters);
void compile_attributes(struct compiler *compiler, const struct node_list *nodes, struct attribute_site **out, uint32_t *count);
int32_t compile_attribute_set(struct compiler *compiler, struct node **nodes, uint32_t count);
void compile_class(struct compiler *compiler, struct node_class *node);
void compile_enum(struct compiler *compiler, struct node_enum *node);

/* --- fold.c --------------------------------------------------------------------------------------------------------- */
struct value fold_number(const struct number_literal *number);
/* The value of a constant expression; false if it is none. Owned. */
bool fold_constant(struct compiler *compiler, struct node *node, struct value *out);

#endif
