/* Readers and writers: StreamReader, StreamWriter, StringReader, StringWriter, and MemoryStream as far as scripts use it. A
 * reader holds its text from the start; a writer holds what is not yet in the file. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "argument_private.h"
#include "m365sh/base/file.h"
#include "m365sh/base/utf8.h"
#include "m365sh/limits.h"
#include "m365sh/types/file_info.h"
#include "m365sh/value/native.h"
#include "text_encoding_private.h"

#define READER "System.IO.TextReader"
#define WRITER "System.IO.TextWriter"
#define MEMORY "System.IO.MemoryStream"
#define BLOCK_BYTES 65536

struct stream {
    struct bytes held;            /* what is read, or waits to be written */
    size_t at;                    /* reader: how far it has read */
    int file;                     /* writer to a file: descriptor + 1 */
    struct value memory;          /* writer to a MemoryStream: that stream, owned */
    enum text_encoding encoding;
    bool reads, closed, flushes_always;
};

static struct stream *stream_of(struct value self);

static enum status flush(struct stream *stream, struct fault *fault) {
    if (stream->memory.kind == VALUE_OBJECT) {
        struct stream *memory = stream_of(stream->memory);
        bytes_add_text(&memory->held, bytes_text(&stream->held));
        memory->at = memory->held.length;
        bytes_clear(&stream->held);
    }
    if (!stream->file) return STATUS_OK;
    enum status status = file_write_descriptor(stream->file - 1, stream->held.data ? stream->held.data : "", stream->held.length, fault);
    bytes_clear(&stream->held);
    return status;
}

static void close_stream(struct stream *stream) {
    flush(stream, NULL);
    if (stream->file) close(stream->file - 1);
    stream->file = 0;
    stream->closed = true;
}

static void release_stream(void *payload) {
    struct stream *stream = payload;
    stream->memory = value_null(); /* what was never flushed is lost, as in .NET */
    close_stream(stream);
    bytes_free(&stream->held);
}
static void release_with_memory(void *payload) {
    struct value memory = ((struct stream *)payload)->memory;
    release_stream(payload);
    value_release(memory);
}
static void traverse_stream(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    visit(&((struct stream *)payload)->memory, context);
}

static const struct native_class stream_class = {"System.IO.Stream", release_with_memory, traverse_stream};

static struct stream *stream_of(struct value self) {
    return native_payload(object_block(value_base(self))->hidden, &stream_class);
}

static struct stream *new_stream(struct realm *realm, const struct type *type, struct value *out) {
    *out = object_new(realm, type, 0);
    object_block(*out)->hidden = native_new(realm, &stream_class, NULL, sizeof(struct stream));
    stream_of(*out)->memory = value_null();
    return stream_of(*out);
}

static enum status opened(struct realm *realm, struct value self, const char *method, uint32_t count, struct stream **out) {
    *out = stream_of(self);
    if (*out && !(*out)->closed) return STATUS_OK;
    return member_raise(realm, method, count, "System.ObjectDisposedException", "It is closed already.");
}

static enum status fail(struct realm *realm, const char *method, uint32_t count, const char *path, int code) {
    const char *exception = code == ENOENT ? "System.IO.FileNotFoundException" : code == EACCES || code == EISDIR ? "System.UnauthorizedAccessException" : "System.IO.IOException";
    return member_raise(realm, method, count, exception, "\"%s\": %s.", path, strerror(code));
}

/* A path, or a file object. */
static struct value path_text(struct realm *realm, struct value argument) {
    struct value base = value_base(argument);
    return file_info_is(realm, base) ? string_new(file_info_path(base)) : convert_text(realm, argument);
}

