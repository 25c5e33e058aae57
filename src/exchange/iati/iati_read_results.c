// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_read_results.c: results of an activity, with their indicators, targets and values, as ours.
//
// A result is found by its code or its statement, an indicator by its code, a target by its day, a value
// by its period. A target that has another value now is replaced, never overwritten. docs/exchange.md.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/msg.h"
#include "exchange/iati/iati_parts.h"
#include "exchange/observation/parts.h"
#include "result/result.h"
#include "store/store.h"

#define INDICATOR_CODE_BYTES 40 // of entity_indicator, code

// ---- results --------------------------------------------------------------------------------------------------

static const struct xml_node *reference_of(const struct xml_node *n)
{
    const struct xml_node *r = xml_child(n, "reference");
    while (r != NULL && !xml_attribute_is(r, "vocabulary", "99")) {
        r = xml_again(r);
    }
    return r;
}

// What we wrote for indicators of no result.
static bool is_whole(const struct xml_node *result)
{
    const struct xml_node *first = xml_child(result, "indicator");
    return xml_attribute_is(result, "type", "9") && iati_own(result, "code") == NULL && first != NULL &&
           iati_own(first, "unit") != NULL;
}

// Ours, else the reference of vocabulary 99, else NULL.
static const char *code_of(const struct xml_node *result)
{
    const struct xml_node *reference = reference_of(result);
    const char *own = iati_own(result, "code");
    return own != NULL || reference == NULL ? own : xml_attribute_of(reference, "code");
}

static enum err find_result(struct iati_in *in, const struct xml_node *n, struct record **out,
                            struct err_info *e)
{
    const char *code = code_of(n);
    *out = NULL;
    enum err err = ERR_NONE;
    if (code != NULL) {
        err = partner_find(in->p, &entity_result, out, e, "programme_id", in->programme->id, "code",
                           code, NULL);
    }
    if (err == ERR_NONE && *out == NULL && code == NULL) {
        err = partner_find(in->p, &entity_result, out, e, "programme_id", in->programme->id,
                           "statement", iati_words(n, "title"), NULL);
    }
    return err;
}

// A result that has no code gets one: R1, R2 in the order of the file. place: from 1.
static enum err save_result(struct iati_in *in, const struct xml_node *n, int place, const char **id,
                            const char **code, struct err_info *e)
{
    struct record *before;
    const char *level = iati_ours(IATI_LEVEL, xml_attribute_text(n, "type"));
    enum err err = find_result(in, n, &before, e);
    if (err != ERR_NONE) {
        return err;
    }
    *code = before == NULL ? code_of(n) : record_text(before, "code");
    *code = *code == NULL ? arena_printf(in->p->arena, "R%d", place) : *code;
    struct partner_record r = {.kind = &entity_result, .line = n->line, .shown = *code};
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "programme_id", in->programme->id);
    partner_put(&r, "level", level);
    partner_put(&r, "code", *code);
    partner_put(&r, "statement", iati_words(n, "title"));
    return partner_save(in->p, &r, id, e);
}

// What a result serves may come later in the file, so it is set when all are there.
static enum err save_serves(struct iati_in *in, const struct xml_node *n, struct err_info *e)
{
    struct record *result;
    struct record *parent;
    const char *serves = iati_own(n, "serves");
    const char *id;
    if (serves == NULL) {
        return ERR_NONE;
    }
    enum err err = find_result(in, n, &result, e);
    if (err == ERR_NONE) {
        err = partner_find(in->p, &entity_result, &parent, e, "programme_id", in->programme->id,
                           "code", serves, NULL);
    }
    if (err != ERR_NONE || result == NULL) {
        return err;
    }
    if (parent == NULL) {
        partner_left_out(in->p, n->line, MSG("The result {0}, which this one serves, is not there."),
                         serves, NULL);
        return ERR_NONE;
    }
    struct partner_record r = {
        .kind = &entity_result, .line = n->line, .shown = record_text(result, "code")};
    partner_put(&r, "id", result->id);
    partner_put(&r, "parent_id", parent->id);
    return partner_save(in->p, &r, &id, e);
}

// ---- indicators -------------------------------------------------------------------------------------------------

