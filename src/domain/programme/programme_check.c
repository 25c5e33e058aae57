// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_check.c: standing check of actions: late ones, and open ones that nobody has.

#include <string.h>

#include "base/date.h"
#include "model/check.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_store.h"

// Days after which a late action is no longer a matter of reminding.
#define DAYS_HIGH 60

static void check_one(const struct programme_late *action, const char *today,
                      struct notice_list *out)
{
    struct notice n = {
        .check = "action",
        .about_kind = "action",
        .about_id = action->id,
        .programme = action->programme,
        .where = action->what,
    };
    if (action_is_late("open", action->due_on, today)) {
        int64_t days = date_days_between(action->due_on, today);
        n.rule = "late";
        n.severity = days > DAYS_HIGH ? "high" : "medium";
        n.message = notice_say(out, MSG("An action should have been done on {0}, {1}: {2}"),
                               action->due_on,
                               notice_say_n(out, MSG("{0} day ago"), MSG("{0} days ago"), days),
                               action->what, NULL);
        n.mend = notice_say(out, MSG("Mark it as done, give it a new date, or drop it."), NULL);
        notice_add(out, &n);
    }
    if (!action->has_owner) {
        n.rule = "owner";
        n.severity = "low";
        n.message = notice_say(out, MSG("Nobody is named for an action: {0}"), action->what, NULL);
        n.mend = notice_say(out, MSG("Say who will do it."), NULL);
        notice_add(out, &n);
    }
}

static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct programme_late *rows;
    size_t n;
    char today[11];
    clock_today(today);
    enum err err = programme_late_load(db, out->arena, programme_id, today, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        check_one(&rows[i], today, out);
    }
    return err;
}

const struct check check_action = {
    .name = "action",
    .label = MSG("Actions"),
    .about = MSG("Is every open action still in time, and does somebody have it?"),
    .run = run,
};
