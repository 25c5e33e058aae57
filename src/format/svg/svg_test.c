// SPDX-License-Identifier: AGPL-3.0-or-later
//
// svg_test.c: marks of axes against a slow search, charts of random data whose words must not touch,
// and the text of the SVG.

#include <stdio.h>

#include <math.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "format/svg/chart.h"
#include "format/svg/svg_write.h"

static uint32_t seed = 59;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

// The slow way: try 1, 2, 5, 10, ... from the smallest, and walk the marks one by one.
static struct chart_scale slow_scale(int64_t low, int64_t high, int most, bool whole)
{
    low = low > 0 ? 0 : low;
    high = high < 0 ? 0 : high;
    if (low == 0 && high == 0) {
        return (struct chart_scale){0, DECIMAL_ONE, DECIMAL_ONE};
    }
    for (int64_t power = whole ? DECIMAL_ONE : 1;; power *= 10) {
        const int64_t factors[] = {1, 2, 5};
        for (int f = 0; f < 3; f++) {
            int64_t step = factors[f] * power;
            int64_t up = 0;
            int64_t down = 0;
            int n = 0;
            while (up < high && n <= most) {
                up += step;
                n++;
            }
            while (down > low && n <= most) {
                down -= step;
                n++;
            }
            if (n <= most) {
                return (struct chart_scale){down, up, step};
            }
        }
    }
}

static void marks_are_those_of_a_slow_search(void **state)
{
    (void)state;
    struct chart_scale worked = chart_scale_for(0, 412 * DECIMAL_ONE, 5, true);
    assert_true(worked.first == 0 && worked.last == 500 * DECIMAL_ONE &&
                worked.step == 100 * DECIMAL_ONE);
    for (int round = 0; round < 20000; round++) {
        int64_t size = 1;
        for (uint32_t k = next_random(16); k > 0; k--) {
            size *= 10;
        }
        int64_t one = (int64_t)next_random(2000) * size - (int64_t)next_random(500) * size;
        int64_t other = (int64_t)next_random(2000) * size;
        int64_t low = one < other ? one : other;
        int64_t high = one < other ? other : one;
        bool whole = next_random(2);
        int most = 2 + (int)next_random(8);
        struct chart_scale fast = chart_scale_for(low, high, most, whole);
        struct chart_scale slow = slow_scale(low, high, most, whole);
        if (fast.first != slow.first || fast.last != slow.last || fast.step != slow.step) {
            fail_msg("%lld to %lld in %d: step %lld, not %lld", (long long)low, (long long)high,
                     most, (long long)fast.step, (long long)slow.step);
        }
    }
}

static const char *random_words(void)
{
    static const char *const words[] = {"persons", "trained", "officials", "Ministère", "WWW",
                                        "2026", "de", "la", "Bundesministerium", "中文标签",
                                        "المديرية", "a"};
    struct buf b;
    buf_init(&b, arena, 4000);
    for (uint32_t n = next_random(12); n > 0; n--) {
        buf_str(&b, words[next_random(sizeof words / sizeof words[0])]);
        buf_str(&b, n > 1 ? " " : "");
    }
    return b.data;
}

static struct chart_value random_value(bool below)
{
    int64_t size = next_random(3) == 0 ? 1000 * DECIMAL_ONE : DECIMAL_ONE / 10;
    return (struct chart_value){.known = next_random(8) != 0,
                                .scaled = (int64_t)next_random(5000) * size -
                                          (below ? 2000 * size : 0)};
}

static struct chart_value *random_values(int n, bool below)
{
    struct chart_value *v = ARENA_ARRAY(arena, struct chart_value, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        v[i] = random_value(below);
    }
    return v;
}

struct box {
    double left, top, right, bottom;
};

static struct box box_of(const struct shape *t)
{
    double w = shapes_text_width(t->text);
    double left = t->anchor == SHAPE_LEFT    ? t->x
                  : t->anchor == SHAPE_RIGHT ? t->x - w
                                             : t->x - w / 2;
    return (struct box){left, t->y - 10, left + w, t->y + 3};
}

