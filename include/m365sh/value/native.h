/* Values whose insides only one room knows: a compiled regex, a StringBuilder, an XML node, a running job, a secure
 * string. The class says which values it holds, so that cycles through it are found. */
#ifndef M365SH_VALUE_NATIVE_H
#define M365SH_VALUE_NATIVE_H

#include "m365sh/value/heap.h"
#include "m365sh/value/realm.h"

struct native_class {
    const char *type_name;     /* .NET name, e.g. "System.Text.StringBuilder" */
    void (*release)(void *payload); /* frees what the payload owns, not the payload itself; may be NULL */
    /* Calls visit for each value owned; NULL if it owns none. */
    void (*traverse)(void *payload, void (*visit)(struct value *place, void *context), void *context);
};
struct native {
    struct container container;
    const struct native_class *class_of;
    void *payload;             /* allocated with the block, zeroed */
};
/* `type` may be NULL: it is then looked up by the class's type name when somebody asks. */
struct value native_new(struct realm *realm, const struct native_class *class_of, const struct type *type,
                        size_t payload_size);
void *native_payload(struct value v, const struct native_class *class_of); /* NULL when v is not of that class */

#endif
