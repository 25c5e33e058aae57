// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_write.c: values of programmes as a data value set (JSON, XML, CSV) or as ADX. See dhis2.h.
//
// A percentage is written as its part and its whole where the mapping has data elements for them, since
// percentages can never be put together again; else as computed. Periods without a name in DHIS2 (half a
// month, two years) are left out there and said; ADX can write every period.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/msg.h"
#include "exchange/dhis2/dhis2.h"
#include "exchange/partner/period.h"
#include "format/csv/csv_write.h"
#include "format/json/json_write.h"
#include "format/xml/xml_write.h"
#include "result/result.h"
#include "store/store.h"

struct writer {
    struct arena *arena;
    const struct dhis2_options *o;
    struct dhis2_set set;
    struct buf *notes;
    const char *unit;  // organisation unit of the programme at hand
    const char *place; // that of the country of the value at hand; NULL: the programme
};

// ---- what is written --------------------------------------------------------------------------------------

static const char *theirs_or(const struct dhis2_mapping *m, const char *kind, const char *ours)
{
    const char *theirs = dhis2_theirs(m, kind, ours);
    return theirs == NULL ? ours : theirs;
}

static const char *unit_of(struct arena *a, const struct dhis2_mapping *m,
                           const struct record *programme)
{
    const char *countries = record_text(programme, "countries"); // " KE "
    const char *number = record_text(programme, "number");
    const char *unit = dhis2_theirs(m, "org_unit", number);
    if (unit == NULL && strlen(countries) == 4) {
        unit = dhis2_theirs(m, "org_unit", arena_copy_n(a, countries + 1, 2));
    }
    return unit == NULL ? number : unit;
}

static struct dhis2_value *begin(struct writer *w, const char *period, const char *element)
{
    struct dhis2_value *v = dhis2_add(w->arena, &w->set);
    v->data_element = element;
    v->period = period;
    v->org_unit = w->place == NULL ? w->unit : w->place;
    return v;
}

// "18-24 female"
static const char *group_words(struct arena *a, const struct split *split)
{
    const char *words = "";
    for (size_t i = 0; i < split->n; i++) {
        words = arena_printf(a, "%s%s%s", words, i == 0 ? "" : " ", split->pairs[i].value);
    }
    return words;
}

static void take_parts(struct writer *w, const struct result_line *line,
                       const struct result_value *value, const char *period, const char *element)
{
    struct part *parts;
    size_t n = parts_of(w->arena, value, &parts);
    for (size_t i = 0; i < n; i++) {
        const struct split *split = &parts[i].split;
        const char *combo = dhis2_theirs(w->o->mapping, "option_combo", parts[i].text);
        if (combo == NULL && w->o->form != DHIS2_ADX) {
            buf_printf(w->notes, "%s\n",
                       tr_f(w->arena, w->o->lang,
                            MSG("{0}: the group “{1}” is left out because it is not in the mapping."),
                            record_code(line->record), group_words(w->arena, split), NULL));
            continue;
        }
        struct dhis2_value *v = begin(w, period, element);
        v->option_combo = combo == NULL ? "" : combo;
        v->value = decimal_short(w->arena, parts[i].scaled);
        for (size_t k = 0; combo == NULL && k < split->n; k++) {
            const struct split_pair *p = &split->pairs[k];
            v->split.pairs[v->split.n++] = (struct split_pair){
                theirs_or(w->o->mapping, "category", p->key), theirs_or(w->o->mapping, p->key, p->value)};
        }
    }
}

