#include "compiler_private.h"

struct text compile_type_text(struct node *node) {
    if (!node) return TEXT_NONE;
    switch (node->kind) {
    case NODE_TYPE_NAME: return NODE_AS(type_name, node)->text;
    case NODE_TYPE_CONSTRAINT: return compile_type_text(NODE_AS(type_constraint, node)->type);
    case NODE_TYPE_EXPRESSION: return compile_type_text(NODE_AS(type_expression, node)->type);
    case NODE_ATTRIBUTE: return compile_type_text(NODE_AS(attribute, node)->type);
    case NODE_STRING: return NODE_AS(string, node)->text;
    default: return TEXT_NONE;
    }
}

static const struct node_list *parameters_of(struct node_script_block *body, const struct node_list *given) {
    if (given && given->count) return given;
    return body->parameters ? &NODE_AS(param_block, body->parameters)->parameters : given;
}

static void compile_entry(struct compiler *compiler, enum entry_point entry, struct node *block) {
    if (!block) return;
    compiler->chunk->entries[entry] = (int32_t)emit_here(compiler);
    compile_block(compiler, block);
    emit(compiler, OP_RETURN, 0, 0, 0, 0, 0);
}

static void compile_usings(struct compiler *compiler, const struct node_list *usings) {
    struct chunk *chunk = compiler->chunk;
    for (uint32_t i = 0; i < usings->count; i++) {
        struct node_using *node = NODE_AS(using, usings->items[i]);
        ALLOC_GROW(chunk->usings, compiler->using_capacity, chunk->using_count + 1);
        chunk->usings[chunk->using_count] = (struct using_site){
            node->using_kind, emit_keep_text(compiler, compile_type_text(node->name)), emit_keep_text(compiler, compile_type_text(node->alias))};
        emit(compiler, OP_USING, 0, 0, 0, (int32_t)chunk->using_count++, 0);
    }
}

static void compile_script_block(struct compiler *compiler, struct node_script_block *body, const struct node_list *parameters) {
    struct chunk *chunk = compiler->chunk;
    chunk->help = emit_keep_text(compiler, body->help);
    if (body->parameters) {
        struct node_param_block *block = NODE_AS(param_block, body->parameters);
        compile_attributes(compiler, &block->attributes, &chunk->attributes, &chunk->attribute_count);
        for (uint32_t i = 0; i < chunk->attribute_count; i++) {
            if (text_equal_fold(chunk->attributes[i].type_name, TEXT("CmdletBinding"))) chunk->flags |= CHUNK_CMDLET_BINDING;
        }
    }
    chunk->entries[ENTRY_PROLOGUE] = (int32_t)emit_here(compiler);
    compile_usings(compiler, &body->usings);
    if (parameters) compile_parameters(compiler, parameters);
    if (body->named_blocks || chunk->kind == CHUNK_FILTER) {
        chunk->flags |= CHUNK_NAMED_BLOCKS;
        emit(compiler, OP_RETURN, 0, 0, 0, 0, 0);
        compile_entry(compiler, ENTRY_DYNAMIC, body->dynamic_block);
        compile_entry(compiler, ENTRY_BEGIN, body->begin_block);
        compile_entry(compiler, ENTRY_PROCESS, body->named_blocks ? body->process_block : body->end_block);
        compile_entry(compiler, ENTRY_END, body->named_blocks ? body->end_block : NULL);
        compile_entry(compiler, ENTRY_CLEAN, body->clean_block);
        return;
    }
    chunk->entries[ENTRY_END] = chunk->entries[ENTRY_PROLOGUE];
    if (body->end_block) compile_block(compiler, body->end_block);
    emit(compiler, OP_RETURN, 0, 0, 0, 0, 0);
}

static bool mentions(const struct compiler *compiler, struct text part) {
    return text_find_fold(source_slice(compiler->source, compiler->chunk->span), part, 0) != TEXT_NOT_FOUND;
}

