// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_save.c: data values put together by indicator and period, and saved. See dhis2.h.
//
// A value without an option combination is the whole; one with a combination that is mapped is a part. When
// only parts came, they make the whole (parts_whole). An organisation unit is the programme or, where an indicator has a
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

#define VALUE_BYTES 4096 // more than what one value adds to

enum meaning { MEANS_VALUE, MEANS_PART, MEANS_WHOLE };

struct group {
    struct group *next;
    int line;
    struct split split;
    const char *value;
};

struct figure {
    struct figure *next; // in the order of the file
    const char *key;     // indicator, period and country
    const struct record *indicator;
    struct period_days days;
    struct partner_value value;
    struct group *groups; // in the order of the file
    struct group **end;
};

// A data element and organisation unit that came before: thousands of values have the same.
struct known {
    struct record *indicator; // NULL: there is none
    enum meaning meaning;
    bool its;            // the unit is that of its programme
    const char *country; // or of one of its countries
};

struct saver {
    struct partner_import *p;
    const struct dhis2_mapping *m;
    struct map known;   // struct known, by data element and organisation unit
    struct map figures; // by their key
    struct map groups;  // by the key of their figure and their split
    struct figure *first;
    struct figure **end;
};

static struct figure *figure_of(struct saver *s, const struct record *indicator,
                                const struct period_days *days, const char *country, int line)
{
    struct arena *a = s->p->arena;
    const char *key = arena_printf(a, "%s %s %s %s", indicator->id, days->from, days->to,
                                   country == NULL ? "" : country);
    void **place = map_at(&s->figures, key);
    if (*place == NULL) {
        struct figure *f = ARENA_MAKE(a, struct figure);
        *f = (struct figure){.key = key, .indicator = indicator, .days = *days};
        f->value = (struct partner_value){.line = line, .country = country};
        f->end = &f->groups;
        *s->end = f;
        s->end = &f->next;
        *place = f;
    }
    return *place;
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

// Is the organisation unit the programme of the indicator, or one of its countries? *country: that one, NULL for the whole.
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
        bool is_country = strlen(ours) == 2 && strstr(countries, arena_printf(s->p->arena, " %s ", ours)) != NULL;
        *country = is_country && partner_is_place(indicator, programme, ours) ? ours : NULL;
        *yes = is_country || strcmp(ours, record_text(programme, "number")) == 0;
    }
    return err;
}

static enum err look_up(struct saver *s, const struct dhis2_value *v, const struct known **out,
                        struct err_info *e)
{
    void **place = map_at(&s->known, arena_printf(s->p->arena, "%s\n%s", v->data_element, v->org_unit));
    *out = *place;
    if (*place != NULL) {
        return ERR_NONE;
    }
    struct known *k = ARENA_MAKE(s->p->arena, struct known);
    *place = k;
    *out = k;
    enum err err = find_indicator(s, v, &k->indicator, &k->meaning, e);
    return err != ERR_NONE || k->indicator == NULL
               ? err
               : is_its_unit(s, k->indicator, v->org_unit, &k->its, &k->country, e);
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
    const char *group = dhis2_ours(s->m, "option_combo", v->option_combo);
    struct err_info unknown;
    if (v->option_combo[0] == '\0' || (group == NULL && strcmp(v->option_combo, DHIS2_DEFAULT) == 0)) {
        return true;
    }
    if (group == NULL || split_read(s->p->arena, group, split, &unknown) != ERR_NONE) {
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
    void **place = map_at(&s->groups, arena_printf(s->p->arena, "%s %s", f->key, text));
    if (*place != NULL) {
        const struct group *other = *place;
        partner_refuse(s->p, v->line, MSG("{0}: a second value of the same group; line {1} has one."),
                       v->data_element, decimal_int_text(s->p->arena, other->line), NULL);
        return;
    }
    struct group *g = ARENA_MAKE(s->p->arena, struct group);
    *g = (struct group){.line = v->line, .split = *split, .value = v->value};
    *place = g;
    *f->end = g;
    f->end = &g->next;
}

static void put_value(struct saver *s, const struct known *k, const struct period_days *days,
                      const struct dhis2_value *v, const struct split *split)
{
    if (split->n > 0 && k->meaning != MEANS_VALUE) {
        partner_left_out(s->p, v->line, MSG("{0}: part and whole are read of all people, not of groups."),
                         v->data_element, NULL);
        return;
    }
    struct figure *f = figure_of(s, k->indicator, days, k->country, v->line);
    if (split->n == 0) {
        put_whole(s, f, v, k->meaning);
    } else {
        put_group(s, f, v, split);
    }
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
                       MSG("{0}: the organisation unit “{1}” is not mapped to its programme or a "
                           "country it is counted in."),
                       v->data_element, v->org_unit, NULL);
    } else if (!period_read(v->period, &days)) {
        partner_refuse(s->p, v->line, MSG("{0}: “{1}” is no period that is read here."),
                       v->data_element, v->period, NULL);
    } else if (groups_of(s, v, &split)) {
        put_value(s, k, &days, v, &split);
    }
    return ERR_NONE;
}

