// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_web.c: the arguments of a programme: concerns by heading, those of the Toolkit with their
// arguments in sight, own ones beside, what was used and what came of it.

#include "advocacy/advocacy_web.h"

#include <string.h>

#include "advocacy/advocacy_page.html.h"
#include "base/bug.h"
#include "html/list.h"
#include "pack/pack_choice_web.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"

// Blank rows that the printed form keeps under each heading.
static unsigned blank_rows(const struct pack_tool *tool)
{
    return tool->n_sections == 0 ? 0 : (unsigned)tool->user_rows / tool->n_sections;
}

const char *advocacy_address(const struct req *r, const char *below)
{
    return arena_printf(r->arena, "%s%s", programme_address(r, "/advocacy"), below);
}

const struct crumb *advocacy_crumbs(struct req *r, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 3);
    c[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
    c[1] = (struct crumb){programme_number(r), programme_address(r, "")};
    c[2] = (struct crumb){tr(r->lang, MSG("Arguments")), advocacy_address(r, "")};
    *n = 3;
    return c;
}

struct advocacy_card advocacy_card_of(struct req *r, const struct advocacy_line *line)
{
    const struct field *sort = entity_field(&entity_advocacy_use, "with_sort");
    const struct field *result = entity_field(&entity_advocacy_use, "result");
    const char *kind = tr(r->lang, field_choice_label(sort, line->with_sort));
    return (struct advocacy_card){
        .address = url_make(r->arena, "/programmes/{0}/advocacy/uses/{1}", line->number, line->id,
                            NULL),
        .number = line->number,
        .row = line->row,
        .heading = advocacy_heading_words(r->lang, line->heading),
        .concern = advocacy_concern_words(r->arena, r->lang, line),
        .argument = advocacy_argument_words(r->arena, r->lang, line),
        .with = line->stakeholder[0] == '\0'
                    ? kind
                    : tr_f(r->arena, r->lang, MSG("{0}: {1}"), kind, line->stakeholder, NULL),
        .country = country_words(r->lang, line->country),
        .used_on = line->used_on,
        .look = advocacy_result_look(line->result),
        .result = tr(r->lang, field_choice_label(result, line->result)),
        .what_worked = line->what_worked,
        .next_time = line->next_time,
        .lesson = line->lesson};
}

struct advocacy_card *advocacy_cards(struct req *r, const struct advocacy_line *lines, size_t n)
{
    struct advocacy_card *cards = ARENA_ARRAY(r->arena, struct advocacy_card, n + 1);
    for (size_t i = 0; i < n; i++) {
        cards[i] = advocacy_card_of(r, &lines[i]);
    }
    return cards;
}

// ---- the page ------------------------------------------------------------------------------------

struct advocacy_data {
    struct pack_choice choice; // the table
    struct record **own; // concerns of the programme
    size_t n_own;
    struct advocacy_line *lines; // all uses the person may read, of all programmes
    size_t n_lines;
};

static enum err load(struct req *r, struct advocacy_data *d, struct err_info *e)
{
    const struct advocacy_ask everything = {0};
    enum err err = pack_choice_make(r, ADVOCACY_TOOL, advocacy_address(r, ""), &d->choice, e);
    if (err == ERR_NONE) {
        err = store_list_by(r->db, r->arena, &entity_advocacy_concern, "programme_id",
                            r->programme->id, &d->own, &d->n_own, e);
    }
    if (err == ERR_NONE) {
        err = advocacy_lessons_load(r->db, r->arena, r->who, &everything, &d->lines, &d->n_lines, e);
    }
    return err;
}

