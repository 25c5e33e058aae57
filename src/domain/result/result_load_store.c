// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_load_store.c: indicators with their values. See result_lines.h.
//
// There is one way: indicators with their targets, in the order of their ids, and then the values of one after the
// other, from the columns or from the tables, which both have them in that order. Where the columns turn out to be
// damaged, the tables go on.

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/order.h"
#include "base/sort.h"
#include "result/result.h"
#include "result/result_columns_store.h"
#include "result/result_reporting.h"
#include "result/result_stream_store.h"
#include "store/store.h"

// Bits. Records are in the tables alone: of all values, or of those that are said in words.
enum { KEEP_RECORDS = 1, KEEP_WORDS = 2, KEEP_PARTS = 4, KEEP_DIFFERENCES = 8 };

// A split that was met, read once.
struct known_split {
    bool known; // false: of a characteristic that a newer pack has dropped
    const char *text, *keys;
    struct split split;
};

// Values of one indicator from the tables, before their number is known. In pieces: an array that doubles would need
// three times the memory.
#define IN_PIECE 256
struct piece {
    struct piece *next;
    struct result_value values[IN_PIECE];
    struct result_entry entries[IN_PIECE];
};
#define VALUE_BYTES (sizeof(struct result_value) + sizeof(struct result_entry))

// Where values come from.
struct source {
    struct db_read *db;
    struct result_values_in in;
    unsigned keep;
    struct arena *arena;         // of what comes again and again: days, countries, splits
    struct result_look *look;    // NULL: the tables
    struct result_stream stream; // begun when the tables are asked first
    struct map texts;
    struct map splits; // text -> struct known_split
    const struct known_split **by_word; // number of a word of the columns -> the same
    size_t n_words;
    // parts of the value that is being read
    struct result_part *parts;
    const struct known_split **of;
    struct result_cut *cuts;
    size_t n_parts, cap_parts;
    // values of the indicator that is being read from the tables, in memory of their own; pieces are used again
    struct arena *room;
    struct piece *first, *last;
};

// ---- what every way shares ----------------------------------------------------------------------------------

static const char *once(struct source *s, const char *text)
{
    const char *known = map_get(&s->texts, text);
    if (known == NULL) {
        known = arena_copy(s->arena, text);
        *map_at(&s->texts, known) = (void *)known;
    }
    return known;
}

static const struct known_split *split_of(struct source *s, const char *text)
{
    struct known_split *k = map_get(&s->splits, text);
    if (k == NULL) {
        struct err_info ignored;
        k = ARENA_MAKE(s->arena, struct known_split);
        k->text = arena_copy(s->arena, text);
        k->known = split_read(s->arena, k->text, &k->split, &ignored) == ERR_NONE;
        k->keys = k->known ? split_keys(s->arena, &k->split) : "";
        *map_at(&s->splits, k->text) = k;
    }
    return k;
}

static void add_part(struct source *s, const struct known_split *k, struct result_part part)
{
    if (!k->known) {
        return;
    }
    if (s->n_parts == s->cap_parts) {
        size_t cap = s->cap_parts == 0 ? 64 : s->cap_parts * 2;
        struct result_part *parts = ARENA_ARRAY(s->arena, struct result_part, cap);
        const struct known_split **of = ARENA_ARRAY(s->arena, const struct known_split *, cap);
        if (s->n_parts > 0) {
            memcpy(parts, s->parts, s->n_parts * sizeof *parts);
            memcpy(of, s->of, s->n_parts * sizeof *of);
        }
        s->parts = parts;
        s->of = of;
        s->cuts = ARENA_ARRAY(s->arena, struct result_cut, cap);
        s->cap_parts = cap;
    }
    part.split = k->text;
    part.keys = k->keys;
    s->of[s->n_parts] = k;
    s->parts[s->n_parts++] = part;
}

// Totals alone rest on no part.
static bool looks_at_parts(const struct source *s)
{
    return (s->keep & (KEEP_PARTS | KEEP_DIFFERENCES)) != 0;
}

