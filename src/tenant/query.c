#include "query_private.h"
#include "expand_private.h"
#include "filter_private.h"
#include "json_write_private.h"
#include "m365sh/base/decimal.h"
#include "m365sh/limits.h"
#include "page_private.h"
#include "search_private.h"

/* One listing on its way. */
struct query {
    struct exchange *exchange;
    const struct listing *listing;
    int top;
    bool counted, advanced;
    struct filter *filter;
    struct text search;
    const struct property *order;
    bool descending;
    struct page_mark mark;      /* where to go on */
    bool going_on;
    struct expansion expansion;
};

bool query_is_advanced(const struct exchange *exchange, bool counted) {
    return text_equal_fold(exchange_header(exchange, "ConsistencyLevel"), TEXT("eventual")) &&
           (!counted || text_equal_fold(exchange_option(exchange, "count"), TEXT("true")));
}

static bool unsupported(struct exchange *exchange, const char *message) {
    return error_reply(exchange, 400, "Request_UnsupportedQuery", "%s", message);
}

static bool read_top(struct query *query) {
    struct exchange *exchange = query->exchange;
    int64_t top = 100, most = query->listing->largest ? query->listing->largest : LIMIT_PAGE_SIZE;
    query->top = query->listing->largest ? query->listing->largest : 100;
    if (!exchange_has_option(exchange, "top")) return true;
    struct text text = exchange_option(exchange, "top");
    if (!decimal_read_int64(text, &top))
        return error_reply(exchange, 400, "BadRequest", "Invalid value '%.*s' for $top query option found. The $top query option requires a non-negative integer value.", TEXT_ARGUMENT(text));
    if (top < 1 || top > most)
        return error_reply(exchange, 400, "Request_UnsupportedQuery", "Invalid page size specified: '%lld'. Must be between 1 and %lld inclusive.", (long long)top, (long long)most);
    query->top = (int)top;
    if (top < 20) exchange->units--;
    return true;
}

static bool read_filter(struct query *query) {
    struct exchange *exchange = query->exchange;
    if (!exchange_has_option(exchange, "filter")) return true;
    struct text error;
    if (query->listing->reference && !query->advanced)
        return unsupported(exchange, "The specified filter to the reference property query is currently not supported.");
    query->filter = filter_parse(exchange->arena, exchange_option(exchange, "filter"), &error);
    return query->filter || error_reply(exchange, 400, "BadRequest", "%.*s", TEXT_ARGUMENT(error));
}

static bool read_search(struct query *query) {
    query->search = exchange_option(query->exchange, "search");
    if (!exchange_has_option(query->exchange, "search") || query_is_advanced(query->exchange, false)) return true;
    return unsupported(query->exchange, "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'");
}

static bool read_order(struct query *query) {
    struct exchange *exchange = query->exchange;
    struct text text = text_trim(exchange_option(exchange, "orderby")), name = text;
    if (text.length == 0 && query->listing->order) {
        query->order = entity_property(query->listing->parts[0].entity, text_of(query->listing->order));
        query->descending = true;
    }
    if (text.length == 0) return true;
    size_t blank = text_find_byte(text, ' ', 0);
    if (blank != TEXT_NOT_FOUND) {
        struct text direction = text_trim(text_slice(text, blank, text.length));
        name = text_slice(text, 0, blank);
        query->descending = text_equal_fold(direction, TEXT("desc"));
        if (!query->descending && !text_equal_fold(direction, TEXT("asc"))) return unsupported(exchange, "Sorting not supported for current query.");
    }
    query->order = entity_property(query->listing->parts[0].entity, name);
    if (!query->order)
        return error_reply(exchange, 400, "BadRequest", "Could not find a property named '%.*s' on type 'microsoft.graph.%s'.", TEXT_ARGUMENT(name), query->listing->parts[0].entity->name);
    bool plain = text_equal_fold(name, TEXT("displayName")) || text_equal_fold(name, TEXT("userPrincipalName"));
    bool dated = text_equal_fold(name, TEXT("createdDateTime")) || text_equal_fold(name, TEXT("deletedDateTime"));
    if (!plain && !dated) return unsupported(exchange, "Sorting not supported for current query.");
    if (query->listing->order) return true; /* the log's own service sorts as it likes */
    return query->advanced || (plain && !query->filter && !query->listing->reference) || unsupported(exchange, "Sorting not supported for current query.");
}

