// SPDX-License-Identifier: AGPL-3.0-or-later
//
// import.c: records from JSON and CSV. See record_io.h.
//
// Both formats become a list of names and texts, and go through field_parse like a form: what a form
// refuses, an import refuses, in the same words.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/map.h"
#include "exchange/record/record_io.h"
#include "exchange/record/record_rights.h"
#include "format/csv/csv_read.h"
#include "format/json/json_read.h"
#include "os/random.h"

struct import_name {
    struct import_name *next;
    const char *name;
    const char *id;
};

// One record as it came: names and texts.
struct given {
    const char *place; // "row 3", "record 12"
    const char **names;
    const char **texts;
    int n;
};

static const char *text_of(const struct given *g, const char *name)
{
    for (int i = 0; i < g->n; i++) {
        if (strcmp(g->names[i], name) == 0) {
            return g->texts[i];
        }
    }
    return NULL;
}

// Puts the place in front of the field, so that the person finds it: "row 3, title".
static enum err at_place(const struct given *g, enum err err, struct err_info *e)
{
    char field[sizeof e->field];
    snprintf(field, sizeof field, "%.20s%s%.40s", g->place, e->field[0] == '\0' ? "" : ", ",
             e->field);
    memcpy(e->field, field, sizeof field);
    return err;
}

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

static enum err find_reference(struct import *im, const struct record *of, const struct field *f, const char *text,
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
    *id = r->id;
    return ERR_NONE;
}

static enum err get_existing(struct import *im, const struct entity *kind, const struct given *g,
                             const char *key, bool by_code, struct record **out,
                             struct err_info *e)
{
    const char *programme = text_of(g, "programme_id");
    bool in_programme = by_code && entity_of_programme(kind) && programme != NULL && programme[0] != '\0' &&
                        programme[0] != '@';
    return in_programme ? get_in_programme(im, kind, programme, key, out, e)
                        : record_get_visible(store_tx_read(im->tx), im->row, im->who, kind, key,
                                             out, e);
}

