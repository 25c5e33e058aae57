// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve.h: what the server asks of the nouns.

#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "http/hooks.h"

extern const struct http_hooks serve_hooks;

// Whoever opens a workspace takes in the packs of its office, since tools are looked up without a database.
// Where that fails there are none: what a damaged workspace needs (verify) runs without them.
void own_packs_look(struct store *s);

#endif
