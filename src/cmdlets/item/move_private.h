/* Moving one file or folder, for Move-Item and Rename-Item. */
#ifndef M365SH_CMDLETS_MOVE_PRIVATE_H
#define M365SH_CMDLETS_MOVE_PRIVATE_H

#include "item_private.h"

/* *moved is false when an error was reported. `id` is the error's when the system refuses or the target is there. */
enum status move_file(struct invocation *call, struct text from, struct text to, bool force, const char *id, bool *moved);

#endif
