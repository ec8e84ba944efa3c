#include "punycode_private.h"

#include "m365sh/base/fold.h"
#include "m365sh/base/utf8.h"

/* The parameters of RFC 3492, section 5. */
enum { BASE = 36, LEAST = 1, MOST = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_POINT = 128, MOST_POINTS = 64 };
#define PREFIX TEXT("xn--")

static uint32_t adapt(uint32_t delta, uint32_t points, bool first) {
    uint32_t k = 0;
    delta = first ? delta / DAMP : delta / 2;
    delta += delta / points;
    for (; delta > (BASE - LEAST) * MOST / 2; k += BASE) delta /= BASE - LEAST;
    return k + (BASE - LEAST + 1) * delta / (delta + SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias) {
    return k <= bias ? LEAST : k >= bias + MOST ? MOST : k - bias;
}

static void add_number(struct bytes *out, uint32_t number, uint32_t bias) {
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = threshold(k, bias);
        if (number < t) break;
        uint32_t digit = t + (number - t) % (BASE - t);
        bytes_add_byte(out, (char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
        number = (number - t) / (BASE - t);
    }
    bytes_add_byte(out, (char)(number < 26 ? 'a' + number : '0' + number - 26));
}

static void encode_label(struct bytes *out, const uint32_t *points, uint32_t count) {
    uint32_t basic = 0, next = FIRST_POINT, delta = 0, bias = FIRST_BIAS;
    for (uint32_t i = 0; i < count; i++)
        if (points[i] < 0x80) {
            bytes_add_byte(out, (char)points[i]);
            basic++;
        }
    if (basic) bytes_add_byte(out, '-');
    for (uint32_t done = basic; done < count;) {
        uint32_t smallest = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++)
            if (points[i] >= next && points[i] < smallest) smallest = points[i];
        delta += (smallest - next) * (done + 1);
        next = smallest;
        for (uint32_t i = 0; i < count; i++) {
            if (points[i] < next) delta++;
            if (points[i] != next) continue;
            add_number(out, delta, bias);
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
        delta++;
        next++;
    }
}

static void add_label(struct bytes *out, struct text label) {
    uint32_t points[MOST_POINTS], count = 0;
    if (utf8_is_ascii(label)) {
        fold_add_lower(out, label);
        return;
    }
    for (size_t at = 0; at < label.length && count < MOST_POINTS;) points[count++] = fold_lower(utf8_next(label, &at));
    bytes_add_text(out, PREFIX);
    encode_label(out, points, count);
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0' + 26;
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? c - 'a' : -1;
}

static bool decode_label(struct bytes *out, struct text label) {
    uint32_t points[MOST_POINTS], count = 0, next = FIRST_POINT, bias = FIRST_BIAS, place = 0;
    size_t dash = text_find_last(label, TEXT("-")), at = 0;
    if (dash != TEXT_NOT_FOUND) {
        for (size_t i = 0; i < dash && count < MOST_POINTS; i++) points[count++] = (unsigned char)label.start[i];
        at = dash + 1;
    }
    while (at < label.length) {
        uint32_t before = place, weight = 1;
        for (uint32_t k = BASE;; k += BASE) {
            int digit = at < label.length ? digit_of(label.start[at++]) : -1;
            if (digit < 0 || count == MOST_POINTS) return false;
            place += (uint32_t)digit * weight;
            uint32_t t = threshold(k, bias);
            if ((uint32_t)digit < t) break;
            weight *= BASE - t;
        }
        bias = adapt(place - before, count + 1, before == 0);
        next += place / (count + 1);
        place %= count + 1;
        memmove(points + place + 1, points + place, (count - place) * sizeof *points);
        points[place++] = next;
        count++;
    }
    for (uint32_t i = 0; i < count; i++) bytes_add_code_point(out, points[i] > 0x10ffff ? 0xfffd : points[i]);
    return true;
}

void punycode_add_ascii(struct bytes *out, struct text name) {
    struct text label;
    for (bool first = true; text_split_next(&name, '.', &label); first = false) {
        if (!first) bytes_add_byte(out, '.');
        add_label(out, label);
    }
}

bool punycode_add_unicode(struct bytes *out, struct text name) {
    struct text label;
    bool good = true;
    for (bool first = true; text_split_next(&name, '.', &label); first = false) {
        if (!first) bytes_add_byte(out, '.');
        if (text_starts_fold(label, PREFIX)) good = decode_label(out, text_slice(label, 4, label.length)) && good;
        else bytes_add_text(out, label);
    }
    return good;
}
