// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_lines.c: records and rows as the rules read them, and what is worked out of an indicator with its values. See
// result_lines.h.

#include "result/result_lines.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "result/result.h"
#include "result/result_again.h"

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

static bool number_of(const char *text, int64_t *out)
{
    return text != NULL && decimal_parse(text, out);
}

enum result_state result_state_of(const char *code)
{
    static const enum result_state states[] = {STATE_ENTERED, STATE_VERIFIED, STATE_APPROVED,
                                               STATE_LOCKED, STATE_RETURNED};
    int state = result_code_at(&entity_observation, "state", code);
    return state < 0 ? STATE_ENTERED : states[state];
}

struct result_entry result_entry_of_text(const struct result_entry_text *t)
{
    int answer = t->answer == NULL ? -1 : result_code_at(&entity_observation, "answer", t->answer);
    struct result_entry entry = {
        .id = t->id == NULL ? "" : t->id,
        .place = t->country == NULL ? "" : t->country,
        .from = t->period_from,
        .to = t->period_to,
        .state = result_state_of(t->state == NULL ? "" : t->state),
        .answer = (enum result_answer)(answer + 1),
    };
    entry.has_value = number_of(t->value, &entry.value);
    entry.has_fraction = number_of(t->numerator, &entry.part) && number_of(t->denominator, &entry.whole) &&
                         entry.whole > 0;
    return entry;
}

struct result_entry result_entry_of(const struct record *o)
{
    const struct result_entry_text t = {
        .id = o->id,
        .period_from = record_text(o, "period_from"),
        .period_to = record_text(o, "period_to"),
        .country = record_text(o, "country"),
        .value = record_text(o, "value"),
        .numerator = record_text(o, "numerator"),
        .denominator = record_text(o, "denominator"),
        .answer = record_text(o, "answer"),
        .state = record_text(o, "state"),
    };
    return result_entry_of_text(&t);
}

struct result_part result_part_of_text(const struct result_part_text *t)
{
    struct result_part p = {.split = t->split};
    p.has_value = number_of(t->value, &p.value);
    p.has_fraction = number_of(t->numerator, &p.part) && number_of(t->denominator, &p.whole);
    return p;
}

static unsigned repeats_of(const struct record *r)
{
    return (record_has_code(r, "repeats", "period") ? REPEAT_PERIOD : 0) |
           (record_has_code(r, "repeats", "place") ? REPEAT_PLACE : 0) |
           (record_has_code(r, "repeats", "programme") ? REPEAT_PROGRAMME : 0) |
           (record_has_code(r, "repeats", "result") ? REPEAT_RESULT : 0);
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
    out->has_baseline = number_of(record_text(r, "baseline"), &out->baseline);
}

// ---- what is worked out -----------------------------------------------------------------------------------

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

struct result_total result_total_until(const struct result_line *line, size_t at, bool *used)
{
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
        bool same = number_of(record_text(out, numbers[i].field), &kept) && kept == numbers[i].number;
        if (!numbers[i].known) {
            record_clear(out, numbers[i].field);
        } else if (!same) {
            record_set_text(out, numbers[i].field, decimal_short(a, numbers[i].number));
        }
    }
}

void result_whole_of_parts(struct arena *a, enum result_unit unit, const struct result_part *parts, size_t n,
                           struct record *o)
{
    const struct result_figure none = {0};
    struct result_cut *cuts = ARENA_ARRAY(a, struct result_cut, n + 1);
    bool empty = !record_is_set(o, "value") && !record_is_set(o, "numerator") &&
                 !record_is_set(o, "denominator");
    bool said = false; // by a part of the first cut, in the numbers of this unit
    for (size_t i = 0; i < n && !said; i++) {
        said = strcmp(parts[i].keys, parts[0].keys) == 0 &&
               ((unit == UNIT_COUNT && parts[i].has_value) || (result_is_share(unit) && parts[i].has_fraction));
    }
    if (!empty || !said || result_cuts_of(parts, n, &none, cuts) == 0 || cuts[0].too_large) {
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
    struct result_part *sums = NULL;
    size_t at = 0, cap = 0;
    bool fits = true;
    *n = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_value *v = &line->values[i];
        for (size_t k = 0; v->used && k < v->n_parts; k++) {
            const struct result_part *p = &v->parts[k];
            if (!result_same_text(p->keys, keys)) {
                continue;
            }
            at = result_find_again(sums, sizeof *sums, *n, at, p->split);
            if (at == *n) {
                sums = arena_room(a, sums, sizeof *sums, *n, &cap);
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
