/* [datetime] and [datetimeoffset]: statics, constructors, reading. */
#include "argument_private.h"
#include "date_parse_private.h"
#include "m365sh/base/clock.h"

#define ROW_TYPE "System.DateTime"

static int64_t local_now(struct realm *realm) {
    int64_t utc = clock_now(&realm->clock);
    return utc + calendar_offset_at(utc, NULL) * CALENDAR_TICKS_PER_SECOND;
}

MEMBER(get_now) { return argument_give(out, value_datetime(local_now(realm), 2)); }
MEMBER(get_utc_now) { return argument_give(out, value_datetime(clock_now(&realm->clock), 1)); }
MEMBER(get_least) { return argument_give(out, value_datetime(0, 0)); }
MEMBER(get_most) { return argument_give(out, value_datetime(CALENDAR_MAX_TICKS, 0)); }
MEMBER(get_epoch) { return argument_give(out, value_datetime(CALENDAR_UNIX_EPOCH, 1)); }

MEMBER(get_today) {
    int64_t now = local_now(realm);
    return argument_give(out, value_datetime(now - now % CALENDAR_TICKS_PER_DAY, 2));
}

static enum status read_int(struct realm *realm, const char *method, struct value argument, int least, int most, int32_t *number) {
    TRY(member_argument_int32(realm, method, argument, number));
    if (*number >= least && *number <= most) return STATUS_OK;
    return member_raise(realm, method, 2, "System.ArgumentOutOfRangeException", "%d is not between %d and %d.", *number, least, most);
}

MEMBER(days_in_month) {
    int32_t year, month;
    TRY(read_int(realm, "DaysInMonth", arguments[0], 1, 9999, &year));
    TRY(read_int(realm, "DaysInMonth", arguments[1], 1, 12, &month));
    return argument_give(out, value_int32(calendar_month_days(year, month)));
}

MEMBER(is_leap_year) {
    int32_t year;
    TRY(read_int(realm, "IsLeapYear", arguments[0], 1, 9999, &year));
    return argument_give(out, value_bool(calendar_is_leap(year)));
}

MEMBER(compare) {
    struct value a, b;
    TRY(convert_to(realm, arguments[0], type, &a));
    TRY(convert_to(realm, arguments[1], type, &b));
    return argument_give(out, value_int32((a.integer > b.integer) - (a.integer < b.integer)));
}

MEMBER(specify_kind) {
    struct value date;
    int64_t kind;
    TRY(convert_to(realm, arguments[0], type, &date));
    TRY(argument_enum(realm, "SpecifyKind", arguments[1], "System.DateTimeKind", &kind));
    return argument_give(out, value_datetime(date.integer, (int)kind));
}

MEMBER(from_binary) {
    int64_t bits;
    TRY(member_argument_int64(realm, "FromBinary", arguments[0], &bits));
    return argument_give(out, value_datetime(bits & 0x3fffffffffffffff, (int)((uint64_t)bits >> 62)));
}

/* --- reading --- */
typedef bool (*finisher)(struct realm *realm, const struct date_parts *parts, unsigned styles, struct value *out);

static finisher finisher_of(const struct type *type) {
    return type->value_kind == VALUE_DATETIMEOFFSET ? date_finish_offset : date_finish;
}

static enum status read_styles(struct realm *realm, const char *method, struct value argument, unsigned *styles) {
    int64_t given;
    TRY(argument_enum(realm, method, argument, "System.Globalization.DateTimeStyles", &given));
    *styles = (unsigned)given;
    return STATUS_OK;
}

MEMBER(parse) {
    struct value text;
    struct date_parts parts;
    unsigned styles = 0;
    const struct culture *culture = count > 1 ? argument_culture(realm, arguments[1]) : realm->culture;
    if (count > 2) TRY(read_styles(realm, "Parse", arguments[2], &styles));
    TRY(member_argument_text(realm, "Parse", arguments[0], &text));
    bool good = date_read(string_text(text), culture, &parts) && finisher_of(type)(realm, &parts, styles, out);
    enum status status = STATUS_OK;
    if (!good) status = member_raise(realm, "Parse", count, "System.FormatException", "\"%s\" is not a date.", string_chars(text));
    value_release(text);
    return status;
}

/* The formats of ParseExact: one text or an array of them. */
static bool read_exact(struct realm *realm, const struct type *type, struct text text, struct value formats,
                       const struct culture *culture, unsigned styles, struct value *out) {
    struct value base = value_base(formats);
    struct date_parts parts;
    if (value_is_array_like(base)) {
        for (uint32_t i = 0; i < array_count(base); i++)
            if (read_exact(realm, type, text, array_at(base, i), culture, styles, out)) return true;
        return false;
    }
    struct value format = convert_text(realm, base);
    bool good = date_read_exact(text, string_text(format), culture, styles, &parts) && finisher_of(type)(realm, &parts, styles, out);
    value_release(format);
    return good;
}

MEMBER(parse_exact) {
    struct value text;
    unsigned styles = 0;
    if (count > 3) TRY(read_styles(realm, "ParseExact", arguments[3], &styles));
    TRY(member_argument_text(realm, "ParseExact", arguments[0], &text));
    bool good = read_exact(realm, type, string_text(text), arguments[1], argument_culture(realm, arguments[2]), styles, out);
    enum status status = STATUS_OK;
    if (!good) status = member_raise(realm, "ParseExact", count, "System.FormatException", "\"%s\" is not a date of this format.", string_chars(text));
    value_release(text);
    return status;
}

