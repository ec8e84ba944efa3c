#include "m365sh/base/alloc.h"
#include "m365sh/base/decimal.h"
#include "tree_fields_private.h"

struct entry {
    const struct node *node;
    const char *label;
    uint32_t depth;
};
struct pending {
    struct entry *items;
    size_t count, capacity;
};

#define DEEPEST_INDENT 100 /* deeper nodes stay in one column: a long chain would make a huge dump */

static const char *const literal_names[] = {"int32", "int64", "double", "decimal", "bigint", "sbyte", "byte", "int16", "uint16", "uint32", "uint64"};

static void add_quoted(struct bytes *out, struct text text) {
    bytes_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.start[i];
        if (c == '"' || c == '\\') bytes_add_format(out, "\\%c", c);
        else if (c == '\n') bytes_add_string(out, "\\n");
        else if (c < 0x20) bytes_add_format(out, "\\x%02x", c);
        else bytes_add_byte(out, (char)c);
    }
    bytes_add_byte(out, '"');
}

static void add_number(struct bytes *out, const struct number_literal *number) {
    bytes_add_format(out, " %s ", literal_names[number->kind]);
    if (number->kind == LITERAL_DOUBLE) decimal_add_double(out, number->real);
    else if (number->kind == LITERAL_DECIMAL || number->kind == LITERAL_BIGINT) bytes_add_text(out, number->digits);
    else if (number->kind == LITERAL_UINT64) decimal_add_uint64(out, (uint64_t)number->integer);
    else decimal_add_int64(out, number->integer);
}

static void add_mark(struct bytes *out, const struct field *field, int mark) {
    if (strcmp(field->name, "operator_id") == 0) bytes_add_format(out, " %s", operator_row((enum operator_id)mark)->spelling);
    else if (mark != 0) bytes_add_format(out, " %s=%d", field->name, mark);
}

static void add_values(struct bytes *out, const struct node *node) {
    for (const struct field *field = tree_fields((enum node_kind)node->kind); field->kind != FIELD_END; field++) {
        const void *at = tree_field(node, field);
        switch (field->kind) {
        case FIELD_VIEW:
            if (((const struct text *)at)->length == 0 && node->kind != NODE_STRING) break;
            bytes_add_format(out, " %s=", field->name);
            add_quoted(out, *(const struct text *)at);
            break;
        case FIELD_FLAG:
            if (*(const bool *)at) bytes_add_format(out, " %s", field->name);
            break;
        case FIELD_MARK: add_mark(out, field, *(const int *)at); break;
        case FIELD_NUMBER: add_number(out, at); break;
        default: break;
        }
    }
}

static void push(struct pending *pending, const struct node *node, const char *label, uint32_t depth) {
    if (node == NULL) return;
    ALLOC_GROW(pending->items, pending->capacity, pending->count + 1);
    pending->items[pending->count++] = (struct entry){node, label, depth};
}

static void push_children(struct pending *pending, const struct node *node, uint32_t depth) {
    const struct field *fields = tree_fields((enum node_kind)node->kind), *field = fields;
    while (field->kind != FIELD_END) field++;
    while (field-- > fields) {
        void *at = tree_field(node, field);
        if (field->kind == FIELD_CHILD) push(pending, *(struct node **)at, field->name, depth);
        if (field->kind != FIELD_LIST) continue;
        const struct node_list *list = at;
        for (uint32_t i = list->count; i-- > 0;) push(pending, list->items[i], field->name, depth);
    }
}

void tree_dump(struct bytes *out, const struct tree *tree) {
    struct pending pending = {0};
    if (tree->root != NULL) push(&pending, &tree->root->head, "", 0);
    while (pending.count != 0) {
        struct entry entry = pending.items[--pending.count];
        bytes_add_repeat(out, ' ', 2 * (size_t)(entry.depth < DEEPEST_INDENT ? entry.depth : DEEPEST_INDENT));
        if (entry.label[0] != '\0') bytes_add_format(out, "%s: ", entry.label);
        bytes_add_string(out, node_kind_name((enum node_kind)entry.node->kind));
        add_values(out, entry.node);
        bytes_add_format(out, " %u-%u\n", entry.node->span.start, entry.node->span.end);
        push_children(&pending, entry.node, entry.depth + 1);
    }
    alloc_free(pending.items);
}
