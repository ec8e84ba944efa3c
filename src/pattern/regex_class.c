/* Character classes, properties and character escapes. A subtraction [a-z-[aeiou]] becomes (?:(?![aeiou])[a-z]). */
#include "m365sh/base/utf8.h"
#include "regex_private.h"

#define CLASS_DEPTH 50

struct block { const char *name; uint32_t first, last; };
static const struct block blocks[] = { /* Unicode blocks that .NET knows by \p{Is…} */
    {"BasicLatin", 0x0000, 0x007f}, {"Latin-1Supplement", 0x0080, 0x00ff}, {"LatinExtended-A", 0x0100, 0x017f},
    {"LatinExtended-B", 0x0180, 0x024f}, {"IPAExtensions", 0x0250, 0x02af}, {"SpacingModifierLetters", 0x02b0, 0x02ff},
    {"CombiningDiacriticalMarks", 0x0300, 0x036f}, {"Greek", 0x0370, 0x03ff}, {"GreekandCoptic", 0x0370, 0x03ff},
    {"Cyrillic", 0x0400, 0x04ff}, {"CyrillicSupplement", 0x0500, 0x052f}, {"Armenian", 0x0530, 0x058f},
    {"Hebrew", 0x0590, 0x05ff}, {"Arabic", 0x0600, 0x06ff}, {"Syriac", 0x0700, 0x074f}, {"Devanagari", 0x0900, 0x097f},
    {"Bengali", 0x0980, 0x09ff}, {"Thai", 0x0e00, 0x0e7f}, {"Tibetan", 0x0f00, 0x0fff}, {"Georgian", 0x10a0, 0x10ff},
    {"HangulJamo", 0x1100, 0x11ff}, {"LatinExtendedAdditional", 0x1e00, 0x1eff}, {"GreekExtended", 0x1f00, 0x1fff},
    {"GeneralPunctuation", 0x2000, 0x206f}, {"SuperscriptsandSubscripts", 0x2070, 0x209f},
    {"CurrencySymbols", 0x20a0, 0x20cf}, {"LetterlikeSymbols", 0x2100, 0x214f}, {"NumberForms", 0x2150, 0x218f},
    {"Arrows", 0x2190, 0x21ff}, {"MathematicalOperators", 0x2200, 0x22ff}, {"MiscellaneousTechnical", 0x2300, 0x23ff},
    {"BoxDrawing", 0x2500, 0x257f}, {"BlockElements", 0x2580, 0x259f}, {"GeometricShapes", 0x25a0, 0x25ff},
    {"MiscellaneousSymbols", 0x2600, 0x26ff}, {"Dingbats", 0x2700, 0x27bf}, {"CJKSymbolsandPunctuation", 0x3000, 0x303f},
    {"Hiragana", 0x3040, 0x309f}, {"Katakana", 0x30a0, 0x30ff}, {"CJKUnifiedIdeographs", 0x4e00, 0x9fff},
    {"HangulSyllables", 0xac00, 0xd7af}, {"PrivateUse", 0xe000, 0xf8ff}, {"PrivateUseArea", 0xe000, 0xf8ff},
    {"HalfwidthandFullwidthForms", 0xff00, 0xffef}};
/* General categories, two letters each, blank where one stands alone. */
static const char categories[] = "L LuLlLtLmLoM MnMcMeN NdNlNoP PcPdPsPePiPfPoS SmScSkSoZ ZsZlZpC CcCfCsCoCn";

static bool is_category(struct text name) {
    if (name.length == 0 || name.length > 2) return false;
    for (size_t i = 0; i + 1 < sizeof categories; i += 2)
        if (categories[i] == name.start[0] && categories[i + 1] == (name.length == 2 ? name.start[1] : ' ')) return true;
    return false;
}

static const struct block *find_block(struct text name) {
    if (!text_starts(name, TEXT("Is"))) return NULL;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (text_equal(text_of(blocks[i].name), text_slice(name, 2, name.length))) return &blocks[i];
    return NULL;
}

static void add_range(struct bytes *out, uint32_t first, uint32_t last) {
    bytes_add_format(out, "\\x{%x}-\\x{%x}", first, last);
}

