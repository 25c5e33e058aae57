// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_rows_store.c: values into the arrays of a block, and back. See result_columns_rows_store.h.

#include "result/result_columns_rows_store.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "result/result.h"
#include "result/result_lines.h"

static const struct columns_section sections[] = {
    [OF_VALUES] = {.name = "value",
                   .columns = {[VALUE_ID] = {"id", RESULT_ID_BYTES},
                               [VALUE_FROM] = {"from", 4},
                               [VALUE_TO] = {"to", 4},
                               [VALUE_COUNTRY] = {"country", 4},
                               [VALUE_CUT] = {"cut", 4},
                               [VALUE_STATE] = {"state", 1},
                               [VALUE_ANSWER] = {"answer", 1},
                               [VALUE_HAS] = {"has", 1},
                               [VALUE_FIRST] = {"first", 4},
                               [VALUE_NUMBER] = {"number", 8},
                               [VALUE_PART] = {"part", 8},
                               [VALUE_WHOLE] = {"whole", 8}},
                   .n = 12},
    [OF_PARTS] = {.name = "part",
                  .columns = {[PART_SPLIT] = {"split", 4}, [PART_HAS] = {"has", 1}, [PART_NUMBER] = {"number", 8}},
                  .n = 3},
    [OF_SHARES] = {.name = "share", .columns = {[SHARE_PART] = {"part", 8}, [SHARE_WHOLE] = {"whole", 8}}, .n = 2},
};
const struct columns_shape result_columns_shape = {
    .name = "values", .version = 1, .sections = sections, .n_sections = 3, .n_dictionaries = WORD_KINDS};

// "age sex" of "age=18-24 sex=female", also of characteristics that the packs no longer know.
static const char *cut_of(struct arena *a, const char *split)
{
    char *out = arena_copy(a, split);
    char *to = out;
    for (const char *p = split; *p != '\0'; p += strcspn(p, " "), p += *p == ' ' ? 1 : 0) {
        size_t n = strcspn(p, "= ");
        if (to > out) {
            *to++ = ' ';
        }
        memmove(to, p, n);
        to += n;
    }
    *to = '\0';
    return out;
}

static struct column_part part_of(const struct column_words *words, const struct result_part_text *t)
{
    const struct result_part p = result_part_of_text(t);
    return (struct column_part){
        .split = words->number(words->context, WORD_SPLIT, t->split),
        .has = (uint8_t)((p.has_value ? HAS_NUMBER : 0) | (p.has_fraction ? HAS_SHARE : 0)),
        .number = p.has_value ? p.value : 0,
        .part = p.has_fraction ? p.part : 0,
        .whole = p.has_fraction ? p.whole : 0,
    };
}

struct column_value column_value_of(struct arena *a, const struct column_words *words, const struct result_entry *entry,
                                    const struct result_part_text *texts, size_t n)
{
    struct column_part *parts = ARENA_ARRAY(a, struct column_part, n + 1);
    struct column_value v = {
        .id = arena_copy(a, entry->id),
        .from = words->number(words->context, WORD_DAY, entry->from),
        .to = words->number(words->context, WORD_DAY, entry->to),
        .country = words->number(words->context, WORD_COUNTRY, entry->place),
        .state = (uint8_t)entry->state,
        .answer = (uint8_t)entry->answer,
        .has = (uint8_t)((entry->has_value ? HAS_NUMBER : 0) | (entry->has_fraction ? HAS_SHARE : 0)),
        .number = entry->has_value ? entry->value : 0,
        .part = entry->has_fraction ? entry->part : 0,
        .whole = entry->has_fraction ? entry->whole : 0,
        .parts = parts,
        .n_parts = n,
    };
    const char *cut = n == 0 ? "" : cut_of(a, texts[0].split);
    for (size_t i = 0; i < n; i++) {
        parts[i] = part_of(words, &texts[i]);
        cut = i == 0 || strcmp(cut, cut_of(a, texts[i].split)) == 0 ? cut : "?";
    }
    v.cut = words->number(words->context, WORD_CUT, cut);
    return v;
}

#define CELL(b, section, column, type) ((const type *)(b)->data[section][column])

void result_look_parts(const struct columns_block *b, size_t i, size_t *first, size_t *end)
{
    const uint32_t *at = CELL(b, OF_VALUES, VALUE_FIRST, uint32_t);
    *first = at[i];
    *end = i + 1 < b->n[OF_VALUES] ? at[i + 1] : b->n[OF_PARTS];
}

const char *column_id_at(const struct columns_block *b, size_t i)
{
    return CELL(b, OF_VALUES, VALUE_ID, char) + i * RESULT_ID_BYTES;
}

