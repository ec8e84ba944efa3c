#include "escape_text_private.h"

#include "m365sh/base/decimal.h"
#include "m365sh/base/utf8.h"

static bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

void escape_percent(struct bytes *out, struct text text, const char *safe, bool upper, bool plus) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if (is_plain(c) || (c && strchr(safe, c))) bytes_add_byte(out, c);
        else if (c == ' ' && plus) bytes_add_byte(out, '+');
        else bytes_add_format(out, upper ? "%%%02X" : "%%%02x", (unsigned char)c);
    }
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void escape_read_percent(struct bytes *out, struct text text, const char *keep, bool plus) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        int high = c == '%' && i + 2 < text.length ? digit_of(text.start[i + 1]) : -1, low = high < 0 ? -1 : digit_of(text.start[i + 2]);
        if (low >= 0 && !(high * 16 + low < 128 && high * 16 + low && strchr(keep, high * 16 + low))) {
            bytes_add_byte(out, (char)(high * 16 + low));
            i += 2;
        } else bytes_add_byte(out, c == '+' && plus ? ' ' : c);
    }
}

void escape_html(struct bytes *out, struct text text, bool latin) {
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t point = utf8_next(text, &at);
        switch (point) {
            case '<': bytes_add_string(out, "&lt;"); break;
            case '>': bytes_add_string(out, "&gt;"); break;
            case '&': bytes_add_string(out, "&amp;"); break;
            case '"': bytes_add_string(out, "&quot;"); break;
            case '\'': bytes_add_string(out, "&#39;"); break;
            default:
                if ((latin && point >= 160 && point < 256) || point > 0xffff) bytes_add_format(out, "&#%u;", point);
                else bytes_add(out, text.start + start, at - start);
        }
    }
}

/* The names that text of mails and pages holds. */
static const struct { const char *name; uint16_t point; } entities[] = {
    {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 160}, {"iexcl", 161}, {"cent", 162},
    {"pound", 163}, {"yen", 165}, {"sect", 167}, {"uml", 168}, {"copy", 169}, {"laquo", 171}, {"reg", 174}, {"deg", 176},
    {"plusmn", 177}, {"sup2", 178}, {"sup3", 179}, {"acute", 180}, {"micro", 181}, {"para", 182}, {"middot", 183},
    {"sup1", 185}, {"raquo", 187}, {"frac14", 188}, {"frac12", 189}, {"frac34", 190}, {"iquest", 191}, {"Agrave", 192},
    {"Aacute", 193}, {"Acirc", 194}, {"Atilde", 195}, {"Auml", 196}, {"Aring", 197}, {"AElig", 198}, {"Ccedil", 199},
    {"Egrave", 200}, {"Eacute", 201}, {"Ecirc", 202}, {"Euml", 203}, {"Ntilde", 209}, {"Oacute", 211}, {"Ouml", 214},
    {"times", 215}, {"Oslash", 216}, {"Uacute", 218}, {"Uuml", 220}, {"szlig", 223}, {"agrave", 224}, {"aacute", 225},
    {"acirc", 226}, {"atilde", 227}, {"auml", 228}, {"aring", 229}, {"aelig", 230}, {"ccedil", 231}, {"egrave", 232},
    {"eacute", 233}, {"ecirc", 234}, {"euml", 235}, {"igrave", 236}, {"iacute", 237}, {"icirc", 238}, {"iuml", 239},
    {"ntilde", 241}, {"ograve", 242}, {"oacute", 243}, {"ocirc", 244}, {"otilde", 245}, {"ouml", 246}, {"divide", 247},
    {"oslash", 248}, {"ugrave", 249}, {"uacute", 250}, {"ucirc", 251}, {"uuml", 252}, {"yuml", 255}, {"ndash", 0x2013},
    {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"bull", 0x2022},
    {"hellip", 0x2026}, {"euro", 0x20ac}, {"trade", 0x2122}, {"larr", 0x2190}, {"rarr", 0x2192},
};

static uint32_t entity_point(struct text name) {
    uint64_t number = 0;
    if (name.length > 1 && name.start[0] == '#') {
        bool hexadecimal = (name.start[1] | 0x20) == 'x';
        struct text digits = text_slice(name, hexadecimal ? 2 : 1, name.length);
        if (!hexadecimal) return decimal_read_uint64(digits, &number) && number <= 0x10ffff ? (uint32_t)number : 0;
        for (size_t i = 0; i < digits.length && number <= 0x10ffff; i++) {
            if (digit_of(digits.start[i]) < 0) return 0;
            number = number * 16 + (uint64_t)digit_of(digits.start[i]);
        }
        return number <= 0x10ffff ? (uint32_t)number : 0;
    }
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (text_equal(name, text_of(entities[i].name))) return entities[i].point;
    return 0;
}

void escape_read_html(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        size_t end = text.start[i] == '&' ? text_find_byte(text, ';', i) : TEXT_NOT_FOUND;
        uint32_t point = end != TEXT_NOT_FOUND && end - i < 12 ? entity_point(text_slice(text, i + 1, end - i - 1)) : 0;
        if (point == 0) {
            bytes_add_byte(out, text.start[i]);
            continue;
        }
        bytes_add_code_point(out, point);
        i = end;
    }
}
