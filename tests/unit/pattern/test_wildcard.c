#include "test.h"
#include "m365sh/pattern/wildcard.h"

struct row { const char *pattern, *text; bool ignore_case, matches; };
/* Recorded from PowerShell 7.6.9. */
static const struct row rows[] = {
    {"[^a]", "a", true, true}, {"[^a]", "^", true, true}, {"[!a]", "b", true, false}, {"[]]", "]", true, true},
    {"[]a]", "a", true, true}, {"a[-]", "a-", true, true}, {"[a-]", "-", true, true}, {"a`[b", "a[b", true, true},
    {"[a-c]", "B", true, true}, {"[a-c]", "B", false, false}, {"?", "\xf0\x9f\x98\x80", true, false},
    {"??", "\xf0\x9f\x98\x80", true, true}, {"", "abc", true, false}, {"*", "", true, true}, {"a```b", "a`b", true, true},
    {"\xc3\xa9", "\xc3\x89", true, true}, {"a*b", "a\nb", true, true}, {"ss", "\xc3\x9f", true, false},
    {"*a*b*c", "xxaxbxcabc", false, true}, {"*.TXT", "report.txt", true, true}, {"*.TXT", "report.txt", false, false},
    {"a?c*", "abcd", true, true}, {"a*?", "a", true, false}, {"*aab", "aaaaaaaaaaaaab", true, true}, {"a]b", "a]b", true, true},
};

static void matches_as_powershell(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (wildcard_match(text_of(rows[i].pattern), text_of(rows[i].text), rows[i].ignore_case) != rows[i].matches)
            fail_msg("%s on %s", rows[i].pattern, rows[i].text);
}

static void validity_and_escaping(void **state) {
    (void)state;
    assert_false(wildcard_is_valid(TEXT("[a")));
    assert_false(wildcard_is_valid(TEXT("[]")));
    assert_false(wildcard_is_valid(TEXT("[c-a]")));
    assert_true(wildcard_is_valid(TEXT("`[a*[x-z]")));
    assert_true(wildcard_has(TEXT("a]")) && !wildcard_has(TEXT("a`*")));
    struct bytes out = {0};
    wildcard_escape(&out, TEXT("a*b?[x]`y"));
    assert_bytes(&out, "a`*b`?`[x`]``y");
    wildcard_unescape(&out, TEXT("a`*b`?`[x`]``"));
    assert_bytes(&out, "a*b?[x]`");
    bytes_free(&out);
}

TEST_GROUP(wildcard, cmocka_unit_test(matches_as_powershell), cmocka_unit_test(validity_and_escaping))
