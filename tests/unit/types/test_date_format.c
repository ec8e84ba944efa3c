/* Dates and spans as .NET writes and reads them (en-US, zone UTC). */
#include "m365sh/types/format_text.h"
#include "types_test.h"

struct pair { const char *text, *expected; };

static void assert_format(struct realm *realm, struct value v, const char *format, const char *expected) {
    struct bytes text = {0};
    if (format_value(realm, &text, v, text_of(format), culture_find(TEXT("en-US"))) != STATUS_OK) {
        value_release(realm_take_raised(realm));
        bytes_clear(&text);
        bytes_add_byte(&text, '!');
    }
    if (!text_equal(bytes_text(&text), text_of(expected))) print_message("[%s]\n", format);
    assert_string_equal(text.data ? text.data : "", expected);
    bytes_free(&text);
}

/* 2024-03-05T14:07:09.1234567 */
static const struct pair date_formats[] = {
    {"d", "3/5/2024"},
    {"D", "Tuesday, March 5, 2024"},
    {"f", "Tuesday, March 5, 2024 2:07 PM"},
    {"F", "Tuesday, March 5, 2024 2:07:09 PM"},
    {"g", "3/5/2024 2:07 PM"},
    {"G", "3/5/2024 2:07:09 PM"},
    {"m", "March 5"},
    {"M", "March 5"},
    {"o", "2024-03-05T14:07:09.1234567"},
    {"O", "2024-03-05T14:07:09.1234567"},
    {"r", "Tue, 05 Mar 2024 14:07:09 GMT"},
    {"R", "Tue, 05 Mar 2024 14:07:09 GMT"},
    {"s", "2024-03-05T14:07:09"},
    {"t", "2:07 PM"},
    {"T", "2:07:09 PM"},
    {"u", "2024-03-05 14:07:09Z"},
    {"U", "Tuesday, March 5, 2024 2:07:09 PM"},
    {"y", "March 2024"},
    {"Y", "March 2024"},
    {"yyyy", "2024"},
    {"yyy", "2024"},
    {"yy", "24"},
    {"%y", "24"},
    {"yyyyy", "02024"},
    {"MMMM", "March"},
    {"MMM", "Mar"},
    {"MM", "03"},
    {"%M", "3"},
    {"dddd", "Tuesday"},
    {"ddd", "Tue"},
    {"dd", "05"},
    {"%d", "5"},
    {"HH", "14"},
    {"%H", "14"},
    {"hh", "02"},
    {"%h", "2"},
    {"mm", "07"},
    {"%m", "7"},
    {"ss", "09"},
    {"%s", "9"},
    {"f", "Tuesday, March 5, 2024 2:07 PM"},
    {"ff", "12"},
    {"fff", "123"},
    {"ffff", "1234"},
    {"fffffff", "1234567"},
    {"F", "Tuesday, March 5, 2024 2:07:09 PM"},
    {"FF", "12"},
    {"FFF", "123"},
    {"FFFFFFF", "1234567"},
    {"tt", "PM"},
    {"%t", "P"},
    {"%z", "+0"},
    {"zz", "+00"},
    {"zzz", "+00:00"},
    {"%K", ""},
    {"gg", "AD"},
    {"HH\\hmm", "14h07"},
    {"yyyy'x'MM", "2024x03"},
    {"yyyy\"y\"", "2024y"},
    {"d/M/yyyy", "5/3/2024"},
    {"HH:mm:ss.fff", "14:07:09.123"},
    {"MMMM dd", "March 05"},
    {"dd MMMM", "05 March"},
    {"", "3/5/2024 2:07:09 PM"},
    {"Q", "!"},
    {"x", "!"},
    {"ffffffff", "!"},
    {"dddddd", "Tuesday"},
    {"hhh", "02"},
    {"%%", "!"},
    {"\\", "!"},
    {"'abc", "!"},
    {"%", "!"},
    {"%Hx", "14x"},
    {"ss.FFF", "09.123"},
};

static void dates(void **state) {
    for (size_t i = 0; i < sizeof date_formats / sizeof date_formats[0]; i++)
        assert_format(*state, value_datetime(638452444291234567LL, 0), date_formats[i].text, date_formats[i].expected);
    assert_format(*state, value_datetime(638452444291234567LL, 1), "o", "2024-03-05T14:07:09.1234567Z");
    struct value offset = value_datetimeoffset(638452246291234567LL, 330);
    assert_format(*state, offset, "", "3/5/2024 2:07:09\u202fPM +05:30");
    assert_format(*state, offset, "r", "Tue, 05 Mar 2024 08:37:09 GMT");
    assert_format(*state, offset, "U", "!");
    value_release(offset);
}

