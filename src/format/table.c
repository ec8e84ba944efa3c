/* Tables: cells, headers, rows that wait until the widths are known. */
#include "formatter_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/utf8.h"
#include "m365sh/value/string.h"

enum { MOST_WAITING = 20000, LONGEST_WAIT = 300000000 /* nanoseconds, as PowerShell waits */ };

/* --- writing --- */
struct lines { struct bytes *items; size_t count, capacity; };

static void push_line(void *context, struct text line) {
    struct lines *lines = context;
    ALLOC_GROW(lines->items, lines->capacity, lines->count + 1);
    lines->items[lines->count] = (struct bytes){0};
    bytes_add_text(&lines->items[lines->count++], line);
}

static void free_lines(struct lines *lines) {
    for (size_t i = 0; i < lines->count; i++) bytes_free(&lines->items[i]);
    alloc_free(lines->items);
}

static size_t last_visible(const struct sequence *s) {
    size_t last = 0;
    for (size_t i = 0; i < s->columns.count; i++)
        if (s->widths[i] > 0) last = i;
    return last;
}

/* One line of cells; `texts` may hold NULL for an empty cell. */
static enum status write_cells(struct formatter *f, const struct text *texts) {
    struct sequence *s = &f->sequence;
    struct bytes line = {0};
    size_t last = last_visible(s);
    bool first = true;
    for (size_t i = 0; i < s->columns.count; i++) {
        if (s->widths[i] <= 0) continue;
        if (!first) bytes_add_byte(&line, ' ');
        first = false;
        cell_add_fitted(&line, texts[i], s->widths[i], s->columns.items[i].align, i == last);
    }
    enum status status = formatter_line(f, bytes_text(&line));
    bytes_free(&line);
    return status;
}

/* Cells that run over several lines: each column's lines from the top. */
static enum status write_wrapped(struct formatter *f, const struct text *texts) {
    struct sequence *s = &f->sequence;
    struct lines *cells = ALLOC_ARRAY(struct lines, s->columns.count + 1);
    struct text *parts = ALLOC_ARRAY(struct text, s->columns.count + 1);
    size_t height = 1;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < s->columns.count; i++) {
        if (s->widths[i] <= 0) continue;
        cell_wrap(texts[i], s->widths[i], push_line, &cells[i]);
        if (cells[i].count > height) height = cells[i].count;
    }
    for (size_t n = 0; n < height && status == STATUS_OK; n++) {
        for (size_t i = 0; i < s->columns.count; i++) parts[i] = n < cells[i].count ? bytes_text(&cells[i].items[n]) : TEXT_NONE;
        status = write_cells(f, parts);
    }
    for (size_t i = 0; i < s->columns.count; i++) free_lines(&cells[i]);
    alloc_free(cells);
    alloc_free(parts);
    return status;
}

static enum status write_header(struct formatter *f) {
    struct sequence *s = &f->sequence;
    enum status status = STATUS_OK;
    if (f->request.hide_headers || s->columns.count == 0) return status;
    struct text *texts = ALLOC_ARRAY(struct text, s->columns.count);
    struct bytes dashes = {0};
    bytes_add_repeat(&dashes, '-', 4096);
    for (size_t i = 0; i < s->columns.count; i++) texts[i] = string_text(s->columns.items[i].label);
    status = write_wrapped(f, texts);
    for (size_t i = 0; i < s->columns.count; i++) {
        int length = (int)utf8_width(texts[i]);
        if (length > s->widths[i]) length = s->widths[i] < 0 ? 0 : s->widths[i];
        texts[i] = text_slice(bytes_text(&dashes), 0, (size_t)length);
    }
    if (status == STATUS_OK) status = write_cells(f, texts);
    bytes_free(&dashes);
    alloc_free(texts);
    return status;
}

static enum status write_row(struct formatter *f, const struct row *row) {
    struct sequence *s = &f->sequence;
    if (row->is_line) return formatter_line(f, text_of(row->cells[0]));
    struct text *texts = ALLOC_ARRAY(struct text, s->columns.count + 1);
    for (size_t i = 0; i < s->columns.count; i++) texts[i] = text_of(row->cells[i]);
    enum status status = f->request.wrap ? write_wrapped(f, texts) : write_cells(f, texts);
    alloc_free(texts);
    return status;
}

