// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_html.c: a report as HTML, with the classes of docs/patterns (report, table, number, chart,
// notice, facts). Every text is escaped here; addresses are only linked when they are of our own
// site or http(s).

#include "report/draw.h"

#include <stdio.h>
#include <string.h>

#include "format/svg/svg_write.h"
#include "format/xml/xml_text.h"
#include "report/draw_parts.h"

struct html {
    struct buf *out;
    const struct report *r;
    int n_figures;
    int n_tables;
};

static void say(struct html *h, const char *markup)
{
    buf_str(h->out, markup);
}

static void element(struct html *h, const char *open, const char *text, const char *close)
{
    if (text != NULL && text[0] != '\0') {
        say(h, open);
        xml_text(h->out, text);
        say(h, close);
    }
}

static bool may_link(const char *address)
{
    return address != NULL && ((address[0] == '/' && address[1] != '/') || address[0] == '#' ||
                               strncmp(address, "https://", 8) == 0 ||
                               strncmp(address, "http://", 7) == 0);
}

static void link_to(struct html *h, const char *text, const char *address)
{
    if (!may_link(address)) {
        xml_text(h->out, text);
        return;
    }
    say(h, "<a");
    xml_attribute(h->out, "href", address);
    say(h, ">");
    xml_text(h->out, text);
    say(h, "</a>");
}

// A figure that unfolds its explanation; without one, only the figure.
static void number(struct html *h, const char *text, int explanation)
{
    const struct report_explanation *x = report_explanation_of(h->r, explanation);
    if (x == NULL) {
        xml_text(h->out, text);
        return;
    }
    struct report_fact facts[REPORT_FACTS];
    int n = report_facts_of(h->r->lang, x, facts);
    say(h, "<details class=\"number\" name=\"number\"><summary>");
    xml_text(h->out, text);
    say(h, "</summary><div class=\"number-panel\">");
    element(h, "<p class=\"number-title\">", x->of != NULL ? x->of : text, "</p>");
    say(h, "<dl>");
    for (int i = 0; i < n; i++) {
        element(h, "<dt>", facts[i].name, "</dt>");
        element(h, "<dd>", facts[i].text, "</dd>");
    }
    say(h, "</dl>");
    if (may_link(x->records)) {
        say(h, "<p>");
        link_to(h, tr(h->r->lang, MSG("Show the records")), x->records);
        say(h, "</p>");
    }
    say(h, "</div></details>");
}

static void runs(struct html *h, const struct report_runs *runs)
{
    for (int i = 0; i < runs->n; i++) {
        const struct report_run *run = &runs->items[i];
        switch (run->kind) {
        case REPORT_RUN_TEXT:
            xml_text(h->out, run->text);
            break;
        case REPORT_RUN_STRONG:
            element(h, "<strong>", run->text, "</strong>");
            break;
        case REPORT_RUN_NUMBER:
            number(h, run->text, run->explanation);
            break;
        case REPORT_RUN_LINK:
            link_to(h, run->text, run->address);
            break;
        }
    }
}

// A paragraph holds no <details>; where a number unfolds, a div takes its place.
static void paragraph(struct html *h, const struct report_runs *all)
{
    bool unfolds = false;
    for (int i = 0; i < all->n; i++) {
        unfolds = unfolds || all->items[i].explanation != 0;
    }
    say(h, unfolds ? "<div class=\"para\">" : "<p>");
    runs(h, all);
    say(h, unfolds ? "</div>\n" : "</p>\n");
}

static void cell_content(struct html *h, const struct report_cell *cell)
{
    if (cell->explanation != 0) {
        number(h, cell->text, cell->explanation);
    } else {
        link_to(h, cell->text, cell->address);
    }
}

