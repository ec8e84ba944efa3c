#include "../cmdlet_private.h"

enum { EXCEPTION, MESSAGE, RECORD, CATEGORY, ERROR_IDENTITY, TARGET, ACTION, ACTIVITY, REASON, TARGET_NAME, TARGET_TYPE };

static const struct parameter_row parameter_rows[] = {
    {"Exception", "System.Exception", 0, PARAMETER_MANDATORY, NULL, "WithException", NULL, NULL, "The exception to report."},
    {"Message", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, "Msg", "NoException|WithException?", NULL, NULL, "What went wrong."},
    {"ErrorRecord", "System.Management.Automation.ErrorRecord", 0, PARAMETER_MANDATORY, NULL, "ErrorRecord", NULL, NULL, "A record to report as it is."},
    {"Category", "System.Management.Automation.ErrorCategory", -1, 0, NULL, "NoException|WithException", NULL, NULL, "The kind of error."},
    {"ErrorId", "string", -1, 0, NULL, "NoException|WithException", NULL, NULL, "A name that scripts can look at."},
    {"TargetObject", "object", -1, 0, NULL, "NoException|WithException", NULL, NULL, "The object that the error is about."},
    {"RecommendedAction", "string", -1, 0, NULL, NULL, NULL, NULL, "What to do about it."},
    {"CategoryActivity", "string", -1, 0, "Activity", NULL, NULL, NULL, "What was being done."},
    {"CategoryReason", "string", -1, 0, "Reason", NULL, NULL, NULL, "Why it failed."},
    {"CategoryTargetName", "string", -1, 0, "TargetName", NULL, NULL, NULL, "The name of the target."},
    {"CategoryTargetType", "string", -1, 0, "TargetType", NULL, NULL, NULL, "The type of the target."},
};

static void set_category_part(struct invocation *call, struct value record, uint32_t which, const char *name) {
    struct value info = error_record_get(record, ERROR_CATEGORY_INFO);
    struct value *slot = info.kind == VALUE_OBJECT ? object_find_text(call->realm, info, text_of(name)) : NULL;
    if (slot && invocation_has(call, which)) value_set(slot, invocation_argument(call, which));
}

static struct value make_record(struct invocation *call) {
    struct value exception = invocation_argument(call, EXCEPTION);
    if (exception.kind == VALUE_UNSET)
        exception = exception_new(call->realm, "Microsoft.PowerShell.Commands.WriteErrorException", invocation_text(call, MESSAGE), VALUE_UNSET_INIT);
    else value_keep(exception);
    struct text id = invocation_text(call, ERROR_IDENTITY);
    struct bytes full = {0};
    if (id.length) bytes_add_text(&full, id);
    else if (invocation_has(call, EXCEPTION)) bytes_add_string(&full, type_of(call->realm, exception)->full_name);
    else bytes_add_string(&full, "Microsoft.PowerShell.Commands.WriteErrorException");
    struct value target = invocation_has(call, TARGET) ? invocation_argument(call, TARGET) : value_null();
    struct value record = error_record_new(call->realm, exception, bytes_text(&full),
                                           (enum error_category)invocation_integer(call, CATEGORY, ERROR_NOT_SPECIFIED), target);
    bytes_free(&full);
    value_release(exception);
    bool has_message = invocation_has(call, EXCEPTION) && invocation_has(call, MESSAGE);
    if (has_message || invocation_has(call, ACTION)) {
        struct value details = object_new(call->realm, type_find(call->realm, TEXT("System.Management.Automation.ErrorDetails")), 2);
        if (has_message) object_put(call->realm, details, TEXT("Message"), invocation_argument(call, MESSAGE));
        else object_put(call->realm, details, TEXT("Message"), exception_message(error_record_get(record, ERROR_EXCEPTION)));
        if (invocation_has(call, ACTION)) object_put(call->realm, details, TEXT("RecommendedAction"), invocation_argument(call, ACTION));
        error_record_set(record, ERROR_DETAILS, details);
        value_release(details);
    }
    return record;
}

static enum status process(struct invocation *call) {
    struct value record = invocation_has(call, RECORD) ? value_keep(invocation_argument(call, RECORD)) : make_record(call);
    error_record_set_activity(call->realm, record, TEXT("Write-Error"));
    set_category_part(call, record, ACTIVITY, "Activity");
    set_category_part(call, record, REASON, "Reason");
    set_category_part(call, record, TARGET_NAME, "TargetName");
    set_category_part(call, record, TARGET_TYPE, "TargetType");
    return invocation_error_take(call, record);
}

static const struct example_row example_rows[] = {
    {"Write-Error 'The file is empty.' -Category InvalidData -ErrorAction SilentlyContinue", "An error that scripts can find in $Error."},
    {"try { Write-Error 'No.' -ErrorAction Stop } catch { 'caught' }", "An error that ends the block."},
};

CMDLET(write_error) = {
    .name = "Write-Error", .synopsis = "Reports an error without ending the script.",
    .description = "throw ends it. With -ErrorAction Stop this does, too.", PARAMETERS, .default_set = "NoException", .process = process, EXAMPLES,
};
