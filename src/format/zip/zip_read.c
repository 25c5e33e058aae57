// SPDX-License-Identifier: AGPL-3.0-or-later
//
// zip_read.c: see zip_read.h. minizip reads from memory through functions of ours that never step
// outside the bytes. Sizes that the package claims are only believed downwards: what really comes out
// is counted, over all parts together.

#include "format/zip/zip_read.h"

#include <minizip/unzip.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"

#define NAME_BYTES 256
#define FLAG_SEALED 1u
#define METHOD_STORED 0
#define METHOD_DEFLATED 8

struct part {
    char *name; // as it is looked for: small letters, "/"
    unz64_file_pos at;
    uint64_t packed;
};

struct zip_in {
    const char *bytes;
    uint64_t len;
    uint64_t place;
    unzFile file;
    struct part *parts;
    int n;
    uint64_t expanded; // of all parts read so far
    uint64_t part_expanded;
    int open; // number of the open part, or -1
};

// ---- the package as a file for minizip -------------------------------------------------------------

static voidpf memory_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    bool reads = (mode & ZLIB_FILEFUNC_MODE_READWRITEFILTER) == ZLIB_FILEFUNC_MODE_READ;
    return reads ? opaque : NULL;
}

static uLong memory_read(voidpf opaque, voidpf stream, void *to, uLong size)
{
    (void)stream;
    struct zip_in *z = opaque;
    uint64_t left = z->place < z->len ? z->len - z->place : 0;
    uint64_t take = size < left ? size : left;
    memcpy(to, z->bytes + z->place, (size_t)take);
    z->place += take;
    return (uLong)take;
}

static uLong memory_write(voidpf opaque, voidpf stream, const void *from, uLong size)
{
    (void)opaque;
    (void)stream;
    (void)from;
    (void)size;
    return 0;
}

static ZPOS64_T memory_tell(voidpf opaque, voidpf stream)
{
    (void)stream;
    return ((struct zip_in *)opaque)->place;
}

static long memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    (void)stream;
    struct zip_in *z = opaque;
    uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? z->place
                    : origin == ZLIB_FILEFUNC_SEEK_END ? z->len
                                                       : 0;
    if (offset > z->len - from) {
        return -1;
    }
    z->place = from + offset;
    return 0;
}

static int memory_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int memory_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

// ---- the list of parts ------------------------------------------------------------------------------

