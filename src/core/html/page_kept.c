// SPDX-License-Identifier: AGPL-3.0-or-later
//
// page_kept.c: see page_kept in page.h. What was typed lives on this page only: nothing is kept here or in
// the browser. Secrets are not sent back.

#include <string.h>

#include "html/page.h"
#include "html/page_kept.html.h"

static bool is_secret(const struct route *route, const char *name)
{
    const struct field *fields = route->entity != NULL ? route->entity->fields : route->fields;
    size_t n = route->entity != NULL ? route->entity->n_fields : route->n_fields;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return fields[i].data_class == CLASS_C4;
        }
    }
    return false;
}

// Words of a person, not a code, a mark or a choice.
static bool is_words(const char *value)
{
    return strchr(value, ' ') != NULL;
}

enum err page_kept(struct req *r, struct reply *p, struct err_info *e)
{
    struct pair *fields = ARENA_ARRAY(r->arena, struct pair, r->n_posted);
    struct pair *typed = ARENA_ARRAY(r->arena, struct pair, r->n_posted);
    struct page_kept_view v = {.action = r->address, .fields = fields, .typed = typed,
                               .sign_in = r->who == NULL, .files = r->n_uploads > 0};
    for (size_t i = 0; i < r->n_posted; i++) {
        const struct pair *f = &r->posted[i];
        if (strcmp(f->name, "_csrf") == 0 || is_secret(r->route, f->name)) {
            continue;
        }
        fields[v.n_fields++] = *f;
        if (f->name[0] != '_' && is_words(f->value)) {
            typed[v.n_typed++] = *f;
        }
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr(r->lang, v.sign_in
                                            ? MSG("You are signed out, and nothing you typed is lost")
                                            : MSG("This form was opened before you signed in")),
                   .about = tr(r->lang, v.sign_in
                                            ? MSG("A session ends after 30 minutes without use, or "
                                                  "when you sign out elsewhere.")
                                            : MSG("Nothing of it is saved yet.")),
                   .width = PAGE_NARROW,
               });
    page_kept_html(&h, &v);
    return page_end(&h, e);
}
