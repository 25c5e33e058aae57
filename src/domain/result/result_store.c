// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_store.c: loads what result_lines.h describes, in four statements however many values there are.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/order.h"
#include "result/result.h"
#include "result/result_lines.h"
#include "result/result_load_store.h"
#include "result/result_sql.h"
#include "store/store.h"

// ---- records as the rules read them -------------------------------------------------------------

int result_code_at(const struct entity *kind, const char *field, const char *code)
{
    const struct choice *c = field_choices(entity_field(kind, field));
    for (int i = 0; c[i].code != NULL; i++) {
        if (strcmp(c[i].code, code) == 0) {
            return i;
        }
    }
    return -1;
}

static bool number_of(const struct record *r, const char *field, int64_t *out)
{
    return decimal_parse(record_text(r, field), out);
}

struct result_entry result_entry_of(const struct record *o)
{
    static const enum result_state states[] = {STATE_ENTERED, STATE_VERIFIED, STATE_APPROVED,
                                               STATE_LOCKED, STATE_RETURNED};
    int state = result_code_at(&entity_observation, "state", record_text(o, "state"));
    struct result_entry entry = {
        .id = o->id == NULL ? "" : o->id,
        .place = record_text(o, "country"),
        .from = record_text(o, "period_from"),
        .to = record_text(o, "period_to"),
        .state = state < 0 ? STATE_ENTERED : states[state],
        .answer = (enum result_answer)(
            result_code_at(&entity_observation, "answer", record_text(o, "answer")) + 1),
    };
    entry.has_value = number_of(o, "value", &entry.value);
    entry.has_fraction = number_of(o, "numerator", &entry.part) &&
                         number_of(o, "denominator", &entry.whole) && entry.whole > 0;
    return entry;
}

static unsigned repeats_of(const struct record *r)
{
    return (record_has_code(r, "repeats", "period") ? REPEAT_PERIOD : 0) |
           (record_has_code(r, "repeats", "place") ? REPEAT_PLACE : 0) |
           (record_has_code(r, "repeats", "programme") ? REPEAT_PROGRAMME : 0);
}

void result_line_begin(struct arena *a, const struct record *r, struct result_line *out)
{
    int unit = result_code_at(&entity_indicator, "unit", record_text(r, "unit"));
    int direction = result_code_at(&entity_indicator, "direction", record_text(r, "direction"));
    int over = result_code_at(&entity_indicator, "accumulation", record_text(r, "accumulation"));
    size_t n;
    const struct characteristic *all = characteristics(&n);
    *out = (struct result_line){
        .record = r,
        .direction = direction < 0 ? BETTER_NEITHER : (enum result_direction)direction,
        .rule = {.unit = unit < 0 ? UNIT_COUNT : (enum result_unit)unit,
                 .over = over < 0 ? OVER_LATEST : (enum result_accumulation)over,
                 .repeats = repeats_of(r)},
        .per_country = record_int(r, "per_country") != 0,
        .splits = ARENA_ARRAY(a, const char *, n + 1),
    };
    for (size_t i = 0; i < n; i++) {
        if (record_has_code(r, "disaggregation", all[i].code)) {
            out->splits[out->n_splits++] = all[i].code;
        }
    }
    out->has_baseline = number_of(r, "baseline", &out->baseline);
}

// ---- rows of the statements ---------------------------------------------------------------------

static struct record *record_of_value(struct arena *a, const struct result_values_row *row)
{
    struct record *r = record_new(a, &entity_observation);
    r->id = row->id;
    r->version = row->version;
    r->changed_at = row->changed_at;
    record_set_text(r, "indicator_id", row->indicator_id);
    record_set_text(r, "period_from", row->period_from);
    record_set_text(r, "period_to", row->period_to);
    record_set_text(r, "country", row->country);
    record_set_text(r, "value", row->value);
    record_set_text(r, "numerator", row->numerator);
    record_set_text(r, "denominator", row->denominator);
    record_set_text(r, "answer", row->answer);
    record_set_text(r, "source", row->source);
    record_set_text(r, "note", row->note);
    record_set_text(r, "state", row->state);
    record_set_text(r, "return_reason", row->return_reason);
    return r;
}

