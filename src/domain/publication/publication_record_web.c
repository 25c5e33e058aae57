// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_record_web.c: one publication: its checklist, and the step to the public and back.

#include <string.h>

#include "base/bug.h"
#include "html/record.h"
#include "os/clock.h"
#include "pack/pack_own.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "programme/programme_web.h"
#include "publication/publication_record.html.h"
#include "publication/publication_web.h"

static const char *const what[] = {"code", "sort", "audience", "languages", NULL};
static const char *const when[] = {"planned_on", "published_on", "link", "note", NULL};

static void fill_checklists(struct req *r, const struct record *x, const struct publication_looks *looks,
                            struct publication_record_view *v)
{
    v->checklists = ARENA_ARRAY(r->arena, struct record_checklist, looks->n + 1);
    for (size_t i = 0; i < looks->n; i++) {
        const struct publication_look *look = &looks->items[i];
        v->checklists[v->n_checklists++] = (struct record_checklist){
            .id = look->tool->id,
            .title = pack_words(look->tool->pack, r->lang, look->tool->id, look->tool->title),
            .address = publication_address(r, x, url_make(r->arena, "/checklists/{0}", look->tool->id, NULL)),
            .look = assessment_state_look(look->state),
            .state = tr(r->lang, assessment_state_label(look->state)),
            .progress = tr_f(r->arena, r->lang, MSG("{0} of {1} answered"),
                             arena_printf(r->arena, "%d", look->progress.answered),
                             arena_printf(r->arena, "%d", look->progress.of), NULL)};
    }
    v->fill = looks->n == 0 ? NULL : &v->checklists[looks->now];
}

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct record *x;
    struct publication_looks looks;
    const struct attach_beside *beside;
    size_t n_crumbs;
    enum err err = pack_own_look(r->db, e);
    if (err == ERR_NONE) {
        err = programme_load_record(r, "publication", req_capture(r, "publication"), &x, e);
    }
    if (err == ERR_NONE) {
        err = publication_look_at(r->db, a, x->id, &looks, e);
    }
    if (err == ERR_NONE) {
        err = attach_beside_load(r, "publication", x->id, &beside, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = req_may(r, MAY_WRITE);
    const char *change = may_write ? publication_address(r, x, "/change") : NULL;
    const char *state = record_text(x, "state");
    bool published = strcmp(state, "published") == 0;
    bool ready = publication_is_looked_at(&looks);
    struct record_section sections[] = {
        {tr(r->lang, MSG("What it is")), what, change, tr(r->lang, MSG("what it is"))},
        {tr(r->lang, MSG("When and where")), when, change, tr(r->lang, MSG("when and where"))},
    };
    struct record_view values = {.record = x};
    struct publication_record_view v = {
        .values = &values,
        .sections = sections,
        .n_sections = COUNT_OF(sections),
        .look = publication_look_of(state),
        .state = publication_word(r, x, "state"),
        .looked_at = ready || published,
        .publish = may_write && ready && !published ? publication_address(r, x, "/state") : NULL,
        .withdraw = may_write && published ? publication_address(r, x, "/state") : NULL,
        .beside = beside};
    fill_checklists(r, x, &looks, &v);
    const struct crumb *crumbs = publication_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = record_text(x, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .state_kind = v.look,
                              .state = v.state,
                              .tag = record_text(x, "code")});
    publication_record_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_publication = {
    .path = "/programmes/{programme}/publications/{publication}",
    .needs = MAY_READ,
    .get = record_get,
    .title = MSG("Publication"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};

// ---- published, withdrawn -----------------------------------------------------------------------

static const struct field state_fields[] = {
    {.name = "state", .label = MSG("State"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 20},
};

static enum err state_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    const char *to = form_value(r->form, "state")->text;
    bool publishes = strcmp(to, "published") == 0;
    if (!publishes && strcmp(to, "withdrawn") != 0) {
        return err_set(e, ERR_INPUT, "state", MSG("There is no such step."),
                       MSG("A publication is marked published, or withdrawn."), NULL);
    }
    enum err err = programme_load_record(r, "publication", req_capture(r, "publication"), &x, e);
    if (err != ERR_NONE) {
        return err;
    }
    record_set_text(x, "state", to);
    if (publishes && !record_is_set(x, "published_on")) {
        char today[11];
        clock_today(today);
        record_set_text(x, "published_on", arena_copy(r->arena, today));
    }
    err = programme_save_one(r, x, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, publishes ? MSG("Marked as published.") : MSG("Withdrawn.")),
                    x->version);
        reply_redirect(r, p, publication_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_publication_state = {
    .path = "/programmes/{programme}/publications/{publication}/state",
    .needs = MAY_WRITE,
    .post = state_post,
    .fields = state_fields,
    .n_fields = COUNT_OF(state_fields),
    .title = MSG("State of a publication"),
    .menu = MENU_PROGRAMMES,
};
