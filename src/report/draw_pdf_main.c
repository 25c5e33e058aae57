// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_main.c: the program that draws PDF files. It is part of mainstay (draw_program.c), which
// starts it for each file (draw_pdf.c): cairo, pango and the fonts take 100 MB and parse a lot of binary
// data, so they live in a process of their own that is gone when the file is made. Their libraries are
// linked only here: loading them took longer than all else that a start of mainstay does.

#include <stdio.h>
#include <stdlib.h>

#include "os/child.h"
#include "os/file.h"
#include "report/draw_pdf_parts.h"
#include "report/tree_json.h"

#define CPU_SECONDS 20
#define MEMORY_BYTES ((size_t)1024 * 1024 * 1024)
// JSON, its values, the layouts.
#define ARENA_BYTES ((size_t)768 * 1024 * 1024)

static enum pdf_status draw_from_input(struct arena *a, struct buf *out)
{
    const char *input;
    size_t len;
    struct report *r;
    struct err_info e = {0};
    if (file_read_input(a, PDF_TREE_BYTES, &input, &len, &e) != ERR_NONE ||
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

int main(void)
{
    child_limit_self(CPU_SECONDS, MEMORY_BYTES);
    struct arena *a = arena_new(ARENA_BYTES);
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
