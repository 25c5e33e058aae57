// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_check.c: standing check of money: budgets, pledges and revisions; the table of the years is in
// finance_table_check.c.
//
// Four statements, whether one programme or all are looked at. Each notice says the figures, so that
// a person can follow it with pencil and paper, and is in the language of the list. What to do is given
// as a text of the catalogue. Rules and worked examples: docs/finance.md.

#include <string.h>

#include "base/sort.h"
#include "finance/finance_check_private.h"
#include "place/place.h"
#include "store/store.h"

// ---- the programme's own totals, and pledges ----------------------------------------------------

static void found_programme(const struct books *b, const char *rule, const char *where,
                            const char *severity, const char *message, const char *mend)
{
    notice_add(b->out, &(struct notice){
        .check = "budget", .rule = rule, .about_kind = "programme", .about_id = b->programme->id,
        .programme = b->number, .where = notice_say(b->out, where, NULL), .severity = severity,
        .message = message, .mend = notice_say(b->out, mend, NULL)});
}

static void check_programme_totals(const struct books *b)
{
    bool has_approved = record_is_set(b->programme, "approved_total");
    bool has_overall = record_is_set(b->programme, "overall_total");
    int64_t approved = record_int(b->programme, "approved_total");
    int64_t overall = record_int(b->programme, "overall_total");
    size_t n;
    int64_t sum = finance_sum(b->rows, b->n_rows, FINANCE_APPROVED, INT64_MIN, INT64_MAX, &n);
    if (has_approved && has_overall && approved > overall) {
        found_programme(b, "approved_overall", MSG("Budget"), "medium",
                        notice_say(b->out, MSG("The approved budget, {0}, is above the overall "
                                               "budget, {1}."),
                                   money(b, approved), money(b, overall), NULL),
                        MSG("Check both amounts; money above the overall budget needs a "
                            "revision."));
    }
    if (has_approved && n > 0 && sum != approved) {
        found_programme(b, "approved_years", MSG("Budget"), "low",
                        notice_say(b->out, MSG("The approved budget of the programme is {0}, but "
                                               "the budgets of the years add up to {1}: {2} apart."),
                                   money(b, approved), money(b, sum),
                                   money(b, sum > approved ? sum - approved : approved - sum),
                                   NULL),
                        MSG("Say in the source which of the two is meant, and of which day it "
                            "is."));
    }
}

static void check_pledges(const struct books *b)
{
    int64_t sum = 0;
    size_t unknown = 0;
    for (size_t i = 0; i < b->n_pledges; i++) {
        sum += record_int(b->pledges[i], "amount");
        unknown += !record_is_set(b->pledges[i], "amount");
    }
    bool has_approved = record_is_set(b->programme, "approved_total");
    bool has_overall = record_is_set(b->programme, "overall_total");
    int64_t approved = record_int(b->programme, "approved_total");
    int64_t overall = record_int(b->programme, "overall_total");
    const char *where = MSG("Pledges");
    const char *pledged =
        unknown == 0 ? money(b, sum)
                     : notice_say(b->out, MSG("{0} ({1} without a known amount)"), money(b, sum),
                                  arena_printf(b->arena, "%zu", unknown), NULL);
    if (b->n_pledges == unknown) {
        return;
    }
    if (has_overall && sum > overall) {
        found_programme(b, "pledges_overall", where, "medium",
                        notice_say(b->out, MSG("Pledges come to {0}, {1} more than the overall "
                                               "budget of {2}."),
                                   pledged, money(b, sum - overall), money(b, overall), NULL),
                        MSG("A budget above the one that was decided needs a revision: add it, or "
                            "check the pledges."));
    } else if (has_approved && sum > approved) {
        found_programme(b, "pledges_approved", where, "low",
                        notice_say(b->out, MSG("Pledges come to {0}, {1} more than the approved "
                                               "budget of {2}."),
                                   pledged, money(b, sum - approved), money(b, approved), NULL),
                        MSG("Bring the approved budget up to what donors have agreed to give."));
    } else if (has_approved && sum < approved && unknown == 0) {
        found_programme(b, "pledges_short", where, "medium",
                        notice_say(b->out, MSG("Pledges come to {0}, {1} less than the approved "
                                               "budget of {2}."),
                                   pledged, money(b, approved - sum), money(b, approved), NULL),
                        MSG("Find a donor for the rest, or lower the approved budget."));
    }
}

