#include "m365sh/base/text.h"

#include "m365sh/base/fold.h"
#include "m365sh/base/utf8.h"

/* OrdinalIgnoreCase: upper case, but a character outside ASCII never becomes one of ASCII (long s stays). */
static inline uint32_t fold_ordinal(uint32_t code_point) {
    uint32_t upper = fold_upper(code_point);
    return upper < 0x80 && code_point >= 0x80 ? code_point : upper;
}

static inline unsigned char ascii_upper(unsigned char byte) {
    return (unsigned char)(byte - ((unsigned)(byte - 'a') < 26u ? 32 : 0));
}

/* Upper-cases the ASCII letters of eight bytes at once; none of them may have its high bit set. */
static inline uint64_t upper_word(uint64_t word) {
    uint64_t from_a = word + 0x1f1f1f1f1f1f1f1fu;  /* high bit where byte >= 'a' */
    uint64_t past_z = word + 0x0505050505050505u;  /* high bit where byte > 'z' */
    return word - (((from_a & ~past_z) & 0x8080808080808080u) >> 2);
}

static inline uint64_t load_word(const char *at) {
    uint64_t word;
    memcpy(&word, at, 8);
    return word;
}

#define HIGH_BITS 0x8080808080808080u

/* Where comparison had to leave the ASCII road: how far both texts agree so far. */
static size_t common_ascii(struct text a, struct text b) {
    size_t at = 0, shorter = a.length < b.length ? a.length : b.length;
    for (; at + 8 <= shorter; at += 8) {
        uint64_t left = load_word(a.start + at), right = load_word(b.start + at);
        if ((left | right) & HIGH_BITS || upper_word(left) != upper_word(right)) break;
    }
    for (; at < shorter; at++) {
        unsigned char left = (unsigned char)a.start[at], right = (unsigned char)b.start[at];
        if ((left | right) & 0x80 || ascii_upper(left) != ascii_upper(right)) break;
    }
    return at;
}

static bool is_ascii_at(struct text text, size_t at) {
    return at >= text.length || !(text.start[at] & 0x80);
}

bool text_equal_fold(struct text a, struct text b) {
    size_t at = common_ascii(a, b);
    if (at == a.length && at == b.length) return true;
    if (at == a.length || at == b.length) return false;
    if (is_ascii_at(a, at) || is_ascii_at(b, at)) return false; /* only ASCII folds to ASCII */
    size_t left = at, right = at;
    while (left < a.length && right < b.length)
        if (fold_ordinal(utf8_next(a, &left)) != fold_ordinal(utf8_next(b, &right))) return false;
    return left == a.length && right == b.length;
}

