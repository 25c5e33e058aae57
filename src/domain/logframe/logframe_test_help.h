// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_test_help.h: records that the unit tests of this noun share, and theories drawn by lot (fixed seed).

#ifndef LOGFRAME_LOGFRAME_TEST_HELP_H
#define LOGFRAME_LOGFRAME_TEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "logframe/logframe.h"
#include "logframe/logframe_theory.h"
#include "programme/programme.h"
#include "result/result.h"

static struct arena *arena;

static inline int set_up(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_REQUEST_BYTES);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// ---- records ------------------------------------------------------------------------------------

static inline struct record *programme(void)
{
    struct record *p = record_new(arena, &entity_programme);
    p->id = "p";
    record_set_text(p, "number", "T1");
    return p;
}

static inline struct record *result(const char *id, const char *level, const char *parent)
{
    struct record *r = record_new(arena, &entity_result);
    r->id = id;
    record_set_text(r, "programme_id", "p");
    record_set_text(r, "level", level);
    record_set_text(r, "code", id);
    record_set_text(r, "parent_id", parent);
    record_set_text(r, "statement", arena_printf(arena, "What %s says", id));
    return r;
}

static inline struct record *indicator(const char *id, const char *of, const char *state)
{
    struct record *k = record_new(arena, &entity_indicator);
    k->id = id;
    record_set_text(k, "programme_id", "p");
    record_set_text(k, "code", id);
    record_set_text(k, "result_id", of);
    record_set_text(k, "title", arena_printf(arena, "How much of %s", of));
    record_set_text(k, "unit", "count");
    record_set_text(k, "direction", "more");
    record_set_text(k, "accumulation", "latest");
    record_set_text(k, "state", state);
    return k;
}

static inline struct record *target(const char *id, const char *of, const char *on, const char *value)
{
    struct record *t = record_new(arena, &entity_target);
    t->id = id;
    record_set_text(t, "indicator_id", of);
    record_set_text(t, "due_on", on);
    record_set_text(t, "value", value);
    return t;
}

static inline struct record *a_link(const char *cause, const char *effect, const char *assumption,
                             const char *strength, const char *evidence)
{
    struct record *k = record_new(arena, &entity_result_link);
    k->id = arena_printf(arena, "%s-%s", cause, effect);
    record_set_text(k, "theory_id", "t");
    record_set_text(k, "cause_id", cause);
    record_set_text(k, "effect_id", effect);
    record_set_text(k, "assumption", assumption);
    record_set_text(k, "strength", strength);
    record_set_text(k, "evidence", evidence);
    return k;
}

static inline struct record *theory(void)
{
    struct record *t = record_new(arena, &entity_theory);
    t->id = "t";
    record_set_text(t, "programme_id", "p");
    return t;
}

static inline bool text_is(const struct record *r, const char *field, const char *text)
{
    return strcmp(record_text(r, field), text) == 0;
}

// ---- a theory drawn by lot ----------------------------------------------------------------------

#define MOST_RESULTS 9
#define MOST_LINKS 16

struct random_theory {
    struct record *results[MOST_RESULTS];
    size_t n_results;
    struct record *indicators[MOST_RESULTS];
    size_t n_indicators;
    struct record *links[MOST_LINKS];
    size_t n_links;
    struct theory made;
};

static unsigned seed;
static inline unsigned dice(unsigned sides)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % sides;
}

static inline void make_random(struct random_theory *x)
{
    static const char *const levels[] = {"goal", "outcome", "output"};
    static const char *const strengths[] = {"strong", "some", "weak", "none", ""};
    *x = (struct random_theory){.n_results = 1 + dice(MOST_RESULTS)};
    for (size_t i = 0; i < x->n_results; i++) {
        x->results[i] = result(arena_printf(arena, "r%zu", i), levels[dice(3)], "");
        if (dice(2) == 0) {
            x->indicators[x->n_indicators++] = indicator(
                arena_printf(arena, "i%zu", i), x->results[i]->id, dice(3) ? "active" : "retired");
        }
    }
    for (size_t i = 0; i < dice(MOST_LINKS); i++) {
        size_t cause = dice((unsigned)x->n_results), effect = dice((unsigned)x->n_results);
        if (cause != effect) {
            x->links[x->n_links++] =
                a_link(x->results[cause]->id, x->results[effect]->id, dice(3) ? "It holds" : "",
                       strengths[dice(5)], dice(2) ? "A study" : "");
        }
    }
    theory_make(arena, programme(), theory(), x->results, x->n_results, x->indicators,
                x->n_indicators, x->links, x->n_links, &x->made);
}

#endif
