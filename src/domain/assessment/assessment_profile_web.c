// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_web.c: a profile as a page: the newest value of every field, older ones folded below
// it, what the reference data suggest; and what the pages of a profile share.

#include "assessment/assessment_profile_web.h"

#include <stdio.h>
#include <string.h>

#include "assessment/assessment_profile.html.h"
#include "base/bug.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "format/svg/chart.h"
#include "format/svg/svg_write.h"
#include "os/clock.h"

// ---- words --------------------------------------------------------------------------------------

const char *profile_sex_words(struct req *r, const struct pack_row *row,
                              const struct assessment_answer *value)
{
    if (value->female[0] == '\0' && value->male[0] == '\0') {
        return NULL;
    }
    const char *none = tr(r->lang, MSG("not known"));
    return tr_f(r->arena, r->lang, MSG("Women {0} · men {1}"),
                value->female[0] == '\0' ? none : profile_words(r->arena, r->lang, row, value->female),
                value->male[0] == '\0' ? none : profile_words(r->arena, r->lang, row, value->male), NULL);
}

const char *profile_year_words(struct arena *a, int year)
{
    return year == 0 ? "" : arena_printf(a, "%d", year);
}

int profile_this_year(void)
{
    char today[11];
    clock_today(today);
    return (today[0] - '0') * 1000 + (today[1] - '0') * 100 + (today[2] - '0') * 10 +
           (today[3] - '0');
}

const char *profile_trend_words(struct req *r, const struct profile_series *s)
{
    struct arena *a = r->arena;
    struct profile_trend t = profile_trend_of(a, s);
    if (t.n < PROFILE_TREND_POINTS) {
        return NULL;
    }
    return tr_f(a, r->lang, MSG("From {0} ({1}) to {2} ({3})"),
                profile_words(r->arena, r->lang, s->row, decimal_short(a, t.scaled[0])),
                profile_year_words(a, t.years[0]),
                profile_words(r->arena, r->lang, s->row, decimal_short(a, t.scaled[t.n - 1])),
                profile_year_words(a, t.years[t.n - 1]), NULL);
}

// ---- trends -------------------------------------------------------------------------------------

#define SPARK_WIDTH 128.0
#define SPARK_HEIGHT 36.0
#define SPARK_EDGE 5.0

static struct safe_html drawn(struct req *r, const struct chart_shapes *shapes, const char *id)
{
    struct buf b;
    buf_init(&b, r->arena, LIMIT_REPLY_BYTES);
    svg_write(&b, shapes, id);
    return (struct safe_html){b.data, b.len};
}

// Years are spaced as they lie in time; the scale goes from the lowest to the highest value, so the
// line shows the direction and not the size, which stands beside it.
struct safe_html profile_spark(struct req *r, const struct pack_tool *tool,
                               const struct profile_series *s, const char *id)
{
    struct profile_trend t = profile_trend_of(r->arena, s);
    struct chart_shapes shapes;
    if (t.n < PROFILE_TREND_POINTS) {
        return (struct safe_html){"", 0};
    }
    int64_t low = t.scaled[0], high = t.scaled[0];
    for (size_t i = 1; i < t.n; i++) {
        low = t.scaled[i] < low ? t.scaled[i] : low;
        high = t.scaled[i] > high ? t.scaled[i] : high;
    }
    double span = (double)(high - low), years = (double)(t.years[t.n - 1] - t.years[0]);
    struct shape_point *points = ARENA_ARRAY(r->arena, struct shape_point, t.n);
    for (size_t i = 0; i < t.n; i++) {
        double along = (double)(t.years[i] - t.years[0]) / years;
        double up = span > 0 ? (double)(t.scaled[i] - low) / span : 0.5;
        points[i] = (struct shape_point){SPARK_EDGE + along * (SPARK_WIDTH - 2 * SPARK_EDGE),
                                         SPARK_HEIGHT - SPARK_EDGE -
                                             up * (SPARK_HEIGHT - 2 * SPARK_EDGE)};
    }
    shapes_begin(&shapes, r->arena, SPARK_WIDTH, checklist_row_words(r, tool, s->row),
                 profile_trend_words(r, s), r->lang->right_to_left);
    shapes_path(&shapes, SHAPE_LINE_1, points, (int)t.n);
    shapes_mark(&shapes, SHAPE_DOT, SHAPE_DOT_1, points[t.n - 1].x, points[t.n - 1].y, NULL);
    shapes_end(&shapes, SPARK_HEIGHT);
    return drawn(r, &shapes, id);
}

