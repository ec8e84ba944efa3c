/* [datetimeoffset]; reading stands in date_static_members.c. */
#include "argument_private.h"
#include "date_parse_private.h"
#include "m365sh/base/clock.h"

#define ROW_TYPE "System.DateTimeOffset"
#define MINUTE (60 * CALENDAR_TICKS_PER_SECOND)

struct moment { int64_t utc, local; int32_t minutes; };

static struct moment moment_of(struct value self) {
    struct moment m;
    value_datetimeoffset_of(value_base(self), &m.utc, &m.minutes);
    m.local = m.utc + m.minutes * MINUTE;
    return m;
}

static struct calendar_date parts_of(struct value self) {
    struct calendar_date date;
    calendar_split(moment_of(self).local, &date);
    return date;
}

static enum status give(struct realm *realm, const char *method, int64_t utc, int32_t minutes, struct value *out) {
    int64_t local = utc + minutes * MINUTE;
    if (utc < 0 || local < 0 || utc > CALENDAR_MAX_TICKS || local > CALENDAR_MAX_TICKS || minutes < -840 || minutes > 840)
        return member_raise(realm, method, 1, "System.ArgumentOutOfRangeException", "There is no such moment.");
    *out = value_datetimeoffset(utc, minutes);
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

MEMBER(get_day_of_week) { return argument_give(out, argument_enum_value(realm, "System.DayOfWeek", parts_of(self).weekday)); }
MEMBER(get_date_time) { return argument_give(out, value_datetime(moment_of(self).local, 0)); }
MEMBER(get_utc_date_time) { return argument_give(out, value_datetime(moment_of(self).utc, 1)); }
MEMBER(get_ticks) { return argument_give(out, value_int64(moment_of(self).local)); }
MEMBER(get_utc_ticks) { return argument_give(out, value_int64(moment_of(self).utc)); }
MEMBER(get_offset) { return argument_give(out, value_timespan(moment_of(self).minutes * MINUTE)); }
MEMBER(get_total_offset) { return argument_give(out, value_int32(moment_of(self).minutes)); }
MEMBER(get_time_of_day) { return argument_give(out, value_timespan(moment_of(self).local % CALENDAR_TICKS_PER_DAY)); }

MEMBER(get_date) {
    int64_t local = moment_of(self).local;
    return argument_give(out, value_datetime(local - local % CALENDAR_TICKS_PER_DAY, 0));
}

MEMBER(get_local_date_time) {
    int64_t utc = moment_of(self).utc;
    return argument_give(out, value_datetime(utc + calendar_offset_at(utc, NULL) * CALENDAR_TICKS_PER_SECOND, 2));
}

MEMBER(to_local) {
    int64_t utc = moment_of(self).utc;
    return give(realm, "ToLocalTime", utc, calendar_offset_at(utc, NULL) / 60, out);
}

MEMBER(to_universal) { return give(realm, "ToUniversalTime", moment_of(self).utc, 0, out); }

static enum status read_span(struct realm *realm, struct value argument, int64_t *ticks) {
    struct value span;
    TRY(convert_to(realm, argument, type_of_kind(realm, VALUE_TIMESPAN), &span));
    *ticks = span.integer;
    return STATUS_OK;
}

MEMBER(to_offset) {
    int64_t ticks;
    TRY(read_span(realm, arguments[0], &ticks));
    return give(realm, "ToOffset", moment_of(self).utc, (int32_t)(ticks / MINUTE), out);
}

static enum status add_scaled(struct realm *realm, const char *method, struct value self, struct value argument, double scale, struct value *out) {
    double amount;
    struct moment m = moment_of(self);
    TRY(member_argument_double(realm, method, argument, &amount));
    double ticks = amount * scale;
    if (!(ticks > -4e18 && ticks < 4e18)) return give(realm, method, -1, 0, out);
    return give(realm, method, m.utc + (int64_t)ticks, m.minutes, out);
}

#define ADD(function, name, scale)                                                                           \
    MEMBER(function) { return add_scaled(realm, name, self, arguments[0], (double)(scale), out); }
ADD(add_days, "AddDays", CALENDAR_TICKS_PER_DAY)
ADD(add_hours, "AddHours", 60 * MINUTE)
ADD(add_minutes, "AddMinutes", MINUTE)
ADD(add_seconds, "AddSeconds", CALENDAR_TICKS_PER_SECOND)
ADD(add_milliseconds, "AddMilliseconds", 10000)
ADD(add_ticks, "AddTicks", 1)

static enum status add_months_scaled(struct realm *realm, const char *method, struct value self, struct value argument, int scale, struct value *out) {
    int32_t months;
    int64_t local;
    struct moment m = moment_of(self);
    TRY(member_argument_int32(realm, method, argument, &months));
    if (!calendar_add_months(m.local, (int64_t)months * scale, &local)) local = -1;
    return give(realm, method, local - m.minutes * MINUTE, m.minutes, out);
}

MEMBER(add_months) { return add_months_scaled(realm, "AddMonths", self, arguments[0], 1, out); }
MEMBER(add_years) { return add_months_scaled(realm, "AddYears", self, arguments[0], 12, out); }

MEMBER(add) {
    int64_t ticks;
    struct moment m = moment_of(self);
    TRY(read_span(realm, arguments[0], &ticks));
    return give(realm, "Add", m.utc + ticks, m.minutes, out);
}

MEMBER(subtract) {
    struct value other;
    struct moment m = moment_of(self);
    int64_t ticks;
    if (value_base(arguments[0]).kind == VALUE_TIMESPAN) {
        TRY(read_span(realm, arguments[0], &ticks));
        return give(realm, "Subtract", m.utc - ticks, m.minutes, out);
    }
    TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_DATETIMEOFFSET), &other));
    *out = value_timespan(m.utc - moment_of(other).utc);
    value_release(other);
    return STATUS_OK;
}

