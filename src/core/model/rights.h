// SPDX-License-Identifier: AGPL-3.0-or-later
//
// rights.h: who somebody is and what they may do.

#ifndef MODEL_RIGHTS_H
#define MODEL_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>

// Verbs. A role is a set of verbs; a grant gives a role on the organisation or on one programme.
enum verb {
    MAY_PUBLIC = 1,      // anybody, signed in or not
    MAY_SIGNED_IN = 2,   // any signed-in person, for what is their own
    MAY_READ = 4,
    MAY_WRITE = 8,
    MAY_APPROVE = 16,    // verify, approve, lock, return
    MAY_EXPORT = 32,
    MAY_GRANT = 64,      // give roles, never more than one holds
    MAY_ADMINISTER = 128 // users, packs, backups, audit
};

struct entity;

struct grant {
    unsigned verbs;           // of enum verb
    const char *programme_id; // NULL: the whole organisation
};

struct identity {
    const char *user_id;
    const char *name_key; // what they sign in with
    const char *name;
    const char *language; // code
    const struct grant *grants;
    size_t n_grants;
};

// programme_id NULL asks for the organisation. who NULL is nobody.
bool identity_may(const struct identity *who, enum verb verb, const char *programme_id);
// May do this somewhere at all.
bool identity_may_anywhere(const struct identity *who, enum verb verb);
// Works with the records: may write, approve or export there. Who may only read sees totals about people, not counts
// below them (docs/data-classes.md).
bool identity_works(const struct identity *who, const char *programme_id);
// Sees records of this kind wherever its programme may be read: all do, those for_work only who works with the records.
// who NULL is the owner of the workspace.
bool identity_sees(const struct identity *who, const struct entity *kind, const char *programme_id);

#endif
