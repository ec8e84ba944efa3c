#include "string_hash_private.h"

#include "m365sh/base/bytes.h"
#include "m365sh/base/fold.h"

#define EVERY_BYTE(b) (0x0101010101010101ull * (b))
#define TOP_BITS EVERY_BYTE(0x80u)

/* Upper case of the ASCII letters in eight bytes that are all below 0x80. */
static uint64_t upper_word(uint64_t word) {
    uint64_t from_a = word + EVERY_BYTE(0x80u - 'a');
    uint64_t past_z = word + EVERY_BYTE(0x80u - 'z' - 1);
    return word ^ (((from_a & ~past_z) & TOP_BITS) >> 2);
}

static uint64_t load(const char *start, size_t length) {
    uint64_t word = 0;
    memcpy(&word, start, length < 8 ? length : 8);
    return word;
}

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
    return hash ^ (hash >> 29);
}

static uint32_t finish(uint64_t hash) {
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93ull;
    hash ^= hash >> 32;
    return (uint32_t)hash ? (uint32_t)hash : 1;
}

static uint32_t hash_upper_of(struct text text) {
    struct bytes upper = {0};
    fold_add_upper(&upper, text);
    uint64_t hash = upper.length;
    for (size_t i = 0; i < upper.length; i += 8) hash = mix(hash, load(upper.data + i, upper.length - i));
    bytes_free(&upper);
    return finish(hash);
}

uint32_t string_hash_text(struct text text, bool fold) {
    uint64_t hash = text.length;
    for (size_t i = 0; i < text.length; i += 8) {
        uint64_t word = load(text.start + i, text.length - i);
        if (fold) {
            if (word & TOP_BITS) return hash_upper_of(text);
            word = upper_word(word);
        }
        hash = mix(hash, word);
    }
    return finish(hash);
}

bool string_equal_text(struct text a, struct text b, bool fold) {
    if (!fold) return text_equal(a, b);
    if (a.length != b.length) return text_equal_fold(a, b); /* some letters differ in length from their upper case */
    for (size_t i = 0; i < a.length; i += 8) {
        uint64_t x = load(a.start + i, a.length - i), y = load(b.start + i, b.length - i);
        if ((x | y) & TOP_BITS) return text_equal_fold(a, b);
        if (upper_word(x) != upper_word(y)) return false;
    }
    return true;
}
