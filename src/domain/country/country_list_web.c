// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_list_web.c: all countries with the state of each tool; search, filters, order, export.
//
// A country is no record, so the list is made in memory: 248 lines at most. Without a search or a filter
// only countries where something is known, or a programme works, are listed.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "country/country_web.h"
#include "html/list.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme_sheet_web.h"

// Names of the UN list M49, as they stand in the reference table.
static const struct choice regions[] = {
    {"Africa", MSG("Africa")}, {"Americas", MSG("Americas")}, {"Asia", MSG("Asia")},
    {"Europe", MSG("Europe")}, {"Oceania", MSG("Oceania")},   {NULL, NULL},
};

// What the list is searched, filtered and sorted by; no kind of record.
static const struct field list_fields[] = {
    {.name = "name", .label = MSG("Country"), .type = FIELD_TEXT},
    {.name = "region", .label = MSG("Region"), .type = FIELD_CODE, .choices = regions},
    {.name = "gaps", .label = MSG("Has gaps in the law"), .type = FIELD_BOOL},
    {.name = "programmes", .label = MSG("Has programmes"), .type = FIELD_BOOL},
    {.name = "t21", .label = "2.1", .type = FIELD_INT},
    {.name = "t22", .label = "2.2", .type = FIELD_INT},
    {.name = "t23", .label = "2.3", .type = FIELD_INT},
    {.name = "t24", .label = "2.4", .type = FIELD_INT},
    {.name = "t26", .label = "2.6", .type = FIELD_INT},
};
static const struct entity list_kind = {
    .kind = "country", // not in the registry: nothing of this kind is stored
    .title_field = "name",
    .fields = list_fields,
    .n_fields = COUNT_OF(list_fields),
};
static const char *const filters[] = {"region", "gaps", "programmes", NULL};
static const char *const sortable[] = {"name", "region",     "gaps", "programmes", "t21",
                                       "t22",  "t23", "t24",        "t26",  NULL};
static const struct list_spec spec = {
    .kind = &list_kind,
    .search_field = "name",
    .sortable = sortable,
    .filters = filters,
    .order = "name",
};
// Tools with a column. Due diligence is done for each recipient, not for the country.
static const size_t columns[] = {0, 1, 2, 3, 5};

// ---- search, filters, order ---------------------------------------------------------------------

static const char *chosen(const struct list_query *q, const char *name)
{
    for (size_t i = 0; i < q->n_chosen; i++) {
        if (strcmp(q->chosen[i].name, name) == 0) {
            return q->chosen[i].value;
        }
    }
    return NULL;
}

static bool agrees(const char *wanted, bool is)
{
    return wanted == NULL || (strcmp(wanted, "yes") == 0 || strcmp(wanted, "1") == 0 ||
                              strcmp(wanted, "true") == 0) == is;
}

// Small letters: of ASCII, and of Latin letters with marks (U+00C0 to U+00DE).
static const char *small(struct arena *a, const char *text)
{
    char *copy = arena_copy(a, text);
    for (unsigned char *p = (unsigned char *)copy; *p != '\0'; p++) {
        bool marked = p > (unsigned char *)copy && p[-1] == 0xC3 && *p >= 0x80 && *p <= 0x9E;
        *p = (*p >= 'A' && *p <= 'Z') || (marked && *p != 0x97) ? (unsigned char)(*p + 0x20) : *p;
    }
    return copy;
}

// Without regard to case; the name in the language of the person, in English, and both letters.
static bool found(struct req *r, const struct country_line *line, const char *search)
{
    const char *wanted = small(r->arena, search);
    const char *const places[] = {country_words(r->lang, line->code), line->name, line->code};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        if (strstr(small(r->arena, places[i]), wanted) != NULL) {
            return true;
        }
    }
    return false;
}

static bool fits(struct req *r, const struct list_query *q, const struct country_line *line)
{
    const char *region = chosen(q, "region");
    bool narrowed = q->search[0] != '\0' || region != NULL;
    return (line->any || narrowed) && (region == NULL || strcmp(region, line->region) == 0) &&
           agrees(chosen(q, "gaps"), line->n_gaps + line->n_gaps_in_part > 0) &&
           agrees(chosen(q, "programmes"), line->n_programmes > 0) &&
           (q->search[0] == '\0' || found(r, line, q->search));
}

static int64_t rank_of(const struct country_line *line, const char *by)
{
    if (strcmp(by, "gaps") == 0) {
        return (int64_t)(line->n_gaps * 1000 + line->n_gaps_in_part);
    }
    if (strcmp(by, "programmes") == 0) {
        return (int64_t)line->n_programmes;
    }
    const struct country_tool *t = &line->tools[by[2] - '1'];
    return t->of == 0 ? 0 : (int64_t)t->answered * 1000 / t->of;
}

