/* .NET's number, date, span, enum, guid formatting: what ToString("N2"), "{0:yyyy}" and -f do. */
#ifndef M365SH_TYPES_FORMAT_TEXT_H
#define M365SH_TYPES_FORMAT_TEXT_H

#include "m365sh/base/bytes.h"
#include "m365sh/types/type.h"

struct culture;
const struct culture *culture_invariant(void);
const struct culture *culture_find(struct text name);  /* "en-US", "de-DE" …; unknown ones give en-US (documented) */
struct text culture_name(const struct culture *culture);

/* "{0,-10:N2} {{}}" with arguments; raises FormatError / FormatException ids. */
enum status format_composite(struct realm *realm, struct bytes *out, struct text format, const struct value *arguments,
                             uint32_t count, const struct culture *culture);
/* v.ToString(format). Empty format: the general one. Raises FormatException. */
enum status format_value(struct realm *realm, struct bytes *out, struct value v, struct text format,
                         const struct culture *culture);
/* [datetime]::ParseExact and Parse. False if it does not fit. kind as value_datetime's. */
bool date_parse(struct realm *realm, struct text text, const struct culture *culture, struct value *out);
bool date_parse_exact(struct realm *realm, struct text text, struct text format, const struct culture *culture, struct value *out);
bool timespan_parse(struct text text, int64_t *ticks);

#endif