static void add_block(struct bytes *out, const struct block *block, bool negative, bool in_class) {
    if (!in_class) bytes_add_string(out, negative ? "[^" : "[");
    if (in_class && negative) {
        if (block->first) add_range(out, 0, block->first - 1);
        add_range(out, block->last + 1, 0x10ffff);
    } else {
        add_range(out, block->first, block->last);
    }
    if (!in_class) bytes_add_byte(out, ']');
}

enum status regex_class_property(struct regex_translator *t, struct bytes *out, bool negative, bool in_class) {
    size_t start = t->at, end = text_find_byte(t->pattern, '}', start);
    if (start >= t->pattern.length || t->pattern.start[start] != '{' || end == TEXT_NOT_FOUND)
        return regex_translate_fail(t, start, "\\p wants a name in braces");
    struct text name = text_slice(t->pattern, start + 1, end - start - 1);
    t->at = end + 1;
    t->needs_unicode = true;
    if (is_category(name)) {
        bytes_add_format(out, "\\%c{%.*s}", negative ? 'P' : 'p', TEXT_ARGUMENT(name));
        return STATUS_OK;
    }
    const struct block *block = find_block(name);
    if (!block) return regex_translate_fail(t, start, "there is no Unicode category or block of that name");
    add_block(out, block, negative, in_class);
    return STATUS_OK;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(struct regex_translator *t, int count, uint32_t *out) {
    *out = 0;
    for (; count > 0; count--, t->at++) {
        int digit = t->at < t->pattern.length ? hex_digit(t->pattern.start[t->at]) : -1;
        if (digit < 0) return false;
        *out = *out * 16 + (uint32_t)digit;
    }
    return true;
}

static uint32_t read_octal(struct regex_translator *t) {
    uint32_t number = 0;
    for (int i = 0; i < 3 && t->at < t->pattern.length; i++, t->at++) {
        char c = t->pattern.start[t->at];
        if (c < '0' || c > '7') break;
        number = number * 8 + (uint32_t)(c - '0');
    }
    return number & 0xff;
}

/* \uD83D\uDE00 is one code point here. */
static enum status read_unit(struct regex_translator *t, uint32_t *code_point) {
    uint32_t low;
    if (!read_hex(t, 4, code_point)) return regex_translate_fail(t, t->at, "\\u wants four hexadecimal digits");
    bool high = *code_point >= 0xd800 && *code_point < 0xdc00;
    struct text rest = text_slice(t->pattern, t->at, 6);
    if (!high || !text_starts(rest, TEXT("\\u"))) return STATUS_OK;
    size_t before = t->at;
    t->at += 2;
    if (read_hex(t, 4, &low) && low >= 0xdc00 && low < 0xe000)
        *code_point = 0x10000 + ((*code_point - 0xd800) << 10) + (low - 0xdc00);
    else t->at = before;
    return STATUS_OK;
}

static bool is_word(uint32_t c) {
    return c == '_' || (c < 0x80 ? (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') : utf8_is_letter(c));
}

enum status regex_class_escape(struct regex_translator *t, bool in_class, uint32_t *code_point) {
    size_t start = t->at;
    uint32_t c = utf8_next(t->pattern, &t->at);
    switch (c) {
    case 'a': *code_point = 7; return STATUS_OK;
    case 'e': *code_point = 27; return STATUS_OK;
    case 'f': *code_point = '\f'; return STATUS_OK;
    case 'n': *code_point = '\n'; return STATUS_OK;
    case 'r': *code_point = '\r'; return STATUS_OK;
    case 't': *code_point = '\t'; return STATUS_OK;
    case 'v': *code_point = '\v'; return STATUS_OK;
    case 'x':
        return read_hex(t, 2, code_point) ? STATUS_OK : regex_translate_fail(t, start, "\\x wants two hexadecimal digits");
    case 'u': return read_unit(t, code_point);
    case 'c': {
        uint32_t letter = t->at < t->pattern.length ? (uint8_t)t->pattern.start[t->at++] & ~32u : 0;
        if (letter < '@' || letter > '_') return regex_translate_fail(t, start, "\\c wants a control letter");
        *code_point = letter - '@';
        return STATUS_OK;
    }
    default: break;
    }
    if (c == 'b' && in_class) {
        *code_point = '\b';
        return STATUS_OK;
    }
    if (c >= '0' && c <= '7') {
        t->at = start;
        *code_point = read_octal(t);
        return STATUS_OK;
    }
    if (is_word(c)) return regex_translate_fail(t, start, "there is no such escape");
    *code_point = c;
    return STATUS_OK;
}

void regex_class_add(struct regex_translator *t, struct bytes *out, uint32_t code_point) {
    if (code_point >= 0x80) t->needs_unicode = true;
    bool plain = code_point < 0x80 && code_point != '_' && is_word(code_point);
    if (plain) bytes_add_byte(out, (char)code_point);
    else bytes_add_format(out, "\\x{%x}", code_point);
}

/* One member of a class: a set such as \d is added at once, a character is given back. */
static enum status read_member(struct regex_translator *t, struct bytes *out, bool *is_set, uint32_t *code_point) {
    *is_set = false;
    if (t->pattern.start[t->at] != '\\') {
        *code_point = utf8_next(t->pattern, &t->at);
        return STATUS_OK;
    }
    if (++t->at >= t->pattern.length) return regex_translate_fail(t, t->at, "a backslash ends the pattern");
    char letter = t->pattern.start[t->at];
    *is_set = true;
    switch (letter) {
    case 'w':
        t->at++;
        bytes_add_string(out, t->ascii ? "\\w" : "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}");
        return STATUS_OK;
    case 'd': case 'D': case 's': case 'S': case 'W':
        t->at++;
        bytes_add_byte(out, '\\');
        bytes_add_byte(out, letter);
        return STATUS_OK;
    case 'p': case 'P': t->at++; return regex_class_property(t, out, letter == 'P', true);
    default: *is_set = false; return regex_class_escape(t, true, code_point);
    }
}

static bool next_is(const struct regex_translator *t, size_t ahead, char c) {
    return t->at + ahead < t->pattern.length && t->pattern.start[t->at + ahead] == c;
}

/* A character, or a range when '-' and an end follow. */
static enum status add_member(struct regex_translator *t, struct bytes *out) {
    bool is_set;
    uint32_t first, last;
    size_t start = t->at;
    enum status status = read_member(t, out, &is_set, &first);
    if (status != STATUS_OK || is_set) return status;
    bool range = next_is(t, 0, '-') && t->at + 1 < t->pattern.length && !next_is(t, 1, ']') && !next_is(t, 1, '[');
    regex_class_add(t, out, first);
    if (!range) return STATUS_OK;
    t->at++;
    status = read_member(t, out, &is_set, &last);
    if (status != STATUS_OK) return status;
    if (is_set) return regex_translate_fail(t, start, "a range of a class ends with a set of characters");
    if (last < first) return regex_translate_fail(t, start, "a range of a class is in reverse order");
    bytes_add_byte(out, '-');
    regex_class_add(t, out, last);
    return STATUS_OK;
}

static enum status read_body(struct regex_translator *t, struct bytes *body, struct bytes *subtracted, int depth) {
    size_t start = t->at;
    for (bool first = true; !(next_is(t, 0, ']') && !first); first = false) {
        if (t->at >= t->pattern.length) return regex_translate_fail(t, start, "a class is not closed by ]");
        enum status status;
        if (!first && next_is(t, 0, '-') && next_is(t, 1, '[')) {
            t->at += 2;
            status = regex_class_translate(t, subtracted, depth + 1);
            if (status == STATUS_OK && !next_is(t, 0, ']'))
                status = regex_translate_fail(t, t->at, "a subtraction must be the last part of a class");
        } else {
            status = add_member(t, body);
        }
        if (status != STATUS_OK) return status;
    }
    t->at++;
    return STATUS_OK;
}

enum status regex_class_translate(struct regex_translator *t, struct bytes *out, int depth) {
    if (depth > CLASS_DEPTH) return regex_translate_fail(t, t->at, "classes are nested too deeply");
    struct bytes body = {0}, subtracted = {0};
    bool negative = next_is(t, 0, '^');
    if (negative) t->at++;
    enum status status = read_body(t, &body, &subtracted, depth);
    if (status == STATUS_OK) {
        if (subtracted.length) {
            bytes_add_string(out, "(?:(?!");
            bytes_add_text(out, bytes_text(&subtracted));
            bytes_add_byte(out, ')');
        }
        bytes_add_string(out, negative ? "[^" : "[");
        bytes_add_text(out, bytes_text(&body));
        bytes_add_string(out, subtracted.length ? "])" : "]");
    }
    bytes_free(&body);
    bytes_free(&subtracted);
    return status;
}
