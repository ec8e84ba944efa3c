/* What the grammar cannot say. */
#include "check_private.h"
#include "m365sh/base/map.h"

bool check_assignable(const struct node *node) {
    for (;;) {
        switch (node->kind) {
        case NODE_VARIABLE: return !NODE_AS(variable, node)->splat;
        case NODE_MEMBER: return !NODE_AS(member, node)->null_conditional;
        case NODE_INDEX: return !NODE_AS(index, node)->null_conditional;
        case NODE_INVOKE_MEMBER: return !NODE_AS(invoke_member, node)->null_conditional; /* as PowerShell: fails when it runs */
        case NODE_PAREN: {
            node = NODE_AS(paren, node)->pipeline;
            if (node->kind != NODE_PIPELINE || NODE_AS(pipeline, node)->elements.count != 1) return false;
            node = NODE_AS(pipeline, node)->elements.items[0];
            if (node->kind != NODE_EXPRESSION_STAGE) return false;
            node = NODE_AS(expression_stage, node)->expression;
            break;
        }
        case NODE_CONVERT: node = NODE_AS(convert, node)->operand; break;
        case NODE_ATTRIBUTED: node = NODE_AS(attributed, node)->operand; break;
        case NODE_ARRAY_LITERAL: {
            const struct node_list *items = &NODE_AS(array_literal, node)->items;
            for (uint32_t i = 0; i < items->count; i++)
                if (items->items[i]->kind == NODE_ARRAY_LITERAL || !check_assignable(items->items[i])) return false;
            return true;
        }
        default: return false;
        }
    }
}

static void complain(struct parser *parser, const char *id, const struct node *node, const char *what, struct text name) {
    parse_late_error(parser, id, node->span, "%s '%.*s'", what, TEXT_ARGUMENT(name));
}

static bool key_text(const struct node *key, struct bytes *out) {
    if (key->kind == NODE_STRING) {
        bytes_add_byte(out, 's');
        bytes_add_text(out, NODE_AS(string, key)->text);
        return true;
    }
    if (key->kind == NODE_NUMBER && NODE_AS(number, key)->number.kind != LITERAL_DOUBLE) {
        bytes_add_format(out, "n%u %lld", NODE_AS(number, key)->number.kind, (long long)NODE_AS(number, key)->number.integer);
        bytes_add_text(out, NODE_AS(number, key)->number.digits);
        return true;
    }
    return false;
}

static void check_hashtable(struct parser *parser, const struct node_hashtable *table) {
    if (table->pairs.count < 2) return;
    struct map *seen = map_new(MAP_FOLD);
    struct bytes key = {0};
    for (uint32_t i = 0; i < table->pairs.count && parser->late.dropped == 0; i++) {
        const struct node_pair *pair = NODE_AS(pair, table->pairs.items[i]);
        bytes_clear(&key);
        if (!key_text(pair->key, &key)) continue;
        if (map_put(seen, bytes_text(&key), parser) != NULL)
            complain(parser, "DuplicateKeyInHashLiteral", pair->key, "The hashtable has a second key", text_slice(bytes_text(&key), 1, key.length));
    }
    bytes_free(&key);
    map_free(seen, NULL);
}

static void check_parameters(struct parser *parser, const struct node_list *parameters) {
    if (parameters->count < 2) return;
    struct map *seen = map_new(MAP_FOLD);
    for (uint32_t i = 0; i < parameters->count; i++) {
        const struct node *variable = NODE_AS(parameter, parameters->items[i])->variable;
        struct text name = NODE_AS(variable, variable)->name;
        if (map_put(seen, name, parser) != NULL) complain(parser, "DuplicateFormalParameter", variable, "There is a second parameter", name);
    }
    map_free(seen, NULL);
}

/* A catch without types catches all: nothing can stand behind it. */
static void check_catches(struct parser *parser, const struct node_list *catches) {
    bool exception = false;
    for (uint32_t i = 0; i < catches->count; i++) {
        const struct node_list *types = &NODE_AS(catch, catches->items[i])->types;
        if (types->count == 0 && i + 1 < catches->count)
            parse_late_error(parser, "EmptyCatchNotLast", catches->items[i + 1]->span, "A 'catch' without types must be the last");
        for (uint32_t k = 0; k < types->count; k++) {
            const struct node *type = types->items[k]->kind == NODE_TYPE_CONSTRAINT ? NODE_AS(type_constraint, types->items[k])->type : NULL;
            if (type == NULL) continue;
            struct text name = NODE_AS(type_name, type)->text;
            if (exception) complain(parser, "ExceptionTypeAlreadyCaught", type, "An earlier 'catch' takes all exceptions, so none is left for", name);
            exception = exception || text_equal_fold(name, TEXT("Exception")) || text_equal_fold(name, TEXT("System.Exception"));
        }
    }
}

/* Nothing may leave a finally block but its end, an exit or an exception. */
static bool check_finally(void *context, struct node *node) {
    switch (node->kind) {
    case NODE_BLOCK_EXPRESSION: case NODE_FUNCTION: case NODE_CLASS: return false;
    case NODE_WHILE: case NODE_FOR: case NODE_FOREACH: case NODE_DO_WHILE: case NODE_DO_UNTIL: case NODE_SWITCH: return false;
    case NODE_RETURN: case NODE_BREAK: case NODE_CONTINUE:
        parse_late_error(context, "ControlLeavingFinally", node->span, "A 'finally' block cannot be left");
        return true;
    default: return true;
    }
}

static void check_try(struct parser *parser, const struct node_try *statement) {
    check_catches(parser, &statement->catches);
    if (statement->finally_body != NULL) tree_walk(statement->finally_body, check_finally, parser);
}

static bool check_node(void *context, struct node *node) {
    struct parser *parser = context;
    if (parser->late.dropped != 0) return false;
    switch (node->kind) {
    case NODE_HASHTABLE: check_hashtable(parser, NODE_AS(hashtable, node)); break;
    case NODE_FUNCTION: check_parameters(parser, &NODE_AS(function, node)->parameters); break;
    case NODE_PARAM_BLOCK: check_parameters(parser, &NODE_AS(param_block, node)->parameters); break;
    case NODE_METHOD:
        check_parameters(parser, &NODE_AS(method, node)->parameters);
        check_method(parser, NODE_AS(method, node));
        break;
    case NODE_CONVERT:
        if (text_equal_fold(NODE_AS(type_name, NODE_AS(convert, node)->type)->text, TEXT("ordered")) && NODE_AS(convert, node)->operand->kind != NODE_HASHTABLE)
            parse_late_error(parser, "OrderedAttributeOnlyOnHashLiteralNode", node->span, "[ordered] can only stand before '@{'");
        break;
    case NODE_BLOCK: check_definitions(parser, NODE_AS(block, node)->statements); break;
    case NODE_CLASS: check_class(parser, NODE_AS(class, node)); break;
    case NODE_ENUM: check_enum(parser, NODE_AS(enum, node)); break;
    case NODE_TRY: check_try(parser, NODE_AS(try, node)); break;
    case NODE_DATA: check_data(parser, NODE_AS(data, node)); break;
    default: break;
    }
    return true;
}

void check_tree(struct parser *parser, struct node *root) {
    tree_walk(root, check_node, parser);
}
