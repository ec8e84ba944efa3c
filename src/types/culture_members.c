/* CultureInfo, NumberFormatInfo, DateTimeFormatInfo, TextInfo: objects whose rows look the culture up. */
#include "argument_private.h"
#include "culture_value_private.h"
#include "m365sh/base/fold.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/native.h"

#define SPACE "System.Globalization."

struct culture_data { const struct culture *culture; };
static const struct native_class culture_class = {SPACE "CultureInfo", NULL, NULL};

static struct value new_part(struct realm *realm, const char *type_name, const struct culture *culture) {
    struct value object = object_new(realm, type_known(realm, type_name), 0);
    struct value native = native_new(realm, &culture_class, NULL, sizeof(struct culture_data));
    ((struct culture_data *)native_payload(native, &culture_class))->culture = culture;
    object_block(object)->hidden = native;
    return object;
}

struct value culture_value_new(struct realm *realm, const struct culture *culture) {
    return new_part(realm, SPACE "CultureInfo", culture_or_invariant(culture));
}

const struct culture *culture_value_of(struct value v) {
    struct value base = value_base(v);
    if (base.kind != VALUE_OBJECT) return NULL;
    struct culture_data *data = native_payload(object_block(base)->hidden, &culture_class);
    return data ? data->culture : NULL;
}

#define TEXT_OF(function, field)                                                                             \
    MEMBER(function) { return argument_give(out, string_of(culture_value_of(self)->field)); }
#define NUMBER_OF(function, field)                                                                           \
    MEMBER(function) { return argument_give(out, value_int32(culture_value_of(self)->field)); }
#define PART_OF(function, type_name)                                                                         \
    MEMBER(function) { return argument_give(out, new_part(realm, SPACE type_name, culture_value_of(self))); }
TEXT_OF(get_name, name)
TEXT_OF(get_english_name, english_name)
TEXT_OF(get_native_name, native_name)
TEXT_OF(get_two_letters, two_letters)
NUMBER_OF(get_lcid, lcid)
PART_OF(get_number_format, "NumberFormatInfo")
PART_OF(get_date_format, "DateTimeFormatInfo")
PART_OF(get_text_info, "TextInfo")

static enum status find_culture(struct realm *realm, const char *method, struct value argument, struct value *out) {
    struct value name;
    TRY(member_argument_text(realm, method, argument, &name));
    bool plausible = string_text(name).length <= 1 || string_text(name).start[2 < string_text(name).length ? 2 : 0] != ' ';
    for (size_t i = 0; i < string_text(name).length; i++) {
        char c = string_text(name).start[i], low = (char)(c | 0x20);
        plausible = plausible && ((low >= 'a' && low <= 'z') || c == '-' || (c >= '0' && c <= '9'));
    }
    enum status status = STATUS_OK;
    if (!plausible || (string_text(name).length > 8 && !culture_is_known(string_text(name))))
        status = member_raise(realm, method, 1, "System.Globalization.CultureNotFoundException", "There is no culture \"%s\".", string_chars(name));
    else *out = culture_value_new(realm, culture_find(string_text(name)));
    value_release(name);
    return status;
}

MEMBER(construct) { return find_culture(realm, ".ctor", arguments[0], out); }
MEMBER(get_culture_info) { return find_culture(realm, "GetCultureInfo", arguments[0], out); }
MEMBER(get_invariant) { return argument_give(out, culture_value_new(realm, culture_invariant())); }
MEMBER(get_current) { return argument_give(out, culture_value_new(realm, realm->culture)); }

MEMBER(get_is_neutral) {
    return argument_give(out, value_bool(false));
}

MEMBER(equals) {
    return argument_give(out, value_bool(culture_value_of(arguments[0]) == culture_value_of(self)));
}

/* --- number formats --- */
TEXT_OF(get_decimal, decimal)
TEXT_OF(get_group, group)
TEXT_OF(get_currency_symbol, currency_symbol)
TEXT_OF(get_currency_decimal, currency_decimal)
TEXT_OF(get_currency_group, currency_group)
TEXT_OF(get_negative_sign, negative_sign)
TEXT_OF(get_infinity, infinity)
TEXT_OF(get_not_a_number, not_a_number)
NUMBER_OF(get_number_digits, number_digits)
NUMBER_OF(get_currency_digits, currency_digits)
NUMBER_OF(get_percent_digits, percent_digits)
MEMBER(get_percent_symbol) { return argument_give(out, string_of("%")); }
MEMBER(get_positive_sign) { return argument_give(out, string_of("+")); }

/* --- date formats --- */
TEXT_OF(get_short_date, short_date)
TEXT_OF(get_long_date, long_date)
TEXT_OF(get_short_time, short_time)
TEXT_OF(get_long_time, long_time)
TEXT_OF(get_month_day, month_day)
TEXT_OF(get_year_month, year_month)
TEXT_OF(get_date_separator, date_separator)
TEXT_OF(get_time_separator, time_separator)
TEXT_OF(get_morning, morning)
TEXT_OF(get_afternoon, afternoon)

