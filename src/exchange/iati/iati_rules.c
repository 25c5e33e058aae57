// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_rules.c: rules over several elements of an activity: identifiers, dates, shares, money, results.
//
// Method: IATI-Rulesets 2.03, in words of our own. What the schema refuses anyway (iati_schema.c) is not
// said twice: a rule about something that is missing or not a number passes it over.

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/msg.h"
#include "base/sort.h"
#include "exchange/iati/iati_check.h"

#define HUNDRED (100 * DECIMAL_ONE)

static size_t count(const struct xml_node *n, const char *name)
{
    size_t k = 0;
    for (const struct xml_node *c = xml_child(n, name); c != NULL; c = xml_again(c)) {
        k++;
    }
    return k;
}

// A day of the calendar, "" when there is none.
static const char *day_of(const struct xml_node *n, const char *attribute, char out[11])
{
    const char *text = n == NULL ? NULL : xml_attribute_of(n, attribute);
    out[0] = '\0';
    if (text != NULL && strlen(text) >= 10) {
        memcpy(out, text, 10);
        out[10] = '\0';
        if (!date_is_valid(out)) {
            out[0] = '\0';
        }
    }
    return out;
}

static void check_past(struct iati_report *r, const struct xml_node *n, const char *attribute,
                       const char *what)
{
    char day[11];
    if (n != NULL && strcmp(day_of(n, attribute, day), r->today) > 0) {
        iati_blame(r, IATI_RULE, n, what,
                   MSG("Check the year, or leave out what has not happened yet."), NULL);
    }
}

static void check_order(struct iati_report *r, const struct xml_node *at,
                        const struct xml_node *from, const struct xml_node *to, const char *what)
{
    char first[11];
    char last[11];
    if (from == NULL || to == NULL || day_of(from, "iso-date", first)[0] == '\0' ||
        day_of(to, "iso-date", last)[0] == '\0') {
        return;
    }
    if (strcmp(last, first) < 0) {
        iati_blame(r, IATI_RULE, at, what, MSG("Exchange the two, or correct one."), NULL);
    }
}

// ---- identifiers ------------------------------------------------------------------------------------------

static bool begins_with(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    return len > 0 && strncmp(text, prefix, len) == 0 && text[len] == '-' && text[len + 1] != '\0';
}

static void check_identifier(struct iati_report *r, const struct xml_node *activity)
{
    const struct xml_node *id = xml_child(activity, "iati-identifier");
    const struct xml_node *org = xml_child(activity, "reporting-org");
    const char *ref = org == NULL ? "" : xml_attribute_text(org, "ref");
    if (id == NULL) {
        return;
    }
    if (id->text[0] == '\0') {
        iati_blame(r, IATI_RULE, id, MSG("The activity has no identifier."),
                   MSG("Write the identifier of the organisation, a hyphen and your own number."),
                   NULL);
        return;
    }
    if (strcmp(id->text, ref) == 0) {
        iati_blame(r, IATI_RULE, id,
                   MSG("The activity has the same identifier as the organisation."),
                   MSG("Add a hyphen and your own number for the activity."), NULL);
        return;
    }
    if (id->text[strcspn(id->text, "/&|?")] != '\0') {
        iati_blame(r, IATI_ADVICE, id, MSG("The identifier has one of the signs / & | ?"),
                   MSG("Use letters, digits, hyphens and underscores."), NULL);
    }
    bool fits = begins_with(id->text, ref);
    for (const struct xml_node *o = xml_child(activity, "other-identifier"); o != NULL;
         o = xml_again(o)) {
        fits = fits || (xml_attribute_is(o, "type", "B1") && begins_with(id->text, xml_attribute_text(o, "ref")));
    }
    if (!fits) {
        iati_blame(r, IATI_ADVICE, id,
                   MSG("The identifier does not begin with that of the reporting organisation."),
                   MSG("Begin it with “{0}-”, or name the earlier organisation as other-identifier "
                       "of type B1."),
                   ref[0] == '\0' ? "…" : ref, NULL);
    }
}

static int by_identifier(const void *x, const void *y)
{
    const struct xml_node *a = *(const struct xml_node *const *)x;
    const struct xml_node *b = *(const struct xml_node *const *)y;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : a->line - b->line;
}

