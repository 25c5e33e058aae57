// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_md.c: a report as Markdown: CommonMark, with tables by pipes and notes as a list at the end.
// Signs of Markdown in texts are escaped, so that a text reads as it was written and cannot make a
// link or HTML of its own.

#include "report/draw.h"

#include <string.h>

#include "report/draw_parts.h"

struct md {
    struct buf *out;
    const struct report *r;
    int n_tables;
};

static void say(struct md *m, const char *text)
{
    buf_str(m->out, text);
}

// One line of running text. Signs that mean something only at the start of a line are escaped there.
static void text(struct md *m, const char *words, bool line_start)
{
    if (words == NULL) {
        return;
    }
    if (line_start) {
        size_t digits = strspn(words, "0123456789");
        if (strchr("#+->=~", words[0]) != NULL && words[0] != '\0') {
            buf_char(m->out, '\\');
        } else if (digits > 0 && (words[digits] == '.' || words[digits] == ')')) {
            buf_add(m->out, words, digits);
            buf_char(m->out, '\\');
            words += digits;
        }
    }
    for (const char *p = words; *p != '\0'; p++) {
        if (*p == '\n' || *p == '\r') {
            buf_char(m->out, ' ');
        } else {
            if (strchr("\\`*_[]<>|&", *p) != NULL) {
                buf_char(m->out, '\\');
            }
            buf_char(m->out, *p);
        }
    }
}

static void mark(struct md *m, int explanation)
{
    if (explanation != 0) {
        buf_printf(m->out, " \\[%d\\]", explanation);
    }
}

static void link_to(struct md *m, const char *words, const char *address)
{
    if (address == NULL || strpbrk(address, " <>()\n\"\\") != NULL) {
        text(m, words, false);
        return;
    }
    buf_char(m->out, '[');
    text(m, words, false);
    buf_printf(m->out, "](%s)", address);
}

static void runs(struct md *m, const struct report_runs *runs, bool line_start)
{
    for (int i = 0; i < runs->n; i++) {
        const struct report_run *run = &runs->items[i];
        switch (run->kind) {
        case REPORT_RUN_TEXT:
            text(m, run->text, line_start && i == 0);
            break;
        case REPORT_RUN_STRONG:
            say(m, "**");
            text(m, run->text, false);
            say(m, "**");
            break;
        case REPORT_RUN_NUMBER:
            text(m, run->text, line_start && i == 0);
            mark(m, run->explanation);
            break;
        case REPORT_RUN_LINK:
            link_to(m, run->text, run->address);
            break;
        }
    }
}

static void line(struct md *m, const char *before, const char *words, const char *after)
{
    if (words != NULL && words[0] != '\0') {
        say(m, before);
        text(m, words, before[0] == '\0');
        say(m, after);
    }
}

static void row(struct md *m, const struct report_table *t, const struct report_row *r)
{
    for (int i = 0; i < t->n_columns; i++) {
        const struct report_cell *cell = &r->cells[i];
        bool strong = r->kind != REPORT_ROW_BODY && cell->text[0] != '\0';
        say(m, i == 0 ? "| " : " | ");
        for (int k = 0; i == 0 && k < r->indent; k++) {
            say(m, "\xe2\x80\x83"); // an em space for each level
        }
        say(m, strong ? "**" : "");
        link_to(m, cell->text, cell->address);
        say(m, strong ? "**" : "");
        mark(m, cell->explanation);
    }
    say(m, " |\n");
}

static void table(struct md *m, const struct report_table *t)
{
    say(m, "**");
    text(m, report_table_name(m->out->arena, m->r, ++m->n_tables), false);
    say(m, ".**");
    line(m, " ", t->caption, "");
    say(m, "\n\n");
    for (int i = 0; i < t->n_columns; i++) {
        say(m, i == 0 ? "| " : " | ");
        text(m, t->columns[i].name, false);
    }
    say(m, " |\n");
    for (int i = 0; i < t->n_columns; i++) {
        say(m, report_column_is_number(&t->columns[i]) ? "| ---: " : "| --- ");
    }
    say(m, "|\n");
    for (int i = 0; i < t->n_rows; i++) {
        row(m, t, &t->rows[i]);
    }
    say(m, "\n");
    line(m, "", t->rule, "\n\n");
    line(m, "", t->note, "\n\n");
}

// A chart cannot be drawn here; its words and its description stand for it.
static void figure(struct md *m, const struct report_figure *f)
{
    line(m, "**", f->finding, "**\n\n");
    line(m, "", f->meta, "\n\n");
    line(m, "> ", f->shapes->description, "\n\n");
    line(m, "", f->note, "\n\n");
}

static void list(struct md *m, const struct report_block *b)
{
    for (int i = 0; i < b->n; i++) {
        if (b->numbered) {
            buf_printf(m->out, "%d. ", i + 1);
        } else {
            say(m, "- ");
        }
        runs(m, &b->items[i].runs, true);
        say(m, "\n");
    }
    say(m, "\n");
}

static void numbers(struct md *m, const struct report_block *b)
{
    for (int i = 0; i < b->n; i++) {
        say(m, "- ");
        text(m, b->numbers[i].name, true);
        say(m, ": **");
        text(m, b->numbers[i].text, false);
        say(m, "**");
        mark(m, b->numbers[i].explanation);
        say(m, "\n");
    }
    say(m, "\n");
}

static void block(struct md *m, const struct report_block *b)
{
    static const char *const signs[] = {"## ", "### ", "#### "};
    switch (b->kind) {
    case REPORT_HEADING:
        say(m, signs[b->level - 1]);
        runs(m, &b->runs, false);
        say(m, "\n\n");
        break;
    case REPORT_PARAGRAPH:
    case REPORT_SOURCE:
        runs(m, &b->runs, true);
        say(m, "\n\n");
        break;
    case REPORT_NOTE:
        say(m, "> ");
        runs(m, &b->runs, true);
        say(m, "\n\n");
        break;
    case REPORT_LIST:
        list(m, b);
        break;
    case REPORT_NUMBERS:
        numbers(m, b);
        break;
    case REPORT_TABLE:
        table(m, b->table);
        break;
    case REPORT_FIGURE:
        figure(m, b->figure);
        break;
    }
}

static void notes(struct md *m)
{
    const struct report *r = m->r;
    if (r->n_explanations == 0) {
        return;
    }
    line(m, "## ", tr(r->lang, MSG("Where each number comes from")), "\n\n");
    for (int i = 0; i < r->n_explanations; i++) {
        struct report_fact facts[REPORT_FACTS];
        int n = report_facts_of(r->lang, &r->explanations[i], facts);
        buf_printf(m->out, "%d. ", i + 1);
        line(m, "**", r->explanations[i].of, "**");
        for (int k = 0; k < n; k++) {
            line(m, k == 0 && r->explanations[i].of == NULL ? "*" : ". *", facts[k].name, ":* ");
            text(m, facts[k].text, false);
        }
        say(m, "\n");
    }
}

void report_markdown(struct buf *out, const struct report *r)
{
    struct md m = {.out = out, .r = r};
    line(&m, "# ", r->title, "\n\n");
    line(&m, "", r->subtitle, "\n\n");
    line(&m, "", r->organisation, "\n\n");
    line(&m, "", r->made_at, "\n\n");
    line(&m, "**", r->classification, "**\n\n");
    line(&m, "**", r->sample, "**\n\n");
    for (int i = 0; i < r->n; i++) {
        block(&m, r->blocks[i]);
    }
    notes(&m);
    line(&m, "\n---\n\n", r->sample, "\n");
}
