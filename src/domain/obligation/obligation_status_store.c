// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_status_store.c: see obligation_status.h.

#include "obligation/obligation_status.h"

#include <string.h>

#include "obligation/obligation.h"
#include "store/store.h"

#define REFERENCE_PACK "reference"
#define REFERENCE_TABLE "treaty-status"

struct obligation_hint obligation_hint_of(const char *country, const char *instrument)
{
    struct obligation_hint none = {0};
    const struct pack *p = pack_find(REFERENCE_PACK);
    const struct tsv *t = p == NULL ? NULL : pack_table(p, REFERENCE_TABLE);
    for (size_t i = 0; t != NULL && i < t->n_rows; i++) {
        if (strcmp(tsv_cell(t, i, "country"), country) == 0 &&
            strcmp(tsv_cell(t, i, "instrument"), instrument) == 0) {
            return (struct obligation_hint){
                .found = true,
                .status = tsv_cell(t, i, "status"),
                .signed_on = tsv_cell(t, i, "signed_on"),
                .bound_on = tsv_cell(t, i, "bound_on"),
                .source = tsv_cell(t, i, "source"),
                .as_of = tsv_cell(t, i, "as_of"),
            };
        }
    }
    return none;
}

void obligation_take_hint(struct record *r, const struct obligation_hint *hint)
{
    record_set_text(r, "status", hint->status);
    record_set_text(r, "signed_on", hint->signed_on);
    record_set_text(r, "bound_on", hint->bound_on);
    record_set_text(r, "source", hint->source);
    record_set_text(r, "source_date", hint->as_of);
    record_set_text(r, "origin", "prefill");
}

static const struct record *entered_for(struct record *const *records, size_t n, const char *row)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(records[i], "instrument"), row) == 0) {
            return records[i];
        }
    }
    return NULL;
}

// A year on one side is no difference to a day of that year on the other.
static bool dates_differ(const char *x, const char *y)
{
    size_t shorter = strlen(x) < strlen(y) ? strlen(x) : strlen(y);
    return shorter > 0 && strncmp(x, y, shorter) != 0;
}

static bool differs(const struct record *r, const struct obligation_hint *h)
{
    return strcmp(record_text(r, "status"), h->status) != 0 ||
           dates_differ(record_text(r, "bound_on"), h->bound_on);
}

static struct obligation_line line_of(const char *country, const struct pack_row *row, const char *root,
                                      struct record *const *records, size_t n)
{
    struct obligation_line line = {.row = row,
                                   .instrument = root,
                                   .entered = entered_for(records, n, root),
                                   .hint = obligation_hint_of(country, root)};
    line.hint_differs = line.entered != NULL && line.hint.found && differs(line.entered, &line.hint);
    return line;
}

// Place of its section; one behind the last for a row without.
static unsigned section_at(const struct pack_tool *tool, const struct pack_row *row)
{
    unsigned i = 0;
    while (i < tool->n_sections &&
           (row->section == NULL || strcmp(row->section, tool->sections[i].id) != 0)) {
        i++;
    }
    return i;
}

static void add_line(struct obligation_list *out, struct obligation_line line)
{
    const char *status = line.entered == NULL ? "" : record_text(line.entered, "status");
    out->lines[out->n++] = line;
    out->n_known += status[0] != '\0' && strcmp(status, "not_known") != 0;
    out->n_bound += strcmp(status, "party") == 0;
    out->n_suggestions += line.entered == NULL && line.hint.found;
}

// What was entered and is on no line.
static void add_others(struct arena *a, struct record *const *records, size_t n,
                       struct obligation_list *out)
{
    out->others = ARENA_ARRAY(a, struct obligation_other, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool shown = false;
        for (size_t k = 0; k < out->n; k++) {
            shown = shown || out->lines[k].entered == records[i];
        }
        struct obligation_other *x = &out->others[out->n_others];
        if (!shown) {
            *x = (struct obligation_other){.entered = records[i]};
            x->row = pack_family_row(OBLIGATION_TOOL, record_text(records[i], "instrument"), &x->tool);
            out->n_others++;
        }
    }
}

enum err obligation_list_load(struct db_read *db, struct arena *a, const char *country,
                              const struct pack_tool *tool, struct obligation_list *out,
                              struct err_info *e)
{
    *out = (struct obligation_list){.tool = tool != NULL ? tool : pack_tool_anywhere(OBLIGATION_TOOL)};
    struct record **records;
    size_t n;
    if (out->tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no tool {0}."), NULL, OBLIGATION_TOOL,
                       NULL);
    }
    enum err err = store_list_by(db, a, &entity_obligation, "country", country, &records, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **roots = pack_row_roots(a, out->tool);
    out->lines = ARENA_ARRAY(a, struct obligation_line, (size_t)out->tool->n_rows + 1);
    for (unsigned s = 0; s <= out->tool->n_sections; s++) { // what an office adds may stand after all others
        for (unsigned i = 0; i < out->tool->n_rows; i++) {
            const struct pack_row *row = &out->tool->rows[i];
            if (section_at(out->tool, row) == s) {
                add_line(out, line_of(country, row, roots[i], records, n));
            }
        }
    }
    add_others(a, records, n, out);
    return ERR_NONE;
}
