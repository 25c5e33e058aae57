// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_map_web.c: the risks of all programmes a person may read, as one map: counts by likelihood and
// impact, by area of work and by programme, that all narrow the list. A file holds only what the person
// may export.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "html/list.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_sheet_web.h"
#include "risk/risk_map.html.h"
#include "risk/risk_register.h"
#include "risk/risk_web.h"

#define ROWS_A_PAGE LIST_ROWS_A_PAGE
#define OWN_AREA "own" // risks that no table of the Toolkit has

static const char *const codes[3] = {"low", "medium", "high"};

// What is asked for; "" stands for everything.
struct map_ask {
    const char *programme; // number
    const char *area;
    const char *likelihood, *impact;
    const char *state; // open (also ""), happened, closed, all
    const char *search;
    bool late;
    size_t page; // from 1
};
struct map_data {
    struct record **programmes; // that the person may read
    size_t n_programmes;
    struct record **risks; // of these
    size_t n_risks;
};

// ---- what is asked for ---------------------------------------------------------------------------

static bool is_code(const char *code, const char *const *known, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(code, known[i]) == 0) {
            return true;
        }
    }
    return code[0] == '\0';
}

static enum err refuse(const char *field, struct err_info *e)
{
    return err_set(e, ERR_INPUT, field, MSG("There is no such choice."),
                   MSG("Use the filters above the list."), NULL);
}

static enum err read_ask(struct req *r, struct map_ask *ask, struct err_info *e)
{
    static const char *const states[] = {"open", "happened", "closed", "all"};
    const char *page = req_query(r, "page");
    *ask = (struct map_ask){
        .programme = req_query(r, "programme"),
        .area = req_query(r, "area"),
        .likelihood = req_query(r, "likelihood"),
        .impact = req_query(r, "impact"),
        .state = req_query(r, "state"),
        .search = req_query(r, "q"),
        .late = strcmp(req_query(r, "late"), "1") == 0,
        .page = 1,
    };
    const char *area = field_choice_label(entity_field(&entity_programme, "areas"), ask->area);
    if (ask->area[0] != '\0' && area[0] == '\0' && strcmp(ask->area, OWN_AREA) != 0) {
        return refuse("area", e);
    }
    if (!is_code(ask->likelihood, codes, 3)) {
        return refuse("likelihood", e);
    }
    if (!is_code(ask->impact, codes, 3)) {
        return refuse("impact", e);
    }
    if (!is_code(ask->state, states, COUNT_OF(states))) {
        return refuse("state", e);
    }
    if (page[0] != '\0') {
        size_t digits = strspn(page, "0123456789");
        ask->page = digits < 7 && page[digits] == '\0' ? (size_t)strtoul(page, NULL, 10) : 0;
        if (ask->page == 0) {
            return err_set(e, ERR_INPUT, "page", MSG("The list has no such page."),
                           MSG("Pages are numbered from 1."), NULL);
        }
    }
    return ERR_NONE;
}

// The address with one part of what is asked for changed; the page goes back to the first.
static const char *address_of(struct req *r, const struct map_ask *ask, const char *name,
                              const char *value)
{
    const struct pair parts[] = {
        {"programme", ask->programme}, {"area", ask->area},   {"likelihood", ask->likelihood},
        {"impact", ask->impact},       {"state", ask->state}, {"q", ask->search},
        {"late", ask->late ? "1" : ""}, {"format", ""},       {"page", ""},
    };
    struct buf b;
    buf_init(&b, r->arena, 4000);
    buf_str(&b, "/risks");
    bool first = true;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        const char *v = strcmp(parts[i].name, name) == 0 ? value : parts[i].value;
        if (v[0] != '\0') {
            buf_printf(&b, "%s%s=%s", first ? "?" : "&", parts[i].name, url_escape(r->arena, v));
            first = false;
        }
    }
    return b.data;
}

// What the choice of a cell of the heat map is added to.
static const char *cells_address(struct req *r, const struct map_ask *ask)
{
    struct map_ask other = *ask;
    other.likelihood = "";
    const char *rest = address_of(r, &other, "impact", "");
    return arena_printf(r->arena, "%s%s", rest, strchr(rest, '?') == NULL ? "?" : "&");
}

// ---- loading and narrowing -----------------------------------------------------------------------

