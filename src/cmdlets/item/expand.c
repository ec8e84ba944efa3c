/* Wildcards in paths, reading folders in PowerShell's order, and walking over what a call names. */
#include "item_private.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "m365sh/base/arena.h"
#include "m365sh/pattern/wildcard.h"

extern char **environ;

/* --- folders ------------------------------------------------------------------------------------------------------- */
static int compare_entries(const void *a, const void *b, void *context) {
    const struct item_entry *left = a, *right = b;
    if (left->folder != right->folder) return left->folder ? -1 : 1;
    return collate_compare(context, left->name, right->name, true);
}

/* Folders by what a link leads to; links are told so that nobody walks through them. */
static void look_at(const char *folder, const struct dirent *found, struct item_entry *entry) {
    struct bytes path = {0};
    struct stat seen;
    path_join(text_of(folder), text_of(found->d_name), &path);
    entry->link = found->d_type == DT_LNK || (found->d_type == DT_UNKNOWN && lstat(path.data, &seen) == 0 && S_ISLNK(seen.st_mode));
    entry->folder = found->d_type == DT_DIR;
    if (found->d_type == DT_LNK || found->d_type == DT_UNKNOWN) entry->folder = stat(path.data, &seen) == 0 && S_ISDIR(seen.st_mode);
    bytes_free(&path);
}

enum status item_read_folder(struct invocation *call, struct text path, bool hidden, struct item_folder *out) {
    *out = (struct item_folder){0};
    char *name = alloc_text(path.start, path.length);
    DIR *folder = opendir(name);
    if (!folder) {
        int code = errno;
        alloc_free(name);
        return item_system_error(call, code == EACCES ? "DirUnauthorizedAccessError" : "DirIOError", path, code, "read");
    }
    size_t capacity = 0;
    struct arena *names = arena_new();
    for (const struct dirent *found; (found = readdir(folder));) {
        if (text_equal(text_of(found->d_name), TEXT(".")) || text_equal(text_of(found->d_name), TEXT(".."))) continue;
        if (found->d_name[0] == '.' && !hidden) continue;
        ALLOC_GROW(out->entries, capacity, out->count + 1u);
        struct item_entry *entry = &out->entries[out->count++];
        size_t length = strlen(found->d_name);
        *entry = (struct item_entry){.name = {arena_text(names, found->d_name, length), length}};
        look_at(name, found, entry);
    }
    closedir(folder);
    alloc_free(name);
    out->names = names;
    if (out->count) qsort_r(out->entries, out->count, sizeof *out->entries, compare_entries, call->realm->collator);
    return STATUS_OK;
}

void item_folder_free(struct item_folder *folder) {
    alloc_free(folder->entries);
    if (folder->names) arena_free(folder->names);
    *folder = (struct item_folder){0};
}

/* --- wildcards ----------------------------------------------------------------------------------------------------- */
static void push_text(struct value list, struct text text) { array_push_take(list, string_new(text)); }

/* One more part of the path for each path found so far. */
static enum status expand_part(struct invocation *call, struct value *paths, struct text part, bool last, bool force) {
    struct value next = array_new(call->realm, NULL, 0);
    enum status status = STATUS_OK;
    bool wild = wildcard_has(part);
    struct bytes plain = {0};
    if (!wild) wildcard_unescape(&plain, part);
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(*paths); i++) {
        struct text parent = string_text(array_at(*paths, i));
        struct bytes path = {0};
        if (!wild) {
            path_join(parent, bytes_text(&plain), &path);
            if (access(path.data, F_OK) == 0) push_text(next, bytes_text(&path));
            bytes_free(&path);
            continue;
        }
        struct item_folder folder;
        if (!item_is_folder(DRIVE_FILES, parent)) continue;
        status = item_read_folder(call, parent, force || part.start[0] == '.', &folder);
        for (uint32_t e = 0; status == STATUS_OK && e < folder.count; e++) {
            if (!last && !folder.entries[e].folder) continue;
            if (!wildcard_match(part, folder.entries[e].name, true)) continue;
            bytes_clear(&path);
            path_join(parent, folder.entries[e].name, &path);
            push_text(next, bytes_text(&path));
        }
        item_folder_free(&folder);
        bytes_free(&path);
    }
    bytes_free(&plain);
    value_set_take(paths, next);
    return status;
}

static enum status expand_files(struct invocation *call, struct text path, bool force, struct value *out) {
    struct value paths = array_new(call->realm, NULL, 1);
    push_text(paths, TEXT("/"));
    enum status status = STATUS_OK;
    struct text part;
    while (status == STATUS_OK && text_split_next(&path, '/', &part))
        if (part.length) status = expand_part(call, &paths, part, path.length == 0, force);
    *out = paths;
    return status;
}

struct name_filter { struct text pattern; struct value names; };
static bool take_name(struct name_filter *filter, struct text name) {
    if (wildcard_match(filter->pattern, name, true)) push_text(filter->names, name);
    return true;
}
static bool take_alias(void *context, struct text alias, struct text target) {
    (void)target;
    return take_name(context, alias);
}
static bool take_function(void *context, struct command *command) { return take_name(context, command->spelling); }
static bool take_variable(void *context, const struct variable_info *info) { return take_name(context, info->name); }

static void expand_names(struct invocation *call, enum item_drive drive, struct text pattern, struct value out) {
    struct name_filter filter = {pattern, out};
    struct host *host = call->host;
    if (drive == DRIVE_ALIAS) host->alias_walk(host, take_alias, &filter);
    else if (drive == DRIVE_FUNCTION) host->function_walk(host, take_function, &filter);
    else if (drive == DRIVE_VARIABLE) host->variable_walk(host, SCOPE_CURRENT, take_variable, &filter);
    else
        for (char **entry = environ; *entry; entry++) {
            struct text line = text_of(*entry);
            size_t equal = text_find_byte(line, '=', 0);
            take_name(&filter, text_slice(line, 0, equal == TEXT_NOT_FOUND ? line.length : equal));
        }
}

