/* [regex] objects and what matching gives, for -match, -replace, Select-String and switch -Regex. Values are owned by the
 * caller; compiled patterns are kept by the values. */
#ifndef M365SH_TYPES_REGEX_VALUE_H
#define M365SH_TYPES_REGEX_VALUE_H

#include "m365sh/pattern/regex.h"
#include "m365sh/types/type.h"

/* A [regex]; raises ArgumentException (inside MethodInvocationException) for a bad pattern. */
enum status regex_value_new(struct realm *realm, struct text pattern, uint32_t options, struct value *out);
/* The pattern of a [regex], borrowed; NULL for any other value. */
struct regex *regex_value_of(struct value v);
/* A System.Text.RegularExpressions.Match over `subject` (a string value). Its groups are copied. */
struct value regex_value_match(struct realm *realm, struct regex *regex, struct value subject, const struct regex_match *match);

#endif
