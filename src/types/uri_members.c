/* [uri] and [System.UriBuilder]'s plain use. */
#include "argument_private.h"
#include "escape_text_private.h"
#include "m365sh/base/fold.h"

#define ROW_TYPE "System.Uri"

/* The parts of an absolute address. */
struct address {
    struct text scheme, user, host, path, query, fragment; /* query with ?, fragment with # */
    int port;               /* -1: the scheme's */
    bool has_authority;
};

static int default_port(struct text scheme) {
    static const struct { const char *scheme; int port; } ports[] = {
        {"http", 80}, {"https", 443}, {"ftp", 21}, {"ws", 80}, {"wss", 443}, {"ldap", 389}, {"ldaps", 636}, {"telnet", 23},
    };
    for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++)
        if (text_equal_fold(scheme, text_of(ports[i].scheme))) return ports[i].port;
    return -1;
}

static bool is_scheme(struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i], low = (char)(c | 0x20);
        bool letter = low >= 'a' && low <= 'z';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) return false;
    }
    return text.length > 1;
}

static bool split_authority(struct text authority, struct address *a) {
    size_t at = text_find_last(authority, TEXT("@"));
    if (at != TEXT_NOT_FOUND) {
        a->user = text_slice(authority, 0, at);
        authority = text_slice(authority, at + 1, authority.length);
    }
    size_t colon = text_find_last(authority, TEXT(":")), bracket = text_find_byte(authority, ']', 0);
    if (colon != TEXT_NOT_FOUND && (bracket == TEXT_NOT_FOUND || colon > bracket)) {
        int64_t port = -1;
        struct text digits = text_slice(authority, colon + 1, authority.length);
        if (digits.length && (!decimal_read_int64(digits, &port) || port < 0 || port > 65535)) return false;
        a->port = (int)port;
        authority = text_slice(authority, 0, colon);
    }
    a->host = authority;
    for (size_t i = 0; i < authority.length; i++)
        if (strchr(" \t<>\"\\^`{|}", authority.start[i])) return false;
    return true;
}

/* False: relative or malformed. */
static bool read_address(struct text text, struct address *a) {
    *a = (struct address){.port = -1};
    text = text_trim(text);
    size_t colon = text_find_byte(text, ':', 0);
    if (colon == TEXT_NOT_FOUND || !is_scheme(text_slice(text, 0, colon))) return false;
    a->scheme = text_slice(text, 0, colon);
    struct text rest = text_slice(text, colon + 1, text.length);
    size_t hash = text_find_byte(rest, '#', 0);
    if (hash != TEXT_NOT_FOUND) {
        a->fragment = text_slice(rest, hash, rest.length);
        rest = text_slice(rest, 0, hash);
    }
    size_t question = text_find_byte(rest, '?', 0);
    if (question != TEXT_NOT_FOUND) {
        a->query = text_slice(rest, question, rest.length);
        rest = text_slice(rest, 0, question);
    }
    a->path = rest;
    if (!text_starts(rest, TEXT("//"))) return default_port(a->scheme) < 0;
    size_t slash = text_find_byte(rest, '/', 2);
    if (slash == TEXT_NOT_FOUND) slash = rest.length;
    a->has_authority = true;
    a->path = text_slice(rest, slash, rest.length);
    return split_authority(text_slice(rest, 2, slash - 2), a) && (a->host.length || default_port(a->scheme) < 0);
}

/* /a/../b to /b. */
static void add_path(struct bytes *out, struct text path) {
    struct bytes clean = {0};
    for (size_t at = 0; at < path.length;) {
        size_t end = text_find_byte(path, '/', at + 1);
        if (end == TEXT_NOT_FOUND) end = path.length;
        struct text segment = text_slice(path, at, end - at);
        bool last = end == path.length, up = text_equal(segment, TEXT("/.."));
        if (up) {
            size_t cut = text_find_last(bytes_text(&clean), TEXT("/"));
            bytes_truncate(&clean, cut == TEXT_NOT_FOUND ? 0 : cut);
        }
        if (up || text_equal(segment, TEXT("/."))) {
            if (last) bytes_add_byte(&clean, '/');
        } else bytes_add_text(&clean, segment);
        at = end;
    }
    escape_percent(out, bytes_text(&clean), "-_.~!*'();:@&=+$,/[]%", true, false);
    bytes_free(&clean);
}

static void put(struct realm *realm, struct value object, const char *name, struct value item) {
    object_add(realm, object, text_of(name), MEMBER_PROPERTY, item);
    value_release(item);
}

