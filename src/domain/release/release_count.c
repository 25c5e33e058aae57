// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_count.c: see release_count.h.

#include "release/release_count.h"

#include <pthread.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "release/release_limits.h"
#include "release/release_share.h"
#include "result/result_reporting.h"
#include "result/result_table.h"

#define COUNTRY "country"
#define SCALE 1000000 // numbers of values (base/decimal.h)

#define MOST_BY 40

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct choice choices[MOST_BY + 3];

static void read_choices(void)
{
    size_t n;
    size_t at = 0;
    const struct characteristic *all = characteristics(&n);
    for (size_t i = 0; i < n && at < MOST_BY; i++) {
        if (!all[i].open) {
            choices[at++] = (struct choice){all[i].code, all[i].title};
        }
    }
    choices[at++] = (struct choice){COUNTRY, MSG("Country")};
    choices[at] = (struct choice){RELEASE_PERIOD, MSG("Period")};
}

const struct choice *release_by_choices(void)
{
    pthread_once(&once, read_choices);
    return choices;
}

// ---- which values -----------------------------------------------------------------------------------------

static bool in_days(const struct result_entry *x, const struct release_asked *asked)
{
    return (asked->from == NULL || strcmp(x->from, asked->from) >= 0) &&
           (asked->to == NULL || strcmp(x->to, asked->to) <= 0);
}

// Keeps of a line those values for which keep[i].
static void narrow(struct arena *a, struct result_line *line, const bool *keep)
{
    struct result_value *values = ARENA_ARRAY(a, struct result_value, line->n_values + 1);
    struct result_entry *entries = ARENA_ARRAY(a, struct result_entry, line->n_values + 1);
    size_t n = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        if (keep[i]) {
            values[n] = line->values[i];
            entries[n++] = line->entries[i];
        }
    }
    line->values = values;
    line->entries = entries;
    line->n_values = n;
}

static enum err choose_values(struct arena *a, struct result_line *line, const struct release_asked *asked,
                              struct release_counted *out, struct err_info *e)
{
    bool *keep = ARENA_ARRAY(a, bool, line->n_values + 1);
    for (size_t i = 0; i < line->n_values; i++) {
        bool here = in_days(&line->entries[i], asked) && line->entries[i].state != STATE_RETURNED;
        keep[i] = here && line->entries[i].state >= STATE_APPROVED;
        out->n_left += here && !keep[i];
    }
    narrow(a, line, keep);
    result_used(&line->rule, line->entries, line->n_values, keep);
    const struct result_total total = result_total_of(&line->rule, line->entries, line->n_values, keep);
    narrow(a, line, keep);
    out->n_values = line->n_values;
    out->repeats = total.has_least;
    return line->n_values == 0
               ? err_set(e, ERR_INPUT, NULL, MSG("There is no approved value in these days."),
                         MSG("A release counts approved and locked values only. Have them approved first."), NULL)
           : total.same_people
               ? err_set(e, ERR_INPUT, NULL, MSG("The same people may be in several of these values, so their shares "
                                                 "are not put together."),
                         MSG("Choose the days of one value with --from and --to."), NULL)
           : total.overlap
               ? err_set(e, ERR_INPUT, NULL, MSG("Two periods overlap, so people would be counted twice."),
                         MSG("Choose days with --from and --to, or mend the periods of the values."), NULL)
               : ERR_NONE;
}

// ---- frame ------------------------------------------------------------------------------------------------

static enum err no_list(const char *name, struct err_info *e)
{
    return err_set(e, ERR_INPUT, "by",
                   MSG("“{0}” has no fixed list of values. A value that stands in a table only because somebody "
                       "has it tells that somebody has."),
                   MSG("Leave it out."), name, NULL);
}

static enum err too_many(struct err_info *e)
{
    return err_set(e, ERR_INPUT, "by",
                   MSG("There are too many dimensions: at most three and the period."),
                   MSG("Leave one out, or make two tables."), NULL);
}

static void characteristic_categories(struct arena *a, const struct characteristic *c, struct release_dimension *d)
{
    d->categories = ARENA_ARRAY(a, const char *, c->n_values + 1);
    for (size_t i = 0; i < c->n_values; i++) {
        if (!characteristic_value_is_apart(c->values[i].code)) {
            d->categories[d->n++] = c->values[i].code;
        }
    }
    d->categories[d->n++] = RELEASE_NOT_KNOWN;
}

static void country_categories(struct arena *a, const struct result_line *line, const struct record *programme,
                               struct release_dimension *d)
{
    const char **codes;
    size_t n = result_places_of(a, programme, &codes);
    d->categories = ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        d->categories[d->n++] = codes[i];
    }
    if (!line->per_country) {
        d->categories[d->n++] = RELEASE_NOT_KNOWN; // values of the whole programme
    }
}

