#include "command_private.h"

#include "m365sh/pattern/wildcard.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/string.h"

static enum status refuse_name(struct binder *binder, struct text name, bool ambiguous) {
    struct realm *realm = binder->realm;
    const struct signature *signature = binder->signature;
    if (ambiguous) {
        struct bytes list = {0};
        for (uint32_t i = 0; i < signature->count; i++) {
            if (!text_starts_fold(signature->parameters[i].spelling, name)) continue;
            bytes_add_format(&list, "%s-%.*s", list.length ? ", " : "", TEXT_ARGUMENT(signature->parameters[i].spelling));
        }
        enum status status = bind_raise(realm, binder->command, "AmbiguousParameter", ERROR_INVALID_ARGUMENT, NULL,
                                        "-%.*s could be any of %.*s: write more of the name.", TEXT_ARGUMENT(name),
                                        TEXT_ARGUMENT(bytes_text(&list)));
        bytes_free(&list);
        return status;
    }
    const struct parameter *nearest = NULL;
    size_t least = 3;
    for (uint32_t i = 0; i < signature->count; i++) {
        size_t distance = text_distance(name, signature->parameters[i].spelling, 4);
        if (distance >= least) continue;
        least = distance;
        nearest = &signature->parameters[i];
    }
    return bind_raise(realm, binder->command, "NamedParameterNotFound", ERROR_INVALID_ARGUMENT, NULL,
                      "%.*s has no parameter -%.*s.%s%.*s%s", TEXT_ARGUMENT(binder->command->spelling), TEXT_ARGUMENT(name),
                      nearest ? " Did you mean -" : "", nearest ? (int)nearest->spelling.length : 0,
                      nearest ? nearest->spelling.start : "", nearest ? "?" : "");
}

/* The value that goes with the name at `at`: given with it, or the argument behind. *behind is set in the second case. */
static enum status value_of(struct binder *binder, const struct parameter *parameter, const struct argument *arguments,
                            uint32_t count, uint32_t at, const uint8_t *used, struct value *out, bool *behind) {
    *behind = false;
    if (arguments[at].kind == ARGUMENT_NAME_VALUE) {
        *out = arguments[at].value;
        return STATUS_OK;
    }
    if (parameter->is_switch) {
        *out = value_switch(true);
        return STATUS_OK;
    }
    if (at + 1 < count && arguments[at + 1].kind == ARGUMENT_VALUE && !used[at + 1]) {
        *out = arguments[at + 1].value;
        *behind = true;
        return STATUS_OK;
    }
    return bind_raise(binder->realm, binder->command, "MissingArgument", ERROR_INVALID_ARGUMENT, parameter,
                      "-%.*s needs a value behind it.", TEXT_ARGUMENT(parameter->spelling));
}

/* A parameter that takes all the rest takes unknown names as words, too, unless it is named itself. */
static bool takes_unknown(const struct binder *binder, const struct argument *arguments, uint32_t count) {
    for (uint32_t i = 0; i < binder->signature->common_start; i++) {
        if (!(binder->signature->parameters[i].parts[0].flags & PARAMETER_REMAINING)) continue;
        for (uint32_t k = 0; k < count; k++)
            if (arguments[k].kind != ARGUMENT_VALUE && signature_find(binder->signature, binder->realm, arguments[k].name) == (int)i) return false;
        return true;
    }
    return false;
}

/* Two splats with the same name in them. */
static bool splatted_before(const struct binder *binder, const struct argument *arguments, uint32_t at, int index) {
    for (uint32_t i = 0; i < at; i++) {
        if (!arguments[i].from_splat || arguments[i].kind == ARGUMENT_VALUE) continue;
        if (signature_find(binder->signature, binder->realm, arguments[i].name) == index) return true;
    }
    return false;
}

