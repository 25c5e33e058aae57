// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_test.c: what spreadsheets write is read, what we write comes back, and no cell runs.

#include <stdio.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"

// The whole file as text: number:cell|cell and a line feed for each row; then the error's first
// argument, if there was one.
static const char *read_all(const char *bytes, size_t len)
{
    struct buf out;
    buf_init(&out, arena, 1000000);
    struct csv_in c;
    struct err_info e = {0};
    enum err err = csv_open(&c, bytes, len, &e);
    bool more = err == ERR_NONE;
    while (more) {
        struct csv_row row;
        err = csv_next(arena, &c, &row, &more, &e);
        if (err != ERR_NONE) {
            break;
        }
        if (more) {
            buf_printf(&out, "%d:", row.number);
            for (int i = 0; i < row.n; i++) {
                buf_printf(&out, "%s%s", i == 0 ? "" : "|", row.cells[i]);
            }
            buf_char(&out, '\n');
        }
    }
    if (err != ERR_NONE) {
        buf_printf(&out, "refused %s", e.args[0]);
    }
    return out.data;
}

static void files_of_spreadsheets_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const char *in;
        const char *out;
    } cases[] = {
        {"nothing", "", ""},
        {"only line breaks", "\r\n\n", ""},
        {"comma and LF", "a,b\n1,2\n", "1:a|b\n2:1|2\n"},
        {"CR LF and no end", "a,b\r\n1,2", "1:a|b\n2:1|2\n"},
        {"CR alone", "a,b\r1,2\r", "1:a|b\n2:1|2\n"},
        {"byte order mark", "\xef\xbb\xbf\"a\",b\n1,2\n", "1:a|b\n2:1|2\n"},
        {"semicolons", "a;b,c;d\n1;2,5;3\n", "1:a|b,c|d\n2:1|2,5|3\n"},
        {"tabs", "a\tb\n1\t\n", "1:a|b\n2:1|\n"},
        {"separators in quotes do not vote", "\"a;;;;b\",c\n1,2\n", "1:a;;;;b|c\n2:1|2\n"},
        {"sep line", "sep=;\r\na,b;c\r\n1;2\r\n", "2:a,b|c\n3:1|2\n"},
        {"quotes doubled", "a,b\n\"x \"\"y\"\"\",\"\"\n", "1:a|b\n2:x \"y\"|\n"},
        {"line break in quotes", "a,b\n\"x\r\ny\",2\n3,4\n", "1:a|b\n2:x\r\ny|2\n3:3|4\n"},
        {"quote inside a bare cell", "a,b\n5\" pipe,2\n", "1:a|b\n2:5\" pipe|2\n"},
        {"empty lines are counted", "a,b\n\n\n1,2\n", "1:a|b\n4:1|2\n"},
        {"empty cells at the end", "a,b,,\n1,2,,,,\n", "1:a|b\n2:1|2\n"},
        {"one column", "a\n\"\"\nx\n", "1:a\n2:\n3:x\n"},
        {"too few cells", "a,b,c\n1,2\n", "1:a|b|c\nrefused 2"},
        {"too many cells", "a,b\n1,2\n1,2,3\n", "1:a|b\n2:1|2\nrefused 3"},
        {"text after a quote", "a,b\n\"x\"y,2\n", "1:a|b\nrefused 2"},
        {"quote never closed", "a,b\n1,2\n\"x,2\n3,4\n", "1:a|b\n2:1|2\nrefused 3"},
        {"bad byte", "a,b\n1,\xe9\n", "refused 2"},
        {"apostrophe of ours", "a,b\n'=1,''-x\n", "1:a|b\n2:=1|'-x\n"},
        {"apostrophe of theirs", "a,b\n'tis,O'Neill\n", "1:a|b\n2:'tis|O'Neill\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *got = read_all(cases[i].in, strlen(cases[i].in));
        if (strcmp(got, cases[i].out) != 0) {
            fail_msg("%s: got [%s], not [%s]", cases[i].what, got, cases[i].out);
        }
    }
}

static void other_encodings_are_named(void **state)
{
    (void)state;
    struct csv_in c;
    struct err_info e = {0};
    assert_int_equal(csv_open(&c, "\xff\xfe"
                                  "a\0",
                              4, &e),
                     ERR_INPUT);
    assert_non_null(strstr(e.text, "UTF-16"));
    assert_int_equal(csv_open(&c, "a\0b", 3, &e), ERR_INPUT);
}

