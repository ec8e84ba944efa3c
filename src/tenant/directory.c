/* The organization, its domains, and objects by id. */
#include "entity_private.h"
#include "handlers_private.h"
#include "json_write_private.h"

static void begin(struct exchange *exchange, const char *context) {
    struct text base = exchange_base(exchange);
    bytes_add_byte(&exchange->reply, '{');
    json_name_text(&exchange->reply, "@odata.context", exchange_format(exchange, "%.*s/%.*s/$metadata#%s", TEXT_ARGUMENT(base), TEXT_ARGUMENT(exchange->version), context));
}

static void add_organization(struct exchange *exchange, struct bytes *out) {
    json_name_text(out, "id", text_of(exchange->tenant->id));
    json_name_text(out, "displayName", TEXT("Contoso"));
    bytes_add_string(out, ",\"deletedDateTime\":null,\"businessPhones\":[],\"city\":\"Seattle\",\"country\":null,\"countryLetterCode\":\"US\","
        "\"createdDateTime\":\"2019-03-01T08:00:00Z\",\"defaultUsageLocation\":\"US\",\"isMultipleDataLocationsForServicesEnabled\":null,"
        "\"marketingNotificationEmails\":[],\"onPremisesLastSyncDateTime\":null,\"onPremisesSyncEnabled\":null,\"postalCode\":\"98101\","
        "\"preferredLanguage\":\"en\",\"securityComplianceNotificationMails\":[],\"securityComplianceNotificationPhones\":[],\"state\":\"WA\","
        "\"street\":\"Pine Street 100\",\"technicalNotificationMails\":[\"admin@contoso.com\"],\"tenantType\":\"AAD\",\"provisionedPlans\":[],\"assignedPlans\":[],"
        "\"verifiedDomains\":[{\"capabilities\":\"Email, OfficeCommunicationsOnline\",\"isDefault\":true,\"isInitial\":false,\"name\":\"contoso.com\",\"type\":\"Managed\"},"
        "{\"capabilities\":\"Email, OfficeCommunicationsOnline\",\"isDefault\":false,\"isInitial\":true,\"name\":\"contoso.onmicrosoft.com\",\"type\":\"Managed\"}]");
}

void directory_organization(struct exchange *exchange) {
    bool one = exchange->arguments[0].length > 0;
    if (one && !text_equal_fold(exchange->arguments[0], text_of(exchange->tenant->id))) {
        error_not_found(exchange, exchange->arguments[0]);
        return;
    }
    begin(exchange, one ? "organization/$entity" : "organization");
    if (!one) bytes_add_string(&exchange->reply, ",\"value\":[{");
    add_organization(exchange, &exchange->reply);
    bytes_add_string(&exchange->reply, one ? "}" : "}]}");
}

static void add_domain(const char *name, bool initial, struct bytes *out) {
    json_name_text(out, "id", text_of(name));
    json_name_text(out, "authenticationType", TEXT("Managed"));
    bytes_add_format(out, ",\"availabilityStatus\":null,\"isAdminManaged\":true,\"isDefault\":%s,\"isInitial\":%s,\"isRoot\":true,\"isVerified\":true,"
                          "\"supportedServices\":[\"Email\",\"OfficeCommunicationsOnline\"],\"passwordValidityPeriodInDays\":2147483647,"
                          "\"passwordNotificationWindowInDays\":14,\"state\":null", initial ? "false" : "true", initial ? "true" : "false");
}

void directory_domains(struct exchange *exchange) {
    static const char *const names[] = {"contoso.com", "contoso.onmicrosoft.com"};
    struct text wanted = exchange->arguments[0];
    struct bytes *out = &exchange->reply;
    begin(exchange, wanted.length ? "domains/$entity" : "domains");
    if (wanted.length == 0) bytes_add_string(out, ",\"value\":[");
    bool found = false;
    for (int i = 0; i < 2; i++) {
        if (wanted.length && !text_equal_fold(wanted, text_of(names[i]))) continue;
        found = true;
        if (wanted.length == 0) {
            json_comma(out);
            bytes_add_byte(out, '{');
        }
        add_domain(names[i], i == 1, out);
        if (wanted.length == 0) bytes_add_byte(out, '}');
    }
    bytes_add_string(out, wanted.length ? "}" : "]}");
    if (!found) error_not_found(exchange, wanted);
}

static bool add_object(struct exchange *exchange, struct text id, bool alone, struct bytes *out) {
    const struct entity *entity = entity_user();
    struct selection selection;
    int64_t number = entity_find(exchange, entity, id);
    if (number < 0) number = entity_find(exchange, entity = entity_group(), id);
    if (number < 0) return false;
    entity_select_default(entity, &selection, false);
    struct text select = exchange_option(exchange, "select");
    if (select.length && !entity_select(exchange, entity, select, false, &selection)) return false;
    if (!alone) {
        json_comma(out);
        bytes_add_byte(out, '{');
    }
    entity_add(exchange, entity, &selection, number, true, out);
    bytes_add_byte(out, '}');
    return true;
}

void directory_get(struct exchange *exchange) {
    begin(exchange, "directoryObjects/$entity");
    if (!add_object(exchange, exchange->arguments[0], true, &exchange->reply) && exchange->status == 200) error_not_found(exchange, exchange->arguments[0]);
}

void directory_by_ids(struct exchange *exchange) {
    const cJSON *body = exchange_object(exchange), *ids = cJSON_GetObjectItem(body, "ids"), *id;
    if (!body) return;
    if (!cJSON_IsArray(ids) || cJSON_GetArraySize(ids) > 1000) {
        error_bad_request(exchange, "Invalid value specified for property 'ids'.");
        return;
    }
    begin(exchange, "directoryObjects");
    bytes_add_string(&exchange->reply, ",\"value\":[");
    cJSON_ArrayForEach(id, ids)
        if (cJSON_IsString(id)) add_object(exchange, text_of(id->valuestring), false, &exchange->reply);
    bytes_add_string(&exchange->reply, "]}");
}
