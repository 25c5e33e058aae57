// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_record_web.c: one indicator. The table of parts is in result_split_web.c, the chart in
// result_chart_web.c.

#include <string.h>

#include "base/date.h"
#include "base/map.h"
#include "format/svg/svg_write.h"
#include "html/record.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_below.h"
#include "result/result_chart_web.h"
#include "result/result_figure_web.h"
#include "result/result_narrow.h"
#include "result/result_parts_web.h"
#include "result/result_record.html.h"
#include "result/result_reporting.h"
#include "result/result_split_web.h"
#include "result/result_web.h"
#include "result/result_words.h"

#define LIMIT_CHART_BYTES 262144

struct loaded {
    struct result_line *line;
    const struct attach_beside *beside;
    struct record *result; // it measures, or NULL
};

static enum err load(struct req *r, struct loaded *l, struct err_info *e)
{
    enum err err = result_line_of_path(r, &l->line, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct record *k = l->line->record;
    err = attach_beside_load(r, "indicator", k->id, &l->beside, e);
    if (err == ERR_NONE && record_is_set(k, "result_id")) {
        err = store_get(r->db, r->arena, &entity_result, record_text(k, "result_id"), &l->result, e);
    }
    return err;
}

static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    const struct loaded *l = context;
    const char *name = NULL;
    (void)a;
    if (strcmp(f->ref, "user") == 0) {
        name = programme_person_name(l->beside->people, id);
    } else if (l->result != NULL && strcmp(id, l->result->id) == 0) {
        name = record_text(l->result, "code");
    }
    return (struct record_link){.label = name == NULL ? id : name};
}

// ---- figures ------------------------------------------------------------------------------------

static struct html_figure *figure_progress(struct req *r, const struct result_line *line)
{
    struct arena *a = r->arena;
    const struct result_progress *g = &line->progress;
    if (!g->has_percent) {
        return NULL;
    }
    const char *base = result_plain(a, line->baseline, 6);
    struct html_figure *f = ARENA_MAKE(a, struct html_figure);
    *f = (struct html_figure){
        .shown = arena_printf(a, "%s %%", result_plain(a, g->percent, 1)),
        .exact = arena_printf(a, "(%s − %s) / (%s − %s) × 100",
                              result_plain(a, result_judged(&line->total, line->direction).scaled, 6), base,
                              result_plain(a, line->target->value, 6), base),
        .means = tr(r->lang, MSG("The part of the way from the baseline to the target.")),
        .rule = g->has_expected
                    ? tr_f(a, r->lang,
                           MSG("A straight line from the baseline to the target gives {0} on {1}."),
                           result_number(a, r->lang, line->rule.unit, g->expected),
                           date_for_people(a, r->lang, line->total.to), NULL)
                    : NULL,
        .cut_off = date_for_people(a, r->lang, line->total.to),
        .state = result_state_words(r->lang, line->total.state),
        .records = "#values",
    };
    return f;
}

static const char *target_words(struct req *r, const struct result_line *line)
{
    return line->target == NULL
               ? NULL
               : tr_f(r->arena, r->lang, MSG("{0} by {1}"),
                      result_number(r->arena, r->lang, line->rule.unit, line->target->value),
                      date_for_people(r->arena, r->lang, line->target->due_on), NULL);
}

// ---- values -------------------------------------------------------------------------------------

static struct html_figure *figure_of_value(struct req *r, const struct result_line *line, size_t i)
{
    const struct result_value *v = &line->values[i];
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    const char *source = record_text(v->record, "source");
    *f = (struct html_figure){
        .shown = result_figure_words(r->arena, r->lang, line->rule.unit, &v->figure),
        .exact = result_fraction_words(r, line, &v->figure),
        .means = result_means_of(line),
        .period = result_period(r->arena, r->lang, line->entries[i].from, line->entries[i].to),
        .rule = v->figure.is_fraction ? tr(r->lang, MSG("Part divided by whole."))
                                      : tr(r->lang, MSG("As it was entered.")),
        .cut_off = date_for_people(r->arena, r->lang, line->entries[i].to),
        .state = result_state_words(r->lang, line->entries[i].state),
        .source = source[0] == '\0' ? NULL : source,
    };
    return f;
}