MEMBER(compare_to) {
    struct value other;
    TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_DATETIMEOFFSET), &other));
    int64_t a = moment_of(self).utc, b = moment_of(other).utc;
    value_release(other);
    return argument_give(out, value_int32((a > b) - (a < b)));
}

MEMBER(equals) {
    struct value other = value_base(arguments[0]);
    return argument_give(out, value_bool(other.kind == VALUE_DATETIMEOFFSET && moment_of(other).utc == moment_of(self).utc));
}

MEMBER(to_unix_seconds) {
    int64_t ticks = moment_of(self).utc - CALENDAR_UNIX_EPOCH;
    return argument_give(out, value_int64(ticks / CALENDAR_TICKS_PER_SECOND - (ticks % CALENDAR_TICKS_PER_SECOND < 0)));
}

MEMBER(to_unix_milliseconds) {
    int64_t ticks = moment_of(self).utc - CALENDAR_UNIX_EPOCH;
    return argument_give(out, value_int64(ticks / 10000 - (ticks % 10000 < 0)));
}

/* --- statics --- */
static enum status from_unix(struct realm *realm, const char *method, int64_t scale, struct value argument, struct value *out) {
    int64_t number, ticks;
    TRY(member_argument_int64(realm, method, argument, &number));
    if (__builtin_mul_overflow(number, scale, &ticks) || __builtin_add_overflow(ticks, CALENDAR_UNIX_EPOCH, &ticks)) ticks = -1;
    return give(realm, method, ticks, 0, out);
}

MEMBER(from_unix_seconds) { return from_unix(realm, "FromUnixTimeSeconds", CALENDAR_TICKS_PER_SECOND, arguments[0], out); }
MEMBER(from_unix_milliseconds) { return from_unix(realm, "FromUnixTimeMilliseconds", 10000, arguments[0], out); }
MEMBER(get_utc_now) { return argument_give(out, value_datetimeoffset(clock_now(&realm->clock), 0)); }
MEMBER(get_least) { return argument_give(out, value_datetimeoffset(0, 0)); }
MEMBER(get_most) { return argument_give(out, value_datetimeoffset(CALENDAR_MAX_TICKS, 0)); }
MEMBER(get_epoch) { return argument_give(out, value_datetimeoffset(CALENDAR_UNIX_EPOCH, 0)); }

MEMBER(get_now) {
    int64_t utc = clock_now(&realm->clock);
    return argument_give(out, value_datetimeoffset(utc, calendar_offset_at(utc, NULL) / 60));
}

/* new(date), new(date, offset), new(ticks, offset), new(y, m, d, h, m, s, offset). */
MEMBER(construct) {
    if (count == 0) return argument_give(out, value_datetimeoffset(0, 0));
    struct value first = value_base(arguments[0]), date;
    int64_t ticks = 0, span;
    if (count >= 7) {
        int32_t n[7] = {0};
        for (uint32_t i = 0; i < count - 1 && i < 7; i++) TRY(member_argument_int32(realm, "DateTimeOffset", arguments[i], &n[i]));
        struct calendar_date parts = {n[0], n[1], n[2], n[3], n[4], n[5], n[6] * 10000, 0, 0};
        if (!calendar_join(&parts, &ticks)) return give(realm, ".ctor", -1, 0, out);
    } else if (value_is_integer(first)) ticks = first.integer;
    else {
        TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_DATETIME), &date));
        ticks = date.integer;
        if (count == 1) {
            int minutes = date.small == 1 ? 0 : calendar_offset_local(ticks, NULL) / 60;
            return give(realm, ".ctor", ticks - minutes * MINUTE, minutes, out);
        }
    }
    TRY(read_span(realm, arguments[count - 1], &span));
    return give(realm, ".ctor", ticks - span, (int32_t)(span / MINUTE), out);
}

