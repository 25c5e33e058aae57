// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_table.c: see result_table.h.

#include "result/result_table.h"

#include <stdlib.h>
#include <string.h>

// Which values are put together in one row before they are split.
struct block {
    const struct result_entry *first; // whose period and place it has
    struct result_entry *entries;
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

static bool together(const struct making *m, const struct result_entry *x, const struct result_entry *y)
{
    return (!m->by_period || (strcmp(x->from, y->from) == 0 && strcmp(x->to, y->to) == 0)) &&
           (!m->by_country || strcmp(x->place, y->place) == 0);
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

static struct result_table_row *add_row(struct making *m)
{
    struct result_table *t = m->out;
    t->rows = arena_room(m->a, t->rows, sizeof *t->rows, t->n, &m->cap);
    t->rows[t->n] = (struct result_table_row){.n_values = 0};
    return &t->rows[t->n++];
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
        if (has && (best == v->n_cuts || strlen(v->cuts[i].keys) < strlen(v->cuts[best].keys))) {
            best = i;
        }
    }
    return best;
}

struct cell {
    const char *key; // split_text of the narrowed split; "" for the rest
    struct split split;
    struct result_entry sum;
    size_t n_values;
};

static struct cell *cell_at(struct making *m, struct cell **cells, size_t *n, size_t *cap,
                            const struct split *split)
{
    const char *key = split_text(m->a, split);
    for (size_t i = 0; i < *n; i++) {
        if (strcmp((*cells)[i].key, key) == 0) {
            return &(*cells)[i];
        }
    }
    *cells = arena_room(m->a, *cells, sizeof **cells, *n, cap);
    (*cells)[*n] = (struct cell){.key = key, .split = *split, .sum = {.place = ""}};
    return &(*cells)[(*n)++];
}

static bool add_to(struct cell *c, bool has_value, int64_t value, bool has_fraction, int64_t part, int64_t whole)
{
    c->sum.has_value |= has_value;
    c->sum.has_fraction |= has_fraction;
    return !__builtin_add_overflow(c->sum.value, value, &c->sum.value) &&
           !__builtin_add_overflow(c->sum.part, part, &c->sum.part) &&
           !__builtin_add_overflow(c->sum.whole, whole, &c->sum.whole);
}

// Parts of the values in the block, added up by the asked characteristics; what no part says is a cell of its own.
static bool add_parts(struct making *m, const struct block *b, const bool *used)
{
    struct cell *cells = NULL;
    size_t n = 0, cap = 0;
    bool fits = true;
    const struct split rest = {0};
    for (size_t i = 0; i < b->n; i++) {
        const struct result_value *v = &m->line->values[b->from[i]];
        size_t cut = cut_for(m, v);
        if (!used[i]) {
            continue;
        }
        int64_t less = cut < v->n_cuts ? v->cuts[cut].difference : v->figure.is_fraction ? v->figure.part : v->figure.scaled;
        int64_t less_whole = cut < v->n_cuts ? v->cuts[cut].difference_whole : v->figure.whole;
        for (size_t k = 0; cut < v->n_cuts && k < v->n_parts; k++) {
            const struct result_part *p = &v->parts[k];
            if (strcmp(p->keys, v->cuts[cut].keys) == 0) {
                const struct split split = narrowed(m, &v->splits[k]);
                struct cell *c = cell_at(m, &cells, &n, &cap, &split);
                fits = add_to(c, p->has_value, p->value, p->has_fraction, p->part, p->whole) && fits;
                c->n_values++;
            }
        }
        if (less != 0 || less_whole != 0) {
            struct cell *c = cell_at(m, &cells, &n, &cap, &rest);
            bool share = v->figure.is_fraction;
            fits = add_to(c, !share, share ? 0 : less, share, share ? less : 0, share ? less_whole : 0) && fits;
            c->n_values++;
        }
    }
    for (size_t i = 0; fits && i < n; i++) {
        struct result_table_row *row = add_row(m);
        row->figure = result_figure_of(m->line->rule.unit, &cells[i].sum);
        row->n_values = cells[i].n_values;
        set_keys(m, b, &cells[i].split, row);
    }
    return fits;
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
    if (m->n_characteristics == 0 || !t.figure.known || t.by_answer) {
        struct result_table_row *row = add_row(m);
        row->figure = t.figure;
        row->has_least = t.has_least;
        row->least = t.least;
        row->n_values = t.n_used;
        set_keys(m, b, NULL, row);
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

enum err result_table_of(struct arena *a, const struct result_line *line, const char *by,
                         struct result_table *out, struct err_info *e)
{
    struct making m = {.a = a, .line = line, .out = out};
    bool *done = ARENA_ARRAY(a, bool, line->n_values + 1);
    *out = (struct result_table){.n_by = 0};
    enum err err = read_by(&m, by, e);
    for (size_t i = 0; err == ERR_NONE && i < line->n_values; i++) {
        struct block b = {.first = &line->entries[i]};
        if (done[i]) {
            continue;
        }
        b.entries = ARENA_ARRAY(a, struct result_entry, line->n_values - i);
        b.from = ARENA_ARRAY(a, size_t, line->n_values - i);
        for (size_t k = i; k < line->n_values; k++) {
            if (!done[k] && together(&m, b.first, &line->entries[k])) {
                b.from[b.n] = k;
                b.entries[b.n++] = line->entries[k];
                done[k] = true;
            }
        }
        err = add_block(&m, &b, e);
    }
    if (err == ERR_NONE && out->n > 1) {
        qsort(out->rows, out->n, sizeof *out->rows, by_keys);
    }
    return err;
}
