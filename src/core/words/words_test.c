// SPDX-License-Identifier: AGPL-3.0-or-later
//
// words_test.c: folding, stems and queries, in the scripts of the six languages.

#include <string.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "base/limits.h"
#include "words/stem.h"

static const char *tokens(const char *text)
{
    struct buf b;
    buf_init(&b, arena, LIMIT_TEXT_BYTES);
    stem_tokens(&b, text);
    return b.len == 0 ? "" : b.data;
}

static void texts_become_tokens(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tokens;
    } cases[] = {
        {"", ""},
        {" - ? ", ""},
        {"Trafficking, trafficked; traffics", "traffick traffick traffic"},
        {"risk RISKS risky", "risk risk riski"},
        {"relational conditional rational", "relat condit ration"},
        {"hopping hoping agreed feed", "hop hope agre feed"},
        {"ponies caresses cats", "poni caress cat"},
        {"electricity adjustment controlling rolls", "electr adjust control roll"},
        {"réfugiés refugies", "refugi refugi"},
        {"Straße ﬁne ２０２６", "straße fine 2026"},
        {"3.4-R07", "3 4 r07"},
        {"women's", "women s"},
        {"人权 and 人口", "人 权 and 人 口"},
        {"ёлка елка", "елка елка"}, // the sign above falls away
        {"الحقوق وحقوق حُقُوق", "حقوق حقوق حقوق"},
        {"e\xCC\x81t\xC3\xA9", "et"}, // composed or not
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(tokens(cases[i].text), cases[i].tokens);
    }
}

static void a_query_finds_the_stems_of_its_words(void **state)
{
    (void)state;
    static const struct {
        const char *query, *fts5, *tsquery;
    } cases[] = {
        {"prisons", "(\"prison\" OR \"prisons\" * )", "('prison' | 'prisons':* )"},
        {"Human rights", "\"human\" AND (\"right\" OR \"rights\" * )",
         "'human' & ('right' | 'rights':* )"},
        {"3.4-R07", "\"3\" + \"4\" + \"r07\"", "'3' <-> '4' <-> 'r07'"},
        {"人权", "\"人\" + \"权\"", "'人' <-> '权'"},
        {"a\" OR b*", "\"a\" AND \"or\" AND \"b\"", "'a' & 'or' & 'b'"},
        {"'; --", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf b;
        buf_init(&b, arena, LIMIT_TEXT_BYTES);
        assert_int_equal(stem_query(&b, cases[i].query, STEM_FTS5), cases[i].fts5 != NULL);
        if (cases[i].fts5 != NULL) {
            assert_string_equal(b.data, cases[i].fts5);
            buf_reset(&b);
            assert_true(stem_query(&b, cases[i].query, STEM_TSQUERY));
            assert_string_equal(b.data, cases[i].tsquery);
        }
    }
    struct buf b;
    buf_init(&b, arena, LIMIT_TEXT_BYTES);
    assert_true(stem_query(&b, "a b c d e f g h i j k l m n o p", STEM_TSQUERY));
    assert_string_equal(b.data, "'a' & 'b' & 'c' & 'd' & 'e' & 'f' & 'g' & 'h' & 'i' & 'j' & 'k' & 'l'");
}

static void words_keep_their_place_in_the_text(void **state)
{
    (void)state;
    static const char text[] = "Élan – 人权, and soft\xC2\xADhyphen";
    struct words w;
    const char *seen = "";
    stem_begin(&w, text, strlen(text));
    while (words_next(&w)) {
        seen = arena_printf(arena, "%s[%.*s]", seen, (int)(w.to - w.from), text + w.from);
    }
    assert_string_equal(seen, "[Élan][人][权][and][soft\xC2\xADhyphen]");
    // a word longer than the ceiling is cut at the same places each time
    char *run = arena_alloc(arena, 1001);
    memset(run, 'a', 1000);
    size_t n = 0, bytes = 0;
    words_begin(&w, run, 1000);
    while (words_next(&w)) {
        n++;
        bytes += w.text_len;
    }
    assert_int_equal(n, 5);
    assert_int_equal(bytes, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_tokens),
        cmocka_unit_test(a_query_finds_the_stems_of_its_words),
        cmocka_unit_test(words_keep_their_place_in_the_text),
    };
    return cmocka_run_group_tests(tests, set_up_arena, tear_down_arena);
}
