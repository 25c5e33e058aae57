// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_lean_store.c: indicators with very many values: from the columns, or from the tables row by row.
// See result_lines_lean in result_lines.h.

#include <string.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "base/map.h"
#include "result/result.h"
#include "result/result_columns_store.h"
#include "result/result_load_store.h"
#include "result/result_sql.h"
#include "store/store.h"

// Parts of one value after the other, for comparing with the whole.
struct parts {
    struct arena *arena; // of the result
    struct result_part *items;
    struct result_cut *cuts;
    size_t n, cap;
};

static void add_part(struct parts *p, const struct result_part *part)
{
    if (p->n == p->cap) {
        size_t cap = p->cap == 0 ? 64 : p->cap * 2;
        struct result_part *larger = ARENA_ARRAY(p->arena, struct result_part, cap);
        if (p->n > 0) {
            memcpy(larger, p->items, p->n * sizeof *larger);
        }
        p->items = larger;
        p->cuts = ARENA_ARRAY(p->arena, struct result_cut, cap);
        p->cap = cap;
    }
    p->items[p->n++] = *part;
}

// Keeps the cuts of the value when one of them differs, and begins the next.
static void compare(struct parts *p, struct result_value *v)
{
    size_t n = result_cuts_of(p->items, p->n, &v->figure, p->cuts);
    for (size_t i = 0; i < n && v->differs == NULL; i++) {
        if (p->cuts[i].differs) {
            struct result_cut *kept = ARENA_ARRAY(p->arena, struct result_cut, n);
            memcpy(kept, p->cuts, n * sizeof *kept);
            v->cuts = kept;
            v->n_cuts = n;
            v->differs = &kept[i];
        }
    }
    p->n = 0;
}

// ---- from the columns -------------------------------------------------------------------------------------

// Splits of a question, each read once.
struct splits {
    const struct result_look *look;
    struct arena *arena;
    struct known_split {
        enum { UNREAD, READ, UNKNOWN } state; // unknown: a characteristic that a newer pack has dropped
        struct split split;
        const char *keys;
    } **items; // by number of the word
    size_t n;
};

static const struct known_split *split_at(struct splits *s, uint32_t number)
{
    if (number >= s->n) { // a word that came since the last block
        size_t n = result_look_words(s->look, WORD_SPLIT);
        struct known_split **larger = ARENA_ARRAY(s->arena, struct known_split *, n + 1);
        if (s->n > 0) {
            memcpy(larger, s->items, s->n * sizeof *larger);
        }
        s->items = larger;
        s->n = n;
    }
    if (s->items[number] == NULL) {
        struct known_split *k = ARENA_MAKE(s->arena, struct known_split);
        struct err_info ignored;
        k->state = split_read(s->arena, result_look_word(s->look, WORD_SPLIT, number), &k->split, &ignored) == ERR_NONE
                       ? READ
                       : UNKNOWN;
        k->keys = k->state == READ ? split_keys(s->arena, &k->split) : "";
        s->items[number] = k;
    }
    return s->items[number];
}

static bool part_at(struct splits *s, const struct columns_block *b, size_t i, const struct known_split **known,
                    struct result_part *out)
{
    uint32_t number = ((const uint32_t *)b->data[OF_PARTS][PART_SPLIT])[i];
    *known = split_at(s, number);
    *out = result_look_part(b, i);
    out->split = result_look_word(s->look, WORD_SPLIT, number);
    out->keys = (*known)->keys;
    return (*known)->state == READ;
}

// All parts of a value, as result_lines_load gives them.
static void keep_parts(struct splits *s, const struct columns_block *b, size_t first, size_t end, struct result_value *v)
{
    if (first == end) {
        return;
    }
    struct result_part *parts = ARENA_ARRAY_UNSET(s->arena, struct result_part, end - first);
    struct split *splits = ARENA_ARRAY_UNSET(s->arena, struct split, end - first);
    struct result_cut *cuts = ARENA_ARRAY(s->arena, struct result_cut, end - first);
    for (size_t k = first; k < end; k++) {
        const struct known_split *known;
        if (part_at(s, b, k, &known, &parts[v->n_parts])) {
            splits[v->n_parts++] = known->split;
        }
    }
    v->parts = parts;
    v->splits = splits;
    v->n_cuts = result_cuts_of(parts, v->n_parts, &v->figure, cuts);
    v->cuts = cuts;
    for (size_t i = v->n_cuts; i > 0; i--) {
        v->differs = cuts[i - 1].differs ? &cuts[i - 1] : v->differs;
    }
}

