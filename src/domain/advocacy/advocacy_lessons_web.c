// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_lessons_web.c: lessons about arguments over all programmes a person may read, to search before
// the next talk and before the next programme. A file holds only what the person may export.

#include <string.h>

#include "advocacy/advocacy_lessons.html.h"
#include "advocacy/advocacy_web.h"
#include "base/bug.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme_sheet_web.h"

// ---- what is asked for ---------------------------------------------------------------------------

static enum err read_code(struct req *r, const char *name, const struct field *f, const char **out,
                          struct err_info *e)
{
    *out = req_query(r, name);
    if ((*out)[0] != '\0' && field_choice_label(f, *out)[0] == '\0') {
        return err_set(e, ERR_INPUT, name, MSG("There is no such choice."),
                       MSG("Use the filters above the list."), NULL);
    }
    return ERR_NONE;
}

static enum err read_ask(struct req *r, struct advocacy_ask *ask, struct err_info *e)
{
    static const char *const names[] = {"heading", "country", "result", "with_sort"};
    const char **places[] = {&ask->heading, &ask->country, &ask->result, &ask->with_sort};
    *ask = (struct advocacy_ask){.row = req_query(r, "row"),
                                 .search = req_query(r, "q"),
                                 .lessons_only = strcmp(req_query(r, "all"), "1") != 0};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        enum err err = read_code(r, names[i], entity_field(&entity_advocacy_use, names[i]),
                                 places[i], e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (ask->row[0] != '\0' && advocacy_row(ask->row, NULL) == NULL) {
        return err_set(e, ERR_INPUT, "row", MSG("Neither tool 3.7 nor a copy of it has such a row."),
                       MSG("Take an id such as 3.7-1-01."), NULL);
    }
    return ERR_NONE;
}

// The same page with the same filters as a file.
static const char *file_address(struct req *r, const char *format)
{
    struct buf b;
    buf_init(&b, r->arena, 4000);
    buf_printf(&b, "/advocacy?format=%s", format);
    for (size_t i = 0; i < r->n_query; i++) {
        if (strcmp(r->query[i].name, "format") != 0 && r->query[i].value[0] != '\0') {
            buf_printf(&b, "&%s=%s", url_escape(r->arena, r->query[i].name),
                       url_escape(r->arena, r->query[i].value));
        }
    }
    return b.data;
}

// ---- menus ---------------------------------------------------------------------------------------

static struct lessons_menu menu_of(struct req *r, const char *name, const char *label,
                                   const struct choice *choices, const char *chosen)
{
    size_t n = 0;
    while (choices[n].code != NULL) {
        n++;
    }
    struct lessons_menu m = {.name = name,
                             .label = label,
                             .options = ARENA_ARRAY(r->arena, struct lessons_option, n + 1)};
    for (size_t i = 0; i < n; i++) {
        m.options[m.n_options++] = (struct lessons_option){
            .code = choices[i].code,
            .label = tr(r->lang, choices[i].label),
            .chosen = strcmp(choices[i].code, chosen) == 0};
    }
    return m;
}

// Only countries where something was written down.
static struct lessons_menu countries_menu(struct req *r, const struct advocacy_line *all, size_t n,
                                          const char *chosen)
{
    const struct choice *every = vocabulary_country.list();
    struct choice *some = ARENA_ARRAY(r->arena, struct choice, n + 2);
    size_t found = 0;
    for (size_t i = 0; every[i].code != NULL; i++) {
        bool used = strcmp(every[i].code, chosen) == 0;
        for (size_t k = 0; k < n && !used; k++) {
            used = strcmp(all[k].country, every[i].code) == 0;
        }
        if (used && found <= n) {
            some[found++] = every[i];
        }
    }
    some[found] = (struct choice){NULL, NULL};
    return menu_of(r, "country", tr(r->lang, MSG("Country")), some, chosen);
}

// ---- as a file ----------------------------------------------------------------------------------

static enum err write_file(struct req *r, struct reply *p, const struct advocacy_line *lines,
                           size_t n, struct err_info *e)
{
    const struct lang *l = r->lang;
    const struct sheet_column columns[] = {
        {.name = tr(l, MSG("Programme")), .kind = SHEET_TEXT}, {.name = tr(l, MSG("When")), .kind = SHEET_DATE},
        {.name = tr(l, MSG("Country")), .kind = SHEET_TEXT},   {.name = tr(l, MSG("Heading")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("Concern")), .kind = SHEET_TEXT},   {.name = tr(l, MSG("Argument")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("Whom it was used with")), .kind = SHEET_TEXT}, {.name = tr(l, MSG("Result")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("What worked")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("What to do differently next time")), .kind = SHEET_TEXT},
    };
    const char **cells = ARENA_ARRAY(r->arena, const char *, n * COUNT_OF(columns) + 1);
    size_t n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        if (!identity_may(r->who, MAY_EXPORT, lines[i].programme_id)) {
            continue;
        }
        struct advocacy_card c = advocacy_card_of(r, &lines[i]);
        const char *row[] = {c.number,   c.used_on, c.country, c.heading,     c.concern,
                             c.argument, c.with,    c.result,  c.what_worked, c.next_time};
        memcpy(&cells[n_rows++ * COUNT_OF(columns)], row, sizeof row);
    }
    const struct sheet sheet = {.title = tr(l, MSG("Lessons")),
                                .columns = columns,
                                .n_columns = COUNT_OF(columns),
                                .cells = cells,
                                .n_rows = n_rows};
    return programme_send_sheet(r, p, &sheet, "lessons", "advocacy_use", e);
}

