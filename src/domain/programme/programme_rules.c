// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_rules.c: what makes a programme, a revision, a piece of evidence and an action right.
//
// A revision ticks what it changes: budget, time, logframe. The revisions of the programmes that were
// evaluated in 2017 ticked boxes without saying what changed, and nobody could find out afterwards.

#include <string.h>

#include "base/msg.h"
#include "place/place.h"
#include "programme/programme.h"

// A share for each country, and for no other.
static enum err check_shares(const struct record *r, struct err_info *e)
{
    const char *shares = record_text(r, "country_shares");
    const struct field *recipients = entity_field(&entity_programme, "country_shares");
    for (const struct choice *c = field_choices(recipients); shares[0] != '\0' && c->code != NULL; c++) {
        bool has_share = share_has(shares, c->code);
        bool is_country = record_has_code(r, "countries", c->code);
        if (has_share && !is_country && strcmp(c->code, PLACE_NO_COUNTRY) != 0) {
            return err_set(e, ERR_INPUT, "country_shares",
                           MSG("{0} has a share of the budget, but is not among the countries."),
                           MSG("Choose it under Countries, or empty its share."), c->label, NULL);
        }
        if (is_country && !has_share) {
            return err_set(e, ERR_INPUT, "country_shares", MSG("{0} has no share of the budget."),
                           MSG("Write its share, 0 when it gets nothing, or leave the shares of all countries empty."),
                           c->label, NULL);
        }
    }
    return ERR_NONE;
}

enum err programme_check(const struct record *r, struct err_info *e)
{
    const char *number = record_text(r, "number");
    if (strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") !=
        strlen(number)) {
        return err_set(e, ERR_INPUT, "number",
                       MSG("The number has only letters, digits and hyphens."),
                       MSG("For example GLOT59."), NULL);
    }
    if (strcmp(record_text(r, "ends_on"), record_text(r, "starts_on")) < 0) {
        return err_set(e, ERR_INPUT, "ends_on", MSG("The last day is before the first day."),
                       MSG("Check both dates."), NULL);
    }
    if (record_is_set(r, "approved_total") && record_int(r, "approved_total") < 0) {
        return err_set(e, ERR_INPUT, "approved_total", MSG("A budget cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    if (record_is_set(r, "overall_total") && record_int(r, "overall_total") < 0) {
        return err_set(e, ERR_INPUT, "overall_total", MSG("A budget cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    return check_shares(r, e);
}

// ---- revisions ----------------------------------------------------------------------------------

static bool ticked(const struct record *r, const char *box)
{
    return record_int(r, box) == 1;
}

bool revision_shows_budget(const struct record *r)
{
    return !ticked(r, "changes_budget") || record_is_set(r, "what_changed") ||
           record_is_set(r, "overall_after");
}

bool revision_shows_time(const struct record *r)
{
    return !ticked(r, "changes_time") || record_is_set(r, "what_changed") ||
           record_is_set(r, "ends_on_after");
}

bool revision_shows_logframe(const struct record *r)
{
    return !ticked(r, "changes_logframe") || record_is_set(r, "what_changed");
}

enum err revision_check(const struct record *r, struct err_info *e)
{
    if (!revision_shows_budget(r)) {
        return err_set(e, ERR_INPUT, "overall_after",
                       MSG("The box for the budget is ticked, but no change of it is written."),
                       MSG("Enter the overall budget after the revision, or say what changed."),
                       NULL);
    }
    if (!revision_shows_time(r)) {
        return err_set(e, ERR_INPUT, "ends_on_after",
                       MSG("The box for the period is ticked, but no change of it is written."),
                       MSG("Enter the new last day, or say what changed."), NULL);
    }
    if (!revision_shows_logframe(r)) {
        return err_set(e, ERR_INPUT, "what_changed",
                       MSG("The box for the logframe is ticked, but no change of it is written."),
                       MSG("Say which outcome, output or indicator changed."), NULL);
    }
    return ERR_NONE;
}

// ---- evidence and actions -----------------------------------------------------------------------

bool link_is_whole(const char *link)
{
    return strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0;
}

enum err evidence_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "link") && !link_is_whole(record_text(r, "link"))) {
        return err_set(e, ERR_INPUT, "link", MSG("A link begins with https:// or http://."),
                       MSG("Copy the whole address from the browser."), NULL);
    }
    return ERR_NONE;
}

enum err action_check(const struct record *r, struct err_info *e)
{
    bool done = strcmp(record_text(r, "state"), "done") == 0;
    if (record_is_set(r, "done_on") && !done) {
        return err_set(e, ERR_INPUT, "done_on",
                       MSG("There is a day when it was done, but the action is not done."),
                       MSG("Choose “Done”, or empty the day."), NULL);
    }
    return ERR_NONE;
}

bool action_is_late(const char *state, const char *due_on, const char *today)
{
    return strcmp(state, "open") == 0 && due_on != NULL && due_on[0] != '\0' &&
           strcmp(due_on, today) < 0;
}

int64_t codes_count(const char *codes)
{
    int64_t n = 0;
    for (const char *p = codes == NULL ? "" : codes; *p != '\0'; p++) {
        n += *p != ' ' && (p[1] == ' ' || p[1] == '\0');
    }
    return n;
}

const char *programme_state_look(const char *state)
{
    return strcmp(state, "running") == 0 ? "done" : strcmp(state, "planned") == 0 ? "progress" : "none";
}