static enum status give_tried(struct realm *realm, const struct type *type, const char *method, bool good, struct value parsed,
                              struct value reference, struct value *out) {
    struct value result = good ? parsed : type->value_kind == VALUE_DATETIMEOFFSET ? value_datetimeoffset(0, 0) : value_datetime(0, 0);
    enum status status = argument_set_reference(realm, method, reference, result);
    value_release(result);
    *out = value_bool(good);
    return status;
}

MEMBER(try_parse) {
    struct value text, parsed = VALUE_UNSET_INIT;
    struct date_parts parts;
    unsigned styles = 0;
    const struct culture *culture = count > 2 ? argument_culture(realm, arguments[1]) : realm->culture;
    if (count > 3) TRY(read_styles(realm, "TryParse", arguments[2], &styles));
    TRY(member_argument_text(realm, "TryParse", arguments[0], &text));
    bool good = date_read(string_text(text), culture, &parts) && finisher_of(type)(realm, &parts, styles, &parsed);
    value_release(text);
    return give_tried(realm, type, "TryParse", good, parsed, arguments[count - 1], out);
}

MEMBER(try_parse_exact) {
    struct value text, parsed = VALUE_UNSET_INIT;
    unsigned styles;
    TRY(read_styles(realm, "TryParseExact", arguments[3], &styles));
    TRY(member_argument_text(realm, "TryParseExact", arguments[0], &text));
    bool good = read_exact(realm, type, string_text(text), arguments[1], argument_culture(realm, arguments[2]), styles, &parsed);
    value_release(text);
    return give_tried(realm, type, "TryParseExact", good, parsed, arguments[4], out);
}

/* new(ticks[, kind]), new(year, month, day[, hour, minute, second[, millisecond]][, kind]). */
MEMBER(construct) {
    int32_t numbers[7] = {0};
    int64_t kind = 0, ticks;
    uint32_t given = count;
    if (count == 0) return argument_give(out, value_datetime(0, 0));
    struct value last = value_base(arguments[count - 1]);
    if (count == 2 || (count > 1 && !value_is_number(last))) {
        TRY(argument_enum(realm, "DateTime", arguments[count - 1], "System.DateTimeKind", &kind));
        given--;
    }
    if (given == 1) {
        TRY(member_argument_int64(realm, "DateTime", arguments[0], &ticks));
        if (ticks < 0 || ticks > CALENDAR_MAX_TICKS)
            return member_raise(realm, ".ctor", count, "System.ArgumentOutOfRangeException", "There is no such date.");
        return argument_give(out, value_datetime(ticks, (int)kind));
    }
    for (uint32_t i = 0; i < given && i < 7; i++) TRY(member_argument_int32(realm, "DateTime", arguments[i], &numbers[i]));
    struct calendar_date date = {numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6] * 10000, 0, 0};
    if (given < 3 || numbers[6] < 0 || numbers[6] > 999 || !calendar_join(&date, &ticks))
        return member_raise(realm, ".ctor", count, "System.ArgumentOutOfRangeException", "There is no such date.");
    return argument_give(out, value_datetime(ticks, (int)kind));
}

#define READING                                                                                              \
    ROW_STATIC_CALL("Parse", 1, 3, parse, "static datetime Parse(string s), static datetime Parse(string s, System.IFormatProvider provider, System.Globalization.DateTimeStyles styles)"), \
    ROW_STATIC_CALL("ParseExact", 3, 4, parse_exact, "static datetime ParseExact(string s, string format, System.IFormatProvider provider), static datetime ParseExact(string s, string[] formats, System.IFormatProvider provider, System.Globalization.DateTimeStyles style)"), \
    ROW_STATIC_CALL("TryParse", 2, 4, try_parse, "static bool TryParse(string s, [ref] datetime result)"),   \
    ROW_STATIC_CALL("TryParseExact", 5, 5, try_parse_exact, "static bool TryParseExact(string s, string format, System.IFormatProvider provider, System.Globalization.DateTimeStyles style, [ref] datetime result)")
static const struct member_row rows[] = {
    ROW_NEW(0, 8, construct, "datetime new(long ticks), datetime new(int year, int month, int day), datetime new(int year, int month, int day, int hour, int minute, int second)"),
    ROW_STATIC("MaxValue", get_most, "static datetime"), ROW_STATIC("MinValue", get_least, "static datetime"),
    ROW_STATIC("Now", get_now, "static datetime"), ROW_STATIC("Today", get_today, "static datetime"),
    ROW_STATIC("UnixEpoch", get_epoch, "static datetime"), ROW_STATIC("UtcNow", get_utc_now, "static datetime"),
    ROW_STATIC_CALL("Compare", 2, 2, compare, "static int Compare(datetime t1, datetime t2)"),
    ROW_STATIC_CALL("DaysInMonth", 2, 2, days_in_month, "static int DaysInMonth(int year, int month)"),
    ROW_STATIC_CALL("FromBinary", 1, 1, from_binary, "static datetime FromBinary(long dateData)"),
    ROW_STATIC_CALL("IsLeapYear", 1, 1, is_leap_year, "static bool IsLeapYear(int year)"),
    ROW_STATIC_CALL("SpecifyKind", 2, 2, specify_kind, "static datetime SpecifyKind(datetime value, System.DateTimeKind kind)"),
    READING,
#undef ROW_TYPE
#define ROW_TYPE "System.DateTimeOffset"
    READING,
};
const struct member_table date_static_member_table = TABLE_OF(rows);
