#include "item_rows_private.h"

enum { PATH, LITERAL, RELATIVE, BASE, FORCE };

static const struct parameter_row parameter_rows[] = {
    ROW_PATH("What is there; wildcards are allowed."), ROW_LITERAL,
    {"Relative", "switch", -1, 0, NULL, NULL, NULL, NULL, "As seen from the current location."},
    {"RelativeBasePath", "string", -1, 0, NULL, NULL, NULL, "path", "Another place to look from."},
    ROW_FORCE("Hidden items too."),
};

/* "../x": what the two paths share is left out. */
static void add_relative(struct bytes *out, struct text base, struct text path) {
    size_t shared = 0, at = 0;
    while (at <= base.length && at <= path.length) {
        bool base_ends = at == base.length || base.start[at] == '/', path_ends = at == path.length || path.start[at] == '/';
        if (base_ends && path_ends) shared = at;
        if (at == base.length || at == path.length || base.start[at] != path.start[at]) break;
        at++;
    }
    struct text rest = text_slice(path, shared < path.length ? shared + 1 : shared, path.length);
    struct text above = text_slice(base, shared < base.length ? shared + 1 : shared, base.length), part;
    bool inside = above.length == 0;
    if (!rest.length) { /* the folder itself and those above it are named from above */
        rest = path_leaf(path);
        bytes_add_string(out, "../");
    } else if (inside) bytes_add_string(out, "./");
    while (text_split_next(&above, '/', &part)) bytes_add_string(out, "../");
    bytes_add_text(out, rest);
}

static enum status emit_found(struct invocation *call, enum item_drive drive, struct text path) {
    if (drive != DRIVE_FILES || !(invocation_switch(call, RELATIVE) || invocation_has(call, BASE))) return item_emit_path(call, drive, path);
    struct bytes base = {0}, relative = {0};
    invocation_path(call, invocation_has(call, BASE) ? invocation_text(call, BASE) : TEXT("."), &base);
    add_relative(&relative, bytes_text(&base), path);
    enum status status = invocation_emit_take(call, string_from_bytes(&relative));
    bytes_free(&base);
    bytes_free(&relative);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, FORCE, false};
    return item_each(call, &which, emit_found);
}

static const struct example_row example_rows[] = {
    {"Resolve-Path .", "The current location as a whole path."},
    {"Set-Content a.txt x; Resolve-Path a.txt -Relative", "./a.txt."},
};

CMDLET(resolve_path) = {
    .name = "Resolve-Path", .aliases = "rvpa", .synopsis = "Finds what a path means.",
    .description = "Wildcards give each item found; a path without wildcards must be there.", PARAMETERS, .default_set = "Path",
    .process = process, EXAMPLES,
};
