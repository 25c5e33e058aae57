// SPDX-License-Identifier: AGPL-3.0-or-later
//
// import_parts.h: what the files of an import share (import.c, import_find.c, import_file.c). Not for others.

#ifndef RECORD_IMPORT_PARTS_H
#define RECORD_IMPORT_PARTS_H

#include "exchange/record/record_io.h"

struct import_name {
    struct import_name *next;
    const char *name;
    const char *id;
};

// One record as it came: names and texts.
struct given {
    const char *place; // "row 3", "record 12"
    const char **names;
    const char **texts;
    int n;
};
// The text of a name; NULL: it did not come.
const char *given_text(const struct given *g, const char *name);
// Did it come, and not empty?
bool given_has(const struct given *g, const char *name);
// Puts the place in front of the field, so that the person finds it ("row 3, title"), and returns err.
enum err given_at_place(const struct given *g, enum err err, struct err_info *e);

// The value of one field of r as it stands in a file, references found. digits: of its money after the point.
MUST_CHECK enum err import_parse(struct import *im, const struct record *r, struct value *v, const struct field *f,
                                 const char *text, int digits, struct err_info *e);
// Is this the name of a field of the kind, or of what every record has? ERR_INPUT: neither.
MUST_CHECK enum err import_check_name(const struct entity *kind, const char *name, struct err_info *e);
// Saves one record in the row's arena (im->row). Errors name the place.
MUST_CHECK enum err import_given(struct import *im, const struct entity *kind, const struct given *g,
                                 struct err_info *e);

// ---- which record is meant (import_find.c) --------------------------------------------------------

// The record these texts speak of: an existing one, or a new one.
MUST_CHECK enum err import_find(struct import *im, const struct entity *kind, const struct given *g,
                                struct record **out, struct err_info *e);
// Id of the record that a field names: by id, by code, as "SAMPLE1/FILM1" or as "@name". of: the record it stands in.
MUST_CHECK enum err import_find_reference(struct import *im, const struct record *of, const struct field *f,
                                          const char *text, const char **id, struct err_info *e);
// A record of this kind is about to be saved: what was found by its code may be another one then.
void import_forget(struct import *im, const struct entity *kind);
// What a record names must be of its own programme (NULL: of the organisation) or of the organisation, as in a form.
MUST_CHECK enum err import_check_references(struct import *im, const struct record *r, const char *programme,
                                            struct err_info *e);

#endif