/* For each of four spans: format and text. */
static const struct { const char *span, *format, *expected; } span_formats[] = {
    {"1.02:03:04.0056", "c", "1.02:03:04.0056000"},
    {"1.02:03:04.0056", "g", "1:2:03:04.0056"},
    {"1.02:03:04.0056", "G", "1:02:03:04.0056000"},
    {"1.02:03:04.0056", "t", "1.02:03:04.0056000"},
    {"1.02:03:04.0056", "T", "1.02:03:04.0056000"},
    {"1.02:03:04.0056", "hh\\:mm", "02:03"},
    {"1.02:03:04.0056", "%d", "1"},
    {"1.02:03:04.0056", "%h", "2"},
    {"1.02:03:04.0056", "%m", "3"},
    {"1.02:03:04.0056", "%s", "4"},
    {"1.02:03:04.0056", "dd", "01"},
    {"1.02:03:04.0056", "ddd", "001"},
    {"1.02:03:04.0056", "d\\.hh\\:mm\\:ss\\.fff", "1.02:03:04.005"},
    {"1.02:03:04.0056", "ff", "00"},
    {"1.02:03:04.0056", "%f", "0"},
    {"1.02:03:04.0056", "%F", ""},
    {"1.02:03:04.0056", "FFF", "005"},
    {"1.02:03:04.0056", "fffffff", "0056000"},
    {"1.02:03:04.0056", "h'h'm'm'", "2h3m"},
    {"1.02:03:04.0056", "hh:mm", "!"},
    {"1.02:03:04.0056", "Q", "!"},
    {"1.02:03:04.0056", "", "1.02:03:04.0056000"},
    {"1.02:03:04.0056", "x", "!"},
    {"1.02:03:04.0056", "dddddddd", "00000001"},
    {"1.02:03:04.0056", "hhh", "!"},
    {"-00:30", "g", "-0:30:00"},
    {"-00:30", "t", "-00:30:00"},
    {"-00:30", "hh\\:mm", "00:30"},
    {"-00:30", "%h", "0"},
    {"-00:30", "%s", "0"},
    {"-00:30", "ddd", "000"},
    {"-00:30", "ff", "00"},
    {"-00:30", "%F", ""},
    {"-00:30", "fffffff", "0000000"},
    {"-00:30", "hh:mm", "!"},
    {"-00:30", "", "-00:30:00"},
    {"-00:30", "dddddddd", "00000000"},
    {"0:0", "c", "00:00:00"},
    {"0:0", "G", "0:00:00:00.0000000"},
    {"0:0", "T", "00:00:00"},
    {"0:0", "%d", "0"},
    {"0:0", "%m", "0"},
    {"0:0", "dd", "00"},
    {"0:0", "d\\.hh\\:mm\\:ss\\.fff", "0.00:00:00.000"},
    {"0:0", "%f", "0"},
    {"0:0", "FFF", ""},
    {"0:0", "h'h'm'm'", "0h0m"},
    {"0:0", "Q", "!"},
    {"0:0", "x", "!"},
    {"0:0", "hhh", "!"},
    {"12:00:01.5", "g", "12:00:01.5"},
    {"12:00:01.5", "t", "12:00:01.5000000"},
    {"12:00:01.5", "hh\\:mm", "12:00"},
    {"12:00:01.5", "%h", "12"},
    {"12:00:01.5", "%s", "1"},
    {"12:00:01.5", "ddd", "000"},
    {"12:00:01.5", "ff", "50"},
    {"12:00:01.5", "%F", "5"},
    {"12:00:01.5", "fffffff", "5000000"},
    {"12:00:01.5", "hh:mm", "!"},
    {"12:00:01.5", "", "12:00:01.5000000"},
    {"12:00:01.5", "dddddddd", "00000000"},
};

static void spans(void **state) {
    for (size_t i = 0; i < sizeof span_formats / sizeof span_formats[0]; i++) {
        int64_t ticks;
        assert_true(timespan_parse(text_of(span_formats[i].span), &ticks));
        assert_format(*state, value_timespan(ticks), span_formats[i].format, span_formats[i].expected);
    }
}

static const struct pair span_texts[] = {
    {"1:02:03", "01:02:03"},
    {"1.02:03:04", "1.02:03:04"},
    {"01:30", "01:30:00"},
    {"5", "5.00:00:00"},
    {"-00:30", "-00:30:00"},
    {"1.02:03:04.0056", "1.02:03:04.0056000"},
    {"1:2:3:4", "1.02:03:04"},
    {"24:00", "!"},
    {"23:59:59.9999999", "23:59:59.9999999"},
    {"1.5", "!"},
    {"abc", "!"},
    {"", "!"},
    {"00:00:60", "!"},
    {"25:00:00", "25.00:00:00"},
    {"1.00:00", "1.00:00:00"},
    {"10:20:30.5", "10:20:30.5000000"},
    {"  1:00 ", "01:00:00"},
    {"-1.5:00", "-1.05:00:00"},
    {"99999999", "!"},
    {"1:60", "!"},
    {"7.", "!"},
    {".5", "!"},
    {"00:00:01.12345678", "!"},
};

