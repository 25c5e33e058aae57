// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_read.c: the parent: asks a child, and reads its answer. The child has read bytes of others, so its
// answer is trusted no more than they are: every number has a ceiling, every text is checked.
//
//   S line attributes NL name NUL space NUL, then name NUL space NUL value NUL of each attribute
//   T length NL text NUL     a piece of text of the element that is open
//   E NL                     it is closed
//   F kind line NL           instead of all that: what is wrong (enum xml_fault)

#include "format/xml/xml_read.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/xml/xml_parts.h"
#include "os/child.h"

#define TIME_LIMIT_MS 30000

static enum err explain(enum xml_fault fault, size_t line, struct err_info *e)
{
    static const struct { enum err code; const char *text; const char *hint; } said[] = {
        [XML_BROKEN] = {ERR_INPUT, MSG("This is no sound XML file: line {0} cannot be read."),
                        MSG("Look for a tag that is not closed, for a & that is not written &amp;, or for letters in "
                            "another encoding than the first line says.")},
        [XML_DOCTYPE] = {ERR_INPUT, MSG("The XML file has a document type, which is not read."),
                         MSG("Delete the line that begins with <!DOCTYPE.")},
        [XML_SIGNS] = {ERR_INPUT, MSG("Line {0} of the XML file has signs that no text may hold."),
                       MSG("Delete the control characters.")},
        [XML_DEEP] = {ERR_TOO_LARGE, MSG("Line {0}: elements are nested too deeply."), NULL},
        [XML_MANY] = {ERR_TOO_LARGE, MSG("The XML file has too many elements."),
                      MSG("Divide it into several files.")},
    };
    char number[24];
    char place[32];
    snprintf(number, sizeof number, "%zu", line);
    snprintf(place, sizeof place, "line %zu", line);
    return err_set(e, said[fault].code, fault == XML_MANY ? NULL : place, said[fault].text,
                   said[fault].hint, number, NULL);
}

// ---- reading the answer -------------------------------------------------------------------------------

struct piece {
    struct piece *next;
    const char *text;
    size_t len;
};

// An element that is not closed yet.
struct open {
    struct xml_node *node;
    struct xml_node *last; // child
    struct piece *pieces;
    struct piece **end;
    size_t len;
};

struct reader {
    struct arena *arena;
    const char *p;
    const char *end;
    int depth;
    size_t n_nodes;
    bool full; // the arena
    struct xml_node *root;
    struct open open[LIMIT_XML_DEPTH];
};

static bool take_number(struct reader *r, size_t most, size_t *n)
{
    size_t value = 0;
    if (r->p == r->end || *r->p != ' ') {
        return false;
    }
    const char *first = ++r->p;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9') {
        value = value * 10 + (size_t)(*r->p++ - '0');
        if (value > most) {
            return false;
        }
    }
    *n = value;
    return r->p > first;
}

static bool take_line_end(struct reader *r)
{
    return r->p < r->end && *r->p++ == '\n';
}

// A text up to its zero byte.
static bool take_word(struct reader *r, const char **word)
{
    size_t bad;
    const char *zero = memchr(r->p, '\0', (size_t)(r->end - r->p));
    *word = r->p;
    if (zero == NULL || !utf8_is_clean(r->p, (size_t)(zero - r->p), &bad)) {
        return false;
    }
    r->p = zero + 1;
    return true;
}

static bool take_start(struct reader *r)
{
    size_t line;
    size_t n;
    r->full = !arena_has_room(r->arena, sizeof(struct xml_node) + LIMIT_XML_ATTRIBUTES * sizeof(struct xml_attribute));
    if (r->full) {
        return false;
    }
    struct xml_node *node = ARENA_MAKE(r->arena, struct xml_node);
    if (r->depth == LIMIT_XML_DEPTH || r->n_nodes++ == LIMIT_XML_NODES ||
        (r->depth == 0 && r->root != NULL) || !take_number(r, INT32_MAX, &line) ||
        !take_number(r, LIMIT_XML_ATTRIBUTES, &n) || !take_line_end(r) ||
        !take_word(r, &node->name) || !take_word(r, &node->space)) {
        return false;
    }
    struct xml_attribute *list = ARENA_ARRAY(r->arena, struct xml_attribute, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!take_word(r, &list[i].name) || !take_word(r, &list[i].space) ||
            !take_word(r, &list[i].value)) {
            return false;
        }
    }
    node->line = (int)line;
    node->n_attributes = (int)n;
    node->attributes = list;
    node->text = "";
    if (r->depth == 0) {
        r->root = node;
    } else {
        struct open *up = &r->open[r->depth - 1];
        node->parent = up->node;
        if (up->last == NULL) {
            up->node->first = node;
        } else {
            up->last->next = node;
        }
        up->last = node;
    }
    r->open[r->depth] = (struct open){.node = node};
    r->open[r->depth].end = &r->open[r->depth].pieces;
    r->depth++;
    return true;
}

