// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_store.c: see search.h.

#include "search/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/sort.h"
#include "pack/pack_own.h"
#include "pack/pack_search.h"
#include "search/search_sql.h"
#include "store/search.h"
#include "words/stem.h"

#define HITS_A_KIND 8
#define HITS_OF_ONE_KIND 100
#define HITS_OF_RECORDS 60 // of all kinds together
#define MAX_KINDS 100
#define TITLE_BYTES 300
#define SNIPPET_BYTES 220
#define RELEASES "releases" // the source of published ones

// ---- kinds of the library -----------------------------------------------------------------------------

// In the order in which they are shown; the place of a kind is its shelf.
static const struct library_kind {
    const char *kind;
    const char *label;
} library_kinds[] = {
    {"tool", MSG("Tools")},         {"chapter", MSG("Guidance")},
    {"row", MSG("Rows of tools")},  {"treaty", MSG("Treaties")},
    {"correction", MSG("Corrections of the print")},
    {"release", MSG("Published releases")},
};
#define N_LIBRARY (sizeof library_kinds / sizeof *library_kinds)

static int shelf_of(const char *kind)
{
    for (size_t i = 0; i < N_LIBRARY; i++) {
        if (strcmp(library_kinds[i].kind, kind) == 0) {
            return (int)i;
        }
    }
    return SEARCH_RECORD_SHELF;
}

bool search_has_kind(const char *kind)
{
    const struct entity *records = model_find(kind);
    return shelf_of(kind) != SEARCH_RECORD_SHELF || (records != NULL && !records->unsearched);
}

// ---- taking in --------------------------------------------------------------------------------------

static const char *source_of(struct arena *a, const struct pack *p)
{
    return arena_printf(a, "pack:%s", p->id);
}

static bool is_fresh(struct arena *a, const struct search_states *s, const struct pack *p)
{
    const char *state = search_state_of(s, source_of(a, p));
    return state != NULL && strcmp(state, pack_search_state(p)) == 0;
}

// A pack that an office took away; its tools are no longer found.
static bool is_gone(struct arena *a, const char *source)
{
    size_t n;
    const struct pack *const *packs = pack_all(&n);
    bool gone = strncmp(source, "pack:", 5) == 0;
    for (size_t i = 0; gone && i < n; i++) {
        gone = strcmp(source_of(a, packs[i]), source) != 0;
    }
    return gone;
}

// Releases that were published and are not taken in, or are taken in and no longer published? Nobody tells the index of
// them: it is asked before each search, so that what was withdrawn, undone or rebuilt is right, too.
static enum err releases_are_fresh(struct db_read *db, struct arena *a, bool *fresh, struct err_info *e)
{
    struct search_releases_moved_row *rows;
    const struct search_releases_moved_in in = {.source = RELEASES};
    size_t n;
    enum err err = search_releases_moved_all(a, db, &in, &rows, &n, e);
    *fresh = err == ERR_NONE && n == 0;
    return err;
}

static bool has_records(const struct search_states *s)
{
    const char *state = search_state_of(s, SEARCH_RECORDS);
    return state != NULL && strcmp(state, SEARCH_RECORDS_STATE) == 0;
}

struct taking {
    struct search_batch batch;
    const char *source;
};

static enum err take(void *context, const struct pack_found *found, struct err_info *e)
{
    struct taking *t = context;
    const struct search_doc d = {.source = t->source,
                                 .shelf = shelf_of(found->kind),
                                 .kind = found->kind,
                                 .key = found->key,
                                 .scope = SEARCH_EVERYBODY,
                                 .title = found->title,
                                 .body = found->body};
    return search_put(&t->batch, &d, true, e);
}

static enum err take_pack(struct db_tx *tx, struct arena *a, const struct pack *p, struct err_info *e)
{
    struct taking t = {.batch.tx = tx, .source = source_of(a, p)};
    enum err err = search_forget(tx, t.source, e);
    if (err == ERR_NONE) {
        err = pack_search_each(p, take, &t, e);
    }
    if (err == ERR_NONE) {
        err = search_batch_end(&t.batch, e);
    }
    search_batch_free(&t.batch);
    return err != ERR_NONE ? err : search_taken_in(tx, t.source, pack_search_state(p), e);
}

