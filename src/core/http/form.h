// SPDX-License-Identifier: AGPL-3.0-or-later
//
// form.h: from what was posted to checked values.

#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "http/body.h"
#include "http/http.h"

// Form of a route: an empty record, or `values` for fields of its own. NULL when it has neither.
struct form *form_new(struct arena *a, const struct route *route);
// Reads what was posted into the form: each writable field that was posted is parsed; what is wrong
// is added to its errors, also a field that is no list and was sent with several values; with no errors so
// far the record as a whole is checked. Fields that were not posted stay as they are; read-only fields and
// names of no field are not read: see form_stranger.
// fixed[i] says of field i that the program has set it (programme_id); NULL: none. own_digits gives the
// digits of money from the record as it is read, for kinds with a currency of their own (-1: not known);
// NULL: they are minor_digits.
void form_read(struct arena *a, struct form *f, const struct body *posted, const bool *fixed,
               int minor_digits, int (*own_digits)(const struct record *));

// The first name, of a field or a file, that was posted and that this form does not take: neither a field that
// people may set here (fixed as for form_read), nor one of `also` of the route, nor ours (_csrf, _version,
// _back). NULL: there is none. f may be NULL.
const char *form_stranger(const struct route *route, const struct form *f, const struct body *posted,
                          const bool *fixed);

#endif
