/* rooms: pattern. Wildcards and regular expressions: the first half is the pattern, the second the text. */
#include "m365sh/pattern/regex.h"
#include "m365sh/pattern/wildcard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    struct text whole = text_make((const char *)data + 1, size - 1);
    size_t cut = whole.length * data[0] / 256;
    struct text pattern = text_slice(whole, 0, cut), text = text_slice(whole, cut, whole.length);
    wildcard_match(pattern, text, data[0] & 1);
    wildcard_is_valid(pattern);
    struct regex *regex;
    if (regex_compile(pattern, data[0] & 1, &regex, NULL) != STATUS_OK) return 0;
    struct regex_match match = {0};
    struct bytes out = {0};
    bool found = false;
    for (size_t at = 0; at <= text.length; at = match.groups[0].end + 1) {
        if (regex_find(regex, text, at, &match, &found, NULL) != STATUS_OK || !found) break;
        regex_add_replacement(&out, regex, text, &match, text);
        if (out.length > 100000) break;
    }
    regex_match_free(&match);
    regex_release(regex);
    bytes_free(&out);
    return 0;
}
