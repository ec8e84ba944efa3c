/* Comment-based help as objects of the shape that PowerShell's help has: Synopsis, Description, parameters.parameter,
 * examples.example and so on. Without a comment: name and syntax, made by Get-Help. */
#include "engine_private.h"

struct help {
    struct engine *engine;
    struct value object, examples, links, notes, inputs, outputs;
    struct value texts;            /* table: parameter's name → its .PARAMETER section */
};

static void put(struct engine *engine, struct value object, const char *name, struct value v) { object_put_take(engine->realm, object, name, v); }

/* [{Text=…}] */
static struct value paragraphs(struct engine *engine, struct text text) {
    struct value list = array_new(engine->realm, NULL, 1), item = object_new(engine->realm, NULL, 1);
    put(engine, item, "Text", string_new(text));
    array_push_take(list, item);
    return list;
}

/* Lines lose the blanks that all of them begin with. */
static struct value unindented(struct text text) {
    size_t least = SIZE_MAX;
    struct text rest = text, line;
    while (text_split_next(&rest, '\n', &line)) {
        size_t blanks = 0;
        while (blanks < line.length && (line.start[blanks] == ' ' || line.start[blanks] == '\t')) blanks++;
        if (!text_is_blank(line) && blanks < least) least = blanks;
    }
    struct bytes out = {0};
    rest = text;
    while (text_split_next(&rest, '\n', &line)) {
        if (out.length) bytes_add_byte(&out, '\n');
        bytes_add_text(&out, text_is_blank(line) ? TEXT_NONE : text_slice(line, least, line.length));
    }
    struct value v = string_new(text_trim(bytes_text(&out)));
    bytes_free(&out);
    return v;
}

/* "PS> code", then what it shows. */
static struct value example(struct help *help, struct text text) {
    struct engine *engine = help->engine;
    struct value object = object_new(engine->realm, NULL, 4), remarks = array_new(engine->realm, NULL, 5);
    size_t end = text_find_byte(text, '\n', 0);
    struct text code = end == TEXT_NOT_FOUND ? text : text_slice(text, 0, end), rest = end == TEXT_NOT_FOUND ? TEXT_NONE : text_trim(text_slice(text, end, text.length));
    if (text_starts_fold(code, TEXT("PS>"))) code = text_trim(text_slice(code, 3, code.length));
    put(engine, object, "introduction", paragraphs(engine, TEXT("PS > ")));
    put(engine, object, "code", string_new(code));
    for (int i = 0; i < 5; i++) {
        struct value item = object_new(engine->realm, NULL, 1);
        put(engine, item, "Text", string_new(i == 0 ? rest : TEXT_NONE));
        array_push_take(remarks, item);
    }
    put(engine, object, "remarks", remarks);
    put(engine, object, "title", string_format("-------------------------- EXAMPLE %u --------------------------", array_count(help->examples) + 1));
    return object;
}

static void visit(void *context, struct text keyword, struct text argument, struct text body) {
    struct help *help = context;
    struct engine *engine = help->engine;
    struct value text = unindented(body);
    if (text_equal_fold(keyword, TEXT("SYNOPSIS"))) put(engine, help->object, "Synopsis", value_keep(text));
    else if (text_equal_fold(keyword, TEXT("DESCRIPTION"))) put(engine, help->object, "description", paragraphs(engine, string_text(text)));
    else if (text_equal_fold(keyword, TEXT("NOTES"))) value_set(&help->notes, text);
    else if (text_equal_fold(keyword, TEXT("INPUTS"))) value_set(&help->inputs, text);
    else if (text_equal_fold(keyword, TEXT("OUTPUTS"))) value_set(&help->outputs, text);
    else if (text_equal_fold(keyword, TEXT("EXAMPLE"))) array_push_take(help->examples, example(help, string_text(text)));
    else if (text_equal_fold(keyword, TEXT("PARAMETER"))) {
        struct value key = string_new(argument);
        table_put(help->texts, key, text);
        value_release(key);
    } else if (text_equal_fold(keyword, TEXT("LINK"))) {
        struct value link = object_new(engine->realm, NULL, 1);
        bool is_address = text_find(string_text(text), TEXT("://"), 0) != TEXT_NOT_FOUND;
        put(engine, link, is_address ? "uri" : "linkText", value_keep(text));
        array_push_take(help->links, link);
    }
    value_release(text);
}

static struct value named_object(struct engine *engine, const char *name, struct value v) {
    struct value object = object_new(engine->realm, NULL, 1);
    put(engine, object, name, v);
    return object;
}

