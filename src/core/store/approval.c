// SPDX-License-Identifier: AGPL-3.0-or-later
//
// approval.c: steps of checking are taken, and what they closed is changed, only by who may approve.
//
// Asked by every save and delete, and so by undo, whether it comes from a page, the JSON API, a file or
// the command line. Which codes are steps stands with the field of the kind (model.h). The owner of the
// file may do everything with any tool, so for them it is enough to say why.
// Not here: which step may follow which (the pages of the noun).

#include <string.h>

#include "store/store_private.h"

static bool is_in(const char *const *codes, const char *code)
{
    for (; codes != NULL && *codes != NULL; codes++) {
        if (strcmp(*codes, code) == 0) {
            return true;
        }
    }
    return false;
}

// before NULL: made; after NULL: deleted. A record that is not changed is asked with both the same.
static bool is_step(const struct record *before, const struct record *after)
{
    const struct entity *kind = before != NULL ? before->entity : after->entity;
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        if (!f->approval) {
            continue;
        }
        const char *was = before == NULL ? "" : record_text(before, f->name);
        const char *is = after == NULL ? "" : record_text(after, f->name);
        bool words = f->choices == NULL && is[0] != '\0' && strcmp(was, is) != 0;
        if (words || is_in(f->closed, was) || is_in(f->checked, is)) {
            return true;
        }
    }
    return false;
}

// Does it belong to a record that was checked?
static enum err is_part_of_checked(struct store_tx *tx, struct arena *a, const struct record *r,
                                   bool *yes, struct err_info *e)
{
    const char *name = r->entity->parent_field;
    const struct field *up = name == NULL ? NULL : entity_field(r->entity, name);
    const struct entity *kind = up == NULL ? NULL : model_find(up->ref);
    bool has_steps = false;
    for (size_t i = 0; kind != NULL && i < kind->n_fields; i++) {
        has_steps = has_steps || kind->fields[i].approval;
    }
    *yes = false;
    if (!has_steps || !record_is_set(r, name)) {
        return ERR_NONE;
    }
    struct record *parent;
    enum err err = store_get(store_tx_read(tx), a, kind, record_text(r, name), &parent, e);
    if (err == ERR_NONE) {
        *yes = is_step(parent, parent);
    }
    return err;
}

static enum err ask_reason(const struct store_tx *tx, struct err_info *e)
{
    const char *reason = tx->reason == NULL ? "" : tx->reason;
    return reason[strspn(reason, " \t\r\n")] != '\0'
               ? ERR_NONE
               : err_set(e, ERR_USAGE, "--reason",
                         MSG("A step of checking, or a change of what was checked, needs a reason."),
                         MSG("Add --reason \"why\"."), NULL);
}

static enum err ask_right(struct store_tx *tx, struct arena *a, const struct record *r,
                          struct err_info *e)
{
    const struct actor *who = &tx->actor;
    const char *programme;
    const char *country = "";
    enum err err = store_programme_of(store_tx_read(tx), a, r, &programme, e);
    if (err == ERR_NONE && programme == NULL && who->country != NULL) {
        err = store_country_of(store_tx_read(tx), a, r, &country, e);
    }
    bool may = err == ERR_NONE && (identity_may(who->identity, MAY_APPROVE, programme) ||
                                   (country[0] != '\0' && strcmp(country, who->country) == 0 &&
                                    (who->country_verbs & MAY_APPROVE) != 0));
    if (err == ERR_NONE && !may) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL,
                      MSG("Only somebody who may approve can take this step, or change what was "
                          "approved."),
                      MSG("Ask somebody who may approve to do it, or to return it."), NULL);
    }
    return err;
}

const char *actor_id(const struct actor *who)
{
    return who->user_id != NULL ? who->user_id : who->name;
}

enum err approval_ask_actor(const struct store_tx *tx, const struct record *before, const struct record *after,
                            struct err_info *e)
{
    const char *who = actor_id(&tx->actor);
    for (size_t i = 0; i < after->entity->n_fields; i++) {
        const struct field *f = &after->entity->fields[i];
        const char *is = f->by_actor ? record_text(after, f->name) : "";
        const char *was = f->by_actor && before != NULL ? record_text(before, f->name) : "";
        if (is[0] != '\0' && strcmp(is, was) != 0 && strcmp(is, who) != 0) {
            return err_set(e, ERR_INPUT, f->name, MSG("This says who did it, so nobody can set it for another."),
                           MSG("Leave the field out."), NULL);
        }
    }
    return ERR_NONE;
}

enum err approval_ask(struct store_tx *tx, struct arena *a, const struct record *before,
                      const struct record *after, struct err_info *e)
{
    const struct record *const sides[] = {before, after};
    bool step = is_step(before, after);
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && !step && i < 2; i++) {
        if (sides[i] != NULL) {
            err = is_part_of_checked(tx, a, sides[i], &step, e);
        }
    }
    if (err != ERR_NONE || !step) {
        return err;
    }
    if (tx->actor.user_id == NULL && strcmp(tx->actor.name, STORE_OWNER) == 0) {
        return ask_reason(tx, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < 2; i++) {
        if (sides[i] != NULL) {
            err = ask_right(tx, a, sides[i], e);
        }
    }
    return err;
}