// ---- revisions ----------------------------------------------------------------------------------

static const char *number_of(const struct books *b, const struct record *revision)
{
    return arena_printf(b->arena, "%lld", (long long)record_int(revision, "number"));
}

static void found_revision(const struct books *b, const struct record *revision, const char *rule,
                           const char *severity, const char *message, const char *mend)
{
    notice_add(b->out, &(struct notice){
        .check = "budget", .rule = rule, .about_kind = "revision", .about_id = revision->id,
        .programme = b->number,
        .where = notice_say(b->out, MSG("Revision {0}"), number_of(b, revision), NULL),
        .severity = severity, .message = message, .mend = notice_say(b->out, mend, NULL)});
}

// The same where the message holds no figures.
static void found_in_revision(const struct books *b, const struct record *revision,
                              const char *rule, const char *severity, const char *message,
                              const char *mend)
{
    found_revision(b, revision, rule, severity, notice_say(b->out, message, NULL), mend);
}

static void check_revision(const struct books *b, const struct record *v)
{
    bool before = record_is_set(v, "overall_before"), after = record_is_set(v, "overall_after");
    if (record_int(v, "changes_budget") == 1 && !after) {
        found_in_revision(b, v, "revision_budget", "medium",
                          MSG("The revision changes the budget, but the amount after it is not "
                              "given."),
                          MSG("Enter the overall budget before and after the revision."));
    } else if (record_int(v, "changes_budget") == 1 && before &&
               record_int(v, "overall_before") == record_int(v, "overall_after")) {
        found_in_revision(b, v, "revision_budget", "low",
                          MSG("The revision changes the budget, but the amounts before and after "
                              "are the same."),
                          MSG("Check the amounts, or take the tick away."));
    }
    if (record_int(v, "changes_budget") != 1 && before && after &&
        record_int(v, "overall_before") != record_int(v, "overall_after")) {
        found_in_revision(b, v, "revision_tick", "low",
                          MSG("The amounts before and after differ, but the box for the budget is "
                              "not ticked."),
                          MSG("Tick the box, or check the amounts."));
    }
    if (record_int(v, "changes_time") == 1 && !record_is_set(v, "ends_on_after")) {
        found_in_revision(b, v, "revision_time", "low",
                          MSG("The revision changes the period, but the new last day is not "
                              "given."),
                          MSG("Enter the new last day."));
    }
}

// What the newest decided revision says must be what the programme says now.
static void check_revisions(const struct books *b)
{
    const struct record *last_end = NULL, *last_amount = NULL;
    for (size_t i = 0; i < b->n_revisions; i++) {
        const struct record *v = b->revisions[i];
        check_revision(b, v);
        if (last_amount != NULL && record_is_set(v, "overall_before") &&
            record_int(v, "overall_before") != record_int(last_amount, "overall_after")) {
            found_revision(b, v, "revision_chain", "medium",
                           notice_say(b->out, MSG("It begins with an overall budget of {0}, but "
                                                  "revision {1} before it ended with {2}."),
                                      money(b, record_int(v, "overall_before")),
                                      number_of(b, last_amount),
                                      money(b, record_int(last_amount, "overall_after")), NULL),
                           MSG("Check both amounts; a revision between the two may be missing."));
        }
        last_end = record_is_set(v, "ends_on_after") ? v : last_end;
        last_amount = record_is_set(v, "overall_after") ? v : last_amount;
    }
    if (last_end != NULL &&
        strcmp(record_text(last_end, "ends_on_after"), record_text(b->programme, "ends_on")) != 0) {
        found_revision(b, last_end, "revision_end", "medium",
                       notice_say(b->out, MSG("The revision moves the last day to {0}, but the "
                                              "programme ends on {1}."),
                                  record_text(last_end, "ends_on_after"),
                                  record_text(b->programme, "ends_on"), NULL),
                       MSG("Bring the last day of the programme in line with its newest "
                           "revision."));
    }
    if (last_amount != NULL && record_is_set(b->programme, "overall_total") &&
        record_int(last_amount, "overall_after") != record_int(b->programme, "overall_total")) {
        found_revision(b, last_amount, "revision_overall", "medium",
                       notice_say(b->out, MSG("The revision sets the overall budget to {0}, but "
                                              "the programme has {1}."),
                                  money(b, record_int(last_amount, "overall_after")),
                                  money(b, record_int(b->programme, "overall_total")), NULL),
                       MSG("Bring the overall budget of the programme in line with its newest "
                           "revision."));
    }
}

