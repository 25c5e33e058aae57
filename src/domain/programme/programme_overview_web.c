// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_overview_web.c: a programme at a glance: facts, objective, outcomes, tools of each phase,
// partners, donors, revisions, and how much awaits.
//
// Ten statements beside the session, whatever the size of the programme, and those of the checks.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "html/record.h"
#include "model/check.h"
#include "os/clock.h"
#include "pack/pack.h"
#include "programme/programme.h"
#include "programme/programme_overview.html.h"
#include "programme/programme_store.h"
#include "programme/programme_web.h"

struct overview {
    struct record **partners, **revisions, **outcomes;
    size_t n_partners, n_revisions, n_outcomes;
    struct programme_donor *donors;
    size_t n_donors;
    struct programme_assessment *assessments;
    size_t n_assessments;
    struct programme_people people;
    int64_t open_actions, late_actions;
    size_t n_notices, n_high;
};

// ---- loading ------------------------------------------------------------------------------------

static enum err load_outcomes(struct req *r, struct overview *o, struct err_info *e)
{
    const struct store_filter filters[] = {
        {.field = "programme_id", .op = STORE_EQUAL, .text = r->programme->id},
        {.field = "level", .op = STORE_EQUAL, .text = "outcome"},
    };
    const struct store_query q = {.filters = filters, .n_filters = 2, .order = "code"};
    return store_list(r->db, r->arena, model_find("result"), &q, &o->outcomes, &o->n_outcomes, e);
}

static enum err load_actions(struct req *r, struct overview *o, struct err_info *e)
{
    struct programme_action *rows;
    size_t n;
    char today[11];
    clock_today(today);
    return programme_actions_load(r->db, r->arena, r->programme->id, "open", NULL, today, 1, 0,
                                  &rows, &n, &o->open_actions, &o->late_actions, e);
}

static enum err load_notices(struct req *r, struct overview *o, struct err_info *e)
{
    struct notice_list list;
    enum err err = check_run_all(r->arena, r->lang, r->db, r->programme->id, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    o->n_notices = list.n;
    for (size_t i = 0; i < list.n; i++) {
        o->n_high += strcmp(list.items[i].severity, "high") == 0;
    }
    return ERR_NONE;
}

static enum err load(struct req *r, struct overview *o, struct err_info *e)
{
    const char *id = r->programme->id;
    enum err err = store_list_by(r->db, r->arena, &entity_partner, "programme_id", id, &o->partners,
                                 &o->n_partners, e);
    err = err != ERR_NONE ? err
                          : store_list_by(r->db, r->arena, &entity_revision, "programme_id", id,
                                          &o->revisions, &o->n_revisions, e);
    err = err != ERR_NONE ? err : load_outcomes(r, o, e);
    err = err != ERR_NONE ? err
                          : programme_donors_load(r->db, r->arena, id, &o->donors, &o->n_donors, e);
    err = err != ERR_NONE ? err
                          : programme_assessments_load(r->db, r->arena, id, &o->assessments,
                                                       &o->n_assessments, e);
    err = err != ERR_NONE ? err : programme_people_load(r->db, r->arena, id, &o->people, e);
    err = err != ERR_NONE ? err : load_actions(r, o, e);
    return err != ERR_NONE ? err : load_notices(r, o, e);
}

// ---- tools --------------------------------------------------------------------------------------

static bool is_questions(const struct pack_tool *tool)
{
    return tool->kind == PACK_KIND_CHECKLIST || tool->kind == PACK_KIND_QUESTION_TABLE;
}

// Where a tool is worked with for a programme; NULL: it is only read, or no page is there.
static const char *tool_address(struct req *r, const struct pack_tool *tool)
{
    const struct {
        bool is;
        const char *below;
    } places[] = {{tool->subject == PACK_SUBJECT_COUNTRY || tool->subject == PACK_SUBJECT_RECIPIENT, "/analyse"},
                  {tool->subject == PACK_SUBJECT_PUBLICATION, "/publications"},
                  {tool->kind == PACK_KIND_RISK_TABLE, "/risks"},
                  {tool->kind == PACK_KIND_INDICATOR_SET, "/indicators"},
                  {tool->kind == PACK_KIND_ADVOCACY_TABLE, "/advocacy"}};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        if (places[i].is) {
            return route_has_page(arena_printf(r->arena, "/programmes/{programme}%s", places[i].below))
                       ? programme_address(r, places[i].below)
                       : NULL;
        }
    }
    return is_questions(tool) && route_has_page("/programmes/{programme}/checklists/{tool}")
               ? programme_address(r, url_make(r->arena, "/checklists/{0}", tool->id, NULL))
               : NULL;
}

static const char *state_look(const char *state)
{
    return strcmp(state, "approved") == 0   ? "done"
           : strcmp(state, "returned") == 0 ? "warn"
                                            : "progress";
}

