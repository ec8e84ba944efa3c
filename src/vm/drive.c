/* $env:NAME, ${function:name}, ${alias:name} and ${variable:name}. */
#include "engine_private.h"

#include <stdlib.h>

enum status drive_get(struct engine *engine, struct frame *frame, uint16_t drive, name_id name, struct value *out) {
    struct text text = intern_text(engine->realm->names, name);
    *out = value_null();
    if (drive == 1) {
        const char *found = getenv(text.start);
        if (found) *out = string_of(found);
    } else if (drive == 2) {
        struct command *command = command_for_host(engine, text);
        if (command && command->block.kind == VALUE_SCRIPT_BLOCK) *out = value_keep(command->block);
        command_release(command);
    } else if (drive == 3) {
        for (struct scope *scope = frame->scope; scope; scope = scope->parent) {
            struct command *alias = name_table_get(&scope->aliases, name);
            if (!alias) continue;
            *out = value_keep(alias->path);
            return STATUS_OK;
        }
        name_id target = engine->host->commands ? command_table_alias(engine->host->commands, name) : 0;
        if (target) *out = string_new(intern_text(engine->realm->names, target));
    } else {
        struct value *place = scope_lookup(engine, frame->scope, name);
        if (place) *out = value_keep(*place);
        else automatic_by_name(engine, name, out);
    }
    return STATUS_OK;
}

static enum status set_function(struct engine *engine, struct scope *scope, name_id name, struct value v) {
    struct text text = intern_text(engine->realm->names, name);
    struct value block = value_base(v);
    if (value_is_nothing(v)) {
        struct command *old = name_table_remove(&scope->functions, name);
        command_release(old);
        engine->epoch++;
        return STATUS_OK;
    }
    struct value made = VALUE_UNSET_INIT;
    if (block.kind != VALUE_SCRIPT_BLOCK) {
        struct value source = convert_text(engine->realm, v);
        enum status status = block_from_text(engine->host, string_text(source), &made);
        value_release(source);
        if (status != STATUS_OK) return status;
        block = made;
    }
    function_define(engine, scope, name, command_of_block(engine, block, text, COMMAND_FUNCTION));
    value_release(made);
    return STATUS_OK;
}

enum status drive_set(struct engine *engine, struct frame *frame, uint16_t drive, name_id name, struct value v) {
    struct text text = intern_text(engine->realm->names, name);
    if (drive == 1) {
        struct value item = convert_text(engine->realm, v);
        if (!value_is_nothing(value_base(v))) setenv(text.start, string_chars(item), 1);
        else unsetenv(text.start);
        value_release(item);
        return STATUS_OK;
    }
    if (drive == 2) return set_function(engine, frame->scope, name, v);
    if (drive == 3) {
        struct value target = convert_text(engine->realm, v);
        enum status status = engine->host->alias_set(engine->host, text, string_text(target), SCOPE_CURRENT, true);
        value_release(target);
        return status;
    }
    return scope_assign_take(engine, frame->scope, name, value_keep(v));
}
