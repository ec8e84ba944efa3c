/* A realm with types, and short forms for the tests of this room. */
#ifndef M365SH_TEST_TYPES_H
#define M365SH_TEST_TYPES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/types/type.h"
#include "m365sh/value/array.h"
#include "m365sh/value/error_record.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

__attribute__((unused)) static int start(void **state) {
    struct realm *realm = realm_new();
    realm_set_stack(realm);
    types_start(realm);
    *state = realm;
    return 0;
}
__attribute__((unused)) static int stop(void **state) {
    struct realm *realm = *state;
    types_stop(realm);
    realm_free(realm);
    return 0;
}
static inline const struct type *find(struct realm *realm, const char *name) { return type_find(realm, text_of(name)); }
static inline name_id name_of(struct realm *realm, const char *name) { return intern_name(realm->names, text_of(name)); }
/* The text of a value, which is released. */
static inline void assert_text(struct realm *realm, struct value v, const char *expected) {
    struct value text = convert_text(realm, v);
    assert_string_equal(string_chars(text), expected);
    value_release(text);
    value_release(v);
}
static inline struct value cast(struct realm *realm, struct value v, const char *type) {
    struct value out = value_null();
    assert_non_null(find(realm, type));
    if (convert_to(realm, v, find(realm, type), &out) != STATUS_OK) {
        struct value record = realm_take_raised(realm);
        out = value_keep(error_record_get(record, ERROR_ID)); /* a failed cast reads as its id */
        value_release(record);
    }
    value_release(v);
    return out;
}
static inline struct value call(struct realm *realm, struct value v, const char *name, uint32_t count, const struct value *arguments) {
    struct value out = value_null();
    if (member_call(realm, v, name_of(realm, name), arguments, count, &out) != STATUS_OK) {
        struct value record = realm_take_raised(realm);
        out = value_keep(error_record_get(record, ERROR_ID));
        value_release(record);
    }
    return out;
}
static inline struct value get(struct realm *realm, struct value v, const char *name) {
    bool found;
    struct value out = value_null();
    assert_int_equal(member_get(realm, v, name_of(realm, name), &found, &out), STATUS_OK);
    return out;
}

#endif
