#include "entity_private.h"
#include "handlers_private.h"
#include "query_private.h"

void roles_list(struct exchange *exchange) { query_list(exchange, &(struct listing){.parts = {{entity_role(), NULL, 0}}, .count = 1}); }

void roles_get(struct exchange *exchange) {
    int64_t number = entity_require(exchange, entity_role(), exchange->arguments[0]);
    if (number >= 0) entity_reply(exchange, entity_role(), number, 200);
}

void roles_members(struct exchange *exchange) {
    int64_t number = entity_require(exchange, entity_role(), exchange->arguments[0]);
    if (number < 0) return;
    query_list(exchange, &(struct listing){.parts = {{entity_user(), "t.number IN (SELECT user FROM role_members WHERE role=?)", number}}, .count = 1, .mixed = true, .reference = true});
}

void roles_assignments(struct exchange *exchange) { query_list(exchange, &(struct listing){.parts = {{entity_role_assignment(), NULL, 0}}, .count = 1}); }

void roles_definitions(struct exchange *exchange) { query_list(exchange, &(struct listing){.parts = {{entity_role_definition(), NULL, 0}}, .count = 1}); }
