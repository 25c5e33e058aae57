// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_from_web.c: taking rows of the tables of risks over: all five tables by area of work, those of
// the programme first, as many rows at once as one likes.

#include <string.h>

#include "base/bug.h"
#include "pack/pack_own.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "risk/risk_from.html.h"
#include "risk/risk_suggest.h"
#include "risk/risk_web.h"

// What the forms of this page carry along, so that a refused form is shown again as it was.
static const struct field from_fields[] = {
    {.name = "_view", .label = MSG("View"), .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 400},
};

static const struct record *taken_as(struct record *const *risks, size_t n, const char *row)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(risks[i], "row"), row) == 0) {
            return risks[i];
        }
    }
    return NULL;
}

static bool is_chosen(const struct req *r, const char *row)
{
    for (size_t i = 0; i < r->n_posted; i++) {
        if (strcmp(r->posted[i].name, "row") == 0 && strcmp(r->posted[i].value, row) == 0) {
            return true;
        }
    }
    return false;
}

struct from_page {
    struct req *req;
    struct record **risks;
    size_t n_risks;
    struct risk_suggestions suggestions;
    const char *table;  // asked for: id of a tool, "" for all
    const char *search; // as typed
};

static bool is_suggested(const struct risk_suggestions *all, const char *row)
{
    const struct risk_suggestion *s = risk_suggestion_of(all, row);
    return s != NULL && s->declined == NULL;
}

static void fill_table(const struct from_page *f, const struct pack_tool *tool,
                       struct from_table *out)
{
    struct req *r = f->req;
    *out = (struct from_table){.tool = tool->id,
                               .title = risk_words(r, tool, tool->id, tool->title),
                               .rows = ARENA_ARRAY(r->arena, struct from_row, tool->n_rows + 1)};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        const char *text = risk_words(r, tool, row->id, row->text);
        const struct record *taken = taken_as(f->risks, f->n_risks, row->id);
        out->n_taken += taken != NULL;
        if (f->search[0] != '\0' && !risk_text_holds(text, f->search) &&
            !risk_text_holds(row->id, f->search)) {
            continue;
        }
        out->rows[out->n_rows++] = (struct from_row){
            .id = row->id,
            .text = text,
            .help = row->help == NULL ? NULL : risk_words(r, tool, row->id, row->help),
            .taken = taken == NULL ? NULL : risk_address(r, taken, ""),
            .chosen = is_chosen(r, row->id),
            .suggested = is_suggested(&f->suggestions, row->id)};
    }
    out->n_of = tool->n_rows;
}

static const char *view_address(struct req *r, const char *table, const char *search)
{
    const char *base = risk_list_address(r, "/from-toolkit");
    const char *q = search[0] == '\0' ? "" : arena_printf(r->arena, "q=%s", url_escape(r->arena, search));
    const char *t = table[0] == '\0' ? ""
                                     : arena_printf(r->arena, "table=%s", url_escape(r->arena, table));
    const char *both = q[0] != '\0' && t[0] != '\0' ? "&" : "";
    return arena_printf(r->arena, "%s%s%s%s%s", base, q[0] != '\0' || t[0] != '\0' ? "?" : "", t,
                        both, q);
}

static void fill_view(const struct from_page *f, struct risk_from_view *v)
{
    struct req *r = f->req;
    size_t n, n_first;
    const struct pack_tool **tables =
        risk_tables(r->arena, record_text(r->programme, "areas"), &n, &n_first);
    v->tables = ARENA_ARRAY(r->arena, struct from_table, n + 1);
    v->chips = ARENA_ARRAY(r->arena, struct from_chip, n + 1);
    v->chips[v->n_chips++] = (struct from_chip){.label = tr(r->lang, MSG("All areas")),
                                                .address = view_address(r, "", f->search),
                                                .on = f->table[0] == '\0'};
    for (size_t i = 0; i < n; i++) {
        struct from_table table;
        fill_table(f, tables[i], &table);
        table.area = risk_area_label(r, risk_table_area(tables[i]));
        table.own = i < n_first;
        v->n_left += table.n_of - table.n_taken;
        bool shown = f->table[0] == '\0' || strcmp(f->table, table.tool) == 0;
        if (shown) {
            v->n_shown += table.n_rows;
            v->tables[v->n_tables++] = table;
        }
        v->chips[v->n_chips++] = (struct from_chip){
            .label = arena_printf(r->arena, "%s %s", table.tool, table.area),
            .address = view_address(r, table.tool, f->search),
            .on = f->table[0] != '\0' && shown};
    }
}

