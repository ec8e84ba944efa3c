#include "embedded_private.h"

struct embedded {
    const char *path;
    const char *text;
    unsigned long length;
};
static const struct embedded files[] = {
#include "embedded_tenant.inc"
};

struct text embedded_file(const char *name) {
    for (const struct embedded *file = files; file->path; file++) {
        struct text path = text_of(file->path);
        if (text_ends(path, text_of(name)) && path.start[path.length - strlen(name) - 1] == '/')
            return text_make(file->text, file->length);
    }
    return TEXT_NONE;
}

bool embedded_row(struct text *rest, struct text fields[], int limit, int *count) {
    struct text line;
    while (text_split_next(rest, '\n', &line)) {
        if (line.length == 0 || line.start[0] == '#') continue;
        *count = 0;
        while (*count < limit && text_split_next(&line, '\t', &fields[*count])) ++*count;
        return true;
    }
    return false;
}
