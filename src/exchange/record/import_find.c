// SPDX-License-Identifier: AGPL-3.0-or-later
//
// import_find.c: which record is meant: the one that a line speaks of, and those that it names. See import_parts.h.

#include <string.h>

#include "base/bug.h"
#include "exchange/record/import_parts.h"
#include "exchange/record/record_rights.h"
#include "os/random.h"

#define MOST_KEYS 8 // fields of an entity.key

// A record that another may name: of the organisation, or of a programme the person may read. People
// may be named by everybody, as in a form.
static enum err get_named(struct import *im, const struct entity *kind, const char *key,
                          struct record **r, const char **programme, struct err_info *e)
{
    struct db_read *db = store_tx_read(im->tx);
    enum err err = store_get(db, im->row, kind, key, r, e);
    if (err == ERR_NONE) {
        err = store_programme_of(db, im->row, *r, programme, e);
    }
    if (err == ERR_NONE && *programme != NULL && !record_may(im->who, MAY_READ, *programme)) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."), NULL, kind->kind, key,
                      NULL);
    }
    return err;
}

// By code, in the programme that is named: every programme may have an indicator I1.
static enum err get_in_programme(struct import *im, const struct entity *kind, const char *programme,
                                 const char *code, struct record **out, struct err_info *e)
{
    return record_get_in_programme(store_tx_read(im->tx), im->row, im->who, kind, programme, code, out, e);
}

// A code that its programme's records share with those of others means the one of the record's own programme.
static enum err get_beside(struct import *im, const struct record *r, const struct entity *kind, const char *text,
                           struct record **out, struct err_info *e)
{
    const char *programme = entity_field(r->entity, "programme_id") == NULL ? "" : record_text(r, "programme_id");
    bool shared = kind->code_field != NULL && entity_of_programme(kind) && programme[0] != '\0' && !id_is_valid(text);
    return shared ? get_in_programme(im, kind, programme, text, out, e)
                  : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."), NULL, kind->kind, text, NULL);
}

static enum err get_existing(struct import *im, const struct entity *kind, const struct given *g,
                             const char *key, bool by_code, struct record **out,
                             struct err_info *e)
{
    const char *programme = given_text(g, "programme_id");
    bool in_programme = by_code && entity_of_programme(kind) && programme != NULL && programme[0] != '\0' &&
                        programme[0] != '@';
    return in_programme ? get_in_programme(im, kind, programme, key, out, e)
                        : record_get_visible(store_tx_read(im->tx), im->row, im->who, kind, key,
                                             out, e);
}

// The record with the same key (entity.key); NULL: none, or none that the person may see. What cannot be read here is
// refused when the record is read.
static enum err get_by_key(struct import *im, const struct entity *kind, const struct given *g, struct record **out,
                           struct err_info *e)
{
    struct record *names = record_new(im->row, kind);
    struct store_filter filters[MOST_KEYS];
    struct store_query q = {.filters = filters, .limit = 2};
    struct record **found;
    struct err_info why;
    size_t n;
    *out = NULL;
    if (!given_has(g, kind->key[0])) {
        return ERR_NONE;
    }
    for (; kind->key[q.n_filters] != NULL; q.n_filters++) {
        const struct field *f = entity_field(kind, kind->key[q.n_filters]);
        const char *text = given_text(g, f->name);
        struct value *v = &names->values[f - kind->fields];
        ensure(q.n_filters < MOST_KEYS);
        if (given_has(g, f->name) && import_parse(im, names, v, f, text, 0, &why) != ERR_NONE) {
            return ERR_NONE;
        }
        filters[q.n_filters] = v->set ? (struct store_filter){f->name, STORE_EQUAL, field_print(im->row, f, v, 0)}
                                      : (struct store_filter){f->name, STORE_IS_EMPTY, NULL};
    }
    enum err err = store_list(store_tx_read(im->tx), im->row, kind, &q, &found, &n, e);
    if (err == ERR_NONE) {
        err = record_keep_visible(store_tx_read(im->tx), im->row, im->who, MAY_READ, found, &n, e);
    }
    if (err == ERR_NONE && n > 1) {
        err = err_set(e, ERR_CONFLICT, kind->key[0], MSG("Several records are meant by this."),
                      MSG("Give the id of the one that you mean."), NULL);
    }
    *out = err == ERR_NONE && n > 0 ? found[0] : NULL;
    return err;
}

