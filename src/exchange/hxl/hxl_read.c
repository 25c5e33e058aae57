// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl_read.c: rows of a table with HXL tags as values of indicators. See hxl.h.
//
// A column is what its tag says. What people are counted by stands in attributes: +f, +m, +i, +age0_17; a
// column with another attribute counts another group and is left out, never taken for the whole.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/msg.h"
#include "exchange/hxl/hxl.h"
#include "exchange/partner/partner.h"
#include "exchange/partner/period.h"
#include "result/result.h"
#include "store/store.h"

enum role { ROLE_NONE, ROLE_CODE, ROLE_START, ROLE_END, ROLE_PERIOD, ROLE_VALUE, ROLE_PART,
            ROLE_WHOLE, ROLE_NOTE, ROLE_COUNTRY, ROLE_GROUP, ROLE_COUNT };

struct column {
    enum role role;
    struct split split; // ROLE_GROUP
};

struct reader {
    struct partner_import *p;
    const struct hxl_table *t;
    struct column *columns;
    int first[ROLE_COUNT]; // column of each role, -1: none
    const char *indicator; // for rows that name none
    const char *period;
    struct map seen; // rows by indicator, period and country
    struct map programmes; // by id, as far as indicators of them were met
};

// ---- columns ------------------------------------------------------------------------------------------

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, text) == 0) {
            return true;
        }
    }
    return false;
}

// Attributes that say which group is counted; false when one of them is none of ours.
static bool read_groups(struct arena *a, const struct hxl_tag *tag, struct split *split)
{
    static const char *const harmless[] = {"num", "value", "ind", "total", "reached", "actual", NULL};
    for (int i = 0; i < tag->n; i++) {
        if (!is_one_of(tag->attributes[i], harmless) && !hxl_part_read(a, tag->attributes[i], split)) {
            return false;
        }
    }
    return true;
}

static struct column column_of(struct arena *a, const struct hxl_tag *tag)
{
    static const char *const measures[] = {"#indicator", "#output", "#capacity", NULL};
    static const char *const people[] = {"#affected", "#inneed", "#reached", "#population", NULL};
    struct column c = {.role = ROLE_NONE};
    if (tag->name == NULL) {
        return c;
    }
    if (strcmp(tag->name, "#date") == 0) {
        c.role = hxl_tag_has(tag, "start") ? ROLE_START
                 : hxl_tag_has(tag, "end") ? ROLE_END
                 : tag->n == 0 || hxl_tag_has(tag, "year") || hxl_tag_has(tag, "period") ||
                         hxl_tag_has(tag, "month") || hxl_tag_has(tag, "quarter")
                     ? ROLE_PERIOD
                     : ROLE_NONE;
    } else if (strcmp(tag->name, "#description") == 0 && tag->n == 0) {
        c.role = ROLE_NOTE;
    } else if (strcmp(tag->name, "#country") == 0 && hxl_tag_has(tag, "code")) {
        c.role = ROLE_COUNTRY;
    } else if (is_one_of(tag->name, measures)) {
        c.role = hxl_tag_has(tag, "code") || hxl_tag_has(tag, "id") ? ROLE_CODE
                 : hxl_tag_has(tag, "part")                          ? ROLE_PART
                 : hxl_tag_has(tag, "whole")                         ? ROLE_WHOLE
                 : hxl_tag_has(tag, "num") || hxl_tag_has(tag, "value") || hxl_tag_has(tag, "pct")
                     ? ROLE_VALUE
                     : ROLE_NONE;
    } else if (is_one_of(tag->name, people) && read_groups(a, tag, &c.split)) {
        c.role = c.split.n > 0 ? ROLE_GROUP : ROLE_VALUE;
    }
    return c;
}

static bool is_count(const struct hxl_tag *tag)
{
    static const char *const counts[] = {"#affected", "#inneed", "#reached", "#population",
                                         "#targeted", NULL};
    return tag->name != NULL && is_one_of(tag->name, counts);
}

static const char *tag_words(struct arena *a, const struct hxl_tag *tag)
{
    const char *words = tag->name;
    for (int i = 0; i < tag->n; i++) {
        words = arena_printf(a, "%s+%s", words, tag->attributes[i]);
    }
    return words;
}