static bool read_options(struct query *query) {
    struct exchange *exchange = query->exchange;
    query->counted = text_equal_fold(exchange_option(exchange, "count"), TEXT("true"));
    query->advanced = query_is_advanced(exchange, true) || (query_is_advanced(exchange, false) && exchange_has_option(exchange, "search"));
    if (exchange_has_option(exchange, "skip")) return error_bad_request(exchange, "'$skip' is not supported by the service.");
    if (!read_top(query) || !read_filter(query) || !read_search(query) || !read_order(query)) return false;
    if (!expand_read(exchange, query->listing->parts[0].entity, &query->expansion)) return false;
    if (query->expansion.kind && query->advanced) return unsupported(exchange, "Expand is not supported together with advanced queries.");
    if (query->expansion.kind) exchange->units++;
    query->going_on = exchange_has_option(exchange, "skiptoken");
    if (query->going_on && !page_of_query(exchange, &query->mark)) return error_reply(exchange, 400, "Directory_ExpiredPageToken", "The specified page token value has expired and can not be included in your request.");
    return true;
}

/* WHERE with everything but the place to go on. */
static bool add_where(struct query *query, const struct listing_part *part, struct filter_sql *sql) {
    struct bytes *text = &sql->text;
    bytes_add_string(text, " WHERE ");
    bytes_add_string(text, !part->entity->deletable ? "1" : query->listing->deleted ? "t.deleted IS NOT NULL" : "t.deleted IS NULL");
    if (part->condition) bytes_add_format(text, " AND %s", part->condition);
    if (query->filter) {
        bytes_add_string(text, " AND ");
        if (!filter_compile(query->exchange, part->entity, query->filter, query->advanced, sql)) return false;
    }
    if (query->search.length) {
        bytes_add_string(text, " AND ");
        if (!search_compile(query->exchange, part->entity, query->search, sql)) return false;
    }
    return true;
}

static int bind_where(const struct listing_part *part, const struct filter_sql *sql, sqlite3_stmt *statement) {
    int place = 1;
    if (part->condition)
        for (const char *at = part->condition; (at = strchr(at, '?')) != NULL; at++) sqlite3_bind_int64(statement, place++, part->parameter);
    for (int i = 0; i < sql->count; i++) store_bind_text(statement, place++, sql->parameters[i]);
    return place;
}

static int64_t count_part(struct query *query, const struct listing_part *part) {
    struct filter_sql sql = {0};
    int64_t count = -1;
    bytes_add_format(&sql.text, "SELECT count(*) FROM %s t", part->entity->table);
    if (add_where(query, part, &sql)) {
        sqlite3_stmt *statement = store_prepare(query->exchange->db, sql.text.data);
        bind_where(part, &sql, statement);
        count = store_row(query->exchange->db, statement) ? sqlite3_column_int64(statement, 0) : 0;
        sqlite3_finalize(statement);
    }
    filter_sql_free(&sql);
    return count;
}

static int64_t count_all(struct query *query) {
    int64_t total = 0;
    for (int i = 0; i < query->listing->count; i++) {
        int64_t count = count_part(query, &query->listing->parts[i]);
        if (count < 0) return -1;
        total += count;
    }
    return total;
}

static void add_place(struct query *query, struct filter_sql *sql, bool here) {
    struct bytes *text = &sql->text;
    const char *column = query->order ? query->order->column : NULL;
    if (here && column)
        bytes_add_format(text, query->descending ? " AND (t.%s<? OR (t.%s=? AND t.number>?))" : " AND (t.%s>? OR (t.%s=? AND t.number>?))", column, column);
    else if (here) bytes_add_string(text, " AND t.number>?");
    if (column) bytes_add_format(text, " ORDER BY t.%s%s, t.number", column, query->descending ? " DESC" : "");
    else bytes_add_string(text, " ORDER BY t.number");
    bytes_add_string(text, " LIMIT ?");
}

static sqlite3_stmt *prepare_part(struct query *query, const struct listing_part *part, const struct selection *selection, bool here, int limit) {
    struct filter_sql sql = {0};
    sqlite3_stmt *statement = NULL;
    bytes_add_string(&sql.text, "SELECT ");
    entity_add_columns(selection, &sql.text);
    if (query->order) bytes_add_format(&sql.text, ",t.%s", query->order->column);
    bytes_add_format(&sql.text, " FROM %s t", part->entity->table);
    if (add_where(query, part, &sql)) {
        add_place(query, &sql, here);
        statement = store_prepare(query->exchange->db, sql.text.data);
        int place = bind_where(part, &sql, statement);
        if (here && query->order) {
            store_bind_text(statement, place++, query->mark.key);
            store_bind_text(statement, place++, query->mark.key);
        }
        if (here) sqlite3_bind_int64(statement, place++, query->mark.number);
        sqlite3_bind_int(statement, place, limit);
    }
    filter_sql_free(&sql);
    return statement;
}

