/* Hashtables, ordered dictionaries and Dictionary<K,V>. Keys of @{} and [ordered] compare text without case
 * (ordinal), others by equality of their kind (1 and 1L differ, as in .NET); Dictionary<string,…> compares with case.
 * Insertion order is kept by all kinds; table_next says in which order a plain Hashtable is walked. */
#ifndef M365SH_VALUE_HASHTABLE_H
#define M365SH_VALUE_HASHTABLE_H

#include "m365sh/value/heap.h"
#include "m365sh/value/realm.h"
#include "m365sh/value/value.h"

enum table_kind { TABLE_HASH, TABLE_ORDERED, TABLE_DICTIONARY, TABLE_SORTED };

struct table_entry {
    struct value key;       /* VALUE_UNSET: removed */
    struct value value;
    uint32_t hash;
};
struct table {
    struct container container;
    uint8_t table_kind;     /* enum table_kind */
    uint8_t keys_fold;      /* text keys without case */
    uint32_t count;         /* live entries */
    uint32_t used;          /* entries in use, removed ones included */
    uint32_t capacity;
    uint32_t *slots;        /* open addressing: entry index + 1 */
    uint32_t slot_count;
    struct table_entry *entries;
    uint32_t expected;      /* pairs of the literal: .NET sizes its buckets by them */
    uint32_t loose_keys;    /* live keys whose .NET hash nobody can know */
    uint32_t *order;        /* entries in the order of .NET's buckets, while a walk needs it; NULL */
    uint32_t version;       /* changes with each add or remove: enumeration notices */
};

struct value table_new(struct realm *realm, enum table_kind kind, bool keys_fold, const struct type *type);
/* Told how many pairs will come (a literal's): reserves, and fixes the walking order of integer keys. */
void table_expect(struct value table, uint32_t pairs);
static inline struct table *table_block(struct value v) { return (struct table *)v.counted; }
static inline uint32_t table_count(struct value v) { return table_block(v)->count; }
static inline bool value_is_table(struct value v) { return v.kind == VALUE_TABLE; }
/* Borrowed pointer to the value, NULL if absent; valid until the next change. */
struct value *table_find(struct value table, struct value key);
struct value *table_find_text(struct value table, struct text key);
void table_put(struct value table, struct value key, struct value item);        /* adds or replaces */
void table_put_text(struct value table, const char *key, struct value item);
void table_put_text_take(struct value table, const char *key, struct value item);
bool table_remove(struct value table, struct value key);
void table_clear(struct value table);
/* Walks live entries: start with *position 0; NULL at the end. A plain Hashtable is walked in the order in which .NET
 * shows it where that can be known (integer keys: by bucket), else as inserted: .NET's text hashes are random per process. */
struct table_entry *table_next(struct value table, uint32_t *position);
struct table_entry *table_at(struct value table, uint32_t index);               /* by position, live entries only */
bool table_insert_at(struct value table, uint32_t index, struct value key, struct value item); /* false: key is there */

#endif