static void read_columns(struct reader *r)
{
    const struct hxl_table *t = r->t;
    struct arena *a = r->p->arena;
    int row = t->rows[t->tag_row].number;
    r->columns = ARENA_ARRAY(r->p->kept, struct column, (size_t)t->n_columns + 1);
    for (int i = 0; i < ROLE_COUNT; i++) {
        r->first[i] = -1;
    }
    struct map groups;
    map_init(&groups, a);
    for (int i = 0; i < t->n_columns; i++) {
        struct column c = column_of(a, &t->tags[i]);
        void **group = c.role == ROLE_GROUP ? map_at(&groups, split_text(a, &c.split)) : NULL;
        bool again = group != NULL ? *group != NULL : r->first[c.role] >= 0;
        if (c.role == ROLE_NONE && is_count(&t->tags[i])) {
            partner_left_out(r->p, row,
                             strcmp(t->tags[i].name, "#targeted") == 0
                                 ? MSG("{0} counts people who are planned for, not reached.")
                                 : MSG("{0} counts a group that is not known here."),
                             tag_words(a, &t->tags[i]), NULL);
        } else if (c.role != ROLE_NONE && again) {
            partner_left_out(r->p, row, MSG("{0} stands a second time."),
                             tag_words(a, &t->tags[i]), NULL);
            c.role = ROLE_NONE;
        }
        r->columns[i] = c;
        if (group != NULL) {
            *group = &r->columns[i];
        }
        r->first[c.role] = r->first[c.role] < 0 ? i : r->first[c.role];
    }
}

// ---- rows ---------------------------------------------------------------------------------------------

static const char *trimmed(struct arena *a, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
        len--;
    }
    return arena_copy_n(a, text, len);
}

// The cell of a role; NULL when there is no such column or it is empty.
static const char *cell_of(struct reader *r, const struct hxl_row *row, enum role role)
{
    int at = r->first[role];
    const char *text = at < 0 || at >= row->n ? "" : trimmed(r->p->arena, row->cells[at]);
    return text[0] == '\0' ? NULL : text;
}

static bool is_empty(const struct hxl_row *row)
{
    for (int i = 0; i < row->n; i++) {
        if (row->cells[i][strspn(row->cells[i], " \t\r\n")] != '\0') {
            return false;
        }
    }
    return true;
}

static bool days_of(struct reader *r, const struct hxl_row *row, struct period_days *days)
{
    const char *start = cell_of(r, row, ROLE_START);
    const char *end = cell_of(r, row, ROLE_END);
    const char *one = cell_of(r, row, ROLE_PERIOD);
    struct period_days last;
    if (start != NULL && end != NULL) {
        bool good = period_read(start, days) && period_read(end, &last);
        if (good) {
            memcpy(days->to, last.to, sizeof days->to);
        }
        return good;
    }
    one = one == NULL ? r->period : one;
    return one != NULL && period_read(one, days);
}

// What the groups come to, when the whole is not given. NULL: there are none.
static const char *whole_of(struct reader *r, const struct hxl_row *row)
{
    struct arena *a = r->p->arena;
    struct part *parts = ARENA_ARRAY(a, struct part, (size_t)r->t->n_columns + 1);
    size_t n = 0;
    for (int i = 0; i < r->t->n_columns && i < row->n; i++) {
        parts[n].split = r->columns[i].split;
        n += r->columns[i].role == ROLE_GROUP && decimal_parse(trimmed(a, row->cells[i]), &parts[n].scaled);
    }
    return parts_whole(a, parts, n);
}

// Was a row before about the same? Then it is not known which one is right.
static bool is_again(struct reader *r, struct hxl_row *row, const struct record *indicator,
                     const struct partner_value *v)
{
    const char *key = arena_printf(r->p->kept, "%s %s %s %s", v->from, v->to, indicator->id,
                                   v->country == NULL ? "" : v->country);
    void **place = map_at(&r->seen, key);
    const struct hxl_row *other = *place;
    if (other == NULL) {
        *place = row;
    } else {
        partner_refuse(r->p, row->number, MSG("{0}: row {1} is about the same indicator and period."),
                       record_code(indicator), decimal_int_text(r->p->arena, other->number), NULL);
    }
    return other != NULL;
}

static enum err read_groups_of(struct reader *r, const struct hxl_row *row, const char *id,
                               struct err_info *e)
{
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < r->t->n_columns && i < row->n; i++) {
        const char *value = trimmed(r->p->arena, row->cells[i]);
        if (r->columns[i].role == ROLE_GROUP && value[0] != '\0') {
            err = part_save(r->p, id, row->number, &r->columns[i].split, value, e);
        }
    }
    return err;
}

