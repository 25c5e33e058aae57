// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_web.c: the country file: one page that says how far the analysis is, what is missing in the law,
// who works there; and the programmes of a country.

#include "country/country_web.h"

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_profile.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"
#include "base/decimal.h"
#include "country/country.html.h"
#include "country/country_programmes.html.h"
#include "os/clock.h"
#include "pack/pack_choice_web.h"
#include "pack/pack_own.h"
#include "place/place.h"
#include "programme/programme.h"

// ---- words and addresses ------------------------------------------------------------------------

const char *country_tool_title(struct req *r, const struct pack_tool *tool)
{
    return pack_words(tool->pack, r->lang, tool->id, tool->title);
}

// Due diligence has pages of its own, when it has any; the rest are tools.
static const char *address_of(struct req *r, const char *country, size_t tool, const char *view)
{
    if (tool == COUNTRY_OBLIGATIONS) {
        return url_make(r->arena, "/countries/{0}/obligations", country, NULL);
    }
    const struct pack_tool *t = pack_tool_anywhere(country_tools[tool]);
    if (t == NULL || !pack_tool_is_answered(t) || t->subject != PACK_SUBJECT_COUNTRY) {
        return route_has_page("/countries/{country}/due-diligence")
                   ? url_make(r->arena, "/countries/{0}/due-diligence", country, NULL)
                   : NULL;
    }
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/countries/{0}/tools/{1}", country,
                                 country_tools[tool], NULL),
                        view);
}

const char *country_tool_address(struct req *r, const char *country, size_t tool)
{
    return address_of(r, country, tool, "?view=all");
}

const char *country_tool_work(struct req *r, const char *country, size_t tool)
{
    return address_of(r, country, tool, "");
}

const char *country_progress_words(struct req *r, const struct country_tool *t)
{
    return tr_f(r->arena, r->lang, MSG("{0} of {1}"), arena_printf(r->arena, "%d", t->answered),
                arena_printf(r->arena, "%d", t->of), NULL);
}

const char *country_cases_words(struct req *r, const struct country_tool *t)
{
    return t->n_cases == 0
               ? tr(r->lang, MSG("no recipient looked at"))
               : tr_f(r->arena, r->lang, MSG("{0}, {1} decided"),
                      tr_n(r->arena, r->lang, MSG("one recipient"), MSG("{0} recipients"),
                           t->n_cases),
                      arena_printf(r->arena, "%d", t->n_decided), NULL);
}

const char *country_next_words(struct req *r, const struct country_tool *t, unsigned verbs,
                               const char *today)
{
    bool may_write = (verbs & MAY_WRITE) != 0;
    bool may_approve = (verbs & MAY_APPROVE) != 0;
    switch (country_next_of(t, today)) {
    case COUNTRY_START: return may_write ? tr(r->lang, MSG("Start")) : NULL;
    case COUNTRY_CONTINUE: return may_write ? tr(r->lang, MSG("Continue")) : NULL;
    case COUNTRY_SUBMIT: return may_write ? tr(r->lang, MSG("Submit for approval")) : NULL;
    case COUNTRY_MEND: return may_write ? tr(r->lang, MSG("Mend what was returned")) : NULL;
    case COUNTRY_CHECK: return may_approve ? tr(r->lang, MSG("Check and approve")) : NULL;
    case COUNTRY_AGAIN: return may_write ? tr(r->lang, MSG("Assess again")) : NULL;
    case COUNTRY_NOTHING: break;
    }
    return NULL;
}

const char *country_age_words(struct req *r, const struct country_tool *t, const char *today)
{
    int months = country_age_months(t, today);
    return months < 0    ? ""
           : months == 0 ? tr(r->lang, MSG("less than a month old"))
                         : tr_n(r->arena, r->lang, MSG("one month old"), MSG("{0} months old"),
                                months);
}

enum err country_find(struct req *r, const char *code, struct country_line **out,
                      struct err_info *e)
{
    size_t n;
    enum err err = country_lines_load(r->db, r->arena, r->who,
                                       arena_printf(r->arena, " %s ", code), out, &n, e);
    return err != ERR_NONE || n > 0
               ? err
               : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such country."),
                         MSG("Look in the list of countries."), NULL);
}

static const struct crumb *crumbs_of(struct req *r, bool below)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 2);
    c[0] = (struct crumb){tr(r->lang, MSG("Countries")), "/countries"};
    if (below) {
        c[1] = (struct crumb){country_words(r->lang, r->country),
                              url_make(r->arena, "/countries/{0}", r->country, NULL)};
    }
    return c;
}

// ---- overview -----------------------------------------------------------------------------------

