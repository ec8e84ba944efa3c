/* Usage reports: Graph answers 302, and the address that it names needs no token for some minutes. */
#include <stdio.h>
#include "catalog_private.h"
#include "entity_private.h"
#include "handlers_private.h"
#include "m365sh/base/calendar.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/decimal.h"
#include "page_private.h"

enum { REPORT_SECONDS = 300, SERVICES = 6 };
static const char *const services[SERVICES][2] = {{"Exchange", "exchange"}, {"OneDrive", "SharePoint"}, {"SharePoint", "SharePoint"},
                                                  {"Skype For Business", "MicrosoftCommunicationsOnline"}, {"Yammer", "YammerEnterprise"}, {"Teams", "TeamspaceAPI"}};

static int64_t now_seconds(void) { return calendar_to_unix(clock_now(NULL), NULL); }

static bool known_period(struct text period) {
    static const char *const periods[] = {"period='D7'", "period='D30'", "period='D90'", "period='D180'"};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (text_equal_fold(period, text_of(periods[i]))) return true;
    return text_starts_fold(period, TEXT("date="));
}

/* The seal covers a path: both sides use the download's. */
static const char download_path[] = "/reports/active-users.csv";

void reports_active_users(struct exchange *exchange) {
    if (!known_period(exchange->arguments[0])) {
        error_reply(exchange, 400, "InvalidArgument", "Invalid value of the parameter 'period' or 'date'.");
        return;
    }
    struct text base = exchange_base(exchange), path = exchange->path;
    exchange->path = text_of(download_path);
    struct text seal = page_seal(exchange, exchange_format(exchange, "%lld", (long long)now_seconds() + REPORT_SECONDS));
    exchange->path = path;
    exchange->status = 302;
    exchange->content_type = "text/plain";
    exchange_reply_header_format(exchange, "Location", "%.*s%s?token=%.*s", TEXT_ARGUMENT(base), download_path, TEXT_ARGUMENT(seal));
}

static void add_field(struct bytes *out, struct text text) {
    bytes_add_byte(out, ',');
    if (text_find_byte(text, ',', 0) == TEXT_NOT_FOUND && text_find_byte(text, '"', 0) == TEXT_NOT_FOUND) {
        bytes_add_text(out, text);
        return;
    }
    bytes_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] == '"') bytes_add_byte(out, '"');
        bytes_add_byte(out, text.start[i]);
    }
    bytes_add_byte(out, '"');
}

static void add_head(struct bytes *out) {
    bytes_add_string(out, "\xef\xbb\xbf" "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date");
    for (int i = 0; i < SERVICES; i++) bytes_add_format(out, ",Has %s License", services[i][0]);
    for (int i = 0; i < SERVICES; i++) bytes_add_format(out, ",%s Last Activity Date", services[i][0]);
    for (int i = 0; i < SERVICES; i++) bytes_add_format(out, ",%s License Assign Date", services[i][0]);
    bytes_add_string(out, ",Assigned Products\n");
}

/* What the user's products hold: one bit a service, and their names. */
static unsigned collect(struct exchange *exchange, int64_t user, struct bytes *names, char assigned[11]) {
    const struct catalog *catalog = exchange->tenant->catalog;
    unsigned held = 0;
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT DISTINCT sku, updated FROM licenses WHERE user=? AND active=1");
    sqlite3_bind_int64(row, 1, user);
    while (store_row(exchange->db, row)) {
        const struct catalog_product *product = &catalog->products[sqlite3_column_int(row, 0)];
        snprintf(assigned, 11, "%.10s", store_text(row, 1).start);
        for (size_t i = 0; i < product->name.length; i++) {
            if (i == 0 && names->length) bytes_add_byte(names, '+');
            char byte = product->name.start[i];
            bytes_add_byte(names, byte >= 'a' && byte <= 'z' ? (char)(byte - 32) : byte);
        }
        for (int i = 0; i < product->plan_count; i++)
            for (int k = 0; k < SERVICES; k++)
                if (text_equal(catalog->plans[product->plans[i]].service, text_of(services[k][1]))) held |= 1u << k;
    }
    sqlite3_reset(row);
    return held;
}

static void add_user(struct exchange *exchange, sqlite3_stmt *row, const char *today, struct bytes *out) {
    struct bytes names = {0};
    char assigned[11] = "";
    struct text seen = text_slice(store_text(row, 3), 0, 10);
    unsigned held = collect(exchange, sqlite3_column_int64(row, 0), &names, assigned);
    bytes_add_string(out, today);
    add_field(out, store_text(row, 1));
    add_field(out, store_text(row, 2));
    bytes_add_string(out, ",False,");
    for (int i = 0; i < SERVICES; i++) bytes_add_string(out, held >> i & 1 ? ",True" : ",False");
    for (int i = 0; i < SERVICES; i++) add_field(out, held >> i & 1 ? seen : TEXT_NONE);
    for (int i = 0; i < SERVICES; i++) add_field(out, held >> i & 1 ? text_of(assigned) : TEXT_NONE);
    add_field(out, names.data ? bytes_text(&names) : TEXT_NONE);
    bytes_add_byte(out, '\n');
    bytes_free(&names);
}

void reports_download(struct exchange *exchange) {
    struct text payload;
    int64_t until;
    if (!text_equal(exchange->path, text_of(download_path)) || !page_open(exchange, exchange_option(exchange, "token"), &payload) ||
        !decimal_read_int64(payload, &until) || until < now_seconds()) {
        error_reply(exchange, 404, "NotFound", "There is nothing at this address.");
        return;
    }
    char today[11];
    snprintf(today, sizeof today, "%.10s", entity_now(exchange).start);
    exchange->content_type = "application/octet-stream";
    add_head(&exchange->reply);
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT number, user_principal_name, display_name, last_sign_in FROM users WHERE deleted IS NULL ORDER BY number");
    while (store_row(exchange->db, row)) add_user(exchange, row, today, &exchange->reply);
    sqlite3_reset(row);
}
