// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_save.c: data values put together by indicator and period, and saved. See dhis2.h.
//
// A value without an option combination is the whole; one with a combination that is mapped is a part. When
// only parts came, the whole is their sum. An organisation unit is the programme or, where an indicator has a
// value for each country, one of its countries. A second whole of the same indicator, period and place is
// refused.

#include <string.h>

#include "base/decimal.h"
#include "base/msg.h"
#include "exchange/dhis2/dhis2.h"
#include "exchange/partner/partner.h"
#include "exchange/partner/period.h"
#include "result/result.h"
#include "store/store.h"

#define N_BUCKETS 4096

enum meaning { MEANS_VALUE, MEANS_PART, MEANS_WHOLE };

struct group {
    struct group *next;
    int line;
    const char *split;
    const char *value;
};

struct figure {
    struct figure *next;  // in its bucket
    struct figure *after; // in the order of the file
    const struct record *indicator;
    struct period_days days;
    struct partner_value value;
    struct group *groups;
};

// A data element and organisation unit that came before: thousands of values have the same.
struct known {
    struct known *next;
    const char *element;
    const char *unit;
    struct record *indicator; // NULL: there is none
    enum meaning meaning;
    bool its;            // the unit is that of its programme
    const char *country; // or of one of its countries
};

struct saver {
    struct partner_import *p;
    const struct dhis2_mapping *m;
    struct known *known;
    struct figure *buckets[N_BUCKETS];
    struct figure *first;
    struct figure **end;
};

static unsigned bucket_of(const char *id, const char *from)
{
    unsigned hash = 5381;
    for (; *id != '\0'; id++) {
        hash = hash * 33 + (unsigned char)*id;
    }
    for (; *from != '\0'; from++) {
        hash = hash * 33 + (unsigned char)*from;
    }
    return hash % N_BUCKETS;
}

static struct figure *figure_of(struct saver *s, const struct record *indicator,
                                const struct period_days *days, const char *country, int line)
{
    struct figure **bucket = &s->buckets[bucket_of(indicator->id, days->from)];
    for (struct figure *f = *bucket; f != NULL; f = f->next) {
        if (strcmp(f->indicator->id, indicator->id) == 0 &&
            strcmp(f->days.from, days->from) == 0 && strcmp(f->days.to, days->to) == 0 &&
            strcmp(f->value.country == NULL ? "" : f->value.country, country == NULL ? "" : country) == 0) {
            return f;
        }
    }
    struct figure *f = ARENA_MAKE(s->p->arena, struct figure);
    *f = (struct figure){.next = *bucket, .indicator = indicator, .days = *days};
    f->value = (struct partner_value){.line = line, .country = country};
    *bucket = f;
    *s->end = f;
    s->end = &f->after;
    return f;
}

// ---- one value -----------------------------------------------------------------------------------------

// The indicator of a data element, and whether the number is its value, its part or its whole.
static enum err find_indicator(struct saver *s, const struct dhis2_value *v,
                               struct record **out, enum meaning *meaning, struct err_info *e)
{
    const char *code = dhis2_ours(s->m, "indicator", v->data_element);
    *meaning = MEANS_VALUE;
    if (code == NULL && (code = dhis2_ours(s->m, "part", v->data_element)) != NULL) {
        *meaning = MEANS_PART;
    }
    if (code == NULL && (code = dhis2_ours(s->m, "whole", v->data_element)) != NULL) {
        *meaning = MEANS_WHOLE;
    }
    return partner_find_indicator(s->p, code == NULL ? v->data_element : code, out, e);
}

