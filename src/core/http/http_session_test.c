// SPDX-License-Identifier: AGPL-3.0-or-later
//
// http_session_test.c: cookies, tokens of sessions and forms, messages for the next page.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "http/session.h"

static struct arena *a;
static const unsigned char key[SESSION_KEY_BYTES] = "0123456789abcdef0123456789abcde";
static const unsigned char other_key[SESSION_KEY_BYTES] = "another key, 32 bytes long......";

static const char *header_of(const char *cookie_line)
{
    return arena_printf(a, "a=b; %.*s", (int)strcspn(cookie_line, ";"), cookie_line);
}

static void cookies_are_found_by_their_whole_name(void **state)
{
    (void)state;
    assert_string_equal(cookie_find(a, "a=1; mainstay=two; b=3", "mainstay"), "two");
    assert_string_equal(cookie_find(a, "mainstay_form=x;mainstay=y ", "mainstay"), "y");
    assert_null(cookie_find(a, "xmainstay=1; mainstay_form=2", "mainstay"));
    assert_null(cookie_find(a, "", "mainstay"));
    assert_null(cookie_find(a, ";;; ;", "mainstay"));
    assert_string_equal(cookie_find(a, "mainstay=", "mainstay"), "");
}

static void a_session_cookie_comes_back_as_its_token(void **state)
{
    (void)state;
    const char *token = session_token_new(a);
    assert_int_equal(strlen(token), SESSION_TOKEN_LENGTH);
    const char *line = session_cookie(a, token, false);
    assert_non_null(strstr(line, "; Path=/; HttpOnly; SameSite=Lax"));
    assert_null(strstr(line, "Secure"));
    assert_string_equal(session_token_sent(a, header_of(line), false), token);
    const char *secure = session_cookie(a, token, true);
    assert_int_equal(strncmp(secure, "__Host-mainstay=", 16), 0);
    assert_non_null(strstr(secure, "; Secure"));
    assert_string_equal(session_token_sent(a, header_of(secure), true), token);
    assert_null(session_token_sent(a, header_of(line), true));
    assert_null(session_token_sent(a, "mainstay=short", false));
    assert_null(session_token_sent(
        a, "mainstay=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false));
    assert_string_not_equal(token, session_token_new(a));
}

static void only_the_hash_of_a_token_is_kept(void **state)
{
    (void)state;
    const char *hash = session_token_hash(a, "token");
    assert_int_equal(strlen(hash), SESSION_HASH_LENGTH);
    assert_string_equal(hash, session_token_hash(a, "token"));
    assert_string_not_equal(hash, session_token_hash(a, "tokeN"));
}

static void a_form_token_belongs_to_one_session(void **state)
{
    (void)state;
    const char *session = session_token_new(a);
    const char *token = csrf_token(a, session);
    assert_true(csrf_is_right(session, token));
    assert_true(csrf_is_right(session, csrf_token(a, session)));
    assert_string_not_equal(token, csrf_token(a, session)); // masked anew for each page
    assert_false(csrf_is_right(session_token_new(a), token));
    assert_false(csrf_is_right(session, ""));
    assert_false(csrf_is_right(session, "AAAA"));
    assert_false(csrf_is_right(session, arena_printf(a, "%sA", token)));
    for (size_t i = 0; i < strlen(token); i++) {
        char *changed = arena_copy(a, token);
        changed[i] = changed[i] == 'A' ? 'Q' : 'A';
        assert_false(csrf_is_right(session, changed));
    }
}

static void a_form_cookie_must_be_signed_by_us(void **state)
{
    (void)state;
    const char *value = form_cookie_new(a, key);
    const char *header = header_of(form_cookie_line(a, value, false));
    assert_string_equal(form_cookie_sent(a, header, false, key), value);
    assert_null(form_cookie_sent(a, header, false, other_key));
    assert_null(form_cookie_sent(a, "mainstay_form=AAAA", false, key));
    assert_true(csrf_is_right(value, csrf_token(a, value)));
}

static void a_message_is_shown_to_its_session_only(void **state)
{
    (void)state;
    const char *text, *undo;
    const char *header =
        header_of(flash_cookie(a, "Saved \xd8\xa7.", "0123abcd", "session", false, key));
    assert_true(flash_sent(a, header, "session", false, key, &text, &undo));
    assert_string_equal(text, "Saved \xd8\xa7.");
    assert_string_equal(undo, "0123abcd");
    assert_false(flash_sent(a, header, "other", false, key, &text, &undo));
    assert_false(flash_sent(a, header, "session", false, other_key, &text, &undo));
    header = header_of(flash_cookie(a, "Done.", NULL, "", false, key));
    assert_true(flash_sent(a, header, "", false, key, &text, &undo));
    assert_null(undo);
    assert_false(flash_sent(a, "mainstay_flash=", "", false, key, &text, &undo));
    assert_false(flash_sent(a, "mainstay_flash=AAAA", "", false, key, &text, &undo));
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new((size_t)4 << 20);
    return sodium_init() < 0;
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
        cmocka_unit_test(cookies_are_found_by_their_whole_name),
        cmocka_unit_test(a_session_cookie_comes_back_as_its_token),
        cmocka_unit_test(only_the_hash_of_a_token_is_kept),
        cmocka_unit_test(a_form_token_belongs_to_one_session),
        cmocka_unit_test(a_form_cookie_must_be_signed_by_us),
        cmocka_unit_test(a_message_is_shown_to_its_session_only),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
