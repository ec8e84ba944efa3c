/* Every row of every table with strange arguments: it may raise, it may not crash. */
#include "types_test.h"
#include "member_row_private.h"

#define TABLE(name) extern const struct member_table name;
#include "member_tables.def"
#undef TABLE
static const struct member_table *const tables[] = {
#define TABLE(name) &name,
#include "member_tables.def"
#undef TABLE
};

/* These reach outside the process. */
static bool is_outside(const struct member_row *row) {
    static const char *const names[] = {"System.IO.", "System.Environment", "System.Threading", "System.Diagnostics", "System.Xml.XmlDocument"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strncmp(row->type, names[i], strlen(names[i]))) return true;
    return false;
}

static void call_row(struct realm *realm, const struct member_row *row, struct value self, struct value argument) {
    struct value arguments[4] = {argument, argument, argument, argument}, out = value_void();
    const struct type *type = type_find(realm, text_of(row->type));
    if (self.kind != VALUE_UNSET) type = type_of(realm, self);
    else if (row->type[0] == '~' || (type && type->flags & TYPE_GENERIC_OPEN)) return;
    for (int count = row->least; count <= 4 && (row->most < 0 || count <= row->most); count++) {
        out = value_void();
        enum status status = row->function(realm, type, self, count ? arguments : NULL, (uint32_t)count, &out);
        if (status == STATUS_OK) value_release(out);
        else value_release(realm_take_raised(realm));
    }
}

static uint32_t strange_values(struct realm *realm, struct value values[16]) {
    struct value list = list_new(realm, NULL, 0), table = table_new(realm, TABLE_HASH, true, NULL);
    array_push(list, value_int32(1));
    uint32_t count = 0;
    values[count++] = value_null();
    values[count++] = value_int32(-1);
    values[count++] = value_int32(3);
    values[count++] = value_double(1e300);
    values[count++] = string_of("");
    values[count++] = string_of("x{0}é");
    values[count++] = value_type(find(realm, "DayOfWeek"));
    values[count++] = list;
    values[count++] = table;
    values[count++] = object_new(realm, NULL, 0);
    values[count++] = reference_new(realm, value_null());
    return count;
}

static void statics_and_constructors(void **state) {
    struct realm *realm = *state;
    struct value values[16];
    uint32_t count = strange_values(realm, values);
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct member_row *row = &tables[t]->rows[i];
            assert_non_null(row->function);
            if (row->kind < ROW_STATIC_GET || is_outside(row)) continue;
            for (uint32_t v = 0; v < count; v++) call_row(realm, row, VALUE_UNSET_INIT, values[v]);
        }
    for (uint32_t v = 0; v < count; v++) value_release(values[v]);
}

/* Instance rows of the types whose values are easily made. */
static void instances(void **state) {
    struct realm *realm = *state;
    static const char *const made[][2] = {
        {"string", "abc"}, {"int", "5"}, {"double", "2.5"}, {"decimal", "1.5"}, {"char", "c"}, {"datetime", "2024-01-02"}, {"timespan", "1:02"},
        {"guid", "12345678123412341234123456789abc"}, {"version", "1.2"}, {"uri", "http://a/b?c#d"}, {"DayOfWeek", "Friday"}, {"bigint", "12"},
        {"datetimeoffset", "2024-01-02"}, {"regex", "a(b)?"}, {"System.Text.StringBuilder", "abc"}, {"int[]", "1"}, {"cultureinfo", "en-US"},
        {"System.Collections.Generic.List[int]", "1"}, {"System.Collections.Generic.HashSet[int]", "1"}, {"System.Exception", "x"},
        {"System.Collections.Generic.Queue[int]", "1"}, {"ipaddress", "10.0.0.1"}, {"mailaddress", "a@b.c"}, {"semver", "1.2.3"}, {"type", "int"},
    };
    struct value values[16];
    uint32_t count = strange_values(realm, values);
    for (size_t m = 0; m < sizeof made / sizeof made[0]; m++)
        for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
            for (size_t i = 0; i < tables[t]->count; i++) {
                const struct member_row *row = &tables[t]->rows[i];
                if (row->kind >= ROW_STATIC_GET) continue;
                for (uint32_t v = 0; v < count; v++) {
                    struct value self = cast(realm, string_of(made[m][0 + 1]), made[m][0]);
                    const struct type *type = type_of(realm, self), *wanted = type_find(realm, text_of(row->type));
                    bool shared = (row->type[0] == '~' && type->value_kind == VALUE_LIST && strchr("lcsq", row->type[1]) && strcmp(row->type, "~stack"));
                    bool set = strstr(type->full_name, "HashSet"), wants_set = !strcmp(row->type, "~set");
                    if ((wanted && (wanted == type || type_is(type, wanted) || wanted == type->open)) || (shared && (!wants_set || set))) call_row(realm, row, self, values[v]);
                    value_release(self);
                }
            }
    for (uint32_t v = 0; v < count; v++) value_release(values[v]);
}

int run_rows(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(statics_and_constructors, start, stop),
        cmocka_unit_test_setup_teardown(instances, start, stop),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
