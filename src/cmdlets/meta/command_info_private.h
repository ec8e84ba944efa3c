/* A command as Get-Command gives it, and the lines that say how it is called. */
#ifndef M365SH_CMDLETS_COMMAND_INFO_PRIVATE_H
#define M365SH_CMDLETS_COMMAND_INFO_PRIVATE_H

#include "../cmdlet_private.h"

struct value command_info_new(struct invocation *call, struct command *command); /* owned */
/* "Get-Foo [-Name] <string> [-Force] [<CommonParameters>]", one line a parameter set. */
void command_info_add_syntax(struct invocation *call, struct bytes *out, struct command *command);
/* Parameters, ParameterSets, DefaultParameterSet, CmdletBinding and OutputType of the object for a command. */
void command_parameters_put(struct invocation *call, struct value info, struct command *command);
const char *command_info_kind(const struct command *command);

#endif