static void note_flags(struct compiler *compiler) {
    struct chunk *chunk = compiler->chunk;
    if (mentions(compiler, TEXT("PSBoundParameters")) || mentions(compiler, TEXT("MyInvocation")) || mentions(compiler, TEXT("PSCmdlet")))
        chunk->flags |= CHUNK_USES_BOUND;
    if (mentions(compiler, TEXT("$args")) || mentions(compiler, TEXT("@args")) || mentions(compiler, TEXT("{args"))) chunk->flags |= CHUNK_USES_ARGS;
    if (mentions(compiler, TEXT("OFS"))) chunk->flags |= CHUNK_USES_OFS;
}

static bool by_name(const struct compiler *outer, enum chunk_kind kind, struct text name) {
    if (kind == CHUNK_SCRIPT) return outer == NULL && text_equal(name, TEXT("."));
    return kind == CHUNK_BLOCK || kind == CHUNK_TRAP;
}

struct chunk *compile_body(struct compiler *outer, struct node *body, const struct node_list *parameters, enum chunk_kind kind,
                           struct text name, struct span span) {
    struct compiler compiler = {.realm = outer->realm, .source = outer->source, .outer = outer->chunk ? outer : NULL,
                                .capture = REGISTER_NONE, .caught = REGISTER_NONE, .span = span,
                                .watches_success = outer->watches_success, .too_deep = outer->too_deep};
    struct chunk *chunk = compiler.chunk = chunk_new(outer->realm, outer->source);
    chunk->kind = (uint8_t)kind;
    chunk->span = span;
    if (by_name(compiler.outer, kind, name)) chunk->flags |= CHUNK_BY_NAME;
    if (kind != CHUNK_SCRIPT) {
        chunk->name_text = emit_keep_text(&compiler, name);
        chunk->name = name.length ? emit_name(&compiler, name) : 0;
    }
    bool is_script_block = body && body->kind == NODE_SCRIPT_BLOCK;
    if (is_script_block) parameters = parameters_of(NODE_AS(script_block, body), parameters);
    if (parameters && parameters->count) chunk->flags |= CHUNK_HAS_PARAMETERS;
    if (is_script_block && NODE_AS(script_block, body)->parameters) chunk->flags |= CHUNK_HAS_PARAMETERS;
    scope_plan(&compiler, parameters, body);
    scope_plan_finish(&compiler);
    compiler.top = (uint16_t)chunk->slot_count;
    chunk->register_count = chunk->slot_count;
    note_flags(&compiler);
    if (is_script_block) {
        compile_script_block(&compiler, NODE_AS(script_block, body), parameters);
    } else {
        chunk->entries[ENTRY_PROLOGUE] = chunk->entries[ENTRY_END] = 0;
        if (parameters) compile_parameters(&compiler, parameters);
        if (body && body->kind == NODE_BLOCK) compile_block(&compiler, body);
        else if (body) compile_statement(&compiler, body);
        emit(&compiler, OP_RETURN, 0, 0, 0, 0, 0);
    }
    chunk->caches = ALLOC_ARRAY(struct inline_cache, chunk->cache_count + 1);
    return chunk;
}

bool compiler_gives_up(struct compiler *compiler, const struct node *node) {
    if (compiler->too_deep->end) return true;
    if (!realm_stack_low(compiler->realm) && compiler->top < REGISTER_NONE - 2 * COMPILER_PARTS) return false;
    *compiler->too_deep = node ? node->span : compiler->span;
    if (!compiler->too_deep->end) compiler->too_deep->end = 1;
    return true;
}

struct chunk *compile_tree(struct realm *realm, const struct tree *tree, enum compile_mode mode, struct diagnostic_list *diagnostics) {
    struct text content = source_content(tree->source);
    struct span too_deep = {0, 0};
    struct compiler none = {.realm = realm, .source = tree->source, .too_deep = &too_deep};
    none.watches_success = text_find(content, TEXT("$?"), 0) != TEXT_NOT_FOUND;
    struct chunk *chunk = compile_body(&none, &tree->root->head, NULL, CHUNK_SCRIPT, mode == COMPILE_IN_SCOPE ? TEXT(".") : TEXT_NONE,
                                       (struct span){0, (uint32_t)content.length});
    if (!too_deep.end) return chunk;
    diagnostic_add(diagnostics, "DeepNesting", too_deep, false,
                   "The expression is too deep or too wide to be compiled; take parts of it into variables.");
    chunk_release(chunk);
    return NULL;
}
