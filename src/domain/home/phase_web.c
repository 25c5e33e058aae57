// SPDX-License-Identifier: AGPL-3.0-or-later
//
// phase_web.c: the landing pages of Analyse, Plan and Monitor: the tools of the phase and their state.

#include <string.h>

#include "advocacy/advocacy.h"
#include "home/phase.html.h"
#include "html/page.h"
#include "obligation/obligation.h"
#include "obligation/obligation_status.h"
#include "os/clock.h"
#include "pack/pack.h"
#include "place/place.h"
#include "risk/risk.h"
#include "risk/risk_register.h"

static const char *below(struct req *r, const char *rest)
{
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/programmes/{0}", record_text(r->programme, "number"),
                                 NULL),
                        rest);
}

static enum err show(struct req *r, struct reply *p, const char *title, const char *about,
                     const char *phase, struct phase_card *cards, size_t n, struct err_info *e)
{
    const char *number = record_text(r->programme, "number");
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, title, number, NULL),
                   .about = tr(r->lang, about),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"},
                                              {number, below(r, "")}},
                   .n_crumbs = 2});
    phase_html(&h, &(struct phase_view){
                       .cards = cards,
                       .n_cards = n,
                       .library = arena_printf(r->arena, "/library#%s", phase)});
    return page_end(&h, e);
}

// ---- analyse -------------------------------------------------------------------------------------

static enum err analyse_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *codes = record_text(r->programme, "countries");
    struct phase_card *cards = ARENA_ARRAY(r->arena, struct phase_card, strlen(codes) / 3 + 2);
    size_t n = 0;
    char *copy = arena_copy(r->arena, codes);
    char *state = NULL;
    for (char *c = strtok_r(copy, " ", &state); c != NULL; c = strtok_r(NULL, " ", &state)) {
        struct obligation_list list;
        enum err err = obligation_list_load(r->db, r->arena, c, &list, e);
        if (err != ERR_NONE) {
            return err;
        }
        const char *name = country_name(c);
        cards[n++] = (struct phase_card){
            .address = below(r, arena_printf(r->arena, "/obligations?country=%s", c)),
            .title = tr_f(r->arena, r->lang, MSG("Obligations of {0}"),
                          name == NULL ? c : tr(r->lang, name), NULL),
            .about = tr(r->lang, MSG("Which treaties bind the State, since when, with which "
                                     "reservations.")),
            .tag = "2.2",
            .look = list.n_known == 0 ? "none" : list.n_known < list.n ? "progress" : "done",
            .state = tr(r->lang, list.n_known == 0        ? MSG("Not started")
                                 : list.n_known < list.n ? MSG("In progress")
                                                         : MSG("Complete")),
            .count = tr_f(r->arena, r->lang, MSG("{0} of {1} known"),
                          arena_printf(r->arena, "%zu", list.n_known),
                          arena_printf(r->arena, "%zu", list.n), NULL),
        };
    }
    if (n == 0) {
        cards[n++] = (struct phase_card){
            .address = below(r, "/obligations"),
            .title = tr(r->lang, MSG("Obligations")),
            .about = tr(r->lang, MSG("Name the countries of the programme first.")),
            .tag = "2.2",
            .look = "none",
            .state = tr(r->lang, MSG("Not started")),
        };
    }
    return show(r, p, MSG("Analyse {0}"),
                MSG("What binds the State and what stands in the way, before anything is planned."),
                "analyse", cards, n, e);
}

