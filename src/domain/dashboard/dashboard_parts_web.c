// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_parts_web.c: see dashboard_parts_web.h.

#include "dashboard/dashboard_parts_web.h"

#include <string.h>

#include "base/decimal.h"
#include "format/svg/chart.h"
#include "result/result_words.h"

#define WIDTH 360
#define MOST_BARS 24

// The keys of the cut with the fewest characteristics that has this one, of the values in the total; NULL: none.
static const char *keys_of(const struct result_line *line, const char *key)
{
    const char *best = NULL;
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_value *v = &line->values[i];
        size_t at = v->used ? result_cut_by(v->cuts, v->n_cuts, key) : v->n_cuts;
        if (at < v->n_cuts && (best == NULL || result_keys_count(v->cuts[at].keys) < result_keys_count(best))) {
            best = v->cuts[at].keys;
        }
    }
    return best;
}

// Adds up what has the same value of the characteristic. Returns the number of sums, or 0 when one does not fit.
static size_t sums_of(struct req *r, const struct result_part *parts, size_t n, const char *key,
                      struct result_part *sums)
{
    size_t n_sums = 0;
    for (size_t i = 0; i < n; i++) {
        struct split split;
        struct err_info ignored;
        if (split_read(r->arena, parts[i].split, &split, &ignored) != ERR_NONE) {
            continue;
        }
        const char *value = split_value(&split, key);
        size_t at = 0;
        while (at < n_sums && strcmp(sums[at].split, value) != 0) {
            at++;
        }
        if (at == n_sums) {
            sums[n_sums++] = (struct result_part){.split = value};
        }
        sums[at].has_value |= parts[i].has_value;
        sums[at].has_fraction |= parts[i].has_fraction;
        if (!result_add(&sums[at].value, parts[i].value) || !result_add(&sums[at].part, parts[i].part) ||
            !result_add(&sums[at].whole, parts[i].whole)) {
            return 0;
        }
    }
    return n_sums;
}

static const struct result_part *sum_of(const struct result_part *sums, size_t n, const char *value)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(sums[i].split, value) == 0) {
            return &sums[i];
        }
    }
    return NULL;
}

static struct chart_value value_of(struct req *r, enum result_unit unit, const struct result_part *p)
{
    const struct result_entry entry = {.has_value = p->has_value, .value = p->value,
                                       .has_fraction = p->has_fraction && p->whole > 0, .part = p->part,
                                       .whole = p->whole};
    const struct result_figure f = result_figure_of(unit, &entry);
    return (struct chart_value){.known = f.known, .scaled = f.scaled,
                                .label = f.known ? result_number(r->arena, r->lang, unit, f.scaled) : NULL};
}

static const char *note_of(struct req *r, const struct result_line *line, const struct result_part *sums, size_t n)
{
    bool share = line->total.figure.is_fraction, fits = true;
    int64_t left = share ? line->total.figure.whole : line->total.figure.scaled;
    for (size_t i = 0; i < n && fits; i++) {
        fits = result_add(&left, share ? -sums[i].whole : -sums[i].value);
    }
    return !fits       ? tr(r->lang, MSG("The sum of the parts is too large."))
           : left == 0 ? tr(r->lang, MSG("The parts come to the whole."))
           : left > 0  ? tr_f(r->arena, r->lang, MSG("In none of these groups: {0} of the whole."),
                             result_plain(r->arena, left, 6), NULL)
                       : tr_f(r->arena, r->lang, MSG("The parts come to {0} more than the whole."),
                             result_plain(r->arena, -left, 6), NULL);
}

bool dashboard_parts_chart(struct req *r, const struct result_line *line, const char *key,
                           struct chart_shapes *out, const char **note)
{
    struct arena *a = r->arena;
    const char *keys = line->total.figure.known ? keys_of(line, key) : NULL;
    struct result_part *parts;
    size_t n_parts;
    if (keys == NULL || !result_parts_of_total(a, line, keys, &parts, &n_parts) || n_parts == 0) {
        return false;
    }
    struct result_part *sums = ARENA_ARRAY(a, struct result_part, n_parts);
    size_t n = sums_of(r, parts, n_parts, key, sums), n_bars = 0;
    const struct characteristic *c = characteristic_find(key);
    struct chart_bar *bars = ARENA_ARRAY(a, struct chart_bar, MOST_BARS);
    size_t n_known = 0; // bars there would be
    for (size_t i = 0; c != NULL && i < c->n_values; i++) { // in the order of the list
        const struct result_part *p = sum_of(sums, n, c->values[i].code);
        if (p != NULL && n_known++ < MOST_BARS) {
            bars[n_bars++] = (struct chart_bar){.name = tr(r->lang, c->values[i].label),
                                                .value = value_of(r, line->rule.unit, p)};
        }
    }
    for (size_t i = 0; c != NULL && c->open && i < n; i++) { // words of people
        if (!characteristic_value_is_apart(sums[i].split) && n_known++ < MOST_BARS) {
            bars[n_bars++] = (struct chart_bar){
                .name = characteristic_value_title(a, r->lang, c, sums[i].split),
                .value = value_of(r, line->rule.unit, &sums[i])};
        }
    }
    if (n_bars == 0) {
        return false;
    }
    const char *title = tr_f(a, r->lang, MSG("{0}, by {1}"), record_text(line->record, "title"),
                             characteristic_title(r->lang, key), NULL);
    const char *most = result_most_words(r->lang, &line->total);
    *note = note_of(r, line, sums, n);
    *note = most == NULL ? *note : arena_printf(a, "%s %s", *note, most);
    if (n_bars < n_known) {
        *note = tr_f(a, r->lang, MSG("{0} Not drawn, for want of room: {1}."), *note,
                     decimal_int_text(a, (int64_t)(n_known - n_bars)), NULL);
    }
    chart_draw_bars(a,
                    &(struct chart_bars){.head = {.title = title, .description = *note,
                                                  .right_to_left = r->lang->right_to_left, .width = WIDTH},
                                         .bars = bars, .n = (int)n_bars},
                    out);
    return true;
}
