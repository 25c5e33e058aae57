// SPDX-License-Identifier: AGPL-3.0-or-later
//
// form.h: drawing forms from the tables of fields: label, hint, example, error and the right
// control.
//
// What was typed is shown again, what is wrong stands beside its field, and the ids of fields
// ("f-" and the name) are those the summary of errors links to (html/page_errors.html).

#ifndef HTML_FORM_H
#define HTML_FORM_H

#include <stddef.h>

#include "html/html.h"
#include "http/http.h"

// <form method="post"> with the token of the session and, for a record, the version it was read in.
// Sends files when the route takes them. action is a local address.
void form_begin(struct html *h, const struct form *f, const char *action);
// The button that sends it ("Add this risk", translated) and, unless NULL, where Cancel leads.
void form_end(struct html *h, const char *submit, const char *cancel);

// One field of the form. Dates that are not dates of the calendar are shown as typed.
void form_field(struct html *h, const struct form *f, const char *name);
// All fields that people fill, in the order of the table, but those in `except` (ended by NULL, or
// NULL) and the field that leads to the programme.
void form_all_fields(struct html *h, const struct form *f, const char *const *except);

// The records a reference may name, with their titles (not translated again). Stays for this page.
// Without it the field takes a code or id as text. For a field of codes: those that can be chosen here, where
// not all of its vocabulary can.
void form_set_choices(struct html *h, const char *field, const struct choice *choices, size_t n);
struct form_choices {
    const char *field;
    const struct choice *choices;
    size_t n;
    const struct form_choices *next;
};

// How a field is drawn.
enum form_control {
    FORM_LINE, FORM_LINES, FORM_NUMBER, FORM_MONEY, FORM_DATE, FORM_PASSWORD, FORM_YES_NO,
    FORM_RADIOS, FORM_SELECT, FORM_BOXES, FORM_LONG_BOXES, FORM_SHARES,
};
// Up to so many choices are shown as large buttons; above it as a list to open.
#define FORM_MOST_RADIOS 6
// Up to so many boxes stand open; more stand in a frame that scrolls, the chosen ones first.
#define FORM_MOST_BOXES 24
enum form_control form_control_of(const struct html *h, const struct form *f,
                                  const struct field *field);

#endif
