/* A data section holds data: constants, tables, lists, conditions and the commands it names. */
#include "check_private.h"

struct data_check {
    struct parser *parser;
    const struct node_data *data;
};

static const char *const variables[] = {"true", "false", "null", "PSCulture", "PSUICulture"};

static void check_variable(struct data_check *check, const struct node *node) {
    struct text name = NODE_AS(variable, node)->name;
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        if (text_equal_fold(name, text_of(variables[i]))) return;
    parse_late_error(check->parser, "VariableReferenceNotSupportedInDataSection", node->span, "A data section cannot use the variable '$%.*s'", TEXT_ARGUMENT(name));
}

static void check_command(struct data_check *check, const struct node *node) {
    const struct node_list *elements = &NODE_AS(command, node)->elements, *allowed = &check->data->allowed;
    if (elements->count == 0 || elements->items[0]->kind != NODE_STRING) return;
    struct text name = NODE_AS(string, elements->items[0])->text;
    if (text_equal_fold(name, TEXT("ConvertFrom-StringData"))) return;
    for (uint32_t i = 0; i < allowed->count; i++)
        if (allowed->items[i]->kind == NODE_STRING && text_equal_fold(name, NODE_AS(string, allowed->items[i])->text)) return;
    parse_late_error(check->parser, "CmdletNotInAllowedListForDataSection", node->span,
                     "The data section does not name '%.*s' behind -SupportedCommand", TEXT_ARGUMENT(name));
}

static bool check_inside(void *context, struct node *node) {
    struct data_check *check = context;
    switch (node->kind) {
    case NODE_VARIABLE: check_variable(check, node); break;
    case NODE_COMMAND: check_command(check, node); break;
    case NODE_ASSIGNMENT:
        parse_late_error(check->parser, "AssignmentStatementNotSupportedInDataSection", node->span, "A data section cannot assign");
        break;
    case NODE_WHILE: case NODE_FOR: case NODE_FOREACH: case NODE_DO_WHILE: case NODE_DO_UNTIL:
        parse_late_error(check->parser, "ForWhileStatementNotSupportedInDataSection", node->span, "A data section cannot hold a loop");
        break;
    case NODE_FUNCTION:
        parse_late_error(check->parser, "FunctionDeclarationNotSupportedInDataSection", node->span, "A data section cannot hold a function");
        break;
    case NODE_INVOKE_MEMBER:
        parse_late_error(check->parser, "MethodCallNotSupportedInDataSection", node->span, "A data section cannot call a method");
        break;
    default: break;
    }
    return true;
}

void check_data(struct parser *parser, struct node_data *data) {
    struct data_check check = {parser, data};
    if (data->body != NULL) tree_walk(data->body, check_inside, &check);
}
