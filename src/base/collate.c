#include "m365sh/base/collate.h"

#include <stdio.h>
#include <unicode/ucol.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/library.h"

/* Place of each ASCII character in ICU's root order; case shares a place. 0: ignored (controls). */
static const uint8_t places[128] = {
    ['\t'] = 1, ['\n'] = 2, ['\v'] = 3, ['\f'] = 4, ['\r'] = 5, [' '] = 6, ['_'] = 7, ['-'] = 8, [','] = 9,
    [';'] = 10, [':'] = 11, ['!'] = 12, ['?'] = 13, ['.'] = 14, ['\''] = 15, ['"'] = 16, ['('] = 17, [')'] = 18,
    ['['] = 19, [']'] = 20, ['{'] = 21, ['}'] = 22, ['@'] = 23, ['*'] = 24, ['/'] = 25, ['\\'] = 26, ['&'] = 27,
    ['#'] = 28, ['%'] = 29, ['`'] = 30, ['^'] = 31, ['+'] = 32, ['<'] = 33, ['='] = 34, ['>'] = 35, ['|'] = 36,
    ['~'] = 37, ['$'] = 38,
    ['0'] = 39, ['1'] = 40, ['2'] = 41, ['3'] = 42, ['4'] = 43, ['5'] = 44, ['6'] = 45, ['7'] = 46, ['8'] = 47,
    ['9'] = 48,
    ['A'] = 49, ['a'] = 49, ['B'] = 50, ['b'] = 50, ['C'] = 51, ['c'] = 51, ['D'] = 52, ['d'] = 52, ['E'] = 53,
    ['e'] = 53, ['F'] = 54, ['f'] = 54, ['G'] = 55, ['g'] = 55, ['H'] = 56, ['h'] = 56, ['I'] = 57, ['i'] = 57,
    ['J'] = 58, ['j'] = 58, ['K'] = 59, ['k'] = 59, ['L'] = 60, ['l'] = 60, ['M'] = 61, ['m'] = 61, ['N'] = 62,
    ['n'] = 62, ['O'] = 63, ['o'] = 63, ['P'] = 64, ['p'] = 64, ['Q'] = 65, ['q'] = 65, ['R'] = 66, ['r'] = 66,
    ['S'] = 67, ['s'] = 67, ['T'] = 68, ['t'] = 68, ['U'] = 69, ['u'] = 69, ['V'] = 70, ['v'] = 70, ['W'] = 71,
    ['w'] = 71, ['X'] = 72, ['x'] = 72, ['Y'] = 73, ['y'] = 73, ['Z'] = 74, ['z'] = 74,
};

/* Versioned libraries carry their version in every name: ucol_open_72. */
#define NEWEST_ICU 80
#define OLDEST_ICU 60
#define ICU_PACKAGE "libicu72"
#define ICU_FUNCTIONS(X)                                                                                             \
    X(open, "ucol_open", ucol_open)                                                                                  \
    X(close, "ucol_close", ucol_close)                                                                               \
    X(set_strength, "ucol_setStrength", ucol_setStrength)                                                            \
    X(compare, "ucol_strcollUTF8", ucol_strcollUTF8)

struct icu {
#define MEMBER(member, name, function) __typeof__(function) *member;
    ICU_FUNCTIONS(MEMBER)
#undef MEMBER
};

struct collator {
    bool asked; /* whether ICU has been looked for */
    struct icu icu;
    UCollator *exact, *without_case; /* NULL: ICU lacks */
};

struct collator *collate_new(void) {
    return ALLOC_NEW(struct collator);
}

void collate_free(struct collator *collator) {
    if (!collator) return;
    if (collator->exact) collator->icu.close(collator->exact);
    if (collator->without_case) collator->icu.close(collator->without_case);
    alloc_free(collator);
}

