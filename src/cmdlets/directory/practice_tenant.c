/* Reset-PracticeTenant, Set-PracticeTenant, Get-PracticeTenant: the controls that only the practice tenant has. */
#include "directory_private.h"

static enum status need_practice(struct invocation *call) {
    struct graph_client *client = directory_client(call);
    enum status status = graph_client_connect(client);
    if (status != STATUS_OK || graph_client_account(client)->is_practice) return status;
    /* A practice tenant served elsewhere has the controls too; a real tenant answers that it does not know them. */
    struct text graph = text_of(graph_client_account(client)->graph);
    if (text_find(graph, TEXT("localhost"), 0) != TEXT_NOT_FOUND || text_find(graph, TEXT("127.0.0.1"), 0) != TEXT_NOT_FOUND) return STATUS_OK;
    return invocation_throw(call, "System.InvalidOperationException", "NotPractice", ERROR_INVALID_OPERATION, value_null(),
                            "The current tenant is a real one; only the practice tenant can be reset or set. Disconnect-Tenant goes back to it.");
}

static enum status control(struct invocation *call, const char *path, struct text body, struct value *answer) {
    struct graph_watch watch = directory_watch(call);
    const struct graph_request request = {.method = "POST", .version = "", .path = text_of(path), .body = body, .watch = &watch};
    return change_control(directory_services(call)->changes, &request, answer);
}

static enum status emit_description(struct invocation *call) {
    struct graph_watch watch = directory_watch(call);
    const struct graph_request request = {.method = "GET", .version = "", .path = TEXT("practice"), .outside_lane = true, .watch = &watch};
    struct graph_client *client = directory_client(call);
    struct value answer;
    enum status status = graph_fetch(client, &request, &answer);
    if (status != STATUS_OK) return status;
    answer = decode_object_take(graph_client_decoder(client), GRAPH_OTHER, "M365.PracticeTenant", answer, graph_client_generation(client));
    return invocation_emit_take(call, answer);
}

static void add_number(struct bytes *body, const char *name, int64_t number) {
    bytes_add_format(body, "%s\"%s\":%lld", body->length > 1 ? "," : "", name, (long long)number);
}

