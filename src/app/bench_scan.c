// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bench_scan.c: see bench_scan.h.

#include "app/bench_scan.h"

#include <string.h>

#define CELLS (SCAN_AGES * SCAN_SEXES)

// Rows from first to before end by period, country, age and sex.
static void by_four(const struct scan_rows *r, size_t first, size_t end, struct scan_answer *out)
{
    int64_t sums[CELLS] = {0};
    uint32_t seen = 0;
    for (size_t i = first; i < end; i++) {
        unsigned at = r->age[i] * SCAN_SEXES + r->sex[i];
        sums[at] += r->value[i];
        seen |= 1u << at;
        if (i + 1 == end || r->country[i + 1] != r->country[i] || r->period[i + 1] != r->period[i] ||
            r->indicator[i + 1] != r->indicator[i]) {
            for (seen &= (1u << (CELLS - SCAN_SEXES)) - 1; seen != 0; seen &= seen - 1) {
                scan_take(out, sums[__builtin_ctz(seen)]);
            }
            memset(sums, 0, sizeof sums);
        }
    }
}

struct scan_answer scan_q1(const struct scan_rows *r)
{
    struct scan_answer out = {0};
    by_four(r, 0, r->n, &out);
    return out;
}

struct scan_answer scan_q2(const struct scan_rows *r, uint16_t indicator)
{
    struct scan_answer out = {0};
    size_t first = 0;
    while (first < r->n && r->indicator[first] != indicator) {
        first++;
    }
    size_t end = first;
    while (end < r->n && r->indicator[end] == indicator) {
        end++;
    }
    by_four(r, first, end, &out);
    return out;
}

struct scan_answer scan_q3(const struct scan_rows *r)
{
    struct scan_answer out = {0};
    int64_t sum = 0;
    for (size_t i = 0; i < r->n; i++) {
        sum += r->value[i];
        if (i + 1 == r->n || r->period[i + 1] != r->period[i] || r->indicator[i + 1] != r->indicator[i]) {
            scan_take(&out, sum);
            sum = 0;
        }
    }
    return out;
}

struct scan_answer scan_q4(const struct scan_rows *r)
{
    struct scan_answer out = {0};
    int64_t sums[256][4] = {{0}};
    uint8_t seen[256][4] = {{0}};
    for (size_t i = 0; i < r->n; i++) {
        sums[r->country[i]][r->sex[i]] += r->value[i];
        seen[r->country[i]][r->sex[i]] = 1;
    }
    for (int i = 0; i < 256; i++) {
        for (int k = 0; k < 4; k++) {
            if (seen[i][k] != 0) {
                scan_take(&out, sums[i][k]);
            }
        }
    }
    return out;
}
