// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_next_test.c: proposals for the next result, beside what a person would write.

#include <string.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "logframe/logframe_next.h"
#include "result/result.h"

// "goal G, outcome O1 > G": results in a row; "> X" is what a result serves. Ids are codes.
static size_t frame_of(struct arena *a, const char *text, struct theory_result *out)
{
    size_t n = 0;
    for (const char *p = text; *p != '\0'; p += strcspn(p, ",") + (p[strcspn(p, ",")] == ',' ? 2 : 0)) {
        const char *item = arena_copy_n(a, p, strcspn(p, ","));
        size_t word = strcspn(item, " ");
        const char *serves = strstr(item, " > ");
        const char *code = arena_copy_n(a, item + word + 1, serves == NULL ? strlen(item + word + 1)
                                                                           : (size_t)(serves - item) - word - 1);
        struct record *r = record_new(a, &entity_result);
        r->id = code;
        record_set_text(r, "level", arena_copy_n(a, item, word));
        record_set_text(r, "code", code);
        record_set_text(r, "parent_id", serves == NULL ? NULL : serves + 3);
        out[n++] = (struct theory_result){.record = r, .code = code, .level = logframe_level_of(r)};
    }
    return n;
}

static void the_next_result_is_what_a_person_would_write(void **state)
{
    struct arena *a = arena;
    (void)state;
    static const struct {
        const char *frame, *level, *parent; // what is known already
        const char *next_level, *next_parent, *next_code;
    } cases[] = {
        {"", "", "", "goal", "", "G"},
        {"goal G", "", "", "outcome", "G", "O1"},
        {"goal G", "goal", "", "goal", "", "G2"},
        {"goal Impact", "", "", "outcome", "Impact", "O1"},
        {"goal G, outcome O1 > G", "", "", "output", "O1", "1.1"},
        {"goal G, outcome O1 > G", "outcome", "G", "outcome", "G", "O2"},
        {"goal G, outcome O1 > G, output 1.1 > O1", "", "", "", "", ""}, // each has what it needs
        {"goal G, outcome O1 > G, output 1.1 > O1, output 1.2 > O1", "output", "O1", "output", "O1", "1.3"},
        {"goal G, outcome O1, outcome O2, output 1.1 > O1", "", "", "output", "O2", "2.1"},
        {"goal G, outcome O1, outcome O2, output 1.1 > O1", "output", "", "output", "", ""}, // of which outcome?
        {"goal G, outcome O9, outcome O10", "outcome", "", "outcome", "G", "O11"},
        {"goal G, outcome Outcome 5", "outcome", "", "outcome", "G", "Outcome 6"},
        {"goal G, outcome A > G", "output", "A", "output", "A", ""}, // no number to count from
        {"goal G, outcome A, outcome B", "outcome", "", "outcome", "G", "B2"},
        {"goal G, goal G2", "outcome", "", "outcome", "", "O1"}, // two goals: which one?
        {"goal O1", "outcome", "", "outcome", "O1", "O2"},       // taken already
        {"goal G, outcome O999999999", "outcome", "", "outcome", "G", "O1000000000"},
        {"goal G, outcome O1, output 1.09 > O1", "output", "O1", "output", "O1", "1.10"},
        {"goal G", "activity", "", "", "", ""}, // no level of ours
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct theory_result results[8];
        size_t n = frame_of(a, cases[i].frame, results);
        struct logframe_next next = logframe_next_of(a, results, n, cases[i].level, cases[i].parent);
        assert_string_equal(next.level, cases[i].next_level);
        assert_string_equal(next.parent_id, cases[i].next_parent);
        assert_string_equal(next.code, cases[i].next_code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_next_result_is_what_a_person_would_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
