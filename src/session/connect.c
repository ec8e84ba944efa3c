#include "session_private.h"

#include "m365sh/types/convert.h"
#include "m365sh/value/string.h"

void connect_start(struct session *session) {
    (void)session;
}

void connect_stop(struct session *session) {
    (void)session;
}

int connect_outcome(struct session *session) {
    (void)session;
    return EXIT_DONE;
}

struct text session_tenant_name(struct session *session) {
    (void)session;
    return TEXT("practice");
}

bool session_is_practice(struct session *session) {
    (void)session;
    return true;
}

/* The user's `prompt` function decides; without one the tenant's name stands there. */
struct value session_prompt(struct session *session) {
    struct host *host = &session->host;
    struct command *command = host->command_find ? host->command_find(host, TEXT("prompt")) : NULL;
    if (command) {
        struct collector collector = {.realm = session->realm};
        bool is_function = command->kind == COMMAND_FUNCTION;
        command_release(command);
        if (is_function && host->invoke(host, TEXT("prompt"), value_null(), NULL, 0, VALUE_UNSET_INIT, collector_emitter(&collector)) == STATUS_OK) {
            struct value result = collector_take(&collector);
            struct value text = convert_text(session->realm, result);
            value_release(result);
            return text;
        }
        collector_free(&collector);
        value_release(realm_take_raised(session->realm));
    }
    struct text name = session_tenant_name(session);
    return string_format("%.*s> ", TEXT_ARGUMENT(name));
}