static void fill_steps(struct req *r, const struct result_line *line, size_t i, struct value_line *o)
{
    const char *base = arena_printf(r->arena, "%s/%s",
                                    result_indicator_address(r, line->record->id, "/values"),
                                    line->entries[i].id);
    enum result_state state = line->entries[i].state;
    enum verb needed = state == STATE_APPROVED ? MAY_APPROVE : MAY_WRITE;
    if (result_may(r, MAY_WRITE) && result_may(r, needed) && state != STATE_LOCKED) {
        o->change = arena_printf(r->arena, "%s/change", base);
    }
    if (!result_may(r, MAY_APPROVE)) {
        return;
    }
    o->verify = state == STATE_ENTERED ? arena_printf(r->arena, "%s/verify", base) : NULL;
    o->approve = state == STATE_VERIFIED ? arena_printf(r->arena, "%s/approve", base) : NULL;
    o->lock = state == STATE_APPROVED ? arena_printf(r->arena, "%s/lock", base) : NULL;
    o->send_back = state != STATE_RETURNED ? arena_printf(r->arena, "%s/return", base) : NULL;
    o->locked = state == STATE_LOCKED;
}

// What the parts come to, of the first cut that is not the whole, or else of the first: "58 of 61".
static const char *parts_words(struct req *r, const struct result_value *v)
{
    const struct result_cut *c = v->differs != NULL ? v->differs : v->n_cuts > 0 ? v->cuts : NULL;
    bool share = v->figure.is_fraction;
    if (c == NULL || c->too_large) {
        return NULL;
    }
    const char *sum = result_pair(r->arena, share, share ? c->part : c->value, c->whole);
    return v->figure.known
               ? tr_f(r->arena, r->lang, MSG("{0} of {1}"), sum,
                      result_pair(r->arena, share, share ? v->figure.part : v->figure.scaled, v->figure.whole), NULL)
               : sum;
}

// Is it the last value of its period that counts? What came together so far is worked out once for a period, since each
// time asks for all values before.
static bool ends_period(const struct result_line *line, size_t i)
{
    const struct result_entry *x = &line->entries[i];
    size_t next = i + 1;
    while (next < line->n_values && line->entries[next].state == STATE_RETURNED) {
        next++;
    }
    return next == line->n_values || strcmp(line->entries[next].to, x->to) != 0 ||
           strcmp(line->entries[next].from, x->from) != 0;
}

// used: for result_total_until; NULL: the values do not add up.
static void fill_value(struct req *r, const struct result_line *line, size_t i, bool *used, struct value_line *o)
{
    const struct result_value *v = &line->values[i];
    enum result_state state = line->entries[i].state;
    const struct field *f = entity_field(&entity_observation, "state");
    const char *reason = record_text(v->record, "return_reason");
    *o = (struct value_line){
        .period = result_period(r->arena, r->lang, line->entries[i].from, line->entries[i].to),
        .place = line->entries[i].place[0] == '\0' ? NULL
                                                   : tr(r->lang, country_name(line->entries[i].place)),
        .source = record_text(v->record, "source"),
        .note = record_text(v->record, "note"),
        .returned = state == STATE_RETURNED && reason[0] != '\0' ? reason : NULL,
        .value = figure_of_value(r, line, i),
        .differs = v->differs != NULL,
        .state_look = result_state_look(state),
        .state = tr(r->lang, field_choice_label(f, record_text(v->record, "state"))),
    };
    if (used != NULL && state != STATE_RETURNED && ends_period(line, i)) {
        const struct result_total t = result_total_until(line, i, used);
        o->so_far = result_total_words(r->arena, r->lang, line->rule.unit, &t);
    }
    o->parts = parts_words(r, v);
    const struct result_below below = result_below_of(r->arena, &line->rule, line->entries, line->n_values, i,
                                                      (size_t)codes_count(record_text(r->programme, "countries")));
    o->below = result_below_words(r->arena, r->lang, &below);
    o->contradicts = below.contradicts;
    fill_steps(r, line, i, o);
}

#define VALUES_ON_A_PAGE 300

// The page asked for, from 1; the last one when there are fewer.
static size_t page_of_values(const struct req *r, const struct result_line *line)
{
    size_t pages = line->n_values == 0 ? 1 : (line->n_values - 1) / VALUES_ON_A_PAGE + 1;
    const char *text = req_query(r, "page");
    size_t page = 0;
    for (; *text >= '0' && *text <= '9' && page <= pages; text++) {
        page = page * 10 + (size_t)(*text - '0');
    }
    return page == 0 ? 1 : page > pages ? pages : page;
}

// The records of the values on the page, newest first from `from`: they alone are read whole.
static enum err load_shown(struct req *r, struct result_line *line, size_t from, struct err_info *e)
{
    size_t n = line->n_values - from < VALUES_ON_A_PAGE ? line->n_values - from : VALUES_ON_A_PAGE, found;
    const char **ids = ARENA_ARRAY(r->arena, const char *, n + 1);
    struct record **records;
    struct map by_id;
    map_init(&by_id, r->arena);
    for (size_t i = 0; i < n; i++) {
        ids[i] = line->entries[line->n_values - 1 - from - i].id;
    }
    enum err err = store_get_many(r->db, r->arena, &entity_observation, ids, n, &records, &found, e);
    for (size_t i = 0; err == ERR_NONE && i < found; i++) {
        *map_at(&by_id, records[i]->id) = records[i];
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        line->values[line->n_values - 1 - from - i].record = map_get(&by_id, ids[i]);
        if (map_get(&by_id, ids[i]) == NULL) {
            err = err_set(e, ERR_CONFLICT, NULL, MSG("A value was taken away meanwhile."), MSG("Load the page again."),
                          NULL);
        }
    }
    return err;
}

