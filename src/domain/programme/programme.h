// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme.h: programmes, their partners and revisions, evidence and actions.
//
// Evidence and actions can be attached to any record: programme_attach.h.

#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "model/rights.h"

struct buf;
struct check;
struct db_read;
struct lang;

extern const struct entity entity_programme;
extern const struct entity entity_partner;
extern const struct entity entity_revision;
extern const struct entity entity_evidence;
extern const struct entity entity_action;
extern const struct check check_action;

// For `mainstay explain programme` (programme_explain_store.c).
enum err programme_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                           const struct identity *who, const struct record *r, struct buf *out,
                           struct err_info *e);

// ---- rules (programme_rules.c) ------------------------------------------------------------------

// Rules over several fields of one record.
enum err programme_check(const struct record *r, struct err_info *e);
enum err revision_check(const struct record *r, struct err_info *e);
// Does it begin as an address of the web does, with https:// or http://?
bool link_is_whole(const char *link);
enum err evidence_check(const struct record *r, struct err_info *e);
enum err action_check(const struct record *r, struct err_info *e);

// Does the document say what a ticked box changed? False only when the box is ticked and neither the
// fields that belong to it nor the words say anything.
bool revision_shows_budget(const struct record *revision);
bool revision_shows_time(const struct record *revision);
bool revision_shows_logframe(const struct record *revision);

// Number of codes in a FIELD_CODES value: " AF BA " has 2. NULL and "" have none.
int64_t codes_count(const char *codes);

// How the state of a programme looks, as in html_state.
const char *programme_state_look(const char *state);

// Is an action with this date and state late on `today`? due_on may be "".
bool action_is_late(const char *state, const char *due_on, const char *today);

// ---- countries (programme_country_store.c) ------------------------------------------------------

// What a person may do with records about a country (bits of enum verb): what they may do in the whole
// organisation, and in any programme that works there. Giving roles and administration are not among
// it. One statement.
MUST_CHECK enum err programme_country_rights(struct db_read *db, struct arena *a,
                                             const struct identity *who, const char *country,
                                             unsigned *verbs, struct err_info *e);

// ---- what hangs on records (programme_attach_store.c) ---------------------------------------------

// Evidence and actions of one record, or of the answers of a round.
struct attached_to {
    const char *kind;         // of the record
    const char *id;           // NULL: of the answers of the round
    const char *round;        // id of an assessment, or NULL
    const char *programme_id; // NULL: of the organisation
};
struct attached_records {
    struct record **evidence; // only the fields that pages show
    size_t n_evidence;
    struct record **actions;
    size_t n_actions;
};
// Two statements, which look for the records by what they are about.
MUST_CHECK enum err programme_attached_load(struct db_read *db, struct arena *a,
                                            const struct attached_to *to,
                                            struct attached_records *out, struct err_info *e);

// ---- people (programme_store.c) -----------------------------------------------------------------

struct programme_person {
    const char *id;
    const char *name;
    bool may; // can be given work in this programme: is active and holds a role there
};
struct programme_people {
    struct programme_person *all; // by name
    size_t n;
};
// Everybody who signs in, in one statement. programme_id NULL: of the organisation.
MUST_CHECK enum err programme_people_load(struct db_read *db, struct arena *a,
                                          const char *programme_id, struct programme_people *out,
                                          struct err_info *e);
// NULL when there is no such person. "owner" is who works at the command line.
const char *programme_person_name(const struct programme_people *people, const char *id);
// People who may be chosen, for html/form.h; `keep` is chosen already and stays a choice. May be NULL.
const struct choice *programme_people_choices(struct arena *a,
                                              const struct programme_people *people,
                                              const char *keep, size_t *n);

#endif
