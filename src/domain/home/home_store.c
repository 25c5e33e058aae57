// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_store.c: reads what home shows.

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/sort.h"
#include "home/home.h"
#include "home/home_sql.h"
#include "model/rights.h"
#include "result/result_waiting.h"
#include "risk/risk.h"
#include "store/store.h"

struct loading {
    struct db_read *db;
    struct arena *arena;
    const struct identity *who;
    const struct lang *lang;
    const char *today;
    struct home *out;
};

static void add(struct home *h, const char *today, struct home_item item)
{
    item.days_late = item.due_on == NULL ? 0 : date_days_between(item.due_on, today);
    h->n_late += item.due_on != NULL && item.days_late > 0;
    h->items[h->n_items++] = item;
}

// ---- what awaits --------------------------------------------------------------------------------

static enum err load_actions(struct loading *l, struct err_info *e)
{
    struct home_actions_in in = {.user_id = l->who->user_id, .most = HOME_MOST_ITEMS};
    struct home_actions_row *rows;
    size_t n;
    enum err err = home_actions_all(l->arena, l->db, &in, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        add(l->out, l->today,
            (struct home_item){.waits = HOME_ACTION, .kind = "action", .id = rows[i].id,
                               .title = rows[i].what, .number = rows[i].number,
                               .country = rows[i].country, .due_on = rows[i].due_on});
    }
    l->out->n_waiting += err == ERR_NONE && n > 0 ? rows[0].total : 0;
    return err;
}

static enum err load_reviews(struct loading *l, struct err_info *e)
{
    char until[11];
    date_from_days(date_to_days(l->today) + HOME_REVIEW_DAYS, until);
    struct home_reviews_in in = {.user_id = l->who->user_id, .until = until,
                                 .most = HOME_MOST_ITEMS};
    struct home_reviews_row *rows;
    size_t n;
    enum err err = home_reviews_all(l->arena, l->db, &in, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        add(l->out, l->today,
            (struct home_item){.waits = HOME_REVIEW, .kind = "risk", .id = rows[i].id,
                               .title = rows[i].statement, .number = rows[i].number,
                               .due_on = rows[i].review_on});
    }
    l->out->n_waiting += err == ERR_NONE && n > 0 ? rows[0].total : 0;
    return err;
}

static enum err load_assessments(struct loading *l, struct err_info *e)
{
    const int64_t n_roles = (int64_t)l->who->n_grants; // each row may stand once for each
    struct home_assessments_in in = {.user_id = l->who->user_id, .most = HOME_MOST_ITEMS * 5 * n_roles};
    struct home_assessments_row *rows;
    size_t n;
    int shown = 0;
    const char *last = "";
    enum err err = home_assessments_all(l->arena, l->db, &in, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const struct home_assessments_row *row = &rows[i];
        bool mine = row->assigned_id != NULL && strcmp(row->assigned_id, l->who->user_id) == 0;
        bool handed_in = strcmp(row->state, "submitted") == 0;
        if (handed_in && (mine || !identity_may(l->who, MAY_APPROVE, row->role_in))) {
            continue; // nobody approves what is assigned to them
        }
        if (strcmp(row->id, last) == 0) {
            continue; // another role reaches it too
        }
        last = row->id;
        l->out->n_waiting++;
        if (shown++ < HOME_MOST_ITEMS) {
            add(l->out, l->today,
                (struct home_item){.waits = handed_in ? HOME_APPROVE_TOOL
                                            : strcmp(row->state, "returned") == 0 ? HOME_RETURNED
                                                                                  : HOME_FILL_IN,
                                   .kind = "assessment", .id = row->id,
                                   .title = row->title == NULL ? "" : row->title,
                                   .tool = row->tool, .number = row->number,
                                   .country = row->number == NULL ? row->country : NULL, .n = row->answers});
        }
    }
    return err;
}

static int by_indicator(const void *id, const void *waiting)
{
    return strcmp(id, ((const struct result_waiting *)waiting)->indicator_id);
}

