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
// Writes beside, syncs, renames over path, syncs the folder.
MUST_CHECK enum err file_write(const char *path, const void *bytes, size_t len, unsigned mode,
                               struct err_info *e);
// The same, but refuses when path exists.
MUST_CHECK enum err file_write_new(const char *path, const void *bytes, size_t len, unsigned mode,
                                   struct err_info *e);
// Makes a folder, and those above it.
MUST_CHECK enum err folder_make(const char *path, unsigned mode, struct err_info *e);
bool file_exists(const char *path);
bool folder_is_empty(const char *path); // also true when there is none

#endif
