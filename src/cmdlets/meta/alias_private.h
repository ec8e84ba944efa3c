/* What the cmdlets of aliases share. */
#ifndef M365SH_CMDLETS_ALIAS_PRIVATE_H
#define M365SH_CMDLETS_ALIAS_PRIVATE_H

#include "command_info_private.h"

struct value alias_object(struct invocation *call, struct text name, struct text target); /* owned AliasInfo */

#define ALIAS_SETTER_ROWS                                                                                                   \
    {"Name", "string", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "The alias."},                   \
    {"Value", "string", 1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, NULL, NULL, "command", "What it stands for."},    \
    {"Description", "string", -1, 0, NULL, NULL, NULL, NULL, "What it is for."},                                            \
    {"Option", "string", -1, 0, NULL, NULL, NULL, NULL, "Accepted for scripts."},                                           \
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives the alias."},                                              \
    {"Scope", "string", -1, 0, NULL, NULL, NULL, NULL, "Global, Script, Local, or a number of scopes up."},                 \
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "Changes one that is protected."}
enum { ALIAS_NAME, ALIAS_VALUE, ALIAS_DESCRIPTION, ALIAS_OPTION, ALIAS_PASS, ALIAS_SCOPE, ALIAS_FORCE };
enum status alias_assign(struct invocation *call, bool must_be_new);

#endif
