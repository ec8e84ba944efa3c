/* What GetEnumerator() gives: walks a collection, a table or a text once, with MoveNext, Current and Reset. */
#ifndef M365SH_TYPES_ENUMERATOR_PRIVATE_H
#define M365SH_TYPES_ENUMERATOR_PRIVATE_H

#include "m365sh/types/convert.h"
#include "m365sh/value/realm.h"

struct value enumerator_new(struct realm *realm, struct value source); /* owned */
/* A sequence that can be walked again and again, as LINQ's. */
struct value enumerator_new_sequence(struct realm *realm, struct value items);
bool enumerator_is(struct value v);
/* The next item, borrowed until the next call. Raises when the source was changed. */
enum status enumerator_next(struct realm *realm, struct value enumerator, bool *more, struct value *item);
/* A pair of a table as scripts see it: DictionaryEntry or KeyValuePair<K,V>. Owned. */
struct value enumerator_pair(struct realm *realm, struct value table, struct value key, struct value item);

#endif
