/* Members of anything: properties, methods, statics, constructors, by name without case. Rows stand in members.def and
 * the *_members.c files; note and script members come from objects; classes of scripts are asked through vm's hook. */
#ifndef M365SH_TYPES_MEMBER_H
#define M365SH_TYPES_MEMBER_H

#include "m365sh/types/type.h"
#include "m365sh/value/callable.h"

/* $v.name. STATUS_OK with *found false when there is none (strict mode is the caller's matter). On arrays: member
 * enumeration over the elements when the array itself lacks the name. Hashtables: keys first. Owned. */
enum status member_get(struct realm *realm, struct value v, name_id name, bool *found, struct value *out);
/* Is it what asking for a method without calling it gives (PSMethod)? */
bool member_is_method(struct value v);
/* $v.name = item. Raises PropertyNotFound / PropertyAssignmentException ids. */
enum status member_set(struct realm *realm, struct value v, name_id name, struct value item);
/* $v.name(arguments). Raises MethodNotFound, MethodCountCouldNotFindBest … Owned (VALUE_VOID for void methods).
 * VALUE_REFERENCE arguments are [ref]. */
enum status member_call(struct realm *realm, struct value v, name_id name, const struct value *arguments, uint32_t count,
                        struct value *out);
enum status member_static_get(struct realm *realm, const struct type *type, name_id name, bool *found, struct value *out);
enum status member_static_set(struct realm *realm, const struct type *type, name_id name, struct value item, bool *found);
/* [type]::name(arguments); `new` constructs. */
enum status member_static_call(struct realm *realm, const struct type *type, name_id name, const struct value *arguments,
                               uint32_t count, struct value *out);
enum status member_construct(struct realm *realm, const struct type *type, const struct value *arguments, uint32_t count,
                             struct value *out);

/* For Get-Member, Format-List *, Select-Object *, ConvertTo-Json, completion. */
struct member_info {
    struct text name;
    const char *kind;           /* "Property", "NoteProperty", "Method", "ScriptProperty", "AliasProperty" … */
    const char *definition;     /* "int Length {get;}"; NULL: made by the caller from the value */
    bool is_property, is_static;
};
/* In .NET's / PowerShell's order (not sorted). */
void member_walk(struct realm *realm, struct value v, bool (*visit)(void *context, const struct member_info *info),
                 void *context);
/* What a script's class hides; Get-Member -Force shows it. */
void member_hidden_walk(struct realm *realm, struct value v, bool (*visit)(void *context, const struct member_info *info), void *context);
void member_static_walk(struct realm *realm, const struct type *type,
                        bool (*visit)(void *context, const struct member_info *info), void *context);
/* Calls visit for each readable property with its value (script properties are run); stops when visit fails.
 * Hashtables: their keys when `table_keys`, else Count, Keys … */
enum status member_walk_values(struct realm *realm, struct value v, bool table_keys,
                               enum status (*visit)(void *context, struct text name, struct value item), void *context);

/* Script classes: set by vm on its types through this table (one per realm, hung on the type's class_of_script). */
struct class_hooks {
    enum status (*get)(struct realm *realm, const struct type *type, struct value object, name_id name, bool *found, struct value *out);
    enum status (*set)(struct realm *realm, const struct type *type, struct value object, name_id name, struct value item, bool *found);
    enum status (*call)(struct realm *realm, const struct type *type, struct value object, name_id name,
                        const struct value *arguments, uint32_t count, bool *found, struct value *out);
    enum status (*construct)(struct realm *realm, const struct type *type, const struct value *arguments, uint32_t count, struct value *out);
    void (*walk)(struct realm *realm, const struct type *type, bool statics, bool (*visit)(void *context, const struct member_info *info), void *context);
    void (*walk_hidden)(struct realm *realm, const struct type *type, bool (*visit)(void *context, const struct member_info *info), void *context);
};
void member_set_class_hooks(struct realm *realm, const struct class_hooks *hooks);
/* Update-TypeData: adds a member to every value of a type name. Kind MEMBER_SCRIPT, MEMBER_ALIAS, MEMBER_NOTE, MEMBER_SCRIPT_METHOD. */
void member_add_type_data(struct realm *realm, struct text type_name, struct text name, enum member_kind kind, struct value item);
/* DefaultDisplayPropertySet from Update-TypeData; VALUE_UNSET if none. Borrowed array of names. */
struct value member_default_properties(struct realm *realm, struct value v);
void member_set_default_properties(struct realm *realm, struct text type_name, struct value names);

#endif
