/* Graph's JSON to typed objects and back. Property names become PascalCase as the Graph PowerShell SDK has them
 * (accountEnabled → AccountEnabled); a thousand users share one shape. Each object remembers when and from which
 * tenant it was read, so that a write knows whether to trust it. */
#ifndef M365SH_GRAPH_DECODE_H
#define M365SH_GRAPH_DECODE_H

#include "m365sh/base/bytes.h"
#include "m365sh/graph/resource.h"
#include "m365sh/value/realm.h"

struct decoder;
struct decoder *decoder_new(struct realm *realm);
void decoder_free(struct decoder *decoder);
/* `json` (taken) is a fresh object as json_read gives it; what is returned is owned. `type_name` NULL: the resource's, or what
 * its @odata.type says. `generation` tells tenants apart. */
struct value decode_object_take(struct decoder *decoder, enum graph_resource resource, const char *type_name, struct value json, uint8_t generation);
/* How long ago the object was read from the tenant of that generation, in nanoseconds; -1: not from there. */
int64_t decode_age(struct value object, uint8_t generation);
/* Steady time at which it was read; 0 none. */
int64_t decode_read_at(struct value object);

/* A property as text or value of a decoded (or any) object, by name without case. Borrowed; VALUE_NULL if absent. */
struct value decode_get(struct realm *realm, struct value object, const char *name);
struct text decode_text(struct realm *realm, struct value object, const char *name);

/* Values as the wire wants them: names as written but the first letter small. */
enum status encode_body(struct realm *realm, struct value v, struct bytes *out);

#endif