static void reading_spans(void **state) {
    for (size_t i = 0; i < sizeof span_texts / sizeof span_texts[0]; i++) {
        int64_t ticks;
        if (timespan_parse(text_of(span_texts[i].text), &ticks)) assert_format(*state, value_timespan(ticks), "c", span_texts[i].expected);
        else assert_string_equal(span_texts[i].expected, "!");
    }
}

/* L after a moment: it had a zone and is local time now. */
static const struct pair date_texts[] = {
    {"2024-03-05", "2024-03-05T00:00:00.0000000"},
    {"3/5/2024", "2024-03-05T00:00:00.0000000"},
    {"03/05/24", "2024-03-05T00:00:00.0000000"},
    {"5 March 2024", "2024-03-05T00:00:00.0000000"},
    {"March 5, 2024", "2024-03-05T00:00:00.0000000"},
    {"Mar 5 2024", "2024-03-05T00:00:00.0000000"},
    {"5-Mar-2024", "2024-03-05T00:00:00.0000000"},
    {"2024-03-05 14:07", "2024-03-05T14:07:00.0000000"},
    {"2024-03-05T14:07:09", "2024-03-05T14:07:09.0000000"},
    {"2024-03-05T14:07:09.123", "2024-03-05T14:07:09.1230000"},
    {"2024-03-05T14:07:09Z", "2024-03-05T14:07:09.0000000L"},
    {"2024-03-05T14:07:09+02:00", "2024-03-05T12:07:09.0000000L"},
    {"2024-03-05T14:07:09.1234567Z", "2024-03-05T14:07:09.1234567L"},
    {"2024/03/05", "2024-03-05T00:00:00.0000000"},
    {"20240305", "!"},
    {"Tuesday, March 5, 2024", "2024-03-05T00:00:00.0000000"},
    {"Tue, 05 Mar 2024 14:07:09 GMT", "2024-03-05T14:07:09.0000000L"},
    {"3/5/2024 2:07:09 PM", "2024-03-05T14:07:09.0000000"},
    {"3/5/2024 14:07", "2024-03-05T14:07:00.0000000"},
    {"March 2024", "2024-03-01T00:00:00.0000000"},
    {"2024-03", "2024-03-01T00:00:00.0000000"},
    {"2024", "!"},
    {"13/5/2024", "!"},
    {"2024-02-30", "!"},
    {"", "!"},
    {"  2024-03-05  ", "2024-03-05T00:00:00.0000000"},
    {"2024.03.05", "2024-03-05T00:00:00.0000000"},
    {"5.3.2024", "2024-05-03T00:00:00.0000000"},
    {"03-05-2024", "2024-03-05T00:00:00.0000000"},
    {"2024-03-05 2:07PM", "2024-03-05T14:07:00.0000000"},
    {"2024-03-05T14:07", "2024-03-05T14:07:00.0000000"},
    {"2024-03-05 14:07:09 -0500", "2024-03-05T19:07:09.0000000L"},
    {"2024-03-05 14:07:09 -05", "2024-03-05T19:07:09.0000000L"},
    {"2024-3-5", "2024-03-05T00:00:00.0000000"},
    {"1/2/3", "2003-01-02T00:00:00.0000000"},
    {"3/5/99", "1999-03-05T00:00:00.0000000"},
    {"3/5/29", "2029-03-05T00:00:00.0000000"},
    {"3/5/50", "1950-03-05T00:00:00.0000000"},
    {"Tue Mar 5 2024", "2024-03-05T00:00:00.0000000"},
    {"Monday, March 5, 2024", "!"},
    {"2024-03-05 24:00", "!"},
    {"today", "!"},
    {"2024-03-05T14:07:09.1234567890Z", "2024-03-05T14:07:09.1234568L"},
    {"Mar-05-2024", "2024-03-05T00:00:00.0000000"},
    {"05 Mar 24", "2024-03-05T00:00:00.0000000"},
    {"2024-W10", "!"},
    {"12/31/9999 23:59:59", "9999-12-31T23:59:59.0000000"},
    {"24-03-05", "!"},
    {"2024-03-05T", "!"},
    {"2024-03-05 14", "!"},
    {"Jan", "!"},
    {"2024-03-05, 14:07", "2024-03-05T14:07:00.0000000"},
    {"3/5/2024 12:00:00 AM", "2024-03-05T00:00:00.0000000"},
};
static const struct { const char *text, *format, *expected; } exact_texts[] = {
    {"05/03/2024", "dd/MM/yyyy", "2024-03-05T00:00:00.0000000"},
    {"5/3/2024", "d/M/yyyy", "2024-03-05T00:00:00.0000000"},
    {"05/03/2024", "d/M/yyyy", "2024-03-05T00:00:00.0000000"},
    {"5/3/24", "d/M/yy", "2024-03-05T00:00:00.0000000"},
    {"20240305140709", "yyyyMMddHHmmss", "2024-03-05T14:07:09.0000000"},
    {"2024-03-05T14:07:09Z", "yyyy-MM-ddTHH:mm:ssZ", "2024-03-05T14:07:09.0000000L"},
    {"2024-03-05T14:07:09Z", "yyyy-MM-ddTHH:mm:ssK", "2024-03-05T14:07:09.0000000L"},
    {"2024-03-05T14:07:09+02:00", "yyyy-MM-ddTHH:mm:sszzz", "2024-03-05T12:07:09.0000000L"},
    {"2024-03-05T14:07:09+02:00", "yyyy-MM-ddTHH:mm:ssK", "2024-03-05T12:07:09.0000000L"},
    {"Mar 5 2024", "MMM d yyyy", "2024-03-05T00:00:00.0000000"},
    {"March 5, 2024", "MMMM d, yyyy", "2024-03-05T00:00:00.0000000"},
    {"Tue 5", "ddd d", "!"},
    {"2024-03-05 14:07:09.123", "yyyy-MM-dd HH:mm:ss.fff", "2024-03-05T14:07:09.1230000"},
    {"2024-03-05 14:07:09.12", "yyyy-MM-dd HH:mm:ss.FFF", "2024-03-05T14:07:09.1200000"},
    {"2024-03-05T14:07:09.1234567Z", "o", "2024-03-05T14:07:09.1234567L"},
    {"3/5/2024", "d", "2024-03-05T00:00:00.0000000"},
    {" 05/03/2024", "dd/MM/yyyy", "!"},
    {"05/03/2024x", "dd/MM/yyyy", "!"},
    {"2024", "yyyy", "2024-01-01T00:00:00.0000000"},
    {"2024-03-05T14:07:09", "s", "2024-03-05T14:07:09.0000000"},
    {"2024-03-05 14:07:09Z", "u", "2024-03-05T14:07:09.0000000"},
    {"Tue, 05 Mar 2024 14:07:09 GMT", "r", "2024-03-05T14:07:09.0000000"},
    {"31/02/2024", "dd/MM/yyyy", "!"},
    {"2024-3-5", "yyyy-MM-dd", "!"},
    {"5-MAR-24", "d-MMM-yy", "2024-03-05T00:00:00.0000000"},
    {"Wed 05 Mar 2024", "ddd dd MMM yyyy", "!"},
    {"05.03.2024 14:07", "dd.MM.yyyy HH:mm", "2024-03-05T14:07:00.0000000"},
};

