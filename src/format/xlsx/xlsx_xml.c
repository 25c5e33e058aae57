// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_xml.c: one part of the package through expat, piece by piece. A document type ends the reading
// at once, so there are no entities to grow and none to fetch.

#include <expat.h>
#include <string.h>

#include "format/xlsx/xlsx_parts.h"

#define PIECE_BYTES (64 * 1024)
#define MAX_DEPTH 64

struct walk {
    XML_Parser parser;
    struct xlsx_in *in;
    const struct xlsx_handler *handler;
    void *of;
    const char *part;
    int depth;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *xlsx_xml_attribute(const char **attributes, const char *name)
{
    for (int i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    for (int i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(local(attributes[i]), name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

bool xlsx_xml_is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void stop_when_blamed(struct walk *w)
{
    if (w->in->fault.kind != XLSX_NO_FAULT) {
        (void)XML_StopParser(w->parser, XML_FALSE);
    }
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct walk *w = data;
    if (w->in->fault.kind != XLSX_NO_FAULT) {
        return; // expat may still deliver what it has
    }
    if (++w->depth > MAX_DEPTH) {
        xlsx_blame(w->in, XLSX_DAMAGED, w->part, 0);
    } else {
        w->handler->start(w->in, w->of, local(name), attributes);
    }
    stop_when_blamed(w);
}

static void on_end(void *data, const char *name)
{
    struct walk *w = data;
    if (w->in->fault.kind == XLSX_NO_FAULT) {
        w->depth--;
        w->handler->end(w->in, w->of, local(name));
        stop_when_blamed(w);
    }
}

static void on_text(void *data, const char *text, int len)
{
    struct walk *w = data;
    if (w->in->fault.kind == XLSX_NO_FAULT && w->handler->text != NULL) {
        w->handler->text(w->in, w->of, text, (size_t)len);
        stop_when_blamed(w);
    }
}

static void on_doctype(void *data, const char *name, const char *system, const char *public,
                       int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    struct walk *w = data;
    xlsx_blame(w->in, XLSX_DOCTYPE, w->part, 0);
    stop_when_blamed(w);
}

static bool feed(struct walk *w)
{
    static _Thread_local char piece[PIECE_BYTES];
    size_t n;
    do {
        enum zip_state state = zip_part_read(w->in->zip, piece, sizeof piece, &n);
        if (state != ZIP_FINE) {
            xlsx_blame_zip(w->in, state, w->part);
            return false;
        }
        if (XML_Parse(w->parser, piece, (int)n, n == 0) != XML_STATUS_OK) {
            xlsx_blame(w->in, XLSX_DAMAGED, w->part, 0); // unless it was blamed before
            return false;
        }
    } while (n > 0);
    return true;
}

bool xlsx_xml_read(struct xlsx_in *in, int part, const char *name, const struct xlsx_handler *h,
                   void *of)
{
    enum zip_state state = zip_part_open(in->zip, part);
    if (state != ZIP_FINE) {
        xlsx_blame_zip(in, state, name);
        return false;
    }
    struct walk w = {.in = in, .handler = h, .of = of, .part = name};
    w.parser = XML_ParserCreate(NULL);
    if (w.parser == NULL) {
        xlsx_blame(in, XLSX_BOMB, NULL, 0);
        return false;
    }
    XML_SetUserData(w.parser, &w);
    XML_SetElementHandler(w.parser, on_start, on_end);
    XML_SetCharacterDataHandler(w.parser, on_text);
    XML_SetStartDoctypeDeclHandler(w.parser, on_doctype);
    bool fine = feed(&w);
    XML_ParserFree(w.parser);
    return fine && in->fault.kind == XLSX_NO_FAULT;
}
