// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf.h: what draw_pdf.c and the program that draws (draw_pdf_main.c) agree on. Not for others;
// they use draw.h.
//
// The tree (tree_json.h) goes in on standard input, the PDF comes out on standard output, and the exit
// status says how it went.

#ifndef REPORT_DRAW_PDF_H
#define REPORT_DRAW_PDF_H

#include <stddef.h>

// A tree of 16 MB is a table of 100,000 cells. A growing buffer takes twice its size from the arena of
// the request, and both must fit there.
#define PDF_TREE_BYTES ((size_t)16 * 1024 * 1024)
#define PDF_BYTES ((size_t)32 * 1024 * 1024)

enum pdf_status { PDF_DONE = 0, PDF_FAILED = 1, PDF_NO_FONTS = 3, PDF_BAD_TREE = 4 };

// The program, as the linker left it (draw_program.c).
extern const char draw_program[];
extern const char draw_program_end[];

#endif
