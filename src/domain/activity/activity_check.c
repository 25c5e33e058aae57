// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_check.c: notices of due diligence: activities that run without a decision that allows them,
// decisions whose next look is due, measures that are late. Listed in docs/due-diligence.md.

#include <string.h>

#include "activity/activity.h"
#include "base/date.h"
#include "base/msg.h"
#include "model/check.h"
#include "os/clock.h"
#include "store/store.h"

struct look {
    struct notice_list *out;
    const char *today;
    struct record **programmes;
    size_t n_programmes;
    struct diligence_set decisions;
};

static const char *number_of(const struct look *l, const char *programme_id)
{
    for (size_t i = 0; i < l->n_programmes; i++) {
        if (strcmp(l->programmes[i]->id, programme_id) == 0) {
            return record_text(l->programmes[i], "number");
        }
    }
    return NULL;
}

static const char *rule_of(enum diligence_bar bar)
{
    static const char *const rules[] = {
        [DILIGENCE_HOLDS] = "holds",           [DILIGENCE_NONE] = "none",
        [DILIGENCE_UNDECIDED] = "undecided",   [DILIGENCE_SUPERSEDED] = "superseded",
        [DILIGENCE_ELSEWHERE] = "elsewhere",   [DILIGENCE_REFUSED] = "refused",
        [DILIGENCE_STOPPED] = "stopped",       [DILIGENCE_EXPIRED] = "expired",
    };
    return rules[bar];
}

static void look_at_activity(const struct look *l, const struct record *r)
{
    enum diligence_bar bar = activity_bar(&l->decisions, r, l->today);
    if (!activity_runs(r) || bar == DILIGENCE_HOLDS) {
        return;
    }
    bool stop = bar == DILIGENCE_REFUSED || bar == DILIGENCE_STOPPED;
    struct notice n = {
        .check = "due_diligence",
        .rule = rule_of(bar),
        .about_kind = "activity",
        .about_id = r->id,
        .programme = number_of(l, record_text(r, "programme_id")),
        .where = arena_printf(l->out->arena, "%s %s", record_text(r, "code"),
                              record_text(r, "title")),
        .severity = "high",
        .message = stop ? notice_say(l->out, MSG("It runs although it must be suspended: {0}"),
                                     notice_say(l->out, diligence_bar_words(bar), NULL), NULL)
                        : notice_say(l->out, MSG("It runs without a decision that allows it: {0}"),
                                     notice_say(l->out, diligence_bar_words(bar), NULL), NULL),
        .mend = notice_say(l->out, stop ? MSG("Suspend the activity.") : diligence_bar_mend(bar),
                           NULL),
    };
    notice_add(l->out, &n);
}

static void look_at_decision(const struct look *l, const struct record *r)
{
    const char *review = record_text(r, "review_on");
    bool holds = strcmp(record_text(r, "state"), "decided") == 0 &&
                 diligence_successor(&l->decisions, r->id) == NULL;
    if (!holds || review[0] == '\0') {
        return;
    }
    int64_t days = date_days_between(l->today, review);
    if (days > DILIGENCE_REVIEW_DAYS) {
        return;
    }
    struct notice n = {
        .check = "due_diligence",
        .rule = days < 0 ? "late" : "due",
        .about_kind = "due_diligence",
        .about_id = r->id,
        .programme = number_of(l, record_text(r, "programme_id")),
        .where = record_text(r, "recipient"),
        .severity = days < 0 ? "high" : "low",
        .message = days < 0
                       ? notice_say(l->out, MSG("The decision was to be looked at again on {0}."),
                                    date_for_people(l->out->arena, notice_lang(l->out), review),
                                    NULL)
                       : notice_say(l->out, MSG("The decision is to be looked at again by {0}."),
                                    date_for_people(l->out->arena, notice_lang(l->out), review),
                                    NULL),
        .mend = notice_say(l->out,
                           MSG("Look at the force again: begin a new decision that supersedes this "
                               "one."),
                           NULL),
    };
    notice_add(l->out, &n);
}

static void look_at_measure(const struct look *l, const struct record *r)
{
    const struct record *of = diligence_in(&l->decisions, record_text(r, "due_diligence_id"));
    bool late = of != NULL && strcmp(record_text(of, "state"), "decided") == 0 &&
                diligence_successor(&l->decisions, of->id) == NULL &&
                !record_is_set(r, "done_on") && strcmp(record_text(r, "due_on"), l->today) < 0;
    if (!late) {
        return;
    }
    struct notice n = {
        .check = "due_diligence",
        .rule = "measure",
        .about_kind = "due_diligence",
        .about_id = of->id,
        .programme = number_of(l, record_text(of, "programme_id")),
        .where = record_text(of, "recipient"),
        .severity = "medium",
        .message = notice_say(l->out, MSG("A measure the decision rests on was due on {0}."),
                              date_for_people(l->out->arena, notice_lang(l->out),
                                              record_text(r, "due_on")),
                              NULL),
        .mend = notice_say(l->out,
                           MSG("Write down that it was done, or look at the force again."), NULL),
    };
    notice_add(l->out, &n);
}

// Five statements at most, however many programmes there are.
static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct record **activities, **measures;
    size_t n_activities, n_measures;
    char today[11];
    clock_today(today);
    struct look l = {.out = out, .today = today};
    struct arena *a = out->arena;
    struct store_filter running[] = {{"state", STORE_EQUAL, "running"},
                                     {"supports_force", STORE_EQUAL, "yes"},
                                     {"programme_id", STORE_EQUAL, programme_id}};
    struct store_query q = {.filters = running, .n_filters = programme_id == NULL ? 2 : 3};
    struct store_query all = {0};
    enum err err = store_list(db, a, model_find("programme"), &all, &l.programmes, &l.n_programmes,
                              e);
    if (err == ERR_NONE) {
        err = diligence_load(db, a, NULL, &l.decisions, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_activity, &q, &activities, &n_activities, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, a, &entity_diligence_measure, &all, &measures, &n_measures, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < n_activities; i++) {
        look_at_activity(&l, activities[i]);
    }
    for (size_t i = 0; i < l.decisions.n; i++) {
        const struct record *r = l.decisions.items[i];
        if (programme_id == NULL || strcmp(record_text(r, "programme_id"), programme_id) == 0) {
            look_at_decision(&l, r);
        }
    }
    for (size_t i = 0; i < n_measures; i++) {
        const struct record *of = diligence_in(&l.decisions,
                                               record_text(measures[i], "due_diligence_id"));
        if (programme_id == NULL ||
            (of != NULL && strcmp(record_text(of, "programme_id"), programme_id) == 0)) {
            look_at_measure(&l, measures[i]);
        }
    }
    return ERR_NONE;
}

const struct check check_due_diligence = {
    .name = "due_diligence",
    .label = MSG("Due diligence"),
    .about = MSG("Activities that support a force without a decision that allows them, and decisions to look at again"),
    .run = run,
};