// The country of a row; NULL: the whole programme.
static enum err place_of(struct reader *r, const struct hxl_row *row, const struct record *indicator, const char **out,
                         struct err_info *e)
{
    const char *id = record_text(indicator, "programme_id");
    const char *country = cell_of(r, row, ROLE_COUNTRY);
    void **programme = map_at(&r->programmes, arena_copy(r->p->kept, id));
    enum err err = ERR_NONE;
    if (*programme == NULL) {
        struct record *found;
        err = store_get(r->p->db, r->p->kept, model_find("programme"), id, &found, e);
        *programme = err == ERR_NONE ? found : NULL;
    }
    *out = err == ERR_NONE && country != NULL && partner_is_place(indicator, *programme, country) ? country : NULL;
    return err;
}

static enum err read_row(struct reader *r, struct hxl_row *row, struct err_info *e)
{
    struct record *indicator;
    struct period_days days;
    const char *id;
    const char *code = cell_of(r, row, ROLE_CODE);
    code = code == NULL ? r->indicator : code;
    if (code == NULL) {
        partner_refuse(r->p, row->number, MSG("No indicator is named."), NULL);
        return ERR_NONE;
    }
    if (!days_of(r, row, &days)) {
        partner_refuse(r->p, row->number,
                       MSG("{0}: the period is missing or cannot be read. Write days as 2025-06-30, "
                           "periods as 2025, 2025-06 or 2025-Q2."),
                       code, NULL);
        return ERR_NONE;
    }
    enum err err = partner_find_indicator(r->p, code, &indicator, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (indicator == NULL) {
        partner_refuse(r->p, row->number, MSG("There is no indicator “{0}”."), code, NULL);
        return ERR_NONE;
    }
    struct partner_value v = {.line = row->number,
                              .from = days.from,
                              .to = days.to,
                              .value = cell_of(r, row, ROLE_VALUE),
                              .part = cell_of(r, row, ROLE_PART),
                              .whole = cell_of(r, row, ROLE_WHOLE),
                              .note = cell_of(r, row, ROLE_NOTE)};
    err = place_of(r, row, indicator, &v.country, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool words = strcmp(record_text(indicator, "unit"), "text") == 0;
    v.value = v.value == NULL && v.part == NULL && v.whole == NULL ? whole_of(r, row) : v.value;
    if (words ? v.note == NULL : v.value == NULL && v.part == NULL && v.whole == NULL) {
        return ERR_NONE; // nothing was entered in this row
    }
    if (is_again(r, row, indicator, &v)) {
        return ERR_NONE;
    }
    err = partner_save_value(r->p, indicator, &v, &id, e);
    return err != ERR_NONE || id == NULL ? err : read_groups_of(r, row, id, e);
}

enum err hxl_read(struct partner_import *p, void *of, struct err_info *e)
{
    const struct hxl_file *file = of;
    const struct hxl_table *t = &file->table;
    const char *indicator = file->indicator;
    const char *period = file->period;
    struct reader r = {.p = p, .t = t, .indicator = indicator, .period = period};
    struct period_days days;
    enum err err = ERR_NONE;
    p->where = MSG("row {0}");
    map_init(&r.seen, p->kept);
    map_init(&r.programmes, p->kept);
    read_columns(&r);
    if (indicator == NULL && r.first[ROLE_CODE] < 0) {
        return err_set(e, ERR_INPUT, "#indicator+code",
                       MSG("No column names the indicator."),
                       MSG("Tag it #indicator+code, or add --indicator CODE when all rows are about "
                           "one."),
                       NULL);
    }
    if (period != NULL && !period_read(period, &days)) {
        return err_set(e, ERR_USAGE, "--period", MSG("“{0}” is no period."),
                       MSG("Write 2025, 2025-06, 2025-Q2 or 2025S1."), period, NULL);
    }
    if (period == NULL && r.first[ROLE_PERIOD] < 0 &&
        (r.first[ROLE_START] < 0 || r.first[ROLE_END] < 0)) {
        return err_set(e, ERR_INPUT, "#date+start", MSG("No column says the period."),
                       MSG("Tag two columns #date+start and #date+end, or one #date, or add "
                           "--period 2025."),
                       NULL);
    }
    if (r.first[ROLE_VALUE] < 0 && r.first[ROLE_PART] < 0 && r.first[ROLE_GROUP] < 0 &&
        r.first[ROLE_NOTE] < 0) {
        return err_set(e, ERR_INPUT, "#indicator+num", MSG("No column holds values that are read."),
                       MSG("Tag the numbers #indicator+num, or #reached with the groups counted: "
                           "#reached+f, #reached+m."),
                       NULL);
    }
    for (size_t i = t->tag_row + 1; err == ERR_NONE && i < t->n; i++) {
        if (!is_empty(&t->rows[i])) {
            err = map_has_room(&r.seen, 256) ? read_row(&r, &t->rows[i], e) : err_file_too_long(e);
            partner_forget(p);
        }
    }
    return err;
}
