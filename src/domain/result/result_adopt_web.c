// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_adopt_web.c: the indicators of the library, to look through and to adopt, several at once.

#include <string.h>

#include "base/bug.h"
#include "html/list.h"
#include "html/page.h"
#include "result/result.h"
#include "result/result_adopt.html.h"
#include "result/result_adopt_web.h"
#include "result/result_library.h"
#include "result/result_screening_load.h"
#include "result/result_web.h"
#include "result/result_words.h"

#define MOST_AT_ONCE 40

// ---- the shelf --------------------------------------------------------------------------------------

static const char *const names[] = {"q",    "area",  "expected", "right", "unit",
                                    "split", "taken", "sort",     "dir",   "result"};

const char *adopt_address(struct req *r, const char *below, const char *name, const char *value)
{
    struct pair pairs[COUNT_OF(names)];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        pairs[i] = (struct pair){names[i], req_query(r, names[i])};
    }
    const struct list_query q = {.chosen = pairs, .n_chosen = COUNT_OF(names)};
    return list_address(r->arena, &q, arena_printf(r->arena, "%s%s", result_address(r, "/adopt"), below), name, value);
}

static const char *one_of(struct req *r, const char *name, const char *const *allowed, bool *fine)
{
    const char *said = req_query(r, name);
    for (int i = 0; said[0] != '\0' && allowed[i] != NULL; i++) {
        if (strcmp(allowed[i], said) == 0) {
            return said;
        }
    }
    *fine = *fine && said[0] == '\0';
    return said;
}

static bool is_on(struct req *r, const struct shelf *all, const struct shelf_query *q)
{
    struct shelf found;
    shelf_narrow(r->arena, all, q, &found);
    return found.n > 0;
}

// A filter that names nothing on the shelf would show nothing and not say why.
static enum err read_query(struct req *r, const struct shelf *all, struct shelf_query *q,
                           struct err_info *e)
{
    static const char *const taken[] = {"here", "elsewhere", "no", NULL};
    static const char *const sorts[] = {"title", "unit", NULL};
    bool fine = true;
    *q = (struct shelf_query){
        .search = req_query(r, "q"),
        .area = req_query(r, "area"),
        .expected = req_query(r, "expected"),
        .right = req_query(r, "right"),
        .unit = req_query(r, "unit"),
        .split = req_query(r, "split"),
        .taken = one_of(r, "taken", taken, &fine),
        .sort = one_of(r, "sort", sorts, &fine),
        .descending = strcmp(req_query(r, "dir"), "down") == 0,
    };
    const struct shelf_query alone[5] = {
        {"", q->area, "", "", "", "", "", "", false},  {"", "", q->expected, "", "", "", "", "", false},
        {"", "", "", q->right, "", "", "", "", false}, {"", "", "", "", q->unit, "", "", "", false},
        {"", "", "", "", "", q->split, "", "", false}};
    for (int i = 0; i < 5; i++) {
        fine = fine && is_on(r, all, &alone[i]);
    }
    return fine ? ERR_NONE
                : err_set(e, ERR_INPUT, NULL, MSG("The list cannot be narrowed by that."),
                          MSG("Use the filters above the list."), NULL);
}

static void mark_taken(struct req *r, struct adopt_shelf *s, const struct adoption *adoptions,
                       size_t n)
{
    for (size_t i = 0; i < s->all.n; i++) {
        struct shelf_row *row = &s->all.rows[i];
        for (size_t k = 0; k < s->n_indicators; k++) {
            if (strcmp(record_text(s->indicators[k], "row"), row->row->id) == 0) {
                row->here = s->indicators[k]->id;
            }
        }
        for (size_t k = 0; k < n; k++) {
            const char *programme = adoptions[k].programme_id;
            row->elsewhere += strcmp(adoptions[k].row, row->row->id) == 0 &&
                              strcmp(programme, r->programme->id) != 0 &&
                              identity_may(r->who, MAY_READ, programme);
        }
    }
}

enum err adopt_shelf_load(struct req *r, struct adopt_shelf *out, struct err_info *e)
{
    struct adoption *adoptions;
    size_t n;
    *out = (struct adopt_shelf){0};
    shelf_load(r->arena, r->lang, &out->all);
    enum err err = store_list_by(r->db, r->arena, &entity_indicator, "programme_id",
                                 r->programme->id, &out->indicators, &out->n_indicators, e);
    if (err == ERR_NONE) {
        err = adoptions_load(r->db, r->arena, &adoptions, &n, e);
    }
    if (err == ERR_NONE) {
        mark_taken(r, out, adoptions, n);
        err = read_query(r, &out->all, &out->query, e);
    }
    if (err == ERR_NONE) {
        shelf_narrow(r->arena, &out->all, &out->query, &out->chosen);
    }
    return err;
}

