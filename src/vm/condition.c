/* What a simple block tests, as data (command/condition.h): for -Filter { … }. The block's text is parsed again when
 * somebody asks; what cannot be said is marked opaque. Kept with the block's chunk until the engine ends. */
#include "engine_private.h"

#include "m365sh/base/arena.h"
#include "m365sh/command/condition.h"
#include "m365sh/syntax/parse.h"

#define NESTING_MOST 64

struct condition_entry {
    struct condition_entry *next;
    struct chunk *chunk;           /* kept */
    struct arena *arena;
    struct value constants;        /* list that owns what operands point to */
    const struct condition *condition;
};
struct condition_store { struct condition_entry *entries; };

struct reader { struct realm *realm; struct arena *arena; struct value constants; int depth; };

static const struct condition *read_expression(struct reader *reader, struct node *node);
static const struct condition *read_bare(struct reader *reader, struct node_command *command);

static struct text keep_text(struct reader *reader, struct text text) {
    return text_make(arena_text(reader->arena, text.start, text.length), text.length);
}

static struct condition *make(struct reader *reader, enum condition_kind kind) {
    struct condition *condition = ARENA_NEW(reader->arena, struct condition);
    condition->kind = kind;
    return condition;
}

static struct node *only_element(struct node *statement) {
    if (!statement || statement->kind != NODE_PIPELINE) return statement;
    struct node_pipeline *pipeline = NODE_AS(pipeline, statement);
    if (pipeline->elements.count != 1 || pipeline->background) return NULL;
    struct node *element = pipeline->elements.items[0];
    if (element->kind != NODE_EXPRESSION_STAGE) return element;
    return NODE_AS(expression_stage, element)->redirections.count ? NULL : NODE_AS(expression_stage, element)->expression;
}

/* --- operands: constants, lists of them, variables -------------------------------------------------------------------------- */

static bool constant_of(struct reader *reader, struct node *node, struct value *out);

static bool list_of(struct reader *reader, struct node_list items, struct value *out) {
    struct value list = array_new(reader->realm, NULL, items.count);
    for (uint32_t i = 0; i < items.count; i++) {
        struct value item;
        if (!constant_of(reader, items.items[i], &item)) {
            value_release(list);
            return false;
        }
        array_push_take(list, item);
    }
    *out = list;
    return true;
}

static bool array_of_block(struct reader *reader, struct node *block, struct value *out) {
    if (!block || block->kind != NODE_BLOCK) return false;
    struct node_list statements = NODE_AS(block, block)->statements;
    struct node *only = statements.count == 1 ? only_element(statements.items[0]) : NULL;
    if (!only || !constant_of(reader, only, out)) return false;
    if (out->kind == VALUE_ARRAY) return true;
    struct value item = *out;
    *out = array_of_take(reader->realm, &item, 1);
    return true;
}

static bool number_of(const struct number_literal *number, struct value *out) {
    if (number->kind == LITERAL_INT32) *out = value_int32((int32_t)number->integer);
    else if (number->kind == LITERAL_INT64) *out = value_int64(number->integer);
    else if (number->kind == LITERAL_DOUBLE) *out = value_double(number->real);
    else return false;
    return true;
}

static bool word_of(struct text name, struct value *out) {
    if (text_equal_fold(name, TEXT("true"))) *out = value_bool(true);
    else if (text_equal_fold(name, TEXT("false"))) *out = value_bool(false);
    else if (text_equal_fold(name, TEXT("null"))) *out = value_null();
    else return false;
    return true;
}

static bool constant_of(struct reader *reader, struct node *node, struct value *out) {
    if (!node || ++reader->depth > NESTING_MOST) return false;
    bool fits = false;
    switch (node->kind) {
    case NODE_STRING: *out = string_new(NODE_AS(string, node)->text); fits = true; break;
    case NODE_NUMBER: fits = number_of(&NODE_AS(number, node)->number, out); break;
    case NODE_VARIABLE: fits = word_of(NODE_AS(variable, node)->name, out); break;
    case NODE_ARRAY_LITERAL: fits = list_of(reader, NODE_AS(array_literal, node)->items, out); break;
    case NODE_ARRAY_EXPRESSION: fits = array_of_block(reader, NODE_AS(array_expression, node)->block, out); break;
    case NODE_PAREN: fits = constant_of(reader, only_element(NODE_AS(paren, node)->pipeline), out); break;
    default: break;
    }
    reader->depth--;
    return fits;
}

static bool read_operand(struct reader *reader, struct node *node, struct condition *condition) {
    struct value constant;
    if (constant_of(reader, node, &constant)) {
        array_push_take(reader->constants, constant);
        condition->operand = constant;
        return true;
    }
    struct node_variable *variable = node && node->kind == NODE_VARIABLE ? NODE_AS(variable, node) : NULL;
    if (!variable || variable->splat || text_equal(variable->name, TEXT("_"))) return false;
    bool plain = !variable->scope.length || text_equal_fold(variable->scope, TEXT("script")) || text_equal_fold(variable->scope, TEXT("global")) || text_equal_fold(variable->scope, TEXT("local"));
    if (!plain) return false;
    condition->variable = keep_text(reader, variable->name);
    return true;
}