// Below zero when x comes first.
static int64_t compare(const struct country_line *x, const struct country_line *y, const char *by)
{
    return strcmp(by, "region") == 0 ? strcmp(x->region, y->region) : rank_of(x, by) - rank_of(y, by);
}

// By insertion, so that what is equal stays in the order of names.
static void sort(struct country_line *lines, size_t n, const struct list_query *q)
{
    if (q->sort == NULL || strcmp(q->sort, "name") == 0) {
        for (size_t i = 0; q->sort != NULL && q->descending && i < n / 2; i++) {
            struct country_line kept = lines[i];
            lines[i] = lines[n - 1 - i];
            lines[n - 1 - i] = kept;
        }
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct country_line line = lines[i];
        size_t at = i;
        for (; at > 0; at--) {
            int64_t order = compare(&lines[at - 1], &line, q->sort);
            if (q->descending ? order >= 0 : order <= 0) {
                break;
            }
            lines[at] = lines[at - 1];
        }
        lines[at] = line;
    }
}

static enum err load(struct req *r, struct list_query *q, struct country_line **lines, size_t *n,
                     struct err_info *e)
{
    size_t n_all;
    enum err err = list_query_from(r, &spec, NULL, 0, q, e);
    if (err == ERR_NONE) {
        err = country_lines_load(r->db, r->arena, r->who, NULL, lines, &n_all, e);
    }
    *n = 0;
    for (size_t i = 0; err == ERR_NONE && i < n_all; i++) {
        if (fits(r, q, &(*lines)[i])) {
            (*lines)[(*n)++] = (*lines)[i];
        }
    }
    sort(*lines, *n, q);
    return err;
}

// ---- the page -----------------------------------------------------------------------------------

static const char *numbers_of(struct req *r, const struct country_line *line)
{
    const char *text = "";
    for (size_t i = 0; i < line->n_programmes; i++) {
        text = arena_printf(r->arena, "%s%s%s", text, i == 0 ? "" : ", ",
                            record_text(line->programmes[i], "number"));
    }
    return text;
}

static const char *gaps_words(struct req *r, const struct country_line *line)
{
    return line->n_gaps + line->n_gaps_in_part == 0
               ? ""
               : tr_f(r->arena, r->lang, MSG("{0}, and {1} in part"),
                      arena_printf(r->arena, "%zu", line->n_gaps),
                      arena_printf(r->arena, "%zu", line->n_gaps_in_part), NULL);
}

static struct list_row row_of(struct req *r, const struct country_line *line, const char *today)
{
    struct list_cell *c = ARENA_ARRAY(r->arena, struct list_cell, COUNT_OF(columns) + 3);
    size_t n = 0;
    c[n++] = (struct list_cell){
        .kind = CELL_LINK,
        .text = country_words(r->lang, line->code),
        .address = url_make(r->arena, "/countries/{0}", line->code, NULL),
        .meta = line->sub_region[0] == '\0' ? NULL : line->sub_region,
    };
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct country_tool *t = &line->tools[columns[i]];
        const char *age = country_age_words(r, t, today);
        c[n++] = (struct list_cell){.kind = CELL_STATE,
                                    .look = country_state_look(t),
                                    .text = country_progress_words(r, t),
                                    .meta = t->answered == 0 && t->state[0] == '\0'
                                                ? NULL
                                                : arena_printf(r->arena, "%s%s%s",
                                                               tr(r->lang, country_state_label(t)),
                                                               age[0] == '\0' ? "" : " · ", age)};
    }
    c[n++] = (struct list_cell){
        .kind = CELL_LINK,
        .text = gaps_words(r, line),
        .address = url_make(r->arena, "/countries/{0}/tools/2.3/gaps", line->code, NULL)};
    c[n++] = (struct list_cell){.kind = CELL_TEXT, .text = numbers_of(r, line)};
    return (struct list_row){.cells = c};
}