// Two statements, however many programmes there are.
static enum err load(struct req *r, struct map_data *d, struct err_info *e)
{
    size_t n_programmes, n_risks;
    enum err err = store_list(r->db, r->arena, &entity_programme, NULL, &d->programmes,
                              &n_programmes, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, r->arena, &entity_risk, NULL, &d->risks, &n_risks, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < n_programmes; i++) {
        if (identity_may(r->who, MAY_READ, d->programmes[i]->id)) {
            d->programmes[d->n_programmes++] = d->programmes[i];
        }
    }
    for (size_t i = 0; i < n_risks; i++) {
        if (identity_may(r->who, MAY_READ, record_text(d->risks[i], "programme_id"))) {
            d->risks[d->n_risks++] = d->risks[i];
        }
    }
    return ERR_NONE;
}

static const struct record *programme_of(const struct map_data *d, const struct record *risk)
{
    const char *id = record_text(risk, "programme_id");
    for (size_t i = 0; i < d->n_programmes; i++) {
        if (strcmp(d->programmes[i]->id, id) == 0) {
            return d->programmes[i];
        }
    }
    bug("a risk that may be read belongs to a programme that may be read");
}

static const char *area_of(const struct record *risk)
{
    const struct pack_tool *tool = NULL;
    return risk_table_row(record_text(risk, "row"), &tool) == NULL ? OWN_AREA
                                                                   : risk_table_area(tool);
}

static const char *area_words(const struct req *r, const char *area)
{
    return strcmp(area, OWN_AREA) == 0 ? tr(r->lang, MSG("Own risks")) : risk_area_label(r, area);
}

// All but the cell and the page: what the map shows.
static bool fits_map(const struct map_data *d, const struct map_ask *ask, const struct record *risk)
{
    const struct record *programme = programme_of(d, risk);
    return (ask->programme[0] == '\0' ||
            strcmp(record_text(programme, "number"), ask->programme) == 0) &&
           (ask->area[0] == '\0' || strcmp(area_of(risk), ask->area) == 0) &&
           (ask->search[0] == '\0' || risk_text_holds(record_text(risk, "statement"), ask->search) ||
            risk_text_holds(record_text(risk, "who"), ask->search));
}

static bool fits_list(const struct map_ask *ask, const struct risk_line *line)
{
    const char *state = ask->state[0] == '\0' ? "open" : ask->state;
    return (strcmp(state, "all") == 0 || strcmp(record_text(line->record, "state"), state) == 0) &&
           (ask->likelihood[0] == '\0' ||
            strcmp(record_text(line->record, "likelihood"), ask->likelihood) == 0) &&
           (ask->impact[0] == '\0' ||
            strcmp(record_text(line->record, "impact"), ask->impact) == 0) &&
           (!ask->late || line->days_late > 0);
}

// ---- what is shown -------------------------------------------------------------------------------

static void count(struct map_sum *s, const struct risk_line *line)
{
    if (line->is_open) {
        s->levels[risk_rank(line->level)]++;
        s->open++;
        s->late += line->days_late > 0;
    }
}

// One line for each area and each programme, counted over what the other filters leave.
static void fill_sums(struct req *r, const struct map_data *d, const struct map_ask *ask,
                      const struct risk_register *map, struct risk_map_view *v)
{
    const struct choice *areas = field_choices(entity_field(&entity_programme, "areas"));
    size_t n_areas = 0;
    while (areas[n_areas].code != NULL) {
        n_areas++;
    }
    v->areas = ARENA_ARRAY(r->arena, struct map_sum, n_areas + 1);
    v->programmes = ARENA_ARRAY(r->arena, struct map_sum, d->n_programmes + 1);
    for (size_t a = 0; a <= n_areas; a++) {
        const char *area = a < n_areas ? areas[a].code : OWN_AREA;
        struct map_sum s = {.label = area_words(r, area),
                            .address = address_of(r, ask, "area", area),
                            .chosen = strcmp(ask->area, area) == 0};
        for (size_t i = 0; i < map->n; i++) {
            if (strcmp(area_of(map->lines[i].record), area) == 0) {
                count(&s, &map->lines[i]);
            }
        }
        if (s.open > 0) {
            v->areas[v->n_areas++] = s;
        }
    }
    for (size_t p = 0; p < d->n_programmes; p++) {
        const char *number = record_text(d->programmes[p], "number");
        struct map_sum s = {.label = number,
                            .address = address_of(r, ask, "programme", number),
                            .chosen = strcmp(ask->programme, number) == 0};
        for (size_t i = 0; i < map->n; i++) {
            if (strcmp(record_text(map->lines[i].record, "programme_id"), d->programmes[p]->id) == 0) {
                count(&s, &map->lines[i]);
            }
        }
        if (s.open > 0) {
            v->programmes[v->n_programmes++] = s;
        }
    }
}

