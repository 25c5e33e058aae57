// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_po.c: reads translations of a pack (gettext .po): one entry per text, its context is the id of
// the row, tool, section or level the text belongs to. Entries marked fuzzy or left empty do not count.

#include "pack/pack_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sort.h"
#include "base/utf8.h"

enum part { PART_NONE, PART_CONTEXT, PART_TEXT, PART_TRANSLATION };

struct reader {
    struct arena *arena;
    struct po *po;
    size_t cap;
    enum part part;
    struct buf texts[3];
    bool given[3];
    bool fuzzy;
};

static const char *const words[] = {"msgctxt", "msgid", "msgstr"};

static void finish_entry(struct reader *r)
{
    bool wanted = r->given[0] && r->given[1] && r->texts[1].len > 0 && r->texts[2].len > 0;
    if (wanted && !r->fuzzy) {
        if (r->po->n == r->cap) {
            size_t cap = r->cap == 0 ? 64 : r->cap * 2;
            struct po_entry *more = ARENA_ARRAY(r->arena, struct po_entry, cap);
            if (r->po->n > 0) {
                memcpy(more, r->po->entries, r->po->n * sizeof *more);
            }
            r->po->entries = more;
            r->cap = cap;
        }
        r->po->entries[r->po->n++] = (struct po_entry){
            arena_copy(r->arena, r->texts[0].data), arena_copy(r->arena, r->texts[1].data),
            arena_copy(r->arena, r->texts[2].data)};
    }
    for (int i = 0; i < 3; i++) {
        buf_reset(&r->texts[i]);
        r->given[i] = false;
    }
    r->fuzzy = false;
    r->part = PART_NONE;
}

// Adds what stands between the quotes; false when the quotes or an escape are wrong.
static bool add_quoted(struct buf *out, const char *at)
{
    if (*at != '"') {
        return false;
    }
    for (at++; *at != '"'; at++) {
        if (*at == '\0') {
            return false;
        }
        if (*at != '\\') {
            buf_char(out, *at);
            continue;
        }
        at++;
        if (strchr("nt\"\\", *at) == NULL || *at == '\0') {
            return false;
        }
        buf_char(out, *at == 'n' ? '\n' : *at == 't' ? '\t' : *at);
    }
    return at[1 + strspn(at + 1, " \r")] == '\0';
}

static bool take_line(struct reader *r, const char *line)
{
    if (line[0] == '\0' || line[0] == '\r') {
        return true;
    }
    if (line[0] == '#') {
        if (r->part == PART_TRANSLATION) {
            finish_entry(r);
        }
        if (line[1] == ',' && strstr(line, "fuzzy") != NULL) {
            r->fuzzy = true;
        }
        return true;
    }
    if (line[0] == '"') {
        return r->part != PART_NONE && add_quoted(&r->texts[r->part - 1], line);
    }
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);
        if (strncmp(line, words[i], n) == 0 && (line[n] == ' ' || line[n] == '\t')) {
            if (r->part == PART_TRANSLATION) {
                finish_entry(r);
            }
            if (r->given[i] || (int)r->part > i + 1 || (i == 2 && !r->given[1])) {
                return false;
            }
            r->part = (enum part)(i + 1);
            r->given[i] = true;
            return add_quoted(&r->texts[i], line + n + strspn(line + n, " \t"));
        }
    }
    return false;
}

static int by_key(const void *a, const void *b)
{
    const struct po_entry *x = a, *y = b;
    int order = strcmp(x->context, y->context);
    return order != 0 ? order : strcmp(x->text, y->text);
}

bool po_parse(struct arena *a, const char *bytes, size_t len, struct po *out, int *line)
{
    *out = (struct po){0};
    *line = 1;
    size_t bad;
    if (!utf8_is_clean(bytes, len, &bad)) {
        for (size_t i = 0; i < bad; i++) {
            *line += bytes[i] == '\n';
        }
        return false;
    }
    struct reader r = {.arena = a, .po = out};
    for (int i = 0; i < 3; i++) {
        buf_init(&r.texts[i], a, len + 1);
    }
    char *copy = arena_copy_n(a, bytes, len);
    for (char *at = copy; at != NULL; (*line)++) {
        char *end = strchr(at, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        if (!take_line(&r, at)) {
            return false;
        }
        at = end == NULL ? NULL : end + 1;
    }
    bool complete = r.part == PART_NONE || r.part == PART_TRANSLATION;
    finish_entry(&r);
    sort_items(out->entries, out->n, sizeof *out->entries, by_key);
    return complete;
}

const char *po_find(const struct po *po, const char *context, const char *text)
{
    struct po_entry key = {context, text, NULL};
    const struct po_entry *found =
        po->n == 0 ? NULL : bsearch(&key, po->entries, po->n, sizeof key, by_key);
    return found == NULL ? NULL : found->translation;
}
