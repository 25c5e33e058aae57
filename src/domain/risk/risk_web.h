// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_web.h: what the pages about risks share.

#ifndef RISK_RISK_WEB_H
#define RISK_RISK_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "pack/pack.h"

// The row of tool 3.4 with this id; NULL when there is none.
const struct pack_row *risk_row(const char *id);
// Programmes > GLOT59 > Risks of GLOT59, for pages below the register.
struct crumb *risk_crumbs(struct req *r);
// The risk named in the path. ERR_NOT_FOUND also when it belongs to another programme.
MUST_CHECK enum err risk_of_path(struct req *r, struct record **out, struct err_info *e);
const char *risk_address(struct req *r, const struct record *risk, const char *below);

#endif
