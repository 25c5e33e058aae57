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

// How far the checklist of a publication is.
struct publication_look {
    const struct pack_tool *tool; // NULL: no pack has it
    const char *state;            // of the newest round; "" when it was never begun
    const char *touched_at;       // "" when it was never begun
    struct assessment_progress progress;
};
// Two statements. publication_id NULL (a new one): never begun, no statement.
MUST_CHECK enum err publication_look_at(struct db_read *db, struct arena *a,
                                        const char *publication_id, struct publication_look *out,
                                        struct err_info *e);
// The same in short for all publications of a programme, in one statement. Ended by an id of NULL; those
// without an answer are left out.
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
// Every question has an answer.
bool publication_is_looked_at(const struct publication_look *look);

// Asked by the store before each save: see entity.guard.
enum err publication_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e);
// What was published says when.
enum err publication_check(const struct record *r, struct err_info *e);

#endif
