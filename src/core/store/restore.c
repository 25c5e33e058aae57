// SPDX-License-Identifier: AGPL-3.0-or-later
//
// restore.c: brings a workspace back from a backup.
//
// Everything is unpacked into DIR.restoring and verified there: every byte by the container, then the
// database by its engine, then what it holds against what the backup says it held. Only then do the
// folders change places, in one step. Whenever the process is killed, DIR is the old workspace or the
// new one, whole.
//
// With a PostgreSQL address the database must be empty; it is filled in one transaction, which commits
// after the folders of keys and files changed places. Killed between the two, the database is still
// empty and the restore is run again.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/date.h"
#include "db/db_dump.h"
#include "os/clock.h"
#include "os/file.h"
#include "store/backup_private.h"
#include "store/container.h"
#include "store/store_private.h"

struct restore {
    struct arena *arena;
    const char *folder;  // of the workspace
    const char *address; // of its database, in place
    bool server;         // PostgreSQL
    const char *scratch; // folder.restoring
    int lock;            // of the old workspace, or -1
    int fd;              // part that is being written, or -1
    const char *path;    // of it
    json_t *manifest;    // of the arena
};

static enum err cannot(const char *text, const char *path, struct err_info *e)
{
    const char *hint = errno == ENOSPC ? MSG("Make room on the disk, then try again.")
                                       : MSG("The system says: {1}.");
    return err_set(e, ERR_FAILED, NULL, text, hint, path, strerror(errno), (char *)NULL);
}

static enum err not_right(const char *what, struct err_info *e)
{
    return err_set(e, ERR_DAMAGED, NULL, MSG("The backup is not whole: {0}."),
                   MSG("Nothing was changed. Use another backup."), what, (char *)NULL);
}

// ---- unpacking -----------------------------------------------------------------------------------

static bool only(const char *text, const char *allowed)
{
    return text[0] != '\0' && text[strspn(text, allowed)] == '\0';
}

// Names come from outside: only these forms lead to files.
static const char *path_of_part(const struct restore *r, const char *part)
{
    static const char hex[] = "0123456789abcdef";
    static const char name[] = "0123456789abcdefghijklmnopqrstuvwxyz_";
    static const char key[] = "0123456789abcdefghijklmnopqrstuvwxyz_-.";
    bool good = false;
    if (strcmp(part, "database") == 0) {
        return r->server ? NULL : arena_printf(r->arena, "%s/mainstay.db", r->scratch);
    }
    if (strncmp(part, "tables/", 7) == 0) {
        good = r->server && only(part + 7, name);
    } else if (strncmp(part, "keys/", 5) == 0) {
        good = part[5] != '.' && only(part + 5, key);
    } else if (strncmp(part, "files/", 6) == 0) {
        good = strlen(part) == 6 + STORE_HASH_HEX + 1 && part[8] == '/' && only(part + 9, hex) &&
               strchr(hex, part[6]) != NULL && strchr(hex, part[7]) != NULL;
    }
    return good ? arena_printf(r->arena, "%s/%s", r->scratch, part) : NULL;
}

static enum err end_part(struct restore *r, struct err_info *e)
{
    if (r->fd < 0) {
        return ERR_NONE;
    }
    enum err err = fsync(r->fd) == 0 ? ERR_NONE
                                     : cannot(MSG("{0} cannot be made safe on disk."), r->path, e);
    close(r->fd);
    r->fd = -1;
    return err;
}