static void take_value(struct writer *w, const struct result_line *line, size_t i)
{
    const struct dhis2_mapping *m = w->o->mapping;
    const struct result_value *value = &line->values[i];
    const struct result_entry *entry = &line->entries[i];
    const struct result_figure *f = &value->figure;
    const char *code = record_code(line->record);
    w->place = entry->place[0] == '\0' ? NULL : theirs_or(m, "org_unit", entry->place);
    const char *part = dhis2_theirs(m, "part", code);
    const char *whole = dhis2_theirs(m, "whole", code);
    const char *element = theirs_or(m, "indicator", code);
    const char *period = w->o->form == DHIS2_ADX ? period_interval(w->arena, entry->from, entry->to)
                                                 : period_name(w->arena, entry->from, entry->to);
    if (period == NULL) {
        buf_printf(w->notes, "%s\n",
                   tr_f(w->arena, w->o->lang,
                        MSG("{0}: the value of {1} to {2} is left out because DHIS2 has no such "
                            "period."),
                        code, entry->from, entry->to, NULL));
        return;
    }
    if (f->is_fraction && part != NULL && whole != NULL) {
        begin(w, period, part)->value = decimal_short(w->arena, f->part);
        begin(w, period, whole)->value = decimal_short(w->arena, f->whole);
    } else if (line->rule.unit == UNIT_TEXT) {
        struct dhis2_value *v = begin(w, period, element);
        v->value = w->o->form == DHIS2_ADX ? "0" : record_text(value->record, "note");
        v->comment = w->o->form == DHIS2_ADX ? record_text(value->record, "note") : "";
    } else {
        begin(w, period, element)->value = decimal_short(w->arena, f->scaled);
        if (w->o->parts) {
            take_parts(w, line, value, period, element);
        }
    }
}

static enum err take_programme(struct writer *w, struct db_read *db, const struct record *programme, const char *today,
                               struct err_info *e)
{
    struct result_lines lines;
    const struct result_ask ask = {.programme_id = programme->id, .today = today, .parts = w->o->parts,
                                   .records = RECORDS_OF_WORDS};
    enum err err = result_lines_load(db, w->arena, &ask, &lines, e);
    w->unit = unit_of(w->arena, w->o->mapping, programme);
    for (size_t k = 0; err == ERR_NONE && k < lines.n; k++) {
        for (size_t m = 0; err == ERR_NONE && m < lines.items[k].n_values; m++) {
            if (value_is_written(&lines.items[k], m, w->o->unapproved)) {
                bool full = w->set.n == w->set.room; // then it is copied into one twice as large
                err = err_without_room(w->arena, full ? 2 * w->set.room * sizeof *w->set.items : 0, e);
                if (err == ERR_NONE) {
                    take_value(w, &lines.items[k], m);
                }
            }
        }
    }
    return err;
}

// ---- forms ------------------------------------------------------------------------------------------------

