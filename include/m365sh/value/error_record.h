/* Error records and exceptions as values. Both are VALUE_OBJECTs: the exception's `type` gives its .NET name and
 * ancestors (types.def), its slots are Message, InnerException, StackTrace, Source, HResult, Data and what the kind adds.
 * Message sentences are ours; ids, categories and type names are PowerShell's. */
#ifndef M365SH_VALUE_ERROR_RECORD_H
#define M365SH_VALUE_ERROR_RECORD_H

#include "m365sh/base/text.h"
#include "m365sh/value/value.h"

/* System.Management.Automation.ErrorCategory, in its order and with its numbers. */
enum error_category {
    ERROR_NOT_SPECIFIED, ERROR_OPEN_ERROR, ERROR_CLOSE_ERROR, ERROR_DEVICE_ERROR, ERROR_DEADLOCK_DETECTED,
    ERROR_INVALID_ARGUMENT, ERROR_INVALID_DATA, ERROR_INVALID_OPERATION, ERROR_INVALID_RESULT, ERROR_INVALID_TYPE,
    ERROR_METADATA_ERROR, ERROR_NOT_IMPLEMENTED, ERROR_NOT_INSTALLED, ERROR_OBJECT_NOT_FOUND, ERROR_OPERATION_STOPPED,
    ERROR_OPERATION_TIMEOUT, ERROR_SYNTAX_ERROR, ERROR_PARSER_ERROR, ERROR_PERMISSION_DENIED, ERROR_RESOURCE_BUSY,
    ERROR_RESOURCE_EXISTS, ERROR_RESOURCE_UNAVAILABLE, ERROR_READ_ERROR, ERROR_WRITE_ERROR, ERROR_FROM_STD_ERR,
    ERROR_SECURITY_ERROR, ERROR_PROTOCOL_ERROR, ERROR_CONNECTION_ERROR, ERROR_AUTHENTICATION_ERROR,
    ERROR_LIMITS_EXCEEDED, ERROR_QUOTA_EXCEEDED, ERROR_NOT_ENABLED
};
const char *error_category_name(enum error_category category); /* "InvalidOperation" */

/* The parts of an ErrorRecord, reached through its slots. */
enum error_slot {
    ERROR_EXCEPTION,        /* Exception */
    ERROR_TARGET,           /* TargetObject */
    ERROR_ID,               /* FullyQualifiedErrorId */
    ERROR_CATEGORY_INFO,    /* object with Category, Activity, Reason, TargetName, TargetType */
    ERROR_DETAILS,          /* ErrorDetails or null */
    ERROR_INVOCATION,       /* InvocationInfo or null; filled by vm */
    ERROR_STACK_TRACE,      /* ScriptStackTrace text; filled by vm */
    ERROR_PIPELINE_ITERATION,
    ERROR_POSITION,         /* hidden: text shown to people, "file:line:column" and the excerpt; filled by vm */
    ERROR_SLOT_COUNT
};

/* `exception` as in realm_raise; `inner` may be VALUE_UNSET. */
struct value exception_new(struct realm *realm, const char *exception, struct text message, struct value inner);
struct value exception_message(struct value exception); /* borrowed string */
struct value error_record_new(struct realm *realm, struct value exception, struct text id,
                              enum error_category category, struct value target);
struct value error_record_get(struct value record, enum error_slot slot); /* borrowed */
void error_record_set(struct value record, enum error_slot slot, struct value part);
/* TargetObject, and what the category says of it. */
void error_record_set_target(struct realm *realm, struct value record, struct value target);
/* What people read: ErrorDetails' message if there, else the exception's. Borrowed. */
struct text error_record_message(struct value record);
enum error_category error_record_category(struct value record);
void error_record_set_activity(struct realm *realm, struct value record, struct text activity); /* "Get-Item" */
bool value_is_error_record(struct value v);
bool value_is_exception(struct value v);
/* Full .NET name of an exception's type. Borrowed; lives as long as the exception. */
struct text exception_type_name(struct value exception);
/* Makes an object (an instance of a script's class derived from Exception) an exception: adds what it lacks. */
void exception_adopt(struct realm *realm, struct value object, struct text type_name);
void exception_set(struct realm *realm, struct value exception, const char *property, struct value part);

#endif