// Is the organisation unit the programme of the indicator, its only country, or, where each country has a
// value, one of them? *country: that one, else NULL.
static enum err is_its_unit(struct saver *s, const struct record *indicator, const char *unit,
                            bool *yes, const char **country, struct err_info *e)
{
    struct record *programme;
    const char *ours = dhis2_ours(s->m, "org_unit", unit);
    ours = ours == NULL ? unit : ours;
    enum err err = store_get(s->p->db, s->p->arena, model_find("programme"),
                             record_text(indicator, "programme_id"), &programme, e);
    if (err == ERR_NONE) {
        const char *countries = record_text(programme, "countries"); // " KE "
        bool by_country = record_int(indicator, "per_country") != 0 && strlen(ours) == 2 &&
                          strstr(countries, arena_printf(s->p->arena, " %s ", ours)) != NULL;
        *country = by_country ? ours : NULL;
        *yes = by_country || strcmp(ours, record_text(programme, "number")) == 0 ||
               (strlen(countries) == 4 && strlen(ours) == 2 && strncmp(countries + 1, ours, 2) == 0);
    }
    return err;
}

static enum err look_up(struct saver *s, const struct dhis2_value *v, const struct known **out,
                        struct err_info *e)
{
    for (struct known *k = s->known; k != NULL; k = k->next) {
        if (strcmp(k->element, v->data_element) == 0 && strcmp(k->unit, v->org_unit) == 0) {
            *out = k;
            return ERR_NONE;
        }
    }
    struct known *k = ARENA_MAKE(s->p->arena, struct known);
    *k = (struct known){.next = s->known, .element = v->data_element, .unit = v->org_unit};
    enum err err = find_indicator(s, v, &k->indicator, &k->meaning, e);
    if (err == ERR_NONE && k->indicator != NULL) {
        err = is_its_unit(s, k->indicator, v->org_unit, &k->its, &k->country, e);
    }
    s->known = k;
    *out = k;
    return err;
}

// The group a value counts; false: said why it is left out. Nothing split: the whole.
static bool groups_of(struct saver *s, const struct dhis2_value *v, struct split *split)
{
    *split = v->split;
    if (v->unknown[0] != '\0') {
        partner_left_out(s->p, v->line, MSG("{0}: the category “{1}” is not known here."),
                         v->data_element, v->unknown, NULL);
        return false;
    }
    if (v->slice[0] != '\0' && strcmp(v->slice, DHIS2_DEFAULT) != 0 &&
        dhis2_ours(s->m, "slice", v->slice) == NULL) {
        partner_left_out(s->p, v->line, MSG("{0}: a slice of the value (“{1}”), not the whole."),
                         v->data_element, v->slice, NULL);
        return false;
    }
    const char *words = dhis2_ours(s->m, "option_combo", v->option_combo);
    if (v->option_combo[0] == '\0' || (words == NULL && strcmp(v->option_combo, DHIS2_DEFAULT) == 0)) {
        return true;
    }
    if (words == NULL || !dhis2_group_split(s->p->arena, words, split)) {
        partner_left_out(s->p, v->line, MSG("{0}: the group “{1}” is not in the mapping."),
                         v->data_element, v->option_combo, NULL);
        return false;
    }
    return true;
}

static const char *number_of(const char *value)
{
    return strcmp(value, "true") == 0 ? "1" : strcmp(value, "false") == 0 ? "0" : value;
}

static void put_whole(struct saver *s, struct figure *f, const struct dhis2_value *v,
                      enum meaning meaning)
{
    bool words = strcmp(record_text(f->indicator, "unit"), "text") == 0;
    const char **place = words                      ? &f->value.note
                         : meaning == MEANS_PART  ? &f->value.part
                         : meaning == MEANS_WHOLE ? &f->value.whole
                                                  : &f->value.value;
    if (*place != NULL) {
        partner_refuse(s->p, v->line, MSG("{0}: a second value of the same period; line {1} has one."),
                       v->data_element, decimal_int_text(s->p->arena, f->value.line), NULL);
        return;
    }
    *place = !words                    ? number_of(v->value)
             : v->comment[0] == '\0' ? v->value
                                       : v->comment;
}

static void put_group(struct saver *s, struct figure *f, const struct dhis2_value *v,
                      const struct split *split)
{
    const char *text = split_text(s->p->arena, split);
    for (const struct group *other = f->groups; other != NULL; other = other->next) {
        if (strcmp(other->split, text) == 0) {
            partner_refuse(s->p, v->line,
                           MSG("{0}: a second value of the same group; line {1} has one."),
                           v->data_element, decimal_int_text(s->p->arena, other->line), NULL);
            return;
        }
    }
    struct group *g = ARENA_MAKE(s->p->arena, struct group);
    *g = (struct group){.next = f->groups, .line = v->line, .split = text, .value = v->value};
    f->groups = g;
}