// What waits in one programme for this person.
static void add_values(struct loading *l, const struct home_indicators_row *programme, enum home_waits waits, int64_t n,
                       int *shown)
{
    bool theirs = waits == HOME_RETURNED_VALUES || identity_may(l->who, MAY_APPROVE, programme->programme_id);
    if (n == 0 || !theirs) {
        return;
    }
    l->out->n_waiting++;
    if ((*shown)++ < HOME_MOST_ITEMS) {
        add(l->out, l->today, (struct home_item){.waits = waits, .kind = "observation", .title = "",
                                                 .number = programme->number, .n = n});
    }
}

// Values of a programme that wait are one line for each state; of the returned ones only the person's own count.
static enum err load_values(struct loading *l, struct err_info *e)
{
    const struct home_indicators_in in = {.user_id = l->who->user_id};
    struct home_indicators_row *rows;
    struct result_waiting *waiting;
    size_t n, n_waiting;
    int shown = 0;
    enum err err = home_indicators_all(l->arena, l->db, &in, &rows, &n, e);
    err = err == ERR_NONE ? result_waiting_load(l->db, l->arena, &waiting, &n_waiting, e) : err;
    for (size_t i = 0; err == ERR_NONE && i < n;) {
        const struct home_indicators_row *first = &rows[i];
        int64_t entered = 0, returned = 0, verified = 0;
        for (; i < n && strcmp(rows[i].programme_id, first->programme_id) == 0; i++) {
            const struct result_waiting *s = bsearch(rows[i].id, waiting, n_waiting, sizeof *waiting, by_indicator);
            entered += s == NULL ? 0 : s->n[STATE_ENTERED];
            verified += s == NULL ? 0 : s->n[STATE_VERIFIED];
            returned += s == NULL || rows[i].mine == 0 ? 0 : s->n[STATE_RETURNED];
        }
        add_values(l, first, HOME_VERIFY_VALUES, entered, &shown);
        add_values(l, first, HOME_RETURNED_VALUES, returned, &shown);
        add_values(l, first, HOME_APPROVE_VALUES, verified, &shown);
    }
    return err;
}

// ---- programmes and their risks -----------------------------------------------------------------