// What stands on the page of a release, which all who sign in may read.
static enum err take_releases(struct db_tx *tx, struct arena *a, struct err_info *e)
{
    struct search_batch batch = {.tx = tx};
    struct search_releases_row *rows;
    size_t n = 0;
    enum err err = search_forget(tx, RELEASES, e);
    if (err == ERR_NONE) {
        err = search_releases_all(a, db_tx_read(tx), &rows, &n, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const struct search_doc d = {.source = RELEASES,
                                     .shelf = shelf_of("release"),
                                     .kind = "release",
                                     .key = rows[i].code,
                                     .scope = SEARCH_EVERYBODY,
                                     .title = rows[i].title,
                                     .body = arena_printf(a, "%s\n%s %s %s", rows[i].code, rows[i].split_by,
                                                          rows[i].counted, rows[i].counted_of)};
        err = search_put(&batch, &d, true, e);
    }
    if (err == ERR_NONE) {
        err = search_batch_end(&batch, e);
    }
    search_batch_free(&batch);
    return err;
}

// What is still missing is asked again inside the transaction: another request may have been first.
static enum err take_all(struct db_tx *tx, struct arena *a, struct err_info *e)
{
    struct search_states states;
    size_t n;
    const struct pack *const *packs = pack_all(&n);
    enum err err = search_states_load(db_tx_read(tx), a, &states, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (!is_fresh(a, &states, packs[i])) {
            err = take_pack(tx, a, packs[i], e);
        }
    }
    for (size_t i = 0; err == ERR_NONE && i < states.n; i++) {
        err = is_gone(a, states.items[i].source) ? search_forget(tx, states.items[i].source, e) : ERR_NONE;
    }
    if (err == ERR_NONE && !has_records(&states)) {
        err = search_take_in_records(tx, e);
    }
    bool fresh = true;
    if (err == ERR_NONE) {
        err = releases_are_fresh(db_tx_read(tx), a, &fresh, e);
    }
    return err == ERR_NONE && !fresh ? take_releases(tx, a, e) : err;
}

enum err search_refresh(struct store *s, struct db_read *db, struct arena *a, struct err_info *e)
{
    struct search_states states;
    enum err err = pack_own_look(db, e);
    size_t n;
    const struct pack *const *packs = pack_all(&n);
    err = err == ERR_NONE ? search_states_load(db, a, &states, e) : err;
    if (err != ERR_NONE) {
        return err;
    }
    bool fresh;
    err = releases_are_fresh(db, a, &fresh, e);
    if (err != ERR_NONE) {
        return err;
    }
    fresh = fresh && has_records(&states);
    for (size_t i = 0; fresh && i < n; i++) {
        fresh = is_fresh(a, &states, packs[i]);
    }
    for (size_t i = 0; fresh && i < states.n; i++) {
        fresh = !is_gone(a, states.items[i].source);
    }
    if (fresh) {
        return ERR_NONE;
    }
    struct db_tx *tx;
    err = db_tx_begin(store_db(s), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = take_all(tx, a, e);
    if (err != ERR_NONE) {
        db_tx_rollback(tx);
        return err;
    }
    return db_tx_commit(tx, e);
}

// ---- finding ----------------------------------------------------------------------------------------

// " id id " of the programmes the person may read.
static const char *readable(struct arena *a, const struct identity *who)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES * 10);
    buf_char(&b, ' ');
    for (size_t i = 0; who != NULL && i < who->n_grants; i++) {
        if (who->grants[i].programme_id != NULL && (who->grants[i].verbs & MAY_READ) != 0) {
            buf_printf(&b, "%s ", who->grants[i].programme_id);
        }
    }
    return b.data;
}

static const char *label_of(const char *kind)
{
    int shelf = shelf_of(kind);
    const struct entity *entity = model_find(kind);
    return shelf != SEARCH_RECORD_SHELF ? library_kinds[shelf].label
           : entity == NULL             ? kind
                                        : entity->label_many;
}