static void period_categories(struct arena *a, const struct release_counted *x, struct release_dimension *d)
{
    d->categories = ARENA_ARRAY(a, const char *, (size_t)x->n_periods);
    for (d->n = 0; d->n < x->n_periods; d->n++) {
        d->categories[d->n] = release_period_label(a, &x->periods[d->n]);
    }
}

static enum err add_dimension(struct arena *a, const struct result_line *line, const struct release_asked *asked,
                              const char *name, struct release_frame *f, struct release_counted *out,
                              struct err_info *e)
{
    const struct characteristic *c = characteristic_find(name);
    if (f->n == RELEASE_DIMENSIONS) {
        return too_many(e);
    }
    struct release_dimension *d = &f->of[f->n++];
    *d = (struct release_dimension){.name = name};
    if (strcmp(name, RELEASE_PERIOD) == 0) {
        out->period = f->n - 1;
        period_categories(a, out, d);
    } else if (strcmp(name, COUNTRY) == 0) {
        country_categories(a, line, asked->programme, d);
    } else if (c == NULL || c->open) {
        return no_list(name, e);
    } else {
        characteristic_categories(a, c, d);
    }
    return d->n > 0 ? ERR_NONE : no_list(name, e);
}

// Part and rest of a share: the last dimension.
static enum err add_share(struct arena *a, struct release_frame *f, struct err_info *e)
{
    if (f->n == RELEASE_DIMENSIONS) {
        return too_many(e);
    }
    const char **categories = ARENA_ARRAY(a, const char *, 2);
    categories[0] = RELEASE_PART;
    categories[1] = RELEASE_REST;
    f->of[f->n++] = (struct release_dimension){.name = RELEASE_SHARE, .categories = categories, .n = 2};
    return ERR_NONE;
}

// ---- periods ----------------------------------------------------------------------------------------------

static void add_period(struct release_counted *out, const struct result_entry *x, bool by_period)
{
    int k = 0;
    while (k < out->n_periods && by_period &&
           (strcmp(out->periods[k].from, x->from) != 0 || strcmp(out->periods[k].to, x->to) != 0)) {
        k++;
    }
    struct release_period *p = &out->periods[k];
    bool new = k == out->n_periods;
    out->n_periods += new;
    p->closed = (new || p->closed) && x->state == STATE_LOCKED;
    p->from = new || strcmp(x->from, p->from) < 0 ? x->from : p->from;
    p->to = new || strcmp(x->to, p->to) > 0 ? x->to : p->to;
}

static bool names_period(const char *by)
{
    for (const char *at = by; *at != '\0';) {
        size_t len = strcspn(at, ",");
        if (len == strlen(RELEASE_PERIOD) && strncmp(at, RELEASE_PERIOD, len) == 0) {
            return true;
        }
        at += len;
        at += *at == ',';
    }
    return false;
}

// May something come yet for these days: a value that is not approved, or days of which there is none?
static bool has_more(const struct result_line *line, const struct result_line *all, const struct release_period *p)
{
    int64_t end = date_to_days(p->to);
    bool more = false;
    for (size_t i = 0; i < all->n_values; i++) {
        const struct result_entry *x = &all->entries[i];
        more = more || (x->state < STATE_APPROVED && strcmp(x->from, p->to) <= 0 && strcmp(p->from, x->to) <= 0);
    }
    for (int64_t day = date_to_days(p->from); !more && day <= end;) {
        int64_t next = day;
        for (size_t i = 0; i < line->n_values; i++) {
            int64_t last = date_to_days(line->entries[i].to);
            bool here = date_to_days(line->entries[i].from) <= day && day <= last;
            next = here && last >= next ? last + 1 : next;
        }
        more = next == day;
        day = next;
    }
    return more;
}

static void find_periods(struct arena *a, const struct result_line *line, const struct result_line *all,
                         const struct release_asked *asked, struct release_counted *out)
{
    bool by_period = names_period(asked->by);
    out->periods = ARENA_ARRAY(a, struct release_period, line->n_values + 1);
    for (size_t i = 0; i < line->n_values; i++) {
        add_period(out, &line->entries[i], by_period);
    }
    for (int k = 0; k < out->n_periods; k++) {
        out->periods[k].closed = out->periods[k].closed && !has_more(line, all, &out->periods[k]);
    }
}

// ---- counts -----------------------------------------------------------------------------------------------

