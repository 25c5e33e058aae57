// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_pdf_test.c: PDFs, read back with pdftotext, pdfinfo and qpdf.

#include "report/report_test_help.h"

// Where a word of the PDF begins, as a share of the page. -1: it is not there.
static double word_begins(const char *boxes, const char *word)
{
    double width = 0, x = -1;
    const char *page = strstr(boxes, "<page width=\""), *end = strstr(boxes, arena_printf(arena, ">%s</word>", word));
    assert_non_null(page);
    assert_int_equal(sscanf(page, "<page width=\"%lf\"", &width), 1);
    for (const char *at = boxes; end != NULL && (at = strstr(at, "xMin=\"")) != NULL && at < end; at++) {
        assert_int_equal(sscanf(at, "xMin=\"%lf\"", &x), 1);
    }
    return end == NULL ? -1 : x / width;
}

static void paper_form_has_room_to_write(void **state)
{
    (void)state;
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        skip();
    }
    for (int by_hand = 0; by_hand < 2; by_hand++) {
        const char *bytes;
        size_t len;
        struct err_info e = {0};
        struct report *r = report_new(arena, &lang_en, "Form");
        struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 3);
        columns[0].name = "Question";
        columns[1].name = "Written";
        columns[2].name = "Last";
        struct report_table *t = report_table(r, NULL, columns, 3);
        t->by_hand = by_hand == 1;
        for (int i = 0; i < 3; i++) {
            (void)report_row(r, t, REPORT_ROW_BODY);
            (void)report_cell(t, "Short");
            (void)report_cell(t, i == 0 ? "……" : "");
            (void)report_cell(t, "end");
        }
        assert_int_equal(report_pdf(arena, r, &bytes, &len, &e), ERR_NONE);
        const char *boxes = run((const char *[]){"/usr/bin/pdftotext", "-bbox", saved(bytes, len, "f.pdf"), "-", NULL});
        assert_true(word_begins(boxes, "Written") < 0.3);
        assert_true((word_begins(boxes, "Last") > 0.75) == t->by_hand);
    }
}

static void pdf_holds_the_report(void **state)
{
    (void)state;
    const char *bytes;
    size_t len;
    struct err_info e = {0};
    if (report_pdf(arena, sample(arena, &lang_en), &bytes, &len, &e) != ERR_NONE) {
        fail_msg("%s (%s)", e.text, e.detail);
    }
    assert_memory_equal(bytes, "%PDF-", 5);
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        skip();
    }
    const char *path = saved(bytes, len, "r.pdf");
    const char *text = run((const char *[]){"/usr/bin/pdftotext", "-layout", path, "-", NULL});
    has(text, "Half-year report, January to June 2026");
    has(text, "Table 1, continued");
    has(text, "Where each number comes from");
    has(text, "All trainings");
    const char *info = run((const char *[]){"/usr/bin/pdfinfo", path, NULL});
    has(info, "Tagged:          yes");
    has(info, "Title:           Half-year report");
    int pages = 0;
    assert_int_equal(sscanf(strstr(info, "Pages:"), "Pages: %d", &pages), 1);
    assert_true(pages >= 5 && pages <= 9);
    for (int i = 1; i <= pages; i++) {
        has(text, arena_printf(arena, "Page %d of %d", i, pages));
    }
    // Every row once: cut or repeated rows would show.
    for (int i = 1; i <= LONG_ROWS; i++) {
        const char *row = strstr(text, arena_printf(arena, "Course %d ", i));
        assert_non_null(row);
        assert_null(strstr(row + 1, arena_printf(arena, "Course %d ", i)));
    }
    const char *plain = run((const char *[]){"/usr/bin/qpdf", "--qdf", "--object-streams=disable",
                                             path, "-", NULL});
    has(plain, "/Lang (en)");
    has(plain, "/DisplayDocTitle true");
    has(plain, "/Alt (Line chart. From 40 persons");
    has(plain, "/Alt (Stacked bars. More women");
}

static void the_same_report_gives_the_same_bytes(void **state)
{
    (void)state;
    const char *one;
    const char *two;
    size_t len_one;
    size_t len_two;
    struct err_info e = {0};
    struct report *r = sample(arena, &lang_en);
    assert_int_equal(report_pdf(arena, r, &one, &len_one, &e), ERR_NONE);
    assert_int_equal(report_pdf(arena, r, &two, &len_two, &e), ERR_NONE);
    assert_int_equal(len_one, len_two);
    assert_memory_equal(one, two, len_one);
}

// Too much for a PDF is an error with a way out, not the end of the server.
static void a_report_that_is_too_large_is_refused(void **state)
{
    (void)state;
    struct report *r = report_new(arena, &lang_en, "t");
    char *text = arena_alloc(arena, 1024 * 1024 + 1);
    memset(text, 'x', 1024 * 1024);
    for (int i = 0; i < 20; i++) {
        report_paragraph(r, text);
    }
    const char *bytes;
    size_t len;
    struct err_info e = {0};
    assert_int_equal(report_pdf(arena, r, &bytes, &len, &e), ERR_TOO_LARGE);
    assert_non_null(e.hint);
}

// Names and cells of any length and kind: nothing hangs, nothing is lost.
static void odd_tables_are_drawn(void **state)
{
    (void)state;
    struct report *r = report_new(arena, &lang_en, "Odd");
    struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 14);
    for (int i = 0; i < 14; i++) {
        columns[i] = (struct report_column){"Wide column with a name", i % 2, NULL};
    }
    struct report_table *t = report_table(r, NULL, columns, 14);
    char *tall = arena_alloc(arena, 12001);
    for (int i = 0; i < 2000; i++) {
        memcpy(tall + i * 6, "words ", 6);
    }
    report_row(r, t, REPORT_ROW_BODY);
    report_cell(t, tall);
    report_row(r, t, REPORT_ROW_BODY);
    report_cell(t, "Bundesausbildungsförderungsgesetzesänderungsentwurf");
    for (int i = 1; i < 14; i++) {
        report_cell_value(t, "1,234,567,890.25", "1234567890.25");
    }
    report_row(r, t, REPORT_ROW_TOTAL);
    report_cell(t, "after the tall row");
    report_table(r, "Empty", columns, 3);
    const char *bytes;
    size_t len;
    struct err_info e = {0};
    if (report_pdf(arena, r, &bytes, &len, &e) != ERR_NONE) {
        fail_msg("%s (%s)", e.text, e.detail);
    }
    const char *path = saved(bytes, len, "odd.pdf");
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        skip();
    }
    const char *text = run((const char *[]){"/usr/bin/pdftotext", "-raw", path, "-", NULL});
    int n = 0;
    for (const char *p = strstr(text, "words"); p != NULL; p = strstr(p + 1, "words")) {
        n++;
    }
    assert_int_equal(n, 2000);
    has(text, "Empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(paper_form_has_room_to_write),
        ARENA_TEST(pdf_holds_the_report),
        ARENA_TEST(the_same_report_gives_the_same_bytes),
        ARENA_TEST(a_report_that_is_too_large_is_refused),
        ARENA_TEST(odd_tables_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
