// SPDX-License-Identifier: AGPL-3.0-or-later
//
// form.c: which control a field gets, and what stands in it. See form.h; the markup is in
// form_field.html.

#include "html/form.h"

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "html/form_begin.html.h"
#include "html/form_end.html.h"
#include "html/form_field.html.h"

// A line that holds at most so many bytes need not be wide.
#define SHORT_LINE 40
// A line with more bytes in it would be cut off: it is shown as two.
#define LONG_VALUE 70

static const struct field *find_field(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        if (strcmp(f->fields[i].name, name) == 0) {
            return &f->fields[i];
        }
    }
    bug("a page asks for a field that its form does not have");
}

static const struct form_choices *choices_of(const struct html *h, const char *field)
{
    const struct form_choices *c = h->choices;
    while (c != NULL && strcmp(c->field, field) != 0) {
        c = c->next;
    }
    return c;
}

void form_set_choices(struct html *h, const char *field, const struct choice *choices, size_t n)
{
    struct form_choices *c = ARENA_MAKE(h->arena, struct form_choices);
    *c = (struct form_choices){.field = field, .choices = choices, .n = n, .next = h->choices};
    h->choices = c;
}

static size_t count_choices(const struct field *field)
{
    const struct choice *c = field_choices(field);
    size_t n = 0;
    while (c != NULL && c[n].code != NULL) {
        n++;
    }
    return n;
}

enum form_control form_control_of(const struct html *h, const struct form *f,
                                  const struct field *field)
{
    switch (field->type) {
    case FIELD_LONG:
        return FORM_LINES;
    case FIELD_INT:
    case FIELD_DECIMAL:
        return FORM_NUMBER;
    case FIELD_BOOL:
        return FORM_YES_NO;
    case FIELD_DATE:
        return FORM_DATE;
    case FIELD_MONEY:
        return FORM_MONEY;
    case FIELD_CODE:
        return count_choices(field) <= FORM_MOST_RADIOS && field->vocabulary == NULL ? FORM_RADIOS
                                                                                     : FORM_SELECT;
    case FIELD_CODES:
        return count_choices(field) <= FORM_MOST_BOXES ? FORM_BOXES : FORM_LONG_BOXES;
    case FIELD_SHARES:
        return FORM_SHARES;
    case FIELD_REF:
        return choices_of(h, field->name) != NULL ? FORM_SELECT : FORM_LINE;
    case FIELD_TEXT:
        return f->entity == NULL && field->data_class == CLASS_C4 ? FORM_PASSWORD : FORM_LINE;
    case FIELD_PARTIAL_DATE:
        break;
    }
    return FORM_LINE;
}

// ---- options ------------------------------------------------------------------------------------

// Is code one of the codes in a text such as "tip som"?
static bool holds_code(const char *codes, const char *code)
{
    size_t n = strlen(code);
    for (const char *p = codes; n > 0 && (p = strstr(p, code)) != NULL; p++) {
        if ((p == codes || strchr(" ,;\n", p[-1]) != NULL) &&
            (p[n] == '\0' || strchr(" ,;\n", p[n]) != NULL)) {
            return true;
        }
    }
    return false;
}

static void add_option(struct form_field_view *v, struct form_option *list, const char *code,
                       const char *label, bool chosen)
{
    list[v->n_options++] = (struct form_option){code, label, chosen};
    v->options = list;
}

static void add_choices(struct html *h, struct form_field_view *v, struct form_option *list,
                        const struct choice *choices, size_t n, bool translate)
{
    bool many = v->field->type == FIELD_CODES;
    // In a long frame the chosen ones come first, so that they are seen without scrolling.
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n; i++) {
            const char *code = choices[i].code;
            bool chosen = many ? holds_code(v->value, code) : strcmp(v->value, code) == 0;
            bool now = v->control == FORM_LONG_BOXES ? chosen == (pass == 0) : pass == 0;
            if (now) {
                const char *label = choices[i].label;
                add_option(v, list, code, translate ? tr(h->lang, label) : label, chosen);
            }
        }
    }
}

// A line for each code that is chosen in the field it shares among, for each that has a share, and for those that
// cannot be chosen there.
static void fill_shares(struct html *h, const struct form *f, struct form_field_view *v)
{
    const struct field *of = find_field(f, v->field->shares_of);
    const char *chosen = form_text(h->arena, f, of->name);
    struct form_share *list = ARENA_ARRAY(h->arena, struct form_share, count_choices(v->field) + 1);
    int64_t sum = 0;
    for (const struct choice *c = field_choices(v->field); c->code != NULL; c++) {
        struct form_share line = {
            .code = c->code,
            .value = form_share(h->arena, f, v->field->name, c->code),
            .stays = field_choice_label(of, c->code)[0] == '\0'};
        bool is_used = holds_code(chosen, c->code) || line.value[0] != '\0';
        int64_t scaled;
        if (is_used || line.stays) {
            line.label = choice_label(h->lang, v->field, c);
            list[v->n_shares++] = line;
            bool counts = decimal_parse(line.value, &scaled) && scaled >= 0 && scaled <= 100 * DECIMAL_ONE;
            sum += counts ? scaled : 0;
            v->is_used = v->is_used || is_used;
        }
    }
    v->shares = list;
    v->sum = decimal_short(h->arena, sum);
}

