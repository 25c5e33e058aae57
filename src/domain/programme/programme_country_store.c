// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_country_store.c: what a person may do with records about a country. See programme.h.

#include "programme/programme.h"
#include "store/store.h"

enum err programme_country_rights(struct db_read *db, struct arena *a, const struct identity *who,
                                  const char *country, unsigned *verbs, struct err_info *e)
{
    const struct store_filter in_country = {
        .field = "countries", .op = STORE_HAS_CODE, .text = country};
    const struct store_query q = {.filters = &in_country, .n_filters = 1};
    static const enum verb all[] = {MAY_READ, MAY_WRITE, MAY_APPROVE, MAY_EXPORT};
    struct record **programmes;
    size_t n;
    *verbs = 0;
    enum err err = store_list(db, a, &entity_programme, &q, &programmes, &n, e);
    for (size_t v = 0; err == ERR_NONE && v < sizeof all / sizeof all[0]; v++) {
        bool may = identity_may(who, all[v], NULL);
        for (size_t i = 0; i < n && !may; i++) {
            may = identity_may(who, all[v], programmes[i]->id);
        }
        *verbs |= may ? all[v] : 0u;
    }
    return err;
}