static struct value segments_of(struct realm *realm, struct text path) {
    struct value list = argument_new_array(realm, "System.String", 4);
    for (size_t at = 0; at < path.length;) {
        size_t end = text_find_byte(path, '/', at);
        end = end == TEXT_NOT_FOUND ? path.length : end + 1;
        array_push_take(list, string_new(text_slice(path, at, end - at)));
        at = end;
    }
    return list;
}

/* 2: dns, 3: IPv4, 4: IPv6; 1 basic. */
static int host_kind(struct text host) {
    if (host.length == 0) return 1;
    if (host.start[0] == '[') return 4;
    for (size_t i = 0; i < host.length; i++)
        if (host.start[i] != '.' && (host.start[i] < '0' || host.start[i] > '9')) return 2;
    return 3;
}

static void fill_absolute(struct realm *realm, struct value object, const struct address *a) {
    struct bytes scheme = {0}, host = {0}, path = {0}, query = {0}, fragment = {0}, whole = {0}, authority = {0}, local = {0};
    fold_add_lower(&scheme, a->scheme);
    fold_add_lower(&host, a->host);
    if (a->path.length == 0 && a->has_authority) bytes_add_byte(&path, '/');
    if (a->has_authority) add_path(&path, a->path);
    else escape_percent(&path, a->path, "-_.~!*'();:@&=+$,/[]%?", true, false);
    escape_percent(&query, a->query, "-_.~!*'();:@&=+$,/?[]%", true, false);
    escape_percent(&fragment, a->fragment, "-_.~!*'();:@&=+$,/?#[]%", true, false);
    int usual = default_port(a->scheme), port = a->port < 0 ? usual : a->port;
    bytes_add_text(&authority, bytes_text(&host));
    if (port != usual) bytes_add_format(&authority, ":%d", port);
    bytes_add_text(&whole, bytes_text(&scheme));
    bytes_add_string(&whole, a->has_authority ? "://" : ":");
    if (a->user.length) bytes_add_format(&whole, "%.*s@", TEXT_ARGUMENT(a->user));
    bytes_add_text(&whole, bytes_text(&authority));
    bytes_add_text(&whole, bytes_text(&path));
    bytes_add_text(&whole, bytes_text(&query));
    bytes_add_text(&whole, bytes_text(&fragment));
    escape_read_percent(&local, bytes_text(&path), "", false);
    bool file = text_equal(bytes_text(&scheme), TEXT("file"));
    bool loopback = text_equal(bytes_text(&host), TEXT("localhost")) || text_equal(bytes_text(&host), TEXT("127.0.0.1")) || (file && !host.length);
    put(realm, object, "AbsolutePath", string_from_bytes(&path));
    put(realm, object, "AbsoluteUri", string_from_bytes(&whole));
    put(realm, object, "LocalPath", string_from_bytes(&local));
    put(realm, object, "Authority", string_from_bytes(&authority));
    put(realm, object, "HostNameType", argument_enum_value(realm, "System.UriHostNameType", host_kind(a->host)));
    put(realm, object, "IsDefaultPort", value_bool(port == usual));
    put(realm, object, "IsFile", value_bool(file));
    put(realm, object, "IsLoopback", value_bool(loopback));
    bytes_add_text(&path, bytes_text(&query));
    put(realm, object, "PathAndQuery", string_from_bytes(&path));
    bytes_truncate(&path, path.length - query.length);
    put(realm, object, "Segments", segments_of(realm, bytes_text(&path)));
    put(realm, object, "IsUnc", value_bool(false));
    put(realm, object, "Host", string_from_bytes(&host));
    put(realm, object, "Port", value_int32(port));
    put(realm, object, "Query", string_from_bytes(&query));
    put(realm, object, "Fragment", string_from_bytes(&fragment));
    put(realm, object, "Scheme", string_from_bytes(&scheme));
    struct bytes *all[] = {&scheme, &host, &path, &query, &fragment, &whole, &authority, &local};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) bytes_free(all[i]);
}

static struct value new_uri(struct realm *realm, struct text text, bool absolute, const struct address *a) {
    struct value object = object_new(realm, type_known(realm, ROW_TYPE), 22);
    if (absolute) fill_absolute(realm, object, a);
    put(realm, object, "OriginalString", string_new(text));
    if (absolute) {
        struct bytes host = {0};
        fold_add_lower(&host, a->host);
        put(realm, object, "DnsSafeHost", string_from_bytes(&host));
        put(realm, object, "IdnHost", string_from_bytes(&host));
        bytes_free(&host);
    }
    put(realm, object, "IsAbsoluteUri", value_bool(absolute));
    put(realm, object, "UserEscaped", value_bool(false));
    if (absolute) put(realm, object, "UserInfo", string_new(a->user));
    return object;
}

