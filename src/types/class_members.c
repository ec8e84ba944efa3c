/* SemanticVersion, WildcardPattern, Tuple, ChoiceDescription and other small classes that scripts make by name. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "argument_private.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/pattern/wildcard.h"

static void put(struct realm *realm, struct value object, const char *name, struct value owned) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, owned);
    value_release(owned);
}
static struct value slot(struct realm *realm, struct value object, const char *name) {
    struct value *place = object_find_text(realm, object, text_of(name));
    return place ? *place : value_null();
}

/* --- [semver] -------------------------------------------------------------------------------------------------------- */

static bool read_semantic(struct realm *realm, const struct type *type, struct text text, struct value *out) {
    struct text build = TEXT_NONE, label = TEXT_NONE, part;
    int64_t numbers[3] = {0};
    int count = 0;
    size_t plus = text_find_byte(text, '+', 0), dash = text_find_byte(text, '-', 0);
    if (plus != TEXT_NOT_FOUND) build = text_slice(text, plus + 1, text.length);
    if (dash != TEXT_NOT_FOUND && dash < plus) label = text_slice(text, dash + 1, (plus == TEXT_NOT_FOUND ? text.length : plus) - dash - 1);
    text = text_slice(text, 0, dash < plus ? dash : plus);
    while (text_split_next(&text, '.', &part))
        if (count == 3 || !decimal_read_int64(part, &numbers[count++]) || numbers[count - 1] < 0 || numbers[count - 1] > INT32_MAX) return false;
    if (!count) return false;
    *out = object_new(realm, type, 5);
    put(realm, *out, "Major", value_int32((int32_t)numbers[0]));
    put(realm, *out, "Minor", value_int32((int32_t)numbers[1]));
    put(realm, *out, "Patch", value_int32((int32_t)numbers[2]));
    put(realm, *out, "PreReleaseLabel", label.length ? string_new(label) : value_null());
    put(realm, *out, "BuildLabel", build.length ? string_new(build) : value_null());
    return true;
}
MEMBER(parse_semantic) {
    struct value text = convert_text(realm, arguments[0]);
    enum status status = STATUS_OK;
    if (!read_semantic(realm, type, text_trim(string_text(text)), out))
        status = member_raise(realm, "Parse", count, "System.FormatException", "\"%s\" is no version.", string_chars(text));
    value_release(text);
    return status;
}
MEMBER(try_parse_semantic) {
    struct value text = convert_text(realm, arguments[0]), made = value_null();
    bool ok = read_semantic(realm, type, text_trim(string_text(text)), &made);
    value_release(text);
    enum status status = argument_set_reference(realm, "TryParse", arguments[1], made);
    value_release(made);
    *out = value_bool(ok);
    return status;
}
MEMBER(new_semantic) {
    struct bytes text = {0};
    if (count == 1) return parse_semantic(realm, type, self, arguments, count, out);
    for (uint32_t i = 0; i < count && i < 3; i++) {
        if (i) bytes_add_byte(&text, '.');
        convert_add_text(realm, &text, arguments[i]);
    }
    for (uint32_t i = 3; i < count && i < 5; i++) {
        bytes_add_byte(&text, i == 3 ? '-' : '+');
        convert_add_text(realm, &text, arguments[i]);
    }
    struct value whole = string_new(bytes_text(&text));
    bytes_free(&text);
    enum status status = parse_semantic(realm, type, self, &whole, 1, out);
    value_release(whole);
    return status;
}
MEMBER(semantic_text) {
    struct bytes text = {0};
    struct value label = slot(realm, self, "PreReleaseLabel"), build = slot(realm, self, "BuildLabel");
    bytes_add_format(&text, "%d.%d.%d", (int)slot(realm, self, "Major").integer, (int)slot(realm, self, "Minor").integer, (int)slot(realm, self, "Patch").integer);
    if (label.kind == VALUE_STRING) bytes_add_format(&text, "-%s", string_chars(label));
    if (build.kind == VALUE_STRING) bytes_add_format(&text, "+%s", string_chars(build));
    return argument_give_bytes(out, &text);
}
/* Parts of a label by dots: numbers by size, before texts; a version with a label comes before the one without. */
static int compare_labels(struct value a, struct value b) {
    if (a.kind != VALUE_STRING || b.kind != VALUE_STRING) return (a.kind != VALUE_STRING) - (b.kind != VALUE_STRING);
    struct text left = string_text(a), right = string_text(b), x, y;
    for (;;) {
        bool more_left = text_split_next(&left, '.', &x), more_right = text_split_next(&right, '.', &y);
        if (!more_left || !more_right) return (int)more_left - (int)more_right;
        int64_t m, n;
        bool number_left = decimal_read_int64(x, &m), number_right = decimal_read_int64(y, &n);
        int order = number_left && number_right ? (m > n) - (m < n) : number_left != number_right ? (number_left ? -1 : 1) : text_compare(x, y);
        if (order) return order < 0 ? -1 : 1;
    }
}
MEMBER(compare_semantic) {
    static const char *const names[] = {"Major", "Minor", "Patch"};
    struct value other;
    if (value_is_nothing(arguments[0])) return argument_give(out, value_int32(1));
    TRY(convert_to(realm, arguments[0], type, &other));
    int order = 0;
    for (int i = 0; i < 3 && !order; i++) {
        int64_t left = slot(realm, self, names[i]).integer, right = slot(realm, other, names[i]).integer;
        order = (left > right) - (left < right);
    }
    if (!order) order = compare_labels(slot(realm, self, "PreReleaseLabel"), slot(realm, other, "PreReleaseLabel"));
    value_release(other);
    return argument_give(out, value_int32(order));
}
MEMBER(equals_semantic) {
    struct value order;
    TRY(compare_semantic(realm, type, self, arguments, count, &order));
    return argument_give(out, value_bool(order.integer == 0));
}