static enum err countries_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct list_query q;
    struct country_line *lines;
    size_t n;
    char today[11];
    clock_today(today);
    enum err err = load(r, &q, &lines, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t first = (size_t)(q.page - 1) * LIST_ROWS_A_PAGE;
    first = first > n ? n : first;
    size_t n_rows = n - first > LIST_ROWS_A_PAGE ? LIST_ROWS_A_PAGE : n - first;
    struct list_row *rows = ARENA_ARRAY(a, struct list_row, n_rows + 1);
    for (size_t i = 0; i < n_rows; i++) {
        rows[i] = row_of(r, &lines[first + i], today);
    }
    struct list_column *heads = ARENA_ARRAY(a, struct list_column, COUNT_OF(columns) + 3);
    size_t n_heads = 0;
    heads[n_heads++] =
        (struct list_column){.label = tr(r->lang, MSG("Country")), .sort = "name", .main = true};
    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        const struct pack_tool *tool = pack_tool_anywhere(country_tools[columns[i]]);
        heads[n_heads++] = (struct list_column){
            .label = tool == NULL ? country_tools[columns[i]]
                                  : arena_printf(a, "%s %s", tool->id, country_tool_title(r, tool)),
            .sort = sortable[4 + i]};
    }
    heads[n_heads++] = (struct list_column){.label = tr(r->lang, MSG("Gaps in the law")),
                                            .sort = "gaps"};
    heads[n_heads++] = (struct list_column){.label = tr(r->lang, MSG("Programmes")),
                                            .sort = "programmes"};
    const struct page_action actions[] = {
        {.label = tr(r->lang, MSG("Import values")), .address = "/countries/import"},
        {.label = tr(r->lang, MSG("Compare countries")), .address = "/countries/compare"}};
    bool may_export = identity_may_anywhere(r->who, MAY_EXPORT);
    const char *export = "/countries/export";
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr(r->lang, MSG("Countries")),
                   .count = arena_printf(a, "%zu", n),
                   .about = tr(r->lang, MSG("How far the analysis of each country is. A search or "
                                            "a region also finds countries where nothing has "
                                            "begun.")),
                   .actions = actions,
                   .n_actions = COUNT_OF(actions)});
    list_show(&h, &(struct list_view){
                      .query = &q,
                      .label = tr(r->lang, MSG("Countries")),
                      .search_label = tr(r->lang, MSG("Search in countries")),
                      .columns = heads,
                      .n_columns = n_heads,
                      .rows = rows,
                      .n_rows = n_rows,
                      .total = (int64_t)n,
                      .export = may_export ? export : NULL,
                      .empty_title = tr(r->lang, MSG("No countries yet")),
                      .empty_text = tr(r->lang, MSG("Countries appear here when a programme names "
                                                    "them, or when somebody begins their "
                                                    "analysis.")),
                      .empty_action = {.label = tr(r->lang, MSG("See the programmes")),
                                       .address = "/programmes"}});
    return page_end(&h, e);
}

const struct route route_countries = {
    .path = "/countries",
    .needs = MAY_SIGNED_IN,
    .get = countries_get,
    .title = MSG("Countries"),
    .menu = MENU_COUNTRIES,
};

// ---- export -------------------------------------------------------------------------------------

static const char *const codes[] = {
    "country",      "name",         "region",       "profile_answered", "profile_state",
    "treaties_known", "treaties_bound", "law_answered", "law_state",      "law_gaps",
    "law_gaps_in_part", "institutions_answered", "institutions_state", "rights_holders_answered",
    "rights_holders_state", "programmes"};

// The list as it is shown, without countries that the person may only read.
static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct list_query q;
    struct country_line *lines;
    size_t n, n_rows = 0;
    enum err err = load(r, &q, &lines, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **cells = ARENA_ARRAY(a, const char *, (n + 1) * COUNT_OF(codes));
    for (size_t i = 0; i < n; i++) {
        const struct country_line *l = &lines[i];
        if ((l->verbs & MAY_EXPORT) == 0) {
            continue;
        }
        const struct country_tool *t = l->tools;
        const char *const row[] = {
            l->code,
            country_words(r->lang, l->code),
            l->region,
            arena_printf(a, "%d", t[0].answered),
            t[0].state,
            arena_printf(a, "%d", t[1].answered),
            arena_printf(a, "%zu", l->n_bound),
            arena_printf(a, "%d", t[2].answered),
            t[2].state,
            arena_printf(a, "%zu", l->n_gaps),
            arena_printf(a, "%zu", l->n_gaps_in_part),
            arena_printf(a, "%d", t[3].answered),
            t[3].state,
            arena_printf(a, "%d", t[5].answered),
            t[5].state,
            numbers_of(r, l),
        };
        memcpy(&cells[n_rows++ * COUNT_OF(codes)], row, sizeof row);
    }
    const struct sheet sheet = {
        .title = tr(r->lang, MSG("Countries")),
        .columns = sheet_columns(r->arena, codes, codes, 0x2ee8, COUNT_OF(codes)),
        .n_columns = COUNT_OF(codes),
        .cells = cells,
        .n_rows = n_rows,
    };
    return programme_send_sheet(r, p, &sheet, "countries", "country", e);
}

// Each line is asked for the right to export it.
const struct route route_countries_export = {
    .path = "/countries/export",
    .needs = MAY_SIGNED_IN,
    .get = export_get,
    .title = MSG("Export"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};
