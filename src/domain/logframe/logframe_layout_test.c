// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_layout_test.c: the question to dot, what is made of its answer, and the picture.

#include <stdlib.h>
#include <string.h>

#include "logframe/logframe_figure_web.h"
#include "logframe/logframe_layout.h"
#include "logframe/logframe_test_help.h"
#include "os/child.h"

static struct err_info e;

static struct layout small_layout(void)
{
    struct layout l = {.boxes = ARENA_ARRAY(arena, struct layout_box, 2),
                       .n_boxes = 2,
                       .lines = ARENA_ARRAY(arena, struct layout_line, 1),
                       .n_lines = 1};
    l.boxes[0] = (struct layout_box){.w = 72, .h = 36, .row = 0};
    l.boxes[1] = (struct layout_box){.w = 72, .h = 36, .row = 1};
    l.lines[0] = (struct layout_line){.from = 0, .to = 1};
    return l;
}

static void the_answer_of_dot_becomes_places(void **state)
{
    (void)state;
    struct layout l = small_layout();
    const char *plain = "graph 1 2 3\n"
                        "node n0 1 0.25 1 0.5 \"\" solid box black lightgrey\n"
                        "node n1 1 2.75 1 0.5 \"\" solid box black lightgrey\n"
                        "edge n0 n1 4 1 0.5 1 1.25 1 1.75 1 2.5 000 1.125 1.5 solid #000000\n"
                        "edge n0 n1 4 1 0.5 1 1.25 1 1.75 1 2.5 invis black\n"
                        "stop\n";
    assert_int_equal(layout_read(arena, plain, &l, &e), ERR_NONE);
    assert_true(l.width == 144 && l.height == 216);
    assert_true(l.boxes[0].x == 72 && l.boxes[0].y == 216 - 18);
    assert_true(l.boxes[1].y == 18);
    assert_int_equal(l.lines[0].n_points, 9);
    assert_true(l.lines[0].points[0].y == 216 - 36);
    assert_true(l.lines[0].points[4].y == 216 - 108); // the middle of a straight curve
    assert_true(l.lines[0].points[8].y == 36);
    assert_true(l.lines[0].mark.x == 81 && l.lines[0].mark.y == 108);
}

static void what_is_no_answer_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "stop\n",
        "graph 1 2 3\nnode n0 1 1\nnode n1 1 1\nstop\n",                      // no line
        "graph 1 2 3\nnode n0 1 1\nedge n0 n1 4 1 1 1 1 1 1 1 1 solid #000000\nstop\n", // a box less
        "graph 1 2 3\nnode n0 1 1\nnode n1 1 1\nedge n0 n1 4 1 1 1 1 1 1 1 1 solid #000001\nstop\n",
        "graph 1 2 3\nnode n0 1 1\nnode n7 1 1\nedge n0 n1 4 1 1 1 1 1 1 1 1 solid #000000\nstop\n",
        "graph 1 2 3\nnode n0 1 1\nnode n1 1 1\nedge n0 n1 4 1 1 1 1 1 1 x 1 solid #000000\nstop\n",
        "graph 1 2 3\nnode n0 1 1\nnode n1 1 1\nedge n0 n1 999 1 1 solid #000000\nstop\n",
        "graph 1 2 3\nnode n0 1e99 1\nnode n1 1 1\nedge n0 n1 4 1 1 1 1 1 1 1 1 solid #000000\nstop\n",
        "graph 1 2 3\nnode n0 1 1\nnode n1 1 1\nedge n0 n1 4 1 1 1 1 1 1 1 1 solid #000000\n", // cut off
        "<svg>\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct layout l = small_layout();
        assert_int_equal(layout_read(arena, bad[i], &l, &e), ERR_INPUT);
    }
    struct layout good = small_layout();
    assert_int_equal(layout_read(arena,
                                 "graph 1 2 3\nnode n0 1 1.5e-17\nnode n1 1 1\n"
                                 "edge n0 n1 4 1 1 1 1 1 1 1 -1 solid \"#000000\"\nstop\n",
                                 &good, &e),
                     ERR_NONE);
}

static void the_question_holds_no_word_of_the_programme(void **state)
{
    (void)state;
    struct layout l = small_layout();
    struct buf out;
    buf_init(&out, arena, 10000);
    layout_ask(&out, &l);
    assert_non_null(strstr(out.data, "n0 [width=1.000 height=0.500];"));
    assert_non_null(strstr(out.data, "n0->n1 [color=\"#000000\"];"));
}

static void a_picture_holds_every_result_and_link(void **state)
{
    (void)state;
    if (child_find(arena, "dot") == NULL) {
        skip();
    }
    for (seed = 1; seed < 30; seed++) {
        unsigned kept = seed;
        struct random_theory x;
        struct chart_shapes shapes;
        size_t boxes = 0, ties = 0;
        make_random(&x);
        assert_int_equal(theory_figure(arena, &lang_en, &x.made, &shapes, &e), ERR_NONE);
        for (int i = 0; i < shapes.n; i++) {
            const struct shape *s = &shapes.items[i];
            boxes += s->kind == SHAPE_RECT && s->text != NULL;
            ties += s->kind == SHAPE_PATH && s->n_points > 3;
        }
        assert_int_equal(boxes, x.made.n_results);
        assert_int_equal(ties, x.made.n_links);
        seed = kept;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_answer_of_dot_becomes_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_answer_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_question_holds_no_word_of_the_programme, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_picture_holds_every_result_and_link, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
