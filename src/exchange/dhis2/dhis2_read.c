// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dhis2_read.c: data value sets as XML, JSON and CSV, and ADX, as a list of values. See dhis2.h.
//
// What stands at the set (period, organisation unit, attribute option combination) holds for values that do
// not say it. Source of method: DHIS2 data value set format 2.0, IHE ADX (QRPH).

#include <string.h>

#include "base/bug.h"
#include "exchange/dhis2/dhis2.h"
#include "format/csv/csv_read.h"
#include "format/json/json_read.h"
#include "format/xml/xml_read.h"

struct dhis2_value *dhis2_add(struct arena *a, struct dhis2_set *set)
{
    set->items = arena_room(a, set->items, sizeof *set->items, set->n, &set->room);
    struct dhis2_value *v = &set->items[set->n++];
    *v = (struct dhis2_value){.data_element = "", .period = "", .org_unit = "", .option_combo = "",
                              .slice = "", .value = "", .comment = "", .unknown = ""};
    return v;
}

// The next value of a file; NULL: there is no room (ERR_TOO_MANY).
static struct dhis2_value *add(struct arena *a, struct dhis2_set *set, struct err_info *e)
{
    if (!arena_has_room(a, set->n == set->room ? 2 * set->room * sizeof *set->items : 0)) {
        err_file_too_long(e);
        return NULL;
    }
    return dhis2_add(a, set);
}

// ---- XML --------------------------------------------------------------------------------------------------

static const char *attribute(const struct xml_node *n, const char *name)
{
    const char *text = xml_attribute_of(n, name);
    return text != NULL        ? text
           : n->parent == NULL ? ""
                               : xml_attribute_text(n->parent, name);
}

static enum err read_xml(struct arena *a, const char *bytes, size_t len, struct dhis2_set *out,
                         struct err_info *e)
{
    const struct xml_node *root;
    enum err err = xml_read(a, bytes, len, &root, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (strcmp(root->name, "dataValueSet") != 0) {
        return err_set(e, ERR_INPUT, NULL, MSG("This is no data value set of DHIS2."),
                       MSG("It begins with <dataValueSet>. Files that begin with <adx> are read by "
                           "“mainstay import adx”."),
                       NULL);
    }
    for (const struct xml_node *n = xml_child(root, "dataValue"); n != NULL; n = xml_again(n)) {
        struct dhis2_value *v = add(a, out, e);
        if (v == NULL) {
            return ERR_TOO_MANY;
        }
        v->line = n->line;
        v->data_element = attribute(n, "dataElement");
        v->period = attribute(n, "period");
        v->org_unit = attribute(n, "orgUnit");
        v->option_combo = xml_attribute_text(n, "categoryOptionCombo");
        v->slice = attribute(n, "attributeOptionCombo");
        v->value = xml_attribute_text(n, "value");
        v->comment = xml_attribute_text(n, "comment");
        v->deleted = xml_attribute_is(n, "deleted", "true");
    }
    return ERR_NONE;
}

// ---- JSON -------------------------------------------------------------------------------------------------

static const char *member(const struct json *o, const struct json *set, const char *name)
{
    const struct json *v = json_get(o, name);
    v = v == NULL ? json_get(set, name) : v;
    return v == NULL || v->text == NULL ? "" : v->text;
}

// A value may be a text, a number or true.
static const char *value_text(const struct json *o)
{
    const struct json *v = json_get(o, "value");
    return v != NULL && v->kind == JSON_KIND_BOOL ? (v->truth ? "true" : "false")
           : v == NULL || v->text == NULL         ? ""
                                                  : v->text;
}

static enum err read_json(struct arena *a, const char *bytes, size_t len, struct dhis2_set *out,
                          struct err_info *e)
{
    const struct json *set;
    enum err err = json_read(a, bytes, len, &set, e);
    const struct json *list = err == ERR_NONE ? json_get(set, "dataValues") : NULL;
    if (err == ERR_NONE && (list == NULL || list->kind != JSON_KIND_ARRAY)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("This is no data value set of DHIS2."),
                      MSG("It holds a list “dataValues”."), NULL);
    }
    for (int i = 0; err == ERR_NONE && i < list->n; i++) {
        const struct json *o = &list->items[i];
        struct dhis2_value *v = add(a, out, e);
        if (v == NULL) {
            return ERR_TOO_MANY;
        }
        v->line = o->line;
        v->data_element = member(o, NULL, "dataElement");
        v->period = member(o, set, "period");
        v->org_unit = member(o, set, "orgUnit");
        v->option_combo = member(o, NULL, "categoryOptionCombo");
        v->slice = member(o, set, "attributeOptionCombo");
        v->value = value_text(o);
        v->comment = member(o, NULL, "comment");
        v->deleted = json_get_bool(o, "deleted");
    }
    return err;
}

