#include "m365sh/auth/cloud.h"

/* Hosts after Microsoft's page on national deployments; tokens are not interchangeable between them. */
static const struct cloud clouds[] = {
    {"Global", "https://graph.microsoft.com", "https://login.microsoftonline.com"},
    {"USGov", "https://graph.microsoft.us", "https://login.microsoftonline.us"},
    {"USGovDoD", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"},
    {"China", "https://microsoftgraph.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"},
};

const struct cloud *cloud_at(size_t index) {
    return index < sizeof clouds / sizeof *clouds ? &clouds[index] : NULL;
}

const struct cloud *cloud_find(struct text name) {
    for (size_t i = 0; i < sizeof clouds / sizeof *clouds; i++)
        if (text_equal_fold(name, text_of(clouds[i].name))) return &clouds[i];
    return NULL;
}
