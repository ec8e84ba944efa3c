/* A stable merge sort over small records. Each holds the first part of its key as a number, so that most comparisons
 * look at nothing else: following a key to its text costs more than comparing it. */
#include <math.h>
#include "m365sh/base/collate.h"
#include "m365sh/value/number.h"
#include "m365sh/value/string.h"
#include "sort_run_private.h"

enum key_class { CLASS_OTHER, CLASS_TEXT, CLASS_NUMBER, CLASS_TIME };

static enum key_class class_of(struct value v) {
    if (v.kind == VALUE_STRING) return CLASS_TEXT;
    if (v.kind == VALUE_DATETIME || v.kind == VALUE_TIMESPAN) return CLASS_TIME;
    if ((v.kind >= VALUE_INT32 && v.kind <= VALUE_UINT32) || v.kind == VALUE_SINGLE || v.kind == VALUE_DOUBLE) return CLASS_NUMBER;
    return CLASS_OTHER;
}

/* Doubles ordered as unsigned numbers: the sign bit turned, negative ones wholly. */
static bool number_prefix(struct value v, uint64_t *out) {
    double real = number_to_double(v) + 0.0; /* -0 becomes 0 */
    bool exact = value_is_integer(v) ? v.integer > -(1ll << 53) && v.integer < 1ll << 53 : !isnan(real);
    if (!exact) return false;
    memcpy(out, &real, sizeof real);
    *out = *out >> 63 ? ~*out : *out | 1ull << 63;
    return true;
}

static bool prefix_of(struct value v, enum key_class class_of_all, uint64_t *out) {
    if (class_of(v) != class_of_all) return false;
    if (class_of_all == CLASS_TEXT) return collate_prefix(string_text(v), out);
    if (class_of_all == CLASS_NUMBER) return number_prefix(v, out);
    *out = (uint64_t)v.integer ^ 1ull << 63;
    return true;
}

void sort_run_prefixes(struct sort_record *records, uint32_t count, const struct value *keys, uint32_t stride, bool descending) {
    enum key_class all = count ? class_of(value_base(keys[0])) : CLASS_OTHER;
    bool known = all != CLASS_OTHER;
    bool same_time = all == CLASS_TIME; /* dates and spans do not mix */
    for (uint32_t i = 0; i < count && known; i++) {
        struct value key = value_base(keys[(size_t)i * stride]);
        known = prefix_of(key, all, &records[i].prefix) && (!same_time || key.kind == value_base(keys[0]).kind);
    }
    for (uint32_t i = 0; i < count; i++) {
        records[i].index = i;
        records[i].prefix = !known ? 0 : descending ? ~records[i].prefix : records[i].prefix;
    }
}

enum status sort_run_compare(const struct sort_record *a, const struct sort_record *b, sort_order order, void *context, int *out) {
    if (a->prefix == b->prefix) return order(context, a->index, b->index, out);
    *out = a->prefix < b->prefix ? -1 : 1;
    return STATUS_OK;
}

static enum status merge(struct sort_record *records, struct sort_record *scratch, uint32_t start, uint32_t middle, uint32_t end,
                         sort_order order, void *context) {
    uint32_t left = start, right = middle, at = start;
    while (left < middle && right < end) {
        int difference;
        enum status status = sort_run_compare(&records[left], &records[right], order, context, &difference);
        if (status != STATUS_OK) return status;
        scratch[at++] = difference <= 0 ? records[left++] : records[right++];
    }
    while (left < middle) scratch[at++] = records[left++];
    while (right < end) scratch[at++] = records[right++];
    memcpy(records + start, scratch + start, (end - start) * sizeof *records);
    return STATUS_OK;
}

enum status sort_run(struct sort_record *records, uint32_t count, sort_order order, void *context) {
    struct sort_record *scratch = ALLOC_ARRAY(struct sort_record, count ? count : 1);
    enum status status = STATUS_OK;
    for (uint32_t width = 1; width < count && status == STATUS_OK; width *= 2) {
        for (uint32_t start = 0; start + width < count && status == STATUS_OK; start += 2 * width) {
            uint32_t end = start + 2 * width < count ? start + 2 * width : count;
            int difference;
            /* Runs already in order need no merge: sorted input costs one comparison a pair of runs. */
            status = sort_run_compare(&records[start + width - 1], &records[start + width], order, context, &difference);
            if (status == STATUS_OK && difference > 0) status = merge(records, scratch, start, start + width, end, order, context);
        }
    }
    alloc_free(scratch);
    return status;
}
