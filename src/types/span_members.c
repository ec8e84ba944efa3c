/* [timespan]. */
#include <math.h>

#include "argument_private.h"
#include "date_parse_private.h"

#define ROW_TYPE "System.TimeSpan"
#define SECOND CALENDAR_TICKS_PER_SECOND

static int64_t ticks_of(struct value self) {
    return value_base(self).integer;
}

#define PART(function, expression)                                                                           \
    MEMBER(function) {                                                                                       \
        int64_t ticks = ticks_of(self);                                                                      \
        return argument_give(out, value_int32((int32_t)(expression)));                                       \
    }
PART(get_days, ticks / CALENDAR_TICKS_PER_DAY)
PART(get_hours, ticks / (SECOND * 3600) % 24)
PART(get_minutes, ticks / (SECOND * 60) % 60)
PART(get_seconds, ticks / SECOND % 60)
PART(get_milliseconds, ticks / 10000 % 1000)
PART(get_microseconds, ticks / 10 % 1000)
PART(get_nanoseconds, ticks % 10 * 100)

#define TOTAL(function, unit)                                                                                \
    MEMBER(function) { return argument_give(out, value_double((double)ticks_of(self) / (double)(unit))); }
TOTAL(get_total_days, CALENDAR_TICKS_PER_DAY)
TOTAL(get_total_hours, SECOND * 3600)
TOTAL(get_total_minutes, SECOND * 60)
TOTAL(get_total_seconds, SECOND)
TOTAL(get_total_milliseconds, 10000)
TOTAL(get_total_microseconds, 10)

MEMBER(get_total_nanoseconds) {
    return argument_give(out, value_double((double)ticks_of(self) * 100));
}

MEMBER(get_ticks) {
    return argument_give(out, value_int64(ticks_of(self)));
}

static enum status read_span(struct realm *realm, struct value argument, int64_t *ticks) {
    struct value span;
    TRY(convert_to(realm, argument, type_of_kind(realm, VALUE_TIMESPAN), &span));
    *ticks = span.integer;
    return STATUS_OK;
}

static enum status raise_overflow(struct realm *realm, const char *method, uint32_t count) {
    return member_raise(realm, method, count, "System.OverflowException", "The span is too long.");
}

MEMBER(add) {
    int64_t other, sum;
    TRY(read_span(realm, arguments[0], &other));
    if (__builtin_add_overflow(ticks_of(self), other, &sum)) return raise_overflow(realm, "Add", 1);
    return argument_give(out, value_timespan(sum));
}

MEMBER(subtract) {
    int64_t other, difference;
    TRY(read_span(realm, arguments[0], &other));
    if (__builtin_sub_overflow(ticks_of(self), other, &difference)) return raise_overflow(realm, "Subtract", 1);
    return argument_give(out, value_timespan(difference));
}

MEMBER(multiply) {
    double factor;
    TRY(member_argument_double(realm, "Multiply", arguments[0], &factor));
    return argument_give(out, value_timespan((int64_t)nearbyint((double)ticks_of(self) * factor)));
}

MEMBER(divide) {
    double divisor;
    if (value_base(arguments[0]).kind == VALUE_TIMESPAN)
        return argument_give(out, value_double((double)ticks_of(self) / (double)ticks_of(arguments[0])));
    TRY(member_argument_double(realm, "Divide", arguments[0], &divisor));
    if (divisor == 0) return raise_overflow(realm, "Divide", 1);
    return argument_give(out, value_timespan((int64_t)nearbyint((double)ticks_of(self) / divisor)));
}

MEMBER(negate) {
    if (ticks_of(self) == INT64_MIN) return raise_overflow(realm, "Negate", 0);
    return argument_give(out, value_timespan(-ticks_of(self)));
}

MEMBER(duration) {
    int64_t ticks = ticks_of(self);
    if (ticks == INT64_MIN) return raise_overflow(realm, "Duration", 0);
    return argument_give(out, value_timespan(ticks < 0 ? -ticks : ticks));
}

MEMBER(compare_to) {
    int64_t other, own = ticks_of(self);
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_int32(1));
    TRY(read_span(realm, arguments[0], &other));
    return argument_give(out, value_int32((own > other) - (own < other)));
}

MEMBER(equals) {
    struct value other = value_base(arguments[0]);
    return argument_give(out, value_bool(other.kind == VALUE_TIMESPAN && other.integer == ticks_of(self)));
}

/* --- statics --- */
static enum status from_unit(struct realm *realm, const char *method, double unit, struct value argument, struct value *out) {
    double amount;
    TRY(member_argument_double(realm, method, argument, &amount));
    double ticks = amount * unit;
    if (isnan(ticks) || fabs(ticks) > 9.2233720368547e18) return raise_overflow(realm, method, 1);
    return argument_give(out, value_timespan((int64_t)ticks));
}

#define FROM(function, name, unit)                                                                           \
    MEMBER(function) { return from_unit(realm, name, (double)(unit), arguments[0], out); }
