// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_test.c: gaps of a theory, circles and rows against slow second implementations; the layout that dot
// answers; the rows of a logframe; what differs between two, against a slow count.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "format/xlsx/xlsx_read.h"
#include "logframe/logframe.h"
#include "logframe/logframe_figure_web.h"
#include "logframe/logframe_layout.h"
#include "logframe/logframe_sheet_web.h"
#include "logframe/logframe_table.h"
#include "os/child.h"
#include "result/result.h"

static struct arena *arena;
static struct err_info e;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_REQUEST_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// ---- records ------------------------------------------------------------------------------------

static struct record *programme(void)
{
    struct record *p = record_new(arena, &entity_programme);
    p->id = "p";
    record_set_text(p, "number", "T1");
    return p;
}

static struct record *result(const char *id, const char *level, const char *parent)
{
    struct record *r = record_new(arena, &entity_result);
    r->id = id;
    record_set_text(r, "programme_id", "p");
    record_set_text(r, "level", level);
    record_set_text(r, "code", id);
    record_set_text(r, "parent_id", parent);
    record_set_text(r, "statement", arena_printf(arena, "What %s says", id));
    return r;
}

static struct record *indicator(const char *id, const char *of, const char *state)
{
    struct record *k = record_new(arena, &entity_indicator);
    k->id = id;
    record_set_text(k, "programme_id", "p");
    record_set_text(k, "code", id);
    record_set_text(k, "result_id", of);
    record_set_text(k, "title", arena_printf(arena, "How much of %s", of));
    record_set_text(k, "unit", "count");
    record_set_text(k, "direction", "more");
    record_set_text(k, "accumulation", "latest");
    record_set_text(k, "state", state);
    return k;
}

static struct record *target(const char *id, const char *of, const char *on, const char *value)
{
    struct record *t = record_new(arena, &entity_target);
    t->id = id;
    record_set_text(t, "indicator_id", of);
    record_set_text(t, "due_on", on);
    record_set_text(t, "value", value);
    return t;
}

static struct record *a_link(const char *cause, const char *effect, const char *assumption,
                             const char *strength, const char *evidence)
{
    struct record *k = record_new(arena, &entity_result_link);
    k->id = arena_printf(arena, "%s-%s", cause, effect);
    record_set_text(k, "theory_id", "t");
    record_set_text(k, "cause_id", cause);
    record_set_text(k, "effect_id", effect);
    record_set_text(k, "assumption", assumption);
    record_set_text(k, "strength", strength);
    record_set_text(k, "evidence", evidence);
    return k;
}

static struct record *theory(void)
{
    struct record *t = record_new(arena, &entity_theory);
    t->id = "t";
    record_set_text(t, "programme_id", "p");
    return t;
}

// ---- gaps ---------------------------------------------------------------------------------------

#define MOST_RESULTS 9
#define MOST_LINKS 16

struct random_theory {
    struct record *results[MOST_RESULTS];
    size_t n_results;
    struct record *indicators[MOST_RESULTS];
    size_t n_indicators;
    struct record *links[MOST_LINKS];
    size_t n_links;
    struct theory made;
};

static unsigned seed;
static unsigned dice(unsigned sides)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % sides;
}

static void make_random(struct random_theory *x)
{
    static const char *const levels[] = {"goal", "outcome", "output"};
    static const char *const strengths[] = {"strong", "some", "weak", "none", ""};
    *x = (struct random_theory){.n_results = 1 + dice(MOST_RESULTS)};
    for (size_t i = 0; i < x->n_results; i++) {
        x->results[i] = result(arena_printf(arena, "r%zu", i), levels[dice(3)], "");
        if (dice(2) == 0) {
            x->indicators[x->n_indicators++] = indicator(
                arena_printf(arena, "i%zu", i), x->results[i]->id, dice(3) ? "active" : "retired");
        }
    }
    for (size_t i = 0; i < dice(MOST_LINKS); i++) {
        size_t cause = dice((unsigned)x->n_results), effect = dice((unsigned)x->n_results);
        if (cause != effect) {
            x->links[x->n_links++] =
                a_link(x->results[cause]->id, x->results[effect]->id, dice(3) ? "It holds" : "",
                       strengths[dice(5)], dice(2) ? "A study" : "");
        }
    }
    theory_make(arena, programme(), theory(), x->results, x->n_results, x->indicators,
                x->n_indicators, x->links, x->n_links, &x->made);
}

static bool text_is(const struct record *r, const char *field, const char *text)
{
    return strcmp(record_text(r, field), text) == 0;
}

