// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf.c: a PDF is drawn by a program of its own (draw_pdf_main.c says why), which runs from the
// bytes inside this one.

#include "report/draw.h"

#include "os/child.h"
#include "report/draw_pdf.h"
#include "report/tree_json.h"

#define TIME_LIMIT_MS 30000

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
    err_detail(e, "mainstay-draw: status %d: %.180s", out->exit_status, out->errors);
    return ERR_FAILED;
}

enum err report_pdf(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                    struct err_info *e)
{
    struct buf tree;
    buf_init(&tree, a, PDF_TREE_BYTES);
    report_to_json(&tree, r);
    if (buf_is_full(&tree)) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The report is too large for a PDF."),
                       MSG("Choose a shorter period, or take XLSX."), NULL);
    }
    const char *argv[] = {"mainstay-draw", NULL};
    struct child_job job = {.argv = argv,
                            .program = draw_program,
                            .program_len = (size_t)(draw_program_end - draw_program),
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