static void fill_chips(struct req *r, const struct map_ask *ask, struct risk_map_view *v)
{
    const struct field *state = entity_field(&entity_risk, "state");
    v->chips = ARENA_ARRAY(r->arena, struct map_chip, 6);
    const struct {
        const char *name, *label, *value;
    } all[] = {
        {"programme", MSG("Programme"), ask->programme},
        {"area", MSG("Area of work"), ask->area[0] == '\0' ? "" : area_words(r, ask->area)},
        {"likelihood", MSG("Likelihood"),
         ask->likelihood[0] == '\0' ? "" : tr(r->lang, risk_level_label(ask->likelihood))},
        {"impact", MSG("Impact"),
         ask->impact[0] == '\0' ? "" : tr(r->lang, risk_level_label(ask->impact))},
        {"state", MSG("State"),
         ask->state[0] == '\0'              ? ""
         : strcmp(ask->state, "all") == 0   ? tr(r->lang, MSG("All"))
                                            : tr(r->lang, field_choice_label(state, ask->state))},
        {"late", MSG("Review"), ask->late ? tr(r->lang, MSG("Late")) : ""},
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (all[i].value[0] != '\0') {
            v->chips[v->n_chips++] = (struct map_chip){.label = tr(r->lang, all[i].label),
                                                       .value = all[i].value,
                                                       .address = address_of(r, ask, all[i].name, "")};
        }
    }
}

static struct map_line line_view(struct req *r, const struct map_data *d,
                                 const struct risk_line *line)
{
    const struct record *k = line->record;
    const char *number = record_text(programme_of(d, k), "number");
    const char *state = record_text(k, "state");
    return (struct map_line){
        .number = number,
        .statement = record_text(k, "statement"),
        .who = record_text(k, "who"),
        .row = record_text(k, "row"),
        .area = area_words(r, area_of(k)),
        .address = url_make(r->arena, "/programmes/{0}/risks/{1}", number, k->id, NULL),
        .is_open = line->is_open,
        .state = tr(r->lang, field_choice_label(entity_field(&entity_risk, "state"), state)),
        .state_look = strcmp(state, "happened") == 0 ? "risk" : "none",
        .look = line->level[0] == '\0' ? "none" : line->level,
        .level = tr(r->lang, risk_level_label(line->level)),
        .residual_look = line->residual_level[0] == '\0' ? "none" : line->residual_level,
        .residual_level = tr(r->lang, risk_level_label(line->residual_level)),
        .review_on = record_text(k, "review_on"),
        .late = line->days_late > 0 ? tr_n(r->arena, r->lang, MSG("One day late"),
                                           MSG("{0} days late"), line->days_late)
                                    : NULL};
}

// ---- as a file ----------------------------------------------------------------------------------

static enum err write_file(struct req *r, struct reply *p, const struct map_data *d,
                           const struct risk_line *const *lines, size_t n, struct err_info *e)
{
    const struct lang *l = r->lang;
    const struct sheet_column columns[] = {
        {.name = tr(l, MSG("Programme")), .kind = SHEET_TEXT},  {.name = tr(l, MSG("Area of work")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("Row of the Toolkit")), .kind = SHEET_TEXT}, {.name = tr(l, MSG("What could happen")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("To whom")), .kind = SHEET_TEXT},    {.name = tr(l, MSG("State")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("Level now")), .kind = SHEET_TEXT},  {.name = tr(l, MSG("Level after mitigation")), .kind = SHEET_TEXT},
        {.name = tr(l, MSG("Next review")), .kind = SHEET_DATE},
    };
    const char **cells = ARENA_ARRAY(r->arena, const char *, n * COUNT_OF(columns) + 1);
    size_t n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        if (!identity_may(r->who, MAY_EXPORT, record_text(lines[i]->record, "programme_id"))) {
            continue;
        }
        struct map_line x = line_view(r, d, lines[i]);
        const char *row[] = {x.number, x.area,  x.row,            x.statement, x.who,
                             x.state,  x.level, x.residual_level, x.review_on};
        memcpy(&cells[n_rows++ * COUNT_OF(columns)], row, sizeof row);
    }
    const struct sheet sheet = {.title = tr(l, MSG("Risks")),
                                .columns = columns,
                                .n_columns = COUNT_OF(columns),
                                .cells = cells,
                                .n_rows = n_rows,
                                .right_to_left = l->right_to_left};
    return programme_send_sheet(r, p, &sheet, "risks", "risk", e);
}

