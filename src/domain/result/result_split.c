// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_split.c: see result_split.h. The list is made once, when somebody first asks for it.

#include "result/result_split.h"

#include <pthread.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "format/tsv/tsv.h"
#include "pack/pack.h"
#include "place/place.h"

// Values of every characteristic. The arithmetic keeps them apart, so they stand here and not in a pack.
static const struct choice apart[] = {
    {"not_known", MSG("Not known")},
    {"not_asked", MSG("Not asked")},
    {"withheld", MSG("Withheld")},
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena *kept; // as long as the process
static struct characteristic *list;
static size_t n_list;
static struct choice *codes;

// ---- the table ----------------------------------------------------------------------------------

static size_t count_countries(void)
{
    size_t n = 0;
    while (vocabulary_country.list()[n].code != NULL) {
        n++;
    }
    return n;
}

static void fill_values(const struct tsv *t, const char *kind, struct characteristic *c)
{
    bool countries = strcmp(kind, "countries") == 0;
    size_t most = t->n_rows + (countries ? count_countries() : 0) + COUNT_OF(apart);
    struct choice *values = ARENA_ARRAY(kept, struct choice, most + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *value = tsv_cell(t, i, "value");
        if (value[0] != '\0' && strcmp(tsv_cell(t, i, "characteristic"), c->code) == 0) {
            values[c->n_values++] = (struct choice){value, tsv_cell(t, i, "title")};
        }
    }
    for (const struct choice *k = vocabulary_country.list(); countries && k->code != NULL; k++) {
        values[c->n_values++] = *k;
    }
    for (size_t i = 0; i < COUNT_OF(apart); i++) {
        values[c->n_values++] = apart[i];
    }
    c->values = values;
}

static void read_all(void)
{
    const struct pack *reference = pack_find("reference");
    const struct tsv *t = reference == NULL ? NULL : pack_table(reference, "characteristics");
    ensure(t != NULL); // part of the program, read by `pack check` in every test run
    kept = arena_new(LIMIT_PROCESS_BYTES);
    list = ARENA_ARRAY(kept, struct characteristic, t->n_rows + 1);
    codes = ARENA_ARRAY(kept, struct choice, t->n_rows + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        if (tsv_cell(t, i, "value")[0] != '\0') {
            continue;
        }
        struct characteristic *c = &list[n_list];
        const char *kind = tsv_cell(t, i, "values");
        *c = (struct characteristic){.code = tsv_cell(t, i, "characteristic"),
                                     .title = tsv_cell(t, i, "title"),
                                     .open = strcmp(kind, "open") == 0};
        codes[n_list++] = (struct choice){c->code, c->title};
        fill_values(t, kind, c);
    }
}

const struct characteristic *characteristics(size_t *n)
{
    pthread_once(&once, read_all);
    *n = n_list;
    return list;
}

static const struct choice *list_codes(void)
{
    pthread_once(&once, read_all);
    return codes;
}

const struct vocabulary vocabulary_characteristic = {.name = "characteristic", .list = list_codes};

const struct characteristic *characteristic_find(const char *code)
{
    size_t n;
    const struct characteristic *all = characteristics(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i].code, code) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

const char *characteristic_title(const struct lang *lang, const char *code)
{
    const struct characteristic *c = characteristic_find(code);
    return c == NULL ? code : tr(lang, c->title);
}

static const char *title_of_value(const struct characteristic *c, const char *value)
{
    for (size_t i = 0; c != NULL && i < c->n_values; i++) {
        if (strcmp(c->values[i].code, value) == 0) {
            return c->values[i].label;
        }
    }
    return NULL;
}

const char *characteristic_value_title(struct arena *a, const struct lang *lang,
                                       const struct characteristic *c, const char *value)
{
    const char *title = title_of_value(c, value);
    if (title != NULL) {
        return tr(lang, title);
    }
    char *words = arena_copy(a, value);
    for (char *p = words; *p != '\0'; p++) {
        *p = *p == '_' ? ' ' : *p;
    }
    return words;
}

const struct characteristic *characteristic_read(const struct lang *lang, const char *word)
{
    size_t n;
    const struct characteristic *all = characteristics(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcasecmp(all[i].code, word) == 0 || strcasecmp(all[i].title, word) == 0 ||
            strcasecmp(tr(lang, all[i].title), word) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

const char *characteristic_value_read(struct arena *a, const struct lang *lang, const struct characteristic *c,
                                      const char *word)
{
    for (size_t i = 0; i < c->n_values; i++) {
        const struct choice *v = &c->values[i];
        if (strcasecmp(v->code, word) == 0 || strcasecmp(v->label, word) == 0 ||
            strcasecmp(tr(lang, v->label), word) == 0) {
            return v->code;
        }
    }
    char *own = arena_copy(a, word);
    for (char *p = own; *p != '\0'; p++) {
        *p = *p == ' ' || *p == '=' ? '_' : *p;
    }
    return own;
}

bool characteristic_value_is_apart(const char *value)
{
    for (size_t i = 0; i < COUNT_OF(apart); i++) {
        if (strcmp(apart[i].code, value) == 0) {
            return true;
        }
    }
    return false;
}

// ---- splits -------------------------------------------------------------------------------------

bool split_add(struct split *s, const char *key, const char *value)
{
    size_t at = 0;
    while (at < s->n && strcmp(s->pairs[at].key, key) < 0) {
        at++;
    }
    if (s->n == SPLIT_KEYS_MAX || (at < s->n && strcmp(s->pairs[at].key, key) == 0)) {
        return false;
    }
    memmove(&s->pairs[at + 1], &s->pairs[at], (s->n - at) * sizeof s->pairs[0]);
    s->pairs[at] = (struct split_pair){key, value};
    s->n++;
    return true;
}

static enum err check_pair(const char *key, const char *value, struct err_info *e)
{
    const struct characteristic *c = characteristic_find(key);
    if (c == NULL) {
        return err_set(e, ERR_INPUT, "split", MSG("There is no characteristic “{0}”."),
                       MSG("The table of characteristics in the reference pack lists them."), key,
                       NULL);
    }
    bool known = title_of_value(c, value) != NULL || (c->open && value[0] != '\0');
    return known ? ERR_NONE
                 : err_set(e, ERR_INPUT, "split", MSG("“{0}” is no value of {1}."),
                           MSG("The table of characteristics in the reference pack lists them."),
                           value, key, NULL);
}

enum err split_read(struct arena *a, const char *text, struct split *out, struct err_info *e)
{
    *out = (struct split){0};
    for (const char *p = text + strspn(text, " "); *p != '\0'; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        const char *pair = arena_copy_n(a, p, n);
        const char *equals = strchr(pair, '=');
        p += n;
        if (equals == NULL) {
            return err_set(e, ERR_INPUT, "split", MSG("“{0}” is no characteristic with its value."),
                           MSG("Write them like “age=18-24 sex=female”."), pair, NULL);
        }
        const char *key = arena_copy_n(a, pair, (size_t)(equals - pair));
        enum err err = check_pair(key, equals + 1, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (!split_add(out, key, equals + 1)) {
            return err_set(e, ERR_INPUT, "split", MSG("“{0}” stands twice, or there are too many."),
                           MSG("Name each characteristic once."), key, NULL);
        }
    }
    return out->n > 0 ? ERR_NONE
                      : err_set(e, ERR_INPUT, "split", MSG("A part needs a characteristic."),
                                MSG("Write them like “age=18-24 sex=female”."), NULL);
}

const char *split_text(struct arena *a, const struct split *s)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < s->n; i++) {
        buf_printf(&b, "%s%s=%s", i == 0 ? "" : " ", s->pairs[i].key, s->pairs[i].value);
    }
    return b.data;
}

const char *split_keys(struct arena *a, const struct split *s)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < s->n; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : " ", s->pairs[i].key);
    }
    return b.data;
}