static bool load_version(struct icu *icu, int version) {
    char library[32], names[8][40];
    snprintf(library, sizeof library, "libicui18n.so.%d", version);
    struct library_symbol symbols[8];
    size_t count = 0;
#define ROW(member, name, function)                                                                                  \
    snprintf(names[count], sizeof names[count], "%s_%d", name, version);                                             \
    symbols[count] = (struct library_symbol){names[count], (void **)&icu->member};                                   \
    count++;
    ICU_FUNCTIONS(ROW)
#undef ROW
    return library_load((const char *const[]){library, NULL}, ICU_PACKAGE, symbols, count, NULL) == STATUS_OK;
}

static UCollator *open_collator(const struct icu *icu, UCollationStrength strength) {
    UErrorCode code = U_ZERO_ERROR;
    UCollator *collator = icu->open("", &code);
    if (U_FAILURE(code)) return NULL;
    icu->set_strength(collator, strength);
    return collator;
}

static bool have_icu(struct collator *collator) {
    if (collator->asked) return collator->without_case != NULL;
    collator->asked = true;
    for (int version = NEWEST_ICU; version >= OLDEST_ICU; version--) {
        if (!load_version(&collator->icu, version)) continue;
        collator->exact = open_collator(&collator->icu, UCOL_TERTIARY);
        collator->without_case = open_collator(&collator->icu, UCOL_SECONDARY);
        break;
    }
    return collator->exact && collator->without_case;
}

static int compare_other(struct collator *collator, struct text a, struct text b, bool ignore_case) {
    if (!have_icu(collator)) return ignore_case ? text_compare_fold(a, b) : text_compare(a, b);
    UErrorCode code = U_ZERO_ERROR;
    return collator->icu.compare(ignore_case ? collator->without_case : collator->exact, a.start, (int32_t)a.length,
                                 b.start, (int32_t)b.length, &code);
}

static bool is_other(struct text text, size_t at) {
    return at < text.length && (text.start[at] & 0x80);
}

/* The next character that counts, or where the text ends. */
static size_t skip_ignored(struct text text, size_t at) {
    while (at < text.length && !(text.start[at] & 0x80) && !places[(unsigned char)text.start[at]]) at++;
    return at;
}

/* Letters first, over the whole texts; case decides only between texts that are otherwise equal, small before large.
 * A difference counts only where no other character follows it at once, for that one might combine with it.
 * False: the texts hold other characters and ICU must decide. */
static bool compare_ascii(struct text a, struct text b, bool ignore_case, int *order) {
    int case_order = 0;
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        i = skip_ignored(a, i);
        j = skip_ignored(b, j);
        if (is_other(a, i) || is_other(b, j)) return false;
        if (i >= a.length || j >= b.length) break;
        unsigned char x = (unsigned char)a.start[i], y = (unsigned char)b.start[j];
        if (x == y) continue;
        if (places[x] != places[y]) {
            if (is_other(a, i + 1) || is_other(b, j + 1)) return false;
            *order = places[x] < places[y] ? -1 : 1;
            return true;
        }
        if (!case_order) case_order = x > y ? -1 : 1; /* small letters have the larger codes */
    }
    *order = (i < a.length) - (j < b.length);
    if (!*order && !ignore_case) *order = case_order;
    return true;
}

int collate_compare(struct collator *collator, struct text a, struct text b, bool ignore_case) {
    int order;
    if (compare_ascii(a, b, ignore_case, &order)) return order;
    if (text_equal(a, b)) return 0;
    return compare_other(collator, a, b, ignore_case);
}

bool collate_equal(struct collator *collator, struct text a, struct text b, bool ignore_case) {
    if (text_equal(a, b)) return true;
    return collate_compare(collator, a, b, ignore_case) == 0;
}

bool collate_prefix(struct text text, uint64_t *prefix) {
    uint64_t sum = 0;
    int taken = 0;
    size_t at = 0;
    for (; at < text.length && taken < 8; at++) {
        unsigned char c = (unsigned char)text.start[at];
        if (c & 0x80) return false;
        if (!places[c]) continue;
        sum = sum << 8 | places[c];
        taken++;
    }
    *prefix = taken ? sum << (8 * (8 - taken)) : 0;
    return !is_other(text, at);
}
