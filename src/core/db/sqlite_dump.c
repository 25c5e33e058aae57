// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sqlite_dump.c: a copy of the file as it is in a reader's snapshot, and its health.
//
// The reader holds its snapshot open, so the copy never has to begin anew however much is written
// meanwhile; the write-ahead log grows until it is done. Source: sqlite.org/backup.html.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "db/sqlite_private.h"

// 1 MB a step.
#define STEP_PAGES 256
#define PIECE_BYTES ((size_t)64 * 1024)

static enum err copy_pages(struct db_read *r, sqlite3 *copy, struct err_info *e)
{
    sqlite3_backup *b = sqlite3_backup_init(copy, "main", r->handle, "main");
    if (b == NULL) {
        return db_sqlite_fail(copy, "backup", e);
    }
    int rc;
    do {
        rc = sqlite3_backup_step(b, STEP_PAGES);
    } while (rc == SQLITE_OK);
    sqlite3_backup_finish(b);
    return rc == SQLITE_DONE ? ERR_NONE : db_sqlite_fail(copy, "backup", e);
}

static enum err make_copy(struct db_read *r, const char *scratch, struct err_info *e)
{
    int fd = open(scratch, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("{0} cannot be written."),
                       MSG("The system says: {1}."), scratch, strerror(errno), (char *)NULL);
    }
    close(fd);
    sqlite3 *copy = NULL;
    int rc = sqlite3_open_v2(scratch, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (copy == NULL) {
        bug("out of memory");
    }
    enum err code = ERR_NONE;
    // Only we use the copy, and half a copy is thrown away: no journal and no waiting for the disk.
    if (rc != SQLITE_OK || sqlite3_exec(copy, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", NULL,
                                        NULL, NULL) != SQLITE_OK) {
        code = db_sqlite_fail(copy, "backup", e);
    }
    if (code == ERR_NONE) {
        code = copy_pages(r, copy, e);
    }
    sqlite3_close(copy);
    return code;
}

static enum err send_file(struct arena *a, const char *path, const struct db_sink *sink,
                          struct err_info *e)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        return err_set(e, ERR_FAILED, NULL, MSG("{0} cannot be read."), NULL, path, (char *)NULL);
    }
    char *piece = arena_alloc(a, PIECE_BYTES);
    enum err code = sink->begin(sink->context, "database", e);
    size_t n;
    while (code == ERR_NONE && (n = fread(piece, 1, PIECE_BYTES, in)) > 0) {
        code = sink->add(sink->context, piece, n, e);
    }
    if (code == ERR_NONE && ferror(in)) {
        code = err_set(e, ERR_FAILED, NULL, MSG("{0} cannot be read."), NULL, path, (char *)NULL);
    }
    fclose(in);
    return code;
}

enum err db_sqlite_dump(struct arena *a, struct db_read *r, const char *scratch,
                        const struct db_sink *sink, struct err_info *e)
{
    enum err code = make_copy(r, scratch, e);
    if (code == ERR_NONE) {
        code = send_file(a, scratch, sink, e);
    }
    unlink(scratch);
    return code;
}

// ---- health --------------------------------------------------------------------------------------

static const struct db_statement integrity = {
    .name = "health_integrity", .sql = "PRAGMA integrity_check(1)", .in = "", .out = "T"};
static const struct db_statement references = {
    .name = "health_references", .sql = "PRAGMA foreign_key_check", .in = "", .out = "TITI"};

// The first row of a check; *found false when there is none.
static enum err first_row(struct db_read *r, const struct db_statement *s, bool *found,
                          char text[200], struct err_info *e)
{
    struct db_query *q;
    enum err code = db_start(r, s, &q, e);
    if (code != ERR_NONE) {
        return code;
    }
    code = db_step(q, found, e);
    if (code == ERR_NONE && *found) {
        snprintf(text, 200, "%s", db_is_null(q, 0) ? "" : db_text(q, 0));
    }
    db_finish(q);
    return code;
}

enum err db_sqlite_check_health(struct db_read *r, struct err_info *e)
{
    bool found;
    char text[200];
    enum err code = first_row(r, &integrity, &found, text, e);
    if (code == ERR_NONE && strcmp(text, "ok") != 0) {
        code = err_set(e, ERR_DAMAGED, NULL, MSG("The database file is damaged."),
                       MSG("Restore the newest backup."), (char *)NULL);
        err_detail(e, "integrity_check: %s", text);
    }
    if (code == ERR_NONE) {
        code = first_row(r, &references, &found, text, e);
        if (code == ERR_NONE && found) {
            code = err_set(e, ERR_DAMAGED, NULL,
                           MSG("A record of {0} points to one that is not there."),
                           MSG("Run `mainstay rebuild`, or restore the newest backup."), text,
                           (char *)NULL);
        }
    }
    return code;
}
