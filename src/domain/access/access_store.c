// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_store.c: who somebody is, and the settings of the workspace, read from the database.

#include <string.h>

#include "access/access.h"
#include "access/access_private.h"
#include "access/access_sql.h"
#include "base/date.h"
#include "os/clock.h"

// One person has few grants: a role here, some programmes there.
#define MOST_GRANTS 500

const char *access_now(struct arena *a, int64_t minus_s)
{
    char text[25];
    time_to_text(clock_now_ms() - minus_s * 1000, text);
    return arena_copy(a, text);
}

void identity_add(struct arena *a, struct identity *who, const char *role, const char *scope,
                  const char *programme_id)
{
    struct grant g;
    if (who->n_grants == MOST_GRANTS || !role_to_grant(role, scope, programme_id, &g)) {
        return;
    }
    struct grant *grants = (struct grant *)who->grants;
    if ((who->n_grants & (who->n_grants - 1)) == 0) { // 0, 1, 2, 4, 8 .. are full
        grants = ARENA_ARRAY(a, struct grant, who->n_grants == 0 ? 1 : who->n_grants * 2);
        for (size_t i = 0; i < who->n_grants; i++) {
            grants[i] = who->grants[i];
        }
        who->grants = grants;
    }
    g.programme_id = arena_copy(a, g.programme_id);
    grants[who->n_grants++] = g;
}

enum err identity_of(struct db_read *db, struct arena *a, const char *user_id,
                     const struct identity **out, struct err_info *e)
{
    struct access_person_in in = {.id = user_id};
    struct access_person_row *rows;
    size_t n;
    enum err err = access_person_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (n == 0) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such person."),
                       MSG("“mainstay user list” shows who there is."), NULL);
    }
    struct identity *who = ARENA_MAKE(a, struct identity);
    *who = (struct identity){.user_id = rows[0].user_id, .name_key = rows[0].name_key,
                             .name = rows[0].name, .language = rows[0].language};
    for (size_t i = 0; i < n; i++) {
        identity_add(a, who, rows[i].role, rows[i].scope, rows[i].programme_id);
    }
    *out = who;
    return ERR_NONE;
}

enum err access_setting(struct db_read *db, struct arena *a, const char *name,
                        const char **value, struct err_info *e)
{
    struct access_setting_get_in in = {.name = name};
    struct access_setting_get_row row;
    bool found;
    enum err err = access_setting_get_one(a, db, &in, &row, &found, e);
    if (err == ERR_NONE) {
        *value = found ? row.value : NULL;
    }
    return err;
}

enum err access_setting_set(struct store_tx *tx, const char *name, const char *value,
                            struct err_info *e)
{
    char now[25];
    time_to_text(clock_now_ms(), now);
    struct access_setting_put_in in = {.name = name, .value = value, .changed_at = now};
    return access_setting_put(store_tx_db(tx), &in, e);
}

enum err access_keep_administrator(struct store_tx *tx, struct arena *a, struct err_info *e)
{
    struct access_people_count_row row;
    bool found;
    enum err err = access_people_count_one(a, store_tx_read(tx), &row, &found, e);
    if (err == ERR_NONE && row.administrators == 0) {
        err = err_set(e, ERR_INPUT, NULL,
                      MSG("Nobody would be left who may look after people and roles."),
                      MSG("Make somebody else an administrator first."), NULL);
    }
    return err;
}

enum err access_demo_begin(struct store_tx *tx, struct arena *a, const char *password,
                           struct err_info *e)
{
    struct record **people;
    size_t n;
    const char *hash = NULL;
    enum err err = store_list(store_tx_read(tx), a, &entity_user, &(struct store_query){0},
                              &people, &n, e);
    if (err == ERR_NONE) {
        err = password_hash(a, password, &hash, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = access_set_password_hash(tx, people[i]->id, hash, e);
    }
    if (err == ERR_NONE) {
        err = access_setting_set(tx, "demo", "1", e);
    }
    return err == ERR_NONE ? access_setting_set(tx, "demo_password", password, e) : err;
}
