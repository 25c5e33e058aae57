// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_form_test.c: does each field get the right control, keep what was typed, and say what is
// wrong?

#include "html/form.h"

#include "base/bug.h"
#include "html/html_test_help.h"

static const struct choice levels[] = {
    {"low", MSG("Low")}, {"medium", MSG("Medium")}, {"high", MSG("High")}, {NULL, NULL}};
static const struct choice many[] = {
    {"a", MSG("A")}, {"b", MSG("B")}, {"c", MSG("C")}, {"d", MSG("D")},
    {"e", MSG("E")}, {"f", MSG("F")}, {"g", MSG("G")}, {NULL, NULL}};

static const struct choice *list_countries(void)
{
    static char codes[31][3];
    static struct choice all[31];
    for (int i = 0; i < 30; i++) {
        snprintf(codes[i], 3, "%c%c", 'A' + i / 10, '0' + i % 10);
        all[i] = (struct choice){codes[i], codes[i]};
    }
    return all;
}
static const struct vocabulary countries = {.name = "country", .list = list_countries};

static const struct choice *list_places(void)
{
    static struct choice all[32];
    memcpy(all, list_countries(), 30 * sizeof *all);
    all[30] = (struct choice){"998", MSG("Everywhere")};
    return all;
}
static const struct vocabulary places = {.name = "place", .list = list_places, .ours = "998"};

#define C1 .data_class = CLASS_C1
static const struct field fields[] = {
    {.name = "programme_id", .label = MSG("Programme"), .type = FIELD_REF, .ref = "programme", C1},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, .required = true,
     .hint = MSG("Short."), .example = "7 <8>", C1},
    {.name = "why", .label = MSG("Why"), .type = FIELD_LONG, C1},
    {.name = "people", .label = MSG("People"), .type = FIELD_INT, .min = 0, .max = 99, C1},
    {.name = "share", .label = MSG("Share"), .type = FIELD_DECIMAL, C1},
    {.name = "cost", .label = MSG("Cost"), .type = FIELD_MONEY, C1},
    {.name = "starts_on", .label = MSG("Begins"), .type = FIELD_DATE, C1},
    {.name = "bound_on", .label = MSG("Bound"), .type = FIELD_PARTIAL_DATE, C1},
    {.name = "open", .label = MSG("Open"), .type = FIELD_BOOL, .required = true, C1},
    {.name = "level", .label = MSG("Level"), .type = FIELD_CODE, .choices = levels, C1},
    {.name = "kind", .label = MSG("Kind"), .type = FIELD_CODE, .choices = many, C1},
    {.name = "country", .label = MSG("Country"), .type = FIELD_CODE, .vocabulary = &countries, C1},
    {.name = "areas", .label = MSG("Areas"), .type = FIELD_CODES, .choices = many, C1},
    {.name = "countries", .label = MSG("Countries"), .type = FIELD_CODES,
     .vocabulary = &countries, C1},
    {.name = "shares", .label = MSG("Shares"), .type = FIELD_SHARES, .vocabulary = &places,
     .shares_of = "countries", C1},
    {.name = "owner_id", .label = MSG("Owner"), .type = FIELD_REF, .ref = "user", C1},
    {.name = "made_on", .label = MSG("Made"), .type = FIELD_DATE, .read_only = true, C1},
};
static const struct entity thing = {
    .kind = "thing", .label = MSG("Thing"), .parent_field = "programme_id", .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0]};

struct fixture {
    struct test_page t;
    struct form form;
    struct err_info e;
};

static void begin(struct fixture *x, const struct lang *lang)
{
    test_page_new(&x->t, lang);
    x->form = (struct form){.entity = &thing, .fields = fields, .n_fields = thing.n_fields,
                            .record = record_new(x->t.arena, &thing), .minor_digits = 2};
    x->t.h.currency = "USD";
}

static const char *draw(struct fixture *x, const char *field)
{
    buf_reset(&x->t.out);
    form_field(&x->t.h, &x->form, field);
    test_seen(x->t.arena, x->t.out.data); // tags match
    return arena_copy(x->t.arena, x->t.out.data);
}

static size_t count(const char *html, const char *piece)
{
    size_t n = 0;
    for (const char *p = html; (p = strstr(p, piece)) != NULL; p++) {
        n++;
    }
    return n;
}