// Puts the parts together that were added. They are kept when that was asked for; or the cuts alone, where one differs
// from the whole; or nothing.
static void close_value(struct source *s, struct arena *a, struct result_value *v)
{
    bool keep = (s->keep & KEEP_PARTS) != 0 && s->n_parts > 0;
    size_t n = result_cuts_of(s->parts, s->n_parts, &v->figure, s->cuts);
    size_t first = 0;
    while (first < n && !s->cuts[first].differs) {
        first++;
    }
    if (keep || first < n) {
        struct result_cut *cuts = ARENA_ARRAY_UNSET(a, struct result_cut, n);
        memcpy(cuts, s->cuts, n * sizeof *cuts);
        v->cuts = cuts;
        v->n_cuts = n;
        v->differs = first < n ? &cuts[first] : NULL;
    }
    if (keep) {
        struct result_part *parts = ARENA_ARRAY_UNSET(a, struct result_part, s->n_parts);
        const struct split **splits = ARENA_ARRAY_UNSET(a, const struct split *, s->n_parts);
        memcpy(parts, s->parts, s->n_parts * sizeof *parts);
        for (size_t i = 0; i < s->n_parts; i++) {
            splits[i] = &s->of[i]->split;
        }
        v->parts = parts;
        v->splits = splits;
        v->n_parts = s->n_parts;
    }
    s->n_parts = 0;
}

// ---- from the columns -------------------------------------------------------------------------------------

static const struct known_split *split_at(struct source *s, uint32_t number)
{
    if (number >= s->n_words) { // a word that came since the last block
        size_t n = result_look_words(s->look, WORD_SPLIT);
        const struct known_split **larger = ARENA_ARRAY(s->arena, const struct known_split *, n + 1);
        if (s->n_words > 0) {
            memcpy(larger, s->by_word, s->n_words * sizeof *larger);
        }
        s->by_word = larger;
        s->n_words = n;
    }
    if (s->by_word[number] == NULL) {
        s->by_word[number] = split_of(s, result_look_word(s->look, WORD_SPLIT, number));
    }
    return s->by_word[number];
}

static enum err fill_from_block(struct source *s, struct arena *a, const struct columns_block *b,
                                struct result_line *line, struct err_info *e)
{
    const uint32_t *splits = b->data[OF_PARTS][PART_SPLIT];
    size_t n = b->n[OF_VALUES];
    enum err err = err_without_room(a, n * VALUE_BYTES, e);
    if (err != ERR_NONE) {
        return err;
    }
    line->values = ARENA_ARRAY(a, struct result_value, n + 1);
    line->entries = ARENA_ARRAY_UNSET(a, struct result_entry, n + 1);
    line->n_values = n;
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct result_value *v = &line->values[i];
        size_t first = 0, end = 0;
        line->entries[i] = result_look_entry(s->look, b, i);
        v->figure = result_figure_of(line->rule.unit, &line->entries[i]);
        if (looks_at_parts(s)) {
            result_look_parts(b, i, &first, &end);
        }
        for (size_t k = first; k < end; k++) {
            add_part(s, split_at(s, splits[k]), result_look_part(b, k));
        }
        close_value(s, a, v);
        err = err_without_room(a, 0, e);
    }
    return err;
}

// ---- from the tables ---------------------------------------------------------------------------------------

static bool keeps_records(const struct source *s, enum result_unit unit)
{
    return (s->keep & KEEP_RECORDS) != 0 || ((s->keep & KEEP_WORDS) != 0 && unit == UNIT_TEXT);
}

static const struct record *record_of(struct arena *a, const struct result_values_row *row)
{
    struct record *r = record_new(a, &entity_observation);
    r->id = arena_copy(a, row->id);
    r->version = arena_copy(a, row->version);
    r->changed_at = arena_copy(a, row->changed_at);
    record_set_text(r, "indicator_id", arena_copy(a, row->indicator_id));
    record_set_text(r, "period_from", arena_copy(a, row->period_from));
    record_set_text(r, "period_to", arena_copy(a, row->period_to));
    record_set_text(r, "country", arena_copy(a, row->country));
    record_set_text(r, "value", arena_copy(a, row->value));
    record_set_text(r, "numerator", arena_copy(a, row->numerator));
    record_set_text(r, "denominator", arena_copy(a, row->denominator));
    record_set_text(r, "answer", arena_copy(a, row->answer));
    record_set_text(r, "source", arena_copy(a, row->source));
    record_set_text(r, "note", arena_copy(a, row->note));
    record_set_text(r, "state", arena_copy(a, row->state));
    record_set_text(r, "return_reason", arena_copy(a, row->return_reason));
    return r;
}

