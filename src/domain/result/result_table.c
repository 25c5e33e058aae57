// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_table.c: see result_table.h.

#include "result/result_table.h"

#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "base/sort.h"

// Which values are put together in one row before they are split.
struct block {
    const struct result_entry *first; // whose period and place it has
    struct result_entry *entries;     // room for all of the line: one block is looked at after the other
    size_t *from; // places of the entries in the line
    size_t n;
};

struct making {
    struct arena *a;
    const struct result_line *line;
    struct result_table *out;
    bool by_period, by_country;
    const char *characteristics[RESULT_TABLE_COLUMNS];
    size_t n_characteristics;
    size_t cap;
};

static enum err read_by(struct making *m, const char *by, struct err_info *e)
{
    struct result_table *t = m->out;
    for (const char *p = by; *p != '\0';) {
        size_t n = strcspn(p, ",");
        const char *word = arena_copy_n(m->a, p, n);
        bool twice = false;
        for (size_t i = 0; i < t->n_by; i++) {
            twice = twice || strcmp(t->by[i], word) == 0;
        }
        bool period = strcmp(word, "period") == 0;
        bool country = strcmp(word, "country") == 0;
        if (twice || t->n_by == RESULT_TABLE_COLUMNS ||
            (!period && !country && characteristic_find(word) == NULL)) {
            return err_set(e, ERR_USAGE, "--by", MSG("A table cannot be made by “{0}”."),
                           MSG("Name period, country or characteristics such as sex and age, each once."),
                           word, NULL);
        }
        m->by_period = m->by_period || period;
        m->by_country = m->by_country || country;
        if (!period && !country) {
            m->characteristics[m->n_characteristics++] = word;
        }
        t->by[t->n_by++] = word;
        p += n;
        p += *p == ',' ? 1 : 0;
    }
    return ERR_NONE;
}

// What the values of a block have in common.
static const char *block_key(const struct making *m, const struct result_entry *x)
{
    return arena_printf(m->a, "%s %s %s", m->by_period ? x->from : "", m->by_period ? x->to : "",
                        m->by_country ? x->place : "");
}

// What stands in the columns of period and country, and in those of characteristics.
static void set_keys(const struct making *m, const struct block *b, const struct split *values,
                     struct result_table_row *row)
{
    for (size_t i = 0; i < m->out->n_by; i++) {
        const char *by = m->out->by[i];
        const char *value = values == NULL ? NULL : split_value(values, by);
        row->keys[i] = strcmp(by, "period") == 0
                           ? arena_printf(m->a, "%s/%s", b->first->from, b->first->to)
                       : strcmp(by, "country") == 0 ? b->first->place
                       : value == NULL              ? ""
                                                    : value;
    }
}

// values NULL: not split.
static void add_row(struct making *m, const struct block *b, const struct split *values,
                    const struct result_total *total)
{
    struct result_table *t = m->out;
    t->rows = arena_room(m->a, t->rows, sizeof *t->rows, t->n, &m->cap);
    struct result_table_row *row = &t->rows[t->n++];
    *row = (struct result_table_row){.figure = total->figure, .has_least = total->has_least,
                                     .least = total->least, .n_values = total->n_used};
    set_keys(m, b, values, row);
}

// Values of the asked characteristics alone.
static struct split narrowed(const struct making *m, const struct split *s)
{
    struct split out = {0};
    for (size_t i = 0; i < m->n_characteristics; i++) {
        (void)split_add(&out, m->characteristics[i], split_value(s, m->characteristics[i]));
    }
    return out;
}

// The cut of a value with all asked characteristics and the fewest others; n_cuts: none.
static size_t cut_for(const struct making *m, const struct result_value *v)
{
    size_t best = v->n_cuts;
    for (size_t i = 0; i < v->n_cuts; i++) {
        bool has = true;
        for (size_t k = 0; k < m->n_characteristics; k++) {
            has = has && result_cut_by(&v->cuts[i], 1, m->characteristics[k]) == 0;
        }
        if (has && (best == v->n_cuts || result_keys_count(v->cuts[i].keys) < result_keys_count(v->cuts[best].keys))) {
            best = i;
        }
    }
    return best;
}

// One row to be: what the values say for it, put together by the rule like any other values.
struct cell {
    const char *key; // split_text of the narrowed split; "" for the rest
    struct split split;
    struct result_entry *entries; // one for each value, in their order
    size_t n, cap;
    size_t last; // value that the newest entry is of
};
struct cells {
    struct cell *items;
    size_t n, cap;
    struct map by_key; // place in items + 1
    bool fits;         // no sum got too large
};

// What value i of the block says for a split; made when nothing was said yet.
static struct result_entry *entry_for(struct making *m, struct cells *all, const struct block *b, size_t i,
                                      const struct split *split)
{
    const char *key = split_text(m->a, split);
    void **at = map_at(&all->by_key, key);
    if (*at == NULL) {
        all->items = arena_room(m->a, all->items, sizeof *all->items, all->n, &all->cap);
        all->items[all->n++] = (struct cell){.key = key, .split = *split};
        *at = (void *)(uintptr_t)all->n;
    }
    struct cell *c = &all->items[(uintptr_t)*at - 1];
    if (c->n == 0 || c->last != i) {
        const struct result_entry *of = &b->entries[i];
        c->entries = arena_room(m->a, c->entries, sizeof *c->entries, c->n, &c->cap);
        c->entries[c->n++] = (struct result_entry){.id = of->id, .place = of->place, .from = of->from,
                                                   .to = of->to, .state = of->state};
        c->last = i;
    }
    return &c->entries[c->n - 1];
}

