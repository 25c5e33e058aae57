// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workbook_test.c: cells of every field of every kind of the registry, out and in again: as codes and as the
// words of every language; headings that mean one column each.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "base/limits.h"
#include "exchange/workbook/columns.h"
#include "exchange/workbook/workbook.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(LIMIT_PROCESS_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

// A field of the test, found by what it is rather than by its name.
static struct value parsed(const struct field *f, const char *text)
{
    struct value v;
    struct err_info e;
    if (field_parse(arena, f, text, 2, &v, &e) != ERR_NONE) {
        fail_msg("“%s” is no %s", text, f->name);
    }
    return v;
}

// Whatever language a workbook was taken out in and comes back in, the cell says the same value.
static void check_value(const struct field *f, const struct value *v)
{
    static const struct lang *const langs[] = {&lang_en, &lang_pseudo};
    static const struct value none = {0};
    for (size_t i = 0; i < 2; i++) {
        const char *cell = column_words(arena, NULL, langs[i], f, v);
        cell = cell[0] == '\0' ? column_text(arena, NULL, f, v, 2) : cell;
        for (size_t k = i; k < 2; k++) { // the language of the reader, and English for everybody
            struct value back = parsed(f, column_read(arena, langs[k], f, cell));
            if (!column_same(arena, NULL, langs[k], f, v, 2, cell) || !value_same(v, &back)) {
                fail_msg("%s: “%s” is another value when it comes back", f->name, cell);
            }
            assert_false(column_same(arena, NULL, langs[k], f, &none, 2, cell));
        }
    }
    assert_false(column_same(arena, NULL, &lang_en, f, v, 2, ""));
    assert_true(column_same(arena, NULL, &lang_en, f, v, 2, column_text(arena, NULL, f, v, 2)));
}

static const char *sample(const struct field *f)
{
    switch (f->type) {
    case FIELD_INT: return f->min > 7 ? arena_printf(arena, "%lld", (long long)f->min) : f->max == 0 || f->max >= 7 ? "7" : "1";
    case FIELD_BOOL: return "true";
    case FIELD_DATE: return "2026-11-22";
    case FIELD_PARTIAL_DATE: return "2026-11";
    case FIELD_DECIMAL: return "12.50";
    case FIELD_MONEY: return "1234.50";
    case FIELD_TEXT: return "=1+1";
    case FIELD_LONG: return "One line\nand another, with a comma";
    default: return NULL; // choices, which are all tried; references, which need a workspace
    }
}

static void try_choices(const struct field *f)
{
    const struct choice *choices = field_choices(f);
    const char *all = "";
    size_t n = 0;
    for (; choices != NULL && choices[n].code != NULL; n++) {
        bool shares = f->type == FIELD_SHARES;
        const char *text = shares ? arena_printf(arena, "%s 100", choices[n].code) : choices[n].code;
        struct value v = parsed(f, text);
        check_value(f, &v);
        all = n < 50 ? arena_printf(arena, "%s %s", all, choices[n].code) : all;
    }
    if (f->type == FIELD_CODES && n > 1) {
        struct value v = parsed(f, all);
        check_value(f, &v);
    }
    if (f->type == FIELD_SHARES && n > 1) {
        struct value v = parsed(f, arena_printf(arena, "%s 60.5, %s 39.5", choices[0].code, choices[1].code));
        check_value(f, &v);
    }
}

static void every_field_of_every_kind_comes_back(void **state)
{
    (void)state;
    size_t n, n_fields = 0;
    const struct entity *const *kinds = model_all(&n);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < kinds[i]->n_fields; k++) {
            const struct field *f = &kinds[i]->fields[k];
            const char *text = sample(f);
            if (text != NULL && (f->max == 0 || f->type == FIELD_INT || (int64_t)strlen(text) <= f->max)) {
                struct value v = parsed(f, text);
                check_value(f, &v);
            }
            if (f->type != FIELD_BOOL) {
                try_choices(f);
            }
            n_fields++;
        }
    }
    assert_true(n > 20 && n_fields > 300); // the registry was there
}

static void a_heading_means_one_column(void **state)
{
    (void)state;
    static const struct lang *const langs[] = {&lang_en, &lang_pseudo};
    size_t n;
    const struct entity *const *kinds = model_all(&n);
    for (size_t i = 0; i < n; i++) {
        const struct entity *kind = kinds[i];
        for (size_t k = 0; k < kind->n_fields + 2; k++) {
            const char *name = k == 0 ? COLUMN_ID : k == 1 ? COLUMN_VERSION : kind->fields[k - 2].name;
            for (size_t l = 0; l < 2; l++) {
                const char *heading = column_heading(arena, langs[l], kind, name);
                int means = column_is(arena, langs[l], kind, COLUMN_ID, heading) +
                            column_is(arena, langs[l], kind, COLUMN_VERSION, heading);
                for (size_t other = 0; other < kind->n_fields; other++) {
                    means += column_is(arena, langs[l], kind, kind->fields[other].name, heading);
                }
                if (means != 1 || !column_is(arena, langs[l], kind, name, heading)) {
                    fail_msg("%s: the heading “%s” means %d columns", kind->kind, heading, means);
                }
            }
        }
    }
}