const char *split_value(const struct split *s, const char *key)
{
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->pairs[i].key, key) == 0) {
            return s->pairs[i].value;
        }
    }
    return NULL;
}

const char *split_words(struct arena *a, const struct lang *lang, const struct split *s)
{
    const char *words = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const struct characteristic *c = characteristic_find(s->pairs[i].key);
        const char *value = s->pairs[i].value;
        const char *word = characteristic_value_title(a, lang, c, value);
        if (characteristic_value_is_apart(value) || strcmp(value, "other") == 0) {
            word = arena_printf(a, "%s: %s", characteristic_title(lang, s->pairs[i].key), word);
        }
        words = words == NULL ? word : arena_printf(a, "%s, %s", words, word);
    }
    return words == NULL ? tr(lang, MSG("All")) : words;
}

const char *split_keys_words(struct arena *a, const struct lang *lang, const char *keys)
{
    const char *words = NULL;
    for (const char *p = keys; *p != '\0';) {
        size_t n = strcspn(p, " ");
        const char *title = characteristic_title(lang, arena_copy_n(a, p, n));
        words = words == NULL ? title : arena_printf(a, "%s × %s", words, title);
        p += n;
        p += *p == ' ' ? 1 : 0;
    }
    return words == NULL ? "" : words;
}
