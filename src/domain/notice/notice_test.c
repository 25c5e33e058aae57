// SPDX-License-Identifier: AGPL-3.0-or-later
//
// notice_test.c: what the checks find is said in the language of the reader. The pseudo-language marks
// what came from the catalogue; the records below make a notice of most rules.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db.h"
#include "notice/notice.h"
#include "os/file.h"
#include "store/store.h"

static char folder[] = "/tmp/mainstay-notice-XXXXXX";
static struct arena *a;
static struct store *store;
static struct store_tx *tx;
static struct err_info e;

static void ok(enum err err)
{
    if (err != ERR_NONE) {
        fail_msg("%s: %s (%s, %s) %s", err_name(err), e.text, e.args[0], e.args[1], e.detail);
    }
}

// Saves a record of a kind; names and texts of fields by turns, ended by NULL. Gives its id.
static const char *made(const char *kind, ...)
{
    struct record *r = record_new(a, model_find(kind));
    va_list list;
    va_start(list, kind);
    for (const char *name; (name = va_arg(list, const char *)) != NULL;) {
        const struct field *f = entity_field(r->entity, name);
        ok(field_parse(a, f, va_arg(list, const char *), 2,
                       &r->values[f - r->entity->fields], &e));
    }
    va_end(list);
    if (entity_field(r->entity, "reason") != NULL && strcmp(kind, "revision") == 0) {
        record_set_text(r, "reason", "-");
    }
    ok(store_save(tx, a, r, &e));
    return r->id;
}

static void make_money(const char *p)
{
    made("budget", "programme_id", p, "row", "total", "from_year", "2020", "to_year", "2022",
         "approved", "100.00", "spent", "120.00", "printed_percent", "90", NULL);
    made("budget", "programme_id", p, "row", "year", "from_year", "2020", "to_year", "2020",
         "approved", "100.00", "spent", "40.00", "printed_percent", "70", NULL);
    made("budget", "programme_id", p, "row", "year", "from_year", "2021", "to_year", "2021",
         "approved", "30.00", "spent", "40.00", NULL);
    made("budget", "programme_id", p, "row", "year", "from_year", "2022", "to_year", "2022",
         "spent", "20.00", NULL);
    const char *donor = made("donor", "name", "A donor", "sort", "state", NULL);
    made("pledge", "programme_id", p, "donor_id", donor, "amount", "50.00", "earmark", "none", NULL);
    made("revision", "programme_id", p, "number", "1", "decided_on", "2021-01-01", "changes_budget",
         "true", "changes_time", "true", NULL);
    made("revision", "programme_id", p, "number", "2", "decided_on", "2022-01-01",
         "overall_before", "10.00", "overall_after", "20.00", "ends_on_after", "2024-01-01", NULL);
    made("revision", "programme_id", p, "number", "3", "decided_on", "2023-01-01",
         "overall_before", "30.00", NULL);
}

static void make_work(const char *p)
{
    made("risk", "programme_id", p, "statement", "-", "state", "open", NULL);
    made("risk", "programme_id", p, "statement", "-", "state", "open", "likelihood", "high",
         "impact", "high", "residual_likelihood", "high", "residual_impact", "high", "review_on",
         "2021-01-01", NULL);
    made("risk", "programme_id", p, "statement", "-", "state", "happened", NULL);
    made("action", "about_kind", "programme", "about_id", p, "programme_id", p, "what", "-",
         "due_on", "2021-01-01", "state", "open", NULL);
    const char *i = made("indicator", "programme_id", p, "code", "T1/I1", "title", "-", "unit",
                         "percentage", "direction", "more", "accumulation", "cumulative", "state",
                         "active", NULL);
    made("indicator", "programme_id", p, "code", "T1/I2", "title", "-", "unit", "count",
         "direction", "more", "accumulation", "cumulative", "state", "active", NULL);
    const char *result = made("result", "programme_id", p, "level", "outcome", "code", "O1",
                              "statement", "-", NULL);
    made("indicator", "programme_id", p, "result_id", result, "code", "T1/I3", "title", "-", "unit",
         "count", "direction", "more", "accumulation", "cumulative", "state", "active",
         "disaggregation", "sex", NULL);
    made("indicator", "programme_id", p, "result_id", result, "code", "T1/I4", "title", "-", "unit",
         "count", "direction", "more", "accumulation", "cumulative", "state", "active", NULL);
    made("target", "indicator_id", i, "due_on", "2021-01-01", "value", "200", NULL);
    const char *value = made("observation", "indicator_id", i, "period_from", "2019-01-01",
                             "period_to", "2019-03-31", "value", "120", "state", "entered", NULL);
    made("observation_part", "observation_id", value, "split", "age=18-24 sex=female", "value", "7",
         NULL);
    made("observation", "indicator_id", i, "period_from", "2019-02-01", "period_to", "2019-04-30",
         "value", "10", "state", "entered", NULL);
    const char *round = made("assessment", "programme_id", p, "tool", "3.1", "pack",
                             "unodc-hrge-2021", "pack_version", "1.0.0", "state", "draft", NULL);
    made("answer", "assessment_id", round, "row", "3.1-Q01", "value", "no", NULL);
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_REQUEST_BYTES);
    assert_non_null(mkdtemp(folder));
    ok(store_init(folder, &e));
    ok(store_open(folder, false, &store, &e));
    ok(store_begin(store, &(struct actor){.name = "owner"}, NULL, &tx, &e));
    const char *p = made("programme", "number", "T1", "title", "-", "crime", "tip", "starts_on",
                         "2020-01-01", "ends_on", "2025-12-31", "state", "running", "currency",
                         "USD", "approved_total", "300.00", "overall_total", "200.00", NULL);
    make_money(p);
    make_work(p);
    const char *other = made("programme", "number", "T2", "title", "-", "crime", "tip",
                             "starts_on", "2020-01-01", "ends_on", "2025-12-31", "state",
                             "running", "currency", "USD", "overall_total", "1.00", NULL);
    const char *donor = made("donor", "name", "Another", "sort", "state", NULL);
    made("pledge", "programme_id", other, "donor_id", donor, "amount", "50.00", "earmark", "none",
         NULL);
    made("pledge", "programme_id", other, "donor_id", donor, "earmark", "none", NULL);
    ok(store_commit(tx, &e));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_close(store);
    ok(folder_remove(folder, &e));
    arena_free(a);
    return 0;
}

