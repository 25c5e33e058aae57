// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_web.c: the obligations of the countries of a programme, and those of one country: one set of
// pages under two addresses.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "html/page.h"
#include "obligation/obligation.h"
#include "obligation/obligation_form.html.h"
#include "obligation/obligation_list.html.h"
#include "obligation/obligation_status.h"
#include "pack/pack_choice_web.h"
#include "pack/pack_take_web.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_attach.h"
#include "programme/programme_web.h"

static const char *status_label(struct req *r, const char *status)
{
    const struct field *f = entity_field(&entity_obligation, "status");
    return tr(r->lang, status[0] == '\0' ? MSG("Not looked at") : field_choice_label(f, status));
}

static const char *status_look(const char *status)
{
    return strcmp(status, "party") == 0    ? "done"
           : strcmp(status, "signed") == 0 ? "warn"
           : strcmp(status, "none") == 0   ? "risk"
                                           : "none";
}

// In the country file (true), or among the pages of a programme?
static bool of_country(const struct req *r)
{
    return r->country != NULL;
}

// The list of the address: tool 2.2, or a copy of it.
static const struct pack_tool *list_of(const struct req *r)
{
    return pack_family_tool(OBLIGATION_TOOL, req_query(r, "tool"));
}

// An address of these pages, with the list that is worked with.
static const char *keep_list(struct req *r, const char *address)
{
    const struct pack_tool *tool = list_of(r);
    return tool == NULL ? address : pack_choice_address(r->arena, address, tool);
}

static const char *base_address(struct req *r, const char *country)
{
    return of_country(r) ? url_make(r->arena, "/countries/{0}/obligations", country, NULL)
                         : url_make(r->arena, "/programmes/{0}/obligations?country={1}",
                                    record_text(r->programme, "number"), country, NULL);
}

static const char *own_address(struct req *r, const char *country)
{
    return keep_list(r, base_address(r, country));
}

static const char *accept_address(struct req *r)
{
    return keep_list(r, of_country(r)
                            ? url_make(r->arena, "/countries/{0}/obligations/accept", r->country, NULL)
                            : url_make(r->arena, "/programmes/{0}/obligations/accept",
                                       record_text(r->programme, "number"), NULL));
}

static const char *edit_address(struct req *r, const char *country, const char *instrument)
{
    return keep_list(r, of_country(r)
                            ? url_make(r->arena, "/countries/{0}/obligations/{1}", country, instrument,
                                       NULL)
                            : url_make(r->arena, "/programmes/{0}/obligations/{1}/{2}",
                                       record_text(r->programme, "number"), country, instrument, NULL));
}

static const struct crumb *crumbs_of(struct req *r, const char *country, bool below, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 4);
    *n = 0;
    if (of_country(r)) {
        c[(*n)++] = (struct crumb){tr(r->lang, MSG("Countries")), "/countries"};
        c[(*n)++] = (struct crumb){country_words(r->lang, country),
                                   url_make(r->arena, "/countries/{0}", country, NULL)};
    } else {
        const char *number = record_text(r->programme, "number");
        c[(*n)++] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
        c[(*n)++] = (struct crumb){number, url_make(r->arena, "/programmes/{0}", number, NULL)};
    }
    if (below) {
        c[(*n)++] = (struct crumb){tr_f(r->arena, r->lang, MSG("Obligations of {0}"),
                                        country_words(r->lang, country), NULL),
                                   own_address(r, country)};
    }
    return c;
}

// The countries of the programme, and the one asked for; without any: the one asked for.
static const char *choose_country(struct req *r, struct list_country **out, size_t *n)
{
    if (of_country(r)) {
        *out = NULL;
        *n = 0;
        return r->country;
    }
    const char *asked = req_query(r, "country");
    const char *codes = record_text(r->programme, "countries");
    char *copy = arena_copy(r->arena, codes);
    char *state = NULL;
    *out = ARENA_ARRAY(r->arena, struct list_country, strlen(codes) / 3 + 2);
    *n = 0;
    for (char *c = strtok_r(copy, " ", &state); c != NULL; c = strtok_r(NULL, " ", &state)) {
        (*out)[(*n)++] = (struct list_country){.code = c,
                                               .name = country_words(r->lang, c),
                                               .address = own_address(r, c)};
    }
    const char *chosen = asked[0] != '\0' && country_name(asked) != NULL ? asked
                         : *n > 0                                        ? (*out)[0].code
                                                                         : "";
    for (size_t i = 0; i < *n; i++) {
        (*out)[i].current = strcmp((*out)[i].code, chosen) == 0;
    }
    return chosen;
}

