#include "m365sh/source/excerpt.h"

#include <stdio.h>

#include "m365sh/base/utf8.h"

/* What is shown of a line: from a byte to a byte, with "…" where it was cut. */
struct window { size_t from, to; bool cut_before, cut_after; };

static size_t cells(struct text line, size_t from, size_t to) { return utf8_width(text_slice(line, from, to - from)); }

/* Widens around the marked part, alternately left and right, while it fits. */
static struct window choose(struct text line, size_t start, size_t end, size_t width) {
    struct window window = {0, line.length, false, false};
    if (cells(line, 0, line.length) <= width) return window;
    size_t room = width > 4 ? width - 2 : 2;
    window.from = start;
    window.to = start;
    while (window.to < end && cells(line, window.from, window.to) < room) utf8_next(line, &window.to);
    size_t used = cells(line, window.from, window.to);
    while (used < room && (window.from > 0 || window.to < line.length)) {
        size_t before = window.from, after = window.to;
        if (window.from > 0) utf8_previous(line, &window.from);
        if (window.to < line.length) utf8_next(line, &window.to);
        used = cells(line, window.from, window.to);
        if (used > room) {
            window.from = before;
            window.to = after;
            break;
        }
    }
    window.cut_before = window.from > 0;
    window.cut_after = window.to < line.length;
    return window;
}

static void add_flat(struct bytes *out, struct text text) {
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        uint32_t code_point = utf8_next(text, &at);
        if (code_point < 0x20 || code_point == 0x7f) bytes_add_byte(out, ' ');
        else bytes_add(out, text.start + from, at - from);
    }
}

static size_t flat_cells(struct text text) {
    struct bytes flat = {0};
    add_flat(&flat, text);
    size_t count = flat.data ? utf8_width(bytes_text(&flat)) : 0;
    bytes_free(&flat);
    return count;
}

void excerpt_add(struct bytes *out, const struct source *source, struct span span, size_t width) {
    uint32_t line_number, column;
    source_position(source, span.start, &line_number, &column);
    struct text line = source_line(source, line_number);
    size_t line_start = (size_t)(line.length ? line.start - source_content(source).start : 0);
    size_t start = line.length && span.start > line_start ? span.start - line_start : 0;
    if (start > line.length) start = line.length;
    size_t end = span.end > line_start + start ? span.end - line_start : start;
    if (end > line.length) end = line.length;

    char margin[24];
    int margin_width = snprintf(margin, sizeof margin, "%4u | ", line_number);
    struct window window = choose(line, start, end, width > (size_t)margin_width ? width - (size_t)margin_width : 1);
    if (end > window.to) end = window.to;
    bytes_add_string(out, margin);
    if (window.cut_before) bytes_add_string(out, "…");
    add_flat(out, text_slice(line, window.from, window.to - window.from));
    if (window.cut_after) bytes_add_string(out, "…");
    bytes_add_byte(out, '\n');
    bytes_add_repeat(out, ' ', (size_t)margin_width - 2);
    bytes_add_string(out, "| ");
    bytes_add_repeat(out, ' ', window.cut_before + flat_cells(text_slice(line, window.from, start - window.from)));
    bytes_add_byte(out, '^');
    size_t marked = end > start ? flat_cells(text_slice(line, start, end - start)) : 0;
    if (marked > 1) bytes_add_repeat(out, '~', marked - 1);
    bytes_add_byte(out, '\n');
}
