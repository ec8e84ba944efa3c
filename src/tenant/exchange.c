#include "exchange_private.h"
#include <stdarg.h>
#include <strings.h>
#include "m365sh/base/alloc.h"
#include "m365sh/base/guid.h"
#include "m365sh/base/random.h"
#include "m365sh/limits.h"

void exchange_begin(struct exchange *exchange, struct tenant *tenant, struct text method, struct text target) {
    *exchange = (struct exchange){.tenant = tenant, .method = method, .status = 200, .units = 1};
    exchange->arena = arena_new();
    exchange->target = text_make(arena_text(exchange->arena, target.start, target.length), target.length);
    exchange->content_type = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
    struct guid guid;
    struct bytes text = {0};
    random_guid(NULL, guid.bytes);
    guid_add(&text, &guid, 'D');
    memcpy(exchange->request_id, text.data, 37);
    bytes_free(&text);
}

void exchange_end(struct exchange *exchange) {
    cJSON_Delete(exchange->json);
    bytes_free(&exchange->reply);
    arena_free(exchange->arena);
}

static int hex_digit(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    digit |= 0x20;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

struct text exchange_decode(struct exchange *exchange, struct text text, bool plus_is_blank) {
    char *out = arena_take(exchange->arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.start[i];
        if (byte == '+' && plus_is_blank) byte = ' ';
        if (byte == '%' && i + 2 < text.length) {
            int high = hex_digit(text.start[i + 1]), low = hex_digit(text.start[i + 2]);
            if (high >= 0 && low >= 0) {
                byte = (char)(high << 4 | low);
                i += 2;
            }
        }
        out[length++] = byte;
    }
    return text_make(out, length);
}

static bool add_segment(struct exchange *exchange, struct text segment) {
    if (exchange->segment_count == EXCHANGE_SEGMENTS)
        return error_reply(exchange, 400, "BadRequest", "Resource not found for the segment '%.*s'.", TEXT_ARGUMENT(segment));
    exchange->segments[exchange->segment_count++] = segment;
    return true;
}

/* `users('a@b')` and `groups(uniqueName='x')` become the name and the key; `delta()` loses its brackets. */
static bool add_key_segment(struct exchange *exchange, struct text segment) {
    size_t open = text_find_byte(segment, '(', 0);
    if (open == TEXT_NOT_FOUND || segment.start[segment.length - 1] != ')') return add_segment(exchange, segment);
    struct text name = text_slice(segment, 0, open);
    struct text key = text_slice(segment, open + 1, segment.length - open - 2);
    if (name.length && !add_segment(exchange, name)) return false;
    if (key.length == 0) return true;
    if (key.length >= 2 && key.start[0] == '\'' && key.start[key.length - 1] == '\'') key = text_slice(key, 1, key.length - 2);
    return add_segment(exchange, key);
}

static bool read_path(struct exchange *exchange) {
    struct text rest = exchange->path, part;
    bool first = true;
    while (text_split_next(&rest, '/', &part)) {
        if (part.length == 0) continue;
        struct text segment = exchange_decode(exchange, part, false);
        if (first && (text_equal(segment, TEXT("v1.0")) || text_equal(segment, TEXT("beta")))) exchange->version = segment;
        else if (!add_key_segment(exchange, segment)) return false;
        first = false;
    }
    return true;
}

static bool read_options(struct exchange *exchange) {
    struct text rest = exchange->query, part;
    while (text_split_next(&rest, '&', &part)) {
        if (part.length == 0) continue;
        if (exchange->option_count == EXCHANGE_OPTIONS) return error_bad_request(exchange, "Too many query options.");
        size_t equals = text_find_byte(part, '=', 0);
        size_t end = equals == TEXT_NOT_FOUND ? part.length : equals;
        struct field *option = &exchange->options[exchange->option_count++];
        option->name = exchange_decode(exchange, text_slice(part, 0, end), true);
        if (option->name.length && option->name.start[0] == '$') option->name = text_slice(option->name, 1, option->name.length);
        option->value = equals == TEXT_NOT_FOUND ? TEXT_NONE
                                                 : exchange_decode(exchange, text_slice(part, equals + 1, part.length), true);
    }
    return true;
}

bool exchange_read_target(struct exchange *exchange) {
    size_t mark = text_find_byte(exchange->target, '?', 0);
    exchange->path = mark == TEXT_NOT_FOUND ? exchange->target : text_slice(exchange->target, 0, mark);
    exchange->query = mark == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(exchange->target, mark + 1, exchange->target.length);
    return read_path(exchange) && read_options(exchange);
}

void exchange_add_header(struct exchange *exchange, struct text name, struct text value) {
    int limit = (int)(sizeof exchange->headers / sizeof *exchange->headers);
    if (exchange->header_count == limit) return;
    struct field *header = &exchange->headers[exchange->header_count++];
    header->name = text_make(arena_text(exchange->arena, name.start, name.length), name.length);
    header->value = text_make(arena_text(exchange->arena, value.start, value.length), value.length);
    if (text_equal_fold(name, TEXT("client-request-id"))) exchange->client_request_id = header->value;
}

struct text exchange_header(const struct exchange *exchange, const char *name) {
    for (int i = 0; i < exchange->header_count; i++)
        if (text_equal_fold(exchange->headers[i].name, text_of(name))) return exchange->headers[i].value;
    return TEXT_NONE;
}

static const struct field *find_option(const struct exchange *exchange, const char *name) {
    for (int i = 0; i < exchange->option_count; i++)
        if (text_equal_fold(exchange->options[i].name, text_of(name))) return &exchange->options[i];
    return NULL;
}

struct text exchange_option(const struct exchange *exchange, const char *name) {
    const struct field *option = find_option(exchange, name);
    return option ? option->value : TEXT_NONE;
}

bool exchange_has_option(const struct exchange *exchange, const char *name) {
    return find_option(exchange, name) != NULL;
}

const cJSON *exchange_object(struct exchange *exchange) {
    if (exchange->json) return exchange->json;
    exchange->json = cJSON_ParseWithLength(exchange->body.start, exchange->body.length);
    if (cJSON_IsObject(exchange->json)) return exchange->json;
    error_reply(exchange, 400, "BadRequest", "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
    return NULL;
}

bool exchange_allows(const struct exchange *exchange, const char *permissions) {
    struct text wanted = text_of(permissions), one;
    if (wanted.length == 0) return true;
    while (text_split_next(&wanted, ' ', &one)) {
        struct text held = exchange->principal.permissions, each;
        while (text_split_next(&held, ' ', &each))
            if (text_equal_fold(one, each)) return true;
    }
    return false;
}

static bool plain_host(struct text host) {
    for (size_t i = 0; i < host.length; i++) {
        char byte = host.start[i];
        bool fine = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || strchr(".-:[]", byte);
        if (!fine) return false;
    }
    return host.length > 0;
}

struct text exchange_base(struct exchange *exchange) {
    struct text host = exchange_header(exchange, "Host");
    if (!plain_host(host)) host = TEXT("localhost");
    return exchange_format(exchange, "%s://%.*s", exchange->tenant->tls ? "https" : "http", TEXT_ARGUMENT(host));
}

struct text exchange_format(struct exchange *exchange, const char *format, ...) {
    struct bytes text = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&text, format, list);
    va_end(list);
    struct text kept = text_make(arena_text(exchange->arena, text.data, text.length), text.length);
    bytes_free(&text);
    return kept;
}

void exchange_reply_header(struct exchange *exchange, const char *name, struct text value) {
    if (exchange->reply_header_count == EXCHANGE_HEADERS) return;
    exchange->reply_headers[exchange->reply_header_count++] =
        (struct field){text_of(name), text_make(arena_text(exchange->arena, value.start, value.length), value.length)};
}

void exchange_reply_header_format(struct exchange *exchange, const char *name, const char *format, ...) {
    struct bytes text = {0};
    va_list list;
    va_start(list, format);
    bytes_add_format_list(&text, format, list);
    va_end(list);
    exchange_reply_header(exchange, name, bytes_text(&text));
    bytes_free(&text);
}
