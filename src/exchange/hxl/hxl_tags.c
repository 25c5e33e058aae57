// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl_tags.c: tags, and the table they stand in, from CSV, XLSX or JSON. See hxl.h.
//
// Which row holds the tags: the first of 25 in which at least half of the filled cells are tags, as the
// reference implementation of the standard finds it; headings may stand above it.

#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "exchange/hxl/hxl.h"
#include "format/csv/csv_read.h"
#include "format/json/json_read.h"
#include "format/xlsx/xlsx_read.h"

#define ROWS_TO_LOOK_AT 25

// ---- tags -------------------------------------------------------------------------------------------------

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
}

static bool is_sign(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

// A word that begins with a letter, in lower case; NULL when there is none.
static const char *take_word(struct arena *a, const char **p)
{
    const char *first = *p;
    if (!is_letter(*first)) {
        return NULL;
    }
    while (is_sign(**p)) {
        (*p)++;
    }
    char *word = arena_copy_n(a, first, (size_t)(*p - first));
    for (char *c = word; *c != '\0'; c++) {
        *c = lower(*c);
    }
    return word;
}

static void skip_spaces(const char **p)
{
    *p += strspn(*p, " \t\r\n");
}

bool hxl_tag_read(struct arena *a, const char *text, struct hxl_tag *out)
{
    const char *p = text;
    *out = (struct hxl_tag){0};
    skip_spaces(&p);
    if (*p != '#') {
        return false;
    }
    p++;
    skip_spaces(&p);
    const char *name = take_word(a, &p);
    if (name == NULL) {
        return false;
    }
    struct hxl_tag tag = {.name = arena_join(a, "#", name)};
    skip_spaces(&p);
    while (*p == '+' && tag.n < HXL_ATTRIBUTES) {
        p++;
        skip_spaces(&p);
        tag.attributes[tag.n] = take_word(a, &p);
        if (tag.attributes[tag.n++] == NULL) {
            return false;
        }
        skip_spaces(&p);
    }
    if (*p != '\0') {
        return false;
    }
    *out = tag;
    return true;
}

bool hxl_tag_has(const struct hxl_tag *t, const char *attribute)
{
    for (int i = 0; i < t->n; i++) {
        if (strcmp(t->attributes[i], attribute) == 0) {
            return true;
        }
    }
    return false;
}

const char *hxl_part_attribute(struct arena *a, const char *characteristic, const char *code)
{
    static const struct { const char *code, *attribute; } sexes[] = {
        {"female", "f"}, {"male", "m"}, {"other", "i"}};
    bool sex = strcmp(characteristic, "sex") == 0;
    for (size_t i = 0; sex && i < sizeof sexes / sizeof sexes[0]; i++) {
        if (strcmp(sexes[i].code, code) == 0) {
            return sexes[i].attribute;
        }
    }
    size_t len = strlen(code);
    bool open = len > 0 && code[len - 1] == '+';
    char *name = arena_printf(a, "%s%s%.*s%s", characteristic, is_letter(code[0]) ? "_" : "",
                              (int)(open ? len - 1 : len), code, open ? "plus" : "");
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : lower(*c);
    }
    return name;
}

bool hxl_part_read(struct arena *a, const char *attribute, struct split *into)
{
    size_t n;
    const struct characteristic *all = characteristics(&n);
    for (size_t i = 0; i < n; i++) {
        for (const struct choice *v = all[i].values; v->code != NULL; v++) {
            if (strcmp(attribute, hxl_part_attribute(a, all[i].code, v->code)) == 0) {
                return split_add(into, all[i].code, v->code);
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(all[i].code);
        if (all[i].open && strncmp(attribute, all[i].code, len) == 0 && attribute[len] == '_' &&
            attribute[len + 1] != '\0') {
            return split_add(into, all[i].code, attribute + len + 1);
        }
    }
    return false;
}

// ---- tables -----------------------------------------------------------------------------------------------

// Cells of a workbook or of objects: a thousand columns of which each row fills one must not take all memory.
#define MOST_CELLS 4000000

struct rows {
    struct arena *arena;
    struct hxl_row *items;
    size_t n;
    size_t room;
    size_t n_cells; // of empty_cells
};

static enum err empty_cells(struct rows *r, int n, const char ***out, struct err_info *e)
{
    r->n_cells += (size_t)n;
    if (!arena_has_room(r->arena, (size_t)n * sizeof **out + 2 * r->room * sizeof *r->items)) {
        return err_file_too_long(e);
    }
    if (r->n_cells > MOST_CELLS) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The table has too many cells, most of them empty."),
                       MSG("Divide it into several files, or leave out columns."), NULL);
    }
    *out = ARENA_ARRAY(r->arena, const char *, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        (*out)[i] = "";
    }
    return ERR_NONE;
}

static void add_row(struct rows *r, int number, const char *const *cells, int n)
{
    r->items = arena_room(r->arena, r->items, sizeof *r->items, r->n, &r->room);
    r->items[r->n++] = (struct hxl_row){number, n, cells};
}

