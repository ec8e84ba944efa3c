/* The session's link to its tenant: the practice tenant as a child, or an account that is signed in. */
#ifndef M365SH_SESSION_TENANT_LINK_PRIVATE_H
#define M365SH_SESSION_TENANT_LINK_PRIVATE_H

#include <sys/types.h>
#include "m365sh/auth/account.h"
#include "m365sh/base/bytes.h"
#include "m365sh/value/realm.h"

struct practice {
    pid_t pid;                       /* 0: not running */
    struct bytes socket_path, socket_folder;
    struct account *account;         /* how to reach it; owned; NULL until it runs */
};
/* Starts the child and waits until it is ready. Raises, or STATUS_INTERRUPTED. */
enum status practice_start(struct practice *practice, struct realm *realm);
bool practice_is_running(struct practice *practice);
void practice_stop(struct practice *practice);

#endif
