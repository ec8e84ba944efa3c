/* What a script's class or enum is at run time. Hung on its type; types are compared by pointer, so a class lives as long
 * as the engine. */
#ifndef M365SH_VM_CLASS_PRIVATE_H
#define M365SH_VM_CLASS_PRIVATE_H

#include "engine_private.h"

struct script_member {
    name_id name;
    const struct member_site *site;
    struct chunk *body;             /* method, default value; NULL */
    struct chunk *base_arguments;
    const struct type *type;        /* property's or result's; NULL: any */
    bool type_known;
    bool is_void;
    struct validator *validators; uint32_t validator_count;
    struct value value;             /* static properties */
};
struct script_class {
    struct engine *engine;
    struct chunk *chunk;            /* where it was written; kept */
    const struct class_site *site;
    struct type *type;
    struct script_class *base;      /* NULL: none of a script's */
    struct script_member *members; uint32_t member_count;
    struct module *module;
};

struct script_class *class_of_type(const struct type *type);
struct script_member *class_property(struct script_class *class, name_id name, bool is_static);
const struct type *class_member_type(struct script_class *class, struct script_member *member);
/* Runs a method body with arguments bound by position. */
enum status class_run(struct script_class *class, struct chunk *body, struct value this_object, const struct value *arguments, uint32_t count,
                      struct value *out);
/* The overload for these arguments, looked for outwards from `class`; NULL with *any told. */
struct script_member *class_overload(struct script_class *class, name_id name, bool is_static, bool constructors, const struct value *arguments,
                                     uint32_t count, struct script_class **owner, bool *any);
enum status class_construct(struct realm *realm, const struct type *type, const struct value *arguments, uint32_t count, struct value *out);
enum status class_invoke(struct script_class *owner, struct script_member *member, struct value this_object, const struct value *arguments,
                         uint32_t count, struct value *out);
enum status class_no_overload(struct engine *engine, struct text name, uint32_t count);

#endif
