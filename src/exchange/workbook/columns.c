// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns.c: see columns.h.

#include "exchange/workbook/columns.h"

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "store/store.h"

// More choices than this are a list to look up (countries, currencies).
#define MOST_CHOICES 40

// The languages in which a file may have been taken out: the nth, then the one of the reader; NULL after the last.
static const struct lang *language(const struct lang *reader, size_t n)
{
    const struct lang *const *all = lang_all();
    size_t i = 0;
    while (i < n && all[i] != NULL) {
        i++;
    }
    return all[i] != NULL ? all[i] : i == n ? reader : NULL;
}

// ---- headings -------------------------------------------------------------------------------------

#define VERSION_DIGITS 16

const char *column_version(struct arena *a, const char *version)
{
    return arena_printf(a, "v%.*s", VERSION_DIGITS, version);
}

bool column_is_version(const char *cell, const char *version)
{
    const char *digits = cell + (cell[0] == 'v');
    size_t n = strlen(digits);
    return n >= VERSION_DIGITS && strncmp(digits, version, n) == 0;
}

bool column_leaves(const struct field *f)
{
    return f->data_class <= CLASS_C1 && !f->confidential;
}

// Has another field of the kind the same label?
static bool is_shared(const struct entity *kind, const struct field *f)
{
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (&kind->fields[i] != f && strcmp(kind->fields[i].label, f->label) == 0) {
            return true;
        }
    }
    return false;
}

const char *column_heading(struct arena *a, const struct lang *lang, const struct entity *kind,
                           const char *name)
{
    const struct field *f = entity_field(kind, name);
    if (f == NULL) {
        return strcmp(name, COLUMN_ID) == 0 ? tr(lang, MSG("Id (leave as it is)"))
                                            : tr(lang, MSG("Version (leave as it is)"));
    }
    const char *label = tr(lang, f->label);
    if (is_shared(kind, f)) {
        label = arena_printf(a, "%s (%s)", label, f->name);
    }
    return f->read_only || f->approval ? tr_f(a, lang, MSG("{0} (set by the program)"), label, NULL) : label;
}

bool column_is(struct arena *a, const struct lang *lang, const struct entity *kind, const char *name,
               const char *heading)
{
    const struct field *f = entity_field(kind, name);
    const struct lang *l;
    if (strcmp(heading, name) == 0) {
        return true;
    }
    for (size_t i = 0; (l = language(lang, i)) != NULL; i++) {
        if ((f != NULL && !is_shared(kind, f) && strcmp(heading, tr(l, f->label)) == 0) ||
            strcmp(heading, column_heading(a, l, kind, name)) == 0) {
            return true;
        }
    }
    return false;
}

// ---- out ------------------------------------------------------------------------------------------

const char *column_text(struct arena *a, struct db_read *db, const struct field *f,
                        const struct value *v, int minor_digits)
{
    struct record *other;
    struct err_info gone;
    if (!v->set || f->type != FIELD_REF) {
        return field_print(a, f, v, minor_digits);
    }
    return store_get(db, a, model_find(f->ref), v->text, &other, &gone) == ERR_NONE ? record_code(other)
                                                                                    : v->text;
}

static bool has_words(const struct field *f)
{
    return f->type == FIELD_CODE || f->type == FIELD_CODES || f->type == FIELD_SHARES ||
           f->type == FIELD_BOOL;
}

const char *column_choices(struct arena *a, const struct lang *lang, const struct field *f)
{
    const struct choice *choices = field_choices(f);
    struct buf b;
    size_t n = 0;
    if (f->type == FIELD_BOOL) {
        return arena_printf(a, "%s, %s", tr(lang, MSG("Yes")), tr(lang, MSG("No")));
    }
    while (choices != NULL && choices[n].code != NULL) {
        n++;
    }
    if (n > MOST_CHOICES) {
        return "";
    }
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : ", ", choice_label(lang, f, &choices[i]));
    }
    return b.data;
}

// ---- back -----------------------------------------------------------------------------------------

// Without what a form or a spreadsheet changes by itself: spaces at both ends, CR before LF.
static const char *plain(struct arena *a, const char *text)
{
    size_t start = strspn(text, " \t\r\n"), end = strlen(text), n = 0;
    while (end > start && strchr(" \t\r\n", text[end - 1]) != NULL) {
        end--;
    }
    char *clean = arena_alloc(a, end - start + 1);
    for (size_t i = start; i < end; i++) {
        if (text[i] != '\r') {
            clean[n++] = text[i];
        }
    }
    clean[n] = '\0';
    return clean;
}

// The day of "2026-11-22T00:00:00", as a cell gives it that shows the time, too.
static const char *day_of(struct arena *a, const char *text)
{
    const char *time = strchr(text, 'T');
    return time != NULL && strcmp(time, "T00:00:00") == 0 ? arena_copy_n(a, text, (size_t)(time - text))
                                                          : text;
}

static bool same_number(struct arena *a, const struct field *f, const struct value *v, int minor_digits,
                        const char *cell)
{
    struct value given;
    struct err_info ignored;
    int64_t before, now;
    if (!v->set) {
        return false;
    }
    if (f->type == FIELD_DECIMAL) {
        return decimal_parse(cell, &now) && decimal_parse(v->text, &before) && now == before;
    }
    return f->type == FIELD_MONEY &&
           field_parse(a, f, cell, minor_digits, &given, &ignored) == ERR_NONE && value_same(v, &given);
}

// Ends a word of a list: "Police, Courts", and of shares: "Namibia 60 %".
static bool ends_word(const struct field *f, const char *rest)
{
    return rest[0] == '\0' || strchr(f->type == FIELD_SHARES ? " \t" : ",;\n", rest[0]) != NULL;
}

