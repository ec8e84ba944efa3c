/* -eq -ne -lt -le -gt -ge: the right operand becomes what the left one is. Text compares by the culture. */
#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"
#include "m365sh/value/compare.h"
#include "ops_private.h"

static int compare_text(struct realm *realm, struct text a, struct value b, bool keep_case) {
    struct bytes buffer = {0};
    int order = collate_compare(realm->collator, a, operand_text(realm, b, &buffer), !keep_case);
    bytes_free(&buffer);
    return order;
}

static bool equal_text(struct realm *realm, struct text a, struct value b, bool keep_case) {
    struct bytes buffer = {0};
    bool equal = collate_equal(realm->collator, a, operand_text(realm, b, &buffer), !keep_case);
    bytes_free(&buffer);
    return equal;
}

static bool equal_char(struct realm *realm, struct value a, struct value b, bool keep_case) {
    struct bytes buffer = {0};
    struct text text = operand_text(realm, a, &buffer);
    bool equal = equal_text(realm, text, b, keep_case);
    bytes_free(&buffer);
    return equal;
}

/* The right operand as the left one's type; false if it cannot be. Owned. */
static bool convert_right(struct realm *realm, struct value a, struct value b, struct value *out) {
    const struct type *type = type_of(realm, a);
    return type && convert_try(realm, b, type, out);
}

static bool equal_converted(struct realm *realm, struct value a, struct value b) {
    struct value converted;
    if (!convert_right(realm, a, b, &converted)) return false;
    bool numbers = operand_is_numeric(a) && a.kind != VALUE_ENUM && operand_is_numeric(converted);
    bool equal = numbers ? arithmetic_equal(a, converted) : value_equals(a, converted, false);
    value_release(converted);
    return equal;
}

static bool is_plain_number(struct value v) { return value_is_number(v) || v.kind == VALUE_CHAR || v.kind == VALUE_ENUM; }

/* Classes say themselves what is equal to them; a failing Equals means no. */
static bool equal_objects(struct realm *realm, struct value a, struct value b) {
    struct value answer;
    if (!object_block(a)->container.type) return false;
    if (member_call(realm, a, intern_name(realm->names, TEXT("Equals")), &b, 1, &answer) != STATUS_OK) {
        value_release(realm_take_raised(realm));
        return false;
    }
    bool equal = value_truth(answer);
    value_release(answer);
    return equal;
}

static bool equal_values(struct realm *realm, struct value a, struct value b, bool keep_case) {
    if (value_is_nothing(a) || value_is_nothing(b)) return value_is_nothing(a) && value_is_nothing(b);
    if (a.kind == VALUE_STRING) return equal_text(realm, string_text(a), b, keep_case);
    if (a.kind == VALUE_CHAR && (b.kind == VALUE_STRING || b.kind == VALUE_CHAR)) return equal_char(realm, a, b, keep_case);
    if (a.kind != VALUE_ENUM && is_plain_number(a) && is_plain_number(b)) return arithmetic_equal(a, b);
    if (a.kind == VALUE_BOOL) return a.boolean == value_truth(b);
    if (a.kind == b.kind && value_equals(a, b, false)) return true;
    if (a.kind == VALUE_OBJECT && b.kind == VALUE_OBJECT) return equal_objects(realm, a, b);
    if (a.kind == VALUE_NATIVE || a.kind == VALUE_SCRIPT_BLOCK || a.kind == VALUE_TYPE || (a.kind == b.kind && value_is_container(a))) return false;
    return equal_converted(realm, a, b);
}

enum status ops_equal(struct realm *realm, struct value a, struct value b, bool keep_case, bool *out) {
    *out = equal_values(realm, value_base(a), value_base(b), keep_case);
    return STATUS_OK;
}

/* Anything but a negative number is above null. */
static int order_to_null(struct value v) {
    if (value_is_nothing(v)) return 0;
    return operand_is_numeric(v) && v.kind != VALUE_BOOL && arithmetic_compare(v, value_int32(0)) < 0 ? -1 : 1;
}