// Arrays of a block that is being made.
struct making {
    char *id;
    uint32_t *from, *to, *country, *cut, *first;
    uint8_t *state, *answer, *has;
    int64_t *number, *part, *whole;
    uint32_t *split;
    uint8_t *part_has;
    int64_t *part_number, *share_part, *share_whole;
};

static void put_parts(struct making *m, const struct column_value *v, size_t at, bool shares)
{
    for (size_t k = 0; k < v->n_parts; k++) {
        const struct column_part *p = &v->parts[k];
        m->split[at + k] = p->split;
        m->part_has[at + k] = p->has;
        m->part_number[at + k] = p->number;
        if (shares) {
            m->share_part[at + k] = p->part;
            m->share_whole[at + k] = p->whole;
        }
    }
}

static void put_value(struct making *m, const struct column_value *v, size_t i, size_t first)
{
    memcpy(m->id + i * RESULT_ID_BYTES, v->id, strlen(v->id));
    m->from[i] = v->from;
    m->to[i] = v->to;
    m->country[i] = v->country;
    m->cut[i] = v->cut;
    m->state[i] = v->state;
    m->answer[i] = v->answer;
    m->has[i] = v->has;
    m->first[i] = (uint32_t)first;
    m->number[i] = v->number;
    m->part[i] = v->part;
    m->whole[i] = v->whole;
}

void column_block_of(struct arena *a, const char *indicator_id, const struct column_value *const *values, size_t n,
                     struct columns_block *out)
{
    size_t n_parts = 0;
    bool shares = false;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < values[i]->n_parts; k++) {
            shares = shares || (values[i]->parts[k].has & HAS_SHARE) != 0;
        }
        n_parts += values[i]->n_parts;
    }
    size_t n_shares = shares ? n_parts : 0;
#define NUMBERS(count) ARENA_ARRAY(a, int64_t, (count) + 1)
#define WORDS(count) ARENA_ARRAY(a, uint32_t, (count) + 1)
#define BITS(count) ARENA_ARRAY(a, uint8_t, (count) + 1)
    struct making m = {.id = ARENA_ARRAY(a, char, n * RESULT_ID_BYTES + 1), .from = WORDS(n), .to = WORDS(n),
                       .country = WORDS(n), .cut = WORDS(n), .first = WORDS(n), .state = BITS(n), .answer = BITS(n),
                       .has = BITS(n), .number = NUMBERS(n), .part = NUMBERS(n), .whole = NUMBERS(n),
                       .split = WORDS(n_parts), .part_has = BITS(n_parts), .part_number = NUMBERS(n_parts),
                       .share_part = NUMBERS(n_shares), .share_whole = NUMBERS(n_shares)};
    *out = (struct columns_block){
        .key = indicator_id,
        .n = {[OF_VALUES] = n, [OF_PARTS] = n_parts, [OF_SHARES] = n_shares},
        .data = {[OF_VALUES] = {m.id, m.from, m.to, m.country, m.cut, m.state, m.answer, m.has, m.first, m.number, m.part,
                                m.whole},
                 [OF_PARTS] = {m.split, m.part_has, m.part_number},
                 [OF_SHARES] = {m.share_part, m.share_whole}},
    };
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        put_value(&m, values[i], i, at);
        put_parts(&m, values[i], at, shares);
        at += values[i]->n_parts;
    }
}

void column_piece_add(struct column_pieces *pieces, const struct columns_block *of, size_t first, size_t end)
{
    struct column_piece *last = pieces->n == 0 ? NULL : &pieces->items[pieces->n - 1];
    if (first == end) {
        return;
    }
    if (last != NULL && last->of == of && last->end == first) {
        last->end = end;
    } else {
        pieces->items = arena_room(pieces->arena, pieces->items, sizeof *pieces->items, pieces->n, &pieces->cap);
        pieces->items[pieces->n++] = (struct column_piece){of, first, end};
    }
}

enum column_shares column_pieces_shares(const struct column_pieces *pieces)
{
    bool some = false, all = true;
    for (size_t i = 0; i < pieces->n; i++) {
        const struct columns_block *b = pieces->items[i].of;
        some = some || b->n[OF_SHARES] > 0;
        all = all && (b->n[OF_SHARES] > 0 || b->n[OF_PARTS] == 0);
    }
    return !some ? SHARES_NONE : all ? SHARES_ALL : SHARES_SOME;
}

