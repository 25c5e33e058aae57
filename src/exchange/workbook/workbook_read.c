// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workbook_read.c: see workbook.h.

#include "exchange/workbook/workbook.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "exchange/record/record_rights.h"
#include "exchange/workbook/columns.h"
#include "format/csv/csv_read.h"
#include "format/json/json_read.h"

// A title longer than this is cut where it only names the record.
#define SHOWN_BYTES 90

struct reading {
    struct partner_import *p;
    struct workbook *w;
    const struct field **columns; // as wide as the heading; NULL: id, version, or nothing stands in it
    int n_columns;
    int id, version; // columns; -1: not there
    struct map seen; // id of a record -> line on which it stood
};

// One line.
struct line {
    const struct csv_row *row;
    struct record *now;        // the record that it means; NULL: a new one
    const struct record *base; // as it was taken out; NULL: a new one, or its version is not known
    const char *meanwhile;     // fields that are other since, in words
    int digits; // of money
    struct partner_record out;
};

// ---- heading --------------------------------------------------------------------------------------

static enum err open_table(struct arena *a, const char *csv, size_t len, struct csv_in *in, struct csv_row *head,
                           bool *more, struct err_info *e)
{
    enum err err = csv_open(in, csv, len, e);
    *more = false;
    return err != ERR_NONE ? err : csv_next(a, in, head, more, e);
}

static int column_of(struct arena *a, const struct lang *lang, const struct entity *kind,
                     const struct csv_row *head, const char *name)
{
    for (int i = 0; i < head->n; i++) {
        if (column_is(a, lang, kind, name, head->cells[i])) {
            return i;
        }
    }
    return -1;
}

bool workbook_is(struct arena *a, const struct lang *lang, const struct entity *kind, const char *csv,
                 size_t len)
{
    struct csv_in in;
    struct csv_row head;
    struct err_info ignored;
    bool more;
    return open_table(a, csv, len, &in, &head, &more, &ignored) == ERR_NONE && more &&
           column_of(a, lang, kind, &head, COLUMN_ID) >= 0 &&
           column_of(a, lang, kind, &head, COLUMN_VERSION) >= 0;
}

static const struct field *field_of(struct reading *x, const char *heading)
{
    const struct entity *kind = x->w->kind;
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        if (!f->confidential && f->data_class < CLASS_C4 && column_is(x->p->kept, x->p->lang, kind, f->name, heading)) {
            return f;
        }
    }
    return NULL;
}

static enum err read_heading(struct reading *x, const struct csv_row *head, struct err_info *e)
{
    struct arena *a = x->p->kept;
    const struct entity *kind = x->w->kind;
    x->id = column_of(a, x->p->lang, kind, head, COLUMN_ID);
    x->version = column_of(a, x->p->lang, kind, head, COLUMN_VERSION);
    x->n_columns = head->n;
    x->columns = ARENA_ARRAY(a, const struct field *, (size_t)head->n + 1);
    if (x->id < 0 || x->version < 0) {
        return err_set(e, ERR_INPUT, "file",
                       MSG("The first line has no columns for the id and the version of each record."),
                       MSG("Take the workbook out again, and leave its first line and these two columns as they are."),
                       NULL);
    }
    for (int i = 0; i < head->n; i++) {
        if (i == x->id || i == x->version || head->cells[i][0] == '\0') {
            continue;
        }
        const struct field *f = field_of(x, head->cells[i]);
        if (f == NULL) {
            return err_set(e, ERR_INPUT, "file", MSG("The column “{0}” is none of this list."),
                           MSG("Take it away, or write its heading as it was taken out."),
                           arena_copy(a, head->cells[i]), NULL);
        }
        for (int k = 0; k < i; k++) {
            if (x->columns[k] == f) {
                return err_set(e, ERR_INPUT, "file", MSG("The column “{0}” stands in the file twice."),
                               MSG("Take one of them away."), arena_copy(a, head->cells[i]), NULL);
            }
        }
        x->columns[i] = f;
    }
    return ERR_NONE;
}

// ---- which record ---------------------------------------------------------------------------------

static const char *cell(const struct line *l, int column)
{
    return column < 0 || column >= l->row->n ? "" : l->row->cells[column];
}

static const char *text_of(const struct reading *x, const struct line *l, const char *field)
{
    for (int i = 0; i < x->n_columns; i++) {
        if (x->columns[i] != NULL && strcmp(x->columns[i]->name, field) == 0) {
            return cell(l, i);
        }
    }
    return "";
}