// The values in `a`; what is kept for all lines is in that of the splits.
static void fill_line(struct splits *s, struct arena *a, struct parts *p, const struct columns_block *b, bool parts,
                      struct result_line *line)
{
    size_t n = b->n[OF_VALUES];
    line->values = ARENA_ARRAY(a, struct result_value, n + 1);
    line->entries = ARENA_ARRAY(a, struct result_entry, n + 1);
    line->n_values = n;
    for (size_t i = 0; i < n; i++) {
        struct result_value *v = &line->values[i];
        size_t first, end;
        line->entries[i] = result_look_entry(s->look, b, i);
        v->figure = result_figure_of(line->rule.unit, &line->entries[i]);
        result_look_parts(b, i, &first, &end);
        if (parts) {
            keep_parts(s, b, first, end, v);
            continue;
        }
        for (size_t k = first; k < end; k++) {
            const struct known_split *known;
            struct result_part part;
            if (part_at(s, b, k, &known, &part)) {
                add_part(p, &part);
            }
        }
        compare(p, v);
    }
}

// False when the file turned out to be damaged.
static bool from_columns(struct result_look *look, struct arena *a, bool parts, struct result_lines *lines)
{
    struct splits s = {.look = look, .arena = a};
    struct parts p = {.arena = a};
    for (size_t i = 0; i < lines->n; i++) {
        struct columns_block b;
        if (!result_look_at(look, a, lines->items[i].record->id, &b)) {
            return false;
        }
        fill_line(&s, a, &p, &b, parts, &lines->items[i]);
    }
    return true;
}

// ---- from the tables ---------------------------------------------------------------------------------------

// Texts that come again and again (days, countries), each kept once.
static const char *once(struct map *texts, const char *text)
{
    const char *known = map_get(texts, text);
    if (known == NULL) {
        known = arena_copy(texts->arena, text);
        *map_at(texts, known) = (void *)known;
    }
    return known;
}

static struct result_entry entry_of(struct arena *scratch, struct map *texts, const struct result_values_row *row)
{
    struct record *r = record_new(scratch, &entity_observation);
    r->id = row->id;
    record_set_text(r, "period_from", row->period_from);
    record_set_text(r, "period_to", row->period_to);
    record_set_text(r, "country", row->country);
    record_set_text(r, "value", row->value);
    record_set_text(r, "numerator", row->numerator);
    record_set_text(r, "denominator", row->denominator);
    record_set_text(r, "answer", row->answer);
    record_set_text(r, "state", row->state);
    struct result_entry entry = result_entry_of(r);
    entry.id = arena_copy(texts->arena, row->id);
    entry.from = once(texts, entry.from);
    entry.to = once(texts, entry.to);
    entry.place = once(texts, entry.place);
    return entry;
}

// The values of all lines, which are in the order of their ids, as the rows are. Gives back value by id.
static enum err read_values(struct db_read *db, struct arena *a, const struct result_values_in *in,
                            struct result_lines *lines, struct map *by_id, struct err_info *e)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    struct map texts, by_indicator;
    struct result_values_row row;
    struct db_query *q;
    bool more;
    map_init(&texts, a);
    map_init(&by_indicator, a);
    size_t *caps = ARENA_ARRAY(a, size_t, lines->n + 1);
    for (size_t i = 0; i < lines->n; i++) {
        *map_at(&by_indicator, lines->items[i].record->id) = &lines->items[i];
    }
    enum err err = result_values(db, in, &q, e);
    while (err == ERR_NONE && (err = result_values_next(q, &row, &more, e)) == ERR_NONE && more) {
        struct result_line *line = map_get(&by_indicator, row.indicator_id);
        if (line != NULL) {
            size_t *cap = &caps[line - lines->items];
            line->entries = arena_room(a, line->entries, sizeof *line->entries, line->n_values, cap);
            line->entries[line->n_values++] = entry_of(scratch, &texts, &row);
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
    for (size_t i = 0; err == ERR_NONE && i < lines->n; i++) {
        struct result_line *line = &lines->items[i];
        line->values = ARENA_ARRAY(a, struct result_value, line->n_values + 1);
        line->entries = line->entries == NULL ? ARENA_ARRAY(a, struct result_entry, 1) : line->entries;
        for (size_t k = 0; k < line->n_values; k++) {
            line->values[k].figure = result_figure_of(line->rule.unit, &line->entries[k]);
            *map_at(by_id, line->entries[k].id) = &line->values[k];
        }
    }
    return err;
}

// Compares parts with their wholes, one value after the other.
static enum err read_parts(struct db_read *db, struct arena *a, const struct result_parts_in *in,
                           const struct map *by_id, struct err_info *e)
{
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES); // of one value
    struct parts p = {.arena = a};
    struct map texts;
    struct result_value *of = NULL;
    char of_id[64] = "";
    struct result_parts_row row;
    struct db_query *q;
    bool more;
    map_init(&texts, a);
    enum err err = result_parts(db, in, &q, e);
    while (err == ERR_NONE && (err = result_parts_next(q, &row, &more, e)) == ERR_NONE && more) {
        struct err_info ignored;
        struct split split;
        if (strcmp(row.observation_id, of_id) != 0) {
            if (of != NULL) {
                compare(&p, of);
            }
            p.n = 0;
            of = map_get(by_id, row.observation_id);
            memcpy(of_id, row.observation_id, strnlen(row.observation_id, sizeof of_id - 1) + 1);
            arena_reset(scratch);
        }
        if (split_read(scratch, row.split, &split, &ignored) != ERR_NONE) {
            continue;
        }
        struct result_part part = {.keys = once(&texts, split_keys(scratch, &split))};
        part.has_value = row.value != NULL && decimal_parse(row.value, &part.value);
        part.has_fraction = row.numerator != NULL && row.denominator != NULL &&
                            decimal_parse(row.numerator, &part.part) && decimal_parse(row.denominator, &part.whole);
        add_part(&p, &part);
    }
    if (err == ERR_NONE && of != NULL) {
        compare(&p, of);
    }
    arena_free(scratch);
    return err;
}

