// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workspace.c: making and opening a workspace. See store.h.
//
// A folder holds mainstay.db, files/ and keys/. With a postgresql:// address only the database is
// elsewhere: keys and files stay in a folder of this machine (MAINSTAY_HOME), since a key must not
// lie beside what it protects.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "os/clock.h"
#include "os/file.h"
#include "store/store_private.h"

static bool is_address(const char *workspace)
{
    return strncmp(workspace, "postgresql://", 13) == 0 || strncmp(workspace, "postgres://", 11) == 0;
}

enum err workspace_locate(struct arena *a, const char *workspace, const char **folder,
                          const char **address, struct err_info *e)
{
    if (!is_address(workspace)) {
        *folder = arena_copy(a, workspace);
        *address = arena_printf(a, "%s/mainstay.db", workspace);
        return ERR_NONE;
    }
    *folder = arena_copy(a, getenv("MAINSTAY_HOME"));
    *address = arena_copy(a, workspace);
    if (*folder == NULL) {
        return err_set(e, ERR_USAGE, NULL,
                       MSG("A database address needs a folder for keys and files."),
                       MSG("Name one in the variable MAINSTAY_HOME."), NULL);
    }
    return ERR_NONE;
}

static enum err make_folders(struct arena *a, const char *folder, struct err_info *e)
{
    static const char *const inner[] = {"", "/files", "/keys"};
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++) {
        enum err err = folder_make(arena_printf(a, "%s%s", folder, inner[i]), 0700, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    return ERR_NONE;
}

// Writes the node's public key where verify looks for it.
static enum err join(struct store *s, struct err_info *e)
{
    char key[crypto_sign_PUBLICKEYBYTES * 2 + 1];
    char now[25];
    sodium_bin2hex(key, sizeof key, s->public_key, sizeof s->public_key);
    time_to_text(clock_now_ms(), now);
    struct log_node_add_in in = {.id = s->node, .public_key = key, .joined_at = now};
    struct db_tx *tx;
    enum err err = db_tx_begin(s->db, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = log_node_add(tx, &in, e);
    if (err != ERR_NONE) {
        db_tx_rollback(tx);
        return err;
    }
    return db_tx_commit(tx, e);
}

static enum err read_newest(struct store *s, struct err_info *e)
{
    struct db_read *db;
    struct log_newest_time_in in = {.node = s->node};
    struct log_newest_time_row row;
    bool found;
    enum err err = db_reader(s->db, &db, e);
    if (err == ERR_NONE) {
        err = log_newest_time_one(s->arena, db, &in, &row, &found, e);
    }
    if (err == ERR_NONE && found) {
        s->newest = row.logical;
    }
    return err;
}

static enum err open_database(struct store *s, bool migrate, struct err_info *e)
{
    enum err err = db_open(s->address, &s->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    db_set_owner(s->db, s);
    int n = 0;
    if (migrate) {
        err = db_migrate(s->db, &n, e);
    } else {
        err = db_migrations_waiting(s->db, &n, e);
        if (err == ERR_NONE && n > 0) {
            err = err_set(e, ERR_USAGE, NULL,
                          MSG("This workspace was made by an older version of Mainstay."),
                          MSG("Make a backup, then run “mainstay migrate”."), NULL);
        }
    }
    return err;
}

enum err store_init(const char *workspace, struct err_info *e)
{
    if (sodium_init() < 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("The system gives no randomness."), NULL, NULL);
    }
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const char *folder;
    const char *address;
    enum err err = workspace_locate(a, workspace, &folder, &address, e);
    if (err == ERR_NONE && !folder_is_empty(folder)) {
        err = err_set(e, ERR_CONFLICT, NULL, MSG("{0} is not an empty folder."),
                      MSG("Give a new folder, or remove what is in it."), folder, NULL);
    }
    if (err == ERR_NONE) {
        err = make_folders(a, folder, e);
    }
    if (err == ERR_NONE) {
        err = keys_make(folder, e);
    }
    struct store *s = NULL;
    if (err == ERR_NONE) {
        err = store_open(workspace, true, &s, e);
    }
    if (err == ERR_NONE) {
        err = join(s, e);
        store_close(s);
    }
    arena_free(a);
    return err;
}

enum err store_open(const char *workspace, bool migrate, struct store **out, struct err_info *e)
{
    if (sodium_init() < 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("The system gives no randomness."), NULL, NULL);
    }
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct store *s = ARENA_MAKE(a, struct store);
    s->arena = a;
    ensure(pthread_mutex_init(&s->beside.lock, NULL) == 0);
    ensure(pthread_mutex_init(&s->beside.making, NULL) == 0);
    ensure(pthread_mutex_init(&s->telling, NULL) == 0);
    enum err err = workspace_locate(a, workspace, &s->folder, &s->address, e);
    if (err == ERR_NONE && !file_exists(arena_printf(a, "%s/keys/node.key", s->folder))) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("{0} is not a workspace."),
                      MSG("Make one with “mainstay init” or “mainstay demo”."), s->folder, NULL);
    }
    if (err == ERR_NONE) {
        err = keys_load(s, e);
    }
    if (err == ERR_NONE) {
        err = open_database(s, migrate, e);
    }
    if (err == ERR_NONE) {
        err = read_newest(s, e);
    }
    if (err != ERR_NONE) {
        store_close(s);
        return err;
    }
    *out = s;
    return ERR_NONE;
}

void store_close(struct store *s)
{
    if (s == NULL) {
        return;
    }
    if (s->beside.thing != NULL) {
        s->beside.close(s->beside.thing);
    }
    pthread_mutex_destroy(&s->beside.lock);
    pthread_mutex_destroy(&s->beside.making);
    pthread_mutex_destroy(&s->telling);
    if (s->db != NULL) {
        db_close(s->db);
    }
    sodium_memzero(s->secret_key, sizeof s->secret_key);
    arena_free(s->arena);
}

struct store *store_of(const struct db_read *db)
{
    return db_owner(db);
}

struct store_beside *store_beside(struct store *s)
{
    return &s->beside;
}

struct db *store_db(struct store *s)
{
    return s->db;
}

const char *store_folder(const struct store *s)
{
    return s->folder;
}

const char *store_node(const struct store *s)
{
    return s->node;
}
