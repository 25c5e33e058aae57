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

// The page says what is wrong, what to do, and leads back to the start. Nothing on it depends on
// whether the thing asked for exists.
static void error_page(struct req *r, struct reply *p, const struct err_info *e)
{
    static const struct route nowhere = {.path = "", .title = MSG("Not found")};
    const struct route *route = r->route;
    struct html h;
    struct err_info too_large;
    r->route = route == NULL ? &nowhere : route;
    const char *hint = err_hint(r->arena, r->lang, e);
    page_begin(&h, r, p,
               &(struct page){
                   .title = err_text(r->arena, r->lang, e),
                   .about = hint,
                   .primary = {.label = tr(r->lang, MSG("Go to the start page")), .address = "/"},
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
