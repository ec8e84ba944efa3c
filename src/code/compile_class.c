#include "compiler_private.h"

static struct span body_span(const struct node *body, const struct node *whole) { return body ? body->span : whole->span; }

/* A property's default and a base call's arguments are small methods of their own. */
static int32_t compile_small_method(struct compiler *compiler, struct node *expression, const struct node_list *parameters, struct span span) {
    if (!expression) return -1;
    struct node_return give = {.head = {NODE_RETURN, expression->span}, .value = expression};
    struct chunk *chunk = compile_body(compiler, &give.head, parameters, CHUNK_METHOD, TEXT_NONE, span);
    return emit_nested_take(compiler, chunk);
}

static int32_t compile_base_arguments(struct compiler *compiler, struct node_method *node) {
    if (!node->calls_base) return -1;
    struct node_array_literal list = {.head = {NODE_ARRAY_LITERAL, node->head.span}, .items = node->base_arguments};
    return compile_small_method(compiler, &list.head, &node->parameters, node->head.span);
}

static void compile_method(struct compiler *compiler, struct node_method *node, struct member_site *site) {
    site->name = emit_keep_text(compiler, node->name);
    site->is_method = true;
    site->is_constructor = node->is_constructor;
    site->calls_base = node->calls_base;
    site->flags = (uint8_t)node->member_flags;
    site->type_name = emit_keep_text(compiler, compile_type_text(node->return_type));
    compile_attributes(compiler, &node->attributes, &site->attributes, &site->attribute_count);
    struct chunk *body = compile_body(compiler, node->body, &node->parameters, CHUNK_METHOD, node->name, body_span(node->body, &node->head));
    site->chunk = emit_nested_take(compiler, body);
    site->base_chunk = compile_base_arguments(compiler, node);
}

static void compile_property(struct compiler *compiler, struct node_property *node, struct member_site *site) {
    site->name = emit_keep_text(compiler, node->name);
    site->flags = (uint8_t)node->member_flags;
    site->type_name = emit_keep_text(compiler, compile_type_text(node->type));
    site->base_chunk = -1;
    compile_attributes(compiler, &node->attributes, &site->attributes, &site->attribute_count);
    site->chunk = compile_small_method(compiler, node->default_value, NULL, node->head.span);
}

static struct class_site *add_class(struct compiler *compiler, struct text name, uint32_t members, const struct node_list *attributes) {
    struct chunk *chunk = compiler->chunk;
    ALLOC_GROW(chunk->classes, compiler->class_capacity, chunk->class_count + 1);
    struct class_site *site = &chunk->classes[chunk->class_count++];
    *site = (struct class_site){.name = emit_keep_text(compiler, name), .member_count = members};
    site->members = ARENA_ARRAY(chunk->arena, struct member_site, members ? members : 1);
    for (uint32_t i = 0; i < attributes->count; i++) {
        if (text_ends_fold(compile_type_text(attributes->items[i]), TEXT("Flags")) || text_ends_fold(compile_type_text(attributes->items[i]), TEXT("FlagsAttribute")))
            site->is_flags = true;
    }
    return site;
}

void compile_class(struct compiler *compiler, struct node_class *node) {
    struct class_site *site = add_class(compiler, node->name, node->members.count, &node->attributes);
    uint32_t index = compiler->chunk->class_count - 1;
    struct member_site *members = site->members;
    site->base_count = node->bases.count;
    site->bases = ARENA_ARRAY(compiler->chunk->arena, struct text, node->bases.count ? node->bases.count : 1);
    for (uint32_t i = 0; i < node->bases.count; i++) site->bases[i] = emit_keep_text(compiler, compile_type_text(node->bases.items[i]));
    for (uint32_t i = 0; i < node->members.count; i++) {
        struct node *member = node->members.items[i];
        members[i].span = member->span;
        members[i].chunk = members[i].base_chunk = -1;
        if (member->kind == NODE_METHOD) compile_method(compiler, NODE_AS(method, member), &members[i]);
        else if (member->kind == NODE_PROPERTY) compile_property(compiler, NODE_AS(property, member), &members[i]);
    }
    emit(compiler, OP_CLASS, 0, 0, 0, (int32_t)index, 0);
}

void compile_enum(struct compiler *compiler, struct node_enum *node) {
    struct class_site *site = add_class(compiler, node->name, node->members.count, &node->attributes);
    uint32_t index = compiler->chunk->class_count - 1;
    struct member_site *members = site->members;
    site->is_enum = true;
    site->underlying = emit_keep_text(compiler, compile_type_text(node->underlying));
    for (uint32_t i = 0; i < node->members.count; i++) {
        struct node_enum_member *member = NODE_AS(enum_member, node->members.items[i]);
        members[i] = (struct member_site){.name = emit_keep_text(compiler, member->name), .base_chunk = -1, .span = member->head.span};
        members[i].chunk = compile_small_method(compiler, member->value, NULL, member->head.span);
    }
    emit(compiler, OP_CLASS, 0, 0, 0, (int32_t)index, 0);
}
