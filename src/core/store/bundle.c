// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bundle.c: changes of an import that share one row of the log, and how they are told apart again.
//
// Method: docs/change-log.md, "Bundles". What changes of one transaction and chain have in common stands once in the
// row; each has a line of its own: hash, kind, id of its record, fields. Nothing of a change is lost: hash, number and
// times follow from row and place, so who reads a bundle gets the changes as if each had a row.

#include <string.h>

#include "base/bug.h"
#include "os/random.h"
#include "store/store_private.h"

#define BUNDLE_MOST 100                  // changes: a record of a bundle is found by reading it whole
#define BUNDLE_LINE_BYTES ((size_t)2048) // of fields; longer ones have a row of their own
#define BUNDLE_BYTES (BUNDLE_MOST * (BUNDLE_LINE_BYTES + 160))

// ---- writing ------------------------------------------------------------------------------------

static struct bundle_kind *kind_in(struct bundle_counts *of, const char *kind)
{
    for (size_t i = 0; i < of->n; i++) {
        if (strcmp(of->kinds[i].kind, kind) == 0) {
            return &of->kinds[i];
        }
    }
    return NULL;
}

static bool has_room(struct bundle_counts *of, const char *kind)
{
    return of->n < COUNT_OF(of->kinds) || kind_in(of, kind) != NULL;
}

static void count(struct arena *a, struct bundle_counts *of, const char *kind)
{
    struct bundle_kind *found = kind_in(of, kind);
    if (found == NULL) {
        ensure(has_room(of, kind));
        found = &of->kinds[of->n++];
        *found = (struct bundle_kind){arena_copy(a, kind), 0};
    }
    found->n++;
}

// "observation 60 observation_part 40"
static const char *print_counts(struct arena *a, const struct bundle_counts *of)
{
    const char *text = "";
    for (size_t i = 0; i < of->n; i++) {
        text = arena_printf(a, "%s%s%s %lld", text, i == 0 ? "" : " ", of->kinds[i].kind, (long long)of->kinds[i].n);
    }
    return text;
}

bool bundle_may_begin(const struct store_tx *tx, const struct new_change *c)
{
    return c->many && tx->n_changes >= BUNDLE_FROM && strlen(c->fields) <= BUNDLE_LINE_BYTES;
}

bool bundle_takes(struct store_tx *tx, const struct chain_head *head, const struct new_change *c)
{
    struct bundle *b = &tx->bundle;
    int64_t logical = tx->store->newest + 1;
    return b->n > 0 && b->n < BUNDLE_MOST && b->head == head && bundle_may_begin(tx, c) &&
           strcmp(c->record_id, b->last_id) > 0 && logical >> 16 == b->row.logical >> 16 &&
           has_room(&b->counts, c->kind);
}

static void begin(struct bundle *b, const struct chain_head *head, const struct log_append_in *row)
{
    if (b->arena == NULL) {
        b->arena = arena_new(BUNDLE_BYTES * 4);
        b->lines_arena = arena_new(BUNDLE_BYTES * 4);
        buf_init(&b->lines, b->lines_arena, BUNDLE_BYTES);
    }
    arena_reset(b->arena);
    buf_reset(&b->lines);
    b->head = head;
    b->counts.n = 0;
    b->row = *row;
    b->row.compartment = arena_copy(b->arena, row->compartment);
    b->row.previous = arena_copy(b->arena, row->previous);
    b->row.hash = arena_copy(b->arena, row->hash);
    b->row.kind = arena_copy(b->arena, row->kind);
    b->row.record_id = arena_copy(b->arena, row->record_id);
    b->row.fields = arena_copy(b->arena, row->fields);
    b->row.wall = arena_copy(b->arena, row->wall);
}

static void put_line(struct buf *b, const char *hash, const char *kind, const char *id, const char *fields)
{
    buf_str(b, hash);
    buf_char(b, ' ');
    buf_str(b, kind);
    buf_char(b, ' ');
    buf_str(b, id);
    buf_char(b, ' ');
    buf_str(b, fields);
    buf_char(b, '\n');
}

void bundle_add(struct store_tx *tx, const struct chain_head *head, const struct log_append_in *row)
{
    struct bundle *b = &tx->bundle;
    if (b->n == 0) {
        begin(b, head, row);
    }
    count(b->arena, &b->counts, row->kind);
    b->n++;
    memcpy(b->last_id, row->record_id, sizeof b->last_id); // an id that was made here, of that length
    put_line(&b->lines, row->hash, row->kind, row->record_id, row->fields);
}