static void add_word(struct bytes *body, const char *name, struct text word) {
    struct bytes lower = {0};
    for (size_t i = 0; i < word.length; i++) {
        char c = word.start[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        if (plain) bytes_add_byte(&lower, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
    bytes_add_format(body, "%s\"%s\":\"%s\"", body->length > 1 ? "," : "", name, lower.data ? lower.data : "");
    bytes_free(&lower);
}

enum { RESET_USERS, RESET_SEED, RESET_STORY };
static const struct parameter_row reset_parameters[] = {
    {"Users", "int", -1, 0, NULL, NULL, NULL, NULL, "How many users the story has; without it as before."},
    {"Seed", "long", -1, 0, NULL, NULL, NULL, NULL, "Another seed gives other people."},
    {"Story", "string", -1, 0, NULL, NULL, NULL, NULL, "contoso, or contoso-both where E3 means two products."},
};
static const struct example_row reset_examples[] = {
    {"Reset-PracticeTenant", "Everything as it was at the start."},
    {"Reset-PracticeTenant -Users 1000 -Seed 7", "Other people."},
};

static enum status reset_end(struct invocation *call) {
    struct bytes body = {0};
    struct value answer = value_null();
    enum status status = need_practice(call);
    bytes_add_byte(&body, '{');
    if (invocation_has(call, RESET_USERS)) add_number(&body, "users", invocation_integer(call, RESET_USERS, 0));
    if (invocation_has(call, RESET_SEED)) add_number(&body, "seed", invocation_integer(call, RESET_SEED, 0));
    if (invocation_has(call, RESET_STORY)) add_word(&body, "story", invocation_text(call, RESET_STORY));
    bytes_add_byte(&body, '}');
    if (status == STATUS_OK) status = control(call, "practice/reset", bytes_text(&body), &answer);
    bytes_free(&body);
    value_release(answer);
    return status == STATUS_OK ? emit_description(call) : status;
}

CMDLET(reset_practice_tenant) = {
    .name = "Reset-PracticeTenant", .synopsis = "Puts the practice tenant back to its beginning.", .description = "The story again, as it was: what was practised is gone. A demonstration works twice.",
    .parameters = reset_parameters, .parameter_count = sizeof reset_parameters / sizeof *reset_parameters, .examples = reset_examples,
    .example_count = sizeof reset_examples / sizeof *reset_examples, .flags = CMDLET_NEEDS_TENANT, .end = reset_end, .emits = "M365.PracticeTenant",
};

enum { LATENCY, THROTTLING, FAULT_RATE, SET_SEED, GROUP_DELAY };
static const struct parameter_row set_parameters[] = {
    {"LatencyMs", "int", -1, 0, "Latency", NULL, NULL, NULL, "Milliseconds added to each answer."},
    {"Throttling", "string", -1, 0, NULL, NULL, "Off|Realistic", NULL, "Realistic: 429 by the documented limits."},
    {"FaultRate", "double", -1, 0, NULL, NULL, NULL, NULL, "Share of requests that fail on purpose, 0 to 1."},
    {"Seed", "long", -1, 0, NULL, NULL, NULL, NULL, "Which ones fail."},
    {"GroupDelayMs", "int", -1, 0, NULL, NULL, NULL, NULL, "How long group licences take to arrive."},
};
static const struct example_row set_examples[] = {
    {"Set-PracticeTenant -LatencyMs 120", "As slow as a service far away."},
    {"Set-PracticeTenant -LatencyMs 0 -FaultRate 0 -Throttling Off", "Quick and faultless again."},
};

static enum status set_end(struct invocation *call) {
    struct bytes body = {0};
    struct value answer = value_null(), rate = value_base(invocation_argument(call, FAULT_RATE));
    enum status status = need_practice(call);
    bytes_add_byte(&body, '{');
    if (invocation_has(call, LATENCY)) add_number(&body, "latencyMs", invocation_integer(call, LATENCY, 0));
    if (invocation_has(call, THROTTLING)) add_word(&body, "throttling", invocation_text(call, THROTTLING));
    if (rate.kind == VALUE_DOUBLE) bytes_add_format(&body, "%s\"faultRate\":%.6f", body.length > 1 ? "," : "", rate.real);
    if (invocation_has(call, SET_SEED)) add_number(&body, "seed", invocation_integer(call, SET_SEED, 0));
    if (invocation_has(call, GROUP_DELAY)) add_number(&body, "groupDelayMs", invocation_integer(call, GROUP_DELAY, 0));
    bytes_add_byte(&body, '}');
    if (status == STATUS_OK) status = control(call, "practice/settings", bytes_text(&body), &answer);
    bytes_free(&body);
    value_release(answer);
    return status == STATUS_OK ? emit_description(call) : status;
}

CMDLET(set_practice_tenant) = {
    .name = "Set-PracticeTenant", .synopsis = "Makes the practice tenant slow, throttling or faulty, to rehearse the bad day.",
    .description = "The settings hold until the practice tenant ends.",
    .parameters = set_parameters, .parameter_count = sizeof set_parameters / sizeof *set_parameters, .examples = set_examples,
    .example_count = sizeof set_examples / sizeof *set_examples, .flags = CMDLET_NEEDS_TENANT, .end = set_end, .emits = "M365.PracticeTenant",
};

static const struct example_row get_examples[] = {
    {"Get-PracticeTenant", "Story, users, latency, throttling, faults."},
    {"(Get-PracticeTenant).UsersNow", "How many users there are now."},
};

static enum status get_end(struct invocation *call) {
    enum status status = need_practice(call);
    return status == STATUS_OK ? emit_description(call) : status;
}

CMDLET(get_practice_tenant) = {
    .name = "Get-PracticeTenant", .synopsis = "Shows how the practice tenant is set.", .description = "Story, seed, users, latency, throttling, faults.",
    .examples = get_examples, .example_count = sizeof get_examples / sizeof *get_examples, .flags = CMDLET_NEEDS_TENANT, .end = get_end, .emits = "M365.PracticeTenant",
};
