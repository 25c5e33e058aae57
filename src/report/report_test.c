// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_test.c: one report with everything in it, through every back end. To look at the files:
// report_test --write FOLDER

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "format/svg/chart.h"
#include "os/child.h"
#include "os/file.h"
#include "os/temp.h"
#include "report/draw.h"
#include "report/tree_json.h"

#define LONG_ROWS 120

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_REQUEST_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct chart_value known(int64_t n)
{
    return (struct chart_value){.known = true, .scaled = n * DECIMAL_ONE};
}

static struct chart_shapes *line_chart(struct arena *a, bool right_to_left)
{
    static const char *const periods[] = {"2020", "2021", "2022", "2023", "2024", "2025", "2026"};
    static const int64_t values[] = {40, 62, 71, 150, 240, 331, 412};
    struct chart_value *v = ARENA_ARRAY(a, struct chart_value, 7);
    for (int i = 0; i < 7; i++) {
        v[i] = known(values[i]);
    }
    v[2].known = false;
    struct chart_series *s = ARENA_ARRAY(a, struct chart_series, 1);
    *s = (struct chart_series){"Officials trained", v};
    struct chart_target *t = ARENA_ARRAY(a, struct chart_target, 2);
    t[0] = (struct chart_target){3, known(200)};
    t[1] = (struct chart_target){6, known(500)};
    struct chart_line c = {
        .head = {.title = "Officials trained since 2020",
                 .description = "Line chart. From 40 persons in 2020 to 412 in 2026; the target is "
                                "500.",
                 .unit = "persons", .right_to_left = right_to_left},
        .periods = periods, .n_periods = 7, .series = s, .n_series = 1, .baseline = known(40),
        .baseline_name = "Baseline", .targets = t, .n_targets = 2, .target_name = "Target"};
    struct chart_shapes *out = ARENA_MAKE(a, struct chart_shapes);
    chart_draw_line(a, &c, out);
    return out;
}

static struct chart_shapes *stack_chart(struct arena *a, bool right_to_left)
{
    struct chart_part *parts = ARENA_ARRAY(a, struct chart_part, 3);
    parts[0] = (struct chart_part){"Women", false};
    parts[1] = (struct chart_part){"Men", false};
    parts[2] = (struct chart_part){"Not known", true};
    static const char *const names[] = {"Police", "Prosecutors and investigating judges",
                                        "Social workers and labour inspectors of the provinces"};
    static const int64_t counts[3][3] = {{40, 110, 5}, {66, 58, 0}, {63, 50, 20}};
    static const char *const totals[] = {"155 persons", "124 persons", "133 persons"};
    struct chart_stack_row *rows = ARENA_ARRAY(a, struct chart_stack_row, 3);
    for (int i = 0; i < 3; i++) {
        struct chart_value *v = ARENA_ARRAY(a, struct chart_value, 3);
        for (int k = 0; k < 3; k++) {
            v[k] = known(counts[i][k]);
        }
        rows[i] = (struct chart_stack_row){names[i], v, totals[i]};
    }
    struct chart_stack c = {.head = {.title = "Persons trained by profession and sex",
                                     .description = "Stacked bars. More women than men among "
                                                    "prosecutors and social workers.",
                                     .right_to_left = right_to_left},
                            .parts = parts, .n_parts = 3, .rows = rows, .n = 3};
    struct chart_shapes *out = ARENA_MAKE(a, struct chart_shapes);
    chart_draw_stack(a, &c, out);
    return out;
}

