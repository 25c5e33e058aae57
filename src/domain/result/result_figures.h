// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_figures.h: the arithmetic of indicators, on structures, without records or a database.
//
// Method: docs/indicators.md, with a worked example of each rule; design rules "indicator arithmetic"
// and "disaggregation". All numbers are scaled by 1,000,000 (base/decimal.h). Nothing is ever an
// average of percentages: a percentage keeps its part and its whole, and both are added up.

#ifndef RESULT_RESULT_FIGURES_H
#define RESULT_RESULT_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// In the order of the codes in result_entity.c.
enum result_unit { UNIT_COUNT, UNIT_YES_NO, UNIT_PERCENTAGE, UNIT_PROPORTION, UNIT_RATIO,
                   UNIT_DURATION, UNIT_SCORE, UNIT_TEXT };
enum result_direction { BETTER_MORE, BETTER_LESS, BETTER_NEITHER };
enum result_accumulation { OVER_CUMULATIVE, OVER_PER_PERIOD, OVER_LATEST };
enum result_answer { ANSWER_NONE, ANSWER_YES, ANSWER_PART, ANSWER_NO };
// In the order in which trust in a value grows; a returned value is not counted anywhere.
enum result_state { STATE_RETURNED, STATE_ENTERED, STATE_VERIFIED, STATE_APPROVED, STATE_LOCKED };

// Adds within what can be computed (4 x 10^12 in scaled form); false, and the sum as it was, when it gets larger.
bool result_add(int64_t *sum, int64_t more);
// Percentages, proportions and ratios: they have a part and a whole.
bool result_is_share(enum result_unit unit);

// ---- one value ----------------------------------------------------------------------------------

// What was entered for a period. Dates are YYYY-MM-DD.
struct result_entry {
    const char *id;
    const char *place; // country; "": the whole programme
    const char *from;
    const char *to;
    enum result_state state;
    bool has_value;
    int64_t value;
    bool has_fraction; // part and whole; whole is more than zero
    int64_t part;
    int64_t whole;
    enum result_answer answer;
};

struct result_figure {
    bool known;
    int64_t scaled; // percentages: 72.5 % is 72,500,000; yes is 1, in part 0.5, no 0
    bool is_fraction; // part and whole are known
    int64_t part;
    int64_t whole;
};

// Percentage: part / whole x 100; proportion and ratio: part / whole; six places, half away from
// zero. A percentage that was only typed as a percentage is known but no fraction. A description has
// no figure. Unknown also when it is too large to be computed (above 4 x 10^12).
struct result_figure result_figure_of(enum result_unit unit, const struct result_entry *entry);

// ---- over periods and places ---------------------------------------------------------------------

// Where the same person can be counted again; bits.
enum result_repeat { REPEAT_PERIOD = 1, REPEAT_PLACE = 2, REPEAT_PROGRAMME = 4, REPEAT_RESULT = 8 };
// How the values of an indicator are put together.
struct result_rule {
    enum result_unit unit;
    enum result_accumulation over; // as chosen
    unsigned repeats;
};

// Values of this unit may be added up over periods: counts and durations as they are, percentages,
// proportions and ratios through part and whole. Answers, scores and descriptions may not.
bool result_adds_up(enum result_unit unit);
// How the periods are really put together: units that do not add up take the latest value.
enum result_accumulation result_rule_of(enum result_unit unit, enum result_accumulation asked);
// Values of different places may be added up: counts, and shares through part and whole; durations only
// where they add up over periods too. Answers of places are counted, scores stay apart.
bool result_adds_up_over_places(const struct result_rule *rule);

struct result_total {
    struct result_figure figure; // of answers of places: the number of those that say yes
    bool has_least;   // the same person may be in several values: the figure is the most it can be,
    int64_t least;    // and this the least
    size_t n_used;    // entries in it
    size_t n_places;  // places in it; 0: values of the whole programme only
    bool by_answer;   // answers of places were counted
    size_t n_yes, n_part, n_no;
    const char *from; // first and last day of what is in it; NULL without entries
    const char *to;   // the cut-off
    enum result_state state; // the least trusted state among those used
    bool overlap;     // two periods that are added up have a day and a place in common
    bool no_fraction; // unknown because a percentage without part and whole cannot be added up
    bool too_large;   // unknown because it does not fit
    bool same_people; // unknown because shares of the same people cannot be added up
    bool apart;       // unknown because values of this kind stay apart for each place
};

