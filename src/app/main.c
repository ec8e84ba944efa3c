/* The program: three modes and the shell. */
#include "app_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"

int main(int count, char **arguments) {
    alloc_start();
    interrupt_install();
    if (count > 1 && strcmp(arguments[1], "serve") == 0) return run_serve(count, arguments);
    if (count > 1 && strcmp(arguments[1], "check") == 0) return run_check(count, arguments);
    return run_shell(count, arguments);
}