// ---- the page ------------------------------------------------------------------------------------

static void fill_page(struct req *r, const struct map_data *d, const struct map_ask *ask,
                      const struct risk_line *const *lines, size_t n, struct risk_map_view *v)
{
    size_t from = (ask->page - 1) * ROWS_A_PAGE;
    v->lines = ARENA_ARRAY(r->arena, struct map_line, ROWS_A_PAGE + 1);
    for (size_t i = from; i < n && i < from + ROWS_A_PAGE; i++) {
        v->lines[v->n_lines++] = line_view(r, d, lines[i]);
    }
    v->n_all = n;
    if (ask->page > 1) {
        v->before = address_of(r, ask, "page", arena_printf(r->arena, "%zu", ask->page - 1));
    }
    if (from + ROWS_A_PAGE < n) {
        v->after = address_of(r, ask, "page", arena_printf(r->arena, "%zu", ask->page + 1));
    }
}

static enum err map_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *format = req_query(r, "format");
    struct map_ask ask;
    struct map_data d = {0};
    char today[11];
    clock_today(today);
    enum err err = read_ask(r, &ask, e);
    if (err == ERR_NONE) {
        err = load(r, &d, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct record **chosen = ARENA_ARRAY(r->arena, struct record *, d.n_risks + 1);
    size_t n_chosen = 0, n = 0;
    for (size_t i = 0; i < d.n_risks; i++) {
        if (fits_map(&d, &ask, d.risks[i])) {
            chosen[n_chosen++] = d.risks[i];
        }
    }
    struct risk_register map;
    risk_register_make(r->arena, chosen, n_chosen, today, &map);
    const struct risk_line **lines = ARENA_ARRAY(r->arena, const struct risk_line *, n_chosen + 1);
    for (size_t i = 0; i < map.n; i++) {
        if (fits_list(&ask, &map.lines[i])) {
            lines[n++] = &map.lines[i];
        }
    }
    if (format[0] != '\0') {
        return write_file(r, p, &d, lines, n, e);
    }
    struct risk_map_view v = {
        .search = ask.search,
        .hidden = (struct map_hidden[]){{"programme", ask.programme}, {"area", ask.area},
                                        {"likelihood", ask.likelihood}, {"impact", ask.impact},
                                        {"state", ask.state}},
        .n_hidden = 5,
        .has_any = d.n_risks > 0,
        .late = map.late > 0 ? tr_n(r->arena, r->lang, MSG("One review is late"),
                                    MSG("{0} reviews are late"), map.late)
                             : NULL,
        .late_address = address_of(r, &ask, "late", "1"),
        .happened = address_of(r, &ask, "state", "happened"),
        .everything = address_of(r, &ask, "state", "all"),
        .finding = risk_heat_finding(r, &map),
        .heat = risk_heat(r, &map, cells_address(r, &ask), ask.likelihood, ask.impact),
    };
    fill_sums(r, &d, &ask, &map, &v);
    fill_chips(r, &ask, &v);
    fill_page(r, &d, &ask, lines, n, &v);
    if (identity_may_anywhere(r->who, MAY_EXPORT)) {
        v.csv = address_of(r, &ask, "format", "csv");
        v.xlsx = address_of(r, &ask, "format", "xlsx");
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = tr(r->lang, MSG("Risks of all programmes")),
                   .count = arena_printf(r->arena, "%zu", n),
                   .about = tr(r->lang, MSG("What the work could do to people, in every programme "
                                            "you may read.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"}},
                   .n_crumbs = 1});
    risk_map_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_risk_map = {
    .path = "/risks",
    .needs = MAY_SIGNED_IN, // each risk is shown only where the person may read
    .get = map_get,
    .title = MSG("Risks of all programmes"),
    .menu = MENU_PROGRAMMES,
};
