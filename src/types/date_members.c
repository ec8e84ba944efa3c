/* [datetime]. */
#include <math.h>

#include "argument_private.h"
#include "date_parse_private.h"
#include "m365sh/base/clock.h"

#define ROW_TYPE "System.DateTime"
#define TICKS_PER_MILLISECOND 10000LL

static struct calendar_date parts_of(struct value self) {
    struct calendar_date date;
    calendar_split(value_base(self).integer, &date);
    return date;
}

static enum status raise_range(struct realm *realm, const char *method, uint32_t count) {
    return member_raise(realm, method, count, "System.ArgumentOutOfRangeException", "There is no such date.");
}

static enum status give(struct realm *realm, const char *method, uint32_t count, int64_t ticks, int kind, struct value *out) {
    if (ticks < 0 || ticks > CALENDAR_MAX_TICKS) return raise_range(realm, method, count);
    *out = value_datetime(ticks, kind);
    return STATUS_OK;
}

#define PART(function, expression)                                                                           \
    MEMBER(function) {                                                                                       \
        struct calendar_date date = parts_of(self);                                                          \
        return argument_give(out, value_int32(expression));                                                  \
    }
PART(get_year, date.year)
PART(get_month, date.month)
PART(get_day, date.day)
PART(get_hour, date.hour)
PART(get_minute, date.minute)
PART(get_second, date.second)
PART(get_millisecond, date.fraction / 10000)
PART(get_microsecond, date.fraction / 10 % 1000)
PART(get_nanosecond, date.fraction % 10 * 100)
PART(get_day_of_year, date.year_day)

MEMBER(get_day_of_week) {
    return argument_give(out, argument_enum_value(realm, "System.DayOfWeek", parts_of(self).weekday));
}

MEMBER(get_date) {
    struct value base = value_base(self);
    return argument_give(out, value_datetime(base.integer - base.integer % CALENDAR_TICKS_PER_DAY, base.small));
}

MEMBER(get_time_of_day) {
    return argument_give(out, value_timespan(value_base(self).integer % CALENDAR_TICKS_PER_DAY));
}

MEMBER(get_kind) {
    return argument_give(out, argument_enum_value(realm, "System.DateTimeKind", value_base(self).small));
}

MEMBER(get_ticks) {
    return argument_give(out, value_int64(value_base(self).integer));
}

/* PowerShell's script property of the date as people read it. */
MEMBER(get_display) {
    struct bytes text = {0};
    TRY(format_value(realm, &text, self, TEXT("F"), realm->culture));
    return argument_give_bytes(out, &text);
}

/* --- arithmetic --- */
static enum status add_scaled(struct realm *realm, const char *method, struct value self, struct value argument, double scale, struct value *out) {
    double amount;
    struct value base = value_base(self);
    TRY(member_argument_double(realm, method, argument, &amount));
    double whole = trunc(amount), fraction = amount - whole;
    if (!isfinite(amount) || fabs(amount) * scale > 4e18) return raise_range(realm, method, 1);
    int64_t ticks = (int64_t)whole * (int64_t)scale + (int64_t)trunc(fraction * scale), sum;
    if (__builtin_add_overflow(base.integer, ticks, &sum)) return raise_range(realm, method, 1);
    return give(realm, method, 1, sum, base.small, out);
}

#define ADD(function, name, scale)                                                                           \
    MEMBER(function) { return add_scaled(realm, name, self, arguments[0], scale, out); }
ADD(add_days, "AddDays", CALENDAR_TICKS_PER_DAY)
ADD(add_hours, "AddHours", CALENDAR_TICKS_PER_SECOND * 3600)
ADD(add_minutes, "AddMinutes", CALENDAR_TICKS_PER_SECOND * 60)
ADD(add_seconds, "AddSeconds", CALENDAR_TICKS_PER_SECOND)
ADD(add_milliseconds, "AddMilliseconds", TICKS_PER_MILLISECOND)
ADD(add_microseconds, "AddMicroseconds", 10)

static enum status add_months_scaled(struct realm *realm, const char *method, struct value self, struct value argument, int scale, struct value *out) {
    int32_t months;
    int64_t ticks;
    TRY(member_argument_int32(realm, method, argument, &months));
    if (!calendar_add_months(value_base(self).integer, (int64_t)months * scale, &ticks)) return raise_range(realm, method, 1);
    return argument_give(out, value_datetime(ticks, value_base(self).small));
}

MEMBER(add_months) {
    return add_months_scaled(realm, "AddMonths", self, arguments[0], 1, out);
}

MEMBER(add_years) {
    return add_months_scaled(realm, "AddYears", self, arguments[0], 12, out);
}

MEMBER(add_ticks) {
    int64_t ticks, sum;
    TRY(member_argument_int64(realm, "AddTicks", arguments[0], &ticks));
    if (__builtin_add_overflow(value_base(self).integer, ticks, &sum)) return raise_range(realm, "AddTicks", 1);
    return give(realm, "AddTicks", 1, sum, value_base(self).small, out);
}

