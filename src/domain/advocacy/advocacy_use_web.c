// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_use_web.c: writing down that an argument was used, and what came of it. Beside the form stand
// the lessons of everybody who met the same concern.

#include <string.h>

#include "advocacy/advocacy_use.html.h"
#include "advocacy/advocacy_use_read.html.h"
#include "advocacy/advocacy_web.h"
#include "base/bug.h"
#include "html/form.h"
#include "obligation/obligation_rights.h"
#include "os/clock.h"
#include "pack/pack_choice_web.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "stakeholder/stakeholder.h"

// ---- what the form offers ------------------------------------------------------------------------

// Stakeholders of the countries of the programme.
static enum err stakeholder_choices(struct req *r, const struct choice **out, size_t *n,
                                    struct err_info *e)
{
    struct record **all;
    size_t n_all;
    enum err err = store_list(r->db, r->arena, &entity_stakeholder, NULL, &all, &n_all, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, n_all + 1);
    *n = 0;
    for (size_t i = 0; i < n_all; i++) {
        const char *country = record_text(all[i], "country");
        if (record_has_code(r->programme, "countries", country)) {
            choices[(*n)++] = (struct choice){
                .code = all[i]->id,
                .label = tr_f(r->arena, r->lang, MSG("{0} ({1})"), record_text(all[i], "name"),
                              country_words(r->lang, country), NULL)};
        }
    }
    *out = choices;
    return ERR_NONE;
}

// Articles that bind a country of the programme: those of the rights of the tools the concern refers to.
static enum err article_choices(struct req *r, const struct pack_row *concern, const char *keep,
                                struct use_article **out, size_t *n, struct err_info *e)
{
    const char *countries = record_text(r->programme, "countries");
    struct obligation_facts facts;
    struct right_list rights;
    size_t most = 1;
    enum err err = obligation_facts_load(r->db, r->arena, countries, &facts, e);
    if (err != ERR_NONE) {
        return err;
    }
    obligation_rights_make(r->arena, countries, &facts,
                           concern == NULL ? NULL : (const char *const *)concern->refs,
                           concern == NULL ? 0 : concern->n_refs, false, &rights);
    for (size_t i = 0; i < rights.n; i++) {
        most += rights.lines[i].n_articles;
    }
    *out = ARENA_ARRAY(r->arena, struct use_article, most + 1);
    *n = 0;
    bool kept = keep[0] == '\0';
    for (size_t i = 0; i < rights.n; i++) {
        const struct right_line *line = &rights.lines[i];
        for (size_t k = 0; k < line->n_articles; k++) {
            const struct right_article *a = &line->articles[k];
            if (a->instrument == NULL || a->n_binding == 0) {
                continue;
            }
            const char *code = arena_printf(r->arena, "%s%s%s", a->instrument->id,
                                            a->article->article == NULL ? "" : " ",
                                            a->article->article == NULL ? "" : a->article->article);
            (*out)[(*n)++] = (struct use_article){
                .code = code,
                .label = arena_printf(r->arena, "%s: %s",
                                      advocacy_article_words(r->arena, r->lang, code),
                                      pack_words(line->tool->pack, r->lang, line->row->id,
                                                 line->row->text)),
                .chosen = !kept && strcmp(keep, code) == 0};
            kept = kept || strcmp(keep, code) == 0;
        }
    }
    if (!kept) { // came along from a risk, or was chosen before the tools changed
        (*out)[(*n)++] = (struct use_article){
            .code = keep, .label = advocacy_article_words(r->arena, r->lang, keep), .chosen = true};
    }
    return ERR_NONE;
}

// ---- the form ------------------------------------------------------------------------------------

struct use_of {
    const struct pack_row *row;   // concern of the Toolkit or a copy, or NULL
    const struct pack_tool *tool; // whose
    struct record *own;         // concern of our own, or NULL
};

// The concern of the record; a concern of another programme is not found.
static enum err find_concern(struct req *r, struct db_read *db, const struct record *use,
                             struct use_of *out, struct err_info *e)
{
    *out = (struct use_of){0};
    out->row = advocacy_row(record_text(use, "row"), &out->tool);
    if (!record_is_set(use, "concern_id")) {
        return ERR_NONE;
    }
    enum err err = store_get(db, r->arena, &entity_advocacy_concern, record_text(use, "concern_id"),
                             &out->own, e);
    if (err == ERR_NOT_FOUND ||
        (err == ERR_NONE &&
         strcmp(record_text(out->own, "programme_id"), r->programme->id) != 0)) {
        return programme_not_found(e);
    }
    return err;
}

