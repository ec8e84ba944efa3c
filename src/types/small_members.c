/* [guid], [version], [System.Random], [Stopwatch]. */
#include "argument_private.h"
#include "m365sh/base/clock.h"
#include "m365sh/value/native.h"

/* --- guid --- */
#define ROW_TYPE "System.Guid"

MEMBER(new_guid) {
    struct guid guid;
    random_guid(NULL, guid.bytes);
    return argument_give(out, value_guid(&guid));
}

MEMBER(get_empty_guid) {
    struct guid guid = {{0}};
    return argument_give(out, value_guid(&guid));
}

/* ToByteArray's order: the first three parts are little-endian. */
static void swap_guid(uint8_t bytes[16]) {
    static const uint8_t order[8] = {3, 2, 1, 0, 5, 4, 7, 6};
    uint8_t copy[8];
    memcpy(copy, bytes, 8);
    for (int i = 0; i < 8; i++) bytes[i] = copy[order[i]];
}

MEMBER(parse_guid) {
    struct value text;
    struct guid guid;
    TRY(member_argument_text(realm, "Parse", arguments[0], &text));
    bool good = guid_read(text_trim(string_text(text)), &guid);
    enum status status = STATUS_OK;
    if (good) *out = value_guid(&guid);
    else status = member_raise(realm, "Parse", count, "System.FormatException", "\"%s\" is not a GUID.", string_chars(text));
    value_release(text);
    return status;
}

MEMBER(construct_guid) {
    struct guid guid = {{0}};
    struct bytes bytes = {0};
    if (count == 0) return argument_give(out, value_guid(&guid));
    if (!value_is_array_like(value_base(arguments[0]))) return parse_guid(realm, type, self, arguments, count, out);
    TRY(argument_bytes(realm, "Guid", arguments[0], &bytes));
    bool good = bytes.length == 16;
    if (good) memcpy(guid.bytes, bytes.data, 16);
    bytes_free(&bytes);
    if (!good) return member_raise(realm, ".ctor", count, "System.ArgumentException", "A GUID has 16 bytes.");
    swap_guid(guid.bytes);
    return argument_give(out, value_guid(&guid));
}

MEMBER(try_parse_guid) {
    struct value text;
    struct guid guid = {{0}};
    TRY(member_argument_text(realm, "TryParse", arguments[0], &text));
    bool good = guid_read(text_trim(string_text(text)), &guid);
    value_release(text);
    struct value result = value_guid(&guid);
    enum status status = argument_set_reference(realm, "TryParse", arguments[count - 1], result);
    value_release(result);
    *out = value_bool(good);
    return status;
}

MEMBER(get_guid_text) {
    return argument_give(out, convert_text(realm, value_base(self)));
}

MEMBER(get_guid_variant) { return argument_give(out, value_int32(value_guid_of(value_base(self))->bytes[8] >> 4)); }
MEMBER(get_guid_version) { return argument_give(out, value_int32(value_guid_of(value_base(self))->bytes[6] >> 4)); }

MEMBER(get_guid_bytes) {
    struct guid guid = *value_guid_of(value_base(self));
    swap_guid(guid.bytes);
    return argument_give(out, argument_byte_array(realm, guid.bytes, 16));
}

MEMBER(compare_guid) {
    struct value other = value_base(arguments[0]);
    if (other.kind != VALUE_GUID) return argument_give(out, value_int32(1));
    int order = memcmp(value_guid_of(value_base(self))->bytes, value_guid_of(other)->bytes, 16);
    return argument_give(out, value_int32((order > 0) - (order < 0)));
}

MEMBER(equals_guid) {
    struct value other = value_base(arguments[0]);
    bool equal = other.kind == VALUE_GUID && memcmp(value_guid_of(value_base(self))->bytes, value_guid_of(other)->bytes, 16) == 0;
    return argument_give(out, value_bool(equal));
}

