// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_store.c: see pack_own.h: packs of the office, read from the workspace and kept sound.
//
// What was read stays in memory until the process ends, since any thread may hold a row of it. An edit
// adds the size of one pack (some 50 KB); a thousand edits in the life of a server are 50 MB.

#include "pack/pack_own.h"

#include <pthread.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/sort.h"
#include "pack/pack_inner.h"
#include "pack/pack_own_private.h"
#include "pack/pack_sql.h"
#include "store/store.h"

#define MAX_OWN 100

// ---- reading ------------------------------------------------------------------------------------

bool pack_file_name_is_safe(const char *name)
{
    bool signs = name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-/")] == '\0' ||
                 strcmp(name, "README.md") == 0;
    return signs && name[0] != '\0' && name[0] != '/' && name[strlen(name) - 1] != '/' &&
           strstr(name, "..") == NULL && strstr(name, "//") == NULL;
}

// The packs of the workspace; marks: the state of its files, a text that differs when one of them does.
struct state {
    struct state_pack {
        const char *id;
        const char *marks;
    } packs[MAX_OWN];
    size_t n;
};

static int by_pack_and_name(const void *x, const void *y)
{
    const struct pack_file_heads_row *a = x, *b = y;
    int order = strcmp(a->pack, b->pack);
    return order != 0 ? order : strcmp(a->name, b->name);
}

static enum err state_load(struct db_read *db, struct arena *a, struct state *out, struct err_info *e)
{
    struct pack_file_heads_row *rows;
    size_t n;
    *out = (struct state){0};
    enum err err = pack_file_heads_all(a, db, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (n > 0) {
        sort_items(rows, n, sizeof *rows, by_pack_and_name); // engines order letters differently
    }
    struct buf marks;
    for (size_t i = 0; i < n; i++) {
        bool first = i == 0 || strcmp(rows[i - 1].pack, rows[i].pack) != 0;
        if (first && out->n == MAX_OWN) {
            break;
        }
        if (first) {
            out->packs[out->n++].id = rows[i].pack;
            buf_init(&marks, a, LIMIT_REPLY_BYTES);
        }
        buf_printf(&marks, "%s %s\n", rows[i].id, rows[i].version);
        out->packs[out->n - 1].marks = marks.data;
    }
    return ERR_NONE;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct folder_file *)a)->path, ((const struct folder_file *)b)->path);
}

enum err pack_own_inner(struct db_read *db, struct arena *a, const char *id, struct pack_inner **out,
                        struct err_info *e)
{
    const struct pack_file_of_pack_in in = {.pack = id};
    struct pack_file_of_pack_row *rows;
    size_t n;
    enum err err = pack_file_of_pack_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct folder_file *files = ARENA_ARRAY(a, struct folder_file, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *text = rows[i].text == NULL ? "" : rows[i].text;
        files[i] = (struct folder_file){rows[i].name, text, strlen(text)};
    }
    if (n > 0) {
        sort_items(files, n, sizeof *files, by_path);
    }
    *out = pack_inner_new(a, arena_copy(a, id), false, files, n);
    (*out)->own = true;
    return ERR_NONE;
}

// All packs of the workspace, checked together.
static enum err check_all(struct db_read *db, struct arena *a, const struct state *s,
                          struct pack_problems *problems, struct err_info *e)
{
    struct pack_inner *inners[MAX_OWN];
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < s->n; i++) {
        err = pack_own_inner(db, a, s->packs[i].id, &inners[i], e);
    }
    if (err == ERR_NONE) {
        pack_check_inners(a, inners, s->n, problems);
    }
    return err;
}

static bool is_program(const char *id)
{
    const struct pack *p = pack_find(id);
    return p != NULL && !pack_is_own(p);
}

enum err pack_own_check_id(const char *id, struct err_info *e)
{
    return is_program(id) ? err_set(e, ERR_INPUT, "pack", MSG("{0} is a pack of the program."),
                                    MSG("Give the pack another id."), id, NULL)
                          : ERR_NONE;
}

static const struct pack_problem *first_fault(const struct pack_problems *problems)
{
    for (size_t i = 0; i < problems->n; i++) {
        if (!problems->items[i].is_note) {
            return &problems->items[i];
        }
    }
    return NULL;
}

