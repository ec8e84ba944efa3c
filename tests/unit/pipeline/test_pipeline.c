#include "test.h"

#include "m365sh/pattern/regex.h"
#include "m365sh/pipeline/pipeline.h"
#include "m365sh/value/array.h"
#include "m365sh/value/string.h"

/* Cmdlets that write down what happens to them: "a" passes on, "two" wants two items only. The journal hangs on the host. */
static struct bytes *journal_of(struct invocation *call) {
    return (struct bytes *)call->host->context;
}

static enum status note(struct invocation *call, const char *what) {
    bytes_add_format(journal_of(call), "%.*s.%s ", TEXT_ARGUMENT(call->command->spelling), what);
    return STATUS_OK;
}
static enum status begin(struct invocation *call) { return note(call, "begin"); }
static enum status end(struct invocation *call) { return note(call, "end"); }
static void clean(struct invocation *call) { note(call, "clean"); }
static enum status pass(struct invocation *call) {
    note(call, "process");
    return invocation_emit(call, invocation_argument(call, 0));
}
struct two { int taken; };
static enum status take_two(struct invocation *call) {
    struct two *state = call->state;
    enum status status = invocation_emit(call, invocation_argument(call, 0));
    return status == STATUS_OK && ++state->taken == 2 ? STATUS_STOP : status;
}
static enum status break_down(struct invocation *call) {
    return invocation_throw(call, "System.InvalidOperationException", "Broken", ERROR_INVALID_OPERATION, value_null(), "It broke.");
}

static const struct parameter_row input_row[] = {{"InputObject", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "x"}};
static const struct cmdlet_row row_a = {.name = "a", .parameters = input_row, .parameter_count = 1, .begin = begin, .process = pass, .end = end, .clean = clean};
static const struct cmdlet_row row_two = {.name = "two", .parameters = input_row, .parameter_count = 1, .state_size = sizeof(struct two),
                                          .begin = begin, .process = take_two, .end = end, .clean = clean};
static const struct cmdlet_row row_fail = {.name = "fail", .parameters = input_row, .parameter_count = 1, .begin = begin, .process = break_down, .end = end, .clean = clean};
static const struct cmdlet_row *const rows[] = {&row_a, &row_two, &row_fail};

struct world {
    struct realm *realm;
    struct host host;
    struct bytes journal;
    struct collector out;
};

static void start(struct world *w) {
    *w = (struct world){.realm = realm_new()};
    realm_set_stack(w->realm);
    types_start(w->realm);
    w->host = (struct host){.context = &w->journal, .realm = w->realm, .commands = command_table_new(w->realm, &pipeline_cmdlet_class)};
    command_table_add_rows(w->host.commands, rows, 3);
    w->out.realm = w->realm;
}

static void stop(struct world *w) {
    collector_free(&w->out);
    bytes_free(&w->journal);
    command_table_free(w->host.commands);
    types_stop(w->realm);
    realm_free(w->realm);
}

static enum status run(struct world *w, const char *first, const char *second, int items) {
    const char *const names[2] = {first, second};
    struct stage stages[2] = {{0}};
    for (int i = 0; i < 2; i++) stages[i].command = command_table_find(w->host.commands, intern_name(w->realm->names, text_of(names[i])));
    struct value source = array_new(w->realm, NULL, 8);
    for (int i = 1; i <= items; i++) array_push_take(source, value_int32(i));
    struct pipeline_input input = {.source = source, .has_source = true};
    struct stream_set streams = {.sinks = {[STREAM_OUTPUT] = collector_emitter(&w->out)}};
    bool succeeded;
    enum status status = pipeline_run(w->realm, &w->host, stages, 2, &input, &streams, &succeeded);
    value_release(source);
    return status;
}

static void each_item_reaches_the_end_before_the_next(void **state) {
    (void)state;
    struct world w;
    start(&w);
    assert_int_equal(run(&w, "a", "a", 2), STATUS_OK);
    assert_bytes(&w.journal, "a.begin a.begin a.process a.process a.process a.process a.end a.end a.clean a.clean ");
    assert_int_equal(w.out.count, 2);
    stop(&w);
}

static void a_stop_ends_the_stages_before_it_only(void **state) {
    (void)state;
    struct world w;
    start(&w);
    assert_int_equal(run(&w, "a", "two", 1000), STATUS_OK);
    assert_bytes(&w.journal, "a.begin two.begin a.process a.process two.end a.clean two.clean ");
    assert_int_equal(w.out.count, 2);
    stop(&w);
}

static void an_error_ends_all_but_cleans(void **state) {
    (void)state;
    struct world w;
    start(&w);
    assert_int_equal(run(&w, "a", "fail", 3), STATUS_ERROR);
    assert_bytes(&w.journal, "a.begin fail.begin a.process a.clean fail.clean ");
    struct value record = realm_take_raised(w.realm);
    assert_text(string_text(error_record_get(record, ERROR_ID)), "Broken,Microsoft.PowerShell.Commands.failCommand");
    value_release(record);
    stop(&w);
}

static void one_value_is_itself_and_several_are_an_array(void **state) {
    (void)state;
    struct world w;
    start(&w);
    struct value v = collector_take(&w.out);
    assert_int_equal(v.kind, VALUE_VOID);
    struct emitter sink = collector_emitter(&w.out);
    sink.emit(sink.context, value_int32(1));
    v = collector_take(&w.out);
    assert_int_equal(v.kind, VALUE_INT32);
    sink.emit(sink.context, value_int32(1));
    sink.emit(sink.context, value_int32(2));
    v = collector_take(&w.out);
    assert_int_equal(v.kind, VALUE_ARRAY);
    value_release(v);
    stop(&w);
}

TEST_GROUP(pipeline, cmocka_unit_test(each_item_reaches_the_end_before_the_next), cmocka_unit_test(a_stop_ends_the_stages_before_it_only),
           cmocka_unit_test(an_error_ends_all_but_cleans), cmocka_unit_test(one_value_is_itself_and_several_are_an_array))
