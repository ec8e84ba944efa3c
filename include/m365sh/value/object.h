/* Objects: PSCustomObject, class instances, and every record type that cmdlets return (a file, a user, an error).
 * A shape and slots; the container's `type` is the .NET type. */
#ifndef M365SH_VALUE_OBJECT_H
#define M365SH_VALUE_OBJECT_H

#include "m365sh/value/heap.h"
#include "m365sh/value/realm.h"
#include "m365sh/value/shape.h"

struct object {
    struct container container;
    const struct shape *shape;
    struct value *slots;
    uint32_t capacity;
    struct value type_names;   /* PSTypeNames when a script changed them: an array of strings; else VALUE_UNSET */
    struct value hidden;       /* what a room keeps behind the object (a module, an enumerator …); VALUE_UNSET */
};

/* `type` NULL: System.Management.Automation.PSCustomObject. */
struct value object_new(struct realm *realm, const struct type *type, uint32_t capacity);
/* With all slots of a known shape, set to null: quicker for thousands of one kind. */
struct value object_with_shape(struct realm *realm, const struct type *type, const struct shape *shape);
static inline struct object *object_block(struct value v) { return (struct object *)v.counted; }
struct value *object_find(struct value object, name_id name);              /* slot or NULL; borrowed */
struct value *object_find_text(struct realm *realm, struct value object, struct text name);
/* Adds or replaces a NoteProperty (MEMBER_NOTE); other kinds by object_add. */
void object_put(struct realm *realm, struct value object, struct text name, struct value item);
void object_put_take(struct realm *realm, struct value object, const char *name, struct value item);
void object_add(struct realm *realm, struct value object, struct text name, enum member_kind kind, struct value item);
bool object_remove(struct realm *realm, struct value object, struct text name);

/* VALUE_EXTENDED: members that a script adds to a string, number, table or list (Add-Member, PSTypeNames). The added
 * members are held by an object; the base is what operators see (value_base). */
struct value extended_new(struct realm *realm, struct value base);
struct value extended_members(struct value extended);                      /* borrowed VALUE_OBJECT */

/* [ref]: one value that a callee may set. */
struct value reference_new(struct realm *realm, struct value initial);
struct value *reference_place(struct value reference);

#endif