static const struct member_row rows[] = {
    ROW_PROPERTY("DateTime", get_date_time, "datetime"), ROW_PROPERTY("UtcDateTime", get_utc_date_time, "datetime"),
    ROW_PROPERTY("LocalDateTime", get_local_date_time, "datetime"), ROW_PROPERTY("Date", get_date, "datetime"),
    ROW_PROPERTY("Day", get_day, "int"), ROW_PROPERTY("DayOfWeek", get_day_of_week, "System.DayOfWeek"),
    ROW_PROPERTY("DayOfYear", get_day_of_year, "int"), ROW_PROPERTY("Hour", get_hour, "int"),
    ROW_PROPERTY("Millisecond", get_millisecond, "int"), ROW_PROPERTY("Microsecond", get_microsecond, "int"),
    ROW_PROPERTY("Nanosecond", get_nanosecond, "int"), ROW_PROPERTY("Minute", get_minute, "int"),
    ROW_PROPERTY("Month", get_month, "int"), ROW_PROPERTY("Offset", get_offset, "timespan"),
    ROW_PROPERTY("TotalOffsetMinutes", get_total_offset, "int"), ROW_PROPERTY("Second", get_second, "int"),
    ROW_PROPERTY("Ticks", get_ticks, "long"), ROW_PROPERTY("UtcTicks", get_utc_ticks, "long"),
    ROW_PROPERTY("TimeOfDay", get_time_of_day, "timespan"), ROW_PROPERTY("Year", get_year, "int"),
    ROW_CALL("Add", 1, 1, add, "System.DateTimeOffset Add(timespan timeSpan)"),
    ROW_CALL("AddDays", 1, 1, add_days, "System.DateTimeOffset AddDays(double days)"),
    ROW_CALL("AddHours", 1, 1, add_hours, "System.DateTimeOffset AddHours(double hours)"),
    ROW_CALL("AddMilliseconds", 1, 1, add_milliseconds, "System.DateTimeOffset AddMilliseconds(double milliseconds)"),
    ROW_CALL("AddMinutes", 1, 1, add_minutes, "System.DateTimeOffset AddMinutes(double minutes)"),
    ROW_CALL("AddMonths", 1, 1, add_months, "System.DateTimeOffset AddMonths(int months)"),
    ROW_CALL("AddSeconds", 1, 1, add_seconds, "System.DateTimeOffset AddSeconds(double seconds)"),
    ROW_CALL("AddTicks", 1, 1, add_ticks, "System.DateTimeOffset AddTicks(long ticks)"),
    ROW_CALL("AddYears", 1, 1, add_years, "System.DateTimeOffset AddYears(int years)"),
    ROW_CALL("CompareTo", 1, 1, compare_to, "int CompareTo(System.DateTimeOffset other)"),
    ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object obj)"),
    ROW_CALL("Subtract", 1, 1, subtract, "timespan Subtract(System.DateTimeOffset value), System.DateTimeOffset Subtract(timespan value)"),
    ROW_CALL("ToLocalTime", 0, 0, to_local, "System.DateTimeOffset ToLocalTime()"),
    ROW_CALL("ToOffset", 1, 1, to_offset, "System.DateTimeOffset ToOffset(timespan offset)"),
    ROW_CALL("ToUniversalTime", 0, 0, to_universal, "System.DateTimeOffset ToUniversalTime()"),
    ROW_CALL("ToUnixTimeMilliseconds", 0, 0, to_unix_milliseconds, "long ToUnixTimeMilliseconds()"),
    ROW_CALL("ToUnixTimeSeconds", 0, 0, to_unix_seconds, "long ToUnixTimeSeconds()"),
    ROW_NEW(0, 8, construct, "System.DateTimeOffset new(datetime dateTime), System.DateTimeOffset new(datetime dateTime, timespan offset)"),
    ROW_STATIC("MaxValue", get_most, "static System.DateTimeOffset"), ROW_STATIC("MinValue", get_least, "static System.DateTimeOffset"),
    ROW_STATIC("Now", get_now, "static System.DateTimeOffset"), ROW_STATIC("UnixEpoch", get_epoch, "static System.DateTimeOffset"),
    ROW_STATIC("UtcNow", get_utc_now, "static System.DateTimeOffset"),
    ROW_STATIC_CALL("FromUnixTimeMilliseconds", 1, 1, from_unix_milliseconds, "static System.DateTimeOffset FromUnixTimeMilliseconds(long milliseconds)"),
    ROW_STATIC_CALL("FromUnixTimeSeconds", 1, 1, from_unix_seconds, "static System.DateTimeOffset FromUnixTimeSeconds(long seconds)"),
};
const struct member_table offset_member_table = TABLE_OF(rows);
