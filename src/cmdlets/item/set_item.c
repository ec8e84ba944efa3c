#include "item_rows_private.h"

#include <stdlib.h>

enum { PATH, VALUE, FORCE, PASS_THRU, LITERAL, FILTER, INCLUDE, EXCLUDE };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The item, as Env:NAME or Variable:NAME."},
    {"Value", "object", 1, PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, NULL, "Its new value."},
    ROW_FORCE("Changes what is read-only."), ROW_PASS_THRU, ROW_LITERAL, ROW_FILTER, ROW_INCLUDE, ROW_EXCLUDE,
};

static enum status set(struct invocation *call, enum item_drive drive, struct text path) {
    struct host *host = call->host;
    struct value v = invocation_has(call, VALUE) ? invocation_argument(call, VALUE) : value_null();
    struct value text = convert_text(call->realm, v), name = string_new(path);
    enum status status = STATUS_OK;
    if (drive == DRIVE_FILES)
        status = invocation_throw(call, "System.Management.Automation.PSNotSupportedException", "NotSupported", ERROR_NOT_IMPLEMENTED, value_null(),
                                  "Set-Item sets Env:, Variable:, Alias: and Function:. Set-Content writes files.");
    else if (drive == DRIVE_ENVIRONMENT) {
        if (!value_is_nothing(value_base(v))) setenv(string_chars(name), string_chars(text), 1);
        else unsetenv(string_chars(name));
    } else if (drive == DRIVE_VARIABLE) status = host->variable_set(host, path, SCOPE_CURRENT, v);
    else if (drive == DRIVE_ALIAS) status = host->alias_set(host, path, string_text(text), SCOPE_CURRENT, invocation_switch(call, FORCE));
    else {
        struct bytes program = {0};
        const char *colon = strchr(string_chars(name), ':'); /* a scope may stand in front of the name */
        bytes_add_format(&program, "function global:%s { %s }", colon ? colon + 1 : string_chars(name), string_chars(text));
        status = host->run_text(host, bytes_text(&program), TEXT("Set-Item"), false, (struct emitter){0});
        bytes_free(&program);
    }
    if (status == STATUS_OK && invocation_switch(call, PASS_THRU)) status = item_emit(call, drive, path);
    value_release(text);
    value_release(name);
    return status;
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, FILTER, INCLUDE, EXCLUDE, FORCE, true};
    return item_each(call, &which, set);
}

static const struct example_row example_rows[] = {
    {"Set-Item Env:REPORT_FOLDER /tmp", "As $env:REPORT_FOLDER = '/tmp'."},
    {"Set-Item Variable:limit 5", "As $limit = 5."},
};

CMDLET(set_item) = {
    .name = "Set-Item", .aliases = "si", .synopsis = "Gives a variable, alias or function a new value.", .description = "Env:, Variable:, Alias: and Function: take it.",
    PARAMETERS, .default_set = "Path", .flags = CMDLET_SHOULD_PROCESS, .process = process, EXAMPLES,
};
