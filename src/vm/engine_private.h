/* The engine's state and what the files of this room offer each other.
 *
 * A scope is the slots of a frame with the names of its chunk, and a table for names made at run time. Values in slots
 * carry a mark in `spare`: 0 plain; SLOT_BOXED: the slot holds a [ref] to the real place; SLOT_DYNAMIC: attributes are in
 * the scope's list; else attribute set number + 1 of the layout. Marks never leave slots: whoever copies a value out
 * clears them or does not look. */
#ifndef M365SH_VM_ENGINE_PRIVATE_H
#define M365SH_VM_ENGINE_PRIVATE_H

#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/code/compile.h"
#include "m365sh/ops/ops.h"
#include "m365sh/pipeline/pipeline.h"
#include "m365sh/syntax/parse.h"
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/array.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"
#include "m365sh/vm/vm.h"

#define SLOT_BOXED 0xffff
#define SLOT_DYNAMIC 0xfffe

/* name_id → pointer; zero-initialise. */
struct name_table { name_id *names; void **items; uint32_t count, capacity; };
void *name_table_get(const struct name_table *table, name_id name);
void name_table_put(struct name_table *table, name_id name, void *item);
void *name_table_remove(struct name_table *table, name_id name);
bool name_table_next(const struct name_table *table, uint32_t *position, name_id *name, void **item);
void name_table_free(struct name_table *table, void (*release)(void *));

enum variable_flags { VARIABLE_READ_ONLY = 1, VARIABLE_CONSTANT = 2, VARIABLE_PRIVATE = 4, VARIABLE_ALL_SCOPE = 8 };
struct variable_attributes {
    name_id name;
    const struct type *type;
    struct validator *validators; uint32_t validator_count;
    uint32_t flags;
    struct value description;
};
struct variable { struct value value; };    /* its spare: SLOT_DYNAMIC or 0 */

struct module;
struct script_class;
struct scope {
    struct scope *parent;
    struct chunk *layout;           /* names of the slots; NULL: none */
    struct value *slots;
    struct name_table extra;        /* struct variable */
    struct name_table functions;    /* struct command */
    struct name_table aliases;      /* struct command with the target's name as path */
    struct name_table attributes;   /* struct variable_attributes */
    struct module *module;
    bool is_script;                 /* what $script: means */
    int8_t strict;                  /* Set-StrictMode: 0 not set here, -1 off, else version */
};

struct module {
    uint32_t references;
    struct engine *engine;
    struct module *outer;           /* closures: the module around; kept */
    struct text name;
    char *path;
    struct scope scope;
    struct value object;            /* borrowed PSModuleInfo while it lives */
    struct name_table exported_functions, exported_variables, exported_aliases;
    bool exports_said;
    struct value manifest, on_remove, nested, options;
    struct value held;              /* its object, while it is in use */
    bool is_closure, is_nested, has_root;
    bool is_built_in, is_dynamic;   /* Microsoft.Graph and the like; New-Module, until it is imported */
};

/* What a script block value holds. */
struct block {
    struct chunk *chunk;
    struct module *module;          /* whose scope it runs in; NULL: the caller's */
    bool is_filter;
};

struct frame {
    struct frame *caller;           /* across C calls too */
    struct chunk *chunk;            /* kept */
    const struct instruction *pc;
    struct value *registers;
    struct scope *scope;
    struct value *capture;          /* pair in another frame's registers, or NULL: output */
    struct emitter output;
    const struct stream_set *streams;
    const struct command_site *site;/* in the caller's chunk; NULL */
    struct command *command;        /* function; kept */
    struct invocation *call;        /* the stage it runs as, or NULL */
    struct value args, input, this_object, bound, saved_underscore, result, last_item, initial /* parameters before the first item */;
    const struct type *class_of;    /* method's class */
    struct scope own;
    enum status passing;            /* a stage's output was refused: what came back, kept from the function's own try */
    struct value passing_error;
    bool passing_fatal;
    uint32_t depth;                 /* frames below this one */
    struct invocation *around;      /* the cmdlet whose block this runs */
    uint64_t delayed;               /* parameters whose blocks are run for each item */
    bool owns_scope, is_base, propagates, saves_underscore, is_heap, traps_running;
};

