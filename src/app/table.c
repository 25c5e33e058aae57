// SPDX-License-Identifier: AGPL-3.0-or-later
//
// table.c: see table.h.

#include "app/table.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/json/json_read.h"
#include "format/json/json_write.h"

#define MAX_COLUMNS 6
#define MAX_WIDTH 48 // of a cell
#define MIN_WIDTH 16
#define APART 2 // spaces between columns

static const char *cut(struct arena *a, const char *text, size_t width)
{
    return utf8_count(text) <= width ? text
                                     : arena_printf(a, "%.*s…", (int)utf8_first(text, width - 1), text);
}

// Letters of a line of n columns that are at most this wide each.
static size_t width_of_line(const size_t *widths, size_t n, size_t most)
{
    size_t sum = widths[0] + (n - 1) * APART;
    for (size_t k = 1; k < n; k++) {
        sum += widths[k] < most ? widths[k] : most;
    }
    return sum;
}

// Leaves out the last columns until the rest can be read in a line, and cuts the widest of these. The first one,
// code or id, stays whole, to be copied. Returns how many are shown.
static size_t fit(size_t *widths, size_t n, size_t line)
{
    size_t most = MAX_WIDTH;
    while (n > 1 && width_of_line(widths, n, MIN_WIDTH) > line) {
        n--;
    }
    while (most > MIN_WIDTH && width_of_line(widths, n, most) > line) {
        most--;
    }
    for (size_t k = 1; k < n; k++) {
        widths[k] = widths[k] < most ? widths[k] : most;
    }
    return n;
}

static void pad(struct buf *out, const char *text, size_t width)
{
    buf_str(out, text);
    for (size_t n = utf8_count(text); n < width; n++) {
        buf_char(out, ' ');
    }
}

// Code and title first, then codes, dates and numbers in the order of the description.
static size_t choose_columns(const struct entity *kind, size_t columns[MAX_COLUMNS])
{
    size_t n = 0;
    const char *first[] = {kind->code_field, kind->title_field};
    for (size_t k = 0; k < 2; k++) {
        if (first[k] != NULL && (k == 0 || first[0] == NULL || strcmp(first[0], first[1]) != 0)) {
            columns[n++] = entity_field_index(kind, first[k]);
        }
    }
    for (size_t i = 0; i < kind->n_fields && n < MAX_COLUMNS; i++) {
        bool taken = false;
        for (size_t k = 0; k < n; k++) {
            taken = taken || columns[k] == i;
        }
        enum field_type type = kind->fields[i].type;
        if (!taken && !kind->fields[i].confidential && type != FIELD_LONG && type != FIELD_REF && type != FIELD_BOOL) {
            columns[n++] = i;
        }
    }
    return n;
}

