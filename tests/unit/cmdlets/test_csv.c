#include "test.h"
#include "data/csv_private.h"

/* Records as |-joined fields, one record a line. "final": no more text will come. */
static const char *picture(struct bytes *out, const char *text, bool final, char separator) {
    struct csv_delimiter delimiter = {{separator}, 1};
    struct csv_record record = {0};
    struct text rest = text_of(text);
    size_t taken;
    bytes_clear(out);
    for (;;) {
        enum csv_result result = csv_parse(rest, final, &delimiter, &record, &taken);
        if (result == CSV_MORE) bytes_add_string(out, "...");
        if (result != CSV_RECORD) break;
        for (size_t i = 0; i < record.count; i++) bytes_add_format(out, i ? "|%.*s" : "%.*s", TEXT_ARGUMENT(csv_field_text(&record, i)));
        bytes_add_byte(out, '\n');
        rest = text_slice(rest, taken, rest.length);
    }
    csv_record_free(&record);
    return out->data ? out->data : "";
}

static void records_as_powershell_splits_them(void **state) {
    (void)state;
    static const struct { const char *text, *fields; } rows[] = {
        {"a,b,c\n1,2,3", "a|b|c\n1|2|3\n"},        {"a\r\nb\rc", "a\nb\nc\n"},
        {"1,\"a, b\",2", "1|a, b|2\n"},            {"\"say \"\"hi\"\"\",x", "say \"hi\"|x\n"},
        {"mid\"quote,\"trailing\" x", "mid\"quote|trailing x\n"}, {"\"x\"y", "xy\n"},
        {" A , B,C ", "A |B|C \n"},                {"  cy  ,three four ,\"q\"  ", "cy |three four |q\n"},
        {"\"two\nlines\",b", "two\nlines|b\n"},    {",,\n", "||\n"},
        {"\"open,2", "open,2\n"},                  {"", ""},
        {"a\n\nb", "a\n\nb\n"},                    {"a,\n", "a|\n"},
        {",,", "|\n"}, /* behind the last delimiter of the text stands no field */
    };
    struct bytes out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_string_equal(picture(&out, rows[i].text, true, ','), rows[i].fields);
    assert_string_equal(picture(&out, "a;b\t;c,d", true, ';'), "a|b\t|c,d\n");
    assert_string_equal(picture(&out, "a\tb c\t d", true, '\t'), "a|b c|d\n");
    bytes_free(&out);
}

static void waits_for_what_is_not_there_yet(void **state) {
    (void)state;
    struct bytes out = {0};
    assert_string_equal(picture(&out, "a,b\n1,2", false, ','), "a|b\n...");
    assert_string_equal(picture(&out, "a\r", false, ','), "...");
    assert_string_equal(picture(&out, "\"a\n", false, ','), "...");
    assert_string_equal(picture(&out, "\"a\"", false, ','), "..."); /* the next byte may be another quote */
    assert_string_equal(picture(&out, "a\r\n", false, ','), "a\n...");
    bytes_free(&out);
}

TEST_GROUP(csv, cmocka_unit_test(records_as_powershell_splits_them), cmocka_unit_test(waits_for_what_is_not_there_yet))
