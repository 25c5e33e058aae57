// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_text.h: text and attribute values for XML, SVG and HTML written by format and report code.

#ifndef FORMAT_XML_TEXT_H
#define FORMAT_XML_TEXT_H

#include "base/buf.h"

// Escapes & < > " ' so that the text may stand between tags and inside quoted attributes. Control
// characters, which XML cannot hold, are left out; bytes that are no UTF-8 become U+FFFD. NULL is
// written as nothing.
void xml_text(struct buf *out, const char *text);
// ` name="value"`
void xml_attribute(struct buf *out, const char *name, const char *value);

#endif