/* --- { $_.Department -eq 'Sales' } --------------------------------------------------------------------------------------------- */

static bool is_item(struct node *node) {
    if (!node || node->kind != NODE_VARIABLE) return false;
    struct text name = NODE_AS(variable, node)->name;
    return text_equal(name, TEXT("_")) || text_equal_fold(name, TEXT("PSItem"));
}

/* "Department" of $_.Department, "manager.id" of $_.manager.id; empty: something else. */
static struct text property_of(struct reader *reader, struct node *node) {
    struct bytes path = {0};
    int depth = 0;
    for (; node && node->kind == NODE_MEMBER && depth++ < NESTING_MOST; node = NODE_AS(member, node)->target) {
        struct node_member *member = NODE_AS(member, node);
        if (member->is_static || !member->name || member->name->kind != NODE_STRING) break;
        if (path.length) bytes_insert(&path, 0, ".", 1);
        struct text name = NODE_AS(string, member->name)->text;
        bytes_insert(&path, 0, name.start, name.length);
    }
    struct text result = is_item(node) && path.length ? keep_text(reader, bytes_text(&path)) : TEXT_NONE;
    bytes_free(&path);
    return result;
}

static struct text operation_of(int operator_id) {
    struct text spelling = text_of(operator_row((enum operator_id)operator_id)->spelling);
    return text_starts(spelling, TEXT("-")) ? text_slice(spelling, 1, spelling.length) : TEXT_NONE;
}

static const struct condition *read_comparison(struct reader *reader, struct node_binary *binary) {
    struct condition *condition = make(reader, CONDITION_COMPARE);
    condition->operation = operation_of(binary->operator_id);
    condition->property = property_of(reader, binary->left);
    if (condition->operation.length && condition->property.length && read_operand(reader, binary->right, condition)) return condition;
    condition->property = property_of(reader, binary->right);
    condition->operand_first = true;
    if (condition->operation.length && condition->property.length && read_operand(reader, binary->left, condition)) return condition;
    condition->kind = CONDITION_OPAQUE;
    return condition;
}

static const struct condition *join(struct reader *reader, enum condition_kind kind, const struct condition *left, const struct condition *right) {
    struct condition *condition = make(reader, kind);
    condition->left = left;
    condition->right = right;
    return condition;
}

static const struct condition *read_binary(struct reader *reader, struct node_binary *binary) {
    bool is_and = binary->operator_id == OPERATOR_AND;
    if (!is_and && binary->operator_id != OPERATOR_OR) return read_comparison(reader, binary);
    const struct condition *left = read_expression(reader, binary->left), *right = read_expression(reader, binary->right);
    return join(reader, is_and ? CONDITION_AND : CONDITION_OR, left, right);
}

static const struct condition *read_expression(struct reader *reader, struct node *node) {
    const struct condition *result = NULL;
    if (!node || ++reader->depth > NESTING_MOST) return make(reader, CONDITION_OPAQUE);
    if (node->kind == NODE_PAREN) {
        struct node *inner = only_element(NODE_AS(paren, node)->pipeline);
        result = inner && inner->kind == NODE_COMMAND ? read_bare(reader, NODE_AS(command, inner)) : read_expression(reader, inner);
    } else if (node->kind == NODE_BINARY) {
        result = read_binary(reader, NODE_AS(binary, node));
    } else if (node->kind == NODE_UNARY && (NODE_AS(unary, node)->operator_id == OPERATOR_UNARY_NOT || NODE_AS(unary, node)->operator_id == OPERATOR_UNARY_BANG)) {
        result = join(reader, CONDITION_NOT, read_expression(reader, NODE_AS(unary, node)->operand), NULL);
    } else {
        struct condition *truth = make(reader, CONDITION_TRUTH);
        truth->property = property_of(reader, node);
        if (!truth->property.length) truth->kind = CONDITION_OPAQUE;
        result = truth;
    }
    reader->depth--;
    return result;
}

/* --- { Department -eq 'Sales' -and AccountEnabled }: a command to the parser ---------------------------------------------------- */

struct bare { struct reader *reader; struct node_list items; uint32_t at; };

static struct node *peek(struct bare *bare) {
    return bare->at < bare->items.count ? bare->items.items[bare->at] : NULL;
}

static bool takes_word(struct bare *bare, struct text word) {
    struct node *node = peek(bare);
    if (!node || node->kind != NODE_PARAMETER_ARGUMENT || NODE_AS(parameter_argument, node)->argument) return false;
    if (!text_equal_fold(NODE_AS(parameter_argument, node)->name, word)) return false;
    bare->at++;
    return true;
}

static const struct condition *bare_or(struct bare *bare);

/* Letters, digits and dots: "manager.id", but no command such as Get-Date. */
static bool is_name(struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '_') return false;
    }
    return text.length > 0;
}

