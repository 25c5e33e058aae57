// SPDX-License-Identifier: AGPL-3.0-or-later
//
// migrate_text.c: one neutral text of a migration into the words of one engine.
//
// Tokens @id @text @int @real @bytes become types; on SQLite every CREATE TABLE ends with STRICT.
// A line `-- sqlite:` or `-- postgres:` begins lines for that engine only, `-- both:` ends them.
// Quoted text is copied as it is, and so are comments, save inside a statement that is not CREATE:
// SQLite puts the words of ADD COLUMN as they stand into the text of the table, where a comment would
// hide the bracket that follows.

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "db/db_private.h"
#include "os/embedded.h"

// A migration is a page or two; content is never loaded by one.
#define MIGRATION_BYTES ((size_t)1024 * 1024)

static const char *const tokens[] = {"id", "text", "int", "real", "bytes"};

struct translation {
    const struct db_driver *driver;
    const char *p; // what is left to read
    struct buf out;
    int words;       // in this statement, up to 2
    bool is_create;  // its first word is CREATE
    bool is_table;   // CREATE TABLE
    bool other_only; // these lines are for the other engine
};

static bool word_is(const char *word, size_t len, const char *lower)
{
    if (strlen(lower) != len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (tolower((unsigned char)word[i]) != lower[i]) {
            return false;
        }
    }
    return true;
}

static void copy(struct translation *t, size_t len)
{
    if (!t->other_only) {
        buf_add(&t->out, t->p, len);
    }
    t->p += len;
}

static size_t word_len(const char *p)
{
    size_t n = 0;
    while (isalnum((unsigned char)p[n]) || p[n] == '_') {
        n++;
    }
    return n;
}

// A comment to the end of its line; it may say for which engine the next lines are.
static void comment(struct translation *t)
{
    size_t len = strcspn(t->p, "\n");
    const char *text = t->p + 2 + strspn(t->p + 2, " ");
    size_t text_len = len - (size_t)(text - t->p);
    while (text_len > 0 && isspace((unsigned char)text[text_len - 1])) {
        text_len--;
    }
    bool sqlite = word_is(text, text_len, "sqlite:");
    bool postgres = word_is(text, text_len, "postgres:");
    if (sqlite || postgres || word_is(text, text_len, "both:")) {
        t->other_only = (sqlite && t->driver->engine != DB_SQLITE) ||
                        (postgres && t->driver->engine != DB_POSTGRES);
        t->p += len;
        return;
    }
    if (t->words > 0 && !t->is_create) {
        t->p += len;
        return;
    }
    copy(t, len);
}

static void quoted(struct translation *t)
{
    size_t len = strcspn(t->p + 1, (char[]){*t->p, '\0'}) + 2;
    copy(t, len <= strlen(t->p) ? len : strlen(t->p));
}

static bool token(struct translation *t)
{
    size_t len = word_len(t->p + 1);
    for (size_t i = 0; i < COUNT_OF(tokens); i++) {
        if (word_is(t->p + 1, len, tokens[i])) {
            if (!t->other_only) {
                buf_str(&t->out, t->driver->types[i]);
            }
            t->p += len + 1;
            return true;
        }
    }
    return false;
}

static void word(struct translation *t)
{
    size_t len = word_len(t->p);
    if (!t->other_only) {
        t->words++;
        t->is_create = t->words == 1 ? word_is(t->p, len, "create") : t->is_create;
        t->is_table = t->words == 2 ? t->is_create && word_is(t->p, len, "table") : t->is_table;
    }
    copy(t, len);
}

static void end_of_statement(struct translation *t)
{
    if (!t->other_only) {
        if (t->is_table) {
            buf_str(&t->out, t->driver->table_end);
        }
        t->words = 0;
        t->is_table = false;
    }
    copy(t, 1);
}

enum err db_migrate_text(struct arena *a, const struct db_driver *driver,
                         const struct embedded_file *file, const char **sql, struct err_info *e)
{
    struct translation t = {.driver = driver, .p = file->bytes};
    buf_init(&t.out, a, MIGRATION_BYTES);
    while (*t.p != '\0') {
        if (t.p[0] == '-' && t.p[1] == '-') {
            comment(&t);
        } else if (*t.p == '\'' || *t.p == '"') {
            quoted(&t);
        } else if (*t.p == ';') {
            end_of_statement(&t);
        } else if (word_len(t.p) > 0) {
            word(&t);
        } else if (*t.p != '@') {
            copy(&t, 1);
        } else if (!token(&t)) {
            return err_set(e, ERR_FAILED, file->path,
                           MSG("The schema step {0} uses an unknown type."),
                           MSG("Types are @id, @text, @int, @real and @bytes."), file->path,
                           (char *)NULL);
        }
    }
    if (buf_is_full(&t.out)) {
        return err_set(e, ERR_TOO_LARGE, file->path, MSG("The schema step {0} is too large."), NULL,
                       file->path, (char *)NULL);
    }
    *sql = t.out.data;
    return ERR_NONE;
}
