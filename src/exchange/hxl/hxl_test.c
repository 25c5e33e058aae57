// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl_test.c: tags, the row they stand in, tables in each format; the examples of the standard where they
// are at hand.

#include <stdio.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "base/map.h"
#include "exchange/hxl/hxl.h"
#include "os/file.h"
#include "os/folder.h"

static void tags_are_read(void **state)
{
    (void)state;
    struct hxl_tag t;
    assert_true(hxl_tag_read(arena, " #Affected +F + age0_17 ", &t));
    assert_string_equal(t.name, "#affected");
    assert_int_equal(t.n, 2);
    assert_true(hxl_tag_has(&t, "f"));
    assert_true(hxl_tag_has(&t, "age0_17"));
    assert_false(hxl_tag_has(&t, "m"));
    assert_true(hxl_tag_read(arena, "#date", &t));
    static const char *const none[] = {"", "affected", "#", "#+f", "#1x", "#date+", "#date f", "# ", "#date++f"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_false(hxl_tag_read(arena, none[i], &t));
    }
}

static void groups_have_attributes(void **state)
{
    (void)state;
    assert_string_equal(hxl_part_attribute(arena, "sex", "female"), "f");
    assert_string_equal(hxl_part_attribute(arena, "sex", "other"), "i");
    assert_string_equal(hxl_part_attribute(arena, "sex", "not_known"), "sex_not_known");
    assert_string_equal(hxl_part_attribute(arena, "age", "18-24"), "age18_24");
    assert_string_equal(hxl_part_attribute(arena, "age", "60+"), "age60plus");
    assert_string_equal(hxl_part_attribute(arena, "age", "withheld"), "age_withheld");
}

// Every value of every characteristic that is listed is read as what was written, and no two have one attribute.
static void attributes_are_read_as_written(void **state)
{
    (void)state;
    size_t n;
    size_t n_values = 0;
    struct map seen;
    const struct characteristic *all = characteristics(&n);
    map_init(&seen, arena);
    for (size_t i = 0; i < n; i++) {
        for (const struct choice *v = all[i].values; v->code != NULL; v++) {
            const char *attribute = hxl_part_attribute(arena, all[i].code, v->code);
            struct hxl_tag tag;
            struct split split = {0};
            assert_true(hxl_tag_read(arena, arena_printf(arena, "#reached+%s", attribute), &tag));
            assert_true(hxl_part_read(arena, tag.attributes[0], &split));
            assert_string_equal(split.pairs[0].key, all[i].code);
            assert_string_equal(split.pairs[0].value, v->code);
            assert_null(*map_at(&seen, attribute));
            *map_at(&seen, attribute) = &seen;
            n_values++;
        }
    }
    assert_true(n_values > 250); // with the countries
    struct split open = {0};
    assert_true(hxl_part_read(arena, "place_north_coast", &open));
    assert_string_equal(split_text(arena, &open), "place=north_coast");
    assert_false(hxl_part_read(arena, "place_south", &open)); // a second place
    assert_false(hxl_part_read(arena, "refugees", &open));
}

// A thousand columns of which each row fills one are refused before they take all memory.
static void tables_that_are_mostly_empty_have_a_ceiling(void **state)
{
    (void)state;
    struct buf b;
    struct hxl_table t;
    struct err_info e = {0};
    buf_init(&b, arena, LIMIT_UPLOAD_BYTES);
    buf_str(&b, "[{");
    for (int i = 0; i < 900; i++) {
        buf_printf(&b, "%s\"#x%d\":1", i == 0 ? "" : ",", i);
    }
    buf_str(&b, "}");
    for (int i = 0; i < 5000; i++) {
        buf_str(&b, ",{}");
    }
    buf_str(&b, "]");
    assert_int_equal(hxl_table_read(arena, b.data, b.len, &t, &e), ERR_TOO_LARGE);
}

// Row of the tags (its number), columns and rows below; 0: refused.
static int tag_row_of(const char *bytes, size_t len, struct hxl_table *t)
{
    struct err_info e = {0};
    return hxl_table_read(arena, bytes, len, t, &e) == ERR_NONE ? t->rows[t->tag_row].number : 0;
}