// Steps over links by the records themselves, at most so many.
static bool slow_leads(const struct random_theory *x, const char *from, const char *to, int steps)
{
    for (size_t i = 0; steps > 0 && i < x->n_links; i++) {
        if (text_is(x->links[i], "cause_id", from) &&
            (text_is(x->links[i], "effect_id", to) ||
             slow_leads(x, record_text(x->links[i], "effect_id"), to, steps - 1))) {
            return true;
        }
    }
    return false;
}

static const char *level_of(const struct random_theory *x, const char *id)
{
    for (size_t i = 0; i < x->n_results; i++) {
        if (strcmp(x->results[i]->id, id) == 0) {
            return record_text(x->results[i], "level");
        }
    }
    return "";
}

// The same question put to the records as they were written down.
static bool slow_result_gap(const struct random_theory *x, enum theory_gap_kind kind,
                            const char *id)
{
    size_t out = 0, in = 0, shown = 0;
    const char *level = level_of(x, id);
    for (size_t i = 0; i < x->n_links; i++) {
        out += text_is(x->links[i], "cause_id", id);
        in += text_is(x->links[i], "effect_id", id);
    }
    for (size_t i = 0; i < x->n_indicators; i++) {
        shown += text_is(x->indicators[i], "result_id", id) &&
                 text_is(x->indicators[i], "state", "active");
    }
    return kind == GAP_NOWHERE    ? strcmp(level, "output") == 0 && out == 0
           : kind == GAP_NO_CAUSE ? strcmp(level, "outcome") == 0 && in == 0
           : kind == GAP_NO_INDICATOR
               ? strcmp(level, "outcome") == 0 && shown == 0
               : slow_leads(x, id, id, (int)x->n_results);
}

static bool slow_link_gap(const struct random_theory *x, enum theory_gap_kind kind,
                          const struct record *k)
{
    const char *cause = level_of(x, record_text(k, "cause_id"));
    const char *effect = level_of(x, record_text(k, "effect_id"));
    bool assumes = !text_is(k, "assumption", "");
    bool rated = text_is(k, "strength", "strong") || text_is(k, "strength", "some") ||
                 text_is(k, "strength", "weak");
    bool down = (strcmp(cause, "goal") == 0 && strcmp(effect, "goal") != 0) ||
                (strcmp(cause, "outcome") == 0 && strcmp(effect, "output") == 0);
    return kind == GAP_DOWN            ? down
           : kind == GAP_NO_ASSUMPTION ? !assumes
                                       : assumes && (!rated || text_is(k, "evidence", ""));
}

static bool gap_is_listed(const struct theory *t, const struct theory_gap *gaps, size_t n,
                          enum theory_gap_kind kind, const struct record *r)
{
    for (size_t i = 0; i < n; i++) {
        const struct record *about = theory_gap_is_of_link(gaps[i].kind)
                                         ? t->links[gaps[i].at].record
                                         : t->results[gaps[i].at].record;
        if (gaps[i].kind == kind && about == r) {
            return true;
        }
    }
    return false;
}

static void gaps_are_those_of_a_slow_look(void **state)
{
    (void)state;
    size_t seen[GAP_KINDS] = {0};
    for (seed = 1; seed < 400; seed += 1) {
        unsigned kept = seed;
        struct random_theory x;
        struct theory_gap *gaps;
        size_t n, expected = 0;
        make_random(&x);
        theory_gaps(arena, &x.made, &gaps, &n);
        for (enum theory_gap_kind kind = 0; kind < GAP_KINDS; kind++) {
            bool of_link = theory_gap_is_of_link(kind);
            for (size_t i = 0; i < (of_link ? x.n_links : x.n_results); i++) {
                const struct record *r = of_link ? x.links[i] : x.results[i];
                bool slow = of_link ? slow_link_gap(&x, kind, r) : slow_result_gap(&x, kind, r->id);
                assert_int_equal(slow, gap_is_listed(&x.made, gaps, n, kind, r));
                expected += slow;
                seen[kind] += slow;
            }
        }
        assert_int_equal(n, expected);
        seed = kept;
    }
    for (size_t kind = 0; kind < GAP_KINDS; kind++) {
        assert_true(seen[kind] > 20); // each is met, or the test says nothing
    }
}

// ---- rows ---------------------------------------------------------------------------------------