static enum status read_span(struct realm *realm, struct value argument, int64_t *ticks) {
    struct value span;
    TRY(convert_to(realm, argument, type_of_kind(realm, VALUE_TIMESPAN), &span));
    *ticks = span.integer;
    return STATUS_OK;
}

MEMBER(add_span) {
    int64_t ticks, sum;
    TRY(read_span(realm, arguments[0], &ticks));
    if (__builtin_add_overflow(value_base(self).integer, ticks, &sum)) return raise_range(realm, "Add", 1);
    return give(realm, "Add", 1, sum, value_base(self).small, out);
}

MEMBER(subtract) {
    struct value base = value_base(self), other = value_base(arguments[0]), date;
    int64_t ticks, difference;
    if (other.kind == VALUE_TIMESPAN || (other.kind == VALUE_STRING && timespan_parse(string_text(other), &ticks))) {
        TRY(read_span(realm, arguments[0], &ticks));
        if (__builtin_sub_overflow(base.integer, ticks, &difference)) return raise_range(realm, "Subtract", 1);
        return give(realm, "Subtract", 1, difference, base.small, out);
    }
    TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_DATETIME), &date));
    return argument_give(out, value_timespan(base.integer - date.integer));
}

/* --- zones --- */
MEMBER(to_universal) {
    struct value base = value_base(self);
    int64_t ticks = base.integer;
    if (base.small != 1) ticks -= calendar_offset_local(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
    ticks = ticks < 0 ? 0 : ticks > CALENDAR_MAX_TICKS ? CALENDAR_MAX_TICKS : ticks;
    return argument_give(out, value_datetime(ticks, 1));
}

MEMBER(to_local) {
    struct value base = value_base(self);
    int64_t ticks = base.integer;
    if (base.small != 2) ticks += calendar_offset_at(ticks, NULL) * CALENDAR_TICKS_PER_SECOND;
    ticks = ticks < 0 ? 0 : ticks > CALENDAR_MAX_TICKS ? CALENDAR_MAX_TICKS : ticks;
    return argument_give(out, value_datetime(ticks, 2));
}

MEMBER(is_daylight_saving) {
    struct value base = value_base(self);
    struct calendar_date date = parts_of(self);
    int64_t january, july;
    struct calendar_date winter = {.year = date.year, .month = 1, .day = 1}, summer = {.year = date.year, .month = 7, .day = 1};
    if (base.small == 1 || !calendar_join(&winter, &january) || !calendar_join(&summer, &july)) return argument_give(out, value_bool(false));
    int a = calendar_offset_local(january, NULL), b = calendar_offset_local(july, NULL), standard = a < b ? a : b;
    return argument_give(out, value_bool(calendar_offset_local(base.integer, NULL) > standard));
}

MEMBER(to_file_time) {
    struct value universal;
    TRY(to_universal(realm, type, self, NULL, 0, &universal));
    return argument_give(out, value_int64(universal.integer - 504911232000000000LL)); /* ticks at 1601-01-01 */
}

MEMBER(from_file_time) {
    int64_t ticks;
    TRY(member_argument_int64(realm, "FromFileTime", arguments[0], &ticks));
    if (ticks < 0) return raise_range(realm, "FromFileTime", 1);
    return to_local(realm, type, value_datetime(ticks + 504911232000000000LL, 1), NULL, 0, out);
}

MEMBER(from_file_time_universal) {
    int64_t ticks;
    TRY(member_argument_int64(realm, "FromFileTimeUtc", arguments[0], &ticks));
    return give(realm, "FromFileTimeUtc", 1, ticks + 504911232000000000LL, 1, out);
}

/* --- fixed forms --- */
static enum status give_format(struct realm *realm, struct value self, const char *format, struct value *out) {
    struct bytes text = {0};
    TRY(format_value(realm, &text, self, text_of(format), realm->culture));
    return argument_give_bytes(out, &text);
}

MEMBER(to_short_date) { return give_format(realm, self, "d", out); }
MEMBER(to_long_date) { return give_format(realm, self, "D", out); }
MEMBER(to_short_time) { return give_format(realm, self, "t", out); }
MEMBER(to_long_time) { return give_format(realm, self, "T", out); }

MEMBER(compare_to) {
    struct value other;
    other = value_base(arguments[0]);
    if (value_is_nothing(other)) return argument_give(out, value_int32(1));
    if (other.kind != VALUE_DATETIME) return member_raise(realm, "CompareTo", 1, "System.ArgumentException", "A date is compared with a date only.");
    int64_t a = value_base(self).integer, b = other.integer;
    return argument_give(out, value_int32((a > b) - (a < b)));
}

MEMBER(equals) {
    struct value other = value_base(arguments[0]);
    return argument_give(out, value_bool(other.kind == VALUE_DATETIME && other.integer == value_base(self).integer));
}

MEMBER(to_binary) {
    return argument_give(out, value_int64(value_base(self).integer | (int64_t)value_base(self).small << 62));
}

/* Days since 1899-12-30, as spreadsheets count. */
#define AUTOMATION_EPOCH 599264352000000000LL

MEMBER(to_automation) {
    int64_t milliseconds = (value_base(self).integer - AUTOMATION_EPOCH) / TICKS_PER_MILLISECOND;
    return argument_give(out, value_double((double)milliseconds / 86400000));
}

MEMBER(from_automation) {
    double days;
    TRY(member_argument_double(realm, "FromOADate", arguments[0], &days));
    if (!(days > -657435 && days < 2958466)) return raise_range(realm, "FromOADate", 1);
    return give(realm, "FromOADate", 1, AUTOMATION_EPOCH + (int64_t)llround(days * 86400000) * TICKS_PER_MILLISECOND, 0, out);
}

static const struct member_row rows[] = {
    ROW_PROPERTY("Date", get_date, "datetime"), ROW_PROPERTY("Day", get_day, "int"),
    ROW_PROPERTY("DayOfWeek", get_day_of_week, "System.DayOfWeek"), ROW_PROPERTY("DayOfYear", get_day_of_year, "int"),
    ROW_PROPERTY("Hour", get_hour, "int"), ROW_PROPERTY("Kind", get_kind, "System.DateTimeKind"),
    ROW_PROPERTY("Millisecond", get_millisecond, "int"), ROW_PROPERTY("Microsecond", get_microsecond, "int"),
    ROW_PROPERTY("Nanosecond", get_nanosecond, "int"), ROW_PROPERTY("Minute", get_minute, "int"),
    ROW_PROPERTY("Month", get_month, "int"), ROW_PROPERTY("Second", get_second, "int"), ROW_PROPERTY("Ticks", get_ticks, "long"),
    ROW_PROPERTY("TimeOfDay", get_time_of_day, "timespan"), ROW_PROPERTY("Year", get_year, "int"),
    ROW_PROPERTY("DateTime", get_display, "System.Object"),
    ROW_CALL("Add", 1, 1, add_span, "datetime Add(timespan value)"),
    ROW_CALL("AddDays", 1, 1, add_days, "datetime AddDays(double value)"),
    ROW_CALL("AddHours", 1, 1, add_hours, "datetime AddHours(double value)"),
    ROW_CALL("AddMicroseconds", 1, 1, add_microseconds, "datetime AddMicroseconds(double value)"),
    ROW_CALL("AddMilliseconds", 1, 1, add_milliseconds, "datetime AddMilliseconds(double value)"),
    ROW_CALL("AddMinutes", 1, 1, add_minutes, "datetime AddMinutes(double value)"),
    ROW_CALL("AddMonths", 1, 1, add_months, "datetime AddMonths(int months)"),
    ROW_CALL("AddSeconds", 1, 1, add_seconds, "datetime AddSeconds(double value)"),
    ROW_CALL("AddTicks", 1, 1, add_ticks, "datetime AddTicks(long value)"),
    ROW_CALL("AddYears", 1, 1, add_years, "datetime AddYears(int value)"),
    ROW_CALL("CompareTo", 1, 1, compare_to, "int CompareTo(System.Object value), int CompareTo(datetime value)"),
    ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object value), bool Equals(datetime value)"),
    ROW_CALL("IsDaylightSavingTime", 0, 0, is_daylight_saving, "bool IsDaylightSavingTime()"),
    ROW_CALL("Subtract", 1, 1, subtract, "timespan Subtract(datetime value), datetime Subtract(timespan value)"),
    ROW_CALL("ToBinary", 0, 0, to_binary, "long ToBinary()"),
    ROW_CALL("ToFileTime", 0, 0, to_file_time, "long ToFileTime()"),
    ROW_CALL("ToFileTimeUtc", 0, 0, to_file_time, "long ToFileTimeUtc()"),
    ROW_CALL("ToLocalTime", 0, 0, to_local, "datetime ToLocalTime()"),
    ROW_CALL("ToLongDateString", 0, 0, to_long_date, "string ToLongDateString()"),
    ROW_CALL("ToLongTimeString", 0, 0, to_long_time, "string ToLongTimeString()"),
    ROW_CALL("ToShortDateString", 0, 0, to_short_date, "string ToShortDateString()"),
    ROW_CALL("ToShortTimeString", 0, 0, to_short_time, "string ToShortTimeString()"),
    ROW_CALL("ToUniversalTime", 0, 0, to_universal, "datetime ToUniversalTime()"),
    ROW_CALL("ToOADate", 0, 0, to_automation, "double ToOADate()"),
    ROW_STATIC_CALL("FromOADate", 1, 1, from_automation, "static datetime FromOADate(double d)"),
    ROW_STATIC_CALL("FromFileTime", 1, 1, from_file_time, "static datetime FromFileTime(long fileTime)"),
    ROW_STATIC_CALL("FromFileTimeUtc", 1, 1, from_file_time_universal, "static datetime FromFileTimeUtc(long fileTime)"),
};
const struct member_table date_member_table = TABLE_OF(rows);