static bool select_part(struct query *query, const struct listing_part *part, struct selection *selection) {
    struct exchange *exchange = query->exchange;
    struct text select = exchange_option(exchange, "select");
    if (select.length == 0) {
        entity_select_default(part->entity, selection, false);
        return true;
    }
    if (!query->listing->mixed) return entity_select(exchange, part->entity, select, true, selection);
    /* Of mixed objects each shows what its type has. */
    *selection = (struct selection){.chosen = true};
    struct text name;
    while (text_split_next(&select, ',', &name)) {
        const struct property *property = entity_property(part->entity, text_trim(name));
        if (property && selection->count < SELECTION_LIMIT) selection->list[selection->count++] = property;
    }
    return true;
}

static void write_row(struct query *query, const struct listing_part *part, const struct selection *selection, sqlite3_stmt *row, struct bytes *out) {
    json_comma(out);
    bytes_add_byte(out, '{');
    if (query->listing->mixed) json_name_text(out, "@odata.type", text_of(part->entity->type));
    entity_write(query->exchange, selection, row, out);
    expand_write(query->exchange, &query->expansion, sqlite3_column_int64(row, 0), out);
    bytes_add_byte(out, '}');
}

/* Writes rows until the page is full; *next is set when there is more. False: an error is the reply. */
static bool write_part(struct query *query, int index, int *left, struct page_mark *next, struct bytes *out) {
    const struct listing_part *part = &query->listing->parts[index];
    struct selection selection;
    if (!select_part(query, part, &selection)) return false;
    sqlite3_stmt *row = prepare_part(query, part, &selection, query->going_on && query->mark.part == index, *left + 1);
    if (!row) return false;
    while (store_row(query->exchange->db, row)) {
        if (*left == 0) {
            next->more = true;
            break;
        }
        --*left;
        write_row(query, part, &selection, row, out);
        next->part = index;
        next->number = sqlite3_column_int64(row, 0);
        if (query->order && *left == 0) {
            struct text key = store_text(row, sqlite3_column_count(row) - 1);
            next->key = text_make(arena_text(query->exchange->arena, key.start, key.length), key.length);
        }
    }
    sqlite3_finalize(row);
    return true;
}

static void write_head(struct query *query, int64_t count, struct bytes *out) {
    struct exchange *exchange = query->exchange;
    struct text select = exchange_option(exchange, "select"), base = exchange_base(exchange), context = query->listing->context;
    if (context.length == 0) context = text_of(query->listing->mixed ? "directoryObjects" : query->listing->parts[0].entity->set);
    bytes_add_byte(out, '{');
    json_name_text(out, "@odata.context", exchange_format(exchange, select.length ? "%.*s/%.*s/$metadata#%.*s(%.*s)" : "%.*s/%.*s/$metadata#%.*s%.*s",
                   TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version), TEXT_ARGUMENT(context), TEXT_ARGUMENT(select)));
    if (count >= 0) {
        json_name(out, "@odata.count");
        bytes_add_format(out, "%lld", (long long)count);
    }
}

void query_list(struct exchange *exchange, const struct listing *listing) {
    struct query query = {.exchange = exchange, .listing = listing};
    if (!read_options(&query)) return;
    if (exchange_has_option(exchange, "select")) exchange->units--;
    if (exchange->units < 1) exchange->units = 1;
    struct page_mark next = {0};
    struct bytes rows = {0};
    int64_t count = -1;
    bool fine = true;
    if (query.counted && query_is_advanced(exchange, false) && !query.going_on) fine = (count = count_all(&query)) >= 0;
    int left = query.top;
    for (int i = query.going_on ? query.mark.part : 0; fine && i < listing->count && !next.more; i++) fine = write_part(&query, i, &left, &next, &rows);
    if (fine) {
        write_head(&query, count, &exchange->reply);
        if (next.more) {
            json_name(&exchange->reply, "@odata.nextLink");
            page_add_link(exchange, &next, &exchange->reply);
        }
        bytes_add_string(&exchange->reply, ",\"value\":[");
        bytes_add_text(&exchange->reply, bytes_text(&rows));
        bytes_add_string(&exchange->reply, "]}");
    }
    bytes_free(&rows);
}

void query_count(struct exchange *exchange, const struct listing *listing) {
    struct query query = {.exchange = exchange, .listing = listing, .advanced = true};
    if (!query_is_advanced(exchange, false)) {
        error_bad_request(exchange, "$count is not currently supported.");
        return;
    }
    if (!read_filter(&query) || !read_search(&query)) return;
    int64_t count = count_all(&query);
    if (count < 0) return;
    exchange->content_type = "text/plain";
    bytes_add_format(&exchange->reply, "%lld", (long long)count);
}
