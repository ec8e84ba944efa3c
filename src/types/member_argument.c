/* Converting the arguments of methods, and the errors that calls raise. */
#include <stdarg.h>
#include <string.h>
#include "member_row_private.h"
#include "member_table_private.h"
#include "m365sh/value/error_record.h"
#include "m365sh/value/string.h"

enum status member_raise_argument(struct realm *realm, const char *method, struct value argument, const struct type *type) {
    struct bytes message = {0};
    struct value text = convert_text(realm, argument);
    bytes_add_format(&message, "The argument \"%.80s\" of %s cannot become a %s.", string_chars(text), method, type->display);
    value_release(text);
    struct value inner = exception_new(realm, "System.Management.Automation.PSInvalidCastException", bytes_text(&message), VALUE_UNSET_INIT);
    struct value exception = exception_new(realm, "System.Management.Automation.MethodException", bytes_text(&message), inner);
    struct value record = error_record_new(realm, exception, TEXT("MethodArgumentConversionInvalidCastArgument"), ERROR_NOT_SPECIFIED, VALUE_UNSET_INIT);
    value_release(inner);
    value_release(exception);
    bytes_free(&message);
    return realm_raise_record_take(realm, record);
}

enum status member_raise_no_overload(struct realm *realm, const char *method, uint32_t count) {
    return realm_raise(realm, "System.Management.Automation.MethodException", "MethodCountCouldNotFindBest", ERROR_NOT_SPECIFIED,
                       "No form of \"%s\" takes %u argument%s.", method, (unsigned)count, count == 1 ? "" : "s");
}

enum status member_raise_not_found(struct realm *realm, const char *type_name, const char *method) {
    return realm_raise_target(realm, "RuntimeException", "MethodNotFound", ERROR_INVALID_OPERATION, VALUE_UNSET_INIT,
                              "[%s] has no method \"%s\".", type_name, method);
}

static enum status argument_to(struct realm *realm, const char *method, struct value argument, enum value_kind kind, struct value *out) {
    if (argument.kind == kind) {
        *out = value_keep(argument);
        return STATUS_OK;
    }
    const struct type *type = type_of_kind(realm, kind);
    return convert_try(realm, argument, type, out) ? STATUS_OK : member_raise_argument(realm, method, argument, type);
}

enum status member_argument_int32(struct realm *realm, const char *method, struct value argument, int32_t *out) {
    struct value number;
    enum status status = argument_to(realm, method, argument, VALUE_INT32, &number);
    if (status == STATUS_OK) *out = (int32_t)number.integer;
    return status;
}

enum status member_argument_int64(struct realm *realm, const char *method, struct value argument, int64_t *out) {
    struct value number;
    enum status status = argument_to(realm, method, argument, VALUE_INT64, &number);
    if (status == STATUS_OK) *out = number.integer;
    return status;
}

enum status member_argument_double(struct realm *realm, const char *method, struct value argument, double *out) {
    struct value number;
    enum status status = argument_to(realm, method, argument, VALUE_DOUBLE, &number);
    if (status == STATUS_OK) *out = number.real;
    return status;
}

enum status member_argument_type(struct realm *realm, const char *method, struct value argument, const struct type **out) {
    const struct type *type = type_known(realm, "System.Type");
    struct value found;
    if (!convert_try(realm, argument, type, &found)) return member_raise_argument(realm, method, argument, type);
    if (found.kind != VALUE_TYPE) return member_raise(realm, method, 1, "System.ArgumentNullException", "A type is needed here, not null.");
    *out = found.type;
    return STATUS_OK;
}

enum status member_argument_text(struct realm *realm, const char *method, struct value argument, struct value *out) {
    (void)method;
    *out = convert_text(realm, argument);
    return STATUS_OK;
}

static const char *short_name(const char *full_name) {
    const char *dot = strrchr(full_name, '.');
    return dot ? dot + 1 : full_name;
}

enum status member_raise(struct realm *realm, const char *method, uint32_t count, const char *exception, const char *format, ...) {
    struct bytes message = {0}, outer = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&message, format, list);
    va_end(list);
    bytes_add_format(&outer, "%s (%u argument%s): %s", method, (unsigned)count, count == 1 ? "" : "s", message.data ? message.data : "");
    struct value inner = exception_new(realm, exception, bytes_text(&message), VALUE_UNSET_INIT);
    struct value wrapper = exception_new(realm, "System.Management.Automation.MethodInvocationException", bytes_text(&outer), inner);
    struct value record = error_record_new(realm, wrapper, text_of(short_name(exception)), ERROR_NOT_SPECIFIED, VALUE_UNSET_INIT);
    value_release(inner);
    value_release(wrapper);
    bytes_free(&message);
    bytes_free(&outer);
    return realm_raise_record_take(realm, record);
}

enum status member_run_block(struct realm *realm, struct value block, const struct value *arguments, uint32_t count, struct value *out) {
    struct block_call call = {.block = block, .arguments = arguments, .argument_count = count, .scope = BLOCK_NEW_SCOPE};
    return callable_call_collect(realm, &call, out);
}

enum status member_test_block(struct realm *realm, struct value block, struct value item, bool *out) {
    struct value result;
    enum status status = member_run_block(realm, block, &item, 1, &result);
    if (status != STATUS_OK) return status;
    *out = value_truth(result);
    value_release(result);
    return STATUS_OK;
}
