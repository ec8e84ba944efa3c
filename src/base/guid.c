#include "m365sh/base/guid.h"

static int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if ((byte | 32) >= 'a' && (byte | 32) <= 'f') return (byte | 32) - 'a' + 10;
    return -1;
}

/* The dashes of form D stand before these bytes. */
static bool dash_before(size_t index) {
    return index == 4 || index == 6 || index == 8 || index == 10;
}

static bool read_digits(struct text text, bool dashes, struct guid *out) {
    size_t at = 0;
    for (size_t i = 0; i < 16; i++) {
        if (dashes && dash_before(i) && text.start[at++] != '-') return false;
        int high = hex_digit(text.start[at]), low = hex_digit(text.start[at + 1]);
        if (high < 0 || low < 0) return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
    }
    return true;
}

bool guid_read(struct text text, struct guid *out) {
    if (text.length == 38) {
        char first = text.start[0], last = text.start[37];
        if (!(first == '{' && last == '}') && !(first == '(' && last == ')')) return false;
        text = text_slice(text, 1, 36);
    }
    if (text.length == 36) return read_digits(text, true, out);
    return text.length == 32 && read_digits(text, false, out);
}

void guid_add(struct bytes *out, const struct guid *guid, char form) {
    static const char digits[] = "0123456789abcdef";
    char text[40];
    size_t length = 0;
    if (form == 'B') text[length++] = '{';
    if (form == 'P') text[length++] = '(';
    for (size_t i = 0; i < 16; i++) {
        if (form != 'N' && dash_before(i)) text[length++] = '-';
        text[length++] = digits[guid->bytes[i] >> 4];
        text[length++] = digits[guid->bytes[i] & 15];
    }
    if (form == 'B') text[length++] = '}';
    if (form == 'P') text[length++] = ')';
    bytes_add(out, text, length);
}
