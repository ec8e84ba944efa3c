#include "m365sh/value/realm.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#include <stdarg.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/limits.h"

#define UNLIMITED_STACK ((size_t)256 << 20) /* what "no limit" is taken for */

struct realm *realm_new(void) {
    struct realm *realm = ALLOC_NEW(struct realm);
    realm->heap = heap_new();
    realm->names = intern_new();
    realm->shapes = shape_table_new(realm->names);
    realm->collator = collate_new();
    random_seed_system(&realm->random);
    realm->enumeration_limit = 4;
    realm_set_stack(realm);
    return realm;
}

void realm_free(struct realm *realm) {
    if (!realm) return;
    value_release(realm->raised);
    value_release(realm->exit_value);
    value_release(realm->set_matches);
    value_release(realm->output_separator);
    heap_free(realm->heap);
    shape_table_free(realm->shapes);
    collate_free(realm->collator);
    intern_free(realm->names);
    alloc_free(realm);
}

/* The main thread's stack grows to its limit from about here. Asking pthreads for it would read /proc/self/maps, a tenth of
 * the whole start. */
static bool main_stack(uintptr_t *lowest, size_t *size) {
    struct rlimit limit;
    if (getpid() != gettid() || getrlimit(RLIMIT_STACK, &limit) != 0) return false;
    *size = limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > UNLIMITED_STACK ? UNLIMITED_STACK : limit.rlim_cur;
    *lowest = (uintptr_t)__builtin_frame_address(0) - *size;
    return true;
}

void realm_set_stack(struct realm *realm) {
    pthread_attr_t attributes;
    void *start;
    uintptr_t lowest = 0;
    size_t size = 0;
    realm->stack_limit = 0;
    if (!main_stack(&lowest, &size)) {
        if (pthread_getattr_np(pthread_self(), &attributes)) return;
        if (!pthread_attr_getstack(&attributes, &start, &size)) lowest = (uintptr_t)start;
        pthread_attr_destroy(&attributes);
    }
    if (lowest) realm->stack_limit = lowest + size / 100 * (100 - LIMIT_STACK_PERCENT);
}

static enum status raise_list(struct realm *realm, const char *exception, const char *id, enum error_category category,
                              struct value target, const char *format, va_list list) {
    struct bytes message = {0};
    bytes_add_format_list(&message, format, list);
    struct value thrown = exception_new(realm, exception, bytes_text(&message), VALUE_UNSET_INIT);
    bytes_free(&message);
    struct value record = error_record_new(realm, thrown, text_of(id), category, target);
    value_release(thrown);
    return realm_raise_record_take(realm, record);
}

enum status realm_raise(struct realm *realm, const char *exception, const char *id, enum error_category category,
                        const char *format, ...) {
    va_list list;
    va_start(list, format);
    enum status status = raise_list(realm, exception, id, category, value_null(), format, list);
    va_end(list);
    return status;
}

enum status realm_raise_target(struct realm *realm, const char *exception, const char *id, enum error_category category,
                               struct value target, const char *format, ...) {
    va_list list;
    va_start(list, format);
    enum status status = raise_list(realm, exception, id, category, target, format, list);
    va_end(list);
    return status;
}

enum status realm_raise_record_take(struct realm *realm, struct value record) {
    value_set_take(&realm->raised, record);
    return STATUS_ERROR;
}

struct fault_row { enum fault_kind kind; const char *exception, *id; enum error_category category; };
static const struct fault_row fault_rows[] = {
    {FAULT_NOT_FOUND, "System.IO.FileNotFoundException", "PathNotFound", ERROR_OBJECT_NOT_FOUND},
    {FAULT_DENIED, "System.UnauthorizedAccessException", "UnauthorizedAccess", ERROR_PERMISSION_DENIED},
    {FAULT_EXISTS, "System.IO.IOException", "ResourceExists", ERROR_RESOURCE_EXISTS},
    {FAULT_INVALID, "System.ArgumentException", "InvalidArgument", ERROR_INVALID_ARGUMENT},
    {FAULT_LIMIT, "System.InvalidOperationException", "LimitExceeded", ERROR_LIMITS_EXCEEDED},
    {FAULT_MEMORY, "System.OutOfMemoryException", "OutOfMemory", ERROR_RESOURCE_UNAVAILABLE},
    {FAULT_CONNECT, "System.Net.Http.HttpRequestException", "ConnectionFailed", ERROR_CONNECTION_ERROR},
    {FAULT_TLS, "System.Net.Http.HttpRequestException", "TlsFailed", ERROR_SECURITY_ERROR},
    {FAULT_TIMEOUT, "System.TimeoutException", "Timeout", ERROR_OPERATION_TIMEOUT},
    {FAULT_LIBRARY, "System.DllNotFoundException", "LibraryNotFound", ERROR_NOT_INSTALLED},
    {FAULT_BUSY, "System.IO.IOException", "ResourceBusy", ERROR_RESOURCE_BUSY},
    {FAULT_NONE, "System.IO.IOException", "IOError", ERROR_OPERATION_STOPPED},
};

enum status realm_raise_fault(struct realm *realm, struct fault *fault, const char *id) {
    if (fault->kind == FAULT_INTERRUPTED) {
        fault_clear(fault);
        return STATUS_INTERRUPTED;
    }
    const struct fault_row *row = fault_rows;
    while (row->kind != fault->kind && row->kind != FAULT_NONE) row++;
    enum status status = realm_raise(realm, row->exception, id ? id : row->id, row->category, "%s",
                                     fault->message ? fault->message : "The operation failed.");
    fault_clear(fault);
    return status;
}

enum status realm_poll(struct realm *realm) {
    if (!interrupt_pending()) return STATUS_OK;
    if (process_signals.memory_pressure) {
        process_signals.memory_pressure = 0;
        return realm_raise(realm, "System.OutOfMemoryException", "System.OutOfMemoryException",
                           ERROR_RESOURCE_UNAVAILABLE, "The system gives no more memory.");
    }
    return STATUS_INTERRUPTED;
}

struct value realm_take_raised(struct realm *realm) {
    struct value raised = realm->raised;
    realm->raised = VALUE_UNSET_INIT;
    return raised;
}
