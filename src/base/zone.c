/* Offsets of time zones. The machine's own zone is asked of the C library, a named one of its zone file (TZif, RFC 8536). */
#include <stdio.h>
#include <time.h>
#include "m365sh/base/calendar.h"
#include "m365sh/base/file.h"

#define ZONE_FILE_LIMIT (256 * 1024)
#define SECONDS_PER_28_YEARS ((28LL * 365 + 7) * 86400)

static int local_offset(int64_t unix_seconds) {
    time_t moment = (time_t)unix_seconds;
    struct tm broken;
    return localtime_r(&moment, &broken) ? (int)broken.tm_gmtoff : 0;
}

static int64_t read_big_endian(const unsigned char *at, int size) {
    uint64_t number = 0;
    for (int i = 0; i < size; i++) number = number << 8 | at[i];
    return size == 4 ? (int32_t)number : (int64_t)number;
}

/* One data block of a zone file: where its tables start. */
struct zone {
    const unsigned char *times, *kinds, *types;
    int64_t time_count, type_count;
    int time_size;
};

/* Reads the header at `at` and returns the length of header and block, or 0 if they do not fit. */
static size_t read_block(const unsigned char *at, size_t left, int time_size, struct zone *zone) {
    if (left < 44 || memcmp(at, "TZif", 4) != 0) return 0;
    int64_t counts[6]; /* isut, isstd, leap, time, type, char */
    for (int i = 0; i < 6; i++) {
        counts[i] = read_big_endian(at + 20 + 4 * i, 4);
        if (counts[i] < 0 || counts[i] > 100000) return 0;
    }
    zone->time_count = counts[3];
    zone->type_count = counts[4];
    zone->time_size = time_size;
    zone->times = at + 44;
    zone->kinds = zone->times + counts[3] * time_size;
    zone->types = zone->kinds + counts[3];
    size_t length = (size_t)(44 + counts[3] * (time_size + 1) + counts[4] * 6 + counts[5] +
                             counts[2] * (time_size + 4) + counts[1] + counts[0]);
    return length <= left && counts[4] > 0 ? length : 0;
}

static bool open_zone(const struct bytes *file, struct zone *zone) {
    const unsigned char *data = (const unsigned char *)file->data;
    size_t first = read_block(data, file->length, 4, zone);
    if (!first) return false;
    struct zone second;
    if (data[4] >= '2' && read_block(data + first, file->length - first, 8, &second)) *zone = second;
    return true;
}

static int zone_offset(const struct zone *zone, int64_t unix_seconds) {
    int64_t count = zone->time_count;
    if (count) {
        /* Files list changes up to 2037; later years repeat the calendar of 28 years before. */
        int64_t last = read_big_endian(zone->times + (count - 1) * zone->time_size, zone->time_size);
        if (last > 2000000000)
            while (unix_seconds > last) unix_seconds -= SECONDS_PER_28_YEARS;
    }
    int64_t low = 0, high = count; /* the last change not after the moment is low - 1 */
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (read_big_endian(zone->times + middle * zone->time_size, zone->time_size) <= unix_seconds) low = middle + 1;
        else high = middle;
    }
    int kind = low ? zone->kinds[low - 1] : 0;
    return kind < zone->type_count ? (int)read_big_endian(zone->types + kind * 6, 4) : 0;
}

static int offset_of_unix(int64_t unix_seconds, const char *name) {
    if (!name) return local_offset(unix_seconds);
    if (strstr(name, "..") || name[0] == '/') return 0;
    char path[256];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    struct bytes file = {0};
    struct zone zone;
    int offset = 0;
    if (file_read(path, ZONE_FILE_LIMIT, &file, NULL) == STATUS_OK && open_zone(&file, &zone))
        offset = zone_offset(&zone, unix_seconds);
    bytes_free(&file);
    return offset;
}

int calendar_offset_at(int64_t utc_ticks, const char *zone) {
    return offset_of_unix(calendar_to_unix(utc_ticks, NULL), zone);
}

/* .NET takes standard time for hours that come twice and for hours that do not come. */
int calendar_offset_local(int64_t local_ticks, const char *zone) {
    int64_t local = calendar_to_unix(local_ticks, NULL);
    int before = offset_of_unix(local - 86400, zone), after = offset_of_unix(local + 86400, zone);
    if (before == after) return before;
    bool before_fits = offset_of_unix(local - before, zone) == before;
    bool after_fits = offset_of_unix(local - after, zone) == after;
    if (before_fits != after_fits) return before_fits ? before : after;
    return before < after ? before : after;
}
