// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_compare.c: a copy of a tool beside its original, row by row; see pack_adapt.h.
//
// Three rows are compared: ours, what the original said when it was copied (`was`, kept only where ours
// says something else), and what it says now. Ours differs from then: we changed it. Now differs from
// then: they did. A worked example is in docs/packs.md.

#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "pack/pack_draft.h"

static const struct {
    const char *word;
    const char *label;
} changes[PACK_CHANGE_COUNT] = {
    [PACK_SAME] = {"same", MSG("The same")},
    [PACK_OURS] = {"ours-changed", MSG("We changed it")},
    [PACK_THEIRS] = {"original-changed", MSG("The original changed")},
    [PACK_BOTH] = {"both-changed", MSG("Both changed")},
    [PACK_NEW_THERE] = {"new-in-original", MSG("New in the original")},
    [PACK_GONE_THERE] = {"gone-from-original", MSG("Gone from the original")},
    [PACK_OWN] = {"own", MSG("Our own row")},
};

const char *pack_change_word(enum pack_change change)
{
    return changes[change].word;
}

const char *pack_change_label(enum pack_change change)
{
    return changes[change].label;
}

// ---- rows ---------------------------------------------------------------------------------------

static const struct pack_row *copy_of(const struct pack_tool *draft, const char *origin)
{
    for (unsigned i = 0; i < draft->n_rows; i++) {
        if (draft->rows[i].origin != NULL && strcmp(draft->rows[i].origin, origin) == 0) {
            return &draft->rows[i];
        }
    }
    return NULL;
}

static struct pack_row_compare compare_row(struct arena *a, const struct pack_tool *draft,
                                           const struct pack_tool *from, const struct pack_row *row)
{
    struct pack_row_compare c = {.change = PACK_OWN, .ours = row};
    if (row->origin == NULL) {
        return c;
    }
    struct pack_row *ours = ARENA_MAKE(a, struct pack_row);
    *ours = draft_normal(draft, row);
    c.now = from == NULL ? NULL : tool_row(from, row->origin);
    c.then = row->was != NULL ? row->was : ours;
    if (c.now == NULL) {
        c.change = PACK_GONE_THERE;
        return c;
    }
    struct pack_row plain = draft_plain(c.now);
    // Who edits the file by hand may leave `was` out: a version of the program never changes.
    if (row->was == NULL && !pack_is_own(from->pack) &&
        strcmp(draft->origin.version, from->pack->version) == 0) {
        struct pack_row *then = ARENA_MAKE(a, struct pack_row);
        *then = plain;
        c.then = then;
    }
    const char *our_words = draft_words(a, ours);
    const char *then_words = draft_words(a, c.then);
    const char *now_words = draft_words(a, &plain);
    bool we = strcmp(our_words, then_words) != 0;
    bool they = strcmp(now_words, then_words) != 0;
    c.change = strcmp(our_words, now_words) == 0 ? PACK_SAME
               : we && they                      ? PACK_BOTH
               : we                              ? PACK_OURS
                                                 : PACK_THEIRS;
    return c;
}

// Rows of the original from `at` on that the draft does not have, up to the first that it has.
static size_t add_new(const struct pack_tool *draft, const struct pack_tool *from, size_t at,
                      struct pack_row_compare *out)
{
    size_t n = 0;
    while (at < from->n_rows && copy_of(draft, from->rows[at].id) == NULL) {
        out[n++] = (struct pack_row_compare){.change = PACK_NEW_THERE, .now = &from->rows[at++]};
    }
    return n;
}

struct pack_row_compare *pack_compare(struct arena *a, const struct pack_tool *draft,
                                      const struct pack_tool *from, size_t *n)
{
    size_t most = (size_t)draft->n_rows + (from == NULL ? 0 : from->n_rows) + 1;
    struct pack_row_compare *list = ARENA_ARRAY(a, struct pack_row_compare, most);
    *n = from == NULL ? 0 : add_new(draft, from, 0, list);
    for (unsigned i = 0; i < draft->n_rows; i++) {
        list[*n] = compare_row(a, draft, from, &draft->rows[i]);
        const struct pack_row *now = list[(*n)++].now;
        if (now != NULL) {
            *n += add_new(draft, from, (size_t)(now - from->rows) + 1, list + *n);
        }
    }
    return list;
}

// ---- keys of a row ------------------------------------------------------------------------------

