// SPDX-License-Identifier: AGPL-3.0-or-later
//
// place.c: see place.h. Both lists are made once, when the first asks; readers after that share them.
// A table that is not there is a broken build of ours (bug): `pack check` reads it in every test run.

#include "place/place.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "pack/pack.h"

#define REFERENCE_PACK "reference"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena *kept; // as long as the process
static const struct tsv *countries;
static const struct tsv *currencies;
static struct choice *country_choices;
static struct choice *currency_choices;

// Digits of money by code, sorted: asked for with every amount of every list.
static struct currency_digits {
    const char *code;
    int digits; // -1: not known
} *digits;

static const struct tsv *table(const char *id)
{
    const struct pack *reference = pack_find(REFERENCE_PACK);
    const struct tsv *found = reference == NULL ? NULL : pack_table(reference, id);
    ensure(found != NULL);
    return found;
}

// Names are compared byte by byte except that marked Latin letters follow their base letter, so
// that Åland and Côte d'Ivoire stand where a reader looks for them.
static unsigned char sort_letter(const char **text)
{
    static const char folded[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
    const unsigned char *p = (const unsigned char *)*text;
    if (p[0] == 0xC3 && p[1] >= 0x80 && p[1] <= 0xBF) { // U+00C0 to U+00FF
        *text += 2;
        return (unsigned char)folded[p[1] - 0x80];
    }
    *text += 1;
    return p[0];
}

static int by_label(const void *a, const void *b)
{
    const char *x = ((const struct choice *)a)->label;
    const char *y = ((const struct choice *)b)->label;
    while (*x != '\0' && *y != '\0') {
        int order = sort_letter(&x) - sort_letter(&y);
        if (order != 0) {
            return order;
        }
    }
    return (*x != '\0') - (*y != '\0');
}

static struct choice *make_choices(const struct tsv *t, const char *code)
{
    struct choice *list = ARENA_ARRAY(kept, struct choice, t->n_rows + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        list[i] = (struct choice){tsv_cell(t, i, code), tsv_cell(t, i, "name")};
    }
    qsort(list, t->n_rows, sizeof *list, by_label);
    return list;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct currency_digits *)a)->code,
                  ((const struct currency_digits *)b)->code);
}

static struct currency_digits *make_digits(const struct tsv *t)
{
    struct currency_digits *list = ARENA_ARRAY(kept, struct currency_digits, t->n_rows + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *n = tsv_cell(t, i, "minor_digits");
        list[i].code = tsv_cell(t, i, "code");
        list[i].digits = n[0] >= '0' && n[0] <= '9' ? n[0] - '0' : -1;
    }
    qsort(list, t->n_rows, sizeof *list, by_code);
    return list;
}

static void read_all(void)
{
    kept = arena_new(LIMIT_PROCESS_BYTES);
    countries = table("country");
    currencies = table("currency");
    country_choices = make_choices(countries, "iso2");
    currency_choices = make_choices(currencies, "code");
    digits = make_digits(currencies);
}

static const struct choice *list_countries(void)
{
    pthread_once(&once, read_all);
    return country_choices;
}

static const struct choice *list_currencies(void)
{
    pthread_once(&once, read_all);
    return currency_choices;
}

const struct vocabulary vocabulary_country = {.name = "country", .list = list_countries};
const struct vocabulary vocabulary_currency = {.name = "currency", .list = list_currencies};

const char *country_name(const char *iso2)
{
    pthread_once(&once, read_all);
    long row = tsv_find(countries, "iso2", iso2);
    return row < 0 ? NULL : tsv_cell(countries, (size_t)row, "name");
}

const char *currency_name(const char *code)
{
    pthread_once(&once, read_all);
    long row = tsv_find(currencies, "code", code);
    return row < 0 ? NULL : tsv_cell(currencies, (size_t)row, "name");
}

int currency_minor_digits(const char *code)
{
    pthread_once(&once, read_all);
    struct currency_digits wanted = {.code = code};
    const struct currency_digits *found =
        bsearch(&wanted, digits, currencies->n_rows, sizeof *digits, by_code);
    return found == NULL ? -1 : found->digits;
}