static enum err from_tables(struct db_read *db, struct arena *a, const char *programme_id, const char *indicator_id,
                            struct result_lines *lines, struct err_info *e)
{
    const char *of_programme = indicator_id == NULL ? programme_id : NULL;
    const struct result_values_in of_values = {of_programme, indicator_id};
    const struct result_parts_in of_parts = {of_programme, indicator_id};
    struct map by_id;
    map_init(&by_id, a);
    enum err err = read_values(db, a, &of_values, lines, &by_id, e);
    return err == ERR_NONE ? read_parts(db, a, &of_parts, &by_id, e) : err;
}

// One line after the other, each with memory of its own. A block that cannot be read is asked of the tables.
static enum err each_from_columns(struct db_read *db, struct arena *a, struct result_look *look,
                                  struct result_lines *lines, const char *today, result_line_fn *fn, void *context,
                                  struct err_info *e)
{
    struct splits s = {.look = look, .arena = a};
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = ERR_NONE;
    result_lines_sort(lines);
    for (size_t i = 0; err == ERR_NONE && i < lines->n; i++) {
        struct result_line *line = &lines->items[i];
        struct result_lines one = {.items = line, .n = 1};
        struct parts p = {.arena = scratch};
        struct columns_block b;
        if (result_look_at(look, scratch, line->record->id, &b)) {
            fill_line(&s, scratch, &p, &b, false, line);
        } else {
            err = from_tables(db, scratch, NULL, line->record->id, &one, e);
        }
        if (err == ERR_NONE) {
            result_line_work_out(scratch, line, today);
            err = fn(context, line, e);
        }
        *line = (struct result_line){.record = line->record}; // its values are gone
        arena_reset(scratch);
    }
    arena_free(scratch);
    return err;
}

enum err result_lines_each(struct db_read *db, struct arena *a, const char *programme_id, const char *today,
                           result_line_fn *fn, void *context, struct err_info *e)
{
    struct result_look *look;
    struct result_lines lines;
    enum err err = result_look_begin(db, a, &look, e);
    if (err == ERR_NONE && look != NULL) {
        err = result_lines_begin(db, a, programme_id, NULL, &lines, e);
        return err == ERR_NONE ? each_from_columns(db, a, look, &lines, today, fn, context, e) : err;
    }
    if (err == ERR_NONE) {
        err = result_lines_lean(db, a, programme_id, NULL, false, today, &lines, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < lines.n; i++) {
        err = fn(context, &lines.items[i], e);
    }
    return err;
}

enum err result_lines_lean(struct db_read *db, struct arena *a, const char *programme_id, const char *indicator_id,
                           bool parts, const char *today, struct result_lines *out, struct err_info *e)
{
    struct result_look *look;
    enum err err = result_lines_begin(db, a, programme_id, indicator_id, out, e);
    if (err == ERR_NONE) {
        err = result_look_begin(db, a, &look, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (look != NULL && from_columns(look, a, parts, out)) {
        result_lines_end(a, out, today);
        return ERR_NONE;
    }
    if (parts) {
        return result_lines_load(db, a, programme_id, indicator_id, today, out, e);
    }
    if (look != NULL) { // some lines were filled: begin again
        err = result_lines_begin(db, a, programme_id, indicator_id, out, e);
    }
    if (err == ERR_NONE) {
        err = from_tables(db, a, programme_id, indicator_id, out, e);
    }
    if (err == ERR_NONE) {
        result_lines_end(a, out, today);
    }
    return err;
}
