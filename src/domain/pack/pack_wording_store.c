// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_wording_store.c: the official wording laid over the words of packs on all pages, for who chose so.
// See pack_official.h.
//
// The workspace keeps wording by row and cell; pages ask pack_words() with a context and our English text.
// So a table is made from that pair to the wording. A pair that stands for two different wordings (two
// levels with the same id and words) is left out: our words stay.
//
// Making the table reads all wording and all tools that have some (3,155 texts: 2 ms), so a process holds the
// newest one, and asks on each request whether it still fits: whether wording changed, or packs did. A table that
// took its place is freed by the last request that reads it.

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "pack/pack_official.h"
#include "pack/pack_sql.h"
#include "store/store.h"

struct said {
    const char *context, *english;
    const char *text; // NULL: a level without wording
};
struct wording {
    struct said *all; // by context and English text
    size_t n;
};

struct laying {
    struct arena *arena;
    const struct official *official; // of the pack whose document is read
    struct said *all;
    size_t n, room;
};

static void say(struct laying *l, const char *context, const char *english, const char *text)
{
    if (l->n == l->room) {
        struct said *more = ARENA_ARRAY(l->arena, struct said, l->room * 2 + 256);
        if (l->n > 0) {
            memcpy(more, l->all, l->n * sizeof *more);
        }
        l->room = l->room * 2 + 256;
        l->all = more;
    }
    l->all[l->n++] = (struct said){context, english, text};
}

static void say_cell(struct laying *l, const char *context, const char *english, const char *row,
                     const char *cell)
{
    const char *text = english == NULL ? NULL : pack_official(l->official, row, cell, NULL);
    if (text != NULL) {
        say(l, context, english, text);
    }
}

// The wording of a list has an item on each line; it replaces ours where it has as many.
static void say_list(struct laying *l, const struct pack_row *r, const char *row, const char *cell,
                     const char *const *ours, unsigned n)
{
    const char *text = n == 0 ? NULL : pack_official(l->official, row, cell, NULL);
    unsigned lines = 1;
    for (const char *p = text; p != NULL && (p = strchr(p, '\n')) != NULL; p++) {
        lines++;
    }
    for (unsigned i = 0; text != NULL && lines == n && i < n; i++) {
        size_t len = strcspn(text, "\n");
        say(l, r->id, ours[i], arena_copy_n(l->arena, text, len));
        text += len + 1;
    }
}

static void say_row(struct laying *l, const struct pack_row *r)
{
    const char *row = pack_row_printed(r);
    say_cell(l, r->id, r->text, row, "text");
    say_cell(l, r->id, r->argument, row, "argument");
    say_cell(l, r->id, r->example, row, "example");
    say_cell(l, r->id, r->consider, row, "consider");
    say_cell(l, r->id, r->rights, row, "rights");
    say_cell(l, r->id, r->gender, row, "gender");
    say_list(l, r, row, "mitigation", r->mitigation, r->n_mitigation);
    say_list(l, r, row, "means", r->means, r->n_means);
    say_list(l, r, row, "targets", r->targets, r->n_targets);
}

static void say_tool(struct laying *l, const struct pack_tool *t)
{
    const char *goals = arena_printf(l->arena, "G-%s", t->id); // their id in the inventory
    say_cell(l, t->id, t->goal, goals, "goal");
    say_cell(l, t->id, t->rights_goal, goals, "rights_goal");
    for (unsigned i = 0; i < t->n_results; i++) {
        say_cell(l, t->results[i].id, t->results[i].title,
                 arena_printf(l->arena, "ER-%s", t->results[i].id), "text");
    }
    for (unsigned i = 0; i < t->n_rows; i++) {
        say_row(l, &t->rows[i]);
    }
    for (unsigned i = 0; i < t->n_sections; i++) { // its heading is known with each of its rows
        const struct pack_row *first = NULL;
        for (unsigned k = 0; k < t->n_rows && first == NULL; k++) {
            const char *of = t->rows[k].section;
            first = of != NULL && strcmp(of, t->sections[i].id) == 0 ? &t->rows[k] : NULL;
        }
        if (first != NULL) {
            say_cell(l, t->sections[i].id, t->sections[i].title, pack_row_printed(first), "section");
        }
    }
}

// A level of the document without wording is noted, too: it must not get that of another with its id and words.
static void say_level(struct laying *l, const struct pack_level *level, const char *english,
                      const char *cell)
{
    if (level->row != NULL && english != NULL) {
        say(l, level->id, english, pack_official(l->official, level->row, cell, NULL));
    }
}

static void say_levels(struct laying *l, const struct pack *p)
{
    for (unsigned i = 0; i < p->n_scales; i++) {
        for (unsigned k = 0; k < p->scales[i].n_levels; k++) {
            const struct pack_level *level = &p->scales[i].levels[k];
            say_level(l, level, level->title, "text");
            say_level(l, level, level->meaning, "meaning");
        }
    }
}

static int by_pair(const void *x, const void *y)
{
    const struct said *a = x, *b = y;
    int c = strcmp(a->context, b->context);
    return c != 0 ? c : strcmp(a->english, b->english);
}

