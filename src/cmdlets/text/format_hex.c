#include "../cmdlet_private.h"

#include "m365sh/base/file.h"
#include "m365sh/limits.h"
#include "../encoding_private.h"
#include "../item/item_private.h"

enum { PATH, LITERAL, INPUT, ENCODING, COUNT, OFFSET };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The file; wildcards are allowed."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralPath", NULL, "path", "The same, without wildcards."},
    {"InputObject", "object", -1, PARAMETER_MANDATORY | PARAMETER_PIPELINE, NULL, "ByInputObject", NULL, NULL, "Text, numbers or bytes."},
    {"Encoding", "object", -1, 0, NULL, "ByInputObject", NULL, NULL, "How text becomes bytes; utf8 unless said."},
    {"Count", "long", -1, 0, NULL, NULL, NULL, NULL, "How many bytes."},
    {"Offset", "long", -1, 0, NULL, NULL, NULL, NULL, "Where to start."},
};

struct state { enum file_encoding encoding; struct bytes bytes; };

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    return encoding_argument(call, ENCODING, &state->encoding);
}

static void add(struct invocation *call, struct value object, const char *name, struct value item) {
    object_add(call->realm, object, text_of(name), MEMBER_PROPERTY, item);
    value_release(item);
}

static enum status emit_row(struct invocation *call, struct text bytes, uint64_t offset, struct text path, const char *label) {
    struct value row = object_new(call->realm, type_known(call->realm, "Microsoft.PowerShell.Commands.ByteCollection"), 8);
    struct value list = array_new(call->realm, type_array_of(call->realm, type_of_kind(call->realm, VALUE_BYTE)), 16);
    struct bytes hex = {0}, ascii = {0};
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.start[i];
        array_push_take(list, value_integer(VALUE_BYTE, byte));
        bytes_add_format(&hex, i ? " %02X" : "%02X", byte);
        bytes_add_code_point(&ascii, byte < 0x20 || byte == 0x7F ? 0xFFFD : byte);
    }
    add(call, row, "Offset", value_int64((int64_t)offset));
    add(call, row, "Offset64", value_integer(VALUE_UINT64, (int64_t)offset));
    add(call, row, "Bytes", list);
    add(call, row, "Path", path.length ? string_new(path) : value_null());
    add(call, row, "HexOffset", string_format("%016llX", (unsigned long long)offset));
    add(call, row, "Label", string_of(label));
    add(call, row, "HexBytes", string_from_bytes(&hex));
    add(call, row, "Ascii", string_from_bytes(&ascii));
    bytes_free(&hex);
    bytes_free(&ascii);
    return invocation_emit_take(call, row);
}

static enum status emit_rows(struct invocation *call, struct text bytes, struct text path, const char *label) {
    int64_t offset = invocation_integer(call, OFFSET, 0), count = invocation_integer(call, COUNT, INT64_MAX);
    enum status status = STATUS_OK;
    bytes = text_slice(bytes, (size_t)(offset > 0 ? offset : 0), (size_t)count);
    for (size_t at = 0; status == STATUS_OK && at < bytes.length; at += 16) status = emit_row(call, text_slice(bytes, at, 16), at + (uint64_t)offset, path, label);
    return status;
}

static enum status dump_file(struct invocation *call, enum item_drive drive, struct text path) {
    struct bytes content = {0};
    struct fault fault = {0};
    struct value name = string_new(path);
    if (drive != DRIVE_FILES || item_is_folder(drive, path)) {
        value_release(name);
        return STATUS_OK;
    }
    enum status status = file_read(string_chars(name), LIMIT_TEXT_BYTES, &content, &fault);
    status = status == STATUS_OK ? emit_rows(call, bytes_text(&content), path, "") : realm_raise_fault(call->realm, &fault, "FormatHexIOError");
    bytes_free(&content);
    value_release(name);
    return status;
}

static int size_of(struct value v) {
    switch (v.kind) {
    case VALUE_BYTE: case VALUE_SBYTE: case VALUE_BOOL: return 1;
    case VALUE_CHAR: case VALUE_INT16: case VALUE_UINT16: return 2;
    case VALUE_INT32: case VALUE_UINT32: return 4;
    default: return 8;
    }
}

static void add_bytes(struct invocation *call, struct value v, struct bytes *out) {
    struct state *state = call->state;
    v = value_base(v);
    if (value_is_array_like(v))
        for (uint32_t i = 0; i < array_count(v); i++) add_bytes(call, value_is_array_like(value_base(array_at(v, i))) ? value_null() : array_at(v, i), out);
    else if (value_is_integer(v) || v.kind == VALUE_CHAR || v.kind == VALUE_BOOL || v.kind == VALUE_DOUBLE) bytes_add(out, &v.uinteger, (size_t)size_of(v));
    else if (!value_is_nothing(v)) {
        struct value text = convert_text(call->realm, v);
        encoding_encode(out, string_text(text), state->encoding);
        value_release(text);
    }
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, false};
    struct state *state = call->state;
    if (!invocation_has(call, INPUT)) return item_each(call, &which, dump_file);
    struct value item = value_base(invocation_argument(call, INPUT));
    if (item.kind == VALUE_BYTE) { /* bytes of a pipeline are one row after the other */
        bytes_add_byte(&state->bytes, (char)item.integer);
        return STATUS_OK;
    }
    struct bytes bytes = {0};
    const struct type *type = type_of(call->realm, item);
    add_bytes(call, item, &bytes);
    enum status status = emit_rows(call, bytes_text(&bytes), TEXT_NONE, type ? type->full_name : "");
    bytes_free(&bytes);
    return status;
}

static enum status end(struct invocation *call) {
    struct state *state = call->state;
    return state->bytes.length ? emit_rows(call, bytes_text(&state->bytes), TEXT_NONE, "System.Byte") : STATUS_OK;
}

static void clean(struct invocation *call) {
    struct state *state = call->state;
    bytes_free(&state->bytes);
}

static const struct example_row example_rows[] = {
    {"'naïve' | Format-Hex", "The bytes of a text."},
    {"Set-Content a.txt x; Format-Hex a.txt", "Those of a file."},
};

CMDLET(format_hex) = {
    .name = "Format-Hex", .aliases = "fhx", .synopsis = "Shows bytes.", .description = "Sixteen in a row: offset, hexadecimal, text.", PARAMETERS,
    .default_set = "Path", .state_size = sizeof(struct state), .begin = begin, .process = process, .end = end, .clean = clean, EXAMPLES,
};
