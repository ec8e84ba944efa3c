/* The program. */
#include <stdio.h>
#include <string.h>
#include "m365sh/tenant/tenant.h"

static int serve(int count, char **arguments) {
    struct tenant_options options;
    struct fault fault = {0};
    int code = 2;
    if (tenant_options_read(count, arguments, &options, &fault) == STATUS_OK) code = tenant_serve(&options, &fault) == STATUS_OK ? 0 : 1;
    if (code) fprintf(stderr, "m365sh serve: %s\n", fault.message ? fault.message : "failed");
    fault_clear(&fault);
    return code;
}

int main(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "serve") == 0) return serve(count - 2, arguments + 2);
    fprintf(stderr, "usage: m365sh serve [options]\n");
    return 2;
}