// How the line is named to people: title or code of the record, or what stands in the file.
static const char *shown(const struct reading *x, const struct line *l)
{
    const struct entity *kind = x->w->kind;
    const char *text = l->now != NULL ? record_title(l->now) : "";
    if (text[0] == '\0' && kind->title_field != NULL) {
        text = text_of(x, l, kind->title_field);
    }
    if (text[0] == '\0' && kind->code_field != NULL) {
        text = text_of(x, l, kind->code_field);
    }
    size_t len = utf8_prefix(text, SHOWN_BYTES);
    return text[len] == '\0' ? text : arena_printf(x->p->arena, "%.*s…", (int)len, text);
}

// A record by its code, in the programme of the list or else the one that the line names; NULL: there is none.
static enum err get_by_code(struct reading *x, const struct line *l, const char *code, struct record **out,
                            struct err_info *e)
{
    struct partner_import *p = x->p;
    const struct entity *kind = x->w->kind;
    const char *programme = x->w->programme != NULL ? x->w->programme->id : text_of(x, l, "programme_id");
    struct err_info why;
    enum err err = entity_of_programme(kind) && programme[0] != '\0'
                       ? record_get_in_programme(p->db, p->arena, p->im.who, kind, programme, code, out, &why)
                       : record_get_visible(p->db, p->arena, p->im.who, kind, code, out, &why);
    if (err == ERR_NOT_FOUND) {
        *out = NULL;
        return ERR_NONE;
    }
    if (err != ERR_NONE) {
        *e = why;
    }
    return err;
}

// Is the record one of the list?
static enum err is_of_list(struct reading *x, const struct record *r, bool *yes, struct err_info *e)
{
    const char *programme;
    enum err err = record_programme(x->p->db, x->p->arena, r, &programme, e);
    if (err != ERR_NONE) {
        return err;
    }
    *yes = x->w->programme != NULL ? programme != NULL && strcmp(programme, x->w->programme->id) == 0
           : x->w->country != NULL ? strcmp(record_text(r, "country"), x->w->country) == 0
                                   : true;
    return ERR_NONE;
}

// Fields in which the record is no longer as it was taken out, in words.
static const char *changed_since(const struct reading *x, const struct record *base, const struct record *now)
{
    const char *words = "";
    for (size_t i = 0; i < now->entity->n_fields; i++) {
        if (!value_same(&base->values[i], &now->values[i])) {
            words = arena_printf(x->p->arena, "%s%s%s", words, words[0] == '\0' ? "" : ", ",
                                 tr(x->p->lang, now->entity->fields[i].label));
        }
    }
    return words;
}

// The record as it was in another version: what was changed since is taken back, newest first.
static enum err go_back(struct reading *x, struct line *l, const char *version, struct err_info *e)
{
    struct arena *a = x->p->arena;
    const struct entity *kind = x->w->kind;
    struct record *base = record_copy(a, l->now);
    struct change *changes;
    size_t n;
    enum err err = store_history(x->p->db, a, kind->kind, l->now->id, 0, &changes, &n, e);
    l->base = NULL;
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const struct json *fields;
        struct record *before;
        if (column_is_version(version, changes[i].hash)) {
            l->meanwhile = changed_since(x, base, l->now);
            l->base = l->meanwhile[0] == '\0' ? l->now : base; // changed and changed back: nothing is lost
            return ERR_NONE;
        }
        err = json_read(a, changes[i].fields, strlen(changes[i].fields), &fields, e);
        err = err != ERR_NONE ? err : store_change_side(a, &changes[i], kind, 0, &before, e);
        for (int k = 0; err == ERR_NONE && k < fields->n; k++) {
            const struct field *f = entity_field(kind, fields->items[k].name);
            if (f != NULL) {
                size_t at = entity_field_index(kind, f->name);
                base->values[at] = before->values[at];
            }
        }
    }
    return err;
}