static void table_row(struct html *h, const struct report_table *t, const struct report_row *row)
{
    if (row->kind == REPORT_ROW_GROUP) {
        buf_printf(h->out, "<tr class=\"group-row\"><th scope=\"rowgroup\" colspan=\"%d\">",
                   t->n_columns);
        cell_content(h, &row->cells[0]);
        say(h, "</th></tr>\n");
        return;
    }
    say(h, "<tr>");
    for (int i = 0; i < t->n_columns; i++) {
        bool is_number = report_column_is_number(&t->columns[i]);
        const char *name = i == 0 ? "th" : "td";
        buf_printf(h->out, "<%s%s", name, i == 0 ? " scope=\"row\"" : "");
        if (i == 0 && row->indent > 0) {
            buf_printf(h->out, " class=\"indent-%d\"", row->indent);
        } else if (is_number) {
            say(h, " class=\"num\"");
        } else if (t->columns[i].kind == REPORT_COLUMN_DATE) {
            say(h, " class=\"nowrap\"");
        }
        say(h, ">");
        cell_content(h, &row->cells[i]);
        buf_printf(h->out, "</%s>", name);
    }
    say(h, "</tr>\n");
}

static void table_rows(struct html *h, const struct report_table *t, bool totals)
{
    bool open = false;
    for (int i = 0; i < t->n_rows; i++) {
        if ((t->rows[i].kind == REPORT_ROW_TOTAL) == totals) {
            if (!open) {
                say(h, totals ? "<tfoot>\n" : "<tbody>\n");
            }
            open = true;
            table_row(h, t, &t->rows[i]);
        }
    }
    if (open) {
        say(h, totals ? "</tfoot>\n" : "</tbody>\n");
    }
}