static void each_type_has_its_control(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    test_has(draw(&x, "title"), "<input id=\"f-title\" type=\"text\" dir=\"auto\" name=\"title\"");
    test_has(draw(&x, "why"), "<textarea dir=\"auto\" id=\"f-why\" name=\"why\"");
    test_has(draw(&x, "people"), "inputmode=\"numeric\"");
    test_has(draw(&x, "share"), "inputmode=\"decimal\"");
    test_has(draw(&x, "cost"), "<span id=\"f-cost-u\">USD</span><input class=\"num\"");
    test_has(draw(&x, "starts_on"), "type=\"date\"");
    test_has(draw(&x, "bound_on"), "type=\"text\"");
    assert_int_equal(count(draw(&x, "open"), "type=\"radio\""), 2);   // required: yes, no
    assert_int_equal(count(draw(&x, "level"), "type=\"radio\""), 4);  // and no answer
    assert_int_equal(count(draw(&x, "kind"), "<option"), 8);          // seven and none
    test_has(draw(&x, "country"), "<select");
    assert_int_equal(count(draw(&x, "areas"), "type=\"checkbox\""), 7);
    test_has_not(draw(&x, "areas"), "choices--long");
    test_has(draw(&x, "countries"), "choices--long");
    test_has(draw(&x, "areas"), "<input type=\"hidden\" name=\"areas\" value=\"\">");
    test_has(draw(&x, "owner_id"), "<input id=\"f-owner_id\"");
    arena_free(x.t.arena);
}

static void references_are_chosen_among_what_the_caller_gives(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_pseudo);
    static const struct choice people[] = {{"01A", "Ana <M>"}, {"01B", "Idris"}};
    form_set_choices(&x.t.h, "owner_id", people, 2);
    record_set_text(x.form.record, "owner_id", "01B");
    const char *html = draw(&x, "owner_id");
    test_has(html, "<option value=\"01A\">Ana &lt;M&gt;</option>");
    test_has(html, "<option value=\"01B\" selected>Idris</option>"); // names are not translated
    arena_free(x.t.arena);
}

// A line that would be cut off is shown on two lines; what is typed stays one (field_parse).
static void a_long_line_is_seen_whole(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    const char *text = "Number of women and men who work in the justice system and were trained <on rights>";
    record_set_text(x.form.record, "title", text);
    const char *html = draw(&x, "title");
    test_has(html, "<textarea class=\"two-lines\" dir=\"auto\" id=\"f-title\" name=\"title\" rows=\"2\"");
    test_has(html, "trained &lt;on rights&gt;</textarea>");
    record_set_text(x.form.record, "title", arena_copy_n(x.t.arena, text, 70));
    test_has(draw(&x, "title"), "<input id=\"f-title\"");
    arena_free(x.t.arena);
}

static void values_of_the_record_fill_the_form(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    record_set_text(x.form.record, "title", "A \"b\" <c>");
    record_set_int(x.form.record, "cost", 1250000);
    record_set_text(x.form.record, "level", "high");
    record_set_text(x.form.record, "countries", " C9 ");
    record_set_int(x.form.record, "open", 0);
    test_has(draw(&x, "title"), "value=\"A &#34;b&#34; &lt;c&gt;\"");
    test_has(draw(&x, "cost"), "value=\"12500.00\"");
    test_has(draw(&x, "level"), "value=\"high\" checked>");
    assert_int_equal(count(draw(&x, "level"), "checked"), 1);
    test_has(draw(&x, "open"), "value=\"false\" checked>");
    const char *html = draw(&x, "countries");
    assert_int_equal(count(html, "checked"), 1);
    // in a long list the chosen one stands first
    assert_true(strstr(html, "value=\"C9\" checked") < strstr(html, "value=\"A0\""));
    arena_free(x.t.arena);
}

