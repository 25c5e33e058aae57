// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_figures.c: one value, and totals over periods and places. See result_figures.h.
//
// The second, slow implementation that holds these rules is in result_total_test.c.

#include "result/result_figures.h"

#include <string.h>

#include "base/decimal.h"
#include "base/sort.h"
#include "result/result_again.h"
#include "result/result_fits.h"

bool result_add(int64_t *sum, int64_t more)
{
    __int128 n = (__int128)*sum + more;
    if (!result_fits(n)) {
        return false;
    }
    *sum = (int64_t)n;
    return true;
}

bool result_is_share(enum result_unit unit)
{
    return unit == UNIT_PERCENTAGE || unit == UNIT_PROPORTION || unit == UNIT_RATIO;
}

// ---- one value ----------------------------------------------------------------------------------

static struct result_figure plain(int64_t scaled)
{
    return (struct result_figure){.known = result_fits(scaled), .scaled = scaled};
}

static struct result_figure divided(enum result_unit unit, int64_t part, int64_t whole)
{
    __int128 times = unit == UNIT_PERCENTAGE ? (__int128)100 * DECIMAL_ONE : DECIMAL_ONE;
    struct result_figure f = {.is_fraction = true, .part = part, .whole = whole};
    if (whole <= 0) {
        return (struct result_figure){0};
    }
    __int128 scaled = result_divide((__int128)part * times, whole);
    f.known = result_fits(scaled);
    f.scaled = f.known ? (int64_t)scaled : 0;
    return f;
}

struct result_figure result_figure_of(enum result_unit unit, const struct result_entry *entry)
{
    switch (unit) {
    case UNIT_PERCENTAGE:
    case UNIT_PROPORTION:
    case UNIT_RATIO:
        if (entry->has_fraction) {
            return divided(unit, entry->part, entry->whole);
        }
        break;
    case UNIT_YES_NO:
        if (entry->answer != ANSWER_NONE) {
            return plain(entry->answer == ANSWER_YES    ? DECIMAL_ONE
                         : entry->answer == ANSWER_PART ? DECIMAL_ONE / 2
                                                        : 0);
        }
        break;
    case UNIT_TEXT:
        return (struct result_figure){0};
    case UNIT_COUNT:
    case UNIT_DURATION:
    case UNIT_SCORE:
        break;
    }
    return entry->has_value ? plain(entry->value) : (struct result_figure){0};
}

// ---- over periods and places ---------------------------------------------------------------------

bool result_adds_up(enum result_unit unit)
{
    return unit == UNIT_COUNT || unit == UNIT_DURATION || result_is_share(unit);
}

enum result_accumulation result_rule_of(enum result_unit unit, enum result_accumulation asked)
{
    return asked == OVER_CUMULATIVE && !result_adds_up(unit) ? OVER_LATEST : asked;
}

bool result_adds_up_over_places(const struct result_rule *rule)
{
    return rule->unit == UNIT_COUNT || result_is_share(rule->unit) ||
           (rule->unit == UNIT_DURATION && rule->over == OVER_CUMULATIVE);
}

static int by_period(const void *x, const void *y)
{
    const struct result_entry *a = x;
    const struct result_entry *b = y;
    int order = strcmp(a->to, b->to);
    order = order != 0 ? order : strcmp(a->from, b->from);
    order = order != 0 ? order : strcmp(a->place, b->place);
    return order != 0 ? order : strcmp(a->id, b->id);
}

void result_sort(struct result_entry *entries, size_t n)
{
    sort_items(entries, n, sizeof *entries, by_period);
}

static bool has_place(const struct result_entry *entry)
{
    return entry->place[0] != '\0';
}

static bool same_period(const struct result_entry *x, const struct result_entry *y)
{
    return result_same_text(x->from, y->from) && result_same_text(x->to, y->to);
}

