// SPDX-License-Identifier: AGPL-3.0-or-later
//
// body_test.c: bodies of forms, good, bad and cut off.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "http/body.h"

static struct arena *a;

// A body with one writable byte behind it, as the server gives it.
static char *body_of(const char *text, size_t len)
{
    return arena_copy_n(a, text, len);
}

static enum err read_form(const char *text, struct body *out)
{
    struct err_info e;
    return body_read_urlencoded(a, body_of(text, strlen(text)), strlen(text), out, &e);
}

static void a_form_gives_its_fields_in_order(void **state)
{
    (void)state;
    struct body b;
    assert_int_equal(read_form("title=Two+words&code=a&code=b&empty=&alone&x=%C3%A9", &b), 0);
    assert_int_equal(b.n_pairs, 6);
    assert_string_equal(b.pairs[0].value, "Two words");
    assert_string_equal(b.pairs[2].name, "code");
    assert_string_equal(b.pairs[2].value, "b");
    assert_string_equal(b.pairs[3].value, "");
    assert_string_equal(b.pairs[4].name, "alone");
    assert_string_equal(b.pairs[4].value, "");
    assert_string_equal(b.pairs[5].value, "\xc3\xa9");
    assert_int_equal(read_form("", &b), 0);
    assert_int_equal(b.n_pairs, 0);
}

static void wrong_escapes_and_names_are_refused(void **state)
{
    (void)state;
    struct body b;
    assert_int_equal(read_form("a=%4", &b), ERR_USAGE);
    assert_int_equal(read_form("=x", &b), ERR_USAGE);
    assert_int_equal(read_form("a%00b=x", &b), ERR_USAGE);
    assert_int_equal(read_form("%ff=x", &b), ERR_USAGE);
}

static void unclean_text_is_mended_and_marked(void **state)
{
    (void)state;
    struct body b;
    assert_int_equal(read_form("a=x%00y&b=%0b&c=%ff%41&d=line%0D%0Aline", &b), 0);
    assert_string_equal(b.pairs[0].value, "x y");
    assert_true(b.mended[0]);
    assert_string_equal(b.pairs[1].value, " ");
    assert_string_equal(b.pairs[2].value, "?A");
    assert_true(b.mended[2]);
    assert_false(b.mended[3]);
}

static void too_many_fields_are_refused(void **state)
{
    (void)state;
    size_t len = 0;
    char *text = arena_alloc(a, (LIMIT_FORM_FIELDS + 1) * 4 + 1);
    for (int i = 0; i <= LIMIT_FORM_FIELDS; i++) {
        memcpy(text + len, "a=1&", 4);
        len += 4;
    }
    struct body b;
    struct err_info e;
    assert_int_equal(body_read_urlencoded(a, text, len - 1, &b, &e), ERR_TOO_LARGE);
}

#define TYPE "multipart/form-data; boundary=xyz"
#define PART "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHello\r\n"
#define FILE_PART                                                                                  \
    "--xyz\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"../a b.pdf\"\r\n"          \
    "Content-Type: application/pdf\r\n\r\n%PDF\r\n--xy\r\n\0end\r\n"
#define CLOSE "--xyz--\r\n"

static enum err read_parts(const char *text, size_t len, struct body *out)
{
    struct err_info e;
    return body_read_multipart(a, TYPE, body_of(text, len), len, out, &e);
}

static void parts_give_fields_and_files(void **state)
{
    (void)state;
    static const char text[] = PART FILE_PART CLOSE;
    struct body b;
    assert_int_equal(read_parts(text, sizeof text - 1, &b), 0);
    assert_int_equal(b.n_pairs, 1);
    assert_string_equal(b.pairs[0].name, "title");
    assert_string_equal(b.pairs[0].value, "Hello");
    assert_int_equal(b.n_uploads, 1);
    assert_string_equal(b.uploads[0].field, "scan");
    assert_string_equal(b.uploads[0].file_name, "a b.pdf");
    assert_string_equal(b.uploads[0].media_type, "application/pdf");
    static const char content[] = "%PDF\r\n--xy\r\n\0end";
    assert_int_equal(b.uploads[0].len, sizeof content - 1);
    assert_memory_equal(b.uploads[0].bytes, content, sizeof content - 1);
}

static void a_body_cut_anywhere_is_refused(void **state)
{
    (void)state;
    static const char text[] = PART FILE_PART CLOSE;
    // Whole is: up to the two dashes that close it.
    for (size_t len = 0; len < sizeof text - 1 - 2; len++) {
        struct body b;
        assert_int_equal(read_parts(text, len, &b), ERR_USAGE);
    }
}

