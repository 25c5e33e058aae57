// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_xlsx.c: a report as a workbook: what the report is and its texts, one sheet for each table,
// and where each number comes from. Charts are left to the tables beside them.

#include "report/draw.h"

#include "base/limits.h"
#include "format/xlsx/xlsx_write.h"
#include "report/draw_parts.h"

struct book {
    struct arena *arena;
    struct xlsx *x;
    const struct report *r;
};

static void fact(struct book *b, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        xlsx_text(b->x, name);
        xlsx_text(b->x, text);
        xlsx_row_end(b->x);
    }
}

static void heading_row(struct book *b, const char *text)
{
    xlsx_row_style(b->x, XLSX_ROW_GROUP);
    xlsx_text(b->x, text);
    xlsx_text(b->x, NULL);
    xlsx_row_end(b->x);
}

// The words of a block that is no table.
static void words(struct book *b, const struct report_block *block)
{
    const char *plain = report_plain(b->arena, &block->runs);
    switch (block->kind) {
    case REPORT_HEADING:
        heading_row(b, plain);
        break;
    case REPORT_PARAGRAPH:
    case REPORT_NOTE:
    case REPORT_SOURCE:
        fact(b, NULL, plain);
        break;
    case REPORT_LIST:
        for (int i = 0; i < block->n; i++) {
            fact(b, NULL, report_plain(b->arena, &block->items[i].runs));
        }
        break;
    case REPORT_NUMBERS:
        for (int i = 0; i < block->n; i++) {
            fact(b, block->numbers[i].name, block->numbers[i].text);
        }
        break;
    case REPORT_FIGURE:
        fact(b, block->figure->finding, block->figure->shapes->description);
        break;
    case REPORT_TABLE:
        break;
    }
}

static void about(struct book *b)
{
    const struct report *r = b->r;
    const char *names[] = {tr(r->lang, MSG("What")), tr(r->lang, MSG("Text"))};
    int tables = 0;
    xlsx_sheet(b->x, tr(r->lang, MSG("Report")), names, 2);
    fact(b, tr(r->lang, MSG("Title")), r->title);
    fact(b, NULL, r->subtitle);
    fact(b, tr(r->lang, MSG("Organisation")), r->organisation);
    fact(b, tr(r->lang, MSG("Made")), r->made_at);
    fact(b, tr(r->lang, MSG("Protection")), r->classification);
    fact(b, tr(r->lang, MSG("Data")), r->sample);
    for (int i = 0; i < r->n; i++) {
        if (r->blocks[i]->kind == REPORT_TABLE) {
            fact(b, report_table_name(b->arena, r, ++tables), r->blocks[i]->table->caption);
        }
        words(b, r->blocks[i]);
    }
}

static void value_cell(struct book *b, const struct report_column *c, const struct report_cell *cell)
{
    switch (c->kind) {
    case REPORT_COLUMN_NUMBER:
        xlsx_number(b->x, cell->value);
        break;
    case REPORT_COLUMN_PERCENT:
        xlsx_percent(b->x, cell->value);
        break;
    case REPORT_COLUMN_MONEY:
        xlsx_money(b->x, cell->value, c->currency);
        break;
    case REPORT_COLUMN_DATE:
        xlsx_date(b->x, cell->value);
        break;
    case REPORT_COLUMN_TEXT:
        xlsx_text(b->x, cell->text);
        break;
    }
}

static void table_row(struct book *b, const struct report_table *t, const struct report_row *row)
{
    static const enum xlsx_row_style styles[] = {XLSX_ROW_BODY, XLSX_ROW_GROUP, XLSX_ROW_TOTAL};
    xlsx_row_style(b->x, styles[row->kind]);
    for (int i = 0; i < t->n_columns; i++) {
        const struct report_cell *cell = &row->cells[i];
        if (cell->value != NULL) {
            value_cell(b, &t->columns[i], cell);
        } else if (cell->address != NULL) {
            xlsx_link(b->x, cell->text, cell->address);
        } else {
            xlsx_text_indented(b->x, cell->text, i == 0 ? row->indent : 0);
        }
    }
    xlsx_row_end(b->x);
}

static void note_row(struct book *b, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        xlsx_row_style(b->x, XLSX_ROW_NOTE);
        xlsx_text(b->x, text);
        xlsx_row_end(b->x);
    }
}

static void table(struct book *b, const struct report_table *t, int number)
{
    const char **names = ARENA_ARRAY(b->arena, const char *, (size_t)t->n_columns);
    for (int i = 0; i < t->n_columns; i++) {
        names[i] = t->columns[i].name;
    }
    xlsx_sheet(b->x, report_table_name(b->arena, b->r, number), names, t->n_columns);
    for (int i = 0; i < t->n_rows; i++) {
        table_row(b, t, &t->rows[i]);
    }
    if (t->rule != NULL || t->note != NULL || t->caption != NULL) {
        xlsx_row_end(b->x);
    }
    note_row(b, t->caption);
    note_row(b, t->rule);
    note_row(b, t->note);
}

static void notes(struct book *b)
{
    const struct report *r = b->r;
    if (r->n_explanations == 0) {
        return;
    }
    const struct lang *lang = r->lang;
    const char *names[] = {tr(lang, MSG("Note")),    tr(lang, MSG("Number")),
                           tr(lang, MSG("Means")),   tr(lang, MSG("Period")),
                           tr(lang, MSG("Rule")),    tr(lang, MSG("Cut-off")),
                           tr(lang, MSG("State")),   tr(lang, MSG("Source")),
                           tr(lang, MSG("Records"))};
    xlsx_sheet(b->x, tr(lang, MSG("Where numbers come from")), names, 9);
    for (int i = 0; i < r->n_explanations; i++) {
        const struct report_explanation *x = &r->explanations[i];
        const char *texts[] = {x->of, x->means, x->period, x->rule, x->cut_off, x->state,
                               x->source};
        xlsx_int(b->x, x->number);
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
            xlsx_text(b->x, texts[k]);
        }
        xlsx_link(b->x, x->records, x->records);
        xlsx_row_end(b->x);
    }
}

enum err report_xlsx(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                     struct err_info *e)
{
    struct book b = {.arena = a, .r = r};
    struct xlsx_head head = {.title = r->title, .organisation = r->organisation,
                             .right_to_left = r->lang->right_to_left,
                             .foot = r->sample};
    enum err err = xlsx_begin(a, &head, &b.x, e);
    if (err != ERR_NONE) {
        return err;
    }
    about(&b);
    int tables = 0;
    for (int i = 0; i < r->n; i++) {
        if (r->blocks[i]->kind == REPORT_TABLE) {
            table(&b, r->blocks[i]->table, ++tables);
        }
    }
    notes(&b);
    return xlsx_end(a, b.x, LIMIT_EXPORT_BYTES, bytes, len, e);
}