static int order_versions(struct value a, struct value b) {
    const int32_t *x = value_version_of(a), *y = value_version_of(b);
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* Two of one kind that has an order. False: it has none. */
static bool order_same_kind(struct value a, struct value b, int *out) {
    int64_t x, y;
    int32_t minutes;
    switch (a.kind) {
    case VALUE_BOOL: *out = (int)a.boolean - (int)b.boolean; return true;
    case VALUE_DATETIME:
    case VALUE_TIMESPAN:
    case VALUE_ENUM: *out = a.integer < b.integer ? -1 : a.integer > b.integer; return true;
    case VALUE_GUID: *out = memcmp(value_guid_of(a), value_guid_of(b), sizeof(struct guid)); return true;
    case VALUE_VERSION: *out = order_versions(a, b); return true;
    case VALUE_DATETIMEOFFSET:
        value_datetimeoffset_of(a, &x, &minutes);
        value_datetimeoffset_of(b, &y, &minutes);
        *out = x < y ? -1 : x > y;
        return true;
    default:
        if (!operand_is_numeric(a) || !operand_is_numeric(b)) return false;
        *out = arithmetic_compare(a, b);
        return true;
    }
}

static enum status raise_no_order(struct realm *realm, struct value a) {
    const struct type *type = type_of(realm, a);
    bool custom = a.kind == VALUE_OBJECT && !object_block(a)->container.type;
    return realm_raise(realm, custom ? "ExtendedTypeSystemException" : "RuntimeException", custom ? "PSObjectCompareTo" : "NotIcomparable",
                       custom ? ERROR_NOT_SPECIFIED : ERROR_INVALID_OPERATION, "Values of type %s have no order.",
                       type ? type->full_name : "null");
}

static enum status raise_not_comparable(struct realm *realm, struct value a, struct value b) {
    if (b.kind == VALUE_STRING && operand_is_numeric(a) && a.kind != VALUE_ENUM) {
        bool is_number;
        struct value unused = VALUE_UNSET_INIT;
        enum status status = operand_number(realm, b, a, &is_number, &unused);
        value_release(unused);
        if (status != STATUS_OK) return status;
    }
    const struct type *left = type_of(realm, a), *right = type_of(realm, b);
    const char *format = "%s and %s cannot be compared.";
    if (b.kind == VALUE_STRING)
        return operand_raise_inner(realm, "RuntimeException", "ComparisonFailure", ERROR_INVALID_OPERATION, "PSInvalidCastException",
                                   format, left->full_name, right->full_name);
    return realm_raise(realm, "RuntimeException", "ComparisonFailure", ERROR_INVALID_OPERATION, format,
                       left ? left->full_name : "null", right ? right->full_name : "null");
}

static bool has_order(struct value v) {
    return operand_is_numeric(v) || v.kind == VALUE_DATETIME || v.kind == VALUE_TIMESPAN || v.kind == VALUE_GUID ||
           v.kind == VALUE_VERSION || v.kind == VALUE_DATETIMEOFFSET;
}

/* Script classes that implement IComparable are asked. *asked false: this one does not. */
static enum status ask_compare_to(struct realm *realm, struct value a, struct value b, bool *asked, int *out) {
    const struct type *comparable = type_find(realm, TEXT("System.IComparable"));
    *asked = a.kind == VALUE_OBJECT && comparable && type_matches(realm, a, comparable);
    if (!*asked) return STATUS_OK;
    struct value answer;
    enum status status = member_call(realm, a, intern_name(realm->names, TEXT("CompareTo")), &b, 1, &answer);
    if (status != STATUS_OK) return status;
    *out = answer.integer < 0 ? -1 : answer.integer > 0;
    value_release(answer);
    return STATUS_OK;
}

static enum status order_converted(struct realm *realm, struct value a, struct value b, int *out) {
    bool asked;
    enum status status = ask_compare_to(realm, a, b, &asked, out);
    if (status != STATUS_OK || asked) return status;
    if (!has_order(a)) {
        *out = 0;
        return value_same(a, b) ? STATUS_OK : raise_no_order(realm, a);
    }
    struct value converted;
    if (!convert_right(realm, a, b, &converted)) return raise_not_comparable(realm, a, b);
    bool done = order_same_kind(a, converted, out);
    value_release(converted);
    return done ? STATUS_OK : raise_no_order(realm, a);
}

static enum status order_values(struct realm *realm, struct value a, struct value b, bool keep_case, int *out) {
    *out = 0;
    if (value_is_nothing(a)) *out = -order_to_null(b);
    else if (value_is_nothing(b)) *out = order_to_null(a);
    else if (a.kind == VALUE_STRING) *out = compare_text(realm, string_text(a), b, keep_case);
    else if (a.kind != VALUE_ENUM && is_plain_number(a) && is_plain_number(b)) *out = arithmetic_compare(a, b);
    else if (a.kind == VALUE_ENUM && value_is_number(b)) *out = arithmetic_compare(value_int64(a.integer), b);
    else if (a.kind != b.kind || !order_same_kind(a, b, out)) return order_converted(realm, a, b, out);
    return STATUS_OK;
}

static struct value plain_text(struct realm *realm, struct value v) {
    struct value text;
    if (value_is_nothing(v)) return string_empty();
    if (convert_dot_text(realm, v, &text) == STATUS_OK) return text;
    value_release(realm_take_raised(realm));
    return string_empty();
}

/* Sort-Object never fails: what cannot be compared is compared by ToString(). */
enum status ops_order(struct realm *realm, struct value a, struct value b, bool keep_case, int *out) {
    a = value_base(a);
    b = value_base(b);
    enum status status = order_values(realm, a, b, keep_case, out);
    if (status != STATUS_ERROR) return status;
    value_release(realm_take_raised(realm));
    struct value left = plain_text(realm, a), right = plain_text(realm, b);
    *out = compare_text(realm, string_text(left), right, keep_case);
    value_release(left);
    value_release(right);
    return STATUS_OK;
}

struct comparison { enum operation operation; bool keep_case; struct value right; };

static enum status holds(struct realm *realm, void *context, struct value item, bool *out) {
    const struct comparison *comparison = context;
    item = value_base(item);
    enum operation operation = comparison->operation;
    if (operation == OPERATION_EQUAL || operation == OPERATION_NOT_EQUAL) {
        *out = equal_values(realm, item, comparison->right, comparison->keep_case) == (operation == OPERATION_EQUAL);
        return STATUS_OK;
    }
    int order;
    enum status status = order_values(realm, item, comparison->right, comparison->keep_case, &order);
    if (status != STATUS_OK) return status;
    *out = operation == OPERATION_LESS         ? order < 0
           : operation == OPERATION_LESS_EQUAL ? order <= 0
           : operation == OPERATION_GREATER    ? order > 0
                                               : order >= 0;
    return STATUS_OK;
}

enum status comparison_binary(struct realm *realm, enum operation operation, bool keep_case, struct value a, struct value b,
                              struct value *out) {
    struct comparison comparison = {operation, keep_case, b};
    if (value_is_array_like(a) || (!value_is_nothing(a) && a.kind >= VALUE_NATIVE && convert_is_enumerable(realm, a)))
        return filter_collection(realm, a, holds, &comparison, out);
    bool result;
    enum status status = holds(realm, &comparison, a, &result);
    if (status == STATUS_OK) *out = value_bool(result);
    return status;
}
