/* Where modules are: files by path, by name along PSModulePath; and what is there without loading it. */
#include "engine_private.h"

#include <dirent.h>
#include <stdlib.h>
#include "m365sh/base/file.h"
#include "m365sh/pattern/wildcard.h"

static const char *const forms[] = {"", ".psd1", ".psm1", ".m365", ".ps1"};
enum { FORM_COUNT = sizeof forms / sizeof *forms };

/* folder/leaf with one of the endings; `bare`: without one, too. */
static bool try_forms(struct bytes *stem, bool bare) {
    size_t length = stem->length;
    for (size_t i = bare ? 0 : 1; i < FORM_COUNT; i++) {
        bytes_truncate(stem, length);
        bytes_add_string(stem, forms[i]);
        if (file_exists(stem->data) && !file_is_folder(stem->data)) return true;
    }
    bytes_truncate(stem, length);
    return false;
}

static int next_number(struct text *text) {
    int number = 0;
    while (text->length && text->start[0] >= '0' && text->start[0] <= '9' && number < 1000000) {
        number = number * 10 + (text->start[0] - '0');
        *text = text_slice(*text, 1, text->length);
    }
    if (text->length) *text = text_slice(*text, 1, text->length);
    return number;
}

static int compare_versions(struct text a, struct text b) {
    while (a.length || b.length) {
        int left = next_number(&a), right = next_number(&b);
        if (left != right) return left - right;
    }
    return 0;
}

/* The highest folder of a version in a module's folder: Name/1.2.3. */
static bool newest_version(const char *folder, struct bytes *out) {
    DIR *directory = opendir(folder);
    struct dirent *entry;
    bool any = false;
    while (directory && (entry = readdir(directory))) {
        struct text name = text_of(entry->d_name);
        if (!name.length || name.start[0] < '0' || name.start[0] > '9') continue;
        if (any && compare_versions(name, bytes_text(out)) <= 0) continue;
        bytes_clear(out);
        bytes_add_text(out, name);
        any = true;
    }
    if (directory) closedir(directory);
    return any;
}

static bool try_folder(struct bytes *path, struct text leaf) {
    struct bytes inner = {0}, version = {0};
    bytes_add_format(&inner, "%s/%.*s", path->data, TEXT_ARGUMENT(leaf));
    bool found = try_forms(&inner, false);
    if (!found && newest_version(path->data, &version)) {
        bytes_clear(&inner);
        bytes_add_format(&inner, "%s/%s/%.*s", path->data, version.data, TEXT_ARGUMENT(leaf));
        found = try_forms(&inner, false);
    }
    if (found) {
        bytes_clear(path);
        bytes_add_text(path, bytes_text(&inner));
    }
    bytes_free(&inner);
    bytes_free(&version);
    return found;
}

static bool try_path(struct bytes *out, struct text folder, struct text name) {
    bytes_clear(out);
    path_resolve(name, folder, out);
    if (try_forms(out, true)) return true;
    if (!out->data || !file_is_folder(out->data)) return false;
    struct bytes leaf = {0};
    bytes_add_text(&leaf, path_leaf(bytes_text(out)));
    bool found = try_folder(out, bytes_text(&leaf));
    bytes_free(&leaf);
    return found;
}

bool module_file(struct engine *engine, struct text name, struct bytes *out) {
    struct host *host = engine->host;
    if (!name.length) return false;
    bool is_path = text_find_byte(name, '/', 0) != TEXT_NOT_FOUND || text_find_byte(name, '\\', 0) != TEXT_NOT_FOUND || name.start[0] == '.' || name.start[0] == '~' ||
                   text_starts(path_extension(name), TEXT(".ps"));
    if (is_path) return try_path(out, host->folder ? host->folder(host) : TEXT("/"), name);
    struct text rest = text_of(getenv("PSModulePath")), folder;
    while (text_split_next(&rest, ':', &folder)) {
        if (folder.length && try_path(out, folder, name)) return true;
    }
    return false;
}

/* A module as its file describes it: not loaded, not listed. Owned; NULL: raised. */
struct module *module_peek(struct engine *engine, const char *path) {
    struct text leaf = path_leaf(text_of(path));
    struct module *module = module_new(engine, text_slice(leaf, 0, leaf.length - path_extension(leaf).length));
    module->path = alloc_text(path, strlen(path));
    module->is_dynamic = true;
    if (!text_ends_fold(leaf, TEXT(".psd1")) || module_read_manifest(engine, module, path) == STATUS_OK) return module;
    module_release(module);
    return NULL;
}

static bool wanted(struct value patterns, struct text name) {
    if (!value_is_array_like(patterns)) return true;
    for (uint32_t i = 0; i < array_count(patterns); i++) {
        struct value pattern = array_at(patterns, i);
        if (pattern.kind == VALUE_STRING && wildcard_match(string_text(pattern), name, true)) return true;
    }
    return false;
}

static void list_folder(struct engine *engine, struct text folder, struct value patterns, struct value list) {
    struct bytes path = {0};
    bytes_add_text(&path, folder);
    DIR *directory = path.data ? opendir(path.data) : NULL;
    struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        struct text name = text_of(entry->d_name);
        if (name.start[0] == '.' || !wanted(patterns, name)) continue;
        bytes_clear(&path);
        bytes_add_format(&path, "%.*s/%s", TEXT_ARGUMENT(folder), entry->d_name);
        if (!file_is_folder(path.data) || !try_folder(&path, name)) continue;
        struct module *module = module_peek(engine, path.data);
        if (!module) {
            value_release(realm_take_raised(engine->realm));
            continue;
        }
        array_push_take(list, module_object(engine, module));
        module_release(module);
    }
    if (directory) closedir(directory);
    bytes_free(&path);
}

/* What could be imported; `patterns`: array of names or null. Owned array of PSModuleInfo. */
struct value module_available(struct engine *engine, struct value patterns) {
    struct value list = array_new(engine->realm, NULL, 4);
    struct text rest = text_of(getenv("PSModulePath")), folder;
    while (text_split_next(&rest, ':', &folder)) {
        if (folder.length) list_folder(engine, folder, patterns, list);
    }
    return list;
}
