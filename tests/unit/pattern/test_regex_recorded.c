/* What .NET 10 finds: pattern, subject, and each group as name:index+length ("-" did not take part). */
#include "test.h"
#include "m365sh/base/utf8.h"
#include "m365sh/pattern/regex.h"

struct row { const char *pattern, *subject, *expected; };
static const struct row rows[] = {
    {"^\\s*(\\w+)\\s*=\\s*(.*?)\\s*$", "  key = some value  ", "0:0+20 1:2+3 2:8+10"},
    {"(?i)user(\\d+)", "USER42 user7", "0:0+6 1:4+2"},
    {"[^\\W\\d_]+", "abc123_d\xc3\xa9" "f", "0:0+3"},
    {"\\bfoo\\b", "a foo, food foo", "0:2+3"},
    {"(a|ab)(c|bcd)(d*)", "abcd", "0:0+4 1:0+1 2:1+3 3:4+0"},
    {"(?<!\\d)\\d{3}(?!\\d)", "1234 567 89", "0:5+3"},
    {"^(?:(\\d+)|(\\w+))$", "abc", "0:0+3 1:- 2:0+3"},
    {"(\\d+)(?:px|em)", "12em", "0:0+4 1:0+2"},
    {"[\\w.-]+@[\\w-]+\\.\\w+", "mail a.b-c@x-y.org end", "0:5+13"},
    {"([\"'])(.*?)\\1", "say \"it's\" ok", "0:4+6 1:4+1 2:5+4"},
    {"\\$\\{(\\w+)\\}", "x ${name} y", "0:2+7 1:4+4"},
    {"^#(?<lvl>\\w+):\\s(?<msg>.+)$", "#warn: disk full", "0:0+16 lvl:1+4 msg:7+9"},
    {"(?<y>\\d{4})-(?<m>\\d\\d)-(?<d>\\d\\d)", "on 2024-05-06.", "0:3+10 y:3+4 m:8+2 d:11+2"},
    {"[A-Z]{2,}", "abCDefGHI", "0:2+2"},
    {"(?:a|b)*?c", "ababc", "0:0+5"},
    {"x*", "aaa", "0:0+0"},
    {"(a*)*", "aaab", "0:0+3 1:3+0"},
    {"(a*)+", "b", "0:0+0 1:0+0"},
    {"(?>a+)b", "aaab", "0:0+4"},
    {"a{2}", "aaaa", "0:0+2"},
    {"[]a]+", "]a]", "0:0+3"},
    {"[^]a]+", "b]a", "0:0+1"},
    {"[a\\]b]+", "a]b", "0:0+3"},
    {"[\\d\\-x]+", "1-x", "0:0+3"},
    {"[a-c-e]+", "a-e", "0:0+3"},
    {"[-a]+", "-a", "0:0+2"},
    {"[a-]+", "a-", "0:0+2"},
    {"[\\s\\S]+", "a b", "0:0+3"},
    {"[^\\s]+", "  ab", "0:2+2"},
    {"\\u00e9", "caf\xc3\xa9", "0:3+1"},
    {"\\xe9", "caf\xc3\xa9", "0:3+1"},
    {"[\xc3\xa9-\xc3\xbc]+", "a\xc3\xa9\xc3\xad\xc3\xbc", "0:1+3"},
    {"\\p{Lu}\\p{Ll}+", "xx \xc3\x89ric", "0:3+4"},
    {"\\P{L}+", "ab12", "0:2+2"},
    {"[\\p{L}-[aeiou]]+", "hello", "0:0+1"},
    {"(?s).+", "a\x09" "b", "0:0+3"},
    {"\\t", "a\x09" "b", "0:1+1"},
    {"(?=.*\\d)(?=.*[a-z]).{4,}", "ab12", "0:0+4"},
    {"^(?!.*admin).*$", "superadmin", "none"},
    {"^(?!.*admin).*$", "user", "0:0+4"},
    {"(?<=\\$)\\d+", "cost $45", "0:6+2"},
    {"(?<=^|,)[^,]*", "a,b,c", "0:0+1"},
    {"(?:(?<a>x)|(?<b>y))+", "xyx", "0:0+3 a:2+1 b:1+1"},
    {"(\\w)(\\w)?(\\w)?", "ab", "0:0+2 1:0+1 2:1+1 3:-"},
    {"(?<n>a)(b)(?<m>c)(d)", "abcd", "0:0+4 1:1+1 2:3+1 n:0+1 m:2+1"},
    {"((a)(b))", "ab", "0:0+2 1:0+2 2:0+1 3:1+1"},
    {"(?i:A)b", "ab", "0:0+2"},
    {"(?i:A)b", "aB", "none"},
    {"a(?i)b|c", "C", "0:0+1"},
    {"(?-i)a", "A", "none"},
    {"\\A\\w+\\z", "abc", "0:0+3"},
    {"^abc\\Z", "abc", "0:0+3"},
    {"[[:alpha:]]+", "a:l]p", "0:2+2"},
    {"[a&&b]+", "a&b", "0:0+3"},
    {"a\\.b", "a.b", "0:0+3"},
    {"\\(\\d+\\)", "(12)", "0:0+4"},
    {"\\d+(?:,\\d{3})*(?:\\.\\d+)?", "1,234.5", "0:0+7"},
    {"0[xX][0-9a-fA-F]+", "val 0xFf", "0:4+4"},
    {"(\\d{1,3}\\.){3}\\d{1,3}", "ip 10.0.0.255 x", "0:3+10 1:8+2"},
    {"^[\\w\\s]+$", "ab cd", "0:0+5"},
    {".*?(\\d+)$", "ab12", "0:0+4 1:2+2"},
    {"(.)\\1", "hello", "0:2+2 1:2+1"},
    {"(?<c>.)\\k<c>", "hello", "0:2+2 c:2+1"},
    {"\\w+(?=\\.)", "file.txt", "0:0+4"},
    {"(?<=\\.)\\w+$", "file.tar.gz", "0:9+2"},
    {"[^.]+$", "file.tar.gz", "0:9+2"},
    {"^.{3}", "abcdef", "0:0+3"},
    {"\\D+", "12ab34", "0:2+2"},
    {"\\W", "ab c", "0:2+1"},
    {"\\S+\\s+\\S+", " a  b ", "0:1+4"},
    {"\\Bo\\B", "foob", "0:1+1"},
    {"(?m)^\\w", "ab", "0:0+1"},
    {"a|b|", "c", "0:0+0"},
    {"(|a)b", "ab", "0:0+2 1:0+1"},
    {"()", "x", "0:0+0 1:0+0"},
    {"\\x41\\u0042\\103", "ABC", "0:0+3"},
    {"\\cI", "a\x09" "b", "0:1+1"},
    {"[\\b]", "a", "none"},
    {"a#b", "a#b", "0:0+3"},
    {"(?x)a\\#b", "a#b", "0:0+3"},
    {"(?x)[ #]+", "a #", "0:1+2"},
    {"\\e", "x", "none"},
    {"a{0}b", "ab", "0:1+1"},
    {"a{1,2}?", "aa", "0:0+1"},
    {"(?:ab){2,}", "ababab", "0:0+6"},
    {"a{,2}", "a{,2}", "0:0+5"},
    {"a{x}", "a{x}", "0:0+4"},
    {"{a}", "{a}", "0:0+3"},
    {"}", "}", "0:0+1"},
    {"]", "]", "0:0+1"},
    {"\\-", "-", "0:0+1"},
    {"\\/", "/", "0:0+1"},
    {"\\@", "@", "0:0+1"},
    {"\\!", "!", "0:0+1"},
    {"\\\"", "\"", "0:0+1"},
    {"\\'", "'", "0:0+1"},
    {"\\ ", "a b", "0:1+1"},
    {"\\%", "%", "0:0+1"},
    {"\\&", "&", "0:0+1"},
    {"\\,", ",", "0:0+1"},
    {"\\:", ":", "0:0+1"},
    {"\\;", ";", "0:0+1"},
    {"\\<", "<", "0:0+1"},
    {"\\=", "=", "0:0+1"},
    {"\\>", ">", "0:0+1"},
    {"\\~", "~", "0:0+1"},
    {"\\`", "`", "0:0+1"},
    {"\\_", "_", "ERR"},
    {"\\y", "y", "ERR"},
    {"\\Q", "Q", "ERR"},
    {"\\1(a)", "aa", "none"},
    {"(a)\\2", "aa", "ERR"},
    {"(a)\\10", "a", "none"},
    {"(?<1>a)(b)", "ab", "0:0+2 1:1+1"},
    {"(?<a>x)(?(a)y|z)", "xy", "0:0+2 a:0+1"},
    {"(?(?=a)ab|cd)", "cd", "0:0+2"},
    {"(?#comment)a", "a", "0:0+1"},
    {"(?'n'a)\\k'n'", "aa", "0:0+2 n:0+1"},
    {"\\k<n>(?<n>a)", "a", "none"},
    {"(?:", "a", "ERR"},
    {"(?", "a", "ERR"},
    {"(?<", "a", "ERR"},
    {"(?<a", "a", "ERR"},
    {"(?<a>", "a", "ERR"},
    {"a**", "a", "ERR"},
    {"a?+", "a", "ERR"},
    {"+a", "a", "ERR"},
    {"|", "a", "0:0+0"},
    {"(*)", "a", "ERR"},
    {"a{2}{3}", "aaaaaa", "ERR"},
    {"[b-a]", "a", "ERR"},
    {"[a", "a", "ERR"},
    {"\\", "a", "ERR"},
    {"(?z)a", "a", "ERR"},
    {"(?P<n>a)", "a", "ERR"},
    {"\\p{IsGreek}", "\xce\xb1", "0:0+1"},
    {"\\p{Greek}", "\xce\xb1", "ERR"},
    {"\\p{Xx}", "a", "ERR"},
    {"\\pL", "a", "ERR"},
    {"[\\w-a]", "-", "0:0+1"},
    {"[a-\\w]", "-", "ERR"},
    {"\\G\\d", "1a", "0:0+1"},
    {"(?n)(a)(?<b>b)", "ab", "0:0+2 b:1+1"},
    {"(?i)stra\xc3\x9f" "e", "STRASSE", "none"},
    {"(?i)\xc4\xb1", "I", "none"},
    {"\xc5\xbf", "s", "none"},
    {"(?i)K", "K", "0:0+1"},
    {"\\s", " ", "0:0+1"},
    {"\\s", "\xe2\x80\x8b", "none"},
    {"\\d", "\xd9\xa3", "0:0+1"},
    {"\\w", "\xe2\x80\xbf", "0:0+1"},
    {"\\w", "\xc2\xb2", "none"},
    {"\\w", "\xc2\xaa", "0:0+1"},
    {"\\w", "\xe2\x85\xa7", "none"},
    {"\\b", "\xc3\xa9", "0:0+0"},
    {"(\\p{L}|\\p{N})+", "a\xce\xb2" "3", "0:0+3 1:2+1"},
    {"(?i)\xc3\x89", "\xc3\xa9", "0:0+1"},
    {"[^a]", "\xc3\xa9", "0:0+1"},
    {"\\W+", "\xc3\xa9" "a-b", "0:2+1"},
};