MEMBER(get_full_date_time) {
    const struct culture *culture = culture_value_of(self);
    return argument_give(out, string_format("%s %s", culture->long_date, culture->long_time));
}

static enum status give_list(struct realm *realm, const char *list, bool thirteenth, struct value *out) {
    struct value names = argument_new_array(realm, "System.String", 13);
    struct text rest = text_of(list), name;
    while (text_split_next(&rest, ',', &name)) array_push_take(names, string_new(name));
    if (thirteenth) array_push_take(names, string_empty()); /* calendars with 13 months */
    return argument_give(out, names);
}

MEMBER(get_days) { return give_list(realm, culture_value_of(self)->days, false, out); }
MEMBER(get_short_days) { return give_list(realm, culture_value_of(self)->short_days, false, out); }
MEMBER(get_months) { return give_list(realm, culture_value_of(self)->months, true, out); }
MEMBER(get_short_months) { return give_list(realm, culture_value_of(self)->short_months, true, out); }

static enum status give_month(struct realm *realm, const char *method, const char *list, struct value argument, struct value *out) {
    int32_t month;
    TRY(member_argument_int32(realm, method, argument, &month));
    if (month < 1 || month > 13) return member_raise(realm, method, 1, "System.ArgumentOutOfRangeException", "There is no month %d.", month);
    return argument_give(out, string_new(culture_list_item(list, month - 1)));
}

MEMBER(get_month_name) { return give_month(realm, "GetMonthName", culture_value_of(self)->months, arguments[0], out); }
MEMBER(get_short_month_name) {
    return give_month(realm, "GetAbbreviatedMonthName", culture_value_of(self)->short_months, arguments[0], out);
}

static enum status give_day(struct realm *realm, const char *method, const char *list, struct value argument, struct value *out) {
    int64_t day;
    TRY(argument_enum(realm, method, argument, "System.DayOfWeek", &day));
    return argument_give(out, string_new(culture_list_item(list, (int)day)));
}

MEMBER(get_day_name) { return give_day(realm, "GetDayName", culture_value_of(self)->days, arguments[0], out); }
MEMBER(get_short_day_name) {
    return give_day(realm, "GetAbbreviatedDayName", culture_value_of(self)->short_days, arguments[0], out);
}

/* --- TextInfo --- */
MEMBER(to_title_case) {
    struct value argument;
    struct bytes text = {0};
    TRY(member_argument_text(realm, "ToTitleCase", arguments[0], &argument));
    struct text whole = string_text(argument);
    /* A word in capitals throughout is taken for an abbreviation and stays. */
    for (size_t at = 0; at < whole.length;) {
        size_t start = at, end = at;
        bool capitals = true, first = true;
        while (end < whole.length) {
            size_t next = end;
            uint32_t point = utf8_next(whole, &next);
            if (!utf8_is_letter(point) && !(point == '\'' && end > start) && !utf8_is_digit(point)) break;
            capitals = capitals && !utf8_is_lower(point);
            end = next;
        }
        if (end == start) {
            bytes_add_code_point(&text, utf8_next(whole, &at));
            continue;
        }
        while (at < end) {
            uint32_t point = utf8_next(whole, &at);
            bool letter = utf8_is_letter(point);
            bytes_add_code_point(&text, capitals && end - start > 1 ? point : first && letter ? fold_upper(point) : fold_lower(point));
            if (letter) first = false;
        }
    }
    value_release(argument);
    return argument_give_bytes(out, &text);
}

static enum status give_folded(struct realm *realm, struct value argument, void (*change)(struct bytes *out, struct text text), struct value *out) {
    struct value text;
    struct bytes result = {0};
    TRY(member_argument_text(realm, "ToUpper", argument, &text));
    change(&result, string_text(text));
    value_release(text);
    return argument_give_bytes(out, &result);
}

MEMBER(to_upper) { return give_folded(realm, arguments[0], fold_add_upper, out); }
MEMBER(to_lower) { return give_folded(realm, arguments[0], fold_add_lower, out); }

MEMBER(get_list_separator) {
    bool comma = strcmp(culture_value_of(self)->decimal, ",") != 0;
    return argument_give(out, string_of(comma ? "," : ";"));
}

