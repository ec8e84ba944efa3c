#include "m365sh/command/signature.h"

#include "m365sh/base/alloc.h"
#include "m365sh/command/common.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

/* The common parameters in the order of enum common_parameter, then the two of ShouldProcess. Facts: PowerShell 7.6,
 * about_CommonParameters. */
static const struct parameter_row common_rows[COMMON_COUNT] = {
    {"Verbose", "switch", -1, 0, "vb", NULL, NULL, NULL, "Says what is being done, on the verbose stream."},
    {"Debug", "switch", -1, 0, "db", NULL, NULL, NULL, "Writes messages for those who look for a mistake."},
    {"ErrorAction", "System.Management.Automation.ActionPreference", -1, 0, "ea", NULL, NULL, NULL,
     "What an error does: Continue, Stop, SilentlyContinue, Ignore, Inquire."},
    {"WarningAction", "System.Management.Automation.ActionPreference", -1, 0, "wa", NULL, NULL, NULL,
     "What a warning does."},
    {"InformationAction", "System.Management.Automation.ActionPreference", -1, 0, "infa", NULL, NULL, NULL,
     "What an information record does."},
    {"ProgressAction", "System.Management.Automation.ActionPreference", -1, 0, "proga", NULL, NULL, NULL,
     "Whether progress is shown."},
    {"ErrorVariable", "string", -1, 0, "ev", NULL, NULL, NULL, "A variable that receives the errors; +name adds to it."},
    {"WarningVariable", "string", -1, 0, "wv", NULL, NULL, NULL, "A variable that receives the warnings."},
    {"InformationVariable", "string", -1, 0, "iv", NULL, NULL, NULL, "A variable that receives information records."},
    {"OutVariable", "string", -1, 0, "ov", NULL, NULL, NULL, "A variable that receives the output as well."},
    {"OutBuffer", "int", -1, 0, "ob", NULL, NULL, NULL, "Accepted for scripts; output is never held back."},
    {"PipelineVariable", "string", -1, 0, "pv", NULL, NULL, NULL, "A variable that holds the item on its way."},
    {"WhatIf", "switch", -1, 0, "wi", NULL, NULL, NULL, "Shows what would change and changes nothing."},
    {"Confirm", "switch", -1, 0, "cf", NULL, NULL, NULL, "Asks before each change."},
};

static uint32_t count_parts(const char *list) {
    uint32_t count = list && *list ? 1 : 0;
    for (const char *at = list; at && *at; at++) count += *at == '|';
    return count;
}

static void add_aliases(struct realm *realm, struct parameter *parameter, const char *list) {
    parameter->alias_count = count_parts(list);
    if (!parameter->alias_count) return;
    parameter->aliases = ALLOC_ARRAY(name_id, parameter->alias_count);
    struct text rest = text_of(list), alias;
    for (uint32_t i = 0; text_split_next(&rest, '|', &alias); i++) parameter->aliases[i] = intern_name(realm->names, alias);
}

static void add_parts(struct realm *realm, struct parameter *parameter, const struct parameter_row *row) {
    uint32_t sets = count_parts(row->sets);
    parameter->part_count = sets ? sets : 1;
    parameter->parts = ALLOC_ARRAY(struct parameter_set_part, parameter->part_count);
    struct text rest = text_of(row->sets), set;
    for (uint32_t i = 0; i < parameter->part_count; i++) {
        struct parameter_set_part *part = &parameter->parts[i];
        bool optional = false;
        if (sets && text_split_next(&rest, '|', &set)) {
            optional = set.length && set.start[set.length - 1] == '?';
            set.length -= optional;
            part->set = intern_name(realm->names, set);
            part->spelling = set;
        }
        part->flags = row->flags & (PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_REMAINING);
        if (optional) part->flags &= ~(uint32_t)PARAMETER_MANDATORY;
        part->position = row->position;
    }
}

