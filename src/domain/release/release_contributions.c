// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_contributions.c: see release_contributions.h. Used by release_amounts_cli.c.

#include "release/release_contributions.h"

#include <string.h>

#include "base/decimal.h"
#include "format/csv/csv_write.h"
#include "release/release_rows.h"

// ---- reading ---------------------------------------------------------------------------------------------------

struct collecting {
    struct map contributors; // int by name
    int n_contributors;
    struct release_contribution *items;
    size_t n, cap;
    int64_t sum;
};

static enum err read_amount(struct reading *r, const struct csv_row *row, int64_t *out, struct err_info *e)
{
    const char *text = row->cells[r->count];
    int64_t scaled = 0;
    if (text[0] == '\0') {
        return release_at_line(e, r, row, MSG("Line {0}: the amount is missing."),
                               MSG("Leave a line out where nothing was given."), NULL);
    }
    if (!decimal_parse(text, &scaled) || scaled % DECIMAL_ONE != 0) {
        return release_at_line(e, r, row, MSG("Line {0}: the amount is not a whole number."),
                               MSG("Round it to whole units of the currency, or to thousands of them."), NULL);
    }
    if (scaled < 0) {
        return release_at_line(e, r, row, MSG("Line {0}: the amount is negative."),
                               MSG("Take what was paid back off what was given."), NULL);
    }
    *out = scaled / DECIMAL_ONE;
    return ERR_NONE;
}

static int contributor_of(struct reading *r, struct collecting *x, const char *name)
{
    const int *known = map_get(&x->contributors, name);
    if (known != NULL) {
        return *known;
    }
    int *number = ARENA_MAKE(r->a, int);
    *number = x->n_contributors++;
    *map_at(&x->contributors, arena_copy(r->a, name)) = number;
    return *number;
}

static enum err take_row(struct reading *r, const struct csv_row *row, void *of, struct err_info *e)
{
    struct collecting *x = of;
    int64_t amount = 0;
    const char *name = row->cells[r->contributor];
    name += strspn(name, " ");
    size_t len = strlen(name);
    while (len > 0 && name[len - 1] == ' ') {
        len--;
    }
    if (len == 0) {
        return release_at_line(e, r, row, MSG("Line {0}: it is not said who contributed."),
                               MSG("Several amounts of one contributor are counted as one, so each line needs a name."),
                               NULL);
    }
    enum err err = read_amount(r, row, &amount, e);
    if (err == ERR_NONE && amount > RELEASE_MAX_AMOUNT - x->sum) {
        err = release_at_line(e, r, row, MSG("Line {0}: with it the sum is larger than {1}."),
                              MSG("Give the amounts in thousands."), "1,000,000,000");
    }
    if (err == ERR_NONE && amount > 0) {
        x->sum += amount;
        x->items = arena_room(r->a, x->items, sizeof *x->items, x->n, &x->cap);
        x->items[x->n++] = (struct release_contribution){contributor_of(r, x, arena_copy_n(r->a, name, len)),
                                                 release_rows_cell(r, row), amount};
    }
    return err;
}

enum err release_contributions_read(struct arena *a, const struct release_columns *columns, const char *bytes,
                                    size_t len, const struct release_frame **f, struct release_behind *behind,
                                    struct err_info *e)
{
    struct reading r = {.a = a, .bytes = bytes, .len = len};
    struct collecting x = {.n = 0};
    map_init(&x.contributors, a);
    enum err err = release_rows_frame(&r, columns, e);
    if (err == ERR_NONE) {
        err = release_amount_frame(r.f, e);
    }
    if (err == ERR_NONE) {
        err = release_rows_each(&r, take_row, &x, e);
    }
    if (err == ERR_NONE) {
        *f = r.f;
        *behind = release_behind_of(a, r.f, x.items, x.n);
    }
    return err;
}

// ---- writing ---------------------------------------------------------------------------------------------------

enum err release_amounts_write(const struct release_magnitude *m, const char *amount,
                               const struct release_amount_rule *rule, struct buf *out, struct err_info *e)
{
    static const char *const names[] = {RELEASE_KIND, RELEASE_CONTRIBUTORS, RELEASE_DOMINANCE};
    const struct release_frame *f = m->amounts->frame;
    struct csv_out csv;
    csv_begin(&csv, out, false);
    for (int d = 0; d < f->n; d++) {
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            if (strcmp(f->of[d].name, names[i]) == 0) {
                return err_set(e, ERR_INPUT, "--by", MSG("A dimension cannot be called “{0}”."),
                               MSG("Give the column another name."), names[i], NULL);
            }
        }
        csv_cell(&csv, f->of[d].name);
    }
    csv_cell(&csv, amount);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        csv_cell(&csv, names[i]);
    }
    csv_row_end(&csv);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        for (int d = 0; d < f->n; d++) {
            csv_cell(&csv, release_category_name(f, cell, d));
        }
        if (m->seen[cell] == RELEASE_HIDDEN) {
            csv_cell(&csv, RELEASE_LEFT_OUT);
        } else {
            csv_cell_int(&csv, m->amounts->counts[cell]);
        }
        csv_cell(&csv, release_kind(f, cell));
        csv_cell_int(&csv, rule->contributors);
        csv_cell_int(&csv, rule->dominance);
        csv_row_end(&csv);
    }
    return ERR_NONE;
}
