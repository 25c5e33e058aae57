// SPDX-License-Identifier: AGPL-3.0-or-later
//
// since.c: a position of the log, and what came since. See store.h.
//
// A position names every chain with number and hash of its newest change. Logical times would not do: changes of
// another node, or of another process that writes, come later with an earlier time.

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/map.h"
#include "store/store_private.h"

#define POSITION_BYTES ((size_t)16 * 1024 * 1024) // 100,000 chains

static enum err heads(struct db_read *db, struct arena *a, struct log_heads_row **rows, size_t *n, const char **text,
                      struct err_info *e)
{
    struct buf b;
    enum err err = log_heads_all(a, db, rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    buf_init(&b, a, POSITION_BYTES);
    buf_reserve(&b, *n * 130);
    for (size_t i = 0; i < *n; i++) {
        const struct log_heads_row *row = &(*rows)[i];
        buf_str(&b, row->compartment);
        buf_char(&b, ' ');
        buf_str(&b, row->node);
        buf_char(&b, ' ');
        buf_int(&b, row->seq);
        buf_char(&b, ' ');
        buf_str(&b, row->hash);
        buf_char(&b, '\n');
    }
    *text = b.len == 0 ? "" : b.data;
    return buf_is_full(&b) ? err_set(e, ERR_TOO_LARGE, NULL, MSG("The log has too many chains."), NULL, NULL) : ERR_NONE;
}

enum err store_position(struct db_read *db, struct arena *a, const char **out, struct err_info *e)
{
    struct log_heads_row *rows;
    size_t n;
    return heads(db, a, &rows, &n, out, e);
}

enum err store_mark(struct db_read *db, struct store_mark *out, struct err_info *e)
{
    struct db_query *q;
    struct log_mark_row row;
    bool more;
    enum err err = log_mark(db, &q, e);
    if (err == ERR_NONE) {
        err = log_mark_next(q, &row, &more, e);
    }
    if (err == ERR_NONE) {
        *out = (struct store_mark){row.n, row.seqs, row.newest};
        db_finish(q);
    }
    return err;
}

enum err store_count_changes(struct db_read *db, const char *kind, int64_t *n, struct err_info *e)
{
    const struct log_count_of_kind_in in = {.kind = kind};
    const struct entity *of = model_find(kind);
    ensure(of == NULL || !of->imported); // those of bundles are not counted
    struct log_count_of_kind_row row;
    struct db_query *q;
    bool more;
    enum err err = log_count_of_kind(db, &in, &q, e);
    if (err == ERR_NONE) {
        err = log_count_of_kind_next(q, &row, &more, e);
    }
    if (err == ERR_NONE) {
        *n = row.n;
        db_finish(q);
    }
    return err;
}

// A chain as a position notes it.
struct noted {
    int64_t seq;
    const char *hash;
};

// "compartment node" -> struct noted; false when it is no position.
static bool read_position(struct arena *a, const char *position, struct map *out)
{
    map_init(out, a);
    for (const char *line = position; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        char *copy = arena_copy_n(a, line, len);
        char *last = strrchr(copy, ' ');
        if (last == NULL) {
            return false;
        }
        *last = '\0';
        char *number = strrchr(copy, ' ');
        if (number == NULL) {
            return false;
        }
        *number = '\0';
        struct noted *chain = ARENA_MAKE(a, struct noted);
        *chain = (struct noted){.seq = strtoll(number + 1, NULL, 10), .hash = last + 1};
        *map_at(out, copy) = chain;
        line += len;
        line += *line == '\n' ? 1 : 0;
    }
    return true;
}

// Who asks what came since, and for which kinds.
struct asker {
    const char *const *kinds; // ended by NULL
    store_since_fn *fn;
    void *context;
};

static enum err give(const struct asker *to, const struct change *c, struct err_info *e)
{
    for (size_t i = 0; to->kinds[i] != NULL; i++) {
        if (strcmp(to->kinds[i], c->kind) == 0) {
            return to->fn(to->context, c, e);
        }
    }
    return ERR_NONE;
}

static enum err give_bundle(const struct asker *to, struct arena *a, const struct log_of_record_row *row,
                            struct err_info *e)
{
    struct log_of_record_row one;
    struct unbundling u;
    bool more = true;
    enum err err = bundle_open(a, row, &u, e);
    while (err == ERR_NONE && (err = bundle_next(&u, &one, &more, e)) == ERR_NONE && more) {
        const struct change c = change_of_kept_row(&one);
        err = give(to, &c, e);
    }
    return err;
}

static enum err give_chain(struct db_read *db, const struct log_heads_row *head, int64_t after, const struct asker *to,
                           struct err_info *e)
{
    const struct log_after_in in = {.compartment = head->compartment, .node = head->node, .seq = after};
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct log_of_record_row row;
    struct db_query *q;
    bool more;
    enum err err = log_after(db, &in, &q, e);
    while (err == ERR_NONE && (err = log_of_record_next(q, &row, &more, e)) == ERR_NONE && more) {
        const struct change single = change_of_kept_row(&row); // until the next step
        err = bundle_is(&row) ? give_bundle(to, a, &row, e) : give(to, &single, e);
        if (err != ERR_NONE) {
            db_finish(q);
        }
        arena_reset(a);
    }
    arena_free(a);
    return err;
}

// Does the log hold what the position says of this chain?
static enum err compare_chain(struct db_read *db, struct arena *a, const struct log_heads_row *head,
                              const struct noted *before, enum store_follows *out, struct err_info *e)
{
    const struct log_hash_at_in in = {.compartment = head->compartment, .node = head->node, .seq = before->seq};
    struct log_hash_at_row row;
    bool found = false;
    if (head->seq <= before->seq || before->seq == 0) {
        *out = head->seq < before->seq ? FOLLOWS_BEHIND : strcmp(head->hash, before->hash) != 0 && before->seq > 0
                                                              ? FOLLOWS_NOT
                                                              : *out;
        return ERR_NONE;
    }
    enum err err = log_hash_at_one(a, db, &in, &row, &found, e);
    *out = err == ERR_NONE && (!found || strcmp(row.hash, before->hash) != 0) ? FOLLOWS_NOT : *out;
    return err;
}

enum err store_since(struct db_read *db, struct arena *a, const char *position, const char *const *kinds, int64_t most,
                     store_since_fn *fn, void *context, struct store_since *out, struct err_info *e)
{
    struct log_heads_row *rows;
    struct map before;
    size_t n, n_met = 0;
    *out = (struct store_since){.follows = FOLLOWS};
    enum err err = bundle_settle(db, e);
    if (err == ERR_NONE) {
        err = heads(db, a, &rows, &n, &out->position, e);
    }
    if (err != ERR_NONE || strcmp(out->position, position) == 0) {
        return err;
    }
    if (!read_position(a, position, &before)) {
        out->follows = FOLLOWS_NOT;
        return ERR_NONE;
    }
    const struct noted **noted = ARENA_ARRAY(a, const struct noted *, n + 1);
    static const struct noted nothing = {.seq = 0, .hash = ""};
    const struct asker to = {kinds, fn, context};
    for (size_t i = 0; err == ERR_NONE && out->follows == FOLLOWS && i < n; i++) {
        const char *name = arena_printf(a, "%s %s", rows[i].compartment, rows[i].node);
        const struct noted *known = map_get(&before, name);
        n_met += known != NULL;
        noted[i] = known == NULL ? &nothing : known;
        out->n += rows[i].seq - noted[i]->seq;
        err = compare_chain(db, a, &rows[i], noted[i], &out->follows, e);
    }
    if (err == ERR_NONE && out->follows == FOLLOWS && n_met < before.n) {
        out->follows = FOLLOWS_BEHIND; // a chain is not there
    }
    for (size_t i = 0; err == ERR_NONE && out->follows == FOLLOWS && out->n <= most && i < n; i++) {
        err = rows[i].seq > noted[i]->seq ? give_chain(db, &rows[i], noted[i]->seq, &to, e) : ERR_NONE;
    }
    return err;
}

enum err store_change_side(struct arena *a, const struct change *c, const struct entity *kind, int side,
                           struct record **out, struct err_info *e)
{
    *out = record_new(a, kind);
    (*out)->id = arena_copy(a, c->record_id);
    return fields_apply(a, *out, c->fields, side, e);
}
