// SPDX-License-Identifier: AGPL-3.0-or-later
//
// temp.c: see temp.h.

#include "os/temp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void remove_folder(void *thing)
{
    const char *path = thing;
    DIR *folder = opendir(path);
    if (folder != NULL) {
        for (struct dirent *f = readdir(folder); f != NULL; f = readdir(folder)) {
            (void)unlinkat(dirfd(folder), f->d_name, 0);
        }
        closedir(folder);
    }
    (void)rmdir(path);
}

enum err temp_folder(struct arena *a, const char **path, struct err_info *e)
{
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || parent[0] != '/') {
        parent = "/tmp";
    }
    char *name = arena_printf(a, "%s/mainstay-XXXXXX", parent);
    if (mkdtemp(name) == NULL) {
        (void)err_set(e, ERR_FAILED, NULL, MSG("A temporary file could not be made."),
                      MSG("Free some space on the server's temporary folder, then try again."),
                      NULL);
        err_detail(e, "%s: %s", parent, strerror(errno));
        return ERR_FAILED;
    }
    arena_on_close(a, remove_folder, name);
    *path = name;
    return ERR_NONE;
}
