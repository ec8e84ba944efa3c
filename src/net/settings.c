#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#include <stdlib.h>
#include "curl_table_private.h"
#include "m365sh/base/library.h"
#include "m365sh/version.h"

enum status settings_load_curl(struct curl_table *table, struct fault *fault) {
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", NULL};
    const struct library_symbol symbols[] = {
#define CURL_SYMBOL(name) {#name, (void **)&table->name},
        CURL_FUNCTIONS(CURL_SYMBOL)
#undef CURL_SYMBOL
    };
    if (library_load(names, "libcurl4", symbols, sizeof symbols / sizeof *symbols, fault) != STATUS_OK) return STATUS_ERROR;
    CURLcode code = table->curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code == CURLE_OK) return STATUS_OK;
    return fault_set(fault, FAULT_LIBRARY, (int)code, "libcurl cannot start: %s", table->curl_easy_strerror(code));
}

void settings_apply(const struct curl_table *table, const struct net_settings *settings, void *handle) {
    const char *authorities = settings->authorities_path ? settings->authorities_path : getenv("SSL_CERT_FILE");
    table->curl_easy_setopt(handle, CURLOPT_USERAGENT, settings->agent ? settings->agent : "m365sh/" M365SH_VERSION);
    if (authorities && *authorities) table->curl_easy_setopt(handle, CURLOPT_CAINFO, authorities);
    table->curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)(settings->connect_seconds ? settings->connect_seconds : 10));
    table->curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    table->curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, (long)(settings->idle_seconds ? settings->idle_seconds : 60));
    table->curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L); /* signals belong to the interpreter's thread */
    table->curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    table->curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    table->curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    table->curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L); /* a redirect would carry the token elsewhere */
    table->curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    table->curl_easy_setopt(handle, CURLOPT_PIPEWAIT, 1L); /* rather share a connection than open one */
    table->curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    table->curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, 60L); /* an older connection is likely closed: a write would end as unknown */
}
