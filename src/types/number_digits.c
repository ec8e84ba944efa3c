#include "number_digits_private.h"

#include <math.h>
#include "m365sh/base/alloc.h"

enum { PROBE = 40 }; /* digits that surely tell the true exponent of a double */

static void take_run(struct digits *out, const char *run, size_t length, int scale) {
    while (length > 0 && *run == '0') {
        run++;
        length--;
        scale--;
    }
    bytes_add(&out->run, run, length);
    out->scale = length ? scale : 0;
}

static void of_text(struct digits *out, struct text text) {
    const char *point = memchr(text.start, '.', text.length);
    if (text.length && text.start[0] == '-') {
        out->negative = true;
        text = text_slice(text, 1, text.length);
    }
    size_t whole = point ? (size_t)(point - text.start) : text.length;
    struct bytes run = {0};
    bytes_add(&run, text.start, whole);
    if (point) bytes_add(&run, point + 1, text.length - whole - 1);
    take_run(out, run.data ? run.data : "", run.length, (int)whole);
    bytes_free(&run);
}

static void trim_zeros(struct digits *digits) {
    while (digits->run.length && digits->run.data[digits->run.length - 1] == '0')
        bytes_truncate(&digits->run, digits->run.length - 1);
    if (digits_is_zero(digits)) digits->scale = 0;
}

static void exact(struct digits *out, double number, int count) {
    char *run = alloc_bytes((size_t)count + 8);
    int scale;
    int length = decimal_exact_digits(number, count, run, &scale);
    take_run(out, run, (size_t)length, scale);
    alloc_free(run);
}

/* `places` digits after the point: the count of significant ones follows from the exponent. */
static void real_places(struct digits *out, double number, int places) {
    char probe[PROBE + 8];
    int scale, length = decimal_exact_digits(number, PROBE, probe, &scale), count = scale + places;
    if (count > 0) {
        exact(out, number, count);
        return;
    }
    if (count < 0) return;
    bool above_half = probe[0] > '5';
    for (int i = 1; probe[0] == '5' && i < length; i++) above_half = above_half || probe[i] != '0';
    if (above_half) take_run(out, "1", 1, scale + 1);
}

static void of_single(struct digits *out, double number) {
    struct bytes text = {0};
    decimal_add_float(&text, (float)number);
    double back;
    char run[32];
    int scale, length;
    /* The shortest text of the float, read as a double, has the same digits. */
    if (decimal_read_double(bytes_text(&text), &back)) {
        length = decimal_shortest_digits(back, run, &scale);
        take_run(out, run, (size_t)length, scale);
    }
    bytes_free(&text);
}

static void of_real(struct digits *out, struct value v, enum digits_want want, int count) {
    double number = fabs(v.real);
    out->is_real = true;
    out->negative = signbit(v.real);
    if (number == 0) return;
    if (want == DIGITS_PLACES) real_places(out, number, count);
    else if (want == DIGITS_SIGNIFICANT && count > 0) exact(out, number, count);
    else if (v.kind == VALUE_SINGLE) of_single(out, number);
    else {
        char run[32];
        int scale, length = decimal_shortest_digits(number, run, &scale);
        take_run(out, run, (size_t)length, scale);
    }
    trim_zeros(out);
}

void digits_of(struct digits *out, struct value v, enum digits_want want, int count) {
    struct bytes text = {0};
    if (v.kind == VALUE_SINGLE || v.kind == VALUE_DOUBLE) {
        of_real(out, v, want, count);
        return;
    }
    if (v.kind == VALUE_DECIMAL) {
        out->is_decimal = true;
        decimal_add(&text, number_decimal_of(v));
    } else if (v.kind == VALUE_BIGINT) bigint_add_text(&text, v);
    else if (v.kind == VALUE_UINT64) decimal_add_uint64(&text, v.uinteger);
    else decimal_add_int64(&text, v.integer);
    of_text(out, bytes_text(&text));
    bytes_free(&text);
}

void digits_free(struct digits *digits) {
    bytes_free(&digits->run);
}

void digits_round(struct digits *digits, int keep) {
    struct bytes *run = &digits->run;
    if (keep < 0) {
        bytes_clear(run);
    } else if ((size_t)keep < run->length) {
        bool up = run->data[keep] >= '5';
        bytes_truncate(run, (size_t)keep);
        if (up) {
            size_t at = (size_t)keep;
            while (at > 0 && run->data[at - 1] == '9') at--;
            bytes_truncate(run, at);
            if (at == 0) {
                bytes_add_byte(run, '1');
                digits->scale++;
            } else run->data[at - 1]++;
        }
    }
    trim_zeros(digits);
    if (digits_is_zero(digits) && !digits->is_real) digits->negative = false;
}
