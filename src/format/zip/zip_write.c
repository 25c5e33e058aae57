// SPDX-License-Identifier: AGPL-3.0-or-later
//
// zip_write.c: see zip_write.h. PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.

#include "format/zip/zip_write.h"

#include <string.h>
#include <zlib.h>

#include "base/bug.h"

#define VERSION 20u       // deflate
#define METHOD_DEFLATE 8u
#define FIXED_DATE 0x21u  // 1980-01-01, the first day the format knows
#define MAX_BYTES ((size_t)0x7fffffff)

static void put(struct buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        buf_char(out, (char)(value >> (8 * i) & 0xff));
    }
}

// What the header before an entry and the list at the end have in common.
static void put_facts(struct buf *out, const struct zip_entry *e)
{
    put(out, VERSION, 2);
    put(out, 0, 2); // flags
    put(out, METHOD_DEFLATE, 2);
    put(out, 0, 2); // time
    put(out, FIXED_DATE, 2);
    put(out, e->crc, 4);
    put(out, e->packed, 4);
    put(out, e->size, 4);
    put(out, (uint32_t)strlen(e->name), 2);
    put(out, 0, 2); // no extra field
}

void zip_begin(struct zip_out *z, struct buf *out)
{
    *z = (struct zip_out){.out = out};
}

// Raw deflate; the whole entry at once, since entries are small.
static size_t deflated(struct arena *a, const void *bytes, size_t len, unsigned char **packed)
{
    z_stream s = {0};
    if (deflateInit2(&s, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        bug("zlib does not start");
    }
    size_t room = deflateBound(&s, (uLong)len);
    *packed = arena_alloc(a, room);
    s.next_in = (z_const Bytef *)bytes;
    s.avail_in = (uInt)len;
    s.next_out = *packed;
    s.avail_out = (uInt)room;
    if (deflate(&s, Z_FINISH) != Z_STREAM_END) {
        bug("zlib does not finish");
    }
    size_t n = s.total_out;
    deflateEnd(&s);
    return n;
}

void zip_add(struct zip_out *z, const char *name, const void *bytes, size_t len)
{
    ensure(z->n < ZIP_ENTRIES && len < MAX_BYTES);
    unsigned char *packed;
    size_t n = deflated(z->out->arena, bytes, len, &packed);
    struct zip_entry *e = &z->entries[z->n++];
    *e = (struct zip_entry){.name = name,
                            .crc = (uint32_t)crc32(0, bytes, (uInt)len),
                            .packed = (uint32_t)n,
                            .size = (uint32_t)len,
                            .at = (uint32_t)z->out->len};
    put(z->out, 0x04034b50, 4);
    put_facts(z->out, e);
    buf_str(z->out, name);
    buf_add(z->out, packed, n);
}

void zip_end(struct zip_out *z)
{
    uint32_t start = (uint32_t)z->out->len;
    for (int i = 0; i < z->n; i++) {
        const struct zip_entry *e = &z->entries[i];
        put(z->out, 0x02014b50, 4);
        put(z->out, VERSION, 2);
        put_facts(z->out, e);
        put(z->out, 0, 2); // no comment
        put(z->out, 0, 2); // first disk
        put(z->out, 0, 2); // attributes inside
        put(z->out, 0, 4); // attributes outside
        put(z->out, e->at, 4);
        buf_str(z->out, e->name);
    }
    uint32_t size = (uint32_t)z->out->len - start;
    put(z->out, 0x06054b50, 4);
    put(z->out, 0, 4); // one disk
    put(z->out, (uint32_t)z->n, 2);
    put(z->out, (uint32_t)z->n, 2);
    put(z->out, size, 4);
    put(z->out, start, 4);
    put(z->out, 0, 2); // no comment
}
