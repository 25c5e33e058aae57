// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_words_web.c: a change of the log in words, for people: what was done to which record, and
// each field before and after. Used by the log page and by the home page.

#include <string.h>

#include "access/access.h"
#include "base/bug.h"
#include "base/date.h"
#include "base/utf8.h"
#include "format/json/json_read.h"
#include "store/store.h"

#define MOST_SHOWN_BYTES 160

static const struct {
    const char *event;
    const char *words;
} events[] = {
    {"signed in", MSG("Signed in")},
    {"signed out", MSG("Signed out")},
    {"sign-in refused", MSG("A sign-in failed")},
    {"password set", MSG("A password was set")},
    {"refused: right", MSG("Was refused a page")},
    {"refused: form token", MSG("A form was refused")},
    {"exported", MSG("Took data out")},
    {"workspace made", MSG("Set up the workspace")},
};

static const struct json *read(struct arena *a, const char *text)
{
    const struct json *out = NULL;
    struct err_info e;
    if (text == NULL || json_read(a, text, strlen(text), &out, &e) != ERR_NONE) {
        return NULL;
    }
    return out;
}

// The value of a field before (side 0) or after (side 1) a change.
static struct value value_of(const struct json *fields, const char *name, int side)
{
    const struct json *pair = json_get(fields, name);
    struct value v = {0};
    if (pair == NULL || pair->kind != JSON_KIND_ARRAY || pair->n <= side) {
        return v;
    }
    const struct json *one = &pair->items[side];
    if (one->kind == JSON_KIND_TEXT) {
        v = (struct value){.set = true, .text = one->text};
    } else if (one->kind == JSON_KIND_NUMBER && json_to_int(one, &v.number)) {
        v.set = true;
    }
    return v;
}

static const char *shorten(struct arena *a, const char *text)
{
    size_t len = utf8_prefix(text, MOST_SHOWN_BYTES);
    return text[len] == '\0' ? text : arena_printf(a, "%.*s…", (int)len, text);
}

static const char *shown(struct arena *a, const struct lang *lang, const struct field *f,
                         const struct json *fields, int side)
{
    struct value v = value_of(fields, f->name, side);
    return v.set ? shorten(a, field_for_people(a, lang, f, &v, "", 2)) : "";
}

// Title of the record after the change; else before it; else as it was made.
static const char *title_of(struct arena *a, const struct lang *lang, const struct entity *kind,
                            const struct json *fields, const struct json *made)
{
    const char *names[] = {kind->title_field, kind->code_field};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct field *f = names[i] == NULL ? NULL : entity_field(kind, names[i]);
        if (f == NULL || f->type == FIELD_REF || f->type == FIELD_DECIMAL ||
            f->data_class == CLASS_C4) {
            continue; // a bare number says nothing
        }
        const char *text = shown(a, lang, f, fields, 1);
        text = text[0] != '\0' ? text : shown(a, lang, f, fields, 0);
        text = text[0] != '\0' ? text : shown(a, lang, f, made, 1);
        if (text[0] != '\0') {
            return text;
        }
    }
    return "";
}

static void add_fields(struct arena *a, const struct lang *lang, const struct entity *kind,
                       const struct json *fields, struct change_words *w)
{
    struct change_field *list = ARENA_ARRAY(a, struct change_field, kind->n_fields + 1);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        if (json_get(fields, f->name) != NULL) {
            bool told = f->type != FIELD_REF && f->data_class != CLASS_C4;
            list[w->n_fields++] = (struct change_field){
                .label = tr(lang, f->label), .told = told,
                .before = told ? shown(a, lang, f, fields, 0) : "",
                .after = told ? shown(a, lang, f, fields, 1) : ""};
        }
    }
    w->fields = list;
}

static struct change_words event_in_words(struct arena *a, const struct lang *lang,
                                          const struct change_read *c, const struct json *fields)
{
    struct value what = value_of(fields, "what", 1);
    struct change_words w = {.what = what.set ? arena_copy(a, what.text) : "", .kind = "",
                             .title = c->about_name == NULL ? "" : c->about_name};
    for (size_t i = 0; what.set && i < COUNT_OF(events); i++) {
        if (strcmp(what.text, events[i].event) == 0) {
            w.what = tr(lang, events[i].words);
        }
    }
    if (c->about_name == NULL && c->record_id != NULL && c->record_id[0] == '/') {
        w.title = c->record_id; // the address that was refused
    }
    return w;
}

struct change_words change_in_words(struct arena *a, const struct lang *lang,
                                    const struct change_read *c)
{
    int64_t many = 0;
    bool bundle = strcmp(c->kind, STORE_BUNDLE) == 0;
    const struct json *fields = bundle ? NULL : read(a, c->fields);
    const struct entity *kind = bundle ? store_bundle_kind(a, c->fields, c->asked, &many) : model_find(c->kind);
    if (strcmp(c->op, "event") == 0) {
        return event_in_words(a, lang, c, fields);
    }
    bool made = strcmp(c->op, "create") == 0;
    bool gone = strcmp(c->op, "delete") == 0;
    struct change_words w = {.what = made   ? tr(lang, MSG("Added"))
                                     : gone ? tr(lang, MSG("Removed"))
                                            : tr(lang, MSG("Changed")),
                             .kind = "", .title = ""};
    if (kind != NULL && bundle) {
        w.kind = tr_f(a, lang, MSG("{0} ({1})"), tr(lang, kind->label_many), arena_printf(a, "%lld", (long long)many), NULL);
    } else if (kind != NULL) {
        w.kind = tr(lang, kind->label);
        w.title = title_of(a, lang, kind, fields, read(a, store_fields_of(a, c->made, c->record_id)));
        if (!made && !gone) {
            add_fields(a, lang, kind, fields, &w);
        }
    }
    return w;
}

const char *moment_in_words(struct arena *a, const struct lang *lang, const char *wall)
{
    if (wall == NULL || strlen(wall) < 16) {
        return wall == NULL ? "" : wall;
    }
    return tr_f(a, lang, MSG("{0}, {1} UTC"), date_for_people(a, lang, arena_copy_n(a, wall, 10)),
                arena_copy_n(a, wall + 11, 5), NULL);
}