static void what_was_typed_is_kept_and_the_error_stands_beside_it(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    static const struct pair typed[] = {{"cost", "12.500,-"}, {"starts_on", "31 Feb"},
                                        {"areas", ""},        {"areas", "a"},
                                        {"areas", "g"},       {"why", "\n<two>"}};
    x.form.typed = typed;
    x.form.n_typed = 6;
    record_set_int(x.form.record, "cost", 100);
    (void)err_set(&x.e, ERR_INPUT, "cost", MSG("{0} must be an amount of money."),
                  MSG("For example 1443686.29."), "Cost", NULL);
    form_add_error(x.t.arena, &x.form, &x.e);
    const char *html = draw(&x, "cost");
    test_has(html, "class=\"field field--error\"");
    test_has(html, "value=\"12.500,-\"");
    test_has(html, "aria-invalid=\"true\"");
    test_has(html, "aria-describedby=\"f-cost-e f-cost-u\"");
    test_has(html, "<p class=\"error\" id=\"f-cost-e\">Cost must be an amount of money. "
                   "For example 1443686.29.</p>");
    html = draw(&x, "starts_on"); // a browser would drop it from type="date"
    test_has(html, "type=\"text\" dir=\"auto\" name=\"starts_on\" value=\"31 Feb\"");
    test_has_not(html, "field--error");
    assert_int_equal(count(draw(&x, "areas"), "checked"), 2);
    // a browser leaves out the first line end after <textarea>, so there must be one more
    test_has(draw(&x, "why"), ">\n\n&lt;two&gt;</textarea>");
    arena_free(x.t.arena);
}

static void hint_and_example_are_tied_to_the_field(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    const char *html = draw(&x, "title");
    test_has(html, "<p class=\"hint\" id=\"f-title-h\">Short. Example: 7 &lt;8&gt;</p>");
    test_has(html, "aria-describedby=\"f-title-h\"");
    test_has(html, " required");
    test_has_not(html, "may stay empty");
    test_has(draw(&x, "why"), "(may stay empty)");
    arena_free(x.t.arena);
}

static void a_form_can_need_more_than_its_kind(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    static const char *const needed[] = {"why", NULL};
    x.form.needed = needed;
    const char *html = draw(&x, "why");
    test_has(html, " required");
    test_has_not(html, "may stay empty");
    test_has(draw(&x, "cost"), "(may stay empty)");
    arena_free(x.t.arena);
}

static void all_fields_but_those_the_program_fills(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    form_all_fields(&x.t.h, &x.form, (const char *const[]){"why", NULL});
    const char *html = x.t.out.data;
    test_seen(x.t.arena, html);
    test_has(html, "name=\"title\"");
    test_has(html, "name=\"owner_id\"");
    test_has_not(html, "name=\"why\"");
    test_has_not(html, "name=\"made_on\"");      // read only
    test_has_not(html, "name=\"programme_id\""); // the parent
    assert_true(strstr(html, "name=\"title\"") < strstr(html, "name=\"people\""));
    arena_free(x.t.arena);
}

static void a_secret_is_never_sent_back(void **state)
{
    (void)state;
    static const struct field secret[] = {{.name = "new_password", .label = MSG("New password"),
                                           .type = FIELD_TEXT, .data_class = CLASS_C4}};
    static const struct pair typed[] = {{"new_password", "hunter2"}};
    struct fixture x;
    begin(&x, &lang_en);
    struct value none = {0};
    x.form = (struct form){.fields = secret, .n_fields = 1, .values = &none, .typed = typed,
                           .n_typed = 1};
    const char *html = draw(&x, "new_password");
    test_has(html, "type=\"password\"");
    test_has(html, "autocomplete=\"new-password\"");
    test_has_not(html, "hunter2");
    arena_free(x.t.arena);
}

static void the_version_seen_goes_with_the_form(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    static const struct route route = {.path = "/x", .uploads = true};
    struct req r = {.csrf = "t\"k", .route = &route};
    x.t.h.req = &r;
    x.form.record->version = "new";
    form_begin(&x.t.h, &x.form, "/things/7");
    form_end(&x.t.h, "Save & go", "/things");
    const char *html = x.t.out.data;
    test_seen(x.t.arena, html);
    test_has(html, "method=\"post\" action=\"/things/7\" enctype=\"multipart/form-data\"");
    test_has(html, "name=\"_csrf\" value=\"t&#34;k\"");
    test_has(html, "name=\"_version\" value=\"new\"");
    test_has(html, ">Save &amp; go</button>");
    test_has(html, "href=\"/things\">Cancel</a>");

    static const struct pair typed[] = {{"_version", "old"}};
    x.form.typed = typed;
    x.form.n_typed = 1;
    buf_reset(&x.t.out);
    form_begin(&x.t.h, &x.form, "/things/7");
    test_has(x.t.out.data, "name=\"_version\" value=\"old\""); // a mistake elsewhere keeps it

    (void)err_set(&x.e, ERR_CONFLICT, "", MSG("Somebody changed this."), NULL, NULL);
    form_add_error(x.t.arena, &x.form, &x.e);
    buf_reset(&x.t.out);
    form_begin(&x.t.h, &x.form, "/things/7");
    test_has(x.t.out.data, "name=\"_version\" value=\"new\""); // after a conflict it is a decision
    arena_free(x.t.arena);
}

