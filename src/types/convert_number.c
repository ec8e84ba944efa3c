/* To the numeric kinds, char: from numbers, text, bool, char, enums. Overflow is an error here; operators widen instead. */
#include <math.h>
#include "convert_private.h"

#define OVERFLOW_EXCEPTION "System.OverflowException"
#define FORMAT_EXCEPTION "System.FormatException"

static bool is_integer_kind(enum value_kind kind) { return kind >= VALUE_INT32 && kind <= VALUE_UINT64; }

/* Rounds half to even, as Convert.ToInt32 does. False: out of range. */
static bool real_to_integer(double real, enum value_kind kind, struct value *out) {
    real = nearbyint(real);
    if (kind == VALUE_UINT64) {
        if (!(real >= 0 && real < 18446744073709551616.0)) return false;
        *out = (struct value){.kind = VALUE_UINT64, .uinteger = (uint64_t)real};
        return true;
    }
    if (!(real >= -9223372036854775808.0 && real < 9223372036854775808.0)) return false;
    if (!number_fits(kind, (int64_t)real)) return false;
    *out = value_integer(kind, (int64_t)real);
    return true;
}

static bool integer_to_integer(struct value v, enum value_kind kind, struct value *out) {
    if (v.kind == VALUE_UINT64 && v.integer < 0) {
        if (kind != VALUE_UINT64) return false;
    } else if (kind == VALUE_UINT64 ? v.integer < 0 : !number_fits(kind, v.integer)) {
        return false;
    }
    *out = value_integer(kind, v.integer);
    return true;
}

static bool decimal_to_integer(struct decimal decimal, enum value_kind kind, struct value *out) {
    decimal = decimal_round(decimal, 0, DECIMAL_HALF_EVEN);
    if (kind == VALUE_UINT64) {
        if ((decimal.negative && !decimal_is_zero(decimal)) || decimal.high) return false;
        *out = (struct value){.kind = VALUE_UINT64, .uinteger = (uint64_t)decimal.middle << 32 | decimal.low};
        return true;
    }
    int64_t whole;
    if (!decimal_to_int64(decimal, &whole) || !number_fits(kind, whole)) return false;
    *out = value_integer(kind, whole);
    return true;
}

static bool to_integer(struct value v, enum value_kind kind, struct value *out) {
    int64_t whole;
    if (v.kind == VALUE_SINGLE || v.kind == VALUE_DOUBLE) return real_to_integer(v.real, kind, out);
    if (v.kind == VALUE_DECIMAL) return decimal_to_integer(number_decimal_of(v), kind, out);
    if (v.kind == VALUE_BIGINT) {
        if (bigint_to_int64(v, &whole)) return integer_to_integer(value_int64(whole), kind, out);
        return kind == VALUE_UINT64 && real_to_integer(bigint_to_double(v), kind, out);
    }
    return integer_to_integer(v, kind, out);
}

/* Any number to any numeric kind; false: out of range. */
static bool number_to_kind(struct value v, enum value_kind kind, struct value *out) {
    struct decimal decimal;
    if (is_integer_kind(kind)) return to_integer(v, kind, out);
    switch (kind) {
    case VALUE_DOUBLE: *out = value_double(number_to_double(v)); return true;
    case VALUE_SINGLE: *out = value_single((float)number_to_double(v)); return true;
    case VALUE_DECIMAL:
        if (v.kind == VALUE_SINGLE) { /* seven digits, as .NET takes them */
            struct bytes text = {0};
            decimal_add_float(&text, (float)v.real);
            bool ok = decimal_read(bytes_text(&text), &decimal);
            bytes_free(&text);
            if (!ok) return false;
        } else if (!number_to_decimal(v, &decimal)) {
            return false;
        }
        *out = number_decimal(decimal);
        return true;
    case VALUE_BIGINT:
        if (v.kind == VALUE_BIGINT) *out = value_keep(v);
        else if (v.kind == VALUE_UINT64) *out = bigint_from_uint64(v.uinteger);
        else if (value_is_integer(v)) *out = bigint_from_int64(v.integer);
        else {
            struct bytes text = {0};
            if (v.kind == VALUE_DECIMAL) decimal_add(&text, decimal_round(number_decimal_of(v), 0, DECIMAL_DOWN));
            bool ok = text.length && bigint_read(bytes_text(&text), 10, out);
            bytes_free(&text);
            if (ok) return true;
            if (!isfinite(number_to_double(v))) return false;
            *out = bigint_from_double(number_to_double(v));
        }
        return true;
    default: return false;
    }
}

/* --- text ---------------------------------------------------------------------------------------------------------- */

static const char *text_failure_id(enum value_kind kind) {
    if (kind == VALUE_DOUBLE || kind == VALUE_SINGLE) return "InvalidCastFromStringToDoubleOrSingle";
    return kind == VALUE_DECIMAL ? "InvalidCastFromStringToDecimal" : "InvalidCastFromStringToInteger";
}