static int compare_names(const void *a, const void *b, void *context) {
    return collate_compare(context, string_text(*(const struct value *)a), string_text(*(const struct value *)b), true);
}

/* The current folder's own name is no pattern, whatever stands in it: a relative path is put behind its escaped form.
 * True when that was needed. */
static bool resolve_below_odd_folder(struct invocation *call, struct text path, struct bytes *full) {
    struct text folder = call->host && call->host->folder ? call->host->folder(call->host) : TEXT_NONE;
    if (!wildcard_has(folder) || path_is_absolute(path) || text_starts(path, TEXT("~")) || text_find(path, TEXT("::"), 0) != TEXT_NOT_FOUND) return false;
    struct bytes escaped = {0};
    wildcard_escape(&escaped, folder);
    bytes_clear(full);
    path_resolve(path, bytes_text(&escaped), full);
    bytes_free(&escaped);
    return true;
}

enum status item_expand(struct invocation *call, struct text path, bool literal, bool force, struct item_list *out) {
    struct bytes full = {0};
    *out = (struct item_list){.paths = array_new(call->realm, NULL, 1)};
    enum status status = item_read_path(call, path, &out->drive, &full);
    if (status != STATUS_OK) {
        bytes_free(&full);
        return status;
    }
    bool escaped = text_find_byte(path, '`', 0) != TEXT_NOT_FOUND;
    if (!literal && out->drive == DRIVE_FILES && resolve_below_odd_folder(call, path, &full)) escaped = true;
    out->wild = !literal && wildcard_has(bytes_text(&full));
    if (out->wild && out->drive == DRIVE_FILES) {
        value_release(out->paths);
        status = expand_files(call, bytes_text(&full), force, &out->paths);
    } else if (out->wild) {
        expand_names(call, out->drive, bytes_text(&full), out->paths);
        qsort_r(array_items(out->paths), array_count(out->paths), sizeof(struct value), compare_names, call->realm->collator);
    } else if (!literal && escaped) {
        struct bytes plain = {0};
        wildcard_unescape(&plain, bytes_text(&full));
        push_text(out->paths, bytes_text(&plain));
        bytes_free(&plain);
    } else {
        push_text(out->paths, bytes_text(&full));
    }
    bytes_free(&full);
    return status;
}

/* --- filters ------------------------------------------------------------------------------------------------------- */
uint32_t item_count(struct value v) {
    v = value_base(v);
    return v.kind <= VALUE_VOID ? 0 : value_is_array_like(v) ? array_count(v) : 1;
}
struct text item_at(struct value v, uint32_t index) {
    v = value_base(v);
    struct value item = value_base(value_is_array_like(v) ? array_at(v, index) : v);
    return item.kind == VALUE_STRING ? string_text(item) : TEXT_NONE;
}

/* The system's own filter knows * and ? only, and *.* means everything. */
bool item_matches_filter(struct text filter, struct text name) {
    if (!filter.length || text_equal(filter, TEXT("*")) || text_equal(filter, TEXT("*.*"))) return true;
    struct bytes pattern = {0};
    for (size_t i = 0; i < filter.length; i++) {
        if (filter.start[i] == '[' || filter.start[i] == ']' || filter.start[i] == '`') bytes_add_byte(&pattern, '`');
        bytes_add_byte(&pattern, filter.start[i]);
    }
    bool matches = wildcard_match(bytes_text(&pattern), name, true);
    bytes_free(&pattern);
    return matches;
}

static bool any_matches(struct invocation *call, uint32_t parameter, struct text name, bool when_none) {
    if (parameter == NO_PARAMETER || !invocation_has(call, parameter)) return when_none;
    struct value patterns = invocation_argument(call, parameter);
    uint32_t count = item_count(patterns);
    if (!count) return when_none;
    for (uint32_t i = 0; i < count; i++)
        if (wildcard_match(item_at(patterns, i), name, true)) return true;
    return false;
}

bool item_passes(struct invocation *call, const struct item_parameters *p, struct text name) {
    if (p->filter != NO_PARAMETER && !item_matches_filter(invocation_text(call, p->filter), name)) return false;
    return any_matches(call, p->include, name, true) && !any_matches(call, p->exclude, name, false);
}

static enum status visit_list(struct invocation *call, const struct item_parameters *p, const struct item_list *list, item_action action) {
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < array_count(list->paths); i++) {
        struct text path = string_text(array_at(list->paths, i));
        if (!list->wild && !p->missing_allowed && !item_exists(call, list->drive, path)) {
            status = item_not_found(call, list->drive, path);
        } else if (item_passes(call, p, path_leaf(path))) {
            status = action(call, list->drive, path);
        }
    }
    return status;
}

enum status item_each(struct invocation *call, const struct item_parameters *p, item_action action) {
    bool literal = p->literal != NO_PARAMETER && invocation_has(call, p->literal);
    struct value given = invocation_argument(call, literal ? p->literal : p->path);
    bool force = p->force != NO_PARAMETER && invocation_switch(call, p->force);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(given); i++) {
        struct item_list list;
        status = item_expand(call, item_at(given, i), literal, force, &list);
        if (status == STATUS_OK) status = visit_list(call, p, &list, action);
        else if (status == STATUS_ERROR) status = invocation_error_raised(call);
        value_release(list.paths);
    }
    return status;
}
