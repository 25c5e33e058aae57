// SPDX-License-Identifier: AGPL-3.0-or-later
//
// file.h: whole files: read, write so that a crash leaves the old or the new one, folders.

#ifndef OS_FILE_H
#define OS_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

// The bytes of a file, followed by a zero byte. ERR_NOT_FOUND, ERR_TOO_LARGE above limit_bytes.
MUST_CHECK enum err file_read(struct arena *a, const char *path, size_t limit_bytes,
                              const char **bytes, size_t *len, struct err_info *e);
// All of standard input, up to limit_bytes.
MUST_CHECK enum err file_read_input(struct arena *a, size_t limit_bytes, const char **bytes,
                                    size_t *len, struct err_info *e);
// A file that is read piece by piece, from its beginning; closed with the arena. *out is NULL for what is no file of bytes
// or has at most least_bytes: file_read is as good then. Errors as of file_read.
struct file_in;
MUST_CHECK enum err file_in_open(struct arena *a, const char *path, size_t least_bytes, size_t limit_bytes,
                                 struct file_in **out, struct err_info *e);
// Bytes of the whole file when it was opened.
size_t file_in_bytes(const struct file_in *f);
// Fills the room, or less of it at the end of the file.
MUST_CHECK enum err file_in_read(struct file_in *f, char *bytes, size_t room, size_t *n, struct err_info *e);
// Writes beside, syncs, renames over path, syncs the folder. What is there keeps its mode where that gives less. A
// link to a file stays one, and the file is replaced; a pipe or a device is written into.
MUST_CHECK enum err file_write(const char *path, const void *bytes, size_t len, unsigned mode,
                               struct err_info *e);
// The same with all bytes of an open file.
MUST_CHECK enum err file_write_from(const char *path, int from, unsigned mode, struct err_info *e);
// All bytes of an open file to standard output.
MUST_CHECK enum err file_print_from(int from, struct err_info *e);
// The same as file_write, but refuses when path exists.
MUST_CHECK enum err file_write_new(const char *path, const void *bytes, size_t len, unsigned mode,
                                   struct err_info *e);
// Makes safe on disk that path was made, renamed or removed: syncs the folder it stands in.
MUST_CHECK enum err folder_sync_of(const char *path, struct err_info *e);
// Makes a folder, and those above it.
MUST_CHECK enum err folder_make(const char *path, unsigned mode, struct err_info *e);
// The folder without links, dots and strokes at the end; as it was given when there is none.
const char *folder_real(struct arena *a, const char *path);
// Removes a folder and all in it; symbolic links are removed, not followed. Nothing there is no error.
MUST_CHECK enum err folder_remove(const char *path, struct err_info *e);
// Puts the folder `fresh` where `place` is, and what was there under the name `aside` (which must not
// exist). A reader of `place` sees the old or the new folder, and so does who looks after a crash,
// where the file system can exchange two names; else there is a moment without. *moved is false when
// nothing was at `place`. All three on one file system.
MUST_CHECK enum err folder_replace(const char *place, const char *fresh, const char *aside,
                                   bool *moved, struct err_info *e);
bool file_exists(const char *path);
bool folder_is_empty(const char *path); // also true when there is none

#endif
