/* Short forms for the member tables: how a row function is declared, rows, and arguments of kinds that several tables
 * take. The argument functions raise as those of member_row_private.h do. */
#ifndef M365SH_TYPES_ARGUMENT_PRIVATE_H
#define M365SH_TYPES_ARGUMENT_PRIVATE_H

#include "culture_private.h"
#include "member_row_private.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

/* A row function; every one gets all parameters and most use a few. */
#define MEMBER(function)                                                                                     \
    static enum status function(struct realm *realm __attribute__((unused)), const struct type *type __attribute__((unused)), \
                                struct value self __attribute__((unused)),                                   \
                                const struct value *arguments __attribute__((unused)), uint32_t count __attribute__((unused)), \
                                struct value *out __attribute__((unused)))
#define TRY(call)                                                                                            \
    do {                                                                                                     \
        enum status try_status = (call);                                                                     \
        if (try_status != STATUS_OK) return try_status;                                                      \
    } while (0)
#define ROW_PROPERTY(name, function, kind) {ROW_TYPE, name, ROW_GET, 0, 0, function, NULL, kind " " name " {get;}"}
#define ROW_CALL(name, least, most, function, definition) {ROW_TYPE, name, ROW_METHOD, least, most, function, NULL, definition}
#define ROW_STATIC(name, function, kind) {ROW_TYPE, name, ROW_STATIC_GET, 0, 0, function, NULL, kind " " name " {get;}"}
#define ROW_STATIC_CALL(name, least, most, function, definition)                                             \
    {ROW_TYPE, name, ROW_STATIC_METHOD, least, most, function, NULL, definition}
#define ROW_NEW(least, most, function, definition) {ROW_TYPE, "new", ROW_CONSTRUCTOR, least, most, function, NULL, definition}
#define TABLE_OF(rows) {rows, sizeof rows / sizeof rows[0]}

/* A member of the enum by name or number. */
enum status argument_enum(struct realm *realm, const char *method, struct value argument, const char *enum_name, int64_t *out);
/* The same without raising: is it one? */
bool argument_is_enum(struct realm *realm, struct value argument, const char *enum_name, int64_t *out);
/* One character: a char, a text of length 1, a number. */
enum status argument_char(struct realm *realm, const char *method, struct value argument, uint32_t *unit);
bool argument_is_char(struct value argument, uint32_t *unit);
/* A CultureInfo or format provider; the realm's culture for $null or what is none. */
const struct culture *argument_culture(struct realm *realm, struct value argument);
/* Bytes of a byte[] (or what converts to one), appended. */
enum status argument_bytes(struct realm *realm, const char *method, struct value argument, struct bytes *out);
/* A byte[] from bytes; owned. */
struct value argument_byte_array(struct realm *realm, const void *data, size_t length);
/* string[] or another array of a named element type, still empty. */
struct value argument_new_array(struct realm *realm, const char *element_name, uint32_t capacity);
/* A member of an enum type as a value. */
struct value argument_enum_value(struct realm *realm, const char *enum_name, int64_t number);
/* Sets what a [ref] argument points to; false (and raised) if it is none. */
enum status argument_set_reference(struct realm *realm, const char *method, struct value argument, struct value item);
static inline enum status argument_give(struct value *out, struct value result) {
    *out = result;
    return STATUS_OK;
}
/* Results as text; the buffer is freed. */
enum status argument_give_bytes(struct value *out, struct bytes *text);

#endif