static void every_word_of_a_form_is_in_the_catalogue(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_pseudo);
    (void)err_set(&x.e, ERR_INPUT, "title", MSG("This is needed."), MSG("Write it."), NULL);
    form_add_error(x.t.arena, &x.form, &x.e);
    form_begin(&x.t.h, &x.form, "/x");
    form_all_fields(&x.t.h, &x.form, NULL);
    form_end(&x.t.h, tr(&lang_pseudo, MSG("Save")), "/");
    static const char *const data[] = {"USD", "A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8",
                                       "A9", "B0", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8",
                                       "B9", "C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8",
                                       "C9", NULL};
    const char *seen = test_seen(x.t.arena, x.t.out.data);
    const char *bad = test_untranslated(seen, data);
    if (bad != NULL) {
        fail_msg("not in the catalogue: %.60s", bad);
    }
    arena_free(x.t.arena);
}

// A line for each country that is chosen, for each share that was typed, and for what is no country.
static void shares_have_a_line_for_each_code_that_is_chosen(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    const char *html = draw(&x, "shares");
    test_has(html, " data-shares=\"countries\" hidden>");
    assert_int_equal(count(html, "inputmode=\"decimal\""), 1);
    record_set_text(x.form.record, "countries", " A1 C9 ");
    record_set_text(x.form.record, "shares", "A1 60.5 998 39.5");
    html = draw(&x, "shares");
    test_has_not(html, " hidden");
    assert_int_equal(count(html, "inputmode=\"decimal\""), 3);
    test_has(html, "data-share=\"A1\"><label for=\"f-shares-A1\">A1</label>");
    test_has(html, "name=\"shares.A1\" value=\"60.5\"");
    test_has(html, "name=\"shares.C9\" value=\"\"");
    test_has(html, "<div class=\"share\"><label for=\"f-shares-998\">Everywhere</label>");
    test_has(html, "<output data-sum=\"share\">100</output>");
    struct pair typed[] = {{"shares.A1", "60"}, {"shares.B0", "x"}, {"shares.998", ""}};
    x.form.typed = typed;
    x.form.n_typed = COUNT_OF(typed);
    html = draw(&x, "shares");
    test_has(html, "name=\"shares.A1\" value=\"60\"");
    test_has(html, "name=\"shares.B0\" value=\"x\"");
    test_has(html, "name=\"shares.998\" value=\"\"");
    test_has(html, "<output data-sum=\"share\">60</output>");
    assert_string_equal(form_text(x.t.arena, &x.form, "shares"), "A1 60, B0 x");
    struct pair large[30]; // what is no share is not added up, however large
    for (int i = 0; i < 30; i++) {
        large[i] = (struct pair){arena_printf(x.t.arena, "shares.%s", list_countries()[i].code), "999999999999"};
    }
    x.form.typed = large;
    x.form.n_typed = COUNT_OF(large);
    html = draw(&x, "shares");
    assert_int_equal(count(html, "value=\"999999999999\""), 30);
    test_has(html, "<output data-sum=\"share\">39.5</output>"); // of the record
    arena_free(x.t.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_has_its_control),
        cmocka_unit_test(references_are_chosen_among_what_the_caller_gives),
        cmocka_unit_test(a_long_line_is_seen_whole),
        cmocka_unit_test(values_of_the_record_fill_the_form),
        cmocka_unit_test(what_was_typed_is_kept_and_the_error_stands_beside_it),
        cmocka_unit_test(hint_and_example_are_tied_to_the_field),
        cmocka_unit_test(a_form_can_need_more_than_its_kind),
        cmocka_unit_test(all_fields_but_those_the_program_fills),
        cmocka_unit_test(a_secret_is_never_sent_back),
        cmocka_unit_test(the_version_seen_goes_with_the_form),
        cmocka_unit_test(shares_have_a_line_for_each_code_that_is_chosen),
        cmocka_unit_test(every_word_of_a_form_is_in_the_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
