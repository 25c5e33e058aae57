// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns_test.c: what was written comes back; a file that was cut off, changed or is of another shape is refused; the
// same content gives the same bytes; sums against a slow second way.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "columns/columns.h"
#include "os/file.h"
#include "os/temp.h"

static const struct columns_section sections[] = {
    {.name = "one", .columns = {{"day", 4}, {"number", 8}}, .n = 2},
    {.name = "other", .columns = {{"byte", 1}}, .n = 1},
};
static const struct columns_shape shape = {
    .name = "test", .version = 1, .sections = sections, .n_sections = 2, .n_dictionaries = 2};

static struct arena *a;
static const char *path;
static struct err_info e;

static int begin(void **state)
{
    const char *folder;
    (void)state;
    a = arena_new(LIMIT_REQUEST_BYTES);
    if (temp_folder(a, &folder, &e) != ERR_NONE) {
        return -1;
    }
    path = arena_printf(a, "%s/values", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

// 40 blocks; block i has i rows of the first and 3 * i of the other section.
static void write_file(const struct columns_shape *s, const char *position)
{
    struct columns_writer *w;
    assert_int_equal(columns_write_begin(a, path, s, &w, &e), ERR_NONE);
    for (size_t i = 0; i < 40; i++) {
        uint32_t *day = ARENA_ARRAY(a, uint32_t, i + 1);
        int64_t *number = ARENA_ARRAY(a, int64_t, i + 1);
        unsigned char *byte = ARENA_ARRAY(a, unsigned char, 3 * i + 1);
        for (size_t k = 0; k < i; k++) {
            day[k] = columns_word(w, 0, arena_printf(a, "day %zu", k % 7));
            (void)columns_word(w, 1, arena_printf(a, "word %zu", k % 11));
            number[k] = (int64_t)(i * 1000 + k) * (k % 2 == 0 ? 1 : -1);
        }
        for (size_t k = 0; k < 3 * i; k++) {
            byte[k] = (unsigned char)(i + k);
        }
        const struct columns_block b = {.key = arena_printf(a, "key%02zu", i), .n = {i, 3 * i},
                                        .data = {{day, number}, {byte}}};
        assert_int_equal(columns_write_block(w, &b, &e), ERR_NONE);
    }
    assert_int_equal(columns_write_end(w, position, &e), ERR_NONE);
}

static void what_was_written_comes_back(void **state)
{
    (void)state;
    struct columns *c;
    size_t n;
    write_file(&shape, "here");
    assert_int_equal(columns_open(path, &shape, &c, &e), ERR_NONE);
    assert_string_equal(columns_position(c), "here");
    assert_int_equal(columns_n(c), 40);
    assert_string_equal(columns_words(c, 0, &n)[6], "day 6");
    assert_int_equal(n, 7);
    assert_string_equal(columns_words(c, 1, &n)[10], "word 10");
    assert_int_equal(n, 11);
    assert_int_equal(columns_find(c, "key40"), 40);
    assert_int_equal(columns_find(c, ""), 40);
    for (size_t i = 0; i < 40; i++) {
        struct columns_block b;
        assert_int_equal(columns_find(c, arena_printf(a, "key%02zu", i)), i);
        assert_true(columns_block_at(c, i, &b));
        assert_int_equal(b.n[0], i);
        assert_int_equal(b.n[1], 3 * i);
        for (size_t k = 0; k < i; k++) {
            assert_int_equal(((const uint32_t *)b.data[0][0])[k], k % 7);
            assert_int_equal(((const int64_t *)b.data[0][1])[k], (int64_t)(i * 1000 + k) * (k % 2 == 0 ? 1 : -1));
        }
        for (size_t k = 0; k < 3 * i; k++) {
            assert_int_equal(((const unsigned char *)b.data[1][0])[k], (unsigned char)(i + k));
        }
    }
    columns_close(c);
}

static void the_same_content_gives_the_same_bytes(void **state)
{
    (void)state;
    const char *first, *second;
    size_t n, m;
    write_file(&shape, "here");
    assert_int_equal(file_read(a, path, LIMIT_REQUEST_BYTES, &first, &n, &e), ERR_NONE);
    write_file(&shape, "here");
    assert_int_equal(file_read(a, path, LIMIT_REQUEST_BYTES, &second, &m, &e), ERR_NONE);
    assert_int_equal(n, m);
    assert_memory_equal(first, second, n);
}

// True when everything in the file can be read.
static bool is_sound(void)
{
    struct columns *c;
    if (columns_open(path, &shape, &c, &e) != ERR_NONE) {
        return false;
    }
    bool sound = true;
    for (size_t i = 0; i < columns_n(c); i++) {
        struct columns_block b;
        sound = columns_block_at(c, i, &b) && sound;
    }
    columns_close(c);
    return sound;
}

static void damage_is_seen_wherever_it_is(void **state)
{
    (void)state;
    const char *bytes;
    size_t len;
    write_file(&shape, "here");
    assert_true(is_sound());
    assert_int_equal(file_read(a, path, LIMIT_REQUEST_BYTES, &bytes, &len, &e), ERR_NONE);
    for (size_t at = 0; at < len; at += at < 200 ? 1 : 97) {
        char *copy = arena_copy_n(a, bytes, len);
        copy[at] ^= 0x10;
        assert_int_equal(file_write(path, copy, len, 0600, &e), ERR_NONE);
        if (is_sound()) {
            fail_msg("byte %zu of %zu was changed, and nobody saw it", at, len);
        }
    }
    for (size_t n = 0; n < len; n += n < 200 ? 13 : 501) {
        assert_int_equal(file_write(path, bytes, n, 0600, &e), ERR_NONE);
        assert_false(is_sound());
    }
}

static void another_shape_is_refused(void **state)
{
    (void)state;
    struct columns *c;
    struct columns_shape newer = shape;
    newer.version = 2;
    assert_int_equal(columns_open(path, &shape, &c, &e), ERR_NOT_FOUND);
    write_file(&shape, "here");
    assert_int_equal(columns_open(path, &newer, &c, &e), ERR_DAMAGED);
}

static void an_open_file_stays_when_a_newer_one_comes(void **state)
{
    (void)state;
    struct columns *c;
    struct columns_block b;
    write_file(&shape, "before");
    assert_int_equal(columns_open(path, &shape, &c, &e), ERR_NONE);
    write_file(&shape, "after");
    assert_string_equal(columns_position(c), "before");
    assert_true(columns_block_at(c, 39, &b));
    columns_close(c);
}

static void a_file_that_was_given_up_leaves_nothing(void **state)
{
    (void)state;
    struct columns_writer *w;
    assert_int_equal(columns_write_begin(a, path, &shape, &w, &e), ERR_NONE);
    columns_write_drop(w);
    assert_false(file_exists(path));
    assert_false(file_exists(arena_printf(a, "%s.new", path)));
}

static void sums_are_right_and_do_not_run_over(void **state)
{
    (void)state;
    enum { N = 1000, GROUPS = 5 };
    uint32_t word[N], place[17];
    int64_t value[N], sums[GROUPS] = {0}, counts[GROUPS] = {0}, all = 0, slow_all = 0;
    int64_t slow[GROUPS] = {0}, slow_counts[GROUPS] = {0};
    for (uint32_t i = 0; i < 17; i++) {
        place[i] = i * 7 % GROUPS;
    }
    for (size_t i = 0; i < N; i++) {
        word[i] = (uint32_t)(i * i % 17);
        value[i] = (int64_t)(i * 2654435761u % 1000) - 300;
    }
    for (size_t i = 3; i < 990; i++) {
        slow[place[word[i]]] += value[i];
        slow_counts[place[word[i]]]++;
        slow_all += value[i];
    }
    assert_true(columns_add_by(word, value, 3, 990, place, sums, counts));
    assert_true(columns_add(value, 3, 990, &all));
    assert_memory_equal(sums, slow, sizeof sums);
    assert_memory_equal(counts, slow_counts, sizeof counts);
    assert_int_equal(all, slow_all);
    value[5] = INT64_MAX;
    value[6] = INT64_MAX;
    assert_false(columns_add(value, 0, N, &all));
    word[6] = word[5];
    assert_false(columns_add_by(word, value, 0, N, place, sums, counts));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_written_comes_back),
        TEST(the_same_content_gives_the_same_bytes),
        TEST(damage_is_seen_wherever_it_is),
        TEST(another_shape_is_refused),
        TEST(an_open_file_stays_when_a_newer_one_comes),
        TEST(a_file_that_was_given_up_leaves_nothing),
        TEST(sums_are_right_and_do_not_run_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
