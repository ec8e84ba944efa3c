/* rooms: base. Whatever reads text in base, on any bytes; what it writes must read back. */
#include <stdlib.h>
#include "m365sh/base/calendar.h"
#include "m365sh/base/collate.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/fold.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/path.h"
#include "m365sh/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) abort();
}

static void numbers(struct text text, struct bytes *out) {
    double number, back;
    struct decimal decimal, again;
    int64_t ticks;
    int32_t offset;
    struct guid guid;
    if (decimal_read_double(text, &number)) {
        decimal_add_double(out, number);
        check(decimal_read_double(bytes_text(out), &back) && (back == number || number != number));
        bytes_clear(out);
    }
    if (decimal_read(text, &decimal)) {
        decimal_add(out, decimal);
        check(decimal_read(bytes_text(out), &again) && decimal_compare(decimal, again) == 0);
        bytes_clear(out);
    }
    if (calendar_read_iso(text, &ticks, &offset)) calendar_add_iso(out, ticks);
    guid_read(text, &guid);
    bytes_clear(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct text text = text_make((const char *)data, size);
    struct bytes out = {0};
    size_t at = 0, back, units = utf8_units(text);
    while (at < size) {
        utf8_next(text, &at);
        back = at;
        utf8_previous(text, &back);
        check(back < at);
    }
    check(utf8_offset_of_unit(text, units) == size);
    utf8_width(text);
    fold_add_upper(&out, text);
    fold_add_lower(&out, text);
    fold_normalize(&out, text, 'C');
    bytes_clear(&out);
    numbers(text, &out);
    path_resolve(text, TEXT("/a/b"), &out);
    check(out.data[0] == '/');
    struct text left = text_slice(text, 0, size / 2), right = text_slice(text, size / 2, size);
    struct collator *collator = collate_new();
    int order = collate_compare(collator, left, right, true);
    int mirrored = collate_compare(collator, right, left, true);
    check((order < 0) == (mirrored > 0));
    check(collate_equal(collator, left, right, true) == (order == 0));
    collate_free(collator);
    check((text_compare_fold(left, right) == 0) == text_equal_fold(left, right));
    if (text_equal_fold(left, right)) check(text_hash_fold(left) == text_hash_fold(right));
    bytes_free(&out);
    return 0;
}
