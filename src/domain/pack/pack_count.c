// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_count.c: what can be counted in a pack, by the kind of its tools, in the words of the inventory
// of the published Toolkit. A test compares the two.

#include "pack/pack.h"

#include <string.h>

#define MAX_COUNTS 2000

struct counting {
    struct arena *arena;
    struct pack_count *list;
    size_t n;
};

static void add(struct counting *c, const char *tool, const char *what, long count)
{
    if (c->n < MAX_COUNTS) {
        c->list[c->n++] = (struct pack_count){tool, what, count};
    }
}

// "questions", and "questions: HEADING" for each section with a printed heading.
static void count_by_section(struct counting *c, const struct pack_tool *t, const char *what)
{
    add(c, t->id, what, t->n_rows);
    for (unsigned s = 0; s < t->n_sections; s++) {
        const struct pack_section *section = &t->sections[s];
        long n = 0;
        for (unsigned i = 0; i < t->n_rows; i++) {
            n += t->rows[i].section != NULL && strcmp(t->rows[i].section, section->id) == 0;
        }
        if (section->printed != NULL) {
            add(c, t->id, arena_printf(c->arena, "%s: %s", what, section->printed), n);
        }
    }
}

static void count_risks(struct counting *c, const struct pack_tool *t)
{
    long without = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        without += t->rows[i].n_refs == 0 && t->rows[i].n_refs_printed == 0;
    }
    add(c, t->id, "risks", t->n_rows);
    add(c, t->id, "risks without a cross reference", without);
    add(c, t->id, "user rows (Additional risks)", t->user_rows);
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

// Different printed rows; result NULL: of all results.
static long count_printed_rows(const struct pack_tool *t, const char *result)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        if (result != NULL && strcmp(t->rows[i].result, result) != 0) {
            continue;
        }
        bool seen = false;
        for (unsigned k = 0; k < i && !seen; k++) {
            seen = same_printed_row(t->rows[k].id, t->rows[i].id);
        }
        n += !seen;
    }
    return n;
}

static void count_indicators(struct counting *c, const struct pack_tool *t)
{
    add(c, t->id, "expected results", t->n_results);
    add(c, t->id, "indicator rows", count_printed_rows(t, NULL));
    add(c, t->id, "indicators after splitting", t->n_rows);
    for (unsigned i = 0; i < t->n_results; i++) {
        add(c, t->id,
            arena_printf(c->arena, "indicator rows under expected result %s", t->results[i].id),
            count_printed_rows(t, t->results[i].id));
    }
}

// References as printed: where no other print is noted, what is printed is what is meant.
static void count_references(struct counting *c, const struct pack_tool *t)
{
    long n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        n += t->rows[i].n_refs_printed > 0 ? t->rows[i].n_refs_printed : t->rows[i].n_refs;
    }
    add(c, "crossrefs", arena_printf(c->arena, "row references in %s", t->id), n);
}

struct pack_count *pack_counts(struct arena *a, const struct pack *p, size_t *n)
{
    struct counting c = {a, ARENA_ARRAY(a, struct pack_count, MAX_COUNTS), 0};
    size_t n_tools;
    const struct pack_tool *const *tools = pack_tools(p, &n_tools);
    for (size_t i = 0; i < n_tools; i++) {
        const struct pack_tool *t = tools[i];
        switch (t->kind) {
        case PACK_KIND_INSTRUMENTS: count_by_section(&c, t, "instruments"); break;
        case PACK_KIND_PROFILE: count_by_section(&c, t, "fields"); break;
        case PACK_KIND_QUESTION_TABLE: count_by_section(&c, t, "questions"); break;
        case PACK_KIND_CHECKLIST:
            count_by_section(&c, t, "questions");
            add(&c, t->id, "sections", t->n_sections);
            break;
        case PACK_KIND_RISK_TABLE: count_risks(&c, t); break;
        case PACK_KIND_INDICATOR_SET: count_indicators(&c, t); break;
        case PACK_KIND_GUIDANCE: // the inventory counts other things in each of these
        case PACK_KIND_NONE:
        case PACK_KIND_COUNT: break;
        }
        if (t->kind == PACK_KIND_CHECKLIST || t->kind == PACK_KIND_RISK_TABLE) {
            count_references(&c, t);
        }
    }
    *n = c.n;
    return c.list;
}
