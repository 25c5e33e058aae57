// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_xml.c: any bytes, read as an XML file, here and without a child. Bytes that begin with "S", "T",
// "E" or "F" are taken for the answer of a child.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "format/xml/xml_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

// Every child knows its parent; nothing is deeper than it may be.
static void walk(const struct xml_node *n, int depth)
{
    if (depth > LIMIT_XML_DEPTH || n->text == NULL || n->line < 0) {
        abort();
    }
    for (const struct xml_node *c = n->first; c != NULL; c = c->next) {
        if (c->parent != n) {
            abort();
        }
        walk(c, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)512 * 1024 * 1024);
    struct buf out;
    struct err_info e = {0};
    const struct xml_node *root = NULL;
    bool answer = len > 0 && memchr("STEF", bytes[0], 4) != NULL;
    buf_init(&out, a, XML_ANSWER_BYTES);
    if (answer) {
        buf_add(&out, bytes, len);
    } else {
        xml_answer(a, (const char *)bytes, len, &out);
    }
    if (!xml_answer_read(a, out.data, out.len, &root, &e)) {
        if (!answer) {
            abort(); // our own answer can always be read
        }
    } else if (e.code == ERR_NONE) {
        walk(root, 1);
    }
    arena_free(a);
    return 0;
}