// A value of a place belongs to one of the whole programme whose period holds its own. From the last day backwards it is
// enough to know the earliest first day of those met: their last days are not before its own.
static void leave_out_covered(const struct result_entry *sorted, size_t n, bool *used)
{
    const char *earliest = NULL;
    for (size_t end = n, at; end > 0; end = at) {
        for (at = end; at > 0 && result_same_text(sorted[at - 1].to, sorted[end - 1].to); at--) {
            const struct result_entry *entry = &sorted[at - 1];
            if (used[at - 1] && !has_place(entry) && (earliest == NULL || strcmp(entry->from, earliest) < 0)) {
                earliest = entry->from;
            }
        }
        for (size_t i = at; earliest != NULL && i < end; i++) {
            used[i] = used[i] && !(has_place(&sorted[i]) && strcmp(earliest, sorted[i].from) <= 0);
        }
    }
}

// Places that were met, newest first.
struct places_met {
    const char *places[RESULT_PLACES_MAX];
    size_t n;
    size_t last; // place that was asked for last
};

static bool is_met(struct places_met *met, const char *place)
{
    size_t at = result_find_again(met->places, sizeof *met->places, met->n, met->last, place);
    if (at == met->n) {
        return false;
    }
    met->last = at;
    return true;
}

// Of sorted entries that are used: keeps those that count where periods do not add up.
static void keep_newest(enum result_accumulation over, const struct result_entry *sorted, size_t n,
                        bool *used)
{
    size_t last = n;
    while (last > 0 && !used[last - 1]) {
        last--;
    }
    bool whole = false; // an entry of the whole programme was met: what is older does not count
    struct places_met met = {.n = 0};
    for (size_t i = last; i > 0; i--) {
        const struct result_entry *entry = &sorted[i - 1];
        bool keep = used[i - 1] && !whole;
        if (over == OVER_PER_PERIOD) {
            keep = keep && same_period(entry, &sorted[last - 1]);
        } else {
            keep = keep && !is_met(&met, entry->place);
            for (size_t k = i; keep && met.n == RESULT_PLACES_MAX && k < last; k++) { // more than there are countries
                keep = !used[k] || !result_same_text(sorted[k].place, entry->place);
            }
        }
        if (used[i - 1] && !has_place(entry)) {
            keep = keep && i == last;
            whole = true;
        }
        used[i - 1] = keep;
        if (keep && met.n < RESULT_PLACES_MAX) {
            met.last = met.n;
            met.places[met.n++] = entry->place;
        }
    }
}

void result_used(const struct result_rule *rule, const struct result_entry *sorted, size_t n, bool *used)
{
    enum result_accumulation over = result_rule_of(rule->unit, rule->over);
    for (size_t i = 0; i < n; i++) {
        used[i] = sorted[i].state != STATE_RETURNED && result_figure_of(rule->unit, &sorted[i]).known;
    }
    leave_out_covered(sorted, n, used);
    if (over != OVER_CUMULATIVE) {
        keep_newest(over, sorted, n, used);
    }
}

// What is known of each place while entries are added; the whole programme is a place of its own.
struct place_sum {
    const char *place;
    const char *to; // last day so far
    int64_t most;   // largest of its values
};
struct adding {
    struct result_total total;
    struct place_sum places[RESULT_PLACES_MAX + 1];
    size_t n_places;
    size_t last;  // place of the last entry
    size_t whole; // place that is the whole programme, plus 1; 0: none yet
    const struct result_entry *before; // entry before, or NULL
    int64_t most;        // largest of all
    bool shared_days;    // two places have values with a day in common; asked only where a person may be in both
    int64_t least_apart; // and the least there is then
};

static struct place_sum *place_of(struct adding *x, const char *place)
{
    size_t at = result_find_again(x->places, sizeof *x->places, x->n_places, x->last, place);
    if (at > RESULT_PLACES_MAX) {
        return NULL;
    }
    struct place_sum *p = &x->places[at];
    if (at == x->n_places) {
        *p = (struct place_sum){.place = place};
        x->n_places++;
        x->whole = place[0] == '\0' ? x->n_places : x->whole;
    }
    x->last = at;
    return p;
}