/* --- readers ------------------------------------------------------------------------------------------------------- */
MEMBER(new_stream_reader) {
    struct value inner = value_base(arguments[0]);
    struct stream *memory = inner.kind == VALUE_OBJECT ? native_payload(object_block(inner)->hidden, &stream_class) : NULL;
    struct bytes raw = {0};
    struct fault fault = {0};
    enum text_encoding encoding = TEXT_UTF8;
    bool mark;
    size_t skip;
    if (memory) bytes_add(&raw, memory->held.data, memory->held.length);
    else {
        struct value path = path_text(realm, inner);
        enum status status = file_read(string_chars(path), LIMIT_TEXT_BYTES, &raw, &fault);
        if (status != STATUS_OK) status = fail(realm, ".ctor", count, string_chars(path), fault.system_code);
        value_release(path);
        fault_clear(&fault);
        if (status != STATUS_OK) {
            bytes_free(&raw);
            return status;
        }
    }
    if (count > 1) text_encoding_of(realm, arguments[1], &encoding, &mark);
    struct stream *stream = new_stream(realm, type, out);
    stream->reads = true;
    encoding = text_encoding_detect(bytes_text(&raw), encoding, &skip);
    text_decode(&stream->held, text_slice(bytes_text(&raw), skip, raw.length), encoding);
    bytes_free(&raw);
    return STATUS_OK;
}

MEMBER(new_string_reader) {
    struct value text = convert_text(realm, arguments[0]);
    struct stream *stream = new_stream(realm, type, out);
    stream->reads = true;
    bytes_add_text(&stream->held, string_text(text));
    value_release(text);
    return STATUS_OK;
}

static struct text rest_of(const struct stream *stream) { return text_slice(bytes_text(&stream->held), stream->at, stream->held.length); }

MEMBER(read_line) {
    struct stream *stream;
    TRY(opened(realm, self, "ReadLine", count, &stream));
    struct text rest = rest_of(stream);
    size_t end = 0;
    if (!rest.length) return argument_give(out, value_null());
    while (end < rest.length && rest.start[end] != '\n' && rest.start[end] != '\r') end++;
    *out = string_new(text_slice(rest, 0, end));
    if (end + 1 < rest.length && rest.start[end] == '\r' && rest.start[end + 1] == '\n') end++;
    stream->at += end < rest.length ? end + 1 : end;
    return STATUS_OK;
}
MEMBER(read_to_end) {
    struct stream *stream;
    TRY(opened(realm, self, "ReadToEnd", count, &stream));
    *out = string_new(rest_of(stream));
    stream->at = stream->held.length;
    return STATUS_OK;
}
static enum status take_character(struct realm *realm, struct value self, const char *method, bool moves, struct value *out) {
    struct stream *stream;
    TRY(opened(realm, self, method, 0, &stream));
    struct text rest = rest_of(stream);
    size_t at = 0;
    *out = value_int32(rest.length ? (int32_t)utf8_next(rest, &at) : -1);
    if (moves) stream->at += at;
    return STATUS_OK;
}
MEMBER(read_character) { return take_character(realm, self, "Read", true, out); }
MEMBER(peek_character) { return take_character(realm, self, "Peek", false, out); }
MEMBER(get_end) {
    struct stream *stream;
    TRY(opened(realm, self, "EndOfStream", 0, &stream));
    return argument_give(out, value_bool(stream->at >= stream->held.length));
}

/* --- writers ------------------------------------------------------------------------------------------------------- */
MEMBER(new_stream_writer) {
    if (type_matches(realm, value_base(arguments[0]), type_known(realm, "System.IO.MemoryStream"))) {
        struct stream *stream = new_stream(realm, type, out);
        stream->encoding = TEXT_UTF8;
        stream->memory = value_keep(value_base(arguments[0]));
        return STATUS_OK;
    }
    struct value path = path_text(realm, arguments[0]);
    bool append = count > 1 && value_base(arguments[1]).kind == VALUE_BOOL && value_truth(arguments[1]), mark = false;
    enum text_encoding encoding = TEXT_UTF8;
    if (count > 2) text_encoding_of(realm, arguments[2], &encoding, &mark);
    int file = open(string_chars(path), O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0666);
    if (file < 0) {
        enum status status = errno == ENOENT ? member_raise(realm, ".ctor", count, "System.IO.DirectoryNotFoundException", "There is no folder for \"%s\".", string_chars(path))
                                             : fail(realm, ".ctor", count, string_chars(path), errno);
        value_release(path);
        return status;
    }
    value_release(path);
    struct stream *stream = new_stream(realm, type, out);
    stream->file = file + 1;
    stream->encoding = encoding;
    if (mark && lseek(file, 0, SEEK_END) == 0) bytes_add_text(&stream->held, text_encoding_preamble(encoding));
    return STATUS_OK;
}
MEMBER(new_string_writer) {
    new_stream(realm, type, out);
    return STATUS_OK;
}

