// SPDX-License-Identifier: AGPL-3.0-or-later
//
// embedded.c: see embedded.h.

#include "os/embedded.h"

#include <stdlib.h>
#include <string.h>

static int by_path(const void *key, const void *file)
{
    return strcmp(key, ((const struct embedded_file *)file)->path);
}

const struct embedded_file *embedded_find(const char *path)
{
    return bsearch(path, embedded_files, embedded_n_files, sizeof embedded_files[0], by_path);
}