// Uses of a concern in this programme, and how many lessons there are elsewhere.
static void fill_uses(struct req *r, const struct advocacy_data *d, const char *row,
                      const char *concern_id, struct page_concern *c)
{
    struct advocacy_line *mine = ARENA_ARRAY(r->arena, struct advocacy_line, d->n_lines + 1);
    const char *root = advocacy_root(row);
    for (size_t i = 0; i < d->n_lines; i++) {
        const struct advocacy_line *l = &d->lines[i];
        bool same = row[0] != '\0' ? strcmp(l->root, root) == 0
                                   : strcmp(l->concern_id, concern_id) == 0;
        if (same && strcmp(l->programme_id, r->programme->id) == 0) {
            mine[c->n_uses++] = *l;
        } else if (same && l->lesson) {
            c->n_elsewhere++;
        }
    }
    c->uses = advocacy_cards(r, mine, c->n_uses);
    if (c->n_elsewhere > 0) {
        c->elsewhere = arena_printf(r->arena, "/advocacy?row=%s", url_escape(r->arena, row));
    }
    if (programme_may(r, MAY_WRITE)) {
        c->use = arena_printf(r->arena, "%s?%s=%s", advocacy_address(r, "/uses/new"),
                              row[0] != '\0' ? "row" : "concern",
                              url_escape(r->arena, row[0] != '\0' ? row : concern_id));
    }
}

static struct page_concern of_toolkit(struct req *r, const struct advocacy_data *d,
                                      const struct pack_row *row)
{
    size_t n;
    const struct pack_tool *tool = d->choice.tool;
    const struct advocacy_argument *arguments = advocacy_arguments(r->arena, tool, row, &n);
    struct page_concern c = {
        .id = row->id,
        .text = pack_words(tool->pack, r->lang, row->id, row->text),
        .arguments = ARENA_ARRAY(r->arena, struct page_argument, n + 1),
        .n_arguments = n,
    };
    for (size_t i = 0; i < n; i++) {
        c.arguments[i] = (struct page_argument){
            .row = arguments[i].row->id,
            .text = pack_words(arguments[i].tool->pack, r->lang, arguments[i].row->id,
                               arguments[i].row->argument)};
    }
    fill_uses(r, d, row->id, "", &c);
    return c;
}

static struct page_concern of_own(struct req *r, const struct advocacy_data *d,
                                  const struct record *own)
{
    struct page_concern c = {.id = own->id, .own = true, .text = record_text(own, "concern")};
    if (record_is_set(own, "argument")) {
        c.arguments = ARENA_ARRAY(r->arena, struct page_argument, 1);
        c.arguments[c.n_arguments++] =
            (struct page_argument){.row = "", .text = record_text(own, "argument")};
    }
    if (programme_may(r, MAY_WRITE)) {
        c.change = advocacy_address(r, url_make(r->arena, "/concerns/{0}/change", own->id, NULL));
    }
    fill_uses(r, d, "", own->id, &c);
    return c;
}

static void fill_heading(struct req *r, const struct advocacy_data *d, const struct pack_section *s,
                         struct page_heading *out)
{
    const struct pack_tool *tool = d->choice.tool;
    *out = (struct page_heading){
        .id = s->id,
        .title = pack_words(tool->pack, r->lang, s->id, s->title),
        .concerns = ARENA_ARRAY(r->arena, struct page_concern, tool->n_rows + d->n_own + 1),
        .blank = blank_rows(tool),
    };
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (row->section != NULL && strcmp(row->section, s->id) == 0 &&
            row->part == PACK_PART_CONCERN) {
            out->concerns[out->n_concerns++] = of_toolkit(r, d, row);
        }
    }
    for (size_t i = 0; i < d->n_own; i++) {
        if (strcmp(record_text(d->own[i], "heading"), s->id) == 0) {
            out->concerns[out->n_concerns++] = of_own(r, d, d->own[i]);
        }
    }
    if (programme_may(r, MAY_WRITE)) {
        out->add = arena_printf(r->arena, "%s?heading=%s", advocacy_address(r, "/concerns/new"),
                                url_escape(r->arena, s->id));
    }
}

