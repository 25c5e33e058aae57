// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_store.c: see country.h.

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_law.h"
#include "assessment/assessment_matrix.h"
#include "base/bug.h"
#include "country/country.h"
#include "country/country_sql.h"
#include "diligence/diligence.h"
#include "obligation/obligation.h"
#include "place/place.h"
#include "programme/programme.h"
#include "stakeholder/stakeholder.h"
#include "store/store.h"

#define REFERENCE_PACK "reference"
#define COUNTRY_TABLE "country"

// Everything that was loaded, before it is sorted by country.
struct loaded {
    struct arena *arena;
    const struct identity *who;
    struct country_rounds_row *rounds;
    size_t n_rounds;
    struct country_rows_row *rows;
    size_t n_rows;
    struct record **obligations;
    size_t n_obligations;
    struct record **cases; // of due diligence
    size_t n_cases;
    struct record **programmes; // by number
    size_t n_programmes;
    struct record **stakeholders;
    size_t n_stakeholders;
    struct country_tool *tools; // as country_line
    size_t n_tools;
    const char ***roots; // of each tool that lists treaties, pack_row_roots
};

static enum err load_all(struct db_read *db, struct loaded *x, const char *countries,
                         struct err_info *e)
{
    struct arena *a = x->arena;
    const struct country_rounds_in of_rounds = {.countries = countries};
    const struct country_rows_in of_rows = {.countries = countries};
    const struct store_filter here = {.field = "country", .op = STORE_ONE_OF, .text = countries};
    const struct store_query of_country = {.filters = &here, .n_filters = countries != NULL};
    // A programme has several countries; of several wanted ones any would do, which no filter says.
    bool one = countries != NULL && strlen(countries) == strlen(" KE ");
    const struct store_filter works_here = {
        .field = "countries", .op = STORE_HAS_CODE, .text = one ? arena_copy_n(a, countries + 1, 2) : NULL};
    const struct store_query by_number = {.filters = &works_here, .n_filters = one, .order = "number"};
    enum err err = country_rounds_all(a, db, &of_rounds, &x->rounds, &x->n_rounds, e);
    if (err == ERR_NONE) {
        err = country_rows_all(a, db, &of_rows, &x->rows, &x->n_rows, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_obligation, &of_country, &x->obligations,
                         &x->n_obligations, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_due_diligence, &of_country, &x->cases, &x->n_cases, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_programme, &by_number, &x->programmes, &x->n_programmes,
                         e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_stakeholder, &of_country, &x->stakeholders,
                         &x->n_stakeholders, e);
    }
    return err;
}

static bool may(const struct loaded *x, enum verb verb, const char *programme_id)
{
    return x->who == NULL || identity_may(x->who, verb, programme_id);
}

// The programmes there, and the rights that follow: of the organisation, or of one of them.
static void fill_programmes(const struct loaded *x, struct country_line *line)
{
    static const enum verb all[] = {MAY_READ, MAY_WRITE, MAY_APPROVE, MAY_EXPORT};
    line->programmes = ARENA_ARRAY(x->arena, struct record *, x->n_programmes + 1);
    for (size_t v = 0; v < COUNT_OF(all); v++) {
        line->verbs |= may(x, all[v], NULL) ? all[v] : 0u;
    }
    for (size_t i = 0; i < x->n_programmes; i++) {
        struct record *p = x->programmes[i];
        if (!record_has_code(p, "countries", line->code)) {
            continue;
        }
        for (size_t v = 0; v < COUNT_OF(all); v++) {
            line->verbs |= may(x, all[v], p->id) ? all[v] : 0u;
        }
        if (may(x, MAY_READ, p->id)) {
            line->programmes[line->n_programmes++] = p;
        }
    }
}

// Does the tool at this place list this treaty?
static bool has_treaty(const struct loaded *x, size_t tool, const char *instrument)
{
    for (unsigned i = 0; x->roots[tool] != NULL && i < x->tools[tool].tool->n_rows; i++) {
        if (strcmp(x->roots[tool][i], instrument) == 0) {
            return true;
        }
    }
    return false;
}

static void count_obligation(const struct loaded *x, struct country_tool *t, const struct record *o)
{
    t->answered += strcmp(record_text(o, "status"), "not_known") != 0;
    if (o->changed_at != NULL && strncmp(o->changed_at, t->touched, 10) > 0) {
        t->touched = arena_copy_n(x->arena, o->changed_at, 10);
    }
}

