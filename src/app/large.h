// SPDX-License-Identifier: AGPL-3.0-or-later
//
// large.h: invented values in realistic shares, as many as are asked for, always the same.
//
// 200 programmes, 60 countries, 5,000 indicators. Every number follows from its place (which indicator,
// period, country and part) by a fixed hash, so that nothing has to be kept: the demonstration saves them
// as records (large_save.c), a measurement puts them into a column file (bench_columns_cli.c).

#ifndef APP_LARGE_H
#define APP_LARGE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

#define LARGE_PROGRAMMES 200
#define LARGE_COUNTRIES 60
#define LARGE_INDICATORS 5000
#define LARGE_PARTS_MAX 54

enum large_unit { LARGE_COUNT, LARGE_PERCENTAGE, LARGE_YES_NO, LARGE_DURATION, LARGE_SCORE };
// By what values are split.
enum large_split { LARGE_WHOLE, LARGE_SEX, LARGE_AGE_SEX, LARGE_AGE_SEX_STATUS, LARGE_AGE_SEX_AND_GROUP };

struct large_indicator {
    int number; // 0 to LARGE_INDICATORS - 1
    int programme;
    enum large_unit unit;
    enum large_split split;
    int n_parts; // of each value
    int64_t n_values;
    int months; // of a period: 1, 3 or 12
};
struct large_cell {
    int64_t value; // count; of a percentage the part
    int64_t whole; // of a percentage
};

// Plans the indicators one after the other: `left` cells (values and parts) are still to be had from number on.
struct large_indicator large_indicator_at(int number, int64_t left);
// Cells that it has.
int64_t large_cells_of(const struct large_indicator *k);
// Countries of a programme: *n of them, codes.
const char *const *large_countries_of(int programme, int *n);
// Period and country of a value: the newest period ends in June 2026. from and to have 11 bytes.
void large_place_of(const struct large_indicator *k, int64_t value, char from[11], char to[11], const char **country);
// Split of a part, "age=18-24 sex=female".
const char *large_split_text(struct arena *a, enum large_split split, int part);
struct large_cell large_part_of(const struct large_indicator *k, int64_t value, int part);
// The value itself: the sum of the first cut of its parts; one in 400 is one more.
struct large_cell large_value_of(const struct large_indicator *k, int64_t value);
// 0 to below - 1, always the same for a place.
int64_t large_number(int64_t indicator, int64_t value, int64_t part, int64_t below);

struct cli;
struct store;
// Saves them all through the store, and says how far it is.
MUST_CHECK enum err large_save(struct cli *c, struct store *s, int64_t cells, struct err_info *e);

#endif