static void check_duplicates(struct iati_report *r, const struct xml_node *root)
{
    const struct xml_node **ids = ARENA_ARRAY(r->arena, const struct xml_node *, r->n_activities + 1);
    size_t n = 0;
    for (const struct xml_node *a = xml_child(root, "iati-activity"); a != NULL; a = xml_again(a)) {
        const struct xml_node *id = xml_child(a, "iati-identifier");
        if (id != NULL && id->text[0] != '\0') {
            ids[n++] = id;
        }
    }
    sort_items(ids, n, sizeof *ids, by_identifier);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(ids[i]->text, ids[i - 1]->text) == 0) {
            iati_blame(r, IATI_RULE, ids[i],
                       MSG("Another activity of this file has the same identifier: line {0}."),
                       MSG("Give each activity an identifier of its own, or delete one."),
                       decimal_int_text(r->arena, ids[i - 1]->line), NULL);
        }
    }
}

// ---- words and people who act -------------------------------------------------------------------------

static void check_words(struct iati_report *r, const struct xml_node *activity)
{
    static const char *const names[] = {"title", "description"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        for (const struct xml_node *n = xml_child(activity, names[i]); n != NULL; n = xml_again(n)) {
            const struct xml_node *text = xml_child(n, "narrative");
            while (text != NULL && text->text[0] == '\0') {
                text = xml_again(text);
            }
            if (text == NULL && xml_child(n, "narrative") != NULL) {
                iati_blame(r, IATI_RULE, n, MSG("<{0}> is empty."),
                           MSG("Say in a few words what the activity is."), names[i], NULL);
            }
        }
    }
}

// All below n: is every narrative in a language, every value in a currency?
static void check_defaults(struct iati_report *r, const struct xml_node *n, bool language,
                           bool currency, bool *said_language, bool *said_currency)
{
    for (const struct xml_node *c = n->first; c != NULL; c = c->next) {
        bool is_text = strcmp(c->name, "narrative") == 0 && c->space[0] == '\0';
        const char *own = xml_attribute_in(c, XML_SPACE, "lang");
        if (is_text && !language && !*said_language && (own == NULL || own[0] == '\0')) {
            *said_language = true;
            iati_blame(r, IATI_RULE, c, MSG("In which language is this text?"),
                       MSG("Write xml:lang=\"en\" at <iati-activity>, or at each <narrative>."),
                       NULL);
        }
        bool money = c->space[0] == '\0' && (strcmp(c->name, "value") == 0 ||
                                             strcmp(c->name, "forecast") == 0);
        if (money && !currency && !*said_currency && xml_attribute_of(c, "currency") == NULL) {
            *said_currency = true;
            iati_blame(r, IATI_RULE, c, MSG("In which currency is this amount?"),
                       MSG("Write default-currency=\"USD\" at <iati-activity>, or currency at each "
                           "<value>."),
                       NULL);
        }
        check_defaults(r, c, language, currency, said_language, said_currency);
    }
}

static void check_named(struct iati_report *r, const struct xml_node *parent, const char *name)
{
    for (const struct xml_node *n = parent == NULL ? NULL : xml_child(parent, name); n != NULL;
         n = xml_again(n)) {
        if (xml_attribute_text(n, "ref")[0] == '\0' && xml_child(n, "narrative") == NULL) {
            iati_blame(r, IATI_RULE, n, MSG("An organisation has neither identifier nor name."),
                       MSG("Write ref=\"…\" or a <narrative> with the name."), NULL);
        }
    }
}

// ---- dates ------------------------------------------------------------------------------------------------

static const struct xml_node *date_of(const struct xml_node *activity, const char *type)
{
    const struct xml_node *n = xml_child(activity, "activity-date");
    while (n != NULL && !xml_attribute_is(n, "type", type)) {
        n = xml_again(n);
    }
    return n;
}

