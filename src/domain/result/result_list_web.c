// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_list_web.c: the indicators of a programme.

#include <string.h>

#include "base/date.h"
#include "html/list.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "result/result.h"
#include "result/result_list.html.h"
#include "result/result_narrow.h"
#include "result/result_screening_load.h"
#include "result/result_web.h"
#include "result/result_words.h"

static const char *const filters[] = {"state", "unit", "owner_id", NULL};
static const char *const sortable[] = {"code", "title", NULL};
static const struct list_spec spec = {
    .kind = &entity_indicator,
    .search_field = "title",
    .sortable = sortable,
    .filters = filters,
};

// ---- rows ---------------------------------------------------------------------------------------

static struct list_cell number_cell(const char *text)
{
    return (struct list_cell){.kind = CELL_TEXT, .text = text};
}

static void fill_numbers(struct req *r, const struct result_line *line, struct list_cell *c)
{
    struct arena *a = r->arena;
    c[3] = number_cell(line->has_baseline ? result_number(a, r->lang, line->rule.unit, line->baseline)
                                          : "");
    c[4] = number_cell(line->total.figure.known
                           ? result_total_words(a, r->lang, line->rule.unit, &line->total)
                           : "");
    const char *covered = result_covered_words(a, r->lang, line, r->programme);
    if (line->total.to != NULL && line->total.figure.known) {
        c[4].meta = tr_f(a, r->lang, MSG("up to {0}"), date_for_people(a, r->lang, line->total.to), NULL);
        c[4].meta = covered == NULL ? c[4].meta : arena_printf(a, "%s, %s", covered, c[4].meta);
    }
    c[5] = number_cell("");
    if (line->target != NULL) {
        c[5].text = result_number(a, r->lang, line->rule.unit, line->target->value);
        c[5].meta = tr_f(a, r->lang, MSG("by {0}"),
                         date_for_people(a, r->lang, line->target->due_on), NULL);
    }
}

// What goes with the indicators of the list.
struct beside {
    struct programme_people people;
    struct record **screenings;
    size_t n_screenings;
};

static struct list_cell screening_cell(struct req *r, const struct record *indicator,
                                       const struct beside *b)
{
    const struct record *newest = screening_of(b->screenings, b->n_screenings, indicator->id);
    enum screening_verdict verdict = screening_verdict_of(newest);
    return (struct list_cell){.kind = CELL_STATE,
                              .look = screening_look(verdict),
                              .text = screening_words(r->lang, verdict),
                              .meta = verdict == SCREENING_FAILS
                                          ? screening_letters(r->arena, newest, "no")
                                          : NULL};
}

static struct list_row row_of(struct req *r, const struct result_line *line, const struct beside *b)
{
    const struct record *k = line->record;
    const char *row = record_text(k, "row");
    const char *owner = programme_person_name(&b->people, record_text(k, "owner_id"));
    const struct field *unit = entity_field(&entity_indicator, "unit");
    struct list_cell *c = ARENA_ARRAY(r->arena, struct list_cell, 9);
    c[0] = (struct list_cell){.kind = CELL_CODE, .text = result_short_code(k)};
    c[1] = (struct list_cell){.kind = CELL_LINK,
                              .text = record_text(k, "title"),
                              .address = result_indicator_address(r, k->id, ""),
                              .meta = row[0] == '\0' ? tr(r->lang, MSG("Own indicator")) : row};
    c[2] = (struct list_cell){
        .kind = CELL_TEXT, .text = tr(r->lang, field_choice_label(unit, record_text(k, "unit")))};
    fill_numbers(r, line, c);
    c[6] = (struct list_cell){.kind = CELL_STATE,
                              .look = result_standing_look(line->progress.standing),
                              .text = result_standing_words(r->lang, line->progress.standing)};
    c[7] = (struct list_cell){.kind = CELL_TEXT, .text = owner == NULL ? "" : owner};
    c[8] = screening_cell(r, k, b);
    return (struct list_row){
        .cells = c,
        .edit = result_may(r, MAY_WRITE) ? result_indicator_address(r, k->id, "/change") : NULL,
        .attention = line->progress.standing == STANDING_BEHIND,
    };
}

