// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_results.c: results of a programme with their indicators, targets and values, as IATI wants them.
//
// A value is written when somebody approved it, or when unapproved ones are asked for; its parts only when they
// are asked for. A target stands in the period that ends on its day. What adds up over periods is never set beside
// the value of one period: such a target has a period of its own, from the first day of the programme, with the
// sum of what was written up to its day (docs/exchange.md).

#include <stdarg.h>
#include <string.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "base/msg.h"
#include "base/sort.h"
#include "exchange/iati/iati_parts.h"
#include "exchange/observation/parts.h"
#include "result/result.h"
#include "store/store.h"

void iati_note(struct iati_work *w, const char *text, ...)
{
    const char *args[ERR_ARGS];
    int n = 0;
    va_list list;
    va_start(list, text);
    while (n < ERR_ARGS && (args[n] = va_arg(list, const char *)) != NULL) {
        n++;
    }
    va_end(list);
    buf_printf(w->notes, "%s: %s\n", record_text(w->programme, "number"),
               tr_args(w->arena, w->o->lang, text, args, n));
}

void iati_narrative(struct xml_out *x, const char *name, const char *text)
{
    xml_open(x, name);
    xml_element(x, "narrative", text);
    xml_close(x);
}

void iati_date(struct xml_out *x, const char *name, const char *date)
{
    xml_open(x, name);
    xml_put(x, "iso-date", date);
    xml_close(x);
}

// ---- periods of one indicator -----------------------------------------------------------------------

struct period {
    const char *from;
    const char *to;
    const char *place; // country; "": the whole programme
    const struct result_target *target; // or NULL
    const struct result_value *value;   // or NULL
};

static int by_end(const void *x, const void *y)
{
    const struct period *a = x;
    const struct period *b = y;
    int order = strcmp(a->to, b->to);
    if (order == 0) {
        order = strcmp(a->from, b->from);
    }
    if (order == 0) {
        order = strcmp(a->place, b->place);
    }
    if (order == 0) {
        order = (a->value != NULL) - (b->value != NULL);
    }
    return order;
}

static bool adds_up(const struct result_line *line)
{
    return result_rule_of(line->rule.unit, line->rule.over) == OVER_CUMULATIVE;
}

static struct period *period_for(struct period *periods, size_t n, const struct result_line *line,
                                 const struct result_target *t, const char *from)
{
    for (size_t i = n; i-- > 0;) {
        struct period *p = &periods[i];
        if (p->target == NULL && p->place[0] == '\0' && strcmp(p->to, t->due_on) == 0 &&
            (strcmp(p->from, from) == 0 || !adds_up(line))) {
            return p;
        }
    }
    return NULL;
}

static size_t make_periods(struct iati_work *w, const struct result_line *line,
                           struct period *periods)
{
    size_t n = 0;
    size_t left_out = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_entry *entry = &line->entries[i];
        if (value_is_written(line, i, w->o->unapproved)) {
            periods[n++] = (struct period){entry->from, entry->to, entry->place, NULL, &line->values[i]};
        } else if (entry->state != STATE_RETURNED) {
            left_out++;
        }
    }
    if (left_out > 0) {
        iati_note(w,
                  left_out == 1 ? MSG("{0}: one value is left out because nobody has approved it.")
                                : MSG("{0}: {1} values are left out because nobody has approved "
                                      "them."),
                  record_code(line->record), decimal_int_text(w->arena, (int64_t)left_out), NULL);
    }
    for (size_t i = 0; i < line->n_targets; i++) {
        const struct result_target *t = &line->targets[i];
        const char *from = record_text(w->programme, "starts_on");
        from = strcmp(from, t->due_on) > 0 ? t->due_on : from;
        if (t->replaced) {
            continue;
        }
        struct period *p = period_for(periods, n, line, t, from);
        if (p != NULL) {
            p->target = t;
        } else {
            periods[n++] = (struct period){from, t->due_on, "", t, NULL};
        }
    }
    sort_items(periods, n, sizeof *periods, by_end);
    return n;
}

// ---- figures ------------------------------------------------------------------------------------------

static void put_dimension(struct iati_work *w, const char *name, const char *value)
{
    xml_open(w->x, "dimension");
    xml_put(w->x, "name", name);
    xml_put(w->x, "value", value);
    xml_close(w->x);
}

static void put_country(struct iati_work *w, const struct period *p)
{
    if (p->place[0] != '\0') {
        put_dimension(w, "country", p->place);
    }
}

static void put_parts(struct iati_work *w, const struct result_value *v, const struct period *p)
{
    struct part *parts;
    size_t n = parts_of(w->arena, v, &parts);
    for (size_t i = 0; i < n; i++) {
        xml_open(w->x, "actual");
        xml_put(w->x, "value", decimal_short(w->arena, parts[i].scaled));
        put_country(w, p);
        for (size_t k = 0; k < parts[i].split.n; k++) {
            put_dimension(w, parts[i].split.pairs[k].key, parts[i].split.pairs[k].value);
        }
        xml_close(w->x);
    }
}

