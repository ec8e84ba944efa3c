/* Between the files of regular expressions: what translating a pattern tells the matcher. */
#ifndef M365SH_PATTERN_REGEX_PRIVATE_H
#define M365SH_PATTERN_REGEX_PRIVATE_H

#include "m365sh/base/bytes.h"
#include "m365sh/fault.h"
#include "m365sh/pattern/regex.h"

/* The groups as .NET counts them, and which of PCRE2's captures (from 1) feed each. Owned; regex_groups_free. */
struct regex_capture {
    char *name;          /* NULL: unnamed */
    int64_t number;      /* .NET's; given by the pattern or by regex_groups_number */
    uint32_t group;      /* place among groups */
};
struct regex_groups {
    struct regex_capture *captures;
    size_t capture_count, capture_capacity;
    char **names;        /* of the groups, group 0 included, sorted by number */
    uint32_t group_count;
};
void regex_groups_number(struct regex_groups *groups);
void regex_groups_free(struct regex_groups *groups);
int32_t regex_groups_find(const struct regex_groups *groups, struct text name); /* place, or -1 */

/* How the pattern is read on its way. `ascii`: the result is for subjects of ASCII alone, so that \w may be PCRE2's own. */
struct regex_translator {
    struct text pattern;
    size_t at;
    uint32_t options;          /* enum regex_options in force: changed by (?n) and (?x) */
    bool ascii;
    bool needs_unicode;        /* set when the pattern names something beyond ASCII */
    bool quantifiable;         /* what was just added may be repeated */
    struct regex_groups *groups;
    bool numbered;             /* second pass: groups are known */
    size_t next_capture;
    struct bytes out;
    struct fault *fault;
};
/* Translates; on success the caller owns translator->out. Fills groups when they are empty. */
enum status regex_translate(struct text pattern, uint32_t options, bool ascii, struct regex_groups *groups,
                            struct bytes *out, bool *needs_unicode, struct fault *fault);
enum status regex_translate_fail(struct regex_translator *t, size_t at, const char *sentence);
/* regex_class.c: `t->at` is behind '['; adds the class to `out`. */
enum status regex_class_translate(struct regex_translator *t, struct bytes *out, int depth);
/* \p{…} and \P{…}: `t->at` is behind the letter. In a class the parts are added without brackets. */
enum status regex_class_property(struct regex_translator *t, struct bytes *out, bool negative, bool in_class);
/* A character escape (\n \x41 \u0041 \cA \0 …): `t->at` is at the letter. */
enum status regex_class_escape(struct regex_translator *t, bool in_class, uint32_t *code_point);
void regex_class_add(struct regex_translator *t, struct bytes *out, uint32_t code_point);

/* regex_lookbehind.c: rewrites the body that stands from `start` to the end; leaves it when that cannot be done. */
void regex_lookbehind_expand(struct bytes *out, size_t start);

#endif
