/* The SDK's commands that change something. All go through change. */
#include "mg_private.h"

enum { BODY, PASS_THRU, ADDITIONAL, IF_MATCH, COMMON_COUNT_MG };
#define ID(name, alias) {name, "string", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, alias, NULL, NULL, NULL, "Part of the path."}
#define COMMON                                                                                                                  \
    {"BodyParameter", "object", -1, PARAMETER_PIPELINE, NULL, NULL, NULL, NULL, "The whole body as a table."},                  \
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Gives True when it is done."},                                       \
    {"AdditionalProperties", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "Further properties by the service's names."},         \
    {"IfMatch", "string", -1, 0, NULL, NULL, NULL, NULL, "Passed over."}
#define WORDS(name) {name, "string", -1, PARAMETER_ALLOW_EMPTY | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, "Property of that name."}
#define FLAG(name) {name, "switch", -1, 0, NULL, NULL, NULL, NULL, "Property of that name."}
#define THING(name) {name, "object", -1, 0, NULL, NULL, NULL, NULL, "Property of that name."}
#define LIST(name) {name, "string[]", -1, PARAMETER_ALLOW_EMPTY, NULL, NULL, NULL, NULL, "Property of that name."}
#define USER_PROPERTIES                                                                                                         \
    WORDS("DisplayName"), WORDS("GivenName"), WORDS("Surname"), WORDS("JobTitle"), WORDS("Department"), WORDS("CompanyName"),   \
    WORDS("OfficeLocation"), WORDS("City"), WORDS("State"), WORDS("Country"), WORDS("PostalCode"), WORDS("StreetAddress"),      \
    WORDS("MobilePhone"), WORDS("UsageLocation"), WORDS("EmployeeId"), WORDS("EmployeeType"), WORDS("PreferredLanguage"),       \
    WORDS("UserPrincipalName"), WORDS("Mail"), WORDS("MailNickname"), WORDS("UserType"), WORDS("PasswordPolicies"),             \
    FLAG("AccountEnabled"), FLAG("ShowInAddressList"), LIST("BusinessPhones"), LIST("OtherMails"), THING("PasswordProfile"),    \
    THING("OnPremisesExtensionAttributes"), THING("EmployeeHireDate"), THING("EmployeeLeaveDateTime")
#define GROUP_PROPERTIES                                                                                                        \
    WORDS("DisplayName"), WORDS("Description"), WORDS("MailNickname"), WORDS("Visibility"), WORDS("MembershipRule"),            \
    WORDS("MembershipRuleProcessingState"), FLAG("MailEnabled"), FLAG("SecurityEnabled"), FLAG("IsAssignableToRole"), LIST("GroupTypes")

static const struct parameter_row user_update[] = {ID("UserId", "Id|ObjectId"), COMMON, USER_PROPERTIES};
static const struct parameter_row user_create[] = {COMMON, USER_PROPERTIES};
static const struct parameter_row user_only[] = {ID("UserId", "Id|ObjectId"), COMMON};
static const struct parameter_row user_mail[] = {ID("UserId", "Id|ObjectId"), COMMON, THING("Message"), FLAG("SaveToSentItems")};
static const struct parameter_row group_update[] = {ID("GroupId", "Id"), COMMON, GROUP_PROPERTIES};
static const struct parameter_row group_create[] = {COMMON, GROUP_PROPERTIES};
static const struct parameter_row group_only[] = {ID("GroupId", "Id"), COMMON};
static const struct parameter_row group_member[] = {ID("GroupId", NULL), ID("DirectoryObjectId", "Id"), COMMON};
static const struct parameter_row deleted_item[] = {ID("DirectoryObjectId", "Id"), COMMON};

static const struct mg_write *write_of(const struct invocation *call) {
    return (const struct mg_write *)call->command->row;
}

static bool is_common(const struct mg_write *write, uint32_t index) {
    return index < (uint32_t)(write->paths + COMMON_COUNT_MG);
}

static void put(struct realm *realm, struct value body, struct text name, struct value v) {
    struct bytes wire = {0};
    resource_add_wire_name(&wire, name);
    object_put(realm, body, bytes_text(&wire), v);
    bytes_free(&wire);
}

static struct value wire_value(struct realm *realm, struct value v);

static void put_wire(struct realm *realm, struct value body, struct text name, struct value v) {
    struct value wire = wire_value(realm, v);
    put(realm, body, name, wire);
    value_release(wire);
}

