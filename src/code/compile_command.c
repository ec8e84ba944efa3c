#include "compiler_private.h"

/* A number, or a list of words without a blank: programs see it as it was written. */
static bool is_written_word(struct compiler *compiler, const struct node *node) {
    if (node->kind == NODE_NUMBER) return true;
    if (node->kind != NODE_ARRAY_LITERAL) return false;
    struct text text = source_slice(compiler->chunk->source, node->span);
    for (size_t i = 0; i < text.length; i++) {
        if (strchr(" \t\r\n\"'$(){}@`", text.start[i])) return false;
    }
    return true;
}

static void compile_argument(struct compiler *compiler, struct node *node, struct argument_site *site) {
    site->span = node->span;
    site->reg = REGISTER_NONE;
    if (node->kind == NODE_PARAMETER_ARGUMENT) {
        struct node_parameter_argument *parameter = NODE_AS(parameter_argument, node);
        site->kind = parameter->argument ? SITE_NAME_VALUE : SITE_NAME;
        site->name = emit_keep_text(compiler, parameter->name);
        site->is_bare = source_slice(compiler->source, node->span).start[0] != '-'; /* a typographic dash: $args shows it */
        if (parameter->argument) site->reg = compile_value(compiler, parameter->argument);
        return;
    }
    if (node->kind == NODE_VERBATIM) {
        site->kind = SITE_VALUE;
        site->is_bare = true;
        site->name = TEXT("--%");
        site->reg = emit_temporary(compiler);
        emit_text_constant(compiler, site->reg, NODE_AS(verbatim, node)->text);
        return;
    }
    site->kind = SITE_VALUE;
    if (node->kind == NODE_VARIABLE && NODE_AS(variable, node)->splat) {
        NODE_AS(variable, node)->splat = false;
        site->kind = SITE_SPLAT;
    }
    /* Quotes keep wildcards from a program's arguments; words and variables give them. */
    site->is_bare = node->kind == NODE_STRING ? NODE_AS(string, node)->quote == QUOTE_BARE
                    : node->kind == NODE_EXPANDABLE ? NODE_AS(expandable, node)->quote == QUOTE_BARE : true;
    if (is_written_word(compiler, node)) site->name = emit_keep_text(compiler, source_slice(compiler->chunk->source, node->span));
    site->reg = compile_value(compiler, node);
}

static void compile_redirections(struct compiler *compiler, const struct node_list *list, struct command_site *site) {
    site->redirection_count = list->count;
    site->redirections = ARENA_ARRAY(compiler->chunk->arena, struct redirection_site, list->count ? list->count : 1);
    for (uint32_t i = 0; i < list->count; i++) {
        struct node_redirection *node = NODE_AS(redirection, list->items[i]);
        site->redirections[i] = (struct redirection_site){(uint8_t)node->from_stream, (uint8_t)node->to_stream, node->append, REGISTER_NONE};
        if (!node->file) continue;
        site->redirections[i].reg = compile_value(compiler, node->file);
    }
}

/* name(1, 2) is no call with two arguments, though it looks like one. */
static bool is_like_method(const struct node_command *node) {
    if (node->elements.count != 2 || node->elements.items[1]->kind != NODE_PAREN) return false;
    struct node *argument = node->elements.items[1], *inner = compile_pure(NODE_AS(paren, argument)->pipeline);
    return inner && inner->kind == NODE_ARRAY_LITERAL && argument->span.start == node->elements.items[0]->span.end;
}

static void compile_command(struct compiler *compiler, struct node_command *node, struct command_site *site) {
    struct arena *arena = compiler->chunk->arena;
    site->invocation = (uint8_t)node->invocation;
    site->like_method = is_like_method(node);
    site->span = node->head.span;
    site->reg = REGISTER_NONE;
    site->cache = emit_cache(compiler);
    struct node *name = node->elements.items[0];
    if (name->kind == NODE_STRING) {
        site->name_text = emit_keep_text(compiler, NODE_AS(string, name)->text);
        site->name = emit_name(compiler, site->name_text);
    } else {
        site->reg = compile_value(compiler, name);
    }
    site->argument_count = node->elements.count - 1;
    site->arguments = ARENA_ARRAY(arena, struct argument_site, site->argument_count ? site->argument_count : 1);
    for (uint32_t i = 1; i < node->elements.count; i++) compile_argument(compiler, node->elements.items[i], &site->arguments[i - 1]);
    compile_redirections(compiler, &node->redirections, site);
}

