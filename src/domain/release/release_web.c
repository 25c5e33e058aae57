// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_web.c: see release_web.h.

#include "release/release_web.h"

#include <string.h>

#include "base/date.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "release/release_share.h"
#include "result/result_split.h"

const char *release_address(struct req *r, const struct record *x, const char *rest)
{
    return arena_printf(r->arena, "%s%s", url_make(r->arena, "/releases/{0}", record_text(x, "code"), NULL), rest);
}

const char *release_step_address(struct req *r, const char *programme, const struct record *x, const char *rest)
{
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/programmes/{0}/releases/{1}", programme, record_text(x, "code"), NULL),
                        rest);
}

const struct crumb *release_crumbs(struct req *r, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 1);
    c[0] = (struct crumb){tr(r->lang, MSG("Releases")), "/releases"};
    *n = 1;
    return c;
}

const char *release_look_of(const struct record *x)
{
    return release_is(x, "published")                                ? "done"
           : release_is(x, "audited")                                ? "progress"
           : release_is(x, "withdrawn") || release_is(x, "refused") ? "warn"
                                                                     : "none";
}

const char *release_word(struct req *r, const struct record *x, const char *field)
{
    return tr(r->lang, field_choice_label(entity_field(&entity_release, field), record_text(x, field)));
}

bool release_may(const struct req *r, enum verb verb, const struct record *x)
{
    return identity_may(r->who, verb, record_text(x, "programme_id"));
}

bool release_works(const struct req *r, const struct record *x)
{
    return identity_works(r->who, record_text(x, "programme_id"));
}

enum err release_of_path(struct req *r, bool public, struct record **out, struct err_info *e)
{
    enum err err = store_get(r->db, r->arena, &entity_release, req_capture(r, "release"), out, e);
    if (err != ERR_NONE) {
        return err == ERR_NOT_FOUND ? programme_not_found(e) : err;
    }
    bool here = r->programme == NULL || strcmp(record_text(*out, "programme_id"), r->programme->id) == 0;
    bool published = release_is(*out, "published");
    bool may = public ? published && release_class_is_public(record_text(*out, "class"))
                      : published || release_works(r, *out);
    return here && may ? ERR_NONE : programme_not_found(e);
}
