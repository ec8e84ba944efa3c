#include "app_private.h"

#include <stdio.h>
#include <string.h>
#include "m365sh/tenant/tenant.h"

static int print_help(void) {
    struct bytes text = {0};
    tenant_options_help(&text);
    fwrite(text.data, 1, text.length, stdout);
    bytes_free(&text);
    return EXIT_DONE;
}

int run_serve(int count, char **arguments) {
    for (int i = 2; i < count; i++)
        if (strcmp(arguments[i], "--help") == 0) return print_help();
    struct tenant_options options = {0};
    struct fault fault = {0};
    if (tenant_options_read(count - 2, arguments + 2, &options, &fault) != STATUS_OK) {
        fprintf(stderr, "m365sh serve: %s\n", fault.message ? fault.message : "the options are wrong");
        fault_clear(&fault);
        return EXIT_USAGE;
    }
    enum status status = tenant_serve(&options, &fault);
    if (status != STATUS_OK) fprintf(stderr, "m365sh serve: %s\n", fault.message ? fault.message : "the practice tenant could not start");
    fault_clear(&fault);
    return status == STATUS_OK ? EXIT_DONE : EXIT_FAILED;
}
