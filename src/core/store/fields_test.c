// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fields_test.c: changes of older kinds are read as the fields of today: sex and age of a part of a value became
// pairs of its split.

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "store/store_private.h"

static void older_fields_become_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *change; // of the log
        int side;
        const char *split; // afterwards
    } steps[] = {
        {"{\"sex\":[null,\"female\"],\"value\":[null,\"7\"]}", 1, "sex=female"},
        {"{\"age\":[null,\"18-24\"]}", 1, "age=18-24 sex=female"},
        {"{\"sex\":[\"female\",\"male\"]}", 1, "age=18-24 sex=male"},
        {"{\"sex\":[\"female\",\"male\"]}", 0, "age=18-24 sex=female"},
        {"{\"sex\":[\"female\",null]}", 1, "age=18-24"},
        {"{\"split\":[\"age=18-24\",\"age=60+ status=refugee\"]}", 1, "age=60+ status=refugee"},
        {"{\"sex\":[null,\"other\"]}", 1, "age=60+ sex=other status=refugee"},
        {"{\"split\":[\"age=18-24\",null]}", 1, ""},
    };
    struct arena *a = arena_new(1 << 20);
    struct record *r = record_new(a, model_find("observation_part"));
    struct err_info e;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        assert_int_equal(fields_apply(a, r, steps[i].change, steps[i].side, &e), ERR_NONE);
        assert_string_equal(record_text(r, "split"), steps[i].split);
    }
    assert_string_equal(record_text(r, "value"), "7");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(older_fields_become_pairs)};
    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
