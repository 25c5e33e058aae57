// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_write.c: see xlsx_write.h. libxlsxwriter keeps rows in a temporary file and writes widths and
// filter at the end, so both can be found out while the rows go by.

#include "format/xlsx/xlsx_write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/utf8.h"
#include "format/xlsx/libxlsxwriter.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/temp.h"

#define MAX_SHEETS 200
#define MAX_COLUMNS 1000
#define MAX_ROWS 1048576u
#define MAX_CELL_BYTES 32000u // 32,767 characters is the limit of the format
#define MAX_NAME_CHARS 31
#define MAX_FORMATS 400
#define WIDTH_LEAST 8
#define WIDTH_MOST 60
#define EXACT_DIGITS 15

enum cell_kind { KIND_TEXT, KIND_NUMBER, KIND_PERCENT, KIND_MONEY, KIND_DATE, KIND_LINK, KIND_HEAD };

// A look that was made before, to be used again.
struct look {
    enum cell_kind kind;
    enum xlsx_row_style style;
    int detail; // places, or steps of indentation
    char currency[8];
    lxw_format *format;
};

struct xlsx {
    struct arena *arena;
    const char *path;
    lxw_workbook *book;
    bool right_to_left;
    const char *foot; // what is printed under each page
    char *sheet_names[MAX_SHEETS];
    int n_sheets;
    struct look looks[MAX_FORMATS];
    int n_looks;
    lxw_worksheet *sheet;
    int n_columns;
    uint32_t row;
    int column;
    int widths[MAX_COLUMNS]; // characters
    enum xlsx_row_style style;
    lxw_error problem; // the first
    bool too_large;
};

static void note_problem(struct xlsx *x, lxw_error problem)
{
    if (x->problem == LXW_NO_ERROR) {
        x->problem = problem;
    }
}

// The book is freed by xlsx_end; an error before that leaves it to the arena.
static void close_book(void *thing)
{
    struct xlsx *x = thing;
    if (x->book != NULL) {
        lxw()->lxw_workbook_free(x->book);
        x->book = NULL;
    }
}