// Finds the record of the line and what was taken out of it. *refused: the line says why.
static enum err find(struct reading *x, struct line *l, bool *refused, struct err_info *e)
{
    const struct entity *kind = x->w->kind;
    const char *id = cell(l, x->id), *version = cell(l, x->version);
    const char *code = kind->code_field == NULL ? "" : text_of(x, l, kind->code_field);
    struct err_info why;
    bool yes = true;
    enum err err = ERR_NONE;
    *refused = true;
    if (id[0] != '\0') {
        err = record_get_visible(x->p->db, x->p->arena, x->p->im.who, kind, id, &l->now, &why);
        if (err == ERR_NOT_FOUND) {
            l->out.shown = shown(x, l);
            partner_refuse_record(x->p, &l->out,
                                  MSG("There is no such record: it was deleted, or you may not see it. Take the line "
                                      "away, or empty its id and its version to make a new one."),
                                  NULL);
            return ERR_NONE;
        }
        if (err != ERR_NONE) {
            *e = why;
            return err;
        }
    } else if (code[0] != '\0') {
        err = get_by_code(x, l, code, &l->now, e);
    }
    if (err == ERR_NONE && l->now != NULL) {
        err = is_of_list(x, l->now, &yes, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    l->out.shown = shown(x, l);
    if (!yes) {
        partner_refuse_record(x->p, &l->out, MSG("This record is not in this list. Send the line where it belongs."), NULL);
        return ERR_NONE;
    }
    const char *before = l->now == NULL ? NULL : map_get(&x->seen, l->now->id);
    if (before != NULL) {
        partner_refuse_record(x->p, &l->out,
                              MSG("This record stands in the file twice: it is {0}, too. Leave one of them away."), before,
                              NULL);
        return ERR_NONE;
    }
    *refused = false;
    l->base = l->now;
    return l->now != NULL && id[0] != '\0' && version[0] != '\0' && !column_is_version(version, l->now->version)
               ? go_back(x, l, version, e)
               : ERR_NONE;
}

// ---- what is changed ------------------------------------------------------------------------------

// The field that says which list the record is of, where the list is of one programme or country; else NULL.
static const char *place_field(const struct reading *x)
{
    return x->w->programme != NULL && entity_field(x->w->kind, "programme_id") != NULL ? "programme_id"
           : x->w->programme == NULL && x->w->country != NULL                          ? "country"
                                                                                       : NULL;
}

// Refuses the line for a cell that is not as it was taken out; false: it can be taken. list: code of what the list is
// of, where this column says that; else NULL.
static bool refuse_cell(struct reading *x, struct line *l, const struct field *f, const struct value *v,
                        const char *list, const char *text, const char *said)
{
    struct arena *a = x->p->arena;
    const struct lang *lang = x->p->lang;
    const char *label = tr(lang, f->label);
    struct value ignored;
    struct err_info why;
    if (list != NULL) {
        partner_refuse_record(x->p, &l->out, MSG("{0}: this list is of {1}. Send the line where it belongs."), label,
                              list, NULL);
        return true;
    }
    if (l->now != NULL && (f->read_only || f->approval) && x->p->im.who != NULL) {
        const char *words = column_words(a, x->p->db, lang, f, v);
        partner_refuse_record(x->p, &l->out,
                              MSG("{0}: this is set by the program or on its page, not in a file. Write again what "
                                  "stood there: {1}"),
                              label, words[0] != '\0' ? words : column_text(a, x->p->db, f, v, l->digits), NULL);
        return true;
    }
    if ((f->choices != NULL || f->type == FIELD_BOOL) && field_parse(a, f, said, l->digits, &ignored, &why) != ERR_NONE) {
        partner_refuse_record(x->p, &l->out, MSG("{0}: “{1}” is none of the words of this column. Write: {2}."), label,
                              text, column_choices(a, lang, f), NULL);
        return true;
    }
    return false;
}

// A reference that is written as the title of a record, as its id; else what is written.
static const char *by_title(struct reading *x, const struct field *f, const char *said)
{
    struct record *named;
    struct err_info ignored;
    const char *id = f->type != FIELD_REF ? NULL : column_named(x->p->arena, x->p->db, f, said);
    return id != NULL && record_get_visible(x->p->db, x->p->arena, x->p->im.who, model_find(f->ref), id, &named,
                                            &ignored) == ERR_NONE
               ? id
               : said;
}

// Puts into the line which fields it changes. *refused: the line says why.
static void compare(struct reading *x, struct line *l, bool *refused)
{
    const struct lang *lang = x->p->lang;
    const char *place = place_field(x);
    const struct value none = {0};
    for (int i = 0; i < x->n_columns && !*refused; i++) {
        const struct field *f = x->columns[i];
        if (f == NULL) {
            continue;
        }
        const char *text = cell(l, i), *said = column_read(x->p->arena, lang, f, text);
        const struct value *v = l->base != NULL ? record_value(l->base, f->name) : &none;
        const char *list = place == NULL || strcmp(f->name, place) != 0 ? NULL
                           : x->w->programme == NULL                    ? x->w->country
                                                                        : record_code(x->w->programme);
        bool is_list = list != NULL && (said[0] == '\0' || strcmp(said, list) == 0);
        if (!is_list && !column_same(x->p->arena, x->p->db, lang, f, v, l->digits, text)) {
            *refused = refuse_cell(x, l, f, v, list, text, said);
            if (!*refused) {
                partner_put(&l->out, f->name, by_title(x, f, said));
            }
        }
    }
}

static bool is_blank(const struct csv_row *row)
{
    for (int i = 0; i < row->n; i++) {
        if (row->cells[i][strspn(row->cells[i], " \t\r\n")] != '\0') {
            return false;
        }
    }
    return true;
}

static enum err save(struct reading *x, struct line *l, struct err_info *e)
{
    const char *place = place_field(x);
    const char *id;
    if (l->now != NULL && l->out.n == 0) {
        partner_same(x->p, &l->out);
        return ERR_NONE;
    }
    if (l->now != NULL && l->base != l->now) {
        partner_refuse_record(x->p, &l->out,
                              l->base == NULL
                                  ? MSG("The version in the file is none of this record. Take the workbook out again.")
                                  : MSG("It was changed meanwhile ({0}), after this workbook was taken out. Take it out "
                                        "again, and make your change there."),
                              l->meanwhile, NULL);
        return ERR_NONE;
    }
    if (l->now != NULL) {
        partner_put(&l->out, "id", l->now->id);
    } else if (place != NULL) {
        partner_put(&l->out, place, x->w->programme != NULL ? x->w->programme->id : x->w->country);
    }
    enum err err = partner_save(x->p, &l->out, &id, e);
    if (err == ERR_NONE && id != NULL) {
        *map_at(&x->seen, arena_copy(x->p->kept, id)) =
            (void *)partner_where(x->p->kept, x->p, l->out.line);
    }
    return err;
}

static enum err read_line(struct reading *x, const struct csv_row *row, struct err_info *e)
{
    struct partner_import *p = x->p;
    struct line l = {.row = row, .meanwhile = "", .digits = 2,
                     .out = {.kind = x->w->kind, .line = row->number, .shown = ""}};
    struct money_context money = {.arena = p->arena, .db = p->db};
    const char *currency;
    bool refused = false;
    if (is_blank(row)) {
        return ERR_NONE;
    }
    enum err err = find(x, &l, &refused, e);
    if (err == ERR_NONE && !refused && l.base != NULL) {
        err = money_of(&money, l.base, &currency, &l.digits, e);
    }
    if (err != ERR_NONE || refused) {
        return err;
    }
    if (l.now == NULL || l.base != NULL) {
        compare(x, &l, &refused);
    } else {
        partner_put(&l.out, "id", l.now->id); // of an unknown version, so nothing can be told; refused below
    }
    if (!refused && l.now != NULL) {
        *map_at(&x->seen, arena_copy(p->kept, l.now->id)) =
            (void *)partner_where(p->kept, p, l.out.line);
    }
    return refused ? ERR_NONE : save(x, &l, e);
}

// ---- the whole ------------------------------------------------------------------------------------

static uint64_t fold(uint64_t h, const char *text)
{
    for (; *text != '\0'; text++) {
        h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211); // FNV-1a
    }
    return (h ^ 0xff) * UINT64_C(1099511628211);
}

static void make_mark(const struct partner_import *p, char mark[17])
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (const struct partner_line *l = p->lines; l != NULL; l = l->next) {
        h = fold(fold(fold(h, l->record), l->text), (const char[]){(char)('0' + l->verdict), '\0'});
        for (size_t i = 0; i < l->n_changes; i++) {
            h = fold(fold(fold(h, l->changes[i].label), l->changes[i].before), l->changes[i].after);
        }
    }
    snprintf(mark, 17, "%016llx", (unsigned long long)h);
}

enum err workbook_read(struct partner_import *p, void *of, struct err_info *e)
{
    struct workbook *w = of;
    struct reading x = {.p = p, .w = w};
    struct csv_in in;
    struct csv_row head, row;
    bool more;
    enum err err = open_table(p->kept, w->csv, w->len, &in, &head, &more, e);
    p->where = MSG("row {0}");
    p->values = true;
    p->im.country = w->country;
    map_init(&x.seen, p->kept);
    if (err == ERR_NONE && !more) {
        err = err_set(e, ERR_INPUT, "file", MSG("The file is empty."), MSG("Take the workbook out again."), NULL);
    }
    if (err == ERR_NONE) {
        err = read_heading(&x, &head, e);
    }
    while (err == ERR_NONE && (err = csv_next(p->arena, &in, &row, &more, e)) == ERR_NONE && more) {
        err = read_line(&x, &row, e);
        partner_forget(p);
    }
    make_mark(p, w->mark);
    if (err == ERR_NONE && w->seen != NULL && strcmp(w->seen, w->mark) != 0) {
        err = err_set(e, ERR_CONFLICT, "file", MSG("Something was changed meanwhile, so nothing was saved."),
                      MSG("Send the file again, and look at what would change now."), NULL);
    }
    return err;
}
