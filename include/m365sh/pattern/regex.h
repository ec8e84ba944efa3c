/* .NET regular expressions over PCRE2. Patterns are translated (pattern/regex_translate.c), compiled with the JIT,
 * matched on UTF-8 with a match limit. Offsets are bytes; callers convert them to units when a script looks. Groups are
 * numbered as .NET does: unnamed first, named after them. */
#ifndef M365SH_PATTERN_REGEX_H
#define M365SH_PATTERN_REGEX_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"
#include "m365sh/fault.h"

enum regex_options { /* System.Text.RegularExpressions.RegexOptions' numbers */
    REGEX_IGNORE_CASE = 1, REGEX_MULTILINE = 2, REGEX_EXPLICIT_CAPTURE = 4, REGEX_COMPILED = 8, REGEX_SINGLELINE = 16,
    REGEX_IGNORE_WHITESPACE = 32, REGEX_RIGHT_TO_LEFT = 64, REGEX_ECMASCRIPT = 256, REGEX_CULTURE_INVARIANT = 512,
    REGEX_NON_BACKTRACKING = 1024,
};
struct regex; /* immutable, counted */
/* FAULT_INVALID with a sentence that names the offset. */
enum status regex_compile(struct text pattern, uint32_t options, struct regex **out, struct fault *fault);
struct regex *regex_keep(struct regex *regex);
void regex_release(struct regex *regex);
struct text regex_source(const struct regex *regex);           /* as the script wrote it */
uint32_t regex_option_bits(const struct regex *regex);
uint32_t regex_group_count(const struct regex *regex);         /* group 0 included */
struct text regex_group_name(const struct regex *regex, uint32_t group); /* "0", "1", … or the name */
int32_t regex_group_index(const struct regex *regex, struct text name);  /* -1 if none; numbers as text too */

struct regex_scratch; /* what is kept between the calls of one loop */
struct regex_span { size_t start, end; bool matched; };
struct regex_match {
    struct regex_span *groups;     /* group_count of them, in .NET's order; owned */
    uint32_t group_count;
    struct regex_scratch *scratch;
    /* all captures of repeated groups are not kept by PCRE2: Captures holds the last one only (docs/language.md) */
};
/* Looks from byte offset `from`. A loop over one subject passes the same subject, unchanged, with from > 0. STATUS_OK with *found; STATUS_ERROR when the match limit is reached (FAULT_LIMIT) or
 * interrupted. `match` is reused between calls: zero it first, regex_match_free at the end. */
enum status regex_find(const struct regex *regex, struct text subject, size_t from, struct regex_match *match,
                       bool *found, struct fault *fault);
void regex_match_free(struct regex_match *match);
/* Adds the replacement for one match: $1 ${name} $$ $& $` $' $+ $_ as .NET. */
void regex_add_replacement(struct bytes *out, const struct regex *regex, struct text subject,
                           const struct regex_match *match, struct text replacement);
void regex_escape(struct bytes *out, struct text text);        /* [regex]::Escape */
void regex_unescape(struct bytes *out, struct text text);

/* The last few compiled patterns of one interpreter. */
struct pattern_cache;
struct pattern_cache *pattern_cache_new(void);
void pattern_cache_free(struct pattern_cache *cache);
/* A match to borrow for one search after another, so that each need not make its own; not across calls of scripts. */
struct regex_match *pattern_cache_match(struct pattern_cache *cache);
/* Borrowed: lives in the cache until others push it out; keep it if it must last. cache may be NULL: then the result is
 * owned by the caller. */
enum status pattern_cache_get(struct pattern_cache *cache, struct text pattern, uint32_t options, struct regex **out,
                              struct fault *fault);

#endif