static void fill_options(struct html *h, const struct form *f, struct form_field_view *v)
{
    const struct field *field = v->field;
    const struct form_choices *refs = choices_of(h, field->name);
    size_t n = refs != NULL ? refs->n : count_choices(field);
    struct form_option *list = ARENA_ARRAY(h->arena, struct form_option, n + 3);
    if (v->control == FORM_SHARES) {
        fill_shares(h, f, v);
    } else if (v->control == FORM_YES_NO) {
        add_option(v, list, "true", tr(h->lang, MSG("Yes")), strcmp(v->value, "true") == 0);
        add_option(v, list, "false", tr(h->lang, MSG("No")), strcmp(v->value, "false") == 0);
    } else if (refs != NULL) {
        add_choices(h, v, list, refs->choices, refs->n, false);
    } else {
        // a vocabulary comes from data and is in its own language already
        add_choices(h, v, list, field_choices(field), n, field->vocabulary == NULL);
    }
    bool radios = v->control == FORM_YES_NO || v->control == FORM_RADIOS;
    if (radios && !v->needed) {
        add_option(v, list, "", tr(h->lang, MSG("No answer")), v->value[0] == '\0');
    }
}

// ---- one field ----------------------------------------------------------------------------------

static void describe(struct html *h, const struct form *f, struct form_field_view *v)
{
    const struct field *field = v->field;
    const struct form_error *error = form_error_of(f, field->name);
    v->label = tr(h->lang, field->label);
    v->hint = field->hint != NULL ? tr(h->lang, field->hint)
              : field->type == FIELD_PARTIAL_DATE
                  ? tr(h->lang, MSG("As far as it is known: 2026, 2026-11 or 2026-11-22."))
                  : NULL;
    v->example = field->example;
    if (error != NULL) {
        v->error = err_text(h->arena, h->lang, &error->info);
        v->mend = err_hint(h->arena, h->lang, &error->info);
    }
    struct buf ids;
    buf_init(&ids, h->arena, LIMIT_LINE_BYTES);
    if (v->hint != NULL || v->example != NULL) {
        buf_printf(&ids, "%s-h", v->id);
    }
    if (v->error != NULL) {
        buf_printf(&ids, "%s%s-e", ids.len == 0 ? "" : " ", v->id);
    }
    if (v->control == FORM_MONEY && v->currency[0] != '\0') {
        buf_printf(&ids, "%s%s-u", ids.len == 0 ? "" : " ", v->id);
    }
    v->described = ids.data;
}

static void choose_line(struct form_field_view *v)
{
    const struct field *field = v->field;
    v->type = "text";
    v->is_short = field->type == FIELD_PARTIAL_DATE || (field->max > 0 && field->max <= SHORT_LINE);
    if (v->control == FORM_DATE) {
        // a browser would throw away what is no date; shown as text it can be mended
        v->type = v->value[0] == '\0' || date_is_valid(v->value) ? "date" : "text";
        v->is_short = true;
    } else if (v->control == FORM_PASSWORD) {
        v->type = "password";
        v->complete = strncmp(field->name, "new", 3) == 0 ? "new-password" : "current-password";
        v->value = "";
    }
    v->is_long = field->type == FIELD_TEXT && strcmp(v->type, "text") == 0 && strlen(v->value) > LONG_VALUE;
}

void form_field(struct html *h, const struct form *f, const char *name)
{
    const struct field *field = find_field(f, name);
    struct form_field_view v = {
        .field = field,
        .control = form_control_of(h, f, field),
        .needed = form_needs(f, field),
        .optional = !form_needs(f, field) && !f->unmarked,
        .id = arena_printf(h->arena, "f-%s", name),
        .value = form_text(h->arena, f, name),
        .currency = h->currency == NULL ? "" : h->currency,
    };
    describe(h, f, &v);
    choose_line(&v);
    fill_options(h, f, &v);
    form_field_html(h, &v);
}

static bool is_named(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

void form_all_fields(struct html *h, const struct form *f, const char *const *except)
{
    const char *parent = f->entity == NULL ? NULL : f->entity->parent_field;
    for (size_t i = 0; i < f->n_fields; i++) {
        const struct field *field = &f->fields[i];
        bool skipped = field->read_only || is_named(except, field->name) ||
                       (parent != NULL && strcmp(parent, field->name) == 0);
        if (!skipped) {
            form_field(h, f, field->name);
        }
    }
}

// ---- around the fields --------------------------------------------------------------------------

// The version the person saw. After a conflict it is the newest: the page now shows what it holds,
// and sending it again is a decision.
static const char *version_of(const struct form *f)
{
    for (size_t i = 0; i < f->n_errors; i++) {
        if (f->errors[i].info.code == ERR_CONFLICT && f->record != NULL) {
            return f->record->version;
        }
    }
    for (size_t i = 0; i < f->n_typed; i++) {
        if (strcmp(f->typed[i].name, "_version") == 0) {
            return f->typed[i].value;
        }
    }
    return f->record == NULL ? NULL : f->record->version;
}

void form_begin(struct html *h, const struct form *f, const char *action)
{
    form_begin_html(h, &(struct form_begin_view){
                           .action = action,
                           .version = f == NULL ? NULL : version_of(f),
                           .files = h->req != NULL && h->req->route != NULL &&
                                    h->req->route->uploads});
}

void form_end(struct html *h, const char *submit, const char *cancel)
{
    form_end_html(h, &(struct form_end_view){.submit = submit, .cancel = cancel});
}
