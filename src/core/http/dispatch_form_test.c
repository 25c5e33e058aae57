// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_form_test.c: forms before their handler runs: whether they come from our page, what they may hold, and that
// nothing typed is lost.

#include "http/dispatch_test_help.h"

static void a_form_without_its_token_is_refused(void **state)
{
    (void)state;
    assert_int_equal(STATUS(FORM, .body = "statement=x"), 303);
    assert_int_equal(n_posts, 1);
    const char *foreign = csrf_token(a, reader_token);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .no_token = true), 403);
    assert_int_equal(STATUS(FORM, .no_token = true,
                            .body = arena_printf(a, "statement=x&_csrf=%s", foreign)),
                     403);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .extra = {{"Origin", "http://evil"}}), 403);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .extra = {{"Origin", "null"}}), 403);
    assert_int_equal(
        STATUS(FORM, .body = "statement=x", .extra = {{"Sec-Fetch-Site", "cross-site"}}), 403);
    assert_int_equal(
        STATUS(FORM, .body = "statement=x", .extra = {{"Sec-Fetch-Site", "same-site"}}), 403);
    assert_int_equal(STATUS(FORM, .body = "{}", .type = "text/plain"), 415);
    assert_int_equal(n_posts, 0);
    assert_int_equal(STATUS(FORM, .body = "statement=x",
                            .extra = {{"Origin", "http://localhost:8080"},
                                      {"Sec-Fetch-Site", "same-origin"}}),
                     303);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .host = "evil.example"), 421);
    assert_int_equal(n_posts, 0);
}

static void a_form_of_another_session_keeps_what_was_typed(void **state)
{
    (void)state;
    const char *body =
        arena_printf(a, "statement=long+words&_csrf=%s", csrf_token(a, reader_token));
    struct exchange *x = ask(&(struct ask){FORM, .no_token = true, .body = body});
    assert_int_equal(x->reply.status, 403);
    assert_string_equal(x->refused, "refused: form token");
    assert_string_equal(x->reply.body.data, "shown"); // by get, with a new token
    assert_string_equal(form_text(a, seen.form, "statement"), "long words");
    assert_non_null(form_error_of(seen.form, ""));
    assert_int_equal(n_posts, 0);
    // without a session: not shown, since it is not known who may see it
    x = ask(&(struct ask){.method = "POST", .path = "/programmes/GLOT59/risks", .body = body});
    assert_int_equal(x->reply.status, 401);
    assert_string_equal(x->reply.body.data, "kept: long words");
    assert_int_equal(n_posts, 0);
    // nothing was typed: there is nothing to keep
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/risks",
                            .body = "_csrf=x&statement="),
                     303);
}

static void what_a_script_sends_twice_is_done_once(void **state)
{
    (void)state;
    site.once = once_new(a);
#define SENT .extra = {{"X-Mainstay-Send", "k1"}}
    struct exchange *x = ask(&(struct ask){FORM, .body = "statement=x", SENT});
    assert_int_equal(x->reply.status, 204);
    assert_string_equal(x->next, "/programmes/GLOT59");
    assert_null(x->reply.location);
    assert_int_equal(n_posts, 1);
    x = ask(&(struct ask){FORM, .body = "statement=x", SENT});
    assert_int_equal(x->reply.status, 204);
    assert_string_equal(x->next, "/programmes/GLOT59");
    assert_true(x->again);
    assert_int_equal(n_posts, 0);
    // a refused form may be mended and sent with the same key
    assert_int_equal(STATUS(FORM, .body = "statement=", .extra = {{"X-Mainstay-Send", "k2"}}), 422);
    assert_int_equal(STATUS(FORM, .body = "statement=x", .extra = {{"X-Mainstay-Send", "k2"}}), 204);
    assert_int_equal(n_posts, 1);
    site.once = NULL;
}

static void signing_in_needs_the_form_cookie(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){.path = "/sign-in"});
    assert_int_equal(x->reply.status, 200);
    assert_int_equal(x->n_cookies, 1);
    const char *cookie = arena_printf(a, "%.*s", (int)strcspn(x->cookies[0], ";"), x->cookies[0]);
    const char *body = arena_printf(a, "name=ana&password=x&_csrf=%s", x->req.csrf);
    assert_int_equal(STATUS(.method = "POST", .path = "/sign-in", .body = body), 403);
    assert_int_equal(
        STATUS(.method = "POST", .path = "/sign-in", .body = body, .extra = {{"Cookie", cookie}}),
        303);
    assert_int_equal(n_posts, 1);
    assert_string_equal(req_posted(&seen, "name"), "ana");
    assert_string_equal(form_value(seen.form, "name")->text, "ana");
    // again, with a field missing: what was typed is shown, but never the password
    body = arena_printf(a, "name=&password=secret&_csrf=%s", x->req.csrf);
    assert_int_equal(
        STATUS(.method = "POST", .path = "/sign-in", .body = body, .extra = {{"Cookie", cookie}}),
        422);
    assert_non_null(form_error_of(seen.form, "name"));
    assert_string_equal(form_text(a, seen.form, "password"), "");
}