// No word leaves the drawing, and no two words touch.
static void check_words(const struct chart_shapes *s, int round)
{
    for (int i = 0; i < s->n; i++) {
        if (s->items[i].kind != SHAPE_TEXT || s->items[i].text[0] == '\0') {
            continue;
        }
        struct box a = box_of(&s->items[i]);
        if (a.left < -0.5 || a.right > s->width + 0.5 || a.top < -0.5 || a.bottom > s->height) {
            fail_msg("round %d: [%s] leaves the drawing: %.1f %.1f %.1f %.1f", round,
                     s->items[i].text, a.left, a.top, a.right, a.bottom);
        }
        for (int k = 0; k < i; k++) {
            if (s->items[k].kind != SHAPE_TEXT || s->items[k].text[0] == '\0') {
                continue;
            }
            struct box b = box_of(&s->items[k]);
            if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
                fail_msg("round %d: [%s] lies over [%s]", round, s->items[i].text,
                         s->items[k].text);
            }
        }
    }
}

static struct chart_head random_head(void)
{
    return (struct chart_head){.title = "t", .description = "d",
                               .unit = next_random(2) ? random_words() : NULL,
                               .right_to_left = next_random(2)};
}

static void words_of_line_charts_do_not_touch(void **state)
{
    (void)state;
    for (int round = 0; round < 500; round++) {
        int n = 1 + (int)next_random(30);
        const char **periods = ARENA_ARRAY(arena, const char *, (size_t)n);
        for (int i = 0; i < n; i++) {
            periods[i] = round % 3 == 0 ? "Jan to Jun 2026" : "2026";
        }
        struct chart_series series[SHAPE_SERIES];
        bool below = next_random(4) == 0;
        for (int i = 0; i < SHAPE_SERIES; i++) {
            series[i] = (struct chart_series){random_words(), random_values(n, below)};
        }
        struct chart_target targets[2] = {{0, random_value(below)}, {n - 1, random_value(below)}};
        struct chart_line c = {.head = random_head(), .periods = periods, .n_periods = n,
                               .series = series, .n_series = 1 + (int)next_random(SHAPE_SERIES),
                               .baseline = random_value(below), .baseline_name = "Baseline",
                               .targets = targets, .n_targets = (int)next_random(3),
                               .target_name = random_words()};
        const struct chart_target start = {0, random_value(below)};
        double *at = ARENA_ARRAY(arena, double, (size_t)n);
        for (int i = 1; i < n; i++) { // any steps, the last at 1
            at[i] = i + 1 == n ? 1 : at[i - 1] + (1 - at[i - 1]) * next_random(100) / 100;
        }
        c.at = round % 2 == 0 && n > 1 ? at : NULL;
        c.start = round % 4 == 0 ? &start : NULL;
        c.start_to = c.n_targets > 1 ? (int)next_random(2) : 0;
        struct chart_shapes s;
        chart_draw_line(arena, &c, &s);
        check_words(&s, round);
        arena_reset(arena);
    }
}

static void words_of_bars_do_not_touch(void **state)
{
    (void)state;
    for (int round = 0; round < 500; round++) {
        struct chart_bar bars[12];
        bool below = next_random(4) == 0;
        for (int i = 0; i < 12; i++) {
            bars[i] = (struct chart_bar){random_words(), random_value(below), random_value(below)};
        }
        struct chart_bars c = {.head = random_head(), .bars = bars, .n = (int)next_random(13),
                               .target_name = "Target"};
        struct chart_shapes s;
        chart_draw_bars(arena, &c, &s);
        check_words(&s, round);
        arena_reset(arena);
    }
}

static void words_of_stacks_do_not_touch(void **state)
{
    (void)state;
    for (int round = 0; round < 500; round++) {
        struct chart_part parts[7];
        for (int i = 0; i < 7; i++) {
            parts[i] = (struct chart_part){random_words(), i == 6};
        }
        struct chart_stack_row rows[8];
        for (int i = 0; i < 8; i++) {
            rows[i] = (struct chart_stack_row){random_words(), random_values(7, false),
                                               next_random(2) ? "12,345 in all" : NULL};
        }
        struct chart_stack c = {.head = random_head(), .parts = parts,
                                .n_parts = 1 + (int)next_random(7), .rows = rows,
                                .n = (int)next_random(9)};
        struct chart_shapes s;
        chart_draw_stack(arena, &c, &s);
        check_words(&s, round);
        arena_reset(arena);
    }
}

