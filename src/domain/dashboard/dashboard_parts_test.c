// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_parts_test.c: parts of a total as bars: what is added up, and what is said under them.

#include "dashboard/dashboard_parts_web.h"
#include "dashboard/dashboard_test_help.h"

// A value of each of the first n half years, all with these parts.
static struct result_line line_with_parts(size_t n, int64_t value, const struct result_part *parts, size_t n_parts,
                                          const char *keys)
{
    struct result_entry *entries = ARENA_ARRAY(a, struct result_entry, n);
    struct result_cut *cut = ARENA_MAKE(a, struct result_cut);
    *cut = (struct result_cut){.keys = keys, .n = n_parts};
    for (size_t i = 0; i < n; i++) {
        const char *year = arena_printf(a, "%zu", 2020 + i);
        entries[i] = (struct result_entry){.id = year, .place = "", .from = arena_printf(a, "%s-01-01", year),
                                           .to = arena_printf(a, "%s-12-31", year), .state = STATE_APPROVED,
                                           .has_value = true, .value = value};
    }
    struct result_line line = line_of("cumulative", entries, n, NULL, 0, "2026-03-01");
    for (size_t i = 0; i < n; i++) {
        line.values[i].parts = parts;
        line.values[i].n_parts = n_parts;
        line.values[i].cuts = cut;
        line.values[i].n_cuts = 1;
    }
    return line;
}

// The same values as shares of a whole.
static void make_shares(struct result_line *line, int64_t part, int64_t whole)
{
    line->rule.unit = UNIT_PERCENTAGE;
    for (size_t i = 0; i < line->n_values; i++) {
        line->entries[i].has_fraction = true;
        line->entries[i].part = part * DECIMAL_ONE;
        line->entries[i].whole = whole * DECIMAL_ONE;
    }
    result_line_work_out(a, line, "2026-03-01");
}

static const char *note_of_parts(const struct result_line *line, const char *key)
{
    struct req r = {.arena = a, .lang = &lang_en};
    struct chart_shapes shapes;
    const char *note = NULL;
    assert_true(dashboard_parts_chart(&r, line, key, &shapes, &note));
    return note;
}

static void what_is_in_no_part_is_said(void **state)
{
    (void)state;
    const struct result_part few[] = {
        {.split = "sex=female", .keys = "sex", .has_value = true, .value = 30 * DECIMAL_ONE},
        {.split = "sex=male", .keys = "sex", .has_value = true, .value = 20 * DECIMAL_ONE}};
    struct result_line line = line_with_parts(2, 52 * DECIMAL_ONE, few, 2, "sex");
    assert_string_equal(note_of_parts(&line, "sex"), "In none of these groups: 4 of the whole.");
    line = line_with_parts(2, 50 * DECIMAL_ONE, few, 2, "sex");
    assert_string_equal(note_of_parts(&line, "sex"), "The parts come to the whole.");
    // as large as numbers may be: the difference is larger than any of them
    const int64_t most = INT64_C(999999999999) * DECIMAL_ONE;
    const struct result_part large[] = {{.split = "sex=female", .keys = "sex", .has_value = true, .value = most},
                                        {.split = "sex=male", .keys = "sex", .has_value = true, .value = most},
                                        {.split = "sex=other", .keys = "sex", .has_value = true, .value = most}};
    line = line_with_parts(4, DECIMAL_ONE, large, 3, "sex");
    assert_string_equal(note_of_parts(&line, "sex"), "The sum of the parts is too large.");
}

