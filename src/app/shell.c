#include "app_private.h"

#include <stdio.h>
#include <unistd.h>
#include "m365sh/version.h"

int run_shell(int count, char **arguments) {
    struct app_options options;
    if (!options_read(count, arguments, &options)) return EXIT_USAGE;
    if (options.version) return printf("m365sh %s (language: PowerShell 7.6)\n", M365SH_VERSION) > 0 ? EXIT_DONE : EXIT_FAILED;
    if (options.help) {
        options_print_help();
        return EXIT_DONE;
    }
    if (options.command) return run_command(&options);
    if (options.file) return run_script(&options);
    return isatty(STDIN_FILENO) ? run_prompt(&options) : run_input(&options);
}