/* --- version --- */
static const int32_t *parts_of(struct value self) {
    return value_version_of(value_base(self));
}

#define VERSION_PART(function, index)                                                                        \
    MEMBER(function) { return argument_give(out, value_int32(parts_of(self)[index])); }
VERSION_PART(get_major, 0)
VERSION_PART(get_minor, 1)
VERSION_PART(get_build, 2)
VERSION_PART(get_revision, 3)
MEMBER(get_major_revision) { return argument_give(out, value_integer(VALUE_INT16, parts_of(self)[3] >> 16)); }
MEMBER(get_minor_revision) { return argument_give(out, value_integer(VALUE_INT16, (int16_t)parts_of(self)[3])); }

static bool read_version(struct text text, int32_t parts[4]) {
    struct text part;
    int count = 0;
    for (int i = 0; i < 4; i++) parts[i] = -1;
    if (text.length && text.start[text.length - 1] == '.') return false;
    while (text_split_next(&text, '.', &part)) {
        int64_t number;
        if (count == 4 || !decimal_read_int64(text_trim(part), &number) || number < 0 || number > INT32_MAX) return false;
        parts[count++] = (int32_t)number;
    }
    return count >= 2;
}

MEMBER(parse_version) {
    struct value text;
    int32_t parts[4];
    TRY(member_argument_text(realm, "Parse", arguments[0], &text));
    bool good = read_version(string_text(text), parts);
    enum status status = STATUS_OK;
    if (good) *out = value_version(parts[0], parts[1], parts[2], parts[3]);
    else status = member_raise(realm, "Parse", count, "System.ArgumentException", "\"%s\" is not a version: two to four numbers with points between.", string_chars(text));
    value_release(text);
    return status;
}

MEMBER(try_parse_version) {
    struct value text, result = value_null();
    int32_t parts[4];
    TRY(member_argument_text(realm, "TryParse", arguments[0], &text));
    bool good = read_version(string_text(text), parts);
    value_release(text);
    if (good) result = value_version(parts[0], parts[1], parts[2], parts[3]);
    enum status status = argument_set_reference(realm, "TryParse", arguments[1], result);
    value_release(result);
    *out = value_bool(good);
    return status;
}

MEMBER(construct_version) {
    int32_t parts[4] = {-1, -1, -1, -1};
    if (count == 0) return argument_give(out, value_version(0, 0, -1, -1));
    if (count == 1) return parse_version(realm, type, self, arguments, count, out);
    for (uint32_t i = 0; i < count; i++) {
        TRY(member_argument_int32(realm, "Version", arguments[i], &parts[i]));
        if (parts[i] < 0) return member_raise(realm, ".ctor", count, "System.ArgumentOutOfRangeException", "A version has no negative parts.");
    }
    return argument_give(out, value_version(parts[0], parts[1], parts[2], parts[3]));
}

MEMBER(version_text) {
    const int32_t *parts = parts_of(self);
    int32_t wanted = 0;
    struct bytes text = {0};
    while (wanted < 4 && parts[wanted] >= 0) wanted++;
    int32_t most = wanted;
    if (count) TRY(member_argument_int32(realm, "ToString", arguments[0], &wanted));
    if (wanted < 0 || wanted > most) return member_raise(realm, "ToString", count, "System.ArgumentException", "The version has %d parts.", most);
    for (int32_t i = 0; i < wanted; i++) bytes_add_format(&text, i ? ".%d" : "%d", parts[i]);
    if (wanted == 0) bytes_add_string(&text, "");
    return argument_give_bytes(out, &text);
}

MEMBER(compare_version) {
    struct value other;
    if (value_is_nothing(value_base(arguments[0]))) return argument_give(out, value_int32(1));
    TRY(convert_to(realm, arguments[0], type_of_kind(realm, VALUE_VERSION), &other));
    int order = 0;
    for (int i = 0; i < 4 && order == 0; i++) order = (parts_of(self)[i] > parts_of(other)[i]) - (parts_of(self)[i] < parts_of(other)[i]);
    value_release(other);
    return argument_give(out, value_int32(order));
}