enum err xlsx_begin(struct arena *a, const struct xlsx_head *head, struct xlsx **out,
                    struct err_info *e)
{
    const char *folder;
    enum err err = libxlsxwriter_load(e);
    if (err == ERR_NONE) {
        err = temp_folder(a, &folder, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct xlsx *x = ARENA_MAKE(a, struct xlsx);
    x->arena = a;
    x->path = arena_printf(a, "%s/book.xlsx", folder);
    x->right_to_left = head->right_to_left;
    x->foot = arena_printf(a, "%s%s&C&A&R&P / &N", head->foot == NULL ? "" : "&L",
                           head->foot == NULL ? "" : head->foot);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = arena_copy(a, folder),
                                    .use_zip64 = LXW_FALSE};
    x->book = lxw()->workbook_new_opt(x->path, &options);
    if (x->book == NULL) {
        return err_set(e, ERR_FAILED, NULL, MSG("The spreadsheet could not be started."),
                       MSG("Try again; if it fails again, ask the administrator."), NULL);
    }
    arena_on_close(a, close_book, x);
    int64_t ms = head->made_at_ms != 0 ? head->made_at_ms : clock_now_ms();
    lxw_doc_properties properties = {.title = arena_copy(a, head->title),
                                     .company = arena_copy(a, head->organisation),
                                     .comments = arena_copy(a, head->foot),
                                     .created = (time_t)(ms / 1000)};
    note_problem(x, lxw()->workbook_set_properties(x->book, &properties));
    *out = x;
    return ERR_NONE;
}

static const char *number_format(struct arena *a, enum cell_kind kind, int places,
                                 const char *currency)
{
    char zeros[16] = "";
    if (places > 0) {
        zeros[0] = '.';
        memset(zeros + 1, '0', (size_t)places);
    }
    switch (kind) {
    case KIND_PERCENT:
        return arena_printf(a, "0%s%%", zeros);
    case KIND_MONEY:
        return currency[0] == '\0' ? arena_printf(a, "#,##0%s", zeros)
                                   : arena_printf(a, "[$%s] #,##0%s", currency, zeros);
    case KIND_DATE:
        return "yyyy-mm-dd";
    case KIND_NUMBER:
        return arena_printf(a, "#,##0%s", zeros);
    default:
        return NULL;
    }
}

static void set_row_look(lxw_format *f, enum xlsx_row_style style)
{
    if (style == XLSX_ROW_GROUP || style == XLSX_ROW_TOTAL) {
        lxw()->format_set_bold(f);
    }
    if (style == XLSX_ROW_GROUP) {
        lxw()->format_set_bg_color(f, 0xE9EEED);
    }
    if (style == XLSX_ROW_TOTAL) {
        lxw()->format_set_top(f, LXW_BORDER_THIN);
    }
    if (style == XLSX_ROW_NOTE) {
        lxw()->format_set_font_color(f, 0x4A5957);
        lxw()->format_set_italic(f);
    }
}

static lxw_format *make_format(struct xlsx *x, const struct look *look)
{
    lxw_format *f = lxw()->workbook_add_format(x->book);
    const char *number = number_format(x->arena, look->kind, look->detail, look->currency);
    if (number != NULL) {
        lxw()->format_set_num_format(f, number);
    }
    lxw()->format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    set_row_look(f, look->style);
    if (look->kind == KIND_HEAD) {
        lxw()->format_set_bold(f);
        lxw()->format_set_bg_color(f, 0xE3F0EF);
        lxw()->format_set_bottom(f, LXW_BORDER_THIN);
        lxw()->format_set_text_wrap(f);
    } else if (look->kind == KIND_LINK) {
        lxw()->format_set_font_color(f, 0x0B6E6E);
        lxw()->format_set_underline(f, LXW_UNDERLINE_SINGLE);
    } else if (look->kind == KIND_TEXT && look->style != XLSX_ROW_NOTE) {
        lxw()->format_set_text_wrap(f);
        if (look->detail > 0) {
            lxw()->format_set_indent(f, (uint8_t)look->detail);
        }
    }
    return f;
}

static lxw_format *format_for(struct xlsx *x, enum cell_kind kind, int detail, const char *currency)
{
    struct look wanted = {.kind = kind, .style = x->style, .detail = detail};
    if (currency != NULL) {
        memcpy(wanted.currency, currency, strnlen(currency, sizeof wanted.currency - 1));
    }
    for (int i = 0; i < x->n_looks; i++) {
        const struct look *l = &x->looks[i];
        if (l->kind == kind && l->style == x->style && l->detail == detail &&
            strcmp(l->currency, wanted.currency) == 0) {
            return l->format;
        }
    }
    if (x->n_looks == MAX_FORMATS) {
        return NULL; // the cell keeps its value and loses its look
    }
    wanted.format = make_format(x, &wanted);
    x->looks[x->n_looks++] = wanted;
    return wanted.format;
}

static bool name_is_taken(const struct xlsx *x, const char *name)
{
    for (int i = 0; i < x->n_sheets; i++) {
        if (strcasecmp(x->sheet_names[i], name) == 0) {
            return true;
        }
    }
    return strcasecmp(name, "History") == 0; // a spreadsheet keeps this name for itself
}

// The first max characters of a text.
static char *first_characters(struct arena *a, const char *text, size_t max)
{
    size_t at = 0;
    for (size_t n = 0; text[at] != '\0'; n++) {
        if (n == max) {
            break;
        }
        at++;
        while (((unsigned char)text[at] & 0xc0) == 0x80) {
            at++;
        }
    }
    return arena_copy_n(a, text, at);
}

static char *mended_name(struct xlsx *x, const char *name)
{
    char *base = first_characters(x->arena, name[0] == '\0' ? "Sheet" : name, MAX_NAME_CHARS);
    for (char *p = base; *p != '\0'; p++) {
        if (strchr("[]:*?/\\'", *p) != NULL || (unsigned char)*p < 0x20) {
            *p = '-';
        }
    }
    char *mended = base;
    for (int i = 2; name_is_taken(x, mended); i++) {
        mended = arena_printf(x->arena, "%s (%d)",
                              first_characters(x->arena, base, MAX_NAME_CHARS - 7), i);
    }
    return mended;
}

static int limited(int n, int least, int most)
{
    return n < least ? least : n > most ? most : n;
}

// Widths and filter of the sheet that is being left.
static void end_sheet(struct xlsx *x)
{
    if (x->sheet == NULL) {
        return;
    }
    for (int i = 0; i < x->n_columns; i++) {
        double width = limited(x->widths[i] + 2, WIDTH_LEAST, WIDTH_MOST);
        note_problem(x, lxw()->worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL));
    }
    x->sheet = NULL;
}

