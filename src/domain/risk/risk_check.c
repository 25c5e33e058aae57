// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_check.c: notices about risks: not rated, without a needed mitigation, review late, high after
// mitigation.

#include <string.h>

#include "base/sort.h"
#include "model/check.h"
#include "os/clock.h"
#include "risk/risk.h"
#include "risk/risk_register.h"
#include "store/store.h"

static void look_at(struct notice_list *out, const char *number, const struct risk_line *line)
{
    struct notice n = {
        .check = "risk",
        .about_kind = "risk",
        .about_id = line->record->id,
        .programme = number,
        .where = record_text(line->record, "statement"),
    };
    if (line->days_late > 0) {
        n.rule = "review";
        n.severity = strcmp(line->level, "high") == 0 ? "high" : "medium";
        n.message = notice_say(out, MSG("The review was due on {0}, {1}."),
                               record_text(line->record, "review_on"),
                               notice_say_n(out, MSG("{0} day ago"), MSG("{0} days ago"),
                                            line->days_late),
                               NULL);
        n.mend = notice_say(out, MSG("Review the risk: is the rating still right, does the "
                                     "mitigation work? Then set the next date."),
                            NULL);
        notice_add(out, &n);
    }
    if (line->needs_mitigation) {
        n.rule = "mitigation";
        n.severity = "high";
        n.message = notice_say(out, MSG("The rating asks for a mitigation and there is none."), NULL);
        n.mend = notice_say(out, MSG("Say what will be done, by whom and by when."), NULL);
        notice_add(out, &n);
    }
    if (line->is_open && line->level[0] == '\0') {
        n.rule = "rating";
        n.severity = "medium";
        n.message = notice_say(out, MSG("The risk is not rated."), NULL);
        n.mend = notice_say(out, MSG("Choose likelihood and impact, with reasons."), NULL);
        notice_add(out, &n);
    }
    if (line->is_open && strcmp(line->residual_level, "high") == 0) {
        n.rule = "residual";
        n.severity = "high";
        n.message = notice_say(out, MSG("The risk stays high after mitigation."), NULL);
        n.mend = notice_say(out, MSG("Strengthen the mitigation, or decide with management whether "
                                     "this work can go on."),
                            NULL);
        notice_add(out, &n);
    }
}

// Risks of all programmes side by side, each programme's in the order they were read.
static int by_programme(const void *x, const void *y)
{
    struct record *const *a = *(struct record *const *const *)x;
    struct record *const *b = *(struct record *const *const *)y;
    int order = strcmp(record_text(*a, "programme_id"), record_text(*b, "programme_id"));
    return order != 0 ? order : (a > b) - (a < b);
}

static struct record **sorted_by_programme(struct arena *a, struct record **risks, size_t n)
{
    struct record ***places = ARENA_ARRAY(a, struct record **, n + 1);
    struct record **sorted = ARENA_ARRAY(a, struct record *, n + 1);
    for (size_t i = 0; i < n; i++) {
        places[i] = &risks[i];
    }
    sort_items(places, n, sizeof *places, by_programme);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = *places[i];
    }
    return sorted;
}

// The first of the sorted risks that does not belong to a programme before this one.
static size_t first_of(struct record *const *risks, size_t n, const char *programme_id)
{
    size_t from = 0;
    while (n > 0) {
        size_t half = n / 2;
        bool before = strcmp(record_text(risks[from + half], "programme_id"), programme_id) < 0;
        from = before ? from + half + 1 : from;
        n = before ? n - half - 1 : half;
    }
    return from;
}

static void look_at_programme(struct notice_list *out, const struct record *programme,
                              struct record *const *risks, size_t n, const char *today)
{
    struct risk_register register_of;
    size_t from = first_of(risks, n, programme->id);
    size_t end = from;
    while (end < n && strcmp(record_text(risks[end], "programme_id"), programme->id) == 0) {
        end++;
    }
    risk_register_make(out->arena, risks + from, end - from, today, &register_of);
    for (size_t i = 0; i < register_of.n; i++) {
        look_at(out, record_text(programme, "number"), &register_of.lines[i]);
    }
}

// Two statements, however many programmes there are: the home page runs this for all of them.
static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct record **programmes;
    struct record **risks;
    size_t n;
    size_t n_risks;
    char today[11];
    clock_today(today);
    struct store_filter one = {.field = "id", .op = STORE_EQUAL, .text = programme_id};
    struct store_filter its = {.field = "programme_id", .op = STORE_EQUAL, .text = programme_id};
    struct store_query q = {.filters = &one, .n_filters = programme_id != NULL};
    struct store_query of = {.filters = &its, .n_filters = programme_id != NULL};
    enum err err = store_list(db, out->arena, model_find("programme"), &q, &programmes, &n, e);
    if (err == ERR_NONE) {
        err = store_list(db, out->arena, model_find("risk"), &of, &risks, &n_risks, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    risks = sorted_by_programme(out->arena, risks, n_risks);
    for (size_t i = 0; i < n; i++) {
        look_at_programme(out, programmes[i], risks, n_risks, today);
    }
    return ERR_NONE;
}

const struct check check_risk = {
    .name = "risk",
    .label = MSG("Risks"),
    .about = MSG("Risks that are not rated, not mitigated, not reviewed, or stay high"),
    .run = run,
};
