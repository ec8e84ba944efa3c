#include "m365sh/types/file_info.h"

#include <sys/stat.h>
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

struct value file_info_new(struct realm *realm, struct text path, enum file_info_kind kind) {
    struct value full = string_new(path);
    struct stat seen;
    if (kind == FILE_INFO_LOOK)
        kind = stat(string_chars(full), &seen) == 0 && S_ISDIR(seen.st_mode) ? FILE_INFO_FOLDER : FILE_INFO_FILE;
    const struct type *type = type_known(realm, kind == FILE_INFO_FOLDER ? "System.IO.DirectoryInfo" : "System.IO.FileInfo");
    struct value info = object_new(realm, type, 1);
    object_add(realm, info, TEXT("FullPath"), MEMBER_HIDDEN, full);
    value_release(full);
    return info;
}

bool file_info_is(struct realm *realm, struct value v) {
    return v.kind == VALUE_OBJECT && type_is(type_of(realm, v), type_known(realm, "System.IO.FileSystemInfo")) &&
           object_block(v)->shape->count && object_block(v)->slots[0].kind == VALUE_STRING;
}

struct text file_info_path(struct value v) {
    return string_text(object_block(v)->slots[0]);
}