static void fill_tool(struct req *r, const struct overview *o, const struct pack_tool *tool,
                      struct tool_card *card)
{
    const struct programme_assessment *last = NULL;
    for (size_t i = 0; i < o->n_assessments; i++) {
        if (strcmp(o->assessments[i].tool, tool->id) == 0) {
            last = &o->assessments[i];
        }
    }
    *card = (struct tool_card){
        .id = tool->id,
        .title = pack_words(tool->pack, r->lang, tool->id, tool->title),
        .address = tool_address(r, tool),
        .rows = tool->n_rows,
    };
    bool counts = is_questions(tool) && tool->subject == PACK_SUBJECT_PROGRAMME;
    if (last != NULL) {
        const struct entity *kind = model_find("assessment");
        card->answered = last->answers;
        card->look = state_look(last->state);
        card->state = tr(r->lang, field_choice_label(entity_field(kind, "state"), last->state));
    } else if (counts) {
        card->look = "none";
        card->state = tr(r->lang, MSG("Not started"));
    }
    card->counts = counts;
}

// Tools that are worked with for the programme, by phase in the order of the cycle. Guidance stands in the library.
static struct tool_phase *fill_phases(struct req *r, const struct overview *o, size_t *n_phases)
{
    const struct pack *pack = pack_find(PACK_DEFAULT);
    size_t n_tools = 0;
    const struct pack_tool *const *tools = pack == NULL ? NULL : pack_tools(pack, &n_tools);
    struct tool_phase *phases = ARENA_ARRAY(r->arena, struct tool_phase, PACK_PHASE_COUNT);
    *n_phases = 0;
    for (int phase = PACK_PHASE_ANALYSE; phase < PACK_PHASE_COUNT; phase++) {
        struct tool_phase *p = &phases[*n_phases];
        struct tool_card *cards = ARENA_ARRAY(r->arena, struct tool_card, n_tools + 1);
        p->n_cards = 0;
        for (size_t i = 0; i < n_tools; i++) {
            if ((int)tools[i]->phase == phase && tool_address(r, tools[i]) != NULL) {
                fill_tool(r, o, tools[i], &cards[p->n_cards++]);
            }
        }
        if (p->n_cards > 0) {
            p->title = tr(r->lang, pack_phase_label((enum pack_phase)phase));
            p->state = !route_has_page("/programmes/{programme}/cycle")
                           ? NULL
                           : arena_printf(r->arena, "%s#%s", programme_address(r, "/cycle"),
                                          pack_phase_word((enum pack_phase)phase));
            p->cards = cards;
            (*n_phases)++;
        }
    }
    return phases;
}

// ---- parts --------------------------------------------------------------------------------------

static struct part_line *fill_partners(struct req *r, const struct overview *o, bool may_write)
{
    struct part_line *lines = ARENA_ARRAY(r->arena, struct part_line, o->n_partners + 1);
    for (size_t i = 0; i < o->n_partners; i++) {
        const struct record *p = o->partners[i];
        lines[i] = (struct part_line){
            .name = record_text(p, "name"), .meta = record_text(p, "role"),
            .change = may_write ? programme_address(
                                      r, url_make(r->arena, "/partners/{0}/change", p->id, NULL))
                                : NULL};
    }
    return lines;
}

static const char *ticked(struct req *r, const struct record *revision)
{
    static const struct {
        const char *field, *word;
    } boxes[] = {{"changes_budget", MSG("budget")},
                 {"changes_time", MSG("period")},
                 {"changes_logframe", MSG("logframe")}};
    struct buf b;
    buf_init(&b, r->arena, LIMIT_LINE_BYTES * 4);
    for (size_t i = 0; i < COUNT_OF(boxes); i++) {
        if (record_int(revision, boxes[i].field) == 1) {
            buf_printf(&b, "%s%s", b.len == 0 ? "" : ", ", tr(r->lang, boxes[i].word));
        }
    }
    return b.len == 0 ? NULL : b.data;
}

static struct revision_line *fill_revisions(struct req *r, const struct overview *o, bool may_write)
{
    struct revision_line *lines = ARENA_ARRAY(r->arena, struct revision_line, o->n_revisions + 1);
    for (size_t i = 0; i < o->n_revisions; i++) {
        const struct record *v = o->revisions[i];
        lines[i] = (struct revision_line){
            .number = record_int(v, "number"), .decided_on = record_text(v, "decided_on"),
            .ticked = ticked(r, v), .reason = record_text(v, "reason"),
            .what_changed = record_text(v, "what_changed"),
            .ends_on_after = record_text(v, "ends_on_after"),
            .has_before = record_is_set(v, "overall_before"),
            .has_after = record_is_set(v, "overall_after"),
            .before = record_int(v, "overall_before"), .after = record_int(v, "overall_after"),
            .change = may_write ? programme_address(
                                      r, url_make(r->arena, "/revisions/{0}/change", v->id, NULL))
                                : NULL};
    }
    return lines;
}

