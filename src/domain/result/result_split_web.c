// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_split_web.c: see result_split_web.h. One table for each cut: columns are the values of one
// characteristic, rows those of the others.

#include "result/result_split_web.h"

#include <string.h>

#include "base/decimal.h"
#include "base/sort.h"
#include "result/result.h"
#include "result/result_record.html.h"
#include "result/result_words.h"

// ---- order --------------------------------------------------------------------------------------

// Place of a value among those of its characteristic; words of an open one stand behind.
static size_t rank_of(const struct split_pair *p)
{
    const struct characteristic *c = characteristic_find(p->key);
    size_t n = c == NULL ? 0 : c->n_values;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(c->values[i].code, p->value) == 0) {
            return i;
        }
    }
    return n;
}

static int by_rank(const void *x, const void *y)
{
    const struct split *a = x;
    const struct split *b = y;
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        size_t rank_a = rank_of(&a->pairs[i]);
        size_t rank_b = rank_of(&b->pairs[i]);
        int order = rank_a != rank_b ? (rank_a < rank_b ? -1 : 1)
                                     : strcmp(a->pairs[i].value, b->pairs[i].value);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

// ---- one cut ------------------------------------------------------------------------------------

struct cut {
    struct req *r;
    const struct result_line *line;
    struct result_part *parts; // added up by split
    struct split *splits;      // of the parts
    size_t n;
    const char *across; // characteristic of the columns; NULL: there is only one characteristic
    struct split *rows; // different ones without `across`, in order
    size_t n_rows;
    struct split *heads; // different values of `across`, in order
    size_t n_heads;
};

static void add_once(struct split *list, size_t *n, const struct split *one)
{
    for (size_t i = 0; i < *n; i++) {
        if (by_rank(&list[i], one) == 0) {
            return;
        }
    }
    list[(*n)++] = *one;
}

// The split in two: what stands over a column and what stands before a row.
static void take_apart(const struct cut *c, const struct split *all, struct split *head, struct split *row)
{
    *head = *row = (struct split){0};
    for (size_t i = 0; i < all->n; i++) {
        bool over = c->across != NULL && strcmp(all->pairs[i].key, c->across) == 0;
        (void)split_add(over ? head : row, all->pairs[i].key, all->pairs[i].value);
    }
}

static const char *across_of(const struct split *s)
{
    return s->n < 2 ? NULL : split_value(s, "sex") != NULL ? "sex" : s->pairs[s->n - 1].key;
}

static bool read_cut(struct cut *c, const char *keys)
{
    struct arena *a = c->r->arena;
    if (!result_parts_of_total(a, c->line, keys, &c->parts, &c->n) || c->n == 0) {
        return false;
    }
    c->splits = ARENA_ARRAY(a, struct split, c->n);
    c->rows = ARENA_ARRAY(a, struct split, c->n);
    c->heads = ARENA_ARRAY(a, struct split, c->n);
    for (size_t i = 0; i < c->n; i++) {
        struct err_info ignored;
        struct split head, row;
        if (split_read(a, c->parts[i].split, &c->splits[i], &ignored) != ERR_NONE) {
            return false;
        }
        c->across = across_of(&c->splits[i]);
        take_apart(c, &c->splits[i], &head, &row);
        add_once(c->rows, &c->n_rows, &row);
        add_once(c->heads, &c->n_heads, &head);
    }
    sort_items(c->rows, c->n_rows, sizeof *c->rows, by_rank);
    sort_items(c->heads, c->n_heads, sizeof *c->heads, by_rank);
    return true;
}

// ---- cells --------------------------------------------------------------------------------------

// Sum of the parts of a row and a column (NULL: of all).
static const char *cell(const struct cut *c, const struct split *row, const struct split *head)
{
    struct result_entry sum = {.place = "", .has_value = false};
    bool fits = true;
    for (size_t i = 0; i < c->n; i++) {
        struct split of_head, of_row;
        take_apart(c, &c->splits[i], &of_head, &of_row);
        if ((row == NULL || by_rank(row, &of_row) == 0) &&
            (head == NULL || by_rank(head, &of_head) == 0)) {
            sum.has_value |= c->parts[i].has_value;
            sum.has_fraction |= c->parts[i].has_fraction;
            fits = result_add(&sum.value, c->parts[i].value) && result_add(&sum.part, c->parts[i].part) &&
                   result_add(&sum.whole, c->parts[i].whole) && fits;
        }
    }
    if (!fits) {
        return "–";
    }
    const struct result_figure f = result_figure_of(c->line->rule.unit, &sum);
    const char *words = result_figure_words(c->r->arena, c->r->lang, c->line->rule.unit, &f);
    return !f.is_fraction ? words
                          : tr_f(c->r->arena, c->r->lang, MSG("{0} of {1}: {2}"),
                                 result_plain(c->r->arena, f.part, DECIMAL_PLACES),
                                 result_plain(c->r->arena, f.whole, DECIMAL_PLACES), words, NULL);
}

static void fill_row(const struct cut *c, const struct split *row, const char *label, size_t n_columns,
                     struct split_line *out)
{
    out->label = label;
    out->cells = ARENA_ARRAY(c->r->arena, const char *, n_columns);
    for (size_t i = 0; i < n_columns; i++) {
        out->cells[i] = cell(c, row, i < c->n_heads && c->across != NULL ? &c->heads[i] : NULL);
    }
}

static const char *rule_of(const struct cut *c, bool *differs)
{
    struct arena *a = c->r->arena;
    struct result_cut sums;
    const struct result_figure *whole = &c->line->total.figure;
    (void)result_cuts_of(c->parts, c->n, whole, &sums);
    *differs = sums.differs;
    if (sums.too_large) {
        return tr(c->r->lang, MSG("The sum of the parts is too large."));
    }
    bool share = whole->is_fraction;
    const char *most = result_most_words(c->r->lang, &c->line->total);
    const char *rule = tr_f(a, c->r->lang,
                            MSG("The parts of what is in the value are added up: {0}. The value is {1}; the value less "
                                "the parts is {2}."),
                            result_pair(a, share, share ? sums.part : sums.value, sums.whole),
                            result_pair(a, share, share ? whole->part : whole->scaled, whole->whole),
                            result_pair(a, share, sums.difference, sums.difference_whole), NULL);
    return most == NULL ? rule : arena_printf(a, "%s %s", rule, most);
}

static void fill_table(const struct cut *c, const char *keys, struct split_table *t)
{
    struct arena *a = c->r->arena;
    size_t n_columns = c->across == NULL ? 1 : c->n_heads + 1;
    *t = (struct split_table){.title = split_keys_words(a, c->r->lang, keys),
                              .heads = ARENA_ARRAY(a, const char *, n_columns),
                              .n_heads = n_columns,
                              .lines = ARENA_ARRAY(a, struct split_line, c->n_rows + 1)};
    for (size_t i = 0; i + 1 < n_columns; i++) {
        t->heads[i] = characteristic_value_title(a, c->r->lang, characteristic_find(c->across),
                                                 c->heads[i].pairs[0].value);
    }
    t->heads[n_columns - 1] = tr(c->r->lang, MSG("Total"));
    for (size_t i = 0; i < c->n_rows; i++) {
        const struct split_pair *only = &c->rows[i].pairs[0];
        fill_row(c, &c->rows[i],
                 c->rows[i].n == 1 ? characteristic_value_title(a, c->r->lang,
                                                                characteristic_find(only->key), only->value)
                                   : split_words(a, c->r->lang, &c->rows[i]),
                 n_columns, &t->lines[t->n_lines++]);
    }
    fill_row(c, NULL, tr(c->r->lang, MSG("Total")), n_columns, &t->total);
    t->rule = rule_of(c, &t->differs);
}

static bool is_among(const char *const *keys, size_t n, const char *one)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(keys[i], one) == 0) {
            return true;
        }
    }
    return false;
}

void result_fill_splits(struct req *r, const struct result_line *line, struct result_record_view *v)
{
    size_t most = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        most += line->values[i].n_cuts;
    }
    const char **keys = ARENA_ARRAY(r->arena, const char *, most + 1);
    v->splits = ARENA_ARRAY(r->arena, struct split_table, most + 1);
    for (size_t i = 0; line->total.figure.known && i < line->n_values; i++) {
        const struct result_value *value = &line->values[i];
        for (size_t k = 0; value->used && k < value->n_cuts; k++) {
            struct cut c = {.r = r, .line = line};
            const char *one = value->cuts[k].keys;
            if (!is_among(keys, v->n_splits, one) && read_cut(&c, one)) {
                keys[v->n_splits] = one;
                fill_table(&c, one, &v->splits[v->n_splits++]);
            }
        }
    }
}
