#include "app_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "m365sh/base/file.h"
#include "m365sh/base/path.h"
#include "m365sh/limits.h"
#include "m365sh/syntax/parse.h"

static int refuse_source(struct fault *fault) {
    fprintf(stderr, "m365sh: %s\n", fault->message ? fault->message : "the program cannot be read");
    fault_clear(fault);
    return EXIT_FAILED;
}

static void print_token(void *context, const struct token_view *token) {
    struct source *source = context;
    uint32_t line, column;
    source_position(source, token->span.start, &line, &column);
    struct text text = source_slice(source, token->span);
    size_t end = text_find_byte(text, '\n', 0);
    if (end != TEXT_NOT_FOUND) text.length = end;
    printf("%u:%u %s %.*s\n", line, column, token->kind, TEXT_ARGUMENT(text));
}

static int dump_tree(struct source *source) {
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    parse_program(source, &tree, &diagnostics);
    struct bytes text = {0};
    tree_dump(&text, &tree);
    for (size_t i = 0; i < diagnostics.count; i++) {
        diagnostic_add_line(&text, source, &diagnostics.items[i]);
        bytes_add_byte(&text, '\n');
    }
    fwrite(text.data ? text.data : "", 1, text.length, stdout);
    int code = diagnostic_any_error(&diagnostics) ? EXIT_FAILED : EXIT_DONE;
    bytes_free(&text);
    diagnostic_list_free(&diagnostics);
    tree_free(&tree);
    return code;
}

static int dump_bytecode(struct session *session, struct source *source) {
    struct diagnostic_list diagnostics = {0};
    struct value block;
    if (engine_compile(session_engine(session), source, &diagnostics, &block) != STATUS_OK) {
        diagnostic_list_free(&diagnostics);
        return dump_tree(source);
    }
    struct bytes text = {0};
    engine_dump(session_engine(session), block, &text);
    fwrite(text.data ? text.data : "", 1, text.length, stdout);
    bytes_free(&text);
    value_release(block);
    diagnostic_list_free(&diagnostics);
    return EXIT_DONE;
}

static int dump(const struct app_options *options, struct session *session, struct source *source) {
    if (strcmp(options->dump, "tokens") == 0) {
        parse_tokens(source, print_token, source);
        return EXIT_DONE;
    }
    if (strcmp(options->dump, "ast") == 0) return dump_tree(source);
    if (strcmp(options->dump, "bytecode") == 0) return dump_bytecode(session, source);
    fprintf(stderr, "m365sh: --dump knows tokens, ast and bytecode, not %s\n", options->dump);
    return EXIT_USAGE;
}

/* Runs one source in a session of its own. The source is released. */
static int run_source(const struct app_options *options, struct source *source, const char *script_path, bool last_decides) {
    struct session_options session_options;
    if (!options_to_session(options, &session_options)) {
        source_release(source);
        return EXIT_USAGE;
    }
    struct session *session = session_new(&session_options);
    int code;
    if (options->dump) {
        code = dump(options, session, source);
    } else {
        struct session_program program = {.source = source, .script_path = script_path, .arguments = options->rest,
                                          .argument_count = options->rest_count, .last_status_decides = last_decides};
        code = session_run(session, &program);
    }
    session_free(session);
    source_release(source);
    return code;
}

int run_command(const struct app_options *options) {
    struct source *source;
    struct fault fault = {0};
    if (source_new(TEXT_NONE, text_of(options->command), &source, &fault) != STATUS_OK) return refuse_source(&fault);
    return run_source(options, source, NULL, true);
}

int run_script(const struct app_options *options) {
    struct source *source;
    struct fault fault = {0};
    char *folder = getcwd(NULL, 0);
    struct bytes path = {0};
    path_resolve(text_of(options->file), text_of(folder ? folder : "/"), &path);
    free(folder);
    int code;
    if (source_read(path.data, &source, &fault) != STATUS_OK) code = refuse_source(&fault);
    else code = run_source(options, source, path.data, false);
    bytes_free(&path);
    return code;
}

int run_input(const struct app_options *options) {
    struct source *source;
    struct fault fault = {0};
    struct bytes text = {0};
    enum status status = file_read_descriptor(STDIN_FILENO, LIMIT_SOURCE_BYTES, &text, &fault);
    if (status == STATUS_OK) status = source_new(TEXT("standard input"), bytes_text(&text), &source, &fault);
    bytes_free(&text);
    return status == STATUS_OK ? run_source(options, source, NULL, true) : refuse_source(&fault);
}