static void add_choices(struct realm *realm, struct parameter *parameter, const char *choices) {
    parameter->validator_count = 1;
    parameter->validators = ALLOC_ARRAY(struct validator, 1);
    struct value list = array_new(realm, NULL, count_parts(choices));
    struct text rest = text_of(choices), choice;
    while (text_split_next(&rest, '|', &choice)) array_push_take(list, string_new(choice));
    parameter->validators[0] = (struct validator){.kind = VALIDATE_SET, .argument = list};
}

static void from_row(struct realm *realm, struct parameter *parameter, const struct parameter_row *row) {
    parameter->spelling = text_of(row->name);
    parameter->name = intern_name(realm->names, parameter->spelling);
    parameter->row = row;
    parameter->flags = row->flags;
    parameter->is_switch = strcmp(row->type, "switch") == 0;
    if (strcmp(row->type, "object") != 0) parameter->type = type_find(realm, text_of(row->type));
    add_aliases(realm, parameter, row->aliases);
    add_parts(realm, parameter, row);
    if (row->choices) add_choices(realm, parameter, row->choices);
}

struct signature *signature_from_row(struct realm *realm, const struct cmdlet_row *row) {
    struct signature *signature = ALLOC_NEW(struct signature);
    signature->flags = row->flags;
    signature->is_advanced = !(row->flags & CMDLET_RAW_ARGUMENTS);
    signature->takes_rest = !signature->is_advanced;
    signature->default_set = row->default_set ? intern_name(realm->names, text_of(row->default_set)) : 0;
    signature->count = (uint32_t)row->parameter_count;
    signature->parameters = ALLOC_ARRAY(struct parameter, row->parameter_count + COMMON_COUNT);
    for (uint32_t i = 0; i < row->parameter_count; i++) from_row(realm, &signature->parameters[i], &row->parameters[i]);
    signature_finish(realm, signature);
    return signature;
}

/* The bit of a set, added to the signature when it is new. More sets than bits: the last one is shared. */
static uint64_t set_bit(struct signature *signature, name_id set) {
    for (uint32_t i = 0; i < signature->set_count; i++) {
        if (signature->sets[i] == set) return 1ull << i;
    }
    if (signature->set_count == SIGNATURE_SETS_MOST) return 1ull << (SIGNATURE_SETS_MOST - 1);
    signature->sets = alloc_resize(signature->sets, signature->set_count + 1, sizeof *signature->sets);
    signature->sets[signature->set_count] = set;
    return 1ull << signature->set_count++;
}

static void number_sets(struct signature *signature) {
    if (signature->default_set) set_bit(signature, signature->default_set);
    for (uint32_t i = 0; i < signature->count; i++) {
        struct parameter *parameter = &signature->parameters[i];
        parameter->mask = 0;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            struct parameter_set_part *part = &parameter->parts[k];
            part->mask = part->set ? set_bit(signature, part->set) : ~0ull;
            parameter->mask |= part->mask;
        }
    }
}

/* Functions without explicit positions are positional in the order of declaration, but for switches. */
static void number_positions(struct signature *signature) {
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        if (parameter->row) return;
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            if (parameter->parts[k].position >= 0) return;
            if (parameter->parts[k].set && signature->is_advanced) return;
        }
    }
    int position = 0;
    for (uint32_t i = 0; i < signature->count; i++) {
        struct parameter *parameter = &signature->parameters[i];
        if (parameter->is_switch) continue;
        for (uint32_t k = 0; k < parameter->part_count; k++) parameter->parts[k].position = position;
        position++;
    }
}

/* One parameter takes any value from the pipeline and none by name: binding an item is then a single store. */
static int find_only_input(const struct signature *signature) {
    int found = -1;
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        for (uint32_t k = 0; k < parameter->part_count; k++) {
            uint32_t flags = parameter->parts[k].flags;
            if (flags & PARAMETER_BY_NAME) return -1;
            if (!(flags & PARAMETER_PIPELINE)) continue;
            if (parameter->type || parameter->validator_count || parameter->is_switch) return -1;
            if (parameter->flags & (PARAMETER_NOT_NULL | PARAMETER_NOT_EMPTY)) return -1;
            if ((flags & PARAMETER_MANDATORY) && (parameter->flags & (PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY)) !=
                                                     (PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY))
                return -1;
            if (found >= 0 && found != (int)i) return -1;
            found = (int)i;
        }
    }
    return found;
}