static void put_table(struct realm *realm, struct value body, struct value source) {
    uint32_t position = 0;
    source = value_base(source);
    if (source.kind == VALUE_TABLE)
        for (struct table_entry *entry; (entry = table_next(source, &position));)
            if (entry->key.kind == VALUE_STRING) put_wire(realm, body, string_text(entry->key), entry->value);
    if (source.kind != VALUE_OBJECT) return;
    const struct shape *shape = object_block(source)->shape;
    for (uint32_t i = 0; i < shape->count; i++) put_wire(realm, body, text_of(shape->entries[i].spelling), object_block(source)->slots[i]);
}

/* -PasswordProfile @{ Password = … }: nested names travel with a small first letter too, at any depth. */
static struct value wire_value(struct realm *realm, struct value v) {
    struct value base = value_base(v);
    if (realm_stack_low(realm)) return value_keep(v);
    if (base.kind == VALUE_ARRAY) {
        struct value list = array_new(realm, NULL, array_count(base));
        for (uint32_t i = 0; i < array_count(base); i++) array_push_take(list, wire_value(realm, array_at(base, i)));
        return list;
    }
    if (base.kind != VALUE_TABLE) return value_keep(v);
    struct value object = object_new(realm, NULL, 4);
    put_table(realm, object, base);
    return object;
}

static struct value body_of(struct invocation *call) {
    const struct mg_write *write = write_of(call);
    struct value body = object_new(call->realm, NULL, 8);
    put_table(call->realm, body, invocation_argument(call, (uint32_t)(write->paths + BODY)));
    put_table(call->realm, body, invocation_argument(call, (uint32_t)(write->paths + ADDITIONAL)));
    for (uint32_t i = 0; i < write->row.parameter_count; i++) {
        if (is_common(write, i) || !invocation_has(call, i)) continue;
        struct value argument = invocation_argument(call, i);
        bool is_flag = strcmp(write->row.parameters[i].type, "switch") == 0;
        struct value v = is_flag ? value_bool(value_truth(argument)) : wire_value(call->realm, argument);
        put(call->realm, body, text_of(write->row.parameters[i].name), v);
        value_release(v);
    }
    if (write->reference) {
        struct bytes address = {0};
        graph_add_url(mg_client(call), &address, NULL, TEXT("directoryObjects/"));
        bytes_add_text(&address, invocation_text(call, (uint32_t)write->paths - 1));
        object_put_take(call->realm, body, "@odata.id", string_from_bytes(&address));
        bytes_free(&address);
    }
    return body;
}

static enum status emit_answer(struct invocation *call, struct value answer) {
    const struct mg_write *write = write_of(call);
    bool pass_thru = invocation_switch(call, (uint32_t)(write->paths + PASS_THRU));
    struct graph_client *client = mg_client(call);
    if (answer.kind == VALUE_OBJECT && *write->type)
        return invocation_emit_take(call, decode_object_take(graph_client_decoder(client), GRAPH_OTHER, write->type, value_keep(answer), graph_client_generation(client)));
    return pass_thru || strstr(write->path, "revokeSignInSessions") ? invocation_emit(call, value_bool(true)) : STATUS_OK;
}

static enum status process(struct invocation *call) {
    const struct mg_write *write = write_of(call);
    struct graph_watch watch = mg_watch(call);
    struct bytes path = {0}, text = {0};
    struct value answer = value_null();
    bool done = false, has_body = strcmp(write->method, "DELETE") != 0;
    enum status status = graph_client_connect(mg_client(call));
    mg_add_path(&path, call, write->path);
    if (status == STATUS_OK && has_body) {
        struct value body = body_of(call);
        status = encode_body(call->realm, body, &text);
        value_release(body);
    }
    const struct graph_request request = {.method = write->method, .path = bytes_text(&path), .body = bytes_text(&text), .watch = &watch};
    if (status == STATUS_OK) status = change_raw(mg_services(call)->changes, call, &request, &answer, &done);
    if (status == STATUS_ERROR && call->realm->raised.kind != VALUE_UNSET) status = mg_error(call, "Expanded");
    else if (status == STATUS_OK && done) status = emit_answer(call, answer);
    value_release(answer);
    if (text.data) secret_wipe(text.data, text.length); /* passwords may be in it */
    bytes_free(&path);
    bytes_free(&text);
    return status;
}

#define WRITE(identifier, command, verb, path_text, type_text, table, count, by_reference, sentence, least)                     \
    const struct mg_write identifier##_write = {                                                                                \
        .row = {.name = command, .synopsis = sentence, .description = "As the Graph PowerShell SDK's command of that name; the change goes through the same gate as any other.", \
                .parameters = table, .parameter_count = sizeof table / sizeof *table, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT,               \
                .process = process, .permissions = least},                                                                      \
        .method = verb, .path = path_text, .type = type_text, .paths = count, .reference = by_reference};

#include "mg_writes.def"
