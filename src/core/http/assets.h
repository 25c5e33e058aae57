// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assets.h: style sheets, scripts, fonts and icons that are part of the program, under /assets/.
//
// Their address carries the hash of their content, so that browsers may keep them for a year.

#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include <stddef.h>

struct asset {
    const char *name; // "app.css", "fonts/x.woff2"
    const char *url;  // "/assets/app.css?v=0123456789abcdef"
    const char *hash; // the part after v=
    const char *media_type;
    const char *bytes;
    size_t len;
};

// All assets, by name; made at the first call, kept as long as the process.
const struct asset *asset_all(size_t *n);
// The asset with this name, or NULL.
const struct asset *asset_find(const char *name);
// Address of an asset for a page. A name that does not exist is a bug.
const char *asset_url(const char *name);

#endif