static bool is_whole(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (!(text.start[i] >= '0' && text.start[i] <= '9') && !(i == 0 && text.start[i] == '-')) return false;
    return text.length > 0;
}

/* Real and decimal kinds read their own text first: it must not pass through another kind and lose digits. */
static bool read_own(struct text text, enum value_kind kind, struct value *out) {
    struct decimal decimal;
    double real;
    if (kind == VALUE_DECIMAL && decimal_read(text, &decimal)) {
        *out = number_decimal(decimal);
        return true;
    }
    if ((kind == VALUE_DOUBLE || kind == VALUE_SINGLE) && decimal_read_double(text, &real)) {
        *out = kind == VALUE_DOUBLE ? value_double(real) : value_single((float)real);
        return true;
    }
    struct decimal fits; /* beyond decimal PowerShell reads a double, digits lost */
    return kind == VALUE_BIGINT && is_whole(text) && decimal_read(text, &fits) && bigint_read(text, 10, out);
}

static bool text_to_kind(struct conversion *c, struct text text, enum value_kind kind) {
    text = text_trim(text);
    if (!text.length) return number_to_kind(value_int32(0), kind, &c->out);
    struct bytes clean = {0};
    bool plain = number_text_clean(text, &clean);
    bool special = (kind == VALUE_DOUBLE || kind == VALUE_SINGLE) &&
                   (text_equal_fold(text, TEXT("NaN")) || text_ends_fold(text, TEXT("Infinity")));
    struct value literal;
    bool ok = false;
    if (kind == VALUE_DECIMAL && number_text_read(text, &literal)) { /* "1.10" is a double first and loses its zero, "1,000.10" is not */
        ok = number_to_kind(literal, kind, &c->out);
        value_release(literal);
    }
    if (!ok) ok = special ? read_own(text, kind, &c->out) : plain && read_own(bytes_text(&clean), kind, &c->out);
    bool overflow = !ok && plain && is_whole(bytes_text(&clean)) && is_integer_kind(kind);
    struct value number = value_null();
    if (!ok && convert_text_to_number(c->realm, plain ? bytes_text(&clean) : text, &number)) {
        ok = number_to_kind(number, kind, &c->out);
        overflow = overflow || (!ok && (text_find_fold(text, TEXT("x"), 0) != TEXT_NOT_FOUND));
        value_release(number);
    }
    bytes_free(&clean);
    if (ok) return true;
    return conversion_fail(c, text_failure_id(kind), overflow ? OVERFLOW_EXCEPTION : FORMAT_EXCEPTION);
}

static bool to_char(struct conversion *c, struct value v) {
    switch (v.kind) {
    case VALUE_STRING:
        if (string_units(v) != 1) return conversion_fail(c, "InvalidCastParseTargetInvocation", FORMAT_EXCEPTION);
        return conversion_give(c, value_char(string_unit_at(v, 0)));
    case VALUE_ENUM: return conversion_give(c, value_char((uint16_t)v.integer));
    case VALUE_SINGLE: case VALUE_DOUBLE: case VALUE_DECIMAL: case VALUE_BIGINT: case VALUE_BOOL: case VALUE_DATETIME:
        return conversion_fail(c, "InvalidCastIConvertible", "System.InvalidCastException");
    default: break;
    }
    if (!value_is_integer(v)) return conversion_fail(c, "ConvertToFinalInvalidCastException", NULL);
    if (v.integer < 0 || v.integer > 0xFFFF) return conversion_fail(c, "InvalidCastIConvertible", OVERFLOW_EXCEPTION);
    return conversion_give(c, value_char((uint16_t)v.integer));
}

bool convert_number_road(struct conversion *c, struct value v) {
    enum value_kind kind = c->type->value_kind;
    if (kind == VALUE_CHAR) return value_is_nothing(v) ? conversion_give(c, value_char(0)) : to_char(c, v);
    if (v.kind == VALUE_STRING) return text_to_kind(c, string_text(v), kind);
    struct value number = v;
    if (value_is_nothing(v)) number = value_int32(0);
    else if (v.kind == VALUE_BOOL && !v.small) number = value_int32(v.boolean);
    else if (v.kind == VALUE_CHAR) number = value_int32((int32_t)v.integer);
    else if (v.kind == VALUE_ENUM) number = value_int64(v.integer);
    else if (v.kind == VALUE_DATETIME) return conversion_fail(c, "InvalidCastIConvertible", "System.InvalidCastException");
    if (!value_is_number(number)) return conversion_fail(c, "ConvertToFinalInvalidCastException", NULL);
    if (number_to_kind(number, kind, &c->out)) return true;
    if (v.kind == VALUE_BIGINT)
        return conversion_fail(c, "InvalidCastTargetInvocationExceptionop_Explicit", OVERFLOW_EXCEPTION);
    return conversion_fail(c, kind == VALUE_BIGINT ? "InvalidCastConstructorException" : "InvalidCastIConvertible", OVERFLOW_EXCEPTION);
}
