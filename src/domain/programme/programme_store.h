// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_store.h: what the pages of this noun load beyond single records. Not for other nouns.

#ifndef PROGRAMME_PROGRAMME_STORE_H
#define PROGRAMME_PROGRAMME_STORE_H

#include "programme/programme.h"
#include "store/store.h"

// ---- the list of programmes ---------------------------------------------------------------------

struct programme_row {
    const char *id, *number, *title, *crime, *state, *starts_on, *ends_on, *currency;
    int64_t n_countries;
    bool has_approved;
    int64_t approved; // minor units of its currency
};
struct programme_ask {
    const char *readable; // " id id ": only these; NULL: all
    const char *search;   // piece of the number or title, or NULL
    const char *search_country; // code of the country whose name the search is, or NULL
    const char *country, *crime, *state, *area; // codes, or NULL
    const char *sort;     // field, or NULL: by number
    bool descending;
    int64_t most;
    int64_t skip;
};
// One statement. *total is the number of all that fit; 0 also when skip is past the end.
MUST_CHECK enum err programme_list_load(struct db_read *db, struct arena *a,
                                        const struct programme_ask *ask,
                                        struct programme_row **rows, size_t *n, int64_t *total,
                                        struct err_info *e);

// ---- parts of one programme ---------------------------------------------------------------------

struct programme_donor {
    const char *id, *name;
    bool has_amount;
    int64_t amount;
};
MUST_CHECK enum err programme_donors_load(struct db_read *db, struct arena *a,
                                          const char *programme_id, struct programme_donor **rows,
                                          size_t *n, struct err_info *e);

struct programme_assessment {
    const char *id, *tool, *pack, *title, *state, *changed_at;
    int64_t answers;
};
MUST_CHECK enum err programme_assessments_load(struct db_read *db, struct arena *a,
                                               const char *programme_id,
                                               struct programme_assessment **rows, size_t *n,
                                               struct err_info *e);

struct programme_document {
    const char *id, *about_kind, *about_id, *title, *link, *file_hash, *file_name, *media_type;
    const char *note, *changed_at;
    const char *about; // words of the record it supports, or NULL
    int64_t file_size; // bytes; 0 when not known
};
MUST_CHECK enum err programme_documents_load(struct db_read *db, struct arena *a,
                                             const char *programme_id, const char *search,
                                             int64_t most, int64_t skip,
                                             struct programme_document **rows, size_t *n,
                                             int64_t *total, struct err_info *e);

struct programme_action {
    const char *id, *about_kind, *about_id, *what, *owner_id, *owner, *due_on, *state, *done_on;
    const char *about;
};
// state and owner_id NULL: all. today: YYYY-MM-DD.
MUST_CHECK enum err programme_actions_load(struct db_read *db, struct arena *a,
                                           const char *programme_id, const char *state,
                                           const char *owner_id, const char *today, int64_t most,
                                           int64_t skip, struct programme_action **rows, size_t *n,
                                           int64_t *total, int64_t *late, struct err_info *e);

// An open action that is past today or that nobody has. programme: its number, or NULL.
struct programme_late {
    const char *id, *programme, *what, *due_on;
    bool has_owner;
};
// programme_id NULL: of all programmes.
MUST_CHECK enum err programme_late_load(struct db_read *db, struct arena *a,
                                        const char *programme_id, const char *today,
                                        struct programme_late **rows, size_t *n,
                                        struct err_info *e);

struct programme_change {
    struct change change; // without chain and node
    bool newest;          // the last change of its record
};
MUST_CHECK enum err programme_changes_load(struct db_read *db, struct arena *a,
                                           const char *programme_id, const char *kind, int64_t most,
                                           int64_t skip, struct programme_change **rows, size_t *n,
                                           int64_t *total, struct err_info *e);
// Kinds of records that were changed, ended by NULL.
MUST_CHECK enum err programme_change_kinds_load(struct db_read *db, struct arena *a,
                                                const char *programme_id, const char *const **kinds,
                                                struct err_info *e);

// A piece of text as LIKE takes it, in lower case; NULL when there is none.
const char *programme_like(struct arena *a, const char *piece);

#endif