static bool is_true(const char *text)
{
    return text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static const char *direction_of(const struct xml_node *n)
{
    const char *ascending = xml_attribute_of(n, "ascending");
    if (ascending == NULL) { // the standard says: then more is better
        return iati_own(n, "unit") != NULL ? "neither" : "more";
    }
    return is_true(ascending) ? "more" : "less";
}

static const char *unit_of(const struct xml_node *n)
{
    const char *own = iati_own(n, "unit");
    return own != NULL ? own : iati_ours(IATI_UNIT, xml_attribute_text(n, "measure"));
}

static const char *over_of(const struct xml_node *n)
{
    const char *own = iati_own(n, "over");
    return own != NULL                                           ? own
           : is_true(xml_attribute_of(n, "aggregation-status")) ? "cumulative"
                                                                 : "latest";
}

// May this code be taken: is it free, or that of an indicator of this programme which the file has not
// named before? *before is that one, or NULL.
static enum err try_code(struct iati_in *in, const char *code, bool *fits, struct record **before,
                         struct err_info *e)
{
    enum err err = partner_find(in->p, &entity_indicator, before, e, "code", code, NULL);
    *fits = err == ERR_NONE && strlen(code) <= INDICATOR_CODE_BYTES &&
            (*before == NULL ||
             (strcmp(record_text(*before, "programme_id"), in->programme->id) == 0 &&
              map_get(&in->used, (*before)->id) == NULL));
    return err;
}

// Its own code; when another programme has that, or the file gave it twice, with the number of the
// programme before it; else a code made of the result and the place in it.
static enum err choose_code(struct iati_in *in, const struct xml_node *n, int place, const char *result,
                            const char **code, struct record **before, struct err_info *e)
{
    struct arena *a = in->p->arena;
    const struct xml_node *reference = reference_of(n);
    const char *own = reference == NULL ? NULL : xml_attribute_of(reference, "code");
    bool has_own = own != NULL && own[0] != '\0';
    const char *made = arena_printf(a, "%s-%d", result, place);
    const char *const tries[] = {has_own ? own : made,
                                 arena_printf(a, "%s/%s", in->number, has_own ? own : made),
                                 arena_printf(a, "%s/%s", in->number, made),
                                 arena_printf(a, "%s/%d", in->number, n->line)};
    bool fits = false;
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && !fits && i < COUNT_OF(tries); i++) {
        *code = tries[i];
        err = try_code(in, *code, &fits, before, e);
    }
    *before = fits ? *before : NULL;
    return err;
}

// A baseline that only knows its year is of its last day.
static void put_baseline(struct iati_in *in, struct partner_record *r, const struct xml_node *n,
                         const struct record *before)
{
    const struct xml_node *b = xml_child(n, "baseline");
    const char *value = b == NULL ? NULL : xml_attribute_of(b, "value");
    const char *year = b == NULL ? NULL : xml_attribute_of(b, "year");
    const char *on = iati_day(in->p->arena, b, "iso-date");
    int64_t now;
    int64_t then;
    if (value == NULL) {
        return;
    }
    bool same = before != NULL && decimal_parse(value, &now) &&
                decimal_parse(record_text(before, "baseline"), &then) && now == then;
    partner_put(r, "baseline", same ? NULL : value);
    partner_put(r, "baseline_on",
                on == NULL && year != NULL ? arena_printf(in->p->arena, "%s-12-31", year) : on);
}

static enum err save_indicator(struct iati_in *in, const struct xml_node *n, int place, const char *result_id,
                               const char *result, struct record **out, struct err_info *e)
{
    struct record *before;
    const char *code;
    const char *state = iati_own(n, "state");
    const char *id;
    *out = NULL;
    enum err err = choose_code(in, n, place, result, &code, &before, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct partner_record r = {.kind = &entity_indicator, .line = n->line, .shown = code};
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "programme_id", in->programme->id);
    partner_put(&r, "result_id", result_id);
    partner_put(&r, "code", code);
    partner_put(&r, "title", iati_words(n, "title"));
    partner_put(&r, "definition", iati_words(n, "description"));
    partner_put(&r, "unit", unit_of(n));
    partner_put(&r, "direction", direction_of(n));
    partner_put(&r, "accumulation", over_of(n));
    partner_put(&r, "disaggregation", iati_own(n, "split"));
    partner_put(&r, "repeats", iati_own(n, "again"));
    partner_put(&r, "per_country", is_true(iati_own(n, "each-country")) ? "true" : NULL);
    partner_put(&r, "frequency", iati_own(n, "how-often"));
    partner_put(&r, "state", state != NULL ? state : before == NULL ? "active" : NULL);
    put_baseline(in, &r, n, before);
    err = partner_save(in->p, &r, &id, e);
    if (err != ERR_NONE || id == NULL) {
        return err;
    }
    err = store_get(in->p->db, in->p->arena, &entity_indicator, id, out, e);
    if (err == ERR_NONE) {
        *map_at(&in->used, (*out)->id) = *out;
    }
    return err;
}

