/* Client credentials: an application signs in by itself. There is never a refresh token; the secret is used again. */
#include "auth_private.h"

#include "m365sh/net/percent.h"

enum status token_by_secret(struct realm *realm, struct net *net, struct account *account) {
    struct bytes form = {0}, scope = {0};
    struct value answer = VALUE_UNSET_INIT;
    /* The scope names Graph's address in this cloud; a Graph on this machine stands for the public one. */
    bool is_local = account->socket_path || !text_starts(text_of(account->graph), TEXT("https://")) ||
                    text_find(text_of(account->graph), TEXT("microsoft"), 0) == TEXT_NOT_FOUND;
    bytes_add_format(&scope, "%s/.default", is_local ? "https://graph.microsoft.com" : account->graph);
    percent_add_field(&form, "client_id", text_of(account->client_id));
    percent_add_field(&form, "scope", bytes_text(&scope));
    percent_add_field(&form, "grant_type", TEXT("client_credentials"));
    percent_add_field(&form, "client_secret", secret_reveal(account->client_secret));
    enum status status = token_post(realm, net, account, "token", &form, &answer);
    bytes_free(&form);
    bytes_free(&scope);
    if (status == STATUS_OK) status = token_field(realm, answer, "error").length ? token_raise(realm, account, answer) : token_accept(realm, account, answer);
    value_release(answer);
    return status;
}
