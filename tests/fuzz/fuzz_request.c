/* rooms: tenant. Any request (first line the method and target, then the body) gets an answer, a batch of anything too. */
#include <stdio.h>
#include <stdlib.h>
#include "../../src/tenant/router_private.h"
#include "../../src/tenant/token_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tenant *tenant_of_the_process(void) {
    static struct tenant *tenant; /* a fuzzer is one process with one firm of twenty */
    if (!tenant) {
        struct tenant_options options = {.users = 20, .seed = 1};
        tenant = calloc(1, sizeof *tenant);
        if (tenant_open(tenant, &options, NULL) != STATUS_OK) abort();
    }
    return tenant;
}

static void ask(struct tenant *tenant, struct text method, struct text target, struct text body) {
    struct token_claims claims = {.application = true, .client = text_of(tenant->client_id), .permissions = text_of(tenant->permissions), .seconds = 600};
    struct bytes header = {0};
    struct exchange exchange;
    bytes_add_string(&header, "Bearer ");
    token_add(tenant, &claims, &header);
    exchange_begin(&exchange, tenant, method, target);
    exchange_add_header(&exchange, TEXT("Authorization"), bytes_text(&header));
    exchange_add_header(&exchange, TEXT("ConsistencyLevel"), TEXT("eventual"));
    exchange_add_header(&exchange, TEXT("Content-Type"), TEXT("application/json"));
    exchange.body = body;
    router_answer(&exchange, NULL);
    if (exchange.status < 200 || exchange.status > 599) abort();
    if (exchange.status == 500) {
        fprintf(stderr, "%.*s\n", (int)exchange.reply.length, exchange.reply.data);
        abort();
    }
    exchange_end(&exchange);
    bytes_free(&header);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct text rest = text_make((const char *)data, size), line, method, target;
    if (!text_split_next(&rest, '\n', &line) || !text_split_next(&line, ' ', &method)) return 0;
    target = line;
    if (target.length == 0 || memchr(target.start, 0, target.length) || text_find(target, TEXT("practice"), 0) != TEXT_NOT_FOUND) return 0;
    ask(tenant_of_the_process(), method, target, rest);
    ask(tenant_of_the_process(), TEXT("POST"), TEXT("/v1.0/$batch"), rest);
    return 0;
}