// ---- targets ------------------------------------------------------------------------------------------------------

// The target of a day that is in force, or NULL.
static enum err target_of(struct iati_in *in, const struct record *indicator, const char *due,
                          struct record **out, struct err_info *e)
{
    const struct store_filter filters[] = {{"indicator_id", STORE_EQUAL, indicator->id},
                                           {"due_on", STORE_EQUAL, due}};
    const struct store_query q = {.filters = filters, .n_filters = 2};
    struct record **found;
    size_t n;
    *out = NULL;
    enum err err =
        store_list(in->p->db, in->p->arena, &entity_target, &q, &found, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        *out = record_int(found[i], "replaced") == 0 ? found[i] : *out;
    }
    return err;
}

static enum err save_target(struct iati_in *in, const struct record *indicator,
                            const struct xml_node *n, const char *due, struct err_info *e)
{
    struct record *before;
    const char *value = xml_attribute_of(n, "value");
    const char *id;
    int64_t now;
    int64_t then;
    if (value == NULL || xml_child(n, "dimension") != NULL || xml_child(n, "location") != NULL) {
        partner_left_out(in->p, n->line, MSG("{0}: targets of parts have no place here."),
                         record_code(indicator), NULL);
        return ERR_NONE;
    }
    enum err err = target_of(in, indicator, due, &before, e);
    bool same = err == ERR_NONE && before != NULL && decimal_parse(value, &now) &&
                decimal_parse(record_text(before, "value"), &then) && now == then;
    if (err != ERR_NONE || same) {
        in->p->im.same += same;
        return err;
    }
    struct partner_record r = {
        .kind = &entity_target,
        .line = n->line,
        .shown = arena_printf(in->p->arena, "%s %s", record_code(indicator), due)};
    partner_put(&r, "indicator_id", indicator->id);
    partner_put(&r, "due_on", due);
    partner_put(&r, "value", value);
    partner_put(&r, "reason",
                before == NULL ? NULL : tr(in->p->lang, MSG("As an IATI file says.")));
    err = partner_save(in->p, &r, &id, e);
    if (err == ERR_NONE && id != NULL && before != NULL) {
        record_set_int(before, "replaced", 1);
        err = store_save(in->p->im.tx, in->p->arena, before, e);
    }
    return err;
}

// ---- values -------------------------------------------------------------------------------------------------------

// The country that a value is about stands as a dimension too; NULL: the whole programme.
static const char *country_of(const struct xml_node *actual)
{
    for (const struct xml_node *d = xml_child(actual, "dimension"); d != NULL; d = xml_again(d)) {
        if (xml_attribute_is(d, "name", "country")) {
            return xml_attribute_of(d, "value");
        }
    }
    return NULL;
}

// The split of an <actual> of parts; false when it has other dimensions than ours.
static bool split_of(struct iati_in *in, const struct xml_node *n, struct split *out)
{
    const char *text = "";
    struct err_info unknown;
    for (const struct xml_node *d = xml_child(n, "dimension"); d != NULL; d = xml_again(d)) {
        if (!xml_attribute_is(d, "name", "country")) {
            text = arena_printf(in->p->arena, "%s%s%s=%s", text, text[0] == '\0' ? "" : " ",
                                xml_attribute_text(d, "name"),
                                xml_attribute_text(d, "value"));
        }
    }
    return split_read(in->p->arena, text, out, &unknown) == ERR_NONE;
}

static enum err save_part(struct iati_in *in, const char *observation_id, const struct xml_node *n,
                          struct err_info *e)
{
    struct split split;
    const char *value = xml_attribute_of(n, "value");
    if (observation_id == NULL || value == NULL || !split_of(in, n, &split)) {
        partner_left_out(in->p, n->line,
                         observation_id == NULL
                             ? MSG("A part stands where there is no whole.")
                             : MSG("It is split by something that is no characteristic here."),
                         NULL);
        return ERR_NONE;
    }
    return part_save(in->p, observation_id, n->line, &split, value, e);
}

