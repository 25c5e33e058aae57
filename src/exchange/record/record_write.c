// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_write.c: records as JSON and CSV. See record_io.h.

#include <string.h>

#include "exchange/record/record_io.h"
#include "format/csv/csv_write.h"
#include "format/json/json_write.h"
#include "place/place.h"

#define CURRENCY_WITHOUT_PROGRAMME "USD"

struct money_known {
    struct money_known *next;
    const char *programme_id;
    const char *currency;
};

static bool has_money(const struct entity *kind)
{
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (kind->fields[i].type == FIELD_MONEY) {
            return true;
        }
    }
    return false;
}

enum err money_of(struct money_context *m, const struct record *r, const char **currency,
                  int *minor_digits, struct err_info *e)
{
    *currency = CURRENCY_WITHOUT_PROGRAMME;
    *minor_digits = 2;
    if (!has_money(r->entity)) {
        return ERR_NONE;
    }
    if (entity_field(r->entity, "currency") != NULL) {
        if (record_is_set(r, "currency")) {
            *currency = record_text(r, "currency");
        }
        *minor_digits = currency_minor_digits(*currency);
        return ERR_NONE;
    }
    const char *id;
    enum err err = store_programme_of(m->db, m->arena, r, &id, e);
    if (err != ERR_NONE || id == NULL) {
        return err;
    }
    struct money_known *known = m->known;
    while (known != NULL && strcmp(known->programme_id, id) != 0) {
        known = known->next;
    }
    if (known == NULL) {
        struct record *programme;
        struct arena *kept = m->kept == NULL ? m->arena : m->kept;
        err = store_get(m->db, m->arena, model_find("programme"), id, &programme, e);
        if (err != ERR_NONE) {
            return err;
        }
        known = ARENA_MAKE(kept, struct money_known);
        *known = (struct money_known){m->known, arena_copy(kept, id),
                                      arena_copy(kept, record_text(programme, "currency"))};
        m->known = known;
    }
    *currency = known->currency;
    *minor_digits = currency_minor_digits(*currency);
    return ERR_NONE;
}

static void put_codes(struct json_out *j, struct arena *a, const char *codes)
{
    json_put_array(j);
    char *copy = arena_copy(a, codes);
    char *state = NULL;
    for (char *c = strtok_r(copy, " ", &state); c != NULL; c = strtok_r(NULL, " ", &state)) {
        json_put_text(j, c);
    }
    json_put_array_end(j);
}

static void put_value(struct json_out *j, struct arena *a, const struct field *f,
                      const struct value *v, int minor_digits)
{
    if (!v->set) {
        json_put_null(j);
        return;
    }
    switch (f->type) {
    case FIELD_INT:
        json_put_int(j, v->number);
        break;
    case FIELD_BOOL:
        json_put_bool(j, v->number != 0);
        break;
    case FIELD_MONEY:
    case FIELD_DECIMAL:
        json_put_decimal(j, field_print(a, f, v, minor_digits));
        break;
    case FIELD_CODES:
        put_codes(j, a, v->text);
        break;
    default:
        json_put_text(j, v->text);
    }
}

bool record_writes(const struct money_context *m, const struct field *f)
{
    return m->confidential || !f->confidential;
}

const char *record_value_words(struct money_context *m, const struct lang *lang, const struct field *f,
                               const struct value *v, const char *currency, int minor_digits)
{
    struct record *other;
    struct err_info gone;
    return v->set && f->type == FIELD_REF &&
                   store_get(m->db, m->arena, model_find(f->ref), v->text, &other, &gone) == ERR_NONE
               ? record_title(other)
               : field_for_people(m->arena, lang, f, v, currency, minor_digits);
}

enum err record_put_json(struct money_context *m, struct json_out *j, const struct record *r,
                         enum data_class most, struct err_info *e)
{
    const char *currency;
    int digits;
    enum err err = money_of(m, r, &currency, &digits, e);
    if (err != ERR_NONE) {
        return err;
    }
    json_put_object(j);
    json_member_text(j, "id", r->id);
    if (r->entity->compute == NULL) {
        json_member_text(j, "version", r->version);
        json_member_text(j, "changed_at", r->changed_at);
    }
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        if (r->entity->fields[i].data_class > most || !record_writes(m, &r->entity->fields[i])) {
            continue;
        }
        json_put_name(j, r->entity->fields[i].name);
        put_value(j, m->arena, &r->entity->fields[i], &r->values[i], digits);
    }
    json_put_object_end(j);
    return ERR_NONE;
}

enum err record_write_json(struct money_context *m, const struct record *r, struct buf *out, struct err_info *e)
{
    struct json_out j;
    json_begin(&j, out, true);
    enum err err = record_put_json(m, &j, r, CLASS_C4, e);
    if (err == ERR_NONE) {
        json_end(&j);
    }
    return err;
}

static void put_heading(struct csv_out *c, const struct money_context *m, const struct entity *kind)
{
    csv_cell(c, "id");
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (record_writes(m, &kind->fields[i])) {
            csv_cell(c, kind->fields[i].name);
        }
    }
    csv_row_end(c);
}

void record_out_begin(struct record_out *o, struct money_context *m, const struct entity *kind, bool as_json,
                      struct buf *out)
{
    *o = (struct record_out){.money = m, .as_json = as_json};
    if (as_json) {
        json_begin(&o->json, out, true);
        json_put_array(&o->json);
    } else {
        csv_begin(&o->csv, out, false);
        put_heading(&o->csv, m, kind);
    }
}

static enum err put_row(struct csv_out *c, struct money_context *m, const struct record *r, struct err_info *e)
{
    const char *currency;
    int digits;
    enum err err = money_of(m, r, &currency, &digits, e);
    if (err != ERR_NONE) {
        return err;
    }
    csv_cell(c, r->id);
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        if (record_writes(m, &r->entity->fields[i])) {
            csv_cell(c, field_print(m->arena, &r->entity->fields[i], &r->values[i], digits));
        }
    }
    csv_row_end(c);
    return ERR_NONE;
}

enum err record_out_put(struct record_out *o, const struct record *r, struct err_info *e)
{
    return o->as_json ? record_put_json(o->money, &o->json, r, CLASS_C4, e) : put_row(&o->csv, o->money, r, e);
}

void record_out_end(struct record_out *o)
{
    if (o->as_json) {
        json_put_array_end(&o->json);
        json_end(&o->json);
    }
}
