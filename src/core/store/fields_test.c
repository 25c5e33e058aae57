// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fields_test.c: what a change says of fields, beside the same made with a library; and changes of older kinds read
// as the fields of today: sex and age of a part of a value became pairs of its split.

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

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

// Every sign of ASCII, letters of others, numbers: what a library reads is what it was made from.
static void differences_are_json_as_a_library_reads_it(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct record *before = record_new(a, model_find("budget"));
    const struct entity *kind = before->entity;
    for (int round = 0; round < 200; round++) {
        struct record *after = record_new(a, kind);
        json_t *object = json_object();
        for (size_t i = 0; i < kind->n_fields; i++) {
            const struct field *f = &kind->fields[i];
            bool number = f->type == FIELD_INT || f->type == FIELD_BOOL || f->type == FIELD_MONEY;
            const char text[] = {(char)(1 + round % 127), 'x', (char)(1 + (round + (int)i) % 127), '\0'};
            bool set = (round + (int)i) % 3 != 0;
            after->values[i] = (struct value){.set = set, .number = number ? (round - 100) * 7919LL : 0,
                                              .text = number ? NULL
                                                      : i % 2 == 0 ? arena_copy(a, text)
                                                                   : "\u0645\u062b\u0644 \u4f8b \U0001F600"};
            if (set) {
                json_object_set_new(object, f->name,
                                    json_pack("[n,o]", number ? json_integer(after->values[i].number)
                                                              : json_string(after->values[i].text)));
            }
        }
        const char *text = fields_diff(a, kind, before, after);
        json_t *got = json_loads(text == NULL ? "{}" : text, JSON_REJECT_DUPLICATES, NULL);
        assert_true(json_equal(got, object));
        json_decref(got);
        json_decref(object);
    }
    assert_null(fields_diff(a, kind, before, before));
    arena_free(a);
}

// What a library says of one field of a change; NULL: nothing.
static const char *said_slowly(struct arena *a, const char *fields, const char *name, int side)
{
    json_t *object = json_loads(fields, JSON_REJECT_DUPLICATES, NULL);
    const char *text = json_string_value(json_array_get(json_object_get(object, name), (size_t)side));
    text = arena_copy(a, text);
    json_decref(object);
    return text;
}

static void assert_same(const char *got, const char *wanted)
{
    assert_true((got == NULL) == (wanted == NULL));
    if (wanted != NULL) {
        assert_string_equal(got, wanted);
    }
}

static void one_field_is_what_a_library_reads(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "{\"x_id\":[null,\"01\"],\"value\":[3,null]}",
        "{\"value\":[-3,12],\"x_id\":[\"01\",\"02\"]}",
        " { \"value\" : [ null , \"a\" ] ,\n\t\"x_id\" : [ \"01\" , \"02\" ] } ",
        "{\"value\":[null,\"\\\"x_id\\\":[null,\\\"no\\\"]\"],\"x_id\":[null,\"yes\"]}", // within a text
        "{\"value\":[null,\"\\\\\"],\"x_id\":[null,\"yes\"]}",                         // a text that ends in a stroke
        "{\"x_id\":[null,\"a\\u00e9\\n\"]}",                                         // escapes
        "{\"x\\u005fid\":[null,\"in the name\"]}",
        "{\"x_id2\":[null,\"no\"],\"ax_id\":[null,\"no\"]}",
        "{\"x_id\":[null,7]}",
        "{\"x_id\":[true,null]}",
        "{}",
        "{\"value\":[[1,\"]\"],{\"x_id\":[null,\"no\"]}],\"x_id\":[null,\"yes\"]}", // of no shape that we write
        "{\"x_id\":[null,\"\u0645\u062b\u0644 \U0001F600\"]}",
    };
    static const char *const damaged[] = {"", "[]", "{", "{\"x_id\"}", "{\"x_id\":[null,\"01\"", "{\"x_id\":[null,\"01", "{\"a\":[1,2],}",
                                          "{\"a\":[1,2]}}", "{\"a\":[1,2] \"x_id\":[1,\"b\"]}", "\"x_id\""};
    struct arena *a = arena_new(1 << 20);
    struct err_info e;
    const char *got;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        for (int side = 0; side < 2; side++) {
            const struct change c = {.fields = changes[i]};
            assert_int_equal(store_change_text(a, &c, "x_id", side, &got, &e), ERR_NONE);
            assert_same(got, said_slowly(a, changes[i], "x_id", side));
            assert_int_equal(store_change_text(a, &c, "value", side, &got, &e), ERR_NONE);
            assert_same(got, said_slowly(a, changes[i], "value", side));
        }
    }
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        const struct change c = {.fields = damaged[i]};
        assert_int_equal(store_change_text(a, &c, "x_id", 1, &got, &e), ERR_DAMAGED);
    }
    arena_free(a);
}

// A record with other values in each round; texts of two signs of ASCII.
static struct record *record_of_round(struct arena *a, const struct entity *kind, int round)
{
    struct record *r = record_new(a, kind);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const char text[] = {(char)(1 + round % 127), (char)(1 + (round * 7 + (int)i) % 127), '\0'};
        r->values[i] = (struct value){.set = (round + (int)i) % 3 != 0, .number = round - 100, .text = arena_copy(a, text)};
    }
    return r;
}

// Every change of two hundred, as they are written.
static void one_field_of_what_is_written(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct record *before = record_new(a, model_find("budget"));
    const struct entity *kind = before->entity;
    for (int round = 0; round < 200; round++) {
        const struct change c = {.fields = fields_diff(a, kind, before, record_of_round(a, kind, round))};
        for (size_t i = 0; c.fields != NULL && i < kind->n_fields; i++) {
            struct err_info e;
            const char *got;
            assert_int_equal(store_change_text(a, &c, kind->fields[i].name, 1, &got, &e), ERR_NONE);
            assert_same(got, said_slowly(a, c.fields, kind->fields[i].name, 1));
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(older_fields_become_pairs),
                                       cmocka_unit_test(differences_are_json_as_a_library_reads_it),
                                       cmocka_unit_test(one_field_is_what_a_library_reads),
                                       cmocka_unit_test(one_field_of_what_is_written)};
    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
