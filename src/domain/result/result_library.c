// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_library.c: see result_library.h.

#include "result/result_library.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "result/result.h"
#include "result/result_split.h"

// Names of the lines of row_adopted.
static const char *const keys[LIBRARY_POINTS] = {
    [LIBRARY_TEXT] = "text",        [LIBRARY_UNIT] = "unit",
    [LIBRARY_DIRECTION] = "direction", [LIBRARY_OVER_TIME] = "over-time",
    [LIBRARY_SPLIT] = "split",      [LIBRARY_PART] = "part",
    [LIBRARY_WHOLE] = "whole",      [LIBRARY_MEANS] = "means",
    [LIBRARY_ASSUMPTIONS] = "assumptions"};

const struct pack_row *library_row(const char *id, const struct pack_tool **tool)
{
    const struct pack_row *row = id[0] == '\0' ? NULL : pack_row_anywhere(id, tool);
    return row != NULL && (*tool)->kind == PACK_KIND_INDICATOR_SET ? row : NULL;
}

#define SDG_TOOL "intro-sdg"

const struct pack_row *library_sdg_target(const char *number, const struct pack_tool **tool)
{
    *tool = pack_tool_anywhere(SDG_TOOL);
    for (unsigned i = 0; *tool != NULL && i < (*tool)->n_rows; i++) {
        const struct pack_row *row = &(*tool)->rows[i];
        if (row->number != NULL && strcmp(row->number, number) == 0) {
            return row;
        }
    }
    return NULL;
}

// ---- a row in words ---------------------------------------------------------------------------------

const char *library_code(struct arena *a, const char *word)
{
    char *code = arena_copy(a, word);
    for (char *c = code; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : *c;
    }
    return code;
}

bool library_can_split(const char *code)
{
    return characteristic_find(code) != NULL;
}

bool library_unit_splits(const struct pack_row *row)
{
    return row->unit == PACK_UNIT_COUNT_OF || row->unit == PACK_UNIT_PERCENTAGE ||
           row->unit == PACK_UNIT_PROPORTION || row->unit == PACK_UNIT_RATIO;
}

static const char *joined(struct arena *a, const char *const *texts, unsigned n, const char *between)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (unsigned i = 0; i < n; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : between, texts[i]);
    }
    return b.data;
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static void read_row(struct arena *a, const struct pack_row *row, const char *out[LIBRARY_POINTS])
{
    out[LIBRARY_TEXT] = row->text;
    out[LIBRARY_UNIT] = library_code(a, pack_unit_word(row->unit));
    out[LIBRARY_DIRECTION] = pack_direction_word(row->direction);
    out[LIBRARY_OVER_TIME] = library_code(a, pack_accumulation_word(row->accumulation));
    out[LIBRARY_SPLIT] = joined(a, row->disaggregation, row->n_disaggregation, " ");
    out[LIBRARY_PART] = or_empty(row->numerator);
    out[LIBRARY_WHOLE] = or_empty(row->denominator);
    out[LIBRARY_MEANS] = joined(a, row->means, row->n_means, "\n");
    out[LIBRARY_ASSUMPTIONS] = joined(a, row->assumptions, row->n_assumptions, "\n");
}

// A text of several lines becomes several lines of the same name.
static void put(struct buf *b, const char *key, const char *text)
{
    for (const char *p = text; *p != '\0';) {
        size_t n = strcspn(p, "\n");
        buf_printf(b, "%s: ", key);
        buf_add(b, p, n);
        buf_char(b, '\n');
        p += n;
        p += *p == '\n' ? 1 : 0;
    }
}

const char *library_row_words(struct arena *a, const struct pack_tool *tool,
                              const struct pack_row *row)
{
    const char *texts[LIBRARY_POINTS];
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    read_row(a, row, texts);
    put(&b, "version", tool->pack->version);
    for (int i = 0; i < LIBRARY_POINTS; i++) {
        put(&b, keys[i], texts[i]);
    }
    return arena_copy_n(a, b.data, b.len > 0 ? b.len - 1 : 0); // fields end without a line break
}

// The lines of one name, below each other; "" when there is none.
static const char *take(struct arena *a, const char *words, const char *key)
{
    struct buf b;
    size_t len = strlen(key);
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, "\n");
        if (n > len + 1 && strncmp(p, key, len) == 0 && p[len] == ':' && p[len + 1] == ' ') {
            if (b.len > 0) {
                buf_char(&b, '\n');
            }
            buf_add(&b, p + len + 2, n - len - 2);
        }
        p += n;
        p += *p == '\n' ? 1 : 0;
    }
    return b.data;
}