static struct piece *next_piece(struct source *s)
{
    struct piece **link = s->last == NULL ? &s->first : &s->last->next;
    if (*link == NULL) {
        *link = ARENA_MAKE(s->room, struct piece);
    }
    return s->last = *link;
}

static void add_value(struct source *s, struct arena *a, enum result_unit unit, size_t n)
{
    const struct result_stream *from = &s->stream;
    struct piece *to = n % IN_PIECE == 0 ? next_piece(s) : s->last;
    struct result_value *v = &to->values[n % IN_PIECE];
    struct result_entry *x = &to->entries[n % IN_PIECE];
    *x = result_stream_entry(from);
    x->id = arena_copy(a, x->id);
    x->from = once(s, x->from);
    x->to = once(s, x->to);
    x->place = once(s, x->place);
    *v = (struct result_value){.record = keeps_records(s, unit) ? record_of(a, &from->value) : NULL,
                               .figure = result_figure_of(unit, x)};
    for (size_t i = 0; i < from->n_parts && looks_at_parts(s); i++) {
        add_part(s, split_of(s, from->parts[i].split), result_part_of_text(&from->parts[i]));
    }
    close_value(s, a, v);
}

static enum err fill_from_tables(struct source *s, struct arena *a, struct result_line *line, struct err_info *e)
{
    const char *id = line->record->id;
    size_t n = 0;
    enum err err = ERR_NONE;
    s->last = NULL;
    if (s->stream.arena == NULL) {
        s->room = arena_new(LIMIT_REQUEST_BYTES);
        err = result_stream_begin(s->db, &s->in, &s->stream, e);
    }
    while (err == ERR_NONE && s->stream.more && strcmp(s->stream.value.indicator_id, id) < 0) {
        err = result_stream_next(&s->stream, e); // of an indicator that the columns gave, or that is not asked for
    }
    while (err == ERR_NONE && s->stream.more && strcmp(s->stream.value.indicator_id, id) == 0) {
        err = err_without_room(a, (n + 1) * VALUE_BYTES, e);
        if (err == ERR_NONE) {
            add_value(s, a, line->rule.unit, n++);
            err = result_stream_next(&s->stream, e);
        }
    }
    if (err != ERR_NONE) {
        return err;
    }
    line->values = ARENA_ARRAY_UNSET(a, struct result_value, n + 1);
    line->entries = ARENA_ARRAY_UNSET(a, struct result_entry, n + 1);
    line->n_values = n;
    const struct piece *from = s->first;
    for (size_t i = 0; i < n; i += IN_PIECE, from = from->next) {
        size_t some = n - i < IN_PIECE ? n - i : IN_PIECE;
        memcpy(&line->values[i], from->values, some * sizeof *line->values);
        memcpy(&line->entries[i], from->entries, some * sizeof *line->entries);
    }
    return ERR_NONE;
}

// ---- indicators with their targets --------------------------------------------------------------------------

static int by_code(const void *x, const void *y)
{
    const struct record *a = ((const struct result_line *)x)->record;
    const struct record *b = ((const struct result_line *)y)->record;
    int order = code_order(record_text(a, "code"), record_text(b, "code"));
    return order != 0 ? order : strcmp(a->id, b->id);
}

static enum err load_indicators(struct db_read *db, struct arena *a, const char *programme_id,
                                const struct result_values_in *in, struct record ***out, size_t *n,
                                struct err_info *e)
{
    struct store_filter filters[3];
    struct store_query q = {.filters = filters, .order = "id"};
    if (programme_id != NULL) {
        filters[q.n_filters++] = (struct store_filter){"programme_id", STORE_EQUAL, programme_id};
    }
    if (in->indicator_id != NULL) {
        filters[q.n_filters++] = (struct store_filter){"id", STORE_EQUAL, in->indicator_id};
    }
    if (in->programmes != NULL) {
        filters[q.n_filters++] = (struct store_filter){"programme_id", STORE_ONE_OF, in->programmes};
    }
    return store_list(db, a, &entity_indicator, &q, out, n, e);
}

static const struct record *record_of_target(struct arena *a, const struct result_targets_row *row)
{
    struct record *r = record_new(a, &entity_target);
    r->id = row->id;
    r->version = row->version;
    r->changed_at = row->changed_at;
    record_set_text(r, "indicator_id", row->indicator_id);
    record_set_text(r, "due_on", row->due_on);
    record_set_text(r, "value", row->value);
    record_set_text(r, "reason", row->reason);
    if (row->has_replaced) {
        record_set_int(r, "replaced", row->replaced);
    }
    return r;
}

