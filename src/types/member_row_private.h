/* One row per member of a .NET type. Each *_members.c file holds a sorted-by-type static table of rows and is named once
 * in member_table.c's list of tables; nothing else knows them. Functions borrow their arguments and give owned results. */
#ifndef M365SH_TYPES_MEMBER_ROW_PRIVATE_H
#define M365SH_TYPES_MEMBER_ROW_PRIVATE_H

#include "m365sh/types/convert.h"
#include "m365sh/types/format_text.h"
#include "m365sh/types/member.h"
#include "m365sh/types/type.h"

enum member_row_kind { ROW_GET, ROW_METHOD, ROW_STATIC_GET, ROW_STATIC_METHOD, ROW_CONSTRUCTOR };

/* self is VALUE_UNSET for statics and constructors; `type` is the type asked (useful for generics and enums). */
typedef enum status (*member_function)(struct realm *realm, const struct type *type, struct value self,
                                       const struct value *arguments, uint32_t count, struct value *out);
typedef enum status (*member_setter)(struct realm *realm, struct value self, struct value item);

struct member_row {
    const char *type;        /* full .NET name; generics open: "System.Collections.Generic.List`1" */
    const char *name;        /* constructors: "new" */
    enum member_row_kind kind;
    int least, most;         /* arguments; most -1: any number */
    member_function function;
    member_setter setter;    /* settable properties; else NULL */
    const char *definition;  /* as Get-Member shows: "string Substring(int startIndex)"; several overloads joined by ", " */
};
/* Head of a row's function; not each needs all its arguments. */
#define MEMBER_FUNCTION(name)                                                                                             \
    static enum status name(__attribute__((unused)) struct realm *realm, __attribute__((unused)) const struct type *type, \
                            __attribute__((unused)) struct value self,                                                    \
                            __attribute__((unused)) const struct value *arguments,                                        \
                            __attribute__((unused)) uint32_t count, __attribute__((unused)) struct value *out)
struct member_table { const struct member_row *rows; size_t count; };

/* Converting arguments, raising MethodArgumentConversion… errors: used by every row function. */
enum status member_argument_int32(struct realm *realm, const char *method, struct value argument, int32_t *out);
enum status member_argument_int64(struct realm *realm, const char *method, struct value argument, int64_t *out);
enum status member_argument_double(struct realm *realm, const char *method, struct value argument, double *out);
enum status member_argument_text(struct realm *realm, const char *method, struct value argument, struct value *out); /* owned string */
/* A [type], or the name of one; never null. */
enum status member_argument_type(struct realm *realm, const char *method, struct value argument, const struct type **out);
/* MethodArgumentConversionInvalidCastArgument for an argument that cannot become the parameter's type. */
enum status member_raise_argument(struct realm *realm, const char *method, struct value argument, const struct type *type);
enum status member_raise_no_overload(struct realm *realm, const char *method, uint32_t count);
enum status member_raise_not_found(struct realm *realm, const char *type_name, const char *method);
/* Runs a script block given as a predicate, comparison or action with these arguments. Owned. */
enum status member_run_block(struct realm *realm, struct value block, const struct value *arguments, uint32_t count, struct value *out);
enum status member_test_block(struct realm *realm, struct value block, struct value item, bool *out);
#define MEMBER_COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
/* An exception thrown inside a .NET method: MethodInvocationException outside, `exception` as InnerException, id = its short name. */
enum status member_raise(struct realm *realm, const char *method, uint32_t count, const char *exception, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
