/* Cutting, padding and wrapping by terminal cells. */
#include "cell_private.h"

#include "m365sh/base/utf8.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* The part up to the first line end; *cut: there is more. */
static struct text first_line(struct text text, bool *cut) {
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] != '\n' && text.start[i] != '\r') continue;
        *cut = true;
        return text_slice(text, 0, i);
    }
    *cut = false;
    return text;
}

/* As many bytes from the start as fit into `width` cells. */
static struct text head(struct text text, int width) {
    size_t at = 0;
    int used = 0;
    while (at < text.length) {
        size_t next = at;
        used += (int)utf8_width_of(utf8_next(text, &next));
        if (used > width) break;
        at = next;
    }
    return text_slice(text, 0, at);
}

static struct text tail(struct text text, int width) {
    size_t at = text.length;
    int used = 0;
    while (at > 0) {
        size_t next = at;
        used += (int)utf8_width_of(utf8_previous(text, &next));
        if (used > width) break;
        at = next;
    }
    return text_slice(text, at, text.length);
}

void cell_add_fitted(struct bytes *out, struct text text, int width, enum align align, bool open) {
    struct bytes cut_text = {0};
    bool cut;
    text = first_line(text, &cut);
    int own = (int)utf8_width(text) + cut;
    if (cut || own > width) {
        if (own <= width) bytes_add_text(&cut_text, text);
        else if (align != ALIGN_RIGHT || cut) bytes_add_text(&cut_text, head(text, width - 1));
        if (width > 0) bytes_add_string(&cut_text, ELLIPSIS);
        if (align == ALIGN_RIGHT && !cut) bytes_add_text(&cut_text, tail(text, width - 1));
        text = bytes_text(&cut_text);
        own = (int)utf8_width(text);
    }
    int missing = width > own ? width - own : 0;
    int before = align == ALIGN_RIGHT ? missing : align == ALIGN_CENTER ? missing / 2 : 0;
    bytes_add_repeat(out, ' ', (size_t)before);
    bytes_add_text(out, text);
    if (!open) bytes_add_repeat(out, ' ', (size_t)(missing - before));
    bytes_free(&cut_text);
}

/* --- wrapping --- */
struct wrapping {
    struct bytes line;
    int width, left;
    void (*visit)(void *context, struct text line);
    void *context;
};

static void end_line(struct wrapping *w) {
    w->visit(w->context, bytes_text(&w->line));
    bytes_clear(&w->line);
    w->left = w->width;
}

/* A word with the blank after it: whole on one line, or broken where it is longer than one. */
static void add_word(struct wrapping *w, struct text word) {
    int own = (int)utf8_width(word);
    if (own <= w->width) {
        if (own > w->left) end_line(w);
        bytes_add_text(&w->line, word);
        w->left -= own;
        return;
    }
    for (size_t at = 0; at < word.length;) {
        size_t start = at;
        int cells = (int)utf8_width_of(utf8_next(word, &at));
        if (cells > w->left) end_line(w);
        bytes_add(&w->line, word.start + start, at - start);
        w->left -= cells;
    }
}

static void wrap_line(struct wrapping *w, struct text text) {
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] != ' ' && text.start[i] != '\t') continue;
        add_word(w, text_slice(text, start, i + 1 - start));
        start = i + 1;
    }
    add_word(w, text_slice(text, start, text.length));
    end_line(w);
}

void cell_wrap(struct text text, int width, void (*visit)(void *context, struct text line), void *context) {
    struct wrapping w = {.width = width < 1 ? 1 : width, .visit = visit, .context = context};
    w.left = w.width;
    for (;;) {
        size_t end = 0;
        while (end < text.length && text.start[end] != '\n' && text.start[end] != '\r') end++;
        wrap_line(&w, text_slice(text, 0, end));
        if (end == text.length) break;
        if (text.start[end] == '\r' && end + 1 < text.length && text.start[end + 1] == '\n') end++;
        text = text_slice(text, end + 1, text.length);
    }
    bytes_free(&w.line);
}