static const char *group_words(struct req *r, const char *code)
{
    return strcmp(code, "LDC") == 0    ? tr(r->lang, MSG("Least developed country"))
           : strcmp(code, "LLDC") == 0 ? tr(r->lang, MSG("Landlocked developing country"))
           : strcmp(code, "SIDS") == 0 ? tr(r->lang, MSG("Small island developing State"))
                                       : code;
}

// Facts of the reference table.
static void fill_place(struct req *r, const struct country_line *line, struct country_view *v)
{
    char *copy = arena_copy(r->arena, line->group), *state = NULL;
    const char *groups = "";
    for (char *g = strtok_r(copy, " ", &state); g != NULL; g = strtok_r(NULL, " ", &state)) {
        groups = arena_printf(r->arena, "%s%s%s", groups, groups[0] == '\0' ? "" : ", ",
                              group_words(r, g));
    }
    v->region = line->region[0] == '\0'       ? NULL
                : line->sub_region[0] == '\0' ? line->region
                                              : arena_printf(r->arena, "%s, %s", line->region,
                                                             line->sub_region);
    v->groups = groups[0] == '\0' ? NULL : groups;
}

#define FACTS_SHOWN 6

// The first facts of the profile, newest value each, in the order of the tool; running text is left out.
static enum err fill_facts(struct req *r, const struct country_line *line, struct country_view *v,
                           struct err_info *e)
{
    const struct pack_tool *tool = line->tools[COUNTRY_PROFILE].tool;
    const struct assessment_subject of = {.country = line->code};
    struct assessment_rounds rounds = {0};
    if (tool == NULL || !line->tools[COUNTRY_PROFILE].kept) {
        return ERR_NONE;
    }
    enum err err = assessment_rounds_load(r->db, r->arena, &of, tool->id, &rounds, e);
    if (err != ERR_NONE || rounds.n == 0) {
        return err;
    }
    struct country_fact *facts = ARENA_ARRAY(r->arena, struct country_fact, FACTS_SHOWN);
    for (unsigned i = 0; i < tool->n_rows && v->n_facts < FACTS_SHOWN; i++) {
        const struct pack_row *row = &tool->rows[i];
        struct profile_series s = profile_series_of(r->arena, row, rounds.items[0].answers,
                                                    rounds.items[0].n_answers);
        if (s.n == 0 || s.values[0]->value[0] == '\0' || strlen(s.values[0]->value) > 120) {
            continue;
        }
        const struct assessment_answer *w = s.values[0];
        const char *sign = profile_unit_sign(row);
        facts[v->n_facts++] = (struct country_fact){
            .label = pack_words(tool->pack, r->lang, row->id, row->text),
            .value = !profile_is_number(row)
                         ? w->value
                         : arena_printf(r->arena, "%s%s%s", decimal_for_people(r->arena, w->value),
                                        sign[0] == '\0' ? "" : " ", sign),
            .year = w->year == 0 ? "" : arena_printf(r->arena, "%d", w->year),
        };
    }
    v->facts = facts;
    return ERR_NONE;
}

// Where a tool of the office is read, or filled in.
static const char *own_address(struct req *r, const char *country, const struct pack_tool *tool,
                               const char *view)
{
    if (tool->kind == PACK_KIND_INSTRUMENTS || tool->kind == PACK_KIND_DECISION_FLOW) {
        const char *page = tool->kind == PACK_KIND_INSTRUMENTS ? "/countries/{0}/obligations"
                                                               : "/countries/{0}/due-diligence";
        return pack_choice_address(r->arena, url_make(r->arena, page, country, NULL), tool);
    }
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/countries/{0}/tools/{1}", country, tool->id, NULL), view);
}

static void fill_tools(struct req *r, const struct country_line *line, const char *today,
                       const struct programme_people *people, struct country_view *v)
{
    struct country_card *cards =
        ARENA_ARRAY(r->arena, struct country_card, line->n_tools);
    for (size_t i = 0; i < line->n_tools; i++) {
        bool own = i >= COUNTRY_TOOLS;
        const struct country_tool *t = &line->tools[i];
        const char *address = own ? own_address(r, line->code, t->tool, "?view=all")
                                  : country_tool_address(r, line->code, i);
        if (t->tool == NULL || (!t->kept && address == NULL)) {
            continue;
        }
        const char *work = own ? own_address(r, line->code, t->tool, "")
                               : country_tool_work(r, line->code, i);
        const char *who =
            t->assigned_id[0] == '\0' ? NULL : programme_person_name(people, t->assigned_id);
        enum country_next next = country_next_of(t, today);
        bool read_first = next == COUNTRY_CHECK || next == COUNTRY_SUBMIT || next == COUNTRY_AGAIN;
        cards[v->n_cards++] = (struct country_card){
            .tag = t->tool->id,
            .title = country_tool_title(r, t->tool),
            .address = address,
            .look = country_state_look(t),
            .state = tr(r->lang, country_state_label(t)),
            .kept = t->kept,
            .answered = t->answered,
            .of = t->of,
            .progress = t->kept ? country_progress_words(r, t) : country_cases_words(r, t),
            .age = country_age_words(r, t, today),
            .who = who,
            .next = t->kept ? country_next_words(r, t, line->verbs, today) : NULL,
            .work = read_first ? address : work,
        };
    }
    v->cards = cards;
}