// Newest last: by last day, then first day, then place, then id. Sorts in place.
void result_sort(struct result_entry *entries, size_t n);
// Which of n sorted entries are in the total: used[i]. Left out are returned ones, those without a figure, those
// of a place within a period for which there is one of the whole programme, and all but the newest where
// periods do not add up: for each period alone those of the newest period, for the latest value the newest
// of the whole programme or, if places are newer, the newest of each place since then.
void result_used(const struct result_rule *rule, const struct result_entry *sorted, size_t n, bool *used);
// At most this many different places may be in a total.
#define RESULT_PLACES_MAX 300
// Of sorted entries. used: as result_used gave it.
struct result_total result_total_of(const struct result_rule *rule, const struct result_entry *sorted,
                                    size_t n, const bool *used);
// What a total is judged by: where the same person may be in it several times, the less good of its two
// bounds.
struct result_figure result_judged(const struct result_total *total, enum result_direction direction);

// ---- over programmes, and up the tree of results ----------------------------------------------------------------------------

// The total of an indicator of one programme, among those that came from the same row of the library.
struct result_member {
    struct result_rule rule;
    const struct result_total *total;
};
enum result_why_not { TOGETHER_IN, TOGETHER_NO_VALUE, TOGETHER_OTHER_UNIT, TOGETHER_OTHER_RULE, TOGETHER_NOT_ADDED };
struct result_together {
    struct result_figure figure; // not known when none is in it, or shares of the same people would be added
    bool has_least;              // as in struct result_total
    int64_t least;
    size_t n_in;
    bool same_people;
    bool too_large;
};
// Puts totals of programmes, or of results of one, together by the unit and rule over time of the row. again: what the
// members are, REPEAT_PROGRAMME or REPEAT_RESULT: the same person may be in several of them when one says so. why[i] says
// whether member i is in it. Counts are added up, shares through part and whole; answers, scores, durations and descriptions never are,
// since two programmes may speak of the same State. One member alone is itself.
struct result_together result_together_of(enum result_unit unit, enum result_accumulation over,
                                          enum result_repeat again, const struct result_member *members, size_t n,
                                          enum result_why_not *why);

// ---- targets and progress -----------------------------------------------------------------------

struct result_target {
    const char *id;
    const char *due_on;
    int64_t value;
    bool replaced;
};
// The target that counts on `today`: of those not replaced the next one due today or later, and when
// all days have passed the last one. Of two for the same day the newest (by id) counts. n: none.
size_t result_target_at(const struct result_target *targets, size_t n, const char *today);

enum result_standing { STANDING_NO_VALUE, STANDING_NO_TARGET, STANDING_NOT_JUDGED,
                       STANDING_REACHED, STANDING_ON_THE_WAY, STANDING_BEHIND, STANDING_COUNT };

struct result_question {
    enum result_direction direction;
    struct result_figure value;
    const char *cut_off; // last day of the value
    bool has_baseline;
    int64_t baseline;
    const char *baseline_on; // "" when not known
    const struct result_target *target; // NULL: none
    const char *today;
    bool in_steps; // comes all at once (yes or no): a straight line says nothing about it
};
struct result_progress {
    enum result_standing standing;
    bool has_percent; // of the way from the baseline to the target; below 0 when going backwards
    int64_t percent;  // scaled, six places
    bool has_expected; // what a straight line from baseline to target gives on the cut-off day
    int64_t expected;
};
// Reached: at the target or beyond, in the direction that is better. Else behind when the day of the
// target has passed, or when the value is worse than the straight line on its cut-off day; else on
// the way. Without a direction it is not judged; nor, before the day, what comes in
// steps or has no dated baseline.
struct result_progress result_progress_of(const struct result_question *q);

// ---- parts --------------------------------------------------------------------------------------

// A part of a value, for one split (result_split.h).
struct result_part {
    const char *split; // "age=18-24 sex=female"
    const char *keys;  // "age sex"
    int64_t value;
    int64_t part;
    int64_t whole;
    bool has_value;
    bool has_fraction;
};
// Parts that are split by the same characteristics: together they are the whole once. Two cuts of a value
// are two ways to look at the same people and are never added up.
struct result_cut {
    const char *keys;
    size_t n;
    int64_t value; // sums; of shares those of part and whole
    int64_t part;
    int64_t whole;
    bool too_large;
    bool differs;         // compared with the whole, and not the same
    int64_t difference;   // whole less parts; of shares: of the part
    int64_t difference_whole; // of shares: of the whole
};
// Cuts of n parts in the order in which they are met; out has room for n. `of` is the figure of the value they
// are parts of; nothing is compared when it is not known. Returns their number.
size_t result_cuts_of(const struct result_part *parts, size_t n, const struct result_figure *of,
                      struct result_cut *out);
// Number of characteristics in the keys of a cut: 2 of "age sex".
size_t result_keys_count(const char *keys);
// The cut with the fewest characteristics among those that have this one; n_cuts: none.
size_t result_cut_by(const struct result_cut *cuts, size_t n_cuts, const char *key);

#endif
