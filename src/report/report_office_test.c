// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_office_test.c: word-processor files and workbooks, taken apart with unzip and xmllint.

#include "report/report_test_help.h"

static void workbook_has_a_sheet_for_each_table(void **state)
{
    (void)state;
    const char *bytes;
    size_t len;
    struct err_info e = {0};
    assert_int_equal(report_xlsx(arena, sample(arena, &lang_en), &bytes, &len, &e), ERR_NONE);
    const char *path = saved(bytes, len, "r.xlsx");
    const char *book =
        run((const char *[]){"/usr/bin/unzip", "-p", path, "xl/workbook.xml", NULL});
    has(book, "name=\"Report\"");
    has(book, "name=\"Table 1\"");
    has(book, "name=\"Where numbers come from\"");
    const char *sheet =
        run((const char *[]){"/usr/bin/unzip", "-p", path, "xl/worksheets/sheet2.xml", NULL});
    has(sheet, "<v>3291</v>");
    has(sheet, "<v>0.482</v>");
    has(sheet, "<v>1500</v>");
}

static void document_is_well_formed(void **state)
{
    (void)state;
    const struct lang *langs[] = {&lang_en, &lang_pseudo};
    static const char *const parts[] = {"word/document.xml", "word/styles.xml",
                                        "word/numbering.xml", "word/footer1.xml",
                                        "word/_rels/document.xml.rels", "docProps/core.xml"};
    for (int i = 0; i < 2; i++) {
        const char *bytes;
        size_t len;
        struct err_info e = {0};
        assert_int_equal(report_docx(arena, sample(arena, langs[i]), &bytes, &len, &e), ERR_NONE);
        const char *path = saved(bytes, len, "r.docx");
        has(run((const char *[]){"/usr/bin/unzip", "-t", path, NULL}), "No errors detected");
        for (size_t k = 0; k < COUNT_OF(parts); k++) {
            const char *xml = run((const char *[]){"/usr/bin/unzip", "-p", path, parts[k], NULL});
            const char *argv[] = {"/usr/bin/xmllint", "--noout", "-", NULL};
            struct child_job job = {.argv = argv,
                                    .what = "testing",
                                    .input = xml,
                                    .input_len = strlen(xml),
                                    .output_limit_bytes = 10000,
                                    .time_limit_ms = 20000};
            struct child_output out;
            if (access(argv[0], X_OK) == 0) {
                assert_int_equal(child_run(arena, &job, &out, &e), ERR_NONE);
                assert_int_equal(out.exit_status, 0);
            }
        }
        const char *text =
            run((const char *[]){"/usr/bin/unzip", "-p", path, "word/document.xml", NULL});
        has(text, "<w:pStyle w:val=\"Heading1\"/>");
        has(text, "<w:tblHeader/>");
        has(text, "Then &lt;ask&gt; *why* &amp; [when].");
        assert_int_equal(strstr(text, "<w:bidi/>") != NULL, langs[i]->right_to_left);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(document_is_well_formed),
        ARENA_TEST(workbook_has_a_sheet_for_each_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
