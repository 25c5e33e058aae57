// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rights_test.c: which rights bind a State, against a slow and obvious second way.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "obligation/obligation_rights.h"

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

// The slow way: counts all rows of all tools, article by article, country by country.
static void rights_are_those_of_a_slow_search(void **state)
{
    (void)state;
    static const char *const countries[] = {"NA", "NE", "KE"};
    static const char *const statuses[] = {"party", "signed", "none", "not_known"};
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    size_t n_tools;
    const struct pack_tool *const *tools = pack_tools(pack_find(PACK_DEFAULT), &n_tools);
    unsigned seed = 5;
    for (int round = 0; round < 20; round++) {
        struct obligation_facts facts = {.items = ARENA_ARRAY(a, struct obligation_fact, 200)};
        for (int c = 0; c < 3; c++) {
            for (int i = 1; i <= 33; i++) {
                if (next_random(&seed, 3) > 0) {
                    facts.items[facts.n++] = (struct obligation_fact){
                        .country = countries[c],
                        .instrument = arena_printf(a, "2.2-I%02d", i),
                        .status = statuses[next_random(&seed, 4)],
                        .bound_on = "2001",
                        .reservations = "",
                        .confirmed = next_random(&seed, 2) == 0};
                }
            }
        }
        struct right_list made;
        obligation_rights_make(a, " NA NE ", &facts, NULL, 0, false, &made);
        size_t at = 0, bound = 0;
        for (size_t t = 0; t < n_tools; t++) {
            for (unsigned i = 0; i < tools[t]->n_rows; i++) {
                const struct pack_row *row = &tools[t]->rows[i];
                if (row->n_articles == 0) {
                    continue;
                }
                const struct right_line *line = &made.lines[at++];
                assert_ptr_equal(line->row, row);
                bool any = false;
                for (unsigned k = 0; k < row->n_articles; k++) {
                    size_t binding = 0, unsure = 0;
                    for (size_t f = 0; f < facts.n; f++) {
                        bool same = row->articles[k].instrument != NULL &&
                                    strcmp(facts.items[f].instrument,
                                           row->articles[k].instrument) == 0 &&
                                    strcmp(facts.items[f].country, "KE") != 0 &&
                                    strcmp(facts.items[f].status, "party") == 0;
                        binding += same && facts.items[f].confirmed;
                        unsure += same && !facts.items[f].confirmed;
                    }
                    assert_int_equal(line->articles[k].n_binding, binding);
                    assert_int_equal(line->articles[k].n_unsure, unsure);
                    any = any || binding > 0;
                }
                bound += any;
            }
        }
        assert_int_equal(made.n, at);
        assert_int_equal(made.n_bound, bound);
        assert_true(at > 20);
    }
    arena_free(a);
}

static void only_the_tools_asked_for(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const char *const wanted[] = {"1.8"};
    struct obligation_facts none = {0};
    struct right_list list;
    obligation_rights_make(a, " NA ", &none, wanted, 1, true, &list);
    assert_true(list.n > 0);
    for (size_t i = 0; i < list.n; i++) {
        assert_string_equal(list.lines[i].tool->id, "1.8");
        assert_int_equal(list.lines[i].n_binding, 0);
        bool risk = false;
        for (size_t u = 0; u < list.lines[i].n_uses; u++) {
            risk = risk || strcmp(list.lines[i].uses[u].row->id, "3.4-R05") == 0;
        }
        assert_true(risk); // the risk of unfair trials refers to tool 1.8
    }
    obligation_rights_make(a, " NA ", &none, wanted, 0, false, &list);
    assert_int_equal(list.n, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rights_are_those_of_a_slow_search),
        cmocka_unit_test(only_the_tools_asked_for),
    };
    return cmocka_run_group_tests_name("obligation_rights", tests, NULL, NULL);
}
