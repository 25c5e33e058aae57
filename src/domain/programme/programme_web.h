// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_web.h: what pages below a programme share: addresses, crumbs, saving.

#ifndef PROGRAMME_PROGRAMME_WEB_H
#define PROGRAMME_PROGRAMME_WEB_H

#include "html/page.h"
#include "html/record.h"
#include "http/http.h"
#include "programme/programme.h"
#include "store/store.h"

// Number of the programme in the path; "" without one.
const char *programme_number(const struct req *r);
// What the path is about, for titles: number of the programme, name of the country; "" without either.
const char *programme_place(const struct req *r);
// "/programmes/GLOT59" or "/countries/NA", and rest ("/money"); without either the rest alone.
const char *programme_address(const struct req *r, const char *rest);
bool programme_may(const struct req *r, enum verb verb);
// Everybody who signs in; `may` for those who can be given work here: in the programme, in a country
// those of the whole organisation and the person who asks. One statement.
MUST_CHECK enum err programme_people_here(struct req *r, struct programme_people *people,
                                          struct err_info *e);
// Programmes > GLOT59 or Countries > Namibia, for pages below the overview.
const struct crumb *programme_crumbs(const struct req *r, size_t *n);
// A local address that was sent along as _back or back, else `otherwise`.
const char *programme_back(const struct req *r, const char *otherwise);
// Page that finds a record's own page: "/programmes/GLOT59/records/risk/01...".
const char *programme_record_address(const struct req *r, const char *kind, const char *id);
// Page that asks before a record is deleted, and comes back to `back` (a local address) afterwards.
const char *programme_remove_address(const struct req *r, const char *kind, const char *id,
                                     const char *back);

// Saves one record in a transaction of its own.
MUST_CHECK enum err programme_save_one(struct req *r, struct record *record, const char *reason,
                                       struct err_info *e);
// "This page does not exist.": the answer for what is missing and for what may not be known.
enum err programme_not_found(struct err_info *e);

// The record of a kind with this id when it belongs to the programme of the path (without one: to the
// organisation; below a country: and is about that country), else ERR_NOT_FOUND.
MUST_CHECK enum err programme_load_record(struct req *r, const char *kind, const char *id,
                                          struct record **out, struct err_info *e);

// The history of one record for its page, with people by their names and records by their titles. One statement, and one
// for each kind of record that it refers to, when it is shown. people must live as long as it.
MUST_CHECK enum err programme_history_of(struct req *r, const struct programme_people *people,
                                         const char *kind, const char *id,
                                         struct record_history *out, struct err_info *e);

// "120 KB"; translated.
const char *programme_file_size(const struct req *r, int64_t bytes);
// "PDF" of "minutes.pdf"; "" when the name has no ending.
const char *programme_file_ending(struct arena *a, const char *file_name);

#endif
