/* What every cmdlet file includes, and the macros that keep a row short. */
#ifndef M365SH_CMDLETS_PRIVATE_H
#define M365SH_CMDLETS_PRIVATE_H

#include "m365sh/base/alloc.h"
#include "m365sh/command/invocation.h"
#include "m365sh/ops/ops.h"
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define PARAMETERS .parameters = parameter_rows, .parameter_count = sizeof parameter_rows / sizeof *parameter_rows
#define EXAMPLES .examples = example_rows, .example_count = sizeof example_rows / sizeof *example_rows
/* The row is reached through its family's table only; this silences the missing-declaration warning in one place. */
#define CMDLET(file) extern const struct cmdlet_row file##_row; const struct cmdlet_row file##_row

static inline struct emitter invocation_output(struct invocation *call);
static inline enum status invocation_output_emit(void *context, struct value v) { return invocation_emit(context, v); }
/* An emitter that sends to this call's output. */
static inline struct emitter invocation_output(struct invocation *call) {
    return (struct emitter){invocation_output_emit, call};
}

#endif
