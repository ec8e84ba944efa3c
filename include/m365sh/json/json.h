/* JSON text to values and back (cJSON below; nobody else sees it). Depth by LIMIT_JSON_DEPTH, never recursion without it. */
#ifndef M365SH_JSON_JSON_H
#define M365SH_JSON_JSON_H

#include "m365sh/base/bytes.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/realm.h"

struct json_read_options {
    bool as_table;          /* -AsHashtable: ordered, case-sensitive keys; else PSCustomObject */
    bool keep_dates_text;   /* -DateKind String; else ISO dates become DateTime, as ConvertFrom-Json does */
    uint32_t depth;         /* 0: 1024 */
};
/* Integers become int64 (as ConvertFrom-Json of PowerShell 7), larger ones bigint, others double. Fails with
 * ArgumentException's ids of ConvertFrom-Json; the message names line and column. */
enum status json_read(struct realm *realm, struct text text, const struct json_read_options *options, struct value *out);
/* Items of the array at `path` ("value", or "" for the whole text) one by one, so that a page of a thousand users never
 * stands twice in memory. `rest` (may be NULL) gets the other properties as an object (@odata.nextLink …). */
enum status json_scan(struct realm *realm, struct text text, struct text path, const struct json_read_options *options,
                      struct emitter items, struct value *rest);

struct json_write_options {
    bool compress;
    uint32_t depth;         /* ConvertTo-Json's default is 2; beyond it values are written as text and *truncated set */
    bool enums_as_text;
    bool escape_html, escape_non_ascii; /* -EscapeHandling */
    bool as_wire;           /* for Graph: no depth limit but LIMIT_JSON_DEPTH, null stays, dates as ISO, no adapters */
    bool *truncated;        /* may be NULL */
};
/* As ConvertTo-Json lays it out (two blanks, order of members). Reads properties through json_properties, set by the
 * caller so that script properties of objects are reached without json knowing them; NULL: plain slots only. */
struct json_properties {
    void *context;
    /* Calls visit for each readable property of an object in order. */
    enum status (*walk)(void *context, struct realm *realm, struct value object,
                        enum status (*visit)(void *visitor, struct text name, struct value v), void *visitor);
    /* Text of a value that JSON has no form for (beyond depth, or an unknown native). Owned string. */
    struct value (*text)(void *context, struct realm *realm, struct value v);
};
enum status json_write(struct realm *realm, struct value v, const struct json_write_options *options,
                       const struct json_properties *properties, struct bytes *out);
void json_add_text(struct bytes *out, struct text text); /* one string with quotes, as the wire wants it */

#endif
