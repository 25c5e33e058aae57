// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_system.c: published tables as bounds. See release_system.h; used by release_audit.c.
//
// What a reader takes from one published number v of a table with base b (docs/disclosure.md, "What a
// reader knows"):
//   inner count, multiple of b      true count from v - b + 1 to v + b - 1, never below 0
//   margin that is the sum shown    off by at most 2b, the grand total by at most b: what we state
//   margin that is another multiple rounded by itself: from v - b + 1 to v + b - 1
//   anything else                   exact
//   hidden                          at least 1, or there were nothing to hide

#include "release/release_system.h"

#include <string.h>

// Of all sets together: 150 MB with the lists of sums. The largest cube alone needs half of it.
#define MOST_MEMBERS 12000000

// ---- one frame for all tables ----------------------------------------------------------------------

static int find_dimension(const struct release_frame *f, const char *name)
{
    for (int d = 0; d < f->n; d++) {
        if (strcmp(f->of[d].name, name) == 0) {
            return d;
        }
    }
    return -1;
}

static int find_category(const struct release_dimension *d, const char *name, int near)
{
    for (int k = 0; k < d->n; k++) {
        int at = (near + k) % d->n;
        if (strcmp(d->categories[at], name) == 0) {
            return at;
        }
    }
    return -1;
}

static bool holds_all(const struct release_dimension *large, const struct release_dimension *small)
{
    for (int k = 0; k < small->n; k++) {
        if (find_category(large, small->categories[k], k) < 0) {
            return false;
        }
    }
    return true;
}

// The dimensions of a table as they stand in the joint frame: its own, with its units in place of the one that
// groups them.
static struct release_frame with_units(const struct release_table *t)
{
    struct release_frame f = {0};
    for (int d = 0; d < t->frame->n; d++) {
        if (t->units == NULL || t->units->by != d) {
            f.of[f.n++] = t->frame->of[d];
        }
    }
    if (t->units != NULL && f.n < RELEASE_DIMENSIONS) {
        f.of[f.n++] = t->units->of;
    } else if (t->units != NULL) {
        f.n = RELEASE_DIMENSIONS + 1; // no room
    }
    return f;
}

static enum err join(struct release_frame *f, const struct release_frame *with, struct err_info *e)
{
    for (int d = 0; d < with->n; d++) {
        int at = d == RELEASE_DIMENSIONS ? -1 : find_dimension(f, with->of[d].name);
        if (at < 0 && f->n == RELEASE_DIMENSIONS) {
            return err_set(e, ERR_INPUT, NULL,
                           MSG("Together the tables have more than {0} dimensions, so what they give "
                               "away together cannot be proved."),
                           MSG("Publish them by the same dimensions."), "4", NULL);
        }
        if (at < 0) {
            f->of[f->n++] = with->of[d];
        } else if (holds_all(&with->of[d], &f->of[at])) {
            f->of[at] = with->of[d];
        } else if (!holds_all(&f->of[at], &with->of[d])) {
            return err_set(e, ERR_INPUT, with->of[d].name,
                           MSG("“{0}” is cut in two ways: each table has categories that the other has "
                               "not. Where the cuts overlap, one table minus the other shows people."),
                           MSG("Use one list of categories in every table about the same people."),
                           with->of[d].name, NULL);
        }
    }
    return ERR_NONE;
}

static enum err too_large(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL, MSG("Together the tables are too large to be proved."),
                   MSG("Publish them by the same dimensions, or by fewer categories."), NULL);
}

