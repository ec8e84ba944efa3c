#include "m365sh/graph/error.h"

#include "m365sh/json/json.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define INNER_MOST 8

static struct value member(struct realm *realm, struct value object, const char *name) {
    struct value *place = object.kind == VALUE_OBJECT ? object_find_text(realm, object, text_of(name)) : NULL;
    return place ? *place : value_null();
}

static struct text text_member(struct realm *realm, struct value object, const char *name) {
    struct value v = member(realm, object, name);
    return v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE;
}

void error_read(struct realm *realm, struct value body, struct text *code, struct text *message) {
    struct value error = member(realm, body, "error");
    *code = text_member(realm, error, "code");
    *message = text_member(realm, error, "message");
    for (int i = 0; i < INNER_MOST; i++) { /* spelled innerError or innererror; names have no case here */
        error = member(realm, error, "innerError");
        struct text inner = text_member(realm, error, "code");
        if (error.kind != VALUE_OBJECT) break;
        if (inner.length && !message->length) *message = text_member(realm, error, "message");
        if (inner.length && !code->length) *code = inner;
    }
}

/* The service's messages by a part that tells them apart (licensing has no codes); matched without case since they change. */
static const struct { enum license_failure failure; const char *part; const char *sentence; } license_texts[] = {
    {LICENSE_NO_LOCATION, "invalid usage location", "The user has no usage location, without which nothing can be licensed. Set it first: Set-User -UsageLocation DE (two letters, where the person works)."},
    {LICENSE_NO_SEATS, "does not have any available licenses", "No seat of the product is free. Free one, or buy more; Get-Sku shows how many are in use."},
    {LICENSE_NOT_HELD, "does not have a corresponding license", "The user does not hold this licence."},
    {LICENSE_INHERITED, "inherited from a group membership", "The licence comes from a group; it can't be taken off the user alone. Take the user out of the group, or the licence off the group."},
    {LICENSE_NOT_OWNED, "does not correspond to a valid company license", "The tenant does not own this product. Get-Sku lists what it owns."},
    {LICENSE_NOT_ASSIGNABLE, "cannot be assigned to a user", "This product holds for the whole tenant; it is not given to single users."},
    {LICENSE_DEPENDENCY, "depends on the service plan", "A service plan that would stay needs one that would be gone. Change both products in one call, or switch the dependent plan off."},
    {LICENSE_CONFLICT, "are mutually exclusive", "Two service plans of these products exclude each other. Switch one off with -DisabledPlan, or take the other product away in the same call."},
    {LICENSE_BAD_PLAN, "does not belong to", "A service plan that was named is not part of the product."},
};

enum license_failure error_license(struct text message) {
    for (size_t i = 0; i < sizeof license_texts / sizeof *license_texts; i++)
        if (text_find_fold(message, text_of(license_texts[i].part), 0) != TEXT_NOT_FOUND) return license_texts[i].failure;
    return LICENSE_FAILURE_NONE;
}

static const struct { const char *part, *sentence; } other_texts[] = {
    {"on-premises mastered directory sync", "The object is synchronised from the local Active Directory; change it there."},
    {"mail-enabled security groups and or distribution list", "Distribution lists and mail-enabled security groups are kept by Exchange; they can't be changed here."},
    {"verified domain names", "The domain of the user principal name is not among the tenant's verified domains."},
    {"object references already exist", "It is already a member."},
    {"sorting not supported for current query", "The service can't sort a filtered list this way."},
    {"only works through msgraph with a special request header", "The search needs an advanced query (-ConsistencyLevel eventual)."},
};

/* What each part of the service wants at least, reading and writing; the first that fits the request. */
static const struct { const char *part, *read, *write; } permissions[] = {
    {"assignLicense", "LicenseAssignment.ReadWrite.All", "LicenseAssignment.ReadWrite.All"},
    {"/members", "GroupMember.Read.All", "GroupMember.ReadWrite.All"},
    {"subscribedSkus", "LicenseAssignment.Read.All", "LicenseAssignment.Read.All"},
    {"licenseDetails", "LicenseAssignment.Read.All", "LicenseAssignment.Read.All"},
    {"directoryRoles", "RoleManagement.Read.Directory", "RoleManagement.ReadWrite.Directory"},
    {"auditLogs", "AuditLog.Read.All", "AuditLog.Read.All"},
    {"organization", "Organization.Read.All", "Organization.ReadWrite.All"},
    {"domains", "Domain.Read.All", "Domain.ReadWrite.All"},
    {"groups", "Group.Read.All", "Group.ReadWrite.All"},
    {"users", "User.Read.All", "User.ReadWrite.All"},
};

static void add_permission(struct bytes *out, struct text what) {
    bool writes = !text_starts(what, TEXT("GET ")) && !text_starts(what, TEXT("/")); /* a batch's part names its path alone */
    for (size_t i = 0; i < sizeof permissions / sizeof *permissions; i++) {
        if (text_find(what, text_of(permissions[i].part), 0) == TEXT_NOT_FOUND) continue;
        bytes_add_format(out, " It needs the permission %s.", writes ? permissions[i].write : permissions[i].read);
        return;
    }
}

