/* The last patterns in use, found by hash; the one unused for longest makes room. */
#include "m365sh/base/alloc.h"
#include "m365sh/pattern/regex.h"

#define CACHE_SIZE 64

struct cached { struct regex *regex; uint32_t hash; uint64_t used; };
struct pattern_cache {
    struct cached entries[CACHE_SIZE];
    size_t count, last;
    uint64_t clock;
    struct regex_match match;
};

struct pattern_cache *pattern_cache_new(void) { return ALLOC_NEW(struct pattern_cache); }

void pattern_cache_free(struct pattern_cache *cache) {
    if (!cache) return;
    for (size_t i = 0; i < cache->count; i++) regex_release(cache->entries[i].regex);
    regex_match_free(&cache->match);
    alloc_free(cache);
}

struct regex_match *pattern_cache_match(struct pattern_cache *cache) { return &cache->match; }

static bool is_entry(const struct cached *entry, struct text pattern, uint32_t options) {
    return regex_option_bits(entry->regex) == options && text_equal(regex_source(entry->regex), pattern);
}

static struct cached *find(struct pattern_cache *cache, struct text pattern, uint32_t options, uint32_t *hash) {
    if (cache->count && is_entry(&cache->entries[cache->last], pattern, options)) return &cache->entries[cache->last];
    *hash = text_hash(pattern) ^ options * 31;
    for (size_t i = 0; i < cache->count; i++)
        if (cache->entries[i].hash == *hash && is_entry(&cache->entries[i], pattern, options)) return &cache->entries[i];
    return NULL;
}

static struct cached *make_room(struct pattern_cache *cache) {
    if (cache->count < CACHE_SIZE) return &cache->entries[cache->count++];
    struct cached *oldest = cache->entries;
    for (size_t i = 1; i < CACHE_SIZE; i++)
        if (cache->entries[i].used < oldest->used) oldest = &cache->entries[i];
    regex_release(oldest->regex);
    return oldest;
}

enum status pattern_cache_get(struct pattern_cache *cache, struct text pattern, uint32_t options, struct regex **out,
                              struct fault *fault) {
    if (!cache) return regex_compile(pattern, options, out, fault);
    uint32_t hash = 0;
    struct cached *entry = find(cache, pattern, options, &hash);
    if (!entry) {
        struct regex *regex;
        enum status status = regex_compile(pattern, options, &regex, fault);
        if (status != STATUS_OK) return status;
        entry = make_room(cache);
        *entry = (struct cached){.regex = regex, .hash = hash};
    }
    entry->used = ++cache->clock;
    cache->last = (size_t)(entry - cache->entries);
    *out = entry->regex;
    return STATUS_OK;
}