static enum err load_programmes(struct loading *l, struct err_info *e)
{
    struct home_programmes_in in = {.user_id = l->who->user_id, .today = l->today};
    struct home_programmes_row *rows;
    size_t n;
    enum err err = home_programmes_all(l->arena, l->db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    l->out->programmes = ARENA_ARRAY(l->arena, struct home_programme, n + 1);
    l->out->n_programmes = n;
    for (size_t i = 0; i < n; i++) {
        l->out->programmes[i] = (struct home_programme){
            .id = rows[i].id, .number = rows[i].number, .title = rows[i].title,
            .state = rows[i].state, .ends_on = rows[i].ends_on,
            .late_actions = rows[i].late_actions, .assessments = rows[i].assessments,
            .approved = rows[i].approved};
    }
    return ERR_NONE;
}

static struct home_programme *find_programme(struct home *h, const char *id)
{
    for (size_t i = 0; i < h->n_programmes; i++) {
        if (strcmp(h->programmes[i].id, id) == 0) {
            return &h->programmes[i];
        }
    }
    return NULL;
}

static enum err load_risks(struct loading *l, struct err_info *e)
{
    struct home_risks_in in = {.user_id = l->who->user_id, .today = l->today};
    struct home_risks_row *rows;
    size_t n;
    enum err err = home_risks_all(l->arena, l->db, &in, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct home_programme *p = find_programme(l->out, rows[i].programme_id);
        if (p == NULL) {
            continue;
        }
        const char *level = risk_level(rows[i].likelihood == NULL ? "" : rows[i].likelihood,
                                       rows[i].impact == NULL ? "" : rows[i].impact);
        p->risks += rows[i].n;
        p->overdue += rows[i].overdue;
        p->high += strcmp(level, "high") == 0 ? rows[i].n : 0;
        p->unrated += level[0] == '\0' ? rows[i].n : 0;
    }
    return err;
}

// ---- notices ------------------------------------------------------------------------------------

static bool may_read_number(const struct home *h, const char *number)
{
    for (size_t i = 0; number != NULL && i < h->n_programmes; i++) {
        if (strcmp(h->programmes[i].number, number) == 0) {
            return true;
        }
    }
    return false;
}

static int gravity(const struct notice *n)
{
    return strcmp(n->severity, "high") == 0 ? 0 : strcmp(n->severity, "medium") == 0 ? 1 : 2;
}

static int by_gravity(const void *x, const void *y)
{
    const struct notice *a = x, *b = y;
    int order = gravity(a) - gravity(b);
    if (order != 0) {
        return order;
    }
    order = strcmp(a->programme, b->programme);
    return order != 0 ? order : strcmp(a->about_id, b->about_id);
}

static enum err load_notices(struct loading *l, struct err_info *e)
{
    struct notice_list list;
    struct home *h = l->out;
    const char **ids = ARENA_ARRAY(l->arena, const char *, h->n_programmes + 1);
    for (size_t i = 0; i < h->n_programmes; i++) {
        ids[i] = h->programmes[i].id;
    }
    enum err err = check_run_many(l->arena, l->lang, l->db, ids, h->n_programmes, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    h->notices = list.items;
    for (size_t i = 0; i < list.n; i++) {
        if (may_read_number(h, list.items[i].programme)) {
            h->notices[h->n_notices++] = list.items[i];
        }
    }
    sort_items(h->notices, h->n_notices, sizeof h->notices[0], by_gravity);
    return ERR_NONE;
}

// ---- changes ------------------------------------------------------------------------------------

static enum err load_changes(struct loading *l, struct err_info *e)
{
    struct home_changes_in in = {.user_id = l->who->user_id, .most = HOME_MOST_CHANGES};
    struct home_changes_row *rows;
    size_t n;
    enum err err = home_changes_all(l->arena, l->db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct home_change *list = ARENA_ARRAY(l->arena, struct home_change, n + 1);
    size_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        bool many = strcmp(rows[i].kind, STORE_BUNDLE) == 0;
        int64_t made = 1;
        const struct entity *kind =
            many ? store_bundle_kind(l->arena, rows[i].fields, NULL, &made) : model_find(rows[i].kind);
        if (kind != NULL && ((many && kind->for_work) || !identity_sees(l->who, kind, rows[i].programme_id))) {
            continue;
        }
        list[seen++] = (struct home_change){.kind = kind == NULL ? rows[i].kind : kind->kind,
                                          .record_id = rows[i].record_id, .n = made,
                                          .op = rows[i].op, .fields = many ? "{}" : rows[i].fields,
                                          .made = rows[i].made, .actor = rows[i].actor,
                                          .actor_name = rows[i].actor_name, .wall = rows[i].wall,
                                          .number = rows[i].number};
    }
    n = home_gather(list, seen);
    l->out->changes = list;
    l->out->n_changes = n < HOME_MOST_LINES ? n : HOME_MOST_LINES;
    return ERR_NONE;
}

enum err home_load(struct db_read *db, struct arena *a, const struct identity *who,
                   const struct lang *lang, const char *today, struct home *out, struct err_info *e)
{
    static enum err (*const steps[])(struct loading *, struct err_info *) = {
        load_actions, load_reviews,  load_assessments, load_values,
        load_programmes, load_risks, load_notices, load_changes,
    };
    struct loading l = {.db = db, .arena = a, .who = who, .lang = lang,
                         .today = today, .out = out};
    *out = (struct home){.items = ARENA_ARRAY(a, struct home_item, HOME_MOST_ITEMS * 4 + 1)};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        enum err err = steps[i](&l, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    home_order(out->items, out->n_items);
    return ERR_NONE;
}

enum err home_choices_load(struct db_read *db, struct arena *a, const struct identity *who, struct home_programme **out,
                           size_t *n, struct err_info *e)
{
    const struct home_choices_in in = {.user_id = who->user_id};
    struct home_choices_row *rows;
    enum err err = home_choices_all(a, db, &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct home_programme, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct home_programme){.number = rows[i].number, .title = rows[i].title, .state = rows[i].state};
    }
    return ERR_NONE;
}
