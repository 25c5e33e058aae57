// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_case_web.c: one due diligence: to check before it is submitted, to decide on, and to print as
// the record of the decision.

#include <string.h>

#include "base/bug.h"
#include "diligence/diligence_case.html.h"
#include "diligence/diligence_web.h"
#include "html/record.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "programme/programme_web.h"
#include "store/store.h"

struct names {
    const struct programme_people *people;
    const struct record *body; // stakeholder, or NULL
};

static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    (void)a;
    const struct names *names = context;
    bool body = names->body != NULL && strcmp(f->name, "stakeholder_id") == 0 &&
                strcmp(names->body->id, id) == 0;
    return (struct record_link){.label = body ? record_text(names->body, "name") : id};
}

// ---- sections -----------------------------------------------------------------------------------

static void fill_sections(struct req *r, const struct record *c, bool may_change,
                          struct diligence_case_view *v)
{
    static const char *const decision[] = {"decision",  "grounds",    "conditions", "review_on",
                                           "decided_by", "authority", "consulted",  "decided_on",
                                           NULL};
    static const char *const proposal[] = {"decision", "grounds", "conditions", "review_on", NULL};
    struct record_section *s = ARENA_ARRAY(r->arena, struct record_section, DILIGENCE_STEPS + 1);
    size_t n = 0;
    bool proposed = record_is_set(c, "decision");
    if (v->is_decided || proposed) {
        s[n++] = (struct record_section){
            .title = tr(r->lang, v->is_decided ? MSG("Decision") : MSG("Proposed decision")),
            .fields = v->is_decided ? decision : proposal,
            .change = may_change ? diligence_case_address(r, c, "/steps/proposal") : NULL,
            .change_what = tr(r->lang, MSG("the proposed decision"))};
    }
    for (size_t i = 0; i + 1 < DILIGENCE_STEPS; i++) {
        const struct diligence_page *page = &diligence_pages[i];
        const char **fields = ARENA_ARRAY(r->arena, const char *, DILIGENCE_MOST_ASKED);
        if (diligence_asked(c, page->step, fields) > 0) {
            s[n++] = (struct record_section){
                .title = tr(r->lang, page->title),
                .fields = fields,
                .change = may_change ? diligence_case_address(
                                           r, c, arena_printf(r->arena, "/steps/%s", page->step))
                                     : NULL,
                .change_what = tr(r->lang, page->title)};
        }
    }
    v->sections = s;
    v->n_sections = n;
}

static enum err load_measures(struct req *r, const struct record *c, const char *today,
                              struct diligence_case_view *v, struct err_info *e)
{
    struct record **rows;
    enum err err = store_list_by(r->db, r->arena, &entity_diligence_measure, "due_diligence_id",
                                 c->id, &rows, &v->n_measures, e);
    if (err != ERR_NONE) {
        return err;
    }
    v->measures = ARENA_ARRAY(r->arena, struct diligence_measure_line, v->n_measures + 1);
    bool may_close = v->is_decided && req_may(r, MAY_APPROVE);
    for (size_t i = 0; i < v->n_measures; i++) {
        const struct record *m = rows[i];
        const char *done = record_text(m, "done_on");
        v->measures[i] = (struct diligence_measure_line){
            .what = record_text(m, "what"),
            .side = diligence_code(r, m, "side"),
            .owner = record_text(m, "owner"),
            .due_on = record_text(m, "due_on"),
            .done_on = done,
            .seen = record_text(m, "seen"),
            .done = may_close && done[0] == '\0'
                        ? diligence_case_address(r, c, url_make(r->arena, "/measures/{0}/done",
                                                                m->id, NULL))
                        : NULL,
            .late = done[0] == '\0' && strcmp(record_text(m, "due_on"), today) < 0};
    }
    return ERR_NONE;
}

