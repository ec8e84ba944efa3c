/* The Graph PowerShell SDK's commands: rows that share their code. What is special about them: one page without -All, objects
 * of the SDK's type names, errors that do not end the script, ids of errors as the SDK's. */
#ifndef M365SH_CMDLETS_MG_PRIVATE_H
#define M365SH_CMDLETS_MG_PRIVATE_H

#include "cmdlet_private.h"
#include "m365sh/cmdlets/services.h"
#include "m365sh/graph/page.h"

struct mg_read {
    struct cmdlet_row row;           /* first: the row of a call leads here */
    const char *version, *list, *item, *type;
    int paths;                       /* path parameters, the first ones of the row */
};
struct mg_write {
    struct cmdlet_row row;           /* first */
    const char *method, *path, *type;
    int paths;
    bool reference;                  /* the last parameter is an id that travels as @odata.id */
};
#define WRITE(identifier, ...) extern const struct mg_write identifier##_write;
#include "mg_writes.def"
#undef WRITE
extern const struct mg_read mg_reads[];
extern const size_t mg_read_count;

/* The raised error becomes a non-terminating one with the SDK's id: "<code>,Microsoft.Graph.PowerShell.Cmdlets.GetMgUser_List". */
enum status mg_error(struct invocation *call, const char *set);
/* A path template with the arguments of the path parameters, encoded. */
void mg_add_path(struct bytes *out, struct invocation *call, const char *template);
struct graph_watch mg_watch(struct invocation *call);
static inline const struct services *mg_services(const struct invocation *call) { return call->host->services; }
static inline struct graph_client *mg_client(const struct invocation *call) { return call->host->services->client; }

#endif