// What a spreadsheet makes of a cell that nobody changed.
static void a_spreadsheet_changes_nothing_by_itself(void **state)
{
    (void)state;
    static const struct {
        enum field_type type;
        const char *before, *cell;
        bool same;
    } cases[] = {
        {FIELD_DECIMAL, "12.50", "12.5", true},       {FIELD_DECIMAL, "12.50", "12.51", false},
        {FIELD_MONEY, "1234.50", "1234.5", true},     {FIELD_MONEY, "1234.50", "1234.05", false},
        {FIELD_DATE, "2026-11-22", "2026-11-22T00:00:00", true},
        {FIELD_DATE, "2026-11-22", "2026-11-22T10:00:00", false},
        {FIELD_LONG, "One\nTwo", "One\r\nTwo", true}, {FIELD_LONG, "One\nTwo", "One Two", false},
        {FIELD_TEXT, "One", " One ", true},           {FIELD_TEXT, "One", "one", false},
        {FIELD_BOOL, "true", "Yes", true},            {FIELD_BOOL, "true", "No", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct field f = {.name = "x", .label = "X", .type = cases[i].type, .data_class = CLASS_C1};
        struct value v = parsed(&f, cases[i].before);
        if (column_same(arena, NULL, &lang_en, &f, &v, 2, cases[i].cell) != cases[i].same) {
            fail_msg("“%s” and “%s”", cases[i].before, cases[i].cell);
        }
    }
}

// Labels that hold commas, or begin alike, are told apart; a word that is none stays as it is, to be refused.
static void words_of_lists_are_told_apart(void **state)
{
    (void)state;
    static const struct choice choices[] = {
        {"a", "Police"}, {"b", "Police, border"}, {"c", "Courts"}, {NULL, NULL}};
    const struct field codes = {.name = "x", .label = "X", .type = FIELD_CODES, .choices = choices, .data_class = CLASS_C1};
    const struct field shares = {.name = "x", .label = "X", .type = FIELD_SHARES, .choices = choices, .data_class = CLASS_C1};
    const struct field one = {.name = "x", .label = "X", .type = FIELD_CODE, .choices = choices, .data_class = CLASS_C1};
    assert_string_equal(column_read(arena, &lang_en, &codes, "Police, border, Courts"), "b c");
    assert_string_equal(column_read(arena, &lang_en, &codes, "Police, Courts"), "a c");
    assert_string_equal(column_read(arena, &lang_en, &codes, "Police; b"), "a b");
    assert_string_equal(column_read(arena, &lang_en, &codes, "Police, Army"), "Police, Army");
    assert_string_equal(column_read(arena, &lang_en, &codes, "a c"), "a c");
    assert_string_equal(column_read(arena, &lang_en, &shares, "Police 60 %, Courts 40 %"), "a 60 %, c 40 %");
    assert_string_equal(column_read(arena, &lang_en, &one, "Police, border"), "b");
    assert_string_equal(column_read(arena, &lang_en, &one, "Police, bor"), "Police, bor");
    assert_string_equal(column_choices(arena, &lang_en, &one), "Police, Police, border, Courts");
}

static void what_is_personal_or_sensitive_does_not_leave(void **state)
{
    (void)state;
    const struct entity *risk = model_find("risk");
    assert_true(column_leaves(entity_field(risk, "statement")));
    assert_false(column_leaves(entity_field(risk, "owner_id"))); // C2
    assert_false(column_leaves(entity_field(risk, "why")));      // C3
    assert_false(column_leaves(entity_field(model_find("stakeholder"), "safety_note")));
}

static void a_version_is_known_by_its_beginning(void **state)
{
    (void)state;
    const char *hash = "9017b49407515f4e85c57871fad455cf4df9c2ac1ce4d3c249b9c1dfbbc26e3e";
    assert_string_equal(column_version(arena, hash), "v9017b49407515f4e");
    assert_true(column_is_version("v9017b49407515f4e", hash));
    assert_true(column_is_version(hash, hash));
    assert_false(column_is_version("v9017b49407515f4f", hash));
    assert_false(column_is_version("v9017b494", hash)); // too little to tell
    assert_false(column_is_version("v", hash));
}

static void a_list_is_known_by_its_two_columns(void **state)
{
    (void)state;
    const struct entity *risk = model_find("risk");
    static const struct {
        const char *csv;
        bool yes;
    } cases[] = {
        {"id,version,statement\n", true},
        {"Id (leave as it is);Version (leave as it is);What could happen\n", true},
        {"id,statement\n", false},
        {"statement\nversion\n", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(workbook_is(arena, &lang_en, risk, cases[i].csv, strlen(cases[i].csv)), cases[i].yes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_every_kind_comes_back),
        cmocka_unit_test(a_heading_means_one_column),
        cmocka_unit_test(a_spreadsheet_changes_nothing_by_itself),
        cmocka_unit_test(words_of_lists_are_told_apart),
        cmocka_unit_test(what_is_personal_or_sensitive_does_not_leave),
        cmocka_unit_test(a_version_is_known_by_its_beginning),
        cmocka_unit_test(a_list_is_known_by_its_two_columns),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
