// SPDX-License-Identifier: AGPL-3.0-or-later
//
// zip_write.h: writes a ZIP package (the outer shell of DOCX and others) into a buffer. Names are
// plain ASCII, entries are deflated, times are fixed, so the same content gives the same bytes.

#ifndef FORMAT_ZIP_ZIP_WRITE_H
#define FORMAT_ZIP_ZIP_WRITE_H

#include <stdint.h>

#include "base/buf.h"

#define ZIP_ENTRIES 64

struct zip_entry {
    const char *name;
    uint32_t crc;
    uint32_t packed;
    uint32_t size;
    uint32_t at;
};

struct zip_out {
    struct buf *out;
    struct zip_entry entries[ZIP_ENTRIES];
    int n;
};

void zip_begin(struct zip_out *z, struct buf *out);
// name is kept; at most ZIP_ENTRIES entries, each below 2 GB.
void zip_add(struct zip_out *z, const char *name, const void *bytes, size_t len);
// Writes the list of entries. Ask buf_is_full(out) afterwards.
void zip_end(struct zip_out *z);

#endif
