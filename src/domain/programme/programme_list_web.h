// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_list_web.h: the list of programmes, for its page and its files.

#ifndef PROGRAMME_PROGRAMME_LIST_WEB_H
#define PROGRAMME_PROGRAMME_LIST_WEB_H

#include "html/list.h"
#include "programme/programme_store.h"

extern const struct list_spec programme_list_spec;

// The programmes on which the person holds the verb, as asked for; at most `most`, from the page that
// is asked for when that is one page. *total is how many there are.
MUST_CHECK enum err programme_list_ask(struct req *r, const struct list_query *q, enum verb verb,
                                       int64_t most, struct programme_row **rows, size_t *n,
                                       int64_t *total, struct err_info *e);

#endif
