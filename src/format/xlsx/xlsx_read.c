// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_read.c: see xlsx_read.h. Both ends: the parent that asks, and the child that gives up its rights
// and reads.

#include "format/xlsx/xlsx_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "format/xlsx/xlsx_parts.h"
#include "guard/guard.h"
#include "os/child.h"

// The largest workbook allowed takes 3 s.
#define TIME_LIMIT_MS 30000
#define CPU_SECONDS 20
// The file, its shared texts, the answer (a growing buffer takes twice its size), expat and zlib.
#define CHILD_ARENA_BYTES ((size_t)448 * 1024 * 1024)
#define MEMORY_BYTES ((size_t)640 * 1024 * 1024)

static enum err explain(const struct xlsx_fault *f, struct err_info *e)
{
    static const struct { enum err code; const char *text; const char *hint; } said[] = {
        [XLSX_NO_FAULT] = {ERR_NONE, NULL, NULL},
#define FAULT(name, code, text, hint) [name] = {code, text, hint},
#include "format/xlsx/xlsx_faults.def"
#undef FAULT
    };
    char limit[24];
    snprintf(limit, sizeof limit, "%zu", f->limit);
    return err_set(e, said[f->kind].code, f->place, said[f->kind].text, said[f->kind].hint,
                   f->place, limit, NULL);
}

static enum err not_answered(const struct child_output *out, struct err_info *e)
{
    (void)err_set(e, ERR_FAILED, NULL, MSG("The workbook could not be read."),
                  MSG("Open it in a spreadsheet, save it under a new name and try again."), NULL);
    err_detail(e, "%s: status %d: %.180s", XLSX_READ_WORD, out->exit_status, out->errors);
    return ERR_FAILED;
}

enum err xlsx_read(struct arena *a, const char *bytes, size_t len, const struct xlsx_book **out,
                   struct err_info *e)
{
    if (len > LIMIT_UPLOAD_BYTES) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The workbook is larger than {0} MB."),
                       MSG("Delete what is not needed, or divide it into several workbooks."), "25",
                       NULL);
    }
    const char *argv[] = {"/proc/self/exe", XLSX_READ_WORD, NULL};
    struct child_job job = {.argv = argv,
                            .what = MSG("reading a workbook"),
                            .input = bytes,
                            .input_len = len,
                            .output_limit_bytes = XLSX_ANSWER_BYTES,
                            .time_limit_ms = TIME_LIMIT_MS};
    struct child_output said;
    enum err err = child_run(a, &job, &said, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct xlsx_fault fault = {.kind = XLSX_NO_FAULT};
    if (said.exit_status != 0 || !xlsx_wire_read(a, said.bytes, said.len, out, &fault)) {
        return not_answered(&said, e);
    }
    return fault.kind == XLSX_NO_FAULT ? ERR_NONE : explain(&fault, e);
}

int xlsx_read_child_main(void)
{
    return guard_answer(&(struct guard_reader){.cpu_seconds = CPU_SECONDS,
                                               .memory_bytes = MEMORY_BYTES,
                                               .arena_bytes = CHILD_ARENA_BYTES,
                                               .answer_bytes = XLSX_ANSWER_BYTES,
                                               .answer = xlsx_answer});
}

// ---- looking things up ------------------------------------------------------------------------------

static bool same_name(const char *x, const char *y)
{
    for (; *x != '\0' && *y != '\0'; x++, y++) {
        bool letter = (*x | 32) >= 'a' && (*x | 32) <= 'z';
        if (*x != *y && !(letter && (*x | 32) == (*y | 32))) {
            return false;
        }
    }
    return *x == *y;
}

const struct xlsx_table *xlsx_sheet_named(const struct xlsx_book *book, const char *name)
{
    for (int i = 0; i < book->n; i++) {
        if (same_name(book->sheets[i].name, name)) {
            return &book->sheets[i];
        }
    }
    return NULL;
}

const struct xlsx_table *xlsx_first_sheet(const struct xlsx_book *book)
{
    for (int i = 0; i < book->n; i++) {
        if (!book->sheets[i].hidden) {
            return &book->sheets[i];
        }
    }
    return NULL;
}

static int compare_rows(const void *key, const void *row)
{
    return *(const int *)key - ((const struct xlsx_row *)row)->number;
}

static int compare_cells(const void *key, const void *cell)
{
    return *(const int *)key - ((const struct xlsx_cell *)cell)->column;
}

const struct xlsx_cell *xlsx_cell_at(const struct xlsx_table *sheet, int row, int column)
{
    const struct xlsx_row *r =
        bsearch(&row, sheet->rows, (size_t)sheet->n_rows, sizeof *r, compare_rows);
    return r == NULL ? NULL
                     : bsearch(&column, r->cells, (size_t)r->n, sizeof *r->cells, compare_cells);
}

const char *xlsx_text_at(const struct xlsx_table *sheet, int row, int column)
{
    const struct xlsx_cell *cell = xlsx_cell_at(sheet, row, column);
    return cell == NULL ? "" : cell->text;
}