static bool has_alias(const struct parameter *parameter, name_id name) {
    for (uint32_t i = 0; i < parameter->alias_count; i++) {
        if (parameter->aliases[i] == name) return true;
    }
    return false;
}

/* Names and aliases of the parameters, the common ones too, must all differ. */
static void find_conflict(struct signature *signature) {
    for (uint32_t i = 0; i < signature->common_start && !signature->conflict; i++) {
        const struct parameter *one = &signature->parameters[i];
        for (uint32_t k = 0; k < signature->count; k++) {
            const struct parameter *other = &signature->parameters[k];
            if (k != i && other->name == one->name) signature->conflict = "ParameterNameAlreadyExistsForCommand";
            else if (has_alias(other, one->name)) signature->conflict = "ParameterNameConflictsWithAlias";
            signature->conflict_name = one->name;
            for (uint32_t a = 0; a < one->alias_count && k > i && !signature->conflict; a++) {
                if (has_alias(other, one->aliases[a])) signature->conflict = "AliasDeclaredMultipleTimes";
                signature->conflict_name = one->aliases[a];
            }
            if (signature->conflict) return;
        }
    }
}

void signature_finish(struct realm *realm, struct signature *signature) {
    if (signature->positional_binding || !signature->is_advanced) number_positions(signature);
    signature->common_start = signature->count;
    if (signature->is_advanced) {
        uint32_t common = signature->flags & CMDLET_SHOULD_PROCESS ? COMMON_COUNT : COMMON_WHAT_IF;
        signature->parameters = alloc_resize(signature->parameters, signature->count + common, sizeof *signature->parameters);
        memset(signature->parameters + signature->count, 0, common * sizeof *signature->parameters);
        for (uint32_t i = 0; i < common; i++) from_row(realm, &signature->parameters[signature->count + i], &common_rows[i]);
        signature->count += common;
    }
    if (signature->common_start && !signature->parameters[0].row) find_conflict(signature);
    number_sets(signature);
    signature->only_input = find_only_input(signature);
}

void signature_free(struct signature *signature) {
    if (!signature) return;
    for (uint32_t i = 0; i < signature->count; i++) {
        struct parameter *parameter = &signature->parameters[i];
        for (uint32_t k = 0; k < parameter->validator_count; k++) {
            value_release(parameter->validators[k].argument);
            value_release(parameter->validators[k].message);
        }
        for (uint32_t k = 0; k < parameter->part_count; k++) value_release(parameter->parts[k].help_message);
        value_release(parameter->completer);
        value_release(parameter->transform);
        alloc_free(parameter->validators);
        alloc_free(parameter->parts);
        alloc_free(parameter->aliases);
    }
    value_release(signature->output_types);
    alloc_free(signature->parameters);
    alloc_free(signature->sets);
    alloc_free(signature);
}

static bool starts_alias(const struct parameter *parameter, struct realm *realm, struct text start) {
    for (uint32_t i = 0; i < parameter->alias_count; i++) {
        if (text_starts_fold(intern_text(realm->names, parameter->aliases[i]), start)) return true;
    }
    return false;
}

int signature_find(const struct signature *signature, struct realm *realm, struct text name) {
    name_id exact = intern_find(realm->names, name);
    for (uint32_t i = 0; exact && i < signature->count; i++) {
        if (signature->parameters[i].name == exact || has_alias(&signature->parameters[i], exact)) return (int)i;
    }
    /* An abbreviation that fits one of the command's own parameters wins over the common ones. */
    int found = -1;
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        if (!text_starts_fold(parameter->spelling, name) && !starts_alias(parameter, realm, name)) continue;
        if (found >= 0 && i >= signature->common_start && found < (int)signature->common_start) break;
        if (found >= 0) return -2;
        found = (int)i;
    }
    return found;
}