static void wrong_fields_show_the_form_again(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){FORM, .body = "statement=+&weight=12"});
    assert_int_equal(x->reply.status, 422);
    assert_int_equal(n_posts, 0);
    assert_string_equal(x->reply.body.data, "shown");
    assert_non_null(form_error_of(seen.form, "weight"));
    assert_string_equal(form_text(a, seen.form, "weight"), "12");
    x = ask(&(struct ask){FORM, .body = "weight=3"});
    assert_int_equal(x->reply.status, 422); // the statement is needed
    assert_int_equal(STATUS(FORM, .body = "statement=a%0bb"), 422);
    assert_string_equal(form_text(a, seen.form, "statement"), "a b");
    x = ask(&(struct ask){FORM, .body = "statement=one&statement=two"}); // neither is lost in silence
    assert_int_equal(x->reply.status, 422);
    assert_non_null(form_error_of(seen.form, "statement"));
    assert_int_equal(STATUS(FORM, .body = "statement=one&statement="), 303);
    assert_string_equal(form_value(seen.form, "statement")->text, "one");
}

static void a_name_that_the_form_does_not_take_is_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "statement=x&unknown=1",
        "statement=x&gone=1",          // not "go"
        "statement=x&part=1",          // not "part/..."
        "statement=x&id=other",        // no field
        "statement=x&programme_id=p2", // the address says it
        "statement=x&_other=1",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_int_equal(STATUS(FORM, .body = wrong[i]), 422);
        assert_int_equal(seen.form->n_errors, 1);
        const char *name = wrong[i] + strlen("statement=x&");
        assert_int_equal(strncmp(seen.form->errors[0].info.args[0], name, strcspn(name, "=")), 0);
        assert_string_equal(form_text(a, seen.form, "statement"), "x"); // nothing typed is lost
    }
    assert_int_equal(n_posts, 0);
    assert_int_equal(STATUS(FORM, .body = "statement=x&go=1&part/a=2&_version=3"), 303);
    // what the program sets
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/begin",
                            .session = writer_token, .body = "statement=x&state=closed"),
                     422);
}

static void the_program_sets_what_people_must_not(void **state)
{
    (void)state;
    assert_int_equal(STATUS(FORM, .body = "statement=x&weight=3"), 303);
    const struct record *r = seen.form->record;
    assert_string_equal(record_text(r, "programme_id"), "p1");
    assert_string_equal(record_text(r, "statement"), "x");
    assert_int_equal(record_int(r, "weight"), 3);
    assert_false(record_is_set(r, "state"));
    assert_null(r->id);
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/begin",
                            .session = writer_token, .body = "statement=x"),
                     303);
    assert_int_equal(record_int(seen.form->record, "weight"), 5);
    assert_string_equal(record_text(seen.form->record, "state"), "new");
}

static void a_conflict_shows_the_form_again(void **state)
{
    (void)state;
    assert_int_equal(STATUS(.method = "POST", .path = "/programmes/GLOT59/clash",
                            .session = writer_token, .body = "statement=mine"),
                     409);
    assert_string_equal(form_text(a, seen.form, "statement"), "mine");
    assert_non_null(form_error_of(seen.form, ""));
}

static void a_message_is_shown_once(void **state)
{
    (void)state;
    struct exchange *x = ask(&(struct ask){FORM, .body = "statement=x"});
    assert_int_equal(x->n_cookies, 1);
    const char *cookie = arena_printf(a, "mainstay=%s; %.*s", writer_token,
                                      (int)strcspn(x->cookies[0], ";"), x->cookies[0]);
    x = ask(&(struct ask){.path = "/", .extra = {{"Cookie", cookie}}});
    assert_string_equal(seen.flash, "Saved.");
    assert_string_equal(seen.undo, "abcd");
    assert_int_equal(x->n_cookies, 1);
    assert_non_null(strstr(x->cookies[0], "Max-Age=0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_without_its_token_is_refused),
        cmocka_unit_test(a_form_of_another_session_keeps_what_was_typed),
        cmocka_unit_test(what_a_script_sends_twice_is_done_once),
        cmocka_unit_test(signing_in_needs_the_form_cookie),
        cmocka_unit_test(wrong_fields_show_the_form_again),
        cmocka_unit_test(a_name_that_the_form_does_not_take_is_named),
        cmocka_unit_test(the_program_sets_what_people_must_not),
        cmocka_unit_test(a_conflict_shows_the_form_again),
        cmocka_unit_test(a_message_is_shown_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