// ---- CSV --------------------------------------------------------------------------------------------------

enum { COLUMN_ELEMENT, COLUMN_PERIOD, COLUMN_UNIT, COLUMN_COMBO, COLUMN_SLICE, COLUMN_VALUE,
       COLUMN_BY, COLUMN_TIME, COLUMN_COMMENT, COLUMN_FOLLOW, COLUMN_DELETED, COLUMN_COUNT };
static const char *const csv_names[COLUMN_COUNT] = {
    "dataelement", "period",   "orgunit",   "categoryoptioncombo", "attributeoptioncombo",
    "value",       "storedby", "timestamp", "comment",             "followup",
    "deleted"};

// Without a heading the columns stand in the order of the names above.
static bool read_heading(const struct csv_row *row, int place[COLUMN_COUNT])
{
    bool heading = false;
    for (int k = 0; k < row->n; k++) {
        heading = heading || strcmp(row->cells[k], csv_names[COLUMN_ELEMENT]) == 0;
    }
    for (int i = 0; i < COLUMN_COUNT; i++) {
        place[i] = heading ? -1 : i;
        for (int k = 0; heading && k < row->n; k++) {
            place[i] = strcmp(row->cells[k], csv_names[i]) == 0 ? k : place[i];
        }
    }
    return heading;
}

static const char *cell(const struct csv_row *row, const int place[COLUMN_COUNT], int column)
{
    int at = place[column];
    return at < 0 || at >= row->n ? "" : row->cells[at];
}

static enum err read_csv(struct arena *a, const char *bytes, size_t len, struct dhis2_set *out,
                         struct err_info *e)
{
    int place[COLUMN_COUNT];
    struct csv_in csv;
    struct csv_row row;
    bool more, first = true;
    enum err err = csv_open(&csv, bytes, len, e);
    csv.ragged = err == ERR_NONE;
    out->table = true;
    while (err == ERR_NONE && (err = csv_next(a, &csv, &row, &more, e)) == ERR_NONE && more) {
        bool heading = first && read_heading(&row, place);
        first = false;
        if (heading) {
            continue;
        }
        if (row.n < COLUMN_VALUE + 1) {
            return err_set(e, ERR_INPUT, NULL, MSG("This is no data value set of DHIS2."),
                           MSG("The columns are dataelement, period, orgunit, categoryoptioncombo, "
                               "attributeoptioncombo, value."),
                           NULL);
        }
        struct dhis2_value *v = add(a, out, e);
        if (v == NULL) {
            return ERR_TOO_MANY;
        }
        v->line = row.number;
        v->data_element = cell(&row, place, COLUMN_ELEMENT);
        v->period = cell(&row, place, COLUMN_PERIOD);
        v->org_unit = cell(&row, place, COLUMN_UNIT);
        v->option_combo = cell(&row, place, COLUMN_COMBO);
        v->slice = cell(&row, place, COLUMN_SLICE);
        v->value = cell(&row, place, COLUMN_VALUE);
        v->comment = cell(&row, place, COLUMN_COMMENT);
        v->deleted = strcmp(cell(&row, place, COLUMN_DELETED), "true") == 0;
    }
    return err;
}

