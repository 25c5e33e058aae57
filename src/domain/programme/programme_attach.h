// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_attach.h: evidence and actions beside any record, for the pages of all nouns.
//
// How to use it on a page:
//
//     struct attach_set *set;                                  // one set for a page: 3 statements
//     err = attach_load(r, "answer", answer_id, &set, e);      // of one record; or
//     err = attach_load_round(r, assessment_id, &set, e);      // of all answers of a round
//     view.attached = attach_of(set, answer_id);
//
//     {use "programme/programme_attach.h"}
//     {use "programme/attach_evidence.html.h"}
//     {use "programme/attach_actions.html.h"}
//     {include attach_evidence(&(struct attach_evidence_view){.of = v->attached})}
//     {include attach_actions(&(struct attach_actions_view){.of = v->attached})}
//
// Each part is a section with its own heading (h2); it needs none around it.
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

struct attach_set;
// Evidence and actions of one record in the programme of the request (without one: of the organisation).
MUST_CHECK enum err attach_load(struct req *r, const char *about_kind, const char *about_id,
                                struct attach_set **out, struct err_info *e);
// The same of all answers of a round; assessment_id NULL: of none.
MUST_CHECK enum err attach_load_round(struct req *r, const char *assessment_id,
                                      struct attach_set **out, struct err_info *e);
// Those of one record; never NULL.
const struct attached *attach_of(const struct attach_set *set, const char *about_id);

#endif
