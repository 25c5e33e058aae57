// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_gaps_web.c: what is missing in the law of a country: the answers to a table of questions that are
// gaps, with the provision, the treaty article the question rests on and whether it binds the State, and the
// risks that the gap suggests.

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_basis.h"
#include "assessment/assessment_law.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"
#include "country/country_gaps.html.h"
#include "country/country_web.h"
#include "obligation/obligation.h"
#include "obligation/obligation_status.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_sheet_web.h"

// What a page or a file about the gaps of one country needs.
struct gaps {
    const struct pack_tool *tool;
    struct law_gaps found;
    struct obligation_list treaties;
    struct basis_risks risks; // in registers, taken over because of answers about the country
    struct gap_register *registers; // of programmes that work there and may be read
    size_t n_registers;
    bool begun;
};

// Where the suggestions can be taken up. One statement.
static enum err load_registers(struct req *r, struct gaps *g, struct err_info *e)
{
    const struct store_query by_number = {.order = "number"};
    struct record **all;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_programme, &by_number, &all, &n, e);
    g->registers = err == ERR_NONE ? ARENA_ARRAY(r->arena, struct gap_register, n + 1) : NULL;
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const char *number = record_text(all[i], "number");
        if (record_has_code(all[i], "countries", r->country) && identity_may(r->who, MAY_READ, all[i]->id)) {
            g->registers[g->n_registers++] = (struct gap_register){
                .number = number,
                .address = url_make(r->arena, "/programmes/{0}/risks/suggestions", number, NULL)};
        }
    }
    return err;
}

static enum err load(struct req *r, struct gaps *g, struct err_info *e)
{
    const struct pack_tool *tool = assessment_tool(req_capture(r, "tool"));
    const struct assessment_subject of = {.country = r->country};
    struct assessment_rounds rounds;
    *g = (struct gaps){.tool = tool};
    if (tool == NULL || tool->kind != PACK_KIND_QUESTION_TABLE ||
        tool->subject != PACK_SUBJECT_COUNTRY) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("This tool has no gaps."),
                       MSG("Gaps are those of tool 2.3, national law."), NULL);
    }
    enum err err = assessment_rounds_load(r->db, r->arena, &of, tool->id, &rounds, e);
    if (err == ERR_NONE) {
        err = obligation_list_load(r->db, r->arena, r->country, NULL, &g->treaties, e);
    }
    if (err == ERR_NONE) {
        err = basis_risks_load(r->db, r->arena, r->who, r->country, &g->risks, e);
    }
    if (err == ERR_NONE) {
        err = load_registers(r, g, e);
    }
    if (err == ERR_NONE) {
        size_t n = rounds.n == 0 ? 0 : rounds.items[0].n_answers;
        g->found =
            law_gaps_of(r->arena, tool, rounds.n == 0 ? NULL : rounds.items[0].answers, n);
        g->begun = n > 0;
    }
    return err;
}

// ---- treaties -----------------------------------------------------------------------------------

static const struct obligation_line *treaty_of(const struct gaps *g, const char *instrument)
{
    for (size_t i = 0; i < g->treaties.n; i++) {
        if (strcmp(g->treaties.lines[i].row->id, instrument) == 0) {
            return &g->treaties.lines[i];
        }
    }
    return NULL;
}

// Only what a person entered counts; a suggestion says so.
static const char *binds_words(struct req *r, const struct obligation_line *line, const char **look)
{
    const char *status = line->entered == NULL ? "" : record_text(line->entered, "status");
    const struct field *f = entity_field(&entity_obligation, "status");
    *look = strcmp(status, "party") == 0    ? "done"
            : strcmp(status, "signed") == 0 ? "warn"
                                            : "none";
    if (strcmp(status, "party") == 0) {
        return tr(r->lang, MSG("Binds this State"));
    }
    if (status[0] != '\0') {
        return tr(r->lang, field_choice_label(f, status));
    }
    return line->hint.found && strcmp(line->hint.status, "party") == 0
               ? tr(r->lang, MSG("Binds this State, say the reference data; nobody has checked"))
               : tr(r->lang, MSG("Nobody has looked whether it binds this State"));
}

static struct gap_article *articles_of(struct req *r, const struct gaps *g,
                                       const struct pack_row *row, size_t *n)
{
    struct gap_article *list = ARENA_ARRAY(r->arena, struct gap_article, row->n_articles + 1u);
    *n = row->n_articles;
    for (unsigned i = 0; i < row->n_articles; i++) {
        const struct pack_article *x = &row->articles[i];
        const struct obligation_line *line =
            x->instrument == NULL ? NULL : treaty_of(g, x->instrument);
        const char *name = line != NULL ? pack_words(g->treaties.tool->pack, r->lang,
                                                     line->row->id, line->row->text)
                           : x->name != NULL ? x->name
                                             : x->instrument;
        list[i].text = x->article == NULL
                           ? name
                           : tr_f(r->arena, r->lang, MSG("{0}, article {1}"), name, x->article,
                                  NULL);
        if (line != NULL) {
            list[i].address =
                arena_printf(r->arena, "%s#%s",
                             url_make(r->arena, "/countries/{0}/obligations", r->country, NULL),
                             url_escape(r->arena, line->row->id));
            list[i].status = binds_words(r, line, &list[i].look);
        }
    }
    return list;
}

