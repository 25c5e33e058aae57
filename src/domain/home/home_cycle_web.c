// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_cycle_web.c: /programmes/{programme}/cycle: all phases of the programme cycle against the tools;
// and each phase on a page of its own, where its tab leads.

#include <string.h>

#include "base/bug.h"
#include "home/home_cycle.h"
#include "home/home_cycle.html.h"
#include "home/home_tool_web.h"
#include "html/page.h"
#include "os/clock.h"
#include "pack/pack_own.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"

static const char *country_of(struct req *r, const struct cycle_line *line)
{
    const char *name = line->country == NULL ? NULL : country_name(line->country);
    return name == NULL ? line->country : tr(r->lang, name);
}

static const char *address_of(struct req *r, const struct cycle_line *line)
{
    const struct pack_tool *t = line->tool;
    return line->is_read ? url_make(r->arena, "/library/{0}/{1}", t->pack->id, t->id, NULL)
                         : home_tool_address(r->arena, t, programme_number(r), line->country);
}

static const char *count_of(struct req *r, const struct cycle_line *line)
{
    struct arena *a = r->arena;
    const char *done = arena_printf(a, "%d", line->answered), *of = arena_printf(a, "%d", line->of);
    int64_t n = line->answered;
    if (line->is_read) {
        return "–";
    }
    switch (line->tool->kind) {
    case PACK_KIND_RISK_TABLE:
        return tr_f(a, r->lang, MSG("{0} of {1} in the register"), done, of, NULL);
    case PACK_KIND_INDICATOR_SET:
        return tr_f(a, r->lang, MSG("{0} of {1} adopted"), done, of, NULL);
    case PACK_KIND_ADVOCACY_TABLE: return tr_n(a, r->lang, MSG("one talk"), MSG("{0} talks"), n);
    case PACK_KIND_DECISION_FLOW: return tr_n(a, r->lang, MSG("one case"), MSG("{0} cases"), n);
    case PACK_KIND_INSTRUMENTS: return tr_f(a, r->lang, MSG("{0} of {1} known"), done, of, NULL);
    default: break;
    }
    return line->filled_in ? tr_f(a, r->lang, MSG("{0} of {1} answered"), done, of, NULL)
                           : tr_n(a, r->lang, MSG("one publication"), MSG("{0} publications"), n);
}

static struct cycle_row row_of(struct req *r, const struct cycle_line *line,
                               const struct programme_people *people, const char *today)
{
    const struct pack_tool *t = line->tool;
    enum cycle_next next = cycle_next_of(line, today);
    const char *why = cycle_why(line, next);
    int age = cycle_age(line, today);
    return (struct cycle_row){
        .tag = t->id,
        .title = pack_words(t->pack, r->lang, t->id, t->title),
        .about = country_of(r, line),
        .address = address_of(r, line),
        .look = cycle_state_look(line),
        .state = tr(r->lang, cycle_state_label(line)),
        .count = count_of(r, line),
        .answered = line->answered,
        .of = line->of,
        .who = programme_person_name(people, line->assigned_id),
        .last_by = line->by_command ? tr(r->lang, MSG("Command line")) : line->last_by,
        .touched = line->touched,
        .age = age < 1 ? NULL
                       : tr_n(r->arena, r->lang, MSG("one month old"), MSG("{0} months old"), age),
        .next = next == CYCLE_NOTHING ? NULL : tr(r->lang, cycle_next_label(next)),
        .why = why[0] == '\0' ? NULL : tr(r->lang, why),
    };
}

static void fill_first(struct req *r, const struct cycle *cycle, const char *today,
                       struct home_cycle_view *v)
{
    const struct cycle_line *first = cycle_first(cycle, today);
    if (first == NULL) {
        return;
    }
    enum cycle_next next = cycle_next_of(first, today);
    const char *title = pack_words(first->tool->pack, r->lang, first->tool->id, first->tool->title);
    const char *country = country_of(r, first);
    v->first = country == NULL
                   ? tr_f(r->arena, r->lang, MSG("{0}: {1}"), tr(r->lang, cycle_next_label(next)),
                          title, NULL)
                   : tr_f(r->arena, r->lang, MSG("{0}: {1}, {2}"),
                          tr(r->lang, cycle_next_label(next)), title, country, NULL);
    v->first_address = address_of(r, first);
    v->first_why = tr(r->lang, cycle_why(first, next));
}