const struct route route_phase_analyse = {
    .path = "/programmes/{programme}/analyse",
    .needs = MAY_READ,
    .get = analyse_get,
    .title = MSG("Analyse"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};

// ---- plan ----------------------------------------------------------------------------------------

static enum err risk_card(struct req *r, struct phase_card *card, struct err_info *e)
{
    struct risk_register all;
    char today[11];
    clock_today(today);
    enum err err = risk_register_load(r->db, r->arena, r->programme->id, today, &all, e);
    if (err != ERR_NONE) {
        return err;
    }
    *card = (struct phase_card){
        .address = below(r, "/risks"),
        .title = tr(r->lang, MSG("Risk register")),
        .about = tr(r->lang, MSG("What the work could do to people, and what is done about it.")),
        .tag = "3.2-3.6",
        .look = all.n == 0 ? "none" : all.levels[3] > 0 ? "risk" : "progress",
        .state = all.n == 0 ? tr(r->lang, MSG("Not started"))
                            : tr_n(r->arena, r->lang, MSG("One risk is high"),
                                   MSG("{0} risks are high"), all.levels[3]),
        .count = tr_n(r->arena, r->lang, MSG("one risk"), MSG("{0} risks"), (int64_t)all.n),
    };
    return ERR_NONE;
}

static enum err checklist_card(struct req *r, struct phase_card *card, struct err_info *e)
{
    const struct pack_tool *tool = pack_tool_anywhere("3.1");
    struct store_filter filters[] = {
        {.field = "programme_id", .op = STORE_EQUAL, .text = r->programme->id},
        {.field = "tool", .op = STORE_EQUAL, .text = "3.1"}};
    struct store_query q = {.filters = filters, .n_filters = 2, .order = "changed_at"};
    struct record **rounds;
    size_t n;
    int64_t answered = 0;
    enum err err = store_list(r->db, r->arena, model_find("assessment"), &q, &rounds, &n, e);
    if (err == ERR_NONE && n > 0) {
        struct store_filter of = {
            .field = "assessment_id", .op = STORE_EQUAL, .text = rounds[n - 1]->id};
        struct store_query answers = {.filters = &of, .n_filters = 1};
        err = store_count(r->db, r->arena, model_find("answer"), &answers, &answered, e);
    }
    if (err != ERR_NONE || tool == NULL) {
        return err;
    }
    const char *state = n == 0 ? "" : record_text(rounds[n - 1], "state");
    const struct field *f = entity_field(model_find("assessment"), "state");
    *card = (struct phase_card){
        .address = below(r, "/checklists/3.1"),
        .title = pack_words(tool->pack, r->lang, tool->id, tool->title),
        .about = pack_words(tool->pack, r->lang, tool->id, tool->purpose),
        .tag = tool->id,
        .look = strcmp(state, "approved") == 0 ? "done" : n == 0 ? "none" : "progress",
        .state = tr(r->lang, n == 0 ? MSG("Not started") : field_choice_label(f, state)),
        .count = tr_f(r->arena, r->lang, MSG("{0} of {1} answered"),
                      arena_printf(r->arena, "%lld", (long long)answered),
                      arena_printf(r->arena, "%u", tool->n_rows), NULL),
    };
    return ERR_NONE;
}

static enum err action_card(struct req *r, struct phase_card *card, struct err_info *e)
{
    struct store_filter filters[] = {
        {.field = "programme_id", .op = STORE_EQUAL, .text = r->programme->id},
        {.field = "state", .op = STORE_EQUAL, .text = "open"}};
    struct store_query q = {.filters = filters, .n_filters = 2};
    int64_t n;
    enum err err = store_count(r->db, r->arena, model_find("action"), &q, &n, e);
    *card = (struct phase_card){
        .address = below(r, "/actions"),
        .title = tr(r->lang, MSG("Actions")),
        .about = tr(r->lang, MSG("Who does what by when: steps against risks, follow-up of the "
                                 "checklist.")),
        .look = n > 0 ? "progress" : "none",
        .state = tr_n(r->arena, r->lang, MSG("One is open"), MSG("{0} are open"), n),
    };
    return err;
}

static enum err diligence_card(struct req *r, struct phase_card *card, struct err_info *e)
{
    struct store_filter filter = {"programme_id", STORE_EQUAL, r->programme->id};
    struct store_query q = {.filters = &filter, .n_filters = 1};
    int64_t n;
    enum err err = store_count(r->db, r->arena, model_find("due_diligence"), &q, &n, e);
    *card = (struct phase_card){
        .address = below(r, "/due-diligence"),
        .title = tr(r->lang, MSG("Due diligence")),
        .about = tr(r->lang, MSG("May police, border control or another security force get "
                                 "support?")),
        .tag = "2.5",
        .look = n > 0 ? "progress" : "none",
        .state = n == 0 ? tr(r->lang, MSG("Not started"))
                        : tr_n(r->arena, r->lang, MSG("One case"), MSG("{0} cases"), n),
    };
    return err;
}

// Lessons of talks in the countries of the programme: the third use of tool 3.7.
static enum err lessons_card(struct req *r, struct phase_card *card, struct err_info *e)
{
    struct advocacy_line *lines;
    size_t n;
    const struct advocacy_ask ask = {.countries = record_text(r->programme, "countries"),
                                     .lessons_only = true};
    enum err err = advocacy_lessons_load(r->db, r->arena, r->who, &ask, &lines, &n, e);
    *card = (struct phase_card){
        .address = "/advocacy",
        .title = tr(r->lang, MSG("Lessons about arguments")),
        .about = tr(r->lang, MSG("What persuaded partners in these countries, and what did not: look "
                                 "before you plan.")),
        .tag = "3.7",
        .look = n > 0 ? "done" : "none",
        .state = tr_n(r->arena, r->lang, MSG("One lesson"), MSG("{0} lessons"), (int64_t)n),
    };
    return err;
}

static enum err plan_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct phase_card cards[5];
    enum err err = checklist_card(r, &cards[0], e);
    if (err == ERR_NONE) {
        err = risk_card(r, &cards[1], e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = diligence_card(r, &cards[2], e);
    if (err == ERR_NONE) {
        err = action_card(r, &cards[3], e);
    }
    if (err == ERR_NONE) {
        err = lessons_card(r, &cards[4], e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    return show(r, p, MSG("Plan {0}"),
                MSG("Human rights and gender equality in the design, and the risks to people."),
                "plan", cards, 5, e);
}

const struct route route_phase_plan = {
    .path = "/programmes/{programme}/plan",
    .needs = MAY_READ,
    .get = plan_get,
    .title = MSG("Plan"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