static enum err take_value(struct saver *s, const struct dhis2_value *v, struct err_info *e)
{
    const struct known *k;
    struct period_days days;
    struct split split;
    if (v->deleted || (v->value[0] == '\0' && v->comment[0] == '\0')) {
        if (v->deleted) {
            partner_left_out(s->p, v->line, MSG("{0} is deleted there. Here it stays."),
                             v->data_element, NULL);
        }
        return ERR_NONE;
    }
    enum err err = look_up(s, v, &k, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (k->indicator == NULL) {
        partner_refuse(s->p, v->line, MSG("The data element “{0}” is no indicator here and not in "
                                          "the mapping."),
                       v->data_element, NULL);
    } else if (!k->its) {
        partner_refuse(s->p, v->line,
                       MSG("{0}: the organisation unit “{1}” is not mapped to its programme or its "
                           "only country."),
                       v->data_element, v->org_unit, NULL);
    } else if (!period_read(v->period, &days)) {
        partner_refuse(s->p, v->line, MSG("{0}: “{1}” is no period that is read here."),
                       v->data_element, v->period, NULL);
    } else if (groups_of(s, v, &split)) {
        struct figure *f = figure_of(s, k->indicator, &days, k->country, v->line);
        if (split.n == 0) {
            put_whole(s, f, v, k->meaning);
        } else {
            put_group(s, f, v, &split);
        }
    }
    return ERR_NONE;
}

// ---- saving ------------------------------------------------------------------------------------------------

static const char *sum_of(struct arena *a, const struct figure *f)
{
    int64_t sum = 0;
    for (const struct group *g = f->groups; g != NULL; g = g->next) {
        int64_t n;
        if (!decimal_parse(g->value, &n) || __builtin_add_overflow(sum, n, &sum)) {
            return NULL;
        }
    }
    return decimal_short(a, sum);
}

static enum err save_figure(struct saver *s, struct figure *f, struct err_info *e)
{
    const char *id;
    f->value.from = f->days.from;
    f->value.to = f->days.to;
    bool none = f->value.value == NULL && f->value.part == NULL && f->value.whole == NULL &&
                f->value.note == NULL;
    f->value.value = none && f->groups != NULL ? sum_of(s->p->arena, f) : f->value.value;
    if ((f->value.part == NULL) != (f->value.whole == NULL)) {
        partner_refuse(s->p, f->value.line, MSG("{0}: a part needs its whole."),
                       record_code(f->indicator), NULL);
        return ERR_NONE;
    }
    enum err err = partner_save_value(s->p, f->indicator, &f->value, &id, e);
    for (const struct group *g = f->groups; err == ERR_NONE && id != NULL && g != NULL;
         g = g->next) {
        struct split split;
        err = split_read(s->p->arena, g->split, &split, e);
        if (err == ERR_NONE) {
            err = part_save(s->p, id, g->line, &split, g->value, e);
        }
    }
    return err;
}

enum err dhis2_save(struct partner_import *p, const struct dhis2_set *set,
                    const struct dhis2_mapping *m, struct err_info *e)
{
    struct arena *scratch = p->arena;
    struct saver *s = ARENA_MAKE(p->kept, struct saver);
    *s = (struct saver){.p = p, .m = m};
    s->end = &s->first;
    p->where = set->table ? MSG("row {0}") : p->where;
    enum err err = ERR_NONE;
    p->arena = p->kept; // what is put together here is saved below
    for (size_t i = 0; err == ERR_NONE && i < set->n; i++) {
        err = take_value(s, &set->items[i], e);
    }
    p->arena = scratch;
    for (struct figure *f = s->first; err == ERR_NONE && f != NULL; f = f->after) {
        err = save_figure(s, f, e);
        partner_forget(p);
    }
    return err;
}