static enum err read_csv(struct rows *r, const char *bytes, size_t len, struct err_info *e)
{
    struct csv_in csv;
    struct csv_row row;
    bool more;
    enum err err = csv_open(&csv, bytes, len, e);
    csv.ragged = err == ERR_NONE;
    while (err == ERR_NONE && (err = csv_next(r->arena, &csv, &row, &more, e)) == ERR_NONE && more) {
        add_row(r, row.number, row.cells, row.n);
    }
    return err;
}

static enum err read_xlsx(struct rows *r, const char *bytes, size_t len, struct err_info *e)
{
    const struct xlsx_book *book;
    enum err err = xlsx_read(r->arena, bytes, len, &book, e);
    const struct xlsx_table *t = err == ERR_NONE ? xlsx_first_sheet(book) : NULL;
    for (int i = 0; t != NULL && i < t->n_rows; i++) {
        const char **cells;
        err = empty_cells(r, t->n_columns, &cells, e);
        if (err != ERR_NONE) {
            return err;
        }
        for (int k = 0; k < t->rows[i].n; k++) {
            cells[t->rows[i].cells[k].column - 1] = t->rows[i].cells[k].text;
        }
        add_row(r, t->rows[i].number, cells, t->n_columns);
    }
    return err;
}

static const char *json_cell(const struct json *v)
{
    return v == NULL || v->text == NULL ? "" : v->text;
}

// Objects: the names of the members are the tags.
static enum err read_objects(struct rows *r, const struct json *list, struct err_info *e)
{
    const char **names = ARENA_ARRAY(r->arena, const char *, LIMIT_CSV_COLUMNS);
    const char **cells;
    struct map columns; // places in names
    int n = 0;
    map_init(&columns, r->arena);
    for (int i = 0; i < list->n; i++) {
        if (list->items[i].kind != JSON_KIND_OBJECT) {
            return err_set(e, ERR_INPUT, NULL, MSG("A row is neither a list nor an object."), NULL, NULL);
        }
        for (int k = 0; k < list->items[i].n && n < LIMIT_CSV_COLUMNS; k++) {
            void **place = map_at(&columns, list->items[i].items[k].name);
            if (*place == NULL) {
                names[n] = list->items[i].items[k].name;
                *place = &names[n++];
            }
        }
    }
    add_row(r, 1, names, n);
    for (int i = 0; i < list->n; i++) {
        enum err err = empty_cells(r, n, &cells, e);
        if (err != ERR_NONE) {
            return err;
        }
        for (int k = 0; k < list->items[i].n; k++) {
            const char **name = map_get(&columns, list->items[i].items[k].name);
            if (name != NULL) {
                cells[name - names] = json_cell(&list->items[i].items[k]);
            }
        }
        add_row(r, i + 2, cells, n);
    }
    return ERR_NONE;
}

static enum err read_json(struct rows *r, const char *bytes, size_t len, struct err_info *e)
{
    const struct json *list;
    enum err err = json_read(r->arena, bytes, len, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (list->kind == JSON_KIND_ARRAY && list->n > 0 && list->items[0].kind == JSON_KIND_OBJECT) {
        return read_objects(r, list, e);
    }
    for (int i = 0; i < list->n; i++) {
        const struct json *row = &list->items[i];
        if (!arena_has_room(r->arena, (size_t)row->n * sizeof(char *) + 2 * r->room * sizeof *r->items)) {
            return err_file_too_long(e);
        }
        const char **cells = ARENA_ARRAY(r->arena, const char *, (size_t)row->n + 1);
        for (int k = 0; k < row->n; k++) {
            cells[k] = json_cell(&row->items[k]);
        }
        add_row(r, i + 1, cells, row->kind == JSON_KIND_ARRAY ? row->n : 0);
    }
    return ERR_NONE;
}

static bool read_tags(struct arena *a, const struct hxl_row *row, struct hxl_tag *tags)
{
    int filled = 0;
    int tagged = 0;
    for (int i = 0; i < row->n; i++) {
        filled += row->cells[i][0] != '\0';
        tagged += hxl_tag_read(a, row->cells[i], &tags[i]);
    }
    return tagged > 0 && tagged * 2 >= filled;
}

enum err hxl_table_read(struct arena *a, const char *bytes, size_t len, struct hxl_table *out,
                        struct err_info *e)
{
    struct rows r = {.arena = a};
    size_t at = 0;
    while (at < len && strchr(" \t\r\n\xef\xbb\xbf", bytes[at]) != NULL) {
        at++;
    }
    enum err err = len > 1 && bytes[0] == 'P' && bytes[1] == 'K' ? read_xlsx(&r, bytes, len, e)
                   : at < len && bytes[at] == '['                 ? read_json(&r, bytes, len, e)
                                                                  : read_csv(&r, bytes, len, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = (struct hxl_table){.rows = r.items, .n = r.n};
    for (size_t i = 0; i < r.n && i < ROWS_TO_LOOK_AT; i++) {
        struct hxl_tag *tags = ARENA_ARRAY(a, struct hxl_tag, (size_t)r.items[i].n + 1);
        if (read_tags(a, &r.items[i], tags)) {
            out->tag_row = i;
            out->tags = tags;
            out->n_columns = r.items[i].n;
            return ERR_NONE;
        }
    }
    return err_set(e, ERR_INPUT, NULL, MSG("No row of HXL tags was found in the first 25 rows."),
                   MSG("Below the headings, write tags such as #indicator+code and #date+start."),
                   NULL);
}
