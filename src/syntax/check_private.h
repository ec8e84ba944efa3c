/* Checks of whole constructs; each reports through parse_late_error. They own nothing and cannot fail. */
#ifndef M365SH_SYNTAX_CHECK_PRIVATE_H
#define M365SH_SYNTAX_CHECK_PRIVATE_H

#include "parse_private.h"

void check_method(struct parser *parser, struct node_method *method);
void check_class(struct parser *parser, struct node_class *class);
void check_enum(struct parser *parser, struct node_enum *node);
void check_definitions(struct parser *parser, struct node_list statements); /* no type twice in one block */
void check_data(struct parser *parser, struct node_data *data);

#endif