static int category_of(const struct release_dimension *d, const char *value)
{
    const char *as = value[0] == '\0' || characteristic_value_is_apart(value) ? RELEASE_NOT_KNOWN : value;
    int k = 0;
    while (k < d->n && strcmp(d->categories[k], as) != 0) {
        k++;
    }
    return k < d->n ? k : -1;
}

// Scaled, as a number of people; -1: it is none.
static int64_t people_of(int64_t scaled)
{
    return scaled < 0 || scaled % SCALE != 0 || scaled / SCALE > RELEASE_MAX_COUNT ? -1 : scaled / SCALE;
}

static enum err not_counted(bool share, struct err_info *e)
{
    return share ? err_set(e, ERR_INPUT, NULL,
                           MSG("The shares cannot be counted: a value is without its part or whole, a part is more than "
                               "its whole, or one of them is no whole number of people."),
                           MSG("Look at the values of the indicator. A ratio of two different groups is no share: "
                               "release two counts."),
                           NULL)
                 : err_set(e, ERR_INPUT, NULL,
                           MSG("The values cannot be counted: a part is more than its whole, or a number is no whole "
                               "number of people."),
                           MSG("Look at the values of the indicator."), NULL);
}

static enum err add_row(struct release_cube *c, const struct result_table *t, const struct result_table_row *row,
                        struct err_info *e)
{
    size_t cell = 0;
    const struct result_figure *figure = &row->figure;
    bool share = release_share_of(c->frame) >= 0;
    int64_t people = people_of(share ? figure->whole : figure->scaled);
    int64_t part = share ? people_of(figure->part) : 0;
    if (!figure->known || figure->is_fraction != share || part < 0 || people < part) {
        return not_counted(share, e);
    }
    for (size_t d = 0; d < t->n_by; d++) {
        int k = category_of(&c->frame->of[d], row->keys[d]);
        if (k < 0) {
            return err_set(e, ERR_INPUT, "by", MSG("A value is outside of the list of “{0}”."),
                           MSG("Look at the values of the indicator, and at the countries of the programme."),
                           t->by[d], NULL);
        }
        cell += (size_t)k * c->frame->step[d];
    }
    if (share) { // the last dimension: its two categories are neighbours
        c->counts[cell] += part;
        c->counts[cell + 1] += people - part;
    } else {
        c->counts[cell] += people;
    }
    return ERR_NONE;
}

static enum err check_indicator(const struct result_line *line, const struct release_asked *asked,
                                struct err_info *e)
{
    bool share = result_is_share(line->rule.unit);
    if (line->rule.unit != UNIT_COUNT && !share) {
        return err_set(e, ERR_INPUT, "indicator", MSG("Only counts and shares of people can be released."), NULL, NULL);
    }
    if (asked->by[0] == '\0' && !share) {
        return err_set(e, ERR_INPUT, "by", MSG("By which characteristics?"),
                       MSG("Name some of those that the values are split by, country or period."), NULL);
    }
    if (names_period(asked->by) && line->rule.over != OVER_CUMULATIVE) {
        return err_set(e, ERR_INPUT, "by", MSG("Periods of this indicator are not added up, so they are not shown "
                                               "in one table."),
                       MSG("Leave out the period; choose days with --from and --to."), NULL);
    }
    return ERR_NONE;
}

enum err release_count(struct arena *a, const struct result_line *line, const struct release_asked *asked,
                       struct release_counted *out, struct err_info *e)
{
    struct result_line kept = *line;
    struct result_table table;
    struct release_frame *f = ARENA_MAKE(a, struct release_frame);
    *out = (struct release_counted){.period = -1};
    enum err err = check_indicator(line, asked, e);
    if (err == ERR_NONE) {
        err = choose_values(a, &kept, asked, out, e);
    }
    if (err == ERR_NONE) {
        err = result_table_of(a, &kept, asked->by, &table, e);
    }
    if (err == ERR_NONE) {
        find_periods(a, &kept, line, asked, out);
    }
    for (size_t i = 0; err == ERR_NONE && i < table.n_by; i++) {
        err = add_dimension(a, line, asked, table.by[i], f, out, e);
    }
    if (err == ERR_NONE && result_is_share(line->rule.unit)) {
        err = add_share(a, f, e);
    }
    if (err == ERR_NONE && !release_frame_finish(f)) {
        err = err_set(e, ERR_INPUT, "by", MSG("The table would have too many cells."),
                      MSG("Leave a dimension out."), NULL);
    }
    if (err == ERR_NONE) {
        err = release_check_frame(f, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct release_cube *c = release_cube_new(a, f);
    for (size_t i = 0; err == ERR_NONE && i < table.n; i++) {
        err = add_row(c, &table, &table.rows[i], e);
    }
    release_cube_sum(c);
    out->exact = c;
    return err;
}
