// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_words.c: see result_words.h.

#include "result/result_words.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "model/model.h"

const char *result_short_code(const struct record *indicator)
{
    const char *code = record_text(indicator, "code");
    const char *stroke = strrchr(code, '/');
    return stroke == NULL ? code : stroke + 1;
}

const char *result_plain(struct arena *a, int64_t scaled, int places)
{
    int64_t rounded = scaled;
    if (!decimal_parse(decimal_text(a, scaled, places), &rounded)) {
        rounded = scaled; // more digits than decimals are read with: shown as it is
    }
    return decimal_for_people(a, decimal_short(a, rounded));
}

static const char *answer_words(struct arena *a, const struct lang *lang, int64_t scaled)
{
    return scaled == DECIMAL_ONE       ? tr(lang, MSG("Yes"))
           : scaled == DECIMAL_ONE / 2 ? tr(lang, MSG("In part"))
           : scaled == 0               ? tr(lang, MSG("No"))
                                       : result_plain(a, scaled, 2);
}

const char *result_number(struct arena *a, const struct lang *lang, enum result_unit unit,
                          int64_t scaled)
{
    switch (unit) {
    case UNIT_PERCENTAGE:
        return arena_printf(a, "%s %%", result_plain(a, scaled, 1));
    case UNIT_YES_NO:
        return answer_words(a, lang, scaled);
    case UNIT_DURATION:
        return tr_f(a, lang, MSG("{0} days"), result_plain(a, scaled, 2), NULL);
    case UNIT_PROPORTION:
    case UNIT_RATIO:
        return result_plain(a, scaled, 3);
    case UNIT_COUNT:
    case UNIT_SCORE:
    case UNIT_TEXT:
        break;
    }
    return result_plain(a, scaled, DECIMAL_PLACES);
}

const char *result_rough(struct arena *a, const struct lang *lang, enum result_unit unit,
                         int64_t scaled)
{
    int64_t rounded;
    return result_number(a, lang, unit,
                         decimal_parse(decimal_text(a, scaled, 2), &rounded) ? rounded : scaled);
}

const char *result_figure_words(struct arena *a, const struct lang *lang, enum result_unit unit,
                                const struct result_figure *figure)
{
    return figure->known ? result_number(a, lang, unit, figure->scaled) : "–";
}

const char *result_period(struct arena *a, const struct lang *lang, const char *from, const char *to)
{
    return tr_f(a, lang, MSG("{0} to {1}"), date_for_people(a, lang, from),
                date_for_people(a, lang, to), NULL);
}

const char *result_total_words(struct arena *a, const struct lang *lang, enum result_unit unit,
                               const struct result_total *total)
{
    if (total->by_answer) {
        return tr_f(a, lang, MSG("{0} of {1} countries say yes"),
                    decimal_int_text(a, (int64_t)total->n_yes),
                    decimal_int_text(a, (int64_t)total->n_places), NULL);
    }
    return total->has_least ? tr_f(a, lang, MSG("at least {0}, at most {1}"),
                                   result_number(a, lang, unit, total->least),
                                   result_number(a, lang, unit, total->figure.scaled), NULL)
                            : result_figure_words(a, lang, unit, &total->figure);
}

const char *result_unknown_words(const struct lang *lang, const struct result_total *total)
{
    return total->figure.known  ? NULL
           : total->same_people ? tr(lang, MSG("Not known: the same people may be in several values, and their "
                                               "shares cannot be added up."))
           : total->apart       ? tr(lang, MSG("Values of this kind stay apart for each country: look at the "
                                               "values."))
           : total->no_fraction ? tr(lang, MSG("Not known: a percentage without its part and whole cannot "
                                               "be added up."))
           : total->too_large   ? tr(lang, MSG("Not known: the sum is too large."))
                                : tr(lang, MSG("There is no value yet."));
}

static const char *over_periods(const struct lang *lang, const struct result_rule *rule)
{
    bool shares = result_is_share(rule->unit);
    switch (result_rule_of(rule->unit, rule->over)) {
    case OVER_CUMULATIVE:
        return shares ? tr(lang, MSG("The parts of all periods are added up and divided by the sum "
                                     "of the wholes. Never an average."))
                      : tr(lang, MSG("The values of all periods are added up. Returned values are "
                                     "left out."));
    case OVER_PER_PERIOD:
        return tr(lang, MSG("Each period stands alone: this is the newest one. Periods are not added "
                            "up."));
    case OVER_LATEST:
        break;
    }
    return rule->over == OVER_CUMULATIVE
               ? tr(lang, MSG("Values of this unit cannot be added up: the newest one counts."))
               : tr(lang, MSG("The newest value counts. Older ones are not added up."));
}

static const char *over_places(const struct lang *lang, const struct result_rule *rule,
                               const struct result_total *total)
{
    return total->by_answer ? tr(lang, MSG("Of the countries with an answer, those that say yes are counted."))
           : total->apart   ? tr(lang, MSG("Countries are not added up."))
           : rule->unit == UNIT_COUNT || rule->unit == UNIT_DURATION
               ? tr(lang, MSG("Countries are added up."))
               : tr(lang, MSG("Countries are added up through part and whole."));
}

const char *result_rule_words(struct arena *a, const struct lang *lang, const struct result_rule *rule,
                              const struct result_total *total)
{
    const char *words = over_periods(lang, rule);
    if (total->n_places > 0) {
        words = arena_printf(a, "%s %s", words, over_places(lang, rule, total));
    }
    if (total->has_least || total->same_people) {
        words = arena_printf(a, "%s %s", words,
                             tr(lang, MSG("The same person may be in several values: the sum is the most it "
                                          "can be, the largest values are the least.")));
    }
    return words;
}

const char *result_most_words(const struct lang *lang, const struct result_total *total)
{
    return !total->has_least ? NULL
                             : tr(lang, MSG("The same person may be in several values: each of these numbers is the most "
                                            "it can be."));
}

const char *result_pair(struct arena *a, bool share, int64_t number_or_part, int64_t whole)
{
    const char *first = result_plain(a, number_or_part, DECIMAL_PLACES);
    return share ? arena_printf(a, "%s / %s", first, result_plain(a, whole, DECIMAL_PLACES)) : first;
}

const char *result_state_words(const struct lang *lang, enum result_state state)
{
    static const char *const words[] = {MSG("Returned"), MSG("Entered, not yet checked"),
                                        MSG("Verified, not yet approved"), MSG("Approved"),
                                        MSG("Locked")};
    return tr(lang, words[state]);
}

const char *result_state_look(enum result_state state)
{
    static const char *const looks[] = {"warn", "progress", "progress", "done", "done"};
    return looks[state];
}

static const struct {
    const char *code;
    const char *words;
    const char *look;
} standings[STANDING_COUNT] = {
    [STANDING_NO_VALUE] = {"no-value", MSG("No value yet"), "none"},
    [STANDING_NO_TARGET] = {"no-target", MSG("No target"), "none"},
    [STANDING_NOT_JUDGED] = {"not-judged", MSG("Not judged"), "none"},
    [STANDING_REACHED] = {"reached", MSG("Reached"), "done"},
    [STANDING_ON_THE_WAY] = {"on-the-way", MSG("On the way"), "progress"},
    [STANDING_BEHIND] = {"behind", MSG("Behind"), "risk"},
};

const char *result_standing_words(const struct lang *lang, enum result_standing standing)
{
    return tr(lang, standings[standing].words);
}

const char *result_standing_look(enum result_standing standing)
{
    return standings[standing].look;
}

const char *result_standing_code(enum result_standing standing)
{
    return standings[standing].code;
}
