#include "m365sh/base/path.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

static bool is_separator(char byte) {
    return byte == '/' || byte == '\\';
}

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

void path_home(struct bytes *out) {
    const char *home = setting("HOME");
    if (!home) {
        const struct passwd *user = getpwuid(getuid());
        home = user && user->pw_dir ? user->pw_dir : "/";
    }
    bytes_add_string(out, home);
}

void path_of_place(enum path_place place, struct bytes *out) {
    static const struct { const char *own, *variable, *usual; } places[] = {
        [PATH_STATE] = {"/state", "XDG_STATE_HOME", "/.local/state"},
        [PATH_CONFIGURATION] = {"/config", "XDG_CONFIG_HOME", "/.config"},
        [PATH_CACHE] = {"/cache", "XDG_CACHE_HOME", "/.cache"},
    };
    const char *own = setting("M365SH_HOME"), *desktop = setting(places[place].variable);
    if (own) {
        bytes_add_string(out, own);
        bytes_add_string(out, places[place].own);
        return;
    }
    if (desktop && desktop[0] == '/') {
        bytes_add_string(out, desktop);
    } else {
        path_home(out);
        bytes_add_string(out, places[place].usual);
    }
    bytes_add_string(out, "/m365sh");
}

bool path_is_absolute(struct text path) {
    return path.length && is_separator(path.start[0]);
}

/* Appends the parts of `path` to the absolute path that starts at `root` in `out`. */
static void add_parts(struct text path, struct bytes *out, size_t root) {
    for (size_t at = 0; at < path.length;) {
        if (is_separator(path.start[at])) {
            at++;
            continue;
        }
        size_t start = at;
        while (at < path.length && !is_separator(path.start[at])) at++;
        struct text part = text_slice(path, start, at - start);
        if (text_equal(part, TEXT("."))) continue;
        if (text_equal(part, TEXT(".."))) {
            while (out->length > root && out->data[--out->length] != '/') {}
            bytes_truncate(out, out->length);
            continue;
        }
        bytes_add_byte(out, '/');
        bytes_add_text(out, part);
    }
}

void path_resolve(struct text path, struct text base, struct bytes *out) {
    size_t root = out->length;
    bool from_home = path.length && path.start[0] == '~' && (path.length == 1 || is_separator(path.start[1]));
    if (from_home) {
        struct bytes home = {0};
        path_home(&home);
        add_parts(bytes_text(&home), out, root);
        bytes_free(&home);
        path = text_slice(path, 1, path.length);
    } else if (!path_is_absolute(path)) {
        add_parts(base, out, root);
    }
    add_parts(path, out, root);
    if (out->length == root) bytes_add_byte(out, '/');
    else bytes_add(out, "", 0);
}

void path_join(struct text parent, struct text child, struct bytes *out) {
    size_t end = parent.length, start = 0;
    while (end && is_separator(parent.start[end - 1])) end--;
    while (start < child.length && is_separator(child.start[start])) start++;
    bytes_add(out, parent.start, end);
    if (parent.length) bytes_add_byte(out, '/');
    bytes_add(out, child.start + start, child.length - start);
}

static struct text without_trailing(struct text path) {
    while (path.length > 1 && is_separator(path.start[path.length - 1])) path.length--;
    return path;
}

/* Where the last part starts. */
static size_t leaf_start(struct text path) {
    size_t at = path.length;
    while (at && !is_separator(path.start[at - 1])) at--;
    return at;
}

struct text path_parent(struct text path) {
    path = without_trailing(path);
    size_t leaf = leaf_start(path);
    if (!leaf || leaf == path.length) return TEXT_NONE;
    return without_trailing(text_slice(path, 0, leaf));
}

struct text path_leaf(struct text path) {
    path = without_trailing(path);
    if (path.length == 1 && is_separator(path.start[0])) return path;
    return text_slice(path, leaf_start(path), path.length);
}

struct text path_extension(struct text path) {
    struct text leaf = path_leaf(path);
    size_t dot = text_find_last(leaf, TEXT("."));
    if (dot == TEXT_NOT_FOUND || dot + 1 == leaf.length) return TEXT_NONE;
    return text_slice(leaf, dot, leaf.length);
}
