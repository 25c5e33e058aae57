// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_history_store.c: see pack_own.h: what was changed of a tool of the office. The log holds whole files
// before and after; here it is said in words.

#include <jansson.h>
#include <string.h>

#include "pack/pack_adapt.h"
#include "pack/pack_inner.h"
#include "pack/pack_own.h"
#include "store/store.h"

#define CHANGES_READ 50 // of the tool, and of the head

// A state of a file, read: what one change left is what the next one found, so it is read once.
struct state {
    const char *text; // NULL: there was no file
    const void *read; // struct pack_tool, or struct pack for the head; NULL: no file, or it cannot be read
};

struct past {
    struct arena *arena;
    struct state known; // before the change that was looked at last
    struct pack_past *items;
    size_t n;
    const char **scales; // that the tool is, or was, answered on
    size_t n_scales;
};

typedef const void *reading(struct arena *a, const char *text);

static struct state state_of(struct past *past, const json_t *fields, size_t side, reading *read)
{
    const char *text = json_string_value(json_array_get(json_object_get(fields, "text"), side));
    if (text == NULL || (past->known.text != NULL && strcmp(past->known.text, text) == 0)) {
        return text == NULL ? (struct state){0} : past->known;
    }
    text = arena_copy(past->arena, text);
    return (struct state){text, read(past->arena, text)};
}

// The file before and after a change.
static void sides_of(struct past *past, const struct change *c, reading *read, const void **before,
                     const void **after)
{
    json_t *fields = json_loads(c->fields, 0, NULL);
    *after = state_of(past, fields, 1, read).read;
    past->known = state_of(past, fields, 0, read);
    *before = past->known.read;
    json_decref(fields);
}

static void add(struct past *past, const struct change *c, const struct pack_done *done, size_t n,
                bool may_undo)
{
    past->items[past->n++] = (struct pack_past){c, done, n, may_undo && strcmp(c->op, "update") == 0};
}

// ---- the file of the tool -----------------------------------------------------------------------

static bool is_noted(const struct past *past, const char *scale)
{
    for (size_t i = 0; i < past->n_scales; i++) {
        if (strcmp(past->scales[i], scale) == 0) {
            return true;
        }
    }
    return false;
}

static void note_scales(struct past *past, const struct pack_tool *tool)
{
    for (unsigned i = 0; tool != NULL && i <= tool->n_rows; i++) {
        const char *scale = i == 0 ? tool->scale : tool->rows[i - 1].scale;
        if (scale != NULL && !is_noted(past, scale)) {
            const char **more = ARENA_ARRAY(past->arena, const char *, past->n_scales + 1);
            memcpy(more, past->scales, past->n_scales * sizeof *more);
            more[past->n_scales++] = scale;
            past->scales = more;
        }
    }
}

static const void *tool_in(struct arena *a, const char *text)
{
    return pack_draft_read(a, text, strlen(text));
}

static void add_tool_change(struct past *past, const struct change *c, bool newest)
{
    struct arena *a = past->arena;
    const void *before, *after;
    size_t n = 0;
    struct pack_done *done;
    sides_of(past, c, tool_in, &before, &after);
    note_scales(past, before);
    note_scales(past, after);
    if (before != NULL && after != NULL) {
        done = draft_changes(a, before, after, &n);
    } else {
        done = ARENA_MAKE(a, struct pack_done);
        done[n++].what = after == NULL ? MSG("The tool was taken away") : MSG("The tool was put in");
    }
    add(past, c, done, n, newest);
}

// ---- the head -----------------------------------------------------------------------------------

static const void *head_in(struct arena *a, const char *text)
{
    const char *why = "";
    return yaml_map(a, text, strlen(text), &pack_shape_head, &why);
}

static const struct pack_scale *scale_in(const struct pack *head, const char *id)
{
    for (unsigned i = 0; head != NULL && i < head->n_scales; i++) {
        if (strcmp(head->scales[i].id, id) == 0) {
            return &head->scales[i];
        }
    }
    return NULL;
}

static void add_head_change(struct past *past, const struct change *c, bool newest)
{
    struct arena *a = past->arena;
    const void *before, *after;
    struct pack_done *all = NULL;
    size_t n_all = 0;
    bool had = true;
    sides_of(past, c, head_in, &before, &after);
    for (size_t i = 0; i < past->n_scales; i++) {
        const struct pack_scale *old = scale_in(before, past->scales[i]);
        size_t n;
        const struct pack_done *done = scale_changes(a, old, scale_in(after, past->scales[i]), &n);
        struct pack_done *both = ARENA_ARRAY(a, struct pack_done, n_all + n + 1);
        if (n_all > 0) {
            memcpy(both, all, n_all * sizeof *both);
        }
        memcpy(both + n_all, done, n * sizeof *both);
        all = both;
        n_all += n;
        had = had && (n == 0 || old != NULL);
    }
    if (n_all > 0) { // answers that were just put in are in use: the change of the tool is undone, not this
        add(past, c, all, n_all, newest && had);
    }
}

// ---- both ---------------------------------------------------------------------------------------

enum err pack_own_history(struct db_read *db, struct arena *a, const struct pack *p, const char *tool,
                          struct pack_past **out, size_t *n, struct err_info *e)
{
    struct past past = {.arena = a, .scales = ARENA_ARRAY(a, const char *, 1)};
    struct pack_tool *now;
    struct record *file, *head;
    struct change *of_tool, *of_head;
    size_t n_tool, n_head;
    enum err err = pack_own_tool(db, a, p, tool, &now, &file, e);
    if (err == ERR_NONE) {
        err = pack_own_head(db, a, p, &head, e);
    }
    if (err == ERR_NONE) {
        err = store_history(db, a, "pack_file", file->id, CHANGES_READ, &of_tool, &n_tool, e);
    }
    if (err == ERR_NONE) {
        err = store_history(db, a, "pack_file", head->id, CHANGES_READ, &of_head, &n_head, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    past.items = ARENA_ARRAY(a, struct pack_past, n_tool + 1);
    note_scales(&past, now);
    for (size_t i = 0; i < n_tool; i++) {
        add_tool_change(&past, &of_tool[i], i == 0);
    }
    struct past heads = {.arena = a,
                         .items = ARENA_ARRAY(a, struct pack_past, n_head + 1),
                         .scales = past.scales,
                         .n_scales = past.n_scales};
    for (size_t i = 0; i < n_head; i++) {
        add_head_change(&heads, &of_head[i], i == 0);
    }
    *out = ARENA_ARRAY(a, struct pack_past, past.n + heads.n + 1);
    *n = 0;
    for (size_t i = 0, k = 0; i < past.n || k < heads.n;) {
        bool tool_next = k == heads.n || (i < past.n && past.items[i].change->logical >
                                                            heads.items[k].change->logical);
        (*out)[(*n)++] = tool_next ? past.items[i++] : heads.items[k++];
    }
    return ERR_NONE;
}
