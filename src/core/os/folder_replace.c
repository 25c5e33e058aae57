// SPDX-License-Identifier: AGPL-3.0-or-later
//
// folder_replace.c: whole folders: removing one, putting one in the place of another. See file.h.

// For renameat2, which exchanges two names in one step (Linux 3.15).
#define _GNU_SOURCE

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"

static enum err failed(struct err_info *e, const char *text, const char *path)
{
    return err_set(e, ERR_FAILED, NULL, text, MSG("The system says: {1}."), path, strerror(errno),
                   (char *)NULL);
}

const char *folder_real(struct arena *a, const char *path)
{
    char real[PATH_MAX];
    if (realpath(path, real) != NULL) {
        return arena_copy(a, real);
    }
    char *copy = arena_copy(a, path);
    for (size_t len = strlen(copy); len > 1 && copy[len - 1] == '/'; len--) {
        copy[len - 1] = '\0';
    }
    return copy;
}

// 0, or -1 with errno. Ours are three deep; the ceiling stops what was made to run us out of stack.
static int remove_inside(int parent, const char *name, int depth)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd < 0 || depth == 0 ? NULL : fdopendir(fd);
    if (d == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    int result = 0;
    for (struct dirent *entry; result == 0 && (entry = readdir(d)) != NULL;) {
        struct stat s;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        result = fstatat(fd, entry->d_name, &s, AT_SYMLINK_NOFOLLOW);
        if (result == 0) {
            result = S_ISDIR(s.st_mode) ? remove_inside(fd, entry->d_name, depth - 1)
                                        : unlinkat(fd, entry->d_name, 0);
        }
    }
    closedir(d);
    return result == 0 ? unlinkat(parent, name, AT_REMOVEDIR) : -1;
}

enum err folder_remove(const char *path, struct err_info *e)
{
    if (remove_inside(AT_FDCWD, path, 16) == 0 || errno == ENOENT) {
        return ERR_NONE;
    }
    return failed(e, MSG("The folder {0} cannot be removed."), path);
}

// With two names: for a moment there is nothing at `place`.
static int replace_in_two_steps(const char *place, const char *fresh, const char *aside)
{
    if (rename(place, aside) != 0) {
        return -1;
    }
    if (rename(fresh, place) == 0) {
        return 0;
    }
    int saved = errno;
    (void)!rename(aside, place);
    errno = saved;
    return -1;
}

// The new folder first takes the name `aside`; then the two names are exchanged in one step, so
// whenever we are stopped, `place` is whole.
static int replace_in_one_step(const char *place, const char *fresh, const char *aside)
{
    if (rename(fresh, aside) != 0) {
        return -1;
    }
    if (renameat2(AT_FDCWD, place, AT_FDCWD, aside, RENAME_EXCHANGE) == 0) {
        return 0;
    }
    int saved = errno;
    (void)!rename(aside, fresh);
    errno = saved;
    return -1;
}

enum err folder_replace(const char *place, const char *fresh, const char *aside, bool *moved,
                        struct err_info *e)
{
    struct stat s;
    int result;
    *moved = lstat(place, &s) == 0;
    if (!*moved) {
        result = rename(fresh, place);
    } else {
        result = replace_in_one_step(place, fresh, aside);
        if (result != 0 && (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)) {
            result = replace_in_two_steps(place, fresh, aside);
        }
    }
    return result == 0 ? folder_sync_of(place, e)
                       : failed(e, MSG("{0} cannot be put in place."), place);
}
