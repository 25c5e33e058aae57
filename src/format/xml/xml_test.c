// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_test.c: files as others write them, files nobody should send, answers that no child of ours gives.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "base/limits.h"
#include "format/xml/xml_read.h"
#include "format/xml/xml_text.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new((size_t)1024 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// What the parent makes of what the child answers, in this process.
static const struct xml_node *read_n(const char *bytes, size_t len, struct err_info *e)
{
    struct buf out;
    const struct xml_node *root = NULL;
    buf_init(&out, arena, XML_ANSWER_BYTES);
    xml_answer(arena, bytes, len, &out);
    assert_true(xml_answer_read(arena, out.data, out.len, &root, e));
    return e->code == ERR_NONE ? root : NULL;
}

static const struct xml_node *read_text(const char *bytes, struct err_info *e)
{
    return read_n(bytes, strlen(bytes), e);
}

static void a_tree_larger_than_its_memory_is_refused(void **state)
{
    (void)state;
    static const char *const parts[] = {"<b/>", "<b c='1'>d</b>", "a longer text &amp; another "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct arena *small = arena_new(1 << 20);
        struct buf file, said;
        const struct xml_node *root = NULL;
        struct err_info e;
        buf_init(&file, arena, 4 << 20);
        buf_init(&said, arena, XML_ANSWER_BYTES);
        buf_printf(&file, "<a>");
        for (int n = 0; n < 60000; n++) {
            buf_add(&file, parts[i], strlen(parts[i]));
        }
        buf_printf(&file, "</a>");
        xml_answer(arena, file.data, file.len, &said);
        assert_true(xml_answer_read(small, said.data, said.len, &root, &e));
        assert_int_equal(e.code, ERR_TOO_MANY);
        arena_free(small);
    }
}

static void a_file_becomes_a_tree_with_lines(void **state)
{
    (void)state;
    struct err_info e = {0};
    const struct xml_node *root =
        read_text("\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- c -->\n<a v=\"2.03\">\n  <b x:lang=\"en\" "
                  "xmlns:x=\"urn:x\" xml:lang=\"fr\"> one &amp; <c/> two&#x41;\n</b>\n<b/>"
                  "<x:b xmlns:x=\"urn:x\"/></a>",
                  &e);
    assert_non_null(root);
    assert_string_equal(root->name, "a");
    assert_string_equal(root->text, "");
    assert_int_equal(root->line, 3);
    assert_string_equal(xml_attribute_of(root, "v"), "2.03");
    assert_null(xml_attribute_of(root, "w"));
    const struct xml_node *b = xml_child(root, "b");
    assert_int_equal(b->line, 4);
    assert_string_equal(b->text, "one &  twoA");
    assert_string_equal(xml_attribute_in(b, "urn:x", "lang"), "en");
    assert_string_equal(xml_attribute_in(b, XML_SPACE, "lang"), "fr");
    assert_null(xml_attribute_of(b, "lang"));
    assert_ptr_equal(b->parent, root);
    assert_string_equal(b->first->name, "c");
    assert_non_null(xml_again(b));
    assert_null(xml_again(xml_again(b))); // the third is of another name space
    assert_string_equal(b->next->next->space, "urn:x");
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
    (void)state;
    static const struct { const char *file; enum err code; const char *field; } bad[] = {
        {"", ERR_INPUT, "line 1"},
        {"no xml", ERR_INPUT, "line 1"},
        {"<a>\n<b>\n</a>", ERR_INPUT, "line 3"},
        {"<a>\n&undefined;</a>", ERR_INPUT, "line 2"},
        {"<a b='1' b='2'/>", ERR_INPUT, "line 1"},
        {"<a/><b/>", ERR_INPUT, "line 1"},
        {"<x:a/>", ERR_INPUT, "line 1"},
        {"<a>\n\x7f</a>", ERR_INPUT, "line 2"},
        {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>\n<a/>", ERR_INPUT, "line 1"},
        {"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>", ERR_INPUT, "line 2"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err_info e = {0};
        assert_null(read_text(bad[i].file, &e));
        assert_int_equal(e.code, bad[i].code);
        assert_string_equal(e.field, bad[i].field);
    }
}

static void what_grows_has_a_ceiling(void **state)
{
    (void)state;
    struct err_info e = {0};
    struct buf deep;
    buf_init(&deep, arena, LIMIT_UPLOAD_BYTES);
    for (int i = 0; i < LIMIT_XML_DEPTH; i++) {
        buf_str(&deep, "<a>");
    }
    for (int i = 0; i < LIMIT_XML_DEPTH; i++) {
        buf_str(&deep, "</a>");
    }
    assert_non_null(read_text(deep.data, &e));
    buf_reset(&deep);
    for (int i = 0; i <= LIMIT_XML_DEPTH; i++) {
        buf_str(&deep, "<a>");
    }
    assert_null(read_text(deep.data, &e));
    assert_int_equal(e.code, ERR_TOO_LARGE);
    e = (struct err_info){0};
    buf_reset(&deep);
    buf_str(&deep, "<a>");
    for (int i = 0; i < LIMIT_XML_NODES; i++) {
        buf_str(&deep, "<b/>");
    }
    buf_str(&deep, "</a>");
    assert_null(read_text(deep.data, &e));
    assert_int_equal(e.code, ERR_TOO_LARGE);
}

static void an_answer_is_not_trusted(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",          "S 1 0\n",     "E\n",         "S 1 0\na",        "S 1 0\na%%",
        "F 9 1\n",   "F 0 1\n",     "S 1 1\na%%E\n", "S x 0\na%%E\n", "S 1 0\na%%T 5\nab%E\n",
        "T 1\na%",   "S 1 999\na%%E\n", "S 1 0\na%%E\nS 1 0\na%%E\n", "Z", "S 1 0\n\x01%%E\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err_info e = {0};
        const struct xml_node *root = NULL;
        char *answer = arena_copy(arena, bad[i]); // % stands for the zero byte
        size_t len = strlen(answer);
        for (size_t k = 0; k < len; k++) {
            answer[k] = answer[k] == '%' ? '\0' : answer[k];
        }
        if (xml_answer_read(arena, answer, len, &root, &e)) {
            fail_msg("answer %zu was taken", i);
        }
    }
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct buf b;
    struct err_info e = {0};
    const char *text = "a < b & \"c\" 'd' é";
    buf_init(&b, arena, 1000);
    buf_str(&b, "<a");
    xml_attribute(&b, "v", text);
    buf_char(&b, '>');
    xml_text(&b, text);
    buf_str(&b, "</a>");
    const struct xml_node *root = read_text(b.data, &e);
    assert_string_equal(root->text, text);
    assert_string_equal(xml_attribute_of(root, "v"), text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_becomes_a_tree_with_lines),
        cmocka_unit_test(a_tree_larger_than_its_memory_is_refused),
        cmocka_unit_test(what_is_wrong_is_said_with_its_line),
        cmocka_unit_test(what_grows_has_a_ceiling),
        cmocka_unit_test(an_answer_is_not_trusted),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests_name("xml_test", tests, set_up, tear_down);
}
