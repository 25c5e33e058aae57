// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_parts.h: what the files of the reader share. Others include xlsx_read.h.

#ifndef FORMAT_XLSX_XLSX_PARTS_H
#define FORMAT_XLSX_XLSX_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "format/xlsx/xlsx_read.h"
#include "format/zip/zip_read.h"

enum xlsx_fault_kind {
    XLSX_NO_FAULT,
#define FAULT(name, code, text, hint) name,
#include "format/xlsx/xlsx_faults.def"
#undef FAULT
    XLSX_FAULT_COUNT
};

// Sheet names have at most 31 characters; four bytes each.
#define XLSX_PLACE_BYTES 160

struct xlsx_fault {
    enum xlsx_fault_kind kind;
    char place[XLSX_PLACE_BYTES];
    size_t limit;
};

// ---- xlsx_value.c: numbers, dates, addresses; no files -----------------------------------------------

enum xlsx_form { XLSX_FORM_NUMBER, XLSX_FORM_PERCENT, XLSX_FORM_DATE, XLSX_FORM_MOMENT,
                 XLSX_FORM_TIME };

// What a number format ("yyyy\-mm\-dd;@") or the number of a built-in one makes of a number.
enum xlsx_form xlsx_form_of_code(const char *code);
enum xlsx_form xlsx_form_of_number(int number);
#define XLSX_VALUE_BYTES 64
// The stored number as the text and kind that xlsx_read.h promises; false when it is no number.
bool xlsx_value_text(const char *stored, enum xlsx_form form, bool from_1904,
                     enum xlsx_kind *kind, char out[XLSX_VALUE_BYTES]);
// "C5" to row and column, from 1; false when there is no such cell (beyond XFD1048576).
bool xlsx_address_read(const char *text, int *row, int *column);
#define XLSX_MAX_ROW 1048576
#define XLSX_MAX_COLUMN 16384

// ---- xlsx_xml.c: one part, read as a stream -----------------------------------------------------------

struct xlsx_in;

// name has no prefix. attributes: name, value, ..., NULL, as expat gives them.
struct xlsx_handler {
    void (*start)(struct xlsx_in *in, void *of, const char *name, const char **attributes);
    void (*end)(struct xlsx_in *in, void *of, const char *name);
    void (*text)(struct xlsx_in *in, void *of, const char *text, size_t len); // or NULL
};

// False when it stopped: in->fault says why.
bool xlsx_xml_read(struct xlsx_in *in, int part, const char *name, const struct xlsx_handler *h,
                   void *of);
// Value of an attribute, with or without prefix, or NULL.
const char *xlsx_xml_attribute(const char **attributes, const char *name);
bool xlsx_xml_is_true(const char *value); // "1" or "true"

// ---- xlsx_strings.c ---------------------------------------------------------------------------------

// The text of a <si> or <is>: its runs one after the other, without the phonetic ones.
struct xlsx_rich {
    struct buf text;
    int phonetic; // depth inside <rPh>
    bool in_t;
};

void xlsx_rich_begin(struct xlsx_rich *r);
void xlsx_rich_start(struct xlsx_rich *r, const char *name);
void xlsx_rich_end(struct xlsx_rich *r, const char *name);
void xlsx_rich_text(struct xlsx_rich *r, const char *text, size_t len);
// Undoes _xHHHH_ in place.
void xlsx_unescape(struct buf *text);

struct xlsx_string {
    size_t at;
    size_t len;
    bool too_long;
};

bool xlsx_strings_read(struct xlsx_in *in, int part);

// ---- xlsx_book.c, xlsx_cells.c ------------------------------------------------------------------------

struct xlsx_sheet_ref {
    const char *name;
    const char *relation;
    bool hidden;
};

struct xlsx_in {
    struct arena *a;
    struct zip_in *zip;
    struct xlsx_fault fault;
    struct buf *out; // the answer, see xlsx_wire.c
    bool from_1904;
    struct xlsx_sheet_ref *sheets;
    int n_sheets;
    struct buf string_bytes;
    struct xlsx_string *strings;
    size_t n_strings;
    size_t room_for_strings;
    enum xlsx_form *forms; // of each style
    size_t n_forms;
    size_t n_cells;
};

// Notes what is wrong, once; place may be NULL.
void xlsx_blame(struct xlsx_in *in, enum xlsx_fault_kind kind, const char *place, size_t limit);
// From zip_read.h to ours.
void xlsx_blame_zip(struct xlsx_in *in, enum zip_state state, const char *part);
// Writes the cells of one sheet into in->out.
bool xlsx_cells_read(struct xlsx_in *in, int part, const char *sheet);
bool xlsx_styles_read(struct xlsx_in *in, int part);
// The whole workbook, here and now, without a child: for the child and for tests. The answer, also of
// a fault, is in out.
void xlsx_answer(struct arena *a, const char *bytes, size_t len, struct buf *out);

// ---- xlsx_wire.c: the answer of the child -------------------------------------------------------------

#define XLSX_ANSWER_BYTES (LIMIT_XLSX_TEXT_BYTES + (size_t)24 * 1024 * 1024)

void xlsx_wire_sheet(struct buf *out, const char *name, bool hidden);
void xlsx_wire_cell(struct buf *out, const struct xlsx_cell *cell, size_t len);
void xlsx_wire_end(struct buf *out);
void xlsx_wire_fault(struct buf *out, const struct xlsx_fault *fault);
// Reads an answer with distrust; the texts stay in bytes. *fault is set when the answer is one; false
// when it is none that our child can give.
bool xlsx_wire_read(struct arena *a, const char *bytes, size_t len, const struct xlsx_book **out,
                    struct xlsx_fault *fault);

#endif