/* --- WildcardPattern ---------------------------------------------------------------------------------------------------- */

MEMBER(new_pattern) {
    int64_t options = 0;
    if (count > 1) TRY(argument_enum(realm, ".ctor", arguments[1], "System.Management.Automation.WildcardOptions", &options));
    *out = object_new(realm, type, 2);
    struct value pattern = convert_text(realm, arguments[0]);
    object_add(realm, *out, TEXT("Pattern"), MEMBER_HIDDEN, pattern);
    object_add(realm, *out, TEXT("IgnoreCase"), MEMBER_HIDDEN, value_bool(options & 2));
    value_release(pattern);
    return STATUS_OK;
}
MEMBER(pattern_matches) {
    struct value text = convert_text(realm, arguments[0]);
    *out = value_bool(wildcard_match(string_text(slot(realm, self, "Pattern")), string_text(text), slot(realm, self, "IgnoreCase").boolean));
    value_release(text);
    return STATUS_OK;
}
MEMBER(pattern_escape) {
    struct value text = convert_text(realm, arguments[0]);
    struct bytes escaped = {0};
    wildcard_escape(&escaped, string_text(text));
    value_release(text);
    return argument_give_bytes(out, &escaped);
}
MEMBER(pattern_unescape) {
    struct value text = convert_text(realm, arguments[0]);
    struct bytes plain = {0};
    wildcard_unescape(&plain, string_text(text));
    value_release(text);
    return argument_give_bytes(out, &plain);
}
MEMBER(pattern_has) {
    struct value text = convert_text(realm, arguments[0]);
    *out = value_bool(wildcard_has(string_text(text)));
    value_release(text);
    return STATUS_OK;
}

/* --- tuples, choices and others ------------------------------------------------------------------------------------------ */