const char *adopt_splits(struct req *r, const struct pack_row *row)
{
    const char *words = "";
    for (unsigned i = 0; i < row->n_disaggregation; i++) {
        const char *word = tr(r->lang, pack_split_label(row->disaggregation[i]));
        words = i == 0 ? word : arena_printf(r->arena, "%s, %s", words, word);
    }
    return words;
}

// ---- filters ----------------------------------------------------------------------------------------

// A menu with the values found on the whole shelf, or a chip when one is chosen.
struct filter {
    const char *name;
    const char *label;
    const char *chosen;
    struct adopt_menu *menu;
};

static void offer(struct req *r, struct filter *f, const char *value, const char *label)
{
    struct adopt_menu *m = f->menu;
    const char *address = adopt_address(r, "", f->name, value);
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->links[i].address, address) == 0) {
            return;
        }
    }
    m->links[m->n++] = (struct page_link){.label = label, .address = address,
                                          .current = strcmp(f->chosen, value) == 0};
}

static void offer_row(struct req *r, struct filter f[6], const struct shelf_row *row)
{
    const struct pack_tool *tool = row->tool;
    const struct pack_result *result = tool_result(tool, row->row->result);
    offer(r, &f[0], tool->id, pack_words(tool->pack, r->lang, tool->id, tool->title));
    if (result != NULL && (f[0].chosen[0] == '\0' || strcmp(f[0].chosen, tool->id) == 0)) {
        offer(r, &f[1], result->id,
              arena_printf(r->arena, "%s %s", result->id,
                           pack_words(tool->pack, r->lang, result->id, result->title)));
    }
    for (unsigned i = 0; i < row->row->n_serves; i++) {
        const struct pack_tool *of;
        const struct pack_row *right;
        const char *text = shelf_right(r->lang, row->row->serves[i], &of, &right);
        if (text != NULL) {
            offer(r, &f[2], right->id, text);
        }
    }
    offer(r, &f[3], pack_unit_word(row->row->unit), tr(r->lang, pack_unit_label(row->row->unit)));
    for (unsigned i = 0; i < row->row->n_disaggregation; i++) {
        offer(r, &f[4], row->row->disaggregation[i],
              tr(r->lang, pack_split_label(row->row->disaggregation[i])));
    }
}

static void fill_filters(struct req *r, const struct adopt_shelf *s, struct result_adopt_view *v)
{
    const struct shelf_query *q = &s->query;
    const struct { const char *name, *label, *chosen; } plan[6] = {
        {"area", tr(r->lang, MSG("Area of work")), q->area},
        {"expected", tr(r->lang, MSG("Expected result")), q->expected},
        {"right", tr(r->lang, MSG("Right it serves")), q->right},
        {"unit", tr(r->lang, MSG("Unit")), q->unit},
        {"split", tr(r->lang, MSG("Split asked")), q->split},
        {"taken", tr(r->lang, MSG("Adopted")), q->taken}};
    struct filter filters[6];
    v->menus = ARENA_ARRAY(r->arena, struct adopt_menu, 6);
    v->chips = ARENA_ARRAY(r->arena, struct adopt_chip, 6);
    for (int i = 0; i < 6; i++) {
        v->menus[i] = (struct adopt_menu){
            .label = plan[i].label, .links = ARENA_ARRAY(r->arena, struct page_link, s->all.n * 4 + 8)};
        filters[i] = (struct filter){plan[i].name, plan[i].label, plan[i].chosen, &v->menus[i]};
    }
    for (size_t i = 0; i < s->all.n; i++) {
        offer_row(r, filters, &s->all.rows[i]);
    }
    offer(r, &filters[4], "none", tr(r->lang, MSG("No split")));
    offer(r, &filters[5], "here", tr(r->lang, MSG("In this programme")));
    offer(r, &filters[5], "elsewhere", tr(r->lang, MSG("In other programmes")));
    offer(r, &filters[5], "no", tr(r->lang, MSG("Nowhere yet")));
    for (int i = 0; i < 6; i++) {
        for (size_t k = 0; k < v->menus[i].n; k++) {
            if (v->menus[i].links[k].current) {
                v->chips[v->n_chips++] = (struct adopt_chip){
                    filters[i].name, filters[i].label, v->menus[i].links[k].label,
                    filters[i].chosen, adopt_address(r, "", filters[i].name, NULL)};
            }
        }
        v->menus[i].n = filters[i].chosen[0] == '\0' ? v->menus[i].n : 0;
    }
}

// ---- rows -------------------------------------------------------------------------------------------

static const struct record *find(const struct adopt_shelf *s, const char *id)
{
    for (size_t i = 0; id != NULL && i < s->n_indicators; i++) {
        if (strcmp(s->indicators[i]->id, id) == 0) {
            return s->indicators[i];
        }
    }
    return NULL;
}