// Keeps one of each pair, and none of those that stand for different wordings, or for none.
static size_t keep_clear(struct said *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0, next; i < n; i = next) {
        bool clear = all[i].text != NULL;
        for (next = i + 1; next < n && by_pair(&all[i], &all[next]) == 0; next++) {
            clear = clear && all[next].text != NULL && strcmp(all[i].text, all[next].text) == 0;
        }
        if (clear) {
            all[kept++] = all[i];
        }
    }
    return kept;
}

// Wording of one pack: rows[from] and following.
static struct official official_of(struct arena *a, const struct wording_everywhere_row *rows, size_t n)
{
    struct official_text *texts = ARENA_ARRAY(a, struct official_text, n + 1);
    for (size_t i = 0; i < n; i++) {
        texts[i] = (struct official_text){rows[i].row, rows[i].cell, rows[i].text};
    }
    return official_make(texts, n);
}

// What is said of the tools of a pack and of their copies in the packs of the office.
static void say_pack(struct laying *l, const struct pack *p)
{
    size_t n, n_tools;
    const struct pack *const *packs = pack_all(&n);
    say_levels(l, p);
    for (size_t i = 0; i < n; i++) {
        const struct pack_tool *const *tools = pack_tools(packs[i], &n_tools);
        for (size_t k = 0; k < n_tools; k++) {
            const struct pack_tool *from = pack_tool_origin(tools[k]);
            if ((from == NULL ? tools[k]->pack : from->pack) == p) {
                say_tool(l, tools[k]);
            }
        }
    }
}

// ---- the table that a process holds -------------------------------------------------------------

struct held {
    struct arena *arena;
    int64_t n_changes;               // of wording, when it was read
    const struct pack *const *packs; // the list it was made for; each list has an address of its own
    bool there;
    struct wording wording;
    int users; // requests, and one as long as it is the newest
};
static pthread_mutex_t holding = PTHREAD_MUTEX_INITIALIZER; // of newest, and of users
static struct held *newest;

static enum err make(struct db_read *db, int64_t n_changes, const struct pack *const *packs,
                     struct held **out, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct wording_everywhere_row *rows;
    struct laying l = {.arena = a};
    size_t n;
    enum err err = wording_everywhere_all(a, db, &rows, &n, e);
    if (err != ERR_NONE) {
        arena_free(a);
        return err;
    }
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && strcmp(rows[next].pack, rows[i].pack) == 0; next++) {
        }
        const struct pack *p = pack_find(rows[i].pack);
        if (p != NULL) {
            const struct official o = official_of(a, &rows[i], next - i);
            l.official = &o;
            say_pack(&l, p);
        }
    }
    if (l.n > 0) {
        sort_items(l.all, l.n, sizeof *l.all, by_pair);
    }
    struct held *h = ARENA_MAKE(a, struct held);
    *h = (struct held){.arena = a,
                       .n_changes = n_changes,
                       .packs = packs,
                       .there = n > 0,
                       .wording = {l.all, keep_clear(l.all, l.n)},
                       .users = 1};
    *out = h;
    return ERR_NONE;
}

static void give_back(void *thing)
{
    struct held *h = thing;
    pthread_mutex_lock(&holding);
    bool last = --h->users == 0;
    pthread_mutex_unlock(&holding);
    if (last) {
        arena_free(h->arena);
    }
}

// The table as it is now, until the arena is emptied.
static enum err take(struct db_read *db, struct arena *a, struct held **out, struct err_info *e)
{
    size_t n;
    int64_t n_changes;
    const struct pack *const *packs = pack_all(&n);
    struct held *old = NULL;
    enum err err = store_count_changes(db, "wording", &n_changes, e); // before the wording is read
    if (err != ERR_NONE) {
        return err;
    }
    pthread_mutex_lock(&holding);
    if (newest == NULL || newest->n_changes != n_changes || newest->packs != packs) {
        struct held *next;
        err = make(db, n_changes, packs, &next, e);
        old = err == ERR_NONE ? newest : NULL;
        newest = err == ERR_NONE ? next : newest;
    }
    if (err == ERR_NONE) {
        *out = newest;
        newest->users++;
    }
    pthread_mutex_unlock(&holding);
    if (old != NULL) {
        give_back(old);
    }
    if (err == ERR_NONE) {
        arena_on_close(a, give_back, *out);
    }
    return err;
}

enum err pack_wording_choose(struct db_read *db, struct arena *a, bool wanted,
                             const struct lang **lang, bool *there, struct err_info *e)
{
    struct held *h;
    if (!wanted) {
        struct wording_anywhere_row any;
        return wording_anywhere_one(a, db, &any, there, e);
    }
    enum err err = take(db, a, &h, e);
    if (err != ERR_NONE) {
        return err;
    }
    *there = h->there;
    if (h->there) {
        struct lang *laid = ARENA_MAKE(a, struct lang);
        *laid = **lang;
        laid->wording = &h->wording;
        *lang = laid;
    }
    return ERR_NONE;
}

const struct lang *pack_wording_ours(struct arena *a, const struct lang *lang)
{
    struct lang *plain = ARENA_MAKE(a, struct lang);
    *plain = *lang;
    plain->wording = NULL;
    return plain;
}

const char *pack_wording_find(const struct wording *w, const char *context, const char *english)
{
    const struct said key = {context, english, NULL};
    const struct said *found =
        w->n == 0 ? NULL : bsearch(&key, w->all, w->n, sizeof *w->all, by_pair);
    return found == NULL ? NULL : found->text;
}
