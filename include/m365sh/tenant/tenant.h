/* The practice tenant as a mode of the program: an HTTP service that behaves like Graph and its sign-in service.
 * Shares nothing with the client but base: whatever it knows of Graph it knows by itself. */
#ifndef M365SH_TENANT_TENANT_H
#define M365SH_TENANT_TENANT_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/fault.h"

struct tenant_options {
    int port;                 /* TCP on loopback; 0 takes a free one; -1: no TCP */
    const char *socket_path;  /* Unix socket, mode 0600; NULL: none. Exactly one of port and socket */
    const char *store_path;   /* SQLite file, made and seeded when it is not there; NULL: a temporary one */
    int users;                /* how many the story seeds; 0: the story's own number (1,000) */
    uint64_t seed;            /* same seed, same tenant */
    const char *story;        /* NULL: "contoso"; "contoso-both" also owns Office 365 E3, so that E3 is ambiguous */
    int latency_ms;           /* added to every answer */
    bool throttling_realistic;
    double fault_rate;        /* share of requests that fail on purpose, 0..1 */
    const char *certificate_path, *key_path; /* TLS; both or none */
    const char *ready_path;   /* the ready line is also written here, mode 0600 */
    const char *request_log_path;
    const char *permissions;  /* comma list that narrows the application's permissions; NULL: all */
    bool quiet;               /* no ready line on standard output (the shell's own child) */
};

/* Reads what follows `serve` on a command line: --port --socket --users --seed --story --store --latency --throttling --faults
 * --tls-cert --tls-key --ready-file --request-log --permissions --quiet. Texts are borrowed from `arguments`. Without --port and
 * --socket a free port is taken. A fault is wrong use of the program. */
enum status tenant_options_read(int count, char **arguments, struct tenant_options *options, struct fault *fault);
/* A line for each of them. */
void tenant_options_help(struct bytes *out);

/* Serves until SIGTERM or SIGINT, or until the parent ends (with process_start.die_with_parent). Returns after
 * a clean stop: what was answered is on disk. */
enum status tenant_serve(const struct tenant_options *options, struct fault *fault);

#endif