/* One value as ToString() gives it, or a format with its arguments. */
static enum status add_arguments(struct realm *realm, const struct value *arguments, uint32_t count, struct bytes *text) {
    struct value one = value_null();
    if (count == 0) return STATUS_OK;
    if (count > 1) {
        struct value format = convert_text(realm, arguments[0]);
        enum status status = format_composite(realm, text, string_text(format), arguments + 1, count - 1, realm->culture);
        value_release(format);
        return status;
    }
    if (value_is_nothing(arguments[0])) return STATUS_OK;
    struct value base = value_base(arguments[0]);
    if (base.kind == VALUE_ARRAY && base.kind != VALUE_STRING && array_count(base) && array_at(base, 0).kind == VALUE_CHAR) {
        for (uint32_t i = 0; i < array_count(base); i++) bytes_add_code_point(text, (uint32_t)array_at(base, i).integer);
        return STATUS_OK;
    }
    TRY(convert_dot_text(realm, base, &one));
    if (one.kind == VALUE_STRING) bytes_add_text(text, string_text(one));
    value_release(one);
    return STATUS_OK;
}

static enum status write_text(struct realm *realm, struct value self, const char *method, const struct value *arguments, uint32_t count, bool line) {
    struct stream *stream;
    struct bytes text = {0};
    struct fault fault = {0};
    TRY(opened(realm, self, method, count, &stream));
    enum status status = add_arguments(realm, arguments, count, &text);
    if (line) bytes_add_byte(&text, '\n');
    if (status == STATUS_OK && text.length) text_encode(&stream->held, bytes_text(&text), stream->encoding);
    bytes_free(&text);
    if (status == STATUS_OK && (stream->flushes_always || stream->held.length > BLOCK_BYTES) && flush(stream, &fault) != STATUS_OK)
        status = realm_raise_fault(realm, &fault, "IOException");
    return status;
}
MEMBER(write_value) {
    *out = value_void();
    return write_text(realm, self, "Write", arguments, count, false);
}
MEMBER(write_line) {
    *out = value_void();
    return write_text(realm, self, "WriteLine", arguments, count, true);
}
MEMBER(flush_writer) {
    struct stream *stream;
    struct fault fault = {0};
    *out = value_void();
    TRY(opened(realm, self, "Flush", count, &stream));
    return flush(stream, &fault) == STATUS_OK ? STATUS_OK : realm_raise_fault(realm, &fault, "IOException");
}
MEMBER(close_any) {
    *out = value_void();
    if (stream_of(self)) close_stream(stream_of(self));
    return STATUS_OK;
}
MEMBER(get_auto_flush) { return argument_give(out, value_bool(stream_of(self) && stream_of(self)->flushes_always)); }
static enum status set_auto_flush(struct realm *realm, struct value self, struct value item) {
    (void)realm;
    if (stream_of(self)) stream_of(self)->flushes_always = value_truth(item);
    return STATUS_OK;
}
MEMBER(get_new_line) { return argument_give(out, string_of("\n")); }
MEMBER(writer_text) {
    struct stream *stream = stream_of(self);
    return argument_give(out, stream ? string_new(bytes_text(&stream->held)) : string_empty());
}

/* --- memory -------------------------------------------------------------------------------------------------------- */
MEMBER(new_memory) {
    struct stream *stream = new_stream(realm, type, out);
    return count && !value_is_integer(value_base(arguments[0])) ? argument_bytes(realm, ".ctor", arguments[0], &stream->held) : STATUS_OK;
}
MEMBER(memory_array) { return argument_give(out, argument_byte_array(realm, stream_of(self)->held.data, stream_of(self)->held.length)); }
MEMBER(memory_length) { return argument_give(out, value_int64((int64_t)stream_of(self)->held.length)); }
MEMBER(memory_position) { return argument_give(out, value_int64((int64_t)stream_of(self)->at)); }
static enum status set_memory_position(struct realm *realm, struct value self, struct value item) {
    int64_t position = 0;
    TRY(convert_to_int64(realm, item, &position));
    stream_of(self)->at = position > 0 ? (size_t)position : 0;
    return STATUS_OK;
}
MEMBER(memory_write) {
    struct bytes raw = {0};
    int64_t from = 0, length = INT64_MAX;
    *out = value_void();
    if (count > 2) {
        TRY(member_argument_int64(realm, "Write", arguments[1], &from));
        TRY(member_argument_int64(realm, "Write", arguments[2], &length));
    }
    TRY(argument_bytes(realm, "Write", arguments[0], &raw));
    struct text part = text_slice(bytes_text(&raw), (size_t)(from > 0 ? from : 0), (size_t)length);
    bytes_add(&stream_of(self)->held, part.start, part.length);
    bytes_free(&raw);
    return STATUS_OK;
}

