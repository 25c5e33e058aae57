// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_web.c: see programme_web.h.

#include "programme/programme_web.h"

#include <ctype.h>
#include <string.h>

#include "base/bug.h"
#include "place/place.h"
#include "programme/programme.h"

const char *programme_number(const struct req *r)
{
    return r->programme == NULL ? "" : record_text(r->programme, "number");
}

const char *programme_place(const struct req *r)
{
    return r->country != NULL ? tr(r->lang, country_name(r->country)) : programme_number(r);
}

const char *programme_address(const struct req *r, const char *rest)
{
    if (r->programme == NULL && r->country == NULL) {
        return rest;
    }
    const char *base = r->programme == NULL
                           ? url_make(r->arena, "/countries/{0}", r->country, NULL)
                           : url_make(r->arena, "/programmes/{0}", programme_number(r), NULL);
    return arena_printf(r->arena, "%s%s", base, rest);
}

enum err programme_people_here(struct req *r, struct programme_people *people, struct err_info *e)
{
    enum err err = programme_people_load(r->db, r->arena,
                                         r->programme == NULL ? NULL : r->programme->id, people, e);
    for (size_t i = 0; err == ERR_NONE && r->country != NULL && i < people->n; i++) {
        struct programme_person *p = &people->all[i];
        p->may = p->may || strcmp(p->id, r->who->user_id) == 0;
    }
    return err;
}

bool programme_may(const struct req *r, enum verb verb)
{
    return identity_may(r->who, verb, r->programme == NULL ? NULL : r->programme->id);
}

const struct crumb *programme_crumbs(const struct req *r, size_t *n)
{
    struct crumb *list = ARENA_ARRAY(r->arena, struct crumb, 2);
    *n = 1;
    if (r->country != NULL) {
        list[0] = (struct crumb){tr(r->lang, MSG("Countries")), "/countries"};
    } else {
        list[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
    }
    if (r->country != NULL || r->programme != NULL) {
        list[(*n)++] = (struct crumb){programme_place(r), programme_address(r, "")};
    }
    return list;
}

const char *programme_back(const struct req *r, const char *otherwise)
{
    const char *back = req_posted(r, "_back");
    back = back[0] != '\0' ? back : req_query(r, "back");
    return url_is_local(back) ? back : otherwise;
}

const char *programme_record_address(const struct req *r, const char *kind, const char *id)
{
    return arena_printf(r->arena, "%s%s", programme_address(r, ""),
                        url_make(r->arena, "/records/{0}/{1}", kind, id, NULL));
}

const char *programme_remove_address(const struct req *r, const char *kind, const char *id,
                                     const char *back)
{
    return arena_printf(r->arena, "%s%s?back=%s", programme_address(r, ""),
                        url_make(r->arena, "/remove/{0}/{1}", kind, id, NULL),
                        url_escape(r->arena, back));
}

enum err programme_save_one(struct req *r, struct record *record, const char *reason,
                            struct err_info *e)
{
    struct store_tx *tx;
    struct actor actor = req_actor(r);
    enum err err = store_begin(r->store, &actor, reason, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, record, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

enum err programme_not_found(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This page does not exist."),
                   MSG("Check the address, or start from the list."), NULL);
}

enum err programme_load_record(struct req *r, const char *kind, const char *id,
                               struct record **out, struct err_info *e)
{
    const struct entity *entity = model_find(kind);
    struct err_info inner;
    const char *of = NULL;
    if (entity == NULL || entity->compute != NULL || entity->admin_only) {
        return programme_not_found(e);
    }
    enum err err = store_get(r->db, r->arena, entity, id, out, &inner);
    if (err == ERR_NONE) {
        err = store_programme_of(r->db, r->arena, *out, &of, &inner);
    }
    if (err == ERR_NOT_FOUND) {
        return programme_not_found(e);
    }
    if (err != ERR_NONE) {
        *e = inner;
        return err;
    }
    const char *asked = r->programme == NULL ? "" : r->programme->id;
    const char *country = r->country;
    if (r->country != NULL) {
        err = store_country_of(r->db, r->arena, *out, &country, e);
    }
    bool here = identity_sees(r->who, entity, of) && strcmp(of == NULL ? "" : of, asked) == 0 &&
                (r->country == NULL || strcmp(country, r->country) == 0);
    return err != ERR_NONE || here ? err : programme_not_found(e);
}

const char *programme_file_size(const struct req *r, int64_t bytes)
{
    if (bytes < 1000) {
        return tr_f(r->arena, r->lang, MSG("{0} bytes"),
                    arena_printf(r->arena, "%lld", (long long)bytes), NULL);
    }
    bool mega = bytes >= 1000000;
    int64_t unit = mega ? 1000000 : 1000;
    const char *n = arena_printf(r->arena, "%lld", (long long)((bytes + unit / 2) / unit));
    return tr_f(r->arena, r->lang, mega ? MSG("{0} MB") : MSG("{0} KB"), n, NULL);
}

const char *programme_file_ending(struct arena *a, const char *file_name)
{
    const char *dot = file_name == NULL ? NULL : strrchr(file_name, '.');
    if (dot == NULL || dot[1] == '\0' || strlen(dot + 1) > 5) {
        return "";
    }
    char *ending = arena_copy(a, dot + 1);
    for (char *p = ending; *p != '\0'; p++) {
        *p = (char)toupper((unsigned char)*p);
    }
    return ending;
}