static struct value parameter_help(struct help *help, const struct parameter *parameter, const struct parameter_site *site) {
    struct engine *engine = help->engine;
    struct value object = object_new(engine->realm, NULL, 9);
    struct value *text = table_find_text(help->texts, parameter->spelling);
    struct bytes type = {0};
    const struct parameter_set_part *part = &parameter->parts[0];
    if (parameter->is_switch) bytes_add_string(&type, "SwitchParameter");
    else if (parameter->type) {
        struct text shown = type_display_name(parameter->type);
        bytes_add_text(&type, shown);
        if (type.length && type.data[0] >= 'a' && type.data[0] <= 'z') type.data[0] = (char)(type.data[0] - 'a' + 'A');
        if (text_equal(shown, TEXT("int"))) bytes_add_string(&type, "32");
    } else bytes_add_string(&type, "Object");
    put(engine, object, "defaultValue", site && site->has_default ? string_new(site->default_text) : string_of(parameter->is_switch ? "False" : ""));
    put(engine, object, "type", named_object(engine, "name", string_new(bytes_text(&type))));
    if (text) put(engine, object, "description", paragraphs(engine, string_text(*text)));
    put(engine, object, "parameterValue", string_new(bytes_text(&type)));
    put(engine, object, "name", string_new(parameter->spelling));
    put(engine, object, "required", string_of(part->flags & PARAMETER_MANDATORY ? "true" : "false"));
    put(engine, object, "globbing", string_of("false"));
    bool by_value = part->flags & PARAMETER_PIPELINE, by_name = part->flags & PARAMETER_BY_NAME;
    put(engine, object, "pipelineInput", string_of(by_value && by_name ? "true (ByValue, ByPropertyName)" : by_value ? "true (ByValue)" : by_name ? "true (ByPropertyName)" : "false"));
    put(engine, object, "position", part->position >= 0 ? string_format("%d", part->position + 1) : string_of("named"));
    bytes_free(&type);
    return object;
}

static struct value parameters_help(struct help *help, struct command *command, struct chunk *chunk) {
    struct value list = array_new(help->engine->realm, NULL, 4);
    const struct signature *signature = command->signature;
    for (uint32_t i = 0; signature && i < signature->count && i < chunk->parameter_count; i++)
        array_push_take(list, parameter_help(help, &signature->parameters[i], &chunk->parameters[i]));
    return named_object(help->engine, "parameter", list);
}

static struct value type_list(struct engine *engine, const char *item, struct value text) {
    return named_object(engine, item, named_object(engine, "type", named_object(engine, "name", text)));
}

static void finish(struct help *help, struct command *command, struct chunk *chunk, struct text name) {
    struct engine *engine = help->engine;
    put(engine, help->object, "Category", string_of(chunk->kind == CHUNK_SCRIPT ? "ExternalScript" : "Function"));
    put(engine, help->object, "ModuleName", command->module ? string_new(intern_text(engine->realm->names, command->module)) : string_empty());
    put(engine, help->object, "details", named_object(engine, "name", string_new(name)));
    put(engine, help->object, "parameters", parameters_help(help, command, chunk));
    if (array_count(help->examples)) put(engine, help->object, "examples", named_object(engine, "example", value_keep(help->examples)));
    if (array_count(help->links)) put(engine, help->object, "relatedLinks", named_object(engine, "navigationLink", value_keep(help->links)));
    if (help->inputs.kind == VALUE_STRING) put(engine, help->object, "inputTypes", type_list(engine, "inputType", value_keep(help->inputs)));
    if (help->outputs.kind == VALUE_STRING) put(engine, help->object, "returnValues", type_list(engine, "returnValue", value_keep(help->outputs)));
    if (help->notes.kind == VALUE_STRING) put(engine, help->object, "alertSet", named_object(engine, "alert", paragraphs(engine, string_text(help->notes))));
}

/* VALUE_UNSET: no comment. */
struct value command_help(struct host *host, struct command *command) {
    struct engine *engine = host->context;
    struct block *block = block_of(command->block);
    if (!block || !block->chunk->help.length) return VALUE_UNSET_INIT;
    struct realm *realm = engine->realm;
    struct help help = {.engine = engine, .object = object_new(realm, NULL, 16), .examples = array_new(realm, NULL, 2), .links = array_new(realm, NULL, 1),
                        .texts = table_new(realm, TABLE_ORDERED, true, NULL)};
    struct value names = array_new(realm, NULL, 2);
    array_push_take(names, string_of("MamlCommandHelpInfo"));
    array_push_take(names, string_of("HelpInfo"));
    object_block(help.object)->type_names = names;
    struct text name = command->kind == COMMAND_SCRIPT && command->path.kind == VALUE_STRING ? string_text(command->path) : command->spelling;
    put(engine, help.object, "Name", string_new(name));
    put(engine, help.object, "Synopsis", string_empty());
    parse_help(block->chunk->help, visit, &help);
    finish(&help, command, block->chunk, name);
    value_release(help.examples);
    value_release(help.links);
    value_release(help.notes);
    value_release(help.inputs);
    value_release(help.outputs);
    value_release(help.texts);
    return help.object;
}
