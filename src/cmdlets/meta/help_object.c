#include "help_object_private.h"

#include "m365sh/pattern/wildcard.h"

void help_add_heading(struct bytes *out, const char *heading) {
    bytes_add_format(out, "%s%s\n", out->length ? "\n" : "", heading);
}

static void add_line(struct bytes *out, struct text text, size_t indent) {
    size_t column = 0;
    struct text word;
    while (text_split_next(&text, ' ', &word)) {
        if (!word.length) continue;
        if (column && indent + column + 1 + word.length > 80) {
            bytes_add_byte(out, '\n');
            column = 0;
        }
        bytes_add_repeat(out, ' ', column ? 1 : indent);
        bytes_add_text(out, word);
        column += word.length + 1;
    }
    bytes_add_byte(out, '\n');
}

void help_add_wrapped(struct bytes *out, struct text text, size_t indent) {
    struct text line;
    while (text_split_next(&text, '\n', &line)) add_line(out, line, indent);
}

static void set_type_names(struct invocation *call, struct value object, const char *first) {
    struct value names = array_new(call->realm, NULL, 2);
    array_push_take(names, string_of(first));
    array_push_take(names, string_of("HelpInfo"));
    value_set_take(&object_block(object)->type_names, names);
}

static void set_text(struct invocation *call, struct value object, struct text text) {
    struct value shown = string_new(text);
    object_add(call->realm, object, TEXT("HelpText"), MEMBER_HIDDEN, shown);
    value_release(shown);
}

struct value help_object_of_text(struct invocation *call, struct command *command, struct text synopsis, struct text text) {
    struct value object = object_new(call->realm, NULL, 8);
    struct bytes syntax = {0};
    command_info_add_syntax(call, &syntax, command);
    object_put_take(call->realm, object, "Name", string_new(command->spelling));
    object_put_take(call->realm, object, "Category", string_of(command_info_kind(command)));
    object_put_take(call->realm, object, "Synopsis", string_new(synopsis.length ? synopsis : bytes_text(&syntax)));
    object_put_take(call->realm, object, "Syntax", string_from_bytes(&syntax));
    object_put_take(call->realm, object, "ModuleName", string_of(command->row ? "m365sh" : ""));
    bytes_free(&syntax);
    set_type_names(call, object, "ExtendedCmdletHelpInfo");
    set_text(call, object, text);
    return object;
}

/* --- comment-based help ---------------------------------------------------------------------------------------------- */
static struct value part(struct invocation *call, struct value object, const char *name) {
    struct value base = value_base(object), *found = base.kind == VALUE_OBJECT ? object_find_text(call->realm, base, text_of(name)) : NULL;
    return found ? *found : value_null();
}

static struct text text_part(struct invocation *call, struct value object, const char *name) {
    struct value v = part(call, object, name);
    return v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE;
}

static uint32_t count_of(struct value list) { return value_is_array_like(list) ? array_count(list) : 0; }

static void add_paragraphs(struct invocation *call, struct bytes *out, struct value list) {
    for (uint32_t i = 0; i < count_of(list); i++) {
        struct text text = text_part(call, array_at(list, i), "Text");
        if (text.length) help_add_wrapped(out, text, 4);
    }
}

static void add_one_parameter(struct invocation *call, struct bytes *out, struct value parameter, bool full) {
    bytes_add_format(out, "    -%.*s <%.*s>\n", TEXT_ARGUMENT(text_part(call, parameter, "name")), TEXT_ARGUMENT(text_part(call, parameter, "parameterValue")));
    add_paragraphs(call, out, part(call, parameter, "description"));
    if (!full) return;
    static const char *const rows[][2] = {{"Required?", "required"}, {"Position?", "position"}, {"Default value", "defaultValue"},
                                          {"Accept pipeline input?", "pipelineInput"}, {"Accept wildcard characters?", "globbing"}};
    bytes_add_byte(out, '\n');
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        bytes_add_format(out, "        %-28s %.*s\n", rows[i][0], TEXT_ARGUMENT(text_part(call, parameter, rows[i][1])));
}