static struct text slot_text(struct realm *realm, struct value uri, const char *name) {
    struct value *slot = object_find_text(realm, value_base(uri), text_of(name));
    return slot && slot->kind == VALUE_STRING ? string_text(*slot) : TEXT_NONE;
}

static bool is_absolute(struct realm *realm, struct value uri) {
    struct value *slot = object_find_text(realm, value_base(uri), TEXT("IsAbsoluteUri"));
    return slot && slot->boolean;
}

/* A relative address against an absolute one. */
static void combine(struct realm *realm, struct bytes *out, struct value base, struct text relative) {
    struct text scheme = slot_text(realm, base, "Scheme"), authority = slot_text(realm, base, "Authority");
    struct text path = slot_text(realm, base, "AbsolutePath"), user = slot_text(realm, base, "UserInfo");
    bytes_add_format(out, "%.*s:", TEXT_ARGUMENT(scheme));
    if (text_starts(relative, TEXT("//"))) {
        bytes_add_text(out, relative);
        return;
    }
    bytes_add_string(out, "//");
    if (user.length) bytes_add_format(out, "%.*s@", TEXT_ARGUMENT(user));
    bytes_add_text(out, authority);
    if (relative.length && relative.start[0] == '/') path = TEXT_NONE;
    else if (relative.length == 0 || relative.start[0] == '#') {
        bytes_add_text(out, path);
        path = slot_text(realm, base, "Query");
    } else if (relative.start[0] != '?') path.length = text_find_last(path, TEXT("/")) + 1;
    bytes_add_text(out, path);
    bytes_add_text(out, relative);
}

static enum status uri_from(struct realm *realm, struct text text, int64_t kind, struct value *out) {
    struct address a;
    bool absolute = kind != 2 && read_address(text, &a);
    if (text.length == 0 && kind == 1)
        return member_raise(realm, ".ctor", 1, "System.UriFormatException", "The address is empty.");
    if (kind == 1 && !absolute) return member_raise(realm, ".ctor", 2, "System.UriFormatException", "\"%.*s\" is not an absolute address.", TEXT_ARGUMENT(text));
    *out = new_uri(realm, text, absolute, &a);
    return STATUS_OK;
}

/* new(text), new(text, kind), new(base, text or uri). PowerShell's cast takes relative ones too. */
MEMBER(construct) {
    struct value text;
    int64_t kind = count == 1 ? 0 : 1;
    struct value first = value_base(arguments[0]);
    if (count == 2 && first.kind == VALUE_OBJECT) {
        struct value second = value_base(arguments[1]);
        struct bytes whole = {0};
        if (second.kind == VALUE_OBJECT) text = string_new(slot_text(realm, second, "OriginalString"));
        else TRY(member_argument_text(realm, "Uri", arguments[1], &text));
        struct address a;
        if (read_address(string_text(text), &a)) bytes_add_text(&whole, string_text(text));
        else combine(realm, &whole, first, string_text(text));
        enum status status = uri_from(realm, bytes_text(&whole), 1, out);
        bytes_free(&whole);
        value_release(text);
        return status;
    }
    if (count == 2) TRY(argument_enum(realm, "Uri", arguments[1], "System.UriKind", &kind));
    TRY(member_argument_text(realm, "Uri", arguments[0], &text));
    enum status status = uri_from(realm, string_text(text), kind, out);
    value_release(text);
    return status;
}

MEMBER(try_create) {
    struct value text, uri = value_null();
    struct address a;
    int64_t kind;
    TRY(argument_enum(realm, "TryCreate", arguments[1], "System.UriKind", &kind));
    TRY(member_argument_text(realm, "TryCreate", arguments[0], &text));
    bool absolute = kind != 2 && read_address(string_text(text), &a), good = absolute || (kind != 1 && string_text(text).length);
    if (good) uri = new_uri(realm, string_text(text), absolute, &a);
    enum status status = argument_set_reference(realm, "TryCreate", arguments[2], uri);
    value_release(uri);
    value_release(text);
    *out = value_bool(good);
    return status;
}