// Activities of the programme that name this decision, or one that it took the place of.
static enum err load_resting(struct req *r, const struct record *c, const struct diligence_set *set,
                             struct diligence_case_view *v, struct err_info *e)
{
    const struct entity *kind = model_find("activity");
    struct record **rows;
    size_t n;
    if (r->programme == NULL || kind == NULL) {
        return ERR_NONE;
    }
    enum err err = store_list_by(r->db, r->arena, kind, "programme_id", r->programme->id, &rows, &n,
                                 e);
    if (err != ERR_NONE) {
        return err;
    }
    v->going = ARENA_ARRAY(r->arena, struct diligence_resting, n + 1);
    v->stopping = ARENA_ARRAY(r->arena, struct diligence_resting, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct record *named = diligence_in(set, record_text(rows[i], "due_diligence_id"));
        bool rests = named != NULL && (strcmp(named->id, c->id) == 0 ||
                                       strcmp(diligence_newest(set, named)->id, c->id) == 0);
        if (!rests) {
            continue;
        }
        const char *state = record_text(rows[i], "state");
        bool goes_on = record_is_set(rows[i], "continues");
        struct diligence_resting *to = goes_on ? &v->going[v->n_going++]
                                               : &v->stopping[v->n_stopping++];
        *to = (struct diligence_resting){
            .title = arena_printf(r->arena, "%s %s", record_text(rows[i], "code"),
                                  record_text(rows[i], "title")),
            .address = programme_record_address(r, "activity", rows[i]->id),
            .state = diligence_code(r, rows[i], "state"),
            .look = strcmp(state, "running") != 0 ? "none"
                    : v->stopped && !goes_on      ? "risk"
                                                  : "progress"};
    }
    return ERR_NONE;
}

static void fill_rights(struct req *r, const struct record *c, struct diligence_case_view *v)
{
    bool write = req_may(r, MAY_WRITE), approve = req_may(r, MAY_APPROVE);
    const char *missing = diligence_missing(c), *wrong = diligence_contradicts(c);
    v->wrong = wrong == NULL || diligence_is_decided(c) ? NULL : tr(r->lang, wrong);
    v->missing = missing == NULL
                     ? NULL
                     : tr(r->lang, entity_field(&entity_due_diligence, missing)->label);
    if (v->is_draft && write) {
        v->submit = missing == NULL && wrong == NULL ? diligence_case_address(r, c, "/submit") : NULL;
        v->change_measures = diligence_case_address(r, c, "/measures");
        v->remove = r->programme == NULL
                        ? NULL
                        : programme_remove_address(r, "due_diligence", c->id,
                                                   diligence_address(r, ""));
    }
    if (v->is_submitted && approve) {
        v->decide = diligence_case_address(r, c, "/decide");
        v->give_back = diligence_case_address(r, c, "/return");
    }
    if (v->is_decided && v->successor == NULL && write) {
        v->again = diligence_case_address(r, c, "/again");
    }
}

static enum err load_body(struct req *r, const struct record *c, const struct record **out,
                          struct err_info *e)
{
    struct record *body;
    *out = NULL;
    if (!record_is_set(c, "stakeholder_id")) {
        return ERR_NONE;
    }
    enum err err = store_get(r->db, r->arena, model_find("stakeholder"),
                             record_text(c, "stakeholder_id"), &body, e);
    *out = err == ERR_NONE ? body : NULL;
    return err;
}

// The tool it was worked through with, as it stands now.
static void fill_tool(struct req *r, const struct record *c, struct diligence_case_view *v)
{
    const struct pack_tool *tool = diligence_tool_of(c);
    const char *version = record_text(c, "pack_version");
    if (tool == NULL) {
        return;
    }
    v->tool = tr_f(r->arena, r->lang, MSG("Tool {0}: {1}"), tool->id,
                   pack_words(tool->pack, r->lang, tool->id, tool->title), NULL);
    v->tool_address = diligence_library(r, tool);
    v->take = pack_take_of(r, tool,
                           req_may(r, MAY_EXPORT) ? diligence_case_address(r, c, "/file/") : NULL);
    if (strcmp(tool->id, diligence_tool_id(c)) != 0) {
        v->version = tr_f(r->arena, r->lang,
                          MSG("It was worked through with {0}, which no pack has any more."),
                          diligence_tool_id(c), NULL);
    } else if (version[0] != '\0' && strcmp(version, tool->pack->version) != 0) {
        v->version = tr_f(r->arena, r->lang,
                          MSG("It was begun with version {0} of the pack; the tool is read here in "
                              "version {1}."),
                          version, tool->pack->version, NULL);
    } else if (version[0] != '\0') {
        v->version = tr_f(r->arena, r->lang, MSG("Version {0} of the pack"), version, NULL);
    }
}

