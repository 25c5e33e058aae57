// SPDX-License-Identifier: AGPL-3.0-or-later
//
// json_test.c: the writer and the reader against each other, against jansson, and against tables of
// good and bad inputs.

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/quote.h"
#include "format/json/json_read.h"
#include "format/json/json_write.h"

static uint32_t seed = 20261122;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

// Any text, many of them with signs that need care, comes back from jansson as it went in.
static void written_texts_come_back_from_another_reader(void **state)
{
    (void)state;
    static const char *const parts[] = {"\"", "\\", "\n", "\r", "\t", "/", "a", "é", "\x01", "\x1f",
                                        "\x7f", "</script>", "中", "😀", "اللّغة", "\\u0041", " "};
    for (int round = 0; round < 2000; round++) {
        char text[400] = "";
        for (uint32_t n = next_random(20); n > 0; n--) {
            strcat(text, parts[next_random(sizeof parts / sizeof parts[0])]);
        }
        struct buf out;
        buf_init(&out, arena, 10000);
        quote_json(&out, text, strlen(text));
        json_error_t problem;
        json_t *v = json_loadb(out.data, out.len, JSON_DECODE_ANY, &problem);
        assert_non_null(v);
        assert_string_equal(json_string_value(v), text);
        json_decref(v);
    }
}

static void bytes_that_are_no_utf8_become_a_sign(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, arena, 1000);
    quote_json(&out, "a\xff\xc3z\x80", 5);
    assert_string_equal(out.data, "\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\"");
}

static void brackets_names_and_values_stand_where_they_should(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, arena, 10000);
    for (int indented = 0; indented < 2; indented++) {
        struct json_out j;
        json_begin(&j, &out, indented);
        json_put_object(&j);
        json_member_text(&j, "code", "GLOT59");
        json_member_decimal(&j, "share", "12.50");
        json_member_decimal(&j, "odd", "0012");
        json_member_decimal(&j, "none", "");
        json_member_bool(&j, "open", true);
        json_put_name(&j, "list");
        json_put_array(&j);
        json_put_int(&j, -3);
        json_put_null(&j);
        json_put_array(&j);
        json_put_array_end(&j);
        json_put_array_end(&j);
        json_put_object_end(&j);
        json_end(&j);
        if (!indented) {
            buf_char(&out, '|');
        }
    }
    assert_string_equal(out.data,
                        "{\"code\":\"GLOT59\",\"share\":12.50,\"odd\":\"0012\",\"none\":null,"
                        "\"open\":true,\"list\":[-3,null,[]]}|"
                        "{\n  \"code\": \"GLOT59\",\n  \"share\": 12.50,\n  \"odd\": \"0012\",\n"
                        "  \"none\": null,\n  \"open\": true,\n  \"list\": [\n    -3,\n    null,\n"
                        "    []\n  ]\n}\n");
}

static void a_tree_keeps_order_digits_and_lines(void **state)
{
    (void)state;
    static const char text[] = "\xef\xbb\xbf{ \"b\" : 12.50,\n \"a\\n\": [1e2, -0,\n\n {\"x\":"
                               " \"q\\\"\\u00e9,]\"}, true, null],\n\"c\":{}, \"d\":[ ] }\n";
    const struct json *j;
    struct err_info e = {0};
    assert_int_equal(json_read(arena, text, strlen(text), &j, &e), ERR_NONE);
    assert_int_equal(j->kind, JSON_KIND_OBJECT);
    assert_int_equal(j->n, 4);
    assert_string_equal(j->items[0].name, "b");
    assert_string_equal(j->items[0].text, "12.50");
    assert_string_equal(j->items[1].name, "a\n");
    const struct json *list = &j->items[1];
    assert_int_equal(list->n, 5);
    assert_string_equal(list->items[0].text, "1e2");
    assert_string_equal(list->items[1].text, "-0");
    assert_int_equal(list->items[2].line, 4);
    assert_string_equal(json_get_text(&list->items[2], "x"), "q\"é,]");
    assert_true(list->items[3].truth);
    assert_int_equal(list->items[4].kind, JSON_KIND_NULL);
    assert_int_equal(json_get(j, "c")->n, 0);
    assert_int_equal(json_get(j, "d")->line, 5);
    assert_null(json_get(j, "none"));
}

static void whole_numbers_are_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool whole;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775807", true, INT64_MAX},
        {"1.0", false, 0},
        {"1e3", false, 0},
        {"\"5\"", false, 0},
        {"null", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct json *j;
        struct err_info e = {0};
        int64_t n = 0;
        assert_int_equal(json_read(arena, cases[i].text, strlen(cases[i].text), &j, &e), ERR_NONE);
        assert_int_equal(json_to_int(j, &n), cases[i].whole);
        assert_true(n == cases[i].value);
    }
}

