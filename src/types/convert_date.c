/* Dates, spans, guids and versions: from text, from ticks, and from each other. */
#include <string.h>
#include "convert_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/guid.h"

#define PARSE "InvalidCastParseTargetInvocation"
#define PARSE_WITH_FORMAT "InvalidCastParseTargetInvocationWithFormatProvider"
#define FORMAT_EXCEPTION "System.FormatException"

static int64_t local_offset(int64_t ticks, int kind) {
    return kind == 1 ? 0 : (int64_t)calendar_offset_local(ticks, NULL);
}

static struct value offset_of_datetime(struct value v) {
    int64_t offset = local_offset(v.integer, v.small);
    return value_datetimeoffset(v.integer - offset * CALENDAR_TICKS_PER_SECOND, (int32_t)(offset / 60));
}

/* Text with an offset keeps it; without one it is local. */
static bool read_offset(struct conversion *c, struct text text) {
    int64_t ticks;
    int32_t minutes;
    struct value date;
    if (calendar_read_iso(text, &ticks, &minutes) && minutes != INT32_MIN)
        return conversion_give(c, value_datetimeoffset(ticks - minutes * 60 * CALENDAR_TICKS_PER_SECOND, minutes));
    if (!date_parse(c->realm, text, culture_invariant(), &date))
        return conversion_fail(c, PARSE_WITH_FORMAT, FORMAT_EXCEPTION);
    return conversion_give(c, offset_of_datetime(date));
}

static bool read_version_part(struct text part, int32_t *out) {
    int64_t number;
    part = text_trim(part);
    if (!part.length || part.start[0] == '-' || !decimal_read_int64(part, &number) || number > INT32_MAX) return false;
    *out = (int32_t)number;
    return true;
}

static bool read_version(struct text text, struct value *out) {
    int32_t parts[4] = {-1, -1, -1, -1};
    int count = 0;
    struct text part;
    while (text_split_next(&text, '.', &part))
        if (count == 4 || !read_version_part(part, &parts[count++])) return false;
    if (count < 2) return false;
    *out = value_version(parts[0], parts[1], parts[2], parts[3]);
    return true;
}

static bool from_text(struct conversion *c, struct text text) {
    int64_t ticks;
    struct guid guid;
    switch (c->type->value_kind) {
    case VALUE_DATETIME:
        if (date_parse(c->realm, text, culture_invariant(), &c->out)) return true;
        break;
    case VALUE_TIMESPAN:
        if (timespan_parse(text, &ticks)) return conversion_give(c, value_timespan(ticks));
        break;
    case VALUE_DATETIMEOFFSET: return read_offset(c, text);
    case VALUE_GUID:
        if (guid_read(text_trim(text), &guid)) return conversion_give(c, value_guid(&guid));
        break;
    default:
        if (read_version(text, &c->out)) return true;
        return conversion_fail(c, PARSE, "System.ArgumentException");
    }
    return conversion_fail(c, PARSE_WITH_FORMAT, FORMAT_EXCEPTION);
}

/* Whole numbers are ticks. */
static bool from_ticks(struct conversion *c, int64_t ticks) {
    if (c->type->value_kind == VALUE_TIMESPAN) return conversion_give(c, value_timespan(ticks));
    if (ticks < 0 || ticks > CALENDAR_MAX_TICKS)
        return conversion_fail(c, "InvalidCastConstructorException", "System.ArgumentOutOfRangeException");
    return conversion_give(c, value_datetime(ticks, 0));
}

static bool guid_of_bytes(struct value v, struct guid *out) {
    static const uint8_t order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15}; /* .NET's mixed byte order */
    if (v.kind != VALUE_ARRAY || array_count(v) != 16) return false;
    for (uint32_t i = 0; i < 16; i++) {
        if (array_at(v, i).kind != VALUE_BYTE) return false;
        out->bytes[i] = (uint8_t)array_at(v, order[i]).integer;
    }
    return true;
}

bool convert_date_road(struct conversion *c, struct value v, bool *taken) {
    enum value_kind wanted = c->type->value_kind;
    struct guid guid;
    *taken = true;
    if (value_is_nothing(v)) {
        if (wanted == VALUE_VERSION) return conversion_give(c, value_null());
        return conversion_fail(c, "nullToObjectInvalidCast", NULL);
    }
    if (v.kind == VALUE_STRING) return from_text(c, string_text(v));
    if (wanted == VALUE_DATETIMEOFFSET && v.kind == VALUE_DATETIME) return conversion_give(c, offset_of_datetime(v));
    if (wanted == VALUE_GUID && guid_of_bytes(v, &guid)) return conversion_give(c, value_guid(&guid));
    if ((wanted == VALUE_DATETIME || wanted == VALUE_TIMESPAN) &&
        (value_is_integer(v) || v.kind == VALUE_ENUM || v.kind == VALUE_CHAR))
        return from_ticks(c, v.integer);
    if (value_is_number(v) && v.kind != VALUE_BIGINT) { /* other numbers go by their text: [version]1.5 */
        struct value text = convert_text(c->realm, v);
        bool ok = from_text(c, string_text(text));
        value_release(text);
        return ok;
    }
    *taken = false;
    return false;
}