static void a_row_holds_four_and_levels_lie_above_each_other(void **state)
{
    (void)state;
    for (seed = 1; seed < 400; seed++) {
        unsigned kept = seed;
        struct random_theory x;
        size_t rows[MOST_RESULTS], n_rows, in_row[MOST_RESULTS] = {0};
        make_random(&x);
        const struct theory *t = &x.made;
        theory_rows(arena, t, rows, &n_rows);
        for (size_t i = 0; i < t->n_results; i++) {
            assert_true(rows[i] < n_rows);
            in_row[rows[i]]++;
            for (size_t k = 0; k < t->n_results; k++) {
                assert_true(t->results[i].level >= t->results[k].level || rows[i] > rows[k]);
            }
        }
        for (size_t row = 0; row < n_rows; row++) {
            assert_in_range(in_row[row], 1, THEORY_ROW_MOST);
        }
        for (size_t i = 0; i < t->n_links; i++) {
            const struct theory_link *k = &t->links[i];
            bool circle = theory_leads(arena, t->links, t->n_links, t->n_results, k->effect,
                                       k->cause);
            bool same = t->results[k->cause].level == t->results[k->effect].level;
            assert_true(circle || !same || rows[k->effect] > rows[k->cause]);
        }
        seed = kept;
    }
}

static void seven_of_a_level_stand_in_rows_of_four_and_three(void **state)
{
    (void)state;
    struct record *results[7];
    struct theory t;
    size_t rows[7], n_rows;
    for (size_t i = 0; i < 7; i++) {
        results[i] = result(arena_printf(arena, "O%zu", i + 1), "outcome", "");
    }
    theory_make(arena, programme(), theory(), results, 7, NULL, 0, NULL, 0, &t);
    theory_rows(arena, &t, rows, &n_rows);
    assert_int_equal(n_rows, 2);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(rows[i], i < 4 ? 1 : 0);
    }
}

// ---- layout -------------------------------------------------------------------------------------

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

// ---- the logframe -------------------------------------------------------------------------------

static void results_stand_below_what_they_serve(void **state)
{
    (void)state;
    struct record *results[] = {result("1.10", "output", "O1"), result("O1", "outcome", "G"),
                                result("G", "goal", ""), result("1.2", "output", "O1"),
                                result("X", "output", "Y"), result("Y", "output", "X")};
    struct record *indicators[] = {indicator("I10", "O1", "active"), indicator("I2", "O1", "active"),
                                   indicator("I3", "O1", "retired"), indicator("I4", "", "active")};
    struct record *targets[] = {target("t2", "I2", "2027-12-31", "3"),
                                target("t1", "I2", "2026-12-31", "2")};
    static const char *const order[] = {"G", "O1", "1.2", "1.10", "X", "Y"};
    struct logframe l;
    logframe_make(arena, programme(), results, 6, indicators, 4, targets, 2, &l);
    assert_int_equal(l.n_rows, 7);
    for (size_t i = 0; i < 6; i++) { // a circle is shown, once
        assert_string_equal(record_text(l.rows[i].result, "code"), order[i]);
    }
    assert_null(l.rows[6].result);
    assert_string_equal(l.rows[6].measures[0].record->id, "I4");
    assert_int_equal(l.rows[2].depth, 2);
    assert_int_equal(l.rows[1].n_measures, 2);
    assert_string_equal(l.rows[1].measures[0].record->id, "I2");
    assert_string_equal(l.rows[1].measures[0].targets[0]->id, "t1");
    assert_null(logframe_lacks_target(&l.rows[1].measures[0]));
    assert_non_null(logframe_lacks_target(&l.rows[1].measures[1]));
}

// ---- two of them --------------------------------------------------------------------------------

#define WORLD 5
struct world {
    struct record *results[WORLD];
    struct record *indicators[WORLD];
    struct record *targets[WORLD];
    size_t n_results, n_indicators, n_targets;
};

static struct world random_world(void)
{
    struct world w = {0};
    for (size_t i = 0; i < WORLD; i++) {
        const char *id = arena_printf(arena, "r%zu", i);
        if (dice(4) > 0) {
            struct record *r = result(id, dice(2) ? "outcome" : "output", "");
            record_set_text(r, "statement", dice(2) ? "One" : "Two");
            w.results[w.n_results++] = r;
        }
        if (dice(4) > 0) {
            struct record *k = indicator(arena_printf(arena, "i%zu", i), "", "active");
            record_set_text(k, "title", dice(2) ? "One" : "Two");
            record_set_text(k, "source", dice(2) ? "Register" : "");
            record_set_text(k, "repeats", dice(2) ? "programme" : "");
            record_set_text(k, "split_note", dice(2) ? "It counts laws." : "");
            w.indicators[w.n_indicators++] = k;
            if (dice(2)) {
                w.targets[w.n_targets++] =
                    target(arena_printf(arena, "t%u", dice(1000)), k->id, "2026-12-31",
                           dice(2) ? "1" : "2");
            }
        }
    }
    return w;
}

