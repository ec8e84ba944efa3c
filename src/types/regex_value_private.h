/* Match, Group and Capture as values: objects without slots; what they know stands in a native behind them, and the rows of
 * match_members.c compute from it. */
#ifndef M365SH_TYPES_REGEX_VALUE_PRIVATE_H
#define M365SH_TYPES_REGEX_VALUE_PRIVATE_H

#include "argument_private.h"
#include "m365sh/types/regex_value.h"
#include "m365sh/value/native.h"

struct match_data {
    struct regex *regex;
    struct value subject;       /* string */
    struct regex_span *groups;
    uint32_t group_count;       /* 0 for Group and Capture: then span and name count */
    struct regex_span span;
    struct value name;          /* of a group */
};
/* NULL if v is no Match, Group or Capture. */
struct match_data *match_data_of(struct value v);
/* One more match from `from` on, as a value; a Match without success when there is none. */
enum status match_next(struct realm *realm, struct regex *regex, struct value subject, size_t from, struct value *out);
/* Group `index` of a match as a Group (0: the match itself). Owned. */
struct value match_group(struct realm *realm, struct value match, uint32_t index);
enum status match_raise(struct realm *realm, const char *method, struct fault *fault);

#endif
