#include "m365sh/base/library.h"

#include <dlfcn.h>

enum status library_load(const char *const *names, const char *package, const struct library_symbol *symbols,
                         size_t count, struct fault *fault) {
    void *handle = NULL;
    for (; *names && !handle; names++) handle = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return fault_set(fault, FAULT_LIBRARY, 0, "a shared library is missing; install the package %s", package);
    for (size_t i = 0; i < count; i++) {
        *symbols[i].slot = dlsym(handle, symbols[i].name);
        if (!*symbols[i].slot)
            return fault_set(fault, FAULT_LIBRARY, 0, "the library of package %s lacks the function %s", package,
                             symbols[i].name);
    }
    return STATUS_OK;
}
