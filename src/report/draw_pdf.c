// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf.c: both ends of the drawing of a PDF. cairo, pango and the fonts take 100 MB and parse a
// lot of binary data, so they run in a child of their own that is gone when the file is made.

#include "report/draw.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "os/child.h"
#include "os/file.h"
#include "report/draw_pdf_parts.h"
#include "report/tree_json.h"

// A tree of 16 MB is a table of 100,000 cells. A growing buffer takes twice its size from the arena of
// the request, and both must fit there.
#define TREE_BYTES ((size_t)16 * 1024 * 1024)
#define PDF_BYTES ((size_t)32 * 1024 * 1024)
#define TIME_LIMIT_MS 30000
#define CPU_SECONDS 20
#define MEMORY_BYTES ((size_t)1024 * 1024 * 1024)
// The tree in the child: JSON, its values, the layouts.
#define CHILD_ARENA_BYTES ((size_t)768 * 1024 * 1024)

static enum err explain(const struct child_output *out, struct err_info *e)
{
    switch (out->exit_status) {
    case PDF_NO_FONTS:
        (void)err_set(e, ERR_FAILED, NULL, MSG("The server has no fonts to draw a PDF with."),
                      MSG("Ask the administrator to install the Noto fonts (packages "
                          "fonts-noto-core and fonts-noto-cjk), or take HTML or DOCX."),
                      NULL);
        break;
    default:
        (void)err_set(e, ERR_FAILED, NULL, MSG("The PDF could not be drawn."),
                      MSG("Take HTML or DOCX, and tell the administrator."), NULL);
    }
    err_detail(e, "%s: status %d: %.180s", REPORT_PDF_WORD, out->exit_status, out->errors);
    return ERR_FAILED;
}

enum err report_pdf(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                    struct err_info *e)
{
    struct buf tree;
    buf_init(&tree, a, TREE_BYTES);
    report_to_json(&tree, r);
    if (buf_is_full(&tree)) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The report is too large for a PDF."),
                       MSG("Choose a shorter period, or take XLSX."), NULL);
    }
    const char *argv[] = {"/proc/self/exe", REPORT_PDF_WORD, NULL};
    struct child_job job = {.argv = argv,
                            .what = tr(r->lang, MSG("drawing the PDF")),
                            .input = tree.data,
                            .input_len = tree.len,
                            .output_limit_bytes = PDF_BYTES,
                            .time_limit_ms = TIME_LIMIT_MS};
    struct child_output out;
    enum err err = child_run(a, &job, &out, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (out.exit_status != PDF_DONE || out.len == 0) {
        return explain(&out, e);
    }
    *bytes = out.bytes;
    *len = out.len;
    return ERR_NONE;
}

static enum pdf_status draw_from_input(struct arena *a, struct buf *out)
{
    const char *input;
    size_t len;
    struct report *r;
    struct err_info e = {0};
    if (file_read_input(a, TREE_BYTES, &input, &len, &e) != ERR_NONE ||
        report_from_json(a, input, len, &r, &e) != ERR_NONE) {
        fprintf(stderr, "%s\n", e.text);
        return PDF_BAD_TREE;
    }
    enum pdf_status status = pdf_draw(a, r, out);
    if (status == PDF_DONE && !pdf_finish(a, r, out)) {
        fprintf(stderr, "language and alternative texts could not be added\n");
    }
    return status;
}

int report_pdf_child_main(void)
{
    child_limit_self(CPU_SECONDS, MEMORY_BYTES);
    struct arena *a = arena_new(CHILD_ARENA_BYTES);
    struct buf out;
    buf_init(&out, a, PDF_BYTES);
    enum pdf_status status = draw_from_input(a, &out);
    if (status == PDF_DONE && (fwrite(out.data, 1, out.len, stdout) != out.len ||
                               fflush(stdout) != 0)) {
        status = PDF_FAILED;
    }
    // Nothing is given back piece by piece: the font libraries keep caches until the very end.
    _Exit((int)status);
}