struct safe_html profile_chart(struct req *r, const struct pack_tool *tool,
                               const struct profile_series *s, const char *id)
{
    struct arena *a = r->arena;
    struct profile_trend t = profile_trend_of(a, s);
    if (t.n < PROFILE_TREND_POINTS) {
        return (struct safe_html){"", 0};
    }
    int span = t.years[t.n - 1] - t.years[0] + 1;
    struct chart_value *values = ARENA_ARRAY(a, struct chart_value, (size_t)span);
    const char **periods = ARENA_ARRAY(a, const char *, (size_t)span);
    for (int i = 0; i < span; i++) {
        periods[i] = profile_year_words(a, t.years[0] + i);
    }
    for (size_t i = 0; i < t.n; i++) {
        values[t.years[i] - t.years[0]] =
            (struct chart_value){.known = true,
                                 .scaled = t.scaled[i],
                                 .label = profile_words(r->arena, r->lang, s->row, decimal_short(a, t.scaled[i]))};
    }
    const struct chart_series series = {.name = "", .values = values};
    const struct chart_line chart = {
        .head = {.title = checklist_row_words(r, tool, s->row),
                 .description = profile_trend_words(r, s),
                 .unit = profile_unit_sign(s->row),
                 .right_to_left = r->lang->right_to_left},
        .periods = periods,
        .n_periods = span,
        .series = &series,
        .n_series = 1,
    };
    struct chart_shapes shapes;
    chart_draw_line(a, &chart, &shapes);
    return drawn(r, &shapes, id);
}

struct profile_line *profile_lines(struct req *r, const struct profile_series *s)
{
    struct profile_line *lines = ARENA_ARRAY(r->arena, struct profile_line, s->n + 1);
    for (size_t i = 0; i < s->n; i++) {
        const struct assessment_answer *w = s->values[i];
        lines[i] = (struct profile_line){
            .id = w->id,
            .year = profile_year_words(r->arena, w->year),
            .value = w->value[0] == '\0' ? NULL : profile_words(r->arena, r->lang, s->row, w->value),
            .sex = profile_sex_words(r, s->row, w),
            .source = w->source,
            .how = w->how,
        };
    }
    return lines;
}

// ---- the page -----------------------------------------------------------------------------------

static bool same_line(const struct profile_line *x, const struct profile_line *y)
{
    return strcmp(x->year, y->year) == 0 && strcmp(x->value == NULL ? "" : x->value, y->value) == 0 &&
           strcmp(x->sex == NULL ? "" : x->sex, y->sex == NULL ? "" : y->sex) == 0;
}

static struct profile_field field_of(struct req *r, const struct checklist *c,
                                     const struct pack_row *row,
                                     const struct assessment_answer *answers, size_t n,
                                     const struct attach_set *set)
{
    struct profile_series s = profile_series_of(r->arena, row, answers, n);
    struct profile_line *lines = profile_lines(r, &s);
    struct profile_field f = {
        .id = row->id,
        .text = checklist_row_words(r, c->tool, row),
        .address = checklist_row_address(r, c->tool, row->id),
        .now = s.n == 0 ? NULL : &lines[0],
        .older = s.n == 0 ? NULL : &lines[1],
        .n_older = s.n == 0 ? 0 : s.n - 1,
        .trend = profile_trend_words(r, &s),
        .spark = profile_spark(r, c->tool, &s,
                               arena_printf(r->arena, "t-%s", row->id)),
        .is_number = profile_is_number(row),
    };
    struct profile_series since = profile_series_of(r->arena, row, c->answers, c->n_answers);
    const struct profile_line *today = profile_lines(r, &since);
    if (answers != c->answers && since.n > 0 && today[0].value != NULL && (s.n == 0 || !same_line(&lines[0], &today[0]))) {
        f.since = tr_f(r->arena, r->lang, MSG("now {0}"),
                       arena_printf(r->arena, "%s%s%s%s", today[0].value, today[0].year[0] == '\0' ? "" : " (",
                                    today[0].year, today[0].year[0] == '\0' ? "" : ")"),
                       NULL);
    }
    for (size_t i = 0; i < s.n; i++) {
        f.n_evidence += attach_of(set, s.values[i]->id)->n_evidence;
    }
    if (s.n == 0 && c->of.country != NULL) {
        f.fact = profile_fact_of(c->of.country, row->id);
    }
    return f;
}

