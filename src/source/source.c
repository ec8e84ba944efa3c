#include "m365sh/source/source.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/bytes.h"
#include "m365sh/base/file.h"
#include "m365sh/base/utf8.h"
#include "m365sh/limits.h"

struct source {
    uint32_t count;
    char *name, *content;      /* NUL-ended */
    size_t name_length;
    uint32_t length;
    uint32_t line_count;
    uint32_t *line_starts;
};

/* A line ends with \n, \r\n or a lone \r, as PowerShell's tokenizer has it. */
static void find_lines(struct source *source) {
    size_t capacity = 64;
    source->line_starts = ALLOC_ARRAY(uint32_t, capacity);
    source->line_count = 1;
    for (uint32_t at = 0; at < source->length; at++) {
        char c = source->content[at];
        if (c != '\n' && !(c == '\r' && source->content[at + 1] != '\n')) continue;
        ALLOC_GROW(source->line_starts, capacity, source->line_count + 1);
        source->line_starts[source->line_count++] = at + 1;
    }
}

static void add_utf16(struct bytes *out, struct text text, bool big_endian) {
    uint32_t high = 0;
    for (size_t i = 0; i + 1 < text.length; i += 2) {
        uint8_t first = (uint8_t)text.start[i], second = (uint8_t)text.start[i + 1];
        uint32_t unit = big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
        bool low = unit >= 0xdc00 && unit < 0xe000;
        if (high && low) bytes_add_code_point(out, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
        else if (high) bytes_add_code_point(out, high);
        bool is_high = unit >= 0xd800 && unit < 0xdc00;
        if (!is_high && !(high && low)) bytes_add_code_point(out, unit);
        high = is_high ? unit : 0;
    }
    if (high) bytes_add_code_point(out, high);
}

enum status source_new(struct text name, struct text content, struct source **out, struct fault *fault) {
    if (content.length > LIMIT_SOURCE_BYTES)
        return fault_set(fault, FAULT_LIMIT, 0, "The text is larger than %u MB, the most a script may be.",
                         LIMIT_SOURCE_BYTES >> 20);
    struct bytes converted = {0};
    if (text_starts(content, TEXT("\xef\xbb\xbf"))) {
        content = text_slice(content, 3, content.length);
    } else if (text_starts(content, TEXT("\xff\xfe")) || text_starts(content, TEXT("\xfe\xff"))) {
        add_utf16(&converted, text_slice(content, 2, content.length), content.start[0] == '\xfe');
        content = converted.data ? bytes_text(&converted) : TEXT_NONE;
    }
    struct source *source = ALLOC_NEW(struct source);
    source->count = 1;
    source->name = alloc_text(name.start, name.length);
    source->name_length = name.length;
    source->content = alloc_text(content.start, content.length);
    source->length = (uint32_t)content.length;
    bytes_free(&converted);
    find_lines(source);
    *out = source;
    return STATUS_OK;
}

enum status source_read(const char *path, struct source **out, struct fault *fault) {
    struct bytes bytes = {0};
    enum status status = file_read(path, LIMIT_SOURCE_BYTES, &bytes, fault);
    struct text content = bytes.data ? bytes_text(&bytes) : TEXT_NONE;
    bool marked = text_starts(content, TEXT("\xff\xfe")) || text_starts(content, TEXT("\xfe\xff"));
    if (status == STATUS_OK && !marked && content.length && memchr(content.start, 0, content.length))
        status = fault_set(fault, FAULT_INVALID, 0, "%s is not text: it holds NUL bytes.", path);
    if (status == STATUS_OK) status = source_new(text_of(path), content, out, fault);
    bytes_free(&bytes);
    return status;
}

struct source *source_keep(struct source *source) {
    source->count++;
    return source;
}

void source_release(struct source *source) {
    if (!source || --source->count) return;
    alloc_free(source->name);
    alloc_free(source->content);
    alloc_free(source->line_starts);
    alloc_free(source);
}

struct text source_name(const struct source *source) { return text_make(source->name, source->name_length); }
struct text source_content(const struct source *source) { return text_make(source->content, source->length); }

struct text source_slice(const struct source *source, struct span span) {
    uint32_t end = span.end > source->length ? source->length : span.end;
    return span.start >= end ? TEXT_NONE : text_make(source->content + span.start, end - span.start);
}

void source_position(const struct source *source, uint32_t offset, uint32_t *line, uint32_t *column) {
    if (offset > source->length) offset = source->length;
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset) low = middle;
        else high = middle;
    }
    uint32_t start = source->line_starts[low];
    if (line) *line = low + 1;
    if (column) *column = (uint32_t)utf8_units(text_make(source->content + start, offset - start)) + 1;
}

struct text source_line(const struct source *source, uint32_t line) {
    if (line == 0 || line > source->line_count) return TEXT_NONE;
    uint32_t start = source->line_starts[line - 1];
    uint32_t end = line == source->line_count ? source->length : source->line_starts[line];
    while (end > start && (source->content[end - 1] == '\n' || source->content[end - 1] == '\r')) end--;
    return text_make(source->content + start, end - start);
}

uint32_t source_line_count(const struct source *source) { return source->line_count; }