// /library/PACK/TOOL#ROW, /releases/NAME, or the page of the record.
static const char *address_of(struct arena *a, const struct search_texts_row *row, const char **id)
{
    if (strcmp(row->source, RELEASES) == 0) {
        *id = row->key;
        return arena_printf(a, "/releases/%s", row->key);
    }
    if (strncmp(row->source, "pack:", 5) != 0) {
        *id = "";
        return row->number == NULL
                   ? arena_printf(a, "/records/%s/%s", row->kind, row->key)
                   : arena_printf(a, "/programmes/%s/records/%s/%s", row->number, row->kind, row->key);
    }
    const char *key = arena_copy_n(a, row->key, strcspn(row->key, "!"));
    const char *hash = strchr(key, '#');
    *id = hash == NULL ? key : hash + 1;
    return arena_printf(a, "/library/%s/%s", row->source + 5, key);
}

static struct search_hit hit_of(struct arena *a, const struct search_texts_row *row, const char *query)
{
    struct search_hit hit = {.number = row->number};
    hit.address = address_of(a, row, &hit.id);
    bool titled = row->title[0] != '\0';
    hit.plain = titled ? row->title : row->body;
    hit.title = search_mark(a, hit.plain, query, TITLE_BYTES, false, &hit.n_title);
    // the body of a row begins with its id, which stands beside the title already
    const char *body = row->body;
    size_t id = strlen(hit.id);
    if (strncmp(body, hit.id, id) == 0 && (body[id] == '\n' || body[id] == '\0')) {
        body += body[id] == '\0' ? id : id + 1;
    }
    hit.snippet = titled ? search_mark(a, body, query, SNIPPET_BYTES, true, &hit.n_snippet) : NULL;
    return hit;
}

// ---- the best of each kind ----------------------------------------------------------------------------

struct chosen { // documents of a kind, the best first
    const char *kind;
    int64_t *ids;
    size_t n;
    int64_t total;
};
struct choice_of {
    struct chosen kinds[MAX_KINDS];
    size_t n_kinds;
    size_t most_a_kind;
    size_t n_records;
};

static int best_first(const void *x, const void *y)
{
    const struct search_found_row *a = x;
    const struct search_found_row *b = y;
    return a->score != b->score ? (a->score < b->score ? -1 : 1) : a->id < b->id ? -1 : a->id > b->id;
}

static struct chosen *chosen_of(struct choice_of *c, const char *kind)
{
    for (size_t i = N_LIBRARY; i < c->n_kinds; i++) {
        if (strcmp(c->kinds[i].kind, kind) == 0) {
            return &c->kinds[i];
        }
    }
    if (c->n_kinds == MAX_KINDS) {
        return NULL;
    }
    c->kinds[c->n_kinds] = (struct chosen){.kind = kind};
    return &c->kinds[c->n_kinds++];
}