static bool equal(const char *x, const char *y)
{
    return x == NULL || y == NULL ? x == y : strcmp(x, y) == 0;
}

struct pack_cell_compare *pack_compare_cells(struct arena *a, const struct pack_tool *draft,
                                             const struct pack_row_compare *row, size_t *n)
{
    enum { MOST = 64 };
    static const char *const left_out[] = {"id", "origin", "hidden", "was", "same_as"};
    struct pack_cell_compare *list = ARENA_ARRAY(a, struct pack_cell_compare, MOST);
    const struct pack_row nothing = {0};
    const struct pack_row ours = row->ours == NULL ? nothing : draft_normal(draft, row->ours);
    const struct pack_row now = row->now == NULL ? nothing : draft_plain(row->now);
    const struct pack_row *then = row->then == NULL ? &nothing : row->then;
    *n = 0;
    for (const cyaml_schema_field_t *f = pack_shape_row.mapping.fields; f->key != NULL; f++) {
        bool shown = *n < MOST;
        for (size_t i = 0; i < COUNT_OF(left_out); i++) {
            shown = shown && strcmp(f->key, left_out[i]) != 0;
        }
        struct pack_cell_compare c = {f->key, NULL, NULL, NULL};
        if (shown) {
            c.ours = yaml_value(a, f, &ours);
            c.then = yaml_value(a, f, then);
            c.now = yaml_value(a, f, &now);
        }
        if (shown && (!equal(c.ours, c.then) || !equal(c.then, c.now))) {
            list[(*n)++] = c;
        }
    }
    return list;
}

// ---- taking over --------------------------------------------------------------------------------

// Our row called so, or the copy of the original's.
static struct pack_row *ours_of(struct pack_tool *draft, const char *id)
{
    struct pack_row *row = draft_row(draft, id);
    return row != NULL ? row : (struct pack_row *)copy_of(draft, id);
}

static const char *our_parent(const struct pack_tool *draft, const struct pack_row *now)
{
    const struct pack_row *parent = now->parent == NULL ? NULL : copy_of(draft, now->parent);
    return parent == NULL ? NULL : parent->id;
}

static void fill(struct pack_row *row, const struct pack_tool *draft, const struct pack_row *now)
{
    struct pack_row taken = draft_plain(now);
    taken.id = row->id;
    taken.origin = now->id;
    taken.hidden = row->hidden;
    taken.parent = our_parent(draft, now);
    *row = taken;
}

// A section of the original that ours does not have comes after the one before it there.
static void take_section(struct arena *a, struct pack_tool *draft, const struct pack_tool *from,
                         const char *id)
{
    const struct pack_section *wanted = tool_section(from, id);
    if (wanted == NULL || tool_section(draft, id) != NULL) {
        return;
    }
    unsigned at = draft->n_sections;
    if (wanted > from->sections) {
        const struct pack_section *before = tool_section(draft, wanted[-1].id);
        at = before == NULL ? at : (unsigned)(before - draft->sections) + 1;
    } else {
        at = 0;
    }
    struct pack_section *sections =
        ARENA_ARRAY(a, struct pack_section, (size_t)draft->n_sections + 1);
    for (unsigned i = 0, k = 0; i <= draft->n_sections; i++) {
        sections[i] = i == at ? *wanted : draft->sections[k++];
    }
    draft->sections = sections;
    draft->n_sections++;
}

// Where a row that is new in the original comes: after our copy of the row before it there.
static size_t place_of(const struct pack_tool *draft, const struct pack_tool *from,
                       const struct pack_row *now)
{
    for (const struct pack_row *before = now; before > from->rows; before--) {
        const struct pack_row *ours = copy_of(draft, before[-1].id);
        if (ours != NULL) {
            size_t at = (size_t)(ours - draft->rows);
            bool below = now->parent != NULL && strcmp(now->parent, before[-1].id) == 0;
            return below ? at + 1 : draft_block_end(draft, at);
        }
    }
    return 0;
}

static struct pack_row *take_new(struct arena *a, struct pack_tool *draft,
                                 const struct pack_tool *from, const struct pack_row *now)
{
    const struct pack_row *parent = now->parent == NULL ? NULL : tool_row(from, now->parent);
    if (parent != NULL && parent < now && copy_of(draft, parent->id) == NULL) {
        (void)take_new(a, draft, from, parent);
    }
    take_section(a, draft, from, now->section == NULL ? "" : now->section);
    struct pack_row row = {.id = draft_id_for(a, draft, from, now->id)};
    fill(&row, draft, now);
    return draft_insert(a, draft, place_of(draft, from, now), &row);
}