static enum err joint_frame(struct arena *a, const struct release_table *tables, int n,
                            const struct release_frame **out, struct err_info *e)
{
    struct release_frame *f = ARENA_MAKE(a, struct release_frame);
    for (int t = 0; t < n; t++) {
        const struct release_frame own = with_units(&tables[t]);
        enum err err = join(f, &own, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    *out = f;
    if (!release_frame_finish(f)) {
        return too_large(e);
    }
    return ERR_NONE;
}

// ---- from cells of a table to variables ----------------------------------------------------------------

// Where a table lies in the joint frame.
struct place {
    int units;                         // dimension of the joint frame, or -1
    int dimension[RELEASE_DIMENSIONS]; // of the joint frame: that of the table, or -1
    int *category[RELEASE_DIMENSIONS]; // of the joint frame, by category of the table
};

static void find_place(struct arena *a, const struct release_frame *joint,
                       const struct release_table *t, struct place *out)
{
    const struct release_frame *f = t->frame;
    out->units = t->units == NULL ? -1 : find_dimension(joint, t->units->of.name);
    for (int d = 0; d < joint->n; d++) {
        int of = find_dimension(f, joint->of[d].name);
        out->dimension[d] = of;
        if (of >= 0) {
            out->category[d] = ARENA_ARRAY(a, int, (size_t)f->of[of].n);
            for (int k = 0; k < f->of[of].n; k++) {
                out->category[d][k] = find_category(&joint->of[d], f->of[of].categories[k], k);
            }
        }
    }
}

static void add_member(struct release_system *s, int64_t variable)
{
    s->members = arena_room(s->arena, s->members, sizeof *s->members, s->n_members, &s->cap_members);
    s->members[s->n_members++] = (int32_t)variable;
}

// Number of an inner cell of the joint frame among its inner cells.
static int64_t inner_number(const struct release_frame *f, const int at[RELEASE_DIMENSIONS])
{
    int64_t number = 0;
    for (int d = 0; d < f->n; d++) {
        number = number * f->of[d].n + at[d];
    }
    return number;
}

// Is a unit counted in a cell of a table?
static bool is_covered(const struct release_table *t, size_t cell, int unit)
{
    const struct release_units *u = t->units;
    int n = u->by < 0 ? 1 : t->frame->of[u->by].n;
    int k = u->by < 0 ? 0 : release_category(t->frame, cell, u->by);
    for (int row = 0; row < n; row++) {
        if ((k == n || k == row) && u->covers[row * u->of.n + unit]) {
            return true;
        }
    }
    return false;
}

// The variables whose sum is a cell of a table: joint inner cells below it, in layers from `from` on. unit: of this
// one alone; -1: of all that the table counts.
static struct system_set set_of(struct release_system *s, const struct release_table *t,
                                const struct place *place, size_t cell, int from, int unit)
{
    const struct release_frame *joint = s->frame;
    int n[RELEASE_DIMENSIONS];
    int step[RELEASE_DIMENSIONS] = {0};
    int fixed[RELEASE_DIMENSIONS] = {0};
    int at[RELEASE_DIMENSIONS];
    for (int d = 0; d < joint->n; d++) {
        if (d == place->units) {
            n[d] = unit < 0 ? joint->of[d].n : 1;
            fixed[d] = unit;
            continue;
        }
        int of = place->dimension[d];
        int k = of < 0 ? 0 : release_category(t->frame, cell, of);
        bool all = of < 0 || k == t->frame->of[of].n;
        n[d] = !all ? 1 : of < 0 ? joint->of[d].n : t->frame->of[of].n;
        fixed[d] = all ? -1 : place->category[d][k];
    }
    struct system_set set = {.first = s->n_members};
    for (;;) {
        for (int d = 0; d < joint->n; d++) {
            at[d] = fixed[d] >= 0                ? fixed[d]
                    : place->dimension[d] < 0 ? step[d]
                                                 : place->category[d][step[d]];
        }
        int64_t number = inner_number(joint, at);
        bool counted = place->units < 0 || is_covered(t, cell, at[place->units]);
        for (int layer = from; counted && layer <= t->layer; layer++) {
            add_member(s, (int64_t)layer * (int64_t)joint->n_inner + number);
        }
        int d = joint->n - 1;
        while (d >= 0 && ++step[d] == n[d]) {
            step[d--] = 0;
        }
        if (d < 0) {
            break;
        }
    }
    set.n = (int)(s->n_members - set.first);
    return set;
}

// ---- what a number says -----------------------------------------------------------------------------

static int64_t at_least_zero(int64_t n)
{
    return n < 0 ? 0 : n;
}

static bool is_shown(const struct release_table *t, size_t cell)
{
    return t->seen == NULL || t->seen[cell] == RELEASE_SHOWN || t->seen[cell] == RELEASE_CERTAIN;
}

static struct release_interval told(const struct release_table *t, const int64_t *sums, size_t cell)
{
    int64_t v = t->counts[cell];
    int64_t b = t->base;
    int summed = release_summed(t->frame, cell);
    bool certain = t->seen != NULL && t->seen[cell] == RELEASE_CERTAIN;
    if (b == 0 || v % b != 0 || certain) {
        return (struct release_interval){v, v};
    }
    // A margin that is the sum of hidden cells as well is not "the sum shown": sums says -1 there.
    int64_t off = summed == 0 || sums[cell] != v ? b - 1 : summed == t->frame->n ? b : 2 * b;
    return (struct release_interval){at_least_zero(v - off), v + off};
}

// Sums of the inner counts that are shown; -1 where one below is not.
static const int64_t *sums_shown(struct arena *a, const struct release_table *t)
{
    struct release_cube *sums = release_cube_new(a, t->frame);
    struct release_cube *missing = release_cube_new(a, t->frame);
    for (size_t cell = 0; cell < t->frame->n_cells; cell++) {
        if (release_summed(t->frame, cell) == 0) {
            missing->counts[cell] = !is_shown(t, cell);
            sums->counts[cell] = t->counts[cell];
        }
    }
    release_cube_sum(sums);
    release_cube_sum(missing);
    for (size_t cell = 0; cell < t->frame->n_cells; cell++) {
        sums->counts[cell] = missing->counts[cell] > 0 ? -1 : sums->counts[cell];
    }
    return sums->counts;
}

static void narrow(struct release_system *s, int32_t variable, struct release_interval to)
{
    struct release_interval *b = &s->bounds[variable];
    b->low = to.low > b->low ? to.low : b->low;
    b->high = to.high < b->high ? to.high : b->high;
    s->impossible = s->impossible || b->low > b->high;
}

static void add_sum(struct release_system *s, struct system_set of, struct release_interval to)
{
    s->sums = arena_room(s->arena, s->sums, sizeof *s->sums, s->n_sums, &s->cap_sums);
    s->sums[s->n_sums++] = (struct system_sum){of, to.low, to.high};
}

static void add_table(struct release_system *s, const struct release_table *tables, int t, int base)
{
    const struct release_table *table = &tables[t];
    const struct release_frame *f = table->frame;
    const int64_t *sums = sums_shown(s->arena, table);
    struct place place = {.dimension = {0}};
    find_place(s->arena, s->frame, table, &place);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        bool inner = release_summed(f, cell) == 0;
        bool shown = is_shown(table, cell);
        if (!inner && !shown) {
            continue;
        }
        struct system_set of = set_of(s, table, &place, cell, 0, -1);
        bool hidden = table->seen != NULL && table->seen[cell] == RELEASE_HIDDEN;
        struct release_interval says =
            shown ? told(table, sums, cell) : (struct release_interval){hidden, RELEASE_MAX_COUNT};
        if (of.n == 1) {
            narrow(s, s->members[of.first], says);
        } else {
            add_sum(s, of, says);
        }
        if (inner) {
            int held = table->base > base ? table->base : base;
            s->targets[s->n_targets++] = (struct system_target){of, t, cell, held, false};
        }
    }
}

// By how much each inner count of the last table grew since the layer before: its newest variables.
static void add_growth(struct release_system *s, const struct release_table *tables, int t, int base)
{
    const struct release_table *table = &tables[t];
    struct place place = {.dimension = {0}};
    find_place(s->arena, s->frame, table, &place);
    for (size_t cell = 0; cell < table->frame->n_cells; cell++) {
        if (release_summed(table->frame, cell) == 0) {
            int held = table->base > base ? table->base : base;
            struct system_set of = set_of(s, table, &place, cell, table->layer, -1);
            s->targets[s->n_targets++] = (struct system_target){of, t, cell, held, true};
        }
    }
}

// What an inner count holds of each unit, where it holds several: a table less another.
static void add_units(struct release_system *s, const struct release_table *tables, int t, int base)
{
    const struct release_table *table = &tables[t];
    int held = table->base > base ? table->base : base;
    struct place place = {.dimension = {0}};
    find_place(s->arena, s->frame, table, &place);
    for (size_t cell = 0; cell < table->frame->n_cells; cell++) {
        int n = 0;
        for (int u = 0; release_summed(table->frame, cell) == 0 && u < table->units->of.n; u++) {
            n += is_covered(table, cell, u);
        }
        for (int u = 0; n > 1 && u < table->units->of.n; u++) {
            if (is_covered(table, cell, u)) {
                struct system_set of = set_of(s, table, &place, cell, 0, u);
                s->targets[s->n_targets++] = (struct system_target){of, t, cell, held, true};
            }
        }
    }
}

// The sums that each variable is part of.
static void list_sums(struct release_system *s)
{
    s->sums_of = ARENA_ARRAY(s->arena, size_t, (size_t)s->n + 2);
    size_t total = 0;
    for (size_t i = 0; i < s->n_sums; i++) {
        for (int k = 0; k < s->sums[i].of.n; k++) {
            s->sums_of[s->members[s->sums[i].of.first + (size_t)k] + 2]++;
            total++;
        }
    }
    for (int v = 0; v <= s->n; v++) {
        s->sums_of[v + 1] += s->sums_of[v];
    }
    s->sums_list = ARENA_ARRAY(s->arena, int32_t, total + 1);
    for (size_t i = 0; i < s->n_sums; i++) {
        for (int k = 0; k < s->sums[i].of.n; k++) {
            s->sums_list[s->sums_of[s->members[s->sums[i].of.first + (size_t)k] + 1]++] = (int32_t)i;
        }
    }
}

enum err release_system_make(struct arena *a, const struct release_table *tables, int n, int base,
                             struct release_system *out, struct err_info *e)
{
    struct release_system *s = out;
    *s = (struct release_system){.arena = a, .n_layers = 1};
    enum err err = joint_frame(a, tables, n, &s->frame, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t n_targets = 0;
    for (int t = 0; t < n; t++) {
        s->n_layers = tables[t].layer + 1 > s->n_layers ? tables[t].layer + 1 : s->n_layers;
        n_targets += (2 + (tables[t].units == NULL ? 0 : (size_t)tables[t].units->of.n)) *
                     tables[t].frame->n_inner;
    }
    size_t most = 0; // members of all sets
    for (int t = 0; t < n; t++) {
        most += (s->frame->n_inner * (size_t)(tables[t].layer + 1))
                << (tables[t].frame->n + (tables[t].units != NULL));
    }
    if (s->frame->n_inner * (size_t)s->n_layers > RELEASE_MAX_CELLS || most > MOST_MEMBERS) {
        return too_large(e);
    }
    s->n = (int)(s->frame->n_inner * (size_t)s->n_layers);
    s->bounds = ARENA_ARRAY(a, struct release_interval, (size_t)s->n);
    for (int v = 0; v < s->n; v++) {
        s->bounds[v] = (struct release_interval){0, RELEASE_MAX_COUNT};
    }
    s->targets = ARENA_ARRAY(a, struct system_target, n_targets);
    for (int t = 0; t < n; t++) {
        add_table(s, tables, t, base);
    }
    for (int t = 0; t < n; t++) {
        if (tables[t].layer > 0) {
            add_growth(s, tables, t, base);
        }
        if (tables[t].units != NULL) {
            add_units(s, tables, t, base);
        }
    }
    list_sums(s);
    return ERR_NONE;
}
