// SPDX-License-Identifier: AGPL-3.0-or-later
//
// partner.c: see partner.h.

#include "exchange/partner/partner.h"

#include <stdarg.h>
#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/msg.h"
#include "exchange/record/record_rights.h"
#include "format/json/json_read.h"
#include "result/result.h"
#include "result/result_lines.h"

void partner_forget(struct partner_import *p)
{
    p->im.done = NULL;
    p->im.names = NULL;
    arena_reset(p->im.arena);
}

void partner_put(struct partner_record *r, const char *field, const char *text)
{
    if (text != NULL) {
        ensure(r->n < PARTNER_FIELDS);
        r->names[r->n] = field;
        r->texts[r->n++] = text;
    }
}

const char *partner_where(struct arena *a, const struct partner_import *p, int number)
{
    return tr_f(a, p->lang, p->where, decimal_int_text(a, number), NULL);
}

static struct partner_line *say(struct partner_import *p, int number, enum partner_verdict verdict,
                                const char *record, const char *text)
{
    p->n_lines++;
    p->refused += verdict == PARTNER_REFUSED;
    p->line_bytes += sizeof **p->end + strlen(record) + strlen(text);
    if (p->line_bytes > LIMIT_REPLY_BYTES) {
        return NULL;
    }
    struct partner_line *line = ARENA_MAKE(p->kept, struct partner_line);
    *line = (struct partner_line){.number = number,
                                  .verdict = verdict,
                                  .record = arena_copy(p->kept, record),
                                  .text = arena_copy(p->kept, text)};
    *p->end = line;
    p->end = &line->next;
    return line;
}

static void say_list(struct partner_import *p, int number, enum partner_verdict verdict,
                     const char *record, const char *text, va_list list)
{
    const char *args[ERR_ARGS];
    int n = 0;
    while (n < ERR_ARGS && (args[n] = va_arg(list, const char *)) != NULL) {
        n++;
    }
    (void)say(p, number, verdict, record, tr_args(p->arena, p->lang, text, args, n));
}

void partner_left_out(struct partner_import *p, int line, const char *text, ...)
{
    va_list list;
    va_start(list, text);
    say_list(p, line, PARTNER_LEFT_OUT, "", text, list);
    va_end(list);
}

void partner_refuse(struct partner_import *p, int line, const char *text, ...)
{
    va_list list;
    va_start(list, text);
    say_list(p, line, PARTNER_REFUSED, "", text, list);
    va_end(list);
}

