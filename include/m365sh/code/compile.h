/* Tree to bytecode. The tree may be freed afterwards: chunks keep their source and copy what they need. Compiling a
 * tree without diagnostics fails only when it is too deep for the C stack or too wide for the registers. */
#ifndef M365SH_CODE_COMPILE_H
#define M365SH_CODE_COMPILE_H

#include "m365sh/code/chunk.h"

enum compile_mode {
    COMPILE_SCRIPT,     /* a scope of its own: variables by slot */
    COMPILE_IN_SCOPE,   /* dot-sourced text, Invoke-Expression, lines at the prompt: variables by name */
};
/* Owned. NULL with a diagnostic (DeepNesting) added. */
struct chunk *compile_tree(struct realm *realm, const struct tree *tree, enum compile_mode mode, struct diagnostic_list *diagnostics);

#endif