static bool is_only_country(const char *codes)
{
    return strlen(codes) == 4; // " NA "
}

// What the address says and what is so by itself, before the form is drawn or read.
static enum err use_prepare(struct req *r, struct form *f, struct err_info *e)
{
    struct record *use = f->record;
    struct use_of of;
    char today[11];
    if (use->id != NULL) {
        return ERR_NONE;
    }
    clock_today(today);
    const char *row = req_query(r, "row");
    const char *concern = req_query(r, "concern");
    const char *countries = record_text(r->programme, "countries");
    record_set_text(use, "row", row);
    record_set_text(use, "concern_id", row[0] == '\0' ? concern : NULL);
    record_set_text(use, "article", req_query(r, "article"));
    record_set_text(use, "used_on", arena_copy(r->arena, today));
    record_set_int(use, "lesson", 0);
    if (is_only_country(countries)) {
        record_set_text(use, "country", arena_copy_n(r->arena, countries + 1, 2));
    }
    enum err err = find_concern(r, r->db, use, &of, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (row[0] != '\0' && of.row == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such concern."),
                       MSG("Choose one in the list."), NULL);
    }
    if (of.row != NULL) {
        size_t n;
        const struct advocacy_argument *arguments = advocacy_arguments(r->arena, of.tool, of.row, &n);
        record_set_text(use, "heading", of.row->section);
        record_set_text(use, "argument_row", n > 0 ? arguments[0].row->id : NULL);
    } else if (of.own != NULL) {
        record_set_text(use, "heading", record_text(of.own, "heading"));
        record_set_text(use, "argument", record_text(of.own, "argument"));
    }
    return ERR_NONE;
}

static void fill_arguments(struct req *r, const struct use_of *of, struct advocacy_use_view *v)
{
    const char *chosen = form_text(r->arena, r->form, "argument_row");
    if (of->row == NULL) {
        return;
    }
    size_t n;
    const struct advocacy_argument *arguments = advocacy_arguments(r->arena, of->tool, of->row, &n);
    v->arguments = ARENA_ARRAY(r->arena, struct use_argument, n + 1);
    for (size_t i = 0; i < n; i++) {
        v->arguments[v->n_arguments++] = (struct use_argument){
            .row = arguments[i].row->id,
            .text = pack_words(arguments[i].tool->pack, r->lang, arguments[i].row->id,
                               arguments[i].row->argument),
            .chosen = strcmp(chosen, arguments[i].row->id) == 0};
    }
    v->no_argument = chosen[0] == '\0';
}