static void put_value(struct iati_work *w, const struct result_line *line, const struct period *p)
{
    const struct result_value *v = p->value;
    xml_open(w->x, "actual");
    if (line->rule.unit != UNIT_TEXT) {
        xml_put(w->x, "value", decimal_short(w->arena, v->figure.scaled));
    }
    put_country(w, p);
    if (line->rule.unit == UNIT_TEXT) {
        if (record_is_set(v->record, "note")) {
            iati_narrative(w->x, "comment", record_text(v->record, "note"));
        }
    }
    xml_close(w->x);
    if (w->o->parts) {
        put_parts(w, v, p);
    }
}

// The sum of what was written up to the day of a target.
static struct result_figure sum_of(struct iati_work *w, const struct result_line *line,
                                   const char *to)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES); // each target asks again for all values
    struct result_entry *used = ARENA_ARRAY(scratch, struct result_entry, line->n_values + 1);
    size_t n = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        if (value_is_written(line, i, w->o->unapproved) &&
            strcmp(line->entries[i].to, to) <= 0) {
            used[n++] = line->entries[i];
        }
    }
    result_sort(used, n);
    bool *in_total = ARENA_ARRAY(scratch, bool, n + 1);
    result_used(&line->rule, used, n, in_total);
    struct result_total total = result_total_of(&line->rule, used, n, in_total);
    arena_free(scratch);
    return n > 0 && !total.has_least ? total.figure : (struct result_figure){0};
}

static void put_number(struct iati_work *w, const char *element, int64_t scaled)
{
    xml_open(w->x, element);
    xml_put(w->x, "value", decimal_short(w->arena, scaled));
    xml_close(w->x);
}

// What is ours stands at the period: the schema allows no other attributes at targets and values.
static void put_period(struct iati_work *w, const struct result_line *line, const struct period *p)
{
    struct result_figure sum = {0};
    if (p->value == NULL && adds_up(line)) {
        sum = sum_of(w, line, p->to);
    }
    xml_open(w->x, "period");
    if (p->value != NULL && p->value->figure.is_fraction) {
        xml_put(w->x, "mainstay:part", decimal_short(w->arena, p->value->figure.part));
        xml_put(w->x, "mainstay:whole", decimal_short(w->arena, p->value->figure.whole));
    }
    xml_put(w->x, "mainstay:worked-out", sum.known ? "1" : NULL);
    iati_date(w->x, "period-start", p->from);
    iati_date(w->x, "period-end", p->to);
    if (p->target != NULL) {
        put_number(w, "target", p->target->value);
    }
    if (p->value != NULL) {
        put_value(w, line, p);
    } else if (sum.known) {
        put_number(w, "actual", sum.scaled);
    }
    xml_close(w->x);
}

// ---- indicators -----------------------------------------------------------------------------------------

static void put_baseline(struct iati_work *w, const struct result_line *line)
{
    const char *on = record_text(line->record, "baseline_on");
    if (!line->has_baseline) {
        return;
    }
    if (on[0] == '\0') {
        iati_note(w, MSG("{0}: the baseline is left out because it has no date."),
                  record_code(line->record), NULL);
        return;
    }
    xml_open(w->x, "baseline");
    xml_put(w->x, "year", arena_copy_n(w->arena, on, 4));
    xml_put(w->x, "iso-date", on);
    xml_put(w->x, "value", decimal_short(w->arena, line->baseline));
    xml_close(w->x);
}

// "sex age" of a list of codes, " sex age "; NULL without any.
static const char *codes_of(const struct iati_work *w, const struct record *r, const char *field)
{
    const char *codes = record_text(r, field);
    size_t len = strlen(codes);
    return len < 3 ? NULL : arena_copy_n(w->arena, codes + 1, len - 2);
}

