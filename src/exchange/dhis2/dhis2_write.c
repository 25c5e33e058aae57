// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_write.c: values of programmes as a data value set (JSON, XML, CSV) or as ADX. See dhis2.h.
//
// A percentage is written as its part and its whole where the mapping has data elements for them, since
// percentages can never be put together again; else as computed. Periods without a name in DHIS2 (half a
// month, two years) are left out there and said; ADX can write every period. A data value set is written value by value.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/msg.h"
#include "base/sort.h"
#include "cli/cli.h"
#include "exchange/dhis2/dhis2.h"
#include "exchange/partner/period.h"
#include "format/csv/csv_write.h"
#include "format/json/json_write.h"
#include "format/xml/xml_write.h"
#include "result/result.h"
#include "store/store.h"

struct writer {
    struct cli *cli;
    const struct dhis2_options *o;
    const char *data_set; // NULL: none is named
    struct buf *notes; // what is left out, as far as there is room
    bool more_notes;
    const char *unit;  // organisation unit of the programme at hand
    const char *place; // that of the country of the value at hand; NULL: the programme
    struct arena *programme; // at hand: its indicators
    struct arena *row;       // of the value at hand; emptied after each that is written at once
    struct json_out json; // one of these is being written
    struct xml_out xml;
    struct csv_out csv;
    struct dhis2_set set; // ADX: gathered here
};

// ---- forms ------------------------------------------------------------------------------------------------

static const char *or_null(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static void begin_json(struct writer *w)
{
    json_begin(&w->json, &w->cli->out, true);
    json_put_object(&w->json);
    if (w->data_set != NULL) {
        json_member_text(&w->json, "dataSet", w->data_set);
    }
    json_put_name(&w->json, "dataValues");
    json_put_array(&w->json);
}

static void put_json(struct json_out *j, const struct dhis2_value *v)
{
    json_put_object(j);
    json_member_text(j, "dataElement", v->data_element);
    json_member_text(j, "period", v->period);
    json_member_text(j, "orgUnit", v->org_unit);
    if (v->option_combo[0] != '\0') {
        json_member_text(j, "categoryOptionCombo", v->option_combo);
    }
    json_member_text(j, "value", v->value);
    json_put_object_end(j);
}

static void end_json(struct json_out *j)
{
    json_put_array_end(j);
    json_put_object_end(j);
    json_end(j);
}

// With the first words of a file with parts.
static void begin_document(struct writer *w)
{
    xml_begin(&w->xml, &w->cli->out);
    if (w->o->parts) {
        xml_comment(&w->xml, tr(w->o->lang, PARTS_NOT_PUBLIC));
    }
}

static void begin_xml(struct writer *w)
{
    begin_document(w);
    xml_open(&w->xml, "dataValueSet");
    xml_put(&w->xml, "xmlns", "http://dhis2.org/schema/dxf/2.0");
    xml_put(&w->xml, "dataSet", w->data_set);
}

static void put_xml(struct xml_out *x, const struct dhis2_value *v)
{
    xml_open(x, "dataValue");
    xml_put(x, "dataElement", v->data_element);
    xml_put(x, "period", v->period);
    xml_put(x, "orgUnit", v->org_unit);
    xml_put(x, "categoryOptionCombo", or_null(v->option_combo));
    xml_put(x, "value", v->value);
    xml_close(x);
}

static void begin_csv(struct writer *w)
{
    static const char *const heads[] = {"dataelement",          "period", "orgunit",
                                        "categoryoptioncombo", "attributeoptioncombo", "value"};
    csv_begin(&w->csv, &w->cli->out, false);
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        csv_cell(&w->csv, heads[i]);
    }
    csv_row_end(&w->csv);
}

