#include "m365sh/pipeline/pipeline.h"

#include "m365sh/base/alloc.h"

static enum status cmdlet_begin(struct invocation *call) {
    const struct cmdlet_row *row = call->command->row;
    call->state = alloc_zeroed(1, row->state_size ? row->state_size : 1);
    return row->begin ? row->begin(call) : STATUS_OK;
}

static enum status cmdlet_process(struct invocation *call) {
    const struct cmdlet_row *row = call->command->row;
    return row->process ? row->process(call) : STATUS_OK;
}

static enum status cmdlet_end(struct invocation *call) {
    const struct cmdlet_row *row = call->command->row;
    return row->end ? row->end(call) : STATUS_OK;
}

static void cmdlet_clean(struct invocation *call) {
    const struct cmdlet_row *row = call->command->row;
    if (!call->state) return;
    if (row->clean) row->clean(call);
    alloc_free(call->state);
    call->state = NULL;
}

const struct command_class pipeline_cmdlet_class = {cmdlet_begin, cmdlet_process, cmdlet_end, cmdlet_clean};
