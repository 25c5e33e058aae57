// SPDX-License-Identifier: AGPL-3.0-or-later
//
// problem.h: errors as replies: a page, or problem details (RFC 9457) for the API.

#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "http/hooks.h"
#include "http/http.h"

// Replaces the reply. status 0: that of the error's code. Cookies set so far are dropped.
void problem_reply(struct req *r, struct reply *p, const struct http_hooks *hooks, bool api,
                   int status, const struct err_info *e);

#endif
