/* One conversion under way. Roads give true and an owned `out`, or false with the error's id and the .NET exception that
 * caused it. Nothing is raised until convert_to gives up, so that -as and binding can try for free. */
#ifndef M365SH_TYPES_CONVERT_PRIVATE_H
#define M365SH_TYPES_CONVERT_PRIVATE_H

#include "m365sh/types/convert.h"
#include "m365sh/types/format_text.h"
#include "m365sh/types/member.h"
#include "type_table_private.h"

struct conversion {
    struct realm *realm;
    const struct type *type;    /* wanted */
    struct value out;           /* owned, when a road gave true */
    const char *id;             /* FullyQualifiedErrorId of the failure */
    const char *cause;          /* exception inside PSInvalidCastException; NULL none */
    enum status status;         /* STATUS_ERROR with realm->raised set when a script's code failed or was interrupted */
    int depth;
};

bool conversion_fail(struct conversion *c, const char *id, const char *cause); /* false */
bool conversion_give(struct conversion *c, struct value owned);               /* true */
/* Converts within a conversion: same failure record, another type. */
bool conversion_inner(struct conversion *c, struct value v, const struct type *type, struct value *out);

bool convert_number_road(struct conversion *c, struct value v);    /* to the numeric kinds and char */
bool convert_enum_road(struct conversion *c, struct value v);
bool convert_date_road(struct conversion *c, struct value v, bool *taken);   /* datetime, timespan, offset, guid, version */
bool convert_array_road(struct conversion *c, struct value v);     /* T[] and System.Array */
bool convert_collection_road(struct conversion *c, struct value v, bool *taken); /* lists, sets, tables */
bool convert_object_road(struct conversion *c, struct value v, bool *taken); /* constructors, Parse, properties */

/* Enum names, comma lists and numbers in text: out gets the number. */
bool convert_enum_text(const struct type *type, struct text text, bool fold, bool abbreviate, int64_t *out, const char **id);

/* What a script's number literal rules make of text; numbers only, no blanks trimmed. False if it is none. */
bool number_text_read(struct text text, struct value *out);
/* Digits with sign, thousands commas and, if `real`, point and exponent. */
bool number_text_clean(struct text text, struct bytes *out);

#endif
