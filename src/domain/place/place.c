// SPDX-License-Identifier: AGPL-3.0-or-later
//
// place.c: see place.h. Both lists are made once, when the first asks; readers after that share them.
// A table that is not there is a broken build of ours (bug): `pack check` reads it in every test run.

#include "place/place.h"

#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/msg.h"
#include "base/sort.h"
#include "pack/pack.h"

#define REFERENCE_PACK "reference"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena *kept; // as long as the process
static const struct tsv *countries;
static const struct tsv *currencies;
static struct choice *country_choices;
static struct choice *currency_choices;
static struct choice *recipient_choices; // countries, then what is for none of them alone

// Digits of money by the place of the code, -1 where there is no such currency: asked for with every
// amount of every list.
#define N_LETTERS 26
static signed char digits[N_LETTERS * N_LETTERS * N_LETTERS];

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
    sort_items(list, t->n_rows, sizeof *list, by_label);
    return list;
}

// Where a currency stands among all that three capital letters can name; -1: it is no such code.
static int place_of_code(const char *code)
{
    int place = 0;
    for (int i = 0; i < 3; i++) {
        if (code[i] < 'A' || code[i] > 'Z') {
            return -1;
        }
        place = place * N_LETTERS + (code[i] - 'A');
    }
    return code[3] == '\0' ? place : -1;
}

static void fill_digits(const struct tsv *t)
{
    memset(digits, -1, sizeof digits);
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *n = tsv_cell(t, i, "minor_digits");
        int place = place_of_code(tsv_cell(t, i, "code"));
        if (place >= 0 && n[0] >= '0' && n[0] <= '9') {
            digits[place] = (signed char)(n[0] - '0');
        }
    }
}

static void read_all(void)
{
    kept = arena_new(LIMIT_PROCESS_BYTES);
    countries = table("country");
    currencies = table("currency");
    country_choices = make_choices(countries, "iso2");
    currency_choices = make_choices(currencies, "code");
    recipient_choices = ARENA_ARRAY(kept, struct choice, countries->n_rows + 2);
    memcpy(recipient_choices, country_choices, countries->n_rows * sizeof *country_choices);
    recipient_choices[countries->n_rows] = (struct choice){PLACE_NO_COUNTRY, MSG("Regional and global work")};
    fill_digits(currencies);
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

static const struct choice *list_recipients(void)
{
    pthread_once(&once, read_all);
    return recipient_choices;
}

const struct vocabulary vocabulary_recipient = {.name = "recipient", .list = list_recipients,
                                               .ours = PLACE_NO_COUNTRY};
const struct vocabulary vocabulary_country = {.name = "country", .list = list_countries};
const struct vocabulary vocabulary_currency = {.name = "currency", .list = list_currencies};

const char *country_name(const char *iso2)
{
    pthread_once(&once, read_all);
    long row = tsv_find(countries, "iso2", iso2);
    return row < 0 ? NULL : tsv_cell(countries, (size_t)row, "name");
}

const char *country_words(const struct lang *lang, const char *iso2)
{
    const char *name = country_name(iso2);
    return name == NULL ? iso2 : tr(lang, name);
}

const char *country_region(const char *iso2)
{
    pthread_once(&once, read_all);
    long row = tsv_find(countries, "iso2", iso2);
    return row < 0 ? NULL : tsv_cell(countries, (size_t)row, "region");
}

int currency_minor_digits(const char *code)
{
    pthread_once(&once, read_all);
    int place = place_of_code(code);
    return place < 0 ? -1 : digits[place];
}
