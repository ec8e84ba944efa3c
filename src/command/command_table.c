#include "m365sh/command/command_table.h"

#include <stdlib.h>
#include "m365sh/base/alloc.h"

struct table_slot {
    const struct cmdlet_row *row;   /* NULL: an alias */
    struct command *command;        /* made at first use */
    name_id target;                 /* aliases */
    struct text alias;
};
struct command_table {
    struct realm *realm;
    const struct command_class *class_of;
    struct table_slot *slots;       /* by name_id, so that a look-up is one index */
    size_t capacity;
    const struct cmdlet_row **rows; /* sorted by name once somebody walks */
    size_t row_count, row_capacity;
    bool sorted;
};

struct command *command_new(enum command_kind kind, struct realm *realm, struct text spelling) {
    struct command *command = ALLOC_NEW(struct command);
    command->kind = kind;
    command->name = intern_name(realm->names, spelling);
    command->spelling = text_make(alloc_text(spelling.start, spelling.length), spelling.length);
    command->references = 1;
    return command;
}

struct command *command_keep(struct command *command) {
    if (command) command->references++;
    return command;
}

void command_release(struct command *command) {
    if (!command || --command->references) return;
    signature_free(command->signature);
    value_release(command->block);
    value_release(command->path);
    value_release(command->hidden);
    alloc_free((char *)command->spelling.start);
    alloc_free(command);
}

const struct signature *command_signature(struct realm *realm, struct command *command) {
    if (!command->signature && command->row) command->signature = signature_from_row(realm, command->row);
    return command->signature;
}

void command_add_error_name(struct bytes *out, const struct command *command) {
    if (!command->row) {
        bytes_add_text(out, command->spelling);
        return;
    }
    bytes_add_string(out, "Microsoft.PowerShell.Commands.");
    for (size_t i = 0; i < command->spelling.length; i++) {
        if (command->spelling.start[i] != '-') bytes_add_byte(out, command->spelling.start[i]);
    }
    bytes_add_string(out, "Command");
}

struct command_table *command_table_new(struct realm *realm, const struct command_class *cmdlet_class) {
    struct command_table *table = ALLOC_NEW(struct command_table);
    table->realm = realm;
    table->class_of = cmdlet_class;
    return table;
}

void command_table_free(struct command_table *table) {
    if (!table) return;
    for (size_t i = 0; i < table->capacity; i++) command_release(table->slots[i].command);
    alloc_free(table->slots);
    alloc_free(table->rows);
    alloc_free(table);
}

static struct table_slot *slot_for(struct command_table *table, name_id name) {
    if (name >= table->capacity) {
        size_t capacity = table->capacity ? table->capacity : 512;
        while (capacity <= name) capacity *= 2;
        table->slots = alloc_resize(table->slots, capacity, sizeof *table->slots);
        memset(table->slots + table->capacity, 0, (capacity - table->capacity) * sizeof *table->slots);
        table->capacity = capacity;
    }
    return &table->slots[name];
}

void command_table_add_rows(struct command_table *table, const struct cmdlet_row *const *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct cmdlet_row *row = rows[i];
        name_id name = intern_name(table->realm->names, text_of(row->name));
        slot_for(table, name)->row = row;
        ALLOC_GROW(table->rows, table->row_capacity, table->row_count + 1);
        table->rows[table->row_count++] = row;
        struct text rest = text_of(row->aliases), alias;
        while (text_split_next(&rest, '|', &alias)) {
            struct table_slot *slot = slot_for(table, intern_name(table->realm->names, alias));
            slot->target = name;
            slot->alias = alias;
        }
    }
    table->sorted = false;
}

struct command *command_table_find(struct command_table *table, name_id name) {
    if (!name || name >= table->capacity || !table->slots[name].row) return NULL;
    struct table_slot *slot = &table->slots[name];
    if (!slot->command) {
        slot->command = command_new(COMMAND_CMDLET, table->realm, text_of(slot->row->name));
        slot->command->row = slot->row;
        slot->command->class_of = table->class_of;
    }
    return slot->command;
}

name_id command_table_alias(struct command_table *table, name_id name) {
    return name && name < table->capacity ? table->slots[name].target : 0;
}

static int compare_rows(const void *a, const void *b) {
    return text_compare_fold(text_of((*(const struct cmdlet_row *const *)a)->name),
                             text_of((*(const struct cmdlet_row *const *)b)->name));
}

void command_table_walk(struct command_table *table, bool (*visit)(void *context, const struct cmdlet_row *row),
                        void *context) {
    if (!table->sorted) qsort(table->rows, table->row_count, sizeof *table->rows, compare_rows);
    table->sorted = true;
    for (size_t i = 0; i < table->row_count; i++) {
        if (!visit(context, table->rows[i])) return;
    }
}

void command_table_walk_aliases(struct command_table *table,
                                bool (*visit)(void *context, struct text alias, struct text target), void *context) {
    for (size_t i = 0; i < table->capacity; i++) {
        const struct table_slot *slot = &table->slots[i];
        if (slot->target && !visit(context, slot->alias, text_of(table->slots[slot->target].row->name))) return;
    }
}

/* Puts a candidate into the list, nearest first; the farthest falls off. */
static size_t insert_near(struct text *out, size_t *distances, size_t found, size_t most, struct text candidate,
                          size_t distance) {
    size_t at = found;
    while (at > 0 && distances[at - 1] > distance) at--;
    if (at == most) return found;
    if (found < most) found++;
    for (size_t i = found - 1; i > at; i--) {
        out[i] = out[i - 1];
        distances[i] = distances[i - 1];
    }
    out[at] = candidate;
    distances[at] = distance;
    return found;
}

size_t command_table_near(struct command_table *table, struct text name, struct text *out, size_t most) {
    size_t found = 0, distances[8] = {0};
    if (most > 8) most = 8;
    for (size_t i = 0; most && i < table->row_count; i++) {
        struct text candidate = text_of(table->rows[i]->name);
        size_t distance = text_distance(name, candidate, 4);
        if (distance > 3 || distance * 3 > name.length + 2) continue;
        found = insert_near(out, distances, found, most, candidate, distance);
    }
    return found;
}