// Bars against a walk over the parts; of shares the whole is what nobody is missing from.
static void parts_of_several_values_and_cuts_come_together(void **state)
{
    (void)state;
    const struct result_part by_two[] = {
        {.split = "nationality=NA sex=female", .keys = "nationality sex", .has_value = true, .value = 30 * DECIMAL_ONE},
        {.split = "nationality=KE sex=female", .keys = "nationality sex", .has_value = true, .value = 5 * DECIMAL_ONE},
        {.split = "nationality=KE sex=male", .keys = "nationality sex", .has_value = true, .value = 20 * DECIMAL_ONE}};
    struct result_line line = line_with_parts(2, 55 * DECIMAL_ONE, by_two, 3, "nationality sex");
    assert_string_equal(note_of_parts(&line, "sex"), "The parts come to the whole.");
    line = line_with_parts(2, 50 * DECIMAL_ONE, by_two, 3, "nationality sex");
    assert_string_equal(note_of_parts(&line, "sex"), "The parts come to 10 more than the whole.");
    // the second value has parts by sex alone, which is the cut with the fewest: the first says nothing of it
    const struct result_part by_sex[] = {
        {.split = "sex=female", .keys = "sex", .has_value = true, .value = 50 * DECIMAL_ONE}};
    const struct result_cut of_sex = {.keys = "sex", .n = 1};
    line.values[1].parts = by_sex;
    line.values[1].n_parts = 1;
    line.values[1].cuts = &of_sex;
    assert_string_equal(note_of_parts(&line, "sex"), "In none of these groups: 50 of the whole.");
    assert_string_equal(note_of_parts(&line, "nationality"), "In none of these groups: 45 of the whole.");

    const struct result_part shares[] = {
        {.split = "sex=female", .keys = "sex", .has_fraction = true, .part = 9 * DECIMAL_ONE, .whole = 12 * DECIMAL_ONE},
        {.split = "sex=male", .keys = "sex", .has_fraction = true, .part = 3 * DECIMAL_ONE, .whole = 4 * DECIMAL_ONE}};
    line = line_with_parts(2, 0, shares, 2, "sex");
    make_shares(&line, 12, 20);
    assert_string_equal(note_of_parts(&line, "sex"), "In none of these groups: 8 of the whole."); // 2 x (20 - 16)
    struct req r = {.arena = a, .lang = &lang_en};
    struct chart_shapes shapes;
    const char *note;
    bool drawn = false;
    assert_true(dashboard_parts_chart(&r, &line, "sex", &shapes, &note));
    for (int i = 0; i < shapes.n; i++) {
        drawn = drawn || (shapes.items[i].text != NULL && strcmp(shapes.items[i].text, "75 %") == 0); // 18 of 24, 6 of 8
    }
    assert_true(drawn);
}

// Nobody knows how many different people are in a bar.
static void parts_of_the_same_people_say_so(void **state)
{
    (void)state;
    const struct result_part parts[] = {
        {.split = "sex=female", .keys = "sex", .has_value = true, .value = 30 * DECIMAL_ONE, .has_fraction = true,
         .part = 3 * DECIMAL_ONE, .whole = 4 * DECIMAL_ONE}};
    struct result_line line = line_with_parts(2, 30 * DECIMAL_ONE, parts, 1, "sex");
    line.rule.repeats = REPEAT_PERIOD;
    result_line_work_out(a, &line, "2026-03-01");
    assert_string_equal(note_of_parts(&line, "sex"),
                        "The parts come to the whole. The same person may be in several values: each of these numbers is "
                        "the most it can be.");
    make_shares(&line, 3, 4);
    struct req r = {.arena = a, .lang = &lang_en};
    struct chart_shapes shapes;
    const char *note = NULL;
    assert_false(dashboard_parts_chart(&r, &line, "sex", &shapes, &note));
}

static void bars_that_have_no_room_are_counted(void **state)
{
    (void)state;
    const struct characteristic *c = characteristic_find("nationality");
    struct result_part parts[30];
    assert_true(c->n_values > COUNT_OF(parts));
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        parts[i] = (struct result_part){.split = arena_printf(a, "nationality=%s", c->values[i].code),
                                        .keys = "nationality", .has_value = true, .value = DECIMAL_ONE};
    }
    struct result_line line = line_with_parts(1, 30 * DECIMAL_ONE, parts, COUNT_OF(parts), "nationality");
    assert_string_equal(note_of_parts(&line, "nationality"),
                        "The parts come to the whole. Not drawn, for want of room: 6.");
    line = line_with_parts(1, 24 * DECIMAL_ONE, parts, 24, "nationality");
    assert_string_equal(note_of_parts(&line, "nationality"), "The parts come to the whole.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_no_part_is_said),
        cmocka_unit_test(parts_of_several_values_and_cuts_come_together),
        cmocka_unit_test(parts_of_the_same_people_say_so),
        cmocka_unit_test(bars_that_have_no_room_are_counted),
    };
    return cmocka_run_group_tests_name("dashboard_parts", tests, set_up, tear_down);
}
