// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_test.c: what spreadsheets write is read, what we write comes back, and no cell runs.

#include <stdio.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "base/limits.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"

// Marsaglia's xorshift: the same files each time.
static uint32_t next(uint32_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 17;
    *x ^= *x << 5;
    return *x;
}

// What more of a file in pieces gives.
struct rest {
    const char *bytes;
    size_t len;
};

static enum err more_of(void *state, char *bytes, size_t room, size_t *n, struct err_info *e)
{
    (void)e;
    struct rest *r = state;
    *n = room < r->len ? room : r->len;
    memcpy(bytes, r->bytes, *n);
    r->bytes += *n;
    r->len -= *n;
    return ERR_NONE;
}

// The whole file as text: number:cell|cell and a line feed for each row; then the error's first
// argument, if there was one. first: so many bytes are there, the others come piece by piece; SIZE_MAX: all are there.
static const char *read_in_pieces(const char *bytes, size_t len, size_t first)
{
    struct buf out;
    buf_init(&out, arena, 1000000);
    struct csv_in c;
    struct err_info e = {0};
    struct rest rest = {bytes + (first < len ? first : len), first < len ? len - first : 0};
    struct csv_from from = {.bytes = bytes, .len = len - rest.len, .more = first == SIZE_MAX ? NULL : more_of, .state = &rest};
    enum err err = csv_open_from(arena, &c, &from, &e);
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

static const char *read_all(const char *bytes, size_t len)
{
    return read_in_pieces(bytes, len, SIZE_MAX);
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

// A file that is not text at all is refused before its first row, or where the piece comes that is none.
static void files_in_pieces_say_the_same(void **state)
{
    (void)state;
    static const char *const often[] = {"a", "b;", ",", "\"", "\"\"", "\n", "\r\n", "\r", "\xc3\xa9", "\"x\n\""};
    static const char *const rare[] = {"\xc3", "\xef\xbb\xbf", "sep=;\n", "\xff\xfe", "1"};
    uint32_t x = 7;
    int refused = 0, read = 0;
    for (int i = 0; i < 20000; i++) {
        struct buf file;
        buf_init(&file, arena, 1000);
        for (uint32_t n = next(&x) % 40; n > 0; n--) {
            bool is_rare = next(&x) % 50 == 0;
            const char *piece = is_rare ? rare[next(&x) % COUNT_OF(rare)] : often[next(&x) % COUNT_OF(often)];
            buf_add(&file, piece, strlen(piece));
        }
        const char *whole = read_all(file.data, file.len);
        const char *parts = read_in_pieces(file.data, file.len, next(&x) % 12);
        if (strncmp(whole, "refused", 7) == 0) {
            assert_non_null(strstr(parts, "refused"));
        } else {
            assert_string_equal(parts, whole);
        }
        refused += strstr(whole, "refused") != NULL;
        read += strstr(whole, "2:") != NULL;
        arena_reset(arena);
    }
    assert_true(refused > 2000 && read > 2000);
}

// A file of so many bytes, three to a row.
static const char *file_of(struct arena *a, size_t bytes)
{
    char *file = arena_alloc(a, bytes + 1);
    for (size_t i = 0; i < bytes; i++) {
        file[i] = "1,\n"[i % 3];
    }
    return file;
}

static void memory_does_not_grow_with_a_file_in_pieces(void **state)
{
    (void)state;
    static const char line[] = "one,\"two\nlines\",three\n";
    size_t times = 50000, len = times * (sizeof line - 1);
    struct arena *file = arena_new(LIMIT_REQUEST_BYTES), *row_arena = arena_new(1 << 20), *window = arena_new(1 << 20);
    char *bytes = arena_alloc(file, len);
    for (size_t i = 0; i < times; i++) {
        memcpy(bytes + i * (sizeof line - 1), line, sizeof line - 1);
    }
    struct rest rest = {bytes + 1000, len - 1000};
    struct csv_from from = {.bytes = bytes, .len = 1000, .more = more_of, .state = &rest};
    struct csv_in c;
    struct csv_row row;
    struct err_info e;
    bool more = true;
    size_t n = 0;
    assert_int_equal(csv_open_from(window, &c, &from, &e), ERR_NONE);
    while (csv_next(row_arena, &c, &row, &more, &e) == ERR_NONE && more) {
        assert_string_equal(row.cells[1], "two\nlines");
        assert_int_equal(row.line, 2 * n + 1);
        n++;
        arena_reset(row_arena);
    }
    assert_int_equal(n, times);
    assert_true(arena_used_bytes(window) < 8000);
    arena_free(file);
    arena_free(row_arena);
    arena_free(window);
}

static void rows_are_refused_before_their_memory_is_full(void **state)
{
    (void)state;
    struct arena *small = arena_new(1 << 20);
    struct csv_in c;
    struct csv_row row;
    struct err_info e;
    bool more = true;
    enum err err = csv_open(&c, file_of(arena, 60000), 60000, &e);
    while (err == ERR_NONE && more) {
        err = csv_next(small, &c, &row, &more, &e);
    }
    assert_int_equal(err, ERR_TOO_MANY);
    assert_in_range(c.row, 3000, 20000);
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(rows_may_be_ragged_when_asked),
        ARENA_TEST(files_of_spreadsheets_are_read),
        ARENA_TEST(files_in_pieces_say_the_same),
        ARENA_TEST(memory_does_not_grow_with_a_file_in_pieces),
        ARENA_TEST(rows_are_refused_before_their_memory_is_full),
        ARENA_TEST(other_encodings_are_named),
        ARENA_TEST(ceilings_hold),
        ARENA_TEST(hostile_cells_are_disarmed),
        ARENA_TEST(what_was_written_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