FROM(from_days, "FromDays", CALENDAR_TICKS_PER_DAY)
FROM(from_hours, "FromHours", SECOND * 3600)
FROM(from_minutes, "FromMinutes", SECOND * 60)
FROM(from_seconds, "FromSeconds", SECOND)
FROM(from_milliseconds, "FromMilliseconds", 10000)
FROM(from_microseconds, "FromMicroseconds", 10)

MEMBER(from_ticks) {
    int64_t ticks;
    TRY(member_argument_int64(realm, "FromTicks", arguments[0], &ticks));
    return argument_give(out, value_timespan(ticks));
}

MEMBER(get_zero) { return argument_give(out, value_timespan(0)); }
MEMBER(get_most) { return argument_give(out, value_timespan(INT64_MAX)); }
MEMBER(get_least) { return argument_give(out, value_timespan(INT64_MIN)); }
MEMBER(ticks_per_day) { return argument_give(out, value_int64(CALENDAR_TICKS_PER_DAY)); }
MEMBER(ticks_per_hour) { return argument_give(out, value_int64(SECOND * 3600)); }
MEMBER(ticks_per_minute) { return argument_give(out, value_int64(SECOND * 60)); }
MEMBER(ticks_per_second) { return argument_give(out, value_int64(SECOND)); }
MEMBER(ticks_per_millisecond) { return argument_give(out, value_int64(10000)); }

MEMBER(compare) {
    int64_t a, b;
    TRY(read_span(realm, arguments[0], &a));
    TRY(read_span(realm, arguments[1], &b));
    return argument_give(out, value_int32((a > b) - (a < b)));
}

MEMBER(parse) {
    struct value text;
    int64_t ticks = 0;
    TRY(member_argument_text(realm, "Parse", arguments[0], &text));
    enum timespan_outcome outcome = timespan_read(string_text(text), &ticks);
    enum status status = STATUS_OK;
    *out = value_timespan(ticks);
    if (outcome != TIMESPAN_GOOD)
        status = member_raise(realm, "Parse", count, outcome == TIMESPAN_FORMAT ? "System.FormatException" : "System.OverflowException",
                              "\"%s\" is not a span of time.", string_chars(text));
    value_release(text);
    return status;
}

MEMBER(try_parse) {
    struct value text;
    int64_t ticks = 0;
    TRY(member_argument_text(realm, "TryParse", arguments[0], &text));
    bool good = timespan_parse(string_text(text), &ticks);
    value_release(text);
    *out = value_bool(good);
    return argument_set_reference(realm, "TryParse", arguments[count - 1], value_timespan(good ? ticks : 0));
}

/* Custom formats read as they write: the same letters, escapes and quotes. */
static bool read_exact(struct text text, struct text format, int64_t *ticks) {
    int64_t parts[5] = {0}; /* d h m s f */
    size_t at = 0;
    for (size_t i = 0; i < format.length;) {
        char c = format.start[i];
        const char *place = c ? strchr("dhmsf", c) : NULL;
        if (c == '%') {
            i++;
        } else if (place) {
            int run = 0, digits = 0;
            while (i < format.length && format.start[i] == c) i++, run++;
            int most = c == 'f' ? run : run == 1 ? (c == 'd' ? 8 : 2) : run;
            for (; digits < most && at < text.length && text.start[at] >= '0' && text.start[at] <= '9'; digits++, at++)
                parts[place - "dhmsf"] = parts[place - "dhmsf"] * 10 + (text.start[at] - '0');
            if (digits < run) return false;
            for (; c == 'f' && digits < 7; digits++) parts[4] *= 10;
        } else if (c == '\'' || c == '"') {
            for (i++; i < format.length && format.start[i] != c; i++)
                if (at >= text.length || text.start[at++] != format.start[i]) return false;
            i++;
        } else {
            if (c == '\\') i++;
            if (i >= format.length || at >= text.length || text.start[at++] != format.start[i++]) return false;
        }
    }
    if (parts[1] > 23 || parts[2] > 59 || parts[3] > 59 || at != text.length) return false;
    *ticks = ((parts[0] * 24 + parts[1]) * 3600 + parts[2] * 60 + parts[3]) * SECOND + parts[4];
    return true;
}

MEMBER(parse_exact) {
    struct value text, format;
    int64_t ticks = 0;
    TRY(member_argument_text(realm, "ParseExact", arguments[0], &text));
    TRY(member_argument_text(realm, "ParseExact", arguments[1], &format));
    bool standard = string_text(format).length == 1;
    bool good = standard ? timespan_parse(string_text(text), &ticks) : read_exact(string_text(text), string_text(format), &ticks);
    enum status status = STATUS_OK;
    *out = value_timespan(ticks);
    if (!good) status = member_raise(realm, "ParseExact", count, "System.FormatException", "\"%s\" does not fit the format.", string_chars(text));
    value_release(text);
    value_release(format);
    return status;
}