enum err bundle_end(struct store_tx *tx, struct err_info *e)
{
    struct bundle *b = &tx->bundle;
    struct log_append_in row = b->row;
    if (b->n == 0) {
        return ERR_NONE;
    }
    if (b->n > 1) {
        ensure(!buf_is_full(&b->lines));
        row.kind = STORE_BUNDLE;
        row.seq += b->n - 1;
        row.logical += b->n - 1;
        row.hash = b->head->hash;
        row.base = print_counts(b->arena, &b->counts);
        row.fields = b->lines.data;
    }
    b->n = 0;
    return log_append(tx->db, &row, e);
}

enum err bundle_settle(struct db_read *db, struct err_info *e)
{
    struct store_tx *tx = db_tx_owner(db);
    return tx == NULL ? ERR_NONE : bundle_end(tx, e);
}

void bundle_free(struct store_tx *tx)
{
    arena_free(tx->bundle.arena);
    arena_free(tx->bundle.lines_arena);
}

// ---- reading ------------------------------------------------------------------------------------

bool bundle_is(const struct log_of_record_row *row)
{
    return strcmp(row->kind, STORE_BUNDLE) == 0;
}

static enum err damaged(const struct log_of_record_row *row, struct err_info *e)
{
    return err_set(e, ERR_DAMAGED, NULL, MSG("A row of the change log with many changes cannot be read: {0}."),
                   MSG("“mainstay verify” names what is wrong. Restore a backup."), row->record_id, NULL);
}

// The next of the counts, "kind n kind n"; false when there is none, or none that can be read.
static bool next_count(const char **counts, const char **kind, size_t *len, int64_t *n)
{
    *kind = *counts;
    *len = strcspn(*counts, " ");
    *counts += *len;
    *n = 0;
    if (**counts != ' ' || *len == 0) {
        return false;
    }
    for ((*counts)++; **counts >= '0' && **counts <= '9' && *n <= BUNDLE_MOST; (*counts)++) {
        *n = *n * 10 + (**counts - '0');
    }
    *counts += **counts == ' ' && (*counts)[1] != '\0' ? 1 : 0;
    return *n > 0;
}

// -1 when they are no counts.
static int64_t sum_of(const char *counts)
{
    const char *kind;
    size_t len;
    int64_t n, sum = 0;
    while (*counts != '\0') {
        if (!next_count(&counts, &kind, &len, &n)) {
            return -1;
        }
        sum += n;
    }
    return sum;
}

enum err bundle_open(struct arena *a, const struct log_of_record_row *row, struct unbundling *out, struct err_info *e)
{
    int64_t n = sum_of(row->base);
    *out = (struct unbundling){.row = *row, .left = n, .next = arena_copy(a, row->fields)};
    out->row.fields = "";
    change_keep_row(a, &out->row);
    out->previous = out->row.previous;
    return n < 1 || n > BUNDLE_MOST ? damaged(row, e) : ERR_NONE;
}

// Cuts the text off before the next `stop`; NULL when there is none.
static char *cut(char **text, char stop)
{
    char *from = *text;
    char *end = strchr(from, stop);
    if (end == NULL) {
        return NULL;
    }
    *end = '\0';
    *text = end + 1;
    return from;
}

enum err bundle_next(struct unbundling *u, struct log_of_record_row *out, bool *more, struct err_info *e)
{
    *more = u->left > 0;
    if (!*more) {
        return *u->next == '\0' ? ERR_NONE : damaged(&u->row, e);
    }
    int64_t after = --u->left; // changes of the bundle that come after this one
    char *line = cut(&u->next, '\n');
    const char *hash = line == NULL ? NULL : cut(&line, ' ');
    const char *kind = hash == NULL ? NULL : cut(&line, ' ');
    const char *id = kind == NULL ? NULL : cut(&line, ' ');
    if (id == NULL || strlen(hash) != STORE_HASH_HEX) {
        return damaged(&u->row, e);
    }
    *out = u->row;
    out->seq -= after;
    out->logical -= after;
    out->previous = u->previous;
    out->hash = hash;
    out->kind = kind;
    out->record_id = id;
    out->base = "";
    out->fields = line;
    out->signature = after == 0 ? u->row.signature : "";
    u->previous = hash;
    return ERR_NONE;
}

int64_t bundle_size(const struct log_of_record_row *row)
{
    int64_t n = sum_of(row->base);
    return n > 0 ? n : 1;
}