static void ceilings_hold(void **state)
{
    (void)state;
    size_t len = LIMIT_CSV_CELL_BYTES + 1;
    char *big = arena_alloc(arena, len + 3);
    memset(big, 'x', len);
    assert_string_equal(read_all(big, len), "refused 1");
    assert_int_equal(strlen(read_all(big, len - 1)), len - 1 + 3);
    big[0] = '"';
    big[len] = 'x';
    big[len + 1] = '"';
    assert_string_equal(read_all(big, len + 2), "refused 1");
    memset(big, ',', LIMIT_CSV_COLUMNS);
    assert_string_equal(read_all(big, LIMIT_CSV_COLUMNS), "refused 1");
}

static void hostile_cells_are_disarmed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *written;
    } cases[] = {
        {"=1+1", "'=1+1"},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {"-2+3+cmd|x", "'-2+3+cmd|x"},
        {"@SUM(1)", "'@SUM(1)"},
        {"\t=1", "\"'\t=1\""},
        {"\rx", "\"'\rx\""},
        {"  =1", "\"'  =1\""},
        {"\xef\xbc\x9d" "1", "'\xef\xbc\x9d" "1"},
        {"'=1", "''=1"},
        {"-12.5", "-12.5"},
        {"-12.5.1", "'-12.5.1"},
        {"-", "'-"},
        {"+31 70", "'+31 70"},
        {"1443686", "1443686"},
        {"a=1", "a=1"},
        {"'tis", "'tis"},
        {"a,b", "\"a,b\""},
        {"a;b", "\"a;b\""},
        {"say \"no\"", "\"say \"\"no\"\"\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out;
        buf_init(&out, arena, 1000);
        struct csv_out c;
        csv_begin(&c, &out, false);
        csv_cell(&c, cases[i].text);
        csv_row_end(&c);
        assert_string_equal(out.data, arena_printf(arena, "%s\r\n", cases[i].written));
    }
}

static uint32_t seed = 7;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static void what_was_written_comes_back(void **state)
{
    (void)state;
    static const char *const parts[] = {"=", "'", "-", "1", ".", "\"", ",", ";", "\t", "\r", "\n",
                                        "\r\n", " ", "x", "é", "@", "+"};
    for (int round = 0; round < 3000; round++) {
        struct buf out;
        buf_init(&out, arena, 100000);
        struct csv_out c;
        csv_begin(&c, &out, round % 2);
        int n_columns = 1 + (int)next_random(4);
        for (int i = 0; i < n_columns; i++) {
            csv_cell(&c, "h");
        }
        csv_row_end(&c);
        char cells[4][80] = {{0}};
        for (int i = 0; i < n_columns; i++) {
            for (uint32_t k = next_random(8); k > 0; k--) {
                strcat(cells[i], parts[next_random(sizeof parts / sizeof parts[0])]);
            }
            csv_cell(&c, cells[i]);
        }
        csv_row_end(&c);
        struct csv_in in;
        struct err_info e = {0};
        struct csv_row row;
        bool more;
        assert_int_equal(csv_open(&in, out.data, out.len, &e), ERR_NONE);
        assert_int_equal(csv_next(arena, &in, &row, &more, &e), ERR_NONE);
        assert_int_equal(csv_next(arena, &in, &row, &more, &e), ERR_NONE);
        assert_int_equal(row.n, n_columns);
        for (int i = 0; i < n_columns; i++) {
            assert_string_equal(row.cells[i], cells[i]);
        }
        assert_int_equal(csv_next(arena, &in, &row, &more, &e), ERR_NONE);
        assert_false(more);
        arena_reset(arena);
    }
}

static void rows_may_be_ragged_when_asked(void **state)
{
    (void)state;
    struct csv_in c;
    struct csv_row row;
    struct err_info e = {0};
    bool more;
    const char *text = "a,b\nc\nd,e,f,\n";
    const int cells[] = {2, 1, 4};
    assert_int_equal(csv_open(&c, text, strlen(text), &e), ERR_NONE);
    c.ragged = true;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(csv_next(arena, &c, &row, &more, &e), ERR_NONE);
        assert_true(more);
        assert_int_equal(row.n, cells[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(rows_may_be_ragged_when_asked),
        ARENA_TEST(files_of_spreadsheets_are_read),
        ARENA_TEST(other_encodings_are_named),
        ARENA_TEST(ceilings_hold),
        ARENA_TEST(hostile_cells_are_disarmed),
        ARENA_TEST(what_was_written_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
