#include "m365sh/value/compare.h"

#include <math.h>
#include "m365sh/value/number.h"
#include "string_hash_private.h"
#include "value_private.h"

static bool equal_reals(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static bool equal_datetimeoffset(struct value a, struct value b) {
    int64_t ticks_a, ticks_b;
    int32_t offset;
    value_datetimeoffset_of(a, &ticks_a, &offset);
    value_datetimeoffset_of(b, &ticks_b, &offset);
    return ticks_a == ticks_b;
}

bool value_equals(struct value a, struct value b, bool fold) {
    a = value_base(a);
    b = value_base(b);
    if (a.kind != b.kind) return value_is_nothing(a) && value_is_nothing(b);
    switch (a.kind) {
    case VALUE_UNSET:
    case VALUE_NULL:
    case VALUE_VOID: return true;
    case VALUE_BOOL: return a.boolean == b.boolean;
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return equal_reals(a.real, b.real);
    case VALUE_ENUM: return a.type_index == b.type_index && a.integer == b.integer;
    case VALUE_TYPE: return a.type == b.type;
    case VALUE_STRING:
        return a.counted == b.counted || string_equal_text(string_text(a), string_text(b), fold);
    case VALUE_DECIMAL: return decimal_compare(number_decimal_of(a), number_decimal_of(b)) == 0;
    case VALUE_BIGINT: return bigint_compare(a, b) == 0;
    case VALUE_GUID: return memcmp(value_guid_of(a), value_guid_of(b), sizeof(struct guid)) == 0;
    case VALUE_VERSION: return memcmp(value_version_of(a), value_version_of(b), 4 * sizeof(int32_t)) == 0;
    case VALUE_DATETIMEOFFSET: return equal_datetimeoffset(a, b);
    default: return value_is_counted(a) ? a.counted == b.counted : a.integer == b.integer;
    }
}

static uint32_t hash_number(uint64_t n) {
    n *= 0x9e3779b97f4a7c15ull;
    n ^= n >> 32;
    return (uint32_t)n ? (uint32_t)n : 1;
}

static uint32_t hash_real(double real) {
    uint64_t bits;
    if (real == 0) real = 0; /* -0 equals 0 */
    memcpy(&bits, &real, sizeof bits);
    return hash_number(isnan(real) ? 1 : bits);
}

uint32_t value_hash(struct value v, bool fold) {
    v = value_base(v);
    switch (v.kind) {
    case VALUE_UNSET:
    case VALUE_NULL:
    case VALUE_VOID: return 1;
    case VALUE_BOOL: return hash_number(v.boolean);
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return hash_real(v.real);
    case VALUE_STRING: return fold ? string_hash_text(string_text(v), true) : string_hash(v);
    case VALUE_DECIMAL:
    case VALUE_BIGINT: return hash_real(number_to_double(v));
    case VALUE_GUID: return string_hash_text(text_make((const char *)value_guid_of(v), sizeof(struct guid)), false);
    case VALUE_VERSION:
        return string_hash_text(text_make((const char *)value_version_of(v), 4 * sizeof(int32_t)), false);
    case VALUE_DATETIMEOFFSET: {
        int64_t ticks;
        int32_t offset;
        value_datetimeoffset_of(v, &ticks, &offset);
        return hash_number((uint64_t)ticks);
    }
    default: return hash_number(v.uinteger); /* inline integers, and blocks by their address */
    }
}
