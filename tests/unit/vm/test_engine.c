#include "test.h"

#include "m365sh/pattern/regex.h"
#include "m365sh/pipeline/pipeline.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/string.h"
#include "m365sh/vm/vm.h"

struct world {
    struct realm *realm;
    struct host host;
    struct engine *engine;
    struct collector out, errors;
};

static void start(struct world *w) {
    *w = (struct world){.realm = realm_new()};
    realm_set_stack(w->realm);
    types_start(w->realm);
    w->realm->patterns = pattern_cache_new();
    w->host = (struct host){.realm = w->realm, .commands = command_table_new(w->realm, &pipeline_cmdlet_class)};
    w->engine = engine_new(w->realm, &w->host);
    w->out.realm = w->errors.realm = w->realm;
}

static void stop(struct world *w) {
    collector_free(&w->out);
    collector_free(&w->errors);
    engine_free(w->engine);
    command_table_free(w->host.commands);
    pattern_cache_free(w->realm->patterns);
    w->realm->patterns = NULL;
    types_stop(w->realm);
    realm_free(w->realm);
}

static enum status run(struct world *w, const char *program) {
    struct source *source;
    struct diagnostic_list diagnostics = {0};
    struct value block;
    assert_int_equal(source_new(TEXT_NONE, text_of(program), &source, NULL), STATUS_OK);
    assert_int_equal(engine_compile(w->engine, source, &diagnostics, &block), STATUS_OK);
    source_release(source);
    diagnostic_list_free(&diagnostics);
    struct stream_set streams = {.sinks = {[STREAM_OUTPUT] = collector_emitter(&w->out), [STREAM_ERROR] = collector_emitter(&w->errors)}};
    struct engine_run_options options = {.in_global_scope = true};
    bool succeeded;
    enum status status = engine_run(w->engine, block, &options, &streams, &succeeded);
    value_release(block);
    return status;
}

static void assert_output(const char *program, const char *expected) {
    struct world w;
    start(&w);
    assert_int_equal(run(&w, program), STATUS_OK);
    struct value all = collector_take_array(&w.out), text = convert_text(w.realm, all);
    assert_string_equal(string_chars(text), expected);
    value_release(text);
    value_release(all);
    stop(&w);
}

static void values_reach_the_output_one_by_one(void **state) {
    (void)state;
    assert_output("1 + 1; 'a', 'b'; $x = 5; $x * 2", "2 a b 10");
    assert_output("function f($n) { if ($n -lt 2) { return $n }; (f ($n - 1)) + (f ($n - 2)) }; f 15", "610");
    assert_output("$s = 0; foreach ($i in 1..10) { if ($i -eq 3) { continue }; if ($i -eq 6) { break }; $s += $i }; $s", "12");
}

static void a_statements_error_does_not_end_the_program(void **state) {
    (void)state;
    struct world w;
    start(&w);
    assert_int_equal(run(&w, "1; 1 / 0; 2"), STATUS_OK);
    assert_int_equal(w.out.count, 2);
    assert_int_equal(w.errors.count, 1);
    assert_text(string_text(error_record_get(w.errors.items[0], ERROR_ID)), "RuntimeException");
    stop(&w);
}

static void throw_ends_it_and_catch_does_not_let_it(void **state) {
    (void)state;
    struct world w;
    start(&w);
    assert_int_equal(run(&w, "1; throw 'x'; 2"), STATUS_ERROR);
    assert_int_equal(w.out.count, 1);
    value_release(realm_take_raised(w.realm));
    stop(&w);
    assert_output("try { throw 'x' } catch { \"caught $_\" } finally { 'last' }", "caught x last");
}

static void endless_recursion_is_an_error(void **state) {
    (void)state;
    assert_output("function f { f }; try { f } catch { $_.FullyQualifiedErrorId }", "CallDepthOverflow");
}

static void cycles_are_collected(void **state) {
    (void)state;
    struct world w;
    start(&w);
    assert_int_equal(run(&w, "for ($i = 0; $i -lt 100000; $i++) { $h = @{}; $h.self = $h }"), STATUS_OK);
    assert_true(heap_live_containers(w.realm->heap) < 60000);
    stop(&w);
}

TEST_GROUP(engine, cmocka_unit_test(values_reach_the_output_one_by_one), cmocka_unit_test(a_statements_error_does_not_end_the_program),
           cmocka_unit_test(throw_ends_it_and_catch_does_not_let_it), cmocka_unit_test(endless_recursion_is_an_error),
           cmocka_unit_test(cycles_are_collected))
