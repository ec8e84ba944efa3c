#include "repl_private.h"

#include <stdio.h>
#include "m365sh/version.h"

void banner_print(struct session *session) {
    printf("m365sh %s\n", M365SH_VERSION);
    if (session_is_practice(session)) {
        printf("You are in a practice tenant on this machine: 1,000 made-up users, nothing real can break.\n"
               "  Get-Users -Filter leavers                                  who has left\n"
               "  Get-Users -Filter leavers | Remove-License E3 -WhatIf      what would change\n"
               "  Get-Users -Filter leavers | Remove-License E3              change it\n"
               "  Reset-PracticeTenant                                       as it was\n"
               "Tab completes, help NAME explains, exit ends. Connect-Tenant signs in to a real tenant.\n");
    } else {
        struct text name = session_tenant_name(session);
        printf("This is %.*s, a real tenant: changes are real. Add -WhatIf to see first what a command would do.\n", TEXT_ARGUMENT(name));
    }
    fflush(stdout);
}
