/* Cmdlets that only hand a request to the engine (host.h, ask_engine). */
#ifndef M365SH_CMDLETS_ENGINE_PRIVATE_H
#define M365SH_CMDLETS_ENGINE_PRIVATE_H

#include "../cmdlet_private.h"

/* Asks and gives what comes back, enumerated; errors become item errors of the call unless `terminating`. */
static inline enum status engine_ask(struct invocation *call, const char *what, const struct value *arguments, uint32_t count, bool terminating) {
    struct value out = value_void();
    struct host *host = call->host;
    if (!host || !host->ask_engine) return STATUS_OK;
    enum status status = host->ask_engine(host, text_of(what), arguments, count, &out);
    if (status == STATUS_ERROR && !terminating) return invocation_error_raised(call);
    if (status != STATUS_OK) return status;
    status = invocation_emit_each(call, out);
    value_release(out);
    return status;
}

#endif