static bool take_text(struct reader *r)
{
    size_t len;
    const char *text;
    if (r->depth == 0 || !take_number(r, (size_t)(r->end - r->p), &len) || !take_line_end(r) ||
        !take_word(r, &text) || strlen(text) != len) {
        return false;
    }
    r->full = !arena_has_room(r->arena, sizeof(struct piece) + r->open[r->depth - 1].len + len);
    if (r->full) {
        return false;
    }
    struct open *o = &r->open[r->depth - 1];
    struct piece *piece = ARENA_MAKE(r->arena, struct piece);
    *piece = (struct piece){NULL, text, len};
    *o->end = piece;
    o->end = &piece->next;
    o->len += len;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool take_end(struct reader *r)
{
    if (r->depth == 0 || !take_line_end(r)) {
        return false;
    }
    struct open *o = &r->open[--r->depth];
    if (o->pieces == NULL) {
        return true;
    }
    char *text = arena_alloc(r->arena, o->len + 1);
    size_t len = 0;
    for (struct piece *p = o->pieces; p != NULL; p = p->next) {
        memcpy(text + len, p->text, p->len);
        len += p->len;
    }
    while (len > 0 && is_space(text[len - 1])) {
        text[--len] = '\0';
    }
    while (is_space(*text)) {
        text++;
    }
    o->node->text = text;
    return true;
}

bool xml_answer_read(struct arena *a, const char *bytes, size_t len, const struct xml_node **root,
                     struct err_info *e)
{
    struct reader r = {.arena = a, .p = bytes, .end = bytes + len};
    e->code = ERR_NONE;
    while (r.p < r.end) {
        char what = *r.p++;
        if (what == 'F') {
            size_t fault;
            size_t line;
            if (!take_number(&r, XML_FAULT_COUNT - 1, &fault) || fault == XML_NO_FAULT ||
                !take_number(&r, INT32_MAX, &line)) {
                return false;
            }
            (void)explain((enum xml_fault)fault, line, e);
            return true;
        }
        if (!((what == 'S' && take_start(&r)) || (what == 'T' && take_text(&r)) ||
              (what == 'E' && take_end(&r)))) {
            return r.full && err_file_too_long(e) != ERR_NONE;
        }
    }
    *root = r.root;
    return r.root != NULL && r.depth == 0;
}

enum err xml_read(struct arena *a, const char *bytes, size_t len, const struct xml_node **root,
                  struct err_info *e)
{
    if (len > LIMIT_UPLOAD_BYTES) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The XML file is larger than {0} MB."),
                       MSG("Divide it into several files."), "25", NULL);
    }
    const char *argv[] = {"/proc/self/exe", XML_READ_WORD, NULL};
    struct child_job job = {.argv = argv,
                            .what = MSG("reading an XML file"),
                            .input = bytes,
                            .input_len = len,
                            .output_limit_bytes = XML_ANSWER_BYTES,
                            .time_limit_ms = TIME_LIMIT_MS};
    struct child_output said;
    struct err_info fault = {0};
    enum err err = child_run(a, &job, &said, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (said.exit_status != 0 || !xml_answer_read(a, said.bytes, said.len, root, &fault)) {
        (void)err_set(e, ERR_FAILED, NULL, MSG("The XML file could not be read."), NULL, NULL);
        err_detail(e, "%s: status %d: %.180s", XML_READ_WORD, said.exit_status, said.errors);
        return ERR_FAILED;
    }
    if (fault.code != ERR_NONE) {
        *e = fault;
    }
    return fault.code;
}

// ---- looking things up ------------------------------------------------------------------------------

const char *xml_attribute_in(const struct xml_node *n, const char *space, const char *name)
{
    for (int i = 0; i < n->n_attributes; i++) {
        if (strcmp(n->attributes[i].name, name) == 0 &&
            strcmp(n->attributes[i].space, space) == 0) {
            return n->attributes[i].value;
        }
    }
    return NULL;
}

const char *xml_attribute_of(const struct xml_node *n, const char *name)
{
    return xml_attribute_in(n, "", name);
}

const char *xml_attribute_text(const struct xml_node *n, const char *name)
{
    const char *value = xml_attribute_of(n, name);
    return value == NULL ? "" : value;
}

bool xml_attribute_is(const struct xml_node *n, const char *name, const char *value)
{
    return strcmp(xml_attribute_text(n, name), value) == 0;
}

static const struct xml_node *named(const struct xml_node *n, const char *name, const char *space)
{
    while (n != NULL && (strcmp(n->name, name) != 0 || strcmp(n->space, space) != 0)) {
        n = n->next;
    }
    return n;
}

const struct xml_node *xml_child(const struct xml_node *n, const char *name)
{
    return named(n->first, name, n->space);
}

const struct xml_node *xml_again(const struct xml_node *child)
{
    return named(child->next, child->name, child->space);
}
