#include "page_private.h"
#include "json_write_private.h"
#include "m365sh/base/decimal.h"
#include "sha256_private.h"
#include "token_private.h"

static void add_seal(struct exchange *exchange, struct text payload, struct bytes *out) {
    struct text sealed = exchange_format(exchange, "%.*s\n%.*s", TEXT_ARGUMENT(exchange->path), TEXT_ARGUMENT(payload));
    token_add_seal(exchange->tenant, sealed, out);
}

struct text page_seal(struct exchange *exchange, struct text payload) {
    struct bytes out = {0};
    sha256_add_base64url(&out, payload);
    bytes_add_byte(&out, '.');
    add_seal(exchange, payload, &out);
    struct text sealed = text_make(arena_text(exchange->arena, out.data, out.length), out.length);
    bytes_free(&out);
    return sealed;
}

bool page_open(struct exchange *exchange, struct text sealed, struct text *payload) {
    size_t dot = text_find_byte(sealed, '.', 0);
    struct bytes text = {0}, seal = {0};
    bool fine = dot != TEXT_NOT_FOUND && sha256_read_base64url(text_slice(sealed, 0, dot), &text);
    if (fine) {
        add_seal(exchange, bytes_text(&text), &seal);
        fine = text_equal(bytes_text(&seal), text_slice(sealed, dot + 1, sealed.length));
    }
    if (fine) *payload = text_make(arena_text(exchange->arena, text.data ? text.data : "", text.length), text.length);
    bytes_free(&text);
    bytes_free(&seal);
    return fine;
}

bool page_of_query(struct exchange *exchange, struct page_mark *mark) {
    struct text rest, part, number;
    int64_t index;
    if (!page_open(exchange, exchange_option(exchange, "skiptoken"), &rest)) return false;
    if (!text_split_next(&rest, ' ', &part) || !text_split_next(&rest, ' ', &number)) return false;
    if (!decimal_read_int64(part, &index) || !decimal_read_int64(number, &mark->number)) return false;
    mark->part = (int)index;
    mark->key = rest;
    return true;
}

void page_add_link(struct exchange *exchange, const struct page_mark *mark, struct bytes *out) {
    struct bytes link = {0};
    struct text rest = exchange->query, option, base = exchange_base(exchange);
    bytes_add_format(&link, "%.*s%.*s?", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->path));
    while (text_split_next(&rest, '&', &option)) {
        if (option.length == 0 || text_starts_fold(option, TEXT("$skiptoken=")) || text_starts_fold(option, TEXT("%24skiptoken="))) continue;
        bytes_add_text(&link, option);
        bytes_add_byte(&link, '&');
    }
    struct text payload = exchange_format(exchange, "%d %lld %.*s", mark->part, (long long)mark->number, TEXT_ARGUMENT(mark->key));
    bytes_add_string(&link, "$skiptoken=");
    bytes_add_text(&link, page_seal(exchange, payload));
    json_text(out, bytes_text(&link));
    bytes_free(&link);
}