// What the newest change of a record changed: its fields with the values before and after, in words where the
// person may read them.
static enum err newest_change(struct partner_import *p, const struct entity *kind, const char *id,
                              struct partner_change **out, size_t *n_out, struct err_info *e)
{
    struct change *changes;
    const struct json *fields;
    struct record *side[2];
    struct money_context money = {.arena = p->arena, .db = p->db};
    const char *currency = "";
    int digits = 2;
    size_t n;
    *n_out = 0;
    enum err err = store_history(p->db, p->arena, kind->kind, id, 1, &changes, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    err = json_read(p->arena, changes[0].fields, strlen(changes[0].fields), &fields, e);
    for (int i = 0; err == ERR_NONE && i < 2; i++) {
        err = store_change_side(p->arena, &changes[0], kind, i, &side[i], e);
    }
    if (err == ERR_NONE && p->values) {
        struct record *whole;
        err = store_get(p->db, p->arena, kind, id, &whole, e);
        err = err != ERR_NONE ? err : money_of(&money, whole, &currency, &digits, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(p->arena, struct partner_change, (size_t)fields->n + 1);
    for (int i = 0; i < fields->n; i++) {
        const struct field *f = entity_field(kind, fields->items[i].name);
        struct partner_change *c = &(*out)[(*n_out)++];
        *c = (struct partner_change){f == NULL ? fields->items[i].name : tr(p->lang, f->label), "", ""};
        if (p->values && f != NULL && record_writes(&money, f)) {
            c->before = record_value_words(&money, p->lang, f, record_value(side[0], f->name), currency, digits);
            c->after = record_value_words(&money, p->lang, f, record_value(side[1], f->name), currency, digits);
        }
    }
    return ERR_NONE;
}

static const char *record_words(struct partner_import *p, const struct partner_record *r)
{
    return arena_printf(p->arena, "%s %s", tr(p->lang, r->kind->label), r->shown);
}

void partner_same(struct partner_import *p, const struct partner_record *r)
{
    p->im.same++;
    (void)say(p, r->line, PARTNER_SAME, record_words(p, r), "");
}

void partner_refuse_record(struct partner_import *p, const struct partner_record *r, const char *text, ...)
{
    va_list list;
    va_start(list, text);
    say_list(p, r->line, PARTNER_REFUSED, record_words(p, r), text, list);
    va_end(list);
}

static void keep_changes(struct partner_import *p, struct partner_line *line,
                         const struct partner_change *changes, size_t n)
{
    struct partner_change *kept = ARENA_ARRAY(p->kept, struct partner_change, n + 1);
    for (size_t i = 0; i < n; i++) {
        kept[i] = (struct partner_change){arena_copy(p->kept, changes[i].label),
                                          arena_copy(p->kept, changes[i].before),
                                          arena_copy(p->kept, changes[i].after)};
        p->line_bytes += strlen(kept[i].before) + strlen(kept[i].after);
    }
    line->changes = kept;
    line->n_changes = n;
}

static enum err say_outcome(struct partner_import *p, const struct partner_record *r,
                            struct err_info *e)
{
    const struct import_done *done = p->im.done;
    bool changed = done->outcome == IMPORT_CHANGED;
    struct partner_change *changes = NULL;
    const char *fields = ""; // "Title, Baseline"
    size_t n = 0;
    enum err err = changed || (p->values && done->outcome == IMPORT_CREATED)
                       ? newest_change(p, r->kind, done->id, &changes, &n, e)
                       : ERR_NONE;
    if (err != ERR_NONE || (done->outcome == IMPORT_SAME && !p->values)) {
        return err;
    }
    for (size_t i = 0; changed && !p->values && i < n; i++) {
        fields = arena_printf(p->arena, "%s%s%s", fields, i == 0 ? "" : ", ", changes[i].label);
    }
    struct partner_line *line = say(p, r->line,
                                    changed                             ? PARTNER_CHANGED
                                    : done->outcome == IMPORT_CREATED ? PARTNER_NEW
                                                                        : PARTNER_SAME,
                                    record_words(p, r), fields);
    if (line != NULL && p->values) {
        keep_changes(p, line, changes, n);
    }
    return ERR_NONE;
}

static bool is_refusal(enum err err)
{
    return err == ERR_INPUT || err == ERR_NOT_ALLOWED || err == ERR_NOT_FOUND ||
           err == ERR_CONFLICT || err == ERR_USAGE;
}

// "line 12, title" without what the line says already.
static const char *blamed_field(const struct partner_record *r, const struct err_info *why)
{
    const char *comma = strchr(why->field, ',');
    const struct field *f =
        comma == NULL ? NULL : entity_field(r->kind, comma + strspn(comma, ", "));
    return f == NULL ? NULL : f->label;
}

enum err partner_save(struct partner_import *p, struct partner_record *r, const char **id,
                      struct err_info *e)
{
    struct err_info why = {0};
    const char *place = arena_printf(p->arena, "line %d", r->line);
    *id = NULL;
    enum err err = import_texts(&p->im, r->kind, place, r->names, r->texts, r->n, &why);
    if (err == ERR_NONE) {
        *id = p->im.done->id;
        return say_outcome(p, r, e);
    }
    if (!is_refusal(err)) {
        *e = why;
        return err;
    }
    const char *label = blamed_field(r, &why);
    const char *text = err_text(p->arena, p->lang, &why);
    const char *hint = err_hint(p->arena, p->lang, &why);
    label = label == NULL ? "" : tr(p->lang, label);
    bool said = strncmp(text, label, strlen(label)) == 0; // most messages begin with it
    (void)say(p, r->line, PARTNER_REFUSED, record_words(p, r),
        arena_printf(p->arena, "%s%s%s%s%s", said ? "" : label, said ? "" : ": ", text, hint == NULL ? "" : " ",
                     hint == NULL ? "" : hint));
    return ERR_NONE;
}

enum err partner_find(struct partner_import *p, const struct entity *kind, struct record **out,
                      struct err_info *e, ...)
{
    struct store_filter filters[4];
    struct store_query q = {.filters = filters, .limit = 1};
    struct record **found;
    const char *field;
    size_t n;
    va_list list;
    va_start(list, e);
    while ((field = va_arg(list, const char *)) != NULL) {
        ensure(q.n_filters < COUNT_OF(filters));
        const char *text = va_arg(list, const char *);
        filters[q.n_filters++] =
            (struct store_filter){field, text == NULL ? STORE_IS_EMPTY : STORE_EQUAL, text};
    }
    va_end(list);
    enum err err = store_list(p->db, p->arena, kind, &q, &found, &n, e);
    *out = err == ERR_NONE && n > 0 ? found[0] : NULL;
    return err;
}

enum err partner_find_indicator(struct partner_import *p, const char *code, struct record **out,
                                struct err_info *e)
{
    struct err_info why;
    enum err err =
        record_get_visible(p->db, p->arena, p->im.who, &entity_indicator, code, out, &why);
    if (err == ERR_NOT_FOUND) {
        *out = NULL;
        return ERR_NONE;
    }
    if (err != ERR_NONE) {
        *e = why;
    }
    return err;
}

// ---- values -------------------------------------------------------------------------------------------------

// NULL when the record has this number already, however it was typed.
static const char *if_other(const struct record *r, const char *field, const char *text)
{
    int64_t before;
    int64_t now;
    bool same = r != NULL && text != NULL && decimal_parse(record_text(r, field), &before) &&
                decimal_parse(text, &now) && before == now;
    return same ? NULL : text;
}

static const char *answer_of(const char *value)
{
    int64_t scaled;
    if (value == NULL || !decimal_parse(value, &scaled)) {
        return NULL;
    }
    return scaled == 0 ? "no" : scaled == DECIMAL_ONE ? "yes" : scaled == DECIMAL_ONE / 2 ? "part" : NULL;
}

// What part and whole that are here already come to; a number alone cannot change them.
static struct result_figure fraction_of(struct partner_import *p, const struct record *indicator,
                                        const struct record *observation)
{
    struct result_line line;
    result_line_begin(p->arena, indicator, &line);
    struct result_entry entry = result_entry_of(observation);
    return entry.has_fraction ? result_figure_of(line.rule.unit, &entry) : (struct result_figure){0};
}

static bool is_closed(const struct record *observation)
{
    const char *state = record_text(observation, "state");
    return strcmp(state, "approved") == 0 || strcmp(state, "locked") == 0;
}

// What was checked or returned is to be checked again.
static void put_entered(struct partner_record *r, const struct record *observation)
{
    bool entered = strcmp(record_text(observation, "state"), "entered") == 0;
    partner_put(r, "state", entered ? NULL : "entered");
    partner_put(r, "return_reason", record_is_set(observation, "return_reason") ? "" : NULL);
}

static const char *value_words(struct arena *a, const struct record *indicator, const char *from, const char *to,
                               const char *country)
{
    return arena_printf(a, "%s %s–%s%s%s", record_code(indicator), from, to, country[0] == '\0' ? "" : " ", country);
}

bool partner_is_place(const struct record *indicator, const struct record *programme, const char *country)
{
    const char *countries = record_text(programme, "countries"); // " KE "
    bool only = strlen(countries) == 4 && strlen(country) == 2 && strncmp(countries + 1, country, 2) == 0;
    return record_int(indicator, "per_country") != 0 || !only;
}

enum err partner_open_value(struct partner_import *p, int line, const char *id, bool *open, struct err_info *e)
{
    struct record *o;
    struct record *indicator;
    enum err err = store_get(p->db, p->arena, &entity_observation, id, &o, e);
    *open = err == ERR_NONE && !is_closed(o);
    if (!*open || strcmp(record_text(o, "state"), "entered") == 0) {
        return err;
    }
    err = store_get(p->db, p->arena, &entity_indicator, record_text(o, "indicator_id"), &indicator, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct partner_record r = {.kind = &entity_observation,
                               .line = line,
                               .shown = value_words(p->arena, indicator, record_text(o, "period_from"),
                                                    record_text(o, "period_to"), record_text(o, "country"))};
    partner_put(&r, "id", id);
    put_entered(&r, o);
    return partner_save(p, &r, &id, e);
}

enum err partner_save_value(struct partner_import *p, const struct record *indicator,
                            const struct partner_value *v, const char **id, struct err_info *e)
{
    struct record *before;
    const char *unit = record_text(indicator, "unit");
    struct partner_record r = {
        .kind = &entity_observation,
        .line = v->line,
        .shown = value_words(p->arena, indicator, v->from, v->to, v->country == NULL ? "" : v->country)};
    *id = NULL;
    if ((v->part == NULL) != (v->whole == NULL)) {
        partner_refuse(p, v->line, MSG("{0}: a part needs its whole."), record_code(indicator), NULL);
        return ERR_NONE;
    }
    enum err err = partner_find(p, &entity_observation, &before, e, "indicator_id", indicator->id,
                                "period_from", v->from, "period_to", v->to, "country", v->country, NULL);
    if (err != ERR_NONE) {
        return err;
    }
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "indicator_id", indicator->id);
    partner_put(&r, "period_from", v->from);
    partner_put(&r, "period_to", v->to);
    partner_put(&r, "country", v->country);
    partner_put(&r, "state", before == NULL ? "entered" : NULL);
    int said = r.n;
    if (strcmp(unit, "text") == 0) {
        partner_put(&r, "note", v->note);
    } else if (strcmp(unit, "yes_no") == 0) {
        if (answer_of(v->value) == NULL) {
            partner_refuse(p, v->line, MSG("{0}: an answer is 1 (yes), 0.5 (in part) or 0 (no)."),
                           record_code(indicator), NULL);
            return ERR_NONE;
        }
        partner_put(&r, "answer", answer_of(v->value));
    } else if (v->part != NULL && v->whole != NULL) {
        partner_put(&r, "numerator", if_other(before, "numerator", v->part));
        partner_put(&r, "denominator", if_other(before, "denominator", v->whole));
    } else {
        struct result_figure here = {0};
        int64_t now;
        if (before != NULL) {
            here = fraction_of(p, indicator, before);
        }
        if (here.known && v->value != NULL && (!decimal_parse(v->value, &now) || now != here.scaled)) {
            partner_refuse(p, v->line,
                           MSG("{0}: here the value {1} comes from part and whole; another one alone cannot replace "
                               "them. Give part and whole."),
                           record_code(indicator), decimal_short(p->arena, here.scaled), NULL);
            return ERR_NONE;
        }
        partner_put(&r, "value", here.known ? NULL : if_other(before, "value", v->value));
    }
    bool changes = false;
    for (int i = said; before != NULL && i < r.n; i++) {
        changes = changes || strcmp(record_text(before, r.names[i]), r.texts[i]) != 0;
    }
    if (changes && is_closed(before)) {
        partner_refuse_record(p, &r, PARTNER_CLOSED, NULL);
        return ERR_NONE;
    }
    if (changes) {
        put_entered(&r, before);
    }
    return partner_save(p, &r, id, e);
}

// ---- the whole --------------------------------------------------------------------------------------------

enum err partner_do(const struct partner_job *job, struct partner_import *p, bool *saved,
                    struct err_info *e)
{
    struct store_tx *tx;
    *saved = false;
    enum err err = store_begin(job->store, job->actor, job->reason, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES);
    *p = (struct partner_import){.im = {.arena = scratch, .tx = tx, .who = job->who, .tell = true},
                                 .arena = scratch,
                                 .kept = job->arena,
                                 .lang = job->lang,
                                 .db = store_tx_read(tx),
                                 .where = MSG("line {0}")};
    p->end = &p->lines;
    err = job->read(p, job->of, e);
    arena_free(scratch);
    p->im.done = NULL;
    bool keep = job->keep && (p->refused == 0 || job->skip_refused);
    if (err == ERR_NONE && !keep) {
        err = store_ask_rules(tx, e);
    }
    if (err != ERR_NONE || !keep) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    *saved = err == ERR_NONE;
    return err;
}