static void put_csv(struct csv_out *c, const struct dhis2_value *v)
{
    csv_cell(c, v->data_element);
    csv_cell(c, v->period);
    csv_cell(c, v->org_unit);
    csv_cell(c, v->option_combo);
    csv_cell(c, NULL);
    csv_cell(c, v->value);
    csv_row_end(c);
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

static void put_adx(struct writer *w)
{
    struct xml_out *x = &w->xml;
    struct dhis2_value *items = w->set.items;
    for (size_t i = 0; i < w->set.n; i++) {
        items[i].line = (int)i;
    }
    sort_items(items, w->set.n, sizeof *items, by_group);
    begin_document(w);
    xml_open(x, "adx");
    xml_put(x, "xmlns", ADX_SPACE);
    xml_put(x, "exported", w->o->now);
    for (size_t i = 0; i < w->set.n; i++) {
        const struct dhis2_value *v = &items[i];
        bool new = i == 0 || strcmp(v->org_unit, items[i - 1].org_unit) != 0 ||
                   strcmp(v->period, items[i - 1].period) != 0;
        if (new) {
            if (i > 0) {
                xml_close(x);
            }
            xml_open(x, "group");
            xml_put(x, "orgUnit", v->org_unit);
            xml_put(x, "period", v->period);
            xml_put(x, "dataSet", w->data_set);
        }
        xml_open(x, "dataValue");
        xml_put(x, "dataElement", v->data_element);
        xml_put(x, "categoryOptionCombo", or_null(v->option_combo));
        for (size_t k = 0; k < v->split.n; k++) {
            xml_put(x, v->split.pairs[k].key, v->split.pairs[k].value);
        }
        xml_put(x, "value", v->value);
        xml_element(x, "annotation", or_null(v->comment));
        xml_close(x);
    }
    if (w->set.n > 0) {
        xml_close(x);
    }
    xml_close(x);
    xml_end(x);
}

static void begin_form(struct writer *w)
{
    switch (w->o->form) {
    case DHIS2_JSON: begin_json(w); break;
    case DHIS2_XML: begin_xml(w); break;
    case DHIS2_CSV: begin_csv(w); break;
    case DHIS2_ADX: break; // when all are there
    }
}

static void put(struct writer *w, const struct dhis2_value *v)
{
    switch (w->o->form) {
    case DHIS2_JSON: put_json(&w->json, v); break;
    case DHIS2_XML: put_xml(&w->xml, v); break;
    case DHIS2_CSV: put_csv(&w->csv, v); break;
    case DHIS2_ADX: *dhis2_add(w->row, &w->set) = *v; break;
    }
}

static void end_form(struct writer *w)
{
    switch (w->o->form) {
    case DHIS2_JSON: end_json(&w->json); break;
    case DHIS2_XML:
        xml_close(&w->xml);
        xml_end(&w->xml);
        break;
    case DHIS2_CSV: break;
    case DHIS2_ADX: put_adx(w); break;
    }
}

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

static struct dhis2_value value_of(const struct writer *w, const char *period, const char *element, const char *value)
{
    return (struct dhis2_value){.data_element = element,
                                .period = period,
                                .org_unit = w->place == NULL ? w->unit : w->place,
                                .option_combo = "",
                                .value = value,
                                .comment = ""};
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

// Keeps room for what is said at the end.
static void note(struct writer *w, const char *text)
{
    if (w->notes->len + strlen(text) > LIMIT_TEXT_BYTES - 1000) {
        w->more_notes = true;
        return;
    }
    buf_printf(w->notes, "%s\n", text);
}

static void take_parts(struct writer *w, const struct result_line *line,
                       const struct result_value *value, const char *period, const char *element)
{
    struct part *parts;
    size_t n = parts_of(w->row, value, &parts);
    for (size_t i = 0; i < n; i++) {
        const struct split *split = &parts[i].split;
        const char *combo = dhis2_theirs(w->o->mapping, "option_combo", parts[i].text);
        if (combo == NULL && w->o->form != DHIS2_ADX) {
            note(w, tr_f(w->row, w->o->lang,
                         MSG("{0}: the group “{1}” is left out because it is not in the mapping."),
                         record_code(line->record), group_words(w->row, split), NULL));
            continue;
        }
        struct dhis2_value v = value_of(w, period, element, decimal_short(w->row, parts[i].scaled));
        v.option_combo = combo == NULL ? "" : combo;
        for (size_t k = 0; combo == NULL && k < split->n; k++) {
            const struct split_pair *p = &split->pairs[k];
            v.split.pairs[v.split.n++] = (struct split_pair){
                theirs_or(w->o->mapping, "category", p->key), theirs_or(w->o->mapping, p->key, p->value)};
        }
        put(w, &v);
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
    const char *period = w->o->form == DHIS2_ADX ? period_interval(w->row, entry->from, entry->to)
                                                 : period_name(w->row, entry->from, entry->to);
    if (period == NULL) {
        note(w, tr_f(w->row, w->o->lang,
                     MSG("{0}: the value of {1} to {2} is left out because DHIS2 has no such "
                         "period."),
                     code, entry->from, entry->to, NULL));
        return;
    }
    if (f->is_fraction && part != NULL && whole != NULL) {
        struct dhis2_value of_part = value_of(w, period, part, decimal_short(w->row, f->part));
        struct dhis2_value of_whole = value_of(w, period, whole, decimal_short(w->row, f->whole));
        put(w, &of_part);
        put(w, &of_whole);
    } else if (line->rule.unit == UNIT_TEXT) {
        bool adx = w->o->form == DHIS2_ADX;
        const char *words = record_text(value->record, "note");
        struct dhis2_value v = value_of(w, period, element, adx ? "0" : words);
        v.comment = adx ? words : "";
        put(w, &v);
    } else {
        struct dhis2_value v = value_of(w, period, element, decimal_short(w->row, f->scaled));
        put(w, &v);
        if (w->o->parts) {
            take_parts(w, line, value, period, element);
        }
    }
}

// ---- all --------------------------------------------------------------------------------------------------

// One value, written at once.
static enum err put_value(void *context, const struct result_line *line, struct err_info *e)
{
    struct writer *w = context;
    if (value_is_written(line, 0, w->o->unapproved)) {
        take_value(w, line, 0);
        arena_reset(w->row);
    }
    return cli_put_aside(w->cli, e);
}

// All values, which are put together in groups.
static enum err gather(struct writer *w, struct db_read *db, const struct result_ask *ask, struct err_info *e)
{
    struct result_lines lines;
    enum err err = result_lines_load(db, w->row, ask, &lines, e);
    for (size_t k = 0; err == ERR_NONE && k < lines.n; k++) {
        for (size_t m = 0; err == ERR_NONE && m < lines.items[k].n_values; m++) {
            if (value_is_written(&lines.items[k], m, w->o->unapproved)) {
                bool full = w->set.n == w->set.room; // then it is copied into one twice as large
                err = err_without_room(w->row, full ? 2 * w->set.room * sizeof *w->set.items : 0, e);
                if (err == ERR_NONE) {
                    take_value(w, &lines.items[k], m);
                }
            }
        }
    }
    return err;
}

static enum err write_programmes(struct writer *w, struct db_read *db, struct record *const *programmes, size_t n,
                                 struct err_info *e)
{
    const char *today = arena_copy_n(w->cli->arena, w->o->now, 10);
    enum err err = ERR_NONE;
    begin_form(w);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        const struct result_ask ask = {.programme_id = programmes[i]->id, .today = today, .parts = w->o->parts,
                                       .records = RECORDS_OF_WORDS};
        w->unit = unit_of(w->cli->arena, w->o->mapping, programmes[i]);
        err = w->o->form == DHIS2_ADX ? gather(w, db, &ask, e)
                                      : result_values_each(db, w->programme, &ask, put_value, w, e);
        arena_reset(w->programme);
    }
    if (err == ERR_NONE) {
        end_form(w);
    }
    return err;
}

enum err dhis2_write(struct cli *c, struct db_read *db, struct record *const *programmes, size_t n,
                     const struct dhis2_options *o, struct buf *notes, struct err_info *e)
{
    const char *data_set = dhis2_theirs(o->mapping, "data_set", "");
    bool adx = o->form == DHIS2_ADX;
    if (adx && data_set == NULL) {
        return err_set(e, ERR_INPUT, "--mapping", MSG("Which data set do the values belong to?"),
                       MSG("ADX asks for it: add a row “data_set,,CODE” to the mapping."), NULL);
    }
    struct writer w = {.cli = c,
                       .o = o,
                       .data_set = data_set,
                       .notes = notes,
                       .programme = arena_new(LIMIT_REQUEST_BYTES),
                       .row = adx ? c->arena : arena_new(LIMIT_REQUEST_BYTES)};
    enum err err = write_programmes(&w, db, programmes, n, e);
    arena_free(w.programme);
    if (!adx) {
        arena_free(w.row);
    }
    if (w.more_notes) {
        buf_printf(notes, "%s\n", tr(o->lang, MSG("There are more; these were the first.")));
    }
    if (err == ERR_NONE && o->parts && (o->form == DHIS2_JSON || o->form == DHIS2_CSV)) { // which have no place for it
        buf_printf(notes, "%s\n", tr(o->lang, PARTS_NOT_PUBLIC));
    }
    return err;
}