// ---- saving ------------------------------------------------------------------------------------------------

// NULL when one of them is no number, or they come to too much.
static const char *whole_of(struct arena *a, const struct figure *f)
{
    size_t n = 0;
    for (const struct group *g = f->groups; g != NULL; g = g->next) {
        n++;
    }
    struct part *parts = ARENA_ARRAY(a, struct part, n);
    n = 0;
    for (const struct group *g = f->groups; g != NULL; g = g->next) {
        parts[n].split = g->split;
        if (!decimal_parse(g->value, &parts[n++].scaled)) {
            return NULL;
        }
    }
    return parts_whole(a, parts, n);
}

static enum err save_figure(struct saver *s, struct figure *f, struct err_info *e)
{
    const char *id;
    f->value.from = f->days.from;
    f->value.to = f->days.to;
    bool none = f->value.value == NULL && f->value.part == NULL && f->value.whole == NULL &&
                f->value.note == NULL;
    f->value.value = none && f->groups != NULL ? whole_of(s->p->arena, f) : f->value.value;
    enum err err = partner_save_value(s->p, f->indicator, &f->value, &id, e);
    for (const struct group *g = f->groups; err == ERR_NONE && id != NULL && g != NULL;
         g = g->next) {
        err = part_save(s->p, id, g->line, &g->split, g->value, e);
    }
    return err;
}

// For one value more: its texts, and a place in each map.
static bool has_room(const struct saver *s)
{
    return map_has_room(&s->known, VALUE_BYTES) && map_has_room(&s->figures, VALUE_BYTES) &&
           map_has_room(&s->groups, VALUE_BYTES);
}

enum err dhis2_save(struct partner_import *p, const struct dhis2_set *set,
                    const struct dhis2_mapping *m, struct err_info *e)
{
    struct arena *scratch = p->arena;
    struct saver *s = ARENA_MAKE(p->kept, struct saver);
    *s = (struct saver){.p = p, .m = m};
    s->end = &s->first;
    map_init(&s->known, p->kept);
    map_init(&s->figures, p->kept);
    map_init(&s->groups, p->kept);
    p->where = set->table ? MSG("row {0}") : p->where;
    enum err err = ERR_NONE;
    p->arena = p->kept; // what is put together here is saved below
    for (size_t i = 0; err == ERR_NONE && i < set->n; i++) {
        err = has_room(s) ? take_value(s, &set->items[i], e) : err_file_too_long(e);
    }
    p->arena = scratch;
    for (struct figure *f = s->first; err == ERR_NONE && f != NULL; f = f->next) {
        err = save_figure(s, f, e);
        partner_forget(p);
    }
    return err;
}