struct engine {
    struct realm *realm;
    struct host *host;
    struct scope global;
    struct frame *frame;            /* innermost */
    char *stack, *stack_next, *stack_end;
    struct value underscore;
    struct value errors;            /* $Error */
    struct value written;           /* the record last written as a non-terminating error: raised again, it is Stop's */
    const struct counted *enclosed; /* the error whose next handler is in or beyond `encloser`: long unwinding asks once */
    const struct frame *encloser;
    bool fatal;                     /* the error raised ends the script, not only its statement */
    bool succeeded;
    bool strict_used, attributes_used;
    uint32_t epoch;                 /* changes when functions or aliases do: empties command caches */
    int exit_code;
    struct module **modules; uint32_t module_count;
    struct module *loading;
    struct callable_host callables;
    const struct stream_set *streams;
    struct name_table classes;      /* names of script classes → const struct type */
    struct script_class **class_list; uint32_t class_count;
    struct name_table automatic_types;
    struct text *namespaces; uint32_t namespace_count;
    struct value null;
    struct condition_store *conditions; /* condition.c; NULL until a block is read */
};

/* --- scope.c -------------------------------------------------------------------------------------------------------- */
void scope_open(struct scope *scope, struct scope *parent, struct chunk *layout, struct value *slots);
void scope_close(struct engine *engine, struct scope *scope);          /* releases everything but the slots */
struct value *scope_find(struct scope *scope, name_id name);           /* in this scope; NULL */
struct value *scope_lookup(struct engine *engine, struct scope *scope, name_id name); /* and outwards; NULL */
struct value *scope_lookup_cached(struct engine *engine, struct scope *scope, name_id name, struct inline_cache *cache);
enum status scope_assign_take(struct engine *engine, struct scope *scope, name_id name, struct value v);
struct value *scope_place(struct engine *engine, struct scope *scope, name_id name); /* makes it, as null, if need be */
struct scope *scope_numbered(struct engine *engine, struct scope *from, int which); /* compile_expression's scope numbers */
struct scope *scope_current(struct engine *engine);
struct scope *scope_script(struct engine *engine, struct scope *from);
bool scope_remove(struct engine *engine, struct scope *scope, name_id name);
int scope_strict(struct engine *engine, struct scope *scope);
/* A program's frame becomes the global scope: its slots are global variables while it runs; and back. */
void scope_adopt(struct engine *engine, struct frame *frame);
void scope_give_back(struct engine *engine);
void scope_copy_out(struct engine *engine, struct scope *from);        /* dot-sourced function: its variables to the parent */

/* --- variable.c ----------------------------------------------------------------------------------------------------- */
enum status variable_store_take(struct engine *engine, struct scope *scope, name_id name, struct value *place, struct value v);
struct variable_attributes *variable_attributes(struct engine *engine, struct scope *scope, name_id name, struct value *place);
struct variable_attributes *variable_own_attributes(struct engine *engine, struct scope *scope, name_id name, struct value *place);
void variable_attributes_free(void *attributes);
enum status variable_check(struct engine *engine, const struct variable_attributes *attributes, struct value v, struct value *out);
enum status variable_set_typed(struct engine *engine, struct frame *frame, const struct instruction *instruction);
struct variable_attributes *attributes_resolve(struct engine *engine, struct chunk *chunk, uint32_t set);
enum status variable_refuse(struct engine *engine, name_id name);        /* raises VariableNotWritable */
enum status variable_undefined(struct engine *engine, name_id name);
enum status automatic_get(struct engine *engine, struct frame *frame, uint16_t which, struct value *out);
enum status drive_get(struct engine *engine, struct frame *frame, uint16_t drive, name_id name, struct value *out);
enum status drive_set(struct engine *engine, struct frame *frame, uint16_t drive, name_id name, struct value v);
struct value cmdlet_object(struct engine *engine, struct frame *frame);     /* $PSCmdlet */
bool automatic_by_name(struct engine *engine, name_id name, struct value *out); /* what $name means when no variable is there */
struct frame *frame_function(struct engine *engine, struct frame *frame); /* the frame that owns the scope */
struct value invocation_info(struct engine *engine, struct frame *frame);
struct value command_object(struct engine *engine, struct command *command, struct chunk *chunk); /* command_object.c */
struct value bound_parameters(struct engine *engine, struct frame *frame);

