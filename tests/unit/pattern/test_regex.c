#include "test.h"
#include "m365sh/pattern/regex.h"

/* First match's text, or "-". "!" when the pattern is refused. */
static void check(const char *pattern, uint32_t options, const char *subject, const char *expected) {
    struct regex *regex;
    struct fault fault = {0};
    struct regex_match match = {0};
    if (regex_compile(text_of(pattern), options, &regex, &fault) != STATUS_OK) {
        if (strcmp(expected, "!")) fail_msg("%s: %s", pattern, fault.message);
        fault_clear(&fault);
        return;
    }
    bool found;
    for (int round = 0; round < 7; round++) { /* before and after the JIT */
        assert_int_equal(regex_find(regex, text_of(subject), 0, &match, &found, &fault), STATUS_OK);
        struct text got = found ? text_slice(text_of(subject), match.groups[0].start, match.groups[0].end - match.groups[0].start) : TEXT("-");
        if (!text_equal(got, text_of(expected))) fail_msg("%s on %s: %.*s", pattern, subject, TEXT_ARGUMENT(got));
    }
    regex_match_free(&match);
    regex_release(regex);
}

static void patterns_mean_what_they_mean_in_dot_net(void **state) {
    (void)state;
    check("a++", 0, "a", "!");
    check("\\h", 0, "a", "!");
    check("(?P<a>x)", 0, "x", "!");
    check("[", 0, "x", "!");
    check("\\1", 0, "x", "!");
    check("(?<n-m>x)", 0, "x", "!");
    check("*a", 0, "a", "!");
    check("(a", 0, "a", "!");
    check("a)", 0, "a", "!");
    check("[z-a]", 0, "a", "!");
    check("\\_", 0, "_", "!");
    check("\\p{Foo}", 0, "x", "!");
    check("(?<=o.*)b", 0, "fxb foo-b", "b");
    check("(?<=https?://)[^/]+", 0, "see http://contoso.com/x", "contoso.com");
    check("(?<=Name:\\s*)\\w+", 0, "id: 5, Name:   bob", "bob");
    check("(?<=\\d+\\s*x\\s+)\\w+", 0, "12 x  abc", "abc");
    check("(?<!(?:no|never) ?)ok", 0, "no ok, neverok", "-");
    check("(?<!(?:no|never) )ok", 0, "no ok, neverok", "ok");
    check("(?<=[)|]{1,2}a?)b", 0, "))ab", "b");
    check("(?<=(a)+)b", 0, "ab", "!");
    check("\\w+", 0, "a1_\xc3\xa9\xc2\xb2", "a1_\xc3\xa9");
    check("\\d+", 0, "x\xd9\xa3\xd9\xa4", "\xd9\xa3\xd9\xa4");
    check("[a-z-[aeiou]]+", 0, "aeibcd", "bcd");
    check("[^a-c-[x-z]]", 0, "axyzbd", "d");
    check("a$", 0, "a\n", "a");
    check("a\\z", 0, "a\n", "-");
    check("(?x) a \\  b # comment", 0, "a b", "a b");
    check("(?i)\xc3\xa9\\u0041", 0, "\xc3\x89" "a", "\xc3\x89" "a");
    check("a{,3}", 0, "a{,3}", "a{,3}");
    check("(?<a>a)?(?(a)b|c)", 0, "ab", "ab");
    check("(?'q'[\"'])x\\k<q>", 0, "'x'", "'x'");
    check("(?<d>\\d)(\\w)\\1\\k<d>", 0, "1aa1", "1aa1");
    check("\\p{IsCyrillic}+", 0, "abc\xd0\x96\xd0\xb6", "\xd0\x96\xd0\xb6");
    check("[\\P{IsBasicLatin}]", 0, "ab\xc3\xa9", "\xc3\xa9");
    check("\\uD83D\\uDE00", 0, "x\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
    check("x.y", 0, "x\xed\xa0\x80y xzy", "xzy"); /* a lone half beside valid text */
    check("^b$", REGEX_MULTILINE, "a\nb\nc", "b");
    check("a.b", REGEX_SINGLELINE, "a\nb", "a\nb");
    check("A B", REGEX_IGNORE_CASE | REGEX_IGNORE_WHITESPACE, "ab", "ab");
    check("", 0, "x", "");
    check("a(?(0)b|c)", 0, "abac", "ac");
    check("a(?:\\k<0>|b)", 0, "ab", "ab");
}

static void groups_are_numbered_unnamed_first(void **state) {
    (void)state;
    struct regex *regex;
    struct regex_match match = {0};
    bool found;
    struct bytes out = {0};
    assert_int_equal(regex_compile(TEXT("(?<b>x)(y)(?<5>z)(?<a>w)"), 0, &regex, NULL), STATUS_OK);
    for (uint32_t i = 0; i < regex_group_count(regex); i++) bytes_add_format(&out, "%.*s,", TEXT_ARGUMENT(regex_group_name(regex, i)));
    assert_bytes(&out, "0,1,b,a,5,");
    assert_int_equal(regex_group_index(regex, TEXT("5")), 4);
    assert_int_equal(regex_group_index(regex, TEXT("2")), 2);
    assert_int_equal(regex_group_index(regex, TEXT("c")), -1);
    assert_int_equal(regex_find(regex, TEXT("-xyzw-"), 0, &match, &found, NULL), STATUS_OK);
    regex_add_replacement(&out, regex, TEXT("-xyzw-"), &match, TEXT("<$1${b}$5$$$&$`$'$9$x${y}$11>"));
    assert_bytes(&out, "<yxz$xyzw--$9$x${y}$11>");
    regex_release(regex);
    assert_int_equal(regex_compile(TEXT("(?<x>a)|(?<x>b)"), REGEX_EXPLICIT_CAPTURE, &regex, NULL), STATUS_OK);
    assert_int_equal(regex_group_count(regex), 2);
    assert_int_equal(regex_find(regex, TEXT("b"), 0, &match, &found, NULL), STATUS_OK);
    assert_true(match.groups[1].matched);
    regex_release(regex);
    regex_match_free(&match);
    regex_escape(&out, TEXT("a.b c]}#\t"));
    assert_bytes(&out, "a\\.b\\ c]}\\#\\t");
    regex_unescape(&out, TEXT("a\\.b\\tc\\x41\\u0042"));
    assert_bytes(&out, "a.b\tcAB");
    bytes_free(&out);
}

static void the_cache_keeps_what_is_used(void **state) {
    (void)state;
    struct pattern_cache *cache = pattern_cache_new();
    struct regex *first, *again;
    pattern_cache_get(cache, TEXT("kept"), REGEX_IGNORE_CASE, &first, NULL);
    for (int i = 0; i < 200; i++) {
        char pattern[16];
        snprintf(pattern, sizeof pattern, "p%d", i);
        pattern_cache_get(cache, text_of(pattern), 0, &again, NULL);
        pattern_cache_get(cache, TEXT("kept"), REGEX_IGNORE_CASE, &again, NULL);
        assert_ptr_equal(first, again);
    }
    assert_int_equal(pattern_cache_get(cache, TEXT("("), 0, &again, NULL), STATUS_ERROR);
    pattern_cache_free(cache);
}

TEST_GROUP(regex, cmocka_unit_test(patterns_mean_what_they_mean_in_dot_net), cmocka_unit_test(groups_are_numbered_unnamed_first),
           cmocka_unit_test(the_cache_keeps_what_is_used))
