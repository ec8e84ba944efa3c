#include "m365sh/auth/token_store.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/file.h"
#include "m365sh/base/path.h"
#include "m365sh/json/json.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define STORE_BYTES_MOST (4u << 20)

static void store_path(struct bytes *out) {
    path_of_place(PATH_CONFIGURATION, out);
    bytes_add_string(out, "/profiles.json");
}

/* The store as an object with "current" and "profiles"; a fresh one if none is readable. Owned. */
static struct value read_store(struct realm *realm) {
    struct bytes path = {0}, text = {0};
    struct value store = VALUE_UNSET_INIT;
    const struct json_read_options options = {.keep_dates_text = true};
    store_path(&path);
    if (file_read(path.data, STORE_BYTES_MOST, &text, NULL) == STATUS_OK && json_read(realm, bytes_text(&text), &options, &store) != STATUS_OK)
        value_release(realm_take_raised(realm));
    if (text.data) secret_wipe(text.data, text.length);
    bytes_free(&text);
    bytes_free(&path);
    struct value *profiles = store.kind == VALUE_OBJECT ? object_find_text(realm, store, TEXT("profiles")) : NULL;
    if (profiles && profiles->kind == VALUE_OBJECT) return store;
    value_release(store);
    store = object_new(realm, NULL, 2);
    object_put_take(realm, store, "current", value_null());
    object_put_take(realm, store, "profiles", object_new(realm, NULL, 4));
    return store;
}

static enum status write_store(struct realm *realm, struct value store, struct fault *fault) {
    struct bytes path = {0}, text = {0};
    const struct json_write_options options = {.as_wire = true, .depth = 10};
    enum status status = json_write(realm, store, &options, NULL, &text);
    if (status != STATUS_OK) {
        value_release(realm_take_raised(realm));
        status = fault_set(fault, FAULT_INVALID, 0, "the profiles cannot be written");
    }
    path_of_place(PATH_CONFIGURATION, &path);
    if (status == STATUS_OK) status = file_make_folders(path.data, 0700, fault);
    bytes_clear(&path);
    store_path(&path);
    if (status == STATUS_OK) status = file_replace(path.data, text.data, text.length, 0600, fault);
    if (text.data) secret_wipe(text.data, text.length);
    bytes_free(&text);
    bytes_free(&path);
    return status;
}

static struct text field(struct realm *realm, struct value object, const char *name) {
    struct value *place = object_find_text(realm, object, text_of(name));
    return place && place->kind == VALUE_STRING ? string_text(*place) : TEXT_NONE;
}

struct account *token_store_load(struct realm *realm, struct text name) {
    struct value store = read_store(realm);
    if (!name.length) name = field(realm, store, "current");
    struct value *profile = object_find_text(realm, *object_find_text(realm, store, TEXT("profiles")), name);
    struct account *account = NULL;
    if (name.length && profile && profile->kind == VALUE_OBJECT) {
        account = account_new();
        account_set(&account->profile, name);
        account->flow = text_equal(field(realm, *profile, "flow"), TEXT("device")) ? ACCOUNT_DEVICE
                        : text_equal(field(realm, *profile, "flow"), TEXT("token")) ? ACCOUNT_TOKEN : ACCOUNT_SECRET;
        account_set(&account->environment, field(realm, *profile, "environment"));
        account_set(&account->graph, field(realm, *profile, "graph"));
        account_set(&account->login, field(realm, *profile, "login"));
        account_set(&account->tenant_id, field(realm, *profile, "tenantId"));
        account_set(&account->tenant_name, field(realm, *profile, "tenantName"));
        account_set(&account->client_id, field(realm, *profile, "clientId"));
        account_set(&account->user, field(realm, *profile, "user"));
        account_set(&account->scopes, field(realm, *profile, "scopes"));
        account_set_secret(&account->access_token, field(realm, *profile, "accessToken"));
        account_set_secret(&account->refresh_token, field(realm, *profile, "refreshToken"));
        struct value *expires = object_find_text(realm, *profile, TEXT("expires"));
        account->expires = expires && value_is_integer(*expires) ? expires->integer : 0;
    }
    value_release(store);
    return account;
}

static void put(struct realm *realm, struct value object, const char *name, const char *text) {
    if (text) object_put_take(realm, object, name, string_of(text));
}

static void put_secret(struct realm *realm, struct value object, const char *name, const struct secret *secret) {
    if (secret) object_put_take(realm, object, name, string_new(secret_reveal(secret)));
}

static struct value profile_of(struct realm *realm, const struct account *account) {
    static const char *const flows[] = {"secret", "device", "token"};
    struct value profile = object_new(realm, NULL, 12);
    put(realm, profile, "flow", flows[account->flow]);
    put(realm, profile, "environment", account->environment);
    put(realm, profile, "graph", account->graph);
    put(realm, profile, "login", account->login);
    put(realm, profile, "tenantId", account->tenant_id);
    put(realm, profile, "tenantName", account->tenant_name);
    put(realm, profile, "clientId", account->client_id);
    put(realm, profile, "user", account->user);
    put(realm, profile, "scopes", account->scopes);
    put_secret(realm, profile, "accessToken", account->access_token);
    put_secret(realm, profile, "refreshToken", account->refresh_token);
    object_put_take(realm, profile, "expires", value_int64(account->expires));
    return profile;
}

enum status token_store_save(struct realm *realm, const struct account *account, struct fault *fault) {
    struct value store = read_store(realm);
    struct value profiles = *object_find_text(realm, store, TEXT("profiles"));
    struct value profile = profile_of(realm, account);
    object_put(realm, profiles, text_of(account->profile), profile);
    value_release(profile);
    object_put_take(realm, store, "current", string_of(account->profile));
    enum status status = write_store(realm, store, fault);
    value_release(store);
    return status;
}

enum status token_store_forget(struct realm *realm, struct text name, struct fault *fault) {
    struct value store = read_store(realm);
    object_remove(realm, *object_find_text(realm, store, TEXT("profiles")), name);
    object_put_take(realm, store, "current", value_null());
    enum status status = write_store(realm, store, fault);
    value_release(store);
    return status;
}