MEMBER(equals_version) {
    struct value other = value_base(arguments[0]);
    return argument_give(out, value_bool(other.kind == VALUE_VERSION && memcmp(parts_of(self), parts_of(other), 4 * sizeof(int32_t)) == 0));
}

/* --- Random: a seed gives .NET's numbers (Knuth's subtractive generator) --- */
struct random_data { int32_t table[56]; int next, other; bool seeded; };
static const struct native_class random_class = {"System.Random", NULL, NULL};

static void seed(struct random_data *data, int32_t start) {
    int32_t last = 161803398 - (start == INT32_MIN ? INT32_MAX : start < 0 ? -start : start), step = 1;
    int at = 0;
    data->table[55] = last;
    for (int i = 1; i < 55; i++) {
        if ((at += 21) >= 55) at -= 55;
        data->table[at] = step;
        step = last - step;
        if (step < 0) step += INT32_MAX;
        last = data->table[at];
    }
    for (int round = 1; round < 5; round++)
        for (int i = 1; i < 56; i++) {
            int n = i + 30 >= 55 ? i + 30 - 55 : i + 30;
            data->table[i] = (int32_t)((uint32_t)data->table[i] - (uint32_t)data->table[1 + n]);
            if (data->table[i] < 0) data->table[i] += INT32_MAX;
        }
    data->other = 21;
    data->seeded = true;
}

static int32_t next_seeded(struct random_data *data) {
    if (++data->next >= 56) data->next = 1;
    if (++data->other >= 56) data->other = 1;
    int32_t number = data->table[data->next] - data->table[data->other];
    if (number == INT32_MAX) number--;
    if (number < 0) number += INT32_MAX;
    return data->table[data->next] = number;
}

static struct random_data *random_of(struct value self) {
    return native_payload(self, &random_class);
}

static double next_fraction(struct realm *realm, struct value self) {
    struct random_data *data = random_of(self);
    return data->seeded ? next_seeded(data) * (1.0 / INT32_MAX) : random_fraction(&realm->random);
}

MEMBER(construct_random) {
    int32_t start = 0;
    if (count) TRY(member_argument_int32(realm, "Random", arguments[0], &start));
    *out = native_new(realm, &random_class, type_known(realm, "System.Random"), sizeof(struct random_data));
    if (count) seed(random_of(*out), start);
    return STATUS_OK;
}

MEMBER(next_number) {
    int64_t least = 0, most = INT32_MAX;
    if (count == 0 && random_of(self)->seeded) return argument_give(out, value_int32(next_seeded(random_of(self))));
    if (count > 1) TRY(member_argument_int64(realm, "Next", arguments[0], &least));
    if (count > 0) TRY(member_argument_int64(realm, "Next", arguments[count - 1], &most));
    if (most < least) return member_raise(realm, "Next", count, "System.ArgumentOutOfRangeException", "The lower bound is above the upper one.");
    return argument_give(out, value_int32((int32_t)(least + (int64_t)(next_fraction(realm, self) * (double)(most - least)))));
}

MEMBER(next_double) { return argument_give(out, value_double(next_fraction(realm, self))); }

MEMBER(next_bytes) {
    struct value array = value_base(arguments[0]);
    if (array.kind != VALUE_ARRAY) return member_raise(realm, "NextBytes", 1, "System.ArgumentException", "NextBytes fills a byte array.");
    for (uint32_t i = 0; i < array_count(array); i++) {
        int64_t byte = random_of(self)->seeded ? next_seeded(random_of(self)) & 255 : (int64_t)random_below(&realm->random, 256);
        array_set(array, i, value_integer(VALUE_BYTE, byte));
    }
    return argument_give(out, value_void());
}

