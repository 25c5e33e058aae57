// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fields_text.c: what a change says of one field, without reading the others. See store_change_text in store.h.
//
// Many changes are asked for one id in each, and taking all of their JSON apart is most of what that costs. What is not
// passed over surely (escapes in a name or in the text, another shape) is read with the library.

#include <jansson.h>
#include <string.h>

#include "store/store_private.h"

static const char *after_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

// A text, a number or a word of JSON.
struct piece {
    const char *at;
    size_t len;
    bool is_text; // then without its quotes
    bool plain;   // no escapes in it
};

// The piece at p; what is behind it, and blanks. NULL for anything else.
static const char *read_piece(const char *p, struct piece *out)
{
    bool is_text = *p == '"';
    p += is_text ? 1 : 0;
    *out = (struct piece){.at = p, .is_text = is_text, .plain = true};
    if (!is_text) {
        out->len = strcspn(p, "\"[]{},: \t\r\n");
        return out->len == 0 ? NULL : after_blanks(p + out->len);
    }
    for (; *p != '"'; p++) {
        if (*p == '\\') {
            out->plain = false;
            p++;
        }
        if (*p == '\0') {
            return NULL;
        }
    }
    out->len = (size_t)(p - out->at);
    return after_blanks(p + 1);
}

// "name":[before,after], and what is behind it, and blanks. NULL for anything else.
static const char *read_field(const char *p, struct piece *name, struct piece sides[2])
{
    p = read_piece(p, name);
    if (p == NULL || !name->is_text || !name->plain || *p != ':') {
        return NULL;
    }
    p = after_blanks(p + 1);
    for (int i = 0; i < 2; i++) {
        p = *p == "[,"[i] ? read_piece(after_blanks(p + 1), &sides[i]) : NULL;
        if (p == NULL) {
            return NULL;
        }
    }
    return *p == ']' ? after_blanks(p + 1) : NULL;
}

// True when it is sure: *out is the text, or NULL.
static bool pass_over(struct arena *a, const char *fields, const char *name, int side, const char **out)
{
    size_t len = strlen(name);
    struct piece key, sides[2];
    const char *p = after_blanks(fields);
    *out = NULL;
    if (*p != '{') {
        return false;
    }
    do {
        p = read_field(after_blanks(p + 1), &key, sides);
        if (p == NULL) {
            return false;
        }
        if (key.len == len && memcmp(key.at, name, len) == 0) {
            const struct piece *x = &sides[side];
            *out = x->is_text ? arena_copy_n(a, x->at, x->len) : NULL;
            return x->plain;
        }
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
