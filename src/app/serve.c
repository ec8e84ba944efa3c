#include "app_private.h"

#include <stdio.h>
#include "m365sh/tenant/tenant.h"

int run_serve(int count, char **arguments) {
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