static struct notice_list notices_in(const struct lang *lang)
{
    struct db_read *db;
    struct notice_list list;
    ok(db_reader(store_db(store), &db, &e));
    ok(check_run_all(a, lang, db, NULL, &list, &e));
    return list;
}

// Words of at least three letters outside the marks of the pseudo-language; "USD" is a currency.
static bool has_plain_words(const char *text)
{
    int depth = 0, letters = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (strncmp(c, "⟦", 3) == 0) {
            depth++;
        } else if (strncmp(c, "⟧", 3) == 0) {
            depth--;
        }
        letters = depth == 0 && *c >= 'a' && *c <= 'z' ? letters + 1 : 0;
        if (letters == 3) {
            return true;
        }
    }
    return false;
}

static void every_notice_is_in_the_language_of_the_reader(void **state)
{
    (void)state;
    struct notice_list list = notices_in(&lang_pseudo);
    for (size_t i = 0; i < list.n; i++) {
        const struct notice *n = &list.items[i];
        bool is_data = strcmp(n->check, "checklist") == 0; // where: the row or the title of the tool
        if (strstr(n->message, "⟦") == NULL || has_plain_words(n->message) ||
            strstr(n->mend, "⟦") == NULL || has_plain_words(n->mend) ||
            (!is_data && n->where != NULL && has_plain_words(n->where))) {
            fail_msg("%s %s: %s | %s | %s", n->check, n->rule, n->where, n->message, n->mend);
        }
    }
}

static void the_records_above_break_most_rules(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "percent", "no_budget", "above", "repeated", "total_approved", "total_spent",
        "approved_overall", "approved_years", "pledges_overall", "pledges_short",
        "revision_budget", "revision_chain", "revision_time", "revision_tick", "revision_end",
        "revision_overall", "rating", "review", "residual", "mitigation", "late", "owner", "parts",
        "period", "silent", "baseline", "target", "overlap", "due", "how", "action", "start", "screening",
        "split", "none"};
    struct notice_list list = notices_in(&lang_en);
    for (size_t r = 0; r < COUNT_OF(rules); r++) {
        bool found = false;
        for (size_t i = 0; i < list.n; i++) {
            found = found || strcmp(list.items[i].rule, rules[r]) == 0;
        }
        if (!found) {
            fail_msg("no notice of rule %s", rules[r]);
        }
    }
}

static int statements_of_all_checks(void)
{
    struct db_read *db;
    struct notice_list list;
    ok(db_reader(store_db(store), &db, &e));
    db_count_reset();
    ok(check_run_all(a, &lang_en, db, NULL, &list, &e));
    return (int)db_count();
}

static void every_check_has_a_name_and_a_sentence_for_people(void **state)
{
    (void)state;
    size_t n;
    const struct check *const *checks = check_all(&n);
    assert_true(n > 5);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(checks[i]->label);
        assert_in_range(checks[i]->label[0], 'A', 'Z');
        assert_in_range(checks[i]->about[0], 'A', 'Z');
    }
}

// Last of all: it adds programmes.
static void statements_do_not_grow_with_the_programmes(void **state)
{
    (void)state;
    int before = statements_of_all_checks();
    ok(store_begin(store, &(struct actor){.name = "owner"}, NULL, &tx, &e));
    for (int i = 0; i < 3; i++) {
        const char *p = made("programme", "number", arena_printf(a, "M%d", i), "title", "-", "crime",
                             "tip", "starts_on", "2020-01-01", "ends_on", "2025-12-31", "state",
                             "running", "currency", "USD", NULL);
        made("indicator", "programme_id", p, "code", arena_printf(a, "M%d/I1", i), "title", "-",
             "unit", "count", "direction", "more", "accumulation", "cumulative", "state", "active",
             NULL);
    }
    ok(store_commit(tx, &e));
    assert_int_equal(statements_of_all_checks(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_records_above_break_most_rules),
        cmocka_unit_test(every_notice_is_in_the_language_of_the_reader),
        cmocka_unit_test(every_check_has_a_name_and_a_sentence_for_people),
        cmocka_unit_test(statements_do_not_grow_with_the_programmes),
    };
    return cmocka_run_group_tests_name("notice", tests, set_up, tear_down);
}