// Uses in this programme of concerns that this table does not have, or that the office hid.
static void fill_others(struct req *r, const struct advocacy_data *d, struct advocacy_page_view *v)
{
    const struct pack_tool *tool = d->choice.tool;
    struct advocacy_line *others = ARENA_ARRAY(r->arena, struct advocacy_line, d->n_lines + 1);
    const char **roots = pack_row_roots(r->arena, tool);
    for (size_t i = 0; i < d->n_lines; i++) {
        const struct advocacy_line *l = &d->lines[i];
        bool shown = l->row[0] == '\0';
        for (unsigned k = 0; k < tool->n_rows && !shown; k++) {
            shown = strcmp(l->root, roots[k]) == 0;
        }
        if (!shown && strcmp(l->programme_id, r->programme->id) == 0) {
            others[v->n_others++] = *l;
        }
    }
    v->others = advocacy_cards(r, others, v->n_others);
}

static enum err page_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *chosen = req_query(r, "heading");
    struct advocacy_data d;
    enum err err = load(r, &d, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *tool = d.choice.tool;
    if (chosen[0] != '\0' && tool_section(tool, chosen) == NULL) {
        return err_set(e, ERR_INPUT, "heading", MSG("Tool 3.7 has no such heading."),
                       MSG("Choose one above the list."), NULL);
    }
    struct advocacy_page_view v = {
        .choice = &d.choice,
        .headings = ARENA_ARRAY(r->arena, struct page_heading, tool->n_sections + 1),
        .chips = ARENA_ARRAY(r->arena, struct page_chip, tool->n_sections + 1),
        .lessons = "/advocacy",
        .library = url_make(r->arena, "/library/{0}/{1}", tool->pack->id, tool->id, NULL),
    };
    v.chips[v.n_chips++] = (struct page_chip){.label = tr(r->lang, MSG("All headings")),
                                              .address = pack_choice_address(
                                                  r->arena, advocacy_address(r, ""), tool),
                                              .on = chosen[0] == '\0'};
    for (unsigned i = 0; i < tool->n_sections; i++) {
        const struct pack_section *s = &tool->sections[i];
        bool on = strcmp(chosen, s->id) == 0;
        v.chips[v.n_chips++] = (struct page_chip){
            .label = pack_words(tool->pack, r->lang, s->id, s->title),
            .address = pack_choice_address(
                r->arena, arena_printf(r->arena, "%s?heading=%s", advocacy_address(r, ""), s->id), tool),
            .on = on};
        if (on || chosen[0] == '\0') {
            fill_heading(r, &d, s, &v.headings[v.n_headings++]);
        }
    }
    if (chosen[0] == '\0') {
        fill_others(r, &d, &v);
    }
    size_t n_crumbs;
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    bool may_export = programme_may(r, MAY_EXPORT);
    const char *export = programme_address(r, "/export/advocacy_use");
    v.csv = may_export ? arena_printf(r->arena, "%s?format=csv", export) : NULL;
    v.xlsx = may_export ? arena_printf(r->arena, "%s?format=xlsx", export) : NULL;
    v.back = list_back_address(r, &entity_advocacy_use);
    v.take = pack_take_of(r, tool,
                          may_export ? programme_address(r, arena_printf(r->arena, "/tools/%s/file/",
                                                                         url_escape(r->arena, tool->id)))
                                     : NULL);
    struct page_action lessons = {.label = tr(r->lang, MSG("Lessons of all programmes")),
                                  .address = v.lessons};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Arguments for rights in {0}"),
                                 programme_number(r), NULL),
                   .about = tr(r->lang, MSG("What partners may fear or say, what can be said in reply, "
                                            "and what came of it (tool 3.7).")),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .primary = {.label = programme_may(r, MAY_WRITE)
                                            ? tr(r->lang, MSG("Add a concern of our own"))
                                            : NULL,
                               .address = advocacy_address(r, "/concerns/new"),
                               .icon = "add"},
                   .tag = tool->origin.tool == NULL ? NULL : tool->id,
                   .actions = &lessons,
                   .n_actions = 1});
    advocacy_page_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_advocacy = {
    .path = "/programmes/{programme}/advocacy",
    .needs = MAY_READ,
    .get = page_get,
    .title = MSG("Arguments"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
