// SPDX-License-Identifier: AGPL-3.0-or-later
//
// partner_web.h: what the pages that read files share: the file as it was sent, and what it would do.

#ifndef EXCHANGE_PARTNER_PARTNER_WEB_H
#define EXCHANGE_PARTNER_PARTNER_WEB_H

#include <stddef.h>

#include "exchange/partner/partner.h"
#include "http/http.h"
#include "partner/outcome.html.h"

// A file goes along in the form between looking and saving, and a form holds 2 MB.
#define PARTNER_WEB_BYTES ((size_t)1024 * 1024)

// The bytes that were sent as the field "file", else the text that goes along in the form as "text"; *sent says which.
// ERR_INPUT: neither.
MUST_CHECK enum err partner_web_sent(struct req *r, const char **bytes, size_t *len, bool *sent,
                                     struct err_info *e);
// Is it a text that can go along? ERR_INPUT: too large, or not UTF-8; larger: what to do with a larger one.
MUST_CHECK enum err partner_web_fits(const char *text, size_t len, const char *larger, struct err_info *e);
// What the lines of an import say; where the form goes and what goes along in it is for the caller.
void partner_web_outcome(struct req *r, const struct partner_import *im, struct outcome_view *out);
// "The file is empty. Take it out again.", for what refuses the file as a whole.
const char *partner_web_refusal(struct req *r, const struct err_info *why);

#endif