static const char *or_null(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static void put_json(const struct writer *w, const char *data_set, struct buf *out)
{
    struct json_out j;
    json_begin(&j, out, true);
    json_put_object(&j);
    if (data_set != NULL) {
        json_member_text(&j, "dataSet", data_set);
    }
    json_put_name(&j, "dataValues");
    json_put_array(&j);
    for (size_t i = 0; i < w->set.n; i++) {
        const struct dhis2_value *v = &w->set.items[i];
        json_put_object(&j);
        json_member_text(&j, "dataElement", v->data_element);
        json_member_text(&j, "period", v->period);
        json_member_text(&j, "orgUnit", v->org_unit);
        if (v->option_combo[0] != '\0') {
            json_member_text(&j, "categoryOptionCombo", v->option_combo);
        }
        json_member_text(&j, "value", v->value);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

static void begin_xml(const struct writer *w, struct xml_out *x, struct buf *out)
{
    xml_begin(x, out);
    if (w->o->parts) {
        xml_comment(x, tr(w->o->lang, PARTS_NOT_PUBLIC));
    }
}

static void put_xml(const struct writer *w, const char *data_set, struct buf *out)
{
    struct xml_out x;
    begin_xml(w, &x, out);
    xml_open(&x, "dataValueSet");
    xml_put(&x, "xmlns", "http://dhis2.org/schema/dxf/2.0");
    xml_put(&x, "dataSet", data_set);
    for (size_t i = 0; i < w->set.n; i++) {
        const struct dhis2_value *v = &w->set.items[i];
        xml_open(&x, "dataValue");
        xml_put(&x, "dataElement", v->data_element);
        xml_put(&x, "period", v->period);
        xml_put(&x, "orgUnit", v->org_unit);
        xml_put(&x, "categoryOptionCombo", or_null(v->option_combo));
        xml_put(&x, "value", v->value);
        xml_close(&x);
    }
    xml_close(&x);
    xml_end(&x);
}

static void put_csv(const struct writer *w, struct buf *out)
{
    static const char *const heads[] = {"dataelement",          "period", "orgunit",
                                        "categoryoptioncombo", "attributeoptioncombo", "value"};
    struct csv_out c;
    csv_begin(&c, out, false);
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        csv_cell(&c, heads[i]);
    }
    csv_row_end(&c);
    for (size_t i = 0; i < w->set.n; i++) {
        const struct dhis2_value *v = &w->set.items[i];
        csv_cell(&c, v->data_element);
        csv_cell(&c, v->period);
        csv_cell(&c, v->org_unit);
        csv_cell(&c, v->option_combo);
        csv_cell(&c, NULL);
        csv_cell(&c, v->value);
        csv_row_end(&c);
    }
}

// By organisation unit and period, which make a group; `line` keeps the order within it.
static int by_group(const void *x, const void *y)
{
    const struct dhis2_value *a = x;
    const struct dhis2_value *b = y;
    int order = strcmp(a->org_unit, b->org_unit);
    order = order == 0 ? strcmp(a->period, b->period) : order;
    return order == 0 ? a->line - b->line : order;
}

static void put_adx(struct writer *w, const char *data_set, struct buf *out)
{
    struct xml_out x;
    struct dhis2_value *items = w->set.items;
    for (size_t i = 0; i < w->set.n; i++) {
        items[i].line = (int)i;
    }
    if (w->set.n > 0) {
        qsort(items, w->set.n, sizeof *items, by_group);
    }
    begin_xml(w, &x, out);
    xml_open(&x, "adx");
    xml_put(&x, "xmlns", ADX_SPACE);
    xml_put(&x, "exported", w->o->now);
    for (size_t i = 0; i < w->set.n; i++) {
        const struct dhis2_value *v = &items[i];
        bool new = i == 0 || strcmp(v->org_unit, items[i - 1].org_unit) != 0 ||
                   strcmp(v->period, items[i - 1].period) != 0;
        if (new) {
            if (i > 0) {
                xml_close(&x);
            }
            xml_open(&x, "group");
            xml_put(&x, "orgUnit", v->org_unit);
            xml_put(&x, "period", v->period);
            xml_put(&x, "dataSet", data_set);
        }
        xml_open(&x, "dataValue");
        xml_put(&x, "dataElement", v->data_element);
        xml_put(&x, "categoryOptionCombo", or_null(v->option_combo));
        for (size_t k = 0; k < v->split.n; k++) {
            xml_put(&x, v->split.pairs[k].key, v->split.pairs[k].value);
        }
        xml_put(&x, "value", v->value);
        xml_element(&x, "annotation", or_null(v->comment));
        xml_close(&x);
    }
    if (w->set.n > 0) {
        xml_close(&x);
    }
    xml_close(&x);
    xml_end(&x);
}

// ---- all --------------------------------------------------------------------------------------------------

enum err dhis2_write(struct db_read *db, struct arena *a, struct record *const *programmes,
                     size_t n, const struct dhis2_options *o, struct buf *out, struct buf *notes,
                     struct err_info *e)
{
    struct writer w = {.arena = a, .o = o, .notes = notes};
    const char *data_set = dhis2_theirs(o->mapping, "data_set", "");
    const char *today = arena_copy_n(a, o->now, 10);
    if (o->form == DHIS2_ADX && data_set == NULL) {
        return err_set(e, ERR_INPUT, "--mapping", MSG("Which data set do the values belong to?"),
                       MSG("ADX asks for it: add a row “data_set,,CODE” to the mapping."), NULL);
    }
    for (size_t i = 0; i < n; i++) {
        enum err err = take_programme(&w, db, programmes[i], today, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (o->parts && (o->form == DHIS2_JSON || o->form == DHIS2_CSV)) { // which have no place for it
        buf_printf(notes, "%s\n", tr(o->lang, PARTS_NOT_PUBLIC));
    }
    switch (o->form) {
    case DHIS2_JSON:
        put_json(&w, data_set, out);
        break;
    case DHIS2_XML:
        put_xml(&w, data_set, out);
        break;
    case DHIS2_CSV:
        put_csv(&w, out);
        break;
    case DHIS2_ADX:
        put_adx(&w, data_set, out);
        break;
    }
    return ERR_NONE;
}