static void fill_obligations(const struct loaded *x, struct country_line *line)
{
    for (size_t i = 0; i < x->n_obligations; i++) {
        const struct record *o = x->obligations[i];
        if (strcmp(record_text(o, "country"), line->code) != 0) {
            continue;
        }
        line->n_bound += strcmp(record_text(o, "status"), "party") == 0;
        line->any = true;
        for (size_t k = 0; k < line->n_tools; k++) {
            if (has_treaty(x, k, record_text(o, "instrument"))) {
                count_obligation(x, &line->tools[k], o);
            }
        }
    }
}

// Due diligence is done for each recipient of support; superseded decisions do not count.
static void fill_cases(const struct loaded *x, struct country_line *line)
{
    for (size_t i = 0; i < x->n_cases; i++) {
        const struct record *c = x->cases[i];
        if (strcmp(record_text(c, "country"), line->code) != 0 ||
            strcmp(record_text(c, "state"), "superseded") == 0 ||
            (record_is_set(c, "programme_id") && !may(x, MAY_READ, record_text(c, "programme_id")))) {
            continue;
        }
        const struct pack_tool *with = diligence_tool_of(c);
        for (size_t k = 0; k < line->n_tools; k++) {
            struct country_tool *t = &line->tools[k];
            if (with != NULL && t->tool == with) {
                t->n_cases++;
                t->n_decided += diligence_is_decided(c);
            }
        }
        line->any = true;
    }
}

// The answers of one round, as far as counting needs them.
static struct assessment_answer *answers_of(const struct loaded *x, const char *round, size_t *n,
                                            const char **touched)
{
    size_t first = 0;
    while (first < x->n_rows && strcmp(x->rows[first].assessment_id, round) != 0) {
        first++;
    }
    size_t last = first;
    while (last < x->n_rows && strcmp(x->rows[last].assessment_id, round) == 0) {
        last++;
    }
    *n = last - first;
    struct assessment_answer *list = ARENA_ARRAY(x->arena, struct assessment_answer, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct country_rows_row *row = &x->rows[first + i];
        list[i] = (struct assessment_answer){
            .row = row->row,
            .stakeholder_id = row->stakeholder_id == NULL ? "" : row->stakeholder_id,
            .group_code = row->group_code == NULL ? "" : row->group_code,
            .value = row->value == NULL ? "" : row->value};
        *touched = strcmp(row->changed_at, *touched) > 0 ? row->changed_at : *touched;
    }
    return list;
}

// Of a matrix the cells are counted: every row for every body or group of the country. country NULL: one
// that has none.
static struct assessment_progress progress_of(const struct loaded *x, const char *country,
                                              const struct pack_tool *tool,
                                              const struct assessment_answer *answers, size_t n)
{
    if (!assessment_is_matrix(tool)) {
        return assessment_progress_of(tool, ASSESSMENT_WHOLE, answers, n);
    }
    struct record **here = ARENA_ARRAY(x->arena, struct record *, x->n_stakeholders + 1);
    size_t n_here = 0;
    for (size_t i = 0; i < x->n_stakeholders; i++) {
        if (country != NULL && strcmp(record_text(x->stakeholders[i], "country"), country) == 0) {
            here[n_here++] = x->stakeholders[i];
        }
    }
    return assessment_matrix_progress(x->arena, tool, here, n_here, answers, n);
}

static void fill_round(const struct loaded *x, struct country_line *line,
                       const struct country_rounds_row *round)
{
    for (size_t i = 0; i < line->n_tools; i++) {
        struct country_tool *t = &line->tools[i];
        if (t->tool == NULL || strcmp(t->tool->id, round->tool) != 0 || !t->kept ||
            t->tool->kind == PACK_KIND_INSTRUMENTS) {
            continue;
        }
        size_t n;
        const char *touched = round->changed_at;
        const struct assessment_answer *answers = answers_of(x, round->id, &n, &touched);
        t->state = round->state;
        t->assigned_id = round->assigned_id == NULL ? "" : round->assigned_id;
        t->touched = arena_copy_n(x->arena, touched, 10);
        struct assessment_progress p = progress_of(x, line->code, t->tool, answers, n);
        t->answered = p.answered;
        t->of = p.of;
        if (i == COUNTRY_LAW) {
            struct law_gaps gaps = law_gaps_of(x->arena, t->tool, answers, n);
            line->n_gaps = gaps.n_whole;
            line->n_gaps_in_part = gaps.n_in_part;
        }
        line->any = line->any || n > 0;
    }
}