// The choice with whose code or label (of any language) the text begins, the longest; NULL: none. *len: of it.
static const struct choice *choice_at(const struct lang *lang, const struct field *f, const char *text,
                                      bool whole, size_t *len)
{
    const struct choice *best = NULL;
    *len = 0;
    for (const struct choice *c = field_choices(f); c != NULL && c->code != NULL && !(whole && best != NULL); c++) {
        const char *word = c->code;
        const struct lang *l;
        for (size_t i = 0; word != NULL; i++) {
            size_t n = strlen(word);
            if (n > *len && strncmp(text, word, n) == 0 &&
                (whole ? text[n] == '\0' : ends_word(f, text + n))) {
                best = c;
                *len = n;
            }
            l = language(lang, i);
            word = l == NULL ? NULL : choice_label(l, f, c);
        }
    }
    return best;
}

// "Police, Courts" as "police justice"; "Namibia 60 %, Niger 40 %" as "NA 60 %, NE 40 %".
static const char *codes_of(struct arena *a, const struct lang *lang, const struct field *f,
                            const char *text)
{
    const char *p = text;
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    while (*p != '\0') {
        size_t len;
        const struct choice *c = choice_at(lang, f, p, false, &len);
        if (c == NULL) {
            return text;
        }
        buf_str(&b, c->code);
        p += len;
        size_t rest = f->type == FIELD_SHARES ? strcspn(p, ",;\n") : 0; // the percentage
        buf_add(&b, p, rest);
        p += rest;
        p += strspn(p, ",; \t\n");
        buf_str(&b, *p == '\0' ? "" : f->type == FIELD_SHARES ? ", " : " ");
    }
    return b.data;
}

static const char *truth_of(const struct lang *lang, const char *text)
{
    const struct lang *l;
    for (size_t i = 0; (l = language(lang, i)) != NULL; i++) {
        if (strcmp(text, tr(l, MSG("Yes"))) == 0) {
            return "true";
        }
        if (strcmp(text, tr(l, MSG("No"))) == 0) {
            return "false";
        }
    }
    return text;
}

const char *column_read(struct arena *a, const struct lang *lang, const struct field *f,
                        const char *cell)
{
    const char *text = plain(a, cell);
    const struct choice *c;
    size_t len;
    switch (f->type) {
    case FIELD_BOOL:
        return truth_of(lang, text);
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        return day_of(a, text);
    case FIELD_CODE:
        c = choice_at(lang, f, text, true, &len);
        return c == NULL ? text : c->code;
    case FIELD_CODES:
    case FIELD_SHARES:
        return codes_of(a, lang, f, text);
    default:
        return text;
    }
}

const char *column_named(struct arena *a, struct db_read *db, const struct field *f, const char *title)
{
    const struct entity *kind = model_find(f->ref);
    const struct field *named = kind->title_field == NULL ? NULL : entity_field(kind, kind->title_field);
    if (named == NULL || !column_leaves(named) || title[0] == '\0') {
        return NULL;
    }
    const struct store_filter same = {.field = named->name, .op = STORE_EQUAL, .text = title};
    const struct store_query two = {.filters = &same, .n_filters = 1, .limit = 2};
    struct record **found;
    struct err_info ignored;
    size_t n = 0;
    return store_list(db, a, kind, &two, &found, &n, &ignored) == ERR_NONE && n == 1 ? found[0]->id : NULL;
}

// The title of a record that has no code, where it names that record alone; else "".
static const char *title_of(struct arena *a, struct db_read *db, const struct field *f, const struct value *v)
{
    struct record *other;
    struct err_info gone;
    if (!v->set || store_get(db, a, model_find(f->ref), v->text, &other, &gone) != ERR_NONE ||
        strcmp(record_code(other), other->id) != 0) {
        return "";
    }
    const char *title = record_title(other), *id = column_named(a, db, f, title);
    return id != NULL && strcmp(id, other->id) == 0 ? title : "";
}

const char *column_words(struct arena *a, struct db_read *db, const struct lang *lang, const struct field *f,
                         const struct value *v)
{
    struct value back;
    struct err_info ignored;
    if (f->type == FIELD_REF) {
        return title_of(a, db, f, v);
    }
    const char *words = has_words(f) ? field_for_people(a, lang, f, v, "", 2) : "";
    // two currencies may have one name: then the code says which
    return field_parse(a, f, column_read(a, lang, f, words), 2, &back, &ignored) == ERR_NONE && value_same(v, &back)
               ? words
               : "";
}

bool column_same(struct arena *a, struct db_read *db, const struct lang *lang, const struct field *f,
                 const struct value *v, int minor_digits, const char *cell)
{
    const char *text = plain(a, cell);
    const struct lang *l;
    if (f->type == FIELD_DATE || f->type == FIELD_PARTIAL_DATE) {
        text = day_of(a, text);
    }
    if (strcmp(text, plain(a, column_text(a, db, f, v, minor_digits))) == 0 ||
        same_number(a, f, v, minor_digits, text)) {
        return true;
    }
    for (size_t i = 0; has_words(f) && v->set && (l = language(lang, i)) != NULL; i++) {
        const char *words = column_words(a, db, l, f, v);
        if (words[0] != '\0' && strcmp(text, plain(a, words)) == 0) {
            return true;
        }
    }
    if (!v->set || f->type != FIELD_REF) {
        return false;
    }
    const char *id = strcmp(text, v->text) == 0 ? text : column_named(a, db, f, text); // instead of its code
    return id != NULL && strcmp(id, v->text) == 0;
}
