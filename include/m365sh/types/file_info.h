/* System.IO.FileInfo and DirectoryInfo: objects that hold a path and ask the file system when a property is read. Setting
 * LastWriteTime, IsReadOnly and their like writes to the file. */
#ifndef M365SH_TYPES_FILE_INFO_H
#define M365SH_TYPES_FILE_INFO_H

#include "m365sh/base/text.h"
#include "m365sh/types/type.h"

/* `path` is absolute and normal. Nothing is looked at but whether it is a folder, which the caller may know. */
enum file_info_kind { FILE_INFO_LOOK, FILE_INFO_FILE, FILE_INFO_FOLDER };
struct value file_info_new(struct realm *realm, struct text path, enum file_info_kind kind);
bool file_info_is(struct realm *realm, struct value v);
struct text file_info_path(struct value v); /* borrowed; v is one */

#endif