/* An expression with redirections runs as a block in this scope: . { expression } 2>&1 */
static void compile_redirected(struct compiler *compiler, struct node_expression_stage *node, struct command_site *site) {
    struct chunk *body = compile_body(compiler, node->expression, NULL, CHUNK_BLOCK, TEXT_NONE, node->expression->span);
    *site = (struct command_site){.invocation = INVOKE_DOT, .span = node->head.span, .cache = emit_cache(compiler)};
    site->reg = emit_temporary(compiler);
    emit(compiler, OP_BLOCK, site->reg, 0, 0, emit_nested_take(compiler, body), 0);
    compile_redirections(compiler, &node->redirections, site);
}

static void compile_input(struct compiler *compiler, struct node *expression, struct pipeline_site *site) {
    struct node *pure = expression;
    while (pure->kind == NODE_PAREN && compile_pure(NODE_AS(paren, pure)->pipeline)) pure = compile_pure(NODE_AS(paren, pure)->pipeline);
    if (pure->kind == NODE_BINARY && NODE_AS(binary, pure)->operator_id == OPERATOR_RANGE) {
        site->input = compile_value(compiler, NODE_AS(binary, pure)->left);
        compile_value(compiler, NODE_AS(binary, pure)->right);
        site->input_is_range = true;
        return;
    }
    site->input = compile_value(compiler, expression);
}

void compile_pipeline(struct compiler *compiler, struct node_pipeline *node) {
    struct chunk *chunk = compiler->chunk;
    uint16_t top = compiler->top;
    struct pipeline_site site = {.input = REGISTER_NONE, .background = node->background, .span = node->head.span};
    site.commands = ARENA_ARRAY(chunk->arena, struct command_site, node->elements.count);
    for (uint32_t i = 0; i < node->elements.count; i++) {
        struct node *element = node->elements.items[i];
        if (element->kind == NODE_EXPRESSION_STAGE) {
            struct node_expression_stage *stage = NODE_AS(expression_stage, element);
            if (i == 0 && !stage->redirections.count && !node->background) compile_input(compiler, stage->expression, &site);
            else compile_redirected(compiler, stage, &site.commands[site.count++]);
        } else if (element->kind == NODE_COMMAND) {
            compile_command(compiler, NODE_AS(command, element), &site.commands[site.count++]);
        }
    }
    ALLOC_GROW(chunk->pipelines, compiler->pipeline_capacity, chunk->pipeline_count + 1);
    chunk->pipelines[chunk->pipeline_count] = site;
    bool alone = site.count == 1 && site.input == REGISTER_NONE && !site.background && !site.commands[0].redirection_count;
    emit(compiler, alone ? OP_CALL : OP_PIPELINE, compiler->capture, 0, 0, (int32_t)chunk->pipeline_count++, 0);
    compiler->top = top;
}

/* a && b: b runs if a succeeded. Expressions succeed. */
static void compile_link(struct compiler *compiler, struct node *node) {
    compile_statement(compiler, node);
    struct node *pure = compile_pure(node);
    if (pure && !(pure->kind == NODE_PAREN && !compile_pure(NODE_AS(paren, pure)->pipeline)) && pure->kind != NODE_SUBEXPRESSION)
        emit(compiler, OP_SUCCEED, 0, 0, 0, 0, 0);
}

void compile_chain(struct compiler *compiler, struct node_chain *node) {
    struct label end = LABEL_NEW;
    compile_link(compiler, node->left);
    emit_jump(compiler, node->operator_id == OPERATOR_CHAIN_AND ? OP_JUMP_FAILED : OP_JUMP_SUCCEEDED, 0, 0, 0, 0, &end);
    compile_link(compiler, node->right);
    emit_label(compiler, &end);
}