static void put_indicator(struct iati_work *w, const struct result_line *line)
{
    const struct record *r = line->record;
    struct period *periods =
        ARENA_ARRAY(w->arena, struct period, line->n_values + line->n_targets + 1);
    xml_open(w->x, "indicator");
    xml_put(w->x, "measure", iati_code(IATI_UNIT, record_text(r, "unit")));
    xml_put(w->x, "ascending",
            line->direction == BETTER_NEITHER ? NULL : line->direction == BETTER_MORE ? "1" : "0");
    xml_put(w->x, "aggregation-status", adds_up(line) ? "1" : "0");
    xml_put(w->x, "mainstay:unit", record_text(r, "unit"));
    xml_put(w->x, "mainstay:over", record_text(r, "accumulation"));
    xml_put(w->x, "mainstay:split", codes_of(w, r, "disaggregation"));
    xml_put(w->x, "mainstay:again", codes_of(w, r, "repeats"));
    xml_put(w->x, "mainstay:each-country", line->per_country ? "1" : NULL);
    xml_put(w->x, "mainstay:how-often",
            record_is_set(r, "frequency") ? record_text(r, "frequency") : NULL);
    xml_put(w->x, "mainstay:state",
            strcmp(record_text(r, "state"), "active") == 0 ? NULL : record_text(r, "state"));
    iati_narrative(w->x, "title", record_text(r, "title"));
    if (record_is_set(r, "definition")) {
        iati_narrative(w->x, "description", record_text(r, "definition"));
    }
    xml_open(w->x, "reference");
    xml_put(w->x, "vocabulary", "99");
    xml_put(w->x, "code", record_text(r, "code"));
    xml_close(w->x);
    put_baseline(w, line);
    size_t n = make_periods(w, line, periods);
    for (size_t i = 0; i < n; i++) {
        put_period(w, line, &periods[i]);
    }
    xml_close(w->x);
}

// ---- results --------------------------------------------------------------------------------------------

static int level_of(const struct record *r)
{
    return result_code_at(&entity_result, "level", record_text(r, "level"));
}

// Goal, outcomes, outputs; 2 before 10.
static int by_level(const void *x, const void *y)
{
    const struct record *a = *(struct record *const *)x;
    const struct record *b = *(struct record *const *)y;
    const char *code_a = record_text(a, "code");
    const char *code_b = record_text(b, "code");
    int order = level_of(a) - level_of(b);
    if (order == 0) {
        order = (int)strlen(code_a) - (int)strlen(code_b);
    }
    if (order == 0) {
        order = strcmp(code_a, code_b);
    }
    return order != 0 ? order : strcmp(record_text(a, "statement"), record_text(b, "statement"));
}

static bool is_under(const struct result_line *line, const struct record *result)
{
    return strcmp(record_text(line->record, "result_id"), result == NULL ? "" : result->id) == 0;
}

// result NULL: indicators that are tied to none.
static void put_result(struct iati_work *w, const struct record *result, const char *serves,
                       const struct result_lines *lines)
{
    size_t n = 0;
    bool all_add_up = true;
    for (size_t i = 0; i < lines->n; i++) {
        if (is_under(&lines->items[i], result)) {
            n++;
            all_add_up = all_add_up && adds_up(&lines->items[i]);
        }
    }
    if (n == 0) {
        if (result != NULL) {
            iati_note(w, MSG("The result {0} is left out because it has no indicator."),
                      record_text(result, "code"), NULL);
        }
        return;
    }
    xml_open(w->x, "result");
    xml_put(w->x, "type",
            result == NULL ? "9" : iati_code(IATI_LEVEL, record_text(result, "level")));
    xml_put(w->x, "aggregation-status", all_add_up ? "1" : "0");
    xml_put(w->x, "mainstay:code", result == NULL ? NULL : record_text(result, "code"));
    xml_put(w->x, "mainstay:serves", serves);
    iati_narrative(w->x, "title",
                   result == NULL ? tr(w->o->lang, MSG("The programme as a whole"))
                                  : record_text(result, "statement"));
    for (size_t i = 0; i < lines->n; i++) {
        if (is_under(&lines->items[i], result)) {
            put_indicator(w, &lines->items[i]);
        }
    }
    xml_close(w->x);
}

static bool has_indicator(const struct result_lines *lines, const struct record *result)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (is_under(&lines->items[i], result)) {
            return true;
        }
    }
    return false;
}

// Of a result that is in the file; NULL for others.
static const char *code_of(struct record *const *results, size_t n, const struct result_lines *lines,
                           const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(results[i]->id, id) == 0 && has_indicator(lines, results[i])) {
            return record_text(results[i], "code");
        }
    }
    return NULL;
}

enum err iati_results(struct iati_work *w, struct err_info *e)
{
    struct record **results;
    struct result_lines lines;
    size_t n;
    enum err err = store_list_by(w->db, w->arena, &entity_result, "programme_id", w->programme->id,
                                 &results, &n, e);
    if (err == ERR_NONE) {
        const struct result_ask ask = {.programme_id = w->programme->id, .today = w->today, .parts = w->o->parts,
                                       .records = RECORDS_OF_WORDS};
        err = result_lines_load(w->db, w->arena, &ask, &lines, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    sort_items(results, n, sizeof *results, by_level);
    for (size_t i = 0; i < n; i++) {
        put_result(w, results[i], code_of(results, n, &lines, record_text(results[i], "parent_id")), &lines);
    }
    put_result(w, NULL, NULL, &lines);
    return ERR_NONE;
}
