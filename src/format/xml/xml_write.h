// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_write.h: writes an XML file straight into a buffer; nothing is built in memory first.
//
// The output is always well formed: every element is closed, attributes come before content, texts are
// escaped (xml_text.h). A caller that breaks the order meets bug(). Whether the buffer was large enough is
// asked once, at the end, with buf_is_full(). Children stand on lines of their own, two spaces deeper.

#ifndef FORMAT_XML_WRITE_H
#define FORMAT_XML_WRITE_H

#include <stdbool.h>

#include "base/buf.h"

#define XML_WRITE_DEPTH 16 // ours stand at most 8 deep

struct xml_out {
    struct buf *out;
    int depth;
    bool tag_open;     // attributes may still come
    bool has_children; // of the element that is open
    const char *names[XML_WRITE_DEPTH];
};

// Starts a file with its declaration.
void xml_begin(struct xml_out *x, struct buf *out);
// Ends it: all elements must be closed.
void xml_end(struct xml_out *x);
// A comment on a line of its own; "--" in it is written "- -".
void xml_comment(struct xml_out *x, const char *text);

void xml_open(struct xml_out *x, const char *name); // name lives until it is closed
// An attribute of the element just opened; nothing when value is NULL.
void xml_put(struct xml_out *x, const char *name, const char *value);
void xml_put_text(struct xml_out *x, const char *text);
void xml_close(struct xml_out *x);
// <name>text</name>; nothing when text is NULL.
void xml_element(struct xml_out *x, const char *name, const char *text);

#endif