static struct value tuple_of(struct realm *realm, const struct type *type, const struct value *items, uint32_t count) {
    static const char *const names[] = {"Item1", "Item2", "Item3", "Item4", "Item5", "Item6", "Item7"};
    struct value tuple = object_new(realm, type, count);
    for (uint32_t i = 0; i < count && i < 7; i++) put(realm, tuple, names[i], value_is_nothing(items[i]) ? value_null() : value_keep(items[i]));
    return tuple;
}
MEMBER(create_tuple) {
    const struct type *a = type_of(realm, arguments[0]), *b = count > 1 ? type_of(realm, arguments[1]) : NULL, *object = type_known(realm, "System.Object");
    const struct type *made = count == 1 ? type_generic(realm, type_known(realm, "System.Tuple`1"), a ? a : object, NULL)
                              : count == 2 ? type_generic(realm, type_known(realm, "System.Tuple`2"), a ? a : object, b ? b : object)
                                           : type_known(realm, "System.Tuple`3");
    return argument_give(out, tuple_of(realm, made, arguments, count));
}
MEMBER(create_value_tuple) {
    const struct type *a = type_of(realm, arguments[0]), *b = type_of(realm, arguments[1]), *object = type_known(realm, "System.Object");
    const struct type *made = type_generic(realm, type_known(realm, "System.ValueTuple`2"), a ? a : object, b ? b : object);
    return argument_give(out, tuple_of(realm, made, arguments, count));
}
MEMBER(new_tuple) { return argument_give(out, tuple_of(realm, type, arguments, count)); }
MEMBER(tuple_text) {
    struct bytes text = {0};
    bytes_add_byte(&text, '(');
    for (uint32_t i = 0; i < object_block(self)->shape->count; i++) {
        if (i) bytes_add_string(&text, ", ");
        convert_add_text(realm, &text, object_block(self)->slots[i]);
    }
    bytes_add_byte(&text, ')');
    return argument_give_bytes(out, &text);
}
MEMBER(new_choice) {
    *out = object_new(realm, type, 2);
    put(realm, *out, "Label", convert_text(realm, arguments[0]));
    put(realm, *out, "HelpMessage", count > 1 ? convert_text(realm, arguments[1]) : string_empty());
    return STATUS_OK;
}
/* [StringComparer]: known by its name, to sets and dictionaries too. */
static enum status comparer(struct realm *realm, const char *name, struct value *out) {
    *out = object_new(realm, type_known(realm, "System.StringComparer"), 1);
    struct value text = string_of(name);
    object_add(realm, *out, TEXT("Kind"), MEMBER_HIDDEN, text);
    value_release(text);
    return STATUS_OK;
}
MEMBER(ordinal) { return comparer(realm, "Ordinal", out); }
MEMBER(ordinal_ignore_case) { return comparer(realm, "OrdinalIgnoreCase", out); }
MEMBER(culture_comparer) { return comparer(realm, "Culture", out); }
MEMBER(culture_ignore_case) { return comparer(realm, "CultureIgnoreCase", out); }
MEMBER(comparer_text) { return argument_give(out, value_keep(slot(realm, self, "Kind"))); }
static int compare_by(struct realm *realm, struct value self, struct value a, struct value b) {
    struct text kind = string_text(slot(realm, self, "Kind"));
    struct value left = convert_text(realm, a), right = convert_text(realm, b);
    bool fold = text_ends(kind, TEXT("IgnoreCase"));
    int order = text_starts(kind, TEXT("Culture")) ? collate_compare(realm->collator, string_text(left), string_text(right), fold)
                : fold ? text_compare_fold(string_text(left), string_text(right)) : text_compare(string_text(left), string_text(right));
    value_release(left);
    value_release(right);
    return order < 0 ? -1 : order > 0;
}
MEMBER(comparer_compare) { return argument_give(out, value_int32(compare_by(realm, self, arguments[0], arguments[1]))); }
MEMBER(comparer_equals) { return argument_give(out, value_bool(compare_by(realm, self, arguments[0], arguments[1]) == 0)); }