static void fill_rights(struct req *r, const struct pack_row *row, struct adopt_row *o)
{
    o->rights = ARENA_ARRAY(r->arena, struct page_link, row->n_serves + 1);
    for (unsigned i = 0; i < row->n_serves; i++) {
        const struct pack_tool *tool;
        const struct pack_row *right;
        const char *text = shelf_right(r->lang, row->serves[i], &tool, &right);
        if (text != NULL) {
            o->rights[o->n_rights++] =
                (struct page_link){.label = text, .address = result_row_address(r, tool, right->id)};
        }
    }
}

static void fill_row(struct req *r, const struct adopt_shelf *s, const struct shelf_row *row,
                     const char *before, struct adopt_row *o)
{
    const struct record *here = find(s, row->here);
    const struct pack_result *result = tool_result(row->tool, row->row->result);
    const char *group = result == NULL ? row->tool->id : result->id;
    const char *asked = req_query(r, "result"); // by the logframe
    *o = (struct adopt_row){
        .id = row->row->id,
        .row = row->row,
        .text = row->text,
        .help = row->row->help == NULL
                    ? NULL
                    : pack_words(row->tool->pack, r->lang, row->row->id, row->row->help),
        .address = result_row_address(r, row->tool, row->row->id),
        .unit = tr(r->lang, pack_unit_label(row->row->unit)),
        .splits = adopt_splits(r, row->row),
        .choose = arena_printf(r->arena, "%s?row=%s%s%s", result_address(r, "/new"), url_escape(r->arena, row->row->id),
                               asked[0] == '\0' ? "" : "&result=", url_escape(r->arena, asked)),
        .taken = here == NULL ? NULL : result_short_code(here),
        .taken_address = here == NULL ? NULL : result_indicator_address(r, here->id, ""),
        .elsewhere = row->elsewhere,
    };
    if (s->query.sort[0] == '\0' && strcmp(before, group) != 0) {
        o->group = result == NULL
                       ? row->tool->title
                       : arena_printf(r->arena, "%s %s", result->id,
                                      pack_words(row->tool->pack, r->lang, result->id, result->title));
        o->area = pack_words(row->tool->pack, r->lang, row->tool->id, row->tool->title);
    }
    fill_rights(r, row->row, o);
}

static void fill_rows(struct req *r, const struct adopt_shelf *s, struct result_adopt_view *v)
{
    const char *before = "";
    v->rows = ARENA_ARRAY(r->arena, struct adopt_row, s->chosen.n + 1);
    for (size_t i = 0; i < s->chosen.n; i++) {
        fill_row(r, s, &s->chosen.rows[i], before, &v->rows[v->n_rows++]);
        const struct pack_result *result =
            tool_result(s->chosen.rows[i].tool, s->chosen.rows[i].row->result);
        before = result == NULL ? s->chosen.rows[i].tool->id : result->id;
    }
}

static struct adopt_heading heading(struct req *r, const struct shelf_query *q, const char *label,
                                    const char *sort)
{
    bool current = strcmp(q->sort, sort) == 0;
    const char *address = adopt_address(r, "", "sort", sort);
    const char *dir = strstr(address, "dir=down");
    if (dir != NULL) { // a new order begins at its beginning
        address = arena_copy_n(r->arena, address, (size_t)(dir - address) - 1);
    }
    if (current && !q->descending) {
        address = arena_printf(r->arena, "%s&dir=down", address);
    }
    return (struct adopt_heading){label, address,
                                  !current ? NULL : q->descending ? "descending" : "ascending"};
}

static enum err no_result(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such result."), MSG("Choose from the list."), NULL);
}

