/* What the cmdlets of variables share. */
#ifndef M365SH_CMDLETS_VARIABLE_PRIVATE_H
#define M365SH_CMDLETS_VARIABLE_PRIVATE_H

#include "../cmdlet_private.h"

/* -Scope: Global, Script, Local, Private, or a number of levels up. Raises for anything else. */
enum status variable_scope_read(struct invocation *call, uint32_t which, int *out);
/* A PSVariable as a script sees it. Owned. */
struct value variable_object(struct invocation *call, const struct variable_info *info);
struct variable_match { struct invocation *call; struct text pattern; bool (*take)(void *context, const struct variable_info *info); void *context; size_t count; };
/* Calls take for each variable of the scope whose name fits; the number found. */
size_t variable_each(struct invocation *call, int scope, struct text pattern, bool (*take)(void *context, const struct variable_info *info), void *context);
enum status variable_not_found(struct invocation *call, struct text name);

#endif
