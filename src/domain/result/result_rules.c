// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_rules.c: what makes an indicator, a value and a part of a value right.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "pack/pack.h"
#include "result/result.h"
#include "result/result_split.h"

enum err count_check(const char *unit, const char *field, const char *text, struct err_info *e)
{
    int64_t value;
    if (strcmp(unit, "count") != 0 || !decimal_parse(text, &value)) {
        return ERR_NONE;
    }
    return value < 0 ? err_set(e, ERR_INPUT, field, MSG("A count cannot be negative."), MSG("Check the sign."), NULL)
           : value % DECIMAL_ONE != 0
               ? err_set(e, ERR_INPUT, field, MSG("A count is a whole number."),
                         MSG("Write how many were counted. What is measured in fractions has another unit."), NULL)
               : ERR_NONE;
}

enum err indicator_check(const struct record *r, struct err_info *e)
{
    const char *row = record_text(r, "row");
    const struct pack_tool *tool;
    if (r->version == NULL && row[0] != '\0' && pack_row_anywhere(row, &tool) == NULL) {
        return err_set(e, ERR_INPUT, "row", MSG("No tool has the row {0}."),
                       MSG("Look in the library for the rows of the tool."), row, NULL);
    }
    const char *unit = record_text(r, "unit");
    bool is_share = strcmp(unit, "percentage") == 0 || strcmp(unit, "proportion") == 0 ||
                    strcmp(unit, "ratio") == 0;
    if (record_is_set(r, "disaggregation") && strcmp(unit, "count") != 0 && !is_share) {
        return err_set(e, ERR_INPUT, "disaggregation",
                       MSG("Only counts and shares are split: their parts can be added up."),
                       MSG("Choose the unit “Count” or “Percentage”, or clear the split."), NULL);
    }
    if (record_is_set(r, "baseline") && strcmp(unit, "text") == 0) {
        return err_set(e, ERR_INPUT, "baseline", MSG("A description has no number as baseline."),
                       MSG("Write the baseline into its note."), NULL);
    }
    if (record_is_set(r, "baseline") && strcmp(unit, "yes_no") == 0 && !result_is_truth(record_text(r, "baseline"))) {
        return err_set(e, ERR_INPUT, "baseline", MSG("The indicator is answered by yes or no."),
                       MSG("Write 1 for yes or 0 for no."), NULL);
    }
    return count_check(unit, "baseline", record_text(r, "baseline"), e);
}

bool result_is_truth(const char *text)
{
    int64_t value, yes;
    ensure(decimal_parse("1", &yes));
    return decimal_parse(text, &value) && value >= 0 && value <= yes;
}

static enum err check_part_and_whole(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "numerator") != record_is_set(r, "denominator")) {
        return err_set(e, ERR_INPUT, record_is_set(r, "numerator") ? "denominator" : "numerator",
                       MSG("A percentage needs its part and its whole."),
                       MSG("Enter both numbers; the percentage is computed."), NULL);
    }
    int64_t part;
    int64_t whole;
    if (!decimal_parse(record_text(r, "numerator"), &part) ||
        !decimal_parse(record_text(r, "denominator"), &whole)) {
        return ERR_NONE;
    }
    if (whole <= 0) {
        return err_set(e, ERR_INPUT, "denominator", MSG("The whole must be more than zero."),
                       MSG("If there was nothing to measure, enter no value for this period."),
                       NULL);
    }
    if (part < 0) {
        return err_set(e, ERR_INPUT, "numerator", MSG("The part cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    return ERR_NONE;
}

enum err observation_check(const struct record *r, struct err_info *e)
{
    if (strcmp(record_text(r, "period_to"), record_text(r, "period_from")) < 0) {
        return err_set(e, ERR_INPUT, "period_to", MSG("The period ends before it begins."),
                       MSG("Check both dates."), NULL);
    }
    if (!record_is_set(r, "value") && !record_is_set(r, "numerator") &&
        !record_is_set(r, "denominator") && !record_is_set(r, "answer") &&
        !record_is_set(r, "note")) {
        return err_set(e, ERR_INPUT, "value", MSG("There is no value."),
                       MSG("Enter the number, the answer, or for descriptions the note."), NULL);
    }
    if (strcmp(record_text(r, "state"), "returned") == 0 && !record_is_set(r, "return_reason")) {
        return err_set(e, ERR_INPUT, "return_reason", MSG("A returned value needs a reason."),
                       MSG("Say what must be mended."), NULL);
    }
    return check_part_and_whole(r, e);
}

enum err observation_fits(const struct record *r, const char *unit, struct err_info *e)
{
    bool is_share = strcmp(unit, "percentage") == 0 || strcmp(unit, "proportion") == 0 || strcmp(unit, "ratio") == 0;
    bool is_answer = strcmp(unit, "yes_no") == 0, is_text = strcmp(unit, "text") == 0;
    const char *share = record_is_set(r, "numerator") ? "numerator" : record_is_set(r, "denominator") ? "denominator" : NULL;
    const char *numbers = record_is_set(r, "value") ? "value" : share;
    const char *odd = is_answer || is_text ? numbers : is_share ? NULL : share;
    bool answered = r->entity == &entity_observation && record_is_set(r, "answer"); // a part has no answer
    if (!is_answer && odd == NULL && answered) {
        odd = "answer";
    }
    if (odd != NULL) {
        return err_set(e, ERR_INPUT, odd, MSG("This is not how the indicator is measured."),
                       is_answer  ? MSG("Answer yes, in part or no.")
                       : is_text  ? MSG("Describe it in the note.")
                       : is_share ? MSG("Enter part and whole.")
                                  : MSG("Enter a number as value."),
                       NULL);
    }
    return count_check(unit, "value", record_text(r, "value"), e);
}

// Is the split right, and written the one way it is kept?
static enum err check_split(const struct record *r, struct err_info *e)
{
    struct arena *scratch = arena_new(LIMIT_TEXT_BYTES);
    struct split split;
    const char *given = record_text(r, "split");
    enum err err = split_read(scratch, given, &split, e);
    if (err == ERR_NONE && strcmp(split_text(scratch, &split), given) != 0) {
        err = err_set(e, ERR_INPUT, "split", MSG("The characteristics are not in the order of their names."),
                      MSG("Write “{0}”."), split_text(scratch, &split), NULL);
    }
    arena_free(scratch);
    return err;
}

enum err observation_part_check(const struct record *r, struct err_info *e)
{
    int64_t value;
    if (decimal_parse(record_text(r, "value"), &value) && value < 0) {
        return err_set(e, ERR_INPUT, "value", MSG("A number of people cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    if (!record_is_set(r, "value") && !record_is_set(r, "numerator")) {
        return err_set(e, ERR_INPUT, "value", MSG("There is no number."),
                       MSG("Enter the number, or part and whole."), NULL);
    }
    enum err err = check_part_and_whole(r, e);
    return err == ERR_NONE ? check_split(r, e) : err;
}
