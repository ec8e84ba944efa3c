#include "app_private.h"

#include <stdio.h>
#include "m365sh/syntax/parse.h"

/* One diagnostic a line, FILE:LINE:COLUMN: error Id: sentence. */
static bool check_file(const char *path) {
    struct source *source;
    struct fault fault = {0};
    if (source_read(path, &source, &fault) != STATUS_OK) {
        fprintf(stderr, "%s:1:1: error FileNotReadable: %s\n", path, fault.message ? fault.message : "cannot be read");
        fault_clear(&fault);
        return false;
    }
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    parse_program(source, &tree, &diagnostics);
    struct bytes lines = {0};
    for (size_t i = 0; i < diagnostics.count; i++) {
        diagnostic_add_line(&lines, source, &diagnostics.items[i]);
        bytes_add_byte(&lines, '\n');
    }
    fwrite(lines.data ? lines.data : "", 1, lines.length, stderr);
    bool good = !diagnostic_any_error(&diagnostics);
    bytes_free(&lines);
    diagnostic_list_free(&diagnostics);
    tree_free(&tree);
    source_release(source);
    return good;
}

int run_check(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "m365sh: check needs the names of scripts\n");
        return EXIT_USAGE;
    }
    bool good = true;
    for (int i = 2; i < count; i++) good &= check_file(arguments[i]);
    return good ? EXIT_DONE : EXIT_FAILED;
}
