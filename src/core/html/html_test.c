// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_test.c: is everything escaped for the place where it stands?
//
// Oracle: what was written is read back by readers that were written apart (html_test_help.h, and
// the percent decoder below); it must give what went in, and must hold no sign that ends the place.

#include "html/html.h"

#include "html/html_test_help.h"

static int hex_value(char c)
{
    const char *digits = "0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    assert_non_null(found);
    return (int)(found - digits);
}

static char *percent_decode(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, strlen(text) + 1);
    for (size_t n = 0; *text != '\0'; n++) {
        if (*text == '%') {
            out[n] = (char)(hex_value(text[1]) * 16 + hex_value(text[2]));
            text += 3;
        } else {
            assert_true(isalnum((unsigned char)*text) || strchr("-._~", *text) != NULL);
            out[n] = *text++;
        }
    }
    return out;
}

// Texts of many lengths, rich in the signs that matter; the same every time.
static void make_text(unsigned seed, char out[64])
{
    static const char rich[] = "&<>\"'/\\=`;:#?%+ aZ09.\n\xC3\xA9";
    unsigned state = seed * 2654435761u + 1;
    size_t len = seed % 60;
    for (size_t i = 0; i < len; i++) {
        state = state * 1664525u + 1013904223u;
        out[i] = state >> 30 == 0 ? (char)(1 + (state >> 8) % 255)
                                  : rich[(state >> 8) % (sizeof rich - 1)];
    }
    out[len] = '\0';
}

static void every_place_gives_back_what_went_in(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*write)(struct html *, const char *);
        bool percent;
    } places[] = {
        {"text", html_text, false},
        {"attribute", html_attr, false},
        {"segment", html_url_segment, true},
        {"value", html_url_value, true},
    };
    for (unsigned seed = 0; seed < 5000; seed++) {
        struct test_page t;
        char text[64];
        make_text(seed, text);
        if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0) {
            continue; // a_segment_never_steps_up
        }
        test_page_new(&t, &lang_en);
        for (size_t i = 0; i < 4; i++) {
            buf_reset(&t.out);
            places[i].write(&t.h, text);
            const char *back = test_decode(t.arena, t.out.data);
            back = places[i].percent ? percent_decode(t.arena, back) : back;
            if (strcmp(back, text) != 0) {
                fail_msg("%s: seed %u gave %s", places[i].name, seed, t.out.data);
            }
        }
        arena_free(t.arena);
    }
}

static void addresses_lead_nowhere_dangerous(void **state)
{
    (void)state;
    static const struct {
        const char *in, *url, *target;
    } cases[] = {
        {"/risks?a=1&b=2", "/risks?a=1&amp;b=2", "/risks?a=1&amp;b=2"},
        {"?page=2", "?page=2", "?page=2"},
        {"#f-title", "#f-title", "#f-title"},
        {"/", "/", "/"},
        {"https://example.org/a b\"c", "https://example.org/a%20b%22c", "#"},
        {"HTTP://example.org/", "HTTP://example.org/", "#"},
        {"mailto:a@example.org", "mailto:a@example.org", "#"},
        {"//example.org/", "#", "#"},
        {"/\\example.org/", "#", "#"},
        {"/\t/example.org/", "#", "#"},
        {"\njavascript:x()", "#", "#"},
        {"javascript:x()", "#", "#"},
        {"JavaScript:x()", "#", "#"},
        {" javascript:x()", "#", "#"},
        {"java\tscript:x()", "#", "#"},
        {"data:text/html,x", "#", "#"},
        {"vbscript:x", "#", "#"},
        {"risks", "#", "#"},
        {"", "#", "#"},
        {"/it's", "/it&#39;s", "/it&#39;s"},
        {"/%2F\xC3\xA9", "/%2F%C3%A9", "/%2F%C3%A9"},
        {"/<b>", "/%3Cb%3E", "/%3Cb%3E"},
    };
    struct test_page t;
    test_page_new(&t, &lang_en);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf_reset(&t.out);
        html_url(&t.h, cases[i].in);
        assert_string_equal(t.out.data, cases[i].url);
        buf_reset(&t.out);
        html_target(&t.h, cases[i].in);
        assert_string_equal(t.out.data, cases[i].target);
    }
    buf_reset(&t.out);
    html_url(&t.h, NULL);
    assert_string_equal(t.out.data, "#");
    arena_free(t.arena);
}

