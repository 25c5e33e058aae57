// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_theory.c: the graph of a theory of change and what is missing in it.

#include "logframe/logframe_theory.h"

#include <string.h>

#include "base/bug.h"
#include "base/order.h"
#include "base/sort.h"
#include "logframe/logframe.h"
#include "result/result.h"
#include "result/result_lines.h"

// ---- words and order ----------------------------------------------------------------------------

// Place of the code of a field among its choices; `none` when it has none of them.
static int place_of(const struct record *r, const char *field, int none)
{
    int at = result_code_at(r->entity, field, record_text(r, field));
    return at < 0 ? none : at;
}

enum logframe_level logframe_level_of(const struct record *result)
{
    return (enum logframe_level)place_of(result, "level", LEVEL_OUTPUT);
}

const char *logframe_level_name(const struct lang *lang, const struct record *programme,
                                enum logframe_level level)
{
    static const char *const fields[LEVELS] = {"goal_name", "outcome_name", "output_name"};
    static const char *const words[LEVELS] = {MSG("Goal"), MSG("Outcome"), MSG("Output")};
    const char *own = programme == NULL ? "" : record_text(programme, fields[level]);
    return own[0] != '\0' ? own : tr(lang, words[level]);
}

// ---- making -------------------------------------------------------------------------------------

static int by_level_and_code(const void *x, const void *y)
{
    const struct theory_result *a = x;
    const struct theory_result *b = y;
    if (a->level != b->level) {
        return a->level < b->level ? -1 : 1;
    }
    int order = code_order(a->code, b->code);
    return order != 0 ? order : strcmp(a->record->id, b->record->id);
}

static int by_effect_and_cause(const void *x, const void *y)
{
    const struct theory_link *a = x;
    const struct theory_link *b = y;
    if (a->effect != b->effect) {
        return a->effect < b->effect ? -1 : 1;
    }
    if (a->cause != b->cause) {
        return a->cause < b->cause ? -1 : 1;
    }
    return strcmp(a->record->id, b->record->id);
}

// n_results when there is no such result.
static size_t find(const struct theory *t, const char *id)
{
    size_t i = 0;
    while (i < t->n_results && strcmp(t->results[i].record->id, id) != 0) {
        i++;
    }
    return i;
}

void theory_make(struct arena *a, const struct record *programme, const struct record *record,
                 struct record *const *results, size_t n_results, struct record *const *indicators,
                 size_t n_indicators, struct record *const *links, size_t n_links,
                 struct theory *out)
{
    *out = (struct theory){.record = record, .programme = programme};
    out->results = ARENA_ARRAY(a, struct theory_result, n_results + 1);
    out->links = ARENA_ARRAY(a, struct theory_link, n_links + 1);
    for (size_t i = 0; i < n_results; i++) {
        if (strcmp(record_text(results[i], "programme_id"), programme->id) == 0) {
            out->results[out->n_results++] =
                (struct theory_result){.record = results[i],
                                       .code = record_text(results[i], "code"),
                                       .level = logframe_level_of(results[i])};
        }
    }
    sort_items(out->results, out->n_results, sizeof *out->results, by_level_and_code);
    for (size_t i = 0; i < n_indicators; i++) {
        size_t at = find(out, record_text(indicators[i], "result_id"));
        if (at < out->n_results && strcmp(record_text(indicators[i], "state"), "active") == 0) {
            out->results[at].n_indicators++;
        }
    }
    for (size_t i = 0; record != NULL && i < n_links; i++) {
        const struct record *k = links[i];
        if (strcmp(record_text(k, "theory_id"), record->id) != 0) {
            continue;
        }
        struct theory_link link = {.record = k,
                                   .cause = find(out, record_text(k, "cause_id")),
                                   .effect = find(out, record_text(k, "effect_id"))};
        link.strength = (enum theory_strength)place_of(k, "strength", STRENGTH_OPEN);
        link.sphere = (enum theory_sphere)place_of(k, "sphere", SPHERE_OPEN);
        if (link.cause < out->n_results && link.effect < out->n_results) {
            out->links[out->n_links++] = link;
        }
    }
    sort_items(out->links, out->n_links, sizeof *out->links, by_effect_and_cause);
}

// ---- what is missing ----------------------------------------------------------------------------

bool theory_leads(struct arena *a, const struct theory_link *links, size_t n_links,
                  size_t n_results, size_t from, size_t to)
{
    bool *reached = ARENA_ARRAY(a, bool, n_results + 1);
    size_t *next = ARENA_ARRAY(a, size_t, n_results + 1);
    size_t n = 0;
    next[n++] = from;
    while (n > 0) {
        size_t at = next[--n];
        for (size_t i = 0; i < n_links; i++) {
            size_t effect = links[i].effect;
            if (links[i].cause == at && effect == to) {
                return true;
            }
            if (links[i].cause == at && !reached[effect]) {
                reached[effect] = true;
                next[n++] = effect;
            }
        }
    }
    return false;
}

bool theory_gap_is_of_link(enum theory_gap_kind kind)
{
    return kind >= GAP_DOWN;
}