// The tools of a country about which nothing is written down, alike for all.
static void fill_tools(struct loaded *x)
{
    const struct pack_tool **own;
    size_t n_own = pack_tools_own(x->arena, &own);
    x->tools = ARENA_ARRAY(x->arena, struct country_tool, COUNTRY_TOOLS + n_own);
    x->roots = ARENA_ARRAY(x->arena, const char **, COUNTRY_TOOLS + n_own);
    for (size_t i = 0; i < COUNTRY_TOOLS + n_own; i++) {
        bool is_own = i >= COUNTRY_TOOLS;
        const struct pack_tool *tool =
            is_own ? own[i - COUNTRY_TOOLS] : pack_tool_anywhere(country_tools[i]);
        bool treaties = tool != NULL && pack_family_tool(OBLIGATION_TOOL, tool->id) != NULL;
        bool kept = tool != NULL && tool->subject == PACK_SUBJECT_COUNTRY &&
                    (treaties || pack_tool_is_answered(tool));
        if (kept || !is_own || pack_family_tool(DILIGENCE_TOOL, tool->id) != NULL) {
            x->roots[x->n_tools] = treaties ? pack_row_roots(x->arena, tool) : NULL;
            x->tools[x->n_tools++] = (struct country_tool){
                .tool = tool, .kept = kept, .state = "", .touched = "", .assigned_id = "",
                .of = !kept      ? 0
                      : treaties ? (int)tool->n_rows
                                 : progress_of(x, NULL, tool, NULL, 0).of};
        }
    }
}

// The tools of this country, before its rounds are looked at: a matrix asks about each of its stakeholders.
static void begin_tools(const struct loaded *x, struct country_line *line)
{
    bool rated = false;
    for (size_t i = 0; !rated && i < x->n_stakeholders; i++) {
        rated = strcmp(record_text(x->stakeholders[i], "country"), line->code) == 0;
    }
    line->n_tools = x->n_tools;
    line->tools = ARENA_ARRAY(x->arena, struct country_tool, x->n_tools);
    for (size_t i = 0; i < x->n_tools; i++) {
        struct country_tool *t = &line->tools[i];
        *t = x->tools[i];
        if (rated && t->kept && assessment_is_matrix(t->tool)) {
            t->of = progress_of(x, line->code, t->tool, NULL, 0).of;
        }
    }
}

static struct country_line line_of(const struct loaded *x, const struct tsv *t, size_t at)
{
    struct country_line line = {.code = tsv_cell(t, at, "iso2"),
                                .name = tsv_cell(t, at, "name"),
                                .region = tsv_cell(t, at, "region"),
                                .sub_region = tsv_cell(t, at, "sub_region"),
                                .group = tsv_cell(t, at, "group")};
    begin_tools(x, &line);
    fill_programmes(x, &line);
    fill_obligations(x, &line);
    fill_cases(x, &line);
    for (size_t i = 0; i < x->n_rounds; i++) {
        if (strcmp(x->rounds[i].country, line.code) == 0) {
            fill_round(x, &line, &x->rounds[i]);
        }
    }
    line.any = line.any || line.n_programmes > 0;
    return line;
}

enum err country_lines_load(struct db_read *db, struct arena *a, const struct identity *who,
                            const char *countries, struct country_line **out, size_t *n,
                            struct err_info *e)
{
    struct loaded x = {.arena = a, .who = who};
    const struct pack *reference = pack_find(REFERENCE_PACK);
    const struct tsv *t = reference == NULL ? NULL : pack_table(reference, COUNTRY_TABLE);
    *n = 0;
    *out = ARENA_ARRAY(a, struct country_line, t == NULL ? 1 : t->n_rows + 1);
    enum err err = load_all(db, &x, countries, e);
    if (err == ERR_NONE) {
        fill_tools(&x);
    }
    const struct choice *sorted = vocabulary_country.list();
    for (size_t i = 0; err == ERR_NONE && t != NULL && sorted[i].code != NULL; i++) {
        const char *wanted = arena_printf(a, " %s ", sorted[i].code);
        if (countries != NULL && strstr(countries, wanted) == NULL) {
            continue;
        }
        long at = tsv_find(t, "iso2", sorted[i].code);
        ensure(at >= 0);
        struct country_line line = line_of(&x, t, (size_t)at);
        if ((line.verbs & MAY_READ) != 0) {
            (*out)[(*n)++] = line;
        }
    }
    return err;
}
