/* Between the files that read JSON: the reader's place in the text. Borrowed text; nothing outlives one call. */
#ifndef M365SH_JSON_PRIVATE_H
#define M365SH_JSON_PRIVATE_H

#include "m365sh/json/json.h"
#include "m365sh/limits.h"

#define JSON_SHARED_BITS 9
struct json_reader {
    struct realm *realm;
    const char *start, *at, *end;
    struct json_read_options options;
    uint32_t depth, depth_limit;
    const struct type *table_type;
    struct value *stack;          /* members and items of what is not closed yet */
    size_t count, capacity;
    struct bytes scratch;
    /* The shape that the last object at each depth had: the next one likely has the same. */
    struct value shared[1 << JSON_SHARED_BITS]; /* short strings met lately, by hash */
    const struct shape *expected[LIMIT_JSON_DEPTH + 2];
};

void json_reader_start(struct json_reader *reader, struct realm *realm, struct text text,
                       const struct json_read_options *options);
void json_reader_end(struct json_reader *reader);
enum status json_reader_fail(struct json_reader *reader, const char *sentence);
enum status json_reader_value(struct json_reader *reader, struct value *out); /* one value; blanks before it skipped */
enum status json_reader_done(struct json_reader *reader);                     /* nothing but blanks may follow */
enum status json_reader_enter(struct json_reader *reader);                    /* one level deeper; fails at the limit */
enum status json_reader_blanks(struct json_reader *reader);                   /* blanks and comments */
/* A property's name and its colon. Valid until the next call. */
enum status json_reader_name(struct json_reader *reader, struct text *name);
/* The separator between members: *more false at `close`, which is passed over. */
enum status json_reader_separator(struct json_reader *reader, char close, bool *more);

/* read_scalar.c */
enum status json_reader_text(struct json_reader *reader, struct text *out);   /* a quoted text */
enum status json_reader_number(struct json_reader *reader, struct value *out);
bool json_reader_date(struct json_reader *reader, struct text text, struct value *out);

#endif
