/* What is known of .NET types: names, ancestors, enum members, element types. Rows stand in types.def; classes and
 * enums of scripts are added at run time; closed generics and arrays are made on demand. Owned by the realm's type
 * table: a `const struct type *` stays valid as long as the realm, so that types are compared by pointer. */
#ifndef M365SH_TYPES_TYPE_H
#define M365SH_TYPES_TYPE_H

#include "m365sh/value/realm.h"

enum type_flags {
    TYPE_ENUM = 1, TYPE_FLAGS_ENUM = 2, TYPE_VALUE = 4 /* struct */, TYPE_INTERFACE = 8, TYPE_ABSTRACT = 16,
    TYPE_STATIC = 32, TYPE_EXCEPTION = 64, TYPE_CLASS_OF_SCRIPT = 128, TYPE_NUMERIC = 256, TYPE_GENERIC_OPEN = 512,
};
struct enum_member { const char *name; int64_t number; };

struct type {
    const char *full_name;      /* "System.Collections.Generic.List`1[[System.Int32…]]" in .NET's ToString form: List`1[System.Int32] */
    const char *name;           /* "List`1", "Int32" */
    const char *name_space;     /* "System" */
    const char *display;        /* "int", "int[]", "System.Collections.Generic.List[int]": as texts show it */
    const char *assembly_name;  /* made by type_assembly_name; NULL until then */
    const char *accelerator;    /* "int": what [type] prints in messages and FullyQualified names; NULL if none */
    uint32_t index;             /* in the table; value.type_index of enums */
    uint32_t flags;             /* enum type_flags */
    uint8_t value_kind;         /* enum value_kind its instances have */
    const struct type *base;    /* NULL for object and interfaces */
    const struct type *const *interfaces; /* NULL-ended, may be NULL */
    const struct type *element; /* arrays: element; List<T>, Nullable<T>: T; Dictionary: K */
    const struct type *element2;/* Dictionary: V */
    const struct type *underlying; /* enums */
    const struct enum_member *members; uint32_t member_count; /* enums */
    const struct type *open;    /* closed generics: the open type, whose rows and members they share; NULL otherwise */
    uint8_t collection;         /* private to types: which growable collection, once asked; 0 not asked */
    uint8_t rank;               /* arrays: dimensions; 0 for what is no array */
    void *class_of_script;      /* vm's record of a script class; NULL otherwise */
    const struct member_set *member_set, *shared_sets[3]; /* private to types: rows of the type, and of all of its sort */
    uint8_t shared_set_count;   /* private to types: one more than there are; 0 not asked */
};

/* Sets realm->types and realm->culture, with all built-in rows (lazily: start-up must not build them). */
void types_start(struct realm *realm);
void types_stop(struct realm *realm);

/* "int", "System.Int32", "List[string]", "string[]", "System.Collections.Generic.Dictionary[string,int]"; without case.
 * NULL if unknown (raises nothing). `using namespace` prefixes are tried by the caller. */
const struct type *type_find(struct realm *realm, struct text name);
const struct type *type_of(struct realm *realm, struct value v);      /* GetType(); NULL for $null */
const struct type *type_array_of(struct realm *realm, const struct type *element);
const struct type *type_generic(struct realm *realm, const struct type *open, const struct type *a, const struct type *b);
bool type_is(const struct type *type, const struct type *ancestor);   /* same, derived, or implements */
bool type_matches(struct realm *realm, struct value v, const struct type *type); /* -is */
bool type_assignable(struct realm *realm, struct value v, const struct type *type); /* already fits, no conversion */
/* PSTypeNames of a value: calls visit most derived first. */
void type_names_walk(struct realm *realm, struct value v, bool (*visit)(void *context, struct text name), void *context);
/* What errors and [int] as text show: "int", "System.Collections.Hashtable" → "hashtable" … .NET full name if no short one. */
struct text type_display_name(const struct type *type);
/* .NET's Type.FullName: generic arguments with their assembly. Owned by the type. */
const char *type_assembly_name(struct realm *realm, const struct type *type);
const struct type *type_array_of_rank(struct realm *realm, const struct type *element, int rank);
/* Name of an enum's value: "Friday", "ReadOnly, Hidden", or the number. */
struct bytes;
void type_enum_add_text(const struct type *type, int64_t number, struct bytes *out);
/* The type of an enum value, by its type_index. */
const struct type *type_by_index(struct realm *realm, uint32_t index);
/* A new enum or class of a script. Members are copied. Replaces one of the same name. */
struct type *type_define(struct realm *realm, struct text name, uint32_t flags, const struct type *base);
void type_define_enum(struct realm *realm, struct type *type, const struct type *underlying,
                      const struct enum_member *members, uint32_t count);
/* Kinds known everywhere, for speed: object, string, int … by their value_kind. */
const struct type *type_of_kind(struct realm *realm, enum value_kind kind);
/* By exact full name of a row; never NULL for rows that exist (asserts). */
const struct type *type_known(struct realm *realm, const char *full_name);

#endif
