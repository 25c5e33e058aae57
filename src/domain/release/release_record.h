// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_record.h: releases as records: made, audited, published by a second person, withdrawn.
//
// The record holds the rounded table and nothing from which a true count follows. docs/disclosure.md, "Releases".

#ifndef RELEASE_RELEASE_RECORD_H
#define RELEASE_RELEASE_RECORD_H

#include "model/model.h"
#include "release/release_count.h"
#include "release/release_ledger.h"
#include "release/release_limits.h"
#include "release/release_protect.h"

struct db_read;

extern const struct entity entity_release;

#define RELEASE_NAME_BYTES 40
// The table as CSV; some 5,000 cells.
#define RELEASE_TABLE_BYTES 200000

// A name is made of letters, digits, "-", "_" and "."; "new" is an address.
MUST_CHECK enum err release_check_name(const char *name, struct err_info *e);
// The same of a record (entity.check).
enum err release_record_check(const struct record *r, struct err_info *e);
// What left stays as it was; who publishes is not who made it (entity.guard).
enum err release_guard(struct arena *a, struct db_read *db, const struct record *before, const struct record *after,
                       struct err_info *e);

bool release_is(const struct record *r, const char *state);
// Published or withdrawn: others have seen it.
bool release_has_left(const struct record *r);
// The table as it leaves (release_export.c), with the percentages of a share. JSON: false as release_entry_of.
void release_csv(struct arena *a, const struct record *r, struct buf *out);
bool release_json(struct arena *a, const struct record *r, struct buf *out);
// The table of a release with its periods. False: the record holds none (a bug of ours, or a forgery).
bool release_entry_of(struct arena *a, const struct record *r, struct release_entry *out);

// The releases of an indicator that left, in the order in which they were made. One statement.
enum err release_ledger_load(struct db_read *db, struct arena *a, const char *indicator_id, struct record ***out,
                             size_t *n, struct err_info *e) MUST_CHECK;

// Their names, one blank between: as a release keeps those that its audit took in.
const char *release_names(struct arena *a, struct record *const *releases, size_t n);

// What a release is asked to be.
struct release_wish {
    const char *name;
    const char *title; // NULL: that of the indicator
    const char *indicator; // id or code
    const char *class_id;  // NULL: the default
    struct release_asked asked; // programme is filled in
};
// What would become of it, with true counts: for who may see the records.
struct release_outlook {
    const struct record *indicator;
    const struct record *programme;
    struct release_counted counted; // as asked
    bool thin;                      // as asked
    struct release_collapsed collapsed;
    struct release_entry entry; // as it would be drawn: periods with what is copied
    const struct release_cube *counts; // true ones, those of copied periods as they were published
    int base;
};
// Reads the indicator with its values and earlier releases, and decides everything but the draw. today: YYYY-MM-DD.
// Six statements.
enum err release_look_ahead(struct db_read *db, struct arena *a, const struct release_wish *wish, const char *today,
                            struct release_outlook *out, struct err_info *e) MUST_CHECK;
// Draws with a seed from the system: a draft, not saved. maker: actor_id. loss is for the maker only.
enum err release_make(struct arena *a, const struct release_wish *wish, const struct release_outlook *outlook,
                      const char *maker, const char *today, struct record **out, struct release_loss *loss,
                      struct err_info *e) MUST_CHECK;
// The same with a given seed: for tests.
enum err release_draw_record(struct arena *a, const struct release_wish *wish, const struct release_outlook *outlook,
                             const unsigned char seed[RELEASE_SEED_BYTES], const char *maker, const char *today,
                             struct record **out, struct release_loss *loss, struct err_info *e) MUST_CHECK;
// Audits a draft against all earlier releases that left. A protected one becomes audited, any other verdict makes
// it refused, with the reason; the caller saves it. ERR_INPUT: it cannot be audited.
enum err release_audit_record(struct db_read *db, struct arena *a, struct record *r, const char *today,
                              struct err_info *e) MUST_CHECK;
// Names of releases of other indicators of the programme that left, with days in common: the audit does not take them in.
// NULL: there are none. One statement.
enum err release_others(struct db_read *db, struct arena *a, const struct record *r, const char **names,
                        struct err_info *e) MUST_CHECK;
// How many of its counts are further from what the records say now than rounding explains: values were corrected, or
// more came. For who may see the records, and nobody else. All: they cannot be counted any more. 0 also where the lists
// of categories are others now.
enum err release_recount(struct db_read *db, struct arena *a, const struct record *r, const char *today, size_t *n_far,
                         struct err_info *e) MUST_CHECK;
// The values it was counted from (entity.explain).
enum err release_explain(struct arena *a, struct db_read *db, const struct lang *lang, const struct identity *who,
                         const struct record *r, struct buf *out, struct err_info *e) MUST_CHECK;
// YYYY-MM-DD, in the arena: a record keeps it.
const char *release_today(struct arena *a);
// Sets what publishing and withdrawing set; the guard decides whether it may be.
void release_set_published(struct record *r, const char *actor, const char *today);
void release_set_state(struct record *r, const char *state, const char *reason);

#endif