static void long_table(struct report *r, int explained)
{
    struct arena *a = r->arena;
    struct report_column *columns = ARENA_ARRAY(a, struct report_column, 6);
    columns[0] = (struct report_column){"Activity", REPORT_COLUMN_TEXT, NULL};
    columns[1] = (struct report_column){"Where", REPORT_COLUMN_TEXT, NULL};
    columns[2] = (struct report_column){"Held on", REPORT_COLUMN_DATE, NULL};
    columns[3] = (struct report_column){"Persons trained", REPORT_COLUMN_NUMBER, NULL};
    columns[4] = (struct report_column){"Women", REPORT_COLUMN_PERCENT, NULL};
    columns[5] = (struct report_column){"Spent", REPORT_COLUMN_MONEY, "USD"};
    struct report_table *t = report_table(r, "Trainings in the period, by output", columns, 6);
    int64_t sum = 0;
    for (int i = 0; i < LONG_ROWS; i++) {
        if (i % 30 == 0) {
            report_row(r, t, REPORT_ROW_GROUP);
            report_cell(t, arena_printf(a, "Output %d: officials know how to protect", i / 30 + 1));
        }
        report_row(r, t, REPORT_ROW_BODY)->indent = 1;
        report_cell(t, arena_printf(a, i % 7 == 0
                                           ? "Course %d on the interviewing of persons who were "
                                             "trafficked, with a test at its end"
                                           : "Course %d for labour inspectors",
                                    i + 1));
        report_cell(t, i % 3 == 0 ? "Tamaria, capital" : "Province of the lakes");
        report_cell_value(t, arena_printf(a, "%d Mar 2026", 1 + i % 28),
                          arena_printf(a, "2026-03-%02d", 1 + i % 28));
        const char *n = arena_printf(a, "%d", 12 + i * 7 % 31);
        struct report_cell *cell = report_cell_value(t, n, n);
        cell->explanation = i % 10 == 0 ? explained : 0;
        report_cell_value(t, arena_printf(a, "%d.5 %%", 30 + i % 40),
                          arena_printf(a, "%d.5", 30 + i % 40));
        int64_t spent = 150000 + i * 7919 % 900000;
        sum += spent;
        report_cell_value(t, decimal_for_people(a, money_text(a, spent, 2)),
                          money_text(a, spent, 2));
    }
    report_row(r, t, REPORT_ROW_TOTAL);
    report_cell(t, "All trainings");
    report_cell(t, "");
    report_cell(t, "");
    report_cell_value(t, "3,291", "3291")->explanation = explained;
    report_cell_value(t, "48.2 %", "48.2");
    report_cell_value(t, decimal_for_people(a, money_text(a, sum, 2)), money_text(a, sum, 2));
    t->rule = "Persons are added up over trainings, so a person who was at two is counted twice. "
              "The share of women is made from counts, not from shares.";
    t->note = "Counts of people are rounded to 5 outside the programme.";
}