// Copies rows of one section, all columns of it, behind those that are there.
static void append(struct columns_block *out, unsigned section, const struct columns_block *from, size_t first, size_t n)
{
    for (unsigned c = 0; c < sections[section].n && n > 0; c++) {
        size_t width = sections[section].columns[c].width;
        memcpy((char *)out->data[section][c] + out->n[section] * width,
               (const char *)from->data[section][c] + first * width, n * width);
    }
    out->n[section] += n;
}

void column_block_join(struct arena *a, const char *indicator_id, const struct column_pieces *pieces,
                       struct columns_block *out)
{
    size_t rows[COLUMNS_SECTIONS] = {0};
    const struct column_piece *whole = pieces->n == 1 ? pieces->items : NULL;
    if (whole != NULL && whole->first == 0 && whole->end == whole->of->n[OF_VALUES]) {
        *out = *whole->of;
        return;
    }
    bool shares = column_pieces_shares(pieces) != SHARES_NONE;
    *out = (struct columns_block){.key = indicator_id};
    for (size_t i = 0; i < pieces->n; i++) {
        const struct column_piece *p = &pieces->items[i];
        size_t first, end, ignored;
        result_look_parts(p->of, p->first, &first, &ignored);
        result_look_parts(p->of, p->end - 1, &ignored, &end);
        rows[OF_VALUES] += p->end - p->first;
        rows[OF_PARTS] += end - first;
    }
    rows[OF_SHARES] = shares ? rows[OF_PARTS] : 0;
    for (unsigned s = 0; s < COUNT_OF(sections); s++) {
        for (unsigned c = 0; c < sections[s].n; c++) {
            out->data[s][c] = arena_array(a, sections[s].columns[c].width, rows[s] + 1);
        }
    }
    for (size_t i = 0; i < pieces->n; i++) {
        const struct column_piece *p = &pieces->items[i];
        size_t first, end, ignored, at = out->n[OF_VALUES];
        result_look_parts(p->of, p->first, &first, &ignored);
        result_look_parts(p->of, p->end - 1, &ignored, &end);
        append(out, OF_VALUES, p->of, p->first, p->end - p->first);
        for (uint32_t *v = (uint32_t *)out->data[OF_VALUES][VALUE_FIRST]; at < out->n[OF_VALUES]; at++) {
            v[at] = v[at] - (uint32_t)first + (uint32_t)out->n[OF_PARTS];
        }
        append(out, OF_PARTS, p->of, first, end - first);
        if (p->of->n[OF_SHARES] > 0) {
            append(out, OF_SHARES, p->of, first, end - first);
        } else if (shares) {
            out->n[OF_SHARES] += end - first; // zeros
        }
    }
}

struct result_entry result_look_entry(const struct result_look *l, const struct columns_block *b, size_t i)
{
    uint8_t has = CELL(b, OF_VALUES, VALUE_HAS, uint8_t)[i];
    return (struct result_entry){
        .id = column_id_at(b, i),
        .place = result_look_word(l, WORD_COUNTRY, CELL(b, OF_VALUES, VALUE_COUNTRY, uint32_t)[i]),
        .from = result_look_word(l, WORD_DAY, CELL(b, OF_VALUES, VALUE_FROM, uint32_t)[i]),
        .to = result_look_word(l, WORD_DAY, CELL(b, OF_VALUES, VALUE_TO, uint32_t)[i]),
        .state = (enum result_state)CELL(b, OF_VALUES, VALUE_STATE, uint8_t)[i],
        .answer = (enum result_answer)CELL(b, OF_VALUES, VALUE_ANSWER, uint8_t)[i],
        .has_value = (has & HAS_NUMBER) != 0,
        .value = CELL(b, OF_VALUES, VALUE_NUMBER, int64_t)[i],
        .has_fraction = (has & HAS_SHARE) != 0,
        .part = CELL(b, OF_VALUES, VALUE_PART, int64_t)[i],
        .whole = CELL(b, OF_VALUES, VALUE_WHOLE, int64_t)[i],
    };
}

struct result_part result_look_part(const struct columns_block *b, size_t i)
{
    uint8_t has = CELL(b, OF_PARTS, PART_HAS, uint8_t)[i];
    bool share = (has & HAS_SHARE) != 0;
    return (struct result_part){
        .has_value = (has & HAS_NUMBER) != 0,
        .value = CELL(b, OF_PARTS, PART_NUMBER, int64_t)[i],
        .has_fraction = share,
        .part = share ? CELL(b, OF_SHARES, SHARE_PART, int64_t)[i] : 0,
        .whole = share ? CELL(b, OF_SHARES, SHARE_WHOLE, int64_t)[i] : 0,
    };
}
