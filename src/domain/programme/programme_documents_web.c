// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_documents_web.c: all evidence of a programme, with what each piece supports.

#include <string.h>

#include "base/bug.h"
#include "html/list.h"
#include "programme/programme.h"
#include "programme/programme_store.h"
#include "programme/programme_web.h"

#define N_COLUMNS 5
// Words of a record that are shown beside its kind.
#define MOST_WORDS_BYTES 90

static const struct list_spec spec = {.kind = &entity_evidence, .search_field = "title"};

// The beginning of a text, not cut within a character, with an ellipsis when it is longer.
static const char *beginning(struct arena *a, const char *text)
{
    if (text == NULL || strlen(text) <= MOST_WORDS_BYTES) {
        return text;
    }
    size_t n = MOST_WORDS_BYTES;
    while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
        n--;
    }
    return arena_printf(a, "%.*s…", (int)n, text);
}

static void fill_row(struct req *r, const struct programme_document *d, bool may_write,
                     struct list_cell *cells)
{
    const struct entity *kind = model_find(d->about_kind);
    const char *address = d->file_hash != NULL ? url_make(r->arena, "/evidence/{0}/file", d->id, NULL)
                                               : d->link;
    cells[0] = (struct list_cell){.kind = address == NULL ? CELL_TEXT : CELL_LINK,
                                  .text = d->title, .address = address,
                                  .meta = beginning(r->arena, d->note)};
    cells[1] = (struct list_cell){
        .kind = CELL_LINK, .text = kind == NULL ? d->about_kind : tr(r->lang, kind->label),
        .address = programme_record_address(r, d->about_kind, d->about_id),
        .meta = beginning(r->arena, d->about)};
    const char *ending = programme_file_ending(r->arena, d->file_name);
    const char *form = d->file_hash != NULL ? (ending[0] != '\0' ? ending : tr(r->lang, MSG("File")))
                       : d->link != NULL    ? tr(r->lang, MSG("Link"))
                                            : tr(r->lang, MSG("Note"));
    cells[2] = (struct list_cell){
        .kind = CELL_TEXT, .text = form,
        .meta = d->file_hash != NULL ? programme_file_size(r, d->file_size) : NULL};
    cells[3] = (struct list_cell){.kind = CELL_DATE,
                                  .text = arena_printf(r->arena, "%.10s", d->changed_at)};
    cells[4] = (struct list_cell){
        .kind = CELL_LINK, .text = may_write ? tr(r->lang, MSG("Delete")) : "",
        .address = programme_remove_address(r, "evidence", d->id, r->address)};
}

static enum err documents_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct list_query q;
    struct programme_document *rows;
    size_t n, n_crumbs;
    int64_t total;
    enum err err = list_query_from(r, &spec, NULL, 0, &q, e);
    if (err == ERR_NONE) {
        err = programme_documents_load(r->db, r->arena, r->programme->id, q.search,
                                       LIST_ROWS_A_PAGE, q.store.offset, &rows, &n, &total, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (n == 0 && q.page > 1) {
        reply_redirect(r, p, list_address(r->arena, &q, NULL, "page", NULL), NULL);
        return ERR_NONE;
    }
    bool may_write = programme_may(r, MAY_WRITE);
    const struct page_action add = {.icon = "add", .address = programme_address(r, "/evidence"),
                                    .label = may_write ? tr(r->lang, MSG("Add a document")) : NULL};
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Documents of {0}"), programme_number(r), NULL),
        .count = arena_printf(r->arena, "%lld", (long long)total),
        .about = tr(r->lang, MSG("Everything that an answer, a risk or a value of this programme rests on.")),
        .crumbs = crumbs, .n_crumbs = n_crumbs, .primary = add});
    struct list_row *list = ARENA_ARRAY(r->arena, struct list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct list_cell *cells = ARENA_ARRAY(r->arena, struct list_cell, N_COLUMNS);
        fill_row(r, &rows[i], may_write, cells);
        list[i].cells = cells;
    }
    const struct list_column columns[N_COLUMNS] = {
        {.label = tr(r->lang, MSG("Title")), .main = true},
        {.label = tr(r->lang, MSG("Supports"))},
        {.label = tr(r->lang, MSG("What it is"))},
        {.label = tr(r->lang, MSG("Added"))},
        {.label = tr(r->lang, MSG("Delete"))},
    };
    list_show(&h, &(struct list_view){
        .query = &q,
        .label = tr(r->lang, MSG("Table of documents")),
        .search_label = tr(r->lang, MSG("Search in titles and notes")),
        .columns = columns, .n_columns = may_write ? N_COLUMNS : N_COLUMNS - 1,
        .rows = list, .n_rows = n, .total = total,
        .empty_title = tr(r->lang, MSG("No documents yet")),
        .empty_text = tr(r->lang, MSG("Add documents beside the answer, the risk or the value they support; they are listed here.")),
        .empty_action = add});
    return page_end(&h, e);
}

const struct route programme_documents_page = {
    .path = "/programmes/{programme}/documents",
    .needs = MAY_READ,
    .get = documents_get,
    .title = MSG("Documents"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_DOCUMENTS,
};