static struct gap_risk *risks_of(struct req *r, const struct law_gap *gap, size_t *n)
{
    struct law_risk *found = law_risks_of(r->arena, gap->root, gap->answer->value, n);
    struct gap_risk *list = ARENA_ARRAY(r->arena, struct gap_risk, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct pack *pack = found[i].tool->pack;
        const char *id = found[i].row->id;
        list[i] = (struct gap_risk){
            .id = id,
            .text = pack_words(pack, r->lang, id, found[i].row->text),
            .address = arena_printf(r->arena, "%s#%s",
                                    url_make(r->arena, "/library/{0}/{1}", pack->id,
                                             found[i].tool->id, NULL),
                                    url_escape(r->arena, id)),
            .why = found[i].why == NULL ? "" : pack_words(pack, r->lang, id, found[i].why),
        };
    }
    return list;
}

static struct gap_led *led_of(struct req *r, const struct gaps *g, const char *row, size_t *n)
{
    struct basis_risks found = basis_risks_of(r->arena, &g->risks, row, NULL);
    struct gap_led *list = ARENA_ARRAY(r->arena, struct gap_led, found.n + 1);
    *n = found.n;
    for (size_t i = 0; i < found.n; i++) {
        const struct basis_risk *x = &found.items[i];
        list[i] = (struct gap_led){
            .number = x->number,
            .statement = x->statement,
            .address = arena_printf(r->arena, "%s#basis",
                                    url_make(r->arena, "/programmes/{0}/risks/{1}", x->number,
                                             x->id, NULL))};
    }
    return list;
}

// ---- the page -----------------------------------------------------------------------------------

static const char *answer_words(struct req *r, const struct gaps *g, const struct law_gap *gap)
{
    return pack_words(g->tool->pack, r->lang, gap->answer->value,
                      assessment_answer_label(g->tool, gap->row, gap->answer->value));
}

static const char *gap_words(struct req *r, const struct law_gap *gap)
{
    return tr(r->lang, gap->gap == ASSESSMENT_GAP ? MSG("A gap") : MSG("A gap in part"));
}

static struct gap_line line_of(struct req *r, const struct gaps *g, const struct law_gap *gap)
{
    const struct assessment_answer *w = gap->answer;
    struct gap_line line = {
        .id = gap->row->id,
        .text = pack_words(g->tool->pack, r->lang, gap->row->id, gap->row->text),
        .address = url_make(r->arena, "/countries/{0}/tools/{1}/{2}", r->country, g->tool->id,
                            gap->row->id, NULL),
        .look = gap->gap == ASSESSMENT_GAP ? "risk" : "warn",
        .label = gap_words(r, gap),
        .answer = answer_words(r, g, gap),
        .provision = w->provision,
        .link = w->link,
        .missing = w->missing,
        .how = w->how,
        .sub = gap->row->parent != NULL,
    };
    line.articles = articles_of(r, g, gap->row, &line.n_articles);
    line.risks = risks_of(r, gap, &line.n_risks);
    line.led = led_of(r, g, gap->row->id, &line.n_led);
    return line;
}

static void fill_parts(struct req *r, const struct gaps *g, struct country_gaps_view *v)
{
    struct gap_line *lines = ARENA_ARRAY(r->arena, struct gap_line, g->found.n + 1);
    struct gap_part *parts =
        ARENA_ARRAY(r->arena, struct gap_part, assessment_n_parts(g->tool) + 1);
    size_t part = (size_t)-1;
    for (size_t i = 0; i < g->found.n; i++) {
        const struct law_gap *gap = &g->found.items[i];
        if (gap->part != part) {
            part = gap->part;
            const struct pack_section *s =
                g->tool->n_sections == 0 ? NULL : &g->tool->sections[part];
            parts[v->n_parts++] = (struct gap_part){
                .heading = s == NULL ? country_tool_title(r, g->tool)
                                     : pack_words(g->tool->pack, r->lang, s->id, s->title),
                .lines = &lines[i]};
        }
        lines[i] = line_of(r, g, gap);
        parts[v->n_parts - 1].n_lines++;
    }
    v->parts = parts;
}

