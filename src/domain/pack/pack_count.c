// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_count.c: what can be counted in a pack, in the words of the inventory of the published Toolkit.
//
// What every tool of a kind has is counted without being asked (questions of a checklist, risks of a
// risk table, ...); what one tool has of its own it lists under `counts`. Lines with the same tool and
// words are added up, so that several tools can make one figure. A test compares the result with the
// inventory.

#include "pack/pack_inner.h"

#include <string.h>

#include "base/bug.h"

#define MAX_COUNTS 2000

struct counting {
    struct arena *arena;
    struct pack_count *list;
    size_t n;
};

static void add(struct counting *c, const char *tool, const char *what, long count)
{
    for (size_t i = 0; i < c->n; i++) {
        if (strcmp(c->list[i].tool, tool) == 0 && strcmp(c->list[i].what, what) == 0) {
            c->list[i].count += count;
            return;
        }
    }
    ensure(c->n < MAX_COUNTS);
    c->list[c->n++] = (struct pack_count){tool, what, count};
}

// ---- rows ---------------------------------------------------------------------------------------

// What a count looks at; empty fields take everything.
struct filter {
    const char *section;
    const char *result;
    const char *part;
    enum pack_unit unit;
};

static bool same(const char *a, const char *b)
{
    return a != NULL && strcmp(a, b) == 0;
}

static bool taken(const struct pack_row *row, const struct filter *f)
{
    return (f->section == NULL || same(row->section, f->section)) &&
           (f->result == NULL || same(row->result, f->result)) &&
           (f->part == NULL || same(row->part_word, f->part)) &&
           (f->unit == PACK_UNIT_NONE || row->unit == f->unit);
}

static bool is_asked(const struct pack_row *row)
{
    return row->part == PACK_PART_NONE || row->part == PACK_PART_QUESTION;
}

static long count_rows(const struct pack_tool *t, const struct filter *f)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        n += taken(&t->rows[i], f);
    }
    return n;
}

// "4.3.3-R05.2" is the second indicator of the printed row 4.3.3-R05.
static size_t printed_row_length(const char *id)
{
    const char *dash = strrchr(id, '-');
    const char *dot = dash == NULL ? NULL : strchr(dash, '.');
    return dot == NULL ? strlen(id) : (size_t)(dot - id);
}

static bool same_printed_row(const char *a, const char *b)
{
    size_t n = printed_row_length(a);
    return n == printed_row_length(b) && memcmp(a, b, n) == 0;
}

// The first row of each printed row that is taken; without_targets: only where nothing is printed in
// the column of targets, which a pack sorts into targets and assumptions.
static long count_printed_rows(const struct pack_tool *t, const struct filter *f,
                               bool without_targets)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        const struct pack_row *row = &t->rows[i];
        bool empty = row->n_targets == 0 && row->n_assumptions == 0;
        bool counts = taken(row, f) && (!without_targets || empty);
        for (unsigned k = 0; k < i && counts; k++) {
            counts = !same_printed_row(t->rows[k].id, t->rows[i].id);
        }
        n += counts;
    }
    return n;
}

// ---- references ---------------------------------------------------------------------------------

// References as printed: where no other print is noted, what is printed is what is meant.
static long count_refs(const struct pack_tool *t, const char *like, bool moved)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        const struct pack_row *row = &t->rows[i];
        if (!is_asked(row)) {
            continue;
        }
        const char **printed = row->n_refs_printed > 0 ? row->refs_printed : row->refs;
        unsigned n_printed = row->n_refs_printed > 0 ? row->n_refs_printed : row->n_refs;
        for (unsigned k = 0; k < n_printed; k++) {
            bool fits = like == NULL || strncmp(printed[k], like, strlen(like)) == 0;
            bool other = k >= row->n_refs || strcmp(printed[k], row->refs[k]) != 0;
            n += fits && (!moved || other);
        }
    }
    return n;
}

