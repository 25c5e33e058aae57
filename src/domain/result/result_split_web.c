// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_split_web.c: see result_split_web.h.

#include "result/result_split_web.h"

#include "base/decimal.h"
#include "result/result.h"
#include "result/result_record.html.h"
#include "result/result_words.h"

// Parts of the values that are in the total; false when there are none, or they are too large.
static bool add_parts(const struct result_line *line, struct result_parts *sum, int64_t *whole)
{
    bool sums = result_rule_of(line->unit, line->accumulation) == OVER_CUMULATIVE;
    size_t n = 0;
    *sum = (struct result_parts){0};
    *whole = 0;
    for (size_t i = line->n_values; i > 0; i--) {
        const struct result_value *v = &line->values[i - 1];
        if (!v->figure.known || line->entries[i - 1].state == STATE_RETURNED) {
            continue;
        }
        if (!result_parts_add(sum, &v->parts)) {
            return false;
        }
        n += v->sums.n;
        if (!sums) {
            break;
        }
    }
    *whole = line->total.figure.scaled;
    return n > 0 && line->total.figure.known;
}

static const char *cell(struct req *r, bool set, int64_t value)
{
    return set ? result_plain(r->arena, value, DECIMAL_PLACES) : "–";
}

void result_fill_splits(struct req *r, const struct result_line *line, struct result_record_view *v)
{
    const struct field *sex_field = entity_field(&entity_observation_part, "sex");
    const struct field *age_field = entity_field(&entity_observation_part, "age");
    struct result_parts parts;
    int64_t whole;
    if (line->unit != UNIT_COUNT || !add_parts(line, &parts, &whole)) {
        return;
    }
    const struct result_sums sums = result_sums_of(&parts);
    v->splits = ARENA_ARRAY(r->arena, struct split_line, RESULT_AGES + 1);
    for (int sex = 0; sex < RESULT_SEXES; sex++) {
        v->split_heads[sex] = tr(r->lang, field_choice_label(sex_field, result_sex(sex)));
    }
    v->split_heads[RESULT_SEXES] = tr(r->lang, MSG("Total"));
    v->n_split_heads = RESULT_SEXES + 1;
    for (int age = 0; age <= RESULT_AGES; age++) {
        struct split_line *row = &v->splits[v->n_splits];
        bool is_total = age == RESULT_AGES;
        bool any = is_total;
        for (int sex = 0; sex < RESULT_SEXES; sex++) {
            row->cells[sex] = is_total ? cell(r, true, sums.by_sex[sex])
                                       : cell(r, parts.set[sex][age], parts.value[sex][age]);
            any = any || parts.set[sex][age];
        }
        row->label = is_total ? tr(r->lang, MSG("Total"))
                              : tr(r->lang, field_choice_label(age_field, result_age(age)));
        row->cells[RESULT_SEXES] = cell(r, true, is_total ? sums.total : sums.by_age[age]);
        v->n_splits += any;
    }
    v->split_rule = tr_f(r->arena, r->lang,
                         MSG("The parts of what is in the value are added up: {0}. The value is {1}; "
                             "the value less the parts is {2}."),
                         result_plain(r->arena, sums.total, DECIMAL_PLACES),
                         result_plain(r->arena, whole, DECIMAL_PLACES),
                         result_plain(r->arena, whole - sums.total, DECIMAL_PLACES), NULL);
}