int text_compare(struct text a, struct text b) {
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.start, b.start, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

int text_compare_fold(struct text a, struct text b) {
    size_t left = common_ascii(a, b), right = left;
    while (left < a.length && right < b.length) {
        uint32_t x = fold_ordinal(utf8_next(a, &left)), y = fold_ordinal(utf8_next(b, &right));
        if (x != y) return x < y ? -1 : 1;
    }
    return (left < a.length) - (right < b.length);
}

bool text_starts(struct text whole, struct text start) {
    return whole.length >= start.length && memcmp(whole.start, start.start, start.length) == 0;
}

/* The length of the beginning of `whole` (from `from`) that equals `part` without case; TEXT_NOT_FOUND if none. */
static size_t match_fold(struct text whole, size_t from, struct text part) {
    size_t left = from, right = 0;
    while (right < part.length) {
        if (left >= whole.length) return TEXT_NOT_FOUND;
        unsigned char x = (unsigned char)whole.start[left], y = (unsigned char)part.start[right];
        if (!((x | y) & 0x80)) {
            if (ascii_upper(x) != ascii_upper(y)) return TEXT_NOT_FOUND;
            left++;
            right++;
        } else if (fold_ordinal(utf8_next(whole, &left)) != fold_ordinal(utf8_next(part, &right))) {
            return TEXT_NOT_FOUND;
        }
    }
    return left - from;
}

bool text_starts_fold(struct text whole, struct text start) {
    return match_fold(whole, 0, start) != TEXT_NOT_FOUND;
}

bool text_ends(struct text whole, struct text end) {
    return whole.length >= end.length &&
           memcmp(whole.start + whole.length - end.length, end.start, end.length) == 0;
}

bool text_ends_fold(struct text whole, struct text end) {
    size_t left = whole.length, right = end.length;
    while (right) {
        if (!left) return false;
        if (fold_ordinal(utf8_previous(whole, &left)) != fold_ordinal(utf8_previous(end, &right))) return false;
    }
    return true;
}

size_t text_find(struct text whole, struct text part, size_t from) {
    if (from > whole.length || part.length > whole.length - from) return TEXT_NOT_FOUND;
    if (!part.length) return from;
    const char *found = memmem(whole.start + from, whole.length - from, part.start, part.length);
    return found ? (size_t)(found - whole.start) : TEXT_NOT_FOUND;
}

/* By the first character when it is ASCII: memchr looks for its small and its large form in turn. */
static size_t find_fold_ascii(struct text whole, struct text part, size_t from) {
    char upper = (char)ascii_upper((unsigned char)part.start[0]);
    char lower = (unsigned)(upper - 'A') < 26u ? (char)(upper + 32) : upper;
    size_t next_upper = text_find_byte(whole, upper, from);
    size_t next_lower = lower == upper ? TEXT_NOT_FOUND : text_find_byte(whole, lower, from);
    for (;;) {
        size_t at = next_upper < next_lower ? next_upper : next_lower; /* not found is the largest number */
        if (at == TEXT_NOT_FOUND || match_fold(whole, at, part) != TEXT_NOT_FOUND) return at;
        if (at == next_upper) next_upper = text_find_byte(whole, upper, at + 1);
        else next_lower = text_find_byte(whole, lower, at + 1);
    }
}

size_t text_find_fold(struct text whole, struct text part, size_t from) {
    if (from > whole.length) return TEXT_NOT_FOUND;
    if (!part.length) return from;
    if (!(part.start[0] & 0x80)) return find_fold_ascii(whole, part, from);
    for (size_t at = from; at < whole.length; at++) {
        if (((unsigned char)whole.start[at] & 0xc0) == 0x80) continue; /* inside a code point */
        if (match_fold(whole, at, part) != TEXT_NOT_FOUND) return at;
    }
    return TEXT_NOT_FOUND;
}

size_t text_find_last(struct text whole, struct text part) {
    if (part.length > whole.length) return TEXT_NOT_FOUND;
    for (size_t at = whole.length - part.length + 1; at-- > 0;)
        if (memcmp(whole.start + at, part.start, part.length) == 0) return at;
    return TEXT_NOT_FOUND;
}

size_t text_find_byte(struct text whole, char byte, size_t from) {
    if (from >= whole.length) return TEXT_NOT_FOUND;
    const char *found = memchr(whole.start + from, byte, whole.length - from);
    return found ? (size_t)(found - whole.start) : TEXT_NOT_FOUND;
}

struct text text_slice(struct text whole, size_t start, size_t length) {
    if (start > whole.length) start = whole.length;
    if (length > whole.length - start) length = whole.length - start;
    return text_make(whole.start + start, length);
}

static bool is_blank(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct text text_trim(struct text text) {
    while (text.length && is_blank(text.start[0])) text.start++, text.length--;
    while (text.length && is_blank(text.start[text.length - 1])) text.length--;
    return text;
}

bool text_split_next(struct text *rest, char separator, struct text *part) {
    if (!rest->start) return false;
    size_t at = text_find_byte(*rest, separator, 0);
    if (at == TEXT_NOT_FOUND) {
        *part = *rest;
        *rest = text_make(NULL, 0);
        return part->length > 0;
    }
    *part = text_slice(*rest, 0, at);
    *rest = text_slice(*rest, at + 1, rest->length);
    return true;
}

bool text_is_blank(struct text text) {
    return text_trim(text).length == 0;
}

/* Multiply and fold: good spread of short names at a few cycles for eight bytes. */
static inline uint64_t mix(uint64_t hash, uint64_t word) {
    unsigned __int128 product = (unsigned __int128)(hash ^ word) * 0x9e3779b97f4a7c15u;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load_tail(const char *at, size_t length) {
    uint64_t word = 0;
    memcpy(&word, at, length);
    return word;
}

static inline uint32_t finish(uint64_t hash) {
    return (uint32_t)(hash ^ hash >> 32);
}

uint32_t text_hash(struct text text) {
    uint64_t hash = text.length + 0x51ed270b9f8f4d1du;
    size_t at = 0;
    for (; at + 8 <= text.length; at += 8) hash = mix(hash, load_word(text.start + at));
    if (at < text.length) hash = mix(hash, load_tail(text.start + at, text.length - at));
    return finish(mix(hash, 0));
}

/* Only ASCII folds to ASCII, so texts with other characters may take a road of their own. */
static uint32_t hash_fold_other(struct text text) {
    uint64_t hash = 0x2545f4914f6cdd1du;
    for (size_t at = 0; at < text.length;) hash = mix(hash, fold_ordinal(utf8_next(text, &at)));
    return finish(mix(hash, 0));
}

uint32_t text_hash_fold(struct text text) {
    uint64_t hash = text.length + 0x51ed270b9f8f4d1du;
    size_t at = 0;
    for (; at + 8 <= text.length; at += 8) {
        uint64_t word = load_word(text.start + at);
        if (word & HIGH_BITS) return hash_fold_other(text);
        hash = mix(hash, upper_word(word));
    }
    if (at < text.length) {
        uint64_t word = load_tail(text.start + at, text.length - at);
        if (word & HIGH_BITS) return hash_fold_other(text);
        hash = mix(hash, upper_word(word));
    }
    return finish(mix(hash, 0));
}

#define DISTANCE_LONGEST 64

/* By bytes: names are nearly always ASCII, and a suggestion need not be exact. */
size_t text_distance(struct text a, struct text b, size_t limit) {
    size_t difference = a.length > b.length ? a.length - b.length : b.length - a.length;
    if (difference >= limit || a.length > DISTANCE_LONGEST || b.length > DISTANCE_LONGEST) return limit;
    size_t row[DISTANCE_LONGEST + 1];
    for (size_t j = 0; j <= b.length; j++) row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t above = row[j];
            bool same = ascii_upper((unsigned char)a.start[i - 1]) == ascii_upper((unsigned char)b.start[j - 1]);
            size_t best = diagonal + !same;
            if (above + 1 < best) best = above + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[b.length] < limit ? row[b.length] : limit;
}
