/* [TimeZoneInfo]: IANA names and Windows' names. A zone is an object whose Id is one of them. */
#include <stdlib.h>
#include <unistd.h>

#include "argument_private.h"
#include "m365sh/base/calendar.h"

#define ROW_TYPE "System.TimeZoneInfo"
#define SECOND CALENDAR_TICKS_PER_SECOND

static const struct { const char *windows, *iana; } zones[] = {
#define ZONE(windows, iana) {windows, iana},
#include "zones.def"
#undef ZONE
};

/* The zone file's name for an Id; NULL if there is none. */
static const char *iana_of(struct text id, struct bytes *room) {
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (text_equal_fold(id, text_of(zones[i].windows))) return zones[i].iana;
    if (text_find(id, TEXT(".."), 0) != TEXT_NOT_FOUND || id.length == 0 || id.start[0] == '/') return NULL;
    bytes_add_format(room, "/usr/share/zoneinfo/%.*s", TEXT_ARGUMENT(id));
    if (access(room->data, R_OK) != 0 && !text_equal(id, TEXT("UTC"))) return NULL;
    return room->data + strlen("/usr/share/zoneinfo/");
}

static int64_t base_offset(const char *iana) {
    int64_t january = 638396640000000000LL, july = 638554176000000000LL; /* 2024-01-01 and 2024-07-01 */
    int a = calendar_offset_at(january, iana), b = calendar_offset_at(july, iana);
    return (a < b ? a : b) * SECOND;
}

static bool has_summer_time(const char *iana) {
    return calendar_offset_at(638396640000000000LL, iana) != calendar_offset_at(638554176000000000LL, iana);
}

static void put(struct realm *realm, struct value object, const char *name, struct value item) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, item);
    value_release(item);
}

static struct value new_zone(struct realm *realm, struct text id, const char *iana) {
    struct value object = object_new(realm, type_known(realm, ROW_TYPE), 7);
    int64_t offset = base_offset(iana), minutes = offset / SECOND / 60, size = minutes < 0 ? -minutes : minutes;
    bool utc = text_equal(id, TEXT("UTC"));
    put(realm, object, "Id", string_new(id));
    put(realm, object, "HasIanaId", value_bool(strcmp(iana, "Etc/UTC") == 0 || text_equal(id, text_of(iana))));
    put(realm, object, "DisplayName", utc ? string_of("(UTC) Coordinated Universal Time")
                                          : string_format("(UTC%c%02d:%02d) %s", minutes < 0 ? '-' : '+', (int)(size / 60), (int)(size % 60), iana));
    put(realm, object, "StandardName", utc ? string_of("Coordinated Universal Time") : string_new(id));
    put(realm, object, "DaylightName", utc ? string_of("Coordinated Universal Time") : string_new(id));
    put(realm, object, "BaseUtcOffset", value_timespan(offset));
    put(realm, object, "SupportsDaylightSavingTime", value_bool(has_summer_time(iana)));
    object_block(object)->hidden = string_of(iana);
    return object;
}

static const char *zone_of(struct value v) {
    struct value base = value_base(v);
    if (base.kind != VALUE_OBJECT || object_block(base)->hidden.kind != VALUE_STRING) return "UTC";
    return string_chars(object_block(base)->hidden);
}

static enum status find_zone(struct realm *realm, const char *method, struct value argument, struct value *out) {
    struct value id;
    struct bytes room = {0};
    TRY(member_argument_text(realm, method, argument, &id));
    const char *iana = iana_of(string_text(id), &room);
    enum status status = STATUS_OK;
    if (iana) *out = new_zone(realm, string_text(id), iana);
    else status = member_raise(realm, method, 1, "System.TimeZoneNotFoundException", "There is no time zone \"%s\".", string_chars(id));
    bytes_free(&room);
    value_release(id);
    return status;
}

MEMBER(find_by_id) { return find_zone(realm, "FindSystemTimeZoneById", arguments[0], out); }
MEMBER(get_utc) { return argument_give(out, new_zone(realm, TEXT("UTC"), "Etc/UTC")); }

MEMBER(get_local) {
    const char *name = getenv("TZ");
    struct bytes room = {0};
    char link[256] = "";
    if (!name || !*name) {
        ssize_t length = readlink("/etc/localtime", link, sizeof link - 1);
        char *at = length > 0 ? strstr(link, "zoneinfo/") : NULL;
        name = at ? at + strlen("zoneinfo/") : "UTC";
    }
    const char *iana = iana_of(text_of(name), &room);
    *out = iana ? new_zone(realm, text_of(name), iana) : new_zone(realm, TEXT("UTC"), "Etc/UTC");
    bytes_free(&room);
    return STATUS_OK;
}

MEMBER(get_all) {
    struct value list = list_new(realm, NULL, 100);
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        array_push_take(list, new_zone(realm, text_of(zones[i].iana), zones[i].iana));
    return argument_give(out, list);
}

/* --- converting --- */
/* The moment in UTC: by the date's kind, or in the zone given. */
static int64_t to_utc(struct value date, const char *zone) {
    if (date.kind == VALUE_DATETIMEOFFSET) {
        int64_t utc;
        int32_t minutes;
        value_datetimeoffset_of(date, &utc, &minutes);
        return utc;
    }
    if (date.small == 1) return date.integer;
    return date.integer - calendar_offset_local(date.integer, date.small == 2 ? NULL : zone) * SECOND;
}

