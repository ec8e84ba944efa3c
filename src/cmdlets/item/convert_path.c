#include "item_rows_private.h"

enum { PATH, LITERAL };

static const struct parameter_row parameter_rows[] = {ROW_PATH("What is there; wildcards are allowed."), ROW_LITERAL};

static enum status emit_found(struct invocation *call, enum item_drive drive, struct text path) {
    (void)drive;
    return invocation_emit_take(call, string_new(path));
}

static enum status process(struct invocation *call) {
    static const struct item_parameters which = {PATH, LITERAL, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, NO_PARAMETER, false};
    return item_each(call, &which, emit_found);
}

static const struct example_row example_rows[] = {
    {"Convert-Path ~", "The home folder as the system writes it."},
    {"Convert-Path .", "The current location as text."},
};

CMDLET(convert_path) = {
    .name = "Convert-Path", .aliases = "cvpa", .synopsis = "Gives a path as the system writes it.",
    .description = "A text for each item found, for programs that know nothing of drives.", PARAMETERS, .default_set = "Path",
    .process = process, EXAMPLES,
};
