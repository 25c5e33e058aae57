// SPDX-License-Identifier: AGPL-3.0-or-later
//
// route.c: see route.h. Routes are kept in groups by their first part and their number of parts; a
// group is found by a hash and is at most a few dozen long.

#include "http/route.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/sort.h"

#define N_GROUPS 256

struct part {
    const char *text; // without braces
    bool capture;
};
struct compiled {
    const struct route *route;
    struct part parts[LIMIT_PATH_PARTS];
    size_t n_parts;
    struct compiled *next; // of the group
};
struct route_table {
    struct compiled *groups[N_GROUPS];
};

static unsigned group_of(const char *first, size_t n_parts)
{
    unsigned h = 2166136261u; // FNV-1a
    for (const char *p = first; *p != '\0'; p++) {
        h = (h ^ (unsigned char)*p) * 16777619u;
    }
    return (h ^ (unsigned)n_parts * 16777619u) % N_GROUPS;
}

// Cuts a path into parts; false when it is not of the right shape.
static bool compile(struct arena *a, const struct route *r, struct compiled *out)
{
    *out = (struct compiled){.route = r};
    if (r->path == NULL || r->path[0] != '/') {
        return false;
    }
    if (r->path[1] == '\0') {
        return true; // the root has no parts
    }
    for (const char *p = r->path; *p == '/';) {
        size_t len = strcspn(++p, "/");
        if (len == 0 || out->n_parts == LIMIT_PATH_PARTS) {
            return false;
        }
        bool capture = p[0] == '{';
        if (capture && (len < 3 || p[len - 1] != '}')) {
            return false;
        }
        out->parts[out->n_parts++] = (struct part){
            .text = capture ? arena_copy_n(a, p + 1, len - 2) : arena_copy_n(a, p, len),
            .capture = capture,
        };
        p += len;
    }
    return out->n_parts == 0 || !out->parts[0].capture;
}

// Fixed parts before captures, then by text.
static int compare(const struct compiled *x, const struct compiled *y)
{
    for (size_t i = 0; i < x->n_parts && i < y->n_parts; i++) {
        if (x->parts[i].capture != y->parts[i].capture) {
            return x->parts[i].capture ? 1 : -1;
        }
        int order = x->parts[i].capture ? 0 : strcmp(x->parts[i].text, y->parts[i].text);
        if (order != 0) {
            return order;
        }
    }
    return (x->n_parts > y->n_parts) - (x->n_parts < y->n_parts);
}

struct route_table *route_table_new(struct arena *a, const struct route *const *routes, size_t n)
{
    struct route_table *t = ARENA_MAKE(a, struct route_table);
    for (size_t i = 0; i < n; i++) {
        struct compiled *c = ARENA_MAKE(a, struct compiled);
        if (!compile(a, routes[i], c)) {
            bug("a route has a path of the wrong shape");
        }
        struct compiled **at =
            &t->groups[group_of(c->n_parts == 0 ? "" : c->parts[0].text, c->n_parts)];
        while (*at != NULL && compare(*at, c) <= 0) {
            at = &(*at)->next;
        }
        c->next = *at;
        *at = c;
    }
    return t;
}

static bool matches(const struct compiled *c, const char *const *parts)
{
    for (size_t i = 0; i < c->n_parts; i++) {
        if (!c->parts[i].capture && strcmp(c->parts[i].text, parts[i]) != 0) {
            return false;
        }
    }
    return true;
}

const struct route *route_match(const struct route_table *t, const char *const *parts,
                                size_t n_parts, struct pair *captures, size_t *n_captures)
{
    *n_captures = 0;
    const struct compiled *c = t->groups[group_of(n_parts == 0 ? "" : parts[0], n_parts)];
    while (c != NULL && (c->n_parts != n_parts || !matches(c, parts))) {
        c = c->next;
    }
    if (c == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < n_parts; i++) {
        if (c->parts[i].capture) {
            captures[(*n_captures)++] = (struct pair){c->parts[i].text, parts[i]};
        }
    }
    return c->route;
}

// ---- all routes of the program ------------------------------------------------------------------

extern const struct route *const index_routes[]; // made by tools/mkindex
extern const size_t index_n_routes;