static enum status bind_one(struct binder *binder, const struct argument *arguments, uint32_t count, uint32_t at,
                            uint8_t *used) {
    int index = signature_find(binder->signature, binder->realm, arguments[at].name);
    if (index < 0) {
        if (binder->signature->takes_rest && index == -1) return STATUS_OK;
        if (index == -1 && !arguments[at].from_splat && takes_unknown(binder, arguments, count)) return STATUS_OK;
        return refuse_name(binder, arguments[at].name, index == -2);
    }
    const struct parameter *parameter = &binder->signature->parameters[index];
    used[at] = 1;
    if (binder->binding->how[index] == BOUND_EXPLICIT) {
        if (arguments[at].from_splat && !splatted_before(binder, arguments, at, index)) return STATUS_OK; /* what is written out wins */
        return bind_raise(binder->realm, binder->command, "ParameterAlreadyBound", ERROR_INVALID_ARGUMENT, parameter,
                          "-%.*s is given more than once. To give several values, write them as a list: -%.*s a, b.",
                          TEXT_ARGUMENT(parameter->spelling), TEXT_ARGUMENT(parameter->spelling));
    }
    struct value v;
    bool behind, bound;
    enum status status = value_of(binder, parameter, arguments, count, at, used, &v, &behind);
    if (status != STATUS_OK) return status;
    if (behind) used[at + 1] = 1;
    binder->written = behind && arguments[at + 1].is_bare ? arguments[at + 1].name : TEXT_NONE;
    status = bind_store(binder, (uint32_t)index, v, BOUND_EXPLICIT, true, &bound);
    binder->written = TEXT_NONE;
    return status;
}

enum status bind_named(struct binder *binder, const struct argument *arguments, uint32_t count, uint8_t *used) {
    for (int splats = 0; splats <= 1; splats++) {
        for (uint32_t i = 0; i < count; i++) {
            if (arguments[i].kind == ARGUMENT_VALUE || used[i] || arguments[i].from_splat != (splats == 1)) continue;
            bool ends = arguments[i].kind == ARGUMENT_NAME && text_equal(arguments[i].name, TEXT("-"));
            if (ends && binder->command->kind != COMMAND_APPLICATION) { /* "--": no parameter behind it; programs get it */
                used[i] = 1;
                continue;
            }
            enum status status = bind_one(binder, arguments, count, i, used);
            if (status != STATUS_OK) return status;
        }
    }
    return STATUS_OK;
}

/* "Command:Parameter" with wildcards in both; "Disabled" switches the table off. */
static bool default_applies(struct text key, const struct binder *binder, struct text *parameter) {
    size_t colon = text_find_byte(key, ':', 0);
    if (colon == TEXT_NOT_FOUND) return false;
    *parameter = text_trim(text_slice(key, colon + 1, key.length));
    return wildcard_match(text_trim(text_slice(key, 0, colon)), binder->command->spelling, true);
}

/* A block in the table is run for its value. */
static enum status store_default(struct binder *binder, uint32_t index, struct value v) {
    bool bound;
    if (v.kind != VALUE_SCRIPT_BLOCK) return bind_store(binder, index, v, BOUND_DEFAULT, true, &bound);
    struct block_call call = {.block = v, .scope = BLOCK_NEW_SCOPE};
    struct value answer;
    enum status status = callable_call_collect(binder->realm, &call, &answer);
    if (status != STATUS_OK) return status;
    status = bind_store(binder, index, answer.kind == VALUE_VOID ? value_null() : answer, BOUND_DEFAULT, true, &bound);
    value_release(answer);
    return status;
}

enum status bind_defaults(struct binder *binder) {
    struct host *host = binder->host;
    if (!host || !host->variable_get || !binder->signature->is_advanced) return STATUS_OK;
    struct value table = host->variable_get(host, TEXT("PSDefaultParameterValues"), SCOPE_CURRENT);
    enum status status = STATUS_OK;
    struct value base = value_base(table);
    if (value_is_table(base) && table_count(base)) {
        struct value *disabled = table_find_text(base, TEXT("Disabled"));
        uint32_t position = 0;
        struct table_entry *entry;
        while (!(disabled && value_truth(*disabled)) && status == STATUS_OK && (entry = table_next(base, &position))) {
            struct text name;
            if (entry->key.kind != VALUE_STRING || !default_applies(string_text(entry->key), binder, &name)) continue;
            int index = signature_find(binder->signature, binder->realm, name);
            if (index < 0 || binder->binding->how[index] != BOUND_NOT) continue;
            if (!(binder->signature->parameters[index].mask & binder->binding->sets)) continue;
            status = store_default(binder, (uint32_t)index, entry->value);
        }
    }
    value_release(table);
    return status;
}