MEMBER(is_well_formed) {
    struct value text;
    struct address a;
    int64_t kind;
    TRY(argument_enum(realm, "IsWellFormedUriString", arguments[1], "System.UriKind", &kind));
    TRY(member_argument_text(realm, "IsWellFormedUriString", arguments[0], &text));
    bool absolute = read_address(string_text(text), &a), good = kind == 1 ? absolute : kind == 2 ? !absolute : true;
    for (size_t i = 0; i < string_text(text).length; i++)
        if (strchr(" <>\"\\^`{|}", string_text(text).start[i]) || (unsigned char)string_text(text).start[i] < 0x20) good = false;
    value_release(text);
    return argument_give(out, value_bool(good));
}

MEMBER(to_string) {
    struct bytes text = {0};
    if (is_absolute(realm, self)) escape_read_percent(&text, slot_text(realm, self, "AbsoluteUri"), ";/?:@&=+$,#[]!'()*%", false);
    else bytes_add_text(&text, slot_text(realm, self, "OriginalString"));
    return argument_give_bytes(out, &text);
}

MEMBER(escape_data) {
    struct value text;
    struct bytes result = {0};
    TRY(member_argument_text(realm, "EscapeDataString", arguments[0], &text));
    escape_percent(&result, string_text(text), "-_.~", true, false);
    value_release(text);
    return argument_give_bytes(out, &result);
}

MEMBER(escape_uri) {
    struct value text;
    struct bytes result = {0};
    TRY(member_argument_text(realm, "EscapeUriString", arguments[0], &text));
    escape_percent(&result, string_text(text), "-_.~!*'();:@&=+$,/?#[]", true, false);
    value_release(text);
    return argument_give_bytes(out, &result);
}

MEMBER(unescape_data) {
    struct value text;
    struct bytes result = {0};
    TRY(member_argument_text(realm, "UnescapeDataString", arguments[0], &text));
    escape_read_percent(&result, string_text(text), "", false);
    value_release(text);
    return argument_give_bytes(out, &result);
}

/* UriPartial: Scheme 0, Authority 1, Path 2, Query 3. */
MEMBER(get_left_part) {
    int64_t part;
    struct bytes text = {0};
    TRY(argument_enum(realm, "GetLeftPart", arguments[0], "System.UriPartial", &part));
    bytes_add_format(&text, "%.*s://", TEXT_ARGUMENT(slot_text(realm, self, "Scheme")));
    if (part >= 1) bytes_add_text(&text, slot_text(realm, self, "Authority"));
    if (part == 2) bytes_add_text(&text, slot_text(realm, self, "AbsolutePath"));
    if (part == 3) bytes_add_text(&text, slot_text(realm, self, "PathAndQuery"));
    return argument_give_bytes(out, &text);
}

MEMBER(equals) {
    struct value other = value_base(arguments[0]);
    if (other.kind != VALUE_OBJECT) return argument_give(out, value_bool(false));
    const char *name = is_absolute(realm, self) ? "AbsoluteUri" : "OriginalString";
    return argument_give(out, value_bool(text_equal(slot_text(realm, self, name), slot_text(realm, other, name))));
}

static const struct member_row rows[] = {
    ROW_NEW(1, 2, construct, "uri new(string uriString), uri new(string uriString, System.UriKind uriKind), uri new(uri baseUri, string relativeUri)"),
    ROW_STATIC_CALL("EscapeDataString", 1, 1, escape_data, "static string EscapeDataString(string stringToEscape)"),
    ROW_STATIC_CALL("EscapeUriString", 1, 1, escape_uri, "static string EscapeUriString(string stringToEscape)"),
    ROW_STATIC_CALL("IsWellFormedUriString", 2, 2, is_well_formed, "static bool IsWellFormedUriString(string uriString, System.UriKind uriKind)"),
    ROW_STATIC_CALL("TryCreate", 3, 3, try_create, "static bool TryCreate(string uriString, System.UriKind uriKind, [ref] uri result)"),
    ROW_STATIC_CALL("UnescapeDataString", 1, 1, unescape_data, "static string UnescapeDataString(string stringToUnescape)"),
    ROW_CALL("Equals", 1, 1, equals, "bool Equals(System.Object comparand)"),
    ROW_CALL("GetLeftPart", 1, 1, get_left_part, "string GetLeftPart(System.UriPartial part)"),
    ROW_CALL("ToString", 0, 0, to_string, "string ToString()"),
};
const struct member_table uri_member_table = TABLE_OF(rows);
