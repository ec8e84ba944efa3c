/* IPAddress and MailAddress: objects whose slots are read from the text they are made of. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include "argument_private.h"

/* .NET reads "12" as 0.0.0.12, as inet_aton does; IPv6 with or without scope. */
static bool read_address(struct text text, char out[64], int *family) {
    char copy[64];
    struct in_addr four;
    struct in6_addr six;
    text = text_trim(text);
    if (!text.length || text.length >= sizeof copy) return false;
    snprintf(copy, sizeof copy, "%.*s", TEXT_ARGUMENT(text));
    if (strchr(copy, ':')) {
        char *scope = strchr(copy, '%');
        if (scope) *scope = '\0';
        *family = AF_INET6;
        return inet_pton(AF_INET6, copy, &six) == 1 && inet_ntop(AF_INET6, &six, out, 64);
    }
    *family = AF_INET;
    return inet_aton(copy, &four) && inet_ntop(AF_INET, &four, out, 64);
}
static struct value address_new(struct realm *realm, const char *text, int family) {
    struct value object = object_new(realm, type_known(realm, "System.Net.IPAddress"), 2), string = string_of(text);
    object_add(realm, object, TEXT("AddressFamily"), MEMBER_PROPERTY,
               argument_enum_value(realm, "System.Net.Sockets.AddressFamily", family == AF_INET ? 2 : 23));
    object_add(realm, object, TEXT("IPAddressToString"), MEMBER_PROPERTY, string);
    value_release(string);
    return object;
}
MEMBER(parse_address) {
    char address[64];
    int family;
    struct value text = convert_text(realm, arguments[0]);
    enum status status = STATUS_OK;
    if (read_address(string_text(text), address, &family)) *out = address_new(realm, address, family);
    else status = member_raise(realm, "Parse", count, "System.FormatException", "\"%s\" is no IP address.", string_chars(text));
    value_release(text);
    return status;
}
MEMBER(try_parse_address) {
    char address[64];
    int family;
    struct value text = convert_text(realm, arguments[0]);
    bool ok = read_address(string_text(text), address, &family);
    value_release(text);
    struct value made = ok ? address_new(realm, address, family) : value_null();
    *out = value_bool(ok);
    enum status status = argument_set_reference(realm, "TryParse", arguments[1], made);
    value_release(made);
    return status;
}
MEMBER(new_address) {
    struct bytes bytes = {0};
    char address[64];
    struct value first = value_base(arguments[0]);
    if (value_is_integer(first)) {
        uint32_t number = (uint32_t)first.integer;
        if (first.integer < 0 || first.integer > UINT32_MAX)
            return member_raise(realm, ".ctor", count, "System.ArgumentOutOfRangeException", "The number is no IP address.");
        bytes_add(&bytes, &number, 4);
    } else TRY(argument_bytes(realm, ".ctor", first, &bytes));
    int family = bytes.length == 16 ? AF_INET6 : AF_INET;
    bool ok = (bytes.length == 4 || bytes.length == 16) && inet_ntop(family, bytes.data, address, sizeof address);
    bytes_free(&bytes);
    if (!ok) return member_raise(realm, ".ctor", count, "System.ArgumentException", "An IP address has 4 or 16 bytes.");
    return argument_give(out, address_new(realm, address, family));
}
static struct value slot(struct realm *realm, struct value object, const char *name) {
    struct value *place = object_find_text(realm, object, text_of(name));
    return place ? value_keep(*place) : value_null();
}
MEMBER(address_text) { return argument_give(out, slot(realm, self, "IPAddressToString")); }
MEMBER(address_bytes) {
    struct value text = slot(realm, self, "IPAddressToString");
    uint8_t bytes[16];
    int family = strchr(string_chars(text), ':') ? AF_INET6 : AF_INET;
    inet_pton(family, string_chars(text), bytes);
    value_release(text);
    return argument_give(out, argument_byte_array(realm, bytes, family == AF_INET ? 4 : 16));
}
MEMBER(address_equals) {
    struct value own = slot(realm, self, "IPAddressToString"), other = convert_text(realm, arguments[0]);
    *out = value_bool(text_equal(string_text(own), string_text(other)));
    value_release(own);
    value_release(other);
    return STATUS_OK;
}
MEMBER(loopback) { return argument_give(out, address_new(realm, "127.0.0.1", AF_INET)); }
MEMBER(any) { return argument_give(out, address_new(realm, "0.0.0.0", AF_INET)); }

