/* The store: one SQLite file in WAL mode, open in as many connections as there are requests at work, and in several
 * processes at once. A connection is taken for one exchange and given back; statements with constant text are kept
 * prepared in it. Whatever fails is remembered in the connection (`failed`), so that a handler can run through and the
 * exchange answers 500 at its end; a failed transaction is rolled back by store_commit. */
#ifndef M365SH_TENANT_STORE_PRIVATE_H
#define M365SH_TENANT_STORE_PRIVATE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/text.h"
#include "m365sh/fault.h"

struct store;
struct map;
struct connection {
    sqlite3 *sqlite;
    struct map *statements; /* by text */
    bool failed;
    bool writing;           /* a write transaction is open */
    struct store *store;
    struct connection *next;
};

/* NULL path: a temporary file that goes with the process. */
struct store *store_open(const char *path, struct fault *fault);
void store_close(struct store *store);
struct connection *store_take(struct store *store); /* never NULL; may have failed set */
void store_give(struct connection *db);

/* A prepared statement for constant text: reset and without bindings. Borrowed. NULL when it does not compile. */
sqlite3_stmt *store_statement(struct connection *db, const char *sql);
/* For text made at run time: the caller finalizes. */
sqlite3_stmt *store_prepare(struct connection *db, const char *sql);
bool store_row(struct connection *db, sqlite3_stmt *statement);  /* true: a row stands ready */
void store_done(struct connection *db, sqlite3_stmt *statement); /* runs to its end and resets */
void store_run(struct connection *db, const char *sql);          /* several statements, no results */
void store_bind_text(sqlite3_stmt *statement, int place, struct text text); /* text must outlive the step */
void store_bind_string(sqlite3_stmt *statement, int place, const char *text);
struct text store_text(sqlite3_stmt *statement, int column);     /* valid until the next step or reset */
/* One number from a constant statement with up to two numbers bound; `otherwise` when there is no row. */
int64_t store_number(struct connection *db, const char *sql, int64_t first, int64_t second, int64_t otherwise);
int64_t store_number_of_text(struct connection *db, const char *sql, struct text text, int64_t otherwise);

void store_begin(struct connection *db);  /* waits for the other writers, takes the write lock at once */
bool store_commit(struct connection *db); /* false: rolled back */
void store_rollback(struct connection *db);

/* Values of the settings table. */
bool store_setting(struct connection *db, const char *name, struct bytes *out);
int64_t store_setting_number(struct connection *db, const char *name, int64_t otherwise);
void store_set(struct connection *db, const char *name, const char *value);
#endif