MEMBER(null_string) { return argument_give(out, value_null()); }
MEMBER(convert_to_type) {
    const struct type *wanted = NULL;
    TRY(member_argument_type(realm, "ConvertTo", arguments[1], &wanted));
    return convert_to(realm, arguments[0], wanted, out);
}
MEMBER(is_true) { return argument_give(out, value_bool(value_truth(arguments[0]))); }
MEMBER(nothing) { return STATUS_OK; }
MEMBER(memory) { return argument_give(out, value_int64(1 << 20)); }
/* Sleeps in short steps, so that Ctrl-C ends it. */
MEMBER(sleep_thread) {
    int64_t milliseconds;
    struct value first = value_base(arguments[0]);
    if (first.kind == VALUE_TIMESPAN) milliseconds = first.integer / 10000;
    else TRY(member_argument_int64(realm, "Sleep", first, &milliseconds));
    while (milliseconds > 0) {
        int64_t step = milliseconds < 50 ? milliseconds : 50;
        nanosleep(&(struct timespec){0, step * 1000000}, NULL);
        milliseconds -= step;
        TRY(realm_poll(realm));
    }
    return STATUS_OK;
}
MEMBER(is_platform) {
    struct value name = convert_text(realm, arguments[0]);
    *out = value_bool(text_equal_fold(string_text(name), TEXT("Linux")));
    value_release(name);
    return STATUS_OK;
}
MEMBER(platform_linux) { return argument_give(out, string_of("LINUX")); }
MEMBER(platform_windows) { return argument_give(out, string_of("WINDOWS")); }
MEMBER(platform_mac) { return argument_give(out, string_of("OSX")); }
MEMBER(platform_text) { return argument_give(out, string_of("Linux")); }

/* "PT1H30M" and back. */
MEMBER(span_from_xml) {
    struct value text = convert_text(realm, arguments[0]);
    struct text rest = text_trim(string_text(text));
    bool negative = text_starts(rest, TEXT("-")), time = false, any = false, ok = true;
    if (negative) rest = text_slice(rest, 1, rest.length);
    ok = text_starts(rest, TEXT("P"));
    rest = text_slice(rest, 1, rest.length);
    double ticks = 0;
    while (ok && rest.length) {
        if (rest.start[0] == 'T' && !time) {
            time = true;
            rest = text_slice(rest, 1, rest.length);
            continue;
        }
        size_t digits = 0;
        while (digits < rest.length && ((rest.start[digits] >= '0' && rest.start[digits] <= '9') || rest.start[digits] == '.')) digits++;
        double number;
        ok = digits && digits < rest.length && decimal_read_double(text_slice(rest, 0, digits), &number);
        if (!ok) break;
        char unit = rest.start[digits];
        double seconds = !time && unit == 'Y' ? 365 * 86400.0 : !time && unit == 'M' ? 30 * 86400.0 : !time && unit == 'D' ? 86400.0
                         : time && unit == 'H' ? 3600.0 : time && unit == 'M' ? 60.0 : time && unit == 'S' ? 1.0 : 0;
        ok = seconds > 0;
        any = true;
        ticks += number * seconds * 1e7;
        rest = text_slice(rest, digits + 1, rest.length);
    }
    enum status status = STATUS_OK;
    if (ok && any) *out = value_timespan((int64_t)(negative ? -ticks : ticks));
    else status = member_raise(realm, "ToTimeSpan", count, "System.FormatException", "\"%s\" is no duration such as PT1H30M.", string_chars(text));
    value_release(text);
    return status;
}
MEMBER(to_xml_text) {
    struct value v = value_base(arguments[0]);
    struct bytes text = {0};
    if (v.kind == VALUE_TIMESPAN) {
        int64_t ticks = v.integer < 0 ? -v.integer : v.integer, days = ticks / 864000000000LL;
        int64_t hours = ticks / 36000000000LL % 24, minutes = ticks / 600000000LL % 60, seconds = ticks / 10000000LL % 60, fraction = ticks % 10000000LL;
        bytes_add_string(&text, v.integer < 0 ? "-P" : "P");
        if (days) bytes_add_format(&text, "%lldD", (long long)days);
        if (hours || minutes || seconds || fraction) bytes_add_byte(&text, 'T');
        if (hours) bytes_add_format(&text, "%lldH", (long long)hours);
        if (minutes) bytes_add_format(&text, "%lldM", (long long)minutes);
        if (fraction) {
            char digits[16];
            int length = snprintf(digits, sizeof digits, "%07lld", (long long)fraction);
            while (length > 1 && digits[length - 1] == '0') length--;
            bytes_add_format(&text, "%lld.%.*sS", (long long)seconds, length, digits);
        } else if (seconds) bytes_add_format(&text, "%lldS", (long long)seconds);
        if (!ticks) bytes_add_string(&text, "T0S");
    } else if (v.kind == VALUE_BOOL) bytes_add_string(&text, v.boolean ? "true" : "false");
    else if (v.kind == VALUE_DATETIME) TRY(format_value(realm, &text, v, TEXT("yyyy-MM-ddTHH:mm:ss.FFFFFFFK"), culture_invariant()));
    else convert_add_text(realm, &text, v);
    return argument_give_bytes(out, &text);
}

