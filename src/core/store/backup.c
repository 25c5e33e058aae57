// SPDX-License-Identifier: AGPL-3.0-or-later
//
// backup.c: the whole workspace in one file, online and consistent, while writes go on.
//
// The database is read in one snapshot. Files lie beside it under the hash of their content and are
// never changed, so those that the snapshot knows are there when they are copied afterwards; newer
// ones do no harm. Keys are part of it: a restored workspace must be the same node. So the file is as
// secret as the workspace, and has mode 0600.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/date.h"
#include "db/db_dump.h"
#include "os/clock.h"
#include "store/backup_private.h"
#include "store/container.h"
#include "store/store_private.h"

#define PIECE_BYTES ((size_t)64 * 1024)

// ---- facts ---------------------------------------------------------------------------------------

static void must(int jansson_result)
{
    if (jansson_result != 0) {
        bug("out of memory");
    }
}

static enum err add_migrations(struct arena *a, struct db_read *db, json_t *facts,
                               struct err_info *e)
{
    const char **names;
    size_t n = 0;
    enum err err = db_migrations_applied(a, db, &names, &n, e);
    json_t *list = json_array();
    for (size_t i = 0; i < n && err == ERR_NONE; i++) {
        must(json_array_append_new(list, json_string(names[i])));
    }
    must(json_object_set_new(facts, "migrations", list));
    return err;
}

static enum err add_tables(struct arena *a, struct db_read *db, json_t *facts, struct err_info *e)
{
    struct db_table *tables;
    size_t n = 0;
    enum err err = db_tables(a, db, &tables, &n, e);
    json_t *rows = json_object();
    for (size_t i = 0; i < n && err == ERR_NONE; i++) {
        must(json_object_set_new(rows, tables[i].name, json_integer(tables[i].rows)));
    }
    must(json_object_set_new(facts, "rows", rows));
    return err;
}

static enum err add_heads(struct arena *a, struct db_read *db, json_t *facts, struct err_info *e)
{
    struct log_heads_row *heads;
    size_t n = 0;
    enum err err = log_heads_all(a, db, &heads, &n, e);
    json_t *list = json_array();
    for (size_t i = 0; i < n && err == ERR_NONE; i++) {
        must(json_array_append_new(
            list, json_pack("{s:s, s:s, s:I, s:s}", "compartment", heads[i].compartment, "node",
                            heads[i].node, "seq", (json_int_t)heads[i].seq, "hash",
                            heads[i].hash)));
    }
    must(json_object_set_new(facts, "heads", list));
    return err;
}

enum err backup_facts(struct arena *a, struct db_read *db, enum db_engine engine, json_t **out,
                      struct err_info *e)
{
    json_t *facts = json_object();
    must(json_object_set_new(facts, "engine",
                             json_string(engine == DB_SQLITE ? "sqlite" : "postgresql")));
    enum err err = add_migrations(a, db, facts, e);
    if (err == ERR_NONE) {
        err = add_tables(a, db, facts, e);
    }
    if (err == ERR_NONE) {
        err = add_heads(a, db, facts, e);
    }
    if (err != ERR_NONE) {
        json_decref(facts);
        return err;
    }
    *out = facts;
    return ERR_NONE;
}

// ---- parts ---------------------------------------------------------------------------------------

static enum err begin_part(void *writer, const char *part, struct err_info *e)
{
    return container_begin(writer, part, e);
}

static enum err add_bytes(void *writer, const void *bytes, size_t len, struct err_info *e)
{
    return container_add(writer, bytes, len, e);
}

static enum err unreadable(const char *path, struct err_info *e)
{
    return err_set(e, ERR_FAILED, NULL, MSG("{0} cannot be read."), MSG("The system says: {1}."),
                   path, strerror(errno), (char *)NULL);
}

static enum err add_file(struct container_writer *w, const char *path, const char *part,
                         char *piece, struct err_info *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        return unreadable(path, e);
    }
    enum err err = container_begin(w, part, e);
    while (err == ERR_NONE) {
        ssize_t n = read(fd, piece, PIECE_BYTES);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            err = unreadable(path, e);
        }
        if (n <= 0) {
            break;
        }
        err = container_add(w, piece, (size_t)n, e);
    }
    close(fd);
    return err;
}

