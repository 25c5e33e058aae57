// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_check.c: notices about indicators: what is missing, silent, doubtful or late. The rules are
// listed in docs/indicators.md.

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/order.h"
#include "base/sort.h"
#include "model/check.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "result/result.h"
#include "result/result_below.h"
#include "result/result_library.h"
#include "result/result_lines.h"
#include "result/result_reporting.h"
#include "result/result_screening_load.h"
#include "result/result_sisters.h"
#include "result/result_words.h"
#include "store/store.h"

#define DAYS_OF_SILENCE 365

struct look {
    struct notice_list *out;
    const struct record *programme;
    const struct result_line *line;
    const char *today;
};

// entry NULL: about the indicator. mend is a text of the catalogue.
static void tell(const struct look *l, const struct result_entry *entry, const char *rule,
                 const char *severity, const char *message, const char *mend)
{
    struct arena *a = l->out->arena;
    const struct record *k = l->line->record;
    const char *code = record_text(k, "code");
    const struct notice n = {
        .check = "indicator",
        .rule = rule,
        .about_kind = entry != NULL ? entity_observation.kind : k->entity->kind,
        .about_id = entry != NULL ? arena_copy(a, entry->id) : k->id,
        .programme = record_text(l->programme, "number"),
        .where = entry != NULL
                     ? arena_printf(a, "%s, %s", code, result_period(a, notice_lang(l->out), entry->from, entry->to))
                     : arena_printf(a, "%s %s", code, record_text(k, "title")),
        .severity = severity,
        .message = message,
        .mend = notice_say(l->out, mend, NULL),
    };
    notice_add(l->out, &n);
}

static const char *number(const struct look *l, int64_t scaled)
{
    return result_number(l->out->arena, notice_lang(l->out), l->line->rule.unit, scaled);
}

// Saved before counts had to be whole, or when the indicator had another unit.
static bool is_broken_count(const struct look *l, const struct result_value *v)
{
    bool broken = v->figure.known && v->figure.scaled % DECIMAL_ONE != 0;
    for (size_t i = 0; i < v->n_parts; i++) {
        broken = broken || (v->parts[i].has_value && v->parts[i].value % DECIMAL_ONE != 0);
    }
    return broken && l->line->rule.unit == UNIT_COUNT;
}

static void look_at_value(const struct look *l, const struct result_entry *o, const struct result_value *v)
{
    const char *starts = record_text(l->programme, "starts_on");
    const char *ends = record_text(l->programme, "ends_on");
    for (size_t i = 0; i < v->n_cuts; i++) {
        if (v->cuts[i].differs) { // without the figures, which only those who work with the values see
            tell(l, o, "parts", "medium",
                 notice_say(l->out, MSG("The parts do not come to the whole. ({0})"),
                            split_keys_words(l->out->arena, notice_lang(l->out), v->cuts[i].keys), NULL),
                 MSG("Look at the lists again. If it has to stay, say why in the note."));
        }
    }
    if (is_broken_count(l, v)) {
        tell(l, o, "whole", "high",
             notice_say(l->out, MSG("It is a count, and the value or a part of it is no whole number."), NULL),
             MSG("Look at the lists again and correct it, or choose another unit for the indicator."));
    }
    if (l->line->rule.unit == UNIT_PERCENTAGE && v->figure.known &&
        v->figure.scaled > 100 * DECIMAL_ONE) {
        tell(l, o, "percent", "high",
             notice_say(l->out, MSG("The percentage is {0}, more than 100."),
                        number(l, v->figure.scaled), NULL),
             MSG("Check part and whole: the part belongs to the whole."));
    }
    if ((starts[0] != '\0' && strcmp(o->from, starts) < 0) ||
        (ends[0] != '\0' && strcmp(o->to, ends) > 0)) {
        tell(l, o, "period", "low",
             notice_say(l->out, MSG("The period lies outside the programme ({0} to {1})."), starts,
                        ends, NULL),
             MSG("Check the dates of the value, and those of the programme."));
    }
}

