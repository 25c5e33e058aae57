// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_page_test.c: the frame of a page: menus by right, tabs by route, errors, words, well-formed.

#include "html/page.h"

#include "html/html_test_help.h"

static enum err nothing(struct req *r, struct reply *p, struct err_info *e)
{
    (void)r;
    (void)p;
    (void)e;
    return ERR_NONE;
}

static const struct field fields[] = {
    {.name = "number", .label = MSG("Number"), .type = FIELD_TEXT, .data_class = CLASS_C1},
    {.name = "currency", .label = MSG("Currency"), .type = FIELD_TEXT, .data_class = CLASS_C1},
};
static const struct entity programme = {
    .kind = "programme", .label = MSG("Programme"), .fields = fields, .n_fields = 2};

#define P "/programmes/{programme}"
static const struct route routes_all[] = {
    {.path = "/", .needs = MAY_SIGNED_IN, .get = nothing},
    {.path = "/administration", .needs = MAY_ADMINISTER, .get = nothing},
    {.path = "/countries", .needs = MAY_READ, .post = nothing}, // cannot be opened
    {.path = "/programmes", .needs = MAY_READ, .get = nothing},
    {.path = P, .needs = MAY_READ, .tab = TAB_OVERVIEW, .get = nothing},
    {.path = P "/budget", .needs = MAY_APPROVE, .tab = TAB_MONEY, .get = nothing},
    {.path = P "/plan/checklist", .needs = MAY_READ, .tab = TAB_PLAN, .get = nothing},
    {.path = P "/results/{result}", .needs = MAY_READ, .tab = TAB_MONITOR, .get = nothing},
    {.path = P "/risks", .needs = MAY_READ, .tab = TAB_PLAN, .get = nothing},
    {.path = P "/zones", .needs = MAY_READ, .tab = TAB_PLAN, .get = nothing},
};
#define N_ROUTES (sizeof routes_all / sizeof routes_all[0])

static const struct route *const *routes(void)
{
    static const struct route *list[N_ROUTES];
    for (size_t i = 0; i < N_ROUTES; i++) {
        list[i] = &routes_all[i];
    }
    return list;
}

static const struct grant reads_one[] = {{.verbs = MAY_READ, .programme_id = "01P"}};
static const struct identity reader = {
    .user_id = "01U", .name_key = "7", .name = "7 8", .language = "en", .grants = reads_one,
    .n_grants = 1};

static void the_menu_holds_what_the_person_may_open(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    struct page_links m =
        page_menu(t.arena, &lang_en, routes(), N_ROUTES, &reader, MENU_PROGRAMMES);
    assert_int_equal(m.n, 2); // not administration, not countries
    assert_string_equal(m.items[0].address, "/");
    assert_false(m.items[0].current);
    assert_string_equal(m.items[1].label, "Programmes");
    assert_true(m.items[1].current);
    assert_int_equal(page_menu(t.arena, &lang_en, routes(), N_ROUTES, NULL, MENU_NONE).n, 0);
    arena_free(t.arena);
}

static void tabs_lead_to_the_shortest_address_that_may_be_opened(void **state)
{
    (void)state;
    struct test_page t;
    test_page_new(&t, &lang_en);
    struct record *p = record_new(t.arena, &programme);
    p->id = "01P";
    record_set_text(p, "number", "GLO/T 59");
    struct page_links tabs =
        page_tabs(t.arena, &lang_en, routes(), N_ROUTES, &reader, p, TAB_PLAN);
    assert_int_equal(tabs.n, 2); // no money (right), no monitor (needs more than the programme)
    assert_string_equal(tabs.items[0].address, "/programmes/GLO%2FT%2059");
    assert_string_equal(tabs.items[1].label, "Plan");
    assert_string_equal(tabs.items[1].address, "/programmes/GLO%2FT%2059/risks");
    assert_true(tabs.items[1].current);
    p->id = "01Q"; // another programme
    assert_int_equal(page_tabs(t.arena, &lang_en, routes(), N_ROUTES, &reader, p, TAB_PLAN).n, 0);
    arena_free(t.arena);
}

static void initials_are_of_the_first_and_last_word(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Ana Moreau", "AM"}, {"Ana Maria Moreau", "AM"}, {"Lin", "L"},     {"", ""},
        {" Émile Zola ", "ÉZ"}, {"李 明", "李明"},         {"a  b", "ab"},
    };
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(page_initials(a, cases[i][0]), cases[i][1]);
    }
    arena_free(a);
}

struct fixture {
    struct test_page t;
    struct route route;
    struct req r;
    struct reply p;
    struct html h;
    struct err_info e;
};

static void begin(struct fixture *x, const struct lang *lang)
{
    *x = (struct fixture){0};
    test_page_new(&x->t, lang);
    x->route = (struct route){.path = "/7", .needs = MAY_READ, .title = MSG("Things")};
    x->r = (struct req){.arena = x->t.arena, .route = &x->route, .method = METHOD_GET,
                        .path = "/7", .address = "/7?8", .lang = lang, .who = &reader,
                        .csrf = "9", .theme = "", .minor_digits = 2};
}

static const char *draw(struct fixture *x, const struct page *page)
{
    page_begin(&x->h, &x->r, &x->p, page);
    assert_int_equal(page_end(&x->h, &x->e), ERR_NONE);
    return x->p.body.data;
}