/* --- frame.c -------------------------------------------------------------------------------------------------------- */
struct frame *frame_push(struct engine *engine, struct chunk *chunk);  /* on the VM's stack; NULL: raised CallDepthOverflow */
struct frame *frame_new(struct engine *engine, struct chunk *chunk);   /* on the heap, not entered */
void frame_own_scope(struct engine *engine, struct frame *frame, struct scope *parent);
void frame_pop(struct engine *engine, struct frame *frame);
void frame_free(struct engine *engine, struct frame *frame);
void frame_clear(struct engine *engine, struct frame *frame);
/* Runs from an entry to its return. */
enum status frame_run(struct engine *engine, struct frame *frame, int32_t entry);
enum status dispatch_run(struct engine *engine, struct frame *base);

/* --- output.c ------------------------------------------------------------------------------------------------------- */
void capture_add(struct engine *engine, struct value *pair, struct value v);
void capture_start(struct value *pair);
struct value capture_take(struct engine *engine, struct value *pair, bool as_array);
enum status output_value(struct engine *engine, struct frame *frame, struct value v);
enum status output_each(struct engine *engine, struct frame *frame, struct value *pair, struct value v);
struct output_target { struct engine *engine; struct frame *frame; struct value *pair; };
struct emitter output_emitter(struct output_target *target);

