/* What the grammar cannot say. */
#include "parse_private.h"
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

struct checker {
    struct parser *parser;
};

static void complain(struct parser *parser, const char *id, const struct node *node, const char *what, struct text name) {
    diagnostic_add(parser->diagnostics, id, node->span, false, "%s '%.*s'.", what, TEXT_ARGUMENT(name));
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
    for (uint32_t i = 0; i < table->pairs.count && parser->diagnostics->dropped == 0; i++) {
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

static bool check_node(void *context, struct node *node) {
    struct parser *parser = ((struct checker *)context)->parser;
    if (parser->diagnostics->dropped != 0) return false;
    switch (node->kind) {
    case NODE_HASHTABLE: check_hashtable(parser, NODE_AS(hashtable, node)); break;
    case NODE_FUNCTION: check_parameters(parser, &NODE_AS(function, node)->parameters); break;
    case NODE_PARAM_BLOCK: check_parameters(parser, &NODE_AS(param_block, node)->parameters); break;
    case NODE_METHOD: check_parameters(parser, &NODE_AS(method, node)->parameters); break;
    default: break;
    }
    return true;
}

void check_tree(struct parser *parser, struct node *root) {
    struct checker checker = {parser};
    tree_walk(root, check_node, &checker);
}