const char *theory_gap_what(enum theory_gap_kind kind)
{
    static const char *const words[GAP_KINDS] = {
        [GAP_NOWHERE] = MSG("It leads to no other result, so nobody can say what it is good for."),
        [GAP_NO_CAUSE] = MSG("Nothing leads to it, so nobody can say how it should come about."),
        [GAP_NO_INDICATOR] = MSG("No indicator shows whether it comes about."),
        [GAP_CIRCLE] = MSG("It leads back to itself, so it would be its own cause."),
        [GAP_DOWN] = MSG("It leads from a higher level to a lower one."),
        [GAP_NO_ASSUMPTION] = MSG("It does not say what must hold for the one to lead to the other."),
        [GAP_NO_EVIDENCE] = MSG("Nothing shows that its assumption holds."),
    };
    ensure(kind < GAP_KINDS);
    return words[kind];
}

const char *theory_gap_mend(enum theory_gap_kind kind)
{
    static const char *const words[GAP_KINDS] = {
        [GAP_NOWHERE] = MSG("Add a link from it, or ask whether it is needed."),
        [GAP_NO_CAUSE] = MSG("Add a link to it, or ask whether the programme can reach it."),
        [GAP_NO_INDICATOR] = MSG("Choose an indicator for it."),
        [GAP_CIRCLE] = MSG("Remove one link of the circle."),
        [GAP_DOWN] = MSG("Turn the link round, or change the level of a result."),
        [GAP_NO_ASSUMPTION] = MSG("Write the assumption."),
        [GAP_NO_EVIDENCE] = MSG("Say how strong the evidence is, and what it is."),
    };
    ensure(kind < GAP_KINDS);
    return words[kind];
}

static bool result_has_gap(struct arena *a, const struct theory *t, enum theory_gap_kind kind,
                           size_t at)
{
    const struct theory_result *r = &t->results[at];
    bool leads = false;
    bool led_to = false;
    for (size_t i = 0; i < t->n_links; i++) {
        leads = leads || t->links[i].cause == at;
        led_to = led_to || t->links[i].effect == at;
    }
    switch (kind) {
    case GAP_NOWHERE:
        return r->level == LEVEL_OUTPUT && !leads;
    case GAP_NO_CAUSE:
        return r->level == LEVEL_OUTCOME && !led_to;
    case GAP_NO_INDICATOR:
        return r->level == LEVEL_OUTCOME && r->n_indicators == 0;
    default:
        return leads && led_to && theory_leads(a, t->links, t->n_links, t->n_results, at, at);
    }
}

static bool link_has_gap(const struct theory *t, enum theory_gap_kind kind, size_t at)
{
    const struct theory_link *k = &t->links[at];
    bool assumes = record_is_set(k->record, "assumption");
    switch (kind) {
    case GAP_DOWN: // a level further down has a larger number
        return t->results[k->effect].level > t->results[k->cause].level;
    case GAP_NO_ASSUMPTION:
        return !assumes;
    default:
        return assumes && (k->strength >= STRENGTH_NONE || !record_is_set(k->record, "evidence"));
    }
}

void theory_gaps(struct arena *a, const struct theory *t, struct theory_gap **out, size_t *n)
{
    size_t most = (t->n_results + t->n_links) * GAP_KINDS;
    struct theory_gap *gaps = ARENA_ARRAY(a, struct theory_gap, most + 1);
    *n = 0;
    for (enum theory_gap_kind kind = 0; kind < GAP_KINDS; kind++) {
        bool of_link = theory_gap_is_of_link(kind);
        size_t end = of_link ? t->n_links : t->n_results;
        for (size_t at = 0; at < end; at++) {
            if (of_link ? link_has_gap(t, kind, at) : result_has_gap(a, t, kind, at)) {
                gaps[(*n)++] = (struct theory_gap){kind, at};
            }
        }
    }
    *out = gaps;
}

// ---- rows ---------------------------------------------------------------------------------------

// Steps of the longest way inside a level that ends at each result. In a circle, which cannot be saved, the
// steps stop growing after as many rounds as there are results.
static void heights_in_level(const struct theory *t, size_t *height)
{
    bool changed = true;
    for (size_t round = 0; changed && round < t->n_results; round++) {
        changed = false;
        for (size_t i = 0; i < t->n_links; i++) {
            size_t cause = t->links[i].cause;
            size_t effect = t->links[i].effect;
            if (t->results[cause].level == t->results[effect].level && cause != effect &&
                height[effect] <= height[cause] && height[cause] < t->n_results) {
                height[effect] = height[cause] + 1;
                changed = true;
            }
        }
    }
}

void theory_rows(struct arena *a, const struct theory *t, size_t *rows, size_t *n_rows)
{
    size_t *height = ARENA_ARRAY(a, size_t, t->n_results + 1);
    heights_in_level(t, height);
    *n_rows = 0;
    for (int level = LEVELS - 1; level >= 0; level--) {
        for (size_t h = 0; h <= t->n_results; h++) {
            size_t n = 0;
            for (size_t i = 0; i < t->n_results; i++) {
                n += (int)t->results[i].level == level && height[i] == h;
            }
            size_t shares = (n + THEORY_ROW_MOST - 1) / THEORY_ROW_MOST;
            size_t k = 0; // of the results at this height
            for (size_t i = 0; n > 0 && i < t->n_results; i++) {
                if ((int)t->results[i].level == level && height[i] == h) {
                    rows[i] = *n_rows + shares - 1 - k * shares / n;
                    k++;
                }
            }
            *n_rows += shares;
        }
    }
}
