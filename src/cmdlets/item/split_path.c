#include "item_rows_private.h"

enum { PATH, LITERAL, PARENT, LEAF, LEAF_BASE, EXTENSION, QUALIFIER, NO_QUALIFIER, IS_ABSOLUTE, RESOLVE };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL,
     "ParentSet|LeafSet|LeafBaseSet|ExtensionSet|QualifierSet|NoQualifierSet|IsAbsoluteSet", NULL, "path", "The path."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralPathSet", NULL, "path", "The same, without wildcards."},
    {"Parent", "switch", -1, 0, NULL, "ParentSet", NULL, NULL, "What it lies in; so also without a switch."},
    {"Leaf", "switch", -1, PARAMETER_MANDATORY, NULL, "LeafSet", NULL, NULL, "Its last part."},
    {"LeafBase", "switch", -1, PARAMETER_MANDATORY, NULL, "LeafBaseSet", NULL, NULL, "Its last part without extension."},
    {"Extension", "switch", -1, PARAMETER_MANDATORY, NULL, "ExtensionSet", NULL, NULL, "The extension, with its dot."},
    {"Qualifier", "switch", -1, PARAMETER_MANDATORY, NULL, "QualifierSet", NULL, NULL, "The drive."},
    {"NoQualifier", "switch", -1, PARAMETER_MANDATORY, NULL, "NoQualifierSet", NULL, NULL, "All but the drive."},
    {"IsAbsolute", "switch", -1, PARAMETER_MANDATORY, NULL, "IsAbsoluteSet", NULL, NULL, "Does it start at the root?"},
    {"Resolve", "switch", -1, 0, NULL, NULL, NULL, NULL, "Looks the path up first; wildcards are allowed."},
};

/* .NET's rule: the extension starts at the last dot, and a dot at the end starts none. */
static struct text extension_of(struct text leaf) {
    size_t dot = text_find_last(leaf, TEXT("."));
    return dot == TEXT_NOT_FOUND || dot + 1 == leaf.length ? TEXT_NONE : text_slice(leaf, dot, leaf.length);
}
static struct text base_of(struct text leaf) {
    size_t dot = text_find_last(leaf, TEXT("."));
    return dot == TEXT_NOT_FOUND ? leaf : text_slice(leaf, 0, dot);
}


static struct value split(struct invocation *call, struct text path) {
    struct text drive, rest, leaf = path_leaf(path);
    bool has_drive = item_has_drive(path, &drive, &rest);
    if (invocation_switch(call, LEAF)) return text_equal(path, TEXT("/")) ? VALUE_UNSET_INIT : string_new(leaf);
    if (invocation_switch(call, LEAF_BASE)) return string_new(base_of(leaf));
    if (invocation_switch(call, EXTENSION)) return string_new(extension_of(leaf));
    if (invocation_switch(call, QUALIFIER)) return has_drive ? string_format("%.*s:", TEXT_ARGUMENT(drive)) : VALUE_UNSET_INIT;
    if (invocation_switch(call, NO_QUALIFIER)) return string_new(has_drive ? rest : path);
    if (invocation_switch(call, IS_ABSOLUTE)) return value_bool(path_is_absolute(path) || has_drive || (path.length && path.start[0] == '~'));
    struct text parent = path_parent(path);
    return string_new(text_equal(parent, TEXT("/")) ? TEXT_NONE : parent);
}

static enum status emit_split(struct invocation *call, struct text path) {
    struct bytes forward = {0};
    for (size_t i = 0; i < path.length; i++) bytes_add_byte(&forward, path.start[i] == '\\' ? '/' : path.start[i]);
    struct value part = split(call, bytes_text(&forward));
    bytes_free(&forward);
    if (part.kind != VALUE_UNSET) return invocation_emit_take(call, part);
    bool drive = invocation_switch(call, QUALIFIER);
    struct value target = string_new(path);
    enum status status = invocation_error(call, drive ? "System.FormatException" : "System.Management.Automation.PSArgumentException", drive ? "ParsePathFormatError" : "Argument",
                                          ERROR_INVALID_ARGUMENT, target, "'%s' has no such part.", string_chars(target));
    value_release(target);
    return status;
}

static enum status process(struct invocation *call) {
    bool literal = invocation_has(call, LITERAL);
    struct value paths = invocation_argument(call, literal ? LITERAL : PATH);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) {
        if (!invocation_switch(call, RESOLVE)) {
            status = emit_split(call, item_at(paths, i));
            continue;
        }
        struct item_list list;
        status = item_expand(call, item_at(paths, i), literal, false, &list);
        for (uint32_t f = 0; status == STATUS_OK && f < array_count(list.paths); f++) {
            struct text found = string_text(array_at(list.paths, f));
            status = item_exists(call, list.drive, found) ? emit_split(call, found) : item_not_found(call, list.drive, found);
        }
        value_release(list.paths);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Split-Path /srv/reports/users.csv", "/srv/reports."},
    {"Split-Path /srv/reports/users.csv -LeafBase", "users."},
};

CMDLET(split_path) = {
    .name = "Split-Path", .synopsis = "Gives one part of a path.",
    .description = "The parent unless another part is asked for. Nothing need be there.", PARAMETERS, .default_set = "ParentSet",
    .process = process, EXAMPLES,
};