static struct profile_part *parts_of(struct req *r, const struct checklist *c,
                                     const struct assessment_answer *answers, size_t n,
                                     const struct attach_set *set, bool may_change)
{
    size_t n_parts = assessment_n_parts(c->tool), used = 0;
    struct profile_part *parts = ARENA_ARRAY(r->arena, struct profile_part, n_parts + 1);
    struct profile_field *all =
        ARENA_ARRAY(r->arena, struct profile_field, (size_t)c->tool->n_rows + 1);
    for (size_t i = 0; i < n_parts; i++) {
        parts[i] = (struct profile_part){
            .heading = checklist_part_title(r, c->tool, i),
            .source = c->tool->n_sections == 0 ? NULL : c->tool->sections[i].source,
            .change = may_change ? checklist_section_address(r, c->tool, i) : NULL,
            .fields = &all[used]};
        for (unsigned k = 0; k < c->tool->n_rows; k++) {
            if (assessment_in_part(c->tool, i, &c->tool->rows[k])) {
                all[used++] = field_of(r, c, &c->tool->rows[k], answers, n, set);
                parts[i].n_fields++;
            }
        }
    }
    return parts;
}

static void fill_words(struct req *r, const struct checklist *c,
                       const struct assessment_round *round, struct assessment_profile_view *v)
{
    size_t n_empty = 0;
    for (size_t i = 0; i < v->n_parts; i++) {
        for (size_t k = 0; k < v->parts[i].n_fields; k++) {
            const struct profile_field *f = &v->parts[i].fields[k];
            v->n_facts += f->fact.found;
            n_empty += f->now == NULL;
            v->n_without_source += f->now != NULL && f->now->source[0] == '\0';
        }
    }
    v->empty = tr_n(r->arena, r->lang, MSG("one field is empty"), MSG("{0} fields are empty"),
                    (int64_t)n_empty);
    if (round != NULL && round != c->now) {
        v->n_facts = 0;
    }
}

static enum err show_all(struct req *r, struct reply *p, const struct checklist *c,
                         const struct assessment_round *round, struct err_info *e)
{
    struct attach_set *set;
    struct checklist_side side;
    struct page_action actions[4] = {{0}};
    bool is_old = round != c->now;
    bool may_change = !is_old && req_may(r, MAY_WRITE) &&
                      (c->now == NULL || assessment_may_edit(c->state));
    const struct assessment_answer *answers = round == NULL ? NULL : round->answers;
    size_t n = round == NULL ? 0 : round->n_answers;
    enum err err = attach_load_round(r, round == NULL ? NULL : round->record->id, &set, e);
    if (err != ERR_NONE) {
        return err;
    }
    checklist_side_of_round(r, c, round, &side);
    struct assessment_profile_view v = {
        .side = &side,
        .n_parts = assessment_n_parts(c->tool),
        .parts = parts_of(r, c, answers, n, set, may_change),
        .accept = may_change ? checklist_address(r, c->tool, "/accept") : NULL,
    };
    fill_words(r, c, round, &v);
    if (req_may(r, MAY_EXPORT) && !is_old) {
        v.csv = checklist_address(r, c->tool, "/export?format=csv");
        v.xlsx = checklist_address(r, c->tool, "/export?format=xlsx");
    }
    size_t n_actions = is_old ? 0 : checklist_actions(r, c, actions);
    if (may_change && c->of.country != NULL) {
        n_actions = n_actions < 1 ? 1 : n_actions;
        actions[n_actions++] = (struct page_action){.label = tr(r->lang, MSG("Import values")),
                                                    .address = "/countries/import"};
    }
    struct page page = checklist_page(r, c, round);
    page.primary = actions[0];
    page.actions = &actions[1];
    page.n_actions = n_actions < 1 ? 0 : n_actions - 1;
    struct html h;
    page_begin(&h, r, p, &page);
    assessment_profile_html(&h, &v);
    return page_end(&h, e);
}

const struct checklist_pages profile_pages = {
    .fill = profile_fill, .post = profile_post, .all = show_all};
