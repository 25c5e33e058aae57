// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_store.c: see search.h.

#include "search/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "pack/pack_search.h"
#include "search/search_sql.h"
#include "store/search.h"
#include "words/stem.h"

#define HITS_A_KIND 8
#define HITS_OF_ONE_KIND 100
#define MAX_KINDS 100
#define TITLE_BYTES 300
#define SNIPPET_BYTES 220

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

static bool has_records(const struct search_states *s)
{
    const char *state = search_state_of(s, SEARCH_RECORDS);
    return state != NULL && strcmp(state, SEARCH_RECORDS_STATE) == 0;
}

struct taking {
    struct db_tx *tx;
    const char *source;
};

static enum err take(void *context, const struct pack_found *found, struct err_info *e)
{
    const struct taking *t = context;
    const struct search_doc d = {t->source,    found->kind,  found->key,
                                 SEARCH_EVERYBODY, found->title, found->body};
    return search_put(t->tx, &d, true, e);
}

static enum err take_pack(struct db_tx *tx, struct arena *a, const struct pack *p, struct err_info *e)
{
    struct taking t = {tx, source_of(a, p)};
    enum err err = search_forget(tx, t.source, e);
    if (err == ERR_NONE) {
        err = pack_search_each(p, take, &t, e);
    }
    return err != ERR_NONE ? err : search_taken_in(tx, t.source, pack_search_state(p), e);
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
    return err == ERR_NONE && !has_records(&states) ? search_take_in_records(tx, e) : err;
}

enum err search_refresh(struct store *s, struct db_read *db, struct arena *a, struct err_info *e)
{
    struct search_states states;
    size_t n;
    const struct pack *const *packs = pack_all(&n);
    enum err err = search_states_load(db, a, &states, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool fresh = has_records(&states);
    for (size_t i = 0; fresh && i < n; i++) {
        fresh = is_fresh(a, &states, packs[i]);
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

static const struct library_kind {
    const char *kind;
    const char *label;
} library_kinds[] = {
    {"tool", MSG("Tools")},         {"chapter", MSG("Guidance")},
    {"row", MSG("Rows of tools")},  {"treaty", MSG("Treaties")},
    {"correction", MSG("Corrections of the print")},
};
#define N_LIBRARY (sizeof library_kinds / sizeof *library_kinds)

static const char *label_of(const char *kind)
{
    for (size_t i = 0; i < N_LIBRARY; i++) {
        if (strcmp(library_kinds[i].kind, kind) == 0) {
            return library_kinds[i].label;
        }
    }
    const struct entity *entity = model_find(kind);
    return entity == NULL ? kind : entity->label_many;
}

// /library/PACK/TOOL#ROW, or the page of the record.
static const char *address_of(struct arena *a, const struct search_found_row *row, const char **id)
{
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

static struct search_hit hit_of(struct arena *a, const struct search_found_row *row, const char *query)
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

static struct search_group *group_of(struct search_group *groups, size_t *n, const char *kind)
{
    for (size_t i = 0; i < *n; i++) {
        if (strcmp(groups[i].kind, kind) == 0) {
            return &groups[i];
        }
    }
    if (*n == MAX_KINDS) {
        return NULL;
    }
    groups[*n] = (struct search_group){.kind = kind, .label = label_of(kind)};
    return &groups[(*n)++];
}

// Rows come with the best first; kinds of the library keep their order, those of records follow.
static void group_rows(struct arena *a, const struct search_found_row *rows, size_t n, const char *query,
                       struct search_results *out)
{
    struct search_group *groups = ARENA_ARRAY(a, struct search_group, MAX_KINDS + 1);
    struct search_group *full = ARENA_ARRAY(a, struct search_group, MAX_KINDS + 1);
    size_t n_groups = 0, n_full = 0;
    for (size_t i = 0; i < N_LIBRARY; i++) {
        group_of(groups, &n_groups, library_kinds[i].kind);
    }
    for (size_t i = 0; i < n; i++) {
        struct search_group *g = group_of(groups, &n_groups, rows[i].kind);
        if (g == NULL) {
            continue;
        }
        if (g->hits == NULL) {
            g->hits = ARENA_ARRAY(a, struct search_hit, n - i);
            g->total = rows[i].total;
            out->total += rows[i].total;
        }
        ((struct search_hit *)g->hits)[g->n_hits++] = hit_of(a, &rows[i], query);
    }
    for (size_t i = 0; i < n_groups; i++) {
        if (groups[i].n_hits > 0) {
            full[n_full++] = groups[i];
        }
    }
    out->groups = full;
    out->n_groups = n_full;
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
    const struct search_found_in in = {.query = match.data,
                                       .everything = who == NULL || identity_may(who, MAY_READ, NULL),
                                       .readable = readable(a, who),
                                       .kind = kind,
                                       .most = kind == NULL ? HITS_A_KIND : HITS_OF_ONE_KIND};
    struct search_found_row *rows;
    size_t n;
    err = search_found_all(a, db, &in, &rows, &n, e);
    if (err == ERR_NONE) {
        group_rows(a, rows, n, query, out);
    }
    return err;
}