static void check_dates(struct iati_report *r, const struct xml_node *activity)
{
    const struct xml_node *planned = date_of(activity, "1");
    const struct xml_node *actual = date_of(activity, "2");
    if (planned == NULL && actual == NULL && xml_child(activity, "activity-date") != NULL) {
        iati_blame(r, IATI_RULE, activity, MSG("The activity has no first day."),
                   MSG("Add <activity-date type=\"1\"> (planned) or type=\"2\" (actual)."), NULL);
    }
    check_order(r, date_of(activity, "3"), planned, date_of(activity, "3"),
                MSG("The planned end lies before the planned start."));
    check_order(r, date_of(activity, "4"), actual, date_of(activity, "4"),
                MSG("The actual end lies before the actual start."));
    check_past(r, actual, "iso-date", MSG("The actual start lies in the future."));
    check_past(r, date_of(activity, "4"), "iso-date", MSG("The actual end lies in the future."));
    check_past(r, activity, "last-updated-datetime", MSG("The last update lies in the future."));
}

// ---- shares -------------------------------------------------------------------------------------------------

struct shares {
    size_t n;
    size_t n_with;
    bool unclear; // one is no number, which is said elsewhere
    int64_t sum;
    const struct xml_node *first;
};

static const char *vocabulary_of(const struct xml_node *n)
{
    const char *given = xml_attribute_of(n, "vocabulary");
    return given == NULL ? "1" : given;
}

// Of the elements of its name and vocabulary.
static bool is_first_of_list(const struct xml_node *n)
{
    const struct xml_node *c = xml_child(n->parent, n->name);
    while (c != n && strcmp(vocabulary_of(c), vocabulary_of(n)) != 0) {
        c = xml_again(c);
    }
    return c == n;
}

static void add_shares(struct shares *s, const struct xml_node *parent, const char *name,
                       const char *vocabulary)
{
    for (const struct xml_node *n = xml_child(parent, name); n != NULL; n = xml_again(n)) {
        const char *share = xml_attribute_of(n, "percentage");
        int64_t scaled;
        if (vocabulary != NULL && strcmp(vocabulary_of(n), vocabulary) != 0) {
            continue;
        }
        s->first = s->first == NULL ? n : s->first;
        s->n++;
        if (share != NULL) {
            s->n_with++;
            s->unclear = s->unclear || !decimal_parse(share, &scaled);
            s->sum += s->unclear ? 0 : scaled;
        }
    }
}

static void judge_shares(struct iati_report *r, const struct shares *s, const char *none,
                         const char *wrong)
{
    bool alone = s->n == 1 && s->n_with == 0;
    if (s->n == 0 || alone || s->unclear) {
        return;
    }
    if (s->n_with < s->n) {
        iati_blame(r, IATI_RULE, s->first, none,
                   MSG("Write percentage=\"…\" at each; together they must be 100."), NULL);
    } else if (s->sum != HUNDRED) { // the standard forgives no rounding
        iati_blame(r, IATI_RULE, s->first, wrong,
                   MSG("Correct the percentages so that they come to 100."),
                   decimal_short(r->arena, s->sum), NULL);
    }
}

// Each list of sectors by itself.
static void check_sectors(struct iati_report *r, const struct xml_node *activity)
{
    size_t in_transactions = 0;
    for (const struct xml_node *n = xml_child(activity, "sector"); n != NULL; n = xml_again(n)) {
        bool own = xml_attribute_is(n, "vocabulary", "98") || xml_attribute_is(n, "vocabulary", "99");
        if (own && xml_child(n, "narrative") == NULL) {
            iati_blame(r, IATI_RULE, n, MSG("A sector of a list of your own needs a name."),
                       MSG("Add a <narrative>."), NULL);
        }
        if (is_first_of_list(n)) {
            struct shares s = {0};
            add_shares(&s, activity, "sector", vocabulary_of(n));
            judge_shares(r, &s, MSG("Of several sectors of one list, some have no percentage."),
                         MSG("The percentages of the sectors of one list come to {0}, not 100."));
        }
    }
    for (const struct xml_node *t = xml_child(activity, "transaction"); t != NULL; t = xml_again(t)) {
        in_transactions += xml_child(t, "sector") != NULL;
    }
    size_t transactions = count(activity, "transaction");
    if (xml_child(activity, "sector") == NULL && (in_transactions == 0 || in_transactions < transactions)) {
        iati_blame(r, IATI_RULE, activity,
                   in_transactions == 0 ? MSG("The activity has no sector.")
                                        : MSG("Some transactions have a sector, others have none."),
                   MSG("Add a <sector> to the activity, or to every transaction."), NULL);
    }
}

