// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_mapping.c: what is called how on the other side. See dhis2.h.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "exchange/dhis2/dhis2.h"
#include "format/csv/csv_read.h"

// The rows of one kind.
struct kind {
    struct map by_ours; // struct dhis2_pair
    struct map by_theirs;
};
struct dhis2_pair {
    const char *ours;
    const char *theirs;
};

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

// "female 18-24" to its split. False when a word is none of ours.
static bool read_group(struct arena *a, const char *words, struct split *out)
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

// Of two rows about the same the first one counts.
static void put(struct dhis2_mapping *m, const char *kind, const char *ours, const char *theirs)
{
    struct arena *a = m->kinds.arena;
    struct dhis2_pair *pair = ARENA_MAKE(a, struct dhis2_pair);
    void **place = map_at(&m->kinds, kind);
    if (*place == NULL) {
        struct kind *new = ARENA_MAKE(a, struct kind);
        map_init(&new->by_ours, a);
        map_init(&new->by_theirs, a);
        *place = new;
    }
    struct kind *k = *place;
    *pair = (struct dhis2_pair){ours, theirs};
    void **by_ours = map_at(&k->by_ours, ours);
    void **by_theirs = map_at(&k->by_theirs, theirs);
    *by_ours = *by_ours == NULL ? pair : *by_ours;
    *by_theirs = *by_theirs == NULL ? pair : *by_theirs;
}

// What of a row with a data element stands in another such row: two values under one name could not be told apart.
// NULL: nothing.
static const char *taken_before(struct arena *a, struct map *elements, const struct csv_row *row)
{
    static const char *const names[] = {"indicator", "part", "whole"};
    bool is_element = false;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        is_element = is_element || strcmp(row->cells[0], names[i]) == 0;
    }
    for (int i = 1; is_element && i <= 2; i++) {
        const char *key = i == 1 ? arena_printf(a, "%s %s", row->cells[0], row->cells[1]) : row->cells[2];
        void **place = map_at(elements, key);
        if (*place != NULL) {
            return row->cells[i];
        }
        *place = (void *)key;
    }
    return NULL;
}

enum err dhis2_mapping_read(struct arena *a, const char *bytes, size_t len,
                            struct dhis2_mapping *out, struct err_info *e)
{
    struct map elements;
    struct csv_in csv;
    struct csv_row row;
    bool more, first = true;
    enum err err = csv_open(&csv, bytes, len, e);
    map_init(&out->kinds, a);
    map_init(&elements, a);
    while (err == ERR_NONE && (err = csv_next(a, &csv, &row, &more, e)) == ERR_NONE && more) {
        struct split split;
        if (row.n != 3) {
            return refuse(e, a, row.number, MSG("Row {0} of the mapping has not three cells."), "");
        }
        bool heading = first && strcmp(row.cells[0], "kind") == 0;
        first = false;
        if (heading) {
            continue;
        }
        if (!is_kind(row.cells[0])) {
            return refuse(e, a, row.number, MSG("Row {0} of the mapping: there is no kind “{1}”."),
                          row.cells[0]);
        }
        const char *taken = taken_before(a, &elements, &row);
        if (taken != NULL) {
            return refuse(e, a, row.number, MSG("Row {0} of the mapping: “{1}” stands for something else already."),
                          taken);
        }
        bool is_combo = strcmp(row.cells[0], "option_combo") == 0;
        if (is_combo && !read_group(a, row.cells[1], &split)) {
            return refuse(e, a, row.number,
                          MSG("Row {0} of the mapping: “{1}” is no group. Write female 18-24, "
                              "female, 18-24 or total."),
                          row.cells[1]);
        }
        put(out, row.cells[0], is_combo ? split_text(a, &split) : row.cells[1], row.cells[2]);
    }
    return err;
}

static const struct dhis2_pair *pair_of(const struct dhis2_mapping *m, const char *kind, bool by_ours,
                                        const char *code)
{
    const struct kind *k = map_get(&m->kinds, kind);
    return k == NULL ? NULL : map_get(by_ours ? &k->by_ours : &k->by_theirs, code);
}

const char *dhis2_theirs(const struct dhis2_mapping *m, const char *kind, const char *ours)
{
    const struct dhis2_pair *pair = pair_of(m, kind, true, ours);
    return pair == NULL ? NULL : pair->theirs;
}

const char *dhis2_ours(const struct dhis2_mapping *m, const char *kind, const char *theirs)
{
    const struct dhis2_pair *pair = pair_of(m, kind, false, theirs);
    return pair == NULL ? NULL : pair->ours;
}
