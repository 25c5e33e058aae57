// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bench_scan.h: the yardstick of mainstay bench: loops written by hand for these four questions and nothing else,
// over arrays in memory without dictionaries, sums, changes or checks.

#ifndef APP_BENCH_SCAN_H
#define APP_BENCH_SCAN_H

#include <stddef.h>
#include <stdint.h>

#define SCAN_SEXES 3
#define SCAN_AGES 7 // the last: not split by age

// One row for each part, sorted by indicator, period, country.
struct scan_rows {
    size_t n;
    uint16_t *indicator, *period;
    uint8_t *country, *age, *sex;
    int64_t *value;
};
// What came out, folded so that two ways can be compared: rows, their sum, and a sum in which large ones weigh more.
struct scan_answer {
    int64_t n, sum;
    uint64_t mixed;
};
static inline void scan_take(struct scan_answer *a, int64_t sum)
{
    a->n++;
    a->sum += sum;
    a->mixed += (uint64_t)sum * (uint64_t)sum;
}

struct scan_answer scan_q1(const struct scan_rows *r);                     // by all five
struct scan_answer scan_q2(const struct scan_rows *r, uint16_t indicator); // one indicator by the other four
struct scan_answer scan_q3(const struct scan_rows *r);                     // by indicator and period
struct scan_answer scan_q4(const struct scan_rows *r);                     // by country and sex

#endif
