#include "item_rows_private.h"

#include <sys/stat.h>
#include "m365sh/base/calendar.h"

enum { PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, PATH_TYPE, IS_VALID, OLDER, NEWER };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY | PARAMETER_WILDCARDS,
     NULL, "Path", NULL, "path", "What may be there; wildcards are allowed."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, "PSPath|LP", "LiteralPath", NULL,
     "path", "The same, without wildcards."},
    ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
    {"PathType", "string", -1, 0, "Type", NULL, "Any|Container|Leaf", NULL, "Container: only a folder counts. Leaf: only what is none."},
    {"IsValid", "switch", -1, 0, NULL, NULL, NULL, NULL, "Asks whether such a path may be at all."},
    {"OlderThan", "datetime", -1, 0, NULL, NULL, NULL, NULL, "Only what was written before."},
    {"NewerThan", "datetime", -1, 0, NULL, NULL, NULL, NULL, "Only what was written after."},
};

static int64_t utc_of(struct value date) {
    return date.small == 1 ? date.integer : date.integer - (int64_t)calendar_offset_local(date.integer, NULL) * CALENDAR_TICKS_PER_SECOND;
}

static bool age_fits(struct invocation *call, struct text path) {
    struct value older = invocation_argument(call, OLDER), newer = invocation_argument(call, NEWER);
    struct stat seen;
    if (older.kind != VALUE_DATETIME && newer.kind != VALUE_DATETIME) return true;
    char *name = alloc_text(path.start, path.length);
    bool known = stat(name, &seen) == 0;
    alloc_free(name);
    if (!known) return false;
    int64_t written = calendar_from_unix(seen.st_mtim.tv_sec, (int32_t)seen.st_mtim.tv_nsec);
    return (older.kind != VALUE_DATETIME || written < utc_of(older)) && (newer.kind != VALUE_DATETIME || written > utc_of(newer));
}

static bool type_fits(struct invocation *call, enum item_drive drive, struct text path) {
    struct text type = invocation_text(call, PATH_TYPE);
    if (text_equal_fold(type, TEXT("Container"))) return item_is_folder(drive, path);
    return !text_equal_fold(type, TEXT("Leaf")) || !item_is_folder(drive, path);
}

static bool test(struct invocation *call, struct text path, bool literal) {
    static const struct item_parameters filters = {.filter = FILTER, .include = INCLUDE, .exclude = EXCLUDE};
    struct item_list list;
    bool found = false;
    if (text_is_blank(path)) return false;
    if (item_expand(call, path, literal, false, &list) != STATUS_OK) {
        value_release(realm_take_raised(call->realm));
        value_release(list.paths);
        return false;
    }
    for (uint32_t i = 0; !found && i < array_count(list.paths); i++) {
        struct text one = string_text(array_at(list.paths, i));
        found = item_exists(call, list.drive, one) && item_passes(call, &filters, path_leaf(one)) && type_fits(call, list.drive, one) &&
                (list.drive != DRIVE_FILES || age_fits(call, one));
    }
    value_release(list.paths);
    return found;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL);
    struct value paths = value_base(invocation_argument(call, literal ? LITERAL : PATH));
    enum status status = STATUS_OK;
    uint32_t count = item_count(paths);
    for (uint32_t i = 0; status == STATUS_OK && i < (count ? count : 1); i++) {
        struct value one = !count ? value_null() : value_base(value_is_array_like(paths) ? array_at(paths, i) : paths);
        if (value_is_nothing(one))
            status = invocation_error(call, "System.ArgumentNullException", "NullPathNotPermitted", ERROR_INVALID_ARGUMENT, value_null(),
                                      "A path that is null cannot be tested.");
        else if (invocation_switch(call, IS_VALID)) status = invocation_emit(call, value_bool(!text_is_blank(item_at(one, 0))));
        else status = invocation_emit(call, value_bool(test(call, item_at(one, 0), literal)));
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Test-Path users.csv", "True if it is there."},
    {"if (-not (Test-Path out -PathType Container)) { New-Item out -ItemType Directory }", "Makes a folder once."},
};

CMDLET(test_path) = {
    .name = "Test-Path", .synopsis = "Tells whether something is there.",
    .description = "True or false for each path. Works for files, Env:, Variable:, Function: and Alias:.", PARAMETERS,
    .default_set = "Path", .process = process, EXAMPLES,
};