/* --- operand.c ------------------------------------------------------------------------------------------------------ */
struct value *operand_resolve(struct engine *engine, struct frame *frame, uint16_t reg);
static inline struct value *operand(struct engine *engine, struct frame *frame, uint16_t reg) {
    struct value *v = &frame->registers[reg];
    if (__builtin_expect(v->kind != VALUE_UNSET && v->spare != SLOT_BOXED, 1)) return v;
    return operand_resolve(engine, frame, reg);
}
static inline void operand_done(struct frame *frame, uint16_t reg) {
    struct value *v = &frame->registers[reg];
    if (reg < frame->chunk->slot_count || !value_is_counted(*v)) return;
    struct value old = *v;
    v->kind = VALUE_UNSET;
    value_release(old);
}
/* Stores an owned result; slots with marks convert and check. */
enum status operand_store_marked(struct engine *engine, struct frame *frame, uint16_t reg, struct value v);
static inline enum status operand_store(struct engine *engine, struct frame *frame, uint16_t reg, struct value v) {
    struct value *place = &frame->registers[reg];
    if (__builtin_expect(place->spare != 0, 0)) return operand_store_marked(engine, frame, reg, v);
    struct value old = *place;
    v.spare = 0;
    *place = v;
    value_release(old);
    return STATUS_OK;
}
static inline struct value operand_take(struct frame *frame, uint16_t reg) {
    struct value v = frame->registers[reg];
    if (reg < frame->chunk->slot_count) return value_keep(v);
    frame->registers[reg].kind = VALUE_UNSET;
    v.spare = 0;
    return v;
}
enum status operand_binary(struct engine *engine, struct frame *frame, const struct instruction *instruction, enum operator_id id);
enum status operand_binary_int(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status operand_compare(struct engine *engine, struct frame *frame, uint16_t b, struct value *right, uint16_t c, enum operator_id id, bool *out);
enum status operand_add_named(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status operand_matches(struct engine *engine, struct frame *frame);

/* --- unwind.c, error.c ---------------------------------------------------------------------------------------------- */
/* Where to go on with a status other than OK: true with frame->pc set. */
bool unwind_frame(struct engine *engine, struct frame *frame, enum status *status);
void error_place(struct engine *engine, struct value record, const struct invocation *call);
void error_remember(struct engine *engine, struct value record);
enum status error_throw(struct engine *engine, struct frame *frame, struct value v);
bool error_matches(struct engine *engine, struct value exception, const struct text *types, uint32_t count);
/* $ErrorActionPreference here. */
/* A record of a stream, for the lists behind -ErrorVariable and its like of the functions that are running. */
void error_note(struct engine *engine, int stream, const struct invocation *call, struct value v);
enum action_preference error_preference(struct engine *engine);
enum status error_write(struct engine *engine, struct frame *frame, struct value record_take);
struct value error_stack(struct engine *engine);
struct value error_chunk_position(struct engine *engine, struct chunk *chunk, struct span span);

/* --- call.c, argument.c, function.c --------------------------------------------------------------------------------- */
struct frame *call_direct(struct engine *engine, struct frame *frame, const struct instruction *instruction, enum status *status);
void call_direct_done(struct engine *engine, struct frame *callee);
enum status call_pipeline(struct engine *engine, struct frame *frame, const struct instruction *instruction);
struct command *command_resolve(struct engine *engine, name_id name, struct text text);
struct command *command_resolve_value(struct engine *engine, struct value v, struct text *called_as);
struct command *command_of_block(struct engine *engine, struct value block, struct text name, enum command_kind kind);
struct command *command_of_file(struct engine *engine, struct text path);
void call_plan_free(void *plan);
void chunk_learns(struct chunk *chunk);                 /* what its sites learn is freed with it */
enum status command_of_site(struct engine *engine, struct frame *frame, const struct command_site *site, struct command **out, struct text *name);
struct command *command_for_host(struct engine *engine, struct text name); /* owned; scripts are loaded; NULL */
extern const struct command_class function_class, dotted_class, program_class;
struct signature *function_signature(struct engine *engine, struct chunk *chunk);
void attribute_validators(struct engine *engine, struct chunk *chunk, const struct attribute_site *sites, uint32_t count,
                          struct validator **out, uint32_t *out_count);
const struct type *attribute_type(struct engine *engine, const struct attribute_site *sites, uint32_t count, bool *is_switch);
struct value attribute_value(struct engine *engine, struct chunk *chunk, const struct attribute_argument *argument);
struct value parameter_initial(struct engine *engine, const struct type *type, bool is_switch);
void frame_set_parameter(struct engine *engine, struct frame *frame, uint32_t index, struct value v_take);
void function_define(struct engine *engine, struct scope *scope, name_id name, struct command *command_taken);

/* --- block.c -------------------------------------------------------------------------------------------------------- */
struct value block_new(struct engine *engine, struct chunk *chunk, struct module *module);
struct block *block_of(struct value v);
enum status block_call(void *context, struct realm *realm, const struct block_call *call);
struct value block_text(void *context, struct realm *realm, struct value v);
struct scope *block_scope_parent(struct engine *engine, struct module *module);
/* Parses and compiles; raises ParseException. Owned chunk or NULL. */
struct chunk *block_compile(struct engine *engine, struct source *source, enum compile_mode mode, struct diagnostic_list *diagnostics);
struct chunk *block_compile_text(struct engine *engine, struct text text, struct text name, enum compile_mode mode);
struct chunk *block_compile_source(struct engine *engine, struct source *source, enum compile_mode mode);
enum status block_from_text(struct host *host, struct text text, struct value *out);
enum status block_closure(struct engine *engine, struct value v, struct value *out);
bool block_member(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out);
bool block_property(struct engine *engine, struct value v, name_id name, struct value *out);

/* --- block_create.c -------------------------------------------------------------------------------------------------- */
/* Raises what the parser said: a ParseException with the first diagnostic's id and all of them as Errors. */
void block_create_raise(struct engine *engine, struct source *source, const struct diagnostic_list *list);
/* [scriptblock]::Create; false if the static method called is another. */
bool block_create_static(struct engine *engine, const struct type *type, name_id name, const struct value *arguments, uint32_t count,
                         enum status *status, struct value *out);

/* --- access.c, iterate.c, text ------------------------------------------------------------------------------------- */
enum status access_run(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status convert_run(struct engine *engine, struct frame *frame, const struct instruction *instruction);
const struct type *type_resolve(struct engine *engine, struct text name);
enum status type_resolve_cached(struct engine *engine, struct frame *frame, const struct instruction *instruction, const struct type **out);
enum status build_run(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status iterate_start(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status iterate_next(struct engine *engine, struct frame *frame, const struct instruction *instruction, bool *more);
enum status switch_test(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status switch_file(struct engine *engine, struct frame *frame, const struct instruction *instruction);

/* --- class.c, module.c, host.c -------------------------------------------------------------------------------------- */
void class_start(struct engine *engine);
void class_stop(struct engine *engine);
enum status class_define(struct engine *engine, struct frame *frame, const struct class_site *site);
enum status class_call_base(struct engine *engine, struct frame *frame, const struct instruction *instruction);
enum status using_run(struct engine *engine, struct frame *frame, const struct using_site *site);
void module_release(struct module *module);
struct module *module_new(struct engine *engine, struct text name);
struct module *module_keep(struct module *module);
struct module *module_of(struct value v);               /* behind a PSModuleInfo; borrowed, NULL */
struct value module_object(struct engine *engine, struct module *module);
void module_drop_object(struct module *module);
struct command *module_function(struct engine *engine, struct text module_name, struct text name);
struct module *module_find(struct engine *engine, struct text name);
void module_add(struct engine *engine, struct module *module);
void module_unload(struct engine *engine, struct module *module);
void module_export(struct engine *engine, struct module *module, struct value functions, struct value variables, struct value aliases);
void module_finish_exports(struct engine *engine, struct module *module);
void module_import_into(struct engine *engine, struct module *module, struct scope *scope, struct value options);
enum status module_import(struct engine *engine, struct value what, struct value options, struct value *out);
enum status module_from_block(struct engine *engine, struct value name, struct value block, struct value arguments, struct value options, struct value *out);
enum status module_read_manifest(struct engine *engine, struct module *module, const char *path);
bool module_file(struct engine *engine, struct text name, struct bytes *out);   /* module_list.c */
struct module *module_peek(struct engine *engine, const char *path);
struct value module_available(struct engine *engine, struct value patterns);
void modules_stop(struct engine *engine);
void host_start(struct engine *engine);
const struct condition *condition_of_block(struct host *host, struct value block);
void condition_stop(struct engine *engine);
bool cmdlet_property(struct engine *engine, struct value v, name_id name, struct value *out);
struct value command_help(struct host *host, struct command *command);
struct value host_object_new(struct engine *engine);                        /* $Host: host_object.c */
bool host_ui_property(struct engine *engine, struct value v, name_id name, struct value *out);
bool host_ui_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out);
/* requires.c: #requires lines; raises. services.c: "'X' belongs to …" for commands and modules out of reach. */
enum status requires_check(struct engine *engine, struct source *source);
bool service_of_command(struct text name, struct bytes *sentence);
bool service_of_module(struct text name, struct bytes *sentence);
/* intrinsics_object.c */
struct value intrinsics_object(struct engine *engine);                         /* $ExecutionContext */
struct value intrinsics_session(struct engine *engine, struct module *module);
struct value intrinsics_invoke(struct engine *engine, struct module *module);
bool intrinsics_property(struct engine *engine, struct value v, name_id name, struct value *out);
bool intrinsics_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out);
bool module_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out);
bool cmdlet_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out);
enum status host_ask(struct host *host, struct text what, const struct value *arguments, uint32_t count, struct value *out);
void variables_start(struct engine *engine);
enum status run_script_command(struct engine *engine, struct command *command);

#endif
