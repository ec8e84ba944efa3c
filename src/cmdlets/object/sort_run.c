/* Sorting of small records. Each holds the first part of its key as a number, so that most comparisons
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

enum status sort_run_stable(struct sort_record *records, uint32_t count, sort_order order, void *context) {
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

/* --- .NET's introspective sort, comparison by comparison; a failure ends it early --- */
struct sorting { sort_order order; void *context; enum status status; };

static int compare(struct sorting *sorting, const struct sort_record *a, const struct sort_record *b) {
    int out = 0;
    if (sorting->status == STATUS_OK) sorting->status = sort_run_compare(a, b, sorting->order, sorting->context, &out);
    return sorting->status == STATUS_OK ? out : 0;
}

static void swap(struct sort_record *records, uint32_t a, uint32_t b) {
    struct sort_record held = records[a];
    records[a] = records[b];
    records[b] = held;
}

static void swap_if_greater(struct sorting *sorting, struct sort_record *records, uint32_t a, uint32_t b) {
    if (compare(sorting, &records[a], &records[b]) > 0) swap(records, a, b);
}

static void sort_few(struct sorting *sorting, struct sort_record *records, uint32_t count) {
    if (count == 2) {
        swap_if_greater(sorting, records, 0, 1);
    } else if (count == 3) {
        swap_if_greater(sorting, records, 0, 1);
        swap_if_greater(sorting, records, 0, 2);
        swap_if_greater(sorting, records, 1, 2);
    } else {
        for (uint32_t i = 1; i < count; i++) {
            struct sort_record held = records[i];
            uint32_t at = i;
            for (; at > 0 && compare(sorting, &held, &records[at - 1]) < 0; at--) records[at] = records[at - 1];
            records[at] = held;
        }
    }
}

static void sift_down(struct sorting *sorting, struct sort_record *records, uint32_t at, uint32_t count) {
    struct sort_record held = records[at - 1];
    while (at <= count / 2) {
        uint32_t child = 2 * at;
        if (child < count && compare(sorting, &records[child - 1], &records[child]) < 0) child++;
        if (!(compare(sorting, &held, &records[child - 1]) < 0)) break;
        records[at - 1] = records[child - 1];
        at = child;
    }
    records[at - 1] = held;
}

static void sort_as_heap(struct sorting *sorting, struct sort_record *records, uint32_t count) {
    for (uint32_t i = count / 2; i >= 1; i--) sift_down(sorting, records, i, count);
    for (uint32_t i = count; i > 1; i--) {
        swap(records, 0, i - 1);
        sift_down(sorting, records, 1, i - 1);
    }
}

/* Bounds are kept although a consistent order never reaches them: ours compares values of mixed types. */
static uint32_t partition(struct sorting *sorting, struct sort_record *records, uint32_t count) {
    uint32_t last = count - 1, middle = last >> 1;
    swap_if_greater(sorting, records, 0, middle);
    swap_if_greater(sorting, records, 0, last);
    swap_if_greater(sorting, records, middle, last);
    struct sort_record pivot = records[middle];
    swap(records, middle, last - 1);
    uint32_t left = 0, right = last - 1;
    while (left < right) {
        do left++;
        while (left < last && compare(sorting, &records[left], &pivot) < 0);
        do right--;
        while (right > 0 && compare(sorting, &pivot, &records[right]) < 0);
        if (left >= right) break;
        swap(records, left, right);
    }
    if (left != last - 1) swap(records, left, last - 1);
    return left;
}

#define FEW 16

static void sort_part(struct sorting *sorting, struct sort_record *records, uint32_t count, int depth) {
    while (count > 1 && sorting->status == STATUS_OK) {
        if (count <= FEW) {
            sort_few(sorting, records, count);
            return;
        }
        if (depth-- == 0) {
            sort_as_heap(sorting, records, count);
            return;
        }
        uint32_t at = partition(sorting, records, count);
        if (at + 1 < count) sort_part(sorting, records + at + 1, count - at - 1, depth);
        count = at;
    }
}

enum status sort_run(struct sort_record *records, uint32_t count, sort_order order, void *context) {
    struct sorting sorting = {order, context, STATUS_OK};
    int depth = 2;
    for (uint32_t left = count; left > 1; left >>= 1) depth += 2;
    sort_part(&sorting, records, count, depth);
    return sorting.status;
}
