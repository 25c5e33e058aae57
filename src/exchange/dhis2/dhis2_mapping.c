// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_mapping.c: what is called how on the other side. See dhis2.h.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "exchange/dhis2/dhis2.h"
#include "format/csv/csv_read.h"

static const char *const kinds[] = {"indicator", "part",     "whole", "org_unit", "option_combo",
                                    "category",  "data_set", "slice"};

static enum err refuse(struct err_info *e, struct arena *a, int row, const char *text,
                       const char *arg)
{
    return err_set(e, ERR_INPUT, "--mapping", text,
                   MSG("A row is kind,ours,theirs: for example indicator,SAMPLE1/I1,f7n9E0hX8qk."),
                   decimal_int_text(a, row), arg, NULL);
}

// Also the characteristics, whose values may be called otherwise on the other side.
static bool is_kind(const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return true;
        }
    }
    return characteristic_find(kind) != NULL;
}

enum err dhis2_mapping_read(struct arena *a, const char *bytes, size_t len,
                            struct dhis2_mapping *out, struct err_info *e)
{
    struct dhis2_pair *pairs = NULL;
    size_t n = 0;
    size_t room = 0;
    struct csv_in csv;
    struct csv_row row;
    bool more;
    enum err err = csv_open(&csv, bytes, len, e);
    while (err == ERR_NONE && (err = csv_next(a, &csv, &row, &more, e)) == ERR_NONE && more) {
        struct split split;
        if (row.n != 3) {
            return refuse(e, a, row.number, MSG("Row {0} of the mapping has not three cells."), "");
        }
        if (row.number == 1 && strcmp(row.cells[0], "kind") == 0) {
            continue;
        }
        if (!is_kind(row.cells[0])) {
            return refuse(e, a, row.number, MSG("Row {0} of the mapping: there is no kind “{1}”."),
                          row.cells[0]);
        }
        if (strcmp(row.cells[0], "option_combo") == 0 &&
            !dhis2_group_split(a, row.cells[1], &split)) {
            return refuse(e, a, row.number,
                          MSG("Row {0} of the mapping: “{1}” is no group. Write female 18-24, "
                              "female, 18-24 or total."),
                          row.cells[1]);
        }
        pairs = arena_room(a, pairs, sizeof *pairs, n, &room);
        pairs[n++] = (struct dhis2_pair){row.cells[0], row.cells[1], row.cells[2]};
    }
    *out = (struct dhis2_mapping){pairs, n};
    return err;
}

const char *dhis2_theirs(const struct dhis2_mapping *m, const char *kind, const char *ours)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->pairs[i].kind, kind) == 0 && strcmp(m->pairs[i].ours, ours) == 0) {
            return m->pairs[i].theirs;
        }
    }
    return NULL;
}

const char *dhis2_ours(const struct dhis2_mapping *m, const char *kind, const char *theirs)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->pairs[i].kind, kind) == 0 && strcmp(m->pairs[i].theirs, theirs) == 0) {
            return m->pairs[i].ours;
        }
    }
    return NULL;
}

// The first characteristic that has this value and is not in the split yet; NULL when there is none.
static const char *characteristic_with(const char *value, const struct split *split)
{
    size_t n;
    const struct characteristic *all = characteristics(&n);
    for (size_t i = 0; i < n; i++) {
        for (const struct choice *v = all[i].values; v->code != NULL; v++) {
            if (strcmp(v->code, value) == 0 && split_value(split, all[i].code) == NULL) {
                return all[i].code;
            }
        }
    }
    return NULL;
}

bool dhis2_group_split(struct arena *a, const char *words, struct split *out)
{
    char *state = NULL;
    char *copy = arena_copy(a, words);
    struct err_info unknown;
    *out = (struct split){0};
    if (strcmp(words, "total") == 0) {
        return true;
    }
    for (char *word = strtok_r(copy, " ", &state); word != NULL;
         word = strtok_r(NULL, " ", &state)) {
        struct split one = {0};
        const char *key = strchr(word, '=') != NULL ? NULL : characteristic_with(word, out);
        const char *text = key == NULL ? word : arena_printf(a, "%s=%s", key, word);
        if (split_read(a, text, &one, &unknown) != ERR_NONE ||
            !split_add(out, one.pairs[0].key, one.pairs[0].value)) {
            return false;
        }
    }
    return out->n > 0;
}

const char *dhis2_combo(struct arena *a, const struct dhis2_mapping *m, const struct split *split)
{
    const char *wanted = split_text(a, split);
    for (size_t i = 0; i < m->n; i++) {
        struct split of;
        if (strcmp(m->pairs[i].kind, "option_combo") == 0 &&
            dhis2_group_split(a, m->pairs[i].ours, &of) && strcmp(split_text(a, &of), wanted) == 0) {
            return m->pairs[i].theirs;
        }
    }
    return NULL;
}
