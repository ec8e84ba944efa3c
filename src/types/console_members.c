/* [Console]: writing and reading past the pipeline, and the settings that scripts make before their work. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "argument_private.h"

#define WRITER "System.IO.TextWriter+SyncTextWriter"

/* Nothing, one value, or a format and its arguments. */
static enum status add_written(struct realm *realm, const char *method, const struct value *arguments, uint32_t count, struct bytes *out) {
    struct value text;
    if (count == 0 || (count == 1 && value_is_nothing(value_base(arguments[0])))) return STATUS_OK;
    if (count > 1) {
        TRY(member_argument_text(realm, method, arguments[0], &text));
        enum status status = format_composite(realm, out, string_text(text), arguments + 1, count - 1, realm->culture);
        value_release(text);
        return status;
    }
    struct value base = value_base(arguments[0]);
    const struct type *type = base.kind == VALUE_ARRAY ? type_of(realm, base) : NULL;
    if (type && type->element && type->element->value_kind == VALUE_CHAR) {
        for (uint32_t i = 0; i < array_count(base); i++) bytes_add_code_point(out, (uint32_t)array_at(base, i).integer);
        return STATUS_OK;
    }
    TRY(convert_dot_text(realm, arguments[0], &text));
    bytes_add_text(out, string_text(text));
    value_release(text);
    return STATUS_OK;
}

static enum status write_out(struct realm *realm, const char *method, bool line, bool error, const struct value *arguments, uint32_t count,
                             struct value *out) {
    struct bytes text = {0};
    enum status status = add_written(realm, method, arguments, count, &text);
    if (line) bytes_add_byte(&text, '\n');
    if (status == STATUS_OK && realm->console) status = realm->console->write(realm->console->context, bytes_text(&text), error);
    bytes_free(&text);
    *out = value_void();
    return status;
}

MEMBER(write_text) { return write_out(realm, "Write", false, false, arguments, count, out); }
MEMBER(write_line) { return write_out(realm, "WriteLine", true, false, arguments, count, out); }

/* [Console]::Out and Error: writers whose hidden part tells which. */
static struct value new_writer(struct realm *realm, bool error) {
    struct value object = object_new(realm, type_known(realm, WRITER), 0);
    object_block(object)->hidden = value_bool(error);
    return object;
}

static bool is_error_writer(struct value self) {
    return object_block(value_base(self))->hidden.boolean;
}

MEMBER(get_out) { return argument_give(out, new_writer(realm, false)); }
MEMBER(get_error) { return argument_give(out, new_writer(realm, true)); }
MEMBER(writer_text) { return write_out(realm, "Write", false, is_error_writer(self), arguments, count, out); }
MEMBER(writer_line) { return write_out(realm, "WriteLine", true, is_error_writer(self), arguments, count, out); }
MEMBER(nothing) { return argument_give(out, value_void()); }

/* A line of standard input; $null at its end. */
MEMBER(read_line) {
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length = getline(&line, &capacity, stdin);
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) length--;
    *out = length < 0 ? value_null() : string_new(text_make(line, (size_t)length));
    free(line);
    return STATUS_OK;
}

MEMBER(read_key) {
    return member_raise(realm, "ReadKey", count, "System.InvalidOperationException", "Single keys cannot be read here; use Read-Host.");
}

static int screen_size(bool height) {
    struct winsize size;
    const char *given = getenv(height ? "LINES" : "COLUMNS");
    int number = given ? (int)strtol(given, NULL, 10) : 0;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) number = height ? size.ws_row : size.ws_col;
    return number > 0 ? number : height ? 24 : 80;
}

