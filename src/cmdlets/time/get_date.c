#include "../cmdlet_private.h"

#include "m365sh/base/calendar.h"
#include "m365sh/types/format_text.h"
#include "unix_format_private.h"

enum { DATE, UNIX, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MILLISECOND, HINT, UFORMAT, FORMAT, AS_UTC };

static const struct parameter_row parameter_rows[] = {
    {"Date", "datetime", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME, "LastWriteTime", "DateAndFormat|DateAndUFormat", NULL, NULL, "The date; now unless said."},
    {"UnixTimeSeconds", "long", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "UnixTime", "UnixTimeSecondsAndFormat|UnixTimeSecondsAndUFormat", NULL, NULL, "Seconds since 1970 began in UTC."},
    {"Year", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Another year."},
    {"Month", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Another month, 1 to 12."},
    {"Day", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Another day, 1 to 31."},
    {"Hour", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Another hour, 0 to 23."},
    {"Minute", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Another minute."},
    {"Second", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Another second."},
    {"Millisecond", "int", -1, PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Other milliseconds."},
    {"DisplayHint", "string", -1, 0, NULL, NULL, "Date|Time|DateTime", NULL, "What is shown of it."},
    {"UFormat", "string", -1, PARAMETER_MANDATORY, NULL, "DateAndUFormat|UnixTimeSecondsAndUFormat", NULL, NULL, "A text in the manner of `date`: %Y-%m-%d."},
    {"Format", "string", -1, 0, NULL, "DateAndFormat|UnixTimeSecondsAndFormat", NULL, NULL, "A text in .NET's manner: yyyy-MM-dd; or FileDate, FileDateTime, FileDateUniversal, FileDateTimeUniversal."},
    {"AsUTC", "switch", -1, 0, NULL, NULL, NULL, NULL, "In UTC."},
};

static int64_t local_of(int64_t utc) { return utc + (int64_t)calendar_offset_at(utc, NULL) * CALENDAR_TICKS_PER_SECOND; }
static int64_t utc_of(struct value date) {
    return date.small == 1 ? date.integer : date.integer - (int64_t)calendar_offset_local(date.integer, NULL) * CALENDAR_TICKS_PER_SECOND;
}

static struct value start_date(struct invocation *call) {
    struct value given = value_base(invocation_argument(call, DATE)), seconds = value_base(invocation_argument(call, UNIX));
    if (value_is_integer(seconds)) return value_datetime(local_of(CALENDAR_UNIX_EPOCH + seconds.integer * CALENDAR_TICKS_PER_SECOND), 2);
    if (given.kind == VALUE_DATETIME) return given;
    return value_datetime(local_of(clock_now(&call->realm->clock)), 2);
}

static enum status out_of_range(struct invocation *call, const char *name) {
    return invocation_throw(call, "System.Management.Automation.ParameterBindingValidationException", "ParameterArgumentValidationError", ERROR_INVALID_DATA, value_null(),
                            "-%s has no such value.", name);
}

/* As .NET adds: first years, then months (the day clamped to the month's last), then the rest as spans of time. */
static enum status replace_parts(struct invocation *call, struct value *date) {
    static const struct { const char *name; int least, most; } bounds[] = {{"Year", 1, 9999}, {"Month", 1, 12}, {"Day", 1, 31}, {"Hour", 0, 23}, {"Minute", 0, 59}, {"Second", 0, 59}, {"Millisecond", 0, 999}};
    static const int64_t ticks_of[] = {0, 0, CALENDAR_TICKS_PER_DAY, 3600 * CALENDAR_TICKS_PER_SECOND, 60 * CALENDAR_TICKS_PER_SECOND, CALENDAR_TICKS_PER_SECOND, CALENDAR_TICKS_PER_SECOND / 1000};
    for (uint32_t i = 0; i < 7; i++) {
        if (!invocation_has(call, YEAR + i)) continue;
        struct calendar_date now;
        calendar_split(date->integer, &now);
        const int present[] = {now.year, now.month, now.day, now.hour, now.minute, now.second, now.fraction / 10000};
        int64_t part = invocation_integer(call, YEAR + i, 0), difference = part - present[i];
        if (part < bounds[i].least || part > bounds[i].most) return out_of_range(call, bounds[i].name);
        if (i < 2) calendar_add_months(date->integer, i == 0 ? difference * 12 : difference, &date->integer);
        else date->integer += difference * ticks_of[i];
        if (i == 6) date->integer -= date->integer % 10000;
    }
    return STATUS_OK;
}

static enum status emit_format(struct invocation *call, struct value date) {
    static const struct { const char *name, *format; bool utc; } named[] = {
        {"FileDate", "yyyyMMdd", false}, {"FileDateUniversal", "yyyyMMddZ", true}, {"FileDateTime", "yyyyMMddTHHmmssffff", false}, {"FileDateTimeUniversal", "yyyyMMddTHHmmssffffZ", true},
    };
    struct text format = invocation_text(call, FORMAT);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (!text_equal_fold(format, text_of(named[i].name))) continue;
        format = text_of(named[i].format);
        if (named[i].utc) date = value_datetime(utc_of(date), 1);
        break;
    }
    struct bytes text = {0};
    enum status status = format_value(call->realm, &text, date, format, call->realm->culture);
    if (status == STATUS_OK) status = invocation_emit_take(call, string_from_bytes(&text));
    bytes_free(&text);
    return status;
}

static enum status emit_unix_format(struct invocation *call, struct value date) {
    struct bytes text = {0};
    unix_format_add(&text, invocation_text(call, UFORMAT), date.integer, utc_of(date), date.small == 1);
    enum status status = invocation_emit_take(call, string_from_bytes(&text));
    bytes_free(&text);
    return status;
}

static enum status process(struct invocation *call) {
    struct value date = start_date(call);
    enum status status = replace_parts(call, &date);
    if (status != STATUS_OK) return status;
    if (invocation_switch(call, AS_UTC)) date = value_datetime(utc_of(date), 1);
    if (invocation_has(call, UFORMAT)) return emit_unix_format(call, date);
    if (invocation_has(call, FORMAT)) return emit_format(call, date);
    if (!invocation_has(call, HINT)) return invocation_emit(call, date);
    struct value hinted = extended_new(call->realm, date);
    object_put(call->realm, extended_members(hinted), TEXT("DisplayHint"), invocation_argument(call, HINT));
    return invocation_emit_take(call, hinted);
}

static const struct example_row example_rows[] = {
    {"Get-Date -Format 'yyyy-MM-dd HH:mm'", "Now, as text."},
    {"(Get-Date '2026-01-31').AddMonths(1)", "The end of the next month."},
};

CMDLET(get_date) = {
    .name = "Get-Date", .synopsis = "Gives the date and time.", .description = "Now, or the date that is given, with parts of it replaced; or a text of it.",
    PARAMETERS, .default_set = "DateAndFormat", .process = process, EXAMPLES, .emits = "System.DateTime",
};
