// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record.c: showing a record and its history from the description of its fields. See record.h; the
// markup is in record_facts.html, record_section.html and record_history.html.

#include "html/record.h"

#include <string.h>

#include <jansson.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/limits.h"
#include "html/record_facts.html.h"
#include "html/record_history.html.h"
#include "html/record_section.html.h"
#include "http/http.h"

#define LIT(h, text) html_lit((h), (text), sizeof(text) - 1)

// ---- values -------------------------------------------------------------------------------------

static void show_link(struct html *h, struct record_link link)
{
    if (link.label == NULL) {
        LIT(h, "–");
    } else if (link.address == NULL) {
        html_text(h, link.label);
    } else {
        LIT(h, "<a href=\"");
        html_url(h, link.address);
        LIT(h, "\">");
        html_text(h, link.label);
        LIT(h, "</a>");
    }
}

void record_show_value(struct html *h, const struct record_view *v, const struct field *f,
                       const struct value *value)
{
    const char *currency = v->currency != NULL ? v->currency : h->currency;
    if (f->data_class == CLASS_C4 || f->confidential) {
        html_tr(h, MSG("Not shown"));
    } else if (!value->set) {
        LIT(h, "–");
    } else if (f->type == FIELD_REF) {
        show_link(h, v->resolve == NULL ? (struct record_link){.label = value->text}
                                        : v->resolve(v->context, h->arena, f, value->text));
    } else if (f->type == FIELD_MONEY) {
        html_money(h, currency == NULL ? "" : currency, value->number, v->minor_digits);
    } else if (f->type == FIELD_DATE || f->type == FIELD_PARTIAL_DATE) {
        html_date(h, value->text);
    } else if (f->type == FIELD_LONG) {
        (v->inline_text ? html_lines : html_paragraphs)(h, field_for_people(h->arena, h->lang, f, value, "", 0));
    } else {
        html_text(h, field_for_people(h->arena, h->lang, f, value,
                                      currency == NULL ? "" : currency, v->minor_digits));
    }
}

// ---- sections -----------------------------------------------------------------------------------

static const struct field **fields_of(struct arena *a, const struct entity *kind,
                                      const char *const *names, size_t *n)
{
    const struct field **list = ARENA_ARRAY(a, const struct field *, kind->n_fields + 1);
    *n = 0;
    for (size_t i = 0; names == NULL && i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        if (kind->parent_field == NULL || strcmp(kind->parent_field, f->name) != 0) {
            list[(*n)++] = f;
        }
    }
    for (; names != NULL && *names != NULL; names++) {
        const struct field *f = entity_field(kind, *names);
        ensure(f != NULL && *n < kind->n_fields);
        list[(*n)++] = f;
    }
    return list;
}

void record_show_facts(struct html *h, const struct record_view *v, const char *const *names)
{
    struct record_facts_view view = {.view = v};
    view.fields = fields_of(h->arena, v->record->entity, names, &view.n_fields);
    record_facts_html(h, &view);
}

void record_show_section(struct html *h, const struct record_view *v,
                         const struct record_section *s)
{
    record_section_html(h, &(struct record_section_view){.view = v, .section = s});
}

// So many fields of a new or deleted record stand open in a history.
#define HISTORY_MOST_OPEN 2

// ---- history ------------------------------------------------------------------------------------

static struct value value_of(struct arena *a, const json_t *j)
{
    if (json_is_integer(j)) {
        return (struct value){.set = true, .number = json_integer_value(j)};
    }
    if (json_is_string(j)) {
        return (struct value){.set = true, .text = arena_copy(a, json_string_value(j))};
    }
    return (struct value){0};
}

// The fields of a change in the order of the description. A change of a kind or a field that the
// program no longer knows is still listed, without its fields.
static void fill_fields(struct html *h, const struct change *c, const struct entity *kind,
                        struct history_item *item)
{
    json_t *object = c->fields == NULL ? NULL : json_loads(c->fields, 0, NULL);
    struct history_field *list =
        ARENA_ARRAY(h->arena, struct history_field, kind == NULL ? 1 : kind->n_fields + 1);
    for (size_t i = 0; kind != NULL && i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        const json_t *pair = json_object_get(object, f->name);
        if (pair != NULL) {
            list[item->n_fields++] = (struct history_field){
                .field = f,
                .before = value_of(h->arena, json_array_get(pair, 0)),
                .after = value_of(h->arena, json_array_get(pair, 1))};
        }
    }
    item->fields = list;
    json_decref(object);
}

