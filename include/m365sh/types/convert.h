/* Conversion as PowerShell's LanguagePrimitives does it, for casts, parameters and operators. Failing raises
 * PSInvalidCastException (id InvalidCast… / ConvertToFinalInvalidCastException) with our sentence. */
#ifndef M365SH_TYPES_CONVERT_H
#define M365SH_TYPES_CONVERT_H

#include "m365sh/base/bytes.h"
#include "m365sh/types/type.h"

/* [type]v. Owned result. */
enum status convert_to(struct realm *realm, struct value v, const struct type *type, struct value *out);
/* The same without raising: false if it cannot be. For -as and for trying parameter sets. */
bool convert_try(struct realm *realm, struct value v, const struct type *type, struct value *out);
/* The cast [pscustomobject] that stands in a script: tables become objects, in their order; all else stays as it is. As a
 * type pscustomobject is PSObject, to which convert_to leaves tables alone. */
enum status convert_to_custom_object(struct realm *realm, struct value v, struct value *out);
/* Text of a value as "$v" and [string] give it (invariant culture; arrays joined by $OFS; objects @{a=1; b=2}). */
void convert_add_text(struct realm *realm, struct bytes *out, struct value v);
struct value convert_text(struct realm *realm, struct value v);        /* owned string */
/* .ToString() of the value: differs from the above for arrays ("System.Object[]"), doubles and dates by culture. */
enum status convert_dot_text(struct realm *realm, struct value v, struct value *out);
/* Numbers from text as operators read them: "0x1F", " 12 ", "1e3", "1kb"; picks int, long, double (or decimal, suffix). */
bool convert_text_to_number(struct realm *realm, struct text text, struct value *out);
enum status convert_to_int64(struct realm *realm, struct value v, int64_t *out);  /* rounds half to even; raises */
enum status convert_to_int32(struct realm *realm, struct value v, int32_t *out);
enum status convert_to_double(struct realm *realm, struct value v, double *out);
enum status convert_to_bool(struct realm *realm, struct value v, bool *out);      /* parameter rules are in command */
/* Enumerable as the pipeline and foreach see it: arrays, lists, sets, queues, enumerators (not strings, tables,
 * objects). Then iterate with convert_enumerate. */
bool convert_is_enumerable(struct realm *realm, struct value v);
struct enumeration { struct value source; uint64_t position; uint32_t version; struct value state; };
void enumeration_start(struct realm *realm, struct enumeration *it, struct value v); /* not enumerable: one item */
/* STATUS_OK with *more; borrowed item valid until the next call. Raises when the collection changed meanwhile. */
enum status enumeration_next(struct realm *realm, struct enumeration *it, bool *more, struct value *item);
void enumeration_end(struct enumeration *it);

/* The items of a sequence that a LINQ method gave (borrowed); VALUE_UNSET of an enumerator that is none, as $input. */
struct value enumerator_sequence(struct value v);

#endif