// ---- all of it ----------------------------------------------------------------------------------

static void check_books(const struct books *b)
{
    finance_check_table(b);
    check_programme_totals(b);
    check_pledges(b);
    check_revisions(b);
}

struct rows {
    struct record **all;
    size_t n;
};

static enum err load(struct db_read *db, struct arena *a, const char *kind, const char *field,
                     const char *programme_id, const char *order, struct rows *out,
                     struct err_info *e)
{
    const struct store_filter of = {.field = field, .op = STORE_EQUAL, .text = programme_id};
    const struct store_query q = {
        .filters = &of, .n_filters = programme_id == NULL ? 0 : 1, .order = order};
    return store_list(db, a, model_find(kind), &q, &out->all, &out->n, e);
}

// A record with its place in the list it came from.
struct placed {
    const struct record *record;
    size_t at;
};

static int by_programme(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int order = strcmp(record_text(x->record, "programme_id"), record_text(y->record, "programme_id"));
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

// The records of each programme together, in their own order within it.
static const struct record **by_programmes(struct arena *a, const struct rows *from)
{
    struct placed *placed = ARENA_ARRAY(a, struct placed, from->n + 1);
    const struct record **list = ARENA_ARRAY(a, const struct record *, from->n + 1);
    for (size_t i = 0; i < from->n; i++) {
        placed[i] = (struct placed){from->all[i], i};
    }
    sort_items(placed, from->n, sizeof *placed, by_programme);
    for (size_t i = 0; i < from->n; i++) {
        list[i] = placed[i].record;
    }
    return list;
}

// Those of one programme: its part of such a list.
static const struct record **belonging(const struct record **list, size_t n_list,
                                       const char *programme_id, size_t *n)
{
    size_t low = 0, high = n_list;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(record_text(list[middle], "programme_id"), programme_id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *n = 0;
    while (low + *n < n_list && strcmp(record_text(list[low + *n], "programme_id"), programme_id) == 0) {
        (*n)++;
    }
    return list + low;
}

static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct arena *a = out->arena;
    struct rows programmes, budgets, pledges, revisions;
    enum err err = load(db, a, "programme", "id", programme_id, "number", &programmes, e);
    err = err != ERR_NONE ? err
                          : load(db, a, "budget", "programme_id", programme_id, "from_year",
                                 &budgets, e);
    err = err != ERR_NONE ? err
                          : load(db, a, "pledge", "programme_id", programme_id, NULL, &pledges, e);
    err = err != ERR_NONE ? err
                          : load(db, a, "revision", "programme_id", programme_id, "number",
                                 &revisions, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct record **all_budgets = by_programmes(a, &budgets);
    const struct record **all_pledges = by_programmes(a, &pledges);
    const struct record **all_revisions = by_programmes(a, &revisions);
    for (size_t i = 0; i < programmes.n; i++) {
        const struct record *p = programmes.all[i];
        size_t n;
        const char *currency = record_text(p, "currency");
        int digits = currency_minor_digits(currency);
        struct books b = {.arena = a, .programme = p, .number = record_text(p, "number"),
                          .currency = currency, .digits = digits < 0 ? 2 : digits, .out = out};
        const struct record **own = belonging(all_budgets, budgets.n, p->id, &n);
        b.rows = ARENA_ARRAY(a, struct finance_row, n + 1);
        b.n_rows = n;
        for (size_t k = 0; k < n; k++) {
            b.rows[k] = finance_row_of(own[k]);
        }
        b.pledges = belonging(all_pledges, pledges.n, p->id, &b.n_pledges);
        b.revisions = belonging(all_revisions, revisions.n, p->id, &b.n_revisions);
        check_books(&b);
    }
    return ERR_NONE;
}

const struct check check_budget = {
    .name = "budget",
    .label = MSG("Money"),
    .about = MSG("Do percentages, totals, budgets, pledges and revisions agree with each other?"),
    .run = run,
};