// What belongs to a phase beside its tools; at most six.
static size_t actions_of(struct req *r, enum pack_phase phase, struct page_action *out)
{
    size_t n = 0;
    if (phase == PACK_PHASE_PLAN) {
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Risk register")),
                                        .address = programme_address(r, "/risks")};
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Theory of change")),
                                        .address = programme_address(r, "/theory")};
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Logframe")),
                                        .address = programme_address(r, "/logframe")};
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Actions")),
                                        .address = programme_address(r, "/actions")};
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Lessons about arguments")),
                                        .address = "/advocacy"};
    }
    if (phase == PACK_PHASE_IMPLEMENT) {
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Work plan")),
                                        .address = programme_address(r, "/activities")};
    }
    if (phase == PACK_PHASE_EVALUATE) {
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("Report")),
                                        .address = programme_address(r, "/report")};
    }
    if (phase != PACK_PHASE_NONE) {
        out[n++] = (struct page_action){.label = tr(r->lang, MSG("The whole cycle")),
                                        .address = programme_address(r, "/cycle")};
    }
    return n;
}

// phase PACK_PHASE_NONE: all.
static enum err show(struct req *r, struct reply *p, enum pack_phase phase, const char *title,
                     const char *about, struct err_info *e)
{
    struct cycle cycle;
    struct programme_people people;
    char today[11];
    size_t n_crumbs;
    clock_today(today);
    enum err err = pack_own_look(r->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = cycle_load(r->db, r->arena, r->who, r->programme, &cycle, e);
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct cycle_phase *phases = ARENA_ARRAY(r->arena, struct cycle_phase, PACK_PHASE_COUNT);
    struct home_cycle_view v = {.phases = phases};
    for (enum pack_phase k = PACK_PHASE_ANALYSE; k < PACK_PHASE_COUNT; k++) {
        if (phase != PACK_PHASE_NONE && k != phase) {
            continue;
        }
        struct cycle_row *rows = ARENA_ARRAY(r->arena, struct cycle_row, cycle.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < cycle.n; i++) {
            if (cycle.lines[i].tool->phase == k) {
                rows[n++] = row_of(r, &cycle.lines[i], &people, today);
            }
        }
        phases[v.n_phases++] = (struct cycle_phase){.title = tr(r->lang, pack_phase_label(k)),
                                                    .anchor = pack_phase_word(k),
                                                    .rows = rows,
                                                    .n_rows = n};
    }
    if (phase == PACK_PHASE_NONE) {
        fill_first(r, &cycle, today, &v);
    } else {
        v.library = arena_printf(r->arena, "/library#%s", pack_phase_word(phase));
    }
    struct page_action actions[6];
    size_t n_actions = actions_of(r, phase, actions);
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, title, programme_number(r), NULL),
                   .about = tr(r->lang, about),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .actions = actions,
                   .n_actions = n_actions});
    home_cycle_html(&h, &v);
    return page_end(&h, e);
}

static enum err cycle_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, PACK_PHASE_NONE, MSG("The cycle of {0}"),
                MSG("Every tool in the phase where it belongs: what was done, by whom, how old it "
                    "is, and what comes next."),
                e);
}

const struct route route_cycle = {
    .path = "/programmes/{programme}/cycle",
    .needs = MAY_READ,
    .get = cycle_get,
    .title = MSG("The programme cycle"),
    .menu = MENU_PROGRAMMES,
};

static enum err analyse_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, PACK_PHASE_ANALYSE, MSG("Analyse {0}"),
                MSG("What binds the States and what stands in the way, before anything is planned."),
                e);
}

const struct route route_phase_analyse = {
    .path = "/programmes/{programme}/analyse",
    .needs = MAY_READ,
    .get = analyse_get,
    .title = MSG("Analyse"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};

static enum err plan_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, PACK_PHASE_PLAN, MSG("Plan {0}"),
                MSG("Human rights and gender equality in the design, and the risks to people."), e);
}

const struct route route_phase_plan = {
    .path = "/programmes/{programme}/plan",
    .needs = MAY_READ,
    .get = plan_get,
    .title = MSG("Plan"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

static enum err implement_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, PACK_PHASE_IMPLEMENT, MSG("Implement {0}"),
                MSG("How the work is done with others, and what is shown to them."), e);
}

const struct route route_phase_implement = {
    .path = "/programmes/{programme}/implement",
    .needs = MAY_READ,
    .get = implement_get,
    .title = MSG("Implement"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};

static enum err evaluate_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, PACK_PHASE_EVALUATE, MSG("Evaluate {0}"),
                MSG("What an evaluation will ask, and what it needs to find."), e);
}

const struct route route_phase_evaluate = {
    .path = "/programmes/{programme}/evaluate",
    .needs = MAY_READ,
    .get = evaluate_get,
    .title = MSG("Evaluate"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_EVALUATE,
};
