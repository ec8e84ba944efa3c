#include "store_private.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>
#include <stdio.h>
#include "embedded_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/map.h"

enum { BUSY_MILLISECONDS = 20000, STORE_VERSION = 1 /* of schema.sql and of the order of seed/products.tsv */ };

struct store {
    char *path;
    bool temporary;
    pthread_mutex_t lock;   /* guards `idle` */
    pthread_mutex_t writer; /* writers of this process queue here instead of polling the file lock */
    struct connection *idle;
};

static struct connection *connection_open(struct store *store) {
    struct connection *db = ALLOC_NEW(struct connection);
    db->store = store;
    db->statements = map_new(MAP_ORDINAL);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(store->path, &db->sqlite, flags, NULL) != SQLITE_OK) db->failed = true;
    if (!db->failed) {
        sqlite3_busy_timeout(db->sqlite, BUSY_MILLISECONDS);
        store_run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000");
    }
    return db;
}

static void release_statement(void *statement) { sqlite3_finalize(statement); }

static void connection_close(struct connection *db) {
    map_free(db->statements, release_statement);
    sqlite3_close(db->sqlite);
    alloc_free(db);
}

static enum status make_file(struct store *store, struct fault *fault) {
    if (store->temporary) {
        const char *folder = getenv("TMPDIR");
        struct bytes path = {0};
        bytes_add_format(&path, "%s/m365sh-practice-XXXXXX", folder && *folder ? folder : "/tmp");
        store->path = bytes_take(&path);
        int descriptor = mkstemp(store->path);
        if (descriptor < 0) return fault_set(fault, fault_kind_of_errno(errno), errno, "no temporary file for the practice tenant");
        close(descriptor);
        return STATUS_OK;
    }
    int descriptor = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return fault_set(fault, fault_kind_of_errno(errno), errno, "cannot open the store %s", store->path);
    close(descriptor);
    return STATUS_OK;
}

/* What another version of the program wrote is thrown away: a practice tenant is seeded again, not migrated. */
static void drop_other_version(struct connection *db) {
    int64_t version = store_number(db, "PRAGMA user_version", 0, 0, 0);
    char name[128];
    if (version == STORE_VERSION) return;
    while (version && !db->failed) {
        sqlite3_stmt *row = store_prepare(db, "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' LIMIT 1");
        bool found = store_row(db, row);
        if (found) snprintf(name, sizeof name, "DROP TABLE \"%.100s\"", (const char *)sqlite3_column_text(row, 0));
        sqlite3_finalize(row);
        if (!found) break;
        store_run(db, name);
    }
    snprintf(name, sizeof name, "PRAGMA user_version=%d", STORE_VERSION);
    store_run(db, name);
}

struct store *store_open(const char *path, struct fault *fault) {
    struct store *store = ALLOC_NEW(struct store);
    store->temporary = !path;
    if (path) store->path = alloc_text(path, strlen(path));
    pthread_mutex_init(&store->lock, NULL);
    pthread_mutex_init(&store->writer, NULL);
    if (make_file(store, fault) == STATUS_OK) {
        struct connection *db = store_take(store);
        struct text schema = embedded_file("schema.sql");
        store_begin(db);
        drop_other_version(db);
        store_run(db, schema.start);
        bool fine = store_commit(db) && !db->failed;
        if (!fine) fault_set(fault, FAULT_IO, 0, "%s is no store of a practice tenant: %s", store->path, sqlite3_errmsg(db->sqlite));
        store_give(db);
        if (fine) return store;
    }
    store_close(store);
    return NULL;
}

void store_close(struct store *store) {
    if (!store) return;
    while (store->idle) {
        struct connection *db = store->idle;
        store->idle = db->next;
        connection_close(db);
    }
    if (store->temporary && store->path) {
        struct bytes beside = {0};
        unlink(store->path);
        bytes_add_format(&beside, "%s-wal", store->path);
        unlink(beside.data);
        bytes_clear(&beside);
        bytes_add_format(&beside, "%s-shm", store->path);
        unlink(beside.data);
        bytes_free(&beside);
    }
    pthread_mutex_destroy(&store->lock);
    pthread_mutex_destroy(&store->writer);
    alloc_free(store->path);
    alloc_free(store);
}

struct connection *store_take(struct store *store) {
    pthread_mutex_lock(&store->lock);
    struct connection *db = store->idle;
    if (db) store->idle = db->next;
    pthread_mutex_unlock(&store->lock);
    if (!db) db = connection_open(store);
    db->next = NULL;
    return db;
}

