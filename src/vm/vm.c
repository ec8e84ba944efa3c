#include "engine_private.h"

#include <sys/mman.h>
#include <unistd.h>
#include "m365sh/version.h"

#define STACK_BYTES ((size_t)64 << 20) /* reserved, touched as calls nest */

static void start_stack(struct engine *engine) {
    void *memory = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return;
    engine->stack = engine->stack_next = memory;
    engine->stack_end = engine->stack + STACK_BYTES;
}

struct engine *engine_new(struct realm *realm, struct host *host) {
    struct engine *engine = ALLOC_NEW(struct engine);
    engine->realm = realm;
    engine->host = host;
    engine->null = value_null();
    engine->succeeded = true;
    engine->epoch = 1;
    start_stack(engine);
    static const struct stream_set nowhere;
    engine->streams = &nowhere;
    scope_open(&engine->global, NULL, NULL, NULL);
    engine->errors = list_new(realm, type_find(realm, TEXT("System.Collections.ArrayList")), 0);
    engine->callables = (struct callable_host){engine, block_call, block_text};
    realm->callables = &engine->callables;
    host_start(engine);
    class_start(engine);
    variables_start(engine);
    return engine;
}

void engine_free(struct engine *engine) {
    if (!engine) return;
    scope_close(engine, &engine->global);
    modules_stop(engine);
    value_release(engine->underscore);
    value_release(engine->errors);
    value_release(engine->written);
    name_table_free(&engine->classes, NULL);
    name_table_free(&engine->automatic_types, NULL);
    for (uint32_t i = 0; i < engine->namespace_count; i++) alloc_free((char *)engine->namespaces[i].start);
    alloc_free(engine->namespaces);
    condition_stop(engine);
    heap_collect_all(engine->realm->heap);
    class_stop(engine);
    if (engine->stack) munmap(engine->stack, STACK_BYTES);
    engine->realm->callables = NULL;
    alloc_free(engine);
}

enum status engine_compile(struct engine *engine, struct source *source, struct diagnostic_list *diagnostics, struct value *block) {
    struct chunk *chunk = block_compile(engine, source, COMPILE_SCRIPT, diagnostics);
    if (!chunk) return STATUS_ERROR;
    *block = block_new(engine, chunk, NULL);
    chunk_release(chunk);
    return STATUS_OK;
}

enum status engine_run(struct engine *engine, struct value block, const struct engine_run_options *options,
                       const struct stream_set *streams, bool *succeeded) {
    engine->streams = streams;
    engine->succeeded = true;
    engine->fatal = false;
    enum status status = requires_check(engine, block_of(block)->chunk->source);
    if (status != STATUS_OK) {
        *succeeded = false;
        return status;
    }
    struct text name = options->script_path.length ? options->script_path : source_name(block_of(block)->chunk->source);
    struct command *command = command_of_block(engine, block, path_leaf(name), COMMAND_SCRIPT);
    /* A program runs in the global scope, files too: so does `pwsh -File`. */
    command->class_of = &program_class;
    struct stage stage = {.command = command, .called_as = name, .arguments = options->arguments, .argument_count = options->argument_count};
    struct pipeline_input input = {.source = options->input, .has_source = options->input.kind == VALUE_ARRAY};
    bool ran = false;
    status = pipeline_run(engine->realm, engine->host, &stage, 1, &input, streams, &ran);
    command_release(command);
    if (status == STATUS_BREAK || status == STATUS_CONTINUE || status == STATUS_RETURN || status == STATUS_STOP) status = STATUS_OK;
    if (status == STATUS_ERROR) {
        error_remember(engine, engine->realm->raised);
        engine->succeeded = false;
    }
    *succeeded = engine->succeeded;
    return status;
}

void engine_dump(struct engine *engine, struct value block, struct bytes *out) {
    (void)engine;
    disassemble(out, block_of(block)->chunk);
    struct bytes problem = {0};
    if (!verify_chunk(block_of(block)->chunk, &problem)) bytes_add_format(out, "does not verify: %s\n", problem.data);
    bytes_free(&problem);
}

void engine_set_global(struct engine *engine, const char *name, struct value v) {
    name_id id = intern_name(engine->realm->names, text_of(name));
    if (scope_assign_take(engine, &engine->global, id, value_keep(v)) != STATUS_OK) value_release(realm_take_raised(engine->realm));
}
