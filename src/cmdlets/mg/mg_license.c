/* Set-MgUserLicense: one user, adds and removes in one call, by ids. */
#include "mg_private.h"

enum { USER_ID, ADD, REMOVE, BODY_PARAMETER, PASS_THRU_USER };
static const struct parameter_row parameter_rows[] = {
    {"UserId", "string", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "Id|ObjectId", NULL, NULL, "user", "The user."},
    {"AddLicenses", "object[]", -1, PARAMETER_ALLOW_EMPTY | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, "Tables with SkuId and DisabledPlans; @() for none."},
    {"RemoveLicenses", "string[]", -1, PARAMETER_ALLOW_EMPTY | PARAMETER_ALLOW_NULL, NULL, NULL, NULL, NULL, "Ids of products; @() for none."},
    {"BodyParameter", "hashtable", -1, 0, NULL, NULL, NULL, NULL, "Both as a table."},
    {"PassThru", "switch", -1, 0, NULL, NULL, NULL, NULL, "Passed over: the user is given anyway."},
};
enum { MOST = 64, PLANS_MOST = 128 };

struct wishes { struct sku_wish add[MOST]; struct text remove[MOST], plans[MOST][PLANS_MOST]; struct license_wish wish; };

/* "SkuId" of a table or object, by name without case. */
static struct value part(struct invocation *call, struct value source, const char *name, bool *found) {
    struct value v = value_null();
    if (member_get(call->realm, source, intern_name(call->realm->names, text_of(name)), found, &v) == STATUS_ERROR) value_release(realm_take_raised(call->realm));
    return v;
}

/* Values that the wishes borrow from are put into `kept`. */
static struct text text_part(struct invocation *call, struct value v, struct value kept) {
    struct value text = convert_text(call->realm, v);
    array_push_take(kept, text);
    return text_trim(string_text(text));
}

static void read_add(struct invocation *call, struct wishes *wishes, struct value add, struct value kept) {
    bool found = false;
    uint32_t at = wishes->wish.add_count;
    struct value id = part(call, add, "SkuId", &found), plans = part(call, add, "DisabledPlans", &found);
    if (at < MOST && !value_is_nothing(id)) {
        struct sku_wish *wish = &wishes->add[wishes->wish.add_count++];
        struct value list = value_base(plans);
        *wish = (struct sku_wish){.sku_id = text_part(call, id, kept), .disabled_plans = wishes->plans[at], .sets_plans = true};
        for (uint32_t i = 0; value_is_array_like(list) && i < array_count(list) && i < PLANS_MOST; i++) wishes->plans[at][wish->disabled_count++] = text_part(call, array_at(list, i), kept);
        if (list.kind == VALUE_STRING) wishes->plans[at][wish->disabled_count++] = text_part(call, list, kept);
    }
    value_release(id);
    value_release(plans);
}

static void read_list(struct invocation *call, struct wishes *wishes, struct value list, bool adds, struct value kept) {
    list = value_base(list);
    uint32_t count = value_is_array_like(list) ? array_count(list) : value_is_nothing(list) ? 0 : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct value item = value_is_array_like(list) ? array_at(list, i) : list;
        if (adds) read_add(call, wishes, item, kept);
        else if (wishes->wish.remove_count < MOST) wishes->remove[wishes->wish.remove_count++] = text_part(call, item, kept);
    }
}

static enum status emit_user(struct invocation *call, struct text id) {
    struct graph_watch watch = mg_watch(call);
    struct graph_client *client = mg_client(call);
    struct bytes path = {0};
    struct value answer;
    bytes_add_string(&path, "users/");
    mg_add_path(&path, call, "{0}");
    const struct graph_request request = {.method = "GET", .path = bytes_text(&path), .watch = &watch};
    (void)id;
    enum status status = graph_fetch(client, &request, &answer);
    bytes_free(&path);
    if (status != STATUS_OK) return status;
    return invocation_emit_take(call, decode_object_take(graph_client_decoder(client), GRAPH_OTHER, "Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser", answer, graph_client_generation(client)));
}

static enum status process(struct invocation *call) {
    struct wishes *wishes = ALLOC_NEW(struct wishes);
    struct value kept = array_new(call->realm, NULL, 8), body = invocation_argument(call, BODY_PARAMETER), user = invocation_argument(call, USER_ID);
    bool found = false;
    if (invocation_has(call, BODY_PARAMETER)) {
        struct value add = part(call, body, "AddLicenses", &found), remove = part(call, body, "RemoveLicenses", &found);
        read_list(call, wishes, add, true, kept);
        read_list(call, wishes, remove, false, kept);
        array_push_take(kept, add);
        array_push_take(kept, remove);
    }
    if (invocation_has(call, ADD)) read_list(call, wishes, invocation_argument(call, ADD), true, kept);
    if (invocation_has(call, REMOVE)) read_list(call, wishes, invocation_argument(call, REMOVE), false, kept);
    wishes->wish.add = wishes->add;
    wishes->wish.remove = wishes->remove;
    struct changes *changes = mg_services(call)->changes;
    const struct change_options options = {.keep_quiet = true};
    struct change_queue *queue = change_queue_new(changes, call, &options);
    int64_t done = changes->totals.done + changes->totals.nothing_to_do;
    enum status status = change_queue_license(queue, user, string_text(value_base(user)), &wishes->wish);
    if (status == STATUS_OK) status = change_queue_finish(queue);
    change_queue_free(queue);
    if (status == STATUS_OK && changes->totals.done + changes->totals.nothing_to_do > done) status = emit_user(call, string_text(value_base(user)));
    value_release(kept);
    alloc_free(wishes);
    return status;
}

CMDLET(set_mg_user_license) = {
    .name = "Set-MgUserLicense", .synopsis = "Adds and removes licences of one user, as the Graph PowerShell SDK does.",
    .description = "Products by id. What is there already or not there at all is left alone; the rest is one change. Add-License and Remove-License take names and many users.",
    PARAMETERS, .flags = CMDLET_SHOULD_PROCESS | CMDLET_WRITES_TENANT | CMDLET_NEEDS_TENANT, .process = process,
    .emits = "Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser", .permissions = "LicenseAssignment.ReadWrite.All",
};