MEMBER(get_width) { return argument_give(out, value_int32(screen_size(false))); }
MEMBER(get_height) { return argument_give(out, value_int32(screen_size(true))); }
MEMBER(get_zero) { return argument_give(out, value_int32(0)); }
MEMBER(get_false) { return argument_give(out, value_bool(false)); }
MEMBER(get_title) { return argument_give(out, string_empty()); }
MEMBER(get_color) { return argument_give(out, argument_enum_value(realm, "System.ConsoleColor", -1)); }
MEMBER(is_input_redirected) { return argument_give(out, value_bool(!isatty(STDIN_FILENO))); }
MEMBER(is_output_redirected) { return argument_give(out, value_bool(!isatty(STDOUT_FILENO))); }
MEMBER(is_error_redirected) { return argument_give(out, value_bool(!isatty(STDERR_FILENO))); }

MEMBER(get_encoding) {
    bool found;
    return member_static_get(realm, type_known(realm, "System.Text.Encoding"), intern_name(realm->names, TEXT("Default")), &found, out);
}

/* The terminal speaks UTF-8 and keeps its colours: what a script sets is accepted and changes nothing. */
static enum status accept(struct realm *realm, struct value self, struct value item) {
    (void)realm;
    (void)self;
    (void)item;
    return STATUS_OK;
}

#define SETTING(name, function, kind) {ROW_TYPE, name, ROW_STATIC_GET, 0, 0, function, accept, "static " kind " " name " {get;set;}"}
static const struct member_row rows[] = {
#define ROW_TYPE "System.Console"
    SETTING("BackgroundColor", get_color, "System.ConsoleColor"), SETTING("ForegroundColor", get_color, "System.ConsoleColor"),
    SETTING("BufferHeight", get_height, "int"), SETTING("BufferWidth", get_width, "int"), SETTING("CursorLeft", get_zero, "int"),
    SETTING("CursorTop", get_zero, "int"), SETTING("CursorVisible", get_false, "bool"),
    SETTING("InputEncoding", get_encoding, "System.Text.Encoding"), SETTING("OutputEncoding", get_encoding, "System.Text.Encoding"),
    SETTING("Title", get_title, "string"), SETTING("TreatControlCAsInput", get_false, "bool"),
    SETTING("WindowHeight", get_height, "int"), SETTING("WindowWidth", get_width, "int"),
    ROW_STATIC("Error", get_error, "static System.IO.TextWriter"), ROW_STATIC("Out", get_out, "static System.IO.TextWriter"),
    ROW_STATIC("IsErrorRedirected", is_error_redirected, "static bool"), ROW_STATIC("IsInputRedirected", is_input_redirected, "static bool"),
    ROW_STATIC("IsOutputRedirected", is_output_redirected, "static bool"), ROW_STATIC("KeyAvailable", get_false, "static bool"),
    ROW_STATIC_CALL("Beep", 0, 2, nothing, "static void Beep()"), ROW_STATIC_CALL("Clear", 0, 0, nothing, "static void Clear()"),
    ROW_STATIC_CALL("ReadKey", 0, 1, read_key, "static System.ConsoleKeyInfo ReadKey()"),
    ROW_STATIC_CALL("ReadLine", 0, 0, read_line, "static string ReadLine()"),
    ROW_STATIC_CALL("ResetColor", 0, 0, nothing, "static void ResetColor()"),
    ROW_STATIC_CALL("SetCursorPosition", 2, 2, nothing, "static void SetCursorPosition(int left, int top)"),
    ROW_STATIC_CALL("Write", 1, -1, write_text, "static void Write(string value), static void Write(string format, Params System.Object[] arg)"),
    ROW_STATIC_CALL("WriteLine", 0, -1, write_line, "static void WriteLine(), static void WriteLine(string value), static void WriteLine(string format, Params System.Object[] arg)"),
#undef ROW_TYPE
#define ROW_TYPE WRITER
    ROW_CALL("Flush", 0, 0, nothing, "void Flush()"),
    ROW_CALL("Write", 0, -1, writer_text, "void Write(string value)"), ROW_CALL("WriteLine", 0, -1, writer_line, "void WriteLine(string value)"),
#undef ROW_TYPE
};
const struct member_table console_member_table = TABLE_OF(rows);
