// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rights_web.c: which rights of the Toolkit bind a State: since when, with which reservations,
// and where the Toolkit uses them. The status of a treaty is public; whoever is signed in may read it.

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "html/page.h"
#include "obligation/obligation.h"
#include "obligation/obligation_rights.h"
#include "obligation/obligation_rights.html.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme_sheet_web.h"

static const char *words(const struct req *r, const struct pack_tool *tool,
                         const struct pack_row *row)
{
    return pack_words(tool->pack, r->lang, row->id, row->text);
}

// "ICCPR", or the whole title where there is no short name.
static const char *instrument_name(const struct req *r, const struct right_article *a)
{
    if (a->instrument == NULL) {
        return a->article->name != NULL ? a->article->name : a->article->instrument;
    }
    const struct pack_tool *tool = pack_tool_anywhere("2.2");
    return a->instrument->short_name != NULL ? a->instrument->short_name
                                             : words(r, tool, a->instrument);
}

static struct rights_article article_view(struct req *r, const struct right_article *a,
                                          const struct obligation_facts *facts,
                                          const char *country)
{
    const struct field *status = entity_field(&entity_obligation, "status");
    struct rights_article v = {
        .name = instrument_name(r, a),
        .article = a->article->article == NULL ? "" : a->article->article,
        .look = "none",
        .since = "",
        .reservations = "",
    };
    if (a->instrument == NULL) {
        v.state = tr(r->lang, MSG("No treaty: it binds nobody by itself"));
        return v;
    }
    v.address = arena_printf(r->arena, "%s#%s", url_make(r->arena, "/countries/{0}/obligations", country, NULL),
                             url_escape(r->arena, a->instrument->id));
    const struct obligation_fact *f = obligation_fact_of(facts, country, a->instrument->id);
    if (f == NULL) {
        v.state = tr(r->lang, MSG("Not looked at"));
    } else if (!f->confirmed) {
        bool party = strcmp(f->status, "party") == 0;
        v.look = party ? "warn" : "none";
        v.state = party ? tr(r->lang, MSG("Bound by the reference data, not confirmed"))
                        : tr(r->lang, MSG("Not bound by the reference data, not confirmed"));
        v.since = f->bound_on;
    } else {
        v.look = strcmp(f->status, "party") == 0 ? "done" : "none";
        v.state = tr(r->lang, field_choice_label(status, f->status));
        v.since = f->bound_on;
        v.reservations = f->reservations;
    }
    return v;
}

static struct rights_line line_view(struct req *r, const struct right_line *line,
                                    const struct obligation_facts *facts, const char *country)
{
    struct arena *a = r->arena;
    struct rights_line v = {
        .id = line->row->id,
        .text = words(r, line->tool, line->row),
        .articles = ARENA_ARRAY(a, struct rights_article, line->n_articles + 1),
        .n_articles = line->n_articles,
        .uses = ARENA_ARRAY(a, struct rights_use, line->n_uses + 1),
        .n_uses = line->n_uses,
    };
    for (size_t i = 0; i < line->n_articles; i++) {
        v.articles[i] = article_view(r, &line->articles[i], facts, country);
    }
    for (size_t i = 0; i < line->n_uses; i++) {
        const struct right_use *u = &line->uses[i];
        v.uses[i] = (struct rights_use){
            .id = u->row->id,
            .text = words(r, u->tool, u->row),
            .address = arena_printf(a, "%s#%s",
                                    url_make(a, "/library/{0}/{1}", u->tool->pack->id, u->tool->id,
                                             NULL),
                                    url_escape(a, u->row->id))};
    }
    return v;
}

// ---- as a file ----------------------------------------------------------------------------------

static const char *uses_text(struct req *r, const struct rights_line *line)
{
    struct buf b;
    buf_init(&b, r->arena, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < line->n_uses; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : " ", line->uses[i].id);
    }
    return b.data == NULL ? "" : b.data;
}

static enum err write_file(struct req *r, struct reply *p, const struct rights_line *lines,
                           size_t n, const char *country, struct err_info *e)
{
    const struct sheet_column columns[] = {
        {.name = tr(r->lang, MSG("Row")), .kind = SHEET_TEXT},      {.name = tr(r->lang, MSG("Right")), .kind = SHEET_TEXT},
        {.name = tr(r->lang, MSG("Instrument")), .kind = SHEET_TEXT}, {.name = tr(r->lang, MSG("Article")), .kind = SHEET_TEXT},
        {.name = tr(r->lang, MSG("Status")), .kind = SHEET_TEXT},   {.name = tr(r->lang, MSG("Binds since")), .kind = SHEET_DATE},
        {.name = tr(r->lang, MSG("Reservations")), .kind = SHEET_TEXT}, {.name = tr(r->lang, MSG("Used in")), .kind = SHEET_TEXT},
    };
    size_t n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        n_rows += lines[i].n_articles;
    }
    const char **cells = ARENA_ARRAY(r->arena, const char *, n_rows * COUNT_OF(columns) + 1);
    const char **c = cells;
    for (size_t i = 0; i < n; i++) {
        const char *uses = uses_text(r, &lines[i]);
        for (size_t k = 0; k < lines[i].n_articles; k++) {
            const struct rights_article *x = &lines[i].articles[k];
            const char *row[] = {lines[i].id, lines[i].text, x->name,         x->article,
                                 x->state,    x->since,      x->reservations, uses};
            memcpy(c, row, sizeof row);
            c += COUNT_OF(row);
        }
    }
    const struct sheet sheet = {.title = tr(r->lang, MSG("Rights")),
                                .columns = columns,
                                .n_columns = COUNT_OF(columns),
                                .cells = cells,
                                .n_rows = n_rows,
                                .right_to_left = r->lang->right_to_left};
    return programme_send_sheet(r, p, &sheet, arena_printf(r->arena, "%s-rights", country), "obligation", e);
}

