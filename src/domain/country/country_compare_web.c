// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_compare_web.c: two to four countries side by side: profiles with the newest value and its year, or
// answers on the law; what differs is said in words.

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_profile.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"
#include "base/decimal.h"
#include "country/country_compare.html.h"
#include "country/country_web.h"
#include "place/place.h"
#include "programme/programme_sheet_web.h"

#define MOST 4

static const size_t offered[] = {COUNTRY_PROFILE, COUNTRY_LAW};

struct side {
    const struct country_line *line;
    const struct assessment_answer *answers;
    size_t n;
};
struct comparison {
    const struct pack_tool *tool;
    size_t at; // of the tool in country_tools
    struct country_line *lines; // all that may be read
    size_t n_lines;
    struct side sides[MOST];
    size_t n;
    bool only_different;
};

// ---- what was asked for -------------------------------------------------------------------------

static const struct country_line *line_of(const struct comparison *c, const char *code)
{
    for (size_t i = 0; i < c->n_lines; i++) {
        if (strcmp(c->lines[i].code, code) == 0) {
            return &c->lines[i];
        }
    }
    return NULL;
}

// A country of the address. Unknown ones and those that may not be read are the same.
static enum err add_country(struct comparison *c, const char *code, struct err_info *e)
{
    const struct country_line *line = line_of(c, code);
    if (line == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such country."),
                       MSG("Choose two to four from the list."), NULL);
    }
    for (size_t i = 0; i < c->n; i++) {
        if (c->sides[i].line == line) {
            return ERR_NONE;
        }
    }
    if (c->n == MOST) {
        return err_set(e, ERR_INPUT, "countries", MSG("At most four countries fit side by side."),
                       MSG("Choose two to four from the list."), NULL);
    }
    c->sides[c->n++].line = line;
    return ERR_NONE;
}

// ?countries=KE,NA or ?countries=KE&countries=NA.
static enum err read_countries(struct req *r, struct comparison *c, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < r->n_query; i++) {
        if (strcmp(r->query[i].name, "countries") != 0) {
            continue;
        }
        char *copy = arena_copy(r->arena, r->query[i].value), *state = NULL;
        for (char *code = strtok_r(copy, ", ", &state); err == ERR_NONE && code != NULL;
             code = strtok_r(NULL, ", ", &state)) {
            err = add_country(c, code, e);
        }
    }
    return err;
}

