// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_store.c: loading uses of arguments, and what a use needs that its record alone cannot say; see
// advocacy.h.

#include <string.h>

#include "advocacy/advocacy.h"
#include "advocacy/advocacy_sql.h"
#include "obligation/obligation_rights.h"
#include "place/place.h"
#include "stakeholder/stakeholder.h"
#include "store/store.h"

static const char *said(const char *text)
{
    return text == NULL ? "" : text;
}

static struct advocacy_line line_of(const struct advocacy_uses_row *r)
{
    return (struct advocacy_line){
        .id = r->id,
        .programme_id = r->programme_id,
        .number = r->number,
        .heading = r->heading,
        .row = said(r->row),
        .root = advocacy_root(said(r->row)),
        .concern_id = said(r->concern_id),
        .concern = said(r->concern),
        .argument_row = said(r->argument_row),
        .argument = said(r->argument),
        .article = said(r->article),
        .with_sort = r->with_sort,
        .stakeholder = said(r->stakeholder),
        .country = r->country,
        .used_on = r->used_on,
        .result = r->result,
        .what_worked = said(r->what_worked),
        .next_time = said(r->next_time),
        .lesson = r->lesson != 0};
}

// ask_right false: the right was asked already.
static enum err load(struct db_read *db, struct arena *a, const struct identity *who, bool ask_right,
                     const struct advocacy_ask *ask, struct advocacy_line **out, size_t *n,
                     struct err_info *e)
{
    const struct advocacy_uses_in in = {.programme_id = ask->programme_id};
    struct advocacy_uses_row *rows;
    size_t n_rows;
    enum err err = advocacy_uses_all(a, db, &in, &rows, &n_rows, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct advocacy_line, n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        struct advocacy_line line = line_of(&rows[i]);
        bool may = !ask_right || identity_may(who, MAY_READ, line.programme_id);
        if (may && advocacy_fits(&line, ask)) {
            (*out)[(*n)++] = line;
        }
    }
    return ERR_NONE;
}

enum err advocacy_lessons_load(struct db_read *db, struct arena *a, const struct identity *who,
                               const struct advocacy_ask *ask, struct advocacy_line **out,
                               size_t *n, struct err_info *e)
{
    return load(db, a, who, true, ask, out, n, e);
}

enum err advocacy_uses_load(struct db_read *db, struct arena *a, const char *programme_id,
                            struct advocacy_line **out, size_t *n, struct err_info *e)
{
    const struct advocacy_ask ask = {.programme_id = programme_id};
    return load(db, a, NULL, false, &ask, out, n, e);
}

// ---- rules that look at other records -----------------------------------------------------------

static bool is_same(const struct record *before, const struct record *after, const char *field)
{
    return before != NULL && strcmp(record_text(before, field), record_text(after, field)) == 0;
}

static const char *name_of(const char *country)
{
    const char *name = country_name(country);
    return name == NULL ? country : name;
}

static enum err check_article(struct arena *a, struct db_read *db, const struct record *use,
                              struct err_info *e)
{
    const char *country = record_text(use, "country");
    const struct pack_row *instrument = advocacy_instrument(record_text(use, "article"), NULL);
    struct obligation_facts facts;
    enum err err = obligation_facts_load(db, a, arena_printf(a, " %s ", country), &facts, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct obligation_fact *f =
        instrument == NULL ? NULL : obligation_fact_of(&facts, country, instrument->id);
    return f != NULL && f->confirmed && strcmp(f->status, "party") == 0
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "article",
                         MSG("It is not known that this treaty binds {0}."),
                         MSG("Look at the obligations of the country, or choose another article."),
                         name_of(country), NULL);
}

enum err advocacy_use_guard(struct arena *a, struct db_read *db, const struct record *before,
                            const struct record *after, struct err_info *e)
{
    struct record *other;
    enum err err = ERR_NONE;
    if (after == NULL) {
        return ERR_NONE;
    }
    bool same_country = is_same(before, after, "country");
    if (record_is_set(after, "article") && !(same_country && is_same(before, after, "article"))) {
        err = check_article(a, db, after, e);
    }
    if (err == ERR_NONE && record_is_set(after, "stakeholder_id") &&
        !(same_country && is_same(before, after, "stakeholder_id"))) {
        err = store_get(db, a, &entity_stakeholder, record_text(after, "stakeholder_id"), &other, e);
        if (err == ERR_NONE &&
            strcmp(record_text(other, "country"), record_text(after, "country")) != 0) {
            err = err_set(e, ERR_INPUT, "stakeholder_id",
                          MSG("This body or group is of another country."),
                          MSG("Choose one of {0}, or change the country."),
                          name_of(record_text(after, "country")), NULL);
        }
    }
    if (err == ERR_NONE && record_is_set(after, "concern_id") &&
        !is_same(before, after, "concern_id")) {
        err = store_get(db, a, &entity_advocacy_concern, record_text(after, "concern_id"), &other, e);
        if (err == ERR_NONE &&
            strcmp(record_text(other, "programme_id"), record_text(after, "programme_id")) != 0) {
            err = err_set(e, ERR_INPUT, "concern_id", MSG("This concern is of another programme."),
                          MSG("Choose one of this programme."), NULL);
        }
    }
    return err;
}
