/* Parts of member access that stand in files of their own. */
#ifndef M365SH_TYPES_MEMBER_PRIVATE_H
#define M365SH_TYPES_MEMBER_PRIVATE_H

#include "member_row_private.h"
#include "member_table_private.h"
#include "m365sh/value/array.h"
#include "m365sh/value/error_record.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

/* One member of a shape: runs getters, follows aliases. */
enum status member_read_slot(struct realm *realm, struct value owner, struct value holder, int32_t slot, struct value *out);
enum status member_write_slot(struct realm *realm, struct value owner, struct value holder, int32_t slot, struct value item);
/* psobject, psbase, pstypenames … False: another name. */
bool member_special(struct realm *realm, struct value v, name_id name, struct value *out);
/* .ForEach() and .Where() of everything. *taken false: another name. */
enum status member_intrinsic(struct realm *realm, struct value v, struct text name, const struct value *arguments, uint32_t count,
                             bool *taken, struct value *out);
/* A method asked for without parentheses: an object of type PSMethod. Owned. */
struct value member_method_object(struct realm *realm, struct value self, const struct type *type, const struct member_entry *entry);
const struct class_hooks *member_hooks_for(struct realm *realm, const struct type *type, const struct type **class_type);
const struct member_entry *member_dynamic(struct realm *realm, const struct type *type);
/* The definitions of a script class's method; empty if it has none of that name. Owned list. */
struct value member_class_overloads(struct realm *realm, const struct type *type, struct text name, bool statics);
struct value member_class_method_object(struct realm *realm, struct value self, struct text name, struct value overloads, bool is_static);
/* A T[] of that many zeros or nulls; the value of a structure before anything is set. Owned. */
enum status member_new_array(struct realm *realm, const struct type *type, int64_t length, struct value *out);
enum status member_default_value(struct realm *realm, const struct type *type, struct value *out);

#endif
