// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_wire.c: what the child answers, and how the parent reads it. The child has read bytes of others,
// so its answer is trusted no more than they are: every number has a ceiling, every text is checked.
//
//   S hidden length NL name NUL             a sheet
//   C row column kind formula length NL text NUL   a cell of it
//   F kind limit length NL place NUL        instead of all that: what is wrong
//   E NL                                    the end

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/xlsx/xlsx_parts.h"

void xlsx_wire_sheet(struct buf *out, const char *name, bool hidden)
{
    size_t len = strlen(name);
    buf_printf(out, "S %d %zu\n", hidden ? 1 : 0, len);
    buf_add(out, name, len + 1);
}

// Called for each cell, hence without buf_printf.
void xlsx_wire_cell(struct buf *out, const struct xlsx_cell *cell, size_t len)
{
    buf_add(out, "C ", 2);
    buf_int(out, cell->row);
    buf_char(out, ' ');
    buf_int(out, cell->column);
    buf_char(out, ' ');
    buf_int(out, cell->kind);
    buf_char(out, ' ');
    buf_int(out, cell->formula ? 1 : 0);
    buf_char(out, ' ');
    buf_int(out, (int64_t)len);
    buf_char(out, '\n');
    buf_add(out, cell->text, len);
    buf_add(out, "", 1);
}

void xlsx_wire_fault(struct buf *out, const struct xlsx_fault *fault)
{
    size_t len = utf8_prefix(fault->place, XLSX_PLACE_BYTES - 1);
    buf_printf(out, "F %d %zu %zu\n", (int)fault->kind, fault->limit, len);
    buf_add(out, fault->place, len);
    buf_add(out, "", 1);
}

void xlsx_wire_end(struct buf *out)
{
    buf_add(out, "E\n", 2);
}

// ---- reading ----------------------------------------------------------------------------------------

struct reader {
    const char *p;
    const char *end;
};

// The next number, between one space before and a space or line end after it.
static bool take_number(struct reader *r, size_t most, size_t *n)
{
    size_t value = 0;
    if (r->p == r->end || *r->p != ' ') {
        return false;
    }
    const char *first = ++r->p;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9') {
        value = value * 10 + (size_t)(*r->p++ - '0');
        if (value > most) {
            return false;
        }
    }
    *n = value;
    return r->p > first;
}

static bool take_text(struct reader *r, size_t most, const char **text, size_t *len)
{
    size_t bad;
    if (!take_number(r, most, len) || r->p == r->end || *r->p != '\n' ||
        (size_t)(r->end - r->p) < *len + 2) {
        return false;
    }
    *text = r->p + 1;
    r->p += *len + 2;
    return r->p[-1] == '\0' && utf8_is_clean(*text, *len, &bad);
}

static bool take_fault(struct reader *r, struct xlsx_fault *fault)
{
    size_t kind;
    size_t limit;
    size_t len;
    const char *place;
    if (!take_number(r, XLSX_FAULT_COUNT - 1, &kind) || kind == XLSX_NO_FAULT ||
        !take_number(r, SIZE_MAX / 16, &limit) ||
        !take_text(r, XLSX_PLACE_BYTES - 1, &place, &len)) {
        return false;
    }
    fault->kind = (enum xlsx_fault_kind)kind;
    fault->limit = limit;
    memcpy(fault->place, place, len + 1);
    return r->p == r->end;
}

static bool take_cell(struct reader *r, struct xlsx_cell *c)
{
    size_t row;
    size_t column;
    size_t kind;
    size_t formula;
    size_t len;
    if (!take_number(r, XLSX_MAX_ROW, &row) || !take_number(r, XLSX_MAX_COLUMN, &column) ||
        !take_number(r, XLSX_KIND_COUNT - 1, &kind) || !take_number(r, 1, &formula) ||
        !take_text(r, LIMIT_CSV_CELL_BYTES, &c->text, &len) || row == 0 || column == 0) {
        return false;
    }
    c->row = (int)row;
    c->column = (int)column;
    c->kind = (enum xlsx_kind)kind;
    c->formula = formula == 1;
    return true;
}

// Counts first, so that the tables are made once and in one piece.
struct counts {
    size_t sheets;
    size_t rows;
    size_t cells;
};

struct maker {
    struct reader r;
    struct xlsx_table *sheets; // all NULL while counting
    struct xlsx_row *rows;
    struct xlsx_cell *cells;
    struct counts n;
    int row;    // of the cell before, 0 on a new sheet
    int column;
};

static bool make_sheet(struct maker *m)
{
    size_t hidden;
    size_t len;
    const char *name;
    if (!take_number(&m->r, 1, &hidden) ||
        !take_text(&m->r, XLSX_PLACE_BYTES, &name, &len) || m->n.sheets == LIMIT_XLSX_SHEETS) {
        return false;
    }
    if (m->sheets != NULL) {
        m->sheets[m->n.sheets] = (struct xlsx_table){
            .name = name, .hidden = hidden == 1, .rows = m->rows + m->n.rows};
    }
    m->n.sheets++;
    m->row = 0;
    return true;
}

static bool make_cell(struct maker *m)
{
    struct xlsx_cell c;
    if (!take_cell(&m->r, &c) || m->n.sheets == 0 || c.row < m->row ||
        (c.row == m->row && c.column <= m->column) || m->n.cells == LIMIT_XLSX_CELLS) {
        return false;
    }
    bool new_row = c.row != m->row;
    m->row = c.row;
    m->column = c.column;
    if (m->sheets != NULL) {
        struct xlsx_table *s = &m->sheets[m->n.sheets - 1];
        if (new_row) {
            m->rows[m->n.rows] = (struct xlsx_row){.number = c.row, .cells = m->cells + m->n.cells};
            s->n_rows++;
        }
        m->rows[m->n.rows - (new_row ? 0 : 1)].n++;
        s->n_columns = c.column > s->n_columns ? c.column : s->n_columns;
        m->cells[m->n.cells] = c;
    }
    m->n.rows += new_row ? 1 : 0;
    m->n.cells++;
    return true;
}

static bool make_all(struct maker *m)
{
    for (;;) {
        if (m->r.p == m->r.end) {
            return false;
        }
        char what = *m->r.p++;
        if (what == 'E') {
            return m->r.end - m->r.p == 1 && *m->r.p == '\n';
        }
        if ((what == 'S' && make_sheet(m)) || (what == 'C' && make_cell(m))) {
            continue;
        }
        return false;
    }
}

bool xlsx_wire_read(struct arena *a, const char *bytes, size_t len, const struct xlsx_book **out,
                    struct xlsx_fault *fault)
{
    struct reader whole = {bytes, bytes + len};
    if (len > 0 && bytes[0] == 'F') {
        whole.p++;
        return take_fault(&whole, fault);
    }
    struct maker counting = {.r = whole};
    if (!make_all(&counting)) {
        return false;
    }
    struct maker m = {.r = whole,
                      .sheets = ARENA_ARRAY(a, struct xlsx_table, counting.n.sheets + 1),
                      .rows = ARENA_ARRAY(a, struct xlsx_row, counting.n.rows + 1),
                      .cells = ARENA_ARRAY(a, struct xlsx_cell, counting.n.cells + 1)};
    if (!make_all(&m)) {
        return false;
    }
    struct xlsx_book *book = ARENA_MAKE(a, struct xlsx_book);
    book->n = (int)m.n.sheets;
    book->sheets = m.sheets;
    *out = book;
    return true;
}