static char plain(char c)
{
    return c == '\\' ? '/' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static char *plain_name(struct arena *a, const char *name)
{
    char *copy = arena_copy(a, name[0] == '/' ? name + 1 : name);
    for (char *p = copy; *p != '\0'; p++) {
        *p = plain(*p);
    }
    return copy;
}

int zip_find(const struct zip_in *z, const char *name)
{
    for (int i = 0; i < z->n; i++) {
        const char *p = z->parts[i].name;
        const char *q = name;
        while (*p != '\0' && *p == plain(*q)) {
            p++;
            q++;
        }
        if (*p == '\0' && *q == '\0') {
            return i;
        }
    }
    return -1;
}

static enum zip_state list_part(struct arena *a, struct zip_in *z)
{
    unz_file_info64 info;
    char name[NAME_BYTES];
    if (unzGetCurrentFileInfo64(z->file, &info, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK ||
        info.size_filename >= sizeof name || strlen(name) != info.size_filename) {
        return ZIP_DAMAGED;
    }
    struct part *p = &z->parts[z->n];
    p->name = plain_name(a, name);
    p->packed = info.compressed_size;
    if ((info.flag & FLAG_SEALED) != 0) {
        return ZIP_SEALED;
    }
    bool known = info.compression_method == METHOD_STORED ||
                 info.compression_method == METHOD_DEFLATED;
    if (!known || zip_find(z, p->name) >= 0 || unzGetFilePos64(z->file, &p->at) != UNZ_OK) {
        return ZIP_DAMAGED;
    }
    z->n++;
    return ZIP_FINE;
}

static enum zip_state list_parts(struct arena *a, struct zip_in *z)
{
    unz_global_info64 all;
    if (unzGetGlobalInfo64(z->file, &all) != UNZ_OK) {
        return ZIP_DAMAGED;
    }
    if (all.number_entry > LIMIT_ZIP_PARTS) {
        return ZIP_TOO_LARGE;
    }
    z->parts = ARENA_ARRAY(a, struct part, all.number_entry + 1);
    int at = unzGoToFirstFile(z->file);
    while (at == UNZ_OK) {
        if ((uint64_t)z->n == all.number_entry) {
            return ZIP_DAMAGED;
        }
        enum zip_state state = list_part(a, z);
        if (state != ZIP_FINE) {
            return state;
        }
        at = unzGoToNextFile(z->file);
    }
    return at == UNZ_END_OF_LIST_OF_FILE && z->n > 0 ? ZIP_FINE : ZIP_DAMAGED;
}

static void close_zip(void *thing)
{
    struct zip_in *z = thing;
    if (z->open >= 0) {
        (void)unzCloseCurrentFile(z->file);
    }
    (void)unzClose(z->file);
}

enum zip_state zip_open(struct arena *a, const char *bytes, size_t len, struct zip_in **out)
{
    if (len < 4 || memcmp(bytes, "PK\003\004", 4) != 0) {
        return ZIP_NONE;
    }
    struct zip_in *z = ARENA_MAKE(a, struct zip_in);
    z->bytes = bytes;
    z->len = len;
    z->open = -1;
    zlib_filefunc64_def memory = {.zopen64_file = memory_open,
                                  .zread_file = memory_read,
                                  .zwrite_file = memory_write,
                                  .ztell64_file = memory_tell,
                                  .zseek64_file = memory_seek,
                                  .zclose_file = memory_close,
                                  .zerror_file = memory_error,
                                  .opaque = z};
    z->file = unzOpen2_64("memory", &memory);
    if (z->file == NULL) {
        return ZIP_DAMAGED;
    }
    arena_on_close(a, close_zip, z);
    enum zip_state state = list_parts(a, z);
    *out = z;
    return state;
}

// ---- one part ---------------------------------------------------------------------------------------

enum zip_state zip_part_open(struct zip_in *z, int part)
{
    if (z->open >= 0) {
        (void)unzCloseCurrentFile(z->file);
        z->open = -1;
    }
    if (unzGoToFilePos64(z->file, &z->parts[part].at) != UNZ_OK ||
        unzOpenCurrentFile(z->file) != UNZ_OK) {
        return ZIP_DAMAGED;
    }
    z->open = part;
    z->part_expanded = 0;
    return ZIP_FINE;
}

// A sheet of one repeated word packs 100 to 1; a bomb packs 1,000 to 1.
static bool is_bomb(const struct zip_in *z)
{
    uint64_t packed = z->parts[z->open].packed;
    return z->expanded > LIMIT_ZIP_EXPANDED_BYTES ||
           (z->part_expanded > LIMIT_ZIP_FREE_BYTES &&
            z->part_expanded / LIMIT_ZIP_RATIO > packed);
}

enum zip_state zip_part_read(struct zip_in *z, char *bytes, size_t size, size_t *n)
{
    int got = unzReadCurrentFile(z->file, bytes, (unsigned)size);
    if (got < 0) {
        return ZIP_DAMAGED;
    }
    z->expanded += (uint64_t)got;
    z->part_expanded += (uint64_t)got;
    if (is_bomb(z)) {
        return ZIP_TOO_LARGE;
    }
    *n = (size_t)got;
    if (got == 0) {
        bool ended = unzeof(z->file) == 1;
        int closed = unzCloseCurrentFile(z->file); // compares the sum
        z->open = -1;
        return ended && closed == UNZ_OK ? ZIP_FINE : ZIP_DAMAGED;
    }
    return ZIP_FINE;
}
