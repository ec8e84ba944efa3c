#include "hashtable_order_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/value/number.h"
#include "m365sh/value/string.h"

/* Numbers of buckets that .NET's HashHelpers chooses from. */
static const uint32_t primes[] = {
    3, 7, 11, 17, 23, 29, 37, 47, 59, 71, 89, 107, 131, 163, 197, 239, 293, 353, 431, 521, 631, 761, 919, 1103, 1327,
    1597, 1931, 2333, 2801, 3371, 4049, 4861, 5839, 7013, 8419, 10103, 12143, 14591, 17519, 21023, 25229, 30293, 36353,
    43627, 52361, 62851, 75431, 90523, 108631, 130363, 156437, 187751, 225307, 270371, 324449, 389357, 467237, 560689,
    672827, 807403, 968897, 1162687, 1395263, 1674319, 2009191, 2411033, 2893249, 3471899, 4166287, 4999559, 5999471,
    7199369};

static bool is_prime(uint32_t n) {
    for (uint32_t divisor = 3; (uint64_t)divisor * divisor <= n; divisor += 2)
        if (n % divisor == 0) return false;
    return n % 2 != 0;
}

static uint32_t prime_from(uint32_t least) {
    for (size_t i = 0; i < sizeof primes / sizeof *primes; i++)
        if (primes[i] >= least) return primes[i];
    for (uint32_t n = least | 1; n < INT32_MAX; n += 2)
        if (is_prime(n) && (n - 1) % 101 != 0) return n;
    return least;
}

bool hashtable_order_knows(struct value key) {
    return key.kind == VALUE_BOOL || (key.kind >= VALUE_CHAR && key.kind <= VALUE_UINT64) || key.kind == VALUE_ENUM ||
           key.kind == VALUE_DOUBLE;
}

static uint32_t dot_net_hash(struct value key) {
    uint64_t bits = key.uinteger;
    switch (key.kind) {
    case VALUE_BOOL: return key.boolean;
    case VALUE_CHAR: return (uint32_t)(bits | bits << 16);
    case VALUE_SBYTE: return (uint32_t)key.integer;
    case VALUE_DOUBLE:
        if (key.real == 0) bits = 0;
        return (uint32_t)bits ^ (uint32_t)(bits >> 32);
    case VALUE_INT64:
    case VALUE_UINT64: return (uint32_t)bits ^ (uint32_t)(bits >> 32);
    default: return (uint32_t)key.integer;
    }
}

struct buckets {
    uint32_t *at;      /* entry number + 1 */
    uint32_t count, load_limit;
};

static void buckets_start(struct buckets *buckets, uint32_t count) {
    buckets->count = count;
    buckets->load_limit = (uint32_t)(0.72f * (float)count);
    if (buckets->load_limit >= count) buckets->load_limit = count - 1;
    buckets->at = ALLOC_ARRAY(uint32_t, count);
}

static void place(struct buckets *buckets, const struct table *table, uint32_t entry) {
    uint32_t seed = dot_net_hash(table->entries[entry].key) & 0x7fffffffu;
    uint32_t step = 1 + seed * 101u % (buckets->count - 1); /* wraps, as there */
    uint32_t at = seed % buckets->count;
    while (buckets->at[at]) at = (uint32_t)(((uint64_t)at + step) % buckets->count);
    buckets->at[at] = entry + 1;
}

static void grow(struct buckets *buckets, const struct table *table) {
    struct buckets larger;
    buckets_start(&larger, prime_from(buckets->count * 2));
    for (uint32_t i = 0; i < buckets->count; i++)
        if (buckets->at[i]) place(&larger, table, buckets->at[i] - 1);
    alloc_free(buckets->at);
    *buckets = larger;
}

/* Fills .NET's buckets anew, in the order of the entries. */
uint32_t *hashtable_order_make(const struct table *table) {
    struct buckets buckets;
    float raw = (float)table->expected / 0.72f;
    buckets_start(&buckets, raw > 3 ? prime_from((uint32_t)raw) : 3);
    uint32_t filled = 0;
    for (uint32_t i = 0; i < table->used; i++) {
        if (table->entries[i].key.kind == VALUE_UNSET) continue;
        if (filled++ >= buckets.load_limit) grow(&buckets, table);
        place(&buckets, table, i);
    }
    uint32_t *order = ALLOC_ARRAY(uint32_t, table->count);
    uint32_t to = 0;
    for (uint32_t i = buckets.count; i-- > 0;)
        if (buckets.at[i]) order[to++] = buckets.at[i] - 1;
    alloc_free(buckets.at);
    return order;
}

/* Text as .NET's culture orders plain words: without case first, small before capital letters. */
int hashtable_order_compare(struct value a, struct value b) {
    if (a.kind == VALUE_STRING && b.kind == VALUE_STRING) {
        int order = text_compare_fold(string_text(a), string_text(b));
        return order ? order : -text_compare(string_text(a), string_text(b));
    }
    if (a.kind == b.kind && !value_is_counted(a) && a.kind != VALUE_DOUBLE && a.kind != VALUE_SINGLE)
        return a.integer < b.integer ? -1 : a.integer > b.integer;
    double x = number_to_double(a), y = number_to_double(b);
    return x < y ? -1 : x > y;
}
