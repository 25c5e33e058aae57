// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_steps_web.c: beginning a due diligence, and its steps. Every step is kept on the server as a
// draft; nothing is decided here.

#include <string.h>

#include "base/bug.h"
#include "diligence/diligence_step.html.h"
#include "diligence/diligence_web.h"
#include "html/form.h"
#include "pack/pack_choice_web.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "store/store.h"

const char *const diligence_not_in_steps[] = {"state",      "decided_by", "authority",
                                              "consulted",  "decided_on", "return_reason",
                                              "supersedes_id", "tool",      "pack_version",
                                              NULL};

static enum err not_a_draft(struct err_info *e)
{
    return err_set(e, ERR_CONFLICT, NULL, MSG("Only a draft can be changed."),
                   MSG("What was submitted can be returned by somebody who may approve. What was "
                       "decided stays; begin a new decision that supersedes it."),
                   NULL);
}

static bool is_draft(const struct record *c)
{
    return strcmp(record_text(c, "state"), "draft") == 0;
}

// Only the countries of the programme; a global programme has them all.
static void offer_countries(struct req *r, struct html *h)
{
    const char *codes = r->programme == NULL ? "" : record_text(r->programme, "countries");
    struct choice *list = ARENA_ARRAY(r->arena, struct choice, strlen(codes) / 3 + 2);
    size_t n = 0;
    const struct choice *all = vocabulary_country.list();
    for (size_t i = 0; codes[0] != '\0' && all[i].code != NULL; i++) {
        if (record_has_code(r->programme, "countries", all[i].code)) {
            list[n++] = (struct choice){all[i].code, tr(r->lang, all[i].label)};
        }
    }
    if (n > 0) {
        form_set_choices(h, "country", list, n);
    }
}

static const char *look_of(enum diligence_outcome outcome)
{
    return outcome == DILIGENCE_FREE        ? "ok"
           : outcome == DILIGENCE_FORBIDDEN ? "bad"
                                            : "warn";
}

