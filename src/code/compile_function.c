#include "compiler_private.h"

void compile_function(struct compiler *compiler, struct node_function *node) {
    struct chunk *chunk = compiler->chunk;
    struct text name = node->name, scope = TEXT_NONE;
    size_t colon = text_find_byte(name, ':', 0);
    if (colon != TEXT_NOT_FOUND && colon > 0) {
        struct text prefix = text_slice(name, 0, colon);
        if (text_equal_fold(prefix, TEXT("global")) || text_equal_fold(prefix, TEXT("script")) || text_equal_fold(prefix, TEXT("local")) ||
            text_equal_fold(prefix, TEXT("private"))) {
            scope = prefix;
            name = text_slice(name, colon + 1, name.length);
        }
    }
    struct chunk *body = compile_body(compiler, node->body, node->parameters.count ? &node->parameters : NULL,
                                      node->is_filter ? CHUNK_FILTER : CHUNK_FUNCTION, name, node->head.span);
    ALLOC_GROW(chunk->functions, compiler->function_capacity, chunk->function_count + 1);
    chunk->functions[chunk->function_count] = (struct function_site){
        emit_name(compiler, name), emit_keep_text(compiler, name), emit_keep_text(compiler, scope), node->is_filter,
        (uint32_t)emit_nested_take(compiler, body)};
    emit(compiler, OP_FUNCTION, 0, 0, 0, (int32_t)chunk->function_count++, 0);
}

static void compile_attribute_argument(struct compiler *compiler, struct node *value, struct attribute_argument *out) {
    out->block = -1;
    out->value = value_null();
    if (!value) {
        out->value = value_bool(true);
    } else if (value->kind == NODE_BLOCK_EXPRESSION) {
        struct chunk *nested = compile_body(compiler, NODE_AS(block_expression, value)->body, NULL, CHUNK_BLOCK, TEXT_NONE, value->span);
        out->block = emit_nested_take(compiler, nested);
    } else if (value->kind == NODE_TYPE_EXPRESSION) {
        out->type_name = emit_keep_text(compiler, compile_type_text(value));
    } else if (!fold_constant(compiler, value, &out->value)) {
        out->value = value_null();
    }
}

static void compile_attribute(struct compiler *compiler, struct node *node, struct attribute_site *out) {
    out->type_name = emit_keep_text(compiler, compile_type_text(node));
    out->is_type = node->kind != NODE_ATTRIBUTE;
    if (out->is_type) return;
    struct node_attribute *attribute = NODE_AS(attribute, node);
    out->argument_count = attribute->positional.count + attribute->named.count;
    out->arguments = ARENA_ARRAY(compiler->chunk->arena, struct attribute_argument, out->argument_count ? out->argument_count : 1);
    for (uint32_t i = 0; i < attribute->positional.count; i++)
        compile_attribute_argument(compiler, attribute->positional.items[i], &out->arguments[i]);
    for (uint32_t i = 0; i < attribute->named.count; i++) {
        struct node_named_argument *named = NODE_AS(named_argument, attribute->named.items[i]);
        struct attribute_argument *argument = &out->arguments[attribute->positional.count + i];
        compile_attribute_argument(compiler, named->value, argument);
        argument->name = emit_keep_text(compiler, named->name);
    }
}

void compile_attributes(struct compiler *compiler, const struct node_list *nodes, struct attribute_site **out, uint32_t *count) {
    *count = nodes->count;
    *out = ARENA_ARRAY(compiler->chunk->arena, struct attribute_site, nodes->count ? nodes->count : 1);
    for (uint32_t i = 0; i < nodes->count; i++) compile_attribute(compiler, nodes->items[i], &(*out)[i]);
}

int32_t compile_attribute_set(struct compiler *compiler, struct node **nodes, uint32_t count) {
    struct chunk *chunk = compiler->chunk;
    struct node_list list = {nodes, count};
    struct attribute_set_site set = {0};
    compile_attributes(compiler, &list, &set.attributes, &set.attribute_count);
    ALLOC_GROW(chunk->attribute_sets, compiler->set_capacity, chunk->attribute_set_count + 1);
    chunk->attribute_sets[chunk->attribute_set_count] = set;
    return (int32_t)chunk->attribute_set_count++;
}

/* A set is kept only for parameters whose variable must go on converting or validating. */
static int32_t parameter_set(struct compiler *compiler, struct node_list *attributes) {
    for (uint32_t i = 0; i < attributes->count; i++) {
        struct text name = compile_type_text(attributes->items[i]);
        if (attributes->items[i]->kind != NODE_ATTRIBUTE || text_starts_fold(name, TEXT("Validate")) || text_find_fold(name, TEXT(".Validate"), 0) != TEXT_NOT_FOUND)
            return compile_attribute_set(compiler, attributes->items, attributes->count);
    }
    return -1;
}

static void note_binding(struct compiler *compiler, const struct parameter_site *site) {
    for (uint32_t i = 0; i < site->attribute_count; i++) {
        struct text name = site->attributes[i].type_name;
        if (!site->attributes[i].is_type && (text_equal_fold(name, TEXT("Parameter")) || text_equal_fold(name, TEXT("ParameterAttribute")) ||
                                             text_equal_fold(name, TEXT("System.Management.Automation.Parameter"))))
            compiler->chunk->flags |= CHUNK_CMDLET_BINDING;
    }
}

static void compile_default(struct compiler *compiler, struct parameter_site *site, struct node *variable, struct node *value) {
    struct label set = LABEL_NEW;
    uint16_t top = compiler->top;
    site->has_default = true;
    site->default_text = emit_keep_text(compiler, source_slice(compiler->source, value->span));
    emit_jump(compiler, OP_JUMP_SET, (uint16_t)(site - compiler->chunk->parameters), 0, 0, 0, &set);
    uint16_t reg = emit_temporary(compiler);
    if (compile_pure(value)) compile_into(compiler, compile_pure(value), reg);
    else compile_captured(compiler, value, reg, false);
    (void)variable;
    emit(compiler, OP_SET_DEFAULT, reg, 0, 0, (int32_t)(site - compiler->chunk->parameters), 0);
    emit_label(compiler, &set);
    compiler->top = top;
}

void compile_parameters(struct compiler *compiler, const struct node_list *parameters) {
    struct chunk *chunk = compiler->chunk;
    chunk->parameter_count = parameters->count;
    chunk->parameters = ALLOC_ARRAY(struct parameter_site, parameters->count ? parameters->count : 1);
    for (uint32_t i = 0; i < parameters->count; i++) {
        struct node_parameter *node = NODE_AS(parameter, parameters->items[i]);
        struct parameter_site *site = &chunk->parameters[i];
        site->spelling = emit_keep_text(compiler, NODE_AS(variable, node->variable)->name);
        site->name = emit_name(compiler, site->spelling);
        site->slot = (uint16_t)chunk_slot(chunk, site->name);
        compile_attributes(compiler, &node->attributes, &site->attributes, &site->attribute_count);
        site->attribute_set = parameter_set(compiler, &node->attributes);
        note_binding(compiler, site);
    }
    for (uint32_t i = 0; i < parameters->count; i++) {
        struct node_parameter *node = NODE_AS(parameter, parameters->items[i]);
        if (node->default_value) compile_default(compiler, &chunk->parameters[i], node->variable, node->default_value);
    }
}
