// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_read.h: an XML file of others as a tree that may only be read, each element with its line.
//
// The file is parsed in a child without rights (guard/guard.h), with ceilings on all that can grow
// (base/limits.h). A document type ends the reading at once, so there are no entities to grow and none
// to fetch; nothing is looked up, here or elsewhere. Comments and processing instructions are left out.
// UTF-8, UTF-16, ISO 8859-1 and ASCII are understood; texts come out as UTF-8.
//
// Texts may hold personal data: they belong into no message and no log. Errors name the line.
// Method: XML 1.0 and Namespaces in XML 1.0, through expat.

#ifndef FORMAT_XML_READ_H
#define FORMAT_XML_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct xml_attribute {
    const char *name;  // without prefix
    const char *space; // address of its name space, "" for none
    const char *value;
};

struct xml_node {
    const char *name;  // without prefix
    const char *space; // address of its name space, "" for none
    int line;          // on which its start tag ends, from 1
    int n_attributes;
    const struct xml_attribute *attributes;
    const char *text; // its own, pieces between children joined, without spaces at both ends; never NULL
    const struct xml_node *parent; // NULL: the root
    const struct xml_node *first;  // child
    const struct xml_node *next;   // after it in the same element
};

// The name space of xml:lang.
#define XML_SPACE "http://www.w3.org/XML/1998/namespace"

// Reads the file. Errors: ERR_INPUT (no XML, with its line in e->field; a document type; signs that
// texts cannot hold), ERR_TOO_LARGE (a ceiling), ERR_FAILED (the child cannot start).
enum err xml_read(struct arena *a, const char *bytes, size_t len, const struct xml_node **root,
                  struct err_info *e) MUST_CHECK;

// Value of the attribute without name space, or NULL.
const char *xml_attribute_of(const struct xml_node *n, const char *name);
// The same, "" when there is none; and whether it has this value.
const char *xml_attribute_text(const struct xml_node *n, const char *name);
bool xml_attribute_is(const struct xml_node *n, const char *name, const char *value);
// Its value in a name space, or NULL.
const char *xml_attribute_in(const struct xml_node *n, const char *space, const char *name);
// First child of this name in the name space of n, or NULL; the next one of the same name.
const struct xml_node *xml_child(const struct xml_node *n, const char *name);
const struct xml_node *xml_again(const struct xml_node *child);

// ---- for the child and for tests ------------------------------------------------------------------

// main() of the child: reads a file from standard input and answers with its elements.
#define XML_READ_WORD "__read-xml"
int xml_read_child_main(void);
// The answer about a file, here and now; and an answer, read with distrust: false when it is none that
// our child can give, else *root or, when it says what is wrong, *e.
void xml_answer(struct arena *a, const char *bytes, size_t len, struct buf *out);
bool xml_answer_read(struct arena *a, const char *bytes, size_t len, const struct xml_node **root,
                     struct err_info *e);
#define XML_ANSWER_BYTES ((size_t)80 * 1024 * 1024)

#endif