void library_adopt(struct arena *a, const struct lang *lang, const struct pack_tool *tool,
                   const struct pack_row *row, struct record *indicator)
{
    const char *texts[LIBRARY_POINTS];
    read_row(a, row, texts);
    record_set_text(indicator, "row", row->id);
    record_set_text(indicator, "row_adopted", library_row_words(a, tool, row));
    record_set_text(indicator, "title", pack_words_ours(tool->pack, lang, row->id, row->text));
    record_set_text(indicator, "unit", texts[LIBRARY_UNIT]);
    record_set_text(indicator, "direction", texts[LIBRARY_DIRECTION]);
    record_set_text(indicator, "accumulation", texts[LIBRARY_OVER_TIME]);
    record_set_text(indicator, "means", texts[LIBRARY_MEANS]);
    record_set_text(indicator, "assumptions", texts[LIBRARY_ASSUMPTIONS]);
    const char *splits = "";
    for (unsigned i = 0; library_unit_splits(row) && i < row->n_disaggregation; i++) {
        if (library_can_split(row->disaggregation[i])) {
            splits = arena_printf(a, "%s %s", splits, row->disaggregation[i]);
        }
    }
    record_set_text(indicator, "disaggregation",
                    splits[0] == '\0' ? NULL : arena_printf(a, "%s ", splits));
    record_set_text(indicator, "counted", texts[LIBRARY_PART]);
    record_set_text(indicator, "counted_of", texts[LIBRARY_WHOLE]);
}

// ---- what is different ------------------------------------------------------------------------------

static const char *splits_of(struct arena *a, unsigned asks)
{
    return arena_printf(a, "%s%s%s", (asks & SPLIT_SEX) != 0 ? "sex" : "",
                        asks == (SPLIT_SEX | SPLIT_AGE) ? " " : "",
                        (asks & SPLIT_AGE) != 0 ? "age" : "");
}

static unsigned asks_of_words(const char *words)
{
    unsigned asks = 0;
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, " ");
        asks |= n == 3 && strncmp(p, "sex", 3) == 0 ? SPLIT_SEX : 0;
        asks |= n == 3 && strncmp(p, "age", 3) == 0 ? SPLIT_AGE : 0;
        p += n;
        p += *p == ' ' ? 1 : 0;
    }
    return asks;
}

unsigned library_indicator_asks(const struct record *indicator)
{
    return (record_has_code(indicator, "disaggregation", "sex") ? SPLIT_SEX : 0) |
           (record_has_code(indicator, "disaggregation", "age") ? SPLIT_AGE : 0);
}

unsigned library_asks(const struct pack_row *row)
{
    unsigned asks = 0;
    for (unsigned i = 0; i < row->n_disaggregation; i++) {
        asks |= asks_of_words(row->disaggregation[i]);
    }
    return asks;
}

static void read_ours(struct arena *a, const struct record *k, const char *out[LIBRARY_POINTS])
{
    out[LIBRARY_TEXT] = record_text(k, "title");
    out[LIBRARY_UNIT] = record_text(k, "unit");
    out[LIBRARY_DIRECTION] = record_text(k, "direction");
    out[LIBRARY_OVER_TIME] = record_text(k, "accumulation");
    out[LIBRARY_SPLIT] = splits_of(a, library_indicator_asks(k));
    out[LIBRARY_PART] = record_text(k, "counted");
    out[LIBRARY_WHOLE] = record_text(k, "counted_of");
    out[LIBRARY_MEANS] = record_text(k, "means");
    out[LIBRARY_ASSUMPTIONS] = record_text(k, "assumptions");
}

// Is ours still what the row said? A split that cannot be kept for this unit is no adaptation.
static bool is_adapted(enum library_what what, const struct record *k, const char *ours,
                       const char *base, const char *translated)
{
    if ((what == LIBRARY_PART || what == LIBRARY_WHOLE) && ours[0] == '\0') {
        return false; // kept in the definition, before there were fields for them
    }
    if (what == LIBRARY_SPLIT) {
        bool kept = strcmp(record_text(k, "unit"), "count") == 0;
        return kept && library_indicator_asks(k) != asks_of_words(base);
    }
    return strcmp(ours, base) != 0 &&
           (what != LIBRARY_TEXT || translated == NULL || strcmp(ours, translated) != 0);
}

