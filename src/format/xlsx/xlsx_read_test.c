// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_read_test.c: workbooks that libxlsxwriter makes are read back; packages put together by hand show
// what others write, and what nobody should send.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "format/xlsx/xlsx_parts.h"
#include "format/xlsx/xlsx_write.h"
#include "format/zip/zip_write.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new((size_t)1024 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// ---- packages by hand -------------------------------------------------------------------------------

#define MAIN_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

struct by_hand {
    const char *rows;     // what stands in <sheetData>
    const char *strings;  // what stands in <sst>, or NULL: no such part
    const char *styles;   // what stands in <styleSheet>, or NULL
    const char *before;   // of the sheet: a document type
    const char *book;     // attributes of <workbookPr>
    const char *sheet;    // its whole part, instead of rows
    const char *extra;    // the name of one more part
};

static const char *package(const struct by_hand *h, size_t *len)
{
    struct buf *out = ARENA_MAKE(arena, struct buf);
    struct zip_out z;
    buf_init(out, arena, LIMIT_EXPORT_BYTES);
    zip_begin(&z, out);
#define ADD(name, text) zip_add(&z, name, text, strlen(text))
    ADD("[Content_Types].xml", "<Types/>");
    ADD("_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" REL_NS
                       "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    ADD("xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"" REL_NS
        "/worksheet\" Target=\"worksheets/one.xml\"/><Relationship Id=\"r2\" Type=\"" REL_NS
        "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"" REL_NS
        "/styles\" Target=\"./styles.xml\"/><Relationship Id=\"r4\" Type=\"" REL_NS
        "/externalLink\" TargetMode=\"External\" Target=\"file:///etc/passwd\"/></Relationships>");
    ADD("xl/workbook.xml",
        arena_printf(arena, "<workbook " MAIN_NS " xmlns:r=\"" REL_NS "\"><workbookPr %s/><sheets>"
                            "<sheet name=\"Answers\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                     h->book == NULL ? "" : h->book));
    ADD("xl/worksheets/one.xml",
        h->sheet != NULL ? h->sheet
                         : arena_printf(arena, "<?xml version=\"1.0\"?>%s<worksheet " MAIN_NS
                                               "><sheetData>%s</sheetData></worksheet>",
                                        h->before == NULL ? "" : h->before,
                                        h->rows == NULL ? "" : h->rows));
    if (h->strings != NULL) {
        ADD("xl/sharedStrings.xml", arena_printf(arena, "<sst count=\"4000000000\" " MAIN_NS
                                                        ">%s</sst>", h->strings));
    }
    if (h->styles != NULL) {
        ADD("xl/styles.xml", arena_printf(arena, "<styleSheet " MAIN_NS ">%s</styleSheet>",
                                          h->styles));
    }
    if (h->extra != NULL) {
        ADD(h->extra, "x");
    }
    zip_end(&z);
    assert_false(buf_is_full(out));
    *len = out->len;
    return out->data;
}

// ---- reading here, and in the child -----------------------------------------------------------------

static const struct xlsx_book *read_here(const char *bytes, size_t len, struct xlsx_fault *fault)
{
    struct buf out;
    const struct xlsx_book *book = NULL;
    buf_init(&out, arena, XLSX_ANSWER_BYTES);
    *fault = (struct xlsx_fault){.kind = XLSX_NO_FAULT};
    xlsx_answer(arena, bytes, len, &out);
    assert_true(xlsx_wire_read(arena, out.data, out.len, &book, fault));
    return book;
}

static const struct xlsx_table *first_of(const struct by_hand *h)
{
    size_t len;
    struct xlsx_fault fault;
    const char *bytes = package(h, &len);
    const struct xlsx_book *book = read_here(bytes, len, &fault);
    if (fault.kind != XLSX_NO_FAULT) {
        fail_msg("fault %d at %s", (int)fault.kind, fault.place);
    }
    assert_int_equal(book->n, 1);
    assert_string_equal(book->sheets[0].name, "Answers");
    return &book->sheets[0];
}

static void faulty(const struct by_hand *h, enum xlsx_fault_kind kind, const char *place)
{
    size_t len;
    struct xlsx_fault fault;
    const char *bytes = package(h, &len);
    (void)read_here(bytes, len, &fault);
    if (fault.kind != kind || strcmp(fault.place, place) != 0) {
        fail_msg("fault %d at [%s], not %d at [%s]", (int)fault.kind, fault.place, (int)kind, place);
    }
}

static void cell_is(const struct xlsx_table *t, const char *address, enum xlsx_kind kind,
                    const char *text)
{
    int row;
    int column;
    assert_true(xlsx_address_read(address, &row, &column));
    const struct xlsx_cell *c = xlsx_cell_at(t, row, column);
    if (c == NULL) {
        fail_msg("%s is empty", address);
    }
    assert_string_equal(c->text, text);
    assert_int_equal(c->kind, kind);
    assert_string_equal(xlsx_text_at(t, row, column), text);
}

// ---- what good workbooks hold -----------------------------------------------------------------------

static void what_we_write_comes_back(void **state)
{
    (void)state;
    struct err_info e = {0};
    struct xlsx *x;
    const char *bytes;
    size_t len;
    struct xlsx_head head = {.title = "Answers", .made_at_ms = INT64_C(1795341600000)};
    const char *const names[] = {"Row", "Value", "Share", "Paid", "Day", "Empty", "Note"};
    assert_int_equal(xlsx_begin(arena, &head, &x, &e), ERR_NONE);
    xlsx_sheet(x, "Answers", names, 7);
    xlsx_text(x, "4.1-R07");
    xlsx_number(x, "12.5");
    xlsx_percent(x, "61.7");
    xlsx_money(x, "1443686.29", "USD");
    xlsx_date(x, "2026-11-22");
    xlsx_text(x, "");
    xlsx_text(x, "=1+1 \xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A\nsecond line");
    xlsx_row_end(x);
    xlsx_sheet(x, "Second", names, 1);
    xlsx_text(x, "_x0041_");
    xlsx_row_end(x);
    assert_int_equal(xlsx_end(arena, x, LIMIT_EXPORT_BYTES, &bytes, &len, &e), ERR_NONE);

    const struct xlsx_book *book;
    assert_int_equal(xlsx_read(arena, bytes, len, &book, &e), ERR_NONE);
    assert_int_equal(book->n, 2);
    const struct xlsx_table *t = xlsx_sheet_named(book, "ANSWERS");
    assert_ptr_equal(t, xlsx_first_sheet(book));
    assert_int_equal(t->n_rows, 2);
    assert_int_equal(t->n_columns, 7);
    cell_is(t, "A1", XLSX_TEXT, "Row");
    cell_is(t, "A2", XLSX_TEXT, "4.1-R07");
    cell_is(t, "B2", XLSX_NUMBER, "12.5");
    cell_is(t, "C2", XLSX_PERCENT, "61.7");
    cell_is(t, "D2", XLSX_NUMBER, "1443686.29");
    cell_is(t, "E2", XLSX_DATE, "2026-11-22");
    cell_is(t, "G2", XLSX_TEXT, "=1+1 \xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A\nsecond line");
    assert_null(xlsx_cell_at(t, 2, 6));
    assert_null(xlsx_cell_at(t, 3, 1));
    assert_string_equal(xlsx_text_at(t, 99, 99), "");
    assert_int_equal(t->rows[1].n, 6);
    assert_null(xlsx_sheet_named(book, "Third"));
}

static void texts_are_joined_from_runs(void **state)
{
    (void)state;
    const struct xlsx_table *t = first_of(&(struct by_hand){
        .strings = "<si><t>plain</t></si>"
                   "<si><r><rPr><b/></rPr><t>two </t></r><r><t xml:space=\"preserve\">runs </t></r>"
                   "<rPh sb=\"0\" eb=\"1\"><t>SPOKEN</t></rPh></si>"
                   "<si/><si><t>line_x000D_\nnext_x0041__x005F_x_xD83D_ &lt;&amp;</t></si>",
        .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c>"
                "<c r=\"E1\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>"
                "<c r=\"F1\" t=\"inlineStr\"><is><t>one</t></is></c></row>"});
    cell_is(t, "A1", XLSX_TEXT, "plain");
    cell_is(t, "B1", XLSX_TEXT, "two runs ");
    assert_null(xlsx_cell_at(t, 1, 3));
    cell_is(t, "D1", XLSX_TEXT, "line\nnextA_x_xD83D_ <&");
    cell_is(t, "E1", XLSX_TEXT, "inline");
    cell_is(t, "F1", XLSX_TEXT, "one");
}

static void every_type_of_cell_is_read(void **state)
{
    (void)state;
    const struct xlsx_table *t = first_of(&(struct by_hand){
        .rows = "<row r=\"2\"><c r=\"B2\" t=\"b\"><v>1</v></c><c r=\"C2\" t=\"b\"><v>0</v></c>"
                "<c r=\"D2\" t=\"e\"><v>#DIV/0!</v></c><c r=\"E2\" t=\"n\"><v> 3 </v></c>"
                "<c r=\"F2\" t=\"str\"><f>A1&amp;\"x\"</f><v>made</v></c>"
                "<c r=\"G2\"><f>1+1</f><v>2</v></c><c r=\"H2\"><f>NOW()</f></c>"
                "<c r=\"I2\" t=\"d\"><v>2026-11-22T00:00:00</v></c>"
                "<c r=\"J2\" t=\"d\"><v>2026-11-22T14:30:00Z</v></c>"
                "<c r=\"K2\"/><c r=\"L2\"><v/></c></row>"});
    cell_is(t, "B2", XLSX_TRUTH, "true");
    cell_is(t, "C2", XLSX_TRUTH, "false");
    cell_is(t, "D2", XLSX_ERROR, "#DIV/0!");
    cell_is(t, "E2", XLSX_NUMBER, "3");
    cell_is(t, "F2", XLSX_TEXT, "made");
    cell_is(t, "G2", XLSX_NUMBER, "2");
    assert_true(xlsx_cell_at(t, 2, 7)->formula);
    assert_false(xlsx_cell_at(t, 2, 5)->formula);
    cell_is(t, "H2", XLSX_EMPTY, "");
    cell_is(t, "I2", XLSX_DATE, "2026-11-22");
    cell_is(t, "J2", XLSX_MOMENT, "2026-11-22T14:30:00");
    assert_null(xlsx_cell_at(t, 2, 11));
    assert_null(xlsx_cell_at(t, 2, 12));
    assert_int_equal(t->n_columns, 10);
}

static void a_style_makes_a_number_a_day(void **state)
{
    (void)state;
    static const char styles[] =
        "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
        "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/>"
        "<xf numFmtId=\"9\"/><xf numFmtId=\"21\"/></cellXfs>";
    static const char rows[] =
        "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>46348</v></c><c r=\"B1\" s=\"1\"><v>46348</v></c>"
        "<c r=\"C1\" s=\"2\"><v>46348</v></c><c r=\"D1\" s=\"3\"><v>0.5</v></c>"
        "<c r=\"E1\" s=\"4\"><v>0.5</v></c><c r=\"F1\" s=\"99\"><v>46348</v></c></row>";
    const struct xlsx_table *t = first_of(&(struct by_hand){.rows = rows, .styles = styles});
    cell_is(t, "A1", XLSX_NUMBER, "46348");
    cell_is(t, "B1", XLSX_DATE, "2026-11-22");
    cell_is(t, "C1", XLSX_DATE, "2026-11-22");
    cell_is(t, "D1", XLSX_PERCENT, "50");
    cell_is(t, "E1", XLSX_TIME, "12:00:00");
    cell_is(t, "F1", XLSX_NUMBER, "46348");
    t = first_of(&(struct by_hand){.rows = rows, .styles = styles, .book = "date1904=\"1\""});
    cell_is(t, "B1", XLSX_DATE, "2030-11-23");
}

static void places_may_be_left_out(void **state)
{
    (void)state;
    const struct xlsx_table *t = first_of(&(struct by_hand){
        .rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"7\"><c><v>3</v></c>"
                "<c r=\"D7\"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>"});
    cell_is(t, "A1", XLSX_NUMBER, "1");
    cell_is(t, "B1", XLSX_NUMBER, "2");
    cell_is(t, "A7", XLSX_NUMBER, "3");
    cell_is(t, "D7", XLSX_NUMBER, "4");
    cell_is(t, "E7", XLSX_NUMBER, "5");
    cell_is(t, "A8", XLSX_NUMBER, "6");
    assert_int_equal(t->n_rows, 3);
}

// Strict workbooks and some programs write every name with a prefix.
static void prefixes_and_what_is_outside_the_data_do_not_matter(void **state)
{
    (void)state;
    const struct xlsx_table *t = first_of(&(struct by_hand){
        .sheet = "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:cols/>"
                 "<x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData>"
                 "<x:extLst><x:ext><x:row r=\"1\"><x:c r=\"A1\"><x:v>9</x:v></x:c></x:row></x:ext>"
                 "</x:extLst></x:worksheet>"});
    cell_is(t, "A1", XLSX_NUMBER, "1");
    assert_int_equal(t->n_rows, 1);
}

// ---- what is refused --------------------------------------------------------------------------------

static void cells_that_cannot_be_are_named(void **state)
{
    (void)state;
#define ROW1(cells) (&(struct by_hand){.rows = "<row r=\"1\">" cells "</row>"})
    faulty(ROW1("<c r=\"A1\"><v>abc</v></c>"), XLSX_BAD_VALUE, "Answers!A1");
    faulty(ROW1("<c r=\"C1\" t=\"s\"><v>0</v></c>"), XLSX_BAD_VALUE, "Answers!C1");
    faulty(ROW1("<c r=\"C1\" t=\"s\"><v>-1</v></c>"), XLSX_BAD_VALUE, "Answers!C1");
    faulty(ROW1("<c r=\"C1\" t=\"what\"><v>0</v></c>"), XLSX_BAD_VALUE, "Answers!C1");
    faulty(ROW1("<c r=\"C1\" t=\"d\"><v>2026-02-30</v></c>"), XLSX_BAD_VALUE, "Answers!C1");
    faulty(ROW1("<c r=\"C1\" t=\"d\"><v>2026-02-03Tx</v></c>"), XLSX_BAD_VALUE, "Answers!C1");
    faulty(ROW1("<c r=\"A1\"/><c r=\"A1\"/>"), XLSX_BAD_ADDRESS, "Answers!B1");
    faulty(ROW1("<c r=\"A2\"/>"), XLSX_BAD_ADDRESS, "Answers!A1");
    faulty(ROW1("<c r=\"ZZZZ1\"/>"), XLSX_BAD_ADDRESS, "Answers!A1");
    faulty(ROW1("<c r=\"XFD1\"><v>1</v></c>"), XLSX_WIDE, "Answers!XFD1");
    faulty(&(struct by_hand){.rows = "<row r=\"99999999\"/>"}, XLSX_BAD_ADDRESS, "Answers!1");
    faulty(&(struct by_hand){.rows = "<row r=\"5\"/><row r=\"5\"/>"}, XLSX_BAD_ADDRESS, "Answers!6");
    faulty(&(struct by_hand){.rows = "<row r=\"1048576\"/><row/>"}, XLSX_BAD_ADDRESS,
           "Answers!1048576");
    faulty(&(struct by_hand){.rows = "<c r=\"A1\"><v>1</v></c>"}, XLSX_BAD_ADDRESS, "Answers");
    faulty(&(struct by_hand){.rows = "<row>"}, XLSX_DAMAGED, "Answers");
}

static void attacks_are_refused(void **state)
{
    (void)state;
    static const char file[] = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    static const char bomb[] = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    faulty(&(struct by_hand){.before = file, .rows = "<row><c t=\"str\"><v>&f;</v></c></row>"},
           XLSX_DOCTYPE, "Answers");
    faulty(&(struct by_hand){.before = bomb, .rows = "<row><c t=\"str\"><v>&b;</v></c></row>"},
           XLSX_DOCTYPE, "Answers");
    faulty(&(struct by_hand){.rows = "<row><c t=\"str\"><v>&f;</v></c></row>"}, XLSX_DAMAGED,
           "Answers");
    faulty(&(struct by_hand){.extra = "xl/vbaProject.bin"}, XLSX_MACROS, "");
    faulty(&(struct by_hand){.extra = "XL\\Workbook.xml"}, XLSX_DAMAGED, "ZIP");
    struct buf deep;
    buf_init(&deep, arena, LIMIT_FORM_BYTES);
    for (int i = 0; i < 1000; i++) {
        buf_str(&deep, "<a>");
    }
    faulty(&(struct by_hand){.sheet = deep.data}, XLSX_DAMAGED, "Answers");
}

static void what_grows_is_stopped(void **state)
{
    (void)state;
    // 40 MB of one letter pack a thousand to one
    size_t size = (size_t)40 * 1024 * 1024;
    struct buf big;
    buf_init(&big, arena, size * 2);
    buf_reserve(&big, size + 200);
    buf_str(&big, "<row><c t=\"str\"><v>");
    memset(big.data + big.len, 'a', size);
    big.len += size;
    big.data[big.len] = '\0';
    faulty(&(struct by_hand){.rows = big.data}, XLSX_BOMB, "Answers");
    big.data[LIMIT_CSV_CELL_BYTES + 100] = '\0';
    big.len = LIMIT_CSV_CELL_BYTES + 100;
    const char *long_text = arena_copy(arena, big.data + 19);
    buf_str(&big, "</v></c></row>");
    faulty(&(struct by_hand){.rows = big.data}, XLSX_LONG_CELL, "Answers!A1");
    // a long shared text is a fault of the cell that uses it, and of no other
    struct by_hand shared = {
        .strings = arena_printf(arena, "<si><t>%s</t></si><si><t>short</t></si>",
                                arena_printf(arena, "%s%s", long_text, long_text)),
        .rows = "<row><c t=\"s\"><v>1</v></c></row>"};
    cell_is(first_of(&shared), "A1", XLSX_TEXT, "short");
    shared.rows = "<row><c/><c t=\"s\"><v>0</v></c></row>";
    faulty(&shared, XLSX_LONG_CELL, "Answers!B1");
}

// One text of 200 KB, named by a thousand cells.
static void repeating_a_text_has_a_ceiling(void **state)
{
    (void)state;
    struct buf rows;
    buf_init(&rows, arena, LIMIT_FORM_BYTES);
    for (int i = 0; i < 1000; i++) {
        buf_str(&rows, "<row><c t=\"s\"><v>0</v></c></row>");
    }
    char *text = arena_alloc(arena, 200001);
    for (int i = 0; i < 200000; i++) {
        text[i] = (char)('a' + i % 26);
    }
    size_t len;
    struct xlsx_fault fault;
    const char *bytes = package(
        &(struct by_hand){.rows = rows.data,
                          .strings = arena_printf(arena, "<si><t>%s</t></si>", text)}, &len);
    (void)read_here(bytes, len, &fault);
    assert_int_equal(fault.kind, XLSX_MUCH_TEXT);
}

static void is_refused(const char *bytes, size_t len, enum xlsx_fault_kind kind)
{
    struct xlsx_fault fault;
    (void)read_here(bytes, len, &fault);
    assert_int_equal(fault.kind, kind);
}

static void what_is_no_workbook_says_what_it_is(void **state)
{
    (void)state;
    is_refused("", 0, XLSX_NOT_ONE);
    is_refused("code;name\n1;2\n", 14, XLSX_NOT_ONE);
    is_refused("PK\003\004", 4, XLSX_DAMAGED);
    is_refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxx", 12, XLSX_OLD);
    struct buf out;
    struct zip_out z;
    buf_init(&out, arena, LIMIT_EXPORT_BYTES);
    zip_begin(&z, &out);
    zip_add(&z, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 46);
    zip_end(&z);
    is_refused(out.data, out.len, XLSX_OTHER);
    buf_reset(&out);
    zip_begin(&z, &out);
    zip_add(&z, "photo.jpg", "x", 1);
    zip_end(&z);
    is_refused(out.data, out.len, XLSX_NOT_ONE);
    size_t len;
    const char *sheet = "<w:document xmlns:w=\"w\"/>";
    char *bytes = (char *)package(&(struct by_hand){.sheet = sheet}, &len);
    is_refused(bytes, len, XLSX_NO_FAULT);
}

// Cut off anywhere, and with any byte turned round: an answer, never a crash. What a changed byte leaves
// whole is the old content.
static void damage_is_noticed(void **state)
{
    (void)state;
    size_t len;
    const char *bytes = package(&(struct by_hand){.strings = "<si><t>kept</t></si>",
                                                  .rows = "<row><c t=\"s\"><v>0</v></c></row>"}, &len);
    struct xlsx_fault fault;
    for (size_t cut = 0; cut < len; cut += 7) {
        (void)read_here(bytes, cut, &fault);
        if (fault.kind == XLSX_NO_FAULT && cut + 22 < len) { // the last bytes are only the list's end
            fail_msg("cut off after %zu of %zu bytes", cut, len);
        }
    }
    int refused = 0;
    for (size_t at = 0; at < len; at++) {
        char *turned = arena_copy_n(arena, bytes, len);
        turned[at] = (char)~turned[at];
        const struct xlsx_book *book = read_here(turned, len, &fault);
        refused += fault.kind != XLSX_NO_FAULT ? 1 : 0;
        if (book != NULL && book->n == 1 && book->sheets[0].n_rows == 1) {
            assert_string_equal(xlsx_text_at(&book->sheets[0], 1, 1), "kept");
        }
    }
    assert_true(refused > (int)len / 2);
}

static void answers_of_a_child_are_not_believed(void **state)
{
    (void)state;
#define SAID(text) text, sizeof(text) - 1 // with the zero bytes inside
    static const struct { const char *bytes; size_t len; bool fine; } answers[] = {
        {SAID("E\n"), true},
        {SAID(""), false},
        {SAID("S 0 1\nA\0C 1 1 1 0 1\nx\0E\n"), true},
        {SAID("C 1 1 1 0 1\nx\0E\n"), false},
        {SAID("S 0 1\nA\0C 1 1 1 0 9\nx\0E\n"), false},
        {SAID("S 0 1\nA\0C 0 1 1 0 1\nx\0E\n"), false},
        {SAID("S 0 1\nA\0C 1 1 99 0 1\nx\0E\n"), false},
        {SAID("S 0 1\nA\0C 1 1 1 0 1\nx\0C 1 1 1 0 1\nx\0E\n"), false},
        {SAID("S 0 1\nA\0C 1 1 1 0 1\n\xFF\0E\n"), false},
        {SAID("S 0 1\nA\0C 1 1 1 0 99999999999999999999\nx\0E\n"), false},
        {SAID("S 0 1\nA\0E\nE\n"), false},
        {SAID("F 1 0 1\nx\0"), true},
        {SAID("F 0 0 1\nx\0"), false},
        {SAID("F 99 0 1\nx\0"), false},
        {SAID("F 1 0 1\nx\0y"), false}};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        const struct xlsx_book *book;
        struct xlsx_fault fault = {0};
        if (xlsx_wire_read(arena, answers[i].bytes, answers[i].len, &book, &fault) !=
            answers[i].fine) {
            fail_msg("answer %zu is %s", i, answers[i].fine ? "refused" : "taken");
        }
    }
}

static void errors_reach_the_person_with_place_and_mend(void **state)
{
    (void)state;
    size_t len;
    struct err_info e = {0};
    const struct xlsx_book *book;
    const char *bytes =
        package(&(struct by_hand){.rows = "<row r=\"3\"><c r=\"B3\"><v>secret</v></c></row>"}, &len);
    assert_int_equal(xlsx_read(arena, bytes, len, &book, &e), ERR_INPUT);
    assert_string_equal(e.field, "Answers!B3");
    assert_string_equal(err_text(arena, &lang_en, &e),
                        "Answers!B3: the value of this cell cannot be read.");
    assert_non_null(err_hint(arena, &lang_en, &e));
    assert_int_equal(xlsx_read(arena, "no", 2, &book, &e), ERR_INPUT);
    assert_string_equal(err_text(arena, &lang_en, &e), "This is no Excel workbook (.xlsx).");
    assert_int_equal(xlsx_read(arena, bytes, LIMIT_UPLOAD_BYTES + 1, &book, &e), ERR_TOO_LARGE);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], XLSX_READ_WORD) == 0) {
        return xlsx_read_child_main();
    }
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_we_write_comes_back),
        TEST(texts_are_joined_from_runs),
        TEST(every_type_of_cell_is_read),
        TEST(a_style_makes_a_number_a_day),
        TEST(places_may_be_left_out),
        TEST(prefixes_and_what_is_outside_the_data_do_not_matter),
        TEST(cells_that_cannot_be_are_named),
        TEST(attacks_are_refused),
        TEST(what_grows_is_stopped),
        TEST(repeating_a_text_has_a_ceiling),
        TEST(what_is_no_workbook_says_what_it_is),
        TEST(damage_is_noticed),
        TEST(answers_of_a_child_are_not_believed),
        TEST(errors_reach_the_person_with_place_and_mend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
