// SPDX-License-Identifier: AGPL-3.0-or-later
//
// svg_write.h: shapes as an SVG element that may stand in a page or alone in a file.

#ifndef FORMAT_SVG_SVG_WRITE_H
#define FORMAT_SVG_SVG_WRITE_H

#include "base/buf.h"
#include "format/svg/shapes.h"

// No script, no style attribute: classes of the stylesheet, with presentation attributes for viewers
// without it. id must be unique in the page; it names the title and description for screen readers.
void svg_write(struct buf *out, const struct chart_shapes *s, const char *id);

#endif
