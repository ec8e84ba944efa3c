/* Codes and refresh tokens in the store, so that two processes over it share them. */
#include "identity_private.h"

void grant_add(struct exchange *exchange, const struct grant *grant) {
    sqlite3_stmt *insert = store_statement(exchange->db, "INSERT OR REPLACE INTO grants VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0)");
    const struct text texts[] = {grant->code, grant->kind, grant->client, grant->scope, grant->user, grant->state, grant->user_code, grant->challenge, grant->redirect, grant->nonce};
    for (int i = 0; i < 10; i++) store_bind_text(insert, i + 1, texts[i]);
    sqlite3_bind_int64(insert, 11, identity_now());
    sqlite3_bind_int64(insert, 12, grant->expires);
    store_done(exchange->db, insert);
}

static bool read_grant(struct exchange *exchange, sqlite3_stmt *row, struct grant *out) {
    bool found = store_row(exchange->db, row);
    struct text *texts[] = {&out->code, &out->kind, &out->client, &out->scope, &out->user, &out->state, &out->user_code, &out->challenge, &out->redirect, &out->nonce};
    for (int i = 0; found && i < 10; i++) {
        struct text text = store_text(row, i);
        *texts[i] = text_make(arena_text(exchange->arena, text.start, text.length), text.length);
    }
    if (found) out->expires = sqlite3_column_int64(row, 11), out->polled = sqlite3_column_int64(row, 12);
    sqlite3_reset(row);
    return found;
}

bool grant_find(struct exchange *exchange, const char *kind, struct text code, struct grant *out) {
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT * FROM grants WHERE code=? AND kind=?");
    store_bind_text(row, 1, code);
    store_bind_string(row, 2, kind);
    return read_grant(exchange, row, out);
}

bool grant_find_user_code(struct exchange *exchange, struct text user_code, struct grant *out) {
    sqlite3_stmt *row = store_statement(exchange->db, "SELECT * FROM grants WHERE kind='device' AND user_code=upper(?)");
    store_bind_text(row, 1, user_code);
    return read_grant(exchange, row, out);
}

void grant_remove(struct exchange *exchange, struct text code) {
    sqlite3_stmt *remove = store_statement(exchange->db, "DELETE FROM grants WHERE code=?");
    store_bind_text(remove, 1, code);
    store_done(exchange->db, remove);
}

void grant_set_state(struct exchange *exchange, struct text code, const char *state, struct text user) {
    sqlite3_stmt *update = store_statement(exchange->db, "UPDATE grants SET state=?, user=? WHERE code=?");
    store_bind_string(update, 1, state);
    store_bind_text(update, 2, user);
    store_bind_text(update, 3, code);
    store_done(exchange->db, update);
}
