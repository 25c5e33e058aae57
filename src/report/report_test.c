// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_test.c: the tree, and what is text: JSON, pages, Markdown. To look at all the files:
// report_test --write FOLDER

#include "report/report_test_help.h"

#include "report/tree_json.h"

static const char *html_of(const struct report *r)
{
    struct buf out;
    buf_init(&out, arena, LIMIT_REPLY_BYTES);
    report_html(&out, r);
    assert_false(buf_is_full(&out));
    return out.data;
}

// The tree that comes back draws the same page and the same Markdown, character for character.
static void a_tree_survives_json(void **state)
{
    (void)state;
    struct report *r = sample(arena, &lang_en);
    struct buf json;
    buf_init(&json, arena, LIMIT_REPLY_BYTES);
    report_to_json(&json, r);
    struct report *back;
    struct err_info e = {0};
    assert_int_equal(report_from_json(arena, json.data, json.len, &back, &e), ERR_NONE);
    assert_string_equal(html_of(back), html_of(r));
    struct buf one;
    struct buf two;
    buf_init(&one, arena, LIMIT_REPLY_BYTES);
    buf_init(&two, arena, LIMIT_REPLY_BYTES);
    report_markdown(&one, r);
    report_markdown(&two, back);
    assert_string_equal(one.data, two.data);
    struct buf again;
    buf_init(&again, arena, LIMIT_REPLY_BYTES);
    report_to_json(&again, back);
    assert_string_equal(again.data, json.data);
}

static void what_is_no_tree_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"title\":\"t\",\"blocks\":[]}",
        "{\"title\":\"t\",\"explanations\":[],\"blocks\":[{\"kind\":99}]}",
        "{\"title\":\"t\",\"explanations\":[],\"blocks\":[{\"kind\":3}]}",
        "{\"title\":\"t\",\"explanations\":[],\"blocks\":[{\"kind\":3,\"table\":{\"columns\":[{}],"
        "\"rows\":[{\"cells\":[{},{}]}]}}]}",
        "{\"title\":\"t\",\"explanations\":[],\"blocks\":[{\"kind\":1,\"runs\":[{\"kind\":2,"
        "\"text\":\"1\",\"explanation\":1}]}]}",
        "{\"title\":\"t\",\"explanations\":[],\"blocks\":[{\"kind\":4,\"figure\":{\"shapes\":[{"
        "\"kind\":4,\"points\":[]}],\"width\":1,\"height\":1}}]}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct report *r;
        struct err_info e = {0};
        assert_int_equal(report_from_json(arena, bad[i], strlen(bad[i]), &r, &e), ERR_INPUT);
    }
    struct report *r;
    struct err_info e = {0};
    const char *good = "{\"title\":\"t\",\"explanations\":[],\"blocks\":[]}";
    assert_int_equal(report_from_json(arena, good, strlen(good), &r, &e), ERR_NONE);
}

static void html_has_what_the_page_needs(void **state)
{
    (void)state;
    const char *html = html_of(sample(arena, &lang_en));
    has(html, "<h1>Half-year report, January to June 2026</h1>");
    has(html, "<h2 id=\"section-2\">What changed for people</h2>");
    has(html, "<details class=\"number\" name=\"number\"><summary>412 officials</summary>");
    has(html, "<dt>Rule</dt><dd>Each person once, in the first year trained.</dd>");
    has(html, "<a href=\"https://example.org/records?a=1&amp;b=2\">Show the records</a>");
    has(html, "Then &lt;ask&gt; *why* &amp; [when].");
    has(html, "<td class=\"num\">1,500.00</td>");
    has(html, "<tfoot>");
    has(html, "<svg ");
    assert_null(strstr(html, "<ask>"));
    assert_null(strstr(html, "style="));
    has(html_of(sample(arena, &lang_pseudo)), "dir=\"rtl\"");
}

static void addresses_that_run_are_no_links(void **state)
{
    (void)state;
    struct report *r = report_new(arena, &lang_en, "t");
    struct report_block *p = report_paragraph(r, NULL);
    report_add_link(r, p, "one", "javascript:alert(1)");
    report_add_link(r, p, "two", "//evil.example/");
    report_add_link(r, p, "three", "/risks");
    const char *html = html_of(r);
    assert_null(strstr(html, "javascript"));
    assert_null(strstr(html, "evil"));
    has(html, "<a href=\"/risks\">three</a>");
}

static void markdown_reads_as_written(void **state)
{
    (void)state;
    struct report *r = sample(arena, &lang_en);
    report_paragraph(r, "# not a heading");
    report_paragraph(r, "1. not a list");
    report_paragraph(r, "- nor this");
    struct buf out;
    buf_init(&out, arena, LIMIT_REPLY_BYTES);
    report_markdown(&out, r);
    has(out.data, "# Half-year report, January to June 2026\n");
    has(out.data, "Then \\<ask\\> \\*why\\* \\& \\[when\\].");
    has(out.data, "**Two of nine open risks are high.**");
    has(out.data, "412 officials \\[1\\]");
    has(out.data, "| --- | --- | --- | ---: | ---: | ---: |");
    has(out.data, "\n\\# not a heading\n");
    has(out.data, "\n1\\. not a list\n");
    has(out.data, "\n\\- nor this\n");
    has(out.data, "## Where each number comes from");
}

static int write_samples(const char *folder)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const struct lang *langs[] = {&lang_en, &lang_pseudo};
    for (int i = 0; i < 2; i++) {
        struct report *r = sample(a, langs[i]);
        const char *name = arena_printf(a, "%s/%s", folder, langs[i]->code);
        struct err_info e = {0};
        const char *bytes;
        size_t len;
        struct buf out;
        buf_init(&out, a, LIMIT_REPLY_BYTES);
        report_html_page(&out, r);
        enum err err = file_write(arena_printf(a, "%s.html", name), out.data, out.len, 0644, &e);
        buf_reset(&out);
        report_markdown(&out, r);
        err = err ? err : file_write(arena_printf(a, "%s.md", name), out.data, out.len, 0644, &e);
        buf_reset(&out);
        report_to_json(&out, r);
        err = err ? err : file_write(arena_printf(a, "%s.json", name), out.data, out.len, 0644, &e);
        err = err ? err : report_pdf(a, r, &bytes, &len, &e);
        err = err ? err : file_write(arena_printf(a, "%s.pdf", name), bytes, len, 0644, &e);
        err = err ? err : report_docx(a, r, &bytes, &len, &e);
        err = err ? err : file_write(arena_printf(a, "%s.docx", name), bytes, len, 0644, &e);
        err = err ? err : report_xlsx(a, r, &bytes, &len, &e);
        err = err ? err : file_write(arena_printf(a, "%s.xlsx", name), bytes, len, 0644, &e);
        if (err != ERR_NONE) {
            fprintf(stderr, "%s (%s)\n", e.text, e.detail);
            return 1;
        }
    }
    arena_free(a);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_tree_survives_json),
        ARENA_TEST(what_is_no_tree_is_refused),
        ARENA_TEST(html_has_what_the_page_needs),
        ARENA_TEST(addresses_that_run_are_no_links),
        ARENA_TEST(markdown_reads_as_written),
    };
    if (argc > 2 && strcmp(argv[1], "--write") == 0) {
        return write_samples(argv[2]);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