// ---- which ones ---------------------------------------------------------------------------------

static const struct result_line *find(const struct result_lines *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++) {
        if (strcmp(all->items[i].record->id, id) == 0) {
            return &all->items[i];
        }
    }
    return NULL;
}

static bool is_among(struct record *const *records, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(records[i]->id, id) == 0) {
            return true;
        }
    }
    return false;
}

// Those that fit the query: by code, unless the person asked for another order.
static enum err choose(struct req *r, const struct list_query *q, const struct result_lines *all,
                       const struct result_line ***out, size_t *n, struct err_info *e)
{
    struct store_query asked = q->store;
    struct record **records;
    size_t n_records;
    asked.limit = 0;
    asked.offset = 0;
    enum err err = store_list(r->db, r->arena, &entity_indicator, &asked, &records, &n_records, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct result_line **chosen = ARENA_ARRAY(r->arena, const struct result_line *, all->n + 1);
    *n = 0;
    if (q->sort != NULL) {
        for (size_t i = 0; i < n_records && *n < all->n; i++) {
            const struct result_line *line = find(all, records[i]->id);
            if (line != NULL) {
                chosen[(*n)++] = line;
            }
        }
    } else {
        for (size_t i = 0; i < all->n; i++) {
            if (is_among(records, n_records, all->items[i].record->id)) {
                chosen[(*n)++] = &all->items[i];
            }
        }
    }
    *out = chosen;
    return ERR_NONE;
}

static void fill_chips(struct req *r, const struct list_query *q,
                       const struct result_line *const *lines, size_t n, const char *asked,
                       struct result_list_view *v)
{
    int counts[STANDING_COUNT] = {0};
    const char *base = list_address(r->arena, q, NULL, NULL, NULL);
    const char *sign = strchr(base, '?') == NULL ? "?" : "&";
    for (size_t i = 0; i < n; i++) {
        counts[lines[i]->progress.standing]++;
    }
    v->chips = ARENA_ARRAY(r->arena, struct standing_chip, STANDING_COUNT + 1);
    v->chips[v->n_chips++] =
        (struct standing_chip){tr(r->lang, MSG("All")), base, (int)n, asked[0] == '\0'};
    for (int s = 0; s < STANDING_COUNT; s++) {
        const char *code = result_standing_code((enum result_standing)s);
        bool chosen = strcmp(asked, code) == 0;
        if (counts[s] > 0 || chosen) {
            v->chips[v->n_chips++] = (struct standing_chip){
                result_standing_words(r->lang, (enum result_standing)s),
                arena_printf(r->arena, "%s%sstanding=%s", base, sign, code), counts[s], chosen};
        }
    }
}

// ---- the page -----------------------------------------------------------------------------------

static void begin(struct html *h, struct req *r, struct reply *p, size_t n, bool may_write)
{
    const char *number = record_text(r->programme, "number");
    size_t n_crumbs;
    const struct crumb *crumbs = result_crumbs(r, NULL, &n_crumbs);
    const struct page_action more[] = {
        {.label = tr(r->lang, MSG("Values in a grid")),
         .address = url_make(r->arena, "/programmes/{0}/values", number, NULL)},
        {.label = tr(r->lang, MSG("Reference sheets")), .address = result_address(r, "/sheets")},
        {.label = tr(r->lang, MSG("Add an indicator of your own")), .address = result_address(r, "/new")}};
    page_begin(h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Indicators of {0}"), number, NULL),
                   .count = arena_printf(r->arena, "%zu", n),
                   .about = tr(r->lang, MSG("What is measured to see whether the results come about, "
                                            "and how far it has come.")),
                   .crumbs = crumbs,
                   .n_crumbs = 2,
                   .primary = {.label = may_write ? tr(r->lang, MSG("Adopt from the library")) : NULL,
                               .address = result_address(r, "/adopt"),
                               .icon = "add"},
                   .actions = more,
                   .n_actions = may_write ? 3 : 2,
                   .width = PAGE_WIDE,
               });
}

