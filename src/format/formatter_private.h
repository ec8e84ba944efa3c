/* The state of a formatter, shared by the files of the layouts. */
#ifndef M365SH_FORMAT_FORMATTER_PRIVATE_H
#define M365SH_FORMAT_FORMATTER_PRIVATE_H

#include "view_private.h"

/* A row of a table that waits for the widths, or a text that came between. */
struct row {
    char **cells;           /* one per column, or one line if is_line */
    size_t count;
    bool is_line;
};
/* Objects shown in one layout, from its first line to its closing blank one. */
struct sequence {
    enum format_layout layout;
    const struct view *view;        /* NULL: columns from the objects themselves, or as asked */
    bool asked;                     /* columns come from the request */
    struct column_list columns;
    struct column group;            /* group.label UNSET: no groups */
    struct bytes group_text;
    bool group_open;
    /* tables and wide lists */
    bool by_content;                /* widths wait for the rows */
    int *widths;                    /* NULL: not known yet */
    struct row *rows;
    size_t row_count, row_capacity;
    int64_t first_row_time;
    /* wide lists */
    struct bytes line;
    int line_cells;
};
struct formatter {
    struct realm *realm;
    struct format_request request;  /* its values are kept */
    struct format_sink sink;
    int width;
    bool active;
    bool has_measured;              /* a table was fitted to its rows: PowerShell then fits all that follow in this output */
    struct sequence sequence;
};

enum status formatter_line(struct formatter *formatter, struct text line);
enum status formatter_blank(struct formatter *formatter);
/* Lines of a text that stands alone, between the rows that wait. */
enum status formatter_text(struct formatter *formatter, struct text text);

enum status table_add(struct formatter *formatter, struct value v);
enum status table_add_line(struct formatter *formatter, struct text line);
/* Writes the rows that wait. `group_ends`: the next group measures anew. */
enum status table_flush(struct formatter *formatter, bool group_ends);
void table_free_rows(struct sequence *sequence);

enum status list_add(struct formatter *formatter, struct value v);
/* An object that the current view cannot show: as a list between blank lines. */
enum status list_add_stranger(struct formatter *formatter, struct value v);

enum status wide_add(struct formatter *formatter, struct value v);
enum status wide_flush(struct formatter *formatter);

enum status custom_add(struct formatter *formatter, struct value v);

#endif
