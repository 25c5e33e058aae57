// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_web.c: see publication_web.h.

#include "publication/publication_web.h"

#include <string.h>

#include "programme/programme_web.h"

const char *publication_address(struct req *r, const struct record *x, const char *rest)
{
    return arena_printf(r->arena, "%s%s%s", programme_address(r, "/publications"),
                        url_make(r->arena, "/{0}", x->id, NULL), rest);
}

const struct crumb *publication_crumbs(struct req *r, const struct record *x, size_t *n)
{
    const struct crumb *above = programme_crumbs(r, n);
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, *n + 2);
    memcpy(c, above, *n * sizeof *c);
    c[(*n)++] = (struct crumb){tr(r->lang, MSG("Publications")),
                               programme_address(r, "/publications")};
    if (x != NULL) {
        c[(*n)++] = (struct crumb){record_text(x, "title"), publication_address(r, x, "")};
    }
    return c;
}

const char *publication_look_of(const char *state)
{
    return strcmp(state, "published") == 0   ? "done"
           : strcmp(state, "made") == 0      ? "progress"
           : strcmp(state, "withdrawn") == 0 ? "warn"
                                             : "none";
}

const char *publication_word(struct req *r, const struct record *x, const char *field)
{
    return tr(r->lang, field_choice_label(entity_field(&entity_publication, field),
                                          record_text(x, field)));
}