// ---- the page -----------------------------------------------------------------------------------

static const char *address_of(struct req *r, const char *country, const char *tool,
                              const char *format)
{
    struct buf b;
    buf_init(&b, r->arena, 400);
    buf_str(&b, url_make(r->arena, "/countries/{0}/rights", country, NULL));
    if (tool[0] != '\0') {
        buf_printf(&b, "?tool=%s", url_escape(r->arena, tool));
    }
    if (format != NULL) {
        buf_printf(&b, "%sformat=%s", tool[0] == '\0' ? "?" : "&", format);
    }
    return b.data;
}

// One chip for each tool that has rights, and the groups of the table.
static void fill(struct req *r, const struct right_list *list, const struct obligation_facts *facts,
                 const char *country, const char *chosen, struct obligation_rights_view *v)
{
    v->chips = ARENA_ARRAY(r->arena, struct rights_chip, list->n + 2);
    v->groups = ARENA_ARRAY(r->arena, struct rights_group, list->n + 1);
    v->all = ARENA_ARRAY(r->arena, struct rights_line, list->n + 1);
    v->chips[v->n_chips++] = (struct rights_chip){.label = tr(r->lang, MSG("All tools")),
                                                  .address = address_of(r, country, "", NULL),
                                                  .on = chosen[0] == '\0'};
    const struct pack_tool *last = NULL;
    struct rights_group *group = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const struct right_line *line = &list->lines[i];
        bool wanted = chosen[0] == '\0' || strcmp(chosen, line->tool->id) == 0;
        if (line->tool != last) {
            last = line->tool;
            const char *title = pack_words(last->pack, r->lang, last->id, last->title);
            v->chips[v->n_chips++] =
                (struct rights_chip){.label = arena_printf(r->arena, "%s %s", last->id, title),
                                     .address = address_of(r, country, last->id, NULL),
                                     .on = strcmp(chosen, last->id) == 0};
            if (wanted) {
                group = &v->groups[v->n_groups++];
                *group = (struct rights_group){.tool = last->id, .title = title,
                                               .lines = &v->all[v->n_all]};
            }
        }
        if (wanted) {
            v->all[v->n_all++] = line_view(r, line, facts, country);
            group->n_lines++;
            v->n_bound += line->n_binding > 0;
        }
    }
}

static enum err rights_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *country = req_capture(r, "country");
    const char *chosen = req_query(r, "tool");
    const char *format = req_query(r, "format");
    const char *key = country_name(country);
    struct obligation_facts facts;
    struct right_list list;
    if (key == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such country."),
                       MSG("Look in the list of countries."), NULL);
    }
    if (chosen[0] != '\0' && pack_tool_anywhere(chosen) == NULL) {
        return err_set(e, ERR_INPUT, "tool", MSG("There is no tool {0}."),
                       MSG("Choose one above the list."), chosen, NULL);
    }
    const char *countries = arena_printf(r->arena, " %s ", country);
    enum err err = obligation_facts_load(r->db, r->arena, countries, &facts, e);
    if (err != ERR_NONE) {
        return err;
    }
    obligation_rights_make(r->arena, countries, &facts, NULL, 0, true, &list);
    struct obligation_rights_view v = {
        .csv = address_of(r, country, chosen, "csv"),
        .xlsx = address_of(r, country, chosen, "xlsx"),
        .treaties = url_make(r->arena, "/countries/{0}/obligations", country, NULL),
    };
    fill(r, &list, &facts, country, chosen, &v);
    if (format[0] != '\0') {
        return write_file(r, p, v.all, v.n_all, country, e);
    }
    const char *name = tr(r->lang, key);
    v.words = tr_f(r->arena, r->lang, MSG("{0} of {1} rights stand in a treaty that binds the State."),
                   arena_printf(r->arena, "%zu", v.n_bound),
                   arena_printf(r->arena, "%zu", v.n_all), NULL);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Rights that bind {0}"), name, NULL),
                   .about = tr(r->lang, MSG("Rights that the Toolkit names, the articles in which they "
                                            "stand, and whether these bind the State.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Countries")), "/countries"},
                                              {name, url_make(r->arena, "/countries/{0}", country,
                                                              NULL)}},
                   .n_crumbs = 2,
                   .width = PAGE_WIDE});
    obligation_rights_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_country_rights = {
    .path = "/countries/{country}/rights",
    .needs = MAY_SIGNED_IN,
    .get = rights_get,
    .title = MSG("Rights that bind a State"),
    .menu = MENU_COUNTRIES,
};
