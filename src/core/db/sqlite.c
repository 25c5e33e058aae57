// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sqlite.c: the driver for a file.
//
// One connection writes, and it alone moves pages from the write-ahead log into the file: SQLite
// before 3.51.3 can lose a page when two connections write and checkpoint at the same moment (the
// WAL-reset fault). So automatic checkpoints are off everywhere and readers are opened read-only and
// never checkpoint when they close. No memory mapping.
// Source: sqlite.org: wal.html, c3ref/c_dbconfig_defensive.html, security.html.

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db_private.h"
#include "db/sqlite_private.h"

// 1,000 pages are 4 MB of log: what SQLite itself takes, and small beside the file.
#define CHECKPOINT_PAGES 1000
// How long a writer waits for another process, such as a command on the same file.
#define BUSY_MS 5000
// Most statements have fewer columns.
#define FIRST_COLUMNS 16
#define FIRST_PARAMETERS 16

struct sqlite_query {
    struct db_query base;
    sqlite3_stmt *stmt;
    const char **texts; // of the current row, by column: asking SQLite twice for each is slow
    int texts_room;
    int *places; // number that SQLite gives each parameter
    int places_room;
};

static sqlite3 *handle_of(const struct db_read *c)
{
    return c->handle;
}

static sqlite3_stmt *stmt_of(struct db_query *q)
{
    return ((struct sqlite_query *)q)->stmt;
}

// ---- errors --------------------------------------------------------------------------------------

// Rules of the schema that a value broke. The words name no value and no column.
static enum err broken_rule(int rc, struct err_info *e)
{
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return db_err_not_unique(e);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_TRIGGER:
        return db_err_reference(e);
    default:
        return db_err_value(e);
    }
}

static enum err map(int rc, struct err_info *e)
{
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
        return broken_rule(rc, e);
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return db_err_value(e);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return db_err_busy(e);
    case SQLITE_FULL:
        return db_err_disk_full(e);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(e, ERR_DAMAGED, NULL, MSG("The database file is damaged or not ours."),
                       MSG("Run `mainstay verify`, or restore the newest backup."), (char *)NULL);
    case SQLITE_NOMEM:
        bug("out of memory");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return err_set(e, ERR_FAILED, NULL, MSG("The database file cannot be read or written."),
                       MSG("Look at the rights of the folder and at the disk."), (char *)NULL);
    default:
        return db_err_failed(e);
    }
}

enum err db_sqlite_fail(sqlite3 *handle, const char *what, struct err_info *e)
{
    int rc = sqlite3_extended_errcode(handle);
    enum err code = map(rc, e);
    err_detail(e, "%s: SQLite %d: %s", what, rc, sqlite3_errmsg(handle));
    return code;
}

static enum err fail(struct db_read *c, const char *what, struct err_info *e)
{
    return db_sqlite_fail(handle_of(c), what, e);
}

// ---- connections ---------------------------------------------------------------------------------

static enum err run(struct db_read *c, const char *what, const char *sql, struct err_info *e)
{
    return sqlite3_exec(handle_of(c), sql, NULL, NULL, NULL) == SQLITE_OK ? ERR_NONE
                                                                           : fail(c, what, e);
}

// After set-up nothing may attach another file or turn the protections off again. data_version is
// what full-text search asks of itself, defer_foreign_keys ends with the transaction, cache_size is memory
// only; the others only look.
static int authorize(void *unused, int action, const char *name, const char *value,
                     const char *database, const char *trigger)
{
    (void)unused, (void)value, (void)database, (void)trigger;
    static const char *const harmless[] = {"data_version", "integrity_check", "quick_check",
                                           "foreign_key_check", "defer_foreign_keys", "cache_size"};
    if (action == SQLITE_ATTACH || action == SQLITE_DETACH) {
        return SQLITE_DENY;
    }
    if (action != SQLITE_PRAGMA) {
        return SQLITE_OK;
    }
    for (size_t i = 0; i < COUNT_OF(harmless); i++) {
        if (sqlite3_stricmp(name, harmless[i]) == 0) {
            return SQLITE_OK;
        }
    }
    return SQLITE_DENY;
}

static int after_commit(void *connection, sqlite3 *handle, const char *database, int pages)
{
    (void)handle, (void)database;
    ((struct db_read *)connection)->wal_pages = pages;
    return SQLITE_OK;
}

