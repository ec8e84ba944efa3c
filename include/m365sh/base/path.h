/* Paths as text. Both / and \ separate for cmdlets, as in PowerShell; results use /. */
#ifndef M365SH_BASE_PATH_H
#define M365SH_BASE_PATH_H

#include <stdbool.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"

/* Where the program keeps its things; made on demand with mode 0700 by callers. M365SH_HOME puts all three under it. */
enum path_place { PATH_STATE, PATH_CONFIGURATION, PATH_CACHE };
void path_of_place(enum path_place place, struct bytes *out);
void path_home(struct bytes *out);
/* Adds the normal form of `path` against `base` (absolute): ~ expanded, . and .. resolved, \ as /. */
void path_resolve(struct text path, struct text base, struct bytes *out);
void path_join(struct text parent, struct text child, struct bytes *out); /* one separator between */
struct text path_parent(struct text path);   /* empty if none */
struct text path_leaf(struct text path);
struct text path_extension(struct text path); /* with the dot; empty if none */
bool path_is_absolute(struct text path);

#endif