static bool is_about_filter(struct text code, struct text message) {
    if (text_equal_fold(code, TEXT("Request_UnsupportedQuery"))) return true;
    static const char *const parts[] = {"filter clause", "syntax error", "could not find a property"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (text_find_fold(message, text_of(parts[i]), 0) != TEXT_NOT_FOUND) return true;
    return false;
}

static const char *known_sentence(int status, struct text code, struct text message) {
    for (size_t i = 0; i < sizeof license_texts / sizeof *license_texts; i++)
        if (text_find_fold(message, text_of(license_texts[i].part), 0) != TEXT_NOT_FOUND) return license_texts[i].sentence;
    for (size_t i = 0; i < sizeof other_texts / sizeof *other_texts; i++)
        if (text_find_fold(message, text_of(other_texts[i].part), 0) != TEXT_NOT_FOUND) return other_texts[i].sentence;
    if (text_equal_fold(code, TEXT("Authorization_RequestDenied")))
        return "The signed-in account or application may not do this: a permission or an administrator role is missing (Get-Context shows what there is).";
    if (status == 401) return "The service does not accept the sign-in any more. Sign in again with Connect-Tenant.";
    if (status == 429) return "The service is throttling and kept saying so; try again later.";
    if (status == 503 || status == 502 || status == 504) return "The service is not available at the moment; try again later.";
    return NULL;
}

static const char *not_found_sentence(struct text what) {
    if (text_find(what, TEXT("users/"), 0) != TEXT_NOT_FOUND) return "There is no user of that id or name.";
    if (text_find(what, TEXT("groups/"), 0) != TEXT_NOT_FOUND) return "There is no group of that id.";
    return NULL;
}

void error_add_sentence(struct realm *realm, struct bytes *out, const struct graph_failure *failure) {
    struct text code, message;
    if (!failure->status) {
        bytes_add_text(out, failure->fault.length ? failure->fault : TEXT("The service did not answer."));
        return;
    }
    error_read(realm, failure->body, &code, &message);
    const char *sentence = known_sentence(failure->status, code, message);
    if (!sentence && failure->status == 404 && text_equal_fold(code, TEXT("Request_ResourceNotFound"))) sentence = not_found_sentence(failure->what);
    if (sentence) bytes_add_string(out, sentence);
    else if (message.length && failure->status == 400 && is_about_filter(code, message))
        bytes_add_format(out, "The service does not understand the query: %.*s A filter is a name such as leavers, OData such as \"department eq 'Sales'\", or a script block.", TEXT_ARGUMENT(message));
    else if (message.length) bytes_add_format(out, "The service refused (%d %.*s): %.*s", failure->status, TEXT_ARGUMENT(code), TEXT_ARGUMENT(message));
    else bytes_add_format(out, "The service refused with status %d.", failure->status);
    if (text_equal_fold(code, TEXT("Authorization_RequestDenied"))) add_permission(out, failure->what);
    if (failure->request_id.length) bytes_add_format(out, " [request-id %.*s]", TEXT_ARGUMENT(failure->request_id));
}

static enum error_category category_of(const struct graph_failure *failure) {
    switch (failure->status) {
    case 0: return failure->fault_kind == FAULT_TIMEOUT ? ERROR_OPERATION_TIMEOUT : ERROR_CONNECTION_ERROR;
    case 400: return ERROR_INVALID_ARGUMENT;
    case 401: return ERROR_AUTHENTICATION_ERROR;
    case 403: return ERROR_PERMISSION_DENIED;
    case 404: return ERROR_OBJECT_NOT_FOUND;
    case 409: return ERROR_RESOURCE_EXISTS;
    case 429: return ERROR_LIMITS_EXCEEDED;
    case 501: return ERROR_NOT_IMPLEMENTED;
    default: return failure->status >= 500 ? ERROR_RESOURCE_UNAVAILABLE : ERROR_INVALID_OPERATION;
    }
}

static struct value response_of(struct realm *realm, const struct graph_failure *failure) {
    struct value response = object_new(realm, NULL, 4);
    object_put_take(realm, response, "StatusCode", value_int32(failure->status));
    object_put_take(realm, response, "RequestId", string_new(failure->request_id));
    object_put_take(realm, response, "ClientRequestId", string_new(failure->client_request_id));
    object_put(realm, response, TEXT("Body"), failure->body.kind == VALUE_UNSET ? value_null() : failure->body);
    return response;
}

struct value error_record_of(struct realm *realm, const struct graph_failure *failure, struct value target) {
    struct bytes sentence = {0}, id = {0};
    struct text code = TEXT_NONE, message;
    error_add_sentence(realm, &sentence, failure);
    if (failure->status) error_read(realm, failure->body, &code, &message);
    if (!code.length) code = failure->status ? TEXT("UnknownError") : failure->fault_kind == FAULT_TIMEOUT ? TEXT("Timeout") : TEXT("NoConnection");
    bytes_add_format(&id, "Graph.%.*s", TEXT_ARGUMENT(code));
    const char *exception_name = failure->status ? "Microsoft.PowerShell.Commands.HttpResponseException" : "System.Net.Http.HttpRequestException";
    struct value exception = exception_new(realm, exception_name, bytes_text(&sentence), VALUE_UNSET_INIT);
    struct value response = response_of(realm, failure);
    exception_set(realm, exception, "Response", response);
    struct value record = error_record_new(realm, exception, bytes_text(&id), category_of(failure), target);
    value_release(response);
    value_release(exception);
    bytes_free(&sentence);
    bytes_free(&id);
    return record;
}

enum status error_raise(struct realm *realm, const struct exchange *exchange, struct text what) {
    struct graph_failure failure = {
        .status = exchange->status, .request_id = headers_get(&exchange->answer_headers, TEXT("request-id")),
        .client_request_id = headers_get(&exchange->headers, TEXT("client-request-id")), .what = what,
        .fault = text_of(exchange->fault.message), .fault_kind = exchange->fault.kind,
    };
    struct value body = VALUE_UNSET_INIT;
    const struct json_read_options options = {.keep_dates_text = true};
    if (exchange->answer.length && json_read(realm, bytes_text(&exchange->answer), &options, &body) != STATUS_OK)
        value_release(realm_take_raised(realm));
    failure.body = body;
    enum status status = realm_raise_record_take(realm, error_record_of(realm, &failure, value_null()));
    value_release(body);
    return status;
}
