// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_theory_web.c: a theory of change: its picture, what is missing in it, and its links as a list.

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "format/svg/svg_write.h"
#include "logframe/logframe.h"
#include "logframe/logframe_figure_web.h"
#include "logframe/logframe_theory.html.h"
#include "logframe/logframe_web.h"
#include "programme/programme_web.h"

static const char *word(struct req *r, const struct record *x, const char *field)
{
    return tr(r->lang, field_choice_label(entity_field(x->entity, field), record_text(x, field)));
}

static const char *strength_look(enum theory_strength strength)
{
    static const char *const looks[] = {"done", "progress", "warn", "risk", "none"};
    return looks[strength];
}

static struct theory_end end_of(const struct theory *t, size_t at)
{
    return (struct theory_end){t->results[at].code, record_text(t->results[at].record, "statement")};
}

static void fill_links(struct req *r, const struct theory *t, bool may_write,
                       struct logframe_theory_view *v)
{
    struct theory_line *lines = ARENA_ARRAY(r->arena, struct theory_line, t->n_links + 1);
    for (size_t i = 0; i < t->n_links; i++) {
        const struct theory_link *k = &t->links[i];
        const char *change =
            arena_printf(r->arena, "%s%s", theory_address(r, NULL, "/links"),
                         url_make(r->arena, "/{0}/change", k->record->id, NULL));
        lines[i] = (struct theory_line){
            .number = i + 1,
            .cause = end_of(t, k->cause),
            .effect = end_of(t, k->effect),
            .assumption = record_text(k->record, "assumption"),
            .strength_look = strength_look(k->strength),
            .strength = k->strength == STRENGTH_OPEN ? tr(r->lang, MSG("Not rated"))
                                                     : word(r, k->record, "strength"),
            .evidence = record_text(k->record, "evidence"),
            .sphere = word(r, k->record, "sphere"),
            .note = record_text(k->record, "note"),
            .change = may_write ? change : NULL,
            .remove = may_write ? programme_remove_address(r, "result_link", k->record->id,
                                                           theory_address(r, t->record, ""))
                                : NULL};
    }
    v->links = lines;
    v->n_links = t->n_links;
}

// Where a gap is mended.
static const char *mend_address(struct req *r, const struct theory *t, const struct theory_gap *g)
{
    const char *id = theory_gap_is_of_link(g->kind) ? t->links[g->at].record->id
                                                    : t->results[g->at].record->id;
    const char *below = g->kind == GAP_NOWHERE    ? "/links/new?cause={0}"
                        : g->kind == GAP_NO_CAUSE ? "/links/new?effect={0}"
                                                  : NULL;
    if (below != NULL) {
        return arena_printf(r->arena, "%s%s", theory_address(r, t->record, ""),
                            url_make(r->arena, below, id, NULL));
    }
    if (g->kind == GAP_NO_INDICATOR) {
        return arena_printf(r->arena, "%s%s", programme_address(r, "/indicators"),
                            url_make(r->arena, "/new?result={0}", id, NULL));
    }
    return g->kind == GAP_CIRCLE
               ? "#links"
               : arena_printf(r->arena, "%s%s", theory_address(r, NULL, "/links"),
                              url_make(r->arena, "/{0}/change", id, NULL));
}

static void fill_gaps(struct req *r, const struct theory *t, bool may_write,
                      struct logframe_theory_view *v)
{
    struct theory_gap *gaps;
    size_t n;
    theory_gaps(r->arena, t, &gaps, &n);
    struct theory_gap_group *groups = ARENA_ARRAY(r->arena, struct theory_gap_group, GAP_KINDS);
    struct theory_gap_item *items = ARENA_ARRAY(r->arena, struct theory_gap_item, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool of_link = theory_gap_is_of_link(gaps[i].kind);
        const struct theory_link *k = of_link ? &t->links[gaps[i].at] : NULL;
        const char *link = of_link ? arena_printf(r->arena, "%zu. %s → %s", gaps[i].at + 1,
                                                  t->results[k->cause].code,
                                                  t->results[k->effect].code)
                                   : NULL;
        items[i] = (struct theory_gap_item){
            .about = of_link ? link : t->results[gaps[i].at].code,
            .statement = of_link ? NULL
                                 : record_text(t->results[gaps[i].at].record, "statement"),
            .address = may_write ? mend_address(r, t, &gaps[i]) : NULL};
        if (i == 0 || gaps[i].kind != gaps[i - 1].kind) {
            groups[v->n_gap_groups++] =
                (struct theory_gap_group){.what = tr(r->lang, theory_gap_what(gaps[i].kind)),
                                          .mend = tr(r->lang, theory_gap_mend(gaps[i].kind)),
                                          .items = &items[i]};
        }
        groups[v->n_gap_groups - 1].n++;
    }
    v->gap_groups = groups;
    v->n_gaps = n;
}

