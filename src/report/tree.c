// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tree.c: see tree.h.

#include "report/tree.h"

#include <string.h>

#include "base/bug.h"
#include "base/buf.h"

// Room for one more item of size bytes in an array that doubles.
static void *grown(struct arena *a, void *items, int n, int *room, size_t size)
{
    if (n < *room) {
        return items;
    }
    int larger = *room == 0 ? 8 : *room * 2;
    void *copy = arena_array(a, size, (size_t)larger);
    if (n > 0) {
        memcpy(copy, items, size * (size_t)n);
    }
    *room = larger;
    return copy;
}

struct report *report_new(struct arena *a, const struct lang *lang, const char *title)
{
    struct report *r = ARENA_MAKE(a, struct report);
    r->arena = a;
    r->lang = lang;
    r->title = title;
    return r;
}

static struct report_block *add_block(struct report *r, enum report_kind kind)
{
    r->blocks = grown(r->arena, r->blocks, r->n, &r->room, sizeof *r->blocks);
    struct report_block *b = ARENA_MAKE(r->arena, struct report_block);
    b->kind = kind;
    r->blocks[r->n++] = b;
    return b;
}

static void add_run(struct report *r, struct report_runs *runs, struct report_run run)
{
    if (run.text == NULL) {
        return;
    }
    runs->items = grown(r->arena, runs->items, runs->n, &runs->room, sizeof *runs->items);
    runs->items[runs->n++] = run;
}

// Where the next run of a block goes.
static struct report_runs *open_runs(struct report_block *b)
{
    if (b->kind != REPORT_LIST) {
        return &b->runs;
    }
    ensure(b->n > 0);
    return &b->items[b->n - 1].runs;
}

void report_heading(struct report *r, int level, const char *text)
{
    ensure(level >= 1 && level <= 3);
    struct report_block *b = add_block(r, REPORT_HEADING);
    b->level = level;
    b->anchor = arena_printf(r->arena, "section-%d", r->n);
    add_run(r, &b->runs, (struct report_run){.text = text});
}

struct report_block *report_paragraph(struct report *r, const char *text)
{
    struct report_block *b = add_block(r, REPORT_PARAGRAPH);
    add_run(r, &b->runs, (struct report_run){.text = text});
    return b;
}

struct report_block *report_note(struct report *r, const char *text)
{
    struct report_block *b = add_block(r, REPORT_NOTE);
    add_run(r, &b->runs, (struct report_run){.text = text});
    return b;
}

void report_source(struct report *r, const char *text)
{
    struct report_block *b = add_block(r, REPORT_SOURCE);
    add_run(r, &b->runs, (struct report_run){.text = text});
}

struct report_block *report_list(struct report *r, bool numbered)
{
    struct report_block *b = add_block(r, REPORT_LIST);
    b->numbered = numbered;
    return b;
}

void report_item(struct report *r, struct report_block *list, const char *text)
{
    ensure(list->kind == REPORT_LIST);
    list->items = grown(r->arena, list->items, list->n, &list->room, sizeof *list->items);
    list->items[list->n++] = (struct report_list_item){0};
    add_run(r, open_runs(list), (struct report_run){.text = text});
}

void report_add_text(struct report *r, struct report_block *b, const char *text)
{
    add_run(r, open_runs(b), (struct report_run){.text = text});
}

void report_add_strong(struct report *r, struct report_block *b, const char *text)
{
    add_run(r, open_runs(b), (struct report_run){.kind = REPORT_RUN_STRONG, .text = text});
}

void report_add_number(struct report *r, struct report_block *b, const char *text, int explanation)
{
    ensure(explanation >= 0 && explanation <= r->n_explanations);
    add_run(r, open_runs(b), (struct report_run){.kind = REPORT_RUN_NUMBER, .text = text,
                                                 .explanation = explanation});
}

void report_add_link(struct report *r, struct report_block *b, const char *text,
                     const char *address)
{
    add_run(r, open_runs(b),
            (struct report_run){.kind = REPORT_RUN_LINK, .text = text, .address = address});
}

int report_explain(struct report *r, const struct report_explanation *explanation)
{
    r->explanations = grown(r->arena, r->explanations, r->n_explanations, &r->explanation_room,
                            sizeof *r->explanations);
    r->explanations[r->n_explanations] = *explanation;
    r->explanations[r->n_explanations].number = r->n_explanations + 1;
    return ++r->n_explanations;
}

struct report_table *report_table(struct report *r, const char *caption,
                                  struct report_column *columns, int n_columns)
{
    ensure(n_columns > 0);
    struct report_table *t = ARENA_MAKE(r->arena, struct report_table);
    t->caption = caption;
    t->columns = columns;
    t->n_columns = n_columns;
    add_block(r, REPORT_TABLE)->table = t;
    return t;
}

struct report_row *report_row(struct report *r, struct report_table *t, enum report_row_kind kind)
{
    t->rows = grown(r->arena, t->rows, t->n_rows, &t->room, sizeof *t->rows);
    struct report_row *row = &t->rows[t->n_rows++];
    *row = (struct report_row){.kind = kind};
    row->cells = ARENA_ARRAY(r->arena, struct report_cell, (size_t)t->n_columns);
    for (int i = 0; i < t->n_columns; i++) {
        row->cells[i].text = "";
    }
    return row;
}

struct report_cell *report_cell(struct report_table *t, const char *text)
{
    return report_cell_value(t, text, NULL);
}

struct report_cell *report_cell_value(struct report_table *t, const char *text, const char *value)
{
    ensure(t->n_rows > 0);
    struct report_row *row = &t->rows[t->n_rows - 1];
    ensure(row->n < t->n_columns);
    struct report_cell *cell = &row->cells[row->n++];
    cell->text = text == NULL ? "" : text;
    cell->value = value;
    return cell;
}

void report_figure(struct report *r, const char *finding, const char *meta,
                   const struct chart_shapes *shapes, const char *note)
{
    struct report_figure *f = ARENA_MAKE(r->arena, struct report_figure);
    *f = (struct report_figure){finding, meta, shapes, note};
    add_block(r, REPORT_FIGURE)->figure = f;
}

struct report_block *report_numbers(struct report *r)
{
    return add_block(r, REPORT_NUMBERS);
}

void report_number(struct report *r, struct report_block *numbers, const char *name,
                   const char *text, int explanation)
{
    ensure(numbers->kind == REPORT_NUMBERS && explanation >= 0 &&
           explanation <= r->n_explanations);
    numbers->numbers = grown(r->arena, numbers->numbers, numbers->n, &numbers->room,
                             sizeof *numbers->numbers);
    numbers->numbers[numbers->n++] = (struct report_number){name, text, explanation};
}

const char *report_plain(struct arena *a, const struct report_runs *runs)
{
    size_t len = 0;
    for (int i = 0; i < runs->n; i++) {
        len += strlen(runs->items[i].text);
    }
    struct buf b;
    buf_init(&b, a, len + 1);
    for (int i = 0; i < runs->n; i++) {
        buf_str(&b, runs->items[i].text);
    }
    return b.data;
}
