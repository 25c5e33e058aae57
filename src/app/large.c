// SPDX-License-Identifier: AGPL-3.0-or-later
//
// large.c: see large.h.

#include "app/large.h"

#include <string.h>

#include "base/bug.h"
#include "base/date.h"

#define LAST_MONTH (2026 * 12 + 5) // June 2026, counted from year 0
#define MONTHS_BACK 120            // what is not split goes back ten years at most

static const char *const countries[LARGE_COUNTRIES * 2] = {
    "AL", "AM", "AO", "AR", "AZ", "BA", "BD", "BF", "BI", "BJ", "BO", "BR", "BW", "CD", "CF",
    "CG", "CI", "CL", "CM", "CO", "CR", "CU", "CV", "DJ", "DO", "DZ", "EC", "EG", "ER", "ET",
    "GA", "GE", "GH", "GM", "GN", "GQ", "GT", "GW", "HN", "ID", "IN", "JO", "KE", "KG", "KH",
    "KM", "KZ", "LA", "LB", "LR", "LS", "LY", "MA", "MD", "ME", "MG", "MK", "ML", "MM", "MN",
    // the same once more, so that every run of them is a list
    "AL", "AM", "AO", "AR", "AZ", "BA", "BD", "BF", "BI", "BJ", "BO", "BR", "BW", "CD", "CF",
    "CG", "CI", "CL", "CM", "CO", "CR", "CU", "CV", "DJ", "DO", "DZ", "EC", "EG", "ER", "ET",
    "GA", "GE", "GH", "GM", "GN", "GQ", "GT", "GW", "HN", "ID", "IN", "JO", "KE", "KG", "KH",
    "KM", "KZ", "LA", "LB", "LR", "LS", "LY", "MA", "MD", "ME", "MG", "MK", "ML", "MM", "MN"};

static const char *const ages[] = {"0-17", "18-24", "25-34", "35-59", "60+", "not_known"};
static const char *const sexes[] = {"female", "male", "other"};
static const char *const status[] = {"citizen", "regular", "not_known"};
static const char *const groups[] = {"trafficked", "smuggled", "police", "not_known"};
static const int parts_of[] = {[LARGE_WHOLE] = 0, [LARGE_SEX] = 3, [LARGE_AGE_SEX] = 18,
                               [LARGE_AGE_SEX_STATUS] = 54, [LARGE_AGE_SEX_AND_GROUP] = 22};

