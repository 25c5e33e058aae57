// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_table.c: see logframe_table.h. Loading is in logframe_table_store.c, comparing in
// logframe_compare.c.

#include "logframe/logframe_table.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/sort.h"
#include "logframe/logframe_order.h"
#include "result/result.h"
#include "result/result_lines.h"
#include "result/result_words.h"

struct making {
    struct arena *arena;
    const struct record **results;
    size_t n;
    bool *placed;
    struct record *const *indicators;
    size_t n_indicators;
    struct record *const *targets;
    size_t n_targets;
    struct logframe *out;
};

static int by_level_then_place(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    int order = (int)logframe_level_of(a) - (int)logframe_level_of(b);
    return order != 0 ? order : logframe_order(a, b);
}

static int by_place(const void *x, const void *y)
{
    return logframe_order(((const struct logframe_measure *)x)->record, ((const struct logframe_measure *)y)->record);
}

static int by_day(const void *x, const void *y)
{
    const struct record *a = *(const struct record *const *)x;
    const struct record *b = *(const struct record *const *)y;
    int order = strcmp(record_text(a, "due_on"), record_text(b, "due_on"));
    return order != 0 ? order : strcmp(a->id, b->id);
}

static void targets_of(const struct making *m, struct logframe_measure *out)
{
    const struct record **list = ARENA_ARRAY(m->arena, const struct record *, m->n_targets + 1);
    for (size_t i = 0; i < m->n_targets; i++) {
        const struct record *t = m->targets[i];
        if (strcmp(record_text(t, "indicator_id"), out->record->id) == 0 &&
            record_int(t, "replaced") == 0) {
            list[out->n_targets++] = t;
        }
    }
    sort_items(list, out->n_targets, sizeof *list, by_day);
    out->targets = list;
}

static bool is_in_table(const struct making *m, const char *result_id)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->results[i]->id, result_id) == 0) {
            return true;
        }
    }
    return false;
}

// Indicators in use of a result; result NULL: of none that is in the table.
static void measures_of(const struct making *m, const struct record *result,
                        struct logframe_row *row)
{
    struct logframe_measure *list =
        ARENA_ARRAY(m->arena, struct logframe_measure, m->n_indicators + 1);
    for (size_t i = 0; i < m->n_indicators; i++) {
        const struct record *k = m->indicators[i];
        const char *of = record_text(k, "result_id");
        bool its = result == NULL ? !is_in_table(m, of) : strcmp(of, result->id) == 0;
        if (!its || strcmp(record_text(k, "state"), "active") != 0 ||
            strcmp(record_text(k, "programme_id"), m->out->programme->id) != 0) {
            continue;
        }
        struct result_line line;
        result_line_begin(m->arena, k, &line);
        list[row->n_measures] = (struct logframe_measure){.record = k,
                                                          .unit = line.rule.unit,
                                                          .has_baseline = line.has_baseline,
                                                          .baseline = line.baseline};
        targets_of(m, &list[row->n_measures++]);
    }
    sort_items(list, row->n_measures, sizeof *list, by_place);
    row->measures = list;
}

static bool serves(const struct record *r, const struct record *other)
{
    return strcmp(record_text(r, "parent_id"), other->id) == 0;
}

// A result and all below it. A circle ends where it began, since nothing is placed twice.
static void place(struct making *m, size_t at, int depth)
{
    struct logframe_row *row = &m->out->rows[m->out->n_rows++];
    m->placed[at] = true;
    *row = (struct logframe_row){.result = m->results[at],
                                 .level = logframe_level_of(m->results[at]),
                                 .depth = depth};
    measures_of(m, row->result, row);
    for (size_t i = 0; i < m->n; i++) {
        if (!m->placed[i] && serves(m->results[i], m->results[at])) {
            place(m, i, depth + 1);
        }
    }
}

static bool is_root(const struct making *m, size_t at)
{
    for (size_t i = 0; i < m->n; i++) {
        if (i != at && serves(m->results[at], m->results[i])) {
            return false;
        }
    }
    return true;
}

