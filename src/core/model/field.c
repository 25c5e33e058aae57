// SPDX-License-Identifier: AGPL-3.0-or-later
//
// field.c: from what somebody wrote to a value, and back. See model.h.
//
// The same reading serves forms, JSON, CSV and the command line, so a value that one refuses, all
// refuse, with the same words.

#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "os/random.h"

const struct choice *field_choices(const struct field *f)
{
    return f->choices != NULL ? f->choices : f->vocabulary != NULL ? f->vocabulary->list() : NULL;
}

static const struct choice *find_choice(const struct field *f, const char *code)
{
    for (const struct choice *c = field_choices(f); c != NULL && c->code != NULL; c++) {
        if (strcmp(c->code, code) == 0) {
            return c;
        }
    }
    return NULL;
}

const char *field_choice_label(const struct field *f, const char *code)
{
    const struct choice *c = find_choice(f, code);
    return c == NULL ? "" : c->label;
}

// The codes of a list, for the hint of an error: "low, medium, high"; cut after some.
static const char *codes_of(struct arena *a, const struct field *f)
{
    struct buf b;
    buf_init(&b, a, LIMIT_LINE_BYTES);
    int n = 0;
    for (const struct choice *c = field_choices(f); c != NULL && c->code != NULL; c++) {
        if (n == 12) {
            buf_str(&b, " …");
            break;
        }
        buf_str(&b, n++ == 0 ? "" : ", ");
        buf_str(&b, c->code);
    }
    return b.data;
}

static enum err refuse(struct err_info *e, const struct field *f, const char *text,
                       const char *hint, const char *arg)
{
    (void)err_set(e, ERR_INPUT, f->name, text, hint, f->label, arg == NULL ? "" : arg, NULL);
    return err_word(e, 0, f->label);
}

static enum err refuse_choice(struct arena *a, struct err_info *e, const struct field *f,
                              const char *code)
{
    (void)err_set(e, ERR_INPUT, f->name, MSG("{0} has no choice “{1}”."),
                  MSG("Choose among: {2}."), f->label, code, codes_of(a, f), NULL);
    return err_word(e, 0, f->label);
}

static char *trim(struct arena *a, const char *text, bool one_line)
{
    size_t start = strspn(text, " \t\r\n");
    size_t end = strlen(text);
    while (end > start && strchr(" \t\r\n", text[end - 1]) != NULL) {
        end--;
    }
    char *clean = arena_alloc(a, end - start + 1);
    size_t n = 0;
    for (size_t i = start; i < end; i++) {
        if (text[i] == '\r') {
            continue; // browsers send CR LF
        }
        clean[n++] = one_line && (text[i] == '\n' || text[i] == '\t') ? ' ' : text[i];
    }
    return clean;
}

static enum err parse_text(const struct field *f, const char *text, struct value *out,
                           struct err_info *e)
{
    size_t max = f->max > 0                ? (size_t)f->max
                 : f->type == FIELD_LONG ? LIMIT_TEXT_BYTES
                                         : LIMIT_LINE_BYTES;
    if (strlen(text) > max) {
        char limit[24];
        snprintf(limit, sizeof limit, "%zu", max);
        return refuse(e, f, MSG("{0} is too long."), MSG("Shorten it to {1} letters, fewer where they are not Latin."), limit);
    }
    *out = (struct value){.set = true, .text = text};
    return ERR_NONE;
}

static enum err parse_int(const struct field *f, const char *text, struct value *out,
                          struct err_info *e)
{
    char *end;
    size_t digits = strspn(text + (text[0] == '-'), "0123456789");
    long long n = strtoll(text, &end, 10);
    if (digits == 0 || *end != '\0' || digits > 15) {
        return refuse(e, f, MSG("{0} must be a whole number."), MSG("For example {1}."),
                      f->example == NULL ? "12" : f->example);
    }
    if ((f->min != 0 || f->max != 0) && (n < f->min || n > f->max)) {
        char range[64];
        snprintf(range, sizeof range, "%lld – %lld", (long long)f->min, (long long)f->max);
        return refuse(e, f, MSG("{0} is out of range."), MSG("It must be within {1}."), range);
    }
    *out = (struct value){.set = true, .number = n};
    return ERR_NONE;
}

static enum err parse_bool(const struct field *f, const char *text, struct value *out,
                           struct err_info *e)
{
    static const char *const yes[] = {"1", "true", "yes", "on"};
    static const char *const no[] = {"0", "false", "no", "off"};
    for (size_t i = 0; i < COUNT_OF(yes); i++) {
        if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0) {
            *out = (struct value){.set = true, .number = strcmp(text, yes[i]) == 0};
            return ERR_NONE;
        }
    }
    return refuse(e, f, MSG("{0} must be yes or no."), MSG("Write true or false."), NULL);
}

static enum err parse_codes(struct arena *a, const struct field *f, const char *text,
                            struct value *out, struct err_info *e)
{
    // Kept in the order of the list, each once, so that equal sets are equal texts.
    const struct choice *choices = field_choices(f);
    size_t n_choices = 0;
    while (choices != NULL && choices[n_choices].code != NULL) {
        n_choices++;
    }
    bool *chosen = ARENA_ARRAY(a, bool, n_choices + 1);
    char *copy = arena_copy(a, text);
    char *state = NULL;
    for (char *c = strtok_r(copy, " ,;\n", &state); c; c = strtok_r(NULL, " ,;\n", &state)) {
        const struct choice *found = find_choice(f, c);
        if (found == NULL) {
            return refuse_choice(a, e, f, c);
        }
        chosen[found - choices] = true;
    }
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < n_choices; i++) {
        if (chosen[i]) {
            buf_printf(&b, "%s%s ", b.len == 0 ? " " : "", choices[i].code);
        }
    }
    *out = b.len == 0 ? (struct value){0} : (struct value){.set = true, .text = b.data};
    return ERR_NONE;
}