/* new(ticks), new(h, m, s), new(d, h, m, s[, ms]). */
MEMBER(construct) {
    int64_t n[5] = {0};
    if (count == 0) return argument_give(out, value_timespan(0));
    if (count == 2) return realm_raise(realm, "MethodException", "MethodCountCouldNotFindBest", ERROR_NOT_SPECIFIED, "A span takes 1, 3, 4 or 5 numbers.");
    for (uint32_t i = 0; i < count && i < 5; i++) TRY(member_argument_int64(realm, "TimeSpan", arguments[i], &n[i]));
    if (count == 1) return argument_give(out, value_timespan(n[0]));
    int64_t days = count > 3 ? n[0] : 0;
    const int64_t *rest = count > 3 ? n + 1 : n;
    int64_t seconds = days * 86400 + rest[0] * 3600 + rest[1] * 60 + rest[2], ticks;
    if (__builtin_mul_overflow(seconds, SECOND, &ticks)) return raise_overflow(realm, ".ctor", count);
    return argument_give(out, value_timespan(ticks + n[4] * 10000));
}

static const struct member_row rows[] = {
    ROW_PROPERTY("Ticks", get_ticks, "long"), ROW_PROPERTY("Days", get_days, "int"), ROW_PROPERTY("Hours", get_hours, "int"),
    ROW_PROPERTY("Milliseconds", get_milliseconds, "int"), ROW_PROPERTY("Microseconds", get_microseconds, "int"),
    ROW_PROPERTY("Nanoseconds", get_nanoseconds, "int"), ROW_PROPERTY("Minutes", get_minutes, "int"),
    ROW_PROPERTY("Seconds", get_seconds, "int"), ROW_PROPERTY("TotalDays", get_total_days, "double"),
    ROW_PROPERTY("TotalHours", get_total_hours, "double"), ROW_PROPERTY("TotalMilliseconds", get_total_milliseconds, "double"),
    ROW_PROPERTY("TotalMicroseconds", get_total_microseconds, "double"), ROW_PROPERTY("TotalNanoseconds", get_total_nanoseconds, "double"),
    ROW_PROPERTY("TotalMinutes", get_total_minutes, "double"), ROW_PROPERTY("TotalSeconds", get_total_seconds, "double"),
    ROW_CALL("Add", 1, 1, add, "timespan Add(timespan ts)"), ROW_CALL("CompareTo", 1, 1, compare_to, "int CompareTo(System.Object value), int CompareTo(timespan value)"),
    ROW_CALL("Divide", 1, 1, divide, "timespan Divide(double divisor), double Divide(timespan ts)"),
    ROW_CALL("Duration", 0, 0, duration, "timespan Duration()"), ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object value)"),
    ROW_CALL("Multiply", 1, 1, multiply, "timespan Multiply(double factor)"), ROW_CALL("Negate", 0, 0, negate, "timespan Negate()"),
    ROW_CALL("Subtract", 1, 1, subtract, "timespan Subtract(timespan ts)"),
    ROW_NEW(0, 5, construct, "timespan new(long ticks), timespan new(int hours, int minutes, int seconds), timespan new(int days, int hours, int minutes, int seconds), timespan new(int days, int hours, int minutes, int seconds, int milliseconds)"),
    ROW_STATIC("MaxValue", get_most, "static timespan"), ROW_STATIC("MinValue", get_least, "static timespan"),
    ROW_STATIC("TicksPerDay", ticks_per_day, "static long"), ROW_STATIC("TicksPerHour", ticks_per_hour, "static long"),
    ROW_STATIC("TicksPerMillisecond", ticks_per_millisecond, "static long"), ROW_STATIC("TicksPerMinute", ticks_per_minute, "static long"),
    ROW_STATIC("TicksPerSecond", ticks_per_second, "static long"), ROW_STATIC("Zero", get_zero, "static timespan"),
    ROW_STATIC_CALL("Compare", 2, 2, compare, "static int Compare(timespan t1, timespan t2)"),
    ROW_STATIC_CALL("FromDays", 1, 1, from_days, "static timespan FromDays(double value)"),
    ROW_STATIC_CALL("FromHours", 1, 1, from_hours, "static timespan FromHours(double value)"),
    ROW_STATIC_CALL("FromMicroseconds", 1, 1, from_microseconds, "static timespan FromMicroseconds(double value)"),
    ROW_STATIC_CALL("FromMilliseconds", 1, 1, from_milliseconds, "static timespan FromMilliseconds(double value)"),
    ROW_STATIC_CALL("FromMinutes", 1, 1, from_minutes, "static timespan FromMinutes(double value)"),
    ROW_STATIC_CALL("FromSeconds", 1, 1, from_seconds, "static timespan FromSeconds(double value)"),
    ROW_STATIC_CALL("FromTicks", 1, 1, from_ticks, "static timespan FromTicks(long value)"),
    ROW_STATIC_CALL("Parse", 1, 2, parse, "static timespan Parse(string s)"),
    ROW_STATIC_CALL("ParseExact", 3, 4, parse_exact, "static timespan ParseExact(string input, string format, System.IFormatProvider formatProvider)"),
    ROW_STATIC_CALL("TryParse", 2, 3, try_parse, "static bool TryParse(string s, [ref] timespan result)"),
};
const struct member_table span_member_table = TABLE_OF(rows);
