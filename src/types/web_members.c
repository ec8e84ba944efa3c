/* [System.Web.HttpUtility], [System.Net.WebUtility], [Net.ServicePointManager] and international host names. */
#include "argument_private.h"
#include "type_table_private.h"
#include "escape_text_private.h"
#include "punycode_private.h"
#include "type_table_private.h"

static enum status give_changed(struct realm *realm, const char *method, struct value argument,
                                void (*change)(struct bytes *out, struct text text), struct value *out) {
    struct value text;
    struct bytes result = {0};
    if (value_is_nothing(value_base(argument))) return argument_give(out, value_null());
    TRY(member_argument_text(realm, method, argument, &text));
    change(&result, string_text(text));
    value_release(text);
    return argument_give_bytes(out, &result);
}

static void encode_url_lower(struct bytes *out, struct text text) { escape_percent(out, text, "-_.!*()", false, true); }
static void encode_url_upper(struct bytes *out, struct text text) { escape_percent(out, text, "-_.!*()", true, true); }
static void decode_url(struct bytes *out, struct text text) { escape_read_percent(out, text, "", true); }
static void encode_html(struct bytes *out, struct text text) { escape_html(out, text, true); }

static void encode_attribute(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if (c == '"') bytes_add_string(out, "&quot;");
        else if (c == '&') bytes_add_string(out, "&amp;");
        else if (c == '<') bytes_add_string(out, "&lt;");
        else if (c == '\'') bytes_add_string(out, "&#39;");
        else bytes_add_byte(out, c);
    }
}

/* The path alone: what follows ? stays. */
static void encode_path(struct bytes *out, struct text text) {
    size_t question = text_find_byte(text, '?', 0);
    if (question == TEXT_NOT_FOUND) question = text.length;
    escape_percent(out, text_slice(text, 0, question), "-_.~!*'();:@&=+$,/[]%", false, false);
    bytes_add_text(out, text_slice(text, question, text.length));
}

static void encode_script(struct bytes *out, struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.start[i];
        if (c == '\n') bytes_add_string(out, "\\n");
        else if (c == '\r') bytes_add_string(out, "\\r");
        else if (c == '\t') bytes_add_string(out, "\\t");
        else if (c == '"' || c == '\\') bytes_add_format(out, "\\%c", c);
        else if ((unsigned char)c < 0x20 || strchr("<>&'", c)) bytes_add_format(out, "\\u%04x", (unsigned char)c);
        else bytes_add_byte(out, c);
    }
}

MEMBER(url_encode) { return give_changed(realm, "UrlEncode", arguments[0], encode_url_lower, out); }
MEMBER(url_encode_upper) { return give_changed(realm, "UrlEncode", arguments[0], encode_url_upper, out); }
MEMBER(url_decode) { return give_changed(realm, "UrlDecode", arguments[0], decode_url, out); }
MEMBER(url_path_encode) { return give_changed(realm, "UrlPathEncode", arguments[0], encode_path, out); }
MEMBER(html_encode) { return give_changed(realm, "HtmlEncode", arguments[0], encode_html, out); }
MEMBER(html_decode) { return give_changed(realm, "HtmlDecode", arguments[0], escape_read_html, out); }
MEMBER(html_attribute_encode) { return give_changed(realm, "HtmlAttributeEncode", arguments[0], encode_attribute, out); }
MEMBER(script_encode) { return give_changed(realm, "JavaScriptStringEncode", arguments[0], encode_script, out); }

/* The NameValueCollection is a table without case that keeps its order. */
MEMBER(parse_query) {
    struct value text, table = table_new(realm, TABLE_ORDERED, true, type_known(realm, "System.Collections.Specialized.NameValueCollection"));
    TRY(member_argument_text(realm, "ParseQueryString", arguments[0], &text));
    struct text rest = string_text(text), part;
    if (rest.length && rest.start[0] == '?') rest = text_slice(rest, 1, rest.length);
    while (text_split_next(&rest, '&', &part)) {
        size_t equal = text_find_byte(part, '=', 0);
        struct bytes name = {0}, item = {0};
        if (equal == TEXT_NOT_FOUND) equal = part.length;
        decode_url(&name, text_slice(part, 0, equal));
        decode_url(&item, text_slice(part, equal + 1, part.length));
        struct value key = string_from_bytes(&name), *old = table_find(table, key), joined;
        if (old) joined = string_format("%s,%s", string_chars(*old), item.data ? item.data : "");
        else joined = string_from_bytes(&item);
        table_put(table, key, joined);
        value_release(key);
        value_release(joined);
        bytes_free(&name);
        bytes_free(&item);
    }
    value_release(text);
    return argument_give(out, table);
}

MEMBER(get_all_keys) {
    struct value keys = argument_new_array(realm, "System.String", table_count(value_base(self)));
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(value_base(self), &position));) array_push(keys, entry->key);
    return argument_give(out, keys);
}