static long count_where(const struct pack_tool *t, enum pack_count_of of)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        const struct pack_row *row = &t->rows[i];
        switch (of) {
        case COUNT_OF_SLOTS: n += row->slots; break;
        case COUNT_OF_REFS_DOUBT: n += row->refs_doubt == PACK_YES; break;
        case COUNT_OF_ROWS_WITHOUT_REFS: n += row->n_refs + row->n_refs_printed == 0; break;
        case COUNT_OF_ROWS_WITH_ARGUMENT: n += row->argument != NULL; break;
        case COUNT_OF_ROWS_WITH_SPLIT: n += row->split_printed != NULL; break;
        default: break;
        }
    }
    return n;
}

// ---- sections and scales ------------------------------------------------------------------------

static long count_sections(const struct pack_tool *t, bool with_source)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_sections; i++) {
        const struct pack_section *s = &t->sections[i];
        n += with_source ? s->source != NULL : s->printed != NULL && s->printed[0] != '(';
    }
    return n;
}

// Levels of the scales that rows of the tool name for themselves.
static long count_levels(const struct pack_tool *t, const struct filter *f, bool described)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        const struct pack_row *row = &t->rows[i];
        bool named = row->scale != NULL && taken(row, f);
        const struct pack_scale *scale = named ? row_scale(t, row) : NULL;
        for (unsigned k = 0; scale != NULL && k < scale->n_levels; k++) {
            n += scale->levels[k].row != NULL && (!described || scale->levels[k].meaning != NULL);
        }
    }
    return n;
}

// "items in {id}" for each part of the tool.
static const char *name_part(struct arena *a, const char *what, const char *id, const char *printed)
{
    const char *at = strchr(what, '{');
    const char *end = at == NULL ? NULL : strchr(at, '}');
    if (end == NULL) {
        return what;
    }
    const char *word = strncmp(at, "{printed}", 9) == 0 && printed != NULL ? printed : id;
    return arena_printf(a, "%.*s%s%s", (int)(at - what), what, word, end + 1);
}

static void count_by_section(struct counting *c, const struct pack_tool *t, const char *tool,
                             const char *what, const char *part)
{
    for (unsigned i = 0; i < t->n_sections; i++) {
        const struct pack_section *s = &t->sections[i];
        long n = count_rows(t, &(struct filter){.section = s->id, .part = part});
        if (n > 0) {
            add(c, tool, name_part(c->arena, what, s->id, s->printed), n);
        }
    }
}

static void count_by_result(struct counting *c, const struct pack_tool *t, const char *tool,
                            const char *what)
{
    for (unsigned i = 0; i < t->n_results; i++) {
        const char *id = t->results[i].id;
        add(c, tool, name_part(c->arena, what, id, NULL),
            count_printed_rows(t, &(struct filter){.result = id}, false));
    }
}

// ---- what a tool lists itself -------------------------------------------------------------------

static void count_tally(struct counting *c, const struct pack_tool *t, const struct pack_tally *k)
{
    const char *tool = k->tool == NULL ? t->id : k->tool;
    const struct filter all = {.part = k->part, .unit = k->unit};
    long n = 0;
    switch (k->of) {
    case COUNT_OF_ROWS_BY_SECTION: count_by_section(c, t, tool, k->what, k->part); return;
    case COUNT_OF_PRINTED_ROWS_BY_RESULT: count_by_result(c, t, tool, k->what); return;
    case COUNT_OF_TOOLS: n = 1; break;
    case COUNT_OF_ROWS: n = count_rows(t, &all); break;
    case COUNT_OF_SECTIONS: n = count_sections(t, false); break;
    case COUNT_OF_SECTION_SOURCES: n = count_sections(t, true); break;
    case COUNT_OF_RESULTS: n = t->n_results; break;
    case COUNT_OF_PRINTED_ROWS: n = count_printed_rows(t, &all, false); break;
    case COUNT_OF_PRINTED_ROWS_WITHOUT_TARGETS: n = count_printed_rows(t, &all, true); break;
    case COUNT_OF_USER_ROWS: n = t->user_rows; break;
    case COUNT_OF_LEVELS: n = count_levels(t, &all, false); break;
    case COUNT_OF_LEVELS_DESCRIBED: n = count_levels(t, &all, true); break;
    case COUNT_OF_REFS: n = count_refs(t, k->like, false); break;
    case COUNT_OF_REFS_MOVED: n = count_refs(t, k->like == NULL ? "1." : k->like, true); break;
    default: n = count_where(t, k->of); break;
    }
    add(c, tool, k->what, n);
}

