// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_guard_store.c: what no way of saving a value may break. See observation_guard in result.h.

#include <string.h>

#include "base/bug.h"
#include "result/result.h"
#include "result/result_places.h"
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

#define PLACE_BYTES 32 // two days and a country

// What a value is saved into. Kept with the indicator while a transaction saves values of it (store_known).
struct frame {
    const char *unit;
    const char *countries;   // of the programme, or NULL
    char free[PLACE_BYTES];  // period and country that were asked for last, when no value is there; else ""
    int64_t asked;           // so often whether a place is free
    int64_t note_after;      // so many questions all places are noted, when they are not too many
    struct result_places *places; // NULL: they were not
    bool noted;              // all that have a value
};

#define NOTE_AFTER 64        // questions: an import, not a person at a form
#define PLACES_A_QUESTION 16 // as many are noted while one is asked for

static enum err frame_of(struct arena *a, struct db_read *db, const char *indicator_id, struct frame **out,
                         struct err_info *e)
{
    struct store_known *known = store_known(db, &entity_indicator, indicator_id);
    const struct result_frame_of_in in = {.indicator_id = indicator_id};
    struct result_frame_of_row row;
    bool found;
    if (known != NULL && known->note != NULL) {
        *out = known->note;
        return ERR_NONE;
    }
    struct arena *kept = known == NULL ? a : known->arena;
    enum err err = result_frame_of_one(kept, db, &in, &row, &found, e);
    *out = err == ERR_NONE && found ? ARENA_MAKE(kept, struct frame) : NULL;
    if (*out != NULL) {
        **out = (struct frame){.unit = row.unit, .countries = row.countries, .note_after = NOTE_AFTER};
    }
    if (known != NULL) {
        known->note = *out;
    }
    return err;
}

// Period and country as one text; "" when they are longer than those of a value can be.
static void place_of(const struct record *o, char out[PLACE_BYTES])
{
    static const char *const fields[] = {"period_from", "period_to", "country"};
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        const char *text = record_text(o, fields[i]);
        size_t len = strlen(text);
        if (len + 1 >= PLACE_BYTES - n) {
            n = 0;
            break;
        }
        memcpy(out + n, text, len);
        out[n + len] = ' ';
        n += len + 1;
    }
    out[n] = '\0';
}

// The id of another value of the same indicator, period and country, or NULL.
static enum err find_same(struct arena *a, struct db_read *db, const struct record *o, const char **id,
                          struct err_info *e)
{
    const struct result_same_value_in in = {
        .id = o->id == NULL ? "" : o->id,
        .indicator_id = record_text(o, "indicator_id"),
        .period_from = record_text(o, "period_from"),
        .period_to = record_text(o, "period_to"),
        .country = record_text(o, "country"),
    };
    struct result_same_value_row row;
    bool found;
    enum err err = result_same_value_one(a, db, &in, &row, &found, e);
    *id = err == ERR_NONE && found ? row.id : NULL;
    return err;
}

// Notes the places of the indicator, if there are few beside the questions that were asked. Else it is tried again after
// four times as many, so that trying never costs much more than asking.
static enum err note_places(struct db_read *db, const char *indicator_id, struct frame *frame, struct arena *kept,
                            struct err_info *e)
{
    int64_t most = frame->note_after * PLACES_A_QUESTION, n = 0;
    const struct result_taken_places_in in = {.indicator_id = indicator_id, .most = most + 1};
    struct result_taken_places_row row;
    struct db_query *q;
    bool more;
    if (frame->places == NULL) {
        frame->places = result_places_new(kept);
    }
    enum err err = result_taken_places(db, &in, &q, e);
    while (err == ERR_NONE && (err = result_taken_places_next(q, &row, &more, e)) == ERR_NONE && more) {
        result_places_note(frame->places,
                           result_place(row.period_from, row.period_to, row.country == NULL ? "" : row.country));
        n++;
    }
    frame->noted = err == ERR_NONE && n <= most;
    frame->note_after *= 4;
    return err;
}

