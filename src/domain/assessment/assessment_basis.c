// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_basis.c: see assessment_basis.h; the lines, without a database.

#include "assessment/assessment_basis.h"

#include <string.h>

const char *basis_mark(struct arena *a, const struct basis_ground *g)
{
    return arena_printf(a, "%s:%s%s%s=%s", g->country, g->row, g->column[0] == '\0' ? "" : "/",
                        g->column, g->value);
}

const char *basis_line(struct arena *a, const struct basis_ground *g)
{
    char *line = arena_printf(a, "%s %s %s", basis_mark(a, g), g->round, g->why);
    for (char *p = line; *p != '\0'; p++) {
        *p = *p == '\n' || *p == '\r' ? ' ' : *p;
    }
    return line;
}

// What stands before the first of the ends; moves on past that one. The last end is that of the text.
static const char *take(struct arena *a, const char **at, const char *ends)
{
    size_t len = strcspn(*at, ends);
    const char *part = arena_copy_n(a, *at, len);
    *at += len + ((*at)[len] != '\0');
    return part;
}

static struct basis_ground ground_of(struct arena *a, const char *line)
{
    const char *at = line;
    const char *mark = take(a, &at, " ");
    struct basis_ground g = {.round = take(a, &at, " "), .why = at, .column = ""};
    if (strchr(mark, ':') != NULL && strchr(mark, '=') != NULL) {
        g.country = take(a, &mark, ":");
        const char *where = take(a, &mark, "=");
        g.value = mark;
        g.row = take(a, &where, "/");
        g.column = where;
    }
    return g;
}

struct basis_ground *basis_grounds(struct arena *a, const char *basis, size_t *n)
{
    size_t lines = 1;
    for (const char *p = basis; *p != '\0'; p++) {
        lines += *p == '\n';
    }
    struct basis_ground *list = ARENA_ARRAY(a, struct basis_ground, lines);
    *n = 0;
    while (*basis != '\0') {
        list[*n] = ground_of(a, take(a, &basis, "\n"));
        *n += list[*n].row != NULL;
    }
    return list;
}

struct basis_risks basis_risks_of(struct arena *a, const struct basis_risks *all, const char *row,
                                  const char *column)
{
    struct basis_risks out = {.items = ARENA_ARRAY(a, struct basis_risk, all->n + 1)};
    for (size_t i = 0; i < all->n; i++) {
        const struct basis_risk *x = &all->items[i];
        bool again = column == NULL && out.n > 0 && strcmp(out.items[out.n - 1].id, x->id) == 0;
        if (!again && strcmp(x->ground.row, row) == 0 &&
            (column == NULL || strcmp(x->ground.column, column) == 0)) {
            out.items[out.n++] = *x;
        }
    }
    return out;
}