// Takes out the records of kinds that the person does not see.
static size_t keep_seen(const struct identity *who, struct search_found_row *rows, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct entity *kind = rows[i].kind == NULL ? NULL : model_find(rows[i].kind);
        if (kind == NULL || identity_sees(who, kind, rows[i].scope)) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

// Kinds of the library keep their order, those of records follow as their best do.
static void choose(struct arena *a, struct search_found_row *rows, size_t n, struct choice_of *c)
{
    sort_items(rows, n, sizeof *rows, best_first);
    for (size_t i = 0; i < N_LIBRARY; i++) {
        c->kinds[c->n_kinds++] = (struct chosen){.kind = library_kinds[i].kind};
    }
    for (size_t i = 0; i < n; i++) {
        size_t shelf = (size_t)(rows[i].id >> SEARCH_SHELF_BITS);
        struct chosen *k = shelf < N_LIBRARY      ? &c->kinds[shelf]
                           : rows[i].kind != NULL ? chosen_of(c, rows[i].kind)
                                                  : NULL;
        c->n_records += rows[i].kind != NULL;
        if (k == NULL) {
            continue;
        }
        if (k->ids == NULL) {
            k->ids = ARENA_ARRAY(a, int64_t, c->most_a_kind);
        }
        if (k->n < c->most_a_kind) {
            k->ids[k->n++] = rows[i].id;
        }
        k->total++;
    }
}

// Texts of the documents of a kind, eight at a time.
static enum err load_hits(struct db_read *db, struct arena *a, const struct chosen *k, const char *query,
                          struct search_group *g, struct err_info *e)
{
    struct search_hit *hits = ARENA_ARRAY(a, struct search_hit, k->n + 1);
    for (size_t from = 0; from < k->n; from += 8) {
        int64_t id[8];
        for (size_t i = 0; i < 8; i++) {
            id[i] = from + i < k->n ? k->ids[from + i] : -1;
        }
        const struct search_texts_in in = {.a = id[0], .b = id[1], .c = id[2], .d = id[3],
                                           .e = id[4], .f = id[5], .g = id[6], .h = id[7]};
        struct search_texts_row *rows;
        size_t n;
        enum err err = search_texts_all(a, db, &in, &rows, &n, e);
        if (err != ERR_NONE) {
            return err;
        }
        for (size_t i = 0; i < 8; i++) { // they come in the order of their ids
            for (size_t r = 0; r < n; r++) {
                if (rows[r].id == id[i]) {
                    hits[g->n_hits++] = hit_of(a, &rows[r], query);
                }
            }
        }
    }
    g->hits = hits;
    return ERR_NONE;
}

static enum err load_groups(struct db_read *db, struct arena *a, const struct choice_of *c,
                            const char *query, struct search_results *out, struct err_info *e)
{
    struct search_group *groups = ARENA_ARRAY(a, struct search_group, MAX_KINDS + 1);
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < c->n_kinds; i++) {
        const struct chosen *k = &c->kinds[i];
        if (k->n == 0) {
            continue;
        }
        struct search_group *g = &groups[out->n_groups++];
        *g = (struct search_group){.kind = k->kind,
                                   .label = label_of(k->kind),
                                   .total = k->total,
                                   .more = i >= N_LIBRARY && out->more};
        out->total += k->total;
        err = load_hits(db, a, k, query, g, e);
    }
    out->groups = groups;
    return err;
}

enum err search_find(struct store *s, struct db_read *db, struct arena *a, const struct identity *who,
                     const char *query, const char *kind, struct search_results *out,
                     struct err_info *e)
{
    struct buf match;
    *out = (struct search_results){0};
    buf_init(&match, a, LIMIT_TEXT_BYTES);
    enum stem_engine engine = db_engine_of(store_db(s)) == DB_SQLITE ? STEM_FTS5 : STEM_TSQUERY;
    if (!stem_query(&match, query, engine)) {
        return ERR_NONE;
    }
    enum err err = search_refresh(s, db, a, e);
    if (err != ERR_NONE) {
        return err;
    }
    int64_t shelf = kind == NULL ? 0 : shelf_of(kind);
    int64_t shelves = kind == NULL ? (int64_t)N_LIBRARY : shelf == SEARCH_RECORD_SHELF ? 0 : 1;
    const struct search_found_in in = {
        .query = match.data,
        .from_id = shelf << SEARCH_SHELF_BITS,
        .to_id = (shelf + shelves) << SEARCH_SHELF_BITS,
        .first_record = (int64_t)SEARCH_RECORD_SHELF << SEARCH_SHELF_BITS,
        .everything = who == NULL || identity_may(who, MAY_READ, NULL),
        .readable = readable(a, who),
        .kind = kind,
        .most_records = kind == NULL ? HITS_OF_RECORDS : HITS_OF_ONE_KIND,
    };
    struct search_found_row *rows;
    size_t n;
    err = search_found_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice_of c = {.most_a_kind = kind == NULL ? HITS_A_KIND : HITS_OF_ONE_KIND};
    choose(a, rows, keep_seen(who, rows, n), &c);
    out->more = c.n_records == (size_t)in.most_records;
    return load_groups(db, a, &c, query, out, e);
}