static void fill_versions(struct req *r, struct record *const *theories, size_t n,
                          const struct record *shown, struct logframe_theory_view *v)
{
    struct theory_version *versions = ARENA_ARRAY(r->arena, struct theory_version, n + 1);
    for (size_t i = 0; i < n; i++) {
        versions[i] = (struct theory_version){.name = record_text(theories[i], "name"),
                                              .origin = word(r, theories[i], "origin"),
                                              .drawn_on = record_text(theories[i], "drawn_on"),
                                              .address = theory_address(r, theories[i], ""),
                                              .current = theories[i] == shown};
    }
    v->versions = versions;
    v->n_versions = n;
}

static void fill_figure(struct req *r, const struct theory *t, struct logframe_theory_view *v)
{
    struct chart_shapes shapes;
    struct buf svg;
    struct err_info problem = {0};
    if (t->n_results == 0) {
        return;
    }
    if (theory_figure(r->arena, r->lang, t, &shapes, &problem) != ERR_NONE) {
        v->no_figure = err_text(r->arena, r->lang, &problem);
        v->no_figure_hint = err_hint(r->arena, r->lang, &problem);
        return;
    }
    buf_init(&svg, r->arena, LIMIT_REPLY_BYTES);
    svg_write(&svg, &shapes, "theory");
    v->figure = (struct safe_html){svg.data, svg.len};
    v->has_figure = !buf_is_full(&svg);
}

static enum err show(struct req *r, struct reply *p, struct record *const *theories, size_t n,
                     const struct record *record, struct err_info *e)
{
    struct theory t;
    size_t n_crumbs, n_actions = 0;
    enum err err = theory_load(r->db, r->arena, r->programme, record, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = req_may(r, MAY_WRITE);
    struct logframe_theory_view v = {
        .has_theory = record != NULL,
        .n_results = t.n_results,
        .logframe = logframe_address(r, ""),
        .begin = may_write ? theory_address(r, NULL, "/new") : NULL,
    };
    struct page_action actions[2];
    struct page page = {.crumbs = NULL, .actions = actions, .width = PAGE_WIDE};
    page.title = tr_f(r->arena, r->lang, MSG("Theory of change of {0}"), programme_number(r), NULL);
    page.about = tr(r->lang, MSG("How one result leads to the next, what must hold for that, and what "
                                 "shows it."));
    if (record != NULL) {
        fill_links(r, &t, may_write, &v);
        fill_gaps(r, &t, may_write, &v);
        fill_versions(r, theories, n, record, &v);
        fill_figure(r, &t, &v);
        v.name = record_text(record, "name");
        v.origin = word(r, record, "origin");
        v.drawn_on = record_text(record, "drawn_on");
        v.by_whom = record_text(record, "by_whom");
        v.why = record_text(record, "why");
        v.change = may_write ? theory_address(r, record, "/change") : NULL;
        v.link = may_write ? theory_address(r, record, "/links/new") : NULL;
        page.tag = v.origin;
    }
    if (may_write && record != NULL) {
        page.primary = (struct page_action){.label = tr(r->lang, MSG("Add a link")),
                                            .address = v.link,
                                            .icon = "add"};
        actions[n_actions++] = (struct page_action){.label = tr(r->lang, MSG("Begin a new version")),
                                                    .address = v.begin};
    }
    actions[n_actions++] =
        (struct page_action){.label = tr(r->lang, MSG("Logframe")), .address = v.logframe};
    page.n_actions = n_actions;
    page.crumbs = programme_crumbs(r, &n_crumbs);
    page.n_crumbs = n_crumbs;
    struct html h;
    page_begin(&h, r, p, &page);
    logframe_theory_html(&h, &v);
    return page_end(&h, e);
}

// The newest version, or the one of the path.
static enum err theory_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record **theories;
    const struct record *record = NULL;
    const char *wanted = req_capture(r, "theory");
    size_t n;
    enum err err = theory_list(r->db, r->arena, r->programme->id, &theories, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n && record == NULL; i++) {
        record = wanted[0] == '\0' || strcmp(theories[i]->id, wanted) == 0 ? theories[i] : NULL;
    }
    if (err == ERR_NONE && record == NULL && wanted[0] != '\0') {
        err = programme_not_found(e);
    }
    return err == ERR_NONE ? show(r, p, theories, n, record, e) : err;
}

const struct route route_theory_newest = {
    .path = "/programmes/{programme}/theory",
    .needs = MAY_READ,
    .get = theory_get,
    .title = MSG("Theory of change"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
    .slow = true,
};

const struct route route_theory = {
    .path = "/programmes/{programme}/theory/{theory}",
    .needs = MAY_READ,
    .get = theory_get,
    .title = MSG("Theory of change"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
    .slow = true,
};