static const struct condition *bare_test(struct bare *bare) {
    struct reader *reader = bare->reader;
    struct condition *condition = make(reader, CONDITION_OPAQUE);
    struct node *node = peek(bare);
    if (takes_word(bare, TEXT("not"))) return join(reader, CONDITION_NOT, bare_test(bare), NULL);
    if (node) bare->at++;
    if (node && node->kind == NODE_PAREN) return read_expression(reader, node);
    if (!node || node->kind != NODE_STRING || NODE_AS(string, node)->quote != QUOTE_BARE || !is_name(NODE_AS(string, node)->text)) return condition;
    condition->property = keep_text(reader, NODE_AS(string, node)->text);
    condition->kind = CONDITION_TRUTH;
    struct node *operation = peek(bare);
    bool compares = operation && operation->kind == NODE_PARAMETER_ARGUMENT && !NODE_AS(parameter_argument, operation)->argument;
    if (compares) {
        struct text word = NODE_AS(parameter_argument, operation)->name;
        if (text_equal_fold(word, TEXT("and")) || text_equal_fold(word, TEXT("or"))) return condition;
        condition->operation = keep_text(reader, word);
        bare->at++;
        bool fits = read_operand(reader, peek(bare), condition);
        condition->kind = fits ? CONDITION_COMPARE : CONDITION_OPAQUE;
        bare->at++;
    }
    return condition;
}

static const struct condition *bare_and(struct bare *bare) {
    const struct condition *left = bare_test(bare);
    while (takes_word(bare, TEXT("and"))) left = join(bare->reader, CONDITION_AND, left, bare_test(bare));
    return left;
}

static const struct condition *bare_or(struct bare *bare) {
    const struct condition *left = bare_and(bare);
    while (takes_word(bare, TEXT("or"))) left = join(bare->reader, CONDITION_OR, left, bare_and(bare));
    return left;
}

static const struct condition *read_bare(struct reader *reader, struct node_command *command) {
    struct bare bare = {reader, command->elements, 0};
    const struct condition *condition = bare_or(&bare);
    return bare.at >= bare.items.count && !command->redirections.count ? condition : make(reader, CONDITION_OPAQUE);
}

/* --- blocks -------------------------------------------------------------------------------------------------------------------- */

static const struct condition *read_root(struct reader *reader, struct node_script_block *root) {
    struct node *body = root && !root->named_blocks && !root->parameters ? root->end_block : NULL;
    struct node_list statements = body && body->kind == NODE_BLOCK ? NODE_AS(block, body)->statements : (struct node_list){0};
    struct node *only = statements.count == 1 ? only_element(statements.items[0]) : NULL;
    if (!only) return NULL;
    if (only->kind != NODE_COMMAND) return read_expression(reader, only);
    struct condition *root_condition = (struct condition *)read_bare(reader, NODE_AS(command, only));
    root_condition->bare = true;
    return root_condition;
}

static const struct condition *read_block(struct reader *reader, struct chunk *chunk) {
    struct text text = source_slice(chunk->source, chunk->span);
    if (text.length > 1 && text.start[0] == '{') text = text_slice(text, 1, text.length - 2);
    struct source *source = NULL;
    struct tree tree = {0};
    struct diagnostic_list diagnostics = {0};
    if (source_new(TEXT_NONE, text, &source, NULL) != STATUS_OK) return NULL;
    parse_program(source, &tree, &diagnostics);
    const struct condition *condition = diagnostics.count ? NULL : read_root(reader, tree.root);
    tree_free(&tree);
    diagnostic_list_free(&diagnostics);
    source_release(source);
    return condition && condition->kind != CONDITION_OPAQUE ? condition : NULL;
}

const struct condition *condition_of_block(struct host *host, struct value v) {
    struct engine *engine = host->context;
    struct block *block = block_of(v);
    if (!block) return NULL;
    if (!engine->conditions) engine->conditions = ALLOC_NEW(struct condition_store);
    for (struct condition_entry *entry = engine->conditions->entries; entry; entry = entry->next)
        if (entry->chunk == block->chunk) return entry->condition;
    struct condition_entry *entry = ALLOC_NEW(struct condition_entry);
    entry->chunk = chunk_keep(block->chunk);
    entry->arena = arena_new();
    entry->constants = list_new(engine->realm, NULL, 4);
    struct reader reader = {engine->realm, entry->arena, entry->constants, 0};
    entry->condition = read_block(&reader, block->chunk);
    entry->next = engine->conditions->entries;
    engine->conditions->entries = entry;
    return entry->condition;
}

void condition_stop(struct engine *engine) {
    if (!engine->conditions) return;
    for (struct condition_entry *entry = engine->conditions->entries, *next; entry; entry = next) {
        next = entry->next;
        chunk_release(entry->chunk);
        value_release(entry->constants);
        arena_free(entry->arena);
        alloc_free(entry);
    }
    alloc_free(engine->conditions);
    engine->conditions = NULL;
}
