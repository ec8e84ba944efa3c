/* Wide lists: one property, several columns. */
#include "formatter_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"

enum { MOST_CELLS = 200 };

static int cell_count(const struct formatter *f, int widest) {
    int count = f->request.columns > 0 ? f->request.columns : f->request.auto_size ? (f->width + 1) / (widest + 1) : 2;
    return count < 1 ? 1 : count > MOST_CELLS ? MOST_CELLS : count;
}

/* The columns share the width as those of a table do. */
static int cell_width(const struct formatter *f, int count, int index) {
    int widths[MOST_CELLS] = {0};
    column_fit(widths, (size_t)count, f->width);
    return widths[index] > 0 ? widths[index] : 1;
}

static enum status end_line(struct formatter *f) {
    struct sequence *s = &f->sequence;
    if (s->line_cells == 0) return STATUS_OK;
    enum status status = formatter_line(f, bytes_text(&s->line));
    bytes_clear(&s->line);
    s->line_cells = 0;
    return status;
}

static enum status put_cell(struct formatter *f, struct text text, int count) {
    struct sequence *s = &f->sequence;
    if (s->line_cells) bytes_add_byte(&s->line, ' ');
    cell_add_fitted(&s->line, text, cell_width(f, count, s->line_cells), ALIGN_LEFT, false);
    return ++s->line_cells == count ? end_line(f) : STATUS_OK;
}

enum status wide_add(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    struct bytes text = {0};
    bool found;
    enum status status = STATUS_OK;
    if (s->columns.count) status = column_add_text(f->realm, &s->columns.items[0], v, CELL_LINE, f->request.display_error, &found, &text);
    else cell_add(f->realm, &text, v, CELL_LINE);
    if (status == STATUS_OK && f->request.auto_size && f->request.columns == 0) {
        ALLOC_GROW(s->rows, s->row_capacity, s->row_count + 1);
        struct row *row = &s->rows[s->row_count++];
        *row = (struct row){.cells = ALLOC_ARRAY(char *, 1), .count = 1};
        row->cells[0] = alloc_text(text.data ? text.data : "", text.length);
    } else if (status == STATUS_OK) status = put_cell(f, bytes_text(&text), cell_count(f, 0));
    bytes_free(&text);
    return status;
}

enum status wide_flush(struct formatter *f) {
    struct sequence *s = &f->sequence;
    enum status status = STATUS_OK;
    int widest = 0;
    for (size_t i = 0; i < s->row_count; i++) {
        int width = (int)utf8_width(text_of(s->rows[i].cells[0]));
        if (width > widest) widest = width;
    }
    for (size_t i = 0; i < s->row_count && status == STATUS_OK; i++)
        status = put_cell(f, text_of(s->rows[i].cells[0]), cell_count(f, widest));
    table_free_rows(s);
    return status == STATUS_OK ? end_line(f) : status;
}
