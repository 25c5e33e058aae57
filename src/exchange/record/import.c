// SPDX-License-Identifier: AGPL-3.0-or-later
//
// import.c: one record that came as a list of names and texts. It goes through field_parse like a form: what a form
// refuses, an import refuses, in the same words. See record_io.h; files: import_file.c.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/map.h"
#include "exchange/record/import_parts.h"
#include "exchange/record/record_rights.h"

const char *given_text(const struct given *g, const char *name)
{
    for (int i = 0; i < g->n; i++) {
        if (strcmp(g->names[i], name) == 0) {
            return g->texts[i];
        }
    }
    return NULL;
}

bool given_has(const struct given *g, const char *name)
{
    const char *text = given_text(g, name);
    return text != NULL && text[0] != '\0';
}

enum err given_at_place(const struct given *g, enum err err, struct err_info *e)
{
    char field[sizeof e->field];
    snprintf(field, sizeof field, "%.20s%s%.40s", g->place, e->field[0] == '\0' ? "" : ", ",
             e->field);
    memcpy(e->field, field, sizeof field);
    return err;
}

// Does the record come with a key by which another line could mean the same one?
static bool has_key(const struct entity *kind, const struct given *g)
{
    return given_has(g, "id") || (kind->code_field != NULL && given_has(g, kind->code_field)) ||
           (kind->key != NULL && given_has(g, kind->key[0]));
}

// What the person gave that makes two lines the same record.
static const char *key_name(const struct entity *kind)
{
    return kind->code_field != NULL ? kind->code_field : kind->key != NULL ? kind->key[0] : "id";
}

static enum err check_once(struct import *im, const struct entity *kind, const struct given *g, const char *id,
                           struct err_info *e)
{
    const char *before = im->keyed == NULL || id == NULL || !has_key(kind, g) ? NULL : map_get(im->keyed, id);
    return before == NULL ? ERR_NONE
                          : err_set(e, ERR_INPUT, key_name(kind),
                                    MSG("This record stands in the file twice: it is {0}, too."),
                                    MSG("Leave one of them away."), before, NULL);
}

static enum err note_key(struct import *im, const struct entity *kind, const struct given *g, const char *id,
                         struct err_info *e)
{
    if (im->keyed == NULL || !has_key(kind, g)) {
        return ERR_NONE;
    }
    if (!map_has_room(im->keyed, strlen(id) + strlen(g->place) + 32)) {
        return err_file_too_long(e);
    }
    *map_at(im->keyed, arena_copy(im->arena, id)) = (void *)arena_copy(im->arena, g->place);
    return ERR_NONE;
}

static int digits_of(struct import *im, const struct record *r)
{
    struct money_context m = {.arena = im->row, .db = store_tx_read(im->tx)};
    const char *currency;
    int digits = 2;
    struct err_info ignored;
    if (money_of(&m, r, &currency, &digits, &ignored) != ERR_NONE) {
        digits = 2; // the reference is refused by itself, with its own message
    }
    return digits;
}

enum err import_parse(struct import *im, const struct record *r, struct value *v, const struct field *f,
                      const char *text, int digits, struct err_info *e)
{
    // about_id names a record of any kind, so it is a text; a name given by "_as" is found all the same
    bool about = text[0] == '@' && strcmp(f->name, "about_id") == 0;
    if ((f->type == FIELD_REF && text[0] != '\0') || about) {
        const char *id;
        enum err err = import_find_reference(im, r, f, text, &id, e);
        if (err == ERR_NONE) {
            *v = (struct value){.set = true, .text = id};
        }
        return err;
    }
    return field_parse(im->row, f, text, digits, v, e);
}