static enum err gaps_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct gaps g;
    enum err err = load(r, &g, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *tool = url_make(a, "/countries/{0}/tools/{1}", r->country, g.tool->id, NULL);
    struct country_gaps_view v = {
        .tool = arena_printf(a, "%s?view=all", tool),
        .n_open = g.found.n_open,
        .begun = g.begun,
        .n_gaps = g.found.n,
        .registers = g.registers,
        .n_registers = g.n_registers,
        .summary = tr_f(a, r->lang, MSG("{0}, {1}."),
                        tr_n(a, r->lang, MSG("One gap"), MSG("{0} gaps"),
                             (int64_t)g.found.n_whole),
                        tr_n(a, r->lang, MSG("one gap in part"), MSG("{0} gaps in part"),
                             (int64_t)g.found.n_in_part),
                        NULL),
    };
    fill_parts(r, &g, &v);
    if (req_may(r, MAY_EXPORT)) {
        v.csv = arena_printf(a, "%s/gaps/export?format=csv", tool);
        v.xlsx = arena_printf(a, "%s/gaps/export?format=xlsx", tool);
    }
    const struct crumb crumbs[] = {
        {tr(r->lang, MSG("Countries")), "/countries"},
        {country_words(r->lang, r->country), url_make(a, "/countries/{0}", r->country, NULL)},
        {country_tool_title(r, g.tool), v.tool}};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(a, r->lang, MSG("Gaps in the law of {0}"),
                                 country_words(r->lang, r->country), NULL),
                   .about = tr(r->lang, MSG("Answers that show that the law falls short of the "
                                            "duties of the State. Only answers that the question "
                                            "itself counts as a gap are here.")),
                   .crumbs = crumbs,
                   .n_crumbs = COUNT_OF(crumbs),
                   .tag = g.tool->id});
    country_gaps_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_country_gaps = {
    .path = "/countries/{country}/tools/{tool}/gaps",
    .needs = MAY_READ,
    .get = gaps_get,
    .title = MSG("Gaps in the law"),
    .menu = MENU_COUNTRIES,
};

// ---- as a file ----------------------------------------------------------------------------------

static const char *joined(struct req *r, const char *text, const char *more)
{
    return text[0] == '\0' ? more : arena_printf(r->arena, "%s; %s", text, more);
}

static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    static const char *const codes[] = {"country", "section",  "row",  "question", "gap",
                                        "answer",  "missing",  "provision", "link", "comment",
                                        "treaty",  "binding", "risks"};
    struct gaps g;
    enum err err = load(r, &g, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **cells = ARENA_ARRAY(r->arena, const char *, (g.found.n + 1) * COUNT_OF(codes));
    for (size_t i = 0; i < g.found.n; i++) {
        const struct law_gap *gap = &g.found.items[i];
        struct gap_line line = line_of(r, &g, gap);
        const char *treaty = "", *binding = "", *risks = "";
        for (size_t k = 0; k < line.n_articles; k++) {
            treaty = joined(r, treaty, line.articles[k].text);
            binding = line.articles[k].status == NULL
                          ? binding
                          : joined(r, binding, line.articles[k].status);
        }
        for (size_t k = 0; k < line.n_risks; k++) {
            risks = joined(r, risks, line.risks[k].id);
        }
        const struct pack_section *s =
            g.tool->n_sections == 0 ? NULL : &g.tool->sections[gap->part];
        const char *const row[] = {
            r->country,
            s == NULL ? "" : pack_words(g.tool->pack, r->lang, s->id, s->title),
            line.id,
            line.text,
            line.label,
            line.answer,
            line.missing,
            line.provision,
            line.link,
            line.how,
            treaty,
            binding,
            risks};
        memcpy(&cells[i * COUNT_OF(codes)], row, sizeof row);
    }
    const char *const heads[] = {tr(r->lang, MSG("Country")),
                                 tr(r->lang, MSG("Section")),
                                 tr(r->lang, MSG("Row")),
                                 tr(r->lang, MSG("Question")),
                                 tr(r->lang, MSG("Gap")),
                                 tr(r->lang, MSG("Answer")),
                                 tr(r->lang, MSG("What is missing")),
                                 tr(r->lang, MSG("Where it stands")),
                                 tr(r->lang, MSG("Link to the text")),
                                 tr(r->lang, MSG("Comment")),
                                 tr(r->lang, MSG("Treaty")),
                                 tr(r->lang, MSG("Binding")),
                                 tr(r->lang, MSG("Risks that this suggests"))};
    const struct sheet sheet = {
        .title = tr_f(r->arena, r->lang, MSG("Gaps in the law of {0}"),
                      country_words(r->lang, r->country), NULL),
        .columns = sheet_columns(r->arena, codes, heads, 0, COUNT_OF(codes)),
        .n_columns = COUNT_OF(codes),
        .cells = cells,
        .n_rows = g.found.n,
    };
    return programme_send_sheet(r, p, &sheet, arena_printf(r->arena, "%s-%s-gaps", r->country, g.tool->id), "answer", e);
}

const struct route route_country_gaps_export = {
    .path = "/countries/{country}/tools/{tool}/gaps/export",
    .needs = MAY_EXPORT,
    .get = export_get,
    .title = MSG("Export"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};
