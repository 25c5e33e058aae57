// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_test.c: a workbook is written, unpacked again with unzip and looked into.

#include <stdio.h>

#include <string.h>
#include <unistd.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "format/xlsx/xlsx_write.h"
#include "os/child.h"
#include "os/file.h"
#include "os/temp.h"

// One part of a package as text.
static const char *part_of(const char *bytes, size_t len, const char *part)
{
    struct err_info e = {0};
    const char *folder;
    assert_int_equal(temp_folder(arena, &folder, &e), ERR_NONE);
    const char *path = arena_printf(arena, "%s/test.xlsx", folder);
    assert_int_equal(file_write(path, bytes, len, 0600, &e), ERR_NONE);
    const char *argv[] = {"/usr/bin/unzip", "-p", path, part, NULL};
    struct child_job job = {.argv = argv,
                            .what = "testing",
                            .output_limit_bytes = LIMIT_REPLY_BYTES,
                            .time_limit_ms = 20000};
    struct child_output out;
    assert_int_equal(child_run(arena, &job, &out, &e), ERR_NONE);
    assert_int_equal(out.exit_status, 0);
    return out.bytes;
}

static void has(const char *xml, const char *wanted)
{
    if (strstr(xml, wanted) == NULL) {
        fail_msg("[%s] is not in %s", wanted, xml);
    }
}

static struct xlsx *begin(bool right_to_left)
{
    struct xlsx *x;
    struct err_info e = {0};
    struct xlsx_head head = {.title = "Half-year report", .organisation = "Office",
                             .made_at_ms = INT64_C(1795341600000), .right_to_left = right_to_left};
    assert_int_equal(xlsx_begin(arena, &head, &x, &e), ERR_NONE);
    return x;
}

static const char *end(struct xlsx *x, size_t *len)
{
    const char *bytes;
    struct err_info e = {0};
    assert_int_equal(xlsx_end(arena, x, LIMIT_EXPORT_BYTES, &bytes, len, &e), ERR_NONE);
    return bytes;
}

static void cells_are_what_they_say(void **state)
{
    (void)state;
    const char *names[] = {"Text", "Number", "Share", "Money", "Date", "Link"};
    struct xlsx *x = begin(false);
    xlsx_sheet(x, "Data", names, 6);
    xlsx_text(x, "=HYPERLINK(\"http://x\")");
    xlsx_number(x, "-12.50");
    xlsx_percent(x, "61.7");
    xlsx_money(x, "1443686.29", "USD");
    xlsx_date(x, "2026-11-22");
    xlsx_link(x, "Open", "https://example.org/a?b=1&c=2");
    xlsx_row_end(x);
    xlsx_text(x, "<b>&");
    xlsx_number(x, "1234567890123456");
    xlsx_number(x, "not known");
    xlsx_money(x, "", "USD");
    xlsx_date(x, "2009");
    xlsx_link(x, "Bad", "javascript:alert(1)");
    xlsx_row_end(x);
    size_t len;
    const char *bytes = end(x, &len);
    const char *sheet = part_of(bytes, len, "xl/worksheets/sheet1.xml");
    has(sheet, "<t>=HYPERLINK(\"http://x\")</t>");
    assert_null(strstr(sheet, "<f>"));
    has(sheet, "<v>-12.5</v>");
    has(sheet, "<v>0.617</v>");
    has(sheet, "<v>1443686.29</v>");
    has(sheet, "<v>46348</v>"); // days from 1899-12-30 to 2026-11-22
    has(sheet, "<t>&lt;b&gt;&amp;</t>");
    has(sheet, "<t>1234567890123456</t>");
    has(sheet, "<t>not known</t>");
    has(sheet, "<t>2009</t>");
    has(sheet, "<t>Bad</t>");
    has(sheet, "state=\"frozen\"");
    assert_null(strstr(sheet, "rightToLeft"));
    const char *styles = part_of(bytes, len, "xl/styles.xml");
    has(styles, "formatCode=\"[$USD] #,##0.00\"");
    has(styles, "formatCode=\"0.0%\"");
    has(styles, "formatCode=\"yyyy-mm-dd\"");
    const char *links = part_of(bytes, len, "xl/worksheets/_rels/sheet1.xml.rels");
    has(links, "https://example.org/a?b=1&amp;c=2");
    assert_null(strstr(links, "javascript"));
    const char *core = part_of(bytes, len, "docProps/core.xml");
    has(core, "<dc:title>Half-year report</dc:title>");
    has(core, "<dc:creator></dc:creator>");
    has(core, "2026-11-22T10:00:00Z");
}

static void names_of_sheets_are_mended(void **state)
{
    (void)state;
    const char *names[] = {"A"};
    struct xlsx *x = begin(true);
    xlsx_sheet(x, "A/B: what? [x]", names, 1);
    xlsx_sheet(x, "a-b- what- -x-", names, 1);
    xlsx_sheet(x, "المؤشرات والنتائج والأنشطة والميزانية كلها", names, 1);
    xlsx_sheet(x, "History", names, 1);
    xlsx_sheet(x, "", names, 1);
    size_t len;
    const char *bytes = end(x, &len);
    const char *book = part_of(bytes, len, "xl/workbook.xml");
    has(book, "name=\"A-B- what- -x-\"");
    has(book, "name=\"a-b- what- -x- (2)\"");
    has(book, "name=\"المؤشرات والنتائج والأنشطة والم\"");
    has(book, "name=\"History (2)\"");
    has(book, "name=\"Sheet\"");
    has(part_of(bytes, len, "xl/worksheets/sheet1.xml"), "rightToLeft=\"1\"");
}

static void columns_are_as_wide_as_their_content(void **state)
{
    (void)state;
    const char *names[] = {"A", "B"};
    struct xlsx *x = begin(false);
    xlsx_sheet(x, "W", names, 2);
    xlsx_text(x, "x");
    xlsx_text(x, "twenty characters xx");
    xlsx_row_end(x);
    size_t len;
    const char *bytes = end(x, &len);
    const char *sheet = part_of(bytes, len, "xl/worksheets/sheet1.xml");
    has(sheet, "<col min=\"1\" max=\"1\" width=\"10.7");
    has(sheet, "<col min=\"2\" max=\"2\" width=\"22.7");
}

static void an_abandoned_book_leaves_no_files(void **state)
{
    (void)state;
    const char *names[] = {"A"};
    struct arena *own = arena_new(LIMIT_REQUEST_BYTES);
    struct xlsx *x;
    struct err_info e = {0};
    struct xlsx_head head = {.title = "t"};
    const char *folder;
    assert_int_equal(temp_folder(own, &folder, &e), ERR_NONE);
    folder = arena_copy(arena, folder);
    const char *file = arena_printf(own, "%s/x", folder);
    assert_int_equal(file_write(file, "x", 1, 0600, &e), ERR_NONE);
    assert_int_equal(xlsx_begin(own, &head, &x, &e), ERR_NONE);
    xlsx_sheet(x, "A", names, 1);
    xlsx_text(x, "a");
    arena_free(own);
    assert_int_not_equal(access(folder, F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(cells_are_what_they_say),
        ARENA_TEST(names_of_sheets_are_mended),
        ARENA_TEST(columns_are_as_wide_as_their_content),
        ARENA_TEST(an_abandoned_book_leaves_no_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
