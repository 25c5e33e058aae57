// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_choice_web.h: which of a tool and its copies a page works with. The address says it, "?tool=ID";
// without that it is the tool itself.

#ifndef PACK_PACK_CHOICE_WEB_H
#define PACK_PACK_CHOICE_WEB_H

#include "http/http.h"
#include "pack/pack.h"

// What {include pack_choice(...)} shows: nothing when there is no copy.
struct pack_choice {
    const struct pack_tool *tool; // chosen
    struct pack_choice_chip {
        const char *label; // title of the tool, in the language of the person
        const char *id, *address;
        bool on;
    } *chips;
    size_t n_chips; // 0: nothing to choose
};
// family: pack_family. address: of the page without a choice, with or without a query. Looks for what
// another process changed, too. ERR_NOT_FOUND when the family has no such tool.
MUST_CHECK enum err pack_choice_make(struct req *r, const char *family, const char *address,
                                     struct pack_choice *out, struct err_info *e);
// An address that keeps the choice: "address?tool=ID" for a copy, address for the tool itself.
const char *pack_choice_address(struct arena *a, const char *address, const struct pack_tool *tool);

#endif