static void print_as_table(lxw_worksheet *sheet, const char *foot)
{
    lxw()->worksheet_freeze_panes(sheet, 1, 0);
    lxw()->worksheet_repeat_rows(sheet, 0, 0);
    lxw()->worksheet_set_landscape(sheet);
    lxw()->worksheet_set_paper(sheet, 9); // A4
    lxw()->worksheet_fit_to_pages(sheet, 1, 0);
    lxw()->worksheet_set_footer(sheet, foot);
}

void xlsx_sheet(struct xlsx *x, const char *name, const char *const *names, int n_columns)
{
    ensure(n_columns >= 1 && n_columns <= MAX_COLUMNS && x->n_sheets < MAX_SHEETS);
    end_sheet(x);
    x->sheet_names[x->n_sheets] = mended_name(x, name);
    x->sheet = lxw()->workbook_add_worksheet(x->book, x->sheet_names[x->n_sheets]);
    ensure(x->sheet != NULL);
    x->n_sheets++;
    x->n_columns = n_columns;
    x->row = 0;
    x->column = 0;
    x->style = XLSX_ROW_BODY;
    memset(x->widths, 0, sizeof x->widths);
    print_as_table(x->sheet, x->foot);
    if (x->right_to_left) {
        lxw()->worksheet_right_to_left(x->sheet);
    }
    lxw_format *head = format_for(x, KIND_HEAD, 0, NULL);
    for (int i = 0; i < n_columns; i++) {
        x->widths[i] = limited((int)utf8_count(names[i]), WIDTH_LEAST, 24);
        note_problem(x, lxw()->worksheet_write_string(x->sheet, 0, (lxw_col_t)i, names[i], head));
    }
    x->row = 1;
}

void xlsx_row_style(struct xlsx *x, enum xlsx_row_style style)
{
    x->style = style;
}

// Makes sure the next cell may be written; *column is where. A row beyond the format's limit is
// counted as an error once.
static bool next_cell(struct xlsx *x, lxw_col_t *column)
{
    ensure(x->sheet != NULL && x->column < x->n_columns);
    *column = (lxw_col_t)x->column++;
    if (x->row >= MAX_ROWS) {
        x->too_large = true;
    }
    return !x->too_large;
}

static void widen(struct xlsx *x, lxw_col_t column, int characters)
{
    if (characters > x->widths[column]) {
        x->widths[column] = characters;
    }
}

// The longest line counts: cells wrap.
static int longest_line(const char *text)
{
    int longest = 0;
    int n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        n = *p == '\n' ? 0 : n + (((unsigned char)*p & 0xc0) != 0x80);
        longest = n > longest ? n : longest;
    }
    return longest;
}

void xlsx_text_indented(struct xlsx *x, const char *text, int level)
{
    lxw_col_t column;
    if (!next_cell(x, &column)) {
        return;
    }
    lxw_format *format = format_for(x, KIND_TEXT, limited(level, 0, 15), NULL);
    if (text == NULL || text[0] == '\0') {
        if (x->style != XLSX_ROW_BODY && x->style != XLSX_ROW_NOTE) {
            note_problem(x, lxw()->worksheet_write_blank(x->sheet, x->row, column, format));
        }
        return;
    }
    if (x->style != XLSX_ROW_NOTE && x->style != XLSX_ROW_GROUP) {
        widen(x, column, longest_line(text) + level * 2);
    }
    size_t len = utf8_prefix(text, MAX_CELL_BYTES);
    const char *kept = text[len] == '\0' ? text : arena_printf(x->arena, "%.*s…", (int)len, text);
    note_problem(x, lxw()->worksheet_write_string(x->sheet, x->row, column, kept, format));
}

void xlsx_text(struct xlsx *x, const char *text)
{
    xlsx_text_indented(x, text, 0);
}

// -12.50: a number a spreadsheet can hold to the last digit. *places: those after the point.
static bool is_exact_number(const char *text, int *places)
{
    const char *p = text + (*text == '-');
    size_t whole = strspn(p, "0123456789");
    p += whole;
    size_t after = 0;
    if (*p == '.') {
        after = strspn(p + 1, "0123456789");
        p += 1 + after;
    }
    *places = (int)after;
    return whole > 0 && *p == '\0' && whole + after <= EXACT_DIGITS && (after > 0 || p[-1] != '.');
}