static enum err load(struct req *r, struct comparison *c, struct err_info *e)
{
    const char *asked = req_query(r, "tool");
    struct assessment_rounds rounds;
    *c = (struct comparison){.only_different = strcmp(req_query(r, "only"), "different") == 0};
    for (size_t i = 0; i < COUNT_OF(offered); i++) {
        const char *id = country_tools[offered[i]];
        if (asked[0] == '\0' ? i == 0 : strcmp(asked, id) == 0) {
            c->tool = assessment_tool(id);
            c->at = offered[i];
        }
    }
    if (c->tool == NULL) {
        return err_set(e, ERR_INPUT, "tool", MSG("This tool cannot be compared."),
                       MSG("Choose 2.1 or 2.3."), NULL);
    }
    enum err err = country_lines_load(r->db, r->arena, r->who, NULL, &c->lines, &c->n_lines, e);
    if (err == ERR_NONE) {
        err = read_countries(r, c, e);
    }
    if (err == ERR_NONE) {
        err = assessment_rounds_load(r->db, r->arena, NULL, c->tool->id, &rounds, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < c->n; i++) {
        const struct assessment_subject of = {.country = c->sides[i].line->code};
        const struct assessment_round *now = assessment_newest(&rounds, &of, c->tool->id);
        c->sides[i].answers = now == NULL ? NULL : now->answers;
        c->sides[i].n = now == NULL ? 0 : now->n_answers;
    }
    return err;
}

// ---- one row ------------------------------------------------------------------------------------

static const char *figure(struct req *r, const struct pack_row *row, const char *value)
{
    const char *sign = profile_unit_sign(row);
    return !profile_is_number(row) || value[0] == '\0'
               ? value
               : arena_printf(r->arena, "%s%s%s", decimal_for_people(r->arena, value),
                              sign[0] == '\0' ? "" : " ", sign);
}

static const struct assessment_answer *answer_of(struct req *r, const struct side *s,
                                                 const struct pack_row *row)
{
    struct profile_series values = profile_series_of(r->arena, row, s->answers, s->n);
    return values.n == 0 ? NULL : values.values[0];
}

static struct compare_cell cell_of(struct req *r, const struct comparison *c,
                                   const struct pack_row *row, const struct assessment_answer *w)
{
    struct compare_cell cell = {.value = w == NULL ? "" : w->value, .year = ""};
    if (assessment_is_rated(c->tool, row)) {
        enum assessment_gap gap = assessment_gap_of(c->tool, row, cell.value);
        cell.look = w == NULL                       ? "none"
                    : gap == ASSESSMENT_GAP         ? "risk"
                    : gap == ASSESSMENT_GAP_IN_PART ? "warn"
                                                    : "done";
        cell.value = w == NULL ? tr(r->lang, MSG("Not answered"))
                               : pack_words(c->tool->pack, r->lang, w->value,
                                            assessment_answer_label(c->tool, row, w->value));
    } else if (w != NULL) {
        const char *none = tr(r->lang, MSG("not known"));
        cell.value = figure(r, row, w->value);
        cell.year = w->year == 0 ? "" : arena_printf(r->arena, "%d", w->year);
        cell.sex = w->female[0] == '\0' && w->male[0] == '\0'
                       ? NULL
                       : tr_f(r->arena, r->lang, MSG("Women {0} · men {1}"),
                              w->female[0] == '\0' ? none : figure(r, row, w->female),
                              w->male[0] == '\0' ? none : figure(r, row, w->male), NULL);
    }
    return cell;
}

static const char *names_of(struct req *r, const struct comparison *c, const bool *chosen)
{
    const char *text = "";
    for (size_t i = 0; i < c->n; i++) {
        if (chosen[i]) {
            text = arena_printf(r->arena, "%s%s%s", text, text[0] == '\0' ? "" : ", ",
                                country_words(r->lang, c->sides[i].line->code));
        }
    }
    return text;
}

// Highest, lowest and how far apart; the years when they are not the same.
static const char *spread(struct req *r, const struct comparison *c, const struct pack_row *row,
                          const struct assessment_answer *const *w)
{
    int64_t scaled, low = 0, high = 0;
    size_t lowest = MOST, highest = MOST;
    bool years_differ = false;
    int year = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (w[i] == NULL || !profile_number(row, w[i]->value, &scaled)) {
            continue;
        }
        years_differ = years_differ || (year != 0 && w[i]->year != year);
        year = w[i]->year;
        if (lowest == MOST || scaled < low) {
            lowest = i;
            low = scaled;
        }
        if (highest == MOST || scaled > high) {
            highest = i;
            high = scaled;
        }
    }
    if (lowest == MOST || low == high) {
        return NULL;
    }
    const char *words = tr_f(r->arena, r->lang, MSG("{0} above {1} by {2}"),
                             country_words(r->lang, c->sides[highest].line->code),
                             country_words(r->lang, c->sides[lowest].line->code),
                             decimal_for_people(r->arena, decimal_short(r->arena, high - low)),
                             NULL);
    return !years_differ ? words
                         : arena_printf(r->arena, "%s; %s", words,
                                        tr(r->lang, MSG("the years are not the same")));
}

static const char *difference_of(struct req *r, const struct comparison *c,
                                 const struct pack_row *row,
                                 const struct assessment_answer *const *w)
{
    bool missing[MOST] = {0}, gap[MOST] = {0}, any_missing = false, any_known = false;
    bool any_gap = false, same = true;
    const struct assessment_answer *first = NULL;
    for (size_t i = 0; i < c->n; i++) {
        missing[i] = w[i] == NULL;
        any_missing = any_missing || missing[i];
        any_known = any_known || !missing[i];
        if (missing[i]) {
            continue;
        }
        gap[i] = assessment_gap_of(c->tool, row, w[i]->value) != ASSESSMENT_NO_GAP;
        any_gap = any_gap || gap[i];
        same = same && (first == NULL || (strcmp(first->value, w[i]->value) == 0 &&
                                          strcmp(first->female, w[i]->female) == 0 &&
                                          strcmp(first->male, w[i]->male) == 0));
        first = first == NULL ? w[i] : first;
    }
    const char *words = NULL;
    if (!same && profile_is_number(row)) {
        words = spread(r, c, row, w);
        words = words == NULL ? tr(r->lang, MSG("Women and men differ")) : words;
    } else if (!same && any_gap) {
        words = tr_f(r->arena, r->lang, MSG("A gap in {0}"), names_of(r, c, gap), NULL);
    } else if (!same) {
        words = tr(r->lang, assessment_is_rated(c->tool, row) ? MSG("The answers differ")
                                                              : MSG("The words differ"));
    }
    if (any_known && any_missing) {
        const char *open =
            tr_f(r->arena, r->lang, MSG("Nothing known of {0}"), names_of(r, c, missing), NULL);
        words = words == NULL ? open : arena_printf(r->arena, "%s; %s", words, open);
    }
    return words;
}