static pthread_once_t sorted_once = PTHREAD_ONCE_INIT;
static const struct route **sorted;

static int by_path(const void *x, const void *y)
{
    const struct route *const *a = x, *const *b = y;
    return strcmp((*a)->path, (*b)->path);
}

static struct arena *arena; // of sorted

static void free_routes(void)
{
    arena_free(arena);
}

static void sort_routes(void)
{
    arena = arena_new(LIMIT_PROCESS_BYTES);
    sorted = ARENA_ARRAY(arena, const struct route *, index_n_routes + 1);
    for (size_t i = 0; i < index_n_routes; i++) {
        sorted[i] = index_routes[i];
    }
    (void)atexit(free_routes); // else its memory goes with the process
    sort_items(sorted, index_n_routes, sizeof sorted[0], by_path);
}

const struct route *const *route_all(size_t *n)
{
    pthread_once(&sorted_once, sort_routes);
    *n = index_n_routes;
    return sorted;
}

static int compare_path(const void *path, const void *route)
{
    return strcmp(path, (*(const struct route *const *)route)->path);
}

const struct route *route_at(const struct route *const *routes, size_t n, const char *path)
{
    const struct route *const *found = bsearch(path, routes, n, sizeof *routes, compare_path);
    return found == NULL ? NULL : *found;
}

bool route_has_page(const char *path)
{
    size_t n;
    const struct route *const *all = route_all(&n);
    const struct route *found = route_at(all, n, path);
    return found != NULL && found->get != NULL;
}

// ---- check --------------------------------------------------------------------------------------

static bool is_one_verb(unsigned verbs)
{
    return verbs != 0 && (verbs & (verbs - 1)) == 0 && verbs <= MAY_ADMINISTER;
}

static bool has_capture(const struct compiled *c, const char *name)
{
    for (size_t i = 0; i < c->n_parts; i++) {
        if (c->parts[i].capture && strcmp(c->parts[i].text, name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *fault_of(const struct route *r, const struct compiled *c)
{
    if (!is_one_verb(r->needs)) {
        return "needs must be exactly one verb (MAY_PUBLIC for all)";
    }
    if (r->post_needs != 0 && (!is_one_verb(r->post_needs) || r->post == NULL)) {
        return "post_needs must be one verb, beside a post handler";
    }
    if (r->get == NULL && r->post == NULL) {
        return "no handler";
    }
    if (r->post == NULL && (r->entity != NULL || r->n_fields != 0 || r->uploads)) {
        return "a form but no post handler";
    }
    for (size_t i = 0; r->except != NULL && r->except[i] != NULL; i++) {
        if (r->entity == NULL || entity_field(r->entity, r->except[i]) == NULL) {
            return "except names a field that the entity does not have";
        }
    }
    if (r->prepare != NULL && r->entity == NULL && r->n_fields == 0) {
        return "prepare without a form";
    }
    if (r->edits != NULL && (r->entity == NULL || !has_capture(c, r->edits))) {
        return "edits must name a capture of the path, beside an entity";
    }
    if (has_capture(c, "programme") &&
        (r->needs == MAY_PUBLIC || r->post_needs == MAY_PUBLIC)) {
        return "a programme is not public";
    }
    return NULL;
}

static int by_shape(const void *x, const void *y)
{
    return compare(x, y);
}

const char *route_check(struct arena *a, const struct route *const *routes, size_t n)
{
    struct compiled *all = ARENA_ARRAY(a, struct compiled, n);
    for (size_t i = 0; i < n; i++) {
        if (!compile(a, routes[i], &all[i])) {
            return arena_printf(a, "%s: the path has the wrong shape", routes[i]->path);
        }
        const char *fault = fault_of(routes[i], &all[i]);
        if (fault != NULL) {
            return arena_printf(a, "%s: %s", routes[i]->path, fault);
        }
    }
    sort_items(all, n, sizeof *all, by_shape); // every start asks: neighbours only, not each with each
    for (size_t i = 1; i < n; i++) {
        if (compare(&all[i - 1], &all[i]) == 0) {
            return arena_printf(a, "%s and %s are one path", all[i - 1].route->path,
                                all[i].route->path);
        }
    }
    return NULL;
}