#define S "System.Management.Automation.SemanticVersion"
#define W "System.Management.Automation.WildcardPattern"
#define L "System.Management.Automation.LanguagePrimitives"
#define I "System.Runtime.InteropServices.RuntimeInformation"
#define O "System.Runtime.InteropServices.OSPlatform"
#define X "System.Xml.XmlConvert"
#define C "System.StringComparer"
static const struct member_row rows[] = {
    {S, "CompareTo", ROW_METHOD, 1, 1, compare_semantic, NULL, "int CompareTo(System.Object version)"},
    {S, "Equals", ROW_METHOD, 1, 1, equals_semantic, NULL, "bool Equals(System.Object obj)"},
    {S, "ToString", ROW_METHOD, 0, 0, semantic_text, NULL, "string ToString()"},
    {S, "Parse", ROW_STATIC_METHOD, 1, 1, parse_semantic, NULL, "static semver Parse(string version)"},
    {S, "TryParse", ROW_STATIC_METHOD, 2, 2, try_parse_semantic, NULL, "static bool TryParse(string version, [ref] semver result)"},
    {S, "new", ROW_CONSTRUCTOR, 1, 5, new_semantic, NULL, "semver new(string version)"},
    {W, "IsMatch", ROW_METHOD, 1, 1, pattern_matches, NULL, "bool IsMatch(string input)"},
    {W, "Escape", ROW_STATIC_METHOD, 1, 1, pattern_escape, NULL, "static string Escape(string pattern)"},
    {W, "Unescape", ROW_STATIC_METHOD, 1, 1, pattern_unescape, NULL, "static string Unescape(string pattern)"},
    {W, "ContainsWildcardCharacters", ROW_STATIC_METHOD, 1, 1, pattern_has, NULL, "static bool ContainsWildcardCharacters(string pattern)"},
    {W, "Get", ROW_STATIC_METHOD, 2, 2, new_pattern, NULL, "static WildcardPattern Get(string pattern, System.Management.Automation.WildcardOptions options)"},
    {W, "new", ROW_CONSTRUCTOR, 1, 2, new_pattern, NULL, "WildcardPattern new(string pattern)"},
    {C, "Compare", ROW_METHOD, 2, 2, comparer_compare, NULL, "int Compare(string x, string y)"},
    {C, "Equals", ROW_METHOD, 2, 2, comparer_equals, NULL, "bool Equals(string x, string y)"},
    {C, "ToString", ROW_METHOD, 0, 0, comparer_text, NULL, NULL},
    {C, "Ordinal", ROW_STATIC_GET, 0, 0, ordinal, NULL, "static System.StringComparer Ordinal {get;}"},
    {C, "OrdinalIgnoreCase", ROW_STATIC_GET, 0, 0, ordinal_ignore_case, NULL, "static System.StringComparer OrdinalIgnoreCase {get;}"},
    {C, "CurrentCulture", ROW_STATIC_GET, 0, 0, culture_comparer, NULL, NULL},
    {C, "CurrentCultureIgnoreCase", ROW_STATIC_GET, 0, 0, culture_ignore_case, NULL, NULL},
    {C, "InvariantCulture", ROW_STATIC_GET, 0, 0, culture_comparer, NULL, NULL},
    {C, "InvariantCultureIgnoreCase", ROW_STATIC_GET, 0, 0, culture_ignore_case, NULL, NULL},
    {"System.Tuple", "Create", ROW_STATIC_METHOD, 1, 7, create_tuple, NULL, "static System.Tuple[T1] Create[T1](T1 item1)"},
    {"System.ValueTuple", "Create", ROW_STATIC_METHOD, 2, 7, create_value_tuple, NULL, "static System.ValueTuple Create[T1,T2](T1 item1, T2 item2)"},
    {"System.ValueTuple`2", "ToString", ROW_METHOD, 0, 0, tuple_text, NULL, "string ToString()"},
    {"System.ValueTuple`2", "new", ROW_CONSTRUCTOR, 2, 2, new_tuple, NULL, NULL},
    {"System.Tuple`1", "ToString", ROW_METHOD, 0, 0, tuple_text, NULL, "string ToString()"},
    {"System.Tuple`1", "new", ROW_CONSTRUCTOR, 1, 1, new_tuple, NULL, NULL},
    {"System.Tuple`2", "ToString", ROW_METHOD, 0, 0, tuple_text, NULL, "string ToString()"},
    {"System.Tuple`2", "new", ROW_CONSTRUCTOR, 2, 2, new_tuple, NULL, NULL},
    {"System.Tuple`3", "ToString", ROW_METHOD, 0, 0, tuple_text, NULL, "string ToString()"},
    {"System.Management.Automation.Host.ChoiceDescription", "new", ROW_CONSTRUCTOR, 1, 2, new_choice, NULL, NULL},
    {"System.Management.Automation.Language.NullString", "Value", ROW_STATIC_GET, 0, 0, null_string, NULL, "static NullString Value {get;}"},
    {L, "ConvertTo", ROW_STATIC_METHOD, 2, 3, convert_to_type, NULL, "static System.Object ConvertTo(System.Object valueToConvert, type resultType)"},
    {L, "IsTrue", ROW_STATIC_METHOD, 1, 1, is_true, NULL, "static bool IsTrue(System.Object obj)"},
    {"System.GC", "Collect", ROW_STATIC_METHOD, 0, 4, nothing, NULL, "static void Collect()"},
    {"System.GC", "WaitForPendingFinalizers", ROW_STATIC_METHOD, 0, 0, nothing, NULL, "static void WaitForPendingFinalizers()"},
    {"System.GC", "GetTotalMemory", ROW_STATIC_METHOD, 1, 1, memory, NULL, "static long GetTotalMemory(bool forceFullCollection)"},
    {"System.Threading.Thread", "Sleep", ROW_STATIC_METHOD, 1, 1, sleep_thread, NULL, "static void Sleep(int millisecondsTimeout)"},
    {I, "IsOSPlatform", ROW_STATIC_METHOD, 1, 1, is_platform, NULL, "static bool IsOSPlatform(System.Runtime.InteropServices.OSPlatform osPlatform)"},
    {I, "OSDescription", ROW_STATIC_GET, 0, 0, platform_text, NULL, "static string OSDescription {get;}"},
    {O, "Linux", ROW_STATIC_GET, 0, 0, platform_linux, NULL, NULL},
    {O, "Windows", ROW_STATIC_GET, 0, 0, platform_windows, NULL, NULL},
    {O, "OSX", ROW_STATIC_GET, 0, 0, platform_mac, NULL, NULL},
    {X, "ToTimeSpan", ROW_STATIC_METHOD, 1, 1, span_from_xml, NULL, "static timespan ToTimeSpan(string s)"},
    {X, "ToString", ROW_STATIC_METHOD, 1, 2, to_xml_text, NULL, "static string ToString(timespan value)"},
};
const struct member_table class_member_table = TABLE_OF(rows);