// Parts of value i by the asked characteristics, and what no part says.
static void add_value(struct making *m, const struct block *b, size_t i, struct cells *all)
{
    static const struct split rest;
    const struct result_value *v = &m->line->values[b->from[i]];
    size_t at = cut_for(m, v);
    const struct result_cut *cut = at < v->n_cuts ? &v->cuts[at] : NULL;
    bool share = v->figure.is_fraction;
    for (size_t k = 0; cut != NULL && k < v->n_parts; k++) {
        const struct result_part *p = &v->parts[k];
        if (strcmp(p->keys, cut->keys) == 0) {
            const struct split split = narrowed(m, v->splits[k]);
            struct result_entry *sum = entry_for(m, all, b, i, &split);
            sum->has_value |= p->has_value;
            sum->has_fraction |= p->has_fraction;
            all->fits = result_add(&sum->value, p->value) && result_add(&sum->part, p->part) &&
                        result_add(&sum->whole, p->whole) && all->fits;
        }
    }
    int64_t less = cut != NULL ? cut->difference : share ? v->figure.part : v->figure.scaled;
    int64_t less_whole = cut != NULL ? cut->difference_whole : v->figure.whole;
    if (less != 0 || less_whole != 0) {
        struct result_entry *sum = entry_for(m, all, b, i, &rest);
        sum->has_value = !share;
        sum->has_fraction = share;
        *(share ? &sum->part : &sum->value) = less;
        sum->whole = less_whole;
    }
}

static bool add_parts(struct making *m, const struct block *b, const bool *used)
{
    struct cells all = {.fits = true};
    map_init(&all.by_key, m->a);
    bool *every = ARENA_ARRAY(m->a, bool, b->n + 1);
    for (size_t i = 0; i < b->n; i++) {
        every[i] = true;
        if (used[i]) {
            add_value(m, b, i, &all);
        }
    }
    for (size_t i = 0; all.fits && i < all.n; i++) {
        const struct cell *c = &all.items[i];
        const struct result_total t = result_total_of(&m->line->rule, c->entries, c->n, every);
        add_row(m, b, &c->split, &t);
        all.fits = !t.too_large;
    }
    return all.fits;
}

static enum err add_block(struct making *m, const struct block *b, struct err_info *e)
{
    const struct result_rule *rule = &m->line->rule;
    bool *used = ARENA_ARRAY(m->a, bool, b->n + 1);
    result_used(rule, b->entries, b->n, used);
    const struct result_total t = result_total_of(rule, b->entries, b->n, used);
    if (t.n_used == 0) {
        return ERR_NONE;
    }
    bool is_split = rule->unit == UNIT_COUNT || result_is_share(rule->unit); // others have no parts
    if (m->n_characteristics == 0 || !t.figure.known || !is_split) {
        add_row(m, b, NULL, &t);
        return ERR_NONE;
    }
    return add_parts(m, b, used)
               ? ERR_NONE
               : err_set(e, ERR_TOO_LARGE, NULL, MSG("A sum is too large."), NULL, NULL);
}

static int by_keys(const void *x, const void *y)
{
    const struct result_table_row *a = x;
    const struct result_table_row *b = y;
    for (size_t i = 0; i < RESULT_TABLE_COLUMNS && a->keys[i] != NULL; i++) {
        int order = strcmp(a->keys[i], b->keys[i]);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

// What finding the blocks takes for each value: four places, a copy, and its key in a map that grows.
#define BYTES_A_VALUE (sizeof(struct result_entry) + 4 * sizeof(size_t) + 128)

enum err result_table_of(struct arena *a, const struct result_line *line, const char *by,
                         struct result_table *out, struct err_info *e)
{
    struct making m = {.a = a, .line = line, .out = out};
    size_t n = line->n_values;
    *out = (struct result_table){.n_by = 0};
    enum err err = err_without_room(a, n * BYTES_A_VALUE, e);
    if (err == ERR_NONE) {
        err = read_by(&m, by, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    size_t *next = ARENA_ARRAY(a, size_t, n + 1); // the next value of the same block; n: none
    size_t *last = ARENA_ARRAY(a, size_t, n + 1); // of a block that begins here
    bool *begins = ARENA_ARRAY(a, bool, n + 1);
    struct map firsts; // first value of a block + 1
    struct block b = {.entries = ARENA_ARRAY(a, struct result_entry, n + 1), .from = ARENA_ARRAY(a, size_t, n + 1)};
    map_init(&firsts, a);
    for (size_t i = 0; i < n; i++) {
        void **at = map_at(&firsts, block_key(&m, &line->entries[i]));
        begins[i] = *at == NULL;
        *at = begins[i] ? (void *)(uintptr_t)(i + 1) : *at;
        size_t first = (uintptr_t)*at - 1;
        if (!begins[i]) {
            next[last[first]] = i;
        }
        last[first] = i;
        next[i] = n;
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (!begins[i]) {
            continue;
        }
        b.first = &line->entries[i];
        b.n = 0;
        for (size_t k = i; k < n; k = next[k]) {
            b.from[b.n] = k;
            b.entries[b.n++] = line->entries[k];
        }
        err = err_without_room(a, 2 * m.cap * sizeof *out->rows, e);
        if (err == ERR_NONE) {
            err = add_block(&m, &b, e);
        }
    }
    if (err == ERR_NONE) {
        sort_items(out->rows, out->n, sizeof *out->rows, by_keys);
    }
    return err;
}
