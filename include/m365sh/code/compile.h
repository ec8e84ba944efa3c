/* Tree to bytecode. The tree may be freed afterwards: chunks keep their source and copy what they need. Compiling cannot
 * fail on a tree without diagnostics; what only running shows is an error then. */
#ifndef M365SH_CODE_COMPILE_H
#define M365SH_CODE_COMPILE_H

#include "m365sh/code/chunk.h"

enum compile_mode {
    COMPILE_SCRIPT,     /* a scope of its own: variables by slot */
    COMPILE_IN_SCOPE,   /* dot-sourced text, Invoke-Expression, lines at the prompt: variables by name */
};
/* Owned. */
struct chunk *compile_tree(struct realm *realm, const struct tree *tree, enum compile_mode mode);

#endif
