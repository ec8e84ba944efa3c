/* What the whole service shares. Settings may change while requests run: read them under `lock` or through the
 * functions that do. Everything else is fixed once the service listens. */
#ifndef M365SH_TENANT_TENANT_PRIVATE_H
#define M365SH_TENANT_TENANT_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/log.h"
#include "m365sh/tenant/tenant.h"

struct store;
struct catalog;
struct faults;
struct throttle;

struct tenant {
    struct store *store;
    struct catalog *catalog;
    struct faults *faults;
    struct throttle *throttle;
    struct log_file *request_log;   /* NULL: none */
    bool tls;
    const char *host;               /* how a client reaches the loopback address: 127.0.0.1 or localhost */
    char id[37], client_id[37], client_secret[48];
    unsigned char key[32];          /* signs tokens and page links; the same for all processes of one store */
    char *permissions;              /* what the application holds, blanks between */
    atomic_int latency_ms;
    atomic_int group_delay_ms;      /* until licence work of groups is done */
    atomic_bool automatic_approval; /* device codes are approved without a person */
    atomic_int token_seconds;
};

/* Fills identity and settings from the store, seeding it first when it is new. */
enum status tenant_open(struct tenant *tenant, const struct tenant_options *options, struct fault *fault);
void tenant_close(struct tenant *tenant);
/* The ready line, without line end. */

void tenant_add_ready_line(const struct tenant *tenant, const char *socket_path, int port, struct bytes *out);
#endif
