// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_suggest_store.c: see risk_suggest.h; loading what the rule looks at.

#include <string.h>

#include "base/bug.h"
#include "risk/risk.h"
#include "risk/risk_sql.h"
#include "risk/risk_suggest.h"
#include "store/store.h"

// The tools whose answers suggest risks, and the copies that the office made of them: " 2.3 2.4 2.6 ".
static const char *tools_asked(struct arena *a)
{
    static const char *const originals[] = {"2.3", "2.4", "2.6"};
    const char *list = " ";
    for (size_t i = 0; i < COUNT_OF(originals); i++) {
        const struct pack_tool **family;
        size_t n = pack_family(a, originals[i], &family);
        for (size_t k = 0; k < n; k++) {
            list = arena_printf(a, "%s%s ", list, family[k]->id);
        }
    }
    return list;
}

// The row of the Toolkit that a row of a copy comes from; NULL for all others.
static const char *root_of(const struct pack_tool *tool, const char *row_id)
{
    const struct pack_row *row =
        tool == NULL || tool->origin.tool == NULL ? NULL : tool_row(tool, row_id);
    return row == NULL ? NULL : pack_row_root(tool, row);
}

enum err risk_answers_load(struct db_read *db, struct arena *a, const char *countries,
                           struct risk_answer **out, size_t *n, struct err_info *e)
{
    const struct risk_country_answers_in in = {.countries = countries,
                                                .tools = tools_asked(a)};
    struct risk_country_answers_row *rows;
    enum err err = risk_country_answers_all(a, db, &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct risk_answer, *n + 1);
    const struct pack_tool *tool = NULL;
    for (size_t i = 0; i < *n; i++) {
        if (i == 0 || strcmp(rows[i].tool, rows[i - 1].tool) != 0) {
            tool = pack_tool_anywhere(rows[i].tool);
        }
        const char *column = rows[i].group_code != NULL       ? rows[i].group_code
                             : rows[i].stakeholder_id != NULL ? rows[i].stakeholder_id
                                                              : "";
        (*out)[i] = (struct risk_answer){
            .country = rows[i].country,
            .tool = rows[i].tool,
            .round = rows[i].round,
            .row = rows[i].row,
            .root = root_of(tool, rows[i].row),
            .column = column,
            .column_name = rows[i].stakeholder == NULL ? "" : rows[i].stakeholder,
            .value = rows[i].value};
    }
    return ERR_NONE;
}

enum err risk_suggestions_load(struct db_read *db, struct arena *a, const struct record *programme,
                               struct record *const *risks, size_t n_risks,
                               struct risk_suggestions *out, struct err_info *e)
{
    size_t n_tables;
    const struct pack_tool **tables =
        risk_tables(a, record_text(programme, "areas"), &n_tables, NULL);
    struct risk_answer *answers;
    size_t n_answers;
    struct record **dismissals;
    size_t n_dismissals;
    enum err err =
        risk_answers_load(db, a, record_text(programme, "countries"), &answers, &n_answers, e);
    if (err == ERR_NONE) {
        err = store_list_by(db, a, &entity_risk_dismissal, "programme_id", programme->id,
                            &dismissals, &n_dismissals, e);
    }
    if (err == ERR_NONE) {
        risk_suggest(a, tables, n_tables, answers, n_answers, risks, n_risks, dismissals,
                     n_dismissals, out);
    }
    return err;
}
