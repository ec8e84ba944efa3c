/* SecureString, PSCredential, NetworkCredential, and the ways back to plain text that scripts use. */
#include "m365sh/types/secure_value.h"

#include "argument_private.h"
#include "m365sh/value/native.h"

struct secure { struct secret *secret; bool read_only; };

static void release(void *payload) { secret_free(((struct secure *)payload)->secret); }
static const struct native_class secure_class = {"System.Security.SecureString", release, NULL};

struct value secure_value_new(struct realm *realm, struct text text) {
    struct value v = native_new(realm, &secure_class, type_known(realm, "System.Security.SecureString"), sizeof(struct secure));
    ((struct secure *)native_payload(v, &secure_class))->secret = secret_new(text);
    return v;
}

static struct secure *secure_of(struct value v) {
    v = value_base(v);
    return v.kind == VALUE_NATIVE ? native_payload(v, &secure_class) : NULL;
}

bool secure_value_reveal(struct value v, struct text *text) {
    struct secure *secure = secure_of(v);
    if (secure) *text = secret_reveal(secure->secret);
    return secure;
}

struct value secure_value_credential(struct realm *realm, struct value user_name, struct value password) {
    struct value object = object_new(realm, type_known(realm, "System.Management.Automation.PSCredential"), 2);
    object_add(realm, object, TEXT("UserName"), MEMBER_PROPERTY, user_name);
    object_add(realm, object, TEXT("Password"), MEMBER_PROPERTY, password);
    return object;
}

static void replace(struct secure *secure, struct bytes *text) {
    secret_free(secure->secret);
    secure->secret = secret_new(bytes_text(text));
    secret_wipe(text->data, text->length);
    bytes_free(text);
}

MEMBER(new_secure) { return argument_give(out, secure_value_new(realm, TEXT_NONE)); }
MEMBER(append_char) {
    uint32_t unit;
    struct bytes text = {0};
    struct secure *secure = secure_of(self);
    TRY(argument_char(realm, "AppendChar", arguments[0], &unit));
    if (secure->read_only) return member_raise(realm, "AppendChar", count, "System.InvalidOperationException", "The text can only be read.");
    bytes_add_text(&text, secret_reveal(secure->secret));
    bytes_add_code_point(&text, unit);
    replace(secure, &text);
    return STATUS_OK;
}
MEMBER(clear_secure) {
    replace(secure_of(self), &(struct bytes){0});
    return STATUS_OK;
}
MEMBER(make_read_only) {
    secure_of(self)->read_only = true;
    return STATUS_OK;
}
MEMBER(is_read_only) { return argument_give(out, value_bool(secure_of(self)->read_only)); }
MEMBER(secure_length) {
    struct value text = string_new(secret_reveal(secure_of(self)->secret));
    *out = value_int32((int32_t)string_units(text));
    value_release(text);
    return STATUS_OK;
}
MEMBER(copy_secure) { return argument_give(out, secure_value_new(realm, secret_reveal(secure_of(self)->secret))); }
MEMBER(dispose) { return STATUS_OK; }

/* --- credentials ---------------------------------------------------------------------------------------------------- */

MEMBER(new_credential) {
    if (value_is_nothing(arguments[0]) || !secure_of(arguments[1]))
        return member_raise_argument(realm, ".ctor", arguments[secure_of(arguments[1]) ? 0 : 1], type_known(realm, "System.Security.SecureString"));
    struct value name = convert_text(realm, arguments[0]);
    enum status status = STATUS_OK;
    if (string_text(name).length) *out = secure_value_credential(realm, name, value_base(arguments[1]));
    else status = member_raise(realm, ".ctor", count, "System.Management.Automation.PSArgumentException", "A credential needs a user name.");
    value_release(name);
    return status;
}
MEMBER(empty_credential) {
    return argument_give(out, secure_value_credential(realm, value_null(), value_null()));
}

static struct value part(struct realm *realm, struct value object, const char *name) {
    struct value *place = object_find_text(realm, object, text_of(name));
    return place ? *place : value_null();
}

static struct value network_credential(struct realm *realm, struct text user, struct text domain, struct text password) {
    struct value object = object_new(realm, type_known(realm, "System.Net.NetworkCredential"), 4);
    struct value parts[4] = {string_new(user), string_new(password), string_new(domain), secure_value_new(realm, password)};
    static const char *const names[4] = {"UserName", "Password", "Domain", "SecurePassword"};
    for (int i = 0; i < 4; i++) {
        object_add(realm, object, text_of(names[i]), i == 3 ? MEMBER_HIDDEN : MEMBER_PROPERTY, parts[i]);
        value_release(parts[i]);
    }
    return object;
}
/* "CONTOSO\ann" is user ann of domain CONTOSO. */
MEMBER(get_network_credential) {
    struct value name = convert_text(realm, part(realm, self, "UserName"));
    struct text text = string_text(name), password = TEXT_NONE;
    size_t slash = text_find_byte(text, '\\', 0);
    secure_value_reveal(part(realm, self, "Password"), &password);
    struct text domain = slash == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(text, 0, slash);
    if (slash != TEXT_NOT_FOUND) text = text_slice(text, slash + 1, text.length);
    *out = network_credential(realm, text, domain, password);
    value_release(name);
    return STATUS_OK;
}
MEMBER(new_network_credential) {
    struct value user = count ? convert_text(realm, arguments[0]) : string_empty(), domain = count > 2 ? convert_text(realm, arguments[2]) : string_empty();
    struct value plain = value_null();
    struct text password = TEXT_NONE;
    if (count > 1 && !secure_value_reveal(arguments[1], &password)) {
        plain = convert_text(realm, arguments[1]);
        password = string_text(plain);
    }
    *out = network_credential(realm, string_text(user), string_text(domain), password);
    value_release(user);
    value_release(domain);
    value_release(plain);
    return STATUS_OK;
}

