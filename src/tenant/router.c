#include "router_private.h"
#include <stdlib.h>
#include "faults_private.h"
#include "handlers_private.h"
#include "license_private.h"
#include "throttle_private.h"
#include "token_private.h"

#define READ_USERS "User.ReadBasic.All User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"
#define WRITE_USERS "User.ReadWrite.All Directory.ReadWrite.All"
#define UPDATE_USERS "User.ReadWrite.All Directory.ReadWrite.All User.EnableDisableAccount.All User-PasswordProfile.ReadWrite.All User-Phone.ReadWrite.All User-Mail.ReadWrite.All"
#define DELETE_USERS "User.DeleteRestore.All User.ReadWrite.All"
#define READ_LICENSES "LicenseAssignment.Read.All LicenseAssignment.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"
#define WRITE_LICENSES "LicenseAssignment.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All"
#define READ_GROUPS "Group.ReadBasic.All GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"
#define WRITE_GROUPS "Group.ReadWrite.All Directory.ReadWrite.All"
#define READ_MEMBERS "GroupMember.ReadBasic.All GroupMember.Read.All GroupMember.ReadWrite.All Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"
#define WRITE_MEMBERS "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All"
#define READ_MEMBER_OF "Directory.Read.All Directory.ReadWrite.All GroupMember.ReadBasic.All Group.ReadBasic.All User.Read User.Read.All User.ReadWrite.All"
#define READ_ORGANIZATION "Organization.Read.All Directory.Read.All Directory.ReadWrite.All"
#define READ_DOMAINS "Domain.Read.All Directory.Read.All Directory.ReadWrite.All"
#define READ_ROLES "RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory Directory.Read.All Directory.ReadWrite.All"

static const struct route routes[] = {
#define ROUTE(method, pattern, handler, permissions, units, writes) {method, pattern, handler, permissions, units, writes},
#include "routes.def"
#undef ROUTE
};
enum { ROUTE_COUNT = sizeof routes / sizeof *routes };

static bool is_system_segment(struct text segment) {
    return text_equal(segment, TEXT("$ref")) || text_equal(segment, TEXT("$count")) || text_equal(segment, TEXT("$value"));
}

/* Where the pattern and the segments part; the count of segments when all fit. */
static int fit(const struct route *route, struct exchange *exchange, int *pattern_segments) {
    struct text rest = text_of(route->pattern), want;
    int at = 0, arguments = 0, agreed = 0;
    bool apart = false;
    for (; text_split_next(&rest, '/', &want); at++) {
        if (apart || at >= exchange->segment_count) continue;
        bool any = text_equal(want, TEXT("{}"));
        if (any ? is_system_segment(exchange->segments[at]) : !text_equal_fold(want, exchange->segments[at])) {
            apart = true;
            continue;
        }
        if (any && arguments < EXCHANGE_ARGUMENTS) exchange->arguments[arguments++] = exchange->segments[at];
        agreed = at + 1;
    }
    *pattern_segments = at;
    return agreed;
}

