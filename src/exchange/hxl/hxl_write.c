// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl_write.c: values of indicators as a table with HXL tags. See hxl.h.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/msg.h"
#include "base/sort.h"
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

// ---- columns of parts ---------------------------------------------------------------------------------

// A column of parts; all of them, in the order of their values.
struct group {
    struct part part;
    bool writable; // its attributes say the same split when they are read again
    size_t at;     // its place among the writable ones
};
struct groups {
    struct map by_split; // struct group
    struct group **items;
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
    const struct split *a = &(*(struct group *const *)x)->part.split;
    const struct split *b = &(*(struct group *const *)y)->part.split;
    int order = 0;
    for (size_t i = 0; order == 0 && i < a->n && i < b->n; i++) {
        order = strcmp(a->pairs[i].key, b->pairs[i].key);
        order = order != 0 ? order : place_of(&a->pairs[i]) - place_of(&b->pairs[i]);
        order = order != 0 ? order : strcmp(a->pairs[i].value, b->pairs[i].value);
    }
    return order != 0 ? order : (int)a->n - (int)b->n;
}

// "#reached+age18_24+f"
static const char *tag_of(struct arena *a, const struct split *split)
{
    const char *tag = "#reached";
    for (size_t i = 0; i < split->n; i++) {
        tag = arena_printf(a, "%s+%s", tag, hxl_part_attribute(a, split->pairs[i].key, split->pairs[i].value));
    }
    return tag;
}

static bool comes_back(struct arena *a, const struct part *part)
{
    struct hxl_tag tag;
    struct split split = {0};
    bool good = hxl_tag_read(a, tag_of(a, &part->split), &tag);
    for (int i = 0; good && i < tag.n; i++) {
        good = hxl_part_read(a, tag.attributes[i], &split);
    }
    return good && strcmp(split_text(a, &split), part->text) == 0;
}

// scratch: emptied from value to value.
static void collect(struct arena *a, struct arena *scratch, const struct hxl_options *o, const struct result_line *line,
                    struct groups *all, struct buf *notes)
{
    for (size_t k = 0; k < line->n_values; k++) {
        struct part *parts;
        arena_reset(scratch);
        size_t n = value_is_written(line, k, o->unapproved) ? parts_of(scratch, &line->values[k], &parts) : 0;
        for (size_t m = 0; m < n; m++) {
            void **place = map_at(&all->by_split, parts[m].text);
            if (*place != NULL) {
                continue;
            }
            struct group *g = ARENA_MAKE(a, struct group);
            *g = (struct group){.part = parts[m], .writable = comes_back(a, &parts[m])};
            *place = g;
            if (g->writable) {
                all->items = arena_room(a, all->items, sizeof *all->items, all->n, &all->room);
                all->items[all->n++] = g;
            } else {
                buf_printf(notes, "%s\n",
                           tr_f(a, o->lang, MSG("{0}: the group “{1}” is left out because no HXL tag can say it."),
                                record_code(line->record), split_words(a, o->lang, &g->part.split), NULL));
            }
        }
    }
}

// ---- rows ---------------------------------------------------------------------------------------------

static void put_heads(struct csv_out *c, struct arena *a, const struct hxl_options *o,
                      const struct groups *all)
{
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        csv_cell(c, tr(o->lang, columns[i].heading));
    }
    for (size_t i = 0; i < all->n; i++) {
        csv_cell(c, split_words(a, o->lang, &all->items[i]->part.split));
    }
    csv_row_end(c);
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        csv_cell(c, columns[i].tag);
    }
    for (size_t i = 0; i < all->n; i++) {
        csv_cell(c, tag_of(a, &all->items[i]->part.split));
    }
    csv_row_end(c);
}

// The country, when there is exactly one: a value of several is of none of them.
static const char *country_of(struct arena *a, const struct record *programme)
{
    const char *codes = record_text(programme, "countries"); // " KE "
    return strlen(codes) == 4 ? arena_copy_n(a, codes + 1, 2) : NULL;
}

static void put_parts(struct csv_out *c, struct arena *a, const struct result_value *v, const struct groups *all)
{
    struct part *parts;
    size_t n = all->n > 0 ? parts_of(a, v, &parts) : 0;
    const char **cells = ARENA_ARRAY(a, const char *, all->n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct group *g = map_get(&all->by_split, parts[i].text);
        if (g->writable) {
            cells[g->at] = decimal_short(a, parts[i].scaled);
        }
    }
    for (size_t i = 0; i < all->n; i++) {
        csv_cell(c, cells[i]);
    }
}

static void put_value(struct csv_out *c, struct arena *a, const struct record *programme,
                      const struct result_line *line, size_t i, const struct groups *all)
{
    const struct result_value *v = &line->values[i];
    const struct result_figure *f = &v->figure;
    const char *place = line->entries[i].place;
    bool by_country = record_int(line->record, "per_country") != 0;
    csv_cell(c, record_text(programme, "number"));
    csv_cell(c, record_text(line->record, "code"));
    csv_cell(c, record_text(line->record, "title"));
    csv_cell(c, record_text(line->record, "unit"));
    csv_cell(c, place[0] != '\0' || by_country ? place : country_of(a, programme));
    csv_cell(c, line->entries[i].from);
    csv_cell(c, line->entries[i].to);
    csv_cell(c, f->known ? decimal_short(a, f->scaled) : NULL);
    csv_cell(c, f->is_fraction ? decimal_short(a, f->part) : NULL);
    csv_cell(c, f->is_fraction ? decimal_short(a, f->whole) : NULL);
    csv_cell(c, line->rule.unit == UNIT_TEXT ? record_text(v->record, "note") : NULL);
    put_parts(c, a, v, all);
    csv_row_end(c);
}

enum err hxl_write(struct db_read *db, struct arena *a, struct record *const *programmes, size_t n,
                   const struct hxl_options *o, struct buf *out, struct buf *notes, struct err_info *e)
{
    struct lines *all = ARENA_ARRAY(a, struct lines, n + 1);
    struct groups groups = {0};
    struct csv_out c;
    struct arena *row = arena_new(LIMIT_REQUEST_BYTES); // of one value
    enum err err = ERR_NONE;
    map_init(&groups.by_split, a);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        all[i].programme = programmes[i];
        const struct result_ask ask = {.programme_id = programmes[i]->id, .today = o->today, .parts = o->parts,
                                       .records = RECORDS_OF_WORDS};
        err = result_lines_load(db, a, &ask, &all[i].lines, e);
        for (size_t k = 0; err == ERR_NONE && o->parts && k < all[i].lines.n; k++) {
            collect(a, row, o, &all[i].lines.items[k], &groups, notes);
        }
    }
    if (err != ERR_NONE) {
        arena_free(row);
        return err;
    }
    sort_items(groups.items, groups.n, sizeof *groups.items, by_place);
    for (size_t i = 0; i < groups.n; i++) {
        groups.items[i]->at = i;
    }
    csv_begin(&c, out, true);
    if (o->parts) {
        csv_cell(&c, tr(o->lang, PARTS_NOT_PUBLIC));
        csv_row_end(&c);
    }
    put_heads(&c, a, o, &groups);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < all[i].lines.n; k++) {
            const struct result_line *line = &all[i].lines.items[k];
            for (size_t m = 0; m < line->n_values; m++) {
                if (value_is_written(line, m, o->unapproved)) {
                    put_value(&c, row, all[i].programme, line, m, &groups);
                    arena_reset(row);
                }
            }
        }
    }
    arena_free(row);
    return ERR_NONE;
}