static enum err parse_decimal(struct arena *a, const struct field *f, const char *text,
                              struct value *out, struct err_info *e)
{
    int64_t scaled;
    if (!decimal_parse(text, &scaled)) {
        return refuse(e, f, MSG("{0} must be a number."),
                      MSG("For example {1}: at most 12 digits, then a point and at most 6 places."),
                      f->example == NULL ? "12.5" : f->example);
    }
    *out = (struct value){.set = true, .text = decimal_text(a, scaled, decimal_places(text))};
    return ERR_NONE;
}

enum err field_parse(struct arena *a, const struct field *f, const char *text, int minor_digits,
                     struct value *out, struct err_info *e)
{
    size_t at;
    if (!utf8_is_clean(text, strlen(text), &at)) {
        return refuse(e, f, MSG("{0} has characters that cannot be read."),
                      MSG("Save the text as UTF-8 and remove control characters."), NULL);
    }
    const char *clean = trim(a, text, f->type != FIELD_LONG);
    *out = (struct value){0};
    if (clean[0] == '\0') {
        return ERR_NONE;
    }
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_LONG:
        return parse_text(f, clean, out, e);
    case FIELD_INT:
        return parse_int(f, clean, out, e);
    case FIELD_BOOL:
        return parse_bool(f, clean, out, e);
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        if (f->type == FIELD_DATE ? !date_is_valid(clean) : !date_is_valid_partial(clean)) {
            return refuse(e, f, MSG("{0} must be a date of the calendar."),
                          f->type == FIELD_DATE
                              ? MSG("Write year, month and day, for example 2026-11-22.")
                              : MSG("Write 2026, 2026-11 or 2026-11-22."),
                          NULL);
        }
        *out = (struct value){.set = true, .text = clean};
        return ERR_NONE;
    case FIELD_DECIMAL:
        return parse_decimal(a, f, clean, out, e);
    case FIELD_MONEY: {
        int64_t minor;
        if (!money_parse(clean, minor_digits, &minor)) {
            return refuse(e, f, MSG("{0} must be an amount of money."),
                          MSG("For example {1}, without the currency."),
                          minor_digits == 0 ? "1443686" : money_text(a, 144368629, minor_digits));
        }
        *out = (struct value){.set = true, .number = minor};
        return ERR_NONE;
    }
    case FIELD_CODE:
        if (find_choice(f, clean) == NULL) {
            return refuse_choice(a, e, f, clean);
        }
        *out = (struct value){.set = true, .text = clean};
        return ERR_NONE;
    case FIELD_CODES:
        return parse_codes(a, f, clean, out, e);
    case FIELD_SHARES:
        return shares_parse(a, f, clean, out, e);
    case FIELD_REF:
        if (!id_is_valid(clean)) {
            return refuse(e, f, MSG("{0} does not name a record."),
                          MSG("Choose one of the list, or give its id."), NULL);
        }
        *out = (struct value){.set = true, .text = clean};
        return ERR_NONE;
    }
    bug("a field of unknown type");
}

const char *field_print(struct arena *a, const struct field *f, const struct value *v,
                        int minor_digits)
{
    if (!v->set) {
        return "";
    }
    switch (f->type) {
    case FIELD_INT:
        return arena_printf(a, "%lld", (long long)v->number);
    case FIELD_BOOL:
        return v->number != 0 ? "true" : "false";
    case FIELD_MONEY:
        return money_text(a, v->number, minor_digits);
    case FIELD_CODES: // without the guards at both ends
        return arena_copy_n(a, v->text + 1, strlen(v->text) - 2);
    default:
        return v->text;
    }
}

static const char *labels_of(struct arena *a, const struct lang *lang, const struct field *f,
                             const char *codes)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    char *copy = arena_copy(a, codes);
    char *state = NULL;
    for (char *c = strtok_r(copy, " ", &state); c != NULL; c = strtok_r(NULL, " ", &state)) {
        const char *label = field_choice_label(f, c);
        buf_str(&b, b.len == 0 ? "" : ", ");
        buf_str(&b, label[0] == '\0' ? c : f->vocabulary != NULL ? label : tr(lang, label));
    }
    return b.data;
}

const char *field_for_people(struct arena *a, const struct lang *lang, const struct field *f,
                             const struct value *v, const char *currency, int minor_digits)
{
    if (!v->set) {
        return "";
    }
    switch (f->type) {
    case FIELD_BOOL:
        return v->number != 0 ? tr(lang, MSG("Yes")) : tr(lang, MSG("No"));
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        return date_for_people(a, lang, v->text);
    case FIELD_DECIMAL:
        return decimal_for_people(a, v->text);
    case FIELD_MONEY:
        return money_for_people(a, currency, v->number, minor_digits);
    case FIELD_CODE:
    case FIELD_CODES:
        return labels_of(a, lang, f, v->text);
    case FIELD_SHARES:
        return shares_for_people(a, lang, f, v->text);
    default:
        return f->words != NULL ? f->words(a, lang, v->text) : field_print(a, f, v, minor_digits);
    }
}