enum err pack_file_keep(struct arena *a, struct db_read *db, struct err_info *e)
{
    struct state now;
    struct pack_problems problems;
    pack_problems_init(&problems, a);
    enum err err = state_load(db, a, &now, e);
    if (err == ERR_NONE) {
        err = check_all(db, a, &now, &problems, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < now.n; i++) {
        err = pack_own_check_id(now.packs[i].id, e);
    }
    const struct pack_problem *fault = first_fault(&problems);
    if (err == ERR_NONE && fault != NULL) {
        err = err_set(e, ERR_INPUT, NULL, MSG("This would be a mistake in the pack: {0}"),
                      MSG("Nothing was saved. docs/packs.md has all rules."),
                      pack_problem_line(a, &lang_en, fault), NULL);
    }
    return err;
}

// ---- taking into the list -----------------------------------------------------------------------

// What the process holds; the one before stays reachable, and so does all it points to.
struct held {
    struct arena *arena;
    struct held_pack {
        struct arena *arena;
        const char *marks;
        const struct pack *pack; // NULL: it cannot be read
    } packs[MAX_OWN];
    size_t n;
    const struct held *before;
};
static pthread_mutex_t looking = PTHREAD_MUTEX_INITIALIZER;
static const struct held *held;

// Files with faults are left out, so that nobody meets a row without what its kind needs.
static void leave_out(struct pack_inner *inner, const struct pack_problems *problems)
{
    size_t n = 0;
    for (size_t i = 0; i < inner->n_slots; i++) {
        const char *path =
            pack_inner_path(inner, inner->arena, inner->files[inner->slots[i].file].path);
        bool bad = false;
        for (size_t k = 0; k < problems->n; k++) {
            const struct pack_problem *p = &problems->items[k];
            bad = bad || (!p->is_note && strcmp(p->file, path) == 0);
        }
        if (!bad) {
            inner->slots[n++] = inner->slots[i];
        }
    }
    inner->n_slots = n;
}

static enum err hold(struct db_read *db, const struct state_pack *s,
                     const struct pack_problems *problems, struct held_pack *out, struct err_info *e)
{
    struct pack_inner *inner;
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    enum err err = pack_own_inner(db, a, s->id, &inner, e);
    if (err != ERR_NONE) {
        arena_free(a);
        return err;
    }
    const char *why;
    const char *head = pack_inner_path(inner, a, "pack.yaml");
    bool good = !is_program(s->id);
    for (size_t i = 0; i < problems->n; i++) {
        good = good && (problems->items[i].is_note || strcmp(problems->items[i].file, head) != 0);
    }
    leave_out(inner, problems);
    *out = (struct held_pack){a, arena_copy(a, s->marks),
                              good ? pack_load_head(inner, &why) : NULL};
    return ERR_NONE;
}

static const struct held_pack *held_as(const struct state_pack *s)
{
    for (size_t i = 0; held != NULL && i < held->n; i++) {
        if (strcmp(held->packs[i].marks, s->marks) == 0) {
            return &held->packs[i];
        }
    }
    return NULL;
}

static bool is_held(const struct state *s)
{
    bool same = s->n == (held == NULL ? 0 : held->n);
    for (size_t i = 0; same && i < s->n; i++) {
        same = strcmp(held->packs[i].marks, s->packs[i].marks) == 0;
    }
    return same;
}

static enum err take_in(struct db_read *db, struct arena *a, const struct state *now,
                        struct err_info *e)
{
    struct pack_problems problems;
    pack_problems_init(&problems, a);
    enum err err = check_all(db, a, now, &problems, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *kept = arena_new(LIMIT_PROCESS_BYTES);
    struct held *next = ARENA_MAKE(kept, struct held);
    *next = (struct held){.arena = kept, .before = held};
    const struct pack *list[MAX_OWN];
    size_t n = 0;
    for (size_t i = 0; err == ERR_NONE && i < now->n; i++) {
        const struct held_pack *old = held_as(&now->packs[i]);
        if (old != NULL) {
            next->packs[i] = *old;
        } else {
            err = hold(db, &now->packs[i], &problems, &next->packs[i], e);
        }
        next->n = i + 1;
        if (err == ERR_NONE && next->packs[i].pack != NULL) {
            list[n++] = next->packs[i].pack;
        }
    }
    if (err == ERR_NONE) {
        held = next;
        pack_list_set(list, n);
    } else {
        arena_free(kept); // what was read meanwhile is few and rare: the database failed
    }
    return err;
}

enum err pack_own_look(struct db_read *db, struct err_info *e)
{
    struct state now;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = state_load(db, a, &now, e);
    if (err == ERR_NONE) {
        pthread_mutex_lock(&looking);
        if (!is_held(&now)) {
            err = take_in(db, a, &now, e);
        }
        pthread_mutex_unlock(&looking);
    }
    arena_free(a);
    return err;
}

void pack_file_committed(struct db *db)
{
    struct db_read *reader;
    struct err_info e;
    enum err err = db_reader(db, &reader, &e);
    if (err == ERR_NONE) {
        err = pack_own_look(reader, &e);
    }
    (void)err; // the next look sees that it is not done
}
