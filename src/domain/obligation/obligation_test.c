// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_test.c: rules of an obligation, and what the reference data say.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "obligation/obligation.h"
#include "obligation/obligation_status.h"

static const struct {
    const char *says;
    const char *status;
    const char *signed_on;
    const char *bound_on;
    const char *blames; // field, or NULL when it is right
} cases[] = {
    {"bound by accession, without a signature", "party", NULL, "2005-05-27", NULL},
    {"a year is enough", "party", "2000", "2002", NULL},
    {"signed and bound in one year, one date partial", "party", "2002-12-31", "2002", NULL},
    {"bound before it signed", "party", "2005", "2002", "bound_on"},
    {"bound a day before it signed", "party", "2002-05-02", "2002-05-01", "bound_on"},
    {"not bound, but with a date", "signed", "2000", "2002", "bound_on"},
    {"nothing known", "not_known", NULL, NULL, NULL},
};

static void dates_and_status_agree(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct record *r = record_new(a, &entity_obligation);
        record_set_text(r, "country", "NA");
        record_set_text(r, "instrument", "2.2-I02");
        record_set_text(r, "status", cases[i].status);
        record_set_text(r, "signed_on", cases[i].signed_on);
        record_set_text(r, "bound_on", cases[i].bound_on);
        struct err_info e = {0};
        enum err err = record_check(r, &e);
        const char *blamed = err == ERR_NONE ? NULL : e.field;
        if ((blamed == NULL) != (cases[i].blames == NULL) ||
            (blamed != NULL && strcmp(blamed, cases[i].blames) != 0)) {
            fail_msg("%s: blames %s", cases[i].says, blamed == NULL ? "nothing" : blamed);
        }
    }
    arena_free(a);
}

static void a_hint_has_its_source_and_date(void **state)
{
    (void)state;
    // Namibia's code reads like "not available" to careless readers.
    struct obligation_hint hint = obligation_hint_of("NA", "2.2-I02");
    assert_true(hint.found);
    assert_string_equal(hint.status, "party");
    assert_string_equal(hint.bound_on, "2002-08-16");
    assert_true(strlen(hint.source) > 0);
    assert_true(strlen(hint.as_of) == 10);
    assert_false(obligation_hint_of("NA", "2.2-I25").found); // no source for labour treaties
    assert_false(obligation_hint_of("XX", "2.2-I02").found);
}

static void a_hint_taken_over_passes_the_rules(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    static const char *const countries[] = {"NA", "NE", "KH", "VN", "MA", "FR", "US"};
    for (size_t c = 0; c < sizeof countries / sizeof countries[0]; c++) {
        for (int i = 1; i <= 33; i++) {
            const char *row = arena_printf(a, "2.2-I%02d", i);
            struct obligation_hint hint = obligation_hint_of(countries[c], row);
            if (!hint.found) {
                continue;
            }
            struct record *r = record_new(a, &entity_obligation);
            record_set_text(r, "country", countries[c]);
            record_set_text(r, "instrument", row);
            obligation_take_hint(r, &hint);
            struct err_info e = {0};
            if (record_check(r, &e) != ERR_NONE) {
                fail_msg("%s %s: %s", countries[c], row, e.text);
            }
            assert_string_equal(record_text(r, "origin"), "prefill");
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_and_status_agree),
        cmocka_unit_test(a_hint_has_its_source_and_date),
        cmocka_unit_test(a_hint_taken_over_passes_the_rules),
    };
    return cmocka_run_group_tests_name("obligation", tests, NULL, NULL);
}
