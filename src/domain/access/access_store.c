// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_store.c: who somebody is, and the settings of the workspace, read from the database.

#include <string.h>

#include "access/access.h"
#include "access/access_private.h"
#include "access/access_sql.h"
#include "access/access_token_private.h"
#include "base/bug.h"
#include "base/date.h"
#include "os/clock.h"
#include "os/password.h"
#include "os/random.h"
#include "store/store.h"

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

enum err access_reader(struct store *s, struct db_read **db, struct err_info *e)
{
    return db_reader(store_db(s), db, e);
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

enum err access_session_identity(struct db_read *db, struct arena *a, const char *token_hash,
                                 const struct identity **out, bool *stale, struct err_info *e)
{
    struct access_session_person_in in = {.token_hash = token_hash,
                                          .seen_after = access_now(a, ACCESS_IDLE_S),
                                          .created_after = access_now(a, ACCESS_ABSOLUTE_S)};
    struct access_session_person_row *rows;
    size_t n;
    *out = NULL;
    enum err err = access_session_person_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    struct identity *who = ARENA_MAKE(a, struct identity);
    *who = (struct identity){.user_id = rows[0].user_id, .name_key = rows[0].name_key,
                             .name = rows[0].name, .language = rows[0].language};
    for (size_t i = 0; i < n; i++) {
        identity_add(a, who, rows[i].role, rows[i].scope, rows[i].programme_id);
    }
    *out = who;
    *stale = strcmp(rows[0].seen_at, access_now(a, ACCESS_TOUCH_S)) <= 0;
    return ERR_NONE;
}

enum err access_cli_identify(struct store *s, struct arena *a, const char *name,
                                 const struct identity **who, struct err_info *e)
{
    struct db_read *db;
    struct record *person;
    enum err err = db_reader(store_db(s), &db, e);
    if (err == ERR_NONE) {
        err = store_get(db, a, &entity_user, name, &person, e);
    }
    if (err == ERR_NOT_FOUND) {
        err = err_set(e, ERR_NOT_FOUND, "--as", MSG("Nobody has the sign-in name “{0}”."),
                      MSG("“mainstay user list” shows the names."), name, NULL);
    }
    if (err == ERR_NONE && record_int(person, "active") == 0) {
        err = err_set(e, ERR_NOT_ALLOWED, "--as", MSG("This person may not sign in any more."),
                      MSG("“mainstay user list” shows who may."), NULL);
    }
    return err == ERR_NONE ? identity_of(db, a, person->id, who, e) : err;
}

void access_touch_session(struct store *s, const char *token_hash)
{
    struct db_tx *tx;
    struct err_info e; // when it fails, the next page tries again
    if (db_tx_begin(store_db(s), &tx, &e) != ERR_NONE) {
        return;
    }
    char now[25];
    time_to_text(clock_now_ms(), now);
    struct access_session_touch_in in = {.token_hash = token_hash, .now = now};
    if (access_session_touch(tx, &in, &e) != ERR_NONE ||
        access_token_note_use(tx, token_hash, now, &e) != ERR_NONE) {
        db_tx_rollback(tx);
        return;
    }
    (void)!db_tx_commit(tx, &e);
}

void access_log_event(struct store *s, const struct actor *who, const char *what,
                      const char *about)
{
    struct store_tx *tx;
    struct err_info e; // the refusal stands also when it cannot be written down
    if (store_begin(s, who, NULL, &tx, &e) != ERR_NONE) {
        return;
    }
    if (store_event(tx, what, about, &e) != ERR_NONE) {
        store_rollback(tx);
        return;
    }
    (void)!store_commit(tx, &e);
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

enum err access_is_demo(struct db_read *db, struct arena *a, bool *demo, struct err_info *e)
{
    const char *value = NULL;
    enum err err = access_setting(db, a, "demo", &value, e);
    *demo = value != NULL;
    return err;
}

enum err access_iati_ref_check(const char *ref, const char *field, struct err_info *e)
{
    return ref[strcspn(ref, "/&|? \t\r\n")] == '\0'
               ? ERR_NONE
               : err_set(e, ERR_INPUT, field, MSG("An IATI identifier has no space and none of the signs / & | ?"),
                         MSG("It looks like XM-DAC-99999."), NULL);
}

enum err access_setting_set(struct store_tx *tx, const char *name, const char *value,
                            struct err_info *e)
{
    char now[25];
    time_to_text(clock_now_ms(), now);
    struct access_setting_put_in in = {.name = name, .value = value, .changed_at = now};
    return access_setting_put(store_tx_db(tx), &in, e);
}

enum err access_keep_administrator(struct arena *a, struct db_read *db, struct err_info *e)
{
    struct access_people_count_row row;
    bool found;
    enum err err = access_people_count_one(a, db, &row, &found, e);
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
    // Who reports is invented, too: files for partners can be made at once.
    const char *const settings[][2] = {{"demo", "1"},
                                       {"demo_password", password},
                                       {"organisation", "Sample organisation"},
                                       {"iati-ref", "XM-DAC-99999"},
                                       {"iati-type", "40"}};
    for (size_t i = 0; err == ERR_NONE && i < COUNT_OF(settings); i++) {
        err = access_setting_set(tx, settings[i][0], settings[i][1], e);
    }
    return err;
}

const char *access_password_new(struct arena *a)
{
    // 31 characters that are not mistaken for each other: 16 of them are 79 bits
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *out = arena_alloc(a, 20);
    for (int i = 0; i < 19; i++) {
        unsigned char byte;
        do {
            random_bytes(&byte, 1);
        } while (byte >= 248); // 8 x 31, so that every character is as likely
        out[i] = i % 5 == 4 ? '-' : letters[byte % 31];
    }
    return out;
}