static struct value in_zone(int64_t utc, const char *zone, bool offset) {
    int seconds = calendar_offset_at(utc, zone);
    if (offset) return value_datetimeoffset(utc, seconds / 60);
    bool universal = strcmp(zone, "Etc/UTC") == 0 || strcmp(zone, "UTC") == 0;
    return value_datetime(utc + seconds * SECOND, universal ? 1 : 0);
}

static enum status read_date(struct realm *realm, struct value argument, struct value *date) {
    struct value base = value_base(argument);
    if (base.kind == VALUE_DATETIMEOFFSET) {
        *date = value_keep(base);
        return STATUS_OK;
    }
    return convert_to(realm, argument, type_of_kind(realm, VALUE_DATETIME), date);
}

MEMBER(convert_to_utc) {
    struct value date;
    TRY(read_date(realm, arguments[0], &date));
    const char *zone = count > 1 ? zone_of(arguments[1]) : NULL;
    *out = value_datetime(to_utc(date, zone), 1);
    value_release(date);
    return STATUS_OK;
}

MEMBER(convert_from_utc) {
    struct value date;
    TRY(read_date(realm, arguments[0], &date));
    *out = in_zone(date.integer, zone_of(arguments[1]), false);
    value_release(date);
    return STATUS_OK;
}

/* ConvertTime(date, zone), ConvertTime(date, from, to). */
MEMBER(convert_time) {
    struct value date;
    TRY(read_date(realm, arguments[0], &date));
    int64_t utc = to_utc(date, count > 2 ? zone_of(arguments[1]) : NULL);
    *out = in_zone(utc, zone_of(arguments[count - 1]), date.kind == VALUE_DATETIMEOFFSET);
    value_release(date);
    return STATUS_OK;
}

MEMBER(convert_by_id) {
    struct value zones_given[3] = {arguments[0]};
    for (uint32_t i = 1; i < count; i++) TRY(find_zone(realm, "ConvertTimeBySystemTimeZoneId", arguments[i], &zones_given[i]));
    enum status status = convert_time(realm, type, self, zones_given, count, out);
    for (uint32_t i = 1; i < count; i++) value_release(zones_given[i]);
    return status;
}

MEMBER(get_utc_offset) {
    struct value date;
    TRY(read_date(realm, arguments[0], &date));
    bool zoned = date.kind == VALUE_DATETIMEOFFSET || date.small != 0;
    int seconds = zoned ? calendar_offset_at(to_utc(date, NULL), zone_of(self)) : calendar_offset_local(date.integer, zone_of(self));
    value_release(date);
    return argument_give(out, value_timespan(seconds * SECOND));
}

MEMBER(is_daylight_saving) {
    struct value offset;
    TRY(get_utc_offset(realm, type, self, arguments, count, &offset));
    return argument_give(out, value_bool(offset.integer != base_offset(zone_of(self))));
}

MEMBER(to_string) {
    return argument_give(out, value_keep(*object_find_text(realm, value_base(self), TEXT("DisplayName"))));
}

MEMBER(clear_cache) { return argument_give(out, value_void()); }

static const struct member_row rows[] = {
    ROW_STATIC("Local", get_local, "static System.TimeZoneInfo"), ROW_STATIC("Utc", get_utc, "static System.TimeZoneInfo"),
    ROW_STATIC_CALL("ClearCachedData", 0, 0, clear_cache, "static void ClearCachedData()"),
    ROW_STATIC_CALL("ConvertTime", 2, 3, convert_time, "static datetime ConvertTime(datetime dateTime, System.TimeZoneInfo destinationTimeZone)"),
    ROW_STATIC_CALL("ConvertTimeBySystemTimeZoneId", 2, 3, convert_by_id, "static datetime ConvertTimeBySystemTimeZoneId(datetime dateTime, string destinationTimeZoneId)"),
    ROW_STATIC_CALL("ConvertTimeFromUtc", 2, 2, convert_from_utc, "static datetime ConvertTimeFromUtc(datetime dateTime, System.TimeZoneInfo destinationTimeZone)"),
    ROW_STATIC_CALL("ConvertTimeToUtc", 1, 2, convert_to_utc, "static datetime ConvertTimeToUtc(datetime dateTime)"),
    ROW_STATIC_CALL("FindSystemTimeZoneById", 1, 1, find_by_id, "static System.TimeZoneInfo FindSystemTimeZoneById(string id)"),
    ROW_STATIC_CALL("GetSystemTimeZones", 0, 0, get_all, "static System.Collections.ObjectModel.ReadOnlyCollection[System.TimeZoneInfo] GetSystemTimeZones()"),
    ROW_CALL("GetUtcOffset", 1, 1, get_utc_offset, "timespan GetUtcOffset(datetime dateTime)"),
    ROW_CALL("IsDaylightSavingTime", 1, 1, is_daylight_saving, "bool IsDaylightSavingTime(datetime dateTime)"),
    ROW_CALL("ToString", 0, 0, to_string, "string ToString()"),
};
const struct member_table zone_member_table = TABLE_OF(rows);