static void a_page_is_whole_and_says_where_we_are(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    x.r.theme = "dark";
    x.r.compact = true;
    static const struct crumb crumbs[] = {{"Programmes", "/programmes"}, {"G<59>", "/x"}};
    const char *html = draw(&x, &(struct page){
        .title = "Risks of G<59>", .count = "4", .about = "What could happen.", .crumbs = crumbs,
        .n_crumbs = 2, .primary = {.label = "Add a risk", .address = "/x/new", .icon = "add"},
        .width = PAGE_WIDE, .state_kind = "done", .state = "Running"});
    test_seen(x.t.arena, html);
    test_has(html, "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\" data-theme=\"dark\" "
                   "data-density=\"compact\">");
    test_has(html, "<title>Risks of G&lt;59&gt; · Mainstay</title>");
    test_has(html, "<h1>Risks of G&lt;59&gt; <span class=\"count\">4</span></h1>");
    test_has(html, "<div class=\"page page--wide\">");
    test_has(html, "<li><a href=\"/x\">G&lt;59&gt;</a></li>");
    test_has(html, "<a class=\"btn btn--primary\" href=\"/x/new\">");
    test_has(html, "<span class=\"state state--done\">Running</span>");
    test_has(html, "href=\"/assets/mainstay.css?v=");
    test_has(html, "Printed from /7?8 on ");
    test_has_not(html, "class=\"errors\"");
    arena_free(x.t.arena);
}

static void what_happened_and_what_is_wrong_stand_on_top(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    struct form form = {0};
    x.r.form = &form;
    x.r.flash = "Saved <it>.";
    x.r.undo = "ab\"12";
    (void)err_set(&x.e, ERR_INPUT, "cost", MSG("{0} is not clear."), MSG("Write 12."), "Cost",
                  NULL);
    form_add_error(x.t.arena, &form, &x.e);
    (void)err_set(&x.e, ERR_CONFLICT, "", MSG("Somebody changed this."), MSG("Look again."), NULL);
    form_add_error(x.t.arena, &form, &x.e);
    const char *html = draw(&x, &(struct page){0});
    test_seen(x.t.arena, html);
    test_has(html, "<h1>Things</h1>"); // the title of the route
    test_has(html, "<p>Saved &lt;it&gt;.</p>");
    test_has(html, "<form method=\"post\" action=\"/undo\"><input type=\"hidden\" name=\"_csrf\"");
    test_has(html, "name=\"version\" value=\"ab&#34;12\"");
    test_has(html, "2 things need mending");
    test_has(html, "<a href=\"#f-cost\">Cost is not clear.</a>");
    test_has(html, "Somebody changed this. Look again.");
    arena_free(x.t.arena);
}

static void an_action_that_changes_something_is_a_form_with_a_token(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    const char *html = draw(&x, &(struct page){
        .primary = {.label = "Approve", .address = "/x/approve", .post = true}});
    test_has(html, "<form method=\"post\" action=\"/x/approve\">"
                   "<input type=\"hidden\" name=\"_csrf\" value=\"9\">"
                   "<button class=\"btn btn--primary\">Approve</button></form>");
    arena_free(x.t.arena);
}

static void a_script_that_wants_a_part_gets_no_frame(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    x.r.script_wants_part = true;
    page_begin(&x.h, &x.r, &x.p, &(struct page){0});
    html_text(&x.h, "part");
    assert_int_equal(page_end(&x.h, &x.e), ERR_NONE);
    assert_string_equal(x.p.body.data, "part");
    arena_free(x.t.arena);
}

static void a_page_above_the_ceiling_is_an_error(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_en);
    buf_init(&x.p.body, x.t.arena, 1000);
    page_begin(&x.h, &x.r, &x.p, &(struct page){0});
    assert_int_equal(page_end(&x.h, &x.e), ERR_TOO_LARGE);
    arena_free(x.t.arena);
}

// Everything that is seen or heard in the frame is marked by the pseudo-language; the data given
// here hold no letters.
static void every_word_of_the_frame_is_in_the_catalogue(void **state)
{
    (void)state;
    struct fixture x;
    begin(&x, &lang_pseudo);
    static const struct crumb crumbs[] = {{"59", "/x"}};
    struct form form = {0};
    x.r.form = &form;
    x.r.flash = "1";
    x.r.undo = "2";
    struct record *p = record_new(x.t.arena, &programme);
    p->id = "01P";
    record_set_text(p, "number", "59");
    x.r.programme = p;
    (void)err_set(&x.e, ERR_INPUT, "cost", MSG("This is needed."), NULL, NULL);
    form_add_error(x.t.arena, &form, &x.e);
    const char *html = draw(&x, &(struct page){.crumbs = crumbs, .n_crumbs = 1,
                                               .primary = {.label = "3", .address = "/4"}});
    test_has(html, "<html lang=\"qps\" dir=\"rtl\"");
    static const char *const data[] = {NULL};
    const char *bad = test_untranslated(test_seen(x.t.arena, html), data);
    if (bad != NULL) {
        fail_msg("not in the catalogue: %.60s", bad);
    }
    arena_free(x.t.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_menu_holds_what_the_person_may_open),
        cmocka_unit_test(tabs_lead_to_the_shortest_address_that_may_be_opened),
        cmocka_unit_test(initials_are_of_the_first_and_last_word),
        cmocka_unit_test(a_page_is_whole_and_says_where_we_are),
        cmocka_unit_test(what_happened_and_what_is_wrong_stand_on_top),
        cmocka_unit_test(an_action_that_changes_something_is_a_form_with_a_token),
        cmocka_unit_test(a_script_that_wants_a_part_gets_no_frame),
        cmocka_unit_test(a_page_above_the_ceiling_is_an_error),
        cmocka_unit_test(every_word_of_the_frame_is_in_the_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