static void write_number(struct xlsx *x, enum cell_kind kind, const char *text, double divisor,
                         const char *currency)
{
    int places;
    lxw_col_t column;
    if (text == NULL || text[0] == '\0' || !is_exact_number(text, &places)) {
        xlsx_text(x, text);
        return;
    }
    if (!next_cell(x, &column)) {
        return;
    }
    widen(x, column, (int)strlen(text) * 4 / 3 + (currency == NULL ? 1 : 6));
    lxw_format *format = format_for(x, kind, places, currency);
    note_problem(x, lxw()->worksheet_write_number(x->sheet, x->row, column, strtod(text, NULL) / divisor,
                                           format));
}

void xlsx_number(struct xlsx *x, const char *canonical)
{
    write_number(x, KIND_NUMBER, canonical, 1, NULL);
}

void xlsx_int(struct xlsx *x, int64_t n)
{
    xlsx_number(x, arena_printf(x->arena, "%lld", (long long)n));
}

void xlsx_percent(struct xlsx *x, const char *canonical)
{
    write_number(x, KIND_PERCENT, canonical, 100, NULL);
}

void xlsx_money(struct xlsx *x, const char *canonical, const char *currency)
{
    // Three letters, as currencies are; anything else would end up in a format code.
    bool named = currency != NULL && strlen(currency) == 3 &&
                 strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
    write_number(x, KIND_MONEY, canonical, 1, named ? currency : NULL);
}

// Days are counted from 1899-12-30; before March 1900 spreadsheets count a day that never was.
#define EPOCH "1899-12-30"
#define FIRST_DAY 61

void xlsx_date(struct xlsx *x, const char *iso)
{
    int64_t day = iso != NULL && date_is_valid(iso) ? date_days_between(EPOCH, iso) : 0;
    lxw_col_t column;
    if (day < FIRST_DAY) {
        xlsx_text(x, iso);
        return;
    }
    if (next_cell(x, &column)) {
        widen(x, column, 10);
        note_problem(x, lxw()->worksheet_write_number(x->sheet, x->row, column, (double)day,
                                               format_for(x, KIND_DATE, 0, NULL)));
    }
}

void xlsx_link(struct xlsx *x, const char *text, const char *address)
{
    lxw_col_t column;
    bool linked = address != NULL && text != NULL && text[0] != '\0' && strlen(address) < 2000 &&
                  strlen(text) < 2000 &&
                  (strncmp(address, "https://", 8) == 0 || strncmp(address, "http://", 7) == 0);
    if (!linked) {
        xlsx_text(x, text);
        return;
    }
    if (!next_cell(x, &column)) {
        return;
    }
    widen(x, column, longest_line(text));
    lxw_format *format = format_for(x, KIND_LINK, 0, NULL);
    lxw_error err = lxw()->worksheet_write_url_opt(x->sheet, x->row, column, address, format, text, NULL);
    if (err != LXW_NO_ERROR) { // more than 65,530 links, for example: the text is kept
        note_problem(x, lxw()->worksheet_write_string(x->sheet, x->row, column, text, format));
    }
}

void xlsx_row_end(struct xlsx *x)
{
    x->row++;
    x->column = 0;
    x->style = XLSX_ROW_BODY;
}

enum err xlsx_end(struct arena *a, struct xlsx *x, size_t limit_bytes, const char **bytes,
                  size_t *len, struct err_info *e)
{
    ensure(x->n_sheets > 0);
    end_sheet(x);
    lxw_error closed = lxw()->workbook_close(x->book); // frees it
    x->book = NULL;
    note_problem(x, closed);
    if (x->too_large) {
        return err_set(e, ERR_TOO_LARGE, NULL,
                       MSG("A sheet of a spreadsheet holds at most 1,048,576 rows."),
                       MSG("Filter the list, or take CSV."), NULL);
    }
    if (x->problem != LXW_NO_ERROR) {
        (void)err_set(e, ERR_FAILED, NULL, MSG("The spreadsheet could not be written."),
                      MSG("Free some space on the server's temporary folder, then try again."),
                      NULL);
        err_detail(e, "libxlsxwriter: %s", lxw()->lxw_strerror(x->problem));
        return ERR_FAILED;
    }
    return file_read(a, x->path, limit_bytes, bytes, len, e);
}