// A concern has to be chosen first: the list of them.
static enum err choose_concern(struct req *r, struct reply *p, struct err_info *e)
{
    const char *article = req_query(r, "article");
    const char *here = advocacy_address(r, "/uses/new");
    struct pack_choice choice;
    size_t n;
    const struct crumb *crumbs = advocacy_crumbs(r, &n);
    struct record **own;
    size_t n_own;
    enum err err = pack_choice_make(
        r, ADVOCACY_TOOL,
        article[0] == '\0' ? here
                           : arena_printf(r->arena, "%s?article=%s", here, url_escape(r->arena, article)),
        &choice, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *tool = choice.tool;
    err = store_list_by(r->db, r->arena, &entity_advocacy_concern, "programme_id",
                                 r->programme->id, &own, &n_own, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct advocacy_use_view v = {.choose = true,
                                  .choice = &choice,
                                  .action = here,
                                  .cancel = advocacy_address(r, ""),
                                  .article = advocacy_article_words(r->arena, r->lang, article),
                                  .keep = article,
                                  .concerns = ARENA_ARRAY(r->arena, struct use_concern,
                                                          tool->n_rows + n_own + 1)};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        v.concerns[v.n_concerns++] = (struct use_concern){
            .name = "row",
            .id = tool->rows[i].id,
            .text = pack_words(tool->pack, r->lang, tool->rows[i].id, tool->rows[i].text)};
    }
    for (size_t i = 0; i < n_own; i++) {
        v.concerns[v.n_concerns++] = (struct use_concern){
            .name = "concern", .id = own[i]->id, .text = record_text(own[i], "concern"), .own = true};
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Which concern does it answer?")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    advocacy_use_html(&h, &v);
    return page_end(&h, e);
}

static enum err use_get(struct req *r, struct reply *p, struct err_info *e)
{
    bool is_new = r->route->edits == NULL;
    struct record *use = r->form->record;
    struct use_of of;
    const struct choice *stakeholders;
    size_t n_stakeholders, n_crumbs;
    const char *shown_article = form_text(r->arena, r->form, "article");
    enum err err = find_concern(r, r->db, use, &of, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (of.row == NULL && of.own == NULL) {
        return choose_concern(r, p, e);
    }
    struct advocacy_use_view v = {
        .form = r->form,
        .action = is_new ? r->address : r->path,
        .cancel = of.tool == NULL ? advocacy_address(r, "")
                                  : pack_choice_address(r->arena, advocacy_address(r, ""), of.tool),
        .concern = of.row != NULL
                       ? pack_words(of.tool->pack, r->lang, of.row->id, of.row->text)
                       : record_text(of.own, "concern"),
        .row = of.row != NULL ? of.row->id : "",
        .treaties = programme_address(r, "/obligations"),
    };
    fill_arguments(r, &of, &v);
    const struct advocacy_ask ask = {.row = of.row != NULL ? of.row->id : NULL,
                                     .concern_id = of.row != NULL ? NULL : of.own->id,
                                     .lessons_only = true};
    struct advocacy_line *lessons;
    err = stakeholder_choices(r, &stakeholders, &n_stakeholders, e);
    if (err == ERR_NONE) {
        err = article_choices(r, of.row, shown_article, &v.articles, &v.n_articles, e);
    }
    if (err == ERR_NONE) {
        err = advocacy_lessons_load(r->db, r->arena, r->who, &ask, &lessons, &v.n_lessons, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v.lessons = advocacy_cards(r, lessons, v.n_lessons);
    const struct crumb *crumbs = advocacy_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = is_new ? tr(r->lang, MSG("Use an argument"))
                                              : tr(r->lang, MSG("Change the use of an argument")),
                              .about = tr(r->lang, MSG("What was said to whom, and what came of it.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    form_set_choices(&h, "stakeholder_id", stakeholders, n_stakeholders);
    advocacy_use_html(&h, &v);
    return page_end(&h, e);
}

static enum err use_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *use = r->form->record;
    enum err err = programme_save_one(r, use, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("What was said is written down.")), use->version);
        reply_redirect(r, p, "/programmes/{0}/advocacy/uses/{1}", programme_number(r), use->id, NULL);
    }
    return err;
}

static const char *const set_by_us[] = {"row", "concern_id", "heading", NULL};

const struct route route_advocacy_use_new = {
    .path = "/programmes/{programme}/advocacy/uses/new",
    .needs = MAY_WRITE,
    .get = use_get,
    .post = use_post,
    .entity = &entity_advocacy_use,
    .except = set_by_us,
    .prepare = use_prepare,
    .title = MSG("Use an argument"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_advocacy_use_change = {
    .path = "/programmes/{programme}/advocacy/uses/{advocacy_use}/change",
    .needs = MAY_WRITE,
    .get = use_get,
    .post = use_post,
    .entity = &entity_advocacy_use,
    .edits = "advocacy_use",
    .except = set_by_us,
    .title = MSG("Change the use of an argument"),
    .menu = MENU_PROGRAMMES,
};

// ---- reading one ---------------------------------------------------------------------------------

static enum err read_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct advocacy_line *lines;
    const struct advocacy_line *line = NULL;
    size_t n, n_crumbs;
    enum err err = advocacy_uses_load(r->db, r->arena, r->programme->id, &lines, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(lines[i].id, req_capture(r, "advocacy_use")) == 0) {
            line = &lines[i];
        }
    }
    if (line == NULL) {
        return programme_not_found(e);
    }
    struct advocacy_card card = advocacy_card_of(r, line);
    struct advocacy_use_read_view v = {.card = &card};
    if (programme_may(r, MAY_WRITE)) {
        v.change = advocacy_address(r, url_make(r->arena, "/uses/{0}/change", line->id, NULL));
        v.remove = programme_remove_address(r, "advocacy_use", line->id, advocacy_address(r, ""));
    }
    const struct crumb *crumbs = advocacy_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = card.concern,
                              .about = card.heading,
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .tag = line->row[0] == '\0' ? NULL : line->row,
                              .width = PAGE_NARROW});
    advocacy_use_read_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_advocacy_use = {
    .path = "/programmes/{programme}/advocacy/uses/{advocacy_use}",
    .needs = MAY_READ,
    .get = read_get,
    .title = MSG("Use of an argument"),
    .menu = MENU_PROGRAMMES,
};
