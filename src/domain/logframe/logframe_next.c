// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_next.c: see logframe_next.h.

#include "logframe/logframe_next.h"

#include <stdlib.h>
#include <string.h>

#include "base/order.h"
#include "result/result.h"
#include "result/result_lines.h"

#define MOST_DIGITS 9 // of a number that is counted on

struct frame {
    struct arena *arena;
    const struct theory_result *results;
    size_t n;
};

static bool serves(const struct theory_result *x, const char *id)
{
    return strcmp(record_text(x->record, "parent_id"), id) == 0;
}

// How many results a level has, and the first of them.
static size_t of_level(const struct frame *f, enum logframe_level level, const struct theory_result **first)
{
    size_t n = 0;
    for (size_t i = f->n; i-- > 0;) {
        if (f->results[i].level == level) {
            *first = &f->results[i];
            n++;
        }
    }
    return n;
}

static const struct theory_result *by_id(const struct frame *f, const char *id)
{
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->results[i].record->id, id) == 0) {
            return &f->results[i];
        }
    }
    return NULL;
}

// The first outcome, by code, that no output serves.
static const struct theory_result *without_output(const struct frame *f)
{
    const struct theory_result *first = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const struct theory_result *x = &f->results[i];
        bool served = x->level != LEVEL_OUTCOME;
        for (size_t k = 0; k < f->n && !served; k++) {
            served = f->results[k].level == LEVEL_OUTPUT && serves(&f->results[k], x->record->id);
        }
        if (!served && (first == NULL || code_order(x->code, first->code) < 0)) {
            first = x;
        }
    }
    return first;
}

// ---- codes ----------------------------------------------------------------------------------------------

static bool is_taken(const struct frame *f, const char *code)
{
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->results[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

// Where the number at the end of a code begins; its end when there is none.
static size_t number_at(const char *code)
{
    size_t end = strlen(code), at = end;
    while (at > 0 && code[at - 1] >= '0' && code[at - 1] <= '9' && end - at < MOST_DIGITS) {
        at--;
    }
    return at;
}

static const char *count_on(struct frame *f, const char *before, long number)
{
    const char *code;
    do {
        code = arena_printf(f->arena, "%s%ld", before, number++);
    } while (is_taken(f, code));
    return code;
}

// The last of the results beside which the new one will stand.
static const struct theory_result *last_sister(const struct frame *f, enum logframe_level level, const char *parent_id)
{
    const struct theory_result *last = NULL;
    for (size_t i = 0; i < f->n; i++) {
        const struct theory_result *x = &f->results[i];
        if (x->level == level && (level != LEVEL_OUTPUT || serves(x, parent_id)) &&
            (last == NULL || code_order(x->code, last->code) > 0)) {
            last = x;
        }
    }
    return last;
}

static const char *code_of(struct frame *f, enum logframe_level level, const char *parent_id)
{
    const struct theory_result *sister = last_sister(f, level, parent_id);
    const struct theory_result *parent = by_id(f, parent_id);
    if (sister != NULL) {
        size_t at = number_at(sister->code);
        bool counts = sister->code[at] != '\0';
        return count_on(f, arena_copy_n(f->arena, sister->code, at), counts ? strtol(sister->code + at, NULL, 10) + 1 : 2);
    }
    if (level == LEVEL_GOAL) {
        return is_taken(f, "G") ? count_on(f, "G", 2) : "G";
    }
    if (level == LEVEL_OUTCOME) {
        return count_on(f, "O", 1);
    }
    const char *number = parent == NULL ? "" : parent->code + number_at(parent->code);
    return number[0] == '\0' ? "" : count_on(f, arena_printf(f->arena, "%s.", number), 1);
}

// ---- all ----------------------------------------------------------------------------------------------------

struct logframe_next logframe_next_of(struct arena *a, const struct theory_result *results, size_t n, const char *level,
                                      const char *parent_id)
{
    struct frame f = {a, results, n};
    const struct theory_result *goal = NULL, *outcome = NULL;
    size_t n_goals = of_level(&f, LEVEL_GOAL, &goal), n_outcomes = of_level(&f, LEVEL_OUTCOME, &outcome);
    const struct theory_result *bare = without_output(&f), *parent = NULL;
    int asked = result_code_at(&entity_result, "level", level); // -1: none
    int proposed = n_goals == 0 ? LEVEL_GOAL : n_outcomes == 0 ? LEVEL_OUTCOME : bare != NULL ? LEVEL_OUTPUT : -1;
    int next = level[0] == '\0' ? proposed : asked;
    if (next == LEVEL_OUTCOME && n_goals == 1) {
        parent = goal;
    } else if (next == LEVEL_OUTPUT) {
        parent = asked < 0 ? bare : n_outcomes == 1 ? outcome : NULL;
    }
    if (parent_id[0] == '\0' && parent != NULL) {
        parent_id = parent->record->id;
    }
    return (struct logframe_next){
        .level = next < 0 ? "" : field_choices(entity_field(&entity_result, "level"))[next].code,
        .parent_id = parent_id,
        .code = next < 0 ? "" : code_of(&f, (enum logframe_level)next, parent_id)};
}
