// SPDX-License-Identifier: AGPL-3.0-or-later
//
// utf8_test.c: what is clean, against a look at one byte after the other.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/utf8.h"

// Every byte at every place of a text of letters: eight bytes are looked at together, in whatever order they lie.
static void one_byte_of_ascii_decides_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 25; len++) {
        for (size_t place = 0; place < len; place++) {
            for (int c = 0; c < 0x80; c++) {
                char text[25];
                memset(text, 'a', sizeof text);
                text[place] = (char)c;
                bool right = c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != 0x7f);
                size_t at = 99;
                assert_int_equal(utf8_is_clean(text, len, &at), right);
                assert_int_equal(at, right ? 99 : place);
            }
        }
    }
}

static void letters_of_other_scripts_stand_anywhere(void **state)
{
    (void)state;
    static const char *const good[] = {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x8c\x8d", "\xd8\xb4"};
    static const char *const bad[] = {"\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"};
    for (size_t place = 0; place < 20; place++) {
        for (size_t i = 0; i < COUNT_OF(good) + COUNT_OF(bad); i++) {
            bool right = i < COUNT_OF(good);
            const char *letter = right ? good[i] : bad[i - COUNT_OF(good)];
            char text[32];
            size_t at = 99;
            memset(text, 'b', sizeof text);
            memcpy(text + place, letter, strlen(letter));
            assert_int_equal(utf8_is_clean(text, sizeof text, &at), right);
            assert_int_equal(at, right ? 99 : place);
        }
    }
}

static void a_letter_cut_off_at_the_end_is_not_clean(void **state)
{
    (void)state;
    size_t at = 0;
    assert_false(utf8_is_clean("abcdefg\xc3", 8, &at));
    assert_int_equal(at, 7);
    assert_false(utf8_is_clean("abcdefgh\xe2\x82", 10, &at));
    assert_int_equal(at, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_byte_of_ascii_decides_wherever_it_stands),
        cmocka_unit_test(letters_of_other_scripts_stand_anywhere),
        cmocka_unit_test(a_letter_cut_off_at_the_end_is_not_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
