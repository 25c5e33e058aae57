// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_record_test.c: a record read first, and its history.

#include "html/record.h"

#include "html/html_test_help.h"
#include "http/http.h"

#define C1 .data_class = CLASS_C1
static const struct field fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .ref = "programme", C1},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, C1},
    {.name = "why", .label = MSG("Why"), .type = FIELD_LONG, C1},
    {.name = "cost", .label = MSG("Cost"), .type = FIELD_MONEY, C1},
    {.name = "due_on", .label = MSG("Due"), .type = FIELD_PARTIAL_DATE, C1},
    {.name = "owner_id", .label = MSG("Owner"), .type = FIELD_REF, .ref = "user", C1},
    {.name = "key", .label = MSG("Key"), .type = FIELD_TEXT, .data_class = CLASS_C4},
};
static const struct entity thing = {
    .kind = "thing", .label = MSG("Thing"), .parent_field = "programme_id", .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0]};

static struct record_link resolve(void *context, struct arena *a, const struct field *f,
                                  const char *id)
{
    (void)context;
    (void)a;
    (void)f;
    return strcmp(id, "01U") == 0 ? (struct record_link){"Ana <M>", "/people/1"}
                                  : (struct record_link){0};
}

static struct record *sample(struct arena *a)
{
    struct record *r = record_new(a, &thing);
    record_set_text(r, "title", "A & B");
    record_set_text(r, "why", "One.\n\nTwo.");
    record_set_int(r, "cost", 1250050);
    record_set_text(r, "due_on", "2026-11");
    record_set_text(r, "owner_id", "01U");
    record_set_text(r, "key", "geheim");
    return r;
}

static void a_section_shows_values_as_people_read_them(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    t.h.currency = "USD";
    struct record_view v = {.record = sample(t.arena), .minor_digits = 2, .resolve = resolve};
    record_show_section(&t.h, &v, &(struct record_section){
        .title = "Facts", .change = "/things/1/change", .change_what = "the facts"});
    const char *html = t.out.data;
    test_seen(t.arena, html);
    test_has(html, "<h2>Facts</h2><a href=\"/things/1/change\">Change"
                   "<span class=\"vh\"> the facts");
    test_has(html, "<dt>Title</dt><dd>A &amp; B</dd>");
    test_has(html, "<dt>Why</dt><dd><p>One.</p><p>Two.</p></dd>");
    test_has(html, ">USD 12,500.50</bdi>");
    test_has(html, "<time datetime=\"2026-11\">Nov 2026</time>");
    test_has(html, "<a href=\"/people/1\">Ana &lt;M&gt;</a>");
    test_has(html, "<dt>Key</dt><dd>Not shown</dd>");
    test_has_not(html, "geheim");
    test_has_not(html, "<dt>Programme</dt>"); // the page says where we are
    arena_free(t.arena);
}

static void named_fields_come_in_that_order_and_what_is_not_known_is_a_dash(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    struct record *r = record_new(t.arena, &thing);
    record_set_text(r, "owner_id", "01X"); // gone
    struct record_view v = {.record = r, .resolve = resolve};
    record_show_facts(&t.h, &v, (const char *const[]){"owner_id", "title", NULL});
    assert_string_equal(t.out.data, "<dl class=\"facts\"><div><dt>Owner</dt><dd>–</dd></div>"
                                    "<div><dt>Title</dt><dd>–</dd></div></dl>");
    arena_free(t.arena);
}

// A kind of the program itself, since history finds kinds in the registry.
static void history_says_who_when_why_and_each_field(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    t.h.currency = "USD";
    assert_non_null(model_find("partner"));
    static const struct change changes[] = {
        {.hash = "ab12", .kind = "partner", .record_id = "01R", .op = "update", .actor = "01U",
         .fields = "{\"name\": [\"Old <one>\", \"New\"], \"gone_field\": [null, \"x\"]}",
         .reason = "A & B", .wall = "2026-11-22T10:20:30.123Z"},
        {.hash = "cd34", .kind = "no_such_kind", .record_id = "01R", .op = "create",
         .actor = "owner", .fields = "{\"a\": [null, 1]}", .wall = "2026-11-21T00:00:00.000Z"},
        {.hash = "ef56", .kind = "partner", .record_id = "01R", .op = "update", .actor = "owner",
         .fields = "not JSON", .wall = "2026"},
        {.hash = "a7", .kind = "programme", .record_id = "01P", .op = "update", .actor = "owner",
         .fields = "{\"objective\": [null, \"a\\n\\nb\"]}", .wall = "2026"},
    };
    struct req r = {.csrf = "9", .address = "/things/1?a&b"};
    t.h.req = &r;
    record_show_history(&t.h, &(struct record_history){.changes = changes, .n = 4,
                                                       .may_undo = true});
    const char *html = t.out.data;
    test_seen(t.arena, html);
    test_has(html, "22 Nov 2026, 10:20 UTC");
    test_has(html, "<b>Changed: Partner</b> Reason: A &amp; B");
    test_has(html, "<del>Old &lt;one&gt;</del> <ins>New</ins>");
    test_has(html, "<ins>a<br>b</ins>");
    test_has(html, "<b>Written: no_such_kind</b>");
    test_has(html, "name=\"version\" value=\"ab12\"><input type=\"hidden\" name=\"return\" "
                   "value=\"/things/1?a&amp;b\">");
    test_has_not(html, "gone_field");
    arena_free(t.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_shows_values_as_people_read_them),
        cmocka_unit_test(named_fields_come_in_that_order_and_what_is_not_known_is_a_dash),
        cmocka_unit_test(history_says_who_when_why_and_each_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
