// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_narrow.c: see result_narrow.h.

#include "result/result_narrow.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "result/result_again.h"
#include "result/result_reporting.h"

static bool is_in(const struct result_narrow *n, const struct result_entry *entry)
{
    return (n->from == NULL || strcmp(entry->from, n->from) >= 0) &&
           (n->to == NULL || strcmp(entry->to, n->to) <= 0) &&
           (n->country == NULL || strcmp(entry->place, n->country) == 0);
}

void result_line_narrow(struct arena *a, const struct result_line *line, const struct result_narrow *narrow,
                        const char *today, struct result_line *out)
{
    *out = *line;
    out->values = ARENA_ARRAY(a, struct result_value, line->n_values + 1);
    out->entries = ARENA_ARRAY(a, struct result_entry, line->n_values + 1);
    out->n_values = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        if (is_in(narrow, &line->entries[i])) {
            out->entries[out->n_values] = line->entries[i];
            out->values[out->n_values++] = line->values[i];
        }
    }
    if (narrow->country != NULL) {
        out->n_targets = 0;
        out->has_baseline = false;
    }
    result_line_work_out(a, out, narrow->to != NULL && strcmp(narrow->to, today) < 0 ? narrow->to : today);
}

struct result_coverage result_coverage_of(const struct result_line *line, const char *const *places, size_t n)
{
    struct result_coverage c = {0};
    bool there[RESULT_PLACES_MAX] = {false};
    size_t last = 0;
    ensure(n <= RESULT_PLACES_MAX);
    if (!line->per_country && line->total.n_places == 0) {
        return c;
    }
    c.n = n;
    for (size_t i = 0; i < line->n_values && c.n_there < n; i++) {
        const char *of = line->entries[i].place;
        if (!line->values[i].used) {
            continue;
        }
        size_t at = result_find_again(places, sizeof *places, n, last, of);
        if (at < n) {
            c.n_there += !there[at];
            there[at] = true;
            last = at;
        } else if (of[0] == '\0') {
            c.n_there = n; // the whole programme
        }
    }
    return c;
}

const char *result_coverage_words(struct arena *a, const struct lang *lang, const struct result_coverage *c)
{
    return c->n_there == c->n ? NULL
                              : tr_f(a, lang, MSG("{0} of {1} countries"), decimal_int_text(a, (int64_t)c->n_there),
                                     decimal_int_text(a, (int64_t)c->n), NULL);
}

const char *result_covered_words(struct arena *a, const struct lang *lang, const struct result_line *line,
                                 const struct record *programme)
{
    const char **places;
    size_t n = result_places_of(a, programme, &places);
    const struct result_coverage c = result_coverage_of(line, places, n);
    return result_coverage_words(a, lang, &c);
}

bool result_is_below(struct record *const *results, size_t n, const char *id, const char *top)
{
    for (size_t steps = 0; steps <= n && id[0] != '\0'; steps++) {
        size_t at = 0;
        if (strcmp(id, top) == 0) {
            return true;
        }
        while (at < n && strcmp(results[at]->id, id) != 0) {
            at++;
        }
        id = at < n ? record_text(results[at], "parent_id") : "";
    }
    return false;
}
