/* Columns of a table and rows of a list: where their values come from and how they look. */
#ifndef M365SH_FORMAT_COLUMN_PRIVATE_H
#define M365SH_FORMAT_COLUMN_PRIVATE_H

#include "cell_private.h"

struct column {
    struct value label;         /* string */
    name_id name, other;        /* property, and the one to take where it lacks; 0: the expression */
    struct value expression;    /* script block */
    struct value format;        /* string; VALUE_UNSET none */
    bool bare_path;             /* what stands before :: is left out */
    int width;                  /* 0: by content */
    enum align align;
};
struct column_list { struct column *items; size_t count, capacity; };

void column_list_free(struct column_list *list);
/* From what a Format- cmdlet was given; wildcards are matched with the properties of `sample`. */
void column_list_from_request(struct realm *realm, struct column_list *list, struct value properties, struct value sample);
/* All properties of the value. */
void column_list_from_value(struct realm *realm, struct column_list *list, struct value v);
/* From a view's text: columns parted by |, each Label[=Property[/Other]] and options (views.def). */
void column_list_from_view(struct realm *realm, struct column_list *list, const char *columns);
/* The column's value of an object, owned; *found false when there is no such property or the expression failed.
 * Only interruption and exit come back as other than STATUS_OK. */
enum status column_value(struct realm *realm, const struct column *column, struct value v, bool *found, bool *failed, struct value *out);
/* The same as text in a cell. */
enum status column_add_text(struct realm *realm, const struct column *column, struct value v, enum cell_place place, bool show_error,
                            bool *found, struct bytes *out);

/* Widths of columns so that they fit: those at the end are narrowed or left out (-1). 0 in, by content or share. */
void column_fit(int *widths, size_t count, int total);

#endif
