/* One request and its reply, whether it came over HTTP or as a part of a batch. Handlers read the request, write
 * `reply` and set `status`. Everything borrowed in it lives until exchange_end: texts stand in its arena. */
#ifndef M365SH_TENANT_EXCHANGE_PRIVATE_H
#define M365SH_TENANT_EXCHANGE_PRIVATE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include "m365sh/base/arena.h"
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"
#include "store_private.h"
#include "tenant_private.h"

enum { EXCHANGE_SEGMENTS = 12, EXCHANGE_OPTIONS = 24, EXCHANGE_HEADERS = 10, EXCHANGE_ARGUMENTS = 4 };

struct field { struct text name, value; };

/* Who asks: read from the token. */
struct principal {
    bool application;           /* no user behind it */
    struct text client, user;   /* ids */
    struct text permissions;    /* roles or scopes with a blank between */
};

struct route;
struct exchange {
    struct tenant *tenant;
    struct connection *db;
    struct arena *arena;
    struct text method, target;              /* as sent: path and query */
    struct text path, query;                 /* still percent-encoded */
    struct text version;                     /* v1.0 or beta; empty outside Graph */
    struct text segments[EXCHANGE_SEGMENTS]; /* decoded, keys in brackets as segments of their own */
    int segment_count;
    struct field options[EXCHANGE_OPTIONS];  /* decoded query options; names without $ */
    int option_count;
    struct field headers[EXCHANGE_HEADERS * 4]; /* of the request */
    int header_count;
    struct text body;
    cJSON *json;                             /* body once read */
    struct text arguments[EXCHANGE_ARGUMENTS]; /* what stood at {…} in the route */
    const struct route *route;
    struct principal principal;
    char request_id[37];
    struct text client_request_id;
    struct text batch, part;                 /* the batch's request id and the part's id; empty otherwise */
    int units;                               /* resource units that it costs */
    int status;
    struct bytes reply;
    const char *content_type;
    struct field reply_headers[EXCHANGE_HEADERS];
    int reply_header_count;
    bool cut;                                /* close the connection instead of answering */
};

void exchange_begin(struct exchange *exchange, struct tenant *tenant, struct text method, struct text target);
void exchange_end(struct exchange *exchange);
/* Cuts `target` into segments and options. False: an error is the reply. */
bool exchange_read_target(struct exchange *exchange);
void exchange_add_header(struct exchange *exchange, struct text name, struct text value);
struct text exchange_header(const struct exchange *exchange, const char *name); /* empty if absent */
struct text exchange_option(const struct exchange *exchange, const char *name); /* without $, without case */
bool exchange_has_option(const struct exchange *exchange, const char *name);
/* The body as an object; NULL and an error reply when it is none. */
const cJSON *exchange_object(struct exchange *exchange);
bool exchange_allows(const struct exchange *exchange, const char *permissions);
/* scheme and host under which the client sees this service, without a slash at the end */
struct text exchange_base(struct exchange *exchange);
void exchange_reply_header(struct exchange *exchange, const char *name, struct text value);
void exchange_reply_header_format(struct exchange *exchange, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Percent-decodes into the arena; + stays. */
struct text exchange_decode(struct exchange *exchange, struct text text, bool plus_is_blank);
struct text exchange_format(struct exchange *exchange, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Graph's error shape. Replaces whatever the reply holds. Returns false, so that a reader can `return error_…`. */
bool error_reply(struct exchange *exchange, int status, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool error_reply_detail(struct exchange *exchange, int status, const char *code, const char *detail_code,
                        const char *target, const char *message);
bool error_not_found(struct exchange *exchange, struct text id);
bool error_bad_request(struct exchange *exchange, const char *message); /* 400 Request_BadRequest */
/* The inner error alone, for bodies that are made by hand. */
void error_add_inner(struct exchange *exchange, struct bytes *out);
#endif