enum err diligence_case_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct record *c;
    struct names names = {0};
    struct diligence_set set;
    const struct attach_beside *beside;
    size_t n_crumbs;
    char today[11];
    clock_today(today);
    enum err err = diligence_of_path(r, &c, e);
    if (err == ERR_NONE) {
        err = load_body(r, c, &names.body, e);
    }
    if (err == ERR_NONE) {
        err = diligence_load(r->db, a, NULL, &set, e);
    }
    if (err == ERR_NONE) {
        err = attach_beside_load(r, "due_diligence", c->id, &beside, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    names.people = beside->people;
    const char *state = record_text(c, "state"), *decision = record_text(c, "decision");
    const struct record *next = diligence_successor(&set, c->id);
    const struct record *earlier = diligence_in(&set, record_text(c, "supersedes_id"));
    struct diligence_facts answers = diligence_facts_of(c);
    enum diligence_outcome outcome = diligence_outcome(&answers);
    struct record_view values = {.record = c, .resolve = resolve, .context = &names};
    struct diligence_case_view v = {
        .record = c,
        .values = &values,
        .outcome = tr(r->lang, diligence_outcome_words(answers.during, outcome)),
        .outcome_look = outcome == DILIGENCE_FREE        ? "ok"
                        : outcome == DILIGENCE_FORBIDDEN ? "bad"
                                                         : "warn",
        .is_draft = strcmp(state, "draft") == 0,
        .is_submitted = strcmp(state, "submitted") == 0,
        .is_decided = diligence_is_decided(c),
        .stopped = diligence_is_decided(c) &&
                   (strcmp(decision, "suspend") == 0 || strcmp(decision, "withdraw") == 0),
        .return_reason = record_is_set(c, "return_reason") ? record_text(c, "return_reason") : NULL,
        .successor = next == NULL ? NULL : diligence_case_address(r, next, ""),
        .predecessor = earlier == NULL ? NULL : diligence_case_address(r, earlier, ""),
        .state = diligence_word(r, c),
        .look = diligence_look(c),
        .beside = beside,
    };
    err = load_measures(r, c, today, &v, e);
    if (err == ERR_NONE) {
        err = load_resting(r, c, &set, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may_change = v.is_draft && req_may(r, MAY_WRITE);
    fill_sections(r, c, may_change, &v);
    fill_rights(r, c, &v);
    fill_tool(r, c, &v);
    v.continues = diligence_section_facts(r, c, "continue", &v.n_continues);
    if (may_change) {
        v.stops = diligence_stops(r, c, v.n_measures, "", &v.n_stops);
    }
    v.is_draft = v.is_draft && may_change;
    const struct crumb *crumbs = diligence_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = record_text(c, "recipient"),
                              .about = tr(r->lang, v.is_decided ? MSG("Record of a due diligence decision.")
                                                                : MSG("Due diligence in work.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .state_kind = v.look,
                              .state = v.state,
                              .tag = record_text(c, "country")});
    diligence_case_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_diligence_case = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}",
    .needs = MAY_READ,
    .get = diligence_case_get,
    .title = MSG("Due diligence"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_country_diligence_case = {
    .path = "/countries/{country}/due-diligence/{due_diligence}",
    .needs = MAY_READ,
    .get = diligence_case_get,
    .title = MSG("Due diligence"),
    .menu = MENU_COUNTRIES,
};
