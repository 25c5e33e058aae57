// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_all_load_web.c: see dashboard_all_web.h, dashboard_all_load.

#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/order.h"
#include "base/sort.h"
#include "dashboard/dashboard_all_web.h"
#include "dashboard/dashboard_web.h"
#include "os/clock.h"
#include "result/result.h"
#include "store/store.h"

const struct dashboard_all_filter dashboard_all_filters[DASHBOARD_ALL_FILTERS] = {
    {"areas", MSG("Area of work"), MSG("All areas")},
    {"countries", MSG("Country"), MSG("All countries")},
    {"crime", MSG("Crime addressed"), MSG("Both crimes")},
    {"state", MSG("State"), MSG("All states")}};

static bool fits(const struct record *programme, const char *field, const char *asked)
{
    return asked[0] == '\0' || (entity_field(&entity_programme, field)->type == FIELD_CODES
                                    ? record_has_code(programme, field, asked)
                                    : strcmp(record_text(programme, field), asked) == 0);
}

static bool is_choice(const char *field, const char *code)
{
    const struct choice *c = field_choices(entity_field(&entity_programme, field));
    for (; c->code != NULL; c++) {
        if (strcmp(c->code, code) == 0) {
            return true;
        }
    }
    return false;
}

static enum err ask(struct req *r, struct dashboard_all *d, struct err_info *e)
{
    struct pair filters[DASHBOARD_ALL_FILTERS];
    for (size_t i = 0; i < DASHBOARD_ALL_FILTERS; i++) {
        d->asked[i] = req_query(r, dashboard_all_filters[i].name);
        filters[i] = (struct pair){dashboard_all_filters[i].name, d->asked[i]};
        if (d->asked[i][0] != '\0' && !is_choice(dashboard_all_filters[i].name, d->asked[i])) {
            return err_set(e, ERR_INPUT, dashboard_all_filters[i].name, MSG("There is no such choice."),
                           MSG("Choose one of the filter."), NULL);
        }
    }
    return dashboard_filters_check(r, filters, DASHBOARD_ALL_FILTERS, e);
}

static int by_number(const void *x, const void *y)
{
    const struct dashboard_one *a = x, *b = y;
    return code_order(record_text(a->programme, "number"), record_text(b->programme, "number"));
}

static enum err load_programmes(struct req *r, struct dashboard_all *d, enum verb verb, struct err_info *e)
{
    struct record **all;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_programme, NULL, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    d->programmes = ARENA_ARRAY(r->arena, struct dashboard_one, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool in = identity_may(r->who, verb, all[i]->id);
        for (size_t k = 0; k < DASHBOARD_ALL_FILTERS && in; k++) {
            in = fits(all[i], dashboard_all_filters[k].name, d->asked[k]);
        }
        if (in) {
            d->programmes[d->n++].programme = all[i];
        }
    }
    sort_items(d->programmes, d->n, sizeof *d->programmes, by_number);
    return ERR_NONE;
}

// ---- counting -------------------------------------------------------------------------------------

struct counting {
    struct dashboard_all *d;
    struct map by_id; // the programmes
    const char *today;
    struct arena *arena;   // for what is missing
    size_t cap;            // of it
    struct arena *scratch; // of one indicator
};

static void add_missing(struct counting *c, const struct result_line *line, const struct record *programme,
                        const struct result_reporting *reporting)
{
    struct dashboard_all *d = c->d;
    struct dashboard_missing m = {.owner = record_text(line->record, "owner_id"), .programme = programme};
    for (size_t i = 0; i < reporting->n_gaps; i++) {
        m.late += reporting->gaps[i].late;
        m.due += !reporting->gaps[i].late;
    }
    if (reporting->n_gaps > 0) {
        d->missing = arena_room(c->arena, d->missing, sizeof *d->missing, d->n_missing, &c->cap);
        d->missing[d->n_missing++] = m;
    }
}

static enum err count(void *context, const struct result_line *line, struct err_info *e)
{
    (void)e;
    struct counting *c = context;
    struct result_reporting reporting;
    struct dashboard_one *one = map_get(&c->by_id, record_text(line->record, "programme_id"));
    if (one == NULL || strcmp(record_text(line->record, "state"), "active") != 0) {
        return ERR_NONE;
    }
    const struct result_expect x = result_expect_of(c->scratch, line, one->programme, c->today);
    result_reporting_of(c->scratch, &x, line->entries, line->n_values, &reporting);
    dashboard_tally_add(&one->tally, line->progress.standing, &reporting);
    add_missing(c, line, one->programme, &reporting);
    arena_reset(c->scratch);
    return ERR_NONE;
}

static enum err count_all(struct req *r, struct dashboard_all *d, struct err_info *e)
{
    char today[11];
    struct counting c = {.d = d, .today = today, .arena = r->arena, .scratch = arena_new(LIMIT_REQUEST_BYTES)};
    clock_today(today);
    const char **ids = ARENA_ARRAY(r->arena, const char *, d->n + 1);
    map_init(&c.by_id, r->arena);
    for (size_t i = 0; i < d->n; i++) {
        ids[i] = d->programmes[i].programme->id;
        *map_at(&c.by_id, d->programmes[i].programme->id) = &d->programmes[i];
    }
    enum err err = result_lines_each(r->db, r->arena, ids, d->n, today, count, &c, e);
    for (size_t i = 0; i < d->n; i++) {
        dashboard_tally_join(&d->sum, &d->programmes[i].tally);
    }
    arena_free(c.scratch);
    return err;
}

enum err dashboard_all_load(struct req *r, enum verb verb, struct dashboard_all *d, struct err_info *e)
{
    *d = (struct dashboard_all){.n = 0};
    enum err err = ask(r, d, e);
    if (err == ERR_NONE) {
        err = load_programmes(r, d, verb, e);
    }
    if (err == ERR_NONE && d->n > 0) { // without a programme nothing is read
        err = count_all(r, d, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, NULL, &d->people, e);
    }
    return err;
}