static void look_at_below(const struct look *l)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    const struct result_line *line = l->line;
    size_t n_countries = (size_t)codes_count(record_text(l->programme, "countries"));
    bool by_place = false;
    for (size_t i = 0; i < line->n_values; i++) {
        by_place = by_place || line->entries[i].place[0] != '\0';
    }
    for (size_t i = 0; by_place && i < line->n_values; i++) {
        const struct result_below below =
            result_below_of(scratch, &line->rule, line->entries, line->n_values, i, n_countries);
        if (below.contradicts) {
            tell(l, &line->entries[i], "countries", "medium",
                 result_below_words(l->out->arena, notice_lang(l->out), &below),
                 MSG("Both cannot be true: look at the values again. If it has to stay, say why in the note."));
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
}

static void look_at_silence(const struct look *l)
{
    const struct result_line *line = l->line;
    const char *newest = "";
    for (size_t i = 0; i < line->n_values; i++) {
        newest = strcmp(line->entries[i].to, newest) > 0 ? line->entries[i].to : newest;
    }
    bool is_running = strcmp(record_text(l->programme, "state"), "running") == 0;
    const char *since = newest[0] != '\0' ? newest : record_text(l->programme, "starts_on");
    if (!is_running || since[0] == '\0' || date_days_between(since, l->today) <= DAYS_OF_SILENCE) {
        return;
    }
    tell(l, NULL, "silent", "medium",
         newest[0] == '\0'
             ? notice_say(l->out, MSG("There is no value, and the programme began more than 12 "
                                      "months ago."),
                          NULL)
             : notice_say(l->out, MSG("The newest value ends on {0}, more than 12 months ago."),
                          newest, NULL),
         MSG("Enter a value, or retire the indicator if nobody needs it any more."));
}

static void look_at_reporting(const struct look *l)
{
    struct arena *a = l->out->arena;
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    const struct result_expect x = result_expect_of(scratch, l->line, l->programme, l->today);
    struct result_reporting reporting;
    size_t late = 0;
    result_reporting_of(scratch, &x, l->line->entries, l->line->n_values, &reporting);
    for (size_t i = 0; i < reporting.n_gaps; i++) {
        late += reporting.gaps[i].late;
    }
    if (late == 0) {
        arena_free(scratch);
        return;
    }
    const struct result_gap *first = reporting.gaps; // the oldest, so it is late
    const char *place = first->place[0] == '\0' ? "" : tr(notice_lang(l->out), country_name(first->place));
    tell(l, NULL, "late", "medium",
         notice_say(l->out, MSG("{0} of {1} expected values are late. The oldest: {2}{3}."),
                    arena_printf(a, "%zu", late), arena_printf(a, "%zu", reporting.n_expected),
                    result_period(a, notice_lang(l->out), first->span.from, first->span.to),
                    place[0] == '\0' ? "" : arena_printf(a, ", %s", place), NULL),
         MSG("Enter them, or change how often the indicator is collected."));
    arena_free(scratch);
}

static void look_at_line(const struct look *l)
{
    const struct result_line *line = l->line;
    bool is_text = line->rule.unit == UNIT_TEXT;
    if (!is_text && !line->has_baseline && !record_is_set(line->record, "baseline_note")) {
        tell(l, NULL, "baseline", "medium",
             notice_say(l->out, MSG("There is no baseline."), NULL),
             MSG("Say where things stood before the work, or in its note why nobody knows."));
    }
    if (!is_text && line->direction != BETTER_NEITHER && line->target == NULL) {
        tell(l, NULL, "target", "medium", notice_say(l->out, MSG("There is no target."), NULL),
             MSG("Set a value and a day, or choose that neither more nor less is better."));
    }
    look_at_silence(l);
    look_at_reporting(l);
    look_at_below(l);
    if (line->total.overlap) {
        tell(l, NULL, "overlap", "medium",
             notice_say(l->out, MSG("Two periods that are added up have a day in common."), NULL),
             MSG("Check the dates; otherwise something may be counted twice."));
    }
    if (line->target != NULL && strcmp(line->target->due_on, l->today) < 0 &&
        line->direction != BETTER_NEITHER && line->progress.standing != STANDING_REACHED) {
        tell(l, NULL, "due", "high",
             notice_say(l->out, MSG("The target of {0} was due on {1}; the value is {2}."),
                        number(l, line->target->value), line->target->due_on,
                        line->total.figure.known
                            ? result_total_words(l->out->arena, notice_lang(l->out), line->rule.unit,
                                                 &line->total)
                            : notice_say(l->out, MSG("not known"), NULL),
                        NULL),
             MSG("Say why in a note, and set a new target with its reason."));
    }
}

// ---- is it a good indicator ---------------------------------------------------------------------

static void look_at_screening(const struct look *l, struct record *const *screenings, size_t n)
{
    const struct record *newest = screening_of(screenings, n, l->line->record->id);
    if (newest == NULL) {
        tell(l, NULL, "screening", "low",
             notice_say(l->out, MSG("Nobody has screened this indicator."), NULL),
             MSG("Answer the eleven questions of RIGHTS and SMART on its page."));
    } else if (screening_verdict_of(newest) == SCREENING_FAILS) {
        tell(l, NULL, "screening", "medium",
             notice_say(l->out, MSG("The screening says that it fails {0}."),
                        screening_letters(l->out->arena, newest, "no"), NULL),
             MSG("Mend it and screen it again, or choose another."));
    }
}

static void look_at_sisters(const struct look *l, struct record *const *indicators, size_t n)
{
    static const char *const splits[SPLITS] = {
        MSG("{0} under the same result is split by sex, this one is not."),
        MSG("{0} under the same result is split by age, this one is not.")};
    const char *by[SPLITS];
    unsigned missing = sisters_missing(l->out->arena, indicators, n, l->line->record, by);
    for (int bit = 0; bit < SPLITS; bit++) {
        if ((missing >> bit & 1) != 0) {
            tell(l, NULL, "split", "low",
                 notice_say(l->out, splits[bit], by[bit], NULL),
                 MSG("Add the split, or say in the indicator why it is not split."));
        }
    }
}

static void look_at_library(const struct look *l)
{
    const struct pack_tool *tool = NULL;
    struct library_view view;
    const struct record *k = l->line->record;
    if (!record_is_set(k, "row")) {
        return;
    }
    const struct pack_row *row = library_row(record_text(k, "row"), &tool);
    library_compare(l->out->arena, &lang_en, tool, row, k, &view);
    if (view.moved) {
        tell(l, NULL, "library", "low",
             notice_say(l->out, MSG("The row of the library it came from says something else now."),
                        NULL),
             MSG("Look at the difference on its page, and follow it or take note of it."));
    }
}

// Notices of one indicator: from first to before end.
struct told {
    const struct record *indicator;
    size_t first, end;
};

// A programme that is looked at, with all its indicators.
struct looked_at {
    const struct record *programme;
    struct record **indicators;
    size_t n, cap;
};
struct looking {
    struct map programmes; // id -> struct looked_at
    struct record **screenings;
    size_t n_screenings;
    const char *today;
    struct notice_list *out;
    struct told *told;
    size_t n_told, cap_told;
};

static enum err look_at(void *context, const struct result_line *line, struct err_info *e)
{
    (void)e;
    struct looking *x = context;
    const struct looked_at *p = map_get(&x->programmes, record_text(line->record, "programme_id"));
    if (p == NULL || strcmp(record_text(line->record, "state"), "active") != 0) {
        return ERR_NONE;
    }
    const struct look l = {x->out, p->programme, line, x->today};
    struct told told = {.indicator = line->record, .first = x->out->n};
    look_at_line(&l);
    look_at_screening(&l, x->screenings, x->n_screenings);
    look_at_sisters(&l, p->indicators, p->n);
    look_at_library(&l);
    for (size_t k = 0; k < line->n_values; k++) {
        look_at_value(&l, &line->entries[k], &line->values[k]);
    }
    told.end = x->out->n;
    x->told = arena_room(x->out->arena, x->told, sizeof *x->told, x->n_told, &x->cap_told);
    x->told[x->n_told++] = told;
    return ERR_NONE;
}

// Programmes and, among each, its indicators. Two statements.
static enum err load_programmes(struct db_read *db, const char *programme_id, struct looking *x, struct err_info *e)
{
    struct arena *a = x->out->arena;
    struct record **programmes, **indicators;
    size_t n, n_indicators = 0;
    const struct store_filter one = {.field = "id", .op = STORE_EQUAL, .text = programme_id};
    const struct store_filter its = {.field = "programme_id", .op = STORE_EQUAL, .text = programme_id};
    const struct store_query q = {.filters = &one, .n_filters = programme_id != NULL};
    const struct store_query of = {.filters = &its, .n_filters = programme_id != NULL};
    map_init(&x->programmes, a);
    enum err err = store_list(db, a, model_find("programme"), &q, &programmes, &n, e);
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_indicator, &of, &indicators, &n_indicators, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct looked_at *p = ARENA_MAKE(a, struct looked_at);
        p->programme = programmes[i];
        *map_at(&x->programmes, programmes[i]->id) = p;
    }
    for (size_t i = 0; err == ERR_NONE && i < n_indicators; i++) {
        struct looked_at *p = map_get(&x->programmes, record_text(indicators[i], "programme_id"));
        if (p != NULL) {
            p->indicators = arena_room(a, p->indicators, sizeof *p->indicators, p->n, &p->cap);
            p->indicators[p->n++] = indicators[i];
        }
    }
    return err;
}

