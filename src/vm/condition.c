#include "engine_private.h"

const struct condition *condition_of_block(struct host *host, struct value block) {
    (void)host;
    (void)block;
    return NULL;
}
