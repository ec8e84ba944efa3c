/* One bound call of a command: what a cmdlet's functions receive. Valid from begin to clean. */
#ifndef M365SH_COMMAND_INVOCATION_H
#define M365SH_COMMAND_INVOCATION_H

#include "m365sh/command/bind.h"
#include "m365sh/command/command_table.h"
#include "m365sh/command/host.h"

/* Streams 1 output, 2 error, 3 warning, 4 verbose, 5 debug, 6 information. A sink without emit goes to the next outer
 * owner (the host's terminal at last). */
#define STREAM_OUTPUT 1
#define STREAM_ERROR 2
#define STREAM_WARNING 3
#define STREAM_VERBOSE 4
#define STREAM_DEBUG 5
#define STREAM_INFORMATION 6
#define STREAM_COUNT 7
struct stream_set { struct emitter sinks[STREAM_COUNT]; };

struct invocation {
    struct realm *realm;
    struct host *host;
    struct command *command;         /* kept */
    struct text called_as;           /* $MyInvocation.InvocationName */
    struct binding binding;
    struct value input;              /* the pipeline's item in process; VALUE_UNSET without */
    bool has_input;                  /* a stage stands before this one */
    bool stopped;                    /* later stages want no more: emit answers STATUS_STOP */
    struct stream_set streams;       /* output is the next stage */
    void *state;                     /* state_size bytes for a cmdlet; vm's frame for a function */
    int64_t item_number;
    /* preferences of this call, from common parameters; ACTION_UNSET: ask the host's variables */
    enum action_preference error_action, warning_action, information_action, progress_action, verbose_action, debug_action;
    int what_if, confirm;            /* -1 unset, 0 off, 1 on */
    bool yes_to_all, no_to_all;      /* answers to confirmation */
    bool had_error;                  /* a non-terminating error was written: $? */
    bool writes_are_tenant_changes;
    struct { uint32_t source_id, start, end; } position; /* where it stands in the program; vm's */
    const void *call_site;           /* vm's */
    int output_file;                 /* descriptor + 1 where a program's output goes byte for byte (> file); 0 none */
    struct value *pipeline_variable; /* -PipelineVariable's place, or NULL */
    struct value out_variable, error_variable, warning_variable, information_variable; /* lists being filled; VALUE_UNSET */
};

/* Parameters by their number in the row. Borrowed; VALUE_UNSET when not bound. */
static inline struct value invocation_argument(const struct invocation *call, uint32_t index) { return call->binding.values[index]; }
static inline bool invocation_has(const struct invocation *call, uint32_t index) { return call->binding.values[index].kind != VALUE_UNSET; }
bool invocation_switch(const struct invocation *call, uint32_t index);            /* given and true */
struct text invocation_text(const struct invocation *call, uint32_t index);       /* string parameters; empty when not given */
int64_t invocation_integer(const struct invocation *call, uint32_t index, int64_t fallback);
bool invocation_in_set(const struct invocation *call, const char *set);

/* Output: lends v to the next stage. STATUS_STOP: nobody wants more, return it at once. */
enum status invocation_emit(struct invocation *call, struct value v);
enum status invocation_emit_take(struct invocation *call, struct value v);
enum status invocation_emit_each(struct invocation *call, struct value v);        /* enumerates one level */
/* A non-terminating error: to the error stream, unless ErrorAction says stop (then STATUS_ERROR with it raised). Takes it. */
enum status invocation_error_take(struct invocation *call, struct value record);
enum status invocation_error(struct invocation *call, const char *exception, const char *id, enum error_category category,
                             struct value target, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* realm->raised becomes a non-terminating error of this call: for item errors. */
enum status invocation_error_raised(struct invocation *call);
/* Terminating: raises with the command's name behind the id. Returns STATUS_ERROR. */
enum status invocation_throw(struct invocation *call, const char *exception, const char *id, enum error_category category,
                             struct value target, const char *format, ...) __attribute__((format(printf, 6, 7)));
enum status invocation_warn(struct invocation *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
enum status invocation_verbose(struct invocation *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Any of streams 3 to 6, by preference; v is text or an InformationRecord. */
enum status invocation_write(struct invocation *call, int stream, struct value v);
void invocation_progress(struct invocation *call, struct text activity, struct text status, int percent, bool done);
/* ShouldProcess: false under -WhatIf (says so) or when refused. Raises nothing; ANSWER_NOBODY ends with exit code 5. */
enum status invocation_should_process(struct invocation *call, struct text target, struct text action, bool *go_on);
bool invocation_verbose_on(struct invocation *call);

/* Runs a block for this call with $_ set to item. */
enum status invocation_block(struct invocation *call, struct value block, struct value item, struct emitter output);
enum status invocation_block_collect(struct invocation *call, struct value block, struct value item, struct value *out);
/* A path parameter against the current location; resolved text to `out`. */
void invocation_path(struct invocation *call, struct text path, struct bytes *out);

#endif