static const struct member_row rows[] = {
    {"System.IO.StreamReader", "new", ROW_CONSTRUCTOR, 1, 3, new_stream_reader, NULL, "System.IO.StreamReader new(string path), System.IO.StreamReader new(System.IO.Stream stream)"},
    {"System.IO.StreamReader", "EndOfStream", ROW_GET, 0, 0, get_end, NULL, "bool EndOfStream {get;}"},
    {"System.IO.StringReader", "new", ROW_CONSTRUCTOR, 1, 1, new_string_reader, NULL, "System.IO.StringReader new(string s)"},
    {READER, "ReadLine", ROW_METHOD, 0, 0, read_line, NULL, "string ReadLine()"},
    {READER, "ReadToEnd", ROW_METHOD, 0, 0, read_to_end, NULL, "string ReadToEnd()"},
    {READER, "Read", ROW_METHOD, 0, 0, read_character, NULL, "int Read()"},
    {READER, "Peek", ROW_METHOD, 0, 0, peek_character, NULL, "int Peek()"},
    {READER, "Close", ROW_METHOD, 0, 0, close_any, NULL, "void Close()"},
    {READER, "Dispose", ROW_METHOD, 0, 0, close_any, NULL, "void Dispose()"},
    {"System.IO.StreamWriter", "new", ROW_CONSTRUCTOR, 1, 4, new_stream_writer, NULL, "System.IO.StreamWriter new(string path), System.IO.StreamWriter new(string path, bool append, System.Text.Encoding encoding)"},
    {"System.IO.StreamWriter", "AutoFlush", ROW_GET, 0, 0, get_auto_flush, set_auto_flush, "bool AutoFlush {get;set;}"},
    {"System.IO.StringWriter", "new", ROW_CONSTRUCTOR, 0, 1, new_string_writer, NULL, "System.IO.StringWriter new()"},
    {"System.IO.StringWriter", "ToString", ROW_METHOD, 0, 0, writer_text, NULL, "string ToString()"},
    {WRITER, "Write", ROW_METHOD, 0, -1, write_value, NULL, "void Write(string value), void Write(string format, Params System.Object[] arg)"},
    {WRITER, "WriteLine", ROW_METHOD, 0, -1, write_line, NULL, "void WriteLine(string value), void WriteLine(string format, Params System.Object[] arg)"},
    {WRITER, "Flush", ROW_METHOD, 0, 0, flush_writer, NULL, "void Flush()"},
    {WRITER, "Close", ROW_METHOD, 0, 0, close_any, NULL, "void Close()"},
    {WRITER, "Dispose", ROW_METHOD, 0, 0, close_any, NULL, "void Dispose()"},
    {WRITER, "NewLine", ROW_GET, 0, 0, get_new_line, NULL, "string NewLine {get;set;}"},
    {MEMORY, "new", ROW_CONSTRUCTOR, 0, 1, new_memory, NULL, "System.IO.MemoryStream new(), System.IO.MemoryStream new(byte[] buffer)"},
    {MEMORY, "ToArray", ROW_METHOD, 0, 0, memory_array, NULL, "byte[] ToArray()"},
    {MEMORY, "Length", ROW_GET, 0, 0, memory_length, NULL, "long Length {get;}"},
    {MEMORY, "Position", ROW_GET, 0, 0, memory_position, set_memory_position, "long Position {get;set;}"},
    {MEMORY, "Write", ROW_METHOD, 1, 3, memory_write, NULL, "void Write(byte[] buffer, int offset, int count)"},
    {MEMORY, "Close", ROW_METHOD, 0, 0, close_any, NULL, "void Close()"},
    {MEMORY, "Dispose", ROW_METHOD, 0, 0, close_any, NULL, "void Dispose()"},
};
const struct member_table stream_member_table = TABLE_OF(rows);