static const struct shape *find(const struct chart_shapes *s, enum shape_kind kind,
                                enum shape_style style, int skip)
{
    for (int i = 0; i < s->n; i++) {
        if (s->items[i].kind == kind && s->items[i].style == style && skip-- == 0) {
            return &s->items[i];
        }
    }
    return NULL;
}

// Twice the value is twice the length, measured from zero; right to left is the mirror image.
static void bars_are_as_long_as_their_values(void **state)
{
    (void)state;
    struct chart_bar bars[] = {{"a", {true, 40 * DECIMAL_ONE, NULL}, {0}},
                               {"b", {true, 80 * DECIMAL_ONE, NULL}, {0}}};
    struct chart_bars c = {.head = {.title = "t", .description = "d"}, .bars = bars, .n = 2};
    struct chart_shapes s;
    chart_draw_bars(arena, &c, &s);
    const struct shape *one = find(&s, SHAPE_RECT, SHAPE_BAR, 0);
    const struct shape *two = find(&s, SHAPE_RECT, SHAPE_BAR, 1);
    assert_true(fabs(two->w - 2 * one->w) < 0.03 && one->w > 50);
    struct chart_shapes mirrored;
    c.head.right_to_left = true;
    chart_draw_bars(arena, &c, &mirrored);
    const struct shape *other = find(&mirrored, SHAPE_RECT, SHAPE_BAR, 0);
    assert_true(fabs(other->x + other->w - (s.width - one->x)) < 0.03);
}

static void a_gap_in_the_data_is_a_gap_in_the_line(void **state)
{
    (void)state;
    const char *periods[] = {"1", "2", "3", "4", "5"};
    struct chart_value v[5] = {{true, 1, NULL}, {true, 2, NULL}, {0}, {true, 3, NULL},
                               {true, 4, NULL}};
    struct chart_series series = {"x", v};
    struct chart_line c = {.head = {.title = "t", .description = "d"}, .periods = periods,
                           .n_periods = 5, .series = &series, .n_series = 1};
    struct chart_shapes s;
    chart_draw_line(arena, &c, &s);
    assert_int_equal(find(&s, SHAPE_PATH, SHAPE_LINE_1, 0)->n_points, 2);
    assert_int_equal(find(&s, SHAPE_PATH, SHAPE_LINE_1, 1)->n_points, 2);
    assert_null(find(&s, SHAPE_PATH, SHAPE_LINE_1, 2));
}

static void a_line_leads_to_the_target_it_is_said_to(void **state)
{
    (void)state;
    const char *periods[] = {"1", "2", "3"};
    const struct chart_value values[] = {{true, 0, NULL}, {true, 1000000, NULL}, {0}};
    const struct chart_series series = {"", values};
    const struct chart_target targets[] = {{1, {true, 2000000, NULL}}, {2, {true, 3000000, NULL}}};
    const struct chart_target start = {0, {true, 0, NULL}};
    for (int to = 0; to < 2; to++) {
        const struct chart_line c = {.periods = periods, .n_periods = 3, .series = &series, .n_series = 1,
                                     .targets = targets, .n_targets = 2, .start = &start, .start_to = to};
        struct chart_shapes s;
        chart_draw_line(arena, &c, &s);
        const struct shape *line = find(&s, SHAPE_PATH, SHAPE_TARGET, 0), *goal = find(&s, SHAPE_DIAMOND, SHAPE_GOAL, to);
        const struct shape_point *end = &line->points[line->n_points - 1];
        assert_true(fabs(end->x - goal->x) < 0.03 && fabs(end->y - goal->y) < 0.03);
    }
}

