// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication.h: communication products of a programme: campaigns, leaflets, films, web pages.
//
// None may be marked published before the awareness raising checklist (tool 3.8) is filled in for it.

#ifndef PUBLICATION_PUBLICATION_H
#define PUBLICATION_PUBLICATION_H

#include "assessment/assessment.h"
#include "model/model.h"

struct db_read;

extern const struct entity entity_publication;

#define PUBLICATION_TOOL "3.8"

// How far the checklist of a publication is, in one of its versions.
struct publication_look {
    const struct pack_tool *tool;
    const char *state; // of the newest round; "" when it was never begun
    struct assessment_progress progress;
};
// In each of its versions that asks anything: the tool, then the copies that offices made of it (pack_family).
struct publication_looks {
    struct publication_look *items;
    size_t n;   // 0: no pack has it
    size_t now; // the one begun last; the tool itself when none was
};
// Two statements. publication_id NULL (a new one): never begun, no statement.
MUST_CHECK enum err publication_look_at(struct db_read *db, struct arena *a,
                                        const char *publication_id, struct publication_looks *out,
                                        struct err_info *e);
// The version begun last, for all publications of a programme, in one statement. Ended by an id of NULL;
// those that never began are left out.
struct publication_progress {
    const char *publication_id;
    struct assessment_progress progress;
};
MUST_CHECK enum err publication_progress_load(struct db_read *db, struct arena *a,
                                              const char *programme_id,
                                              struct publication_progress **out,
                                              struct err_info *e);
// Of one of them; of one that is not in the list: nothing answered.
struct assessment_progress publication_progress_of(const struct publication_progress *list,
                                                   const char *publication_id);
// Every question has an answer, in one of the versions.
bool publication_is_looked_at(const struct publication_looks *looks);

// Asked by the store before each save: see entity.guard.
enum err publication_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e);
// What was published says when.
enum err publication_check(const struct record *r, struct err_info *e);

#endif
