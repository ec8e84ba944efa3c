/* libcurl's functions that are used, loaded when the first exchange starts. Include after <curl/curl.h>. */
#ifndef M365SH_NET_CURL_TABLE_PRIVATE_H
#define M365SH_NET_CURL_TABLE_PRIVATE_H

#include "m365sh/fault.h"
#include "m365sh/net/exchange.h"
#include "m365sh/net/settings.h"

#define CURL_FUNCTIONS(X)                                                                                   \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_cleanup) X(curl_easy_reset) X(curl_easy_setopt)       \
    X(curl_easy_getinfo) X(curl_easy_strerror) X(curl_slist_append) X(curl_slist_free_all)                  \
    X(curl_multi_init) X(curl_multi_cleanup) X(curl_multi_setopt) X(curl_multi_add_handle)                  \
    X(curl_multi_remove_handle) X(curl_multi_perform) X(curl_multi_poll) X(curl_multi_wakeup)               \
    X(curl_multi_info_read)

struct curl_table {
#define CURL_FIELD(name) __typeof__(&name) name;
    CURL_FUNCTIONS(CURL_FIELD)
#undef CURL_FIELD
};

enum status settings_load_curl(struct curl_table *table, struct fault *fault);
void settings_apply(const struct curl_table *table, const struct net_settings *settings, void *handle);
/* Fills a handle for the exchange, and reads the outcome of one that ended with libcurl's `code`. */
void exchange_prepare(const struct curl_table *table, struct exchange *exchange, void *handle);
void exchange_conclude(const struct curl_table *table, struct exchange *exchange, int code);

#endif