static void fill_programmes(struct req *r, const struct country_line *line,
                            struct country_programme **out)
{
    const struct field *state = entity_field(&entity_programme, "state");
    *out = ARENA_ARRAY(r->arena, struct country_programme, line->n_programmes + 1);
    for (size_t i = 0; i < line->n_programmes; i++) {
        const struct record *p = line->programmes[i];
        const char *code = record_text(p, "state");
        (*out)[i] = (struct country_programme){
            .number = record_text(p, "number"),
            .title = record_text(p, "title"),
            .address = url_make(r->arena, "/programmes/{0}", record_text(p, "number"), NULL),
            .analyse = url_make(r->arena, "/programmes/{0}/analyse", record_text(p, "number"),
                                NULL),
            .look = programme_state_look(code),
            .state = tr(r->lang, field_choice_label(state, code)),
            .starts_on = record_text(p, "starts_on"),
            .ends_on = record_text(p, "ends_on"),
        };
    }
}

static enum err country_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct country_line *line;
    struct programme_people people;
    struct country_view v = {0};
    char today[11];
    clock_today(today);
    enum err err = pack_own_look(r->db, e);
    if (err == ERR_NONE) {
        err = country_find(r, r->country, &line, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, NULL, &people, e);
    }
    if (err == ERR_NONE) {
        err = fill_facts(r, line, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct country_programme *programmes;
    fill_place(r, line, &v);
    fill_tools(r, line, today, &people, &v);
    fill_programmes(r, line, &programmes);
    v.programmes = programmes;
    v.n_programmes = line->n_programmes;
    v.n_gaps = line->n_gaps;
    v.n_gaps_in_part = line->n_gaps_in_part;
    v.law_begun = line->tools[COUNTRY_LAW].answered > 0;
    v.gaps = url_make(r->arena, "/countries/{0}/tools/2.3/gaps", r->country, NULL);
    v.n_bound = line->n_bound;
    v.obligations = country_tool_address(r, r->country, COUNTRY_OBLIGATIONS);
    v.rights = url_make(r->arena, "/countries/{0}/rights", r->country, NULL);
    v.profile = country_tool_address(r, r->country, COUNTRY_PROFILE);
    v.compare = arena_printf(r->arena, "/countries/compare?countries=%s", r->country);
    struct page_action compare = {.label = tr(r->lang, MSG("Compare with another country")),
                                  .address = v.compare};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = country_words(r->lang, r->country),
                              .about = tr(r->lang, MSG("The analysis of this country, for every "
                                                       "programme that works there.")),
                              .crumbs = crumbs_of(r, false),
                              .n_crumbs = 1,
                              .tag = r->country,
                              .actions = &compare,
                              .n_actions = 1});
    country_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_country = {
    .path = "/countries/{country}",
    .needs = MAY_READ,
    .get = country_get,
    .title = MSG("Country"),
    .menu = MENU_COUNTRIES,
};

// ---- programmes ---------------------------------------------------------------------------------

static enum err programmes_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct country_line *line;
    struct country_programmes_view v = {0};
    enum err err = country_find(r, r->country, &line, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct country_programme *programmes;
    fill_programmes(r, line, &programmes);
    v.programmes = programmes;
    v.n_programmes = line->n_programmes;
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Programmes in {0}"),
                                 country_words(r->lang, r->country), NULL),
                   .count = arena_printf(r->arena, "%zu", v.n_programmes),
                   .about = tr(r->lang, MSG("Programmes that name this country and that you may "
                                            "read.")),
                   .crumbs = crumbs_of(r, true),
                   .n_crumbs = 2});
    country_programmes_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_country_programmes = {
    .path = "/countries/{country}/programmes",
    .needs = MAY_READ,
    .get = programmes_get,
    .title = MSG("Programmes of a country"),
    .menu = MENU_COUNTRIES,
};