static bool has_place(const struct xml_node *n)
{
    return xml_child(n, "recipient-country") != NULL || xml_child(n, "recipient-region") != NULL;
}

// Regions of each list together with the countries.
static void judge_places(struct iati_report *r, const struct xml_node *activity)
{
    const struct xml_node *region = xml_child(activity, "recipient-region");
    do {
        if (region == NULL || is_first_of_list(region)) {
            struct shares s = {0};
            add_shares(&s, activity, "recipient-country", NULL);
            add_shares(&s, activity, "recipient-region", region == NULL ? "1" : vocabulary_of(region));
            judge_shares(r, &s, MSG("Of several countries and regions, some have no percentage."),
                         MSG("The percentages of countries and regions come to {0}, not 100."));
        }
        region = region == NULL ? NULL : xml_again(region);
    } while (region != NULL);
}

static void check_places(struct iati_report *r, const struct xml_node *activity)
{
    size_t in_transactions = 0;
    for (const struct xml_node *t = xml_child(activity, "transaction"); t != NULL; t = xml_again(t)) {
        in_transactions += has_place(t);
    }
    if (has_place(activity)) {
        judge_places(r, activity);
        if (in_transactions > 0) {
            iati_blame(r, IATI_RULE, activity,
                       MSG("Countries stand both at the activity and at its transactions."),
                       MSG("Keep them at the activity, or at every transaction."), NULL);
        }
    } else if (in_transactions == 0 || in_transactions < count(activity, "transaction")) {
        iati_blame(r, IATI_RULE, activity, MSG("The activity names no country and no region."),
                   MSG("Add <recipient-country> or <recipient-region>, to the activity or to every "
                       "transaction."),
                   NULL);
    }
}

// ---- money --------------------------------------------------------------------------------------------------

// More than a year: the end is later than the day before the same day of the next year.
static bool is_longer_than_year(const char *from, const char *to)
{
    return date_days_between(from, to) > 366;
}

static void check_periods(struct iati_report *r, const struct xml_node *activity, const char *name,
                          bool at_most_year)
{
    for (const struct xml_node *n = xml_child(activity, name); n != NULL; n = xml_again(n)) {
        const struct xml_node *from = xml_child(n, "period-start");
        const struct xml_node *to = xml_child(n, "period-end");
        char first[11];
        char last[11];
        check_order(r, n, from, to, MSG("The period ends before it begins."));
        if (at_most_year && day_of(from, "iso-date", first)[0] != '\0' &&
            day_of(to, "iso-date", last)[0] != '\0' && is_longer_than_year(first, last)) {
            iati_blame(r, IATI_RULE, n, MSG("The budget is for more than one year."),
                       MSG("Divide it into budgets of one year each."), NULL);
        }
        check_named(r, n, "provider-org");
        check_named(r, n, "receiver-org");
    }
}

static void check_transactions(struct iati_report *r, const struct xml_node *activity)
{
    for (const struct xml_node *t = xml_child(activity, "transaction"); t != NULL; t = xml_again(t)) {
        check_past(r, xml_child(t, "transaction-date"), "iso-date",
                   MSG("The transaction lies in the future."));
        check_past(r, xml_child(t, "value"), "value-date",
                   MSG("The day of the value lies in the future."));
        check_named(r, t, "provider-org");
        check_named(r, t, "receiver-org");
    }
}

// ---- results ------------------------------------------------------------------------------------------------

// A baseline, target or actual of an indicator.
static void check_figure(struct iati_report *r, const struct xml_node *n, const char *measure)
{
    const char *value = xml_attribute_of(n, "value");
    int64_t scaled;
    bool words = strcmp(measure, "5") == 0;
    if (words && value != NULL) {
        iati_blame(r, IATI_ADVICE, n, MSG("A qualitative indicator has a value."),
                   MSG("Delete the value and put it into words: <comment>."), NULL);
    } else if (!words && strchr("1234", measure[0]) != NULL && measure[0] != '\0') {
        if (value == NULL || value[0] == '\0') {
            iati_blame(r, IATI_RULE, n, MSG("<{0}> has no value."),
                       MSG("Write value=\"…\", or leave the whole element out."), n->name, NULL);
        } else if (!decimal_parse(value, &scaled)) {
            iati_blame(r, IATI_ADVICE, n, MSG("The value of <{0}> is no number."),
                       MSG("Write digits only, with a point before decimals; the unit belongs into "
                           "the title."),
                       n->name, NULL);
        }
    }
}