static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    const struct programme_people *people = context;
    (void)a;
    (void)f;
    return (struct record_link){.label = programme_person_name(people, id)};
}

static const struct html_figure *money_figure(struct req *r, const char *field, const char *means)
{
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    const char *currency = record_text(r->programme, "currency");
    int64_t minor = record_int(r->programme, field);
    *f = (struct html_figure){
        .shown = money_for_people(r->arena, currency, minor, r->minor_digits),
        .exact = arena_printf(r->arena, "%s %s", currency,
                              decimal_for_people(r->arena, money_text(r->arena, minor, r->minor_digits))),
        .means = means,
        .rule = tr(r->lang, MSG("Typed as printed; not added up from the years.")),
        .source = record_is_set(r->programme, "source") ? record_text(r->programme, "source") : NULL,
        .records = route_has_page("/programmes/{programme}/money") ? programme_address(r, "/money") : NULL,
    };
    return record_is_set(r->programme, field) ? f : NULL;
}

static enum err overview_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct overview o = {0};
    size_t n_phases;
    enum err err = load(r, &o, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = programme_may(r, MAY_WRITE);
    const char *state = record_text(r->programme, "state");
    const struct crumb crumbs[] = {{tr(r->lang, MSG("Programmes")), "/programmes"}};
    const struct page_action delete = {.label = tr(r->lang, MSG("Delete")), .icon = "delete",
                                       .address = programme_address(r, "/delete")};
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = record_text(r->programme, "title"),
        .crumbs = crumbs, .n_crumbs = 1,
        .state_kind = programme_state_look(state),
        .state = tr(r->lang, field_choice_label(entity_field(&entity_programme, "state"), state)),
        .tag = programme_number(r),
        .primary = {.label = may_write ? tr(r->lang, MSG("Add an action")) : NULL, .icon = "add",
                    .address = programme_address(r, "/actions/new")},
        .actions = &delete, .n_actions = may_write ? 1 : 0});
    const struct tool_phase *phases = fill_phases(r, &o, &n_phases);
    const struct record_view record = {.record = r->programme, .minor_digits = r->minor_digits,
                                       .resolve = resolve, .context = &o.people};
    // One country has all of it, which need not be said.
    bool shared = record_is_set(r->programme, "country_shares") ||
                  codes_count(record_text(r->programme, "countries")) > 1;
    static const char *const facts_alone[] = {"crime", "areas", "countries", "starts_on", "ends_on", "manager_id", NULL};
    static const char *const facts_shared[] = {"crime",   "areas",      "countries", "country_shares", "starts_on",
                                               "ends_on", "manager_id", NULL};
    const char *const *facts = shared ? facts_shared : facts_alone;
    static const char *const sources[] = {"source", "links", NULL};
    const struct record_section from = {
        .title = tr(r->lang, MSG("Where this comes from")), .fields = sources,
        .change = may_write ? programme_address(r, "/change") : NULL,
        .change_what = tr(r->lang, MSG("the source"))};
    programme_overview_html(&h, &(struct programme_overview_view){
        .record = &record, .facts = facts, .from = &from,
        .change = may_write ? programme_address(r, "/change") : NULL,
        .people = route_has_page("/programmes/{programme}/people") ? programme_address(r, "/people") : NULL,
        .objective = record_text(r->programme, "objective"),
        .approved = money_figure(r, "approved_total", tr(r->lang, MSG("Money that donors have agreed to give."))),
        .overall = money_figure(r, "overall_total", tr(r->lang, MSG("Money needed for everything planned."))),
        .actions_address = programme_address(r, "/actions"),
        .open_actions = o.open_actions, .late_actions = o.late_actions,
        .notices_address = route_has_page("/programmes/{programme}/notices")
                               ? programme_address(r, "/notices") : NULL,
        .n_notices = (int64_t)o.n_notices, .n_high = (int64_t)o.n_high,
        .outcomes = o.outcomes, .n_outcomes = o.n_outcomes,
        .logframe = route_has_page("/programmes/{programme}/logframe") ? programme_address(r, "/logframe") : NULL,
        .phases = phases, .n_phases = n_phases,
        .partners = fill_partners(r, &o, may_write), .n_partners = o.n_partners,
        .partner_new = may_write ? programme_address(r, "/partners/new") : NULL,
        .donors = o.donors, .n_donors = o.n_donors,
        .money = route_has_page("/programmes/{programme}/money") ? programme_address(r, "/money") : NULL,
        .revisions = fill_revisions(r, &o, may_write), .n_revisions = o.n_revisions,
        .revision_new = may_write ? programme_address(r, "/revisions/new") : NULL,
        .currency = record_text(r->programme, "currency"), .minor_digits = r->minor_digits,
    });
    return page_end(&h, e);
}

const struct route programme_overview_page = {
    .path = "/programmes/{programme}",
    .needs = MAY_READ,
    .get = overview_get,
    .title = MSG("Overview"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};
