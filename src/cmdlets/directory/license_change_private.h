/* Add-License and Remove-License: the same input, products and options. */
#ifndef M365SH_CMDLETS_LICENSE_CHANGE_PRIVATE_H
#define M365SH_CMDLETS_LICENSE_CHANGE_PRIVATE_H

#include "directory_private.h"

struct license_change {
    struct change_queue *queue;
    struct bytes ids;               /* of the products, 36 characters each */
    struct bytes plans;             /* ids of disabled plans, likewise */
    struct graph_watch watch;
    struct value products_seen;     /* the value that `ids` was made from; borrowed for comparison only */
};
/* Reads products and disabled plans; raises for unknown and ambiguous ones. */
enum status license_change_products(struct invocation *call, struct license_change *change, struct value products, struct value plans);
/* Queues one bound -User value (one item or several). */
enum status license_change_users(struct invocation *call, struct license_change *change, struct value users, bool adds, bool remove_all, bool sets_plans);
void license_change_free(struct license_change *change);

#endif