static void assert_moment(struct realm *realm, bool good, struct value date, const char *text, const char *expected) {
    struct bytes shown = {0};
    if (!good) bytes_add_byte(&shown, '!');
    else {
        assert_int_equal(format_value(realm, &shown, value_datetime(date.integer, 0), TEXT("o"), NULL), STATUS_OK);
        if (date.small == 2) bytes_add_byte(&shown, 'L');
    }
    if (!text_equal(bytes_text(&shown), text_of(expected))) print_message("[%s]\n", text);
    assert_string_equal(shown.data, expected);
    bytes_free(&shown);
}

static void reading_dates(void **state) {
    struct value date = value_null();
    const struct culture *culture = culture_find(TEXT("en-US"));
    for (size_t i = 0; i < sizeof date_texts / sizeof date_texts[0]; i++) {
        bool good = date_parse(*state, text_of(date_texts[i].text), culture, &date);
        assert_moment(*state, good, date, date_texts[i].text, date_texts[i].expected);
    }
    for (size_t i = 0; i < sizeof exact_texts / sizeof exact_texts[0]; i++) {
        bool good = date_parse_exact(*state, text_of(exact_texts[i].text), text_of(exact_texts[i].format), culture, &date);
        assert_moment(*state, good, date, exact_texts[i].text, exact_texts[i].expected);
    }
    assert_true(date_parse(*state, TEXT("5. M\xc3\xa4rz 2024"), culture_find(TEXT("de-DE")), &date));
    assert_moment(*state, true, date, "de", "2024-03-05T00:00:00.0000000");
    assert_true(date_parse(*state, TEXT("05/03/2024"), culture_find(TEXT("en-GB")), &date));
    assert_moment(*state, true, date, "gb", "2024-03-05T00:00:00.0000000");
}

static int start_in_utc(void **state) {
    setenv("TZ", "UTC", 1);
    return start(state);
}

int run_date_format(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates), cmocka_unit_test(spans), cmocka_unit_test(reading_spans), cmocka_unit_test(reading_dates),
    };
    return cmocka_run_group_tests_name("date_format", tests, start_in_utc, stop);
}