static void bad_inputs_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const char *text;
        size_t len; // 0: up to the zero byte
        const char *place; // first argument of the message
        const char *column;
    } cases[] = {
        {"empty", "", 0, "1", NULL},
        {"a name twice", "{\"a\":1,\n\"a\":2}", 0, "2", NULL},
        {"leading zero", "[01]", 0, "1", NULL},
        {"comma at the end", "[1,\n2,]", 0, "2", NULL},
        {"text after the end", "{}\n\n x", 0, "3", "2"},
        {"half a pair", "[\"\\ud800\"]", 0, "1", NULL},
        {"not a number", "[NaN]", 0, "1", NULL},
        {"beyond 64 bits", "[9223372036854775808]", 0, "1", NULL},
        {"beyond a double", "[1e999]", 0, "1", NULL},
        {"bad byte", "[\"a\",\n \"\xff\"]", 0, "2", "3"},
        {"escaped NUL", "[\"a\\u0000\"]", 0, "1", NULL},
        {"real NUL", "[\"a\0\"]", 6, "1", "4"},
        {"escaped control", "[1,\n  \"\\u0007\"]", 0, "2", "3"},
        {"control in a name", "{\"\\u0007\":1}", 0, "1", "2"},
        {"single quotes", "['a']", 0, "1", NULL},
        {"comment", "[1] // x", 0, "1", NULL},
        {"cut short", "{\"a\": [1, 2", 0, "1", NULL},
        {"too deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", 0, "1",
         "33"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct json *j = NULL;
        struct err_info e = {0};
        size_t len = cases[i].len == 0 ? strlen(cases[i].text) : cases[i].len;
        enum err err = json_read(arena, cases[i].text, len, &j, &e);
        if (err == ERR_NONE || strcmp(e.args[0], cases[i].place) != 0 ||
            (cases[i].column != NULL && strcmp(e.args[1], cases[i].column) != 0)) {
            fail_msg("%s: err %d at %s:%s", cases[i].what, err, e.args[0], e.args[1]);
        }
        assert_null(j);
    }
}

static void too_many_values_are_refused_before_they_are_built(void **state)
{
    (void)state;
    size_t n = LIMIT_JSON_VALUES + 10;
    char *text = arena_alloc(arena, n * 2 + 3);
    text[0] = '[';
    for (size_t i = 0; i < n; i++) {
        memcpy(text + 1 + i * 2, "1,", 2);
    }
    text[n * 2] = ']';
    const struct json *j;
    struct err_info e = {0};
    assert_int_equal(json_read(arena, text, n * 2 + 1, &j, &e), ERR_TOO_LARGE);
    assert_true(arena_used_bytes(arena) < n * 2 + 100000);
}

// What we write we read, with the same kinds and texts.
static void random_trees_come_back(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct buf first;
        buf_init(&first, arena, 100000);
        struct json_out j;
        json_begin(&j, &first, next_random(2));
        json_put_array(&j);
        int expected[60];
        int n = (int)next_random(60);
        for (int i = 0; i < n; i++) {
            expected[i] = (int)next_random(6);
            switch (expected[i]) {
            case JSON_KIND_NULL:
                json_put_null(&j);
                break;
            case JSON_KIND_BOOL:
                json_put_bool(&j, next_random(2));
                break;
            case JSON_KIND_NUMBER:
                json_put_int(&j, (int64_t)next_random(1u << 24) - (1 << 23));
                break;
            case JSON_KIND_TEXT:
                json_put_text(&j, ",\"]}\\ \n");
                break;
            case JSON_KIND_ARRAY:
                json_put_array(&j);
                json_put_decimal(&j, "0.125000");
                json_put_array_end(&j);
                break;
            default:
                json_put_object(&j);
                json_member_text(&j, "\"\\", "}");
                json_put_object_end(&j);
            }
        }
        json_put_array_end(&j);
        json_end(&j);
        const struct json *tree;
        struct err_info e = {0};
        assert_int_equal(json_read(arena, first.data, first.len, &tree, &e), ERR_NONE);
        assert_int_equal(tree->n, n);
        for (int i = 0; i < n; i++) {
            const struct json *v = &tree->items[i];
            assert_int_equal(v->kind, expected[i]);
            if (v->kind == JSON_KIND_TEXT) {
                assert_string_equal(v->text, ",\"]}\\ \n");
            } else if (v->kind == JSON_KIND_ARRAY) {
                assert_string_equal(v->items[0].text, "0.125000");
            } else if (v->kind == JSON_KIND_OBJECT) {
                assert_string_equal(json_get_text(v, "\"\\"), "}");
            }
        }
        arena_reset(arena);
    }
}

// Each value is small; together they are more than there is room for.
static void a_tree_larger_than_its_memory_is_refused(void **state)
{
    (void)state;
    static const char *const lists[] = {"{\"a\": 1},", "[[]],", "\"a long enough text to be more than a place\","};
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct arena *small = arena_new(1 << 20);
        struct buf b;
        const struct json *tree;
        struct err_info e;
        buf_init(&b, arena, 4 << 20);
        buf_char(&b, '[');
        for (int n = 0; n < 30000; n++) {
            buf_add(&b, lists[i], strlen(lists[i]));
        }
        buf_printf(&b, "0]");
        assert_int_equal(json_read(small, b.data, b.len, &tree, &e), ERR_TOO_MANY);
        arena_free(small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(written_texts_come_back_from_another_reader),
        ARENA_TEST(bytes_that_are_no_utf8_become_a_sign),
        ARENA_TEST(brackets_names_and_values_stand_where_they_should),
        ARENA_TEST(a_tree_keeps_order_digits_and_lines),
        ARENA_TEST(whole_numbers_are_whole),
        ARENA_TEST(bad_inputs_are_refused_with_their_place),
        ARENA_TEST(too_many_values_are_refused_before_they_are_built),
        ARENA_TEST(random_trees_come_back),
        ARENA_TEST(a_tree_larger_than_its_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