void logframe_make(struct arena *a, const struct record *programme, struct record *const *results,
                   size_t n_results, struct record *const *indicators, size_t n_indicators,
                   struct record *const *targets, size_t n_targets, struct logframe *out)
{
    *out = (struct logframe){.programme = programme};
    out->rows = ARENA_ARRAY(a, struct logframe_row, n_results + 2);
    struct making m = {.arena = a,
                       .results = ARENA_ARRAY(a, const struct record *, n_results + 1),
                       .placed = ARENA_ARRAY(a, bool, n_results + 1),
                       .indicators = indicators,
                       .n_indicators = n_indicators,
                       .targets = targets,
                       .n_targets = n_targets,
                       .out = out};
    for (size_t i = 0; i < n_results; i++) {
        if (strcmp(record_text(results[i], "programme_id"), programme->id) == 0) {
            m.results[m.n++] = results[i];
        }
    }
    sort_items(m.results, m.n, sizeof *m.results, by_level_then_place);
    for (size_t i = 0; i < m.n; i++) {
        if (is_root(&m, i)) {
            place(&m, i, 0);
        }
    }
    for (size_t i = 0; i < m.n; i++) { // what only serves itself, in a circle
        if (!m.placed[i]) {
            place(&m, i, 0);
        }
    }
    struct logframe_row *loose = &out->rows[out->n_rows];
    *loose = (struct logframe_row){.level = LEVEL_OUTPUT};
    measures_of(&m, NULL, loose);
    out->n_rows += loose->n_measures > 0;
}

enum err logframe_as_of(const char *text, const char *field, const char **as_of,
                        struct err_info *e)
{
    *as_of = text == NULL || text[0] == '\0' ? NULL : text;
    if (*as_of == NULL || date_is_valid(text) || time_is_valid(text)) {
        return ERR_NONE;
    }
    return err_set(e, ERR_INPUT, field, MSG("“{0}” is no day and no moment."),
                   MSG("Write 2026-11-22 for the end of that day, or 2026-11-22T10:00:00Z."), text,
                   NULL);
}

// ---- words --------------------------------------------------------------------------------------

const char *logframe_as_of_words(struct arena *a, const struct lang *lang, const char *as_of)
{
    if (as_of == NULL || as_of[0] == '\0') {
        return tr(lang, MSG("now"));
    }
    const char *day = date_for_people(a, lang, arena_copy_n(a, as_of, 10));
    return strlen(as_of) == 10
               ? day
               : tr_f(a, lang, MSG("{0}, {1} UTC"), day, arena_copy_n(a, as_of + 11, 5), NULL);
}

const char *logframe_baseline_words(struct arena *a, const struct lang *lang,
                                    const struct logframe_measure *m)
{
    const char *on = record_text(m->record, "baseline_on");
    if (!m->has_baseline) {
        return record_text(m->record, "baseline_note");
    }
    const char *number = result_number(a, lang, m->unit, m->baseline);
    return on[0] == '\0' ? number
                         : tr_f(a, lang, MSG("{0} ({1})"), number, date_for_people(a, lang, on),
                                NULL);
}

const char *logframe_target_words(struct arena *a, const struct lang *lang,
                                  const struct logframe_measure *m, const struct record *target)
{
    int64_t value;
    bool known = decimal_parse(record_text(target, "value"), &value);
    return tr_f(a, lang, MSG("{0} by {1}"),
                known ? result_number(a, lang, m->unit, value) : "–",
                date_for_people(a, lang, record_text(target, "due_on")), NULL);
}

const char *logframe_frequency(const struct lang *lang, const struct logframe_measure *m)
{
    return tr(lang, field_choice_label(entity_field(&entity_indicator, "frequency"),
                                       record_text(m->record, "frequency")));
}

const char *logframe_lacks_baseline(const struct logframe_measure *m)
{
    bool needs = m->unit != UNIT_TEXT && !m->has_baseline &&
                 !record_is_set(m->record, "baseline_note");
    return needs ? MSG("No baseline") : NULL;
}

const char *logframe_lacks_target(const struct logframe_measure *m)
{
    bool needs = m->unit != UNIT_TEXT && m->n_targets == 0 &&
                 strcmp(record_text(m->record, "direction"), "neither") != 0;
    return needs ? MSG("No target") : NULL;
}