enum err dhis2_read(struct arena *a, const char *bytes, size_t len, struct dhis2_set *out,
                    struct err_info *e)
{
    size_t at = 0;
    *out = (struct dhis2_set){0};
    while (at < len && strchr(" \t\r\n\xef\xbb\xbf", bytes[at]) != NULL) {
        at++;
    }
    if (at == len) {
        return err_set(e, ERR_INPUT, NULL, MSG("The file is empty."), MSG("Choose the file that holds the values."),
                       NULL);
    }
    char first = bytes[at];
    return first == '<'   ? read_xml(a, bytes, len, out, e)
           : first == '{' ? read_json(a, bytes, len, out, e)
                          : read_csv(a, bytes, len, out, e);
}

// ---- ADX --------------------------------------------------------------------------------------------------

static bool is_in(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, name) == 0) {
            return true;
        }
    }
    return false;
}

// An attribute that is none of the format is a category: its code becomes ours, or is not known.
static void read_category(struct arena *a, const struct dhis2_mapping *m,
                          const struct xml_attribute *at, struct dhis2_value *v)
{
    const char *ours = dhis2_ours(m, "category", at->name);
    ours = ours == NULL ? at->name : ours;
    const char *code = dhis2_ours(m, ours, at->value);
    struct split one;
    struct err_info unknown;
    if (split_read(a, arena_printf(a, "%s=%s", ours, code == NULL ? at->value : code), &one,
                   &unknown) != ERR_NONE ||
        one.n != 1 || !split_add(&v->split, one.pairs[0].key, one.pairs[0].value)) {
        v->unknown = at->name;
    }
}

static enum err read_adx_value(struct arena *a, const struct xml_node *group, const struct xml_node *n,
                               const struct dhis2_mapping *m, struct dhis2_set *out, struct err_info *e)
{
    static const char *const of_value[] = {"dataElement", "value",       "categoryOptionCombo",
                                           "created",     "lastUpdated", NULL};
    static const char *const of_group[] = {"orgUnit", "period", "dataSet", "completeDate", "comment",
                                           NULL};
    struct dhis2_value *v = add(a, out, e);
    if (v == NULL) {
        return ERR_TOO_MANY;
    }
    const struct xml_node *annotation = xml_child(n, "annotation");
    v->line = n->line;
    v->data_element = xml_attribute_text(n, "dataElement");
    v->period = xml_attribute_text(group, "period");
    v->org_unit = xml_attribute_text(group, "orgUnit");
    v->option_combo = xml_attribute_text(n, "categoryOptionCombo");
    v->value = xml_attribute_text(n, "value");
    v->comment = annotation == NULL ? "" : annotation->text;
    for (int i = 0; i < group->n_attributes; i++) {
        const struct xml_attribute *at = &group->attributes[i];
        if (at->space[0] == '\0' && !is_in(at->name, of_group)) {
            v->slice = at->value;
        }
    }
    for (int i = 0; i < n->n_attributes; i++) {
        const struct xml_attribute *at = &n->attributes[i];
        if (at->space[0] == '\0' && !is_in(at->name, of_value)) {
            read_category(a, m, at, v);
        }
    }
    return ERR_NONE;
}

enum err adx_read(struct arena *a, const char *bytes, size_t len, const struct dhis2_mapping *m,
                  struct dhis2_set *out, struct err_info *e)
{
    const struct xml_node *root;
    *out = (struct dhis2_set){0};
    enum err err = xml_read(a, bytes, len, &root, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (strcmp(root->name, "adx") != 0) {
        return err_set(e, ERR_INPUT, NULL, MSG("This is no ADX file."),
                       MSG("It begins with <adx xmlns=\"urn:ihe:qrph:adx:2015\">."), NULL);
    }
    for (const struct xml_node *g = xml_child(root, "group"); g != NULL; g = xml_again(g)) {
        for (const struct xml_node *n = xml_child(g, "dataValue"); err == ERR_NONE && n != NULL; n = xml_again(n)) {
            err = read_adx_value(a, g, n, m, out, e);
        }
    }
    return err;
}
