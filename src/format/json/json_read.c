// SPDX-License-Identifier: AGPL-3.0-or-later
//
// json_read.c: see json_read.h. jansson decides what is JSON and decodes the texts; then its tree and
// the source are walked side by side, because jansson keeps neither lines nor the digits of a number
// ("12.50" would come back as 12.5). The source is known to be well-formed by then.

#include "format/json/json_read.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/utf8.h"

struct place {
    char line[16];
    char column[16];
};

static struct place place_of(const char *bytes, size_t at)
{
    int line = 1;
    int column = 1;
    for (size_t i = 0; i < at; i++) {
        if (bytes[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)bytes[i] & 0xc0) != 0x80) {
            column++;
        }
    }
    struct place p;
    snprintf(p.line, sizeof p.line, "%d", line);
    snprintf(p.column, sizeof p.column, "%d", column);
    return p;
}

static enum err refuse(struct err_info *e, enum err code, const char *bytes, size_t at,
                       const char *text, const char *hint)
{
    struct place p = place_of(bytes, at);
    return err_set(e, code, NULL, text, hint, p.line, p.column, NULL);
}

// Depth and number of values, before anything is built. Brackets and commas inside texts do not
// count; a text that is never closed is left to jansson.
static enum err check_size(const char *bytes, size_t len, struct err_info *e)
{
    int depth = 0;
    size_t values = 1;
    bool in_text = false;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (in_text) {
            i += c == '\\';
            in_text = c != '"';
            continue;
        }
        in_text = c == '"';
        depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        values += c == '[' || c == '{' || c == ',';
        if (depth > LIMIT_JSON_DEPTH) {
            return refuse(e, ERR_INPUT, bytes, i,
                          MSG("Line {0}, column {1} of the JSON is nested too deep."),
                          MSG("Use at most 32 levels of brackets."));
        }
        if (values > LIMIT_JSON_VALUES) {
            return refuse(e, ERR_TOO_LARGE, bytes, i,
                          MSG("From line {0} on, the JSON holds too many values."),
                          MSG("Split it into several files."));
        }
    }
    return ERR_NONE;
}

static enum err syntax_error(struct err_info *e, const json_error_t *problem)
{
    char line[16];
    char column[16];
    snprintf(line, sizeof line, "%d", problem->line < 1 ? 1 : problem->line);
    snprintf(column, sizeof column, "%d", problem->column < 1 ? 1 : problem->column);
    const char *text;
    const char *hint;
    switch (json_error_code(problem)) {
    case json_error_premature_end_of_input:
        text = MSG("The JSON ends too early, at line {0}, column {1}.");
        hint = MSG("A quote or a closing bracket is missing, or the file was cut short.");
        break;
    case json_error_end_of_input_expected:
        text = MSG("Line {0}, column {1}: something follows the end of the JSON.");
        hint = MSG("Keep one JSON value in the file; put several records into a list [ ... ].");
        break;
    case json_error_duplicate_key:
        text = MSG("Line {0}, column {1}: a name stands twice in one object.");
        hint = MSG("Remove one of the two.");
        break;
    case json_error_numeric_overflow:
        text = MSG("Line {0}, column {1}: a number is too large.");
        hint = MSG("Write it as a text in quotes, or check it.");
        break;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        text = MSG("Line {0}, column {1}: a text holds the character NUL.");
        hint = MSG("Remove it.");
        break;
    default:
        text = MSG("Line {0}, column {1} is not JSON.");
        hint = MSG("Names and texts stand in double quotes; no comma follows the last item.");
    }
    return err_set(e, ERR_INPUT, NULL, text, hint, line, column, NULL);
}

// The walk: the source position and the line it is on.
struct walk {
    struct arena *arena;
    const char *bytes;
    size_t len;
    size_t at;
    int line;
    size_t bad_at; // of the value with a control character
    bool bad;
    bool full; // the arena
};

static bool has_room(struct walk *w, size_t more)
{
    w->full = w->full || !arena_has_room(w->arena, more);
    return !w->full;
}

static void skip_space_and(struct walk *w, const char *also)
{
    while (w->at < w->len) {
        char c = w->bytes[w->at];
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && strchr(also, c) == NULL) {
            return;
        }
        w->line += c == '\n';
        w->at++;
    }
}

static void skip_text(struct walk *w)
{
    w->at++;
    while (w->at < w->len && w->bytes[w->at] != '"') {
        w->at += w->bytes[w->at] == '\\' ? 2 : 1;
    }
    w->at++;
}

static const char *take_text(struct walk *w, const char *text, size_t len)
{
    size_t bad;
    if (!has_room(w, len)) {
        return "";
    }
    if (!w->bad && !utf8_is_clean(text, len, &bad)) {
        w->bad = true;
        w->bad_at = w->at;
    }
    return arena_copy_n(w->arena, text, len);
}

static const char *take_word(struct walk *w)
{
    size_t start = w->at;
    while (w->at < w->len && strchr(" \t\r\n,]}", w->bytes[w->at]) == NULL) {
        w->at++;
    }
    return arena_copy_n(w->arena, w->bytes + start, w->at - start);
}