/* --- widths --- */
/* Line ends count one each, as PowerShell counts them, though only the first line will show. */
static int cell_width(struct text text) {
    int width = (int)utf8_width(text);
    for (size_t i = 0; i < text.length; i++) width += text.start[i] == '\n' || text.start[i] == '\r';
    return width;
}

static int wanted_width(const struct sequence *s, size_t column) {
    int widest = (int)utf8_width(string_text(s->columns.items[column].label));
    for (size_t i = 0; i < s->row_count; i++) {
        if (s->rows[i].is_line) continue;
        int width = cell_width(text_of(s->rows[i].cells[column]));
        if (width > widest) widest = width;
    }
    return widest > 0 ? widest : 1;
}

static void set_widths(struct formatter *f) {
    struct sequence *s = &f->sequence;
    s->widths = ALLOC_ARRAY(int, s->columns.count + 1);
    for (size_t i = 0; i < s->columns.count; i++) s->widths[i] = s->by_content ? wanted_width(s, i) : s->columns.items[i].width;
    column_fit(s->widths, s->columns.count, f->width);
}

static void free_row(struct row *row) {
    for (size_t i = 0; i < row->count; i++) alloc_free(row->cells[i]);
    alloc_free(row->cells);
}

void table_free_rows(struct sequence *s) {
    for (size_t i = 0; i < s->row_count; i++) free_row(&s->rows[i]);
    s->row_count = 0;
}

enum status table_flush(struct formatter *f, bool group_ends) {
    struct sequence *s = &f->sequence;
    enum status status = STATUS_OK;
    if (!s->widths && (s->row_count || !group_ends)) {
        set_widths(f);
        status = write_header(f);
    }
    for (size_t i = 0; i < s->row_count && status == STATUS_OK; i++) status = write_row(f, &s->rows[i]);
    table_free_rows(s);
    if (group_ends) {
        alloc_free(s->widths);
        s->widths = NULL;
    }
    return status;
}

/* --- rows --- */
static enum status add_cell(struct formatter *f, struct column *column, struct value v, char **cell) {
    struct value item;
    bool found, failed;
    struct bytes text = {0};
    enum status status = column_value(f->realm, column, v, &found, &failed, &item);
    if (status != STATUS_OK) return status;
    if (column->align == ALIGN_NONE) column->align = cell_alignment(item);
    enum cell_place place = f->sequence.view && !f->sequence.asked ? CELL_LINE : CELL_TABLE; /* views say how fractions look */
    struct text format = column->format.kind == VALUE_STRING ? string_text(column->format) : TEXT_NONE;
    if (failed && f->request.display_error) bytes_add_string(&text, "#ERR");
    else cell_add_formatted(f->realm, &text, item, format, place);
    bytes_add_byte(&text, 0);
    *cell = bytes_take(&text);
    value_release(item);
    return STATUS_OK;
}

static enum status place_row(struct formatter *f, struct row row) {
    struct sequence *s = &f->sequence;
    if (s->widths) {
        enum status status = write_row(f, &row);
        free_row(&row);
        return status;
    }
    if (s->row_count == 0) s->first_row_time = clock_steady();
    ALLOC_GROW(s->rows, s->row_capacity, s->row_count + 1);
    s->rows[s->row_count++] = row;
    bool full = !s->by_content || s->row_count >= MOST_WAITING || clock_steady() - s->first_row_time > LONGEST_WAIT;
    return full ? table_flush(f, false) : STATUS_OK;
}

enum status table_add(struct formatter *f, struct value v) {
    struct sequence *s = &f->sequence;
    struct row row = {.cells = ALLOC_ARRAY(char *, s->columns.count + 1), .count = s->columns.count};
    for (size_t i = 0; i < s->columns.count; i++) {
        enum status status = add_cell(f, &s->columns.items[i], v, &row.cells[i]);
        if (status == STATUS_OK) continue;
        free_row(&row);
        return status;
    }
    return place_row(f, row);
}

enum status table_add_line(struct formatter *f, struct text line) {
    struct row row = {.cells = ALLOC_ARRAY(char *, 1), .count = 1, .is_line = true};
    row.cells[0] = alloc_text(line.start, line.length);
    return place_row(f, row);
}
