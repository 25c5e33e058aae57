// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_limits.c: see release_limits.h. Reasons for the values are in docs/disclosure.md.

#include "release/release_limits.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/limits.h"
#include "pack/pack.h"

#define DISCLOSURE_PACK "disclosure"
#define MOST_CLASSES 20
#define PERIOD "period" // the dimension that is not counted as one

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct release_limits kept;

static const struct tsv *table(const char *id)
{
    const struct pack *p = pack_find(DISCLOSURE_PACK);
    const struct tsv *found = p == NULL ? NULL : pack_table(p, id);
    ensure(found != NULL); // a broken build of ours
    return found;
}

static int number(const char *text, int least, int most, int otherwise)
{
    char *end;
    long n = strtol(text, &end, 10);
    return end == text || *end != '\0' || n < least || n > most ? otherwise : (int)n;
}

static int limit(const struct tsv *t, const char *id, int least, int most, int otherwise)
{
    long row = tsv_find(t, "id", id);
    return row < 0 ? otherwise : number(tsv_cell(t, (size_t)row, "value"), least, most, otherwise);
}

static void read_limits(void)
{
    const struct tsv *t = table("limit");
    kept = (struct release_limits){
        .dimensions = limit(t, "dimensions", 1, RELEASE_DIMENSIONS - 1, 3),
        .mean_cell = limit(t, "mean-cell", 1, 1000, 10),
        .percent_base = limit(t, "percent-base", 1, 1000, 20),
        .percent_width = limit(t, "percent-width", 1, 100, 50),
        .redraws = limit(t, "redraws", 0, 12, 4),
        .changed_bases = limit(t, "changed-bases", 1, 100, 2),
        .amounts = {.contributors = limit(t, "contributors", 3, 100, 3), .dominance = limit(t, "dominance", 1, 50, 10)},
    };
}

const struct release_limits *release_limits(void)
{
    pthread_once(&once, read_limits);
    return &kept;
}

int release_base_of(const char *class_id)
{
    const struct tsv *t = table("class");
    long row = tsv_find(t, "id", class_id == NULL ? RELEASE_DEFAULT_CLASS : class_id);
    return row < 0 ? 0
                   : number(tsv_cell(t, (size_t)row, "base"), RELEASE_LEAST_BASE, RELEASE_MOST_BASE, 10);
}

const char *release_class(size_t i)
{
    const struct tsv *t = table("class");
    return i < t->n_rows ? tsv_cell(t, i, "id") : NULL;
}

static const char *of_class(const char *class_id, const char *column)
{
    const struct tsv *t = table("class");
    long row = tsv_find(t, "id", class_id);
    return row < 0 ? "" : tsv_cell(t, (size_t)row, column);
}

const char *release_class_title(const char *class_id)
{
    return of_class(class_id, "title");
}

const char *release_class_when(const char *class_id)
{
    return of_class(class_id, "when");
}

bool release_class_is_public(const char *class_id)
{
    return strcmp(of_class(class_id, "public"), "yes") == 0;
}

// ---- what is refused -----------------------------------------------------------------------------------

// What a column is about, in the word of the pack: "Province" is place. Its own name when the pack has none.
static const char *word_of(const char *column)
{
    const struct tsv *t = table("name");
    for (size_t i = 0; i < t->n_rows; i++) {
        if (strcasecmp(tsv_cell(t, i, "name"), column) == 0) {
            return tsv_cell(t, i, "dimension");
        }
    }
    return column;
}

static int dimension_of(const struct release_frame *f, const char *name, size_t len)
{
    for (int d = 0; d < f->n; d++) {
        const char *word = word_of(f->of[d].name);
        if (strlen(word) == len && strncasecmp(word, name, len) == 0) {
            return d;
        }
    }
    return -1;
}

static bool has_all(const struct release_frame *f, const char *names)
{
    while (*names != '\0') {
        size_t len = strcspn(names, " ");
        if (len > 0 && dimension_of(f, names, len) < 0) {
            return false;
        }
        names += len;
        names += *names == ' ';
    }
    return true;
}

enum err release_check_never(const struct release_frame *f, struct err_info *e)
{
    const struct tsv *never = table("never");
    for (size_t i = 0; i < never->n_rows; i++) {
        const char *names = tsv_cell(never, i, "dimensions");
        if (has_all(f, names)) {
            return err_set(e, ERR_INPUT, NULL,
                           MSG("A table by {0} together is never published: {1}."),
                           MSG("Leave one of them out."), names, tsv_cell(never, i, "why"), NULL);
        }
    }
    return ERR_NONE;
}

enum err release_check_frame(const struct release_frame *f, struct err_info *e)
{
    enum err err = release_check_never(f, e);
    int n = 0;
    for (int d = 0; d < f->n; d++) {
        n += strcasecmp(word_of(f->of[d].name), PERIOD) != 0;
    }
    if (err == ERR_NONE && n > release_limits()->dimensions) {
        const char most[] = {(char)('0' + release_limits()->dimensions), '\0'};
        return err_set(e, ERR_INPUT, NULL,
                       MSG("A table has at most {0} dimensions beside the period; part and rest of a share are one."),
                       MSG("Leave one out, or make two tables of one release."), most, NULL);
    }
    return err;
}

