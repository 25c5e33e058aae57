// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_xlsx.c: any bytes, read as a workbook, here and without a child. Because no fuzzer guesses the
// sums of a ZIP package, bytes that begin with "<" are put into one as its sheet, and "S", "C", "F", "E"
// are taken for the answer of a child.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "format/xlsx/xlsx_parts.h"
#include "format/zip/zip_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static void add(struct zip_out *z, const char *name, const char *text)
{
    zip_add(z, name, text, strlen(text));
}

// The bytes as sheet, shared texts and styles of one workbook.
static void put_into_package(struct buf *out, const uint8_t *bytes, size_t len)
{
    struct zip_out z;
    zip_begin(&z, out);
    add(&z, "_rels/.rels", "<R><Relationship Id=\"a\" Type=\"" TYPE "/officeDocument\" "
                           "Target=\"workbook.xml\"/></R>");
    add(&z, "_rels/workbook.xml.rels",
        "<R><Relationship Id=\"a\" Type=\"" TYPE "/worksheet\" Target=\"s.xml\"/>"
        "<Relationship Id=\"b\" Type=\"" TYPE "/sharedStrings\" Target=\"s.xml\"/>"
        "<Relationship Id=\"c\" Type=\"" TYPE "/styles\" Target=\"s.xml\"/></R>");
    add(&z, "workbook.xml", "<workbook><sheets><sheet name=\"S\" id=\"a\"/></sheets></workbook>");
    zip_add(&z, "s.xml", bytes, len);
    zip_end(&z);
}

// What was read is walked whole; every cell is where it says.
static void walk(const struct xlsx_book *book)
{
    for (int i = 0; i < book->n; i++) {
        const struct xlsx_table *t = &book->sheets[i];
        for (int r = 0; r < t->n_rows; r++) {
            for (int c = 0; c < t->rows[r].n; c++) {
                const struct xlsx_cell *cell = &t->rows[r].cells[c];
                if (xlsx_cell_at(t, cell->row, cell->column) != cell ||
                    strlen(cell->text) > LIMIT_CSV_CELL_BYTES) {
                    abort();
                }
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)768 * 1024 * 1024);
    struct buf out;
    struct buf package;
    buf_init(&out, a, XLSX_ANSWER_BYTES);
    buf_init(&package, a, LIMIT_UPLOAD_BYTES);
    bool answer = len > 0 && memchr("SCFE", bytes[0], 4) != NULL;
    if (answer) {
        buf_add(&out, bytes, len);
    } else if (len > 0 && bytes[0] == '<') {
        put_into_package(&package, bytes, len);
        xlsx_answer(a, package.data, package.len, &out);
    } else {
        xlsx_answer(a, (const char *)bytes, len, &out);
    }
    const struct xlsx_book *book = NULL;
    struct xlsx_fault fault = {0};
    if (xlsx_wire_read(a, out.data, out.len, &book, &fault)) {
        if (fault.kind == XLSX_NO_FAULT) {
            walk(book);
        }
    } else if (!answer) {
        abort(); // our own answer can always be read
    }
    arena_free(a);
    return 0;
}
