// SPDX-License-Identifier: AGPL-3.0-or-later
//
// shares.c: percentages of codes that come to 100: how a budget is shared among countries. See model.h.
//
// Exact, as nothing is rounded away: 33.33 three times is 99.99 and is refused. Partners ask for that: the IATI
// Standard forgives no rounding either.

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "model/model.h"

#define HUNDRED (100 * DECIMAL_ONE)
#define BETWEEN " \t\n"

static enum err refuse(struct err_info *e, const struct field *f, const char *text, const char *hint,
                       const char *arg)
{
    (void)err_set(e, ERR_INPUT, f->name, text, hint, f->label, arg, NULL);
    return err_word(e, 0, f->label);
}

// The next word of a text, without a comma or the sign of percent behind it; NULL at its end.
static const char *next_word(struct arena *a, const char **text)
{
    for (;;) {
        const char *from = *text + strspn(*text, BETWEEN);
        size_t n = strcspn(from, BETWEEN);
        *text = from + n;
        if (n == 0) {
            return NULL;
        }
        while (n > 0 && strchr(",;%", from[n - 1]) != NULL) {
            n--;
        }
        if (n > 0) {
            return arena_copy_n(a, from, n);
        }
    }
}

static size_t place_of(const struct choice *choices, const char *code)
{
    size_t i = 0;
    while (choices[i].code != NULL && strcmp(choices[i].code, code) != 0) {
        i++;
    }
    return i;
}

enum err shares_parse(struct arena *a, const struct field *f, const char *text, struct value *out,
                      struct err_info *e)
{
    const struct choice *choices = field_choices(f);
    const size_t n = place_of(choices, "");
    const char **given = ARENA_ARRAY(a, const char *, n + 1);
    int64_t sum = 0;
    if (strlen(text) > LIMIT_TEXT_BYTES) {
        return refuse(e, f, MSG("{0}: this is too long."), NULL, "");
    }
    for (const char *code = next_word(a, &text); code != NULL; code = next_word(a, &text)) {
        size_t at = place_of(choices, code);
        const char *percent = next_word(a, &text);
        int64_t scaled;
        if (at == n) {
            return refuse(e, f, MSG("{0}: “{1}” is not known."),
                          MSG("Write a code, a space and its percentage, for example “NA 60, NE 40”."), code);
        }
        if (given[at] != NULL) {
            return refuse(e, f, MSG("{0}: {1} stands there twice."), MSG("Keep one of the two."),
                          choices[at].label);
        }
        if (percent == NULL || !decimal_parse(percent, &scaled) || scaled < 0 || scaled > HUNDRED) {
            return refuse(e, f, MSG("{0}: that of {1} is no number between 0 and 100."),
                          MSG("Write digits, with a point before at most 6 places: 33.34"),
                          choices[at].label);
        }
        given[at] = decimal_short(a, scaled);
        sum += scaled;
    }
    if (sum != HUNDRED) {
        return refuse(e, f, MSG("{0}: together they are {1}, not 100."),
                      MSG("Correct them, or leave all of them empty."), decimal_short(a, sum));
    }
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < n; i++) {
        if (given[i] != NULL) {
            buf_printf(&b, "%s%s %s", b.len == 0 ? "" : " ", choices[i].code, given[i]);
        }
    }
    *out = (struct value){.set = true, .text = b.data};
    return ERR_NONE;
}

size_t shares_of(struct arena *a, const char *value, struct share **parts)
{
    const char *text = value == NULL ? "" : value;
    struct share *list = ARENA_ARRAY(a, struct share, strlen(text) / 4 + 1); // "A 1 " is the shortest
    size_t n = 0;
    for (const char *code = next_word(a, &text); code != NULL; code = next_word(a, &text)) {
        list[n++] = (struct share){.code = code, .percent = next_word(a, &text)};
    }
    *parts = list;
    return n;
}

bool share_has(const char *value, const char *code)
{
    const size_t n = strlen(code);
    const char *p = value;
    while (p != NULL && *p != '\0') { // at a code; its percentage follows
        if (strncmp(p, code, n) == 0 && p[n] == ' ') {
            return true;
        }
        p = strchr(p, ' ');
        p = p == NULL ? NULL : strchr(p + 1, ' ');
        p = p == NULL ? NULL : p + 1;
    }
    return false;
}

const char *choice_label(const struct lang *lang, const struct field *f, const struct choice *c)
{
    const char *ours = f->vocabulary == NULL ? c->code : f->vocabulary->ours;
    return ours != NULL && strcmp(ours, c->code) == 0 ? tr(lang, c->label) : c->label;
}

const char *shares_for_people(struct arena *a, const struct lang *lang, const struct field *f,
                              const char *value)
{
    struct share *parts;
    size_t n = shares_of(a, value, &parts);
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < n; i++) {
        const struct choice *c = &field_choices(f)[place_of(field_choices(f), parts[i].code)];
        buf_printf(&b, "%s%s %s %%", i == 0 ? "" : ", ", c->code == NULL ? "" : choice_label(lang, f, c),
                   parts[i].percent);
    }
    return b.data;
}
