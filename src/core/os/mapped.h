// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mapped.h: large files: written piece by piece, read as memory.

#ifndef OS_MAPPED_H
#define OS_MAPPED_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct mapped {
    const unsigned char *bytes; // at least 64-byte aligned; NULL when len is 0
    size_t len;
};
// The bytes of a file as memory that cannot be written. They stay as they are when another file takes its name;
// nobody may shorten the file itself meanwhile (ours are only ever replaced). Errors: ERR_NOT_FOUND, ERR_FAILED.
MUST_CHECK enum err file_map(const char *path, struct mapped *out, struct err_info *e);
void file_unmap(struct mapped *m);

// A new file beside its place, mode 0600. Nothing is at `path` before file_out_end.
struct file_out;
MUST_CHECK enum err file_out_begin(struct arena *a, const char *path, struct file_out **out, struct err_info *e);
MUST_CHECK enum err file_out_add(struct file_out *f, const void *bytes, size_t len, struct err_info *e);
size_t file_out_len(const struct file_out *f); // bytes so far
// Writes over the first bytes of the file, syncs it, puts it in place of what is there and syncs the folder.
MUST_CHECK enum err file_out_end(struct file_out *f, const void *first, size_t len, struct err_info *e);
// Takes it away unfinished; also after an error, and harmless after file_out_end.
void file_out_drop(struct file_out *f);

// Removes a file; that there is none is no error.
MUST_CHECK enum err file_remove(const char *path, struct err_info *e);

#endif
