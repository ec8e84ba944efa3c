/* rooms: tenant. Any $filter and $search is a condition that SQLite takes, or an error in Graph's shape. */
#include <stdlib.h>
#include "../../src/tenant/catalog_private.h"
#include "../../src/tenant/filter_private.h"
#include "../../src/tenant/search_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct tenant *tenant, const struct entity *entity, struct text text, bool search) {
    struct exchange exchange;
    struct filter_sql sql = {0};
    struct text error = TEXT_NONE;
    exchange_begin(&exchange, tenant, TEXT("GET"), TEXT("/"));
    bytes_add_format(&sql.text, "SELECT count(*) FROM %s t WHERE ", entity->table);
    struct filter *filter = search ? NULL : filter_parse(exchange.arena, text, &error);
    if (!search && !filter && error.length == 0) abort();
    bool fine = search ? search_compile(&exchange, entity, text, &sql) : filter && filter_compile(&exchange, entity, filter, true, &sql);
    if (!fine && !error.length && exchange.status < 400) abort();
    if (fine) {
        struct connection *db = store_take(tenant->store);
        sqlite3_stmt *statement = store_prepare(db, sql.text.data);
        if (!statement || sqlite3_bind_parameter_count(statement) != sql.count) abort();
        sqlite3_finalize(statement);
        store_give(db);
    }
    filter_sql_free(&sql);
    exchange_end(&exchange);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct tenant tenant; /* a fuzzer is one process with one empty store */
    if (!tenant.store) tenant.catalog = catalog_load(), tenant.store = store_open(NULL, NULL);
    struct text text = text_make((const char *)data, size);
    check(&tenant, entity_user(), text, false);
    check(&tenant, entity_group(), text, false);
    check(&tenant, entity_user(), text, true);
    return 0;
}