// ---- the page -----------------------------------------------------------------------------------

static struct compare_row row_of(struct req *r, const struct comparison *c,
                                 const struct pack_row *row)
{
    const struct assessment_answer *w[MOST];
    struct compare_cell *cells = ARENA_ARRAY(r->arena, struct compare_cell, MOST);
    for (size_t i = 0; i < c->n; i++) {
        w[i] = answer_of(r, &c->sides[i], row);
        cells[i] = cell_of(r, c, row, w[i]);
    }
    return (struct compare_row){.id = row->id,
                                .text = pack_words(c->tool->pack, r->lang, row->id, row->text),
                                .cells = cells,
                                .difference = difference_of(r, c, row, w)};
}

static void fill_parts(struct req *r, const struct comparison *c, struct country_compare_view *v)
{
    size_t n_parts = assessment_n_parts(c->tool), used = 0, n_asked = 0, n_different = 0;
    struct compare_part *parts = ARENA_ARRAY(r->arena, struct compare_part, n_parts + 1);
    struct compare_row *rows =
        ARENA_ARRAY(r->arena, struct compare_row, (size_t)c->tool->n_rows + 1);
    for (size_t i = 0; i < n_parts; i++) {
        const struct pack_section *s = c->tool->n_sections == 0 ? NULL : &c->tool->sections[i];
        struct compare_part *part = &parts[v->n_parts];
        *part = (struct compare_part){
            .heading = s == NULL ? country_tool_title(r, c->tool)
                                 : pack_words(c->tool->pack, r->lang, s->id, s->title),
            .rows = &rows[used]};
        for (unsigned k = 0; k < c->tool->n_rows; k++) {
            if (!assessment_in_part(c->tool, i, &c->tool->rows[k])) {
                continue;
            }
            struct compare_row row = row_of(r, c, &c->tool->rows[k]);
            n_asked++;
            n_different += row.difference != NULL;
            if (row.difference != NULL || !c->only_different) {
                rows[used++] = row;
                part->n_rows++;
            }
        }
        v->n_parts += part->n_rows > 0;
    }
    v->parts = parts;
    v->n_rows = used;
    v->summary = tr_f(r->arena, r->lang, MSG("{0} of {1} rows differ."),
                      arena_printf(r->arena, "%zu", n_different),
                      arena_printf(r->arena, "%zu", n_asked), NULL);
}

static void fill_choices(struct req *r, const struct comparison *c, struct country_compare_view *v)
{
    struct compare_pick *picks = ARENA_ARRAY(r->arena, struct compare_pick, MOST);
    struct compare_tool *tools = ARENA_ARRAY(r->arena, struct compare_tool, COUNT_OF(offered));
    for (size_t i = 0; i < MOST; i++) {
        struct compare_option *options =
            ARENA_ARRAY(r->arena, struct compare_option, c->n_lines + 1);
        size_t n = 0;
        for (size_t k = 0; k < c->n_lines; k++) {
            bool chosen = i < c->n && c->sides[i].line == &c->lines[k];
            if (c->lines[k].any || chosen) {
                options[n++] = (struct compare_option){
                    c->lines[k].code, country_words(r->lang, c->lines[k].code), chosen};
            }
        }
        picks[i] = (struct compare_pick){
            .number = (int)i + 1,
            .label = tr_f(r->arena, r->lang, MSG("Country {0}"),
                          arena_printf(r->arena, "%zu", i + 1), NULL),
            .options = options,
            .n_options = n};
    }
    for (size_t i = 0; i < COUNT_OF(offered); i++) {
        const struct pack_tool *t = pack_tool_anywhere(country_tools[offered[i]]);
        tools[v->n_tools++] = (struct compare_tool){
            country_tools[offered[i]], t == NULL ? "" : country_tool_title(r, t), t == c->tool};
    }
    v->picks = picks;
    v->n_picks = MOST;
    v->tools = tools;
}

static const char *codes_of(struct req *r, const struct comparison *c)
{
    const char *text = "";
    for (size_t i = 0; i < c->n; i++) {
        text = arena_printf(r->arena, "%s%s%s", text, i == 0 ? "" : ",", c->sides[i].line->code);
    }
    return text;
}