/* As a query again. */
MEMBER(query_text) {
    struct bytes text = {0};
    uint32_t position = 0;
    for (struct table_entry *entry; (entry = table_next(value_base(self), &position));) {
        struct value name = convert_text(realm, entry->key), item = convert_text(realm, entry->value);
        if (text.length) bytes_add_byte(&text, '&');
        encode_url_lower(&text, string_text(name));
        bytes_add_byte(&text, '=');
        encode_url_lower(&text, string_text(item));
        value_release(name);
        value_release(item);
    }
    return argument_give_bytes(out, &text);
}

/* TLS is chosen by the network room; scripts only set this and read it back. */
MEMBER(get_security_protocol) {
    return argument_give(out, argument_enum_value(realm, "System.Net.SecurityProtocolType", realm->types->security_protocol));
}
static enum status set_security_protocol(struct realm *realm, struct value self, struct value item) {
    (void)self;
    if (argument_is_enum(realm, item, "System.Net.SecurityProtocolType", &realm->types->security_protocol)) return STATUS_OK;
    return realm_raise(realm, "System.Management.Automation.SetValueInvocationException", "ExceptionWhenSetting", ERROR_NOT_SPECIFIED,
                       "The value is no SecurityProtocolType.");
}

/* --- IdnMapping --- */
MEMBER(new_mapping) {
    return argument_give(out, object_new(realm, type_known(realm, "System.Globalization.IdnMapping"), 0));
}

MEMBER(get_ascii) { return give_changed(realm, "GetAscii", arguments[0], punycode_add_ascii, out); }

MEMBER(get_unicode) {
    struct value name;
    struct bytes text = {0};
    TRY(member_argument_text(realm, "GetUnicode", arguments[0], &name));
    bool good = punycode_add_unicode(&text, string_text(name));
    value_release(name);
    if (good) return argument_give_bytes(out, &text);
    bytes_free(&text);
    return member_raise(realm, "GetUnicode", 1, "System.ArgumentException", "A part of the name is no international name.");
}

static const struct member_row rows[] = {
#define ROW_TYPE "System.Globalization.IdnMapping"
    ROW_NEW(0, 0, new_mapping, "System.Globalization.IdnMapping new()"),
    ROW_CALL("GetAscii", 1, 1, get_ascii, "string GetAscii(string unicode)"), ROW_CALL("GetUnicode", 1, 1, get_unicode, "string GetUnicode(string ascii)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Web.HttpUtility"
    ROW_STATIC_CALL("HtmlAttributeEncode", 1, 1, html_attribute_encode, "static string HtmlAttributeEncode(string s)"),
    ROW_STATIC_CALL("HtmlDecode", 1, 1, html_decode, "static string HtmlDecode(string s)"),
    ROW_STATIC_CALL("HtmlEncode", 1, 1, html_encode, "static string HtmlEncode(string s)"),
    ROW_STATIC_CALL("JavaScriptStringEncode", 1, 1, script_encode, "static string JavaScriptStringEncode(string value)"),
    ROW_STATIC_CALL("ParseQueryString", 1, 2, parse_query, "static System.Collections.Specialized.NameValueCollection ParseQueryString(string query)"),
    ROW_STATIC_CALL("UrlDecode", 1, 2, url_decode, "static string UrlDecode(string str)"),
    ROW_STATIC_CALL("UrlEncode", 1, 2, url_encode, "static string UrlEncode(string str)"),
    ROW_STATIC_CALL("UrlPathEncode", 1, 1, url_path_encode, "static string UrlPathEncode(string str)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Net.WebUtility"
    ROW_STATIC_CALL("HtmlDecode", 1, 1, html_decode, "static string HtmlDecode(string value)"),
    ROW_STATIC_CALL("HtmlEncode", 1, 1, html_encode, "static string HtmlEncode(string value)"),
    ROW_STATIC_CALL("UrlDecode", 1, 1, url_decode, "static string UrlDecode(string encodedValue)"),
    ROW_STATIC_CALL("UrlEncode", 1, 1, url_encode_upper, "static string UrlEncode(string value)"),
#undef ROW_TYPE
#define ROW_TYPE "System.Net.ServicePointManager"
    {ROW_TYPE, "SecurityProtocol", ROW_STATIC_GET, 0, 0, get_security_protocol, set_security_protocol,
     "static System.Net.SecurityProtocolType SecurityProtocol {get;set;}"},
#undef ROW_TYPE
#define ROW_TYPE "System.Collections.Specialized.NameValueCollection"
    ROW_PROPERTY("AllKeys", get_all_keys, "string[]"), ROW_CALL("ToString", 0, 0, query_text, "string ToString()"),
#undef ROW_TYPE
};
const struct member_table web_member_table = TABLE_OF(rows);