/* "Ann <a@b.c>" or "a@b.c". */
MEMBER(new_mail) {
    struct value text = convert_text(realm, arguments[0]), display = count > 1 ? convert_text(realm, arguments[1]) : string_empty();
    struct text whole = text_trim(string_text(text)), name = string_text(display), address = whole;
    size_t open = text_find_byte(whole, '<', 0);
    enum status status = STATUS_OK;
    if (open != TEXT_NOT_FOUND && text_ends(whole, TEXT(">"))) {
        address = text_trim(text_slice(whole, open + 1, whole.length - open - 2));
        if (!name.length) name = text_trim(text_slice(whole, 0, open));
        if (name.length > 1 && name.start[0] == '"') name = text_slice(name, 1, name.length - 2);
    }
    size_t at = text_find_byte(address, '@', 0);
    bool ok = at != TEXT_NOT_FOUND && at > 0 && at + 1 < address.length && text_find_byte(address, '@', at + 1) == TEXT_NOT_FOUND &&
              text_find_byte(address, ' ', 0) == TEXT_NOT_FOUND;
    if (!whole.length) status = member_raise(realm, ".ctor", count, "System.ArgumentException", "A mail address cannot be empty.");
    else if (!ok) status = member_raise(realm, ".ctor", count, "System.FormatException", "\"%s\" is no mail address.", string_chars(text));
    else {
        const struct text parts[4] = {name, text_slice(address, 0, at), text_slice(address, at + 1, address.length), address};
        static const char *const names[4] = {"DisplayName", "User", "Host", "Address"};
        *out = object_new(realm, type, 4);
        for (int i = 0; i < 4; i++) {
            struct value part = string_new(parts[i]);
            object_add(realm, *out, text_of(names[i]), MEMBER_PROPERTY, part);
            value_release(part);
        }
    }
    value_release(text);
    value_release(display);
    return status;
}
MEMBER(mail_text) {
    struct value name = slot(realm, self, "DisplayName"), address = slot(realm, self, "Address");
    struct bytes text = {0};
    if (string_text(name).length) bytes_add_format(&text, "\"%s\" <%s>", string_chars(name), string_chars(address));
    else bytes_add_text(&text, string_text(address));
    value_release(name);
    value_release(address);
    return argument_give_bytes(out, &text);
}

#define A "System.Net.IPAddress"
#define M "System.Net.Mail.MailAddress"
static const struct member_row rows[] = {
    {A, "Equals", ROW_METHOD, 1, 1, address_equals, NULL, "bool Equals(System.Object comparand)"},
    {A, "GetAddressBytes", ROW_METHOD, 0, 0, address_bytes, NULL, "byte[] GetAddressBytes()"},
    {A, "ToString", ROW_METHOD, 0, 0, address_text, NULL, "string ToString()"},
    {A, "Parse", ROW_STATIC_METHOD, 1, 1, parse_address, NULL, "static ipaddress Parse(string ipString)"},
    {A, "TryParse", ROW_STATIC_METHOD, 2, 2, try_parse_address, NULL, "static bool TryParse(string ipString, [ref] ipaddress address)"},
    {A, "Any", ROW_STATIC_GET, 0, 0, any, NULL, "static ipaddress Any {get;}"},
    {A, "Loopback", ROW_STATIC_GET, 0, 0, loopback, NULL, "static ipaddress Loopback {get;}"},
    {A, "new", ROW_CONSTRUCTOR, 1, 1, new_address, NULL, "ipaddress new(long newAddress), ipaddress new(byte[] address)"},
    {M, "ToString", ROW_METHOD, 0, 0, mail_text, NULL, "string ToString()"},
    {M, "new", ROW_CONSTRUCTOR, 1, 3, new_mail, NULL, "mailaddress new(string address), mailaddress new(string address, string displayName)"},
};
const struct member_table network_member_table = TABLE_OF(rows);
