// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile.c: see assessment_profile.h. Worked examples are in the README of this folder.

#include "assessment/assessment_profile.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"

#define REFERENCE_PACK "reference"
#define REFERENCE_TABLE "profile-facts"

// ---- units --------------------------------------------------------------------------------------

bool profile_is_number(const struct pack_row *row)
{
    return row->unit != PACK_UNIT_NONE && row->unit != PACK_UNIT_TEXT &&
           row->unit != PACK_UNIT_YES_NO;
}

bool profile_by_sex(const struct pack_row *row)
{
    for (unsigned i = 0; i < row->n_disaggregation; i++) {
        if (strcmp(row->disaggregation[i], "sex") == 0) {
            return true;
        }
    }
    return false;
}

const char *profile_unit_hint(const struct pack_row *row)
{
    switch (row->unit) {
    case PACK_UNIT_COUNT_OF: return MSG("A whole number, 0 or more: 54027000.");
    case PACK_UNIT_RANK: return MSG("A place in the list, as a whole number: 146.");
    case PACK_UNIT_PERCENTAGE: return MSG("A percentage from 0 to 100: 61.4.");
    case PACK_UNIT_PROPORTION: return MSG("A number from 0 to 1: 0.614.");
    case PACK_UNIT_DURATION: return MSG("A number of years: 62.1.");
    case PACK_UNIT_RATIO:
    case PACK_UNIT_SCORE: return MSG("A number: 0.601. It may be below zero.");
    default: return NULL;
    }
}

const char *profile_unit_sign(const struct pack_row *row)
{
    return row->unit == PACK_UNIT_PERCENTAGE ? "%" : "";
}

const char *profile_words(struct arena *a, const struct lang *lang, const struct pack_row *row,
                          const char *value)
{
    int64_t scaled;
    if (row->unit == PACK_UNIT_YES_NO) {
        return strcmp(value, "yes") == 0   ? tr(lang, MSG("Yes"))
               : strcmp(value, "no") == 0 ? tr(lang, MSG("No"))
                                          : value;
    }
    if (!profile_is_number(row) || !decimal_parse(value, &scaled)) {
        return value;
    }
    const char *sign = profile_unit_sign(row);
    return arena_printf(a, "%s%s%s", decimal_for_people(a, value),
                        sign[0] == '\0' ? "" : " ", sign);
}

bool profile_number(const struct pack_row *row, const char *text, int64_t *scaled)
{
    if (!decimal_parse(text, scaled)) {
        return false;
    }
    int64_t low = 0, high = INT64_MAX;
    bool whole = false;
    switch (row->unit) {
    case PACK_UNIT_COUNT_OF: whole = true; break;
    case PACK_UNIT_RANK:
        whole = true;
        low = DECIMAL_ONE;
        break;
    case PACK_UNIT_PERCENTAGE: high = 100 * DECIMAL_ONE; break;
    case PACK_UNIT_PROPORTION: high = DECIMAL_ONE; break;
    case PACK_UNIT_DURATION: high = 200 * DECIMAL_ONE; break;
    default: low = INT64_MIN;
    }
    return *scaled >= low && *scaled <= high && (!whole || *scaled % DECIMAL_ONE == 0);
}

// ---- one value ----------------------------------------------------------------------------------

bool profile_is_empty(const struct profile_entry *entry)
{
    return entry->value[0] == '\0' && entry->female[0] == '\0' && entry->male[0] == '\0' &&
           entry->source[0] == '\0' && entry->how[0] == '\0';
}

static bool wrong(struct profile_fault *fault, const char *part, const char *text, const char *hint)
{
    *fault = (struct profile_fault){part, text, hint};
    return false;
}

static bool check_number(struct arena *a, const struct pack_row *row, const char *part,
                         const char **text, int64_t *scaled, struct profile_fault *fault)
{
    if ((*text)[0] == '\0') {
        return true;
    }
    if (!profile_number(row, *text, scaled)) {
        return wrong(fault, part, MSG("{0}: this value does not fit the unit."),
                     profile_unit_hint(row));
    }
    *text = decimal_short(a, *scaled);
    return true;
}

static bool check_numbers(struct arena *a, const struct pack_row *row, struct profile_entry *entry,
                          struct profile_fault *fault)
{
    int64_t whole = 0, female = 0, male = 0;
    if (!check_number(a, row, "value", &entry->value, &whole, fault) ||
        !check_number(a, row, "female", &entry->female, &female, fault) ||
        !check_number(a, row, "male", &entry->male, &male, fault)) {
        return false;
    }
    bool all = entry->value[0] != '\0' && entry->female[0] != '\0' && entry->male[0] != '\0';
    if (row->unit == PACK_UNIT_COUNT_OF && all && (female > whole || male > whole - female)) {
        return wrong(fault, "value", MSG("{0}: women and men together are more than the whole."),
                     MSG("Correct one of the three, or leave the whole empty."));
    }
    return true;
}

