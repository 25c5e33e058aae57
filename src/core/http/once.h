// SPDX-License-Identifier: AGPL-3.0-or-later
//
// once.h: what a script sent twice is done once.
//
// When the line drops after a form arrived, its sender cannot know and sends it again. The script gives
// every sending a key of its own (X-Mainstay-Send); the last ones are remembered here with the address
// their reply led to, in memory: a server that starts anew forgets them. Used by the dispatcher.

#ifndef HTTP_ONCE_H
#define HTTP_ONCE_H

#include "base/arena.h"

struct once;
enum once_state { ONCE_FIRST, ONCE_RUNS, ONCE_DONE };

// Room for the last 256 sendings; it lives as long as the arena.
struct once *once_new(struct arena *a);
// What is known of this sending of this session (hash of its token). ONCE_FIRST: nothing, it is
// worked on from now until once_end. ONCE_DONE: *location, in the arena, is where its reply led. A key
// that is empty or too long is always ONCE_FIRST.
enum once_state once_begin(struct once *o, struct arena *a, const char *session, const char *key,
                           const char **location);
// The sending is answered: it led to an address, or (NULL) changed nothing and may be sent again.
void once_end(struct once *o, const char *session, const char *key, const char *location);

#endif