static void table(struct html *h, const struct report_table *t)
{
    const char *name = report_table_name(h->out->arena, h->r, ++h->n_tables);
    say(h, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    xml_attribute(h->out, "aria-label", t->caption != NULL ? t->caption : name);
    say(h, "><table class=\"table\">\n<caption>");
    xml_text(h->out, name);
    element(h, ". ", t->caption, "");
    say(h, "</caption>\n<thead><tr>");
    for (int i = 0; i < t->n_columns; i++) {
        say(h, report_column_is_number(&t->columns[i]) ? "<th scope=\"col\" class=\"num\">"
                                                       : "<th scope=\"col\">");
        xml_text(h->out, t->columns[i].name);
        say(h, "</th>");
    }
    say(h, "</tr></thead>\n");
    table_rows(h, t, false);
    table_rows(h, t, true);
    say(h, "</table></div>\n");
    element(h, "<p class=\"source\">", t->rule, "</p>\n");
    element(h, "<p class=\"source\">", t->note, "</p>\n");
}

static void figure(struct html *h, const struct report_figure *f)
{
    char id[32];
    snprintf(id, sizeof id, "figure-%d", ++h->n_figures);
    say(h, "<figure class=\"chart\"><figcaption>");
    element(h, "<strong>", f->finding, "</strong>");
    element(h, "<span class=\"meta\">", f->meta, "</span>");
    say(h, "</figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    xml_attribute(h->out, "aria-label", f->finding != NULL ? f->finding : f->shapes->title);
    say(h, ">");
    svg_write(h->out, f->shapes, id);
    say(h, "</div>\n");
    element(h, "<p class=\"source\">", f->note, "</p>");
    say(h, "</figure>\n");
}

static void list(struct html *h, const struct report_block *b)
{
    say(h, b->numbered ? "<ol class=\"list\">\n" : "<ul class=\"list\">\n");
    for (int i = 0; i < b->n; i++) {
        say(h, "<li>");
        runs(h, &b->items[i].runs);
        say(h, "</li>\n");
    }
    say(h, b->numbered ? "</ol>\n" : "</ul>\n");
}

static void numbers(struct html *h, const struct report_block *b)
{
    say(h, "<dl class=\"stats\">\n");
    for (int i = 0; i < b->n; i++) {
        element(h, "<div><dt>", b->numbers[i].name, "</dt><dd>");
        number(h, b->numbers[i].text, b->numbers[i].explanation);
        say(h, "</dd></div>\n");
    }
    say(h, "</dl>\n");
}

static void block(struct html *h, const struct report_block *b)
{
    switch (b->kind) {
    case REPORT_HEADING:
        buf_printf(h->out, "<h%d", b->level + 1);
        xml_attribute(h->out, "id", b->anchor);
        say(h, ">");
        runs(h, &b->runs);
        buf_printf(h->out, "</h%d>\n", b->level + 1);
        break;
    case REPORT_PARAGRAPH:
        paragraph(h, &b->runs);
        break;
    case REPORT_NOTE:
        say(h, "<div class=\"notice notice--small\"><div>");
        paragraph(h, &b->runs);
        say(h, "</div></div>\n");
        break;
    case REPORT_SOURCE:
        say(h, "<p class=\"source\">");
        runs(h, &b->runs);
        say(h, "</p>\n");
        break;
    case REPORT_LIST:
        list(h, b);
        break;
    case REPORT_NUMBERS:
        numbers(h, b);
        break;
    case REPORT_TABLE:
        table(h, b->table);
        break;
    case REPORT_FIGURE:
        figure(h, b->figure);
        break;
    }
}

static void cover(struct html *h)
{
    const struct report *r = h->r;
    element(h, "<div class=\"page-head\"><div><h1>", r->title, "</h1>");
    element(h, "<p class=\"lead\">", r->subtitle, "</p>");
    say(h, "</div></div>\n");
    if (r->organisation == NULL && r->made_at == NULL && r->classification == NULL) {
        return;
    }
    const struct report_fact facts[] = {
        {tr(r->lang, MSG("Organisation")), r->organisation},
        {tr(r->lang, MSG("Made")), r->made_at},
        {tr(r->lang, MSG("Protection")), r->classification},
        {tr(r->lang, MSG("Data")), r->sample},
    };
    say(h, "<div class=\"report-cover\"><dl class=\"facts\">");
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        if (facts[i].text != NULL) {
            element(h, "<div><dt>", facts[i].name, "</dt>");
            element(h, "<dd>", facts[i].text, "</dd>");
            say(h, "</div>");
        }
    }
    say(h, "</dl></div>\n");
}

void report_html(struct buf *out, const struct report *r)
{
    struct html h = {.out = out, .r = r};
    say(&h, "<article class=\"report\"");
    xml_attribute(out, "lang", r->lang->code);
    say(&h, r->lang->right_to_left ? " dir=\"rtl\">\n" : " dir=\"ltr\">\n");
    cover(&h);
    say(&h, "<div class=\"prose\">\n");
    for (int i = 0; i < r->n; i++) {
        block(&h, r->blocks[i]);
    }
    say(&h, "</div>\n");
    element(&h, "<p class=\"source\">", r->sample, "</p>\n");
    say(&h, "</article>\n");
}

// Enough style for a file that is opened from a mail: measure, tables, print.
static const char page_style[] =
    "body{font:16px/1.5 system-ui,\"Noto Sans\",\"Noto Sans Arabic\",sans-serif;color:#15211f;"
    "max-inline-size:52rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;inline-size:100%;font-variant-numeric:tabular-nums}"
    "caption{text-align:start;font-weight:600}th,td{padding:.4rem .6rem;text-align:start;"
    "vertical-align:top;border-block-end:1px solid #dbe2e1}.num{text-align:end}"
    "tfoot th,tfoot td{border-block-start:2px solid}.source,.meta{color:#4a5957;font-size:.875rem}"
    ".scroll{overflow-x:auto}svg{inline-size:100%;block-size:auto}dt{color:#4a5957}"
    ".notice{border-inline-start:4px solid #1d5b9f;padding:.2rem 1rem;background:#e6eff9}"
    "figure{margin:1.5rem 0}figcaption strong,figcaption .meta{display:block}dd{margin:0}"
    "dl{display:flex;flex-wrap:wrap;gap:1rem 2.5rem}.stats dd{font-size:1.5rem;font-weight:600}"
    ".number-panel dl{display:block;font-size:.875rem;font-weight:400}.para{margin-block:1rem}"
    ".indent-1{padding-inline-start:1.6rem!important}.indent-2{padding-inline-start:2.6rem!important}"
    "summary{display:inline;border-block-end:1px dotted}.number{display:inline-block}"
    "@media print{tr,figure{break-inside:avoid}thead{display:table-header-group}}";

void report_html_page(struct buf *out, const struct report *r)
{
    struct html h = {.out = out, .r = r};
    say(&h, "<!DOCTYPE html>\n<html");
    xml_attribute(out, "lang", r->lang->code);
    say(&h, r->lang->right_to_left ? " dir=\"rtl\"" : " dir=\"ltr\"");
    say(&h, ">\n<head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    element(&h, "<title>", r->title, "</title>\n<style>");
    say(&h, page_style);
    say(&h, "</style></head>\n<body>\n");
    report_html(out, r);
    say(&h, "</body>\n</html>\n");
}
