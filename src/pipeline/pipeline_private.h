/* A pipeline while it runs. One block holds all stages, so that a stage finds its neighbour by index. */
#ifndef M365SH_PIPELINE_PRIVATE_H
#define M365SH_PIPELINE_PRIVATE_H

#include "m365sh/pipeline/pipeline.h"

#define REDIRECTION_FILES 8

struct running_stage {
    struct running_pipeline *pipeline;
    uint32_t index;
    struct invocation call;
    bool begun;                      /* clean is due */
    bool wants_no_more;              /* this stage, or all behind it, are done */
    struct value pipeline_variable_value;
    struct text pipeline_variable_name;
    struct running_pipeline *files[REDIRECTION_FILES]; /* Out-File pipelines behind > and >> */
    uint32_t file_count;
};

struct running_pipeline {
    struct realm *realm;
    struct host *host;
    uint32_t count;
    bool sink_stopped;               /* the caller's own sink wants no more */
    bool expects_input;
    struct stream_set outer;         /* the caller's streams */
    struct running_stage stages[];
};

/* Applies `2>&1`, `> file` and so on to the stage's streams. */
enum status redirect_apply(struct running_stage *stage, const struct stage_redirections *redirections);
/* Ends the files; errors of writing them come back. */
enum status redirect_close(struct running_stage *stage, enum status so_far);

/* Common parameters of a bound call: preferences and the lists behind -ErrorVariable and its like. */
enum status preference_read(struct running_stage *stage);
/* After the end: -OutVariable and its like become variables. */
enum status preference_write(struct running_stage *stage);
/* Before process of a later stage reads it: the -PipelineVariable of this one. */
enum status preference_publish(struct running_stage *stage, struct value v);

#endif