// Of n targets by indicator; *at is the first that is not of an indicator before this one.
static void fill_targets(struct arena *a, const struct result_targets_row *targets, size_t n, size_t *at,
                         struct result_line *line)
{
    const char *id = line->record->id;
    while (*at < n && strcmp(targets[*at].indicator_id, id) < 0) {
        (*at)++;
    }
    size_t first = *at;
    while (*at < n && strcmp(targets[*at].indicator_id, id) == 0) {
        (*at)++;
    }
    const struct record **records = ARENA_ARRAY(a, const struct record *, *at - first + 1);
    line->targets = ARENA_ARRAY(a, struct result_target, *at - first + 1);
    for (size_t i = first; i < *at; i++) {
        const struct result_targets_row *row = &targets[i];
        int64_t value;
        if (decimal_parse(row->value, &value)) {
            records[line->n_targets] = record_of_target(a, row);
            line->targets[line->n_targets++] = (struct result_target){
                .id = row->id, .due_on = row->due_on, .value = value,
                .replaced = row->has_replaced && row->replaced != 0};
        }
    }
    line->target_records = records;
}

// In the order of their ids, without values. Two statements. One indicator alone has to be of the programme.
static enum err begin(struct db_read *db, struct arena *a, const char *programme_id, const struct result_values_in *in,
                      struct result_lines *out, struct err_info *e)
{
    const struct result_targets_in of = {in->programme_id, in->indicator_id};
    struct result_targets_row *targets;
    struct record **indicators;
    size_t n, at = 0;
    *out = (struct result_lines){0};
    enum err err = load_indicators(db, a, programme_id, in, &indicators, &out->n, e);
    if (err == ERR_NONE) {
        err = result_targets_all(a, db, &of, &targets, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    out->items = ARENA_ARRAY(a, struct result_line, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        result_line_begin(a, indicators[i], &out->items[i]);
        fill_targets(a, targets, n, &at, &out->items[i]);
    }
    return ERR_NONE;
}

// ---- one line after the other ---------------------------------------------------------------------------------

// Values and all that is worked out, in a.
static enum err fill(struct source *s, struct arena *a, const char *today, struct result_line *line, struct err_info *e)
{
    struct columns_block b;
    enum err err = ERR_NONE;
    if (s->look == NULL || keeps_records(s, line->rule.unit)) {
        err = fill_from_tables(s, a, line, e);
    } else if (result_look_at(s->look, a, line->record->id, &b)) {
        err = fill_from_block(s, a, &b, line, e);
    } else {
        s->look = NULL; // damaged: from here on the tables
        err = fill_from_tables(s, a, line, e);
    }
    if (err == ERR_NONE) {
        result_line_work_out(a, line, today);
    }
    return err;
}

static enum err source_begin(struct db_read *db, struct arena *a, const struct result_values_in *in, unsigned keep,
                             struct source *out, struct err_info *e)
{
    *out = (struct source){.db = db, .in = *in, .keep = keep, .arena = a};
    map_init(&out->texts, a);
    map_init(&out->splits, a);
    bool from_tables = (keep & KEEP_RECORDS) != 0 || in->period_from != NULL;
    return from_tables ? ERR_NONE : result_look_begin(db, a, &out->look, e);
}

static void source_end(struct source *s)
{
    result_stream_end(&s->stream);
    if (s->room != NULL) {
        arena_free(s->room);
    }
}

bool result_may_see_parts(const struct identity *who, const char *programme_id)
{
    return identity_sees(who, &entity_observation_part, programme_id);
}

static struct result_values_in values_of(const struct result_ask *ask)
{
    return (struct result_values_in){.programme_id = ask->indicator_id == NULL ? ask->programme_id : NULL,
                                     .indicator_id = ask->indicator_id,
                                     .period_from = ask->from,
                                     .period_to = ask->to};
}

static unsigned keep_of(const struct result_ask *ask)
{
    static const unsigned of_records[] = {[RECORDS_OF_WORDS] = KEEP_WORDS, [RECORDS_ALL] = KEEP_RECORDS};
    return of_records[ask->records] | (ask->parts ? KEEP_PARTS : 0);
}

enum err result_lines_load(struct db_read *db, struct arena *a, const struct result_ask *ask,
                           struct result_lines *out, struct err_info *e)
{
    const struct result_values_in in = values_of(ask);
    struct source s;
    enum err err = source_begin(db, a, &in, keep_of(ask), &s, e);
    if (err == ERR_NONE) {
        err = begin(db, a, ask->programme_id, &in, out, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < out->n; i++) {
        out->items[i].n_splits = ask->parts ? out->items[i].n_splits : 0;
        err = fill(&s, a, ask->today, &out->items[i], e);
    }
    source_end(&s);
    if (err == ERR_NONE) {
        sort_items(out->items, out->n, sizeof *out->items, by_code);
    }
    return err;
}

enum err result_spans_load(struct db_read *db, struct arena *a, const char *programme_id, size_t most,
                           struct result_span **out, size_t *n, struct err_info *e)
{
    const struct result_spans_in in = {programme_id, (int64_t)most};
    struct result_spans_row *rows;
    enum err err = result_spans_all(a, db, &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct result_span, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct result_span){rows[i].period_from, rows[i].period_to};
    }
    return ERR_NONE;
}

// " id id "
static const char *in_one_text(struct arena *a, const char *const *ids, size_t n)
{
    struct buf b;
    buf_init(&b, a, LIMIT_REPLY_BYTES);
    for (size_t i = 0; i < n; i++) {
        buf_char(&b, ' ');
        buf_str(&b, ids[i]);
    }
    buf_char(&b, ' ');
    return b.data;
}

enum err result_lines_each(struct db_read *db, struct arena *a, const char *const *programmes, size_t n,
                           const char *today, result_line_fn *fn, void *context, struct err_info *e)
{
    const struct result_values_in in = {
        .programme_id = programmes != NULL && n == 1 ? programmes[0] : NULL,
        .programmes = programmes != NULL && n != 1 ? in_one_text(a, programmes, n) : NULL};
    struct arena *one = arena_new(LIMIT_REQUEST_BYTES);
    struct result_lines lines;
    struct source s;
    enum err err = source_begin(db, a, &in, KEEP_DIFFERENCES, &s, e);
    if (err == ERR_NONE) {
        err = begin(db, a, in.programme_id, &in, &lines, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < lines.n; i++) {
        struct result_line *line = &lines.items[i];
        err = fill(&s, one, today, line, e);
        if (err == ERR_NONE) {
            err = fn(context, line, e);
        }
        *line = (struct result_line){.record = line->record}; // its values are gone
        arena_reset(one);
    }
    source_end(&s);
    arena_free(one);
    return err;
}

// Of one line; its one value is in the first piece, and what it holds in `one`.
static enum err each_value(struct source *s, struct arena *one, struct result_line *line, result_line_fn *fn,
                           void *context, struct err_info *e)
{
    s->in.programme_id = NULL;
    s->in.indicator_id = line->record->id;
    enum err err = result_stream_begin(s->db, &s->in, &s->stream, e);
    while (err == ERR_NONE && s->stream.more) {
        arena_reset(one);
        s->last = NULL;
        add_value(s, one, line->rule.unit, 0);
        line->values = s->last->values;
        line->entries = s->last->entries;
        line->n_values = 1;
        err = fn(context, line, e);
        if (err == ERR_NONE) {
            err = result_stream_next(&s->stream, e);
        }
    }
    result_stream_end(&s->stream);
    return err;
}

enum err result_values_each(struct db_read *db, struct arena *a, const struct result_ask *ask, result_line_fn *fn,
                            void *context, struct err_info *e)
{
    const struct result_values_in in = values_of(ask);
    struct arena *one = arena_new(LIMIT_REQUEST_BYTES);
    struct source s = {.db = db, .in = in, .keep = keep_of(ask), .arena = a, .room = arena_new(LIMIT_REQUEST_BYTES)};
    struct result_lines lines;
    map_init(&s.texts, a);
    map_init(&s.splits, a);
    enum err err = begin(db, a, ask->programme_id, &in, &lines, e);
    if (err == ERR_NONE) {
        sort_items(lines.items, lines.n, sizeof *lines.items, by_code);
    }
    for (size_t i = 0; err == ERR_NONE && i < lines.n; i++) {
        err = each_value(&s, one, &lines.items[i], fn, context, e);
    }
    source_end(&s);
    arena_free(one);
    return err;
}
