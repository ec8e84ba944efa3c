#include "session_private.h"

#include "m365sh/base/alloc.h"
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/base/file.h"
#include "m365sh/source/excerpt.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/string.h"

/* Each diagnostic: place, id, sentence, then the line with marks. */
static void show_diagnostics(struct session *session, struct source *source, const struct diagnostic_list *diagnostics) {
    struct bytes text = {0};
    for (size_t i = 0; i < diagnostics->count; i++) {
        diagnostic_add_line(&text, source, &diagnostics->items[i]);
        bytes_add_byte(&text, '\n');
        excerpt_add(&text, source, diagnostics->items[i].span, (size_t)output_width());
    }
    if (diagnostics->dropped) bytes_add_format(&text, "and %zu more\n", diagnostics->dropped);
    enum status status = output_print_error(session, bytes_text(&text));
    (void)status;
    bytes_free(&text);
}

/* What stands on the command line behind a script: -Name and -Name:value are names, the rest values. */
static struct argument *read_arguments(const struct session_program *program) {
    struct argument *arguments = ALLOC_ARRAY(struct argument, program->argument_count + 1);
    for (size_t i = 0; i < program->argument_count; i++) {
        struct text word = text_of(program->arguments[i]);
        struct argument *argument = &arguments[i];
        bool is_name = word.length > 1 && word.start[0] == '-' && ((word.start[1] | 0x20) >= 'a' && (word.start[1] | 0x20) <= 'z');
        size_t colon = is_name ? text_find_byte(word, ':', 0) : TEXT_NOT_FOUND;
        *argument = (struct argument){.kind = ARGUMENT_VALUE};
        if (!is_name) {
            argument->value = string_new(word);
        } else if (colon == TEXT_NOT_FOUND) {
            argument->kind = ARGUMENT_NAME;
            argument->name = text_slice(word, 1, word.length);
        } else {
            struct text value = text_slice(word, colon + 1, word.length);
            argument->kind = ARGUMENT_NAME_VALUE;
            argument->name = text_slice(word, 1, colon - 1);
            if (text_equal_fold(value, TEXT("$true"))) argument->value = value_bool(true);
            else if (text_equal_fold(value, TEXT("$false"))) argument->value = value_bool(false);
            else argument->value = string_new(value);
        }
    }
    return arguments;
}

static int exit_code_of(struct session *session) {
    struct value v = session->realm->exit_value;
    int32_t code = 0;
    if (value_is_nothing(v)) return 0;
    if (convert_to_int32(session->realm, v, &code) != STATUS_OK) {
        value_release(realm_take_raised(session->realm));
        return 1;
    }
    return code & 0xff;
}

/* A run's status as an exit code; an error that ended it is shown. */
static int finish(struct session *session, enum status status, bool succeeded, bool last_status_decides) {
    enum status ended = output_end(session);
    int changes = connect_outcome(session);
    if (changes == EXIT_DONE && session->question_unanswered) changes = EXIT_REFUSED;
    switch (status) {
    case STATUS_ERROR: {
        struct value record = realm_take_raised(session->realm);
        output_error(session, record);
        int code = connect_failure(session, record);
        value_release(record);
        return code;
    }
    case STATUS_EXIT: return exit_code_of(session);
    case STATUS_INTERRUPTED: return EXIT_INTERRUPTED;
    default: break;
    }
    if (session->output.closed || ended == STATUS_ERROR) return EXIT_FAILED;
    if (changes != EXIT_DONE) return changes;
    return last_status_decides && !succeeded ? EXIT_FAILED : EXIT_DONE;
}

int session_run(struct session *session, const struct session_program *program) {
    struct diagnostic_list diagnostics = {0};
    struct value block;
    enum status status = engine_compile(session->engine, program->source, &diagnostics, &block);
    if (status != STATUS_OK) {
        show_diagnostics(session, program->source, &diagnostics);
        diagnostic_list_free(&diagnostics);
        return EXIT_FAILED;
    }
    diagnostic_list_free(&diagnostics);
    struct argument *arguments = read_arguments(program);
    struct engine_run_options options = {
        .script_path = program->script_path ? text_of(program->script_path) : TEXT_NONE,
        .arguments = arguments,
        .argument_count = (uint32_t)program->argument_count,
        .in_global_scope = program->script_path == NULL,
    };
    struct stream_set streams = output_streams(session);
    bool succeeded = true;
    status = engine_run(session->engine, block, &options, &streams, &succeeded);
    value_release(block);
    int code = finish(session, status, succeeded, program->last_status_decides);
    for (size_t i = 0; i < program->argument_count; i++) value_release(arguments[i].value);
    alloc_free(arguments);
    return code;
}

bool session_run_line(struct session *session, struct source *source, int *code) {
    struct diagnostic_list diagnostics = {0};
    struct value block;
    if (engine_compile(session->engine, source, &diagnostics, &block) != STATUS_OK) {
        show_diagnostics(session, source, &diagnostics);
        diagnostic_list_free(&diagnostics);
        return true;
    }
    diagnostic_list_free(&diagnostics);
    struct engine_run_options options = {.in_global_scope = true};
    struct stream_set streams = output_streams(session);
    bool succeeded = true;
    enum status status = engine_run(session->engine, block, &options, &streams, &succeeded);
    value_release(block);
    *code = finish(session, status, succeeded, false);
    if (status == STATUS_INTERRUPTED) interrupt_clear();
    return status != STATUS_EXIT;
}

void session_run_profile(struct session *session) {
    if (session->options.no_profile) return;
    struct bytes path = {0};
    path_of_place(PATH_CONFIGURATION, &path);
    bytes_add_string(&path, "/profile.m365");
    struct source *source = NULL;
    struct fault fault = {0};
    if (file_exists(path.data) && source_read(path.data, &source, &fault) == STATUS_OK) {
        int code;
        session_run_line(session, source, &code);
        source_release(source);
    }
    fault_clear(&fault);
    bytes_free(&path);
}
