/* How types and enum values read. */
#include <string.h>
#include "type_table_private.h"

struct text type_display_name(const struct type *type) {
    return text_of(type->display);
}

static const char *assembly_of(const struct type *type) {
    if (type->class_of_script) return "PowerShell Class Assembly, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null";
    if (text_starts(text_of(type->full_name), TEXT("System.Management.Automation")))
        return "System.Management.Automation, Version=7.6.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35";
    return "System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e";
}

const char *type_assembly_name(struct realm *realm, const struct type *type) {
    if (type->assembly_name) return type->assembly_name;
    struct type *place = (struct type *)type; /* the table's own types are never const */
    struct bytes name = {0};
    if (type->rank && type->element->open) {
        bytes_add_string(&name, type_assembly_name(realm, type->element));
        bytes_add_string(&name, strrchr(type->full_name, '['));
    } else if (type->open) {
        bytes_add_format(&name, "%s[[%s, %s]", type->open->full_name, type_assembly_name(realm, type->element),
                         assembly_of(type->element));
        if (type->element2)
            bytes_add_format(&name, ",[%s, %s]", type_assembly_name(realm, type->element2), assembly_of(type->element2));
        bytes_add_byte(&name, ']');
    } else {
        return place->assembly_name = type->full_name;
    }
    place->assembly_name = arena_text(realm->types->arena, name.data, name.length);
    bytes_free(&name);
    return place->assembly_name;
}

static const struct enum_member *member_of_number(const struct type *type, int64_t number) {
    for (uint32_t i = 0; i < type->member_count; i++)
        if (type->members[i].number == number) return &type->members[i];
    return NULL;
}

/* Flags as .NET writes them: the largest members first taken off, named from the smallest on. */
static bool add_flags(const struct type *type, int64_t number, struct bytes *out) {
    const struct enum_member *taken[64];
    int count = 0;
    uint64_t left = (uint64_t)number;
    for (uint32_t i = type->member_count; i-- > 0 && left && count < 64;) {
        uint64_t bits = (uint64_t)type->members[i].number;
        if (!bits || (left & bits) != bits) continue;
        left &= ~bits;
        taken[count++] = &type->members[i];
    }
    if (left || !count) return false;
    while (count-- > 0) {
        bytes_add_string(out, taken[count]->name);
        if (count) bytes_add_string(out, ", ");
    }
    return true;
}

void type_enum_add_text(const struct type *type, int64_t number, struct bytes *out) {
    const struct enum_member *member = member_of_number(type, number);
    if (member) bytes_add_string(out, member->name);
    else if (!(type->flags & TYPE_FLAGS_ENUM) || !add_flags(type, number, out)) decimal_add_int64(out, number);
}
