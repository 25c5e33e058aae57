// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_parse.c: the child: gives up its rights, reads the file with expat and answers (xml_read.c).

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/xml/xml_parts.h"
#include "format/xml/xml_read.h"
#include "guard/guard.h"

// 25 MB of small elements take 2 s.
#define CPU_SECONDS 20
// The file, the answer (a growing buffer takes twice its size) and expat.
#define CHILD_ARENA_BYTES ((size_t)256 * 1024 * 1024)
#define MEMORY_BYTES ((size_t)448 * 1024 * 1024)
// Between the address of a name space and a name; it can stand in neither.
#define SEPARATOR '\n'

struct walk {
    XML_Parser parser;
    struct buf *out;
    struct buf text;
    int depth;
    size_t n_nodes;
    enum xml_fault fault;
    size_t line;
};

static void blame(struct walk *w, enum xml_fault fault)
{
    if (w->fault == XML_NO_FAULT) {
        w->fault = fault;
        w->line = XML_GetCurrentLineNumber(w->parser);
        (void)XML_StopParser(w->parser, XML_FALSE);
    }
}

static bool is_clean(struct walk *w, const char *text, size_t len)
{
    size_t bad;
    if (!utf8_is_clean(text, len, &bad)) {
        blame(w, XML_SIGNS);
        return false;
    }
    return true;
}

static void put_word(struct walk *w, const char *text, size_t len)
{
    if (is_clean(w, text, len)) {
        buf_add(w->out, text, len);
        buf_add(w->out, "", 1);
    }
}

// "address\nname" as expat says it, or "name".
static void put_name(struct walk *w, const char *full)
{
    const char *cut = strrchr(full, SEPARATOR);
    const char *name = cut == NULL ? full : cut + 1;
    put_word(w, name, strlen(name));
    put_word(w, full, cut == NULL ? 0 : (size_t)(cut - full));
}

static void put_text(struct walk *w)
{
    const char *t = w->text.data;
    if (w->text.len > 0 && t[strspn(t, " \t\r\n")] != '\0' && is_clean(w, t, w->text.len)) {
        buf_printf(w->out, "T %zu\n", w->text.len);
        buf_add(w->out, t, w->text.len + 1);
    }
    buf_reset(&w->text);
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct walk *w = data;
    if (w->fault != XML_NO_FAULT) {
        return; // expat may still deliver what it has
    }
    put_text(w);
    int n = 0;
    while (attributes[2 * n] != NULL) {
        n++;
    }
    if (++w->depth > LIMIT_XML_DEPTH) {
        blame(w, XML_DEEP);
    } else if (++w->n_nodes > LIMIT_XML_NODES || n > LIMIT_XML_ATTRIBUTES) {
        blame(w, XML_MANY);
    } else {
        buf_printf(w->out, "S %lu %d\n", XML_GetCurrentLineNumber(w->parser), n);
        put_name(w, name);
        for (int i = 0; i < n; i++) {
            put_name(w, attributes[2 * i]);
            put_word(w, attributes[2 * i + 1], strlen(attributes[2 * i + 1]));
        }
    }
}

static void on_end(void *data, const char *name)
{
    (void)name;
    struct walk *w = data;
    if (w->fault == XML_NO_FAULT) {
        put_text(w);
        w->depth--;
        buf_add(w->out, "E\n", 2);
    }
}

static void on_text(void *data, const char *text, int len)
{
    struct walk *w = data;
    if (w->fault == XML_NO_FAULT) {
        buf_add(&w->text, text, (size_t)len);
    }
}

static void on_doctype(void *data, const char *name, const char *system, const char *public,
                       int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    blame(data, XML_DOCTYPE);
}

void xml_answer(struct arena *a, const char *bytes, size_t len, struct buf *out)
{
    struct walk w = {.parser = XML_ParserCreateNS(NULL, SEPARATOR), .out = out};
    buf_init(&w.text, a, LIMIT_UPLOAD_BYTES);
    if (w.parser == NULL) {
        _Exit(1); // no memory left
    }
    XML_SetUserData(w.parser, &w);
    XML_SetElementHandler(w.parser, on_start, on_end);
    XML_SetCharacterDataHandler(w.parser, on_text);
    XML_SetStartDoctypeDeclHandler(w.parser, on_doctype);
    if (XML_Parse(w.parser, bytes, (int)len, XML_TRUE) != XML_STATUS_OK) {
        blame(&w, XML_BROKEN); // unless it was blamed before
    }
    XML_ParserFree(w.parser);
    if (buf_is_full(out) || w.text.full) {
        w.fault = XML_MANY;
    }
    if (w.fault != XML_NO_FAULT) {
        buf_reset(out);
        out->full = false;
        buf_printf(out, "F %d %zu\n", (int)w.fault, w.line);
    }
}

int xml_read_child_main(void)
{
    return guard_answer(&(struct guard_reader){.cpu_seconds = CPU_SECONDS,
                                               .memory_bytes = MEMORY_BYTES,
                                               .arena_bytes = CHILD_ARENA_BYTES,
                                               .answer_bytes = XML_ANSWER_BYTES,
                                               .answer = xml_answer});
}