static int by_code(const void *x, const void *y)
{
    const struct record *a = ((const struct told *)x)->indicator, *b = ((const struct told *)y)->indicator;
    int order = code_order(record_text(a, "code"), record_text(b, "code"));
    return order != 0 ? order : strcmp(a->id, b->id);
}

// Indicators were looked at in the order of their ids; people look for codes. first: of the notices of this check.
static void sort(struct looking *x, size_t first)
{
    struct notice_list *out = x->out;
    size_t n = 0;
    if (x->n_told < 2) {
        return;
    }
    struct notice *sorted = ARENA_ARRAY(out->arena, struct notice, out->n - first + 1);
    sort_items(x->told, x->n_told, sizeof *x->told, by_code);
    for (size_t i = 0; i < x->n_told; i++) {
        for (size_t k = x->told[i].first; k < x->told[i].end; k++) {
            sorted[n++] = out->items[k];
        }
    }
    if (n > 0) {
        memcpy(out->items + first, sorted, n * sizeof *sorted);
    }
}

static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    char today[11];
    struct looking x = {.out = out, .today = today};
    const size_t first = out->n;
    bool one = programme_id != NULL;
    clock_today(today);
    enum err err = load_programmes(db, programme_id, &x, e);
    if (err == ERR_NONE) {
        err = screenings_load(db, out->arena, programme_id, &x.screenings, &x.n_screenings, e);
    }
    if (err == ERR_NONE) {
        err = result_lines_each(db, out->arena, one ? &programme_id : out->programmes, one ? 1 : out->n_programmes,
                                today, look_at, &x, e);
    }
    sort(&x, first);
    return err;
}

const struct check check_indicator = {
    .name = "indicator",
    .label = MSG("Indicators"),
    .about = MSG("Indicators that are incomplete, silent, doubtful or behind their target"),
    .run = run,
};
