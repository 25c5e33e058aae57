// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_private.h: what the files of this noun share.

#ifndef ACCESS_PRIVATE_H
#define ACCESS_PRIVATE_H

#include "access/access.h"

// Now, less so many seconds, as text.
const char *access_now(struct arena *a, int64_t minus_s);
// Adds the grant of a role; passes over what is no grant.
void identity_add(struct arena *a, struct identity *who, const char *role, const char *scope,
                  const char *programme_id);

// A reading connection; pages get theirs from the dispatcher, commands from here. (access_store.c)
MUST_CHECK enum err access_reader(struct store *s, struct db_read **db, struct err_info *e);

// ---- people with their roles (access_people_store.c) --------------------------------------------

struct person_grant {
    const char *id;
    const char *role;
    const char *programme_id; // NULL: the whole organisation
    const char *number;       // of the programme
    const char *title;        // of the programme; NULL when not asked for
};
struct person {
    const char *user_id;
    const char *name_key;
    const char *name;
    const char *email; // or NULL
    bool active;
    bool has_password;
    const char *seen_at; // newest use of a living session, or NULL
    struct person_grant *grants;
    size_t n_grants;
};
// Everybody, by name.
MUST_CHECK enum err people_list(struct db_read *db, struct arena *a, struct person **out, size_t *n,
                                struct err_info *e);
MUST_CHECK enum err people_count(struct db_read *db, struct arena *a, int64_t *n,
                                 struct err_info *e);
MUST_CHECK enum err person_grants(struct db_read *db, struct arena *a, const char *user_id,
                                  struct person_grant **out, size_t *n, struct err_info *e);

// Who holds a role in a programme or in the organisation.
struct holder {
    const char *grant_id;
    const char *user_id;
    const char *name;
    bool active;
    const char *role;
    bool everywhere; // in the whole organisation
};
MUST_CHECK enum err programme_holders(struct db_read *db, struct arena *a, const char *programme_id,
                                      struct holder **out, size_t *n, struct err_info *e);

// Gives a role unless the person holds it there already; *given tells.
MUST_CHECK enum err person_give_role(struct store_tx *tx, struct arena *a, const char *user_id,
                                     const char *role, const char *programme_id, bool *given,
                                     struct err_info *e);
// Takes a role away; ERR_INPUT when nobody would be left to administer.
MUST_CHECK enum err person_take_role(struct store_tx *tx, struct arena *a, const char *grant_id,
                                     struct err_info *e);
// Lets a person sign in, or not any more; their sessions end. ERR_INPUT as above.
MUST_CHECK enum err person_set_active(struct store_tx *tx, struct arena *a, const char *user_id,
                                      bool active, struct err_info *e);

// ---- the log (access_log_store.c) ---------------------------------------------------------------

struct log_query {
    const char *kind;  // "" for all; "event" for what is no change
    const char *actor; // id of a person, "" for all
    const char *from;  // first day, "" for the beginning
    const char *to;    // last day, "" for today
    int64_t most;
    int64_t skip;
};
struct log_entry {
    const char *hash;
    const char *kind;
    const char *record_id;
    const char *op;     // create, update, delete, event
    const char *fields; // JSON object, name -> [before, after]
    const char *actor;
    const char *actor_name; // NULL: not a person (owner, nobody), or gone
    const char *reason;
    const char *wall;
    const char *node;
    const char *compartment;
    const char *number;     // of the programme it belongs to, or NULL
    const char *made;       // fields of the change that made the record, or NULL
    const char *about_name; // the person an event is about, or NULL
};
MUST_CHECK enum err log_list(struct db_read *db, struct arena *a, const struct log_query *q,
                             struct log_entry **out, size_t *n, int64_t *total,
                             struct err_info *e);

#endif