// What the person may do about a country: by a right of the organisation, or of a programme that works there, whatever the
// address. One statement outside the country file.
static enum err rights_about(struct req *r, const char *country, unsigned *verbs, struct err_info *e)
{
    *verbs = r->country_verbs;
    return of_country(r) ? ERR_NONE
                         : programme_country_rights(r->db, r->arena, r->who, country, verbs, e);
}

static enum err not_here(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such instrument or country."),
                   MSG("Look in the list."), NULL);
}

static struct line_view *lines_of(struct req *r, const struct obligation_list *list,
                                  const char *country, bool may_write)
{
    struct line_view *lines = ARENA_ARRAY(r->arena, struct line_view, list->n + 1);
    const char *section = "";
    for (size_t i = 0; i < list->n; i++) {
        const struct obligation_line *l = &list->lines[i];
        const char *status = l->entered == NULL ? "" : record_text(l->entered, "status");
        const struct pack_section *s =
            l->row->section == NULL ? NULL : tool_section(list->tool, l->row->section);
        lines[i] = (struct line_view){
            .line = l,
            .name = pack_words(list->tool->pack, r->lang, l->row->id, l->row->text),
            .kept_as = strcmp(l->instrument, l->row->id) == 0 ? NULL : l->instrument,
            .look = status_look(status),
            .status = status_label(r, status),
            .hint_status = l->hint.found ? status_label(r, l->hint.status) : "",
            .adopted = arena_printf(r->arena, "%d", l->row->adopted),
        };
        if (s != NULL && strcmp(s->id, section) != 0) {
            lines[i].group = pack_words(list->tool->pack, r->lang, s->id, s->title);
            section = s->id;
        }
        if (may_write) {
            lines[i].change = edit_address(r, country, l->instrument);
        }
    }
    return lines;
}

// Statuses that stand on no line of this list.
static void fill_others(struct req *r, const struct obligation_list *list, const char *country,
                        bool may_write, struct obligation_list_view *v)
{
    v->others = ARENA_ARRAY(r->arena, struct other_view, list->n_others + 1);
    for (size_t i = 0; i < list->n_others; i++) {
        const struct obligation_other *x = &list->others[i];
        const char *instrument = record_text(x->entered, "instrument");
        const char *status = record_text(x->entered, "status");
        v->others[v->n_others++] = (struct other_view){
            .id = instrument,
            .name = x->row == NULL ? instrument
                                   : pack_words(x->tool->pack, r->lang, x->row->id, x->row->text),
            .look = status_look(status),
            .status = status_label(r, status),
            .change = may_write && x->row != NULL ? edit_address(r, country, instrument)
                                                  : NULL};
    }
}

static const char *known_words(struct req *r, const struct obligation_list *list)
{
    struct arena *a = r->arena;
    return tr_f(a, r->lang, MSG("{0} of {1} are known; {2} bind the State."),
                arena_printf(a, "%zu", list->n_known), arena_printf(a, "%zu", list->n),
                arena_printf(a, "%zu", list->n_bound), NULL);
}

