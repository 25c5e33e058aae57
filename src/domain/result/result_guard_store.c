// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_guard_store.c: what no way of saving a value may break. See observation_guard in result.h.

#include <string.h>

#include "base/bug.h"
#include "result/result.h"
#include "result/result_sql.h"
#include "store/store.h"

static bool is_same(const struct record *x, const struct record *y, const char *field)
{
    return strcmp(record_text(x, field), record_text(y, field)) == 0;
}

// Does the change leave these fields as they were?
static bool keeps(const struct record *before, const struct record *after, const char *const *fields, size_t n)
{
    bool same = before != NULL;
    for (size_t i = 0; same && i < n; i++) {
        same = is_same(before, after, fields[i]);
    }
    return same;
}

static enum err check_country(struct arena *a, const char *countries, const struct record *o, struct err_info *e)
{
    const char *country = record_text(o, "country");
    bool any = countries == NULL || countries[0] == '\0'; // a global programme
    return any || country[0] == '\0' || strstr(countries, arena_printf(a, " %s ", country)) != NULL
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "country", MSG("{0} is no country of the programme."),
                         MSG("Choose one of its countries, or add it to the programme first."),
                         country, NULL);
}

// A value that goes to another indicator takes its parts along.
static enum err check_moved_parts(struct arena *a, struct db_read *db, const struct record *o, const char *unit,
                                  struct err_info *e)
{
    struct record **parts;
    struct err_info why;
    size_t n = 0;
    enum err err = store_list_by(db, a, &entity_observation_part, "observation_id", o->id, &parts, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (observation_fits(parts[i], unit, &why) != ERR_NONE) {
            err = err_set(e, ERR_INPUT, "indicator_id", MSG("The parts of the value do not fit the unit of this indicator."),
                          MSG("Enter the value there anew."), NULL);
        }
    }
    return err;
}

enum err observation_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e)
{
    static const char *const place[] = {"indicator_id", "period_from", "period_to", "country"};
    static const char *const number[] = {"indicator_id", "value", "numerator", "denominator", "answer"};
    bool stays = after == NULL || keeps(before, after, place, COUNT_OF(place));
    if (stays && (after == NULL || keeps(before, after, number, COUNT_OF(number)))) {
        return ERR_NONE;
    }
    const struct result_frame_of_in of = {
        .id = after->id == NULL ? "" : after->id,
        .indicator_id = record_text(after, "indicator_id"),
        .period_from = record_text(after, "period_from"),
        .period_to = record_text(after, "period_to"),
        .country = record_text(after, "country"),
    };
    struct result_frame_of_row *frame;
    size_t n;
    enum err err = result_frame_of_all(a, db, &of, &frame, &n, e);
    if (err == ERR_NONE && n > 0) {
        err = observation_fits(after, frame[0].unit, e);
        if (err == ERR_NONE && before != NULL && !is_same(before, after, "indicator_id")) {
            err = check_moved_parts(a, db, after, frame[0].unit, e);
        }
    }
    if (err != ERR_NONE || n == 0 || stays) {
        return err;
    }
    err = check_country(a, frame[0].countries, after, e);
    if (err == ERR_NONE && frame[0].same != NULL) {
        err = err_set(e, ERR_INPUT, "period_to",
                      MSG("There is a value for this period and place already."),
                      MSG("Change that one, or choose another period."), NULL);
    }
    return err;
}

enum err observation_part_guard(struct arena *a, struct db_read *db, const struct record *before,
                                const struct record *after, struct err_info *e)
{
    static const char *const number[] = {"observation_id", "value", "numerator", "denominator"};
    struct result_unit_of_row *of;
    size_t n;
    if (after == NULL || keeps(before, after, number, COUNT_OF(number))) {
        return ERR_NONE;
    }
    const struct result_unit_of_in in = {.observation_id = record_text(after, "observation_id")};
    enum err err = result_unit_of_all(a, db, &in, &of, &n, e);
    return err == ERR_NONE && n > 0 ? observation_fits(after, of[0].unit, e) : err;
}

enum err target_guard(struct arena *a, struct db_read *db, const struct record *before,
                      const struct record *after, struct err_info *e)
{
    struct record *indicator;
    if (after == NULL ||
        (before != NULL && is_same(before, after, "value") && is_same(before, after, "indicator_id"))) {
        return ERR_NONE;
    }
    enum err err = store_get(db, a, &entity_indicator, record_text(after, "indicator_id"), &indicator, e);
    if (err == ERR_NONE) {
        err = count_check(record_text(indicator, "unit"), "value", record_text(after, "value"), e);
    }
    if (err != ERR_NONE || strcmp(record_text(indicator, "unit"), "yes_no") != 0) {
        return err;
    }
    return result_is_truth(record_text(after, "value"))
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "value", MSG("The indicator is answered by yes or no."),
                         MSG("Write 1 for yes or 0 for no."), NULL);
}
