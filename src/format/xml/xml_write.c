// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_write.c: see xml_write.h.

#include "format/xml/xml_write.h"

#include <string.h>

#include "base/bug.h"
#include "format/xml/xml_text.h"

static void new_line(struct xml_out *x, int depth)
{
    buf_char(x->out, '\n');
    for (int i = 0; i < depth; i++) {
        buf_str(x->out, "  ");
    }
}

static void end_tag_head(struct xml_out *x)
{
    if (x->tag_open) {
        buf_char(x->out, '>');
        x->tag_open = false;
    }
}

void xml_begin(struct xml_out *x, struct buf *out)
{
    *x = (struct xml_out){.out = out};
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void xml_end(struct xml_out *x)
{
    ensure(x->depth == 0);
    buf_char(x->out, '\n');
}

void xml_comment(struct xml_out *x, const char *text)
{
    struct buf escaped;
    end_tag_head(x);
    new_line(x, x->depth);
    buf_init(&escaped, x->out->arena, x->out->limit);
    xml_text(&escaped, text);
    buf_str(x->out, "<!-- ");
    for (size_t i = 0; i < escaped.len; i++) {
        buf_char(x->out, escaped.data[i]);
        if (escaped.data[i] == '-' && i + 1 < escaped.len && escaped.data[i + 1] == '-') {
            buf_char(x->out, ' ');
        }
    }
    buf_str(x->out, " -->");
    x->has_children = true;
}

void xml_open(struct xml_out *x, const char *name)
{
    ensure(x->depth < XML_WRITE_DEPTH);
    end_tag_head(x);
    new_line(x, x->depth);
    buf_char(x->out, '<');
    buf_str(x->out, name);
    x->names[x->depth++] = name;
    x->tag_open = true;
    x->has_children = false;
}

void xml_put(struct xml_out *x, const char *name, const char *value)
{
    ensure(x->tag_open);
    if (value != NULL) {
        xml_attribute(x->out, name, value);
    }
}

void xml_put_text(struct xml_out *x, const char *text)
{
    ensure(x->depth > 0);
    end_tag_head(x);
    xml_text(x->out, text);
}

void xml_close(struct xml_out *x)
{
    ensure(x->depth > 0);
    const char *name = x->names[--x->depth];
    if (x->tag_open) {
        buf_str(x->out, "/>");
        x->tag_open = false;
    } else {
        if (x->has_children) {
            new_line(x, x->depth);
        }
        buf_str(x->out, "</");
        buf_str(x->out, name);
        buf_char(x->out, '>');
    }
    x->has_children = true;
}

void xml_element(struct xml_out *x, const char *name, const char *text)
{
    if (text != NULL) {
        xml_open(x, name);
        xml_put_text(x, text);
        xml_close(x);
    }
}