/* --- Marshal: the pointer is the secure string itself, so that no copy lies about -------------------------------------- */

MEMBER(to_pointer) {
    struct text text;
    if (!secure_value_reveal(arguments[0], &text))
        return member_raise_argument(realm, "SecureStringToBSTR", arguments[0], type_known(realm, "System.Security.SecureString"));
    return argument_give(out, value_keep(value_base(arguments[0])));
}
MEMBER(from_pointer) {
    struct text text;
    if (!secure_value_reveal(arguments[0], &text))
        return member_raise_argument(realm, "PtrToStringBSTR", arguments[0], type_known(realm, "System.IntPtr"));
    return argument_give(out, string_new(text));
}
/* On Linux PtrToStringAuto reads bytes up to the first NUL: of UTF-16 text that is one character. */
MEMBER(from_pointer_auto) {
    struct text text;
    if (!secure_value_reveal(arguments[0], &text))
        return member_raise_argument(realm, "PtrToStringAuto", arguments[0], type_known(realm, "System.IntPtr"));
    return argument_give(out, string_new(text_slice(text, 0, 1)));
}

#define S "System.Security.SecureString"
#define C "System.Management.Automation.PSCredential"
#define N "System.Net.NetworkCredential"
#define M "System.Runtime.InteropServices.Marshal"
static const struct member_row rows[] = {
    {S, "Length", ROW_GET, 0, 0, secure_length, NULL, "int Length {get;}"},
    {S, "AppendChar", ROW_METHOD, 1, 1, append_char, NULL, "void AppendChar(char c)"},
    {S, "Clear", ROW_METHOD, 0, 0, clear_secure, NULL, "void Clear()"},
    {S, "Copy", ROW_METHOD, 0, 0, copy_secure, NULL, "securestring Copy()"},
    {S, "Dispose", ROW_METHOD, 0, 0, dispose, NULL, "void Dispose()"},
    {S, "IsReadOnly", ROW_METHOD, 0, 0, is_read_only, NULL, "bool IsReadOnly()"},
    {S, "MakeReadOnly", ROW_METHOD, 0, 0, make_read_only, NULL, "void MakeReadOnly()"},
    {S, "new", ROW_CONSTRUCTOR, 0, 0, new_secure, NULL, "securestring new()"},
    {C, "GetNetworkCredential", ROW_METHOD, 0, 0, get_network_credential, NULL, "System.Net.NetworkCredential GetNetworkCredential()"},
    {C, "Empty", ROW_STATIC_GET, 0, 0, empty_credential, NULL, "static pscredential Empty {get;}"},
    {C, "new", ROW_CONSTRUCTOR, 2, 2, new_credential, NULL, "pscredential new(string userName, securestring password)"},
    {N, "new", ROW_CONSTRUCTOR, 0, 3, new_network_credential, NULL, "System.Net.NetworkCredential new(string userName, string password)"},
    {M, "SecureStringToBSTR", ROW_STATIC_METHOD, 1, 1, to_pointer, NULL, "static System.IntPtr SecureStringToBSTR(securestring s)"},
    {M, "SecureStringToGlobalAllocUnicode", ROW_STATIC_METHOD, 1, 1, to_pointer, NULL, "static System.IntPtr SecureStringToGlobalAllocUnicode(securestring s)"},
    {M, "PtrToStringBSTR", ROW_STATIC_METHOD, 1, 1, from_pointer, NULL, "static string PtrToStringBSTR(System.IntPtr ptr)"},
    {M, "PtrToStringUni", ROW_STATIC_METHOD, 1, 1, from_pointer, NULL, "static string PtrToStringUni(System.IntPtr ptr)"},
    {M, "PtrToStringAuto", ROW_STATIC_METHOD, 1, 1, from_pointer_auto, NULL, "static string PtrToStringAuto(System.IntPtr ptr)"},
    {M, "ZeroFreeBSTR", ROW_STATIC_METHOD, 1, 1, dispose, NULL, "static void ZeroFreeBSTR(System.IntPtr s)"},
    {M, "FreeBSTR", ROW_STATIC_METHOD, 1, 1, dispose, NULL, "static void FreeBSTR(System.IntPtr ptr)"},
    {M, "ZeroFreeGlobalAllocUnicode", ROW_STATIC_METHOD, 1, 1, dispose, NULL, "static void ZeroFreeGlobalAllocUnicode(System.IntPtr s)"},
};
const struct member_table secure_member_table = TABLE_OF(rows);
