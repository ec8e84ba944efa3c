#include "../cmdlet_private.h"

#include "m365sh/types/secure_value.h"

enum { PROMPT, SECURE, MASK };

static const struct parameter_row parameter_rows[] = {
    {"Prompt", "object", 0, PARAMETER_REMAINING | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, "The question."},
    {"AsSecureString", "switch", -1, 0, NULL, "AsSecureString", NULL, NULL, "Nothing is shown, and the answer is a secret."},
    {"MaskInput", "switch", -1, 0, NULL, "AsString", NULL, NULL, "Nothing is shown; the answer is text."},
};

static enum status process(struct invocation *call) {
    struct host *host = call->host;
    struct bytes prompt = {0};
    if (invocation_has(call, PROMPT)) {
        convert_add_text(call->realm, &prompt, invocation_argument(call, PROMPT));
        bytes_add_string(&prompt, ": ");
    }
    bool hidden = invocation_switch(call, SECURE) || invocation_switch(call, MASK);
    struct value line;
    enum status status;
    if (!host || !host->read_line)
        status = invocation_throw(call, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION,
                                  value_null(), "There is nobody to ask: no terminal is there, or --non-interactive was given.");
    else status = host->read_line(host, bytes_text(&prompt), hidden, &line);
    bytes_free(&prompt);
    if (status != STATUS_OK) return status;
    if (invocation_switch(call, SECURE)) value_set_take(&line, secure_value_new(call->realm, string_text(line)));
    return invocation_emit_take(call, line);
}

static const struct example_row example_rows[] = {
    {"Read-Host 'Which user'", "Asks for a line."},
    {"Read-Host 'Password' -AsSecureString", "Asks for a secret."},
};

CMDLET(read_host) = {
    .name = "Read-Host", .synopsis = "Asks the person at the terminal for a line.",
    .description = "Where nobody is there it is an error, never a wait.", PARAMETERS, .default_set = "AsString", .process = process, EXAMPLES,
};
