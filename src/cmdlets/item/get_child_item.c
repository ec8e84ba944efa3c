#include "item_rows_private.h"

#include "m365sh/pattern/wildcard.h"

enum { PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, RECURSE, DEPTH, FORCE, NAME, FILE_ONLY, FOLDER_ONLY, HIDDEN, READ_ONLY, SYSTEM, FOLLOW, ATTRIBUTES };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Items", NULL, "path", "The folder; the current one unless said."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralItems", NULL, "path", "The same, without wildcards."},
    {"Filter", "string", 1, 0, NULL, NULL, NULL, NULL, "Only names that fit * and ?."},
    ROW_INCLUDE, ROW_EXCLUDE,
    {"Recurse", "switch", -1, 0, "s|r", NULL, NULL, NULL, "With what lies in the folders below. Links are not walked through."},
    {"Depth", "uint32", -1, 0, NULL, NULL, NULL, NULL, "How many folders down; recursion is on then."},
    ROW_FORCE("Hidden items too: those whose name starts with a dot."),
    {"Name", "switch", -1, 0, NULL, NULL, NULL, NULL, "Names as text, seen from the folder."},
    {"File", "switch", -1, 0, "af", NULL, NULL, NULL, "No folders."},
    {"Directory", "switch", -1, 0, "ad", NULL, NULL, NULL, "Only folders."},
    {"Hidden", "switch", -1, 0, "ah|h", NULL, NULL, NULL, "Only hidden items."},
    {"ReadOnly", "switch", -1, 0, "ar", NULL, NULL, NULL, "Only what may not be written."},
    {"System", "switch", -1, 0, "as", NULL, NULL, NULL, "Accepted; there are none here."},
    {"FollowSymlink", "switch", -1, 0, NULL, NULL, NULL, NULL, "Walks through links to folders too."},
    {"Attributes", "string", -1, 0, NULL, NULL, NULL, NULL, "Directory, !Directory, Hidden, ReadOnly, or several joined by +."},
};

struct state { bool deep_first; uint32_t depth; int files, folders, hidden; }; /* 1 only these, -1 none of these */
static const struct item_parameters filters = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, false};

static void read_attributes(struct state *state, struct text attributes) {
    struct text part;
    while (text_split_next(&attributes, '+', &part)) {
        part = text_trim(part);
        int wanted = part.length && part.start[0] == '!' ? -1 : 1;
        if (wanted < 0) part = text_slice(part, 1, part.length);
        if (text_equal_fold(part, TEXT("Directory")) || text_equal_fold(part, TEXT("D"))) state->folders = wanted;
        if (text_equal_fold(part, TEXT("Hidden")) || text_equal_fold(part, TEXT("H"))) state->hidden = wanted;
    }
}

static enum status begin(struct invocation *call) {
    struct state *state = call->state;
    state->deep_first = invocation_has(call, INCLUDE) || invocation_has(call, EXCLUDE);
    state->depth = (uint32_t)invocation_integer(call, DEPTH, UINT32_MAX);
    state->folders = invocation_switch(call, FOLDER_ONLY) ? 1 : invocation_switch(call, FILE_ONLY) ? -1 : 0;
    state->hidden = invocation_switch(call, HIDDEN) ? 1 : 0;
    read_attributes(state, invocation_text(call, ATTRIBUTES));
    return STATUS_OK;
}

static bool recurses(struct invocation *call) { return invocation_switch(call, RECURSE) || invocation_has(call, DEPTH); }

static bool wanted(struct invocation *call, const struct item_entry *entry, struct text only) {
    struct state *state = call->state;
    bool hidden = entry->name.start[0] == '.';
    if (state->folders && (state->folders > 0) != entry->folder) return false;
    if (state->hidden && (state->hidden > 0) != hidden) return false;
    if (invocation_switch(call, SYSTEM)) return false;
    if (only.length && !wildcard_match(only, entry->name, true)) return false;
    return item_passes(call, &filters, entry->name);
}

static enum status emit_entry(struct invocation *call, const struct item_entry *entry, struct text path, struct text seen_from) {
    if (invocation_switch(call, NAME)) {
        struct text name = text_slice(path, seen_from.length, path.length);
        return invocation_emit_take(call, string_new(name.length && name.start[0] == '/' ? text_slice(name, 1, name.length) : name));
    }
    struct value info = file_info_new(call->realm, path, entry->folder ? FILE_INFO_FOLDER : FILE_INFO_FILE);
    struct value read_only = value_null();
    bool found = true, give = true;
    if (invocation_switch(call, READ_ONLY) &&
        member_get(call->realm, info, intern_name(call->realm->names, TEXT("IsReadOnly")), &found, &read_only) == STATUS_OK)
        give = value_truth(read_only);
    if (give) return invocation_emit_take(call, info);
    value_release(info);
    return STATUS_OK;
}

/* What one walk over folders carries; `only` is the pattern at the end of a path with -Recurse. */
struct walk { struct invocation *call; struct text top, only; };
static enum status walk_folder(struct walk *walk, struct text path, uint32_t depth);

