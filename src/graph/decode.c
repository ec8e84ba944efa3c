#include "m365sh/graph/decode.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"
#include "m365sh/json/json.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define NESTING_MOST 32
#define SHAPES_KEPT 64

struct decoder {
    struct realm *realm;
    struct { const struct shape *from, *to; bool annotated; } shapes[SHAPES_KEPT]; /* by hash of `from` */
    struct { char *name; struct value names; } types[16]; /* PSTypeNames, shared by all objects of a type */
    int type_count;
};

struct decoder *decoder_new(struct realm *realm) {
    struct decoder *decoder = ALLOC_NEW(struct decoder);
    decoder->realm = realm;
    return decoder;
}

void decoder_free(struct decoder *decoder) {
    if (!decoder) return;
    for (int i = 0; i < decoder->type_count; i++) {
        alloc_free(decoder->types[i].name);
        value_release(decoder->types[i].names);
    }
    alloc_free(decoder);
}

static struct value type_names(struct decoder *decoder, const char *name) {
    for (int i = 0; i < decoder->type_count; i++)
        if (!strcmp(decoder->types[i].name, name)) return value_keep(decoder->types[i].names);
    struct value names = array_new(decoder->realm, NULL, 1);
    array_push_take(names, string_of(name));
    if (decoder->type_count == sizeof decoder->types / sizeof *decoder->types) return names;
    decoder->types[decoder->type_count].name = alloc_text(name, strlen(name));
    decoder->types[decoder->type_count++].names = value_keep(names);
    return names;
}

static struct text pascal(struct text name, struct bytes *scratch) {
    bytes_clear(scratch);
    char first = name.start[0];
    bytes_add_byte(scratch, first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first);
    bytes_add_text(scratch, text_slice(name, 1, name.length));
    return bytes_text(scratch);
}

static bool is_annotation(struct text name) {
    return text_find(name, TEXT("@odata."), 0) != TEXT_NOT_FOUND;
}

/* The same properties in the same slots, spelled the SDK's way. *annotated: some are annotations, which are left out. */
static const struct shape *pascal_shape(struct decoder *decoder, const struct shape *from, bool *annotated) {
    size_t place = ((uintptr_t)from >> 5) % SHAPES_KEPT;
    if (decoder->shapes[place].from == from) {
        *annotated = decoder->shapes[place].annotated;
        return decoder->shapes[place].to;
    }
    struct shape_table *table = decoder->realm->shapes;
    const struct shape *to = shape_empty(table);
    struct bytes scratch = {0};
    *annotated = false;
    for (uint32_t i = 0; i < from->count; i++) {
        struct text name = text_of(from->entries[i].spelling);
        if (is_annotation(name)) *annotated = true;
        else to = shape_with(table, to, name.length ? pascal(name, &scratch) : name, MEMBER_NOTE);
    }
    bytes_free(&scratch);
    decoder->shapes[place].from = from;
    decoder->shapes[place].to = to;
    decoder->shapes[place].annotated = *annotated;
    return to;
}

/* Graph's moments have names that end so; a text that merely looks like a date stays text. */
static bool is_moment(const char *name) {
    return text_ends(text_of(name), TEXT("DateTime")) || text_equal(text_of(name), TEXT("employeeHireDate"));
}

static void decode_slots(struct decoder *decoder, struct value object, int depth);

static void decode_value(struct decoder *decoder, struct value *place, const char *name, int depth) {
    int64_t ticks;
    int32_t offset;
    if (place->kind == VALUE_STRING && is_moment(name) && calendar_read_iso(string_text(*place), &ticks, &offset)) {
        if (offset != INT32_MIN) ticks -= offset * 60 * CALENDAR_TICKS_PER_SECOND;
        value_set_take(place, value_datetime(ticks, 1));
    } else if (place->kind == VALUE_OBJECT && depth < NESTING_MOST) {
        decode_slots(decoder, *place, depth + 1);
    } else if (place->kind == VALUE_ARRAY) {
        for (uint32_t i = 0; i < array_count(*place); i++)
            if (array_at(*place, i).kind == VALUE_OBJECT && depth < NESTING_MOST) decode_slots(decoder, array_at(*place, i), depth + 1);
    }
}

static void decode_slots(struct decoder *decoder, struct value object, int depth) {
    struct object *block = object_block(object);
    const struct shape *from = block->shape;
    bool annotated;
    const struct shape *to = pascal_shape(decoder, from, &annotated);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        const char *name = from->entries[i].spelling;
        if (annotated && is_annotation(text_of(name))) {
            value_release(block->slots[i]);
            continue;
        }
        decode_value(decoder, &block->slots[i], name, depth);
        block->slots[kept++] = block->slots[i];
    }
    block->shape = to;
}

/* "#microsoft.graph.user" → "M365.User" */
static const char *type_of_annotation(struct realm *realm, struct value json) {
    struct value *place = object_find_text(realm, json, TEXT("@odata.type"));
    if (!place || place->kind != VALUE_STRING) return NULL;
    struct text name = string_text(*place);
    if (text_equal(name, TEXT("#microsoft.graph.user"))) return "M365.User";
    if (text_equal(name, TEXT("#microsoft.graph.group"))) return "M365.Group";
    if (text_equal(name, TEXT("#microsoft.graph.directoryRole"))) return "M365.Role";
    return NULL;
}

struct value decode_object_take(struct decoder *decoder, enum graph_resource resource, const char *type_name, struct value json, uint8_t generation) {
    if (json.kind != VALUE_OBJECT) return json;
    const char *name = type_name ? type_name : type_of_annotation(decoder->realm, json);
    if (!name) name = resource_row(resource)->type_name;
    decode_slots(decoder, json, 0);
    if (*name) value_set_take(&object_block(json)->type_names, type_names(decoder, name));
    struct value stamp = value_timespan(clock_steady());
    stamp.small = generation;
    value_set_take(&object_block(json)->hidden, stamp);
    return json;
}

int64_t decode_read_at(struct value object) {
    if (object.kind != VALUE_OBJECT) return 0;
    struct value stamp = object_block(object)->hidden;
    return stamp.kind == VALUE_TIMESPAN ? stamp.integer : 0;
}

int64_t decode_age(struct value object, uint8_t generation) {
    int64_t at = decode_read_at(object);
    if (!at || object_block(object)->hidden.small != generation) return -1;
    return clock_steady() - at;
}

struct value decode_get(struct realm *realm, struct value object, const char *name) {
    object = value_base(object);
    struct value *place = object.kind == VALUE_OBJECT ? object_find_text(realm, object, text_of(name)) : NULL;
    return place ? *place : value_null();
}

struct text decode_text(struct realm *realm, struct value object, const char *name) {
    struct value v = value_base(decode_get(realm, object, name));
    return v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE;
}

enum status encode_body(struct realm *realm, struct value v, struct bytes *out) {
    const struct json_write_options options = {.compress = true, .as_wire = true};
    return json_write(realm, v, &options, NULL, out);
}
