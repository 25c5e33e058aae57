// SPDX-License-Identifier: AGPL-3.0-or-later
//
// explain_cli.c: where the values of a record come from.
//
// For every field that is set: its value, who entered it and when, from the change log. Kinds whose
// numbers are computed from other records add their own account (explain in struct entity).

#include <string.h>

#include "app/table.h"
#include "base/bug.h"
#include "cli/cli.h"
#include "exchange/record/record_rights.h"
#include "format/json/json_read.h"
#include "programme/programme.h"

// The newest change that touched a field.
static enum err find_origin(struct arena *a, const struct change *changes, size_t n,
                            const char *field, const struct change **out, struct err_info *e)
{
    *out = NULL;
    for (size_t i = 0; i < n && *out == NULL; i++) {
        const struct json *fields;
        enum err err = json_read(a, changes[i].fields, strlen(changes[i].fields), &fields, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (json_get(fields, field) != NULL) {
            *out = &changes[i];
        }
    }
    return ERR_NONE;
}

// The person as the pages name them; who works at the command line is the owner.
static const char *actor_name(const struct programme_people *people, const char *actor)
{
    const char *name = strcmp(actor, "owner") == 0 ? NULL : programme_person_name(people, actor);
    return name == NULL ? actor : name;
}

static enum err explain_fields(struct cli *c, struct money_context *m, const struct record *r,
                               struct err_info *e)
{
    struct programme_people people;
    struct change *changes;
    size_t n;
    const char *currency;
    int digits;
    enum err err = programme_people_load(m->db, c->arena, NULL, &people, e);
    if (err == ERR_NONE) {
        err = store_history(m->db, c->arena, r->entity->kind, r->id, 0, &changes, &n, e);
    }
    if (err == ERR_NONE) {
        err = money_of(m, r, &currency, &digits, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < r->entity->n_fields; i++) {
        const struct field *f = &r->entity->fields[i];
        if (!r->values[i].set || !record_writes(m, f)) {
            continue;
        }
        const struct change *origin;
        err = find_origin(c->arena, changes, n, f->name, &origin, e);
        if (err != ERR_NONE) {
            break;
        }
        buf_printf(&c->out, "  %s: %s\n", tr(c->lang, f->label),
                   record_value_words(m, c->lang, f, &r->values[i], currency, digits));
        if (origin != NULL) {
            buf_printf(&c->out, "      %s\n",
                       tr_f(c->arena, c->lang, MSG("entered {0} by {1}, change {2}"),
                            arena_printf(c->arena, "%.10s", origin->wall), actor_name(&people, origin->actor),
                            arena_printf(c->arena, "%.12s", origin->hash), NULL));
        }
    }
    return err;
}

static enum err explain_run(struct cli *c, struct err_info *e)
{
    const struct entity *kind = model_find(c->args[0]);
    struct db_read *db;
    struct record *r;
    if (kind == NULL) {
        return err_set(e, ERR_USAGE, NULL, MSG("There is no kind of record “{0}”."),
                       MSG("“mainstay kinds” lists them."), c->args[0], NULL);
    }
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err == ERR_NONE) {
        err = record_get_visible(db, c->arena, c->who, kind, c->args[1], &r, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct money_context m = {.arena = c->arena, .db = db};
    buf_printf(&c->out, "%s: %s\n", tr(c->lang, kind->label), record_title(r));
    err = explain_fields(c, &m, r, e);
    if (err == ERR_NONE && kind->explain != NULL) {
        buf_char(&c->out, '\n');
        err = kind->explain(c->arena, db, c->lang, c->who, r, &c->out, e);
    }
    return err;
}

const struct command cmd_explain = {
    .name = "explain",
    .usage = "explain KIND ID-OR-CODE",
    .about = MSG("says where the values of a record come from"),
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .run = explain_run,
};