void store_give(struct connection *db) {
    struct store *store = db->store;
    if (db->writing) store_rollback(db);
    if (db->failed) {
        connection_close(db);
        return;
    }
    pthread_mutex_lock(&store->lock);
    db->next = store->idle;
    store->idle = db;
    pthread_mutex_unlock(&store->lock);
}

sqlite3_stmt *store_prepare(struct connection *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (!db->sqlite || sqlite3_prepare_v2(db->sqlite, sql, -1, &statement, NULL) != SQLITE_OK) db->failed = true;
    return statement;
}

sqlite3_stmt *store_statement(struct connection *db, const char *sql) {
    sqlite3_stmt *statement = map_get(db->statements, text_of(sql));
    if (statement) {
        sqlite3_reset(statement);
        return statement;
    }
    if (!db->sqlite || sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        db->failed = true;
        return NULL;
    }
    map_put(db->statements, text_of(sql), statement);
    return statement;
}

bool store_row(struct connection *db, sqlite3_stmt *statement) {
    int code = statement ? sqlite3_step(statement) : SQLITE_ERROR;
    if (code != SQLITE_ROW && code != SQLITE_DONE) db->failed = true;
    return code == SQLITE_ROW;
}

void store_done(struct connection *db, sqlite3_stmt *statement) {
    while (store_row(db, statement)) {}
    sqlite3_reset(statement);
}

void store_run(struct connection *db, const char *sql) {
    if (sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK) db->failed = true;
}

void store_bind_text(sqlite3_stmt *statement, int place, struct text text) {
    sqlite3_bind_text(statement, place, text.start, (int)text.length, SQLITE_STATIC);
}

void store_bind_string(sqlite3_stmt *statement, int place, const char *text) {
    if (text) sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
    else sqlite3_bind_null(statement, place);
}

struct text store_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text_make(text ? text : "", text ? (size_t)sqlite3_column_bytes(statement, column) : 0);
}

int64_t store_number(struct connection *db, const char *sql, int64_t first, int64_t second, int64_t otherwise) {
    sqlite3_stmt *statement = store_statement(db, sql);
    if (!statement) return otherwise;
    int count = sqlite3_bind_parameter_count(statement);
    if (count > 0) sqlite3_bind_int64(statement, 1, first);
    if (count > 1) sqlite3_bind_int64(statement, 2, second);
    int64_t number = store_row(db, statement) ? sqlite3_column_int64(statement, 0) : otherwise;
    sqlite3_reset(statement);
    return number;
}

int64_t store_number_of_text(struct connection *db, const char *sql, struct text text, int64_t otherwise) {
    sqlite3_stmt *statement = store_statement(db, sql);
    if (!statement) return otherwise;
    store_bind_text(statement, 1, text);
    int64_t number = store_row(db, statement) ? sqlite3_column_int64(statement, 0) : otherwise;
    sqlite3_reset(statement);
    return number;
}

void store_begin(struct connection *db) {
    pthread_mutex_lock(&db->store->writer);
    db->writing = true;
    store_run(db, "BEGIN IMMEDIATE");
}

bool store_commit(struct connection *db) {
    if (db->failed) {
        store_rollback(db);
        return false;
    }
    store_run(db, "COMMIT");
    if (db->failed) {
        store_rollback(db);
        return false;
    }
    db->writing = false;
    pthread_mutex_unlock(&db->store->writer);
    return true;
}

void store_rollback(struct connection *db) {
    if (!db->writing) return;
    if (db->sqlite && !sqlite3_get_autocommit(db->sqlite)) sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
    db->writing = false;
    pthread_mutex_unlock(&db->store->writer);
}

bool store_setting(struct connection *db, const char *name, struct bytes *out) {
    sqlite3_stmt *statement = store_statement(db, "SELECT value FROM settings WHERE name=?");
    if (!statement) return false;
    store_bind_string(statement, 1, name);
    bool found = store_row(db, statement);
    if (found) bytes_add_text(out, store_text(statement, 0));
    sqlite3_reset(statement);
    return found;
}

int64_t store_setting_number(struct connection *db, const char *name, int64_t otherwise) {
    struct bytes value = {0};
    int64_t number = otherwise;
    if (!store_setting(db, name, &value) || !decimal_read_int64(bytes_text(&value), &number)) number = otherwise;
    bytes_free(&value);
    return number;
}

void store_set(struct connection *db, const char *name, const char *value) {
    sqlite3_stmt *statement = store_statement(db, "INSERT OR REPLACE INTO settings VALUES (?,?)");
    if (!statement) return;
    store_bind_string(statement, 1, name);
    store_bind_string(statement, 2, value);
    store_done(db, statement);
}