static enum err fill_values(struct req *r, struct result_line *line, struct result_record_view *v, struct err_info *e)
{
    v->sums = result_rule_of(line->rule.unit, line->rule.over) == OVER_CUMULATIVE;
    v->rule = result_rule_words(r->arena, r->lang, &line->rule, &line->total);
    bool *used = v->sums ? ARENA_ARRAY(r->arena, bool, line->n_values + 1) : NULL;
    size_t from = (page_of_values(r, line) - 1) * VALUES_ON_A_PAGE; // counted from the newest
    enum err err = load_shown(r, line, from, e);
    if (err != ERR_NONE) {
        return err;
    }
    v->values = ARENA_ARRAY(r->arena, struct value_line, VALUES_ON_A_PAGE);
    for (size_t i = 0; i < line->n_values; i++) {
        v->by_place = v->by_place || line->entries[i].place[0] != '\0';
    }
    for (size_t i = from; i < line->n_values && v->n_values < VALUES_ON_A_PAGE; i++) {
        fill_value(r, line, line->n_values - 1 - i, used, &v->values[v->n_values++]);
    }
    if (from + v->n_values < line->n_values) {
        v->older = arena_printf(r->arena, "?page=%zu#values", from / VALUES_ON_A_PAGE + 2);
    }
    if (from > 0) {
        v->newer = arena_printf(r->arena, "?page=%zu#values", from / VALUES_ON_A_PAGE);
    }
    char today[11];
    struct result_reporting reporting;
    clock_today(today);
    const struct result_expect expect = result_expect_of(r->arena, line, r->programme, today);
    result_reporting_of(r->arena, &expect, line->entries, line->n_values, &reporting);
    v->reporting = result_reporting_words(r->arena, r->lang, &reporting);
    v->incomplete = reporting.n_there < reporting.n_expected;
    const char *covered = result_covered_words(r->arena, r->lang, line, r->programme);
    v->total = v->sums && line->total.figure.known
                   ? result_total_words(r->arena, r->lang, line->rule.unit, &line->total)
                   : NULL;
    if (v->total != NULL && covered != NULL) {
        v->total = arena_printf(r->arena, "%s (%s)", v->total, covered);
    }
    return ERR_NONE;
}

static void fill_targets(struct req *r, const struct result_line *line,
                         struct result_record_view *v)
{
    v->targets = ARENA_ARRAY(r->arena, struct target_line, line->n_targets + 1);
    for (size_t i = 0; i < line->n_targets; i++) {
        const struct result_target *t = &line->targets[i];
        v->targets[v->n_targets++] = (struct target_line){
            .value = result_number(r->arena, r->lang, line->rule.unit, t->value),
            .due_on = t->due_on,
            .reason = record_text(line->target_records[i], "reason"),
            .replaced = t->replaced,
            .counts = t == line->target,
        };
    }
}

// ---- the rest of the page -----------------------------------------------------------------------

static void fill_chart(struct req *r, const struct result_line *line, struct result_record_view *v)
{
    struct chart_shapes shapes;
    struct buf b;
    if (line->n_values < 2 || !result_chart(r->arena, r->lang, line, &shapes)) {
        return;
    }
    buf_init(&b, r->arena, LIMIT_CHART_BYTES);
    svg_write(&b, &shapes, "values-chart");
    v->has_chart = !buf_is_full(&b);
    v->chart = (struct safe_html){b.data, b.len};
    v->finding = result_chart_finding(r->arena, r->lang, line);
    v->chart_meta = v->sums ? tr(r->lang, MSG("Total so far at the end of each period"))
                            : tr(r->lang, MSG("Value at the end of each period"));
    v->chart_source = result_chart_source(r->arena, r->lang, line);
    struct chart_shapes small;
    if (v->has_chart && result_chart_small(r->arena, r->lang, line, &small)) {
        struct buf narrow;
        buf_init(&narrow, r->arena, LIMIT_CHART_BYTES);
        svg_write(&narrow, &small, "values-chart-small");
        v->chart_small = (struct safe_html){narrow.data, buf_is_full(&narrow) ? 0 : narrow.len};
    }
}