static void nothing_chosen_is_no_file(void **state)
{
    (void)state;
    static const char text[] =
        "--xyz\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"\"\r\n"
        "Content-Type: application/octet-stream\r\n\r\n\r\n"
        "--xyz\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n" CLOSE;
    struct body b;
    assert_int_equal(read_parts(text, sizeof text - 1, &b), 0);
    assert_int_equal(b.n_uploads, 0);
    assert_int_equal(b.n_pairs, 1);
    assert_string_equal(b.pairs[0].value, "");
}

static void an_extended_file_name_makes_a_file(void **state)
{
    (void)state;
    static const char text[] = "--xyz\r\nContent-Disposition: form-data; name=\"scan\"; "
                               "filename*=UTF-8''%D8%A7.txt\r\n\r\nx\r\n" CLOSE;
    struct body b;
    assert_int_equal(read_parts(text, sizeof text - 1, &b), 0);
    assert_int_equal(b.n_uploads, 1);
    assert_string_equal(b.uploads[0].file_name, "\xd8\xa7.txt");
}

static void heads_that_break_the_rules_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "--xyz\r\n\r\nx\r\n--xyz--",
        "--xyz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--xyz--",
        "--xyz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--xyz--",
        "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--xyz--",
        "junk--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--xyz--",
        "--xyzContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--xyz--",
        NULL,
    };
    for (int i = 0; bad[i] != NULL; i++) {
        struct body b;
        assert_int_equal(read_parts(bad[i], strlen(bad[i]), &b), ERR_USAGE);
    }
    struct body b;
    struct err_info e;
    char empty[1] = "";
    assert_int_equal(body_read_multipart(a, "multipart/form-data", empty, 0, &b, &e), ERR_USAGE);
}

static void boundaries_are_read_with_and_without_quotes(void **state)
{
    (void)state;
    assert_string_equal(body_boundary(a, "multipart/form-data; boundary=\"a b\""), "a b");
    assert_string_equal(body_boundary(a, "multipart/form-data; charset=x; BOUNDARY=q;r=s"), "q");
    assert_null(body_boundary(a, "multipart/form-data"));
    assert_null(body_boundary(a, "multipart/form-data; boundary="));
}

static void file_names_lose_what_is_dangerous(void **state)
{
    (void)state;
    assert_string_equal(body_safe_file_name(a, "C:\\x\\report.pdf"), "report.pdf");
    assert_string_equal(body_safe_file_name(a, "/etc/passwd"), "passwd");
    assert_string_equal(body_safe_file_name(a, "..."), "file");
    assert_string_equal(body_safe_file_name(a, "a\x01\"b"), "a _b");
    assert_string_equal(body_safe_file_name(a, "a/"), "file");
}

// Random damage to a good body: never a crash (sanitizers watch), never a text outside it.
static void damaged_bodies_do_not_break_the_reader(void **state)
{
    (void)state;
    static const char text[] = PART FILE_PART PART CLOSE;
    unsigned seed = 1;
    for (int round = 0; round < 20000; round++) {
        struct arena *mine = arena_new((size_t)1 << 20);
        char *copy = arena_copy_n(mine, text, sizeof text - 1);
        for (int k = 0; k < 3; k++) {
            seed = seed * 1103515245u + 12345u;
            copy[(seed >> 8) % (sizeof text - 1)] = (char)(seed >> 24);
        }
        struct body b;
        struct err_info e;
        if (body_read_multipart(mine, TYPE, copy, sizeof text - 1, &b, &e) == ERR_NONE) {
            for (size_t i = 0; i < b.n_pairs; i++) {
                assert_true(strlen(b.pairs[i].value) < sizeof text);
            }
        }
        copy = arena_copy_n(mine, text, sizeof text - 1);
        (void)!body_read_urlencoded(mine, copy, sizeof text - 1, &b, &e);
        arena_free(mine);
    }
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new((size_t)16 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_gives_its_fields_in_order),
        cmocka_unit_test(wrong_escapes_and_names_are_refused),
        cmocka_unit_test(unclean_text_is_mended_and_marked),
        cmocka_unit_test(too_many_fields_are_refused),
        cmocka_unit_test(parts_give_fields_and_files),
        cmocka_unit_test(a_body_cut_anywhere_is_refused),
        cmocka_unit_test(nothing_chosen_is_no_file),
        cmocka_unit_test(an_extended_file_name_makes_a_file),
        cmocka_unit_test(heads_that_break_the_rules_are_refused),
        cmocka_unit_test(boundaries_are_read_with_and_without_quotes),
        cmocka_unit_test(file_names_lose_what_is_dangerous),
        cmocka_unit_test(damaged_bodies_do_not_break_the_reader),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
