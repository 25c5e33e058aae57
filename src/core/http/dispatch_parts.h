// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_parts.h: the steps of the second half of dispatch.h, in the order they are done. Each either
// goes on or leaves an error. Only for the files of the dispatcher.

#ifndef HTTP_DISPATCH_PARTS_H
#define HTTP_DISPATCH_PARTS_H

#include "http/body.h"
#include "http/dispatch.h"
#include "http/form.h"

// ---- who asks (dispatch_who.c) ------------------------------------------------------------------

MUST_CHECK enum err dispatch_read_session(struct exchange *x, struct err_info *e);
// Language of the person, token for forms, message of the page before.
void dispatch_prepare_page(struct exchange *x);
// Official wording in the place of the words of packs, for who chose so (cookie mainstay_words).
MUST_CHECK enum err dispatch_lay_wording(struct exchange *x, struct err_info *e);
void dispatch_keep_cookie(struct exchange *x, const char *line);
// Does the form come from a page of this session?
MUST_CHECK enum err dispatch_check_token(struct exchange *x, struct err_info *e);

// ---- where, and may they (dispatch_right.c) -----------------------------------------------------

enum verb dispatch_verb(const struct req *r);
MUST_CHECK enum err dispatch_find_programme(struct exchange *x, struct err_info *e);
MUST_CHECK enum err dispatch_find_country(struct exchange *x, struct err_info *e);
// programme_id NULL: of the organisation.
MUST_CHECK enum err dispatch_check_right(struct exchange *x, const char *programme_id,
                                         struct err_info *e);
// "May not read" and "does not exist" are one answer, to the letter.
enum err dispatch_not_found(struct err_info *e);

// ---- what is sent (dispatch_form.c) -------------------------------------------------------------

MUST_CHECK enum err dispatch_read_body(struct exchange *x, struct body *body, struct err_info *e);
// The record that the route edits, into the form.
MUST_CHECK enum err dispatch_load_edited(struct exchange *x, struct err_info *e);
MUST_CHECK enum err dispatch_read_form(struct exchange *x, const struct body *body,
                                       struct err_info *e);

#endif
