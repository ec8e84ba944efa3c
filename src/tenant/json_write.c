#include "json_write_private.h"

static void add_escape(struct bytes *out, unsigned char byte) {
    switch (byte) {
    case '"': bytes_add(out, "\\\"", 2); break;
    case '\\': bytes_add(out, "\\\\", 2); break;
    case '\n': bytes_add(out, "\\n", 2); break;
    case '\r': bytes_add(out, "\\r", 2); break;
    case '\t': bytes_add(out, "\\t", 2); break;
    default: bytes_add_format(out, "\\u%04x", byte);
    }
}

void json_text(struct bytes *out, struct text text) {
    bytes_add_byte(out, '"');
    size_t clean = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.start[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        bytes_add(out, text.start + clean, i - clean);
        add_escape(out, byte);
        clean = i + 1;
    }
    if (text.length > clean) bytes_add(out, text.start + clean, text.length - clean);
    bytes_add_byte(out, '"');
}

void json_string(struct bytes *out, const char *text) {
    if (text) json_text(out, text_of(text));
    else bytes_add(out, "null", 4);
}

void json_comma(struct bytes *out) {
    char last = out->length ? out->data[out->length - 1] : '{';
    if (last != '{' && last != '[') bytes_add_byte(out, ',');
}

void json_name(struct bytes *out, const char *name) {
    json_comma(out);
    bytes_add_byte(out, '"');
    bytes_add_string(out, name);
    bytes_add(out, "\":", 2);
}

void json_name_text(struct bytes *out, const char *name, struct text text) {
    json_name(out, name);
    json_text(out, text);
}

void json_list(struct bytes *out, struct text items, char separator) {
    struct text item;
    bytes_add_byte(out, '[');
    while (text_split_next(&items, separator, &item)) {
        if (item.length == 0) continue;
        json_comma(out);
        json_text(out, item);
    }
    bytes_add_byte(out, ']');
}