static void the_row_of_tags_is_found(void **state)
{
    (void)state;
    static const struct { const char *file; int row; int columns; size_t below; } tables[] = {
        {"#org,#date\nA,2025\n", 1, 2, 1},
        {"Org,Day\n\n#org,#date\nA,2025\nB,2026\n", 3, 2, 2},
        {"What,,\nOrg,Day\n,#date,adm1\nx,2025,y,more\n", 3, 3, 1}, // half of the filled cells
        {"#org,day,place\nA,2025,B\n", 0, 0, 0},                     // a third
        {"Org,Day\nA,2025\n", 0, 0, 0},
        {"Org;Day\n#org;#date\nA;2025\n", 2, 2, 1},
        {"[[\"Org\", \"Day\"], [\"#org\", \"#date\"], [\"A\", 2025], []]", 2, 2, 2},
        {"[{\"#org\": \"A\", \"#date\": \"2025\"}, {\"#date\": \"2026\", \"#adm1\": \"B\"}]", 1, 3, 2},
        {"[1, 2]", 0, 0, 0},
        {"[{\"#org\": \"A\"}, 5]", 0, 0, 0},
        {"", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        struct hxl_table t;
        assert_int_equal(tag_row_of(tables[i].file, strlen(tables[i].file), &t), tables[i].row);
        if (tables[i].row > 0) {
            assert_int_equal(t.n_columns, tables[i].columns);
            assert_int_equal(t.n - t.tag_row - 1, tables[i].below);
        }
    }
}

static void the_examples_of_the_standard_are_read(void **state)
{
    (void)state;
    static const struct { const char *name; int row; int tags; } files[] = {
        {"input-fuzzy.csv", 3, 5},           {"input-invalid.csv", 0, 0},
        {"input-multiline.csv", 1, 1},       {"input-multiple-headers.csv", 3, 3},
        {"input-untagged.csv", 0, 0},        {"input-valid.csv", 3, 8},
        {"input-valid.json", 3, 8},          {"input-valid-objects.json", 1, 8},
    };
    const char *shared = getenv("MAINSTAY_SHARED");
    const char *folder =
        arena_printf(arena, "%s/data/hxl/examples", shared == NULL ? "../shared" : shared);
    if (!folder_exists(folder)) {
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct hxl_table t;
        struct err_info e = {0};
        const char *bytes;
        size_t len;
        int tags = 0;
        assert_int_equal(file_read(arena, arena_printf(arena, "%s/%s", folder, files[i].name),
                                   LIMIT_UPLOAD_BYTES, &bytes, &len, &e),
                         ERR_NONE);
        assert_int_equal(tag_row_of(bytes, len, &t), files[i].row);
        for (int k = 0; files[i].row > 0 && k < t.n_columns; k++) {
            tags += t.tags[k].name != NULL;
        }
        assert_int_equal(tags, files[i].tags);
    }
}

static void tables_larger_than_their_memory_are_refused(void **state)
{
    (void)state;
    static const char *const begin[] = {"#date,#indicator+num\n", "[[\"#date\", \"#indicator+num\"]"};
    static const char *const row[] = {"1,2\n", ",[]"};
    for (int i = 0; i < 2; i++) {
        struct arena *small = arena_new(2 << 20);
        struct buf b;
        struct hxl_table t;
        struct err_info e;
        buf_init(&b, arena, 4 << 20);
        buf_printf(&b, "%s", begin[i]);
        for (int n = 0; n < 15000; n++) {
            buf_add(&b, row[i], strlen(row[i]));
        }
        buf_printf(&b, "%s", i == 1 ? "]" : "");
        assert_int_equal(hxl_table_read(small, b.data, b.len, &t, &e), ERR_TOO_MANY);
        arena_free(small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_are_read),
        cmocka_unit_test(groups_have_attributes),
        cmocka_unit_test(attributes_are_read_as_written),
        cmocka_unit_test(tables_that_are_mostly_empty_have_a_ceiling),
        cmocka_unit_test(tables_larger_than_their_memory_are_refused),
        cmocka_unit_test(the_row_of_tags_is_found),
        cmocka_unit_test(the_examples_of_the_standard_are_read),
    };
    return cmocka_run_group_tests_name("hxl_test", tests, set_up_arena, tear_down_arena);
}