static const struct route *find_route(struct exchange *exchange) {
    int furthest = 0;
    bool known_path = false;
    for (int i = 0; i < ROUTE_COUNT; i++) {
        int length, agreed;
        for (int k = 0; k < EXCHANGE_ARGUMENTS; k++) exchange->arguments[k] = TEXT_NONE;
        agreed = fit(&routes[i], exchange, &length);
        if (agreed > furthest) furthest = agreed;
        if (agreed != exchange->segment_count || length != agreed) continue;
        known_path = true;
        if (text_equal(exchange->method, text_of(routes[i].method))) return &routes[i];
    }
    if (known_path) {
        error_reply(exchange, 405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        return NULL;
    }
    struct text unknown = furthest < exchange->segment_count ? exchange->segments[furthest] : exchange->segments[0];
    error_reply(exchange, 400, "BadRequest", "Resource not found for the segment '%.*s'.", TEXT_ARGUMENT(unknown));
    return NULL;
}

static bool deny(struct exchange *exchange) {
    return error_reply(exchange, 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

/* One's own object may be read with User.Read. */
void router_redirect(struct exchange *exchange) {
    const struct route *route = find_route(exchange);
    if (!route) return;
    bool reads = text_equal(exchange->method, TEXT("GET")) && exchange_allows(exchange, "User.Read");
    if (reads || exchange_allows(exchange, route->permissions)) route->handler(exchange);
    else deny(exchange);
}

static void run_handler(struct exchange *exchange, void (*run)(struct exchange *)) {
    exchange->db = store_take(exchange->tenant->store);
    license_work_due(exchange->tenant, exchange->db);
    run(exchange);
    store_rollback(exchange->db);
    if (exchange->db->failed)
        error_reply(exchange, 500, "Request_InternalServerError", "An unexpected error occurred in the store of the practice tenant.");
    store_give(exchange->db);
    exchange->db = NULL;
}

static void answer_graph(struct exchange *exchange, const struct principal *inherited) {
    struct fault_order order = faults_next(exchange->tenant->faults, exchange);
    exchange->cut = order.cut == FAULT_CUT_BEFORE;
    if (exchange->cut || faults_reply(exchange, &order)) return;
    if (inherited) exchange->principal = *inherited;
    else if (!token_read(exchange)) return;
    if (exchange->segment_count == 0) {
        error_reply(exchange, 400, "BadRequest", "Invalid version: %.*s.", TEXT_ARGUMENT(exchange->version));
        return;
    }
    const struct route *route = find_route(exchange);
    if (!route) return;
    exchange->route = route;
    exchange->units = route->units;
    if (!exchange_allows(exchange, route->permissions)) {
        deny(exchange);
        return;
    }
    if (!throttle_admit(exchange->tenant->throttle, exchange)) return;
    if (route->handler == batch_run) batch_run(exchange);
    else run_handler(exchange, route->handler);
    if (route->units) exchange_reply_header_format(exchange, "x-ms-resource-unit", "%d", exchange->units);
    if (order.cut == FAULT_CUT_AFTER) exchange->cut = true;
}

static bool first_is(const struct exchange *exchange, const char *name) {
    return exchange->segment_count > 0 && text_equal(exchange->segments[0], text_of(name));
}

void router_answer(struct exchange *exchange, const struct principal *inherited) {
    if (!exchange_read_target(exchange)) return;
    if (exchange->version.length) {
        answer_graph(exchange, inherited);
        return;
    }
    exchange->content_type = "application/json; charset=utf-8";
    if (first_is(exchange, "practice")) {
        if (token_read(exchange)) run_handler(exchange, practice_control);
    } else if (first_is(exchange, "reports")) {
        run_handler(exchange, reports_download);
    } else if (exchange->segment_count == 0 || first_is(exchange, "web")) {
        practice_page(exchange);
    } else {
        run_handler(exchange, identity_answer);
    }
}

void router_add_permissions(struct bytes *out) {
    static const char *const others[] = {"AuditLog.Read.All", "User-LifeCycleInfo.Read.All", "User-LifeCycleInfo.ReadWrite.All", "User.ManageIdentities.All",
                                         "Reports.Read.All", "User.Read"};
    for (int i = -1; i < ROUTE_COUNT + (int)(sizeof others / sizeof *others); i++) {
        struct text list = i < 0 ? TEXT("Directory.ReadWrite.All") : text_of(i < ROUTE_COUNT ? routes[i].permissions : others[i - ROUTE_COUNT]);
        struct text one;
        while (text_split_next(&list, ' ', &one)) {
            struct text known = bytes_text(out), each;
            bool there = false;
            while (text_split_next(&known, ' ', &each)) there |= text_equal(each, one);
            if (there || one.length == 0) continue;
            if (out->length) bytes_add_byte(out, ' ');
            bytes_add_text(out, one);
        }
    }
}