static const struct member_row rows[] = {
#define ROW_TYPE SPACE "CultureInfo"
    ROW_PROPERTY("LCID", get_lcid, "int"), ROW_PROPERTY("Name", get_name, "string"), ROW_PROPERTY("IetfLanguageTag", get_name, "string"),
    ROW_PROPERTY("DisplayName", get_english_name, "string"), ROW_PROPERTY("NativeName", get_native_name, "string"),
    ROW_PROPERTY("EnglishName", get_english_name, "string"), ROW_PROPERTY("TwoLetterISOLanguageName", get_two_letters, "string"),
    ROW_PROPERTY("TextInfo", get_text_info, "System.Globalization.TextInfo"), ROW_PROPERTY("IsNeutralCulture", get_is_neutral, "bool"),
    ROW_PROPERTY("NumberFormat", get_number_format, "System.Globalization.NumberFormatInfo"),
    ROW_PROPERTY("DateTimeFormat", get_date_format, "System.Globalization.DateTimeFormatInfo"),
    ROW_NEW(1, 2, construct, "cultureinfo new(string name)"), ROW_CALL("ToString", 0, 0, get_name, "string ToString()"),
    ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object value)"),
    ROW_STATIC("CurrentCulture", get_current, "static cultureinfo"), ROW_STATIC("CurrentUICulture", get_current, "static cultureinfo"),
    ROW_STATIC("InvariantCulture", get_invariant, "static cultureinfo"), ROW_STATIC("InstalledUICulture", get_current, "static cultureinfo"),
    ROW_STATIC_CALL("GetCultureInfo", 1, 2, get_culture_info, "static cultureinfo GetCultureInfo(string name)"),
    ROW_STATIC_CALL("CreateSpecificCulture", 1, 1, get_culture_info, "static cultureinfo CreateSpecificCulture(string name)"),
#undef ROW_TYPE
#define ROW_TYPE SPACE "NumberFormatInfo"
    ROW_PROPERTY("CurrencyDecimalDigits", get_currency_digits, "int"), ROW_PROPERTY("CurrencyDecimalSeparator", get_currency_decimal, "string"),
    ROW_PROPERTY("CurrencyGroupSeparator", get_currency_group, "string"), ROW_PROPERTY("CurrencySymbol", get_currency_symbol, "string"),
    ROW_PROPERTY("NaNSymbol", get_not_a_number, "string"), ROW_PROPERTY("NegativeSign", get_negative_sign, "string"),
    ROW_PROPERTY("NumberDecimalDigits", get_number_digits, "int"), ROW_PROPERTY("NumberDecimalSeparator", get_decimal, "string"),
    ROW_PROPERTY("NumberGroupSeparator", get_group, "string"), ROW_PROPERTY("PercentDecimalDigits", get_percent_digits, "int"),
    ROW_PROPERTY("PercentSymbol", get_percent_symbol, "string"), ROW_PROPERTY("PositiveInfinitySymbol", get_infinity, "string"),
    ROW_PROPERTY("PositiveSign", get_positive_sign, "string"),
#undef ROW_TYPE
#define ROW_TYPE SPACE "DateTimeFormatInfo"
    ROW_PROPERTY("AMDesignator", get_morning, "string"), ROW_PROPERTY("PMDesignator", get_afternoon, "string"),
    ROW_PROPERTY("AbbreviatedDayNames", get_short_days, "string[]"), ROW_PROPERTY("AbbreviatedMonthNames", get_short_months, "string[]"),
    ROW_PROPERTY("DateSeparator", get_date_separator, "string"), ROW_PROPERTY("DayNames", get_days, "string[]"),
    ROW_PROPERTY("FullDateTimePattern", get_full_date_time, "string"), ROW_PROPERTY("LongDatePattern", get_long_date, "string"),
    ROW_PROPERTY("LongTimePattern", get_long_time, "string"), ROW_PROPERTY("MonthDayPattern", get_month_day, "string"),
    ROW_PROPERTY("MonthNames", get_months, "string[]"), ROW_PROPERTY("ShortDatePattern", get_short_date, "string"),
    ROW_PROPERTY("ShortTimePattern", get_short_time, "string"), ROW_PROPERTY("TimeSeparator", get_time_separator, "string"),
    ROW_PROPERTY("YearMonthPattern", get_year_month, "string"),
    ROW_CALL("GetMonthName", 1, 1, get_month_name, "string GetMonthName(int month)"),
    ROW_CALL("GetAbbreviatedMonthName", 1, 1, get_short_month_name, "string GetAbbreviatedMonthName(int month)"),
    ROW_CALL("GetDayName", 1, 1, get_day_name, "string GetDayName(System.DayOfWeek dayofweek)"),
    ROW_CALL("GetAbbreviatedDayName", 1, 1, get_short_day_name, "string GetAbbreviatedDayName(System.DayOfWeek dayofweek)"),
#undef ROW_TYPE
#define ROW_TYPE SPACE "TextInfo"
    ROW_PROPERTY("CultureName", get_name, "string"), ROW_PROPERTY("ListSeparator", get_list_separator, "string"),
    ROW_CALL("ToLower", 1, 1, to_lower, "string ToLower(string str)"), ROW_CALL("ToUpper", 1, 1, to_upper, "string ToUpper(string str)"),
    ROW_CALL("ToTitleCase", 1, 1, to_title_case, "string ToTitleCase(string str)"),
#undef ROW_TYPE
};
const struct member_table culture_member_table = TABLE_OF(rows);
