/* [timespan]'1.02:03:04.5': days, or hours and minutes, or all of them. */
#include "date_parse_private.h"

struct span_text {
    int64_t parts[4];
    int count;              /* numbers parted by colons */
    int64_t days;
    bool has_days;
    int64_t fraction;
    bool fraction_too_long;
};

static bool take_number(struct text text, size_t *at, int64_t *number) {
    size_t start = *at;
    *number = 0;
    for (; *at < text.length && text.start[*at] >= '0' && text.start[*at] <= '9'; (*at)++)
        if (*number < 100000000) *number = *number * 10 + (text.start[*at] - '0');
    return *at > start;
}

static bool take_fraction(struct text text, size_t *at, struct span_text *span) {
    int digits = 0;
    for (; *at < text.length && text.start[*at] >= '0' && text.start[*at] <= '9'; (*at)++, digits++)
        if (digits < 7) span->fraction = span->fraction * 10 + (text.start[*at] - '0');
    span->fraction_too_long = digits > 7;
    for (int i = digits; i < 7; i++) span->fraction *= 10;
    return digits > 0;
}

static bool take_apart(struct text text, struct span_text *span) {
    size_t at = 0;
    for (;;) {
        if (span->count == 4 || !take_number(text, &at, &span->parts[span->count++])) return false;
        if (at == text.length) return !span->has_days || span->count > 1;
        char c = text.start[at++];
        if (c == '.' && span->count == 1 && !span->has_days) {
            span->days = span->parts[0];
            span->has_days = true;
            span->count = 0;
        } else if (c == '.' && span->count >= 3) return take_fraction(text, &at, span) && at == text.length;
        else if (c != ':') return false;
    }
}

enum timespan_outcome timespan_read(struct text text, int64_t *ticks) {
    struct span_text span = {0};
    text = text_trim(text);
    bool negative = text.length && text.start[0] == '-';
    if (negative) text = text_slice(text, 1, text.length);
    if (!take_apart(text, &span)) return TIMESPAN_FORMAT;
    if (span.fraction_too_long) return TIMESPAN_OVERFLOW;
    int64_t d = span.days, h = 0, m = 0, s = 0, *p = span.parts;
    if (span.count == 1) d = p[0];
    else if (span.count == 4) {
        if (span.has_days) return TIMESPAN_FORMAT;
        d = p[0], h = p[1], m = p[2], s = p[3];
    } else {
        h = p[0], m = p[1], s = span.count == 3 ? p[2] : 0;
        /* Three numbers whose first is no hour are days, hours and minutes. */
        if (h > 23 && span.count == 3 && !span.has_days && span.fraction == 0) d = p[0], h = p[1], m = p[2], s = 0;
    }
    if (d > 10675199 || h > 23 || m > 59 || s > 59) return TIMESPAN_OVERFLOW;
    int64_t seconds = d * 86400 + h * 3600 + m * 60 + s, whole;
    if (__builtin_mul_overflow(seconds, CALENDAR_TICKS_PER_SECOND, &whole) ||
        __builtin_add_overflow(whole, span.fraction, &whole))
        return TIMESPAN_OVERFLOW;
    *ticks = negative ? -whole : whole;
    return TIMESPAN_GOOD;
}

bool timespan_parse(struct text text, int64_t *ticks) {
    return timespan_read(text, ticks) == TIMESPAN_GOOD;
}