static enum status visit(struct walk *walk, const struct item_folder *folder, struct text path, uint32_t depth, bool emit, bool descend) {
    struct invocation *call = walk->call;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < folder->count; i++) {
        const struct item_entry *entry = &folder->entries[i];
        struct bytes child = {0};
        path_join(path, entry->name, &child);
        if (emit && wanted(call, entry, walk->only)) status = emit_entry(call, entry, bytes_text(&child), walk->top);
        if (status == STATUS_OK && descend && entry->folder && (!entry->link || invocation_switch(call, FOLLOW)) && depth > 0)
            status = walk_folder(walk, bytes_text(&child), depth - 1);
        bytes_free(&child);
    }
    return status;
}

/* Without -Include and -Exclude a folder is listed before those below it; with them each folder's insides follow it. */
static enum status walk_folder(struct walk *walk, struct text path, uint32_t depth) {
    struct invocation *call = walk->call;
    struct state *state = call->state;
    struct item_folder folder;
    if (realm_stack_low(call->realm)) return invocation_throw(call, "System.InsufficientExecutionStackException", "CallDepthOverflow", ERROR_LIMITS_EXCEEDED, value_null(), "Folders lie too deep in each other.");
    bool hidden = invocation_switch(call, FORCE) || state->hidden > 0, deeper = recurses(call);
    enum status status = item_read_folder(call, path, hidden, &folder);
    if (state->deep_first || walk->only.length) {
        if (status == STATUS_OK) status = visit(walk, &folder, path, depth, true, deeper);
    } else {
        if (status == STATUS_OK) status = visit(walk, &folder, path, depth, true, false);
        if (status == STATUS_OK && deeper) status = visit(walk, &folder, path, depth, false, true);
    }
    item_folder_free(&folder);
    return status;
}

static enum status list_folder(struct invocation *call, struct text path, struct text only) {
    struct state *state = call->state;
    struct walk walk = {call, path, only};
    return walk_folder(&walk, path, state->depth);
}

static enum status list_other(struct invocation *call, enum item_drive drive, struct text path) {
    if (!invocation_switch(call, NAME)) return item_emit(call, drive, path);
    struct bytes pattern = {0};
    struct item_list list;
    bytes_add_format(&pattern, "%s:%.*s", item_drive_name(drive), TEXT_ARGUMENT(path.length ? path : TEXT("*")));
    enum status status = item_expand(call, bytes_text(&pattern), false, false, &list);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) status = invocation_emit(call, array_at(list.paths, i));
    value_release(list.paths);
    bytes_free(&pattern);
    return status;
}

/* `listed`: the path was named as it is, so that a folder shows what lies in it. */
static enum status list_item(struct invocation *call, enum item_drive drive, struct text path, bool listed) {
    if (drive != DRIVE_FILES) return list_other(call, drive, path);
    struct item_entry entry = {.name = path_leaf(path), .folder = item_is_folder(drive, path)};
    /* -Include without -Recurse looks at the folder's own name only. */
    if (listed && entry.folder && invocation_has(call, INCLUDE) && !recurses(call)) return STATUS_OK;
    if (listed && entry.folder) return list_folder(call, path, TEXT_NONE);
    return wanted(call, &entry, TEXT_NONE) ? emit_entry(call, &entry, path, path_parent(path)) : STATUS_OK;
}

/* A pattern at the end with -Recurse is looked for in every folder below. */
static enum status list_pattern(struct invocation *call, struct text path) {
    struct text parent = path_parent(path), leaf = path_leaf(path);
    struct item_list list;
    if (!parent.length) parent = path_is_absolute(path) ? TEXT("/") : TEXT(".");
    enum status status = item_expand(call, parent, false, invocation_switch(call, FORCE), &list);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) {
        struct text folder = string_text(array_at(list.paths, i));
        if (item_is_folder(list.drive, folder)) status = list_folder(call, folder, leaf);
    }
    value_release(list.paths);
    return status;
}

static enum status list_path(struct invocation *call, struct text path, bool literal) {
    struct text drive, rest, leaf = path_leaf(path);
    struct state *state = call->state;
    if (!literal && recurses(call) && wildcard_has(leaf) && !text_equal(leaf, TEXT("*")) && !item_has_drive(path, &drive, &rest))
        return list_pattern(call, path);
    struct item_list list;
    enum status status = item_expand(call, path, literal, invocation_switch(call, FORCE) || state->hidden > 0, &list);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list.paths); i++) {
        struct text one = string_text(array_at(list.paths, i));
        if (!list.wild && !item_exists(call, list.drive, one)) status = item_not_found(call, list.drive, one);
        else status = list_item(call, list.drive, one, !list.wild || recurses(call));
    }
    value_release(list.paths);
    return status;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL);
    struct value paths = invocation_argument(call, literal ? LITERAL : PATH);
    if (!item_count(paths)) return list_path(call, TEXT("."), true);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) {
        status = list_path(call, item_at(paths, i), literal);
        if (status == STATUS_ERROR) status = invocation_error_raised(call);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Get-ChildItem *.csv | Sort-Object Length -Descending", "The largest first."},
    {"Get-ChildItem -Recurse -File | Measure-Object Length -Sum", "How much there is in all."},
};

CMDLET(get_child_item) = {
    .name = "Get-ChildItem", .aliases = "gci|ls|dir", .synopsis = "Lists what lies in a folder.",
    .description = "Folders come first, then files, by name. Hidden ones only with -Force or -Hidden. Works for Env:, Variable:, Function: and Alias: too.",
    PARAMETERS, .default_set = "Items", .state_size = sizeof(struct state), .begin = begin, .process = process, EXAMPLES, .emits = "System.IO.FileInfo",
};