bool bundle_fits_row(struct arena *a, const struct log_of_record_row *row)
{
    struct bundle_counts counts = {.n = 0};
    struct log_of_record_row c = *row;
    struct unbundling u;
    struct err_info why;
    const char *first = NULL;
    bool more = true;
    enum err err = bundle_open(a, row, &u, &why);
    while (err == ERR_NONE && (err = bundle_next(&u, &c, &more, &why)) == ERR_NONE && more) {
        if (!has_room(&counts, c.kind)) {
            return false;
        }
        first = first == NULL ? c.record_id : first;
        count(a, &counts, c.kind);
    }
    return err == ERR_NONE && first != NULL && strcmp(first, row->record_id) == 0 && strcmp(c.hash, row->hash) == 0 &&
           strcmp(print_counts(a, &counts), row->base) == 0;
}

const struct entity *store_bundle_kind(struct arena *a, const char *counts, const char *asked, int64_t *n)
{
    const struct entity *found = NULL;
    const char *kind;
    size_t len;
    int64_t one;
    while (next_count(&counts, &kind, &len, &one)) {
        const struct entity *of = model_find(arena_copy_n(a, kind, len));
        bool is_asked = of != NULL && asked != NULL && strcmp(of->kind, asked) == 0;
        if (is_asked || (of != NULL && (found == NULL || (found->for_work && !of->for_work)))) {
            found = of;
            *n = one;
        }
        if (is_asked) {
            break;
        }
    }
    return found;
}

bool store_bundle_has(const char *counts, const char *kind)
{
    const char *at;
    size_t len;
    int64_t n;
    while (next_count(&counts, &at, &len, &n)) {
        if (strlen(kind) == len && strncmp(at, kind, len) == 0) {
            return true;
        }
    }
    return false;
}

const char *store_fields_of(struct arena *a, const char *text, const char *record_id)
{
    if (text == NULL || text[0] == '{') {
        return text;
    }
    const char *found = strstr(text, arena_printf(a, " %s {", record_id));
    const char *fields = found == NULL ? NULL : strchr(found, '{');
    return fields == NULL ? NULL : arena_copy_n(a, fields, strcspn(fields, "\n"));
}

// ---- finding one change -------------------------------------------------------------------------

// In the bundle that a query gives, if it gives one: the change with this name, or the one of this record.
static enum err find_in(struct arena *a, struct db_query *q, const char *hash, const char *kind, const char *record_id,
                        struct log_of_record_row *out, bool *found, struct err_info *e)
{
    struct log_of_record_row row;
    struct unbundling u;
    bool more;
    *found = false;
    enum err err = log_of_record_next(q, &row, &more, e);
    if (err != ERR_NONE || !more) {
        return err;
    }
    err = bundle_open(a, &row, &u, e);
    db_finish(q);
    while (err == ERR_NONE && !*found && (err = bundle_next(&u, out, &more, e)) == ERR_NONE && more) {
        *found = hash != NULL ? strcmp(out->hash, hash) == 0
                              : strcmp(out->kind, kind) == 0 && strcmp(out->record_id, record_id) == 0;
    }
    return err;
}

enum err bundle_find_record(struct db_read *db, struct arena *a, const char *kind, const char *record_id,
                            struct log_of_record_row *out, bool *found, struct err_info *e)
{
    const struct log_bundle_before_in before = {.record_id = record_id};
    const struct log_bundle_with_in with = {.text = arena_printf(a, " %s {", record_id)}; // not where others name it
    struct db_query *q;
    enum err err = log_bundle_before(db, &before, &q, e);
    if (err == ERR_NONE) {
        err = find_in(a, q, NULL, kind, record_id, out, found, e);
    }
    if (err != ERR_NONE || *found || !id_is_valid(record_id)) {
        return err;
    }
    // Ids sort by the age of their records, unless a clock was set back or another node made them.
    err = log_bundle_with(db, &with, &q, e);
    return err != ERR_NONE ? err : find_in(a, q, NULL, kind, record_id, out, found, e);
}

enum err bundle_find_name(struct db_read *db, struct arena *a, const char *hash, struct log_of_record_row *out,
                          bool *found, struct err_info *e)
{
    const struct log_bundle_with_in with = {.text = arena_printf(a, "%s ", hash)};
    struct db_query *q;
    *found = false;
    if (!change_is_name(hash)) {
        return ERR_NONE;
    }
    enum err err = log_bundle_with(db, &with, &q, e);
    return err != ERR_NONE ? err : find_in(a, q, hash, NULL, NULL, out, found, e);
}