static void periods_stand_where_time_puts_them(void **state)
{
    (void)state;
    const char *periods[] = {"a", "b", "c"};
    const struct chart_value values[] = {{true, 1000000, NULL}, {true, 2000000, NULL}, {true, 4000000, NULL}};
    const struct chart_series series = {"", values};
    const double at[] = {0, 0.25, 1};
    const struct chart_line c = {.periods = periods, .n_periods = 3, .series = &series, .n_series = 1, .at = at};
    struct chart_shapes s;
    double x[3];
    int n = 0;
    chart_draw_line(arena, &c, &s);
    for (int i = 0; i < s.n; i++) {
        if (s.items[i].kind == SHAPE_DOT) {
            assert_true(n < 3);
            x[n++] = s.items[i].x;
        }
    }
    assert_int_equal(n, 3);
    double quarter = x[0] + (x[2] - x[0]) / 4;
    assert_true(x[1] - quarter < 0.01 && quarter - x[1] < 0.01);
}

static void svg_escapes_and_has_no_style(void **state)
{
    (void)state;
    struct chart_bar bars[] = {{"<b>&\"x'", {true, 1500000, NULL}, {0}}};
    struct chart_bars c = {.head = {.title = "<t>", .description = "a & b"}, .bars = bars, .n = 1};
    struct chart_shapes s;
    chart_draw_bars(arena, &c, &s);
    struct buf out;
    buf_init(&out, arena, 100000);
    svg_write(&out, &s, "c1");
    assert_non_null(strstr(out.data, "<title id=\"c1-t\">&lt;t&gt;</title>"));
    assert_non_null(strstr(out.data, "<desc id=\"c1-d\">a &amp; b</desc>"));
    assert_non_null(strstr(out.data, "&lt;b&gt;&amp;&quot;x&#39;</text>"));
    assert_non_null(strstr(out.data, ">1.5</text>"));
    assert_null(strstr(out.data, "style="));
    assert_null(strstr(out.data, "<b>"));
}

static void long_names_are_broken_and_cut(void **state)
{
    (void)state;
    const char **lines;
    assert_int_equal(shapes_wrap(arena, "", 100, 3, &lines), 1);
    assert_string_equal(lines[0], "");
    assert_int_equal(shapes_wrap(arena, "two words", 45, 3, &lines), 2);
    assert_string_equal(lines[0], "two");
    assert_string_equal(lines[1], "words");
    assert_int_equal(shapes_wrap(arena, "one two three four five six", 60, 2, &lines), 2);
    assert_non_null(strstr(lines[1], "…"));
    for (int round = 0; round < 2000; round++) {
        const char *text = random_words();
        double width = 30 + next_random(200);
        int n = shapes_wrap(arena, text, width, 3, &lines);
        for (int i = 0; i < n; i++) {
            assert_true(shapes_text_width(lines[i]) <= width + 1);
        }
    }
}

static void a_box_says_which_record_it_stands_for(void **state)
{
    (void)state;
    struct chart_shapes s;
    struct buf out;
    shapes_begin(&s, arena, 100, "T", "D", true);
    shapes_rect(&s, SHAPE_CARD, 10, 10, 30, 20, "Tip");
    shapes_stands_for(&s, "01a", "1 & 2");
    shapes_rect(&s, SHAPE_CARD, 50, 10, 30, 20, NULL);
    shapes_end(&s, 40);
    buf_init(&out, arena, LIMIT_TEXT_BYTES);
    svg_write(&out, &s, "x");
    assert_non_null(strstr(out.data, "height=\"20\" data-record=\"01a\" data-name=\"1 &amp; 2\"><title>Tip</title>"));
    assert_null(strstr(strstr(out.data, "data-record") + 1, "data-record"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_box_says_which_record_it_stands_for),
        ARENA_TEST(marks_are_those_of_a_slow_search),
        ARENA_TEST(words_of_line_charts_do_not_touch),
        ARENA_TEST(words_of_bars_do_not_touch),
        ARENA_TEST(words_of_stacks_do_not_touch),
        ARENA_TEST(bars_are_as_long_as_their_values),
        ARENA_TEST(a_gap_in_the_data_is_a_gap_in_the_line),
        ARENA_TEST(a_line_leads_to_the_target_it_is_said_to),
        ARENA_TEST(periods_stand_where_time_puts_them),
        ARENA_TEST(svg_escapes_and_has_no_style),
        ARENA_TEST(long_names_are_broken_and_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
