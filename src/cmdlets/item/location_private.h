/* Where one has been: the stack of Push-Location and the ways back and forth of `cd -` and `cd +`. Kept as a value in a
 * variable of the global scope, so that each interpreter has its own. */
#ifndef M365SH_CMDLETS_LOCATION_PRIVATE_H
#define M365SH_CMDLETS_LOCATION_PRIVATE_H

#include "item_rows_private.h"

enum location_list { LOCATION_STACK, LOCATION_BACK, LOCATION_FORWARD };
/* The list, made when first asked. Owned. */
struct value location_list(struct invocation *call, enum location_list which);
/* Goes to a folder and remembers where from. */
enum status location_go(struct invocation *call, struct text folder, bool remember);
/* The one folder that a path means; reports what is missing. *found false then. */
enum status location_resolve(struct invocation *call, struct text path, bool literal, struct bytes *out, bool *found);

#endif