static void check_figures(struct iati_report *r, const struct xml_node *parent, const char *name,
                          const char *measure)
{
    for (const struct xml_node *n = xml_child(parent, name); n != NULL; n = xml_again(n)) {
        check_figure(r, n, measure);
    }
}

static void check_indicator(struct iati_report *r, const struct xml_node *result,
                            const struct xml_node *indicator)
{
    const char *measure = xml_attribute_text(indicator, "measure");
    if (xml_child(indicator, "reference") != NULL && xml_child(result, "reference") != NULL) {
        iati_blame(r, IATI_RULE, indicator,
                   MSG("Both the result and its indicator have a <reference>."),
                   MSG("Keep that of the indicators, or that of the result."), NULL);
    }
    check_figures(r, indicator, "baseline", measure);
    for (const struct xml_node *p = xml_child(indicator, "period"); p != NULL; p = xml_again(p)) {
        check_order(r, p, xml_child(p, "period-start"), xml_child(p, "period-end"),
                    MSG("The period ends before it begins."));
        check_figures(r, p, "target", measure);
        check_figures(r, p, "actual", measure);
    }
}

static void check_results(struct iati_report *r, const struct xml_node *activity)
{
    for (const struct xml_node *n = xml_child(activity, "result"); n != NULL; n = xml_again(n)) {
        for (const struct xml_node *i = xml_child(n, "indicator"); i != NULL; i = xml_again(i)) {
            check_indicator(r, n, i);
        }
    }
}

static void check_markers(struct iati_report *r, const struct xml_node *activity)
{
    for (const struct xml_node *n = xml_child(activity, "policy-marker"); n != NULL; n = xml_again(n)) {
        const char *vocabulary = xml_attribute_of(n, "vocabulary");
        if (vocabulary == NULL || strcmp(vocabulary, "1") == 0) {
            if (xml_attribute_of(n, "significance") == NULL) {
                iati_blame(r, IATI_RULE, n, MSG("The policy marker does not say how much it counts."),
                           MSG("Write significance=\"0\" to \"4\"."), NULL);
            }
        } else if (strcmp(vocabulary, "99") == 0 && xml_child(n, "narrative") == NULL) {
            iati_blame(r, IATI_RULE, n, MSG("A policy marker of your own needs a name."),
                       MSG("Add a <narrative>."), NULL);
        }
    }
}

// ---- all ----------------------------------------------------------------------------------------------------

static void check_activity(struct iati_report *r, const struct xml_node *n)
{
    bool said_language = false;
    bool said_currency = false;
    check_identifier(r, n);
    check_words(r, n);
    check_defaults(r, n, xml_attribute_in(n, XML_SPACE, "lang") != NULL,
                   xml_attribute_of(n, "default-currency") != NULL, &said_language,
                   &said_currency);
    check_named(r, n, "participating-org");
    check_dates(r, n);
    check_sectors(r, n);
    check_places(r, n);
    check_periods(r, n, "budget", true);
    check_periods(r, n, "planned-disbursement", false);
    check_transactions(r, n);
    check_results(r, n);
    check_markers(r, n);
}

void iati_check_rules(struct iati_report *r, const struct xml_node *root)
{
    const char *version = xml_attribute_text(root, "version");
    if (version[0] == '1') {
        iati_blame(r, IATI_RULE, root, MSG("The file is of version {0}; only 2.03 is checked."),
                   MSG("Ask for a file of version 2.03."), version, NULL);
    }
    check_past(r, root, "generated-datetime", MSG("The file says that it was made in the future."));
    check_duplicates(r, root);
    for (const struct xml_node *n = xml_child(root, "iati-activity"); n != NULL; n = xml_again(n)) {
        check_activity(r, n);
    }
}