// Once no change of the original is open, the copy counts as one of its version of today.
static void note_version(struct arena *a, struct pack_tool *draft, const struct pack_tool *from)
{
    size_t n;
    const struct pack_row_compare *list = pack_compare(a, draft, from, &n);
    for (size_t i = 0; i < n; i++) {
        if (list[i].change == PACK_THEIRS || list[i].change == PACK_BOTH ||
            list[i].change == PACK_NEW_THERE || list[i].change == PACK_GONE_THERE) {
            return;
        }
    }
    draft->origin.version = from->pack->version;
}

// Our row and that of the original that an id means; one of them may be NULL. A row of our own has none.
static enum err find_pair(struct pack_tool *draft, const struct pack_tool *from, const char *id,
                          struct pack_row **ours, const struct pack_row **now, struct err_info *e)
{
    *ours = ours_of(draft, id);
    *now = from == NULL ? NULL : tool_row(from, *ours != NULL ? (*ours)->origin : id);
    bool is_copy = *ours == NULL ? *now != NULL : (*ours)->origin != NULL;
    return from != NULL && is_copy
               ? ERR_NONE
               : err_set(e, ERR_NOT_FOUND, "row", MSG("There is nothing to take over for {0}."),
                         MSG("The comparison lists the rows that differ."), id, NULL);
}