static uint64_t place_in_short(const struct record *o)
{
    return result_place(record_text(o, "period_from"), record_text(o, "period_to"), record_text(o, "country"));
}

// Is it sure, without asking, that no value is there?
static bool is_surely_free(const struct frame *frame, uint64_t place)
{
    return frame->noted && !result_places_seem_noted(frame->places, place);
}

enum err observation_at(struct arena *a, struct db_read *db, const struct record *o, const char **id,
                        struct err_info *e)
{
    const char *indicator_id = record_text(o, "indicator_id");
    struct store_known *known = store_known(db, &entity_indicator, indicator_id);
    struct frame *frame = known == NULL ? NULL : known->note;
    enum err err = ERR_NONE;
    *id = NULL;
    if (frame != NULL && !frame->noted && ++frame->asked == frame->note_after) {
        err = note_places(db, indicator_id, frame, known->arena, e);
    }
    if (err != ERR_NONE || (frame != NULL && frame->noted && is_surely_free(frame, place_in_short(o)))) {
        return err;
    }
    err = find_same(a, db, o, id, e);
    if (err == ERR_NONE && *id == NULL && frame != NULL) {
        place_of(o, frame->free);
    }
    return err;
}

// Was it found free just before? The answer serves once: who asked saves a value there next.
static bool take_free(struct frame *frame, const struct record *o)
{
    char place[PLACE_BYTES];
    place_of(o, place);
    bool is_free = place[0] != '\0' && strcmp(place, frame->free) == 0;
    frame->free[0] = '\0';
    return is_free;
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
    struct frame *frame;
    const char *same = NULL;
    enum err err = frame_of(a, db, record_text(after, "indicator_id"), &frame, e);
    if (err == ERR_NONE && frame != NULL) {
        err = observation_fits(after, frame->unit, e);
        if (err == ERR_NONE && before != NULL && !is_same(before, after, "indicator_id")) {
            err = check_moved_parts(a, db, after, frame->unit, e);
        }
    }
    if (err != ERR_NONE || frame == NULL || stays) {
        return err;
    }
    err = check_country(a, frame->countries, after, e);
    uint64_t place_now = frame->noted ? place_in_short(after) : 0;
    if (err == ERR_NONE && !is_surely_free(frame, place_now) && !take_free(frame, after)) {
        err = find_same(a, db, after, &same, e);
    }
    if (err == ERR_NONE && frame->noted) {
        result_places_note(frame->places, place_now);
    }
    if (err == ERR_NONE && same != NULL) {
        err = err_set(e, ERR_INPUT, "period_to",
                      MSG("There is a value for this period and place already."),
                      MSG("Change that one, or choose another period."), NULL);
    }
    return err;
}

// The unit that parts of a value have, kept with the value while a transaction saves parts of it; NULL: no such value.
static enum err unit_of(struct arena *a, struct db_read *db, const char *observation_id, const char **out,
                        struct err_info *e)
{
    struct store_known *known = store_known(db, &entity_observation, observation_id);
    const struct result_unit_of_in in = {.observation_id = observation_id};
    struct result_unit_of_row row;
    bool found;
    if (known != NULL && known->note != NULL) {
        *out = known->note;
        return ERR_NONE;
    }
    enum err err = result_unit_of_one(known == NULL ? a : known->arena, db, &in, &row, &found, e);
    *out = err == ERR_NONE && found ? row.unit : NULL;
    if (known != NULL) {
        known->note = (void *)*out;
    }
    return err;
}

enum err observation_part_guard(struct arena *a, struct db_read *db, const struct record *before,
                                const struct record *after, struct err_info *e)
{
    static const char *const number[] = {"observation_id", "value", "numerator", "denominator"};
    const char *unit;
    if (after == NULL || keeps(before, after, number, COUNT_OF(number))) {
        return ERR_NONE;
    }
    enum err err = unit_of(a, db, record_text(after, "observation_id"), &unit, e);
    return err == ERR_NONE && unit != NULL ? observation_fits(after, unit, e) : err;
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
