// SPDX-License-Identifier: AGPL-3.0-or-later
//
// temp.h: a private folder for the temporary files of one request.

#ifndef OS_TEMP_H
#define OS_TEMP_H

#include "base/arena.h"
#include "base/err.h"

// Makes a new folder that only this user can read, in TMPDIR or /tmp. It and the files in it (no
// folders) are removed when the arena is reset or freed. Error: ERR_FAILED.
enum err temp_folder(struct arena *a, const char **path, struct err_info *e) MUST_CHECK;

#endif