enum err draft_take(struct arena *a, struct pack_tool *draft, const struct pack_tool *from,
                    const char *id, struct err_info *e)
{
    struct pack_row *ours;
    const struct pack_row *now;
    enum err err = find_pair(draft, from, id, &ours, &now, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (ours == NULL) {
        (void)take_new(a, draft, from, now);
    } else if (now == NULL) {
        ours->hidden = PACK_YES;
        ours->origin = NULL;
        ours->was = NULL;
    } else {
        take_section(a, draft, from, now->section == NULL ? "" : now->section);
        fill(ours, draft, now);
    }
    note_version(a, draft, from);
    return ERR_NONE;
}

enum err draft_keep(struct arena *a, struct pack_tool *draft, const struct pack_tool *from,
                    const char *id, struct err_info *e)
{
    struct pack_row *ours;
    const struct pack_row *now;
    enum err err = find_pair(draft, from, id, &ours, &now, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (ours == NULL) {
        take_new(a, draft, from, now)->hidden = PACK_YES;
    } else if (now == NULL) {
        ours->origin = NULL;
        ours->was = NULL;
    } else {
        struct pack_row *then = ARENA_MAKE(a, struct pack_row);
        *then = draft_plain(now);
        draft_keep_was(a, draft, ours, then);
    }
    note_version(a, draft, from);
    return ERR_NONE;
}

// ---- two states of one draft --------------------------------------------------------------------

// The order of the rows that both have.
static bool is_moved(const struct pack_tool *before, const struct pack_tool *after)
{
    const struct pack_row *last = NULL;
    for (unsigned i = 0; i < after->n_rows; i++) {
        const struct pack_row *old = tool_row(before, after->rows[i].id);
        if (old != NULL && last != NULL && old < last) {
            return true;
        }
        last = old != NULL ? old : last;
    }
    return false;
}

static const char *done_to(struct arena *a, const struct pack_row *old, const struct pack_row *row)
{
    if (old == NULL) {
        return MSG("{0} was added");
    }
    if (old->hidden != row->hidden) {
        return row->hidden == PACK_YES ? MSG("{0} was hidden") : MSG("{0} was shown again");
    }
    struct pack_row x = draft_plain(old), y = draft_plain(row);
    if (strcmp(draft_words(a, &x), draft_words(a, &y)) != 0) {
        return MSG("{0} was reworded");
    }
    bool seen = (old->was == NULL) != (row->was == NULL) || !equal(old->origin, row->origin) ||
                (old->was != NULL && strcmp(draft_words(a, old->was), draft_words(a, row->was)) != 0);
    return seen ? MSG("{0}: the change of the original was looked at") : NULL;
}

struct pack_done *draft_changes(struct arena *a, const struct pack_tool *before,
                                const struct pack_tool *after, size_t *n)
{
    struct pack_done *list =
        ARENA_ARRAY(a, struct pack_done, (size_t)before->n_rows + after->n_rows + 3);
    *n = 0;
    for (unsigned i = 0; i < after->n_rows; i++) {
        const struct pack_row *row = &after->rows[i];
        const char *what = done_to(a, tool_row(before, row->id), row);
        if (what != NULL) {
            list[(*n)++] = (struct pack_done){.what = what, .id = row->id};
        }
    }
    for (unsigned i = 0; i < before->n_rows; i++) {
        if (tool_row(after, before->rows[i].id) == NULL) {
            list[(*n)++] = (struct pack_done){.what = MSG("{0} was taken out"), .id = before->rows[i].id};
        }
    }
    if (is_moved(before, after)) {
        list[(*n)++] = (struct pack_done){.what = MSG("The order of the rows changed")};
    }
    struct pack_tool x = *before, y = *after;
    x.rows = y.rows = NULL;
    x.n_rows = y.n_rows = 0;
    if (strcmp(pack_draft_write(a, &x), pack_draft_write(a, &y)) != 0) {
        list[(*n)++] = (struct pack_done){.what = MSG("Name, purpose, answers or sections changed")};
    }
    return list;
}

const char *pack_done_words(struct arena *a, const struct lang *lang, const struct pack_done *done)
{
    return done->id == NULL ? tr(lang, done->what) : tr_f(a, lang, done->what, done->id, done->with, NULL);
}

// ---- two states of one scale --------------------------------------------------------------------

static const char *levels_in_words(struct arena *a, const struct pack_scale *s)
{
    const char *all = "";
    for (unsigned i = 0; i < s->n_levels; i++) {
        all = arena_printf(a, "%s%s%s", all, i == 0 ? "" : ", ", s->levels[i].title);
    }
    return all;
}

static bool levels_moved(const struct pack_scale *before, const struct pack_scale *after)
{
    const struct pack_level *last = NULL;
    for (unsigned i = 0; i < after->n_levels; i++) {
        const struct pack_level *old = scale_level(before, after->levels[i].id);
        if (old != NULL && last != NULL && old < last) {
            return true;
        }
        last = old != NULL ? old : last;
    }
    return false;
}

struct pack_done *scale_changes(struct arena *a, const struct pack_scale *before,
                                const struct pack_scale *after, size_t *n)
{
    size_t most = (before == NULL ? 0 : before->n_levels) + (after == NULL ? 0 : 2 * after->n_levels) + 3;
    struct pack_done *list = ARENA_ARRAY(a, struct pack_done, most);
    *n = 0;
    if (before == NULL || after == NULL) {
        if (before != after) {
            list[(*n)++] = (struct pack_done){
                .what = before == NULL ? MSG("Answers of the office were put in: {0}")
                                       : MSG("Answers of the office were taken out: {0}"),
                .id = levels_in_words(a, before == NULL ? after : before)};
        }
        return list;
    }
    if (!equal(before->title, after->title)) {
        list[(*n)++] = (struct pack_done){.what = MSG("The answers are called “{0}” now"),
                                          .id = after->title == NULL ? after->id : after->title};
    }
    for (unsigned i = 0; i < after->n_levels; i++) {
        const struct pack_level *now = &after->levels[i], *old = scale_level(before, now->id);
        if (old == NULL) {
            list[(*n)++] = (struct pack_done){.what = MSG("The answer “{0}” was added"), .id = now->title};
        } else if (!equal(old->title, now->title)) {
            list[(*n)++] = (struct pack_done){
                .what = MSG("The answer “{0}” is “{1}” now"), .id = old->title, .with = now->title};
        }
        if (old != NULL && !equal(old->meaning, now->meaning)) {
            list[(*n)++] = (struct pack_done){.what = MSG("What “{0}” means was reworded"), .id = now->title};
        }
    }
    for (unsigned i = 0; i < before->n_levels; i++) {
        if (scale_level(after, before->levels[i].id) == NULL) {
            list[(*n)++] = (struct pack_done){.what = MSG("The answer “{0}” was taken away"),
                                              .id = before->levels[i].title};
        }
    }
    if (levels_moved(before, after)) {
        list[(*n)++] = (struct pack_done){.what = MSG("The order of the answers changed")};
    }
    return list;
}
