#include "item_rows_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static enum status process(struct invocation *call) {
    struct bytes path = {0};
    const char *folder = getenv("TMPDIR");
    bytes_add_format(&path, "%s/tmpXXXXXX.tmp", folder && *folder ? folder : "/tmp");
    int file = mkstemps(path.data, 4);
    enum status status;
    if (file < 0) {
        status = item_system_error(call, "NewTemporaryFileWriteError", bytes_text(&path), errno, "made");
    } else {
        close(file);
        status = item_emit(call, DRIVE_FILES, bytes_text(&path));
    }
    bytes_free(&path);
    return status;
}

static const struct example_row example_rows[] = {
    {"$f = New-TemporaryFile; Set-Content $f 'x'; Remove-Item $f", "For a while."},
    {"(New-TemporaryFile).FullName", "Its name."},
};

CMDLET(new_temporary_file) = {
    .name = "New-TemporaryFile", .synopsis = "Makes an empty file with a name of its own.", .description = "In the folder for temporary files; nobody removes it for you.",
    .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES, .emits = "System.IO.FileInfo",
};