/* Numbers that nobody can guess: GetInt32(most), GetInt32(least, most), GetBytes(count). */
MEMBER(secure_number) {
    int64_t least = 0, most;
    uint64_t bits;
    if (count > 1) TRY(member_argument_int64(realm, "GetInt32", arguments[0], &least));
    TRY(member_argument_int64(realm, "GetInt32", arguments[count - 1], &most));
    if (most <= least) return member_raise(realm, "GetInt32", count, "System.ArgumentException", "The lower bound is not below the upper one.");
    random_secure(&bits, sizeof bits);
    return argument_give(out, value_int32((int32_t)(least + (int64_t)(bits % (uint64_t)(most - least)))));
}

MEMBER(secure_bytes) {
    int32_t length;
    TRY(member_argument_int32(realm, "GetBytes", arguments[0], &length));
    if (length < 0 || length > 1 << 24) return member_raise(realm, "GetBytes", 1, "System.ArgumentOutOfRangeException", "So many bytes are not made at once.");
    struct bytes bytes = {0};
    bytes_add_repeat(&bytes, 0, (size_t)length);
    if (length) random_secure(bytes.data, bytes.length);
    *out = argument_byte_array(realm, bytes.data, bytes.length);
    bytes_free(&bytes);
    return STATUS_OK;
}

/* --- Stopwatch --- */
struct watch_data { int64_t elapsed, started; bool running; };
static const struct native_class watch_class = {"System.Diagnostics.Stopwatch", NULL, NULL};

static struct watch_data *watch_of(struct value self) {
    return native_payload(self, &watch_class);
}

static int64_t watch_nanoseconds(struct value self) {
    struct watch_data *data = watch_of(self);
    return data->elapsed + (data->running ? clock_steady() - data->started : 0);
}

MEMBER(construct_watch) {
    return argument_give(out, native_new(realm, &watch_class, type_known(realm, "System.Diagnostics.Stopwatch"), sizeof(struct watch_data)));
}

MEMBER(start_watch) {
    struct watch_data *data = watch_of(self);
    if (!data->running) data->started = clock_steady();
    data->running = true;
    return argument_give(out, value_void());
}

MEMBER(start_new_watch) {
    struct value nothing;
    TRY(construct_watch(realm, type, self, arguments, count, out));
    return start_watch(realm, type, *out, NULL, 0, &nothing);
}

MEMBER(stop_watch) {
    struct watch_data *data = watch_of(self);
    data->elapsed = watch_nanoseconds(self);
    data->running = false;
    return argument_give(out, value_void());
}

MEMBER(reset_watch) {
    *watch_of(self) = (struct watch_data){0};
    return argument_give(out, value_void());
}

MEMBER(restart_watch) {
    *watch_of(self) = (struct watch_data){0, clock_steady(), true};
    return argument_give(out, value_void());
}

MEMBER(get_elapsed) { return argument_give(out, value_timespan(watch_nanoseconds(self) / 100)); }
MEMBER(get_elapsed_milliseconds) { return argument_give(out, value_int64(watch_nanoseconds(self) / 1000000)); }
MEMBER(get_elapsed_ticks) { return argument_give(out, value_int64(watch_nanoseconds(self))); }
MEMBER(get_is_running) { return argument_give(out, value_bool(watch_of(self)->running)); }
MEMBER(get_frequency) { return argument_give(out, value_int64(1000000000)); }
MEMBER(get_is_high_resolution) { return argument_give(out, value_bool(true)); }

