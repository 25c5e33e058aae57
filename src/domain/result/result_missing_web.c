// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_missing_web.c: values that should be in and are not, by the person who collects them.

#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "result/result_missing.html.h"
#include "result/result_reporting.h"
#include "result/result_web.h"
#include "result/result_words.h"

static struct missing_row row_of(struct req *r, const struct result_line *line, const struct result_gap *g)
{
    bool write = result_may(r, MAY_WRITE);
    const char *period = arena_printf(r->arena, "%s/%s", g->span.from, g->span.to);
    return (struct missing_row){
        .code = result_short_code(line->record),
        .title = record_text(line->record, "title"),
        .indicator = result_indicator_address(r, line->record->id, ""),
        .period = result_period(r->arena, r->lang, g->span.from, g->span.to),
        .place = g->place[0] == '\0' ? NULL : tr(r->lang, country_name(g->place)),
        .look = g->returned || !g->late ? "warn" : "risk",
        .state = g->returned ? tr(r->lang, MSG("Returned"))
                 : g->late   ? tr(r->lang, MSG("Late"))
                             : tr(r->lang, MSG("Due")),
        .enter = write ? arena_printf(r->arena, "%s?period=%s", programme_address(r, "/values"),
                                      url_escape(r->arena, period))
                       : NULL,
    };
}

// Most values that are named of one person: a programme of many countries that never reported misses thousands.
#define MOST_ROWS 300

// The person's group; made when it is not there yet.
static struct missing_person *person_at(struct req *r, struct result_missing_view *v,
                                        const struct programme_people *people, const char *id)
{
    const char *name = programme_person_name(people, id);
    for (size_t i = 0; i < v->n_people; i++) {
        if (strcmp(v->people[i].id, id) == 0) {
            return &v->people[i];
        }
    }
    struct missing_person *p = &v->people[v->n_people++];
    *p = (struct missing_person){.id = id,
                                 .name = name,
                                 .rows = ARENA_ARRAY(r->arena, struct missing_row, MOST_ROWS)};
    return p;
}

static void fill(struct req *r, const struct result_lines *lines, const struct programme_people *people,
                 const char *today, struct result_missing_view *v)
{
    v->people = ARENA_ARRAY(r->arena, struct missing_person, lines->n + 1);
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES); // of one indicator
    for (size_t i = 0; i < lines->n; i++) {
        const struct result_line *line = &lines->items[i];
        const struct result_expect x = result_expect_of(scratch, line, r->programme, today);
        struct result_reporting reporting = {0};
        if (strcmp(record_text(line->record, "state"), "active") == 0) {
            result_reporting_of(scratch, &x, line->entries, line->n_values, &reporting);
            v->n_without += x.frequency == FREQUENCY_NONE;
            v->n_with += x.frequency != FREQUENCY_NONE;
        }
        for (size_t k = 0; k < reporting.n_gaps; k++) {
            struct missing_person *p = person_at(r, v, people, record_text(line->record, "owner_id"));
            if (p->n < MOST_ROWS) {
                p->rows[p->n++] = row_of(r, line, &reporting.gaps[k]);
            } else {
                p->n_more++;
            }
            v->n_late += reporting.gaps[k].late;
        }
        v->n += reporting.n_gaps;
        arena_reset(scratch);
    }
    arena_free(scratch);
}

static enum err missing_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct result_lines lines;
    struct programme_people people;
    struct result_missing_view v = {.n = 0};
    char today[11];
    size_t n_crumbs;
    clock_today(today);
    const struct result_ask ask = {.programme_id = r->programme->id, .today = today};
    enum err err = result_lines_load(r->db, r->arena, &ask, &lines, e);
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v.indicators = result_address(r, "");
    fill(r, &lines, &people, arena_copy(r->arena, today), &v);
    const struct crumb *crumbs = result_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Missing values of {0}"),
                                            programme_number(r), NULL),
                              .count = arena_printf(r->arena, "%zu", v.n),
                              .about = tr(r->lang, MSG("Values that should be in by now, by the person who "
                                                       "collects them. Thirty days after the end of its "
                                                       "period a value is late.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    result_missing_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_values_missing = {
    .path = "/programmes/{programme}/values/missing",
    .needs = MAY_READ,
    .get = missing_get,
    .title = MSG("Missing values"),
    .menu = MENU_PROGRAMMES,
};
