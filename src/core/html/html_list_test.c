// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_list_test.c: what a list reads from its address, and what it draws.

#include "html/list.h"

#include "html/form.h"
#include "html/html_test_help.h"

static const struct choice states[] = {
    {"open", MSG("Open")}, {"closed", MSG("Closed")}, {NULL, NULL}};
static const struct choice areas[] = {{"law", MSG("Law")}, {"data", MSG("Data")}, {NULL, NULL}};
#define C1 .data_class = CLASS_C1
static const struct field fields[] = {
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, C1},
    {.name = "state", .label = MSG("State"), .type = FIELD_CODE, .choices = states, C1},
    {.name = "areas", .label = MSG("Areas"), .type = FIELD_CODES, .choices = areas, C1},
    {.name = "late", .label = MSG("Late"), .type = FIELD_BOOL, C1},
    {.name = "cost", .label = MSG("Cost"), .type = FIELD_MONEY, C1},
    {.name = "due_on", .label = MSG("Due"), .type = FIELD_DATE, C1},
    {.name = "owner_id", .label = MSG("Owner"), .type = FIELD_REF, .ref = "user", C1},
};
static const struct entity thing = {.kind = "thing", .label = MSG("Thing"), .fields = fields,
                                    .n_fields = sizeof fields / sizeof fields[0]};
static const struct list_spec spec = {
    .kind = &thing, .search_field = "title", .order = "title",
    .sortable = (const char *const[]){"title", "due_on", NULL},
    .filters = (const char *const[]){"state", "areas", "late", NULL}};

struct fixture {
    struct test_page t;
    struct req r;
    struct list_query q;
    struct err_info e;
};

static enum err ask(struct fixture *x, const struct pair *query, size_t n)
{
    *x = (struct fixture){0};
    test_page_new(&x->t, &lang_en);
    x->r = (struct req){.arena = x->t.arena, .path = "/things", .query = query, .n_query = n,
                        .lang = &lang_en, .minor_digits = 2};
    x->t.h.currency = "USD";
    const struct store_filter fixed = {"owner_id", STORE_EQUAL, "01P"};
    return list_query_from(&x->r, &spec, &fixed, 1, &x->q, &x->e);
}

static void an_address_becomes_a_checked_query(void **state)
{
    (void)state;
    static const struct pair query[] = {
        {"q", "50 %"}, {"sort", "due_on"}, {"dir", "down"}, {"page", "3"},
        {"state", "open"}, {"areas", "data"}, {"late", "true"}, {"utm", "x"}};
    struct fixture x;
    assert_int_equal(ask(&x, query, 8), ERR_NONE);
    const struct store_query *s = &x.q.store;
    assert_int_equal(s->n_filters, 5);
    static const struct store_filter expected[] = {
        {"owner_id", STORE_EQUAL, "01P"}, {"state", STORE_EQUAL, "open"},
        {"areas", STORE_HAS_CODE, "data"}, {"late", STORE_EQUAL, "1"},
        {"title", STORE_CONTAINS, "50 %"}};
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(s->filters[i].field, expected[i].field);
        assert_int_equal(s->filters[i].op, expected[i].op);
        assert_string_equal(s->filters[i].text, expected[i].text);
    }
    assert_string_equal(s->order, "due_on");
    assert_true(s->descending);
    assert_int_equal(s->limit, LIST_ROWS_A_PAGE);
    assert_int_equal(s->offset, 2 * LIST_ROWS_A_PAGE);
    arena_free(x.t.arena);
}

