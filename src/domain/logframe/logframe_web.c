// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_web.c: see logframe_web.h.

#include "logframe/logframe_web.h"

#include <string.h>

#include "logframe/logframe.h"
#include "programme/programme_web.h"

const char *theory_address(struct req *r, const struct record *theory, const char *rest)
{
    const char *id = theory == NULL ? "" : url_make(r->arena, "/{0}", theory->id, NULL);
    return arena_printf(r->arena, "%s%s%s", programme_address(r, "/theory"), id, rest);
}

const char *logframe_address(struct req *r, const char *rest)
{
    return arena_printf(r->arena, "%s%s", programme_address(r, "/logframe"), rest);
}

static const struct crumb *crumbs_and(struct req *r, const char *label, const char *address,
                                      const struct record *theory, size_t *n)
{
    const struct crumb *above = programme_crumbs(r, n);
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, *n + 2);
    memcpy(c, above, *n * sizeof *c);
    c[(*n)++] = (struct crumb){label, address};
    if (theory != NULL) {
        c[(*n)++] = (struct crumb){record_text(theory, "name"), theory_address(r, theory, "")};
    }
    return c;
}

const struct crumb *theory_crumbs(struct req *r, const struct record *theory, size_t *n)
{
    return crumbs_and(r, tr(r->lang, MSG("Theory of change")), theory_address(r, NULL, ""), theory,
                      n);
}

const struct crumb *logframe_crumbs(struct req *r, size_t *n)
{
    return crumbs_and(r, tr(r->lang, MSG("Logframe")), logframe_address(r, ""), NULL, n);
}

const struct choice *theory_choices(struct req *r, const struct theory *t)
{
    struct choice *choices = ARENA_ARRAY(r->arena, struct choice, t->n_results + 1);
    for (size_t i = 0; i < t->n_results; i++) {
        choices[i] = (struct choice){
            t->results[i].record->id,
            arena_printf(r->arena, "%s: %s", t->results[i].code,
                         record_text(t->results[i].record, "statement"))};
    }
    return choices;
}

enum err theory_of_path(struct req *r, struct record **out, struct err_info *e)
{
    return programme_load_record(r, "theory", req_capture(r, "theory"), out, e);
}