// case NULL: not begun.
static enum err show(struct req *r, struct reply *p, const struct record *c, const char *step,
                     const char *action, const char *submit, struct err_info *e)
{
    struct arena *a = r->arena;
    const struct diligence_page *page = &diligence_pages[diligence_page_of(step)];
    const char **fields = ARENA_ARRAY(a, const char *, DILIGENCE_MOST_ASKED);
    size_t n_fields, n_stops, n_facts, n_crumbs;
    int64_t n_measures = 0;
    struct pack_choice choice = {0};
    bool recipient = strcmp(step, "recipient") == 0, proposal = strcmp(step, "proposal") == 0;
    if (c != NULL) {
        struct store_filter of = {"due_diligence_id", STORE_EQUAL, c->id};
        struct store_query q = {.filters = &of, .n_filters = 1};
        enum err err = store_count(r->db, a, &entity_diligence_measure, &q, &n_measures, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (c == NULL) { // later it stays
        enum err err = pack_choice_make(r, DILIGENCE_TOOL, diligence_address(r, "/new"), &choice, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    n_fields = diligence_asked(r->form->record, step, fields);
    if (recipient && r->programme == NULL) { // the country is in the address
        fields++;
        n_fields--;
    }
    struct diligence_stop *stops = diligence_stops(r, c, (size_t)n_measures, step, &n_stops);
    struct diligence_fact *facts = diligence_page_facts(r, page, r->form->record, &n_facts);
    const struct crumb *crumbs = diligence_crumbs(r, c, &n_crumbs);
    struct diligence_facts answers = diligence_facts_of(r->form->record);
    enum diligence_outcome outcome = diligence_outcome(&answers);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, page->title),
                              .about = tr(r->lang, page->about),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    if (recipient) {
        offer_countries(r, &h);
        enum err err = diligence_bodies(r, &h, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    r->form->unmarked = true;
    diligence_step_html(&h, &(struct diligence_step_view){
                                .form = r->form,
                                .choice = &choice,
                                .action = action,
                                .submit = submit,
                                .cancel = c == NULL ? diligence_address(r, "")
                                                    : diligence_case_address(r, c, ""),
                                .fields = fields,
                                .n_fields = n_fields,
                                .stops = stops,
                                .n_stops = n_stops,
                                .facts = facts,
                                .n_facts = n_facts,
                                .outcome = proposal ? tr(r->lang, diligence_outcome_words(
                                                                      answers.during, outcome))
                                                    : NULL,
                                .outcome_look = look_of(outcome)});
    return page_end(&h, e);
}

// ---- new ----------------------------------------------------------------------------------------

enum err diligence_new_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct form *f = r->form;
    const char *country = req_query(r, "country");
    if (r->method == METHOD_GET && f->n_typed == 0) {
        const char *codes = r->programme == NULL ? "" : record_text(r->programme, "countries");
        if (country_name(country) != NULL) {
            record_set_text(f->record, "country", country);
        } else if (strlen(codes) == 4) { // " NE "
            record_set_text(f->record, "country", arena_copy_n(r->arena, codes + 1, 2));
        }
    }
    return show(r, p, NULL, "recipient", r->address,
                tr(r->lang, MSG("Save and continue")), e);
}

// Set before the record is checked as a whole.
static enum err begin_as_draft(struct req *r, struct form *f, struct err_info *e)
{
    struct pack_choice choice;
    enum err err = pack_choice_make(r, DILIGENCE_TOOL, "", &choice, e);
    if (err == ERR_NONE) {
        record_set_text(f->record, "state", "draft");
        record_set_text(f->record, "tool", choice.tool->id);
        record_set_text(f->record, "pack_version", choice.tool->pack->version);
    }
    return err;
}

enum err diligence_new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c = r->form->record;
    enum err err = programme_save_one(r, c, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The draft is saved.")), c->version);
        reply_redirect(r, p, diligence_case_address(r, c, "/steps/support"), NULL);
    }
    return err;
}

const struct route route_diligence_new = {
    .path = "/programmes/{programme}/due-diligence/new",
    .needs = MAY_WRITE,
    .get = diligence_new_get,
    .post = diligence_new_post,
    .prepare = begin_as_draft,
    .entity = &entity_due_diligence,
    .except = diligence_not_in_steps,
    .title = MSG("Begin a due diligence"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_country_diligence_new = {
    .path = "/countries/{country}/due-diligence/new",
    .needs = MAY_WRITE,
    .get = diligence_new_get,
    .post = diligence_new_post,
    .prepare = begin_as_draft,
    .entity = &entity_due_diligence,
    .except = diligence_not_in_steps,
    .title = MSG("Begin a due diligence"),
    .menu = MENU_COUNTRIES,
};

// ---- steps --------------------------------------------------------------------------------------

static enum err step_of_path(struct req *r, size_t *out, struct err_info *e)
{
    *out = diligence_page_of(req_capture(r, "step"));
    bool form = *out < DILIGENCE_STEPS && strcmp(diligence_pages[*out].step, "measures") != 0;
    return form ? ERR_NONE : programme_not_found(e);
}

// Under a country only what belongs to the country as a whole; the dispatcher compared the country alone.
enum err diligence_is_here(struct req *r, struct form *f, struct err_info *e)
{
    bool of_programme = record_is_set(f->record, "programme_id");
    return r->programme == NULL && of_programme ? programme_not_found(e) : ERR_NONE;
}

enum err diligence_step_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c = r->form->record;
    size_t at;
    enum err err = step_of_path(r, &at, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (!is_draft(c)) {
        return not_a_draft(e);
    }
    const char *step = diligence_pages[at].step;
    return show(r, p, c, step,
                diligence_case_address(r, c, arena_printf(r->arena, "/steps/%s", step)),
                tr(r->lang, MSG("Save and continue")), e);
}

// Answers to questions that this case does not ask (another kind of force, another moment) are not kept.
static void forget_what_is_not_asked(struct record *c)
{
    static const char *const depends[] = {"grave_crimes", "grave_pattern",  "grave_command",
                                          "grave_units",  "grave_impunity", "real_risk",
                                          "continuing",   "efforts",        "efforts_what"};
    const char *asked[2 * DILIGENCE_MOST_ASKED];
    size_t n = diligence_asked(c, "grave", asked);
    n += diligence_asked(c, "test", asked + n);
    for (size_t i = 0; i < COUNT_OF(depends); i++) {
        bool is_asked = false;
        for (size_t k = 0; k < n; k++) {
            is_asked = is_asked || strcmp(asked[k], depends[i]) == 0;
        }
        if (!is_asked) {
            record_clear(c, depends[i]);
        }
    }
}

enum err diligence_step_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c = r->form->record;
    size_t at;
    enum err err = step_of_path(r, &at, e);
    if (err == ERR_NONE && !is_draft(c)) {
        err = not_a_draft(e);
    }
    if (err == ERR_NONE) {
        forget_what_is_not_asked(c);
        err = programme_save_one(r, c, NULL, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *next = at + 1 >= DILIGENCE_STEPS ? ""
                       : strcmp(diligence_pages[at + 1].step, "measures") == 0
                           ? "/measures"
                           : arena_printf(r->arena, "/steps/%s", diligence_pages[at + 1].step);
    reply_flash(p, tr(r->lang, MSG("The draft is saved.")), c->version);
    reply_redirect(r, p, diligence_case_address(r, c, next), NULL);
    return ERR_NONE;
}

const struct route route_diligence_step = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/steps/{step}",
    .needs = MAY_WRITE,
    .get = diligence_step_get,
    .post = diligence_step_post,
    .prepare = diligence_is_here,
    .entity = &entity_due_diligence,
    .edits = "due_diligence",
    .except = diligence_not_in_steps,
    .title = MSG("Step of a due diligence"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_country_diligence_step = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/steps/{step}",
    .needs = MAY_WRITE,
    .get = diligence_step_get,
    .post = diligence_step_post,
    .prepare = diligence_is_here,
    .entity = &entity_due_diligence,
    .edits = "due_diligence",
    .except = diligence_not_in_steps,
    .title = MSG("Step of a due diligence"),
    .menu = MENU_COUNTRIES,
};
