// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fields_text.c: what a change says of one field, without reading the others. See store_change_text in store.h.
//
// Many changes are asked for one id in each, and taking all of their JSON apart costs ten times as much as passing over
// it. What is not passed over surely (escapes in a name or in the text, another shape) is read with the library.

#include <jansson.h>
#include <string.h>

#include "store/store_private.h"

static const char *after_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

// Behind a text that begins here, with its quotes; NULL when it does not end. *plain false: there are escapes in it.
static const char *after_text(const char *p, bool *plain)
{
    *plain = true;
    for (p++; *p != '"'; p++) {
        if (*p == '\\') {
            *plain = false;
            p++;
        }
        if (*p == '\0') {
            return NULL;
        }
    }
    return p + 1;
}

// Behind a text, a number or a word; NULL for anything else.
static const char *after_simple(const char *p)
{
    bool plain;
    size_t n = strcspn(p, "\"[]{},: \t\r\n");
    return *p == '"' ? after_text(p, &plain) : n > 0 ? p + n : NULL;
}

// Behind "[before,after]"; both are noted where they begin. NULL when it is something else.
static const char *after_pair(const char *p, const char *sides[2])
{
    if (*p != '[') {
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        sides[i] = after_blanks(p + 1);
        p = after_simple(sides[i]);
        p = p == NULL ? NULL : after_blanks(p);
        if (p == NULL || *p != (i == 0 ? ',' : ']')) {
            return NULL;
        }
    }
    return p + 1;
}

// True when it is sure: *out is the text, or NULL.
static bool pass_over(struct arena *a, const char *fields, const char *name, int side, const char **out)
{
    size_t len = strlen(name);
    bool plain;
    *out = NULL;
    const char *p = after_blanks(fields);
    if (*p != '{') {
        return false;
    }
    do {
        const char *key = after_blanks(p + 1);
        const char *end = *key == '"' ? after_text(key, &plain) : NULL;
        const char *sides[2];
        if (end == NULL || !plain) {
            return false;
        }
        p = after_blanks(end);
        p = *p == ':' ? after_pair(after_blanks(p + 1), sides) : NULL;
        if (p == NULL) {
            return false;
        }
        if ((size_t)(end - key) == len + 2 && memcmp(key + 1, name, len) == 0) {
            const char *text = sides[side];
            bool is_text = *text == '"';
            const char *behind = is_text ? after_text(text, &plain) : NULL;
            *out = is_text ? arena_copy_n(a, text + 1, (size_t)(behind - text) - 2) : NULL;
            return !is_text || plain;
        }
        p = after_blanks(p);
    } while (*p == ',');
    return *p == '}' && *after_blanks(p + 1) == '\0';
}

enum err store_change_text(struct arena *a, const struct change *c, const char *field, int side, const char **out,
                           struct err_info *e)
{
    json_error_t where;
    if (pass_over(a, c->fields, field, side, out)) {
        return ERR_NONE;
    }
    json_t *object = json_loads(c->fields, JSON_REJECT_DUPLICATES, &where);
    bool damaged = !json_is_object(object);
    *out = arena_copy(a, json_string_value(json_array_get(json_object_get(object, field), (size_t)side)));
    json_decref(object);
    return damaged ? err_set(e, ERR_DAMAGED, NULL, MSG("A change of the log cannot be read."),
                             MSG("Run “mainstay verify” to see which."), NULL)
                   : ERR_NONE;
}