static const struct list_column *columns(struct req *r)
{
    struct list_column *c = ARENA_ARRAY(r->arena, struct list_column, 9);
    c[0] = (struct list_column){.label = tr(r->lang, MSG("Code")), .sort = "code"};
    c[1] = (struct list_column){.label = tr(r->lang, MSG("Indicator")), .sort = "title", .main = true};
    c[2] = (struct list_column){.label = tr(r->lang, MSG("Unit"))};
    c[3] = (struct list_column){.label = tr(r->lang, MSG("Baseline")), .number = true};
    c[4] = (struct list_column){.label = tr(r->lang, MSG("Value")), .number = true};
    c[5] = (struct list_column){.label = tr(r->lang, MSG("Target")), .number = true};
    c[6] = (struct list_column){.label = tr(r->lang, MSG("Progress"))};
    c[7] = (struct list_column){.label = tr(r->lang, MSG("Who collects it"))};
    c[8] = (struct list_column){.label = tr(r->lang, MSG("Screening"))};
    return c;
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    const char *number = record_text(r->programme, "number");
    const struct store_filter fixed = {
        .field = "programme_id", .op = STORE_EQUAL, .text = r->programme->id};
    struct list_query q;
    struct result_lines all;
    const struct result_line **lines;
    size_t n;
    struct beside beside;
    char today[11];
    clock_today(today);
    enum err err = list_query_from(r, &spec, &fixed, 1, &q, e);
    if (err == ERR_NONE) {
        err = result_lines_load(r->db, a, &(struct result_ask){.programme_id = r->programme->id, .today = today}, &all, e);
    }
    if (err == ERR_NONE) {
        err = choose(r, &q, &all, &lines, &n, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, a, r->programme->id, &beside.people, e);
    }
    if (err == ERR_NONE) {
        err = screenings_load(r->db, a, r->programme->id, &beside.screenings, &beside.n_screenings, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = result_may(r, MAY_WRITE);
    bool may_export = result_may(r, MAY_EXPORT);
    const char *standing = req_query(r, "standing");
    struct html h;
    begin(&h, r, p, all.n, may_write);
    struct list_row *rows = ARENA_ARRAY(a, struct list_row, n + 1);
    size_t n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        const char *code = result_standing_code(lines[i]->progress.standing);
        if (standing[0] == '\0' || strcmp(standing, code) == 0) {
            rows[n_rows++] = row_of(r, lines[i], &beside);
        }
    }
    const char *export = url_make(a, "/programmes/{0}/export/indicator", number, NULL);
    const struct list_view list = {
        .query = &q,
        .stack = true,
        .label = tr_f(a, r->lang, MSG("Indicators of {0}"), number, NULL),
        .search_label = tr(r->lang, MSG("Search in indicators")),
        .columns = columns(r),
        .n_columns = 9,
        .rows = rows,
        .n_rows = n_rows,
        .total = (int64_t)n_rows,
        .export = may_export ? export : NULL,
        .back = list_back_address(r, &entity_indicator),
        .empty_title = tr(r->lang, MSG("No indicators yet")),
        .empty_text = tr(r->lang, MSG("Begin with the indicators of the library: choose the few that "
                                      "fit, screen them, then set a baseline and a target.")),
        .empty_action = {.label = may_write ? tr(r->lang, MSG("Adopt from the library")) : NULL,
                         .address = result_address(r, "/adopt")},
    };
    struct result_list_view v = {.list = &list};
    v.takes = pack_takes_of(r, PACK_KIND_INDICATOR_SET, may_export, &v.n_takes);
    fill_chips(r, &q, lines, n, standing, &v);
    result_list_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_indicator_list = {
    .path = "/programmes/{programme}/indicators",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Indicators"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONITOR,
};