static void a_segment_never_steps_up(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"..", "%252E%252E"}, {".", "%252E"}, {"...", "..."}, {"../x", "..%2Fx"}, {"", ""}};
    struct test_page t;
    test_page_new(&t, &lang_en);
    for (size_t i = 0; i < 5; i++) {
        buf_reset(&t.out);
        html_url_segment(&t.h, cases[i][0]);
        assert_string_equal(t.out.data, cases[i][1]);
    }
    buf_reset(&t.out);
    html_url_value(&t.h, "..");
    assert_string_equal(t.out.data, "..");
    arena_free(t.arena);
}

static void types_choose_how_they_are_printed(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    struct html *h = &t.h;
    char array[8] = "<";
    const struct safe_html safe = {"<b>", 3};
    html_put_text(h, "a&");
    html_put_text(h, array);
    html_put_text(h, -7);
    html_put_text(h, (int64_t)INT64_MIN);
    html_put_text(h, (size_t)SIZE_MAX);
    html_put_text(h, safe);
    html_put_text(h, (const char *)NULL);
    html_put_attr(h, 'x' == 'y' ? "1" : "\"");
    html_put_url_segment(h, 12);
    assert_string_equal(t.out.data,
                        "a&amp;&lt;-7-922337203685477580818446744073709551615<b>&#34;12");
    arena_free(t.arena);
}

static void arguments_of_messages_are_escaped_but_safe_ones(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    struct html *h = &t.h;
    html_tr_args(h, "A & {1}, {0}, {1}, {2}, {x}",
                 (const struct html_arg[]){html_arg_text(h, "<i>"),
                                           html_arg_text(h, ((struct safe_html){"<b>", 3}))},
                 2);
    assert_string_equal(t.out.data, "A &amp; <b>, &lt;i&gt;, <b>, , {x}");
    buf_reset(&t.out);
    html_tr_n(h, "One risk", "{0} risks", 1);
    html_tr_n(h, "One risk", "{0} risks", 12);
    assert_string_equal(t.out.data, "One risk12 risks");
    arena_free(t.arena);
}

static void small_parts_read_well(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    html_date(&t.h, "2026-11-22");
    html_date(&t.h, "");
    html_money(&t.h, "USD", 144368629, 2);
    html_state(&t.h, "risk", "At <risk>");
    html_paragraphs(&t.h, "\none <\ntwo\n\n\nthree\n");
    html_prose(&t.h, "\none <\ntwo\n- a\n- b\nthree\n\nfour");
    assert_string_equal(
        t.out.data,
        "<time datetime=\"2026-11-22\">22 Nov 2026</time>–"
        "<bdi class=\"money\" title=\"USD 1443686.29\">USD 1,443,686.29</bdi>"
        "<span class=\"state state--risk\">At &lt;risk&gt;</span>"
        "<p>one &lt;<br>two</p><p>three</p>"
        "<p>one &lt; two</p><ul class=\"list\"><li>a</li><li>b</li></ul><p>three</p><p>four</p>");
    buf_reset(&t.out);
    html_number(&t.h, &(struct html_figure){.shown = "24", .rule = "Latest", .records = "/x?a=1"});
    test_seen(t.arena, t.out.data);
    test_has(t.out.data, "<summary>24</summary>");
    test_has(t.out.data, "<dt>Rule</dt><dd>Latest</dd>");
    test_has(t.out.data, "<a href=\"/x?a=1\">Show the records</a>");
    test_has_not(t.out.data, "<dt>Source</dt>");
    arena_free(t.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_gives_back_what_went_in),
        cmocka_unit_test(addresses_lead_nowhere_dangerous),
        cmocka_unit_test(a_segment_never_steps_up),
        cmocka_unit_test(types_choose_how_they_are_printed),
        cmocka_unit_test(arguments_of_messages_are_escaped_but_safe_ones),
        cmocka_unit_test(small_parts_read_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
