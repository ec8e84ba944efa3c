#include "m365sh/value/number.h"

#include <math.h>
#include "m365sh/base/alloc.h"
#include "value_private.h"

static void *block_new(size_t size, enum value_kind kind) {
    struct counted *block = alloc_bytes(size);
    counted_start(block, kind);
    return block;
}

struct value number_decimal(struct decimal d) {
    struct decimal_block *block = block_new(sizeof *block, VALUE_DECIMAL);
    block->decimal = d;
    return value_counted_take(&block->head);
}

struct decimal number_decimal_of(struct value v) { return ((struct decimal_block *)v.counted)->decimal; }

double number_to_double(struct value v) {
    switch (v.kind) {
    case VALUE_BOOL: return v.boolean;
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return v.real;
    case VALUE_UINT64: return (double)v.uinteger;
    case VALUE_DECIMAL: return decimal_to_double(number_decimal_of(v));
    case VALUE_BIGINT: return bigint_to_double(v);
    default: return value_is_counted(v) || value_is_nothing(v) ? 0 : (double)v.integer;
    }
}

bool number_to_decimal(struct value v, struct decimal *out) {
    switch (v.kind) {
    case VALUE_BOOL: *out = decimal_from_int64(v.boolean); return true;
    case VALUE_SINGLE:
    case VALUE_DOUBLE: return decimal_from_double(v.real, out);
    case VALUE_UINT64: *out = decimal_from_uint64(v.uinteger); return true;
    case VALUE_DECIMAL: *out = number_decimal_of(v); return true;
    case VALUE_BIGINT: {
        struct bytes digits = {0};
        bigint_add_text(&digits, v);
        bool fits = decimal_read(bytes_text(&digits), out);
        bytes_free(&digits);
        return fits;
    }
    default: *out = decimal_from_int64(value_is_counted(v) || value_is_nothing(v) ? 0 : v.integer); return true;
    }
}

bool number_fits(enum value_kind kind, int64_t n) {
    switch (kind) {
    case VALUE_SBYTE: return n >= INT8_MIN && n <= INT8_MAX;
    case VALUE_BYTE: return n >= 0 && n <= UINT8_MAX;
    case VALUE_INT16: return n >= INT16_MIN && n <= INT16_MAX;
    case VALUE_CHAR:
    case VALUE_UINT16: return n >= 0 && n <= UINT16_MAX;
    case VALUE_INT32: return n >= INT32_MIN && n <= INT32_MAX;
    case VALUE_UINT32: return n >= 0 && n <= UINT32_MAX;
    case VALUE_UINT64: return n >= 0;
    default: return true;
    }
}

struct value value_guid(const struct guid *guid) {
    struct guid_block *block = block_new(sizeof *block, VALUE_GUID);
    block->guid = *guid;
    return value_counted_take(&block->head);
}

const struct guid *value_guid_of(struct value v) { return &((struct guid_block *)v.counted)->guid; }

struct value value_version(int32_t major, int32_t minor, int32_t build, int32_t revision) {
    struct version_block *block = block_new(sizeof *block, VALUE_VERSION);
    block->parts[0] = major;
    block->parts[1] = minor;
    block->parts[2] = build;
    block->parts[3] = revision;
    return value_counted_take(&block->head);
}

const int32_t *value_version_of(struct value v) { return ((struct version_block *)v.counted)->parts; }

struct value value_datetimeoffset(int64_t utc_ticks, int32_t offset_minutes) {
    struct datetimeoffset_block *block = block_new(sizeof *block, VALUE_DATETIMEOFFSET);
    block->utc_ticks = utc_ticks;
    block->offset_minutes = offset_minutes;
    return value_counted_take(&block->head);
}

void value_datetimeoffset_of(struct value v, int64_t *utc_ticks, int32_t *offset_minutes) {
    const struct datetimeoffset_block *block = (const struct datetimeoffset_block *)v.counted;
    *utc_ticks = block->utc_ticks;
    *offset_minutes = block->offset_minutes;
}
