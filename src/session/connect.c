#include "session_private.h"

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
