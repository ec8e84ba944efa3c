/* Device code (RFC 8628): the person types a code in any browser while this program asks now and then. */
#include "auth_private.h"

#include "m365sh/base/clock.h"
#include "m365sh/net/percent.h"

#define SECOND 1000000000LL

static enum status poll_once(struct realm *realm, struct net *net, struct account *account, struct text code, int64_t *interval, bool *done) {
    struct bytes form = {0};
    struct value answer = VALUE_UNSET_INIT;
    percent_add_field(&form, "grant_type", TEXT("urn:ietf:params:oauth:grant-type:device_code"));
    percent_add_field(&form, "client_id", text_of(account->client_id));
    percent_add_field(&form, "device_code", code);
    enum status status = token_post(realm, net, account, "token", &form, &answer);
    bytes_free(&form);
    if (status != STATUS_OK) return status;
    struct text error = token_field(realm, answer, "error");
    if (text_equal(error, TEXT("slow_down"))) *interval += 5; /* RFC 8628, section 3.5 */
    else if (!error.length) status = token_accept(realm, account, answer), *done = true;
    else if (!text_equal(error, TEXT("authorization_pending"))) status = token_raise(realm, account, answer);
    value_release(answer);
    return status;
}

static enum status poll(struct realm *realm, struct net *net, struct account *account, struct value begun) {
    int64_t interval = token_number(realm, begun, "interval", 5), left = token_number(realm, begun, "expires_in", 900);
    struct text code = token_field(realm, begun, "device_code");
    bool done = false;
    for (; left > 0; left -= interval) {
        for (int64_t i = 0; i < interval; i++)
            if (!clock_sleep(SECOND)) return STATUS_INTERRUPTED;
        enum status status = poll_once(realm, net, account, code, &interval, &done);
        if (status != STATUS_OK || done) return status;
    }
    return realm_raise(realm, "System.TimeoutException", "SignIn.expired_token", ERROR_OPERATION_TIMEOUT,
                       "The code was not used in time; start again with Connect-Tenant.");
}

enum status sign_in_device(struct realm *realm, struct net *net, struct account *account, struct text scopes, const struct sign_in_prompt *prompt) {
    struct bytes form = {0};
    struct value begun = VALUE_UNSET_INIT;
    percent_add_field(&form, "client_id", text_of(account->client_id));
    percent_add_field(&form, "scope", scopes);
    enum status status = token_post(realm, net, account, "devicecode", &form, &begun);
    bytes_free(&form);
    if (status != STATUS_OK) return status;
    if (token_field(realm, begun, "error").length || !token_field(realm, begun, "device_code").length) {
        status = token_raise(realm, account, begun); /* may come with status 200 */
    } else {
        prompt->show(prompt->context, token_field(realm, begun, "verification_uri"), token_field(realm, begun, "user_code"));
        account->flow = ACCOUNT_DEVICE;
        status = poll(realm, net, account, begun);
    }
    value_release(begun);
    return status;
}