static enum err read_field(struct import *im, struct record *r, const struct field *f,
                           const char *text, int digits, struct err_info *e)
{
    struct value *v = &r->values[f - r->entity->fields];
    struct value given = {0};
    enum err err = import_parse(im, r, &given, f, text, digits, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool is_new = r->version == NULL;
    bool leads_up = r->entity->parent_field != NULL &&
                    strcmp(r->entity->parent_field, f->name) == 0;
    if ((im->who != NULL || r->entity->sealed) && f->read_only && !value_same(v, &given) &&
        !(is_new && (f->required || leads_up))) {
        return err_set(e, ERR_INPUT, f->name, MSG("This is set by the program."),
                       MSG("Leave the field out."), NULL);
    }
    // A new record starts at the first step; every further one is taken on its page.
    bool first_step = is_new && (!given.set || (f->choices != NULL &&
                                                strcmp(given.text, f->choices[0].code) == 0));
    if (im->who != NULL && f->approval && !value_same(v, &given) && !first_step) {
        return err_set(e, ERR_INPUT, f->name, MSG("This step of checking is taken on its page."),
                       MSG("Leave the field out, and open the record in the browser."), NULL);
    }
    *v = given;
    return ERR_NONE;
}

// Is the version somebody saw still the newest?
static enum err check_version(struct import *im, const struct given *g, const struct record *r,
                              struct err_info *e)
{
    const char *seen = im->versions ? given_text(g, "version") : NULL;
    if (im->if_match != NULL &&
        (r->version == NULL ||
         (strcmp(im->if_match, "*") != 0 && strcmp(im->if_match, r->version) != 0))) {
        return err_set(e, ERR_STALE, "If-Match",
                       MSG("The record is not in the version that If-Match names."),
                       MSG("Read it again and decide anew."), NULL);
    }
    if (seen != NULL && seen[0] != '\0' &&
        (r->version == NULL || strcmp(seen, r->version) != 0)) {
        return err_set(e, ERR_CONFLICT, "version", MSG("The record has changed since it was read."),
                       MSG("Read it again and decide anew."), NULL);
    }
    return ERR_NONE;
}

enum err import_check_name(const struct entity *kind, const char *name, struct err_info *e)
{
    static const char *const not_fields[] = {"id", "_as", "version", "changed_at"};
    bool known = entity_field(kind, name) != NULL;
    for (size_t k = 0; k < COUNT_OF(not_fields); k++) {
        known = known || strcmp(name, not_fields[k]) == 0;
    }
    return known ? ERR_NONE
                 : err_set(e, ERR_INPUT, name, MSG("{0} has no such field."),
                           MSG("“mainstay list {0} --format csv” names the fields in its first line, and so does /api/v1/openapi.json."), kind->kind,
                           NULL);
}

static enum err read_fields(struct import *im, const struct given *g, struct record *r,
                            struct err_info *e)
{
    // References and the currency first: money needs the currency of its programme.
    for (int round = 0; round < 2; round++) {
        int digits = round == 0 ? 2 : digits_of(im, r);
        for (int i = 0; i < g->n; i++) {
            const struct field *f = entity_field(r->entity, g->names[i]);
            enum err err = import_check_name(r->entity, g->names[i], e);
            if (err == ERR_NONE && f != NULL && (round == 1) == (f->type == FIELD_MONEY)) {
                err = read_field(im, r, f, g->texts[i], digits, e);
            }
            if (err != ERR_NONE) {
                return err;
            }
        }
    }
    return ERR_NONE;
}

static bool may_write(const struct import *im, const struct record *r, const char *programme)
{
    bool about = im->country != NULL && programme == NULL && !r->entity->admin_only &&
                 entity_field(r->entity, "country") != NULL && strcmp(record_text(r, "country"), im->country) == 0;
    return about || record_may_write(im->who, r->entity, programme);
}

enum err import_given(struct import *im, const struct entity *kind, const struct given *g, struct err_info *e)
{
    struct record *r;
    enum err err = import_find(im, kind, g, &r, e);
    if (err == ERR_NONE) {
        err = check_once(im, kind, g, r->id, e);
    }
    bool new = err == ERR_NONE && r->version == NULL;
    const char *before = err == ERR_NONE ? r->version : NULL;
    const char *programme = NULL;
    if (err == ERR_NONE && !new) {
        err = store_programme_of(store_tx_read(im->tx), im->row, r, &programme, e);
        if (err == ERR_NONE && !may_write(im, r, programme)) {
            err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not change this record."), NULL,
                          NULL);
        }
    }
    if (err == ERR_NONE) {
        err = check_version(im, g, r, e);
    }
    if (err == ERR_NONE) {
        err = read_fields(im, g, r, e);
    }
    if (err == ERR_NONE) {
        err = record_check(r, e);
    }
    if (err == ERR_NONE && im->who != NULL) {
        err = store_programme_of(store_tx_read(im->tx), im->row, r, &programme, e);
        if (err == ERR_NONE && !may_write(im, r, programme)) {
            err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not write this record."), NULL,
                          NULL);
        }
        if (err == ERR_NONE) {
            err = import_check_references(im, r, programme, e);
        }
    }
    if (err == ERR_NONE) {
        import_forget(im, kind);
        err = store_save(im->tx, im->row, r, e);
    }
    if (err == ERR_NONE) {
        err = note_key(im, kind, g, r->id, e);
    }
    if (err != ERR_NONE) {
        return given_at_place(g, err, e);
    }
    bool same = !new && strcmp(before, r->version) == 0;
    im->created += new;
    im->updated += !new && !same;
    im->same += same;
    if (im->tell) {
        struct import_done *done = ARENA_MAKE(im->arena, struct import_done);
        *done = (struct import_done){im->done,
                                     new ? IMPORT_CREATED : same ? IMPORT_SAME : IMPORT_CHANGED,
                                     arena_copy(im->arena, r->id),
                                     arena_copy(im->arena, r->version)};
        im->done = done;
    }
    const char *name = given_text(g, "_as");
    if (name != NULL) {
        struct import_name *n = ARENA_MAKE(im->arena, struct import_name);
        *n = (struct import_name){im->names, arena_copy(im->arena, name),
                                  arena_copy(im->arena, r->id)};
        im->names = n;
    }
    return ERR_NONE;
}

enum err import_texts(struct import *im, const struct entity *kind, const char *place,
                      const char **names, const char **texts, int n, struct err_info *e)
{
    const struct given g = {.place = place, .names = names, .texts = texts, .n = n};
    im->row = im->arena;
    return import_given(im, kind, &g, e);
}