static void tell_references(struct html *h, const struct record_history *history,
                            const struct history_item *items)
{
    size_t n = 0, most = 0;
    for (size_t i = 0; i < history->n; i++) {
        most += 2 * items[i].n_fields;
    }
    struct record_ref *refs = ARENA_ARRAY(h->arena, struct record_ref, most + 1);
    for (size_t i = 0; i < history->n; i++) {
        for (size_t k = 0; k < items[i].n_fields; k++) {
            const struct history_field *f = &items[i].fields[k];
            const struct value *sides[] = {&f->before, &f->after};
            for (size_t s = 0; f->field->type == FIELD_REF && s < COUNT_OF(sides); s++) {
                if (sides[s]->set) {
                    refs[n++] = (struct record_ref){f->field, sides[s]->text};
                }
            }
        }
    }
    history->expect(history->context, h->arena, refs, n);
}

static const char *sentence(const struct lang *lang, const struct change *c)
{
    if (strcmp(c->op, "create") == 0) {
        return tr(lang, MSG("Written"));
    }
    if (strcmp(c->op, "delete") == 0) {
        return tr(lang, MSG("Deleted"));
    }
    return strcmp(c->op, "event") == 0 ? tr(lang, MSG("Happened")) : tr(lang, MSG("Changed"));
}

// "22 Nov 2026, 10:20" of "2026-11-22T10:20:30.123Z"; times are UTC and say so.
const char *record_moment(struct html *h, const char *wall)
{
    if (wall == NULL || strlen(wall) < 16) {
        return wall;
    }
    const char *day = date_for_people(h->arena, h->lang, arena_copy_n(h->arena, wall, 10));
    const char *time = arena_copy_n(h->arena, wall + 11, 5);
    return tr_f(h->arena, h->lang, MSG("{0}, {1} UTC"), day, time, NULL);
}

void record_show_history(struct html *h, const struct record_history *history)
{
    struct record_view values = {.currency = history->currency,
                                 .minor_digits = history->minor_digits,
                                 .resolve = history->resolve,
                                 .context = history->context,
                                 .inline_text = true};
    struct history_item *items = ARENA_ARRAY(h->arena, struct history_item, history->n + 1);
    for (size_t i = 0; i < history->n; i++) {
        const struct change *c = &history->changes[i];
        const struct entity *kind = model_find(c->kind);
        struct history_item *item = &items[i];
        item->change = c;
        item->when = record_moment(h, c->wall);
        item->who = history->name_of == NULL
                        ? c->actor
                        : history->name_of(history->names, c->actor);
        if (strcmp(item->who, "owner") == 0) { // whoever works on the folder without --as
            item->who = tr(h->lang, MSG("Command line"));
        }
        item->what = sentence(h->lang, c);
        item->kind = kind == NULL ? c->kind : tr(h->lang, kind->label);
        if (c->many > 0 && kind != NULL) {
            item->kind = tr_f(h->arena, h->lang, MSG("{0} ({1})"), tr(h->lang, kind->label_many),
                              arena_printf(h->arena, "%lld", (long long)c->many), NULL);
        }
        if (history->about != NULL) {
            item->about = history->about(history->context, h->arena, c);
        }
        item->may_undo = history->may_undo && strcmp(c->op, "event") != 0 &&
                         (history->may_undo_one == NULL ||
                          history->may_undo_one(history->context, c));
        fill_fields(h, c, kind, item);
        item->folded = item->n_fields > HISTORY_MOST_OPEN && strcmp(c->op, "update") != 0;
    }
    if (history->expect != NULL) {
        tell_references(h, history, items);
    }
    record_history_html(h, &(struct record_history_view){
                               .items = items,
                               .n_items = history->n,
                               .values = &values,
                               .address = h->req == NULL ? NULL : h->req->address});
}