static const struct member_row rows[] = {
    ROW_PROPERTY("Variant", get_guid_variant, "int"), ROW_PROPERTY("Version", get_guid_version, "int"),
    ROW_PROPERTY("Guid", get_guid_text, "string"), ROW_STATIC("Empty", get_empty_guid, "static guid"),
    ROW_NEW(0, 1, construct_guid, "guid new(byte[] b), guid new(string g)"),
    ROW_STATIC_CALL("NewGuid", 0, 0, new_guid, "static guid NewGuid()"), ROW_STATIC_CALL("Parse", 1, 2, parse_guid, "static guid Parse(string input)"),
    ROW_STATIC_CALL("TryParse", 2, 3, try_parse_guid, "static bool TryParse(string input, [ref] guid result)"),
    ROW_CALL("CompareTo", 1, 1, compare_guid, "int CompareTo(guid value)"), ROW_CALL("Equals", 1, 1, equals_guid, "bool Equals(guid g)"),
    ROW_CALL("ToByteArray", 0, 1, get_guid_bytes, "byte[] ToByteArray()"),
#undef ROW_TYPE
#define ROW_TYPE "System.Version"
    ROW_PROPERTY("Major", get_major, "int"), ROW_PROPERTY("Minor", get_minor, "int"), ROW_PROPERTY("Build", get_build, "int"),
    ROW_PROPERTY("Revision", get_revision, "int"), ROW_PROPERTY("MajorRevision", get_major_revision, "short"),
    ROW_PROPERTY("MinorRevision", get_minor_revision, "short"),
    ROW_NEW(0, 4, construct_version, "version new(string version), version new(int major, int minor), version new(int major, int minor, int build), version new(int major, int minor, int build, int revision)"),
    ROW_STATIC_CALL("Parse", 1, 1, parse_version, "static version Parse(string input)"),
    ROW_STATIC_CALL("TryParse", 2, 2, try_parse_version, "static bool TryParse(string input, [ref] version result)"),
    ROW_CALL("CompareTo", 1, 1, compare_version, "int CompareTo(System.Object version), int CompareTo(version value)"),
    ROW_CALL("Equals", 1, 1, equals_version, "bool Equals(System.Object obj)"),
    ROW_CALL("ToString", 0, 1, version_text, "string ToString(), string ToString(int fieldCount)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Random"
    ROW_NEW(0, 1, construct_random, "System.Random new(), System.Random new(int Seed)"),
    ROW_CALL("Next", 0, 2, next_number, "int Next(), int Next(int maxValue), int Next(int minValue, int maxValue)"),
    ROW_CALL("NextBytes", 1, 1, next_bytes, "void NextBytes(byte[] buffer)"), ROW_CALL("NextDouble", 0, 0, next_double, "double NextDouble()"),
    ROW_STATIC("Shared", construct_random, "static System.Random"),
#undef ROW_TYPE
#define ROW_TYPE "System.Security.Cryptography.RandomNumberGenerator"
    ROW_STATIC_CALL("GetBytes", 1, 1, secure_bytes, "static byte[] GetBytes(int count)"),
    ROW_STATIC_CALL("GetInt32", 1, 2, secure_number, "static int GetInt32(int fromInclusive, int toExclusive)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Diagnostics.Stopwatch"
    ROW_PROPERTY("IsRunning", get_is_running, "bool"), ROW_PROPERTY("Elapsed", get_elapsed, "timespan"),
    ROW_PROPERTY("ElapsedMilliseconds", get_elapsed_milliseconds, "long"), ROW_PROPERTY("ElapsedTicks", get_elapsed_ticks, "long"),
    ROW_STATIC("Frequency", get_frequency, "static long"), ROW_STATIC("IsHighResolution", get_is_high_resolution, "static bool"),
    ROW_NEW(0, 0, construct_watch, "System.Diagnostics.Stopwatch new()"),
    ROW_STATIC_CALL("StartNew", 0, 0, start_new_watch, "static System.Diagnostics.Stopwatch StartNew()"),
    ROW_CALL("Reset", 0, 0, reset_watch, "void Reset()"), ROW_CALL("Restart", 0, 0, restart_watch, "void Restart()"),
    ROW_CALL("Start", 0, 0, start_watch, "void Start()"), ROW_CALL("Stop", 0, 0, stop_watch, "void Stop()"),
#undef ROW_TYPE
};
const struct member_table small_member_table = TABLE_OF(rows);
