#include "m365sh/net/url.h"

static bool split_authority(struct url *out) {
    struct text rest = out->authority;
    if (text_find_byte(rest, '@', 0) != TEXT_NOT_FOUND || rest.length == 0) return false;
    size_t colon;
    if (rest.start[0] == '[') {
        size_t close = text_find_byte(rest, ']', 0);
        if (close == TEXT_NOT_FOUND) return false;
        out->host = text_slice(rest, 1, close - 1);
        colon = text_find_byte(rest, ':', close);
    } else {
        colon = text_find_byte(rest, ':', 0);
        out->host = text_slice(rest, 0, colon == TEXT_NOT_FOUND ? rest.length : colon);
    }
    out->port = colon == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(rest, colon + 1, rest.length);
    for (size_t i = 0; i < out->port.length; i++)
        if (out->port.start[i] < '0' || out->port.start[i] > '9') return false;
    return out->host.length > 0;
}

bool url_read(struct text text, struct url *out) {
    *out = (struct url){0};
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.start[i] <= ' ' || text.start[i] == 0x7f) return false;
    size_t after = text_find(text, TEXT("://"), 0);
    if (after == TEXT_NOT_FOUND) return false;
    out->scheme = text_slice(text, 0, after);
    if (!text_equal_fold(out->scheme, TEXT("https")) && !text_equal_fold(out->scheme, TEXT("http"))) return false;
    struct text rest = text_slice(text, after + 3, text.length);
    size_t end = 0;
    while (end < rest.length && rest.start[end] != '/' && rest.start[end] != '?' && rest.start[end] != '#') end++;
    out->authority = text_slice(rest, 0, end);
    rest = text_slice(rest, end, rest.length);
    size_t hash = text_find_byte(rest, '#', 0);
    if (hash != TEXT_NOT_FOUND) rest = text_slice(rest, 0, hash);
    size_t mark = text_find_byte(rest, '?', 0);
    out->path = text_slice(rest, 0, mark == TEXT_NOT_FOUND ? rest.length : mark);
    out->query = mark == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(rest, mark + 1, rest.length);
    return split_authority(out);
}

/* A name that only begins with "127." is a name like any other. */
static bool is_loopback_address(struct text host) {
    if (!text_starts(host, TEXT("127."))) return false;
    for (size_t i = 0; i < host.length; i++)
        if (host.start[i] != '.' && (host.start[i] < '0' || host.start[i] > '9')) return false;
    return true;
}

bool url_is_loopback(const struct url *url) {
    return text_equal_fold(url->host, TEXT("localhost")) || text_equal(url->host, TEXT("::1")) || is_loopback_address(url->host);
}

bool url_is_private(struct text text) {
    struct url url;
    return url_read(text, &url) && (text_equal_fold(url.scheme, TEXT("https")) || url_is_loopback(&url));
}

static struct text port_of(const struct url *url) {
    if (url->port.length) return url->port;
    return text_equal_fold(url->scheme, TEXT("https")) ? TEXT("443") : TEXT("80");
}

bool url_same_origin(struct text a, struct text b) {
    struct url one, two;
    return url_read(a, &one) && url_read(b, &two) && text_equal_fold(one.scheme, two.scheme) &&
           text_equal_fold(one.host, two.host) && text_equal(port_of(&one), port_of(&two));
}
