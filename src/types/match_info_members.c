/* Texts of what Select-String finds: "path:line:text", with the lines around it where -Context kept them. */
#include <limits.h>
#include <unistd.h>
#include "member_private.h"

#define MATCH_INFO "Microsoft.PowerShell.Commands.MatchInfo"

static struct value slot_of(struct realm *realm, struct value object, const char *name) {
    struct value *slot = value_base(object).kind == VALUE_OBJECT ? object_find_text(realm, value_base(object), text_of(name)) : NULL;
    return slot ? *slot : value_null();
}

static struct text text_of_slot(struct realm *realm, struct value object, const char *name) {
    struct value v = value_base(slot_of(realm, object, name));
    return v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE;
}

/* The path as seen from a folder: what lies below it without the folder. */
static struct text seen_from(struct text path, struct text folder) {
    if (!folder.length || !text_starts(path, folder) || path.length <= folder.length) return path;
    size_t start = folder.start[folder.length - 1] == '/' ? folder.length : folder.length + 1;
    return path.start[start - 1] == '/' ? text_slice(path, start, path.length) : path;
}

static void add_line(struct bytes *out, const char *mark, struct text path, int64_t number, struct text line) {
    if (out->length) bytes_add_byte(out, '\n');
    bytes_add_string(out, mark);
    if (!text_equal(path, TEXT("InputStream"))) bytes_add_format(out, "%.*s:%lld:", TEXT_ARGUMENT(path), (long long)number);
    bytes_add_text(out, line);
}

static void add_around(struct realm *realm, struct bytes *out, struct value context, const char *name, struct text path, int64_t first) {
    struct value lines = slot_of(realm, context, name);
    for (uint32_t i = 0; value_is_array_like(lines) && i < array_count(lines); i++) {
        int64_t number = first < 0 ? -first - (int64_t)(array_count(lines) - i) : first + i;
        add_line(out, "  ", path, number, string_text(array_at(lines, i)));
    }
}

MEMBER_FUNCTION(match_text) {
    struct value folder = count ? convert_text(realm, arguments[0]) : string_empty(), context = slot_of(realm, self, "Context");
    struct text path = seen_from(text_of_slot(realm, self, "Path"), string_text(folder));
    int64_t number = slot_of(realm, self, "LineNumber").integer;
    struct bytes text = {0};
    bool around = !value_is_nothing(context);
    if (around) add_around(realm, &text, context, "DisplayPreContext", path, -number);
    add_line(&text, around ? "> " : "", path, number, text_of_slot(realm, self, "Line"));
    if (around) add_around(realm, &text, context, "DisplayPostContext", path, number + 1);
    *out = string_from_bytes(&text);
    bytes_free(&text);
    value_release(folder);
    return STATUS_OK;
}

/* What the screen shows: the path as seen from the current folder. */
MEMBER_FUNCTION(shown_text) {
    char here[PATH_MAX];
    struct value folder = string_of(getcwd(here, sizeof here) ? here : "/");
    enum status status = match_text(realm, type, self, &folder, 1, out);
    value_release(folder);
    return status;
}

MEMBER_FUNCTION(relative_path) {
    struct value folder = convert_text(realm, arguments[0]);
    *out = string_new(seen_from(text_of_slot(realm, self, "Path"), string_text(folder)));
    value_release(folder);
    return STATUS_OK;
}

static const struct member_row rows[] = {
    {MATCH_INFO, "ToString", ROW_METHOD, 0, 1, match_text, NULL, "string ToString(), string ToString(string directory)"},
    {MATCH_INFO, "ToEmphasizedString", ROW_METHOD, 1, 1, match_text, NULL, "string ToEmphasizedString(string directory)"},
    {MATCH_INFO, "ShownText", ROW_GET, 0, 0, shown_text, NULL, NULL},
    {MATCH_INFO, "RelativePath", ROW_METHOD, 1, 1, relative_path, NULL, "string RelativePath(string directory)"},
};
const struct member_table match_info_member_table = {rows, sizeof rows / sizeof rows[0]};
