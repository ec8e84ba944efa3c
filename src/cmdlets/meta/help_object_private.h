/* Help as objects whose text the formatter shows as it is (a hidden member HelpText). */
#ifndef M365SH_CMDLETS_HELP_OBJECT_PRIVATE_H
#define M365SH_CMDLETS_HELP_OBJECT_PRIVATE_H

#include "command_info_private.h"

enum help_parts { HELP_SHORT, HELP_EXAMPLES, HELP_DETAILED, HELP_FULL };

void help_add_heading(struct bytes *out, const char *heading);
void help_add_wrapped(struct bytes *out, struct text text, size_t indent);   /* lines of 80 cells behind an indent */
/* Name, Synopsis and the text; owned. */
struct value help_object_of_text(struct invocation *call, struct command *command, struct text synopsis, struct text text);
/* Gives comment-based help its text. `help`: what host->command_help gave. */
void help_object_describe(struct invocation *call, struct value help, struct command *command, enum help_parts parts);
/* The parameters of comment-based help that fit a list of patterns, each with its text. */
enum status help_object_parameters(struct invocation *call, struct value help, struct value patterns);

#endif
