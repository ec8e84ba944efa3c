#include "app_private.h"

#include <stdio.h>
#include <unistd.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/tenant/tenant.h"
#include "m365sh/version.h"

int run_serve(int count, char **arguments) {
    struct tenant_options options = {0};
    struct fault fault = {0};
    if (tenant_options_read(count - 2, arguments + 2, &options, &fault) != STATUS_OK) {
        fprintf(stderr, "m365sh: %s\n", fault.message ? fault.message : "the options of serve are wrong");
        fault_clear(&fault);
        return EXIT_USAGE;
    }
    enum status status = tenant_serve(&options, &fault);
    if (status != STATUS_OK) fprintf(stderr, "m365sh: %s\n", fault.message ? fault.message : "the practice tenant could not start");
    fault_clear(&fault);
    return status == STATUS_OK ? EXIT_DONE : EXIT_FAILED;
}

int main(int count, char **arguments) {
    alloc_start();
    interrupt_install();
    if (count > 1 && strcmp(arguments[1], "serve") == 0) return run_serve(count, arguments);
    if (count > 1 && strcmp(arguments[1], "check") == 0) return run_check(count, arguments);
    struct app_options options;
    if (!options_read(count, arguments, &options)) return EXIT_USAGE;
    if (options.version) return printf("m365sh %s (language: PowerShell 7.6)\n", M365SH_VERSION) > 0 ? EXIT_DONE : EXIT_FAILED;
    if (options.help) return options_print_help(), EXIT_DONE;
    if (options.command) return run_command(&options);
    if (options.file) return run_script(&options);
    return isatty(STDIN_FILENO) ? run_prompt(&options) : run_input(&options);
}