static enum err compare_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct comparison c;
    struct country_compare_view v = {0};
    enum err err = load(r, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct compare_country *countries = ARENA_ARRAY(a, struct compare_country, MOST);
    bool chosen[MOST] = {0}, may_export = c.n > 0;
    for (size_t i = 0; i < c.n; i++) {
        const struct country_tool *t = &c.sides[i].line->tools[c.at];
        const char *code = c.sides[i].line->code;
        countries[i] = (struct compare_country){.name = country_words(r->lang, code),
                                                .address = country_tool_address(r, code, c.at),
                                                .state = tr(r->lang, country_state_label(t)),
                                                .look = country_state_look(t),
                                                .progress = country_progress_words(r, t)};
        chosen[i] = true;
        may_export = may_export && (c.sides[i].line->verbs & MAY_EXPORT) != 0;
    }
    v.countries = countries;
    v.n_countries = c.n;
    v.only_different = c.only_different;
    fill_choices(r, &c, &v);
    if (c.n >= 2) {
        fill_parts(r, &c, &v);
    }
    if (may_export) {
        const char *base = arena_printf(a, "/countries/compare/export?countries=%s&tool=%s%s",
                                        codes_of(r, &c), c.tool->id,
                                        c.only_different ? "&only=different" : "");
        v.csv = arena_printf(a, "%s&format=csv", base);
        v.xlsx = arena_printf(a, "%s&format=xlsx", base);
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = c.n < 2 ? tr(r->lang, MSG("Compare countries"))
                                    : tr_f(a, r->lang, MSG("{0}: {1}"),
                                           country_tool_title(r, c.tool), names_of(r, &c, chosen),
                                           NULL),
                   .about = tr(r->lang, MSG("Side by side: the newest values with their years, or "
                                            "the answers on the law.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Countries")), "/countries"}},
                   .n_crumbs = 1,
                   .tag = c.tool->id,
                   .width = PAGE_WIDE});
    country_compare_html(&h, &v);
    return page_end(&h, e);
}

// Each country is asked for the right to read it.
const struct route route_country_compare = {
    .path = "/countries/compare",
    .needs = MAY_SIGNED_IN,
    .get = compare_get,
    .title = MSG("Compare countries"),
    .menu = MENU_COUNTRIES,
};

// ---- as a file ----------------------------------------------------------------------------------

static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct comparison c;
    struct country_compare_view v = {0};
    enum err err = load(r, &c, e);
    for (size_t i = 0; err == ERR_NONE && i < c.n; i++) {
        if ((c.sides[i].line->verbs & MAY_EXPORT) == 0) {
            err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not export this."),
                          MSG("Ask for the right to export."), NULL);
        }
    }
    if (err == ERR_NONE && c.n < 2) {
        err = err_set(e, ERR_INPUT, "countries", MSG("Two countries are needed."),
                      MSG("Choose two to four from the list."), NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    fill_parts(r, &c, &v);
    size_t n_columns = 4 + 3 * c.n, n = 0;
    const char **codes = ARENA_ARRAY(a, const char *, n_columns);
    const char **cells = ARENA_ARRAY(a, const char *, (v.n_rows + 1) * n_columns);
    codes[0] = "row";
    codes[1] = "section";
    codes[2] = "question";
    codes[n_columns - 1] = "difference";
    for (size_t i = 0; i < c.n; i++) {
        const char *code = c.sides[i].line->code;
        codes[3 + 3 * i] = code;
        codes[4 + 3 * i] = arena_printf(a, "%s year", code);
        codes[5 + 3 * i] = arena_printf(a, "%s women and men", code);
    }
    for (size_t k = 0; k < v.n_parts; k++) {
        for (size_t j = 0; j < v.parts[k].n_rows; j++) {
            const struct compare_row *row = &v.parts[k].rows[j];
            const char **out = &cells[n++ * n_columns];
            out[0] = row->id;
            out[1] = v.parts[k].heading;
            out[2] = row->text;
            out[n_columns - 1] = row->difference;
            for (size_t i = 0; i < c.n; i++) {
                out[3 + 3 * i] = row->cells[i].value;
                out[4 + 3 * i] = row->cells[i].year;
                out[5 + 3 * i] = row->cells[i].sex;
            }
        }
    }
    const struct sheet sheet = {
        .title = tr(r->lang, MSG("Compare countries")),
        .columns = sheet_columns(r->arena, codes, codes, 0, n_columns),
        .n_columns = n_columns,
        .cells = cells,
        .n_rows = n,
    };
    return programme_send_sheet(r, p, &sheet, arena_printf(a, "compare-%s", c.tool->id), "answer", e);
}

const struct route route_country_compare_export = {
    .path = "/countries/compare/export",
    .needs = MAY_SIGNED_IN,
    .get = export_get,
    .title = MSG("Export"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};