static void protect(struct db_read *c)
{
    sqlite3 *h = handle_of(c);
    sqlite3_extended_result_codes(h, 1);
    sqlite3_busy_timeout(h, BUSY_MS);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, c->writable ? 0 : 1, (int *)NULL);
    // one plan for a statement, whatever is bound: else one with LIKE $1 is prepared anew each time
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_QPSG, 1, (int *)NULL);
    sqlite3_limit(h, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(h, SQLITE_LIMIT_LENGTH, LIMIT_VALUE_BYTES);
}

#define SMALL_CACHE "PRAGMA cache_size=-4096;"
#define LARGE_CACHE "PRAGMA cache_size=-24576;" // of a transaction that writes very much

static const char set_up_writer[] = "PRAGMA journal_mode=WAL;"
                                    "PRAGMA synchronous=FULL;"
                                    "PRAGMA wal_autocheckpoint=0;"
                                    "PRAGMA secure_delete=ON;"
                                    "PRAGMA mmap_size=0;"
                                    "PRAGMA temp_store=MEMORY;"
                                    "PRAGMA cell_size_check=ON;"
                                    SMALL_CACHE
                                    "SELECT 1 FROM sqlite_schema LIMIT 1;";
static const char set_up_reader[] = "PRAGMA query_only=ON;"
                                    "PRAGMA wal_autocheckpoint=0;"
                                    "PRAGMA mmap_size=0;"
                                    "PRAGMA temp_store=MEMORY;"
                                    "PRAGMA cell_size_check=ON;"
                                    "PRAGMA cache_size=-512;"
                                    "SELECT 1 FROM sqlite_schema LIMIT 1;";

static void configure_once(void)
{
    // Counting memory takes a lock that all threads share.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum err open_handle(struct db_read *c, struct err_info *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure_once);
    int flags = SQLITE_OPEN_NOMUTEX | (c->writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    sqlite3 *h = NULL;
    int rc = sqlite3_open_v2(c->db->address, &h, flags, NULL);
    if (h == NULL) {
        bug("out of memory");
    }
    c->handle = h;
    if (rc != SQLITE_OK) {
        return fail(c, "open", e);
    }
    protect(c);
    enum err code = run(c, "set up", c->writable ? set_up_writer : set_up_reader, e);
    if (code == ERR_NONE) {
        sqlite3_set_authorizer(h, authorize, NULL);
        sqlite3_wal_hook(h, after_commit, c);
        c->wal_pages = 0;
        c->wal_next = CHECKPOINT_PAGES;
    }
    return code;
}

// The file is made by us so that nobody else can read it from its first moment on; SQLite gives its
// log the same rights.
static enum err make_file(struct db_read *c, struct err_info *e)
{
    int fd = open(c->db->address, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("The database file {0} cannot be opened."),
                       MSG("Does the folder exist, and may you write into it?"), c->db->address,
                       (char *)NULL);
    }
    close(fd);
    return ERR_NONE;
}

static enum err connect(struct db_read *c, struct err_info *e)
{
    if (access(c->db->address, F_OK) != 0) {
        enum err code = make_file(c, e);
        if (code != ERR_NONE) {
            return code;
        }
    }
    enum err code = open_handle(c, e);
    if (code != ERR_NONE) {
        sqlite3_close(handle_of(c));
        c->handle = NULL;
    }
    return code;
}