void library_compare(struct arena *a, const struct lang *lang, const struct pack_tool *tool,
                     const struct pack_row *row, const struct record *indicator,
                     struct library_view *out)
{
    const char *words = record_text(indicator, "row_adopted");
    bool known = words[0] != '\0';
    const char *ours[LIBRARY_POINTS];
    const char *theirs[LIBRARY_POINTS];
    *out = (struct library_view){.version_then = known ? take(a, words, "version") : NULL};
    read_ours(a, indicator, ours);
    for (int i = 0; i < LIBRARY_POINTS && row == NULL; i++) {
        theirs[i] = "";
    }
    if (row != NULL) {
        read_row(a, row, theirs);
    }
    const char *translated =
        row == NULL ? NULL : pack_words_ours(tool->pack, lang, row->id, row->text);
    for (int i = 0; i < LIBRARY_POINTS; i++) {
        struct library_point *p = &out->points[i];
        *p = (struct library_point){.ours = ours[i], .theirs = theirs[i]};
        p->then = known ? take(a, words, keys[i]) : NULL;
        p->moved = known && row != NULL && strcmp(p->then, p->theirs) != 0;
        const char *base = known ? p->then : p->theirs;
        p->adapted = (known || row != NULL) && is_adapted((enum library_what)i, indicator, ours[i],
                                                          base, p->moved ? NULL : translated);
        out->adapted = out->adapted || p->adapted;
        out->moved = out->moved || p->moved;
    }
}

const char *library_point_label(enum library_what what)
{
    static const char *const labels[LIBRARY_POINTS] = {
        [LIBRARY_TEXT] = MSG("Title"),           [LIBRARY_UNIT] = MSG("Unit"),
        [LIBRARY_DIRECTION] = MSG("Direction"),  [LIBRARY_OVER_TIME] = MSG("Over time"),
        [LIBRARY_SPLIT] = MSG("Split by"),       [LIBRARY_PART] = MSG("Part"),
        [LIBRARY_WHOLE] = MSG("Whole"),          [LIBRARY_MEANS] = MSG("Means of verification"),
        [LIBRARY_ASSUMPTIONS] = MSG("Assumptions")};
    return labels[what];
}

static const char *code_words(const struct lang *lang, const char *field, const char *code)
{
    const char *label = field_choice_label(entity_field(&entity_indicator, field), code);
    return label == NULL ? code : tr(lang, label);
}

static const char *split_codes_words(struct arena *a, const struct lang *lang, const char *split_codes)
{
    const char *words = "";
    for (const char *p = split_codes; *p != '\0';) {
        size_t n = strcspn(p, " ");
        const char *word = tr(lang, pack_split_label(arena_copy_n(a, p, n)));
        words = words[0] == '\0' ? word : arena_printf(a, "%s, %s", words, word);
        p += n;
        p += *p == ' ' ? 1 : 0;
    }
    return words;
}

const char *library_point_words(struct arena *a, const struct lang *lang, enum library_what what,
                                const char *text)
{
    if (text == NULL || text[0] == '\0') {
        return "–";
    }
    switch (what) {
    case LIBRARY_UNIT:
        return code_words(lang, "unit", text);
    case LIBRARY_DIRECTION:
        return code_words(lang, "direction", text);
    case LIBRARY_OVER_TIME:
        return code_words(lang, "accumulation", text);
    case LIBRARY_SPLIT:
        return split_codes_words(a, lang, text);
    default:
        return text;
    }
}

// ---- sisters ----------------------------------------------------------------------------------------

static bool share(const char *x, const char *y)
{
    return x != NULL && y != NULL && x[0] != '\0' && strcmp(x, y) == 0;
}

unsigned library_missing_splits(const struct sister *items, size_t n, size_t at, size_t by[SPLITS])
{
    const struct sister *of = &items[at];
    unsigned missing = 0;
    for (size_t i = 0; i < n; i++) {
        bool sisters = i != at && (share(items[i].result, of->result) ||
                                   share(items[i].expected, of->expected));
        unsigned fresh = sisters ? items[i].asks & ~of->asks & ~missing : 0;
        for (int bit = 0; bit < SPLITS; bit++) {
            if ((fresh >> bit & 1) != 0) {
                by[bit] = i;
            }
        }
        missing |= fresh;
    }
    return missing;
}