// Regular files of a folder and, `deep` levels down, of those in it. Names that begin with a dot and
// half-written files (.new) stay out.
static enum err add_folder(struct container_writer *w, const char *path, const char *part, int deep,
                           char *piece, struct err_info *e)
{
    DIR *d = opendir(path);
    if (d == NULL) {
        return errno == ENOENT ? ERR_NONE : unreadable(path, e);
    }
    struct arena *a = arena_new((size_t)1024 * 1024);
    enum err err = ERR_NONE;
    for (struct dirent *entry; err == ERR_NONE && (entry = readdir(d)) != NULL;) {
        const char *name = entry->d_name;
        size_t len = strlen(name);
        if (name[0] == '.' || (len > 4 && strcmp(name + len - 4, ".new") == 0)) {
            continue;
        }
        arena_reset(a);
        const char *inner = arena_printf(a, "%s/%s", path, name);
        const char *inner_part = arena_printf(a, "%s/%s", part, name);
        struct stat s;
        if (lstat(inner, &s) != 0) {
            err = unreadable(inner, e);
        } else if (S_ISREG(s.st_mode)) {
            err = add_file(w, inner, inner_part, piece, e);
        } else if (S_ISDIR(s.st_mode) && deep > 0) {
            err = add_folder(w, inner, inner_part, deep - 1, piece, e);
        }
    }
    arena_free(a);
    closedir(d);
    return err;
}

static enum err add_database(struct arena *a, struct store *s, struct container_writer *w,
                             const char *file, json_t *manifest, struct err_info *e)
{
    struct db_read *db;
    enum err err = db_reader(s->db, &db, e);
    if (err == ERR_NONE) {
        err = db_snapshot_begin(db, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    json_t *facts = NULL;
    err = backup_facts(a, db, db_engine_of(s->db), &facts, e);
    if (err == ERR_NONE) {
        must(json_object_set_new(manifest, BACKUP_FACTS, facts));
        // What a killed backup left; the lock on file.tmp says that nobody else makes one.
        const char *scratch = arena_printf(a, "%s.tmp.db", file);
        unlink(scratch);
        struct db_sink sink = {.context = w, .begin = begin_part, .add = add_bytes};
        err = db_dump(db, scratch, &sink, e);
    }
    db_snapshot_end(db);
    return err;
}

static enum err add_all(struct arena *a, struct store *s, struct container_writer *w,
                        const char *file, json_t *manifest, struct err_info *e)
{
    char now[25];
    time_to_text(clock_now_ms(), now);
    must(json_object_set_new(manifest, "format", json_integer(BACKUP_FORMAT)));
    must(json_object_set_new(manifest, "program", json_string(MAINSTAY_VERSION)));
    must(json_object_set_new(manifest, "time", json_string(now)));
    must(json_object_set_new(manifest, "node", json_string(s->node)));
    char *piece = arena_alloc(a, PIECE_BYTES);
    enum err err = add_database(a, s, w, file, manifest, e);
    if (err == ERR_NONE) {
        err = add_folder(w, arena_printf(a, "%s/files", s->folder), "files", 1, piece, e);
    }
    if (err == ERR_NONE) {
        err = add_folder(w, arena_printf(a, "%s/keys", s->folder), "keys", 0, piece, e);
    }
    sodium_memzero(piece, PIECE_BYTES);
    return err;
}

enum err store_backup(struct store *s, const char *file, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    json_t *manifest = json_object();
    struct container_writer *w = NULL;
    enum err err = container_create(a, file, &w, e);
    if (err == ERR_NONE) {
        err = add_all(a, s, w, file, manifest, e);
        if (err == ERR_NONE) {
            err = container_finish(w, manifest, s->secret_key, e);
        } else {
            container_abandon(w);
        }
    }
    json_decref(manifest);
    arena_free(a);
    return err;
}