static bool is_part(const struct xml_node *actual)
{
    const struct xml_node *first = xml_child(actual, "dimension");
    bool only_country = first != NULL && xml_attribute_is(first, "name", "country") && xml_again(first) == NULL;
    return (first != NULL && !only_country) || xml_child(actual, "location") != NULL;
}

static enum err read_actuals(struct iati_in *in, const struct record *indicator,
                             const struct xml_node *period, struct partner_value *v,
                             struct err_info *e)
{
    const char *id = NULL;
    bool whole = false;
    enum err err = ERR_NONE;
    for (const struct xml_node *n = xml_child(period, "actual"); err == ERR_NONE && n != NULL;
         n = xml_again(n)) {
        if (is_part(n)) {
            continue;
        }
        if (whole) {
            partner_left_out(in->p, n->line, MSG("{0}: a second value of the same period."),
                             record_code(indicator), NULL);
            continue;
        }
        whole = true;
        v->line = n->line;
        v->value = xml_attribute_of(n, "value");
        v->note = iati_words(n, "comment");
        v->country = country_of(n);
        void **other = map_at(&in->values, arena_printf(in->p->arena, "%s %s %s %s", indicator->id, v->from, v->to,
                                                        v->country == NULL ? "" : v->country));
        if (*other != NULL) {
            partner_refuse(in->p, n->line, MSG("{0}: a second value of the same period; line {1} has one."),
                           record_code(indicator),
                           decimal_int_text(in->p->arena, ((const struct xml_node *)*other)->line), NULL);
            return ERR_NONE;
        }
        *other = (void *)n;
        if (v->value != NULL || v->note != NULL) {
            err = partner_save_value(in->p, indicator, v, &id, e);
        }
    }
    for (const struct xml_node *n = xml_child(period, "actual"); err == ERR_NONE && n != NULL;
         n = xml_again(n)) {
        if (is_part(n)) {
            err = save_part(in, id, n, e);
        }
    }
    return err;
}

static enum err read_period(struct iati_in *in, const struct record *indicator,
                            const struct xml_node *n, struct err_info *e)
{
    struct partner_value v = {
        .line = n->line,
        .from = iati_day(in->p->arena, xml_child(n, "period-start"), "iso-date"),
        .to = iati_day(in->p->arena, xml_child(n, "period-end"), "iso-date"),
        .part = iati_own(n, "part"),
        .whole = iati_own(n, "whole"),
    };
    enum err err = ERR_NONE;
    if (v.from == NULL || v.to == NULL) {
        partner_refuse(in->p, n->line, MSG("The period has no first or no last day."), NULL);
        return ERR_NONE;
    }
    for (const struct xml_node *t = xml_child(n, "target"); err == ERR_NONE && t != NULL;
         t = xml_again(t)) {
        err = save_target(in, indicator, t, v.to, e);
    }
    return err != ERR_NONE || is_true(iati_own(n, "worked-out"))
               ? err
               : read_actuals(in, indicator, n, &v, e);
}

// ---- all ------------------------------------------------------------------------------------------------------------

static enum err read_result(struct iati_in *in, const struct xml_node *n, int place, struct err_info *e)
{
    struct record *indicator;
    const char *id = NULL;
    const char *code = in->number;
    enum err err = is_whole(n) ? ERR_NONE : save_result(in, n, place, &id, &code, e);
    if (err == ERR_NONE && id == NULL && !is_whole(n)) {
        return ERR_NONE; // refused, and so all below it
    }
    int k = 0;
    for (const struct xml_node *i = xml_child(n, "indicator"); err == ERR_NONE && i != NULL;
         i = xml_again(i)) {
        err = save_indicator(in, i, ++k, id, code, &indicator, e);
        for (const struct xml_node *p = xml_child(i, "period");
             err == ERR_NONE && indicator != NULL && p != NULL; p = xml_again(p)) {
            err = read_period(in, indicator, p, e);
        }
    }
    return err;
}

enum err iati_read_results(struct iati_in *in, struct err_info *e)
{
    enum err err = ERR_NONE;
    int place = 0;
    for (const struct xml_node *n = xml_child(in->activity, "result"); err == ERR_NONE && n != NULL;
         n = xml_again(n)) {
        err = read_result(in, n, ++place, e);
    }
    for (const struct xml_node *n = xml_child(in->activity, "result"); err == ERR_NONE && n != NULL;
         n = xml_again(n)) {
        err = save_serves(in, n, e);
    }
    return err;
}