static const struct record *find(struct record *const *rows, size_t n, const struct record *r)
{
    for (size_t i = 0; i < n; i++) {
        if (r->entity == &entity_target
                ? text_is(rows[i], "indicator_id", record_text(r, "indicator_id"))
                : strcmp(rows[i]->id, r->id) == 0) {
            return rows[i];
        }
    }
    return NULL;
}

// Fields that differ between the two, counted by turning each record into words.
static size_t slow_count(struct record *const *before, size_t n_before, struct record *const *after,
                         size_t n_after, size_t of[3])
{
    size_t cells = 0;
    for (size_t i = 0; i < n_after; i++) {
        const struct record *was = find(before, n_before, after[i]);
        size_t differ = 0;
        for (size_t f = 0; was != NULL && f < after[i]->entity->n_fields; f++) {
            const struct field *field = &after[i]->entity->fields[f];
            differ += strcmp(field_print(arena, field, &was->values[f], 0),
                             field_print(arena, field, &after[i]->values[f], 0)) != 0;
        }
        of[LOGFRAME_ADDED] += was == NULL;
        of[LOGFRAME_CHANGED] += differ > 0;
        cells += differ;
    }
    for (size_t i = 0; i < n_before; i++) {
        of[LOGFRAME_REMOVED] += find(after, n_after, before[i]) == NULL;
    }
    return cells;
}

static void what_differs_is_what_a_slow_look_finds(void **state)
{
    (void)state;
    struct record *p = programme();
    for (seed = 7; seed < 300; seed++) {
        unsigned kept = seed;
        struct world a = random_world(), b = random_world();
        struct logframe before, after;
        struct logframe_difference *items;
        size_t n, of[3] = {0}, slow_of[3] = {0}, cells = 0, slow_cells;
        logframe_make(arena, p, a.results, a.n_results, a.indicators, a.n_indicators, a.targets,
                      a.n_targets, &before);
        logframe_make(arena, p, b.results, b.n_results, b.indicators, b.n_indicators, b.targets,
                      b.n_targets, &after);
        logframe_compare(arena, &lang_en, &before, &after, NULL, &items, &n);
        for (size_t i = 0; i < n; i++) {
            of[items[i].change]++;
            cells += items[i].change == LOGFRAME_CHANGED ? items[i].n_cells : 0;
        }
        slow_cells = slow_count(a.results, a.n_results, b.results, b.n_results, slow_of) +
                     slow_count(a.indicators, a.n_indicators, b.indicators, b.n_indicators, slow_of) +
                     slow_count(a.targets, a.n_targets, b.targets, b.n_targets, slow_of);
        assert_memory_equal(of, slow_of, sizeof of);
        assert_int_equal(cells, slow_cells);
        logframe_compare(arena, &lang_en, &after, &after, NULL, &items, &n);
        assert_int_equal(n, 0);
        seed = kept;
    }
}

static void a_changed_target_shows_both_values(void **state)
{
    (void)state;
    struct record *p = programme();
    struct record *k = indicator("I1", "", "active");
    struct record *was = target("t1", "I1", "2026-12-31", "160");
    struct record *is = target("t2", "I1", "2026-12-31", "200");
    struct logframe before, after;
    struct logframe_difference *items;
    size_t n;
    logframe_make(arena, p, NULL, 0, &k, 1, &was, 1, &before);
    logframe_make(arena, p, NULL, 0, &k, 1, &is, 1, &after);
    logframe_compare(arena, &lang_en, &before, &after, NULL, &items, &n);
    assert_int_equal(n, 1);
    assert_int_equal(items[0].change, LOGFRAME_CHANGED);
    assert_string_equal(items[0].code, "I1");
    assert_string_equal(items[0].cells[0].before, "160");
    assert_string_equal(items[0].cells[0].after, "200");
}

// ---- a spreadsheet ------------------------------------------------------------------------------

static void plan_of_file(const struct logframe *l, const char *bytes, size_t len,
                         struct logframe_plan *plan)
{
    struct logframe_grid g;
    const char *csv;
    assert_int_equal(sheet_csv(arena, bytes, len, &csv, &e), ERR_NONE);
    assert_int_equal(logframe_grid_read(arena, csv, &g, &e), ERR_NONE);
    logframe_plan_of(arena, &lang_en, l, &g, plan);
}

