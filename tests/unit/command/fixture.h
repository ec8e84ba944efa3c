/* A cmdlet row to bind against, and a realm with types. */
#ifndef M365SH_TESTS_COMMAND_FIXTURE_H
#define M365SH_TESTS_COMMAND_FIXTURE_H

#include "test.h"
#include "m365sh/command/bind.h"
#include "m365sh/command/command_table.h"
#include "m365sh/command/host.h"
#include "m365sh/pattern/regex.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

enum { F_NAME, F_ID, F_COUNT, F_FORCE, F_FORMAT, F_MODE };
static const struct parameter_row fixture_rows[] = {
    {"Name", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, "n|Who", "ByName", NULL, NULL, "x"},
    {"Id", "guid", 0, PARAMETER_MANDATORY | PARAMETER_BY_NAME, NULL, "ById", NULL, NULL, "x"},
    {"Count", "int", 1, 0, NULL, NULL, NULL, NULL, "x"},
    {"Force", "switch", -1, 0, NULL, NULL, NULL, NULL, "x"},
    {"Format", "string", -1, 0, NULL, NULL, NULL, NULL, "x"},
    {"Mode", "string", -1, 0, NULL, NULL, "fast|slow", NULL, "x"},
};
static const struct cmdlet_row fixture_row = {.name = "Get-Thing", .aliases = "gth|Get-Things", .parameters = fixture_rows,
                                              .parameter_count = sizeof fixture_rows / sizeof *fixture_rows, .default_set = "ByName"};

struct fixture {
    struct realm *realm;
    struct command_table *table;
    struct command *command;
    struct binding binding;
};

static inline void fixture_start(struct fixture *f) {
    static const struct cmdlet_row *const rows[] = {&fixture_row};
    *f = (struct fixture){.realm = realm_new()};
    realm_set_stack(f->realm);
    types_start(f->realm);
    f->realm->patterns = pattern_cache_new();
    f->table = command_table_new(f->realm, NULL);
    command_table_add_rows(f->table, rows, 1);
    f->command = command_table_find(f->table, intern_name(f->realm->names, TEXT("get-thing")));
}

static inline void fixture_stop(struct fixture *f) {
    binding_free(&f->binding);
    command_table_free(f->table);
    pattern_cache_free(f->realm->patterns);
    types_stop(f->realm);
    realm_free(f->realm);
}

static inline struct argument named(const char *name) {
    return (struct argument){.kind = ARGUMENT_NAME, .name = text_of(name)};
}
static inline struct argument plain(struct value v) {
    return (struct argument){.kind = ARGUMENT_VALUE, .value = v};
}

/* Binds and releases what the arguments own. */
static inline enum status fixture_bind(struct fixture *f, struct argument *arguments, uint32_t count, bool has_input) {
    binding_free(&f->binding);
    enum status status = bind_arguments(f->realm, NULL, f->command, arguments, count, has_input, &f->binding);
    for (uint32_t i = 0; i < count; i++) value_release(arguments[i].value);
    return status;
}

/* The id of the error raised, up to the comma; clears it. */
static inline void assert_raised(struct fixture *f, const char *id) {
    struct value record = realm_take_raised(f->realm);
    struct text full = string_text(error_record_get(record, ERROR_ID));
    size_t comma = text_find_byte(full, ',', 0);
    assert_text(text_slice(full, 0, comma), id);
    assert_text(text_slice(full, comma + 1, full.length), "Microsoft.PowerShell.Commands.GetThingCommand");
    value_release(record);
}

#endif
