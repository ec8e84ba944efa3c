/* Arguments to parameters, as PowerShell binds them: names (also abbreviated) and aliases first, then positions, then
 * pipeline input item by item; parameter sets narrowed at each step; values converted and validated. Errors are
 * ParameterBindingException's with PowerShell's ids (NamedParameterNotFound, PositionalParameterNotFound,
 * ParameterArgumentTransformationError, ParameterArgumentValidationError, AmbiguousParameterSet, MissingMandatoryParameter …). */
#ifndef M365SH_COMMAND_BIND_H
#define M365SH_COMMAND_BIND_H

#include "m365sh/command/signature.h"

struct host;
struct command;

/* One argument as the command line gave it. Splats are expanded by the caller into NAME_VALUE and VALUE arguments. */
struct argument {
    enum argument_kind { ARGUMENT_VALUE, ARGUMENT_NAME /* -Name, its value may follow */, ARGUMENT_NAME_VALUE /* -Name:value, splat */ } kind;
    struct text name;
    struct value value;      /* borrowed */
    bool from_splat;         /* gives way to an explicit one */
    bool is_bare;            /* a bare word: messages and native programs care */
    struct span_view { uint32_t start, end; } span;
};

struct binding {
    const struct signature *signature;
    struct value *values;        /* one per parameter; VALUE_UNSET when not bound */
    uint8_t *how;                /* enum bound_how per parameter */
    uint32_t *turn, turns;       /* per parameter: the how-manieth to be bound, for the order of $PSBoundParameters */
    struct value rest;           /* array of unbound arguments ($args), simple functions; VALUE_UNSET none */
    uint64_t sets;               /* bit per set still possible */
    name_id set;                 /* the set chosen ($PSCmdlet.ParameterSetName); 0 none */
    bool expects_input;          /* some unbound parameter takes pipeline input */
    struct binding_private *private_part;
};
enum bound_how { BOUND_NOT, BOUND_EXPLICIT, BOUND_PIPELINE, BOUND_DEFAULT /* $PSDefaultParameterValues */ };

/* Binds what stands on the command line. The command gives the signature, and its name for messages and ids ("Id,Get-Foo").
 * has_input: a pipeline stands before it, so that mandatory parameters may still come. */
enum status bind_arguments(struct realm *realm, struct host *host, struct command *command, const struct argument *arguments,
                           uint32_t count, bool has_input, struct binding *out);
/* Binds one input item: by value without conversion, by property name without, then both with. Resets what the item
 * before had bound. STATUS_ERROR raises InputObjectNotBound (a non-terminating error of the item: the stage goes on). */
enum status bind_input(struct realm *realm, struct host *host, struct command *command, struct binding *binding, struct value item);
/* After begin for stages without input: all mandatory parameters there? Asks at the prompt when somebody is there. */
enum status bind_check_mandatory(struct realm *realm, struct host *host, struct command *command, struct binding *binding);
void binding_free(struct binding *binding);
/* Validators alone, for variables that have some. False: an error is raised that says why. */
bool bind_validate(struct realm *realm, const struct validator *validators, uint32_t count, struct value v);

#endif
