/* An engine without cmdlets, whose output and errors are gathered as text: values with a blank between, errors as !id. */
#ifndef M365SH_TESTS_VM_SUPPORT_H
#define M365SH_TESTS_VM_SUPPORT_H

#include "test.h"

#include "m365sh/pattern/regex.h"
#include "m365sh/pipeline/pipeline.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/string.h"
#include "m365sh/vm/vm.h"

struct shell {
    struct realm *realm;
    struct host host;
    struct engine *engine;
    struct bytes output;
};

static inline enum status shell_gather(void *context, struct value v) {
    struct shell *shell = context;
    if (shell->output.length) bytes_add_byte(&shell->output, ' ');
    convert_add_text(shell->realm, &shell->output, v);
    return STATUS_OK;
}

static inline void shell_add_error(struct shell *shell, struct value record) {
    struct value id = error_record_get(record, ERROR_ID);
    bytes_add_format(&shell->output, "%s!%s", shell->output.length ? " " : "", id.kind == VALUE_STRING ? string_chars(id) : "");
}

static inline enum status shell_gather_error(void *context, struct value v) {
    shell_add_error(context, v);
    return STATUS_OK;
}

static inline void shell_start(struct shell *shell) {
    *shell = (struct shell){.realm = realm_new()};
    types_start(shell->realm);
    shell->realm->patterns = pattern_cache_new();
    shell->host.realm = shell->realm;
    shell->host.commands = command_table_new(shell->realm, &pipeline_cmdlet_class);
    shell->engine = engine_new(shell->realm, &shell->host);
}

static inline void shell_stop(struct shell *shell) {
    engine_free(shell->engine);
    command_table_free(shell->host.commands);
    pattern_cache_free(shell->realm->patterns);
    shell->realm->patterns = NULL;
    types_stop(shell->realm);
    realm_free(shell->realm);
    bytes_free(&shell->output);
}

/* Runs a program in the global scope; what ended it stands behind as !id!. */
static inline struct text shell_run(struct shell *shell, const char *program) {
    struct source *source;
    struct fault fault = {0};
    struct diagnostic_list diagnostics = {0};
    struct value block;
    bytes_clear(&shell->output);
    assert_int_equal(source_new(TEXT_NONE, text_of(program), &source, &fault), STATUS_OK);
    assert_int_equal(engine_compile(shell->engine, source, &diagnostics, &block), STATUS_OK);
    struct stream_set streams = {.sinks = {[STREAM_OUTPUT] = {shell_gather, shell}, [STREAM_ERROR] = {shell_gather_error, shell}}};
    struct engine_run_options options = {.in_global_scope = true};
    bool succeeded;
    enum status status = engine_run(shell->engine, block, &options, &streams, &succeeded);
    if (status == STATUS_ERROR) {
        struct value record = realm_take_raised(shell->realm);
        shell_add_error(shell, record);
        bytes_add_string(&shell->output, "!");
        value_release(record);
    }
    value_release(block);
    source_release(source);
    diagnostic_list_free(&diagnostics);
    return bytes_text(&shell->output);
}

#define assert_runs(program, expected) assert_text(shell_run(&shell, program), expected)

#endif