static void add_groups(struct bytes *out, const struct regex *regex, struct text subject, const struct regex_match *match) {
    for (uint32_t i = 0; i < match->group_count; i++) {
        struct regex_span span = match->groups[i];
        bytes_add_format(out, "%s%.*s:", i ? " " : "", TEXT_ARGUMENT(regex_group_name(regex, i)));
        if (!span.matched) bytes_add_byte(out, '-');
        else bytes_add_format(out, "%zu+%zu", utf8_units(text_slice(subject, 0, span.start)), utf8_units(text_slice(subject, span.start, span.end - span.start)));
    }
}

static void finds_what_dot_net_finds(void **state) {
    (void)state;
    struct bytes got = {0};
    struct regex_match match = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct regex *regex;
        bool found = false;
        struct text subject = text_of(rows[i].subject);
        if (regex_compile(text_of(rows[i].pattern), 0, &regex, NULL) != STATUS_OK) {
            bytes_add_string(&got, "ERR");
        } else {
            assert_int_equal(regex_find(regex, subject, 0, &match, &found, NULL), STATUS_OK);
            if (found) add_groups(&got, regex, subject, &match);
            else bytes_add_string(&got, "none");
            regex_release(regex);
        }
        if (!text_equal(bytes_text(&got), text_of(rows[i].expected)))
            fail_msg("%s on %s: %s, not %s", rows[i].pattern, rows[i].subject, got.data, rows[i].expected);
        bytes_clear(&got);
    }
    regex_match_free(&match);
    bytes_free(&got);
}

TEST_GROUP(regex_recorded, cmocka_unit_test(finds_what_dot_net_finds))
