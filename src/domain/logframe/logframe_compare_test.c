// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_compare_test.c: what differs between two logframes, against a slow count.

#include <string.h>

#include "logframe/logframe_table.h"
#include "logframe/logframe_test_help.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_differs_is_what_a_slow_look_finds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_target_shows_both_values, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
