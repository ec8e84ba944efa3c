/* .NET looks behind for text of any length, PCRE2 for alternatives of fixed length each. So (?<=https?:) becomes
 * (?<=https:|http:). What repeats without end is tried up to some length: docs/language.md says how far. */
#include <stdlib.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/utf8.h"
#include "regex_private.h"

#define MOST_ALTERNATIVES 1100
#define MOST_DEPTH 8

/* Alternatives of fixed length. */
struct options { struct bytes *items; size_t count, capacity; };
struct expansion { size_t longest; };  /* how often an endless quantifier repeats at most */

static void options_free(struct options *options) {
    for (size_t i = 0; i < options->count; i++) bytes_free(&options->items[i]);
    alloc_free(options->items);
    *options = (struct options){0};
}

static struct bytes *options_add(struct options *options, struct text text) {
    ALLOC_GROW(options->items, options->capacity, options->count + 1);
    struct bytes *item = &options->items[options->count++];
    *item = (struct bytes){0};
    bytes_add_text(item, text);
    return item;
}

static struct text item_text(const struct bytes *item) { return item->data ? bytes_text(item) : TEXT_NONE; }

/* Where the group that opens at `at` closes; the text is our own translation, so it is well formed. */
static size_t group_end(struct text text, size_t at) {
    int depth = 0;
    bool in_class = false;
    for (; at < text.length; at++) {
        char c = text.start[at];
        if (c == '\\') at++;
        else if (in_class) in_class = c != ']';
        else if (c == '[') in_class = true;
        else if (c == '(') depth++;
        else if (c == ')' && --depth == 0) return at + 1;
    }
    return text.length;
}

static size_t atom_end(struct text text, size_t at) {
    char c = text.start[at];
    if (c == '(') return group_end(text, at);
    if (c == '[') {
        while (at < text.length && text.start[at] != ']') at += text.start[at] == '\\' ? 2 : 1;
        return at + 1;
    }
    if (c == '\\') {
        bool braces = at + 2 < text.length && text.start[at + 2] == '{';
        return braces ? text_find_byte(text, '}', at) + 1 : at + 2;
    }
    utf8_next(text, &at);
    return at;
}

/* Reads a quantifier; without one it is {1,1}. Laziness means nothing here. */
static size_t read_quantifier(struct text text, size_t at, size_t longest, size_t *least, size_t *most) {
    char c = at < text.length ? text.start[at] : '\0';
    *least = *most = 1;
    if (c == '*' || c == '+' || c == '?') {
        *least = c == '+';
        *most = c == '?' ? 1 : *least + longest;
        at++;
    } else if (c == '{') {
        char *end;
        *least = *most = strtoul(text.start + at + 1, &end, 10);
        if (*end == ',') *most = end[1] == '}' ? *least + longest : strtoul(end + 1, &end, 10);
        at = text_find_byte(text, '}', at) + 1;
    } else {
        return at;
    }
    return at + (at < text.length && text.start[at] == '?');
}

static bool expand(struct text text, struct expansion *expansion, int depth, struct options *out);

static void add_repeated(struct bytes *out, struct text atom, size_t times) {
    if (times == 0) return;
    bytes_add_text(out, atom);
    if (times > 1) bytes_add_format(out, "{%zu}", times);
}

/* What one atom with its quantifier can be. */
static bool atom_options(struct text atom, size_t least, size_t most, struct expansion *expansion, int depth, struct options *out) {
    bool group = text_starts(atom, TEXT("(?:"));
    bool captures = atom.start[0] == '(' && (atom.length < 2 || atom.start[1] != '?');
    if (most - least > MOST_ALTERNATIVES || (captures && least != most)) return false;
    if (!group) {
        for (size_t times = least; times <= most; times++) add_repeated(options_add(out, TEXT_NONE), atom, times);
        return true;
    }
    struct options inner = {0};
    bool done = expand(text_slice(atom, 3, atom.length - 4), expansion, depth + 1, &inner);
    bool one = inner.count == 1;
    if (done && !one && most > 1) done = false; /* (?:a|bc){2}: too many ways */
    for (size_t times = least; done && times <= most; times++) {
        if (times == 0) options_add(out, TEXT_NONE);
        for (size_t i = 0; times > 0 && i < inner.count; i++) {
            struct bytes *item = options_add(out, TEXT("(?:"));
            bytes_add_text(item, item_text(&inner.items[i]));
            bytes_add_byte(item, ')');
            if (times > 1) bytes_add_format(item, "{%zu}", times);
        }
    }
    options_free(&inner);
    return done;
}

/* Every text so far, followed by every option. */
static bool multiply(struct options *sofar, const struct options *next) {
    if (sofar->count * next->count > MOST_ALTERNATIVES) return false;
    struct options product = {0};
    for (size_t i = 0; i < sofar->count; i++)
        for (size_t j = 0; j < next->count; j++)
            bytes_add_text(options_add(&product, item_text(&sofar->items[i])), item_text(&next->items[j]));
    options_free(sofar);
    *sofar = product;
    return true;
}

static bool expand_branch(struct text text, struct expansion *expansion, int depth, struct options *out) {
    struct options sofar = {0};
    options_add(&sofar, TEXT_NONE);
    bool done = true;
    for (size_t at = 0; at < text.length && done;) {
        size_t end = atom_end(text, at), least, most;
        struct text atom = text_slice(text, at, end - at);
        at = read_quantifier(text, end, expansion->longest, &least, &most);
        struct options options = {0};
        done = atom_options(atom, least, most, expansion, depth, &options) && multiply(&sofar, &options);
        options_free(&options);
    }
    for (size_t i = 0; done && i < sofar.count; i++) options_add(out, item_text(&sofar.items[i]));
    options_free(&sofar);
    return done && out->count <= MOST_ALTERNATIVES;
}

static bool expand(struct text text, struct expansion *expansion, int depth, struct options *out) {
    size_t start = 0;
    if (depth > MOST_DEPTH) return false;
    for (size_t at = 0; at <= text.length;) {
        bool end = at == text.length || text.start[at] == '|';
        if (!end) {
            at = atom_end(text, at);
            continue;
        }
        if (!expand_branch(text_slice(text, start, at - start), expansion, depth, out)) return false;
        start = ++at;
    }
    return true;
}

void regex_lookbehind_expand(struct bytes *out, size_t start) {
    static const size_t longest[] = {255, 31, 8};
    struct text body = text_slice(bytes_text(out), start, out->length);
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        struct options options = {0};
        struct expansion expansion = {longest[i]};
        bool done = expand(body, &expansion, 0, &options);
        if (done) {
            bytes_truncate(out, start);
            for (size_t j = 0; j < options.count; j++) {
                if (j) bytes_add_byte(out, '|');
                bytes_add_text(out, item_text(&options.items[j]));
            }
        }
        options_free(&options);
        if (done) return;
    }
}