// Also says for which the logframe asks, if it does.
static enum err offer_results(struct req *r, struct result_adopt_view *v, struct err_info *e)
{
    struct record **results;
    size_t n;
    enum err err = store_list_by(r->db, r->arena, &entity_result, "programme_id", r->programme->id,
                                 &results, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    v->results = ARENA_ARRAY(r->arena, struct adopt_result, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool asked = strcmp(results[i]->id, v->for_id) == 0;
        const char *label = arena_printf(r->arena, "%s: %s", record_text(results[i], "code"), record_text(results[i], "statement"));
        v->results[v->n_results++] = (struct adopt_result){results[i]->id, label, asked};
        v->for_result = asked ? label : v->for_result;
    }
    return v->for_id[0] == '\0' || v->for_result != NULL ? ERR_NONE : no_result(e);
}

static enum err adopt_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct adopt_shelf s;
    size_t n_crumbs;
    enum err err = adopt_shelf_load(r, &s, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_export = result_may(r, MAY_EXPORT);
    struct result_adopt_view v = {
        .path = result_address(r, "/adopt"),
        .query = &s.query,
        .for_id = req_query(r, "result"),
        .own = result_address(r, "/new"),
        .may_adopt = result_may(r, MAY_WRITE),
        .total = s.all.n,
        .title = heading(r, &s.query, tr(r->lang, MSG("Indicator")), "title"),
        .unit = heading(r, &s.query, tr(r->lang, MSG("Unit and split")), "unit"),
        .csv = may_export ? adopt_address(r, "/csv", NULL, NULL) : NULL,
        .xlsx = may_export ? adopt_address(r, "/xlsx", NULL, NULL) : NULL,
    };
    fill_filters(r, &s, &v);
    v.own = v.for_id[0] == '\0' ? v.own : arena_printf(r->arena, "%s%s", v.own, url_make(r->arena, "?result={0}", v.for_id, NULL));
    fill_rows(r, &s, &v);
    err = v.may_adopt ? offer_results(r, &v, e) : ERR_NONE;
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = result_crumbs(r, NULL, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Indicators of the library")),
                              .count = arena_printf(r->arena, "%zu", s.all.n),
                              .about = tr(r->lang, MSG("Choose the few that fit. Words, unit and split "
                                                       "can be changed; baseline, target and dates "
                                                       "are yours to set.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_WIDE});
    result_adopt_html(&h, &v);
    return page_end(&h, e);
}

// ---- several at once --------------------------------------------------------------------------------

static enum err adopt_one(struct req *r, struct store_tx *tx, const char *row_id, long number,
                          const char *result_id, struct err_info *e)
{
    const struct pack_tool *tool;
    const struct pack_row *row = library_row(row_id, &tool);
    if (row == NULL) {
        return err_set(e, ERR_INPUT, NULL, MSG("The library has no indicator {0}."),
                       MSG("Load the page again and choose from the list."), row_id, NULL);
    }
    struct record *k = record_new(r->arena, &entity_indicator);
    record_set_text(k, "programme_id", r->programme->id);
    record_set_text(k, "code", arena_printf(r->arena, "%s/I%ld",
                                            record_text(r->programme, "number"), number));
    record_set_text(k, "state", "active");
    record_set_text(k, "result_id", result_id);
    library_adopt(r->arena, r->lang, tool, row, k);
    return store_save(tx, r->arena, k, e);
}

// The result must be one of this programme; "" is none.
static enum err check_result(struct req *r, const char *result_id, struct err_info *e)
{
    struct record *result;
    if (result_id[0] == '\0') {
        return ERR_NONE;
    }
    enum err err = store_get(r->db, r->arena, &entity_result, result_id, &result, e);
    if (err == ERR_NONE && strcmp(record_text(result, "programme_id"), r->programme->id) != 0) {
        err = no_result(e);
    }
    return err;
}

static enum err adopt_all(struct req *r, struct store_tx *tx, long number, int *n, struct err_info *e)
{
    const char *result_id = req_posted(r, "result_id");
    enum err err = check_result(r, result_id, e);
    *n = 0;
    for (size_t i = 0; err == ERR_NONE && i < r->n_posted; i++) {
        if (strcmp(r->posted[i].name, "row") != 0) {
            continue;
        }
        if (*n == MOST_AT_ONCE) {
            return err_set(e, ERR_INPUT, NULL, MSG("At most {0} indicators can be adopted at once."),
                           MSG("Choose the few that fit: nobody can follow so many."), "40", NULL);
        }
        err = adopt_one(r, tx, r->posted[i].value, number + (*n)++,
                        result_id[0] == '\0' ? NULL : result_id, e);
    }
    return err;
}

static enum err adopt_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    long number = 1;
    int n = 0;
    enum err err = result_next_number(r, &number, e);
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = adopt_all(r, tx, number, &n, e);
    if (err != ERR_NONE || n == 0) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *number_of = record_text(r->programme, "number");
    if (n == 0) {
        reply_flash(p, tr(r->lang, MSG("Nothing was adopted: tick at least one indicator first.")), NULL);
        reply_redirect(r, p, "/programmes/{0}/indicators/adopt", number_of, NULL);
        return ERR_NONE;
    }
    reply_flash(p, tr_n(r->arena, r->lang,
                        MSG("One indicator is adopted. Screen it next, and set baseline and target."),
                        MSG("{0} indicators are adopted. Screen them next, and set baselines and "
                            "targets."), n), NULL);
    bool from_logframe = req_posted(r, "result")[0] != '\0';
    reply_redirect(r, p, from_logframe ? "/programmes/{0}/logframe" : "/programmes/{0}/indicators", number_of, NULL);
    return ERR_NONE;
}

const struct route route_indicator_adopt = {
    .path = "/programmes/{programme}/indicators/adopt",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = adopt_get,
    .post = adopt_post,
    .also = (const char *const[]){"result", "result_id", "row", NULL},
    .title = MSG("Indicators of the library"),
    .menu = MENU_PROGRAMMES,
};