static enum err from_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct from_page f = {
        .req = r, .table = req_query(r, "table"), .search = req_query(r, "q")};
    enum err err = pack_own_look(r->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *table = f.table[0] == '\0' ? NULL : pack_tool_anywhere(f.table);
    if (f.table[0] != '\0' && (table == NULL || risk_table_area(table)[0] == '\0')) {
        return err_set(e, ERR_INPUT, "table", MSG("There is no table of risks with this number."),
                       MSG("Choose one of 3.2 to 3.6."), NULL);
    }
    err = store_list_by(r->db, r->arena, &entity_risk, "programme_id", r->programme->id, &f.risks,
                        &f.n_risks, e);
    if (err == ERR_NONE) {
        err = risk_suggestions_load(r->db, r->arena, r->programme, f.risks, f.n_risks,
                                    &f.suggestions, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct risk_from_view v = {
        .action = view_address(r, f.table, f.search),
        .list = risk_list_address(r, ""),
        .here = risk_list_address(r, "/from-toolkit"),
        .suggestions = risk_list_address(r, "/suggestions"),
        .n_suggestions = (int64_t)f.suggestions.n_open,
        .search = f.search,
        .table = f.table,
    };
    fill_view(&f, &v);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Add risks from the Toolkit")),
                              .about = tr(r->lang, MSG("Risks that tools 3.2 to 3.6 know, by area of "
                                                       "work. Those of your programme come first.")),
                              .crumbs = risk_crumbs(r),
                              .n_crumbs = 3});
    risk_from_html(&h, &v);
    return page_end(&h, e);
}

// Adds what is ticked and not in the register yet, in the order of the tables.
static enum err add_chosen(struct req *r, struct store_tx *tx, int64_t *added, struct err_info *e)
{
    struct record **risks;
    size_t n_risks, n;
    struct risk_suggestions suggested;
    const struct pack_tool **tables =
        risk_tables(r->arena, record_text(r->programme, "areas"), &n, NULL);
    enum err err = store_list_by(store_tx_read(tx), r->arena, &entity_risk, "programme_id",
                                 r->programme->id, &risks, &n_risks, e);
    if (err == ERR_NONE) {
        err = risk_suggestions_load(store_tx_read(tx), r->arena, r->programme, risks, n_risks,
                                    &suggested, e);
    }
    for (size_t t = 0; err == ERR_NONE && t < n; t++) {
        for (unsigned i = 0; err == ERR_NONE && i < tables[t]->n_rows; i++) {
            const struct pack_row *row = &tables[t]->rows[i];
            if (is_chosen(r, row->id) && taken_as(risks, n_risks, row->id) == NULL) {
                struct record *risk = risk_from_row(r, row);
                const struct risk_suggestion *s = risk_suggestion_of(&suggested, row->id);
                if (s != NULL) {
                    record_set_text(risk, "basis", risk_basis_of(r->arena, s));
                }
                err = store_save(tx, r->arena, risk, e);
                (*added)++;
            }
        }
    }
    return err;
}

static enum err from_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    int64_t added = 0;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = add_chosen(r, tx, &added, e);
    if (err == ERR_NONE && added == 0) {
        err = err_set(e, ERR_INPUT, "row", MSG("No risk is chosen."),
                      MSG("Tick the risks that could happen here."), NULL);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_n(r->arena, r->lang, MSG("One risk was added. Rate it next."),
                            MSG("{0} risks were added. Rate them next."), added),
                    NULL);
        reply_redirect(r, p, "/programmes/{0}/risks", programme_number(r), NULL);
    }
    return err;
}

const struct route route_risk_from = {
    .path = "/programmes/{programme}/risks/from-toolkit",
    .needs = MAY_WRITE,
    .get = from_get,
    .post = from_post,
    .fields = from_fields,
    .n_fields = COUNT_OF(from_fields),
    .also = (const char *const[]){"row", NULL},
    .title = MSG("Add risks from the Toolkit"),
    .menu = MENU_PROGRAMMES,
};