// ---- the page ------------------------------------------------------------------------------------

static enum err lessons_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct advocacy_ask everything = {0};
    const char *format = req_query(r, "format");
    struct advocacy_ask ask;
    struct advocacy_line *all;
    size_t n_all, n = 0;
    enum err err = read_ask(r, &ask, e);
    if (err == ERR_NONE) {
        err = advocacy_lessons_load(r->db, r->arena, r->who, &everything, &all, &n_all, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct advocacy_line *lines = ARENA_ARRAY(r->arena, struct advocacy_line, n_all + 1);
    for (size_t i = 0; i < n_all; i++) {
        if (advocacy_fits(&all[i], &ask)) {
            lines[n++] = all[i];
        }
    }
    if (format[0] != '\0') {
        return write_file(r, p, lines, n, e);
    }
    struct lessons_menu menus[] = {
        menu_of(r, "heading", tr(r->lang, MSG("Heading")),
                field_choices(entity_field(&entity_advocacy_use, "heading")), ask.heading),
        countries_menu(r, all, n_all, ask.country),
        menu_of(r, "result", tr(r->lang, MSG("Result")),
                field_choices(entity_field(&entity_advocacy_use, "result")), ask.result),
        menu_of(r, "with_sort", tr(r->lang, MSG("Whom it was used with")),
                field_choices(entity_field(&entity_advocacy_use, "with_sort")), ask.with_sort),
    };
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = advocacy_row(ask.row, &tool);
    struct advocacy_lessons_view v = {
        .search = ask.search,
        .row = ask.row,
        .row_text = row == NULL ? NULL
                                : pack_words(tool->pack, r->lang, row->id, row->text),
        .all = !ask.lessons_only,
        .menus = menus,
        .n_menus = COUNT_OF(menus),
        .cards = advocacy_cards(r, lines, n),
        .n_cards = n,
        .has_any = n_all > 0,
    };
    if (identity_may_anywhere(r->who, MAY_EXPORT)) {
        v.csv = file_address(r, "csv");
        v.xlsx = file_address(r, "xlsx");
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr(r->lang, MSG("Lessons about arguments")),
                   .count = arena_printf(r->arena, "%zu", n),
                   .about = tr(r->lang, MSG("What worked with whom, in all programmes you may read. "
                                            "Look here before a talk and before a new programme.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"}},
                   .n_crumbs = 1});
    advocacy_lessons_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_advocacy_lessons = {
    .path = "/advocacy",
    .needs = MAY_SIGNED_IN, // each line is shown only where the person may read
    .get = lessons_get,
    .title = MSG("Lessons about arguments"),
    .menu = MENU_PROGRAMMES,
};