static struct record *record_of_target(struct arena *a, const struct result_targets_row *row)
{
    struct record *r = record_new(a, &entity_target);
    r->id = row->id;
    r->version = row->version;
    r->changed_at = row->changed_at;
    record_set_text(r, "indicator_id", row->indicator_id);
    record_set_text(r, "due_on", row->due_on);
    record_set_text(r, "value", row->value);
    record_set_text(r, "reason", row->reason);
    if (row->has_replaced) {
        record_set_int(r, "replaced", row->replaced);
    }
    return r;
}

struct loaded {
    struct result_values_row *values;
    size_t n_values;
    struct result_parts_row *parts;
    size_t n_parts;
};

// Place of the first of n rows of `size` bytes, in the order of their ids, that has this id; n: none. The
// id stands `offset` bytes into a row.
static size_t first_of(const void *rows, size_t n, size_t size, size_t offset, const char *id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *at = *(const char *const *)((const char *)rows + middle * size + offset);
        if (strcmp(at, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
#define FIRST_OF(rows, n, field, id)                                                               \
    first_of((rows), (n), sizeof *(rows), (size_t)((const char *)&(rows)->field - (const char *)(rows)), (id))

static void fill_targets(struct arena *a, const struct result_targets_row *targets, size_t n,
                         struct result_line *line)
{
    const char *id = line->record->id;
    size_t first = FIRST_OF(targets, n, indicator_id, id);
    size_t end = first;
    while (end < n && strcmp(targets[end].indicator_id, id) == 0) {
        end++;
    }
    const struct record **records = ARENA_ARRAY(a, const struct record *, end - first + 1);
    line->targets = ARENA_ARRAY(a, struct result_target, end - first + 1);
    for (size_t i = first; i < end; i++) {
        const struct result_targets_row *row = &targets[i];
        int64_t value;
        if (decimal_parse(row->value, &value)) {
            records[line->n_targets] = record_of_target(a, row);
            line->targets[line->n_targets++] = (struct result_target){
                .id = row->id, .due_on = row->due_on, .value = value,
                .replaced = row->has_replaced && row->replaced != 0};
        }
    }
    line->target_records = records;
}

static void fill_parts(struct arena *a, const struct loaded *all, struct result_value *v)
{
    const char *id = v->record->id;
    size_t first = FIRST_OF(all->parts, all->n_parts, observation_id, id);
    size_t n = 0;
    while (first + n < all->n_parts && strcmp(all->parts[first + n].observation_id, id) == 0) {
        n++;
    }
    if (n == 0) {
        return;
    }
    struct result_part *parts = ARENA_ARRAY(a, struct result_part, n);
    struct split *splits = ARENA_ARRAY(a, struct split, n);
    struct result_cut *cuts = ARENA_ARRAY(a, struct result_cut, n);
    for (size_t i = first; i < first + n; i++) {
        const struct result_parts_row *row = &all->parts[i];
        struct result_part *p = &parts[v->n_parts];
        struct err_info ignored;
        if (split_read(a, row->split, &splits[v->n_parts], &ignored) != ERR_NONE) {
            continue; // a characteristic that a newer pack has dropped
        }
        *p = (struct result_part){.split = row->split,
                                  .keys = split_keys(a, &splits[v->n_parts])};
        p->has_value = row->value != NULL && decimal_parse(row->value, &p->value);
        p->has_fraction = row->numerator != NULL && row->denominator != NULL &&
                          decimal_parse(row->numerator, &p->part) &&
                          decimal_parse(row->denominator, &p->whole);
        v->n_parts++;
    }
    v->parts = parts;
    v->splits = splits;
    v->n_cuts = result_cuts_of(parts, v->n_parts, &v->figure, cuts);
    v->cuts = cuts;
    for (size_t i = v->n_cuts; i > 0; i--) {
        v->differs = cuts[i - 1].differs ? &cuts[i - 1] : v->differs;
    }
}

static void fill_values(struct arena *a, const struct loaded *all, struct result_line *line)
{
    const char *id = line->record->id;
    size_t first = FIRST_OF(all->values, all->n_values, indicator_id, id);
    size_t end = first;
    while (end < all->n_values && strcmp(all->values[end].indicator_id, id) == 0) {
        end++;
    }
    line->values = ARENA_ARRAY(a, struct result_value, end - first + 1);
    line->entries = ARENA_ARRAY(a, struct result_entry, end - first + 1);
    for (size_t i = first; i < end; i++) {
        struct result_value *v = &line->values[line->n_values];
        struct result_entry *entry = &line->entries[line->n_values++];
        v->record = record_of_value(a, &all->values[i]);
        *entry = result_entry_of(v->record);
        v->figure = result_figure_of(line->rule.unit, entry);
        fill_parts(a, all, v);
    }
}

void result_line_work_out(struct arena *a, struct result_line *line, const char *today)
{
    size_t at = result_target_at(line->targets, line->n_targets, today);
    bool *used = ARENA_ARRAY(a, bool, line->n_values + 1);
    line->target = at < line->n_targets ? &line->targets[at] : NULL;
    result_used(&line->rule, line->entries, line->n_values, used);
    line->total = result_total_of(&line->rule, line->entries, line->n_values, used);
    for (size_t i = 0; i < line->n_values; i++) {
        line->values[i].used = used[i];
    }
    const struct result_question q = {
        .direction = line->direction,
        .value = result_judged(&line->total, line->direction),
        .cut_off = line->total.to == NULL ? today : line->total.to,
        .has_baseline = line->has_baseline,
        .baseline = line->baseline,
        .baseline_on = record_text(line->record, "baseline_on"),
        .target = line->target,
        .today = today,
        .in_steps = line->rule.unit == UNIT_YES_NO,
    };
    line->progress = result_progress_of(&q);
}

struct result_total result_total_until(struct arena *a, const struct result_line *line, size_t at)
{
    bool *used = ARENA_ARRAY(a, bool, at + 1);
    result_used(&line->rule, line->entries, at + 1, used);
    return result_total_of(&line->rule, line->entries, at + 1, used);
}

void result_part_to_record(struct arena *a, const struct result_part *part, struct record *out)
{
    // what stands there with more zeros is the same number and stays as it was typed
    const struct {
        const char *field;
        bool known;
        int64_t number;
    } numbers[] = {{"value", part->has_value, part->value},
                   {"numerator", part->has_fraction, part->part},
                   {"denominator", part->has_fraction, part->whole}};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        int64_t kept;
        bool same = number_of(out, numbers[i].field, &kept) && kept == numbers[i].number;
        if (!numbers[i].known) {
            record_clear(out, numbers[i].field);
        } else if (!same) {
            record_set_text(out, numbers[i].field, decimal_short(a, numbers[i].number));
        }
    }
}

static enum err save_part(struct store_tx *tx, struct arena *a, const char *observation_id, struct record *there,
                          const struct result_part *part, struct err_info *e)
{
    if (there == NULL) {
        there = record_new(a, &entity_observation_part);
        record_set_text(there, "observation_id", observation_id);
        record_set_text(there, "split", part->split);
    }
    result_part_to_record(a, part, there);
    enum err err = record_check(there, e);
    return err == ERR_NONE ? store_save(tx, a, there, e) : err;
}

static bool is_in_cut(struct arena *a, const struct record *part, const char *keys)
{
    struct split split;
    struct err_info ignored;
    return keys == NULL || (split_read(a, record_text(part, "split"), &split, &ignored) == ERR_NONE &&
                            strcmp(split_keys(a, &split), keys) == 0);
}

enum err result_parts_save(struct store_tx *tx, struct arena *a, const char *observation_id, const char *keys,
                           const struct result_part *parts, size_t n, struct err_info *e)
{
    struct record **there;
    size_t n_there;
    bool *kept = ARENA_ARRAY(a, bool, n + 1);
    enum err err = store_list_by(store_tx_read(tx), a, &entity_observation_part, "observation_id",
                                 observation_id, &there, &n_there, e);
    for (size_t i = 0; err == ERR_NONE && i < n_there; i++) {
        size_t at = 0;
        while (at < n && strcmp(parts[at].split, record_text(there[i], "split")) != 0) {
            at++;
        }
        if (at < n) {
            kept[at] = true;
            err = save_part(tx, a, observation_id, there[i], &parts[at], e);
        } else if (is_in_cut(a, there[i], keys)) {
            err = store_delete(tx, a, &entity_observation_part, there[i]->id, e);
        }
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = kept[i] ? ERR_NONE : save_part(tx, a, observation_id, NULL, &parts[i], e);
    }
    return err;
}

void result_whole_of_parts(struct arena *a, enum result_unit unit, const struct result_part *parts, size_t n,
                           struct record *o)
{
    const struct result_figure none = {0};
    struct result_cut *cuts = ARENA_ARRAY(a, struct result_cut, n + 1);
    bool empty = !record_is_set(o, "value") && !record_is_set(o, "numerator") &&
                 !record_is_set(o, "denominator");
    if (!empty || result_cuts_of(parts, n, &none, cuts) == 0 || cuts[0].too_large) {
        return;
    }
    if (unit == UNIT_COUNT) {
        record_set_text(o, "value", decimal_short(a, cuts[0].value));
    } else {
        record_set_text(o, "numerator", decimal_short(a, cuts[0].part));
        record_set_text(o, "denominator", decimal_short(a, cuts[0].whole));
    }
}

bool result_parts_of_total(struct arena *a, const struct result_line *line, const char *keys,
                           struct result_part **out, size_t *n)
{
    size_t most = 0;
    bool fits = true;
    for (size_t i = 0; i < line->n_values; i++) {
        most += line->values[i].n_parts;
    }
    struct result_part *sums = ARENA_ARRAY(a, struct result_part, most + 1);
    *n = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_value *v = &line->values[i];
        for (size_t k = 0; v->used && k < v->n_parts; k++) {
            const struct result_part *p = &v->parts[k];
            size_t at = 0;
            if (strcmp(p->keys, keys) != 0) {
                continue;
            }
            while (at < *n && strcmp(sums[at].split, p->split) != 0) {
                at++;
            }
            if (at == *n) {
                sums[(*n)++] = (struct result_part){.split = p->split, .keys = p->keys};
            }
            sums[at].has_value |= p->has_value;
            sums[at].has_fraction |= p->has_fraction;
            fits = result_add(&sums[at].value, p->value) && result_add(&sums[at].part, p->part) &&
                   result_add(&sums[at].whole, p->whole) && fits;
        }
    }
    *out = sums;
    return fits;
}

static int by_code(const void *x, const void *y)
{
    const struct record *a = ((const struct result_line *)x)->record;
    const struct record *b = ((const struct result_line *)y)->record;
    int order = code_order(record_text(a, "code"), record_text(b, "code"));
    return order != 0 ? order : strcmp(a->id, b->id);
}

static enum err load_indicators(struct db_read *db, struct arena *a, const char *programme_id,
                                const char *indicator_id, struct record ***out, size_t *n,
                                struct err_info *e)
{
    struct store_filter filters[2];
    struct store_query q = {.filters = filters};
    if (programme_id != NULL) {
        filters[q.n_filters++] = (struct store_filter){"programme_id", STORE_EQUAL, programme_id};
    }
    if (indicator_id != NULL) {
        filters[q.n_filters++] = (struct store_filter){"id", STORE_EQUAL, indicator_id};
    }
    return store_list(db, a, &entity_indicator, &q, out, n, e);
}

enum err result_lines_begin(struct db_read *db, struct arena *a, const char *programme_id,
                            const char *indicator_id, struct result_lines *out, struct err_info *e)
{
    const struct result_targets_in in = {indicator_id == NULL ? programme_id : NULL, indicator_id};
    struct result_targets_row *targets;
    struct record **indicators;
    size_t n;
    *out = (struct result_lines){0};
    enum err err = load_indicators(db, a, programme_id, indicator_id, &indicators, &out->n, e);
    if (err == ERR_NONE) {
        err = result_targets_all(a, db, &in, &targets, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    out->items = ARENA_ARRAY(a, struct result_line, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        result_line_begin(a, indicators[i], &out->items[i]);
        fill_targets(a, targets, n, &out->items[i]);
    }
    return ERR_NONE;
}

void result_lines_sort(struct result_lines *lines)
{
    if (lines->n > 1) {
        qsort(lines->items, lines->n, sizeof *lines->items, by_code);
    }
}

void result_lines_end(struct arena *a, struct result_lines *lines, const char *today)
{
    for (size_t i = 0; i < lines->n; i++) {
        result_line_work_out(a, &lines->items[i], today);
    }
    result_lines_sort(lines);
}

enum err result_lines_load(struct db_read *db, struct arena *a, const char *programme_id,
                           const char *indicator_id, const char *today, struct result_lines *out,
                           struct err_info *e)
{
    const char *of_programme = indicator_id == NULL ? programme_id : NULL;
    const struct result_values_in of_values = {of_programme, indicator_id};
    const struct result_parts_in of_parts = {of_programme, indicator_id};
    struct loaded all;
    enum err err = result_lines_begin(db, a, programme_id, indicator_id, out, e);
    if (err == ERR_NONE) {
        err = result_values_all(a, db, &of_values, &all.values, &all.n_values, e);
    }
    if (err == ERR_NONE) {
        err = result_parts_all(a, db, &of_parts, &all.parts, &all.n_parts, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < out->n; i++) {
        fill_values(a, &all, &out->items[i]);
    }
    if (err == ERR_NONE) {
        result_lines_end(a, out, today);
    }
    return err;
}

// ---- what may be saved --------------------------------------------------------------------------

static const struct record *result_with_id(struct record *const *results, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(results[i]->id, id) == 0) {
            return results[i];
        }
    }
    return NULL;
}

enum err result_guard(struct arena *a, struct db_read *db, const struct record *before,
                      const struct record *after, struct err_info *e)
{
    struct record **results;
    size_t n;
    (void)before;
    if (after == NULL || !record_is_set(after, "parent_id")) {
        return ERR_NONE;
    }
    enum err err = store_list_by(db, a, &entity_result, "programme_id",
                                 record_text(after, "programme_id"), &results, &n, e);
    const struct record *above =
        err == ERR_NONE ? result_with_id(results, n, record_text(after, "parent_id")) : NULL;
    if (err == ERR_NONE && above == NULL) {
        return err_set(e, ERR_INPUT, "parent_id", MSG("This result belongs to another programme."),
                       MSG("Choose a result of the same programme."), NULL);
    }
    for (size_t steps = 0; above != NULL && steps <= n; steps++) {
        if (after->id != NULL && strcmp(above->id, after->id) == 0) {
            return err_set(e, ERR_INPUT, "parent_id", MSG("That would be a circle."),
                           MSG("Choose a result that does not itself serve this one."), NULL);
        }
        above = result_with_id(results, n, record_text(above, "parent_id"));
    }
    return err;
}
