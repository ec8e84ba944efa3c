#include "../cmdlet_private.h"

#include "m365sh/types/secure_value.h"

enum { CREDENTIAL, USER_NAME, MESSAGE, TITLE };

static const struct parameter_row parameter_rows[] = {
    {"Credential", "object", 0, 0, NULL, NULL, NULL, NULL, "A credential that is given back, or a user's name."},
    {"UserName", "string", -1, 0, NULL, NULL, NULL, NULL, "The user's name; asked for if left out."},
    {"Message", "string", -1, 0, NULL, NULL, NULL, NULL, "What is said before asking."},
    {"Title", "string", -1, 0, NULL, NULL, NULL, NULL, "A line above it."},
};

static enum status ask(struct invocation *call, const char *what, struct text of, bool hidden, struct value *out) {
    struct host *host = call->host;
    struct bytes prompt = {0};
    if (of.length) bytes_add_format(&prompt, "%s%.*s: ", what, TEXT_ARGUMENT(of));
    else bytes_add_format(&prompt, "%s: ", what);
    enum status status = host && host->read_line && host->interactive ? host->read_line(host, bytes_text(&prompt), hidden, out)
                         : invocation_throw(call, "System.Management.Automation.PSInvalidOperationException", "InvalidOperation", ERROR_INVALID_OPERATION, value_null(),
                                            "There is nobody to ask for a password: run at a terminal, or make the credential of a secret.");
    bytes_free(&prompt);
    return status;
}

static enum status process(struct invocation *call) {
    struct value given = value_base(invocation_argument(call, CREDENTIAL));
    if (given.kind == VALUE_OBJECT) return invocation_emit(call, given);
    struct value user = given.kind == VALUE_STRING ? value_keep(given) : invocation_has(call, USER_NAME) ? value_keep(invocation_argument(call, USER_NAME)) : VALUE_UNSET_INIT, line;
    enum status status = STATUS_OK;
    if (user.kind == VALUE_UNSET) status = ask(call, "User", TEXT_NONE, false, &user);
    if (status == STATUS_OK) status = ask(call, "Password for user ", string_text(user), true, &line);
    if (status == STATUS_OK) {
        struct value secret = secure_value_new(call->realm, string_text(line));
        struct value credential = secure_value_credential(call->realm, user, secret);
        value_release(secret);
        value_release(line);
        status = invocation_emit_take(call, credential);
    }
    value_release(user);
    return status;
}

static const struct example_row example_rows[] = {
    {"$password = ConvertTo-SecureString 'Winter-2031' -AsPlainText; Get-Credential ([pscredential]::new('ann', $password))", "One that is there is given back."},
    {"Get-Credential ann -ErrorAction SilentlyContinue", "Asks for the password at a terminal."},
};

CMDLET(get_credential) = {
    .name = "Get-Credential", .synopsis = "Asks for a user's name and password.", .description = "Where nobody is there it is an error, never a wait.",
    PARAMETERS, .process = process, EXAMPLES,
};
