// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_test_help.h: memory for a program of tests, and an indicator with its values.

#ifndef DASHBOARD_DASHBOARD_TEST_HELP_H
#define DASHBOARD_DASHBOARD_TEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "result/result.h"
#include "result/result_lines.h"

static struct arena *a;

static inline int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_PROCESS_BYTES);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static inline struct record *indicator_of(const char *accumulation)
{
    struct record *k = record_new(a, &entity_indicator);
    k->id = "k";
    record_set_text(k, "unit", "count");
    record_set_text(k, "direction", "more");
    record_set_text(k, "accumulation", accumulation);
    record_set_text(k, "baseline", "0");
    record_set_text(k, "baseline_on", "2025-01-01");
    return k;
}

static inline struct result_line line_of(const char *accumulation, const struct result_entry *entries, size_t n,
                                  struct result_target *targets, size_t n_targets, const char *today)
{
    struct result_line line;
    result_line_begin(a, indicator_of(accumulation), &line);
    line.values = ARENA_ARRAY(a, struct result_value, n + 1);
    line.entries = ARENA_ARRAY(a, struct result_entry, n + 1);
    for (size_t i = 0; i < n; i++) {
        line.entries[i] = entries[i];
        line.values[i].figure = result_figure_of(line.rule.unit, &entries[i]);
    }
    line.n_values = n;
    line.targets = targets;
    line.n_targets = n_targets;
    result_line_work_out(a, &line, today);
    return line;
}

#endif