enum err import_find(struct import *im, const struct entity *kind, const struct given *g, struct record **out,
                     struct err_info *e)
{
    const char *id = given_text(g, "id");
    const char *code = kind->code_field == NULL ? NULL : given_text(g, kind->code_field);
    bool by_code = !given_has(g, "id");
    const char *key = by_code ? code : id;
    *out = NULL;
    if (key != NULL && key[0] != '\0') {
        struct err_info why;
        enum err err = get_existing(im, kind, g, key, by_code, out, &why);
        if (err == ERR_NOT_FOUND) {
            *out = NULL; // also what may not be read
        } else if (err != ERR_NONE) {
            *e = why;
            return err;
        }
    }
    if (*out == NULL && by_code && kind->key != NULL) {
        enum err err = get_by_key(im, kind, g, out, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (*out == NULL) {
        *out = record_new(im->row, kind);
        if (id != NULL && id[0] != '\0') {
            if (!id_is_valid(id)) {
                return err_set(e, ERR_INPUT, "id", MSG("“{0}” is not an id of a record."),
                               MSG("Leave the id out to make a new record."), id, NULL);
            }
            (*out)->id = id;
        }
    }
    return ERR_NONE;
}

// Nearly always the next line names the same programme or country as the one before. A code that each programme has of its
// own is looked up anew, and so is everything after a record of its kind was saved (import_forget).
static bool is_found_last(const struct import *im, const struct entity *kind, const char *text)
{
    return im->found_kind == kind && strcmp(im->found_text, text) == 0;
}

static void keep_found(struct import *im, const struct entity *kind, const char *text, const struct record *r)
{
    im->found_kind = NULL;
    if (!entity_of_programme(kind) && strlen(text) < sizeof im->found_text && strlen(r->id) < sizeof im->found_id) {
        im->found_kind = kind;
        memcpy(im->found_text, text, strlen(text) + 1);
        memcpy(im->found_id, r->id, strlen(r->id) + 1);
    }
}

void import_forget(struct import *im, const struct entity *kind)
{
    im->found_kind = im->found_kind == kind ? NULL : im->found_kind;
}

enum err import_find_reference(struct import *im, const struct record *of, const struct field *f, const char *text,
                               const char **id, struct err_info *e)
{
    if (text[0] == '@') {
        for (struct import_name *n = im->names; n != NULL; n = n->next) {
            if (strcmp(n->name, text + 1) == 0) {
                *id = n->id;
                return ERR_NONE;
            }
        }
        return err_set(e, ERR_INPUT, f->name, MSG("No record before this one is called “{0}”."),
                       MSG("Give the record “_as”, and put it earlier."), text + 1, NULL);
    }
    struct record *r;
    struct err_info why;
    const struct entity *kind = model_find(f->ref);
    ensure(kind != NULL);
    const char *programme;
    if (is_found_last(im, kind, text)) {
        *id = arena_copy(im->row, im->found_id);
        return ERR_NONE;
    }
    enum err err = get_beside(im, of, kind, text, &r, &why);
    if (err == ERR_NOT_FOUND) {
        err = get_named(im, kind, text, &r, &programme, &why);
    }
    const char *slash = strchr(text, '/'); // "SAMPLE1/FILM1": a code that is its programme's own
    if (err == ERR_NOT_FOUND && slash != NULL && kind->code_field != NULL && entity_of_programme(kind)) {
        const char *number = arena_copy_n(im->row, text, (size_t)(slash - text));
        err = get_in_programme(im, kind, number, slash + 1, &r, &why);
    }
    if (err == ERR_NOT_FOUND) {
        return err_set(e, ERR_INPUT, f->name, MSG("There is no {0} “{1}”."),
                       MSG("Give the id or the code of one that exists."), kind->kind, text, NULL);
    }
    if (err != ERR_NONE) {
        *e = why;
        return err;
    }
    keep_found(im, kind, text, r);
    *id = r->id;
    return ERR_NONE;
}

enum err import_reference(struct import *im, const struct entity *kind, const char *field, const char *text,
                          const char **id, struct err_info *e)
{
    im->row = im->row == NULL ? im->arena : im->row;
    return import_find_reference(im, record_new(im->arena, kind), entity_field(kind, field), text, id, e);
}

static bool is_elsewhere(const char *programme, const char *other)
{
    return programme != NULL && other != NULL && strcmp(programme, other) != 0;
}

// What a record names must be of its own programme or of the organisation, as in a form.
static enum err check_reference(struct import *im, const struct field *f, const char *kind,
                                const char *id, const char *programme, struct err_info *e)
{
    const struct entity *entity = model_find(kind);
    struct record *other;
    const char *of_other = NULL;
    enum err err = entity == NULL ? ERR_NOT_FOUND
                                  : get_named(im, entity, id, &other, &of_other, e);
    if (err == ERR_NOT_FOUND || (err == ERR_NONE && is_elsewhere(programme, of_other))) {
        err = err_set(e, ERR_INPUT, f->name, MSG("There is no such record in this programme."),
                      MSG("Give the id or the code of one that exists."), NULL);
    }
    return err;
}

enum err import_check_references(struct import *im, const struct record *r, const char *programme,
                                 struct err_info *e)
{
    const struct entity *kind = r->entity;
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        if (!r->values[i].set) {
            continue;
        }
        if (f->type == FIELD_REF && strcmp(kind->kind, "programme") != 0) {
            err = check_reference(im, f, f->ref, r->values[i].text, programme, e);
        } else if (strcmp(f->name, "about_id") == 0 && entity_field(kind, "about_kind") != NULL) {
            err = check_reference(im, f, record_text(r, "about_kind"), r->values[i].text,
                                  programme, e);
        }
    }
    return err;
}
