/* Values to lines of text, as PowerShell lays them out. Formatting never fails; it asks for properties through types'
 * members (script properties are run). Lines are handed to a sink as they are known, so that streams stay streams. */
#ifndef M365SH_FORMAT_FORMAT_H
#define M365SH_FORMAT_FORMAT_H

#include "m365sh/types/convert.h"
#include "m365sh/types/member.h"

struct format_sink {
    enum status (*line)(void *context, struct text line); /* without line end; STATUS_STOP or ERROR ends formatting */
    void *context;
};
enum format_layout { FORMAT_DEFAULT, FORMAT_TABLE, FORMAT_LIST, FORMAT_WIDE, FORMAT_CUSTOM };

/* A column or list row asked for: a property name (wildcards allowed) or a table with Name/Label, Expression, Width,
 * Alignment, FormatString; or a script block. */
struct format_request {
    enum format_layout layout;
    struct value properties;     /* array of requests; VALUE_UNSET: the view's, or all */
    struct value group_by;       /* property, table or script block; VALUE_UNSET none */
    int width;                   /* cells that a line may take (a terminal gives one less than it has); 0: 80 */
    bool auto_size, wrap, hide_headers, force, repeat_header, show_error, display_error;
    int columns;                 /* Format-Wide -Column; 0 none */
    struct text view;            /* -View */
    bool color;                  /* style escapes allowed */
    int expand;                  /* 0 default, 1 EnumOnly, 2 CoreOnly, 3 Both */
};
/* A formatter takes values one by one, holds what it must (column widths of implicit tables come from a short look-ahead),
 * and writes lines. FORMAT_DEFAULT chooses by the first value and starts anew when the kind of value changes, as implicit
 * output does (format-start/-end blank lines included). */
struct formatter;
struct formatter *formatter_new(struct realm *realm, const struct format_request *request, struct format_sink sink);
enum status formatter_add(struct formatter *formatter, struct value v);
enum status formatter_end(struct formatter *formatter);      /* the rest and closing blank lines */
/* Writes what is held so far (Write-Host and errors come between objects: order on the screen must hold). */
enum status formatter_flush(struct formatter *formatter);
void formatter_free(struct formatter *formatter);

/* Format-* cmdlets give objects of these, which Out-* render; so that `| Format-Table | Out-String` works. */
struct value format_wrap(struct realm *realm, const struct format_request *request, struct value items); /* items: array */
bool format_is_wrapped(struct value v);
const struct format_request *format_wrapped_request(struct value v);
struct value format_wrapped_items(struct value v);           /* borrowed array */

/* An error record as people read it: ConciseView: sentence, place with line and caret, what to do. Owned lines to sink. */
enum status format_error(struct realm *realm, struct value record, int width, bool color, struct format_sink sink);
/* One value as one cell or as `Write-Host` prints it. */
void format_add_cell(struct realm *realm, struct bytes *out, struct value v);
/* Update-FormatData / views of the program itself, by type name. */
#endif
