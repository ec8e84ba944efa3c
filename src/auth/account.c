#include "m365sh/auth/account.h"

#include "m365sh/base/alloc.h"

struct account *account_new(void) {
    return ALLOC_NEW(struct account);
}

void account_set(char **place, struct text text) {
    char *copy = text.start && text.length ? alloc_text(text.start, text.length) : NULL;
    alloc_free(*place);
    *place = copy;
}

void account_set_secret(struct secret **place, struct text text) {
    struct secret *secret = text.length ? secret_new(text) : NULL;
    if (*place) secret_free(*place);
    *place = secret;
}

void account_free(struct account *account) {
    if (!account) return;
    char **texts[] = {&account->profile, &account->environment, &account->graph, &account->login, &account->socket_path,
                      &account->tenant_id, &account->client_id, &account->user, &account->tenant_name, &account->scopes};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) account_set(texts[i], TEXT_NONE);
    account_set_secret(&account->client_secret, TEXT_NONE);
    account_set_secret(&account->access_token, TEXT_NONE);
    account_set_secret(&account->refresh_token, TEXT_NONE);
    alloc_free(account);
}