static enum err begin_part(void *context, const char *part, struct err_info *e)
{
    struct restore *r = context;
    enum err err = end_part(r, e);
    if (err != ERR_NONE) {
        return err;
    }
    r->path = path_of_part(r, part);
    if (r->path == NULL) {
        return err_set(e, ERR_INPUT, NULL, MSG("This backup is of another kind of database."),
                       MSG("A backup of a folder goes into a folder, one of a PostgreSQL database "
                           "into such a database."),
                       (char *)NULL);
    }
    char *folder = arena_copy(r->arena, r->path);
    *strrchr(folder, '/') = '\0';
    err = folder_make(folder, 0700, e);
    if (err != ERR_NONE) {
        return err;
    }
    r->fd = open(r->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    return r->fd >= 0 ? ERR_NONE : cannot(MSG("{0} cannot be written."), r->path, e);
}

static enum err add_bytes(void *context, const void *bytes, size_t len, struct err_info *e)
{
    struct restore *r = context;
    const char *p = bytes;
    while (len > 0) {
        ssize_t n = write(r->fd, p, len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return cannot(MSG("{0} cannot be written."), r->path, e);
        }
        p += n;
        len -= (size_t)n;
    }
    return ERR_NONE;
}

static enum err unpack(struct restore *r, const char *file, struct err_info *e)
{
    struct container_visitor visitor = {.context = r, .begin = begin_part, .add = add_bytes};
    enum err err = container_read(r->arena, file, &visitor, &r->manifest, e);
    struct err_info unused;
    enum err end = end_part(r, err == ERR_NONE ? e : &unused);
    return err != ERR_NONE ? err : end;
}

// ---- checking ------------------------------------------------------------------------------------

// The backup is of the node whose key it holds.
static enum err check_key(struct restore *r, struct err_info *e)
{
    struct store s = {.folder = r->scratch};
    enum err err = keys_load(&s, e);
    if (err != ERR_NONE) {
        return err;
    }
    char hex[crypto_sign_PUBLICKEYBYTES * 2 + 1];
    sodium_bin2hex(hex, sizeof hex, s.public_key, sizeof s.public_key);
    sodium_memzero(s.secret_key, sizeof s.secret_key);
    const char *signer = json_string_value(json_object_get(r->manifest, "public_key"));
    const char *node = json_string_value(json_object_get(r->manifest, "node"));
    if (signer == NULL || node == NULL || strcmp(signer, hex) != 0 || strcmp(node, s.node) != 0) {
        return not_right(MSG("it is signed by another node than the one it holds"), e);
    }
    return ERR_NONE;
}

static enum err check_format(struct restore *r, struct err_info *e)
{
    if (json_integer_value(json_object_get(r->manifest, "format")) != BACKUP_FORMAT) {
        return err_set(e, ERR_INPUT, NULL, MSG("The backup was written by a newer program."),
                       MSG("Use that program."), (char *)NULL);
    }
    return check_key(r, e);
}

// What the database holds now against what the backup says it held.
static enum err check_facts(struct restore *r, struct db_read *db, struct err_info *e)
{
    json_t *facts = NULL;
    enum err err =
        backup_facts(r->arena, db, r->server ? DB_POSTGRES : DB_SQLITE, &facts, e);
    if (err == ERR_NONE && !json_equal(facts, json_object_get(r->manifest, BACKUP_FACTS))) {
        err = not_right(MSG("the database holds other records than the list says"), e);
    }
    json_decref(facts);
    return err;
}

static enum err check_file(struct restore *r, struct err_info *e)
{
    const char *path = arena_printf(r->arena, "%s/mainstay.db", r->scratch);
    if (!file_exists(path)) {
        return not_right(MSG("the database is missing"), e);
    }
    struct db *db;
    struct db_read *reader;
    enum err err = db_open(path, &db, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = db_reader(db, &reader, e);
    if (err == ERR_NONE) {
        err = db_check_health(reader, e);
    }
    if (err == ERR_NONE) {
        err = check_facts(r, reader, e);
    }
    db_close(db);
    // Empty companions that reading made.
    unlink(arena_printf(r->arena, "%s-wal", path));
    unlink(arena_printf(r->arena, "%s-shm", path));
    return err;
}

// ---- changing places -----------------------------------------------------------------------------

// A name for the old workspace that nothing has.
static const char *aside_of(const struct restore *r)
{
    char now[25], digits[16];
    time_to_text(clock_now_ms(), now);
    size_t n = 0;
    for (const char *p = now; *p != '.' && *p != '\0'; p++) {
        if (*p != '-' && *p != ':') {
            digits[n++] = *p;
        }
    }
    digits[n] = '\0'; // 20261122T102030
    const char *name = arena_printf(r->arena, "%s.before-restore-%sZ", r->folder, digits);
    for (int i = 2; file_exists(name); i++) {
        name = arena_printf(r->arena, "%s.before-restore-%sZ-%d", r->folder, digits, i);
    }
    return name;
}

// Folders of the scratch are synced so that the names in them last.
static enum err sync_scratch(struct restore *r, struct err_info *e)
{
    static const char *const inner[] = {"files", "keys"};
    enum err err = ERR_NONE;
    for (size_t i = 0; i < COUNT_OF(inner) && err == ERR_NONE; i++) {
        err = folder_make(arena_printf(r->arena, "%s/%s", r->scratch, inner[i]), 0700, e);
        if (err == ERR_NONE) {
            err = folder_sync_of(arena_printf(r->arena, "%s/%s/x", r->scratch, inner[i]), e);
        }
    }
    for (int i = 0; i < 256 && err == ERR_NONE; i++) {
        const char *folder = arena_printf(r->arena, "%s/files/%02x", r->scratch, (unsigned)i);
        if (file_exists(folder)) {
            err = folder_sync_of(arena_printf(r->arena, "%s/x", folder), e);
        }
    }
    return err == ERR_NONE ? folder_sync_of(arena_printf(r->arena, "%s/x", r->scratch), e) : err;
}

static enum err change_places(struct restore *r, const char **aside, struct err_info *e)
{
    bool moved = false;
    const char *old = aside_of(r);
    enum err err = sync_scratch(r, e);
    if (err == ERR_NONE) {
        err = folder_replace(r->folder, r->scratch, old, &moved, e);
    }
    *aside = err == ERR_NONE && moved ? old : NULL;
    return err;
}

static void change_places_back(struct restore *r, const char *aside)
{
    struct err_info unused;
    bool moved;
    enum err err = aside == NULL ? ERR_NONE
                                 : folder_replace(r->folder, aside, r->scratch, &moved, &unused);
    (void)err; // the old workspace is at `aside` then, and the message of the first error is told
}

// ---- PostgreSQL ----------------------------------------------------------------------------------

static enum err check_empty(struct restore *r, struct db *db, struct err_info *e)
{
    struct db_read *reader;
    struct db_table *tables;
    size_t n = 0;
    enum err err = db_reader(db, &reader, e);
    if (err == ERR_NONE) {
        err = db_tables(r->arena, reader, &tables, &n, e);
    }
    for (size_t i = 0; i < n && err == ERR_NONE; i++) {
        if (tables[i].rows > 0 && strcmp(tables[i].name, "migration") != 0) {
            err = err_set(e, ERR_CONFLICT, NULL, MSG("The database is not empty."),
                          MSG("Make a new one with createdb, and give its address."), (char *)NULL);
        }
    }
    return err;
}

static enum err migrate_as_backup(struct restore *r, struct db *db, struct err_info *e)
{
    const json_t *list =
        json_object_get(json_object_get(r->manifest, BACKUP_FACTS), "migrations");
    size_t n = json_array_size(list);
    const char **names = ARENA_ARRAY(r->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        names[i] = json_string_value(json_array_get(list, i));
        if (names[i] == NULL) {
            return not_right(MSG("the list of schema steps is wrong"), e);
        }
    }
    return db_migrate_named(db, names, n, e);
}

static enum err fill(struct restore *r, struct db_tx *tx, struct err_info *e)
{
    json_t *rows = json_object_get(json_object_get(r->manifest, BACKUP_FACTS), "rows");
    const char *table;
    json_t *count;
    enum err err = ERR_NONE;
    json_object_foreach(rows, table, count)
    {
        const char *path = arena_printf(r->arena, "%s/tables/%s", r->scratch, table);
        if (err != ERR_NONE || strcmp(table, "migration") == 0) {
            continue;
        }
        if (!only(table, "abcdefghijklmnopqrstuvwxyz0123456789_") || !file_exists(path)) {
            err = not_right(MSG("a table is missing"), e);
        } else {
            err = db_load(tx, table, path, e);
        }
    }
    return err == ERR_NONE ? check_facts(r, db_tx_read(tx), e) : err;
}

static enum err fill_and_change_places(struct restore *r, struct db *db, const char **aside,
                                       struct err_info *e)
{
    struct db_tx *tx;
    enum err err = db_tx_begin(db, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = fill(r, tx, e);
    if (err == ERR_NONE) {
        err = folder_remove(arena_printf(r->arena, "%s/tables", r->scratch), e);
    }
    if (err == ERR_NONE) {
        err = change_places(r, aside, e);
    }
    if (err != ERR_NONE) {
        db_tx_rollback(tx);
        return err;
    }
    err = db_tx_commit(tx, e);
    if (err != ERR_NONE) {
        change_places_back(r, *aside);
    }
    return err;
}

static enum err restore_server(struct restore *r, const char **aside, struct err_info *e)
{
    struct db *db;
    enum err err = db_open(r->address, &db, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = check_empty(r, db, e);
    if (err == ERR_NONE) {
        err = migrate_as_backup(r, db, e);
    }
    if (err == ERR_NONE) {
        err = fill_and_change_places(r, db, aside, e);
    }
    db_close(db);
    return err;
}

// ---- all of it -----------------------------------------------------------------------------------

static enum err restore_folder(struct restore *r, const char **aside, struct err_info *e)
{
    enum err err = check_file(r, e);
    return err == ERR_NONE ? change_places(r, aside, e) : err;
}

// Nobody may use the workspace meanwhile. The lock is that of app/control.h: flock on DIR/lock.
static enum err lock_old(struct restore *r, struct err_info *e)
{
    if (!file_exists(r->folder)) {
        return ERR_NONE;
    }
    const char *path = arena_printf(r->arena, "%s/lock", r->folder);
    r->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (r->lock < 0) {
        return cannot(MSG("The workspace {0} cannot be locked."), r->folder, e);
    }
    if (flock(r->lock, LOCK_EX | LOCK_NB) != 0) {
        return err_set(e, ERR_BUSY, NULL, MSG("The workspace {0} is in use."),
                       MSG("Stop the server first."), r->folder, (char *)NULL);
    }
    return ERR_NONE;
}

// Renaming needs the folder itself, not a link to it or a dot.
static enum err find_place(struct restore *r, const char *workspace, struct err_info *e)
{
    enum err err = workspace_locate(r->arena, workspace, &r->folder, &r->address, e);
    if (err != ERR_NONE) {
        return err;
    }
    r->server = strstr(r->address, "://") != NULL;
    r->folder = folder_real(r->arena, r->folder);
    r->scratch = arena_printf(r->arena, "%s.restoring", r->folder);
    return ERR_NONE;
}

static enum err run(struct restore *r, const char *file, const char **aside, struct err_info *e)
{
    enum err err = lock_old(r, e);
    if (err == ERR_NONE) {
        err = folder_remove(r->scratch, e); // what a killed restore left
    }
    if (err == ERR_NONE) {
        err = folder_make(r->scratch, 0700, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = unpack(r, file, e);
    if (err == ERR_NONE) {
        err = check_format(r, e);
    }
    if (err == ERR_NONE) {
        err = r->server ? restore_server(r, aside, e) : restore_folder(r, aside, e);
    }
    struct err_info unused;
    enum err removed = folder_remove(r->scratch, err == ERR_NONE ? e : &unused);
    return err != ERR_NONE ? err : removed;
}

enum err store_restore(const char *workspace, const char *file, struct arena *a, const char **aside,
                       struct err_info *e)
{
    if (sodium_init() < 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("The system gives no randomness."), NULL,
                       (char *)NULL);
    }
    struct arena *own = arena_new(LIMIT_REQUEST_BYTES);
    struct restore r = {.arena = own, .lock = -1, .fd = -1};
    const char *old = NULL;
    enum err err = find_place(&r, workspace, e);
    if (err == ERR_NONE) {
        err = run(&r, file, &old, e);
    }
    *aside = arena_copy(a, old);
    if (r.lock >= 0) {
        close(r.lock);
    }
    arena_free(own);
    return err;
}
