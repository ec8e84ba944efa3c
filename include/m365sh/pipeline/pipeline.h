/* Stages in a row, by push in one thread: each value goes to the end before the next enters. Begin of all from first to
 * last, then the input, then end from first to last, then clean of all whatever happened. */
#ifndef M365SH_PIPELINE_PIPELINE_H
#define M365SH_PIPELINE_PIPELINE_H

#include "m365sh/command/invocation.h"

struct stage_redirections {      /* of one command */
    struct { uint8_t from, to; bool append; struct value file; } items[8]; /* to 0: file (text path; "$null" gives VALUE_NULL) */
    uint32_t count;
};
/* A stage about to run: the command, its arguments, its redirections. Arrays are borrowed until pipeline_run returns. */
struct stage {
    struct command *command;             /* kept by the pipeline while it runs */
    struct text called_as;
    const struct argument *arguments;
    uint32_t argument_count;
    const struct stage_redirections *redirections; /* NULL none */
    uint32_t span_start, span_end;
    const void *call_site;
};
struct pipeline_input {
    struct value source;                 /* VALUE_UNSET: none. Enumerable values are enumerated one level */
    bool has_source;
    /* or a generator that pushes: an expression whose statements emit as they run */
    enum status (*generate)(void *context, struct emitter into);
    void *generate_context;
};
/* Runs to the end. Results of the last stage go to streams->sinks[STREAM_OUTPUT], the other streams likewise.
 * STATUS_OK also when a stage inside stopped those before it (Select-Object -First). STATUS_STOP: the caller's own sink
 * wants no more. STATUS_ERROR: a terminating error is raised; STATUS_BREAK, CONTINUE, RETURN, EXIT pass through.
 * *succeeded is $? : false when any stage wrote an error. */
enum status pipeline_run(struct realm *realm, struct host *host, const struct stage *stages, uint32_t count,
                         const struct pipeline_input *input, const struct stream_set *streams, bool *succeeded);

/* Commands that run on pull of another: steppable pipelines ($cmd.GetSteppablePipeline) and vm's filters use these. */
struct running_pipeline;
enum status pipeline_open(struct realm *realm, struct host *host, const struct stage *stages, uint32_t count, bool expects_input,
                          const struct stream_set *streams, struct running_pipeline **out);
enum status pipeline_push(struct running_pipeline *pipeline, struct value item);
enum status pipeline_close(struct running_pipeline *pipeline, enum status so_far, bool *succeeded); /* end (if so_far is OK), clean, free */

/* Sinks. */
struct collector { struct realm *realm; struct value *items; uint32_t count, capacity; };
struct emitter collector_emitter(struct collector *collector);
struct value collector_take(struct collector *collector);       /* nothing → VALUE_VOID, one → it, several → object[] */
struct value collector_take_array(struct collector *collector); /* always object[] */
void collector_free(struct collector *collector);
struct emitter pipeline_discard(void);

/* Programs on the PATH: text lines out, $LASTEXITCODE through the host's variable LASTEXITCODE. */
extern const struct command_class pipeline_native_class;
/* The class of cmdlets that have rows. */
extern const struct command_class pipeline_cmdlet_class;

#endif