bool profile_entry_check(struct arena *a, const struct pack_row *row, int this_year,
                         struct profile_entry *entry, struct profile_fault *fault)
{
    bool number = profile_is_number(row);
    if (profile_is_empty(entry)) {
        return true;
    }
    if (entry->value[0] == '\0' && entry->female[0] == '\0' && entry->male[0] == '\0') {
        return wrong(fault, "value", MSG("{0}: there is a source or a comment but no value."),
                     MSG("Give the value, or take the other words away."));
    }
    if (entry->year != 0 && (entry->year < PROFILE_FIRST_YEAR || entry->year > this_year)) {
        return wrong(fault, "year", MSG("{0}: this year cannot be."),
                     MSG("Give the year for which the value is true, from 1900 to this year: 2022."));
    }
    if (number && entry->year == 0) {
        return wrong(fault, "year", MSG("{0}: a figure needs its year."),
                     MSG("Give the year for which the value is true: 2022."));
    }
    if (row->unit == PACK_UNIT_YES_NO && strcmp(entry->value, "yes") != 0 &&
        strcmp(entry->value, "no") != 0) {
        return wrong(fault, "value", MSG("{0}: this is answered with yes or no."),
                     MSG("Write yes or no."));
    }
    if (!number && (entry->female[0] != '\0' || entry->male[0] != '\0')) {
        return wrong(fault, entry->female[0] != '\0' ? "female" : "male",
                     MSG("{0}: words have no figures for women and men."),
                     MSG("Write them into the value, or take them away."));
    }
    return !number || check_numbers(a, row, entry, fault);
}

// ---- over the years -----------------------------------------------------------------------------

struct profile_series profile_series_of(struct arena *a, const struct pack_row *row,
                                        const struct assessment_answer *answers, size_t n)
{
    struct profile_series s = {.row = row};
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        most += strcmp(answers[i].row, row->id) == 0;
    }
    s.values = ARENA_ARRAY(a, const struct assessment_answer *, most + 1);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(answers[i].row, row->id) != 0) {
            continue;
        }
        size_t at = s.n++;
        for (; at > 0 && s.values[at - 1]->year < answers[i].year; at--) {
            s.values[at] = s.values[at - 1];
        }
        s.values[at] = &answers[i];
    }
    return s;
}

bool profile_point(const struct pack_row *row, const struct assessment_answer *value,
                   int64_t *scaled)
{
    return profile_is_number(row) && value->year != 0 && profile_number(row, value->value, scaled);
}

struct profile_trend profile_trend_of(struct arena *a, const struct profile_series *s)
{
    struct profile_trend t = {.years = ARENA_ARRAY(a, int, s->n + 1),
                              .scaled = ARENA_ARRAY(a, int64_t, s->n + 1)};
    for (size_t i = s->n; i > 0; i--) {
        int64_t scaled;
        if (profile_point(s->row, s->values[i - 1], &scaled)) {
            t.years[t.n] = s->values[i - 1]->year;
            t.scaled[t.n++] = scaled;
        }
    }
    return t;
}

// ---- reference data -----------------------------------------------------------------------------

struct profile_fact profile_fact_of(const char *country, const char *row)
{
    struct profile_fact none = {0};
    const struct pack *p = pack_find(REFERENCE_PACK);
    const struct tsv *t = p == NULL ? NULL : pack_table(p, REFERENCE_TABLE);
    for (size_t i = 0; t != NULL && i < t->n_rows; i++) {
        if (strcmp(tsv_cell(t, i, "country"), country) == 0 &&
            strcmp(tsv_cell(t, i, "row"), row) == 0) {
            return (struct profile_fact){.found = true,
                                         .value = tsv_cell(t, i, "value"),
                                         .source = tsv_cell(t, i, "source"),
                                         .as_of = tsv_cell(t, i, "as_of")};
        }
    }
    return none;
}

struct profile_entry profile_fact_entry(struct arena *a, const struct profile_fact *fact)
{
    int year = 0;
    for (int i = 0; i < 4 && fact->as_of[i] >= '0' && fact->as_of[i] <= '9'; i++) {
        year = year * 10 + (fact->as_of[i] - '0');
    }
    return (struct profile_entry){
        .year = year,
        .value = fact->value,
        .female = "",
        .male = "",
        .source = arena_printf(a, "%s, %s", fact->source, fact->as_of),
        .how = "",
    };
}
