/* What the body of a method must keep to: it returns what it says it returns, and uses no variable of its caller. */
#include "check_private.h"
#include "m365sh/base/map.h"

/* Automatic variables that a method may read without setting them. */
static const char *const automatic[] = {
    "_", "?", "^", "$", "args", "this", "input", "null", "true", "false", "error", "home", "host", "pid", "pwd", "profile", "pshome", "psitem",
    "psscriptroot", "pscommandpath", "psversiontable", "psculture", "psuiculture", "matches", "lastexitcode", "myinvocation", "executioncontext",
    "shellid", "stacktrace", "psboundparameters", "pscmdlet", "isLinux", "ismacos", "iswindows", "iscoreclr", "ofs", "foreach", "switch",
    "erroractionpreference", "warningpreference", "verbosepreference", "debugpreference", "informationpreference", "progresspreference",
    "confirmpreference", "whatifpreference", "maximumhistorycount", "nestedpromptlevel", "outputencoding", "psdefaultparametervalues",
    "psemailserver", "enabledexperimentalfeatures", "psnativecommandargumentpassing", "psnativecommanduseerroractionpreference", "psstyle",
    "event", "eventargs", "eventsubscriber", "sender", "formatenumerationlimit", "logcommandhealthevent",
};

static bool always_leaves(const struct node *node);

static bool any_leaves(struct node_list statements) {
    for (uint32_t i = 0; i < statements.count; i++)
        if (always_leaves(statements.items[i])) return true;
    return false;
}

static bool if_leaves(const struct node_if *statement) {
    if (statement->else_body == NULL || !always_leaves(statement->else_body)) return false;
    for (uint32_t i = 0; i < statement->clauses.count; i++)
        if (!always_leaves(NODE_AS(clause, statement->clauses.items[i])->body)) return false;
    return true;
}

static bool try_leaves(const struct node_try *statement) {
    if (statement->finally_body != NULL && always_leaves(statement->finally_body)) return true;
    if (!always_leaves(statement->body)) return false;
    for (uint32_t i = 0; i < statement->catches.count; i++)
        if (!always_leaves(NODE_AS(catch, statement->catches.items[i])->body)) return false;
    return true;
}

/* Does every way through this statement end in return, throw or exit? Loops whose body may be left out do not count. */
static bool always_leaves(const struct node *node) {
    if (node == NULL) return false;
    switch (node->kind) {
    case NODE_RETURN: case NODE_THROW: case NODE_EXIT: return true;
    case NODE_BLOCK: return any_leaves(NODE_AS(block, node)->statements);
    case NODE_IF: return if_leaves(NODE_AS(if, node));
    case NODE_TRY: return try_leaves(NODE_AS(try, node));
    case NODE_DO_WHILE: case NODE_DO_UNTIL: return always_leaves(NODE_AS(do_while, node)->body);
    case NODE_FOR: return NODE_AS(for, node)->condition == NULL && always_leaves(NODE_AS(for, node)->body);
    default: return false;
    }
}

struct method_check {
    struct parser *parser;
    const struct node_method *method;
    struct map *names;          /* set somewhere in the method */
    bool gives_nothing;
};

static bool is_inner_scope(const struct node *node) {
    return node->kind == NODE_BLOCK_EXPRESSION || node->kind == NODE_FUNCTION || node->kind == NODE_CLASS;
}

static bool check_return(void *context, struct node *node) {
    struct method_check *check = context;
    if (is_inner_scope(node)) return false;
    if (node->kind != NODE_RETURN) return true;
    bool value = NODE_AS(return, node)->value != NULL;
    if (value && check->gives_nothing)
        parse_late_error(check->parser, "VoidMethodHasReturn", node->span, "The method declares no type to return, so 'return' takes no value");
    else if (!value && !check->gives_nothing)
        parse_late_error(check->parser, "NonVoidMethodMissingReturnValue", node->span, "The method declares a type to return, so 'return' needs a value");
    return true;
}

static void add_target(struct method_check *check, const struct node *node) {
    while (node->kind == NODE_CONVERT || node->kind == NODE_ATTRIBUTED)
        node = node->kind == NODE_CONVERT ? NODE_AS(convert, node)->operand : NODE_AS(attributed, node)->operand;
    if (node->kind == NODE_VARIABLE) map_put(check->names, NODE_AS(variable, node)->name, check);
    if (node->kind == NODE_ARRAY_LITERAL)
        for (uint32_t i = 0; i < NODE_AS(array_literal, node)->items.count; i++) add_target(check, NODE_AS(array_literal, node)->items.items[i]);
}

static bool collect_name(void *context, struct node *node) {
    struct method_check *check = context;
    if (is_inner_scope(node)) return false;
    if (node->kind == NODE_ASSIGNMENT) add_target(check, NODE_AS(assignment, node)->target);
    if (node->kind == NODE_FOREACH && NODE_AS(foreach, node)->variable != NULL) add_target(check, NODE_AS(foreach, node)->variable);
    if (node->kind == NODE_DATA) map_put(check->names, NODE_AS(data, node)->variable, check);
    if (node->kind == NODE_COMMAND) { /* -OutVariable x, Set-Variable x: names made when it runs */
        const struct node_list *elements = &NODE_AS(command, node)->elements;
        for (uint32_t i = 1; i < elements->count; i++)
            if (elements->items[i]->kind == NODE_STRING) map_put(check->names, NODE_AS(string, elements->items[i])->text, check);
    }
    return true;
}

static bool check_name(void *context, struct node *node) {
    struct method_check *check = context;
    if (is_inner_scope(node)) return false;
    if (node->kind != NODE_VARIABLE || NODE_AS(variable, node)->scope.length != 0) return true;
    struct text name = NODE_AS(variable, node)->name;
    if (map_get(check->names, name) != NULL) return true;
    for (size_t i = 0; i < sizeof automatic / sizeof automatic[0]; i++)
        if (text_equal_fold(name, text_of(automatic[i]))) return true;
    parse_late_error(check->parser, "VariableNotLocal", node->span, "The method sets no variable '$%.*s'; a variable of the script is $script:%.*s",
                     TEXT_ARGUMENT(name), TEXT_ARGUMENT(name));
    return true;
}

static bool is_void(const struct node_method *method) {
    if (method->return_type == NULL || method->is_constructor) return true;
    struct text type = NODE_AS(type_name, method->return_type)->text;
    return text_equal_fold(type, TEXT("void")) || text_equal_fold(type, TEXT("System.Void"));
}

void check_method(struct parser *parser, struct node_method *method) {
    if (method->body == NULL) return;
    struct method_check check = {.parser = parser, .method = method, .names = map_new(MAP_FOLD), .gives_nothing = is_void(method)};
    if (method->is_constructor && method->return_type != NULL)
        parse_late_error(parser, "ConstructorCantHaveReturnType", method->return_type->span, "A constructor has no type to return");
    tree_walk(method->body, check_return, &check);
    if (!check.gives_nothing && !always_leaves(method->body))
        parse_late_error(parser, "MethodHasCodePathNotReturn", method->head.span, "The method '%.*s' has a way through it without 'return'", TEXT_ARGUMENT(method->name));
    for (uint32_t i = 0; i < method->parameters.count; i++) add_target(&check, NODE_AS(parameter, method->parameters.items[i])->variable);
    tree_walk(method->body, collect_name, &check);
    tree_walk(method->body, check_name, &check);
    map_free(check.names, NULL);
}