bool release_is_thin(const struct release_cube *exact)
{
    int64_t people = exact->counts[release_grand_total(exact->frame)];
    return people < (int64_t)exact->frame->n_inner * release_limits()->mean_cell;
}

// ---- collapsing -----------------------------------------------------------------------------------------

// Adds the inner counts of one cube to those of another, dimension d by the map (-1: left out of the frame).
static const struct release_cube *mapped(struct arena *a, const struct release_cube *c,
                                         struct release_frame *f, int dropped, int d, const int *map)
{
    ensure(release_frame_finish(f));
    struct release_cube *out = release_cube_new(a, f);
    for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
        size_t to = 0;
        for (int k = 0, at = 0; k < c->frame->n; k++) {
            if (k != dropped) {
                int category = release_category(c->frame, cell, k);
                bool in_map = k == d && category < c->frame->of[k].n;
                to += (size_t)(in_map ? map[category] : category) * f->step[at++];
            }
        }
        if (release_summed(c->frame, cell) == 0) {
            out->counts[to] += c->counts[cell];
        }
    }
    release_cube_sum(out);
    return out;
}

static const struct release_cube *without(struct arena *a, const struct release_cube *c, int d)
{
    struct release_frame *f = ARENA_MAKE(a, struct release_frame);
    for (int k = 0; k < c->frame->n; k++) {
        if (k != d) {
            f->of[f->n++] = c->frame->of[k];
        }
    }
    return mapped(a, c, f, d, -1, NULL);
}

static const char *group_of(const struct tsv *t, const char *dimension, const char *category)
{
    const char *word = word_of(dimension);
    for (size_t i = 0; i < t->n_rows; i++) {
        if (strcasecmp(tsv_cell(t, i, "dimension"), word) == 0 &&
            strcmp(tsv_cell(t, i, "category"), category) == 0) {
            return tsv_cell(t, i, "group");
        }
    }
    return category; // "not known" and its like stay what they are
}

const struct release_cube *release_group(struct arena *a, const struct release_cube *c, int d)
{
    const struct tsv *t = table("group");
    const struct release_dimension *from = &c->frame->of[d];
    struct release_frame *f = ARENA_MAKE(a, struct release_frame);
    *f = *c->frame;
    struct release_dimension *to = &f->of[d];
    int *map = ARENA_ARRAY(a, int, (size_t)from->n);
    *to = (struct release_dimension){.name = from->name,
                                     .categories = ARENA_ARRAY(a, const char *, (size_t)from->n)};
    for (int k = 0; k < from->n; k++) {
        const char *group = group_of(t, from->name, from->categories[k]);
        int at = 0;
        while (at < to->n && strcmp(to->categories[at], group) != 0) {
            at++;
        }
        to->categories[at] = group;
        to->n += at == to->n;
        map[k] = at;
    }
    return to->n == from->n ? NULL : mapped(a, c, f, -1, d, map);
}

enum err release_collapse(struct arena *a, const struct release_cube *exact,
                          struct release_collapsed *out, struct err_info *e)
{
    const struct tsv *steps = table("collapse");
    *out = (struct release_collapsed){.cube = exact};
    for (size_t i = 0; i < steps->n_rows && release_is_thin(out->cube); i++) {
        const struct release_frame *f = out->cube->frame;
        const char *name = tsv_cell(steps, i, "dimension");
        bool drop = strcmp(tsv_cell(steps, i, "how"), "drop") == 0;
        int d = dimension_of(f, name, strlen(name));
        const struct release_cube *next = d < 0                ? NULL
                                          : !drop              ? release_group(a, out->cube, d)
                                          : f->n > 1 ? without(a, out->cube, d)
                                                               : NULL;
        if (next != NULL && out->n_done < (int)COUNT_OF(out->done)) {
            out->cube = next;
            out->done[out->n_done++] = arena_printf(a, drop ? "%s: left out" : "%s: grouped", f->of[d].name);
        }
    }
    if (release_is_thin(out->cube)) {
        return err_set(e, ERR_INPUT, NULL,
                       MSG("Too few people for so many cells: fewer than {0} in a cell on average."),
                       MSG("Leave a dimension out, join categories, or take a longer period."),
                       arena_printf(a, "%d", release_limits()->mean_cell), NULL);
    }
    return ERR_NONE;
}

int release_percent(int64_t part, int64_t whole)
{
    if (whole < release_limits()->percent_base || part < 0 || part > whole) {
        return -1;
    }
    return (int)((200 * part + whole) / (2 * whole));
}

// ---- classes as choices of a field --------------------------------------------------------------------------

static pthread_once_t once_choices = PTHREAD_ONCE_INIT;
static struct choice choices[MOST_CLASSES + 1];

static void read_choices(void)
{
    for (size_t i = 0; i < MOST_CLASSES && release_class(i) != NULL; i++) {
        choices[i] = (struct choice){release_class(i), release_class_title(release_class(i))};
    }
}

const struct choice *release_class_choices(void)
{
    pthread_once(&once_choices, read_choices);
    return choices;
}
