// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_basis_web.c: the answers of the situation analysis behind a risk, in words; and keeping them when a
// risk is taken over.

#include <string.h>

#include "place/place.h"
#include "programme/programme.h"
#include "risk/risk_suggest.h"
#include "risk/risk_web.h"

enum err risk_keep_basis(struct req *r, struct db_read *db, struct record *risk, struct err_info *e)
{
    struct record **risks;
    size_t n;
    struct risk_suggestions all;
    if (!record_is_set(risk, "row")) {
        return ERR_NONE;
    }
    enum err err = store_list_by(db, r->arena, &entity_risk, "programme_id", r->programme->id,
                                 &risks, &n, e);
    if (err == ERR_NONE) {
        err = risk_suggestions_load(db, r->arena, r->programme, risks, n, &all, e);
    }
    const struct risk_suggestion *s =
        err == ERR_NONE ? risk_suggestion_of(&all, record_text(risk, "row")) : NULL;
    if (s != NULL) {
        record_set_text(risk, "basis", risk_basis_of(r->arena, s));
    }
    return err;
}

// ---- words ---------------------------------------------------------------------------------------

// "/countries/NE/tools/2.6/2.6-Q5?column=g-irregular"
static const char *question_address(struct req *r, const struct pack_tool *tool,
                                    const struct basis_ground *g, bool is_group)
{
    const char *page = url_make(r->arena, "/countries/{0}/tools/{1}/{2}", g->country, tool->id,
                                g->row, NULL);
    return g->column[0] == '\0'
               ? page
               : arena_printf(r->arena, "%s?column=%s-%s", page, is_group ? "g" : "s",
                              url_escape(r->arena, g->column));
}

struct risk_ground_line risk_ground_line(struct req *r, const struct pack_tool *tool,
                                         const char *risk_row, const struct basis_ground *g,
                                         const char *column_name)
{
    const struct pack_tool *asked = risk_ground_tool(r->arena, g->row);
    const struct pack_row *row = asked == NULL ? NULL : tool_row(asked, g->row);
    const struct pack_group *group =
        asked == NULL || g->column[0] == '\0' ? NULL : tool_group(asked, g->column);
    return (struct risk_ground_line){
        .country = country_words(r->lang, g->country),
        .question = row == NULL ? g->row : risk_words(r, asked, row->id, row->text),
        .column = group != NULL ? risk_words(r, asked, group->id, group->title) : column_name,
        .answer = risk_ground_answer(r->lang, asked, g->row, g->value),
        .why = tool == NULL ? g->why : risk_words(r, tool, risk_row, g->why),
        .row = g->row,
        .address = asked == NULL ? url_make(r->arena, "/countries/{0}", g->country, NULL)
                                 : question_address(r, asked, g, group != NULL)};
}

// ---- of a risk in the register -------------------------------------------------------------------

static const char *countries_of(struct arena *a, const struct basis_ground *g, size_t n)
{
    const char *list = " ";
    for (size_t i = 0; i < n; i++) {
        const char *one = arena_printf(a, " %s ", g[i].country);
        list = strstr(list, one) != NULL ? list : arena_printf(a, "%s%s ", list, g[i].country);
    }
    return list;
}

static const struct risk_answer *answer_now(const struct risk_answer *all, size_t n,
                                            const struct basis_ground *g)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i].country, g->country) == 0 && strcmp(all[i].row, g->row) == 0 &&
            strcmp(all[i].column, g->column) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

static struct risk_ground_line kept_line(struct req *r, const struct pack_tool *tool,
                                         const char *risk_row, const struct basis_ground *g,
                                         const struct risk_answer *now)
{
    struct risk_ground_line line =
        risk_ground_line(r, tool, risk_row, g, now == NULL ? "" : now->column_name);
    const struct pack_tool *asked = risk_ground_tool(r->arena, g->row);
    if (asked != NULL && g->round[0] != '\0') {
        line.round = url_make(r->arena, "/countries/{0}/tools/{1}/rounds/{2}", g->country, asked->id,
                              g->round, NULL);
    }
    if (now == NULL) {
        line.now = tr(r->lang, MSG("Not answered"));
    } else if (strcmp(now->value, g->value) != 0) {
        line.now = risk_ground_answer(r->lang, asked, g->row, now->value);
    }
    return line;
}

enum err risk_grounds_load(struct req *r, const struct record *risk,
                           const struct risk_ground_line **out, size_t *n, struct err_info *e)
{
    const struct pack_tool *tool = NULL;
    struct risk_answer *answers;
    size_t n_answers;
    struct basis_ground *kept = basis_grounds(r->arena, record_text(risk, "basis"), n);
    *out = NULL;
    if (*n == 0) {
        return ERR_NONE;
    }
    enum err err = risk_answers_load(r->db, r->arena, countries_of(r->arena, kept, *n), &answers,
                                     &n_answers, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct risk_ground_line *lines = ARENA_ARRAY(r->arena, struct risk_ground_line, *n);
    const char *row = record_text(risk, "row");
    (void)risk_table_row(row, &tool);
    for (size_t i = 0; i < *n; i++) {
        lines[i] = kept_line(r, tool, row, &kept[i], answer_now(answers, n_answers, &kept[i]));
    }
    *out = lines;
    return ERR_NONE;
}
