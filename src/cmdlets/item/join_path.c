#include "item_rows_private.h"

enum { PATH, CHILD, ADDITIONAL, RESOLVE };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, "PSPath", NULL, NULL, "path", "What comes first."},
    {"ChildPath", "string[]", 1, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, "path", "What is put behind it."},
    {"AdditionalChildPath", "string[]", 2, PARAMETER_BY_NAME | PARAMETER_REMAINING | PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "And behind that."},
    {"Resolve", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives what is there; wildcards are allowed."},
};

static void add_child(struct bytes *path, struct text child) {
    struct bytes joined = {0};
    for (size_t i = 0; path->data && i < path->length; i++)
        if (path->data[i] == '\\') path->data[i] = '/';
    size_t start = 0;
    while (start < child.length && (child.start[start] == '/' || child.start[start] == '\\')) start++;
    bytes_add_text(&joined, bytes_text(path));
    if (path->length && path->data[path->length - 1] != '/') bytes_add_byte(&joined, '/');
    for (size_t i = start; i < child.length; i++) bytes_add_byte(&joined, child.start[i] == '\\' ? '/' : child.start[i]);
    bytes_free(path);
    *path = joined;
}

static enum status emit_existing(struct invocation *call, struct text path) {
    struct item_list list;
    enum status status = item_expand(call, path, false, false, &list);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) {
        struct text one = string_text(array_at(list.paths, i));
        if (item_exists(call, list.drive, one)) status = invocation_emit_take(call, item_shown(list.drive, one));
        else status = item_not_found(call, list.drive, one);
    }
    value_release(list.paths);
    return status;
}

/* A path on a drive that there is not is an error, though nothing else of it need be there. */
static enum status check_drive(struct invocation *call, struct text path, bool *known) {
    struct text name, rest;
    struct bytes resolved = {0};
    enum item_drive drive;
    *known = true;
    if (!item_has_drive(path, &name, &rest)) return STATUS_OK;
    *known = item_read_path(call, path, &drive, &resolved) == STATUS_OK;
    bytes_free(&resolved);
    return *known ? STATUS_OK : invocation_error_raised(call);
}

static enum status process(struct invocation *call) {
    struct value paths = invocation_argument(call, PATH), children = invocation_argument(call, CHILD), more = invocation_argument(call, ADDITIONAL);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) {
        struct bytes path = {0};
        bool known;
        status = check_drive(call, item_at(paths, i), &known);
        if (status != STATUS_OK || !known) continue;
        bytes_add_text(&path, item_at(paths, i));
        uint32_t count = item_count(children);
        for (uint32_t c = 0; c < count; c++) add_child(&path, item_at(children, c));
        if (!count) add_child(&path, TEXT_NONE);
        for (uint32_t c = 0; c < item_count(more); c++) add_child(&path, item_at(more, c));
        status = invocation_switch(call, RESOLVE) ? emit_existing(call, bytes_text(&path)) : invocation_emit_take(call, string_from_bytes(&path));
        bytes_free(&path);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Join-Path reports 2026 users.csv", "reports/2026/users.csv."},
    {"Join-Path $PWD out.txt", "A file beside the script that runs."},
};

CMDLET(join_path) = {
    .name = "Join-Path", .synopsis = "Puts parts of a path together.",
    .description = "One separator stands between the parts, however they were written. Nothing need be there.",
    PARAMETERS, .process = process, EXAMPLES,
};
