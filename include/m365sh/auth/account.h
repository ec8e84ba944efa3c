/* Who is signed in, to which tenant, in which cloud, and the tokens that go with it. Owns its texts and secrets.
 * Used by one interpreter; nothing of it crosses to the network thread but the finished Authorization header. */
#ifndef M365SH_AUTH_ACCOUNT_H
#define M365SH_AUTH_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/secret.h"

enum account_flow { ACCOUNT_SECRET /* application with a client secret */, ACCOUNT_DEVICE /* a person, device code */, ACCOUNT_TOKEN /* a token passed in */ };

struct account {
    enum account_flow flow;
    bool is_practice;
    char *profile;            /* name of the profile; "practice" for the practice tenant */
    char *environment;        /* "Global" … */
    char *graph, *login;      /* endpoints without a slash at the end */
    char *socket_path;        /* practice tenant: its Unix socket; NULL none */
    char *tenant_id, *client_id;
    char *user;               /* user principal name of a person; NULL for an application */
    char *tenant_name;        /* as the directory shows it, once known; NULL */
    char *scopes;             /* scopes or roles, blank-separated; NULL until a token was read */
    struct secret *client_secret, *access_token, *refresh_token;
    int64_t expires;          /* UTC ticks; 0: no token yet */
};

struct account *account_new(void);
void account_free(struct account *account);
/* Replaces an owned text; NULL clears it. */
void account_set(char **place, struct text text);
void account_set_secret(struct secret **place, struct text text);

#endif
