// SPDX-License-Identifier: AGPL-3.0-or-later
//
// import_file.c: records from files. JSON and CSV become the same list of names and texts (import.c). See record_io.h.

#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "exchange/record/import_parts.h"
#include "format/csv/csv_read.h"
#include "format/json/json_read.h"

enum err import_json_text(struct arena *a, const struct json *v, const char **out, struct err_info *e)
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
                              const struct import_around *around, int index, struct err_info *e)
{
    struct given g = {.place = arena_printf(im->row, "%s %d", around->word, index + 1)};
    if (o->kind != JSON_KIND_OBJECT) {
        (void)err_set(e, ERR_INPUT, NULL, MSG("A record is a JSON object."),
                      MSG("Write {\"title\": …} for each record."), NULL);
        return given_at_place(&g, ERR_INPUT, e);
    }
    g.names = ARENA_ARRAY(im->row, const char *, (size_t)(o->n + around->n) + 1);
    g.texts = ARENA_ARRAY(im->row, const char *, (size_t)(o->n + around->n) + 1);
    for (g.n = 0; g.n < o->n; g.n++) {
        g.names[g.n] = o->items[g.n].name;
        const struct field *f = entity_field(kind, o->items[g.n].name);
        enum err err = import_json_text(im->row, &o->items[g.n], &g.texts[g.n], e);
        if (err == ERR_NONE && f != NULL) {
            err = check_json(im->row, f, &o->items[g.n], e);
        }
        if (err != ERR_NONE) {
            return given_at_place(&g, err, e);
        }
    }
    for (int i = 0; i < around->n; i++) {
        if (given_text(&g, around->names[i]) == NULL) {
            g.names[g.n] = around->names[i];
            g.texts[g.n++] = around->texts[i];
        }
    }
    return import_given(im, kind, &g, e);
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
    im->row = NULL;
    im->keyed = NULL;
}

enum err import_json_list(struct import *im, const struct entity *kind, const struct json *list,
                          const struct import_around *around, struct err_info *e)
{
    enum err err = ERR_NONE;
    struct map keyed;
    begin_file(im, &keyed);
    for (int i = 0; err == ERR_NONE && i < list->n; i++) {
        err = import_object(im, kind, &list->items[i], around, i, e);
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
    return import_json_list(im, kind, j->kind == JSON_KIND_ARRAY ? j : &one,
                            &(struct import_around){.word = "record"}, e);
}

// Each column of the first row is a field, and stands once: of two, one would be lost in silence.
static enum err check_head(const struct entity *kind, const struct csv_row *head, struct err_info *e)
{
    const struct given g = {.place = "row 1"};
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < head->n; i++) {
        err = import_check_name(kind, head->cells[i], e);
        for (int k = 0; err == ERR_NONE && k < i; k++) {
            if (strcmp(head->cells[k], head->cells[i]) == 0) {
                err = err_set(e, ERR_INPUT, head->cells[i], MSG("This column stands twice."),
                              MSG("Take one of the two away."), NULL);
            }
        }
    }
    return err == ERR_NONE ? err : given_at_place(&g, err, e);
}

enum err import_csv(struct import *im, const struct entity *kind, const struct csv_from *from, struct err_info *e)
{
    struct csv_in csv;
    struct csv_row head;
    struct csv_row row;
    bool more;
    enum err err = csv_open_from(im->arena, &csv, from, e);
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
        err = import_given(im, kind, &g, e);
        if (err != ERR_NONE) {
            break;
        }
        arena_reset(im->row);
    }
    end_file(im);
    return err;
}
