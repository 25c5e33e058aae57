// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_official_store.c: see pack_official.h.

#include "pack/pack_official.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "pack/pack_overlay.h"
#include "pack/pack_sql.h"
#include "store/store.h"

static int by_row_and_cell(const void *x, const void *y)
{
    const struct official_text *a = x;
    const struct official_text *b = y;
    int c = strcmp(a->row, b->row);
    return c != 0 ? c : strcmp(a->cell, b->cell);
}

struct official official_make(struct official_text *texts, size_t n)
{
    sort_items(texts, n, sizeof *texts, by_row_and_cell); // engines order letters differently
    return (struct official){texts, n};
}

enum err pack_official_load(struct db_read *db, struct arena *a, const struct pack *p,
                            struct official *out, struct err_info *e)
{
    const struct wording_all_in in = {.pack = p->id};
    struct wording_all_row *rows;
    size_t n;
    enum err err = wording_all_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct official_text *texts = ARENA_ARRAY(a, struct official_text, n + 1);
    for (size_t i = 0; i < n; i++) {
        texts[i] = (struct official_text){rows[i].row, rows[i].cell, rows[i].text};
    }
    *out = official_make(texts, n);
    return ERR_NONE;
}

enum err pack_official_of_row(struct db_read *db, struct arena *a, const struct pack *p,
                              const char *row, struct official *out, struct err_info *e)
{
    const struct wording_of_row_in in = {.pack = p->id, .row = row};
    struct wording_of_row_row *rows;
    size_t n;
    enum err err = wording_of_row_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct official_text *texts = ARENA_ARRAY(a, struct official_text, n + 1);
    for (size_t i = 0; i < n; i++) {
        texts[i] = (struct official_text){row, rows[i].cell, rows[i].text};
    }
    *out = official_make(texts, n);
    return ERR_NONE;
}

enum err pack_official_is_there(struct db_read *db, struct arena *a, const struct pack *p, bool *there,
                                struct err_info *e)
{
    const struct wording_any_in in = {.pack = p->id};
    struct wording_any_row row;
    return wording_any_one(a, db, &in, &row, there, e);
}

const char *pack_official(const struct official *o, const char *row, const char *cell, const char *ours)
{
    if (o == NULL || o->n == 0) {
        return ours;
    }
    struct official_text key = {row, cell, NULL};
    const struct official_text *found =
        bsearch(&key, o->texts, o->n, sizeof *o->texts, by_row_and_cell);
    return found == NULL ? ours : found->text;
}

const char *pack_row_printed(const struct pack_row *r)
{
    return r->origin == NULL ? r->id : r->was == NULL ? r->origin : "";
}

// ---- keeping ------------------------------------------------------------------------------------

struct kept {
    struct official_text text; // first, so that by_row_and_cell compares it
    const char *id;
};

static enum err load_kept(struct store_tx *tx, struct arena *a, const struct pack *p, struct kept **out,
                          size_t *n, struct err_info *e)
{
    const struct wording_all_in in = {.pack = p->id};
    struct wording_all_row *rows;
    enum err err = wording_all_all(a, store_tx_read(tx), &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct kept, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct kept){{rows[i].row, rows[i].cell, rows[i].text}, rows[i].id};
    }
    sort_items(*out, *n, sizeof **out, by_row_and_cell);
    return ERR_NONE;
}

static enum err keep_all(struct store_tx *tx, struct arena *a, const struct pack *p,
                         const struct overlay *found, size_t *changed, struct err_info *e)
{
    struct kept *kept;
    size_t n;
    const struct entity *kind = model_find("wording");
    enum err err = load_kept(tx, a, p, &kept, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < found->n_cells; i++) {
        const struct overlay_cell *cell = &found->cells[i];
        struct kept key = {{cell->row, cell->cell, NULL}, NULL};
        const struct kept *old =
            cell->text == NULL ? NULL : bsearch(&key, kept, n, sizeof *kept, by_row_and_cell);
        if (cell->text == NULL || (old != NULL && strcmp(old->text.text, cell->text) == 0)) {
            continue;
        }
        struct record *r = record_new(a, kind);
        r->id = old == NULL ? NULL : old->id;
        record_set_text(r, "pack", p->id);
        record_set_text(r, "row", cell->row);
        record_set_text(r, "cell", cell->cell);
        record_set_text(r, "text", cell->text);
        err = store_save(tx, a, r, e);
        (*changed)++;
    }
    return err;
}

enum err pack_official_keep(struct store *s, struct arena *a, const struct actor *who,
                            const struct pack *p, const struct overlay *found, size_t *changed,
                            struct err_info *e)
{
    struct store_tx *tx;
    *changed = 0;
    enum err err = store_begin(s, who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = keep_all(tx, a, p, found, changed, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}
