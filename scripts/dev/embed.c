/* Build tool: writes files as a C table { "path", text, length }, so that the program carries them.
 *   embed OUT FILE…     Names are kept as given. The table ends with a row of zeros. */
#include <stdio.h>
#include <stdlib.h>

static void write_file(FILE *out, const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) {
        fprintf(stderr, "embed: cannot read %s\n", path);
        exit(1);
    }
    unsigned long length = 0;
    fprintf(out, "{\"%s\", (const char[]){", path);
    for (int byte; (byte = getc(in)) != EOF; length++) fprintf(out, length % 32 ? "%d," : "\n%d,", (signed char)byte);
    fprintf(out, "0}, %lu},\n", length);
    fclose(in);
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: embed OUT FILE...\n");
        return 2;
    }
    FILE *out = fopen(arguments[1], "wb");
    if (!out) {
        fprintf(stderr, "embed: cannot write %s\n", arguments[1]);
        return 1;
    }
    for (int i = 2; i < count; i++) write_file(out, arguments[i]);
    fprintf(out, "{0, 0, 0}\n");
    return fclose(out) ? 1 : 0;
}
