/* Texts in cells: what a value looks like, how it is cut, padded and wrapped. Widths are terminal cells. Nothing fails but
 * by interruption. */
#ifndef M365SH_FORMAT_CELL_PRIVATE_H
#define M365SH_FORMAT_CELL_PRIVATE_H

#include "m365sh/format/format.h"

enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum cell_place { CELL_LINE /* alone or in a list */, CELL_TABLE /* fractions show the culture's digits */ };

void cell_add(struct realm *realm, struct bytes *out, struct value v, enum cell_place place);
/* With a format string ("N2" or "{0:N2}"); what does not suit it is shown plainly. */
void cell_add_formatted(struct realm *realm, struct bytes *out, struct value v, struct text format, enum cell_place place);
/* Where PowerShell puts values of this kind when a column does not say: numbers, bools and enums to the right. */
enum align cell_alignment(struct value v);
/* One line of exactly `width` cells (the last column's blanks at the end are left out if `open`), cut with an ellipsis. */
void cell_add_fitted(struct bytes *out, struct text text, int width, enum align align, bool open);
/* Lines of at most `width` cells, broken between words; visit gets each. */
void cell_wrap(struct text text, int width, void (*visit)(void *context, struct text line), void *context);
/* Is the value shown by its text alone wherever it comes (strings, numbers, …)? */
bool cell_is_scalar(struct realm *realm, struct value v);

#endif
