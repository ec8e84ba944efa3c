/* Comma-separated values, by PowerShell's rules: blanks before a field are dropped and those behind it kept, a quote
 * inside an unquoted field is text, a record may span lines inside quotes, missing fields are null and empty ones ''. */
#ifndef M365SH_CMDLETS_CSV_PRIVATE_H
#define M365SH_CMDLETS_CSV_PRIVATE_H

#include "../cmdlet_private.h"
#include "../text_reader_private.h"

/* -Delimiter or the culture's; at most one character. Raises when -UseCulture and -Delimiter exclude each other. */
struct csv_delimiter { char bytes[4]; size_t length; };
struct csv_delimiter csv_delimiter_of(struct invocation *call, uint32_t delimiter, uint32_t use_culture);

/* --- reading ------------------------------------------------------------------------------------------------------- */
struct csv_field { size_t start, length; bool unescaped; /* stands in scratch */ };
struct csv_record { struct csv_field *fields; size_t count, capacity; struct bytes scratch; struct text source; };
enum csv_result { CSV_RECORD, CSV_MORE, CSV_END };
/* Parses the record at the start of `text` and says how many bytes it took. CSV_MORE: `text` ends inside the record and
 * `final` is not set. CSV_END: nothing is left. */
enum csv_result csv_parse(struct text text, bool final, const struct csv_delimiter *delimiter, struct csv_record *out, size_t *taken);
struct text csv_field_text(const struct csv_record *record, size_t index);
void csv_record_free(struct csv_record *record);

/* Records to objects: the header comes from the parameter or from the first record. */
struct csv_reader {
    struct csv_delimiter delimiter;
    struct csv_record record;
    struct value names;            /* texts; VALUE_UNSET until the header is known */
    const struct shape *shape;
    struct value type_name;        /* of a #TYPE line; VALUE_UNSET none */
    bool seen_comment;
};
/* -Header; `headers` may be unset. */
enum status csv_reader_start(struct invocation *call, struct csv_reader *reader, struct value headers);
/* Emits an object for each record. */
enum status csv_reader_run(struct invocation *call, struct csv_reader *reader, struct text_reader *text);
void csv_reader_reset(struct csv_reader *reader); /* another file: another header */
void csv_reader_clean(struct csv_reader *reader);

/* --- writing ------------------------------------------------------------------------------------------------------- */
enum csv_quotes { CSV_QUOTES_ALWAYS, CSV_QUOTES_AS_NEEDED, CSV_QUOTES_NEVER };
struct csv_writer {
    struct csv_delimiter delimiter;
    enum csv_quotes quotes;
    struct value quote_fields;     /* borrowed; VALUE_UNSET none */
    name_id *names;
    struct text *labels;
    struct value kept;             /* texts that labels point to */
    bool *quoted;                  /* by -QuoteFields */
    uint32_t count;
    bool started;
    const struct shape *shape;     /* of the object before: its slots by column need no look-up */
    int32_t *slots;
};
/* Takes the columns from the first object. False: it has none, and is to be skipped. */
enum status csv_writer_columns(struct invocation *call, struct csv_writer *writer, struct value first, bool *any);
void csv_writer_set_columns(struct invocation *call, struct csv_writer *writer, struct value names);
void csv_writer_add_header(const struct csv_writer *writer, struct bytes *out);  /* without line end */
enum status csv_writer_add_row(struct invocation *call, struct csv_writer *writer, struct value item, struct bytes *out);
void csv_writer_add_type(struct invocation *call, struct value item, struct bytes *out); /* "#TYPE …" */
void csv_writer_clean(struct csv_writer *writer);

#endif