static void take_value(struct walk *w, json_t *from, struct json *to);

static void take_object(struct walk *w, json_t *from, struct json *to)
{
    to->n = (int)json_object_size(from);
    if (!has_room(w, (size_t)to->n * sizeof *to)) {
        return;
    }
    struct json *items = ARENA_ARRAY(w->arena, struct json, (size_t)to->n);
    const char *key;
    json_t *value;
    int i = 0;
    w->at++;
    json_object_foreach(from, key, value) {
        if (w->full) {
            return;
        }
        skip_space_and(w, ",");
        items[i].name = take_text(w, key, strlen(key));
        skip_text(w);
        skip_space_and(w, ":");
        take_value(w, value, &items[i]);
        i++;
    }
    to->items = items;
    skip_space_and(w, "");
    w->at++;
}

static void take_array(struct walk *w, json_t *from, struct json *to)
{
    to->n = (int)json_array_size(from);
    if (!has_room(w, (size_t)to->n * sizeof *to)) {
        return;
    }
    struct json *items = ARENA_ARRAY(w->arena, struct json, (size_t)to->n);
    w->at++;
    for (int i = 0; i < to->n && !w->full; i++) {
        skip_space_and(w, ",");
        take_value(w, json_array_get(from, (size_t)i), &items[i]);
    }
    to->items = items;
    skip_space_and(w, "");
    w->at++;
}

static void take_value(struct walk *w, json_t *from, struct json *to)
{
    to->line = w->line;
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        to->kind = JSON_KIND_OBJECT;
        take_object(w, from, to);
        break;
    case JSON_ARRAY:
        to->kind = JSON_KIND_ARRAY;
        take_array(w, from, to);
        break;
    case JSON_STRING:
        to->kind = JSON_KIND_TEXT;
        to->text = take_text(w, json_string_value(from), json_string_length(from));
        skip_text(w);
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        to->kind = JSON_KIND_NUMBER;
        to->text = take_word(w);
        break;
    default:
        to->kind = json_is_null(from) ? JSON_KIND_NULL : JSON_KIND_BOOL;
        to->truth = json_is_true(from);
        take_word(w);
    }
}

static enum err convert(struct arena *a, const char *bytes, size_t len, json_t *root,
                        const struct json **out, struct err_info *e)
{
    struct walk w = {.arena = a, .bytes = bytes, .len = len, .line = 1};
    struct json *tree = ARENA_MAKE(a, struct json);
    skip_space_and(&w, "");
    take_value(&w, root, tree);
    if (w.full) {
        return err_file_too_long(e);
    }
    if (w.bad) {
        return refuse(e, ERR_INPUT, bytes, w.bad_at,
                      MSG("Line {0}, column {1}: a text holds a control character."),
                      MSG("Remove it; only tabs and line breaks may stand in a text."));
    }
    *out = tree;
    return ERR_NONE;
}

enum err json_read(struct arena *a, const char *bytes, size_t len, const struct json **out,
                   struct err_info *e)
{
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (len > LIMIT_IMPORT_BYTES) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The JSON is larger than 64 MB."),
                       MSG("Split it into several files."), NULL);
    }
    size_t at;
    if (!utf8_is_clean(bytes, len, &at)) {
        return refuse(e, ERR_INPUT, bytes, at,
                      MSG("Line {0}, column {1} holds a byte that is no UTF-8 text."),
                      MSG("Save the file as UTF-8."));
    }
    enum err err = check_size(bytes, len, e);
    if (err != ERR_NONE) {
        return err;
    }
    json_error_t problem;
    json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (root == NULL) {
        return syntax_error(e, &problem);
    }
    err = convert(a, bytes, len, root, out, e);
    json_decref(root);
    return err;
}

const struct json *json_get(const struct json *object, const char *name)
{
    if (object == NULL || object->kind != JSON_KIND_OBJECT) {
        return NULL;
    }
    for (int i = 0; i < object->n; i++) {
        if (strcmp(object->items[i].name, name) == 0) {
            return &object->items[i];
        }
    }
    return NULL;
}

const char *json_get_text(const struct json *object, const char *name)
{
    const struct json *v = json_get(object, name);
    return v != NULL && v->kind == JSON_KIND_TEXT ? v->text : NULL;
}

bool json_to_int(const struct json *v, int64_t *out)
{
    if (v == NULL || v->kind != JSON_KIND_NUMBER || strpbrk(v->text, ".eE") != NULL) {
        return false;
    }
    errno = 0;
    long long n = strtoll(v->text, NULL, 10);
    if (errno != 0) {
        return false;
    }
    *out = n;
    return true;
}

int64_t json_get_int(const struct json *object, const char *name, int64_t otherwise)
{
    int64_t n;
    return json_to_int(json_get(object, name), &n) ? n : otherwise;
}

bool json_get_bool(const struct json *object, const char *name)
{
    const struct json *v = json_get(object, name);
    return v != NULL && v->kind == JSON_KIND_BOOL && v->truth;
}