static void disconnect(struct db_read *c)
{
    if (c->writable) {
        // Best effort: what stays in the log is read from there next time.
        sqlite3_wal_checkpoint_v2(handle_of(c), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    if (sqlite3_close(handle_of(c)) != SQLITE_OK) {
        bug("a database is closed while something of it is open");
    }
}

static bool is_alive(struct db_read *c)
{
    (void)c;
    return true;
}

static enum err begin(struct db_read *c, struct err_info *e)
{
    if (c->writable) {
        return run(c, "begin", "BEGIN IMMEDIATE", e);
    }
    // The state is fixed by the first read, not by BEGIN.
    enum err code = run(c, "begin", "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", e);
    if (code != ERR_NONE && !sqlite3_get_autocommit(handle_of(c))) {
        sqlite3_exec(handle_of(c), "ROLLBACK", NULL, NULL, NULL);
    }
    return code;
}

// Moves pages of the log into the file when it has grown by CHECKPOINT_PAGES since the last time.
// When readers hold it back the log goes on growing and the next try comes a thousand pages later.
static void checkpoint(struct db_read *c)
{
    if (c->wal_pages < c->wal_next - CHECKPOINT_PAGES) {
        c->wal_next = CHECKPOINT_PAGES; // it began anew
    }
    if (c->wal_pages >= c->wal_next) {
        sqlite3_wal_checkpoint_v2(handle_of(c), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        c->wal_next = c->wal_pages + CHECKPOINT_PAGES;
    }
}

static enum err commit(struct db_read *c, struct err_info *e)
{
    enum err code = run(c, "commit", "COMMIT", e);
    if (code == ERR_NONE) {
        checkpoint(c);
    }
    return code;
}

static void rollback(struct db_read *c)
{
    // Some errors have rolled back already.
    if (!sqlite3_get_autocommit(handle_of(c)) &&
        sqlite3_exec(handle_of(c), "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK) {
        bug("a transaction cannot be rolled back");
    }
}

// Best effort: it is only slower without.
static void set_large(struct db_read *c, bool large)
{
    sqlite3_exec(handle_of(c), large ? LARGE_CACHE : SMALL_CACHE, NULL, NULL, NULL);
    if (!large) {
        sqlite3_db_release_memory(handle_of(c));
    }
}

static enum err script(struct db_read *c, const char *sql, struct err_info *e)
{
    return run(c, "script", sql, e);
}

// ---- statements ----------------------------------------------------------------------------------

// $1 is a name to SQLite, numbered by first appearance: the number of each is looked up once.
static void find_places(struct db_query *q)
{
    struct sqlite_query *s = (struct sqlite_query *)q;
    if (s->places_room < q->n_in) {
        s->places_room = q->n_in < FIRST_PARAMETERS ? FIRST_PARAMETERS : 2 * q->n_in;
        s->places = ARENA_ARRAY(q->connection->arena, int, (size_t)s->places_room);
    }
    for (int i = 1; i <= q->n_in; i++) {
        char name[16];
        snprintf(name, sizeof name, "$%d", i);
        s->places[i - 1] = sqlite3_bind_parameter_index(s->stmt, name);
    }
}

static enum err prepare(struct db_query *q, struct err_info *e)
{
    struct sqlite_query *s = (struct sqlite_query *)q;
    s->stmt = NULL;
    sqlite3 *h = handle_of(q->connection);
    if (sqlite3_prepare_v3(h, q->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL) != SQLITE_OK) {
        return fail(q->connection, q->statement->name, e);
    }
    enum err code = ERR_NONE;
    int n_in = sqlite3_bind_parameter_count(s->stmt), n_out = sqlite3_column_count(s->stmt);
    if (s->texts_room < n_out) { // the slot served a narrower statement before
        s->texts_room = n_out < FIRST_COLUMNS ? FIRST_COLUMNS : 2 * n_out;
        s->texts = ARENA_ARRAY(q->connection->arena, const char *, (size_t)s->texts_room);
    }
    if (n_in != q->n_in || n_out != q->n_out) {
        code = db_err_declared(e, q, "declares %d parameters and %d columns, has %d and %d", q->n_in,
                               q->n_out, n_in, n_out);
    }
    if (code != ERR_NONE) {
        sqlite3_finalize(s->stmt);
        s->stmt = NULL;
        return code;
    }
    find_places(q);
    return ERR_NONE;
}

static void unprepare(struct db_query *q)
{
    sqlite3_finalize(stmt_of(q));
    ((struct sqlite_query *)q)->stmt = NULL;
}

static enum err bind(struct db_query *q, int i, const struct db_value *v)
{
    sqlite3_stmt *stmt = stmt_of(q);
    int at = ((struct sqlite_query *)q)->places[i - 1];
    // Without rows the one step uses the value and the caller keeps it until then: no copy.
    sqlite3_destructor_type keep = q->n_out == 0 ? SQLITE_STATIC : SQLITE_TRANSIENT;
    int rc;
    switch (v->letter) {
    case 't':
        rc = sqlite3_bind_text64(stmt, at, v->bytes, v->len, keep, SQLITE_UTF8);
        break;
    case 'i':
        rc = sqlite3_bind_int64(stmt, at, v->number);
        break;
    case 'r':
        rc = sqlite3_bind_double(stmt, at, v->real);
        break;
    case 'b':
        rc = sqlite3_bind_blob64(stmt, at, v->bytes, v->len, keep);
        break;
    default:
        rc = sqlite3_bind_null(stmt, at);
    }
    return rc == SQLITE_OK ? ERR_NONE : ERR_FAILED;
}

static bool is_text(const struct db_query *q, int column)
{
    return q->out[column] == 't' || q->out[column] == 'T';
}

static enum err step(struct db_query *q, bool *row, struct err_info *e)
{
    int rc = sqlite3_step(stmt_of(q));
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_NONE
                                                 : fail(q->connection, q->statement->name, e);
}

// Fetches the texts of the row on the way: one call of SQLite for each answers both questions.
static int empty_column(struct db_query *q)
{
    struct sqlite_query *s = (struct sqlite_query *)q;
    int first = 0;
    for (int i = q->n_out - 1; i >= 0; i--) {
        bool may_be_null = q->out[i] >= 'A' && q->out[i] <= 'Z';
        bool empty = false;
        if (is_text(q, i)) {
            s->texts[i] = (const char *)sqlite3_column_text(s->stmt, i);
            empty = s->texts[i] == NULL;
        } else if (!may_be_null) {
            empty = sqlite3_column_type(s->stmt, i) == SQLITE_NULL;
        }
        first = empty && !may_be_null ? i + 1 : first;
    }
    return first;
}

static void reset(struct db_query *q)
{
    sqlite3_reset(stmt_of(q));
    if (q->n_in > 0) {
        sqlite3_clear_bindings(stmt_of(q));
    }
}

static bool is_null(struct db_query *q, int column)
{
    return is_text(q, column) ? ((struct sqlite_query *)q)->texts[column] == NULL
                              : sqlite3_column_type(stmt_of(q), column) == SQLITE_NULL;
}

static const char *text(struct db_query *q, int column)
{
    return ((struct sqlite_query *)q)->texts[column];
}

static int64_t number(struct db_query *q, int column)
{
    return sqlite3_column_int64(stmt_of(q), column);
}

static double real(struct db_query *q, int column)
{
    return sqlite3_column_double(stmt_of(q), column);
}

static const void *bytes(struct db_query *q, int column, size_t *len)
{
    if (is_null(q, column)) {
        *len = 0;
        return NULL;
    }
    const void *p = sqlite3_column_blob(stmt_of(q), column);
    *len = (size_t)sqlite3_column_bytes(stmt_of(q), column);
    return p == NULL ? "" : p; // SQLite gives NULL for no bytes
}

// ---- checking ------------------------------------------------------------------------------------

// SQLite knows the types of columns of tables, not of expressions.
static bool type_fits(char letter, const char *declared)
{
    static const struct {
        char letter;
        const char *name;
    } types[] = {{'t', "TEXT"}, {'i', "INTEGER"}, {'r', "REAL"}, {'b', "BLOB"}};
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        if (types[i].letter == (letter | ('a' - 'A'))) {
            return declared == NULL || sqlite3_stricmp(declared, types[i].name) == 0;
        }
    }
    return false;
}

static enum err check(struct db_query *q, struct err_info *e)
{
    const struct db_statement *s = q->statement;
    bool reads_only = sqlite3_stmt_readonly(stmt_of(q)) != 0;
    if (!reads_only && !s->writes) {
        return db_err_declared(e, q, "writes, but is declared as reading");
    }
    // One that only takes locks has a second text, with FOR UPDATE.
    if (reads_only && s->writes && s->sql_postgres == NULL) {
        return db_err_declared(e, q, "only reads, but is declared as writing");
    }
    for (int i = 0; i < q->n_out; i++) {
        const char *declared = sqlite3_column_decltype(stmt_of(q), i);
        if (!type_fits(q->out[i], declared)) {
            return db_err_declared(e, q, "column %d (%s) is %s", i + 1,
                                   sqlite3_column_name(stmt_of(q), i), declared);
        }
    }
    return ERR_NONE;
}

const struct db_driver db_driver_sqlite = {
    .engine = DB_SQLITE,
    .query_bytes = sizeof(struct sqlite_query),
    .connect = connect,
    .disconnect = disconnect,
    .is_alive = is_alive,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .set_large = set_large,
    .script = script,
    .prepare = prepare,
    .unprepare = unprepare,
    .bind = bind,
    .step = step,
    .empty_column = empty_column,
    .reset = reset,
    .is_null = is_null,
    .text = text,
    .number = number,
    .real = real,
    .bytes = bytes,
    .check = check,
    .dump = db_sqlite_dump,
    .check_health = db_sqlite_check_health,
    .types = {"TEXT", "TEXT", "INTEGER", "REAL", "BLOB"},
    .table_end = " STRICT",
};
