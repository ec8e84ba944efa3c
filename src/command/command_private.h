/* What the files of this room share: how binding fails, and what a binding keeps besides its values. */
#ifndef M365SH_COMMAND_PRIVATE_H
#define M365SH_COMMAND_PRIVATE_H

#include "m365sh/command/bind.h"
#include "m365sh/command/command_table.h"
#include "m365sh/command/host.h"

struct validation {
    struct command *command;
    const struct parameter *parameter;
};

/* Raises ParameterBindingException (or …ValidationException) with "id,command" and our sentence. */
enum status bind_raise(struct realm *realm, struct command *command, const char *id, enum error_category category,
                       const struct parameter *parameter, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Validators against a value: whole, then element by element. */
enum status validate_value(struct realm *realm, const struct validation *what, const struct validator *validators,
                           uint32_t count, struct value v);

struct binding_private {
    struct value *blocks;        /* per parameter: a block to be run for each item, else VALUE_UNSET */
    bool any_delayed, any_input; /* some parameter may come from the pipeline */
    uint64_t command_line_sets;  /* what was possible before the first item */
};

struct binder {                  /* one run of bind_arguments or bind_input */
    struct realm *realm;
    struct host *host;
    struct command *command;
    const struct signature *signature;
    struct binding *binding;
    bool has_input;
    struct text written;         /* the argument as the script wrote it, if it was a bare number: text parameters get that */
};

/* Converts, validates and keeps `v` for parameter `index`, and narrows the sets. `coerce` false: only if it fits as it
 * is; *bound tells. */
enum status bind_store(struct binder *binder, uint32_t index, struct value v, enum bound_how how, bool coerce, bool *bound);
/* The part of a parameter that holds in the sets still possible; NULL if none. */
const struct parameter_set_part *bind_part(const struct binder *binder, uint32_t index);
enum status bind_named(struct binder *binder, const struct argument *arguments, uint32_t count, uint8_t *used);
enum status bind_positions(struct binder *binder, const struct argument *arguments, uint32_t count, uint8_t *used);
enum status bind_defaults(struct binder *binder);
/* Chooses one set among those possible; raises AmbiguousParameterSet. `final`: mandatory ones must all be there. */
enum status bind_ambiguous(struct binder *binder);
enum status bind_choose_set(struct binder *binder, bool final);

#endif