static bool begins_by(const struct result_entry *entry, const char *day)
{
    return day != NULL && strcmp(entry->from, day) <= 0;
}

// Sorted by last day: a period that begins no later than the last day so far of its place overlaps it. The whole
// programme has every place in common: then the last day of all, that of the entry before.
static bool overlaps(const struct adding *x, const struct place_sum *p, const struct result_entry *entry)
{
    return has_place(entry) ? begins_by(entry, p->to) ||
                                  (x->whole > 0 && begins_by(entry, x->places[x->whole - 1].to))
                            : x->before != NULL && begins_by(entry, x->before->to);
}

static void widen(struct result_total *t, const struct result_entry *entry)
{
    if (t->n_used == 0 || strcmp(entry->from, t->from) < 0) {
        t->from = entry->from;
    }
    if (t->n_used == 0 || strcmp(entry->to, t->to) > 0) {
        t->to = entry->to;
    }
    if (t->n_used == 0 || entry->state < t->state) {
        t->state = entry->state;
    }
    t->n_used++;
}

static int64_t larger(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

// Remembers the largest values, from which the least number of different people follows.
static void note_least(struct adding *x, struct place_sum *p, const struct result_entry *entry,
                       int64_t value)
{
    x->most = x->before == NULL ? value : larger(x->most, value);
    p->most = p->to == NULL ? value : larger(p->most, value);
    x->before = entry;
}

// Adds one entry. Sums of fractions are divided once, at the end.
static void add_entry(struct adding *x, const struct result_rule *rule, const struct result_entry *entry)
{
    struct result_total *t = &x->total;
    struct result_figure f = result_figure_of(rule->unit, entry);
    bool over_time = result_rule_of(rule->unit, rule->over) == OVER_CUMULATIVE;
    struct place_sum *p = place_of(x, entry->place);
    if (p == NULL) {
        t->too_large = true;
        return;
    }
    t->overlap |= over_time && overlaps(x, p, entry);
    if (result_is_share(rule->unit) && !f.is_fraction) {
        t->no_fraction = true;
    } else if (result_is_share(rule->unit)) {
        t->too_large |= !result_add(&t->figure.part, f.part) || !result_add(&t->figure.whole, f.whole);
    } else {
        t->too_large |= !result_add(&t->figure.scaled, f.scaled);
    }
    note_least(x, p, entry, f.scaled);
    p->to = entry->to;
    t->n_yes += f.scaled == DECIMAL_ONE;
    t->n_part += f.scaled == DECIMAL_ONE / 2;
    t->n_no += f.scaled == 0;
    widen(t, entry);
}

// Where the same person may be in another place: values of two places with a day in common may hold the same people. What
// has days in common, one with the next, is a stretch of time; in each of them everybody may be in the place with the most.
// From the last day backwards a stretch goes on while the next value ends on its first day so far or later.
static void look_at_stretches(struct adding *x, const struct result_entry *sorted, size_t n, const bool *used)
{
    size_t stretch_of[RESULT_PLACES_MAX + 1] = {0}; // of a place, the stretch that its sum is of
    int64_t sums[RESULT_PLACES_MAX + 1];
    size_t stretch = 0, n_there = 0;
    int64_t most = 0;
    const char *begins = NULL;
    for (size_t i = n; i > 0 && !x->total.too_large; i--) {
        const struct result_entry *entry = &sorted[i - 1];
        if (!used[i - 1]) {
            continue;
        }
        if (begins == NULL || strcmp(entry->to, begins) < 0) {
            x->total.too_large |= !result_add(&x->least_apart, most);
            begins = entry->from;
            most = 0;
            n_there = 0;
            stretch++;
        }
        size_t at = (size_t)(place_of(x, entry->place) - x->places);
        n_there += stretch_of[at] != stretch;
        sums[at] = stretch_of[at] == stretch ? sums[at] : 0;
        stretch_of[at] = stretch;
        x->total.too_large |= !result_add(&sums[at], entry->value);
        most = larger(most, sums[at]);
        x->shared_days |= n_there > 1;
        begins = strcmp(entry->from, begins) < 0 ? entry->from : begins;
    }
    x->total.too_large |= !result_add(&x->least_apart, most);
}

// Is something added over which the same person may be counted again?
static unsigned repeats_in(const struct adding *x, const struct result_rule *rule)
{
    const unsigned both = REPEAT_PERIOD | REPEAT_PLACE;
    unsigned asked = rule->repeats & both;
    if (result_rule_of(rule->unit, rule->over) != OVER_CUMULATIVE) {
        return x->n_places > 1 ? asked & REPEAT_PLACE : 0;
    }
    bool happens = asked == both            ? x->total.n_used > 1
                   : asked == REPEAT_PERIOD ? x->total.n_used > x->n_places || (x->whole > 0 && x->n_places > 1)
                                            : x->shared_days;
    return happens ? asked : 0;
}

// The least number of different people in a sum.
static bool least_of(struct adding *x, const struct result_rule *rule, unsigned repeats, int64_t *least)
{
    bool over_time = result_rule_of(rule->unit, rule->over) == OVER_CUMULATIVE;
    bool fits_in = true;
    *least = 0;
    if (repeats == (REPEAT_PERIOD | REPEAT_PLACE) || (repeats == REPEAT_PLACE && !over_time)) {
        *least = x->most;
    } else if (repeats == REPEAT_PLACE) {
        *least = x->least_apart;
    } else {
        // Who is in a value of the whole programme is of one of its countries, and may be in a value of that one too.
        for (size_t i = 0; i < x->n_places; i++) {
            fits_in = (i + 1 == x->whole || result_add(least, x->places[i].most)) && fits_in;
        }
        if (x->whole > 0) {
            int64_t whole = x->places[x->whole - 1].most;
            *least = x->n_places > 1 ? larger(*least, whole) : whole;
        }
    }
    return fits_in;
}

static void finish(struct adding *x, const struct result_rule *rule, const struct result_entry *only)
{
    struct result_total *t = &x->total;
    unsigned repeats = repeats_in(x, rule);
    for (size_t i = 0; i < x->n_places; i++) {
        t->n_places += x->places[i].place[0] != '\0';
    }
    if (rule->unit == UNIT_YES_NO && t->n_places > 0) {
        t->by_answer = true;
        t->figure = plain((int64_t)t->n_yes * DECIMAL_ONE);
        return;
    }
    if (t->n_used == 1) { // nothing has to be added up
        t->figure = result_figure_of(rule->unit, only);
        t->no_fraction = t->too_large = false;
        return;
    }
    t->same_people = repeats != 0 && result_is_share(rule->unit);
    t->apart = x->n_places > 1 && !result_adds_up_over_places(rule);
    if (t->no_fraction || t->too_large || t->same_people || t->apart || t->n_used == 0) {
        t->figure = (struct result_figure){0};
    } else if (result_is_share(rule->unit)) {
        t->figure = divided(rule->unit, t->figure.part, t->figure.whole);
    } else {
        t->figure.known = true;
        t->has_least = repeats != 0 && rule->unit == UNIT_COUNT &&
                       least_of(x, rule, repeats, &t->least) && t->least != t->figure.scaled;
    }
}

struct result_total result_total_of(const struct result_rule *rule, const struct result_entry *sorted,
                                    size_t n, const bool *used)
{
    struct adding x = {.n_places = 0};
    const struct result_entry *only = NULL;
    for (size_t i = 0; i < n; i++) {
        if (used[i]) {
            only = &sorted[i];
            add_entry(&x, rule, only);
        }
    }
    if ((rule->repeats & (REPEAT_PERIOD | REPEAT_PLACE)) == REPEAT_PLACE) {
        look_at_stretches(&x, sorted, n, used);
    }
    finish(&x, rule, only);
    return x.total;
}

struct result_figure result_judged(const struct result_total *total, enum result_direction direction)
{
    struct result_figure f = total->figure;
    if (total->has_least && direction == BETTER_MORE) {
        f.scaled = total->least;
    }
    return f;
}
