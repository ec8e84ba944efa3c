#include "m365sh/fault.h"

#include <errno.h>
#include <stdarg.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/bytes.h"

enum status fault_set(struct fault *fault, enum fault_kind kind, int system_code, const char *format, ...) {
    if (!fault) return STATUS_ERROR;
    struct bytes message = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    fault_clear(fault);
    fault->kind = kind;
    fault->system_code = system_code;
    fault->message = bytes_take(&message);
    return STATUS_ERROR;
}

enum status fault_prefix(struct fault *fault, const char *format, ...) {
    if (!fault) return STATUS_ERROR;
    struct bytes message = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    if (fault->message) {
        bytes_add_string(&message, ": ");
        bytes_add_string(&message, fault->message);
        alloc_free(fault->message);
    }
    fault->message = bytes_take(&message);
    return STATUS_ERROR;
}

enum fault_kind fault_kind_of_errno(int system_code) {
    switch (system_code) {
    case 0: return FAULT_NONE;
    case ENOENT: return FAULT_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS: return FAULT_DENIED;
    case EEXIST:
    case ENOTEMPTY: return FAULT_EXISTS;
    case EISDIR: return FAULT_IS_FOLDER;
    case ENOTDIR: return FAULT_NOT_FOLDER;
    case EINVAL:
    case ENAMETOOLONG:
    case ELOOP: return FAULT_INVALID;
    case EFBIG:
    case EMFILE:
    case ENFILE: return FAULT_LIMIT;
    case ENOMEM: return FAULT_MEMORY;
    case EPIPE: return FAULT_CLOSED;
    case ECONNREFUSED:
    case ECONNRESET:
    case EHOSTUNREACH:
    case ENETUNREACH: return FAULT_CONNECT;
    case ETIMEDOUT: return FAULT_TIMEOUT;
    case EINTR: return FAULT_INTERRUPTED;
    case EBUSY:
    case ETXTBSY:
    case EAGAIN: return FAULT_BUSY;
    default: return FAULT_IO;
    }
}

void fault_clear(struct fault *fault) {
    if (!fault) return;
    alloc_free(fault->message);
    *fault = (struct fault){0};
}
