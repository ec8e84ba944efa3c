/* Commands by name without case: aliases before functions before cmdlets before programs on the PATH, as PowerShell.
 * Cmdlet rows live in the table; functions and aliases live in scopes (vm) and are asked through the host. */
#ifndef M365SH_COMMAND_COMMAND_TABLE_H
#define M365SH_COMMAND_COMMAND_TABLE_H

#include "m365sh/base/bytes.h"
#include "m365sh/command/signature.h"

enum command_kind { COMMAND_CMDLET, COMMAND_FUNCTION, COMMAND_FILTER, COMMAND_SCRIPT, COMMAND_APPLICATION, COMMAND_ALIAS };

struct invocation;
/* How one kind of command runs: cmdlets through their row, functions and script blocks through vm, programs through
 * the native stage. */
struct command_class {
    enum status (*begin)(struct invocation *call);
    enum status (*process)(struct invocation *call);   /* call->input is the item; VALUE_UNSET without pipeline input */
    enum status (*end)(struct invocation *call);
    void (*clean)(struct invocation *call);
};
struct command {
    enum command_kind kind;
    name_id name;
    struct text spelling;
    const struct command_class *class_of;
    struct signature *signature;     /* cmdlets: built at first use by command_signature */
    const struct cmdlet_row *row;    /* cmdlets */
    struct value block;              /* functions, filters, scripts: the script block; else VALUE_UNSET */
    struct value path;               /* scripts and applications */
    name_id module;                  /* 0 none */
    struct value hidden;             /* vm's own (a module, help …) */
    uint32_t references;             /* counted: command_keep, command_release */
};
struct command *command_new(enum command_kind kind, struct realm *realm, struct text spelling);
struct command *command_keep(struct command *command);
void command_release(struct command *command);
const struct signature *command_signature(struct realm *realm, struct command *command);
/* What stands behind the comma of a FullyQualifiedErrorId: "Microsoft.PowerShell.Commands.GetItemCommand" for a cmdlet,
 * the name for a function. */
void command_add_error_name(struct bytes *out, const struct command *command);

struct command_table;
/* `cmdlet_class`: how rows run (pipeline_cmdlet_class). */
struct command_table *command_table_new(struct realm *realm, const struct command_class *cmdlet_class);
void command_table_free(struct command_table *table);
/* Rows are static and not copied; sorted or not. Start-up must stay cheap: only names are looked at. */
void command_table_add_rows(struct command_table *table, const struct cmdlet_row *const *rows, size_t count);
struct command *command_table_find(struct command_table *table, name_id name);      /* cmdlets; borrowed; NULL */
/* Built-in aliases ("?" → Where-Object): 0 if none. Scopes may override. */
name_id command_table_alias(struct command_table *table, name_id name);
/* Walks all cmdlet rows sorted by name. */
void command_table_walk(struct command_table *table, bool (*visit)(void *context, const struct cmdlet_row *row), void *context);
void command_table_walk_aliases(struct command_table *table, bool (*visit)(void *context, struct text alias, struct text target), void *context);
/* Up to `most` names near to what was typed; for "did you mean". */
size_t command_table_near(struct command_table *table, struct text name, struct text *out, size_t most);

#endif
