#include "tenant_private.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "catalog_private.h"
#include "faults_private.h"
#include "json_write_private.h"
#include "listener_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/file.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "router_private.h"
#include "seed_private.h"
#include "sha256_private.h"
#include "store_private.h"
#include "throttle_private.h"

enum { STORY_USERS = 1000, GROUP_DELAY_MS = 1500, TOKEN_SECONDS = 3599 };

/* Identity comes from the seed, so that a client's settings survive a reset, except for the key and the secret. */
static void make_identity(struct connection *db, uint64_t seed) {
    struct random random;
    uint8_t key[32];
    struct bytes text = {0};
    random_seed(&random, seed ^ 0x7e4a47);
    static const char *const names[] = {"tenant", "client"};
    for (int i = 0; i < 2; i++) {
        struct guid guid;
        random_guid(&random, guid.bytes);
        bytes_clear(&text);
        guid_add(&text, &guid, 'D');
        store_set(db, names[i], text.data);
    }
    static const char *const secrets[] = {"secret", "key"};
    for (int i = 0; i < 2; i++) {
        random_secure(key, sizeof key);
        bytes_clear(&text);
        sha256_add_base64url(&text, text_make((const char *)key, sizeof key));
        store_set(db, secrets[i], text.data);
    }
    bytes_free(&text);
}

static void copy_setting(struct connection *db, const char *name, char *out, size_t size) {
    struct bytes text = {0};
    store_setting(db, name, &text);
    snprintf(out, size, "%s", text.data ? text.data : "");
    bytes_free(&text);
}

static void read_identity(struct tenant *tenant, struct connection *db) {
    struct bytes text = {0}, key = {0};
    copy_setting(db, "tenant", tenant->id, sizeof tenant->id);
    copy_setting(db, "client", tenant->client_id, sizeof tenant->client_id);
    copy_setting(db, "secret", tenant->client_secret, sizeof tenant->client_secret);
    store_setting(db, "key", &text);
    sha256_read_base64url(bytes_text(&text), &key);
    if (key.length == sizeof tenant->key) memcpy(tenant->key, key.data, sizeof tenant->key);
    bytes_free(&text);
    bytes_free(&key);
}

/* Two processes may open a new store at once: the second finds it seeded. */
static void seed_if_new(struct tenant *tenant, struct connection *db, const struct tenant_options *options) {
    if (store_setting_number(db, "users", -1) >= 0) return;
    struct seed_wishes wishes = {options->users > 0 ? options->users : STORY_USERS, options->seed, options->story ? options->story : "contoso", true};
    store_begin(db);
    if (store_setting_number(db, "made", -1) < 0) {
        make_identity(db, wishes.seed);
        store_set(db, "made", "1");
    }
    store_commit(db);
    seed_tell(db, tenant->catalog, &wishes);
}

static char *permissions_of(const struct tenant_options *options) {
    struct bytes list = {0};
    if (!options->permissions) {
        router_add_permissions(&list);
    } else {
        struct text rest = text_of(options->permissions), one;
        while (text_split_next(&rest, ',', &one)) {
            one = text_trim(one);
            if (list.length && one.length) bytes_add_byte(&list, ' ');
            bytes_add_text(&list, one);
        }
    }
    return list.data ? bytes_take(&list) : alloc_text("", 0);
}

enum status tenant_open(struct tenant *tenant, const struct tenant_options *options, struct fault *fault) {
    *tenant = (struct tenant){0};
    atomic_store(&tenant->latency_ms, options->latency_ms);
    atomic_store(&tenant->group_delay_ms, GROUP_DELAY_MS);
    atomic_store(&tenant->token_seconds, TOKEN_SECONDS);
    tenant->permissions = permissions_of(options);
    tenant->catalog = catalog_load();
    tenant->faults = faults_new(options->seed, options->fault_rate);
    tenant->throttle = throttle_new(options->throttling_realistic);
    if (options->story && !seed_knows_story(options->story))
        return fault_set(fault, FAULT_NOT_FOUND, 0, "there is no story %s; contoso and contoso-both are told", options->story);
    if (options->request_log_path && !(tenant->request_log = log_open(options->request_log_path, fault))) return STATUS_ERROR;
    tenant->store = store_open(options->store_path, fault);
    if (!tenant->store) return STATUS_ERROR;
    struct connection *db = store_take(tenant->store);
    seed_if_new(tenant, db, options);
    read_identity(tenant, db);
    bool failed = db->failed;
    store_give(db);
    return failed ? fault_set(fault, FAULT_IO, 0, "the practice tenant's store cannot be written") : STATUS_OK;
}

void tenant_close(struct tenant *tenant) {
    store_close(tenant->store);
    catalog_free(tenant->catalog);
    faults_free(tenant->faults);
    throttle_free(tenant->throttle);
    if (tenant->request_log) log_close(tenant->request_log);
    alloc_free(tenant->permissions);
}

void tenant_add_ready_line(const struct tenant *tenant, const char *socket_path, int port, struct bytes *out) {
    char base[64];
    if (socket_path) snprintf(base, sizeof base, "%s://localhost", tenant->tls ? "https" : "http");
    else snprintf(base, sizeof base, "%s://%s:%d", tenant->tls ? "https" : "http", tenant->host, port);
    bytes_add_byte(out, '{');
    json_name_text(out, "graph", text_of(base));
    json_name_text(out, "login", text_of(base));
    json_name_text(out, "tenantId", text_of(tenant->id));
    json_name_text(out, "clientId", text_of(tenant->client_id));
    json_name_text(out, "clientSecret", text_of(tenant->client_secret));
    if (socket_path) json_name_text(out, "socket", text_of(socket_path));
    bytes_add_byte(out, '}');
}

static enum status announce(const struct tenant *tenant, const struct tenant_options *options, int port, struct fault *fault) {
    struct bytes line = {0};
    enum status status = STATUS_OK;
    tenant_add_ready_line(tenant, options->socket_path, port, &line);
    bytes_add_byte(&line, '\n');
    if (options->ready_path) status = file_replace(options->ready_path, line.data, line.length, 0600, fault);
    if (status == STATUS_OK && !options->quiet) status = file_write_descriptor(STDOUT_FILENO, line.data, line.length, fault);
    bytes_free(&line);
    return status;
}

enum status tenant_serve(const struct tenant_options *options, struct fault *fault) {
    struct tenant tenant;
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &ends, &before); /* the threads that come inherit it */
    sigdelset(&ends, SIGPIPE);
    enum status status = tenant_open(&tenant, options, fault);
    struct listener *listener = status == STATUS_OK ? listener_start(&tenant, options, fault) : NULL;
    if (listener) status = announce(&tenant, options, listener_port(listener), fault);
    else status = STATUS_ERROR;
    int which;
    if (status == STATUS_OK) sigwait(&ends, &which);
    listener_stop(listener);
    tenant_close(&tenant);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}