// ---- what every tool of a kind has --------------------------------------------------------------

// "questions", and "questions: HEADING" for each section with a printed heading.
static void count_asked(struct counting *c, const struct pack_tool *t, const char *what)
{
    long all = 0;
    for (unsigned s = 0; s <= t->n_sections; s++) {
        const struct pack_section *section = s == t->n_sections ? NULL : &t->sections[s];
        long n = 0;
        for (unsigned i = 0; i < t->n_rows; i++) {
            n += is_asked(&t->rows[i]) &&
                 (section == NULL || same(t->rows[i].section, section->id));
        }
        if (section == NULL) {
            all = n;
        } else if (section->printed != NULL) {
            add(c, t->id, arena_printf(c->arena, "%s: %s", what, section->printed), n);
        }
    }
    add(c, t->id, what, all);
}

static void count_indicators(struct counting *c, const struct pack_tool *t)
{
    const struct filter all = {0};
    add(c, t->id, "expected results", t->n_results);
    add(c, t->id, "indicator rows", count_printed_rows(t, &all, false));
    add(c, t->id, "indicators after splitting", t->n_rows);
    count_by_result(c, t, t->id, "indicator rows under expected result {id}");
}

// A checklist whose sections ask different things names the rows of each in its own counts.
static bool counts_its_sections(const struct pack_tool *t)
{
    for (unsigned k = 0; k < t->n_counts; k++) {
        if (t->counts[k].of == COUNT_OF_ROWS_BY_SECTION) {
            return true;
        }
    }
    return false;
}

static void count_checklist(struct counting *c, const struct pack_tool *t)
{
    count_asked(c, t, "questions");
    long sections = count_sections(t, false);
    if (sections > 0) {
        add(c, t->id, "sections", sections);
    }
}

static void count_by_kind(struct counting *c, const struct pack_tool *t)
{
    switch (t->kind) {
    case PACK_KIND_INSTRUMENTS: count_asked(c, t, "instruments"); break;
    case PACK_KIND_QUESTION_TABLE: count_asked(c, t, "questions"); break;
    case PACK_KIND_CHECKLIST:
        if (!counts_its_sections(t)) {
            count_checklist(c, t);
        }
        break;
    case PACK_KIND_RISK_TABLE:
        add(c, t->id, "risks", t->n_rows);
        add(c, t->id, "risks without a cross reference",
            count_where(t, COUNT_OF_ROWS_WITHOUT_REFS));
        add(c, t->id, "user rows (Additional risks)", t->user_rows);
        break;
    case PACK_KIND_INDICATOR_SET: count_indicators(c, t); break;
    default: break; // the inventory counts other things in each of these
    }
    bool refers = t->kind == PACK_KIND_CHECKLIST || t->kind == PACK_KIND_RISK_TABLE;
    long refs = refers ? count_refs(t, NULL, false) : 0;
    if (refs > 0) {
        add(c, "crossrefs", arena_printf(c->arena, "row references in %s", t->id), refs);
    }
}

struct pack_count *pack_counts(struct arena *a, const struct pack *p, size_t *n)
{
    struct counting c = {a, ARENA_ARRAY(a, struct pack_count, MAX_COUNTS), 0};
    size_t n_tools;
    const struct pack_tool *const *tools = pack_tools(p, &n_tools);
    for (size_t i = 0; i < n_tools; i++) {
        const struct pack_tool *t = tools[i];
        if (t->counted_as != NULL) {
            add(&c, "all", p->counted == NULL ? "tools" : p->counted, 1);
            add(&c, "all", arena_printf(a, "tools of kind %s", t->counted_as), 1);
        }
        count_by_kind(&c, t);
        for (unsigned k = 0; k < t->n_counts; k++) {
            count_tally(&c, t, &t->counts[k]);
        }
    }
    *n = c.n;
    return c.list;
}