static struct report *sample(struct arena *a, const struct lang *lang)
{
    struct report *r = report_new(a, lang, "Half-year report, January to June 2026");
    r->subtitle = "Global programme against trafficking in persons (GLOT59)";
    r->organisation = "Office of the programme, Tamaria";
    r->classification = "Internal: not for publication";
    r->made_at = "22 Nov 2026";
    r->made_at_iso = "2026-11-22T10:00:00Z";
    int trained = report_explain(
        r, &(struct report_explanation){.of = "412 persons",
                                        .means = "Officials who ended a course and passed its test.",
                                        .period = "1 Jan 2020 to 30 Jun 2026",
                                        .rule = "Each person once, in the first year trained.",
                                        .cut_off = "30 Jun 2026", .state = "Approved",
                                        .source = "Participant lists of 31 trainings",
                                        .records = "https://example.org/records?a=1&b=2"});
    int women = report_explain(
        r, &(struct report_explanation){.of = "169 of 412 persons: 41.0 %",
                                        .rule = "Women divided by all persons whose sex is known "
                                                "or withheld. Never an average of percentages."});
    struct report_block *figures = report_numbers(r);
    report_number(r, figures, "Persons trained since 2020", "412", trained);
    report_number(r, figures, "Women among them", "41.0 %", women);
    report_number(r, figures, "States with a definition that follows the Protocol", "24", 0);
    report_number(r, figures, "Spent of what was approved", "61.7 %", 0);
    report_heading(r, 1, "What changed for people");
    struct report_block *p = report_paragraph(r, "In six months ");
    report_add_number(r, p, "412 officials", trained);
    report_add_text(r, p, " ended a course, ");
    report_add_number(r, p, "41.0 %", women);
    report_add_text(r, p, " of them women. ");
    report_add_strong(r, p, "Two of nine open risks are high.");
    report_add_text(r, p, " Both concern criminal trials, in which a person who was trafficked may "
                          "meet the accused. The adviser decides in December; see ");
    report_add_link(r, p, "the register", "https://example.org/risks?x='1'");
    report_add_text(r, p, ".");
    for (int i = 0; i < 3; i++) {
        report_paragraph(r, "Women\xe2\x80\x99s groups read the draft law before parliament did, "
                            "and seven of their eleven proposals are in the text that was "
                            "adopted. The duty-bearers who took part say that the questions of "
                            "the checklist, and not its answers, were what changed their mind.");
    }
    struct report_block *list = report_list(r, false);
    report_item(r, list, "Interviews are held in rooms with two doors.");
    report_item(r, list, "An interpreter of the language that the person chose is paid for, also "
                         "when the person comes back for a second interview, and also by "
                         "telephone where no interpreter lives near.");
    list = report_list(r, true);
    report_item(r, list, "First ask who is there.");
    report_item(r, list, "Then <ask> *why* & [when].");
    report_note(r, "Numbers of people below 10 are not shown, so that nobody can be recognised.");
    report_heading(r, 2, "Trend");
    report_figure(r, "Training grows faster than planned since 2023",
                  "Officials trained, total since 2020, persons", line_chart(a, lang->right_to_left),
                  "Source: approved values. 2022 was not reported.");
    report_figure(r, "More women than men among prosecutors", "Persons trained, by sex",
                  stack_chart(a, lang->right_to_left),
                  NULL);
    report_heading(r, 1, "Trainings");
    report_paragraph(r, "All trainings that were held and verified.");
    long_table(r, trained);
    report_source(r, "Source: Mainstay, approved values.");
    report_heading(r, 1, "In other languages");
    report_paragraph(r, "يحق لكل شخص تعرض للاتجار أن يُستمع إليه بلغته. شارك 412 موظفاً "
                        "في 31 دورة تدريبية (GLOT59) بين 1 يناير و30 يونيو 2026، وكان 41.0 % منهم "
                        "من النساء.");
    report_paragraph(r, "每一位被贩运者都有权以其选择的语言陈述。2026年共有412名官员参加了培训。");
    report_paragraph(r, "Каждый человек, ставший жертвой торговли людьми, имеет право быть "
                        "выслушанным на своём языке.");
    return r;
}

static const char *html_of(const struct report *r)
{
    struct buf out;
    buf_init(&out, arena, LIMIT_REPLY_BYTES);
    report_html(&out, r);
    assert_false(buf_is_full(&out));
    return out.data;
}

static void has(const char *where, const char *wanted)
{
    if (strstr(where, wanted) == NULL) {
        fail_msg("[%s] is not in the output", wanted);
    }
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
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
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

static const char *run(const char *const *argv)
{
    struct child_job job = {.argv = argv,
                            .what = "testing",
                            .output_limit_bytes = LIMIT_REPLY_BYTES,
                            .time_limit_ms = 30000};
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(child_run(arena, &job, &out, &e), ERR_NONE);
    assert_int_equal(out.exit_status, 0);
    return out.bytes;
}

static const char *saved(const char *bytes, size_t len, const char *name)
{
    struct err_info e = {0};
    const char *folder;
    assert_int_equal(temp_folder(arena, &folder, &e), ERR_NONE);
    const char *path = arena_printf(arena, "%s/%s", folder, name);
    assert_int_equal(file_write(path, bytes, len, 0600, &e), ERR_NONE);
    return path;
}

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
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
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
        cmocka_unit_test_setup_teardown(a_tree_survives_json, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_tree_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_has_what_the_page_needs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(addresses_that_run_are_no_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markdown_reads_as_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paper_form_has_room_to_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_holds_the_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_report_gives_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_report_that_is_too_large_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odd_tables_are_drawn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(document_is_well_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(workbook_has_a_sheet_for_each_table, set_up, tear_down),
    };
    if (argc > 2 && strcmp(argv[1], "--write") == 0) {
        return write_samples(argv[2]);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