// Finalizer of splitmix64 (Steele, Lea, Flood 2014), over the places one after the other.
static uint64_t mixed(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

int64_t large_number(int64_t indicator, int64_t value, int64_t part, int64_t below)
{
    uint64_t x = mixed(mixed(mixed((uint64_t)indicator) ^ (uint64_t)value) ^ (uint64_t)part);
    return (int64_t)(x % (uint64_t)below);
}

const char *const *large_countries_of(int programme, int *n)
{
    *n = programme % 25 == 24 ? LARGE_COUNTRIES : 1 + (int)large_number(programme, -1, 0, 12);
    return countries + large_number(programme, -1, 1, LARGE_COUNTRIES);
}

struct large_indicator large_indicator_at(int number, int64_t left)
{
    struct large_indicator k = {.number = number, .programme = number / (LARGE_INDICATORS / LARGE_PROGRAMMES)};
    int64_t unit = large_number(number, -2, 0, 100);
    int64_t split = large_number(number, -2, 1, 100);
    int n_countries;
    (void)large_countries_of(k.programme, &n_countries);
    k.unit = unit < 58 ? LARGE_COUNT : unit < 82 ? LARGE_PERCENTAGE : unit < 92 ? LARGE_YES_NO : unit < 96 ? LARGE_DURATION
                                                                                                : LARGE_SCORE;
    if (k.unit == LARGE_COUNT || k.unit == LARGE_PERCENTAGE) {
        k.split = split < 10 ? LARGE_SEX : split < 80 ? LARGE_AGE_SEX : split < 90 ? LARGE_AGE_SEX_STATUS : LARGE_AGE_SEX_AND_GROUP;
    }
    int64_t share = left / (LARGE_INDICATORS - number);
    if (share < 1 + parts_of[k.split]) {
        k.split = LARGE_WHOLE;
    }
    k.n_parts = parts_of[k.split];
    int64_t most = (int64_t)MONTHS_BACK * n_countries;
    k.n_values = share / (1 + k.n_parts);
    k.n_values = k.n_values < 1 ? 1 : k.n_values > most ? most : k.n_values;
    int64_t periods = (k.n_values + n_countries - 1) / n_countries;
    k.months = periods <= 10 ? 12 : periods <= 40 ? 3 : 1;
    return k;
}

int64_t large_cells_of(const struct large_indicator *k)
{
    return k->n_values * (1 + k->n_parts);
}

// First day of a month, counted from year 0.
static void day_of(int month, char out[11])
{
    const char *digits = "0123456789";
    int year = month / 12, number = month % 12 + 1;
    memcpy(out, "0000-00-01", 11);
    for (int i = 3; i >= 0; i--, year /= 10) {
        out[i] = digits[year % 10];
    }
    out[5] = digits[number / 10];
    out[6] = digits[number % 10];
}

void large_place_of(const struct large_indicator *k, int64_t value, char from[11], char to[11], const char **country)
{
    int n;
    const char *const *all = large_countries_of(k->programme, &n);
    int last = LAST_MONTH - (int)(value / n) * k->months;
    *country = all[value % n];
    day_of(last - k->months + 1, from);
    day_of(last + 1, to);
    date_from_days(date_to_days(to) - 1, to);
}

const char *large_split_text(struct arena *a, enum large_split split, int part)
{
    ensure(part >= 0 && part < parts_of[split]);
    if (split == LARGE_SEX) {
        return arena_printf(a, "sex=%s", sexes[part]);
    }
    if (part >= 18 && split == LARGE_AGE_SEX_AND_GROUP) {
        return arena_printf(a, "group=%s", groups[part - 18]);
    }
    const char *text = arena_printf(a, "age=%s sex=%s", ages[part / 3 % 6], sexes[part % 3]);
    return split == LARGE_AGE_SEX_STATUS ? arena_printf(a, "%s status=%s", text, status[part / 18]) : text;
}

static struct large_cell cell_of(const struct large_indicator *k, int64_t value, int part, int64_t below)
{
    struct large_cell c = {.value = large_number(k->number, value, part, below)};
    if (k->unit == LARGE_PERCENTAGE) {
        c.whole = c.value + 1 + large_number(k->number, value, part + 1000, below);
    }
    return c;
}

struct large_cell large_part_of(const struct large_indicator *k, int64_t value, int part)
{
    struct large_cell c = {0};
    if (part < 18 || k->split != LARGE_AGE_SEX_AND_GROUP) {
        return cell_of(k, value, part, 40);
    }
    // the second cut: the whole shared out, what is left over to the last
    for (int i = 0; i < 18; i++) {
        const struct large_cell one = cell_of(k, value, i, 40);
        c.value += one.value;
        c.whole += one.whole;
    }
    bool last = part == 21;
    c.value = last ? c.value - c.value / 4 * 3 : c.value / 4;
    c.whole = last ? c.whole - c.whole / 4 * 3 : c.whole / 4;
    return c;
}

struct large_cell large_value_of(const struct large_indicator *k, int64_t value)
{
    struct large_cell c = {0};
    int n = k->split == LARGE_AGE_SEX_AND_GROUP ? 18 : k->n_parts;
    for (int i = 0; i < n; i++) {
        const struct large_cell one = large_part_of(k, value, i);
        c.value += one.value;
        c.whole += one.whole;
    }
    if (n == 0) {
        c = cell_of(k, value, 0, 500);
    }
    c.value += n > 0 && large_number(k->number, value, -1, 400) == 0;
    c.whole += k->unit == LARGE_PERCENTAGE && c.whole <= c.value;
    return c;
}