enum err table_of_records(struct money_context *m, const struct lang *lang,
                          const struct entity *kind, struct record *const *rows, size_t n, size_t line,
                          struct buf *out, struct err_info *e)
{
    struct arena *a = m->arena;
    size_t columns[MAX_COLUMNS], widths[MAX_COLUMNS + 1] = {0};
    size_t ids = kind->code_field == NULL ? 1 : 0; // the first column
    size_t across = choose_columns(kind, columns) + ids;
    const char **cells = ARENA_ARRAY(a, const char *, (n + 1) * across);
    for (size_t i = 0; i <= n; i++) {
        const char *currency = "";
        int digits = 2;
        enum err err = i == 0 ? ERR_NONE : money_of(m, rows[i - 1], &currency, &digits, e);
        if (err != ERR_NONE) {
            return err;
        }
        for (size_t k = 0; k < across; k++) {
            const struct field *f = k < ids ? NULL : &kind->fields[columns[k - ids]];
            const char *text = f == NULL ? (i == 0 ? "id" : rows[i - 1]->id)
                               : i == 0  ? tr(lang, f->label)
                                         : field_for_people(a, lang, f, &rows[i - 1]->values[columns[k - ids]],
                                                            currency, digits);
            cells[i * across + k] = f == NULL ? text : cut(a, text, MAX_WIDTH);
            size_t width = utf8_count(cells[i * across + k]);
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    size_t shown = line == 0 ? across : fit(widths, across, line);
    for (size_t i = 0; i <= n; i++) {
        for (size_t k = 0; k < shown; k++) {
            bool last = k == shown - 1;
            pad(out, cut(a, cells[i * across + k], widths[k]), last ? 0 : widths[k] + APART);
        }
        buf_char(out, '\n');
    }
    if (n == 0) {
        buf_printf(out, "%s\n", tr(lang, MSG("(none)")));
    }
    return ERR_NONE;
}

enum err text_of_record(struct money_context *m, const struct lang *lang, const struct record *r,
                        struct buf *out, struct err_info *e)
{
    const char *currency;
    int digits;
    enum err err = money_of(m, r, &currency, &digits, e);
    if (err != ERR_NONE) {
        return err;
    }
    buf_printf(out, "%s: %s\n", tr(lang, r->entity->label), record_title(r));
    buf_printf(out, "  %-28s %s\n", "id", r->id);
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        const struct field *f = &r->entity->fields[i];
        if (!r->values[i].set || !record_writes(m, f)) {
            continue;
        }
        buf_str(out, "  ");
        pad(out, tr(lang, f->label), 28);
        buf_printf(out, " %s\n", record_value_words(m, lang, f, &r->values[i], currency, digits));
    }
    return ERR_NONE;
}

// A side of a change as text; "" when it was not set.
static const char *side_of(struct arena *a, const struct json *pair, int side)
{
    const struct json *v = pair->kind == JSON_KIND_ARRAY && side < pair->n ? &pair->items[side] : NULL;
    (void)a;
    return v == NULL || v->text == NULL ? "" : v->text;
}

static bool hides(const struct money_context *m, const struct entity *kind, const char *name)
{
    const struct field *f = entity_field(kind, name);
    return f != NULL && !record_writes(m, f);
}

enum err text_of_history(struct money_context *m, const struct lang *lang,
                         const struct entity *kind, const struct change *changes, size_t n,
                         struct buf *out, struct err_info *e)
{
    struct arena *a = m->arena;
    for (size_t i = 0; i < n; i++) {
        const struct change *c = &changes[i];
        const struct json *fields;
        enum err err = json_read(a, c->fields, strlen(c->fields), &fields, e);
        if (err != ERR_NONE) {
            return err;
        }
        buf_printf(out, "%.19sZ  %s  %s  %.12s\n", c->wall, c->op, c->actor, c->hash);
        if (c->reason[0] != '\0') {
            buf_printf(out, "    %s: %s\n", tr(lang, MSG("Reason")), c->reason);
        }
        for (int k = 0; k < fields->n; k++) {
            const struct json *pair = &fields->items[k];
            const struct field *f = entity_field(kind, pair->name);
            const char *label = f == NULL ? pair->name : tr(lang, f->label);
            if (hides(m, kind, pair->name)) {
                buf_printf(out, "    %s: %s\n", label, tr(lang, MSG("Not shown")));
                continue;
            }
            buf_printf(out, "    %s: %s → %s\n", label, side_of(a, pair, 0), side_of(a, pair, 1));
        }
    }
    return ERR_NONE;
}

static void put_again(struct json_out *j, const struct json *v)
{
    switch (v->kind) {
    case JSON_KIND_NULL: json_put_null(j); break;
    case JSON_KIND_BOOL: json_put_bool(j, v->truth); break;
    case JSON_KIND_NUMBER: json_put_decimal(j, v->text); break;
    case JSON_KIND_TEXT: json_put_text(j, v->text); break;
    case JSON_KIND_ARRAY:
    case JSON_KIND_OBJECT: // a side of a change is one value
        json_put_array(j);
        for (int i = 0; i < v->n; i++) {
            put_again(j, &v->items[i]);
        }
        json_put_array_end(j);
    }
}

// The fields of a change as they are kept, or again without those that are hidden.
static enum err fields_shown(struct money_context *m, const struct entity *kind, const char *kept,
                             const char **out, struct err_info *e)
{
    const struct json *fields;
    struct json_out j;
    struct buf b;
    bool any = false;
    *out = kept;
    enum err err = json_read(m->arena, kept, strlen(kept), &fields, e);
    for (int k = 0; err == ERR_NONE && k < fields->n; k++) {
        any = any || hides(m, kind, fields->items[k].name);
    }
    if (err != ERR_NONE || !any) {
        return err;
    }
    buf_init(&b, m->arena, LIMIT_REPLY_BYTES);
    json_begin(&j, &b, false);
    json_put_object(&j);
    for (int k = 0; k < fields->n; k++) {
        if (!hides(m, kind, fields->items[k].name)) {
            json_put_name(&j, fields->items[k].name);
            put_again(&j, &fields->items[k]);
        }
    }
    json_put_object_end(&j);
    json_end(&j);
    *out = b.data;
    return ERR_NONE;
}

enum err json_of_history(struct money_context *m, const struct entity *kind,
                         const struct change *changes, size_t n, struct buf *out,
                         struct err_info *e)
{
    struct json_out j;
    json_begin(&j, out, true);
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        const struct change *c = &changes[i];
        const char *fields;
        enum err err = fields_shown(m, kind, c->fields, &fields, e);
        if (err != ERR_NONE) {
            return err;
        }
        json_put_object(&j);
        json_member_text(&j, "hash", c->hash);
        json_member_text(&j, "compartment", c->compartment);
        json_member_text(&j, "node", c->node);
        json_member_int(&j, "seq", c->seq);
        json_member_text(&j, "op", c->op);
        json_member_text(&j, "base", c->base);
        json_member_text(&j, "fields", fields);
        json_member_text(&j, "actor", c->actor);
        json_member_text(&j, "reason", c->reason);
        json_member_text(&j, "wall", c->wall);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
    return ERR_NONE;
}