// The record these texts speak of: an existing one, or a new one.
static enum err find_record(struct import *im, const struct entity *kind, const struct given *g,
                            struct record **out, struct err_info *e)
{
    const char *id = text_of(g, "id");
    const char *code = kind->code_field == NULL ? NULL : text_of(g, kind->code_field);
    bool by_code = id == NULL || id[0] == '\0';
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

// Does the record come with a key by which another line could mean the same one?
static bool has_key(const struct entity *kind, const struct given *g)
{
    const char *id = text_of(g, "id");
    const char *code = kind->code_field == NULL ? NULL : text_of(g, kind->code_field);
    return (id != NULL && id[0] != '\0') || (code != NULL && code[0] != '\0');
}

static enum err check_once(struct import *im, const struct entity *kind, const struct given *g, const char *id,
                           struct err_info *e)
{
    const char *before = im->keyed == NULL || id == NULL || !has_key(kind, g) ? NULL : map_get(im->keyed, id);
    return before == NULL ? ERR_NONE
                          : err_set(e, ERR_INPUT, kind->code_field == NULL ? "id" : kind->code_field,
                                    MSG("This record stands in the file twice: it is {0}, too."),
                                    MSG("Leave one of them away."), before, NULL);
}

static void note_key(struct import *im, const struct entity *kind, const struct given *g, const char *id)
{
    if (im->keyed != NULL && has_key(kind, g)) {
        *map_at(im->keyed, arena_copy(im->arena, id)) = (void *)arena_copy(im->arena, g->place);
    }
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

static enum err parse_field(struct import *im, const struct record *r, struct value *v, const struct field *f,
                            const char *text, int digits, struct err_info *e)
{
    // about_id names a record of any kind, so it is a text; a name given by "_as" is found all the same
    bool about = text[0] == '@' && strcmp(f->name, "about_id") == 0;
    if ((f->type == FIELD_REF && text[0] != '\0') || about) {
        const char *id;
        enum err err = find_reference(im, r, f, text, &id, e);
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
    enum err err = parse_field(im, r, &given, f, text, digits, e);
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

static enum err check_references(struct import *im, const struct record *r, const char *programme,
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

// Is the version somebody saw still the newest?
static enum err check_version(struct import *im, const struct given *g, const struct record *r,
                              struct err_info *e)
{
    const char *seen = im->versions ? text_of(g, "version") : NULL;
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

static enum err check_name(const struct entity *kind, const char *name, struct err_info *e)
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
            enum err err = check_name(r->entity, g->names[i], e);
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

static enum err save_one(struct import *im, const struct entity *kind, const struct given *g,
                         struct err_info *e)
{
    struct record *r;
    enum err err = find_record(im, kind, g, &r, e);
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
            err = check_references(im, r, programme, e);
        }
    }
    if (err == ERR_NONE) {
        err = store_save(im->tx, im->row, r, e);
    }
    if (err != ERR_NONE) {
        return at_place(g, err, e);
    }
    note_key(im, kind, g, r->id);
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
    const char *name = text_of(g, "_as");
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
    return save_one(im, kind, &g, e);
}

// Text of a JSON value as field_parse reads it.
static enum err json_as_text(struct arena *a, const struct json *v, const char **out,
                             struct err_info *e)
{
    struct buf b;
    switch (v->kind) {
    case JSON_KIND_NULL:
        *out = "";
        return ERR_NONE;
    case JSON_KIND_BOOL:
        *out = v->truth ? "true" : "false";
        return ERR_NONE;
    case JSON_KIND_NUMBER:
    case JSON_KIND_TEXT:
        *out = v->text;
        return ERR_NONE;
    case JSON_KIND_ARRAY:
        buf_init(&b, a, LIMIT_TEXT_BYTES);
        for (int i = 0; i < v->n; i++) {
            if (v->items[i].kind != JSON_KIND_TEXT) {
                break;
            }
            buf_printf(&b, "%s%s", i == 0 ? "" : " ", v->items[i].text);
            if (i == v->n - 1) {
                *out = b.data;
                return ERR_NONE;
            }
        }
        if (v->n == 0) {
            *out = "";
            return ERR_NONE;
        }
        break;
    case JSON_KIND_OBJECT:
        break;
    }
    return err_set(e, ERR_INPUT, v->name, MSG("A field holds a text, a number, true, false, null "
                                              "or a list of codes."),
                   MSG("Look at line {0}."), arena_printf(a, "%d", v->line), NULL);
}

// Is it the kind of JSON that the field is? A number may also be written as a text, which keeps it exact.
static enum err check_json(struct arena *a, const struct field *f, const struct json *v, struct err_info *e)
{
    enum json_kind k = v->kind;
    const char *should = NULL;
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        should = k == JSON_KIND_NUMBER || k == JSON_KIND_TEXT ? NULL : MSG("This must be a number.");
        break;
    case FIELD_BOOL:
        should = k == JSON_KIND_ARRAY ? MSG("This must be true or false.") : NULL;
        break;
    case FIELD_CODES:
        should = k == JSON_KIND_ARRAY || k == JSON_KIND_TEXT ? NULL : MSG("This must be a list of codes.");
        break;
    case FIELD_PARTIAL_DATE:
        should = k == JSON_KIND_TEXT || k == JSON_KIND_NUMBER ? NULL : MSG("This must be a day, month or year.");
        break;
    default:
        should = k == JSON_KIND_TEXT ? NULL : MSG("This must be a text, in quotation marks.");
        break;
    }
    return should == NULL || k == JSON_KIND_NULL || k == JSON_KIND_OBJECT
               ? ERR_NONE
               : err_set(e, ERR_INPUT, f->name, should, MSG("Look at line {0}."), arena_printf(a, "%d", v->line), NULL);
}

static enum err import_object(struct import *im, const struct entity *kind, const struct json *o,
                              int index, struct err_info *e)
{
    struct given g = {.place = arena_printf(im->row, "record %d", index + 1)};
    if (o->kind != JSON_KIND_OBJECT) {
        (void)err_set(e, ERR_INPUT, NULL, MSG("A record is a JSON object."),
                      MSG("Write {\"title\": …} for each record."), NULL);
        return at_place(&g, ERR_INPUT, e);
    }
    g.names = ARENA_ARRAY(im->row, const char *, (size_t)o->n + 1);
    g.texts = ARENA_ARRAY(im->row, const char *, (size_t)o->n + 1);
    for (g.n = 0; g.n < o->n; g.n++) {
        g.names[g.n] = o->items[g.n].name;
        const struct field *f = entity_field(kind, o->items[g.n].name);
        enum err err = json_as_text(im->row, &o->items[g.n], &g.texts[g.n], e);
        if (err == ERR_NONE && f != NULL) {
            err = check_json(im->row, f, &o->items[g.n], e);
        }
        if (err != ERR_NONE) {
            return at_place(&g, err, e);
        }
    }
    return save_one(im, kind, &g, e);
}

static void begin_file(struct import *im, struct map *keyed)
{
    map_init(keyed, im->arena);
    im->keyed = keyed;
    im->row = arena_new(LIMIT_REQUEST_BYTES);
}

static void end_file(struct import *im)
{
    arena_free(im->row);
    im->keyed = NULL;
}

static enum err import_list(struct import *im, const struct entity *kind, const struct json *list,
                            struct err_info *e)
{
    enum err err = ERR_NONE;
    struct map keyed;
    begin_file(im, &keyed);
    for (int i = 0; err == ERR_NONE && i < list->n; i++) {
        err = import_object(im, kind, &list->items[i], i, e);
        arena_reset(im->row);
    }
    end_file(im);
    return err;
}

enum err import_json(struct import *im, const struct entity *kind, const char *bytes, size_t len,
                     struct err_info *e)
{
    const struct json *j;
    enum err err = json_read(im->arena, bytes, len, &j, e);
    if (err == ERR_NONE && j->kind == JSON_KIND_ARRAY && im->if_match != NULL) {
        return err_set(e, ERR_INPUT, "If-Match", MSG("If-Match fits one record, not a list."),
                       MSG("Write the version into each record."), NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct json one = {.items = (struct json *)j, .n = 1};
    return import_list(im, kind, j->kind == JSON_KIND_ARRAY ? j : &one, e);
}

// Each column of the first row is a field, and stands once: of two, one would be lost in silence.
static enum err check_head(const struct entity *kind, const struct csv_row *head, struct err_info *e)
{
    const struct given g = {.place = "row 1"};
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < head->n; i++) {
        err = check_name(kind, head->cells[i], e);
        for (int k = 0; err == ERR_NONE && k < i; k++) {
            if (strcmp(head->cells[k], head->cells[i]) == 0) {
                err = err_set(e, ERR_INPUT, head->cells[i], MSG("This column stands twice."),
                              MSG("Take one of the two away."), NULL);
            }
        }
    }
    return err == ERR_NONE ? err : at_place(&g, err, e);
}

enum err import_csv(struct import *im, const struct entity *kind, const char *bytes, size_t len,
                    struct err_info *e)
{
    struct csv_in csv;
    struct csv_row head;
    struct csv_row row;
    bool more;
    enum err err = csv_open(&csv, bytes, len, e);
    if (err == ERR_NONE) {
        err = csv_next(im->arena, &csv, &head, &more, e);
    }
    if (err != ERR_NONE || !more) {
        return err != ERR_NONE ? err
                               : err_set(e, ERR_INPUT, NULL, MSG("The file is empty."),
                                         MSG("The first row holds the names of the fields."), NULL);
    }
    err = check_head(kind, &head, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct map keyed;
    begin_file(im, &keyed);
    while ((err = csv_next(im->row, &csv, &row, &more, e)) == ERR_NONE && more) {
        struct given g = {.place = arena_printf(im->row, "row %d", row.number),
                          .names = (const char **)head.cells,
                          .texts = (const char **)row.cells,
                          .n = head.n < row.n ? head.n : row.n};
        err = save_one(im, kind, &g, e);
        if (err != ERR_NONE) {
            break;
        }
        arena_reset(im->row);
    }
    end_file(im);
    return err;
}
