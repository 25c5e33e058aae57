// SPDX-License-Identifier: AGPL-3.0-or-later
//
// folder.h: all files of a small folder at once.

#ifndef OS_FOLDER_H
#define OS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct folder_file {
    const char *path; // below the folder: "tools/3.4.yaml"
    const char *bytes; // followed by a zero byte
    size_t len;
};

bool folder_exists(const char *path);
bool folder_has_file(const char *folder, const char *name);
// Regular files below a folder, sorted by path; names that begin with a dot and symbolic links are
// left out. ERR_NOT_FOUND when there is no such folder, ERR_TOO_LARGE above limit_files files,
// limit_bytes bytes in all or eight levels of folders.
MUST_CHECK enum err folder_read(struct arena *a, const char *folder, size_t limit_files,
                                size_t limit_bytes, struct folder_file **out, size_t *n,
                                struct err_info *e);
// Names of the folders directly in a folder, sorted.
MUST_CHECK enum err folder_names(struct arena *a, const char *folder, const char ***out, size_t *n,
                                 struct err_info *e);

#endif
