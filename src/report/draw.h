// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw.h: the back ends that draw a report (tree.h).

#ifndef REPORT_DRAW_H
#define REPORT_DRAW_H

#include "base/buf.h"
#include "base/err.h"
#include "report/tree.h"

// The report as an HTML fragment: <article class="report">, with the classes of docs/patterns. It
// begins with the title as h1; headings follow as h2 to h4.
void report_html(struct buf *out, const struct report *r);
// The same fragment as a whole page that stands alone (a file to send): no script, little style.
void report_html_page(struct buf *out, const struct report *r);
// Markdown (CommonMark with pipe tables); notes at the end.
void report_markdown(struct buf *out, const struct report *r);
// A word-processor file (Office Open XML), charts left out in favour of their description.
enum err report_docx(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                     struct err_info *e) MUST_CHECK;
// A workbook: a sheet of what the report is, one for each table, one with the explanations.
enum err report_xlsx(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                     struct err_info *e) MUST_CHECK;
// PDF, drawn by a child process, a program that is part of this one. Takes 0.1 s and some 3 ms a page.
// Errors: ERR_FAILED (no fonts, time limit, the system starts no program from memory), ERR_TOO_LARGE.
enum err report_pdf(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                    struct err_info *e) MUST_CHECK;

#endif
