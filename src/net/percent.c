#include "m365sh/net/percent.h"

#include <string.h>

static bool stays(unsigned char byte, enum percent_part part) {
    if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z')) return true;
    if (byte == '\0') return false;
    if (strchr("-._~", byte)) return true;
    if (part == PERCENT_SEGMENT) return strchr("$@!'(),*:=;", byte) != NULL;
    if (part == PERCENT_QUERY) return strchr("$@!'(),*:/?;", byte) != NULL;
    return false;
}

void percent_add(struct bytes *out, struct text text, enum percent_part part) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.start[i];
        if (stays(byte, part)) bytes_add_byte(out, (char)byte);
        else bytes_add_format(out, "%%%02X", byte);
    }
}

static int hex_of(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

void percent_decode(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        int high = text.start[i] == '%' && text.length - i > 2 ? hex_of(text.start[i + 1]) : -1;
        int low = high >= 0 ? hex_of(text.start[i + 2]) : -1;
        if (low < 0) {
            bytes_add_byte(out, text.start[i]);
            continue;
        }
        bytes_add_byte(out, (char)(high * 16 + low));
        i += 2;
    }
}

void percent_add_field(struct bytes *out, const char *name, struct text value) {
    if (out->length) bytes_add_byte(out, '&');
    bytes_add_string(out, name);
    bytes_add_byte(out, '=');
    percent_add(out, value, PERCENT_FORM);
}
