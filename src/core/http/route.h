// SPDX-License-Identifier: AGPL-3.0-or-later
//
// route.h: finding the route of a path.

#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/http.h"

struct route_table;

// A table of these routes, in the arena. Fixed parts of a path win over {captures}.
struct route_table *route_table_new(struct arena *a, const struct route *const *routes, size_t n);
// The route for a path given as its decoded parts, or NULL. captures must have room for
// LIMIT_PATH_PARTS.
const struct route *route_match(const struct route_table *t, const char *const *parts,
                                size_t n_parts, struct pair *captures, size_t *n_captures);
// What is wrong with the routes, as English text in the arena, or NULL: two routes with one path, no
// right or several, a form without a handler and so on. A test and the start of the server ask this.
const char *route_check(struct arena *a, const struct route *const *routes, size_t n);

#endif