static void add_examples(struct invocation *call, struct bytes *out, struct value help) {
    struct value list = part(call, part(call, help, "examples"), "example");
    if (count_of(list)) help_add_heading(out, "EXAMPLES");
    for (uint32_t i = 0; i < count_of(list); i++) {
        struct value example = array_at(list, i);
        bytes_add_format(out, "%s    PS> %.*s\n", i ? "\n" : "", TEXT_ARGUMENT(text_part(call, example, "code")));
        add_paragraphs(call, out, part(call, example, "remarks"));
    }
}

static void add_section(struct invocation *call, struct bytes *out, const char *heading, struct value paragraphs) {
    if (!count_of(paragraphs)) return;
    help_add_heading(out, heading);
    add_paragraphs(call, out, paragraphs);
}

static void add_links(struct invocation *call, struct bytes *out, struct value help) {
    struct value list = part(call, part(call, help, "relatedLinks"), "navigationLink");
    if (count_of(list)) help_add_heading(out, "RELATED LINKS");
    for (uint32_t i = 0; i < count_of(list); i++) {
        struct text uri = text_part(call, array_at(list, i), "uri");
        help_add_wrapped(out, uri.length ? uri : text_part(call, array_at(list, i), "linkText"), 4);
    }
}

void help_object_describe(struct invocation *call, struct value help, struct command *command, enum help_parts parts) {
    static const char *const types[] = {"MamlCommandHelpInfo", "MamlCommandHelpInfo#ExamplesView", "MamlCommandHelpInfo#DetailedView", "MamlCommandHelpInfo#FullView"};
    struct bytes text = {0}, syntax = {0};
    help_add_heading(&text, "NAME");
    help_add_wrapped(&text, text_part(call, help, "Name"), 4);
    help_add_heading(&text, "SYNOPSIS");
    help_add_wrapped(&text, text_part(call, help, "Synopsis"), 4);
    if (parts != HELP_EXAMPLES) {
        help_add_heading(&text, "SYNTAX");
        command_info_add_syntax(call, &syntax, command);
        help_add_wrapped(&text, bytes_text(&syntax), 4);
        add_section(call, &text, "DESCRIPTION", part(call, help, "description"));
    }
    struct value parameters = part(call, part(call, help, "parameters"), "parameter");
    if (parts >= HELP_DETAILED && count_of(parameters)) help_add_heading(&text, "PARAMETERS");
    for (uint32_t i = 0; parts >= HELP_DETAILED && i < count_of(parameters); i++) add_one_parameter(call, &text, array_at(parameters, i), parts == HELP_FULL);
    if (parts != HELP_SHORT) add_examples(call, &text, help);
    if (parts == HELP_FULL) add_section(call, &text, "NOTES", part(call, part(call, help, "alertSet"), "alert"));
    if (parts != HELP_EXAMPLES) add_links(call, &text, help);
    set_type_names(call, help, types[parts]);
    set_text(call, help, bytes_text(&text));
    struct value description = part(call, help, "description");
    for (uint32_t i = 0; i < count_of(description); i++) {
        set_type_names(call, array_at(description, i), "MamlParaTextItem");
        set_text(call, array_at(description, i), text_part(call, array_at(description, i), "Text"));
    }
    bytes_free(&text);
    bytes_free(&syntax);
}

static bool fits(struct value patterns, struct text name) {
    patterns = value_base(patterns);
    for (uint32_t i = 0; i < count_of(patterns); i++) {
        if (wildcard_match(string_text(array_at(patterns, i)), name, true)) return true;
    }
    return false;
}

enum status help_object_parameters(struct invocation *call, struct value help, struct value patterns) {
    struct value list = part(call, part(call, help, "parameters"), "parameter");
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count_of(list) && status == STATUS_OK; i++) {
        struct value parameter = array_at(list, i);
        if (!fits(patterns, text_part(call, parameter, "name"))) continue;
        struct bytes text = {0};
        add_one_parameter(call, &text, parameter, true);
        set_type_names(call, parameter, "MamlCommandHelpInfo#parameter");
        set_text(call, parameter, bytes_text(&text));
        bytes_free(&text);
        status = invocation_emit(call, parameter);
    }
    return status;
}
