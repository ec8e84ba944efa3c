/* Runs a fuzz target on the files named, without libFuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(arguments[i], "rb");
        if (!file) return 2;
        uint8_t *data = malloc(1 << 20); /* of exactly the size read afterwards, so that a byte too far is seen */
        size_t size = fread(data, 1, 1 << 20, file);
        data = realloc(data, size ? size : 1);
        LLVMFuzzerTestOneInput(data, size);
        free(data);
        fclose(file);
    }
    return 0;
}
