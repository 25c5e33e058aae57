// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_hooks.c: joins the dispatcher, which knows no noun, with the nouns.

#include "app/serve.h"

#include "access/access.h"
#include "html/page.h"
#include "model/model.h"
#include "pack/pack_official.h"
#include "pack/pack_own.h"
#include "place/place.h"
#include "programme/programme.h"
#include "store/store.h"

void own_packs_look(struct store *s)
{
    struct db_read *db;
    struct err_info e;
    enum err err = db_reader(store_db(s), &db, &e);
    if (err == ERR_NONE) {
        err = pack_own_look(db, &e);
    }
    (void)err;
}

static enum err find_programme(struct db_read *db, struct arena *a, const char *number,
                               struct record **out, struct err_info *e)
{
    struct err_info inner;
    *out = NULL;
    enum err err = store_get(db, a, model_find("programme"), number, out, &inner);
    if (err == ERR_NOT_FOUND) {
        return ERR_NONE;
    }
    if (err != ERR_NONE) {
        *e = inner;
    }
    return err;
}

static enum err country_rights(struct db_read *db, struct arena *a, const struct identity *who,
                               const char *country, unsigned *verbs, bool *known,
                               struct err_info *e)
{
    *known = country_name(country) != NULL;
    return *known ? programme_country_rights(db, a, who, country, verbs, e) : ERR_NONE;
}

static int minor_digits(const struct record *programme)
{
    return currency_minor_digits(record_text(programme, "currency"));
}

// Where to look for what is not there: the list that the address begins with.
static struct page_action nearest_list(const struct req *r)
{
    static const struct {
        const char *address;
        const char *label;
    } lists[] = {{"/programmes", MSG("Look at the programmes")},
                 {"/countries", MSG("Look at the countries")},
                 {"/library", MSG("Look in the library")}};
    for (size_t i = 0; r->who != NULL && i < sizeof lists / sizeof lists[0]; i++) {
        if (strncmp(r->path, lists[i].address, strlen(lists[i].address)) == 0) {
            return (struct page_action){.label = tr(r->lang, lists[i].label), .address = lists[i].address};
        }
    }
    return (struct page_action){.label = tr(r->lang, MSG("Go to the start page")), .address = "/"};
}

// The page says what is wrong, what was looked for, what to do, and leads back. Nothing on it depends on
// whether the thing asked for exists.
static void error_page(struct req *r, struct reply *p, const struct err_info *e)
{
    static const struct route nowhere = {.path = "", .title = MSG("Not found")};
    const struct route *route = r->route;
    struct html h;
    struct err_info too_large;
    r->route = route == NULL ? &nowhere : route;
    const char *hint = err_hint(r->arena, r->lang, e);
    if (e->code == ERR_NOT_FOUND && hint != NULL) {
        hint = tr_f(r->arena, r->lang, MSG("Looked for: {0}. {1}"), r->path, hint, NULL);
    }
    page_begin(&h, r, p,
               &(struct page){
                   .title = err_text(r->arena, r->lang, e),
                   .about = hint,
                   .primary = nearest_list(r),
                   .width = PAGE_NARROW,
               });
    if (r->script_wants_part) {
        html_text(&h, err_text(r->arena, r->lang, e));
    }
    (void)!page_end(&h, &too_large); // a page this short always fits
    r->route = route;
}

const struct http_hooks serve_hooks = {
    .identify = access_identify,
    .identify_bearer = access_identify_bearer,
    .touch_session = access_touch_session,
    .find_programme = find_programme,
    .country_rights = country_rights,
    .minor_digits = minor_digits,
    .wording = pack_wording_choose,
    .error_page = error_page,
    .kept_page = page_kept,
    .log_event = access_log_event,
};
