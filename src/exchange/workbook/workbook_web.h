// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workbook_web.h: what the pages of lists that leave and come back share. Not for others.

#ifndef WORKBOOK_WORKBOOK_WEB_H
#define WORKBOOK_WORKBOOK_WEB_H

#include "base/err.h"
#include "http/http.h"
#include "model/model.h"

// The kind that the path names ({kind}), of which there is a list where the path is: of the programme, of the country,
// or of the organisation. ERR_NOT_FOUND: none, or one that only administrators see, or that is computed.
MUST_CHECK enum err workbook_kind(struct req *r, const struct entity **out, struct err_info *e);

#endif