static enum err no_country(struct req *r, struct reply *p, struct err_info *e)
{
    const char *number = record_text(r->programme, "number");
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Obligations for {0}"), number, NULL),
                   .about = tr(r->lang, MSG("This programme names no country. Name the countries "
                                            "it works in, then come back.")),
                   .primary = {.label = identity_may(r->who, MAY_WRITE, r->programme->id)
                                            ? tr(r->lang, MSG("Name the countries"))
                                            : NULL,
                               .address = url_make(r->arena, "/programmes/{0}/change", number,
                                                   NULL)}});
    return page_end(&h, e);
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct list_country *countries;
    size_t n_countries, n_crumbs;
    const char *country = choose_country(r, &countries, &n_countries);
    if (country[0] == '\0') {
        return no_country(r, p, e);
    }
    struct obligation_list list;
    struct pack_choice choice;
    unsigned verbs = 0;
    enum err err = pack_choice_make(r, OBLIGATION_TOOL, base_address(r, country), &choice, e);
    if (err == ERR_NONE) {
        err = obligation_list_load(r->db, a, country, choice.tool, &list, e);
    }
    if (err == ERR_NONE) {
        err = rights_about(r, country, &verbs, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = (verbs & MAY_WRITE) != 0;
    const struct crumb *crumbs = crumbs_of(r, country, false, &n_crumbs);
    struct obligation_list_view v = {
        .list = &list,
        .choice = &choice,
        .country = of_country(r) ? NULL : country,
        .country_name = country_words(r->lang, country),
        .accept = may_write ? accept_address(r) : NULL,
        .countries = countries,
        .n_countries = n_countries,
        .lines = lines_of(r, &list, country, may_write),
        .n_lines = list.n,
        .known = known_words(r, &list),
        .csv = url_make(a, "/export/obligation?format=csv&country={0}", country, NULL),
        .xlsx = url_make(a, "/export/obligation?format=xlsx&country={0}", country, NULL),
        .back = may_write ? url_make(a, "/countries/{0}/import/obligation?back={1}", country, r->address, NULL) : NULL,
        .take = pack_take_of(r, list.tool,
                             (verbs & MAY_EXPORT) == 0 ? NULL
                                                       : url_make(a, "/countries/{0}/tools/{1}/file/", country,
                                                                  list.tool->id, NULL)),
    };
    fill_others(r, &list, country, may_write, &v);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr_f(a, r->lang, MSG("Obligations of {0}"), v.country_name, NULL),
                   .about = tr(r->lang, MSG("Which treaties bind this State, since when, with "
                                            "which reservations (tool 2.2).")),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .tag = list.tool->id});
    obligation_list_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_obligation_list = {
    .path = "/programmes/{programme}/obligations",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Obligations"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};

// The list again, at the line of a treaty; instrument NULL: at its beginning.
static const char *back_address(struct req *r, const char *country, const char *instrument)
{
    const struct pack_tool *tool = list_of(r);
    const struct pack_row *row =
        tool == NULL || instrument == NULL ? NULL : tool_row_from(tool, instrument);
    return arena_printf(r->arena, "%s%s%s", own_address(r, country),
                        row == NULL ? "" : "#", row == NULL ? "" : row->id);
}

// ---- taking suggestions over ---------------------------------------------------------------------

static const struct field accept_fields[] = {
    {.name = "country", .label = MSG("Country"), .type = FIELD_CODE, .data_class = CLASS_C0,
     .required = true, .vocabulary = &vocabulary_country},
    {.name = "instrument", .label = MSG("Instrument"), .type = FIELD_TEXT, .data_class = CLASS_C0,
     .required = true, .max = 40},
};

static enum err accept_line(struct store_tx *tx, struct req *r, const char *country,
                            const struct obligation_line *line, struct err_info *e)
{
    struct record *o = line->entered == NULL ? record_new(r->arena, &entity_obligation)
                                             : record_copy(r->arena, line->entered);
    record_set_text(o, "country", country);
    record_set_text(o, "instrument", line->instrument);
    obligation_take_hint(o, &line->hint);
    enum err err = record_check(o, e);
    return err != ERR_NONE ? err : store_save(tx, r->arena, o, e);
}

static enum err accept_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *country = of_country(r) ? r->country : req_posted(r, "country");
    const char *instrument = req_posted(r, "instrument");
    bool all = strcmp(instrument, "all") == 0;
    struct obligation_list list;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    int taken = 0;
    unsigned verbs;
    enum err err = rights_about(r, country, &verbs, e);
    if (err != ERR_NONE || (verbs & MAY_WRITE) == 0 || list_of(r) == NULL) {
        return err != ERR_NONE ? err : not_here(e);
    }
    err = store_begin(r->store, &who, tr(r->lang, MSG("taken from reference data")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = obligation_list_load(store_tx_read(tx), r->arena, country, list_of(r), &list, e);
    for (size_t i = 0; err == ERR_NONE && i < list.n; i++) {
        struct obligation_line *line = &list.lines[i];
        bool chosen = all ? line->entered == NULL : strcmp(line->instrument, instrument) == 0;
        if (chosen && line->hint.found) {
            err = accept_line(tx, r, country, line, e);
            taken++;
        }
    }
    if (err == ERR_NONE && taken == 0) {
        err = err_set(e, ERR_INPUT, "instrument", MSG("The reference data know nothing of this."),
                      MSG("Enter the status by hand."), NULL);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_n(r->arena, r->lang, MSG("One status was taken over."),
                            MSG("{0} statuses were taken over."), taken),
                    NULL);
        p->location = back_address(r, country, all ? NULL : instrument);
        p->status = 303;
    }
    return err;
}

const struct route route_obligation_accept = {
    .path = "/programmes/{programme}/obligations/accept",
    .needs = MAY_WRITE,
    .post = accept_post,
    .fields = accept_fields,
    .n_fields = COUNT_OF(accept_fields),
    .title = MSG("Accept a suggestion"),
    .menu = MENU_PROGRAMMES,
};

// ---- one status ----------------------------------------------------------------------------------

// A treaty of the path: what is kept of it, and the words of the list that is worked with.
struct one {
    struct record *record; // a new one when nothing was entered
    const struct pack_tool *tool;
    const struct pack_row *row;
    const char *instrument; // with which it is kept
};

// ERR_NOT_FOUND for a country or row that is none.
static enum err find_one(struct req *r, struct db_read *db, struct one *x, struct err_info *e)
{
    const char *country = req_capture(r, "country");
    struct record **records;
    size_t n;
    unsigned verbs = 0;
    *x = (struct one){0};
    x->row = pack_family_row(OBLIGATION_TOOL, req_capture(r, "instrument"), &x->tool);
    enum err err = ERR_NONE;
    if (x->row != NULL && country_name(country) != NULL) {
        err = rights_about(r, country, &verbs, e);
    }
    if (err != ERR_NONE || (verbs & MAY_WRITE) == 0 || list_of(r) == NULL) {
        return err != ERR_NONE ? err : not_here(e);
    }
    x->instrument = pack_row_root(x->tool, x->row);
    const struct pack_row *worded = tool_row_from(list_of(r), x->instrument);
    if (worded != NULL) {
        x->tool = list_of(r);
        x->row = worded;
    }
    err = store_list_by(db, r->arena, &entity_obligation, "country", country, &records, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (strcmp(record_text(records[i], "instrument"), x->instrument) == 0) {
            x->record = record_copy(r->arena, records[i]);
        }
    }
    if (err == ERR_NONE && x->record == NULL) {
        x->record = record_new(r->arena, &entity_obligation);
        record_set_text(x->record, "country", country);
        record_set_text(x->record, "instrument", x->instrument);
        record_set_text(x->record, "origin", "typed");
    }
    return err;
}

static enum err edit_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct one x;
    enum err err = find_one(r, r->db, &x, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct record *o = x.record;
    const char *country = record_text(o, "country");
    if (r->form->n_typed == 0) {
        memcpy(r->form->record->values, o->values, o->entity->n_fields * sizeof *o->values);
        r->form->record->version = o->version;
    }
    const struct attach_beside *beside = NULL;
    if (of_country(r) && o->version != NULL) {
        err = attach_beside_load(r, "obligation", o->id, &beside, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    struct obligation_hint hint = obligation_hint_of(country, x.instrument);
    const char *back = back_address(r, country, NULL);
    size_t n_crumbs;
    const struct crumb *crumbs = crumbs_of(r, country, true, &n_crumbs);
    struct html h;
    page_begin(
        &h, r, p,
        &(struct page){.title = pack_words(x.tool->pack, r->lang, x.row->id, x.row->text),
                       .about = tr_f(r->arena, r->lang, MSG("Status for {0}"), country_words(r->lang, country),
                                     NULL),
                       .tag = x.row->id,
                       .crumbs = crumbs,
                       .n_crumbs = n_crumbs});
    obligation_form_html(&h, &(struct obligation_form_view){
                                 .form = r->form,
                                 .action = r->address,
                                 .cancel = back,
                                 .hint = &hint,
                                 .hint_status = hint.found ? status_label(r, hint.status) : "",
                                 .beside = beside});
    return page_end(&h, e);
}

static enum err edit_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct one x;
    struct record *o = NULL;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = find_one(r, store_tx_read(tx), &x, e);
    if (err == ERR_NONE) {
        o = x.record;
        static const char *const typed[] = {"status", "signed_on", "bound_on", "reservations",
                                            "source", "source_date", "note"};
        for (size_t i = 0; i < COUNT_OF(typed); i++) {
            size_t at = entity_field_index(&entity_obligation, typed[i]);
            o->values[at] = r->form->record->values[at];
        }
        record_set_text(o, "origin", "typed");
        err = record_check(o, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, o, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The status is saved.")), o->version);
        p->location = back_address(r, record_text(o, "country"), x.instrument);
        p->status = 303;
    }
    return err;
}

const struct route route_obligation_edit = {
    .path = "/programmes/{programme}/obligations/{country}/{instrument}",
    .needs = MAY_WRITE,
    .get = edit_get,
    .post = edit_post,
    .entity = &entity_obligation,
    .title = MSG("Status of an instrument"),
    .menu = MENU_PROGRAMMES,
};

// ---- the same in the country file ----------------------------------------------------------------

const struct route route_country_obligations = {
    .path = "/countries/{country}/obligations",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Obligations"),
    .menu = MENU_COUNTRIES,
};

static const struct field country_accept_fields[] = {
    {.name = "instrument", .label = MSG("Instrument"), .type = FIELD_TEXT, .data_class = CLASS_C0,
     .required = true, .max = 40},
};

const struct route route_country_obligation_accept = {
    .path = "/countries/{country}/obligations/accept",
    .needs = MAY_WRITE,
    .post = accept_post,
    .fields = country_accept_fields,
    .n_fields = COUNT_OF(country_accept_fields),
    .title = MSG("Accept a suggestion"),
    .menu = MENU_COUNTRIES,
};

const struct route route_country_obligation = {
    .path = "/countries/{country}/obligations/{instrument}",
    .needs = MAY_WRITE,
    .get = edit_get,
    .post = edit_post,
    .entity = &entity_obligation,
    .title = MSG("Status of an instrument"),
    .menu = MENU_COUNTRIES,
};