static void values_that_cannot_be_are_refused_by_name(void **state)
{
    (void)state;
    static const struct pair cases[] = {
        {"sort", "cost"},  {"sort", "id; DROP"}, {"page", "0"},      {"page", "-1"},
        {"page", "1e3"},   {"page", "99999999999999999999"},         {"state", "gone"},
        {"areas", "law data"}, {"late", "maybe"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture x;
        assert_int_equal(ask(&x, &cases[i], 1), ERR_INPUT);
        assert_string_equal(x.e.field, cases[i].name);
        arena_free(x.t.arena);
    }
}

static void addresses_keep_what_was_chosen(void **state)
{
    (void)state;
    static const struct pair query[] = {
        {"q", "a&b"}, {"sort", "due_on"}, {"dir", "down"}, {"page", "3"}, {"state", "open"}};
    struct fixture x;
    assert_int_equal(ask(&x, query, 5), ERR_NONE);
    struct arena *a = x.t.arena;
    assert_string_equal(list_address(a, &x.q, NULL, NULL, NULL),
                        "/things?q=a%26b&sort=due_on&dir=down&state=open&page=3");
    assert_string_equal(list_address(a, &x.q, NULL, "page", "4"),
                        "/things?q=a%26b&sort=due_on&dir=down&state=open&page=4");
    assert_string_equal(list_address(a, &x.q, NULL, "state", NULL),
                        "/things?q=a%26b&sort=due_on&dir=down"); // and from the first page
    assert_string_equal(list_address(a, &x.q, NULL, "sort", "title"),
                        "/things?q=a%26b&state=open&sort=title");
    assert_string_equal(list_address(a, &x.q, "/things.csv", "page", NULL),
                        "/things.csv?q=a%26b&sort=due_on&dir=down&state=open");
    arena_free(a);
}

static const struct list_column columns[] = {
    {.label = "Title", .sort = "title", .main = true},
    {.label = "State"},
    {.label = "Cost", .number = true},
    {.label = "Due", .sort = "due_on"},
};

static const char *draw(struct fixture *x, struct list_view *v)
{
    v->query = &x->q;
    v->label = "Things";
    v->search_label = "Search in things";
    v->columns = columns;
    v->n_columns = 4;
    v->export = "/export/thing";
    v->empty_title = "No things yet";
    v->empty_text = "A thing is a thing.";
    v->empty_action = (struct page_action){.label = "Add a thing", .address = "/things/new"};
    list_show(&x->t.h, v);
    test_seen(x->t.arena, x->t.out.data);
    return x->t.out.data;
}

static void cells_are_drawn_by_their_kind(void **state)
{
    (void)state;
    struct fixture x;
    static const struct pair query[] = {{"sort", "due_on"}};
    assert_int_equal(ask(&x, query, 1), ERR_NONE);
    struct record *r = record_new(x.t.arena, &thing);
    record_set_text(r, "title", "A <b>");
    record_set_text(r, "state", "open");
    record_set_int(r, "cost", 144368600);
    const struct list_cell cells[] = {
        {.kind = CELL_LINK, .text = record_text(r, "title"), .address = "/things/1", .meta = "T1"},
        {.kind = CELL_STATE, .text = "Open", .look = "progress"},
        list_cell_of(&x.t.h, r, "cost", NULL),
        list_cell_of(&x.t.h, r, "due_on", NULL)};
    const struct list_row row = {.cells = cells, .edit = "/things/1/change", .attention = true};
    const char *html = draw(&x, &(struct list_view){.rows = &row, .n_rows = 1, .total = 1});
    test_has(html, "<tr class=\"is-off\"><th scope=\"row\" class=\"main\">"
                   "<a href=\"/things/1\">A &lt;b&gt;</a> <span class=\"meta\">T1</span>");
    test_has(html, "<span class=\"state state--progress\">Open</span>");
    test_has(html, "<td class=\"num\"><bdi class=\"money\" title=\"USD 1443686.00\">USD 1,443,686"
                   "</bdi></td>");
    test_has(html, "<td class=\"nowrap\">–</td>");
    test_has(html, "data-edit href=\"/things/1/change\"");
    // sorted by due: a second click turns it round; the other column begins upwards
    test_has(html, "aria-sort=\"ascending\"><a href=\"/things?sort=due_on&amp;dir=down\">Due</a>");
    test_has(html, "<a href=\"/things?sort=title\">Title</a>");
    test_has(html, "<th scope=\"col\">State</th>");
    test_has(html, "1 to 1 of 1");
    test_has(html, "<a href=\"/export/thing?sort=due_on&amp;format=csv\">CSV</a>");
    assert_string_equal(list_cell_of(&x.t.h, r, "state", NULL).text, "Open");
    arena_free(x.t.arena);
}

static void a_third_click_on_a_heading_turns_the_order_back(void **state)
{
    (void)state;
    struct fixture x;
    static const struct pair query[] = {{"sort", "due_on"}, {"dir", "down"}};
    assert_int_equal(ask(&x, query, 2), ERR_NONE);
    const struct list_cell cells[4] = {{.text = "1"}, {.text = "2"}, {.text = "3"}, {.text = "4"}};
    const struct list_row row = {.cells = cells};
    const char *html = draw(&x, &(struct list_view){.rows = &row, .n_rows = 1, .total = 1});
    test_has(html, "aria-sort=\"descending\"><a href=\"/things?sort=due_on\">Due</a>");
    arena_free(x.t.arena);
}

static void filters_in_use_can_be_removed_and_others_chosen(void **state)
{
    (void)state;
    struct fixture x;
    static const struct pair query[] = {{"state", "open"}, {"q", "z"}};
    assert_int_equal(ask(&x, query, 2), ERR_NONE);
    const char *html = draw(&x, &(struct list_view){.total = 0});
    test_has(html, "<a class=\"chip chip--on\" href=\"/things?q=z\">State: Open ");
    test_has(html, "<a href=\"/things?q=z&amp;state=open&amp;areas=law\">Law</a>");
    test_has(html, "<input type=\"hidden\" name=\"state\" value=\"open\">"); // searching keeps it
    test_has(html, "value=\"z\"");
    test_has(html, "Nothing fits");
    test_has_not(html, "No things yet");
    arena_free(x.t.arena);
}

static void an_empty_list_teaches(void **state)
{
    (void)state;
    struct fixture x;
    assert_int_equal(ask(&x, NULL, 0), ERR_NONE);
    const char *html = draw(&x, &(struct list_view){.total = 0});
    test_has(html, "<h2>No things yet</h2><p>A thing is a thing.</p>");
    test_has(html, "href=\"/things/new\">Add a thing</a>");
    test_has_not(html, "<table");
    test_has_not(html, "<form");
    arena_free(x.t.arena);
}

// Oracle: the numbers a person expects, written down by hand.
static void pages_show_the_ends_and_the_neighbours(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        int64_t total;
        const char *shown;
    } cases[] = {
        {"1", 50, ""},           {"1", 51, "1 2 >"},         {"2", 51, "< 1 2"},
        {"1", 500, "1 2 3 10 >"}, {"5", 500, "< 1 3 4 5 6 7 10 >"},
        {"4", 500, "< 1 2 3 4 5 6 10 >"}, {"10", 500, "< 1 8 9 10"}, {"2", 150, "< 1 2 3 >"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture x;
        const struct pair query[] = {{"page", cases[i].page}};
        assert_int_equal(ask(&x, query, 1), ERR_NONE);
        const struct list_cell cells[4] = {{.text = "1"}, {.text = "2"}, {.text = "3"},
                                           {.text = "4"}};
        const struct list_row row = {.cells = cells};
        const char *html =
            draw(&x, &(struct list_view){.rows = &row, .n_rows = 1, .total = cases[i].total});
        char shown[200] = "";
        const char *p = strstr(html, "Pages of the list");
        while (p != NULL && (p = strstr(p, "<li><a href=\"")) != NULL) {
            p = strchr(p + 5, '>') + 1;
            const char *word = strncmp(p, "Before", 6) == 0 ? "<"
                               : strncmp(p, "Next", 4) == 0 ? ">"
                                                            : arena_copy_n(x.t.arena, p,
                                                                           strcspn(p, "<"));
            snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "%s%s",
                     shown[0] == '\0' ? "" : " ", word);
        }
        assert_string_equal(shown, cases[i].shown);
        arena_free(x.t.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_becomes_a_checked_query),
        cmocka_unit_test(values_that_cannot_be_are_refused_by_name),
        cmocka_unit_test(addresses_keep_what_was_chosen),
        cmocka_unit_test(cells_are_drawn_by_their_kind),
        cmocka_unit_test(a_third_click_on_a_heading_turns_the_order_back),
        cmocka_unit_test(filters_in_use_can_be_removed_and_others_chosen),
        cmocka_unit_test(an_empty_list_teaches),
        cmocka_unit_test(pages_show_the_ends_and_the_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
