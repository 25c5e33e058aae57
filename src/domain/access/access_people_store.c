// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_people_store.c: people with the roles given to them, and giving and taking roles.

#include <string.h>

#include "access/access_private.h"
#include "access/access_sql.h"
#include "store/store.h"

enum err people_list(struct db_read *db, struct arena *a, struct person **out, size_t *n,
                     struct err_info *e)
{
    struct access_people_list_row *rows;
    size_t n_rows;
    *n = 0;
    enum err err = access_people_list_all(a, db, &rows, &n_rows, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct person *people = ARENA_ARRAY(a, struct person, n_rows);
    struct person_grant *grants = ARENA_ARRAY(a, struct person_grant, n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        const struct access_people_list_row *row = &rows[i];
        if (*n == 0 || strcmp(people[*n - 1].user_id, row->user_id) != 0) {
            people[(*n)++] = (struct person){
                .user_id = row->user_id, .name_key = row->name_key, .name = row->name,
                .email = row->email, .active = row->active == 1,
                .has_password = row->has_password == 1, .seen_at = row->seen_at,
                .grants = &grants[i]};
        }
        if (row->grant_id != NULL) { // rows of one person follow each other, so do their grants
            struct person *p = &people[*n - 1];
            p->grants[p->n_grants++] = (struct person_grant){
                .id = row->grant_id, .role = row->role, .programme_id = row->programme_id,
                .number = row->number};
        }
    }
    *out = people;
    return ERR_NONE;
}

enum err people_count(struct db_read *db, struct arena *a, int64_t *n, struct err_info *e)
{
    struct access_people_count_row row;
    bool found;
    enum err err = access_people_count_one(a, db, &row, &found, e);
    if (err == ERR_NONE) {
        *n = row.people;
    }
    return err;
}

enum err person_grants(struct db_read *db, struct arena *a, const char *user_id,
                       struct person_grant **out, size_t *n, struct err_info *e)
{
    struct access_roles_of_in in = {.user_id = user_id};
    struct access_roles_of_row *rows;
    enum err err = access_roles_of_all(a, db, &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct person_grant, *n);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct person_grant){.id = rows[i].id, .role = rows[i].role,
                                          .programme_id = rows[i].programme_id,
                                          .number = rows[i].number, .title = rows[i].title};
    }
    return ERR_NONE;
}

enum err programme_holders(struct db_read *db, struct arena *a, const char *programme_id,
                           struct holder **out, size_t *n, struct err_info *e)
{
    struct access_roles_in_in in = {.programme_id = programme_id};
    struct access_roles_in_row *rows;
    enum err err = access_roles_in_all(a, db, &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct holder, *n);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct holder){.grant_id = rows[i].id, .user_id = rows[i].user_id,
                                    .name = rows[i].name, .active = rows[i].active == 1,
                                    .role = rows[i].role,
                                    .everywhere = strcmp(rows[i].scope, "organisation") == 0};
    }
    return ERR_NONE;
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

enum err person_give_role(struct store_tx *tx, struct arena *a, const char *user_id,
                          const char *role, const char *programme_id, bool *given,
                          struct err_info *e)
{
    struct person_grant *grants;
    size_t n;
    *given = false;
    enum err err = person_grants(store_tx_read(tx), a, user_id, &grants, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < n; i++) {
        if (same(grants[i].role, role) && same(grants[i].programme_id, programme_id)) {
            return ERR_NONE;
        }
    }
    struct record *r = record_new(a, &entity_role_grant);
    record_set_text(r, "user_id", user_id);
    record_set_text(r, "role", role);
    record_set_text(r, "scope", programme_id == NULL ? "organisation" : "programme");
    record_set_text(r, "programme_id", programme_id);
    err = record_check(r, e);
    *given = err == ERR_NONE;
    return err == ERR_NONE ? store_save(tx, a, r, e) : err;
}

enum err person_take_role(struct store_tx *tx, struct arena *a, const char *grant_id,
                          struct err_info *e)
{
    return store_delete(tx, a, &entity_role_grant, grant_id, e);
}

enum err person_set_active(struct store_tx *tx, struct arena *a, const char *user_id, bool active,
                           struct err_info *e)
{
    struct record *person;
    enum err err = store_get(store_tx_read(tx), a, &entity_user, user_id, &person, e);
    if (err != ERR_NONE) {
        return err;
    }
    record_set_int(person, "active", active ? 1 : 0);
    err = store_save(tx, a, person, e);
    if (err == ERR_NONE && !active) {
        struct access_session_end_of_in in = {.user_id = person->id};
        err = access_session_end_of(store_tx_db(tx), &in, e);
    }
    return err;
}
