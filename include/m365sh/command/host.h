/* What a command may ask of the engine and the session around it. `vm` and `session` fill the table; cmdlets reach it
 * through their invocation. Any function may be NULL in tests of lower rooms: then the helper functions at the end
 * answer as if nobody were there. */
#ifndef M365SH_COMMAND_HOST_H
#define M365SH_COMMAND_HOST_H

#include "m365sh/command/command_table.h"
#include "m365sh/command/common.h"
#include "m365sh/value/callable.h"

struct invocation;
struct stream_set;

enum variable_scope { SCOPE_CURRENT, SCOPE_LOCAL, SCOPE_SCRIPT, SCOPE_GLOBAL, SCOPE_PARENT /* + number */ };
struct variable_info {
    struct text name; struct value value; /* borrowed */
    struct text description; bool constant, read_only, private_to_scope;
    const struct type *type;             /* [int]$x; NULL */
};
enum answer { ANSWER_YES, ANSWER_NO, ANSWER_YES_ALL, ANSWER_NO_ALL, ANSWER_SUSPEND, ANSWER_NOBODY };

struct host {
    void *context;                       /* vm's engine */
    struct realm *realm;
    struct command_table *commands;
    const struct services *services;     /* opaque here: cmdlets/services.h (client, changes, journal …) */

    /* variables: scope as above; SCOPE_PARENT + n is n levels up. Owned result; VALUE_UNSET if there is none. */
    struct value (*variable_get)(struct host *host, struct text name, int scope);
    enum status (*variable_set)(struct host *host, struct text name, int scope, struct value v); /* raises for constants */
    enum status (*variable_change)(struct host *host, int scope, const struct variable_info *info, bool force, bool create_new);
    enum status (*variable_remove)(struct host *host, struct text name, int scope, bool force);
    void (*variable_walk)(struct host *host, int scope, bool (*visit)(void *context, const struct variable_info *info), void *context);
    /* commands: by name with aliases resolved; owned (command_release); NULL when unknown. */
    struct command *(*command_find)(struct host *host, struct text name);
    /* Reads the part of the library (stdlib) that defines a function nobody knows yet; false if none does. */
    bool (*command_load)(struct host *host, struct text name);
    void (*function_walk)(struct host *host, bool (*visit)(void *context, struct command *command), void *context); /* functions visible now */
    void (*alias_walk)(struct host *host, bool (*visit)(void *context, struct text alias, struct text target), void *context);
    enum status (*alias_set)(struct host *host, struct text alias, struct text target, int scope, bool force);
    enum status (*alias_remove)(struct host *host, struct text alias, bool force);
    enum status (*function_remove)(struct host *host, struct text name);
    /* Runs a command by name with parameters from a table and positional arguments; results to `output`. */
    enum status (*invoke)(struct host *host, struct text name, struct value named, const struct value *positional,
                          uint32_t count, struct value input, struct emitter output);
    /* Compiles and runs text in the current scope (Invoke-Expression) or a new one; results to `output`. */
    enum status (*run_text)(struct host *host, struct text text, struct text name, bool new_scope, struct emitter output);
    enum status (*block_from_text)(struct host *host, struct text text, struct value *out); /* [scriptblock]::Create */
    /* A copy of the block's condition, or VALUE_UNSET when opaque: command/condition.h. */
    const struct condition *(*block_condition)(struct host *host, struct value block);
    /* The block as a function's help and parameters for Get-Help, Get-Command -Syntax: owned object or VALUE_UNSET. */
    struct value (*command_help)(struct host *host, struct command *command);
    /* What only vm has, by name (vm/ask.c); results owned, VALUE_VOID for those that only do something:
     *   "strict-mode" version ("Off", "Latest", 1.0 …)          "caller-name" the function or script that a cmdlet stands in
     *   "import-module" name or path, options table             "new-module" name (may be empty), block, arguments array
     *   "modules" → array of PSModuleInfo                       "remove-module" name
     *   "export-member" function patterns, variable patterns, alias patterns (arrays or null)
     *   "call-stack" → array of CallStackFrame                  "errors" → the list behind $Error
     *   "dot-source" path (Invoke-Command -FilePath)            "block-parameters" block → array of parameter names
     *   "block-module" block → PSModuleInfo or null
     *   "available-modules" names or null → array of those that could be imported
     *   "describe-module" path of its file → PSModuleInfo, not loaded
     *   "describe-absence" name of a module → a sentence about the service it belongs to, or nothing */
    enum status (*ask_engine)(struct host *host, struct text what, const struct value *arguments, uint32_t count, struct value *out);

    /* errors: fills position and InvocationInfo from the call; puts a record into $Error. */
    void (*error_place)(struct host *host, struct invocation *call, struct value record);
    void (*error_remember)(struct host *host, struct value record);
    /* A message of streams 3 to 6, shown or not: for the lists behind -WarningVariable of the functions that are running. */
    void (*stream_note)(struct host *host, int stream, struct invocation *call, struct value record);
    /* An error of a script block on its way out through the command that ran the block: it gets the command's name behind
     * its id and becomes the command's, unless a throw statement made it. */
    void (*error_passes)(struct host *host, struct invocation *call, struct value record);

    /* session */
    struct emitter terminal;  /* shows values to the user; a program whose output goes there writes there itself */
    struct emitter terminal_error;
    struct emitter terminal_information; /* stream 6: Write-Host prints here */
    void (*flush)(struct host *host);                                /* what formatting still holds is written out */
    struct text (*folder)(struct host *host);                        /* current location, absolute */
    enum status (*set_folder)(struct host *host, struct text path);  /* raises PathNotFound */
    bool interactive;                                                /* somebody is at the terminal */
    int (*width)(struct host *host);                                 /* cells for formatting */
    enum answer (*ask)(struct host *host, struct text caption, struct text message, bool default_yes);
    /* A line typed by the user; hidden: without echo. STATUS_ERROR when nobody is there (exit code 5 follows). Owned. */
    enum status (*read_line)(struct host *host, struct text prompt, bool hidden, struct value *out);
    void (*progress)(struct host *host, struct text activity, struct text status, int percent, bool done);
    void (*clear_screen)(struct host *host);
    /* Where Write-Host text goes when nobody redirected stream 6, and where formatted output goes. */
    enum status (*print)(struct host *host, struct text text);       /* standard output */
    enum status (*print_error)(struct host *host, struct text text); /* standard error */
};

/* "Continue", "Stop" … of $ErrorActionPreference and its like, read through the host; fallback when unset. */
enum action_preference host_preference(struct host *host, const char *variable, enum action_preference fallback);
bool action_preference_read(struct realm *realm, struct value v, enum action_preference *out);

#endif
