// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_attach.h: evidence, actions and history beside any record, for the pages of all nouns.
//
// How to use it on the page of a record:
//
//     err = attach_beside_load(r, "risk", risk->id, &view.beside, e);
//
//     {use "programme/attach_beside.html.h"}
//     {include attach_beside(&(struct attach_beside_view){.of = v->beside})}
//
// Each part is a section with its own heading (h2); it needs none around it. A page that shows only some of
// them includes attach_evidence or attach_actions with v->beside->attached.
//
// The forms in these parts post to /programmes/{programme}/evidence and .../actions (of a
// country: /countries/{country}/...) and come back to the page they were sent from. When something typed
// is wrong, the same form is shown on a page of its own with what was typed and what to mend.

#ifndef PROGRAMME_PROGRAMME_ATTACH_H
#define PROGRAMME_PROGRAMME_ATTACH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/model.h"

struct programme_people;
struct record_history;
struct req;

struct attached_evidence {
    const char *id;
    const char *title;
    const char *address; // the link, or where the file can be fetched; NULL: only a note
    const char *file;    // "PDF, 120 KB"; NULL: no file
    const char *note;    // or NULL
    const char *remove;  // address of the page that asks before it is deleted; NULL: may not
};
struct attached_action {
    const char *id;
    const char *what;
    const char *owner;      // name, or NULL
    const char *due_on;     // YYYY-MM-DD, or ""
    const char *state_kind; // as in html_state
    const char *state;      // translated
    const char *done;       // address that marks it done (POST); NULL: it is, or the person may not
    const char *change;     // address of the form; NULL: may not
};
// What is attached to one record, and where more of it is sent.
struct attached {
    const char *about_kind;
    const char *about_id;
    const char *back;         // address of this page
    const char *add_evidence; // address to post to; NULL: the person may not
    const char *add_action;
    struct attached_evidence *evidence;
    size_t n_evidence;
    struct attached_action *actions;
    size_t n_actions;
    size_t n_open; // actions that are open
    const struct choice *people; // who can be given an action
    size_t n_people;
};

// What stands below one record on its page.
struct attach_beside {
    const struct attached *attached;
    const struct record_history *history;
    const struct programme_people *people; // everybody, by name; who can be given work here
};
// Of one record in the programme of the request (without one: of the organisation).
// Four statements, and those of the history when it is shown (programme_history_of).
MUST_CHECK enum err attach_beside_load(struct req *r, const char *about_kind, const char *about_id,
                                       const struct attach_beside **out, struct err_info *e);

// For a page of many answers: evidence and actions of all of a round in three statements, then those of each.
struct attach_set;
// assessment_id NULL: of none.
MUST_CHECK enum err attach_load_round(struct req *r, const char *assessment_id,
                                      struct attach_set **out, struct err_info *e);
// Those of one answer; never NULL.
const struct attached *attach_of(const struct attach_set *set, const char *about_id);

#endif
