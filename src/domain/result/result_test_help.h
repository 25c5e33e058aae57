// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_test_help.h: what the unit tests of the arithmetic share: drawing cases (fixed seed), dividing the slow way.

#ifndef RESULT_RESULT_TEST_HELP_H
#define RESULT_RESULT_TEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/decimal.h"
#include "result/result_figures.h"

#define ONE DECIMAL_ONE
#define CASES 4000
#define MOST_ENTRIES 8

static uint32_t seed_of_tests = 20261122;
static inline int pick(int n) // 0 to n - 1
{
    seed_of_tests = seed_of_tests * 1664525u + 1013904223u;
    return (int)((seed_of_tests >> 8) % (uint32_t)n);
}

// The nearest number to part x times / whole, found by walking; ties go away from zero.
static inline int64_t slow_divide(int64_t part, int64_t times, int64_t whole)
{
    __int128 wanted = (__int128)part * times;
    int64_t guess = (int64_t)(wanted / whole) - 2;
    int64_t best = guess;
    for (int64_t k = guess; k < guess + 5; k++) {
        __int128 off = wanted - (__int128)k * whole;
        __int128 best_off = wanted - (__int128)best * whole;
        off = off < 0 ? -off : off;
        best_off = best_off < 0 ? -best_off : best_off;
        bool away = (k < 0 ? -k : k) > (best < 0 ? -best : best);
        if (off < best_off || (off == best_off && away)) {
            best = k;
        }
    }
    return best;
}

static inline struct result_total total_of(const struct result_rule *rule, const struct result_entry *sorted,
                                           size_t n)
{
    bool used[MOST_ENTRIES];
    result_used(rule, sorted, n, used);
    return result_total_of(rule, sorted, n, used);
}

#endif
