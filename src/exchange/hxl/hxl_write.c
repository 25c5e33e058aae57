// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl_write.c: values of indicators as a table with HXL tags. See hxl.h.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/msg.h"
#include "exchange/hxl/hxl.h"
#include "format/csv/csv_write.h"
#include "result/result.h"
#include "store/store.h"

static const struct { const char *heading, *tag; } columns[] = {
    {MSG("Programme"), "#activity+code"},
    {MSG("Code of the indicator"), "#indicator+code"},
    {MSG("Indicator"), "#indicator+name"},
    {MSG("Unit"), "#indicator+type"},
    {MSG("Country"), "#country+code+v_iso2"},
    {MSG("First day"), "#date+start"},
    {MSG("Last day"), "#date+end"},
    {MSG("Value"), "#indicator+value+num"},
    {MSG("Part"), "#indicator+part+num"},
    {MSG("Whole"), "#indicator+whole+num"},
    {MSG("Description"), "#description"},
};

struct lines {
    const struct record *programme;
    struct result_lines lines;
};

static bool is_written(const struct hxl_options *o, const struct result_line *line, size_t i)
{
    enum result_state state = line->entries[i].state;
    return (state >= STATE_APPROVED || (o->unapproved && state != STATE_RETURNED)) &&
           (line->values[i].figure.known || line->rule.unit == UNIT_TEXT);
}

// ---- columns of parts ---------------------------------------------------------------------------------

struct combinations {
    struct part *items;
    size_t n;
    size_t room;
};

static int place_of(const struct split_pair *p)
{
    const struct choice *values = characteristic_find(p->key)->values;
    int at = 0;
    while (values[at].code != NULL && strcmp(values[at].code, p->value) != 0) {
        at++;
    }
    return at;
}

// By characteristics, then in the order of their values; words that are in no list by themselves.
static int by_place(const void *x, const void *y)
{
    const struct split *a = &((const struct part *)x)->split;
    const struct split *b = &((const struct part *)y)->split;
    int order = 0;
    for (size_t i = 0; order == 0 && i < a->n && i < b->n; i++) {
        order = strcmp(a->pairs[i].key, b->pairs[i].key);
        order = order != 0 ? order : place_of(&a->pairs[i]) - place_of(&b->pairs[i]);
        order = order != 0 ? order : strcmp(a->pairs[i].value, b->pairs[i].value);
    }
    return order != 0 ? order : (int)a->n - (int)b->n;
}

static const struct part *same_as(const struct part *parts, size_t n, const struct part *p)
{
    for (size_t i = 0; i < n; i++) {
        if (by_place(&parts[i], p) == 0) {
            return &parts[i];
        }
    }
    return NULL;
}

static void collect(struct arena *a, const struct hxl_options *o, const struct result_lines *lines,
                    struct combinations *all)
{
    for (size_t i = 0; i < lines->n; i++) {
        const struct result_line *line = &lines->items[i];
        for (size_t k = 0; k < line->n_values; k++) {
            struct part *parts;
            size_t n = is_written(o, line, k) ? parts_of(a, &line->values[k], &parts) : 0;
            for (size_t m = 0; m < n; m++) {
                if (same_as(all->items, all->n, &parts[m]) == NULL) {
                    all->items = arena_room(a, all->items, sizeof *all->items, all->n, &all->room);
                    all->items[all->n++] = parts[m];
                }
            }
        }
    }
}

// ---- rows ---------------------------------------------------------------------------------------------

static void put_heads(struct csv_out *c, struct arena *a, const struct hxl_options *o,
                      const struct combinations *all)
{
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        csv_cell(c, tr(o->lang, columns[i].heading));
    }
    for (size_t i = 0; i < all->n; i++) {
        csv_cell(c, split_words(a, o->lang, &all->items[i].split));
    }
    csv_row_end(c);
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        csv_cell(c, columns[i].tag);
    }
    for (size_t i = 0; i < all->n; i++) {
        const char *tag = "#reached";
        for (size_t k = 0; k < all->items[i].split.n; k++) {
            const struct split_pair *pair = &all->items[i].split.pairs[k];
            tag = arena_printf(a, "%s+%s", tag, hxl_part_attribute(a, pair->key, pair->value));
        }
        csv_cell(c, tag);
    }
    csv_row_end(c);
}

// The country, when there is exactly one: a value of several is of none of them.
static const char *country_of(struct arena *a, const struct record *programme)
{
    const char *codes = record_text(programme, "countries"); // " KE "
    return strlen(codes) == 4 ? arena_copy_n(a, codes + 1, 2) : NULL;
}

static void put_value(struct csv_out *c, struct arena *a, const struct record *programme,
                      const struct result_line *line, size_t i, const struct combinations *all)
{
    const struct result_value *v = &line->values[i];
    const struct result_figure *f = &v->figure;
    csv_cell(c, record_text(programme, "number"));
    csv_cell(c, record_text(line->record, "code"));
    csv_cell(c, record_text(line->record, "title"));
    csv_cell(c, record_text(line->record, "unit"));
    csv_cell(c, line->entries[i].place[0] != '\0' ? line->entries[i].place : country_of(a, programme));
    csv_cell(c, line->entries[i].from);
    csv_cell(c, line->entries[i].to);
    csv_cell(c, f->known ? decimal_short(a, f->scaled) : NULL);
    csv_cell(c, f->is_fraction ? decimal_short(a, f->part) : NULL);
    csv_cell(c, f->is_fraction ? decimal_short(a, f->whole) : NULL);
    csv_cell(c, line->rule.unit == UNIT_TEXT ? record_text(v->record, "note") : NULL);
    struct part *parts;
    size_t n = all->n > 0 ? parts_of(a, v, &parts) : 0;
    for (size_t k = 0; k < all->n; k++) {
        const struct part *part = same_as(n == 0 ? NULL : parts, n, &all->items[k]);
        csv_cell(c, part == NULL ? NULL : decimal_short(a, part->scaled));
    }
    csv_row_end(c);
}

enum err hxl_write(struct db_read *db, struct arena *a, struct record *const *programmes, size_t n,
                   const struct hxl_options *o, struct buf *out, struct err_info *e)
{
    struct lines *all = ARENA_ARRAY(a, struct lines, n + 1);
    struct combinations parts = {0};
    struct csv_out c;
    for (size_t i = 0; i < n; i++) {
        all[i].programme = programmes[i];
        enum err err =
            result_lines_load(db, a, programmes[i]->id, NULL, o->today, &all[i].lines, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (o->parts) {
            collect(a, o, &all[i].lines, &parts);
        }
    }
    if (parts.n > 0) {
        qsort(parts.items, parts.n, sizeof *parts.items, by_place);
    }
    csv_begin(&c, out, true);
    put_heads(&c, a, o, &parts);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < all[i].lines.n; k++) {
            const struct result_line *line = &all[i].lines.items[k];
            for (size_t m = 0; m < line->n_values; m++) {
                if (is_written(o, line, m)) {
                    put_value(&c, a, all[i].programme, line, m, &parts);
                }
            }
        }
    }
    return ERR_NONE;
}
