/* A low-level failure: what could not be done, where, and why. Filled by rooms below `value`;
 * rooms above turn it into an error record. A fault owns its message; fault_clear releases it.
 * A zeroed fault is empty and need not be cleared. Passing NULL where a fault is taken discards
 * the details. */
#ifndef M365SH_FAULT_H
#define M365SH_FAULT_H

#include "m365sh/status.h"

enum fault_kind {
    FAULT_NONE = 0,
    FAULT_NOT_FOUND,
    FAULT_DENIED,
    FAULT_EXISTS,
    FAULT_IS_FOLDER,
    FAULT_NOT_FOLDER,
    FAULT_INVALID,      /* malformed input; the message says where */
    FAULT_LIMIT,        /* a bound of limits.h */
    FAULT_MEMORY,
    FAULT_IO,           /* read or write failed */
    FAULT_CLOSED,       /* nobody reads the output any more */
    FAULT_CONNECT,      /* no connection: refused, unreachable, name unknown */
    FAULT_TLS,
    FAULT_TIMEOUT,
    FAULT_INTERRUPTED,
    FAULT_LIBRARY,      /* a shared library lacks; the message names the package */
    FAULT_BUSY,
};

struct fault {
    enum fault_kind kind;
    int system_code;    /* errno, or the library's code; 0 if none */
    char *message;      /* owned; one sentence without line end */
};

/* Fills `fault` (may be NULL) and returns STATUS_ERROR, so that callers can `return fault_set(...)`. */
enum status fault_set(struct fault *fault, enum fault_kind kind, int system_code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Puts "context: " before the message already there. Returns STATUS_ERROR. */
enum status fault_prefix(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The fault kind that fits an errno. */
enum fault_kind fault_kind_of_errno(int system_code);
void fault_clear(struct fault *fault);

#endif