static void what_was_taken_out_comes_back_as_it_was(void **state)
{
    (void)state;
    struct record *results[] = {result("G", "goal", ""), result("O1", "outcome", "G"),
                                result("1.1", "output", "O1")};
    struct record *indicators[] = {indicator("T1/I1", "O1", "active"),
                                   indicator("T1/I2", "O1", "active"),
                                   indicator("T1/I3", "", "active")};
    struct record *targets[] = {target("t1", "T1/I1", "2026-12-31", "75.5"),
                                target("t2", "T1/I2", "2027-12-31", "3")};
    record_set_text(results[1], "assumptions", "First line\nsecond line; with, all \"signs\"");
    record_set_text(results[2], "statement", "=1+1");
    record_set_text(indicators[2], "title", "Of no result");
    record_set_text(indicators[0], "baseline", "-2.5");
    record_set_text(indicators[0], "baseline_on", "2026-01-31");
    struct logframe l;
    struct sheet sheet;
    logframe_make(arena, programme(), results, 3, indicators, 3, targets, 2, &l);
    logframe_sheet_of(arena, &l, false, &sheet);
    static const char *const formats[] = {"csv", "xlsx"};
    for (size_t i = 0; i < 2; i++) {
        struct buf file;
        struct logframe_plan plan;
        buf_init(&file, arena, 1000000);
        assert_int_equal(sheet_write(arena, &sheet, formats[i], &file, &e), ERR_NONE);
        plan_of_file(&l, file.data, file.len, &plan);
        assert_int_equal(plan.n_faults, 0);
        assert_int_equal(plan.n_changes, 0);
    }
}

static void cells_that_differ_are_planned_and_wrong_ones_named(void **state)
{
    (void)state;
    struct record *results[] = {result("O1", "outcome", "")};
    struct record *indicators[] = {indicator("T1/I1", "O1", "active")};
    struct record *targets[] = {target("t1", "T1/I1", "2026-12-31", "75")};
    const char *file = "result,level,statement,indicator,title,unit,direction,over time,baseline,"
                       "target 2026-12-31\n"
                       "O1,Outcome,Said better,T1/I1,How much of O1,count,more,latest,x,80\n"
                       "O1,,,T1/I1,Twice,count,more,latest,,\n"
                       "1.1,output,,,,,,,,\n"
                       "1.2,output,New one,T1/I2,Pages,count,more,latest,0,\n";
    struct logframe l;
    struct logframe_plan plan;
    logframe_make(arena, programme(), results, 1, indicators, 1, targets, 1, &l);
    plan_of_file(&l, file, strlen(file), &plan);
    assert_int_equal(plan.n_faults, 3);
    assert_string_equal(plan.faults[0].place, "Line 2, column “baseline”");
    assert_string_equal(plan.faults[1].place, "Line 3, column “indicator”");
    assert_string_equal(plan.faults[2].place, "Line 4, column “statement”");
    assert_string_equal(plan.changes[0].what, "Result O1");
    assert_string_equal(plan.changes[0].after, "Said better");
    assert_string_equal(plan.changes[1].before, "75");
    assert_string_equal(plan.changes[1].after, "80");
    for (size_t i = 2; i < plan.n_changes; i++) {
        assert_true(plan.changes[i].is_new);
        assert_string_equal(plan.changes[i].place, "Line 5");
    }
    assert_int_equal(plan.n_changes, 2 + 2 + 6);
    const char *none = "a,b\n1,2\n";
    struct logframe_grid g;
    assert_int_equal(logframe_grid_read(arena, none, &g, &e), ERR_INPUT);
}

static void a_version_names_a_day_or_a_moment(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err expected;
    } cases[] = {{"2026-11-22", ERR_NONE},           {"2026-11-22T10:20:30Z", ERR_NONE},
                 {"2026-11-22T10:20:30.123Z", ERR_NONE}, {"2026-11-31", ERR_INPUT},
                 {"2026-11-22T24:00:00Z", ERR_INPUT}, {"2026-11-22 10:20:30Z", ERR_INPUT},
                 {"soon", ERR_INPUT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct record *v = record_new(arena, &entity_logframe_version);
        record_set_text(v, "as_of", cases[i].text);
        assert_int_equal(logframe_version_check(v, &e), cases[i].expected);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], XLSX_READ_WORD) == 0) { // the child that reads a workbook
        return xlsx_read_child_main();
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gaps_are_those_of_a_slow_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_holds_four_and_levels_lie_above_each_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(seven_of_a_level_stand_in_rows_of_four_and_three, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_answer_of_dot_becomes_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_answer_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_question_holds_no_word_of_the_programme, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_picture_holds_every_result_and_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(results_stand_below_what_they_serve, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_differs_is_what_a_slow_look_finds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_target_shows_both_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_taken_out_comes_back_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_that_differ_are_planned_and_wrong_ones_named, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_version_names_a_day_or_a_moment, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
