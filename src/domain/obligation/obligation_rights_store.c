// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rights_store.c: see obligation_rights.h; what is known of States and treaties.

#include <string.h>

#include "obligation/obligation_rights.h"
#include "obligation/obligation_sql.h"
#include "store/store.h"

#define REFERENCE_PACK "reference"
#define REFERENCE_TABLE "treaty-status"

static bool is_asked(const char *countries, const char *code)
{
    size_t len = strlen(code);
    const char *p = len == 2 ? strstr(countries, code) : NULL;
    return p != NULL && p > countries && p[-1] == ' ' && p[2] == ' ';
}

enum err obligation_facts_load(struct db_read *db, struct arena *a, const char *countries,
                               struct obligation_facts *out, struct err_info *e)
{
    const struct obligation_of_countries_in in = {.countries = countries};
    struct obligation_of_countries_row *rows;
    size_t n;
    enum err err = obligation_of_countries_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack *p = pack_find(REFERENCE_PACK);
    const struct tsv *t = p == NULL ? NULL : pack_table(p, REFERENCE_TABLE);
    size_t more = 0;
    for (size_t i = 0; t != NULL && i < t->n_rows; i++) {
        more += is_asked(countries, tsv_cell(t, i, "country"));
    }
    *out = (struct obligation_facts){.items = ARENA_ARRAY(a, struct obligation_fact, n + more + 1)};
    for (size_t i = 0; i < n; i++) {
        out->items[out->n++] = (struct obligation_fact){
            .country = rows[i].country,
            .instrument = rows[i].instrument,
            .status = rows[i].status,
            .bound_on = rows[i].bound_on == NULL ? "" : rows[i].bound_on,
            .reservations = rows[i].reservations == NULL ? "" : rows[i].reservations,
            .confirmed = true};
    }
    for (size_t i = 0; t != NULL && i < t->n_rows; i++) {
        const char *country = tsv_cell(t, i, "country");
        const char *instrument = tsv_cell(t, i, "instrument");
        if (is_asked(countries, country) &&
            obligation_fact_of(out, country, instrument) == NULL) {
            out->items[out->n++] =
                (struct obligation_fact){.country = country,
                                         .instrument = instrument,
                                         .status = tsv_cell(t, i, "status"),
                                         .bound_on = tsv_cell(t, i, "bound_on"),
                                         .reservations = ""};
        }
    }
    return ERR_NONE;
}
