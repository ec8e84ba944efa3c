#include "base64_private.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
enum { LINE = 76 };

void base64_add(struct bytes *out, const void *data, size_t length, bool lines) {
    const unsigned char *byte = data;
    size_t column = 0;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t bits = (uint32_t)byte[i] << 16 | (left > 1 ? byte[i + 1] << 8 : 0) | (left > 2 ? byte[i + 2] : 0);
        if (lines && column == LINE) {
            bytes_add_string(out, "\r\n");
            column = 0;
        }
        bytes_add_byte(out, letters[bits >> 18]);
        bytes_add_byte(out, letters[bits >> 12 & 63]);
        bytes_add_byte(out, left > 1 ? letters[bits >> 6 & 63] : '=');
        bytes_add_byte(out, left > 2 ? letters[bits & 63] : '=');
        column += 4;
    }
}

static int value_of(char c) {
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? (int)(at - letters) : -1;
}

bool base64_read(struct text text, struct bytes *out) {
    uint32_t bits = 0;
    int count = 0, padding = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        int value = c == '=' ? 0 : value_of(c);
        if (value < 0 || (padding && c != '=')) return false;
        padding += c == '=';
        bits = bits << 6 | (uint32_t)value;
        if (++count < 4) continue;
        if (padding > 2) return false;
        bytes_add_byte(out, (char)(bits >> 16));
        if (padding < 2) bytes_add_byte(out, (char)(bits >> 8));
        if (padding < 1) bytes_add_byte(out, (char)bits);
        bits = 0;
        count = 0;
    }
    return count == 0;
}