// Screening, origin and sisters: what has a file of its own.
static enum err fill_parts(struct req *r, const struct loaded *l, struct result_record_view *v,
                           struct err_info *e)
{
    const struct record *k = l->line->record;
    struct result_screened_view *screened = ARENA_MAKE(r->arena, struct result_screened_view);
    struct result_origin_view *origin = ARENA_MAKE(r->arena, struct result_origin_view);
    struct result_sisters_view *sisters = ARENA_MAKE(r->arena, struct result_sisters_view);
    bool any = false;
    enum err err = screened_fill(r, k, l->beside, screened, e);
    if (err == ERR_NONE) {
        err = sisters_fill(r, k, &any, sisters, e);
    }
    v->screened = screened;
    v->sisters = any ? sisters : NULL;
    v->origin = origin_fill(r, k, origin) ? origin : NULL;
    return err;
}

static void fill_rights(struct req *r, const struct result_line *line, struct result_record_view *v)
{
    const char *id = line->record->id;
    if (!result_may(r, MAY_WRITE)) {
        return;
    }
    v->enter = result_indicator_address(r, id, "/values/new");
    v->set_target = result_indicator_address(r, id, "/targets/new");
    v->change = result_indicator_address(r, id, "/change");
    v->remove = arena_printf(r->arena, "%s?back=%s",
                             url_make(r->arena, "/programmes/{0}/remove/indicator/{1}",
                                      record_text(r->programme, "number"), id, NULL),
                             url_escape(r->arena, result_address(r, "")));
}

static const char *next_step(struct req *r, const struct result_line *line)
{
    static const char *const steps[] = {
        MSG("Next: mend the returned value."), MSG("Next: check the value against its evidence."),
        MSG("Next: approve the value."), MSG("Next: lock the value with its period."), NULL};
    enum result_state least = STATE_LOCKED;
    for (size_t i = 0; i < line->n_values; i++) {
        least = line->entries[i].state < least ? line->entries[i].state : least;
    }
    return line->n_values == 0     ? tr(r->lang, MSG("Next: enter the first value."))
           : steps[least] == NULL ? NULL
                                  : tr(r->lang, steps[least]);
}

static void begin(struct html *h, struct req *r, struct reply *p, const struct result_line *line,
                  const struct result_record_view *v)
{
    size_t n;
    const struct crumb *crumbs = result_crumbs(r, NULL, &n);
    bool retired = strcmp(record_text(line->record, "state"), "retired") == 0;
    const struct page_action sheet = {.label = tr(r->lang, MSG("Reference sheet")),
                                      .address = result_indicator_address(r, line->record->id, "/sheet")};
    page_begin(h, r, p,
               &(struct page){.title = record_text(line->record, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .tag = record_text(line->record, "code"),
                              .state_kind = retired ? "none" : v->standing_look,
                              .state = retired ? tr(r->lang, MSG("No longer used")) : v->standing,
                              .primary = {.label = v->enter == NULL
                                                       ? NULL
                                                       : tr(r->lang, MSG("Enter a value")),
                                          .address = v->enter,
                                          .icon = "add"},
                              .actions = &sheet,
                              .n_actions = 1});
}

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct loaded l = {0};
    enum err err = load(r, &l, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct result_line *line = l.line;
    const struct record_view facts = {.record = line->record, .resolve = resolve, .context = &l};
    struct result_record_view v = {
        .indicator = line->record,
        .facts = &facts,
        .now = result_total_figure(r, line, "#values"),
        .progress = figure_progress(r, line),
        .standing_look = result_standing_look(line->progress.standing),
        .standing = result_standing_words(r->lang, line->progress.standing),
        .standing_why = result_why_standing(r->arena, r->lang, line),
        .baseline = line->has_baseline
                        ? result_number(r->arena, r->lang, line->rule.unit, line->baseline)
                        : "–",
        .target = target_words(r, line),
        .owner = programme_person_name(l.beside->people, record_text(line->record, "owner_id")),
        .result = l.result == NULL ? NULL
                                   : arena_printf(r->arena, "%s: %s", record_text(l.result, "code"),
                                                  record_text(l.result, "statement")),
        .next = next_step(r, line),
        .parts = result_may_see_parts(r->who, r->programme->id),
        .beside = l.beside,
    };
    v.releases = !v.parts && record_is_set(line->record, "disaggregation") ? "/releases" : NULL;
    err = fill_values(r, l.line, &v, e);
    if (err != ERR_NONE) {
        return err;
    }
    fill_targets(r, line, &v);
    fill_chart(r, line, &v);
    fill_rights(r, line, &v);
    result_fill_splits(r, line, &v);
    err = fill_parts(r, &l, &v, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct html h;
    begin(&h, r, p, line, &v);
    result_record_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_indicator = {
    .path = "/programmes/{programme}/indicators/{indicator}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Indicator"),
    .menu = MENU_PROGRAMMES,
};
